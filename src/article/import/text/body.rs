//! The paragraphs of a plain text: groups of lines between empty ones, and what each is.

use memchr::memmem;
use unicode_width::UnicodeWidthChar;

use super::Line;
use super::wrapped::{Measure, joint};
use crate::article::BlockKind;
use crate::article::import::draft::{Draft, Piece};
use crate::text::width;

/// Columns of indentation from which a group stands apart from the text around it.
const SET_OFF: usize = 4;
/// Columns of a heading at most.
const LONGEST_HEADING: usize = 60;
/// Bytes of the name of somebody who speaks, at the start of a line, at most.
const LONGEST_LABEL: usize = 40;

/// Writes the blocks of `lines`.
pub(super) fn write(lines: &[Line<'_>], draft: &mut Draft) {
    let groups: Vec<_> = lines.split(|line| line.is_blank()).filter(|group| !group.is_empty()).collect();
    let measure = Measure::of(&groups);
    let margin = margin(&groups);
    for (index, group) in groups.iter().enumerate() {
        if group.iter().all(|line| is_rule(line.text)) {
            continue;
        }
        if let Some(heading) = heading(group, margin, groups.get(index + 1).copied()) {
            draft.pieces(BlockKind::Heading, 0, &[(heading, "")]);
        } else if group.iter().all(|line| line.text.trim_start().starts_with('>')) {
            quoted(group, &measure, draft);
        } else if is_preformatted(group, margin, &measure) {
            preformatted(group, draft);
        } else {
            let set_off = group.iter().all(|line| line.indent() >= margin + SET_OFF);
            let kind = if set_off { BlockKind::Quotation } else { BlockKind::Paragraph };
            segments(group, kind, &measure, draft);
        }
    }
}

/// The indentation that most of the text has.
fn margin(groups: &[&[Line<'_>]]) -> usize {
    let mut indents: Vec<usize> =
        groups.iter().filter_map(|group| group.iter().map(|line| line.indent()).min()).collect();
    let middle = indents.len() / 2;
    if indents.is_empty() { 0 } else { *indents.select_nth_unstable(middle).1 }
}

/// A line that only parts what is above it from what is below.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let drawn =
        |c: char| matches!(c, '-' | '=' | '*' | '_' | '~' | '#' | '+' | '•' | '·' | '—' | '–' | '─' | '═' | '⁂');
    line.chars().all(|c| c == ' ' || drawn(c)) && line.chars().filter(|c| drawn(*c)).take(3).count() == 3
}

/// A short line over a longer paragraph or in the middle of the page, or one that is underlined.
fn heading<'a>(group: &[Line<'a>], margin: usize, next: Option<&[Line<'a>]>) -> Option<Piece<'a>> {
    let first = group.first()?;
    let text = first.text.trim();
    let underlined = group.len() == 2 && is_rule(group.get(1)?.text) && !is_rule(text);
    if underlined && width::columns(width::prefix(text, 200)) < 200 {
        return Some(first.piece(0));
    }
    let short = group.len() == 1 && text.len() <= LONGEST_HEADING && text.split(' ').count() <= 8;
    let plain = short
        && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !text.ends_with(['.', ',', ';', ':', '!', '…', '"', '”', '’', '\'', '»', ')'])
        && bullet(text).is_none()
        && label(text).is_none();
    let centred = first.indent() >= margin + SET_OFF;
    let below = next?.iter().map(|line| line.text.len()).sum::<usize>();
    let stands_over = below > 80 && below > 2 * text.len();
    (plain && (centred || stands_over)).then(|| first.piece(0))
}

/// The bytes of a list item's bullet and the blanks behind it, where `line` (not indented) begins with one, and
/// whether it is a number, which stays part of the text.
pub(super) fn bullet(line: &str) -> Option<(usize, bool)> {
    let sign = line.chars().next()?;
    let behind = if matches!(sign, '-' | '*' | '+' | '•' | '‣' | '◦' | '▪' | '●' | '○' | '■' | '·') {
        line.get(sign.len_utf8()..)?
    } else {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let behind = line.get(digits..).filter(|_| (1..=3).contains(&digits))?;
        behind.strip_prefix(['.', ')'])?
    };
    let text = behind.trim_start();
    let parted = text.len() < behind.len() && !text.is_empty();
    parted.then(|| (line.len() - text.len(), sign.is_ascii_digit()))
}

/// The name before a colon at the start of a line that somebody speaks ("Q: Why?", "WIKINEWS: And then?").
pub(super) fn label(line: &str) -> Option<&str> {
    let colon = line.bytes().take(LONGEST_LABEL).position(|byte| byte == b':')?;
    let (name, rest) = line.split_at_checked(colon)?;
    let capitals = name.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '’' | '\'' | '(' | ')'));
    let named = capitals && name.chars().any(char::is_alphabetic);
    (named && rest.starts_with(": ")).then_some(name)
}

/// Lines that were set by hand: columns with gaps, or short lines that end nowhere in particular.
pub(super) fn is_preformatted(group: &[Line<'_>], margin: usize, measure: &Measure) -> bool {
    let gap = |line: &&Line<'_>| memmem::find(line.text.trim_start().as_bytes(), b"   ").is_some();
    let gaps = group.iter().filter(gap).count();
    if group.len() > 1 && gaps * 2 >= group.len() {
        return true;
    }
    let listed =
        group.iter().any(|line| bullet(line.text.trim_start()).is_some() || label(line.text.trim_start()).is_some());
    if listed || measure.is_wrapped(group) {
        return false;
    }
    let set_off = group.iter().all(|line| line.indent() >= margin + SET_OFF);
    let ended = group.iter().filter(|line| line.text.ends_with(['.', '!', '?', '"', '”', '’', ':', '…'])).count();
    let short = group.iter().all(|line| line.text.len() - line.indent() < LONGEST_HEADING);
    short && ((set_off && group.len() > 1) || (group.len() > 2 && ended * 2 < group.len()))
}

/// Writes lines as they are, but for the indentation they share.
fn preformatted(group: &[Line<'_>], draft: &mut Draft) {
    let indent = group.iter().map(|line| line.indent()).min().unwrap_or(0);
    let pieces = group.iter().map(|line| {
        let text = line.text.get(indent..).unwrap_or_default();
        (Piece { text, at: line.at + indent }, "\n")
    });
    draft.pieces(BlockKind::Preformatted, 0, &pieces.collect::<Vec<_>>());
}

/// Lines of a mail or draft that are marked as another's with `>`.
fn quoted(group: &[Line<'_>], measure: &Measure, draft: &mut Draft) {
    let inner: Vec<_> = group.iter().map(|line| unquoted(*line)).collect();
    for part in inner.split(|line| line.is_blank()).filter(|part| !part.is_empty()) {
        segments(part, BlockKind::Quotation, measure, draft);
    }
}

/// A line without its quotation signs.
fn unquoted(line: Line<'_>) -> Line<'_> {
    let text = line.text.trim_start_matches([' ', '>']);
    // A mark on the sign itself keeps its base.
    let bare = text.chars().next().is_some_and(|c| !c.is_ascii() && UnicodeWidthChar::width(c) == Some(0));
    let text = if bare { line.text } else { text };
    Line { text, at: line.at + (line.text.len() - text.len()) }
}

/// The paragraphs and list items in a group of lines.
fn segments(group: &[Line<'_>], kind: BlockKind, measure: &Measure, draft: &mut Draft) {
    let base = group.iter().map(|line| line.indent()).min().unwrap_or(0);
    let mut start = 0;
    for end in 1..=group.len() {
        let starts = group.get(end).is_none_or(|line| starts_segment(*line, group.get(end - 1).copied(), base));
        if starts {
            segment(group.get(start..end).unwrap_or_default(), base, kind, measure, draft);
            start = end;
        }
    }
}

/// Whether `line` begins something new although no empty line is before it.
fn starts_segment(line: Line<'_>, before: Option<Line<'_>>, base: usize) -> bool {
    let text = line.text.trim_start();
    let in_list = before.is_some_and(|before| before.indent() > base || bullet(before.text.trim_start()).is_some());
    let indented = line.indent() >= base + 2 && before.is_some_and(|before| before.indent() == base) && !in_list;
    let parted = is_rule(text) || before.is_some_and(|before| is_rule(before.text));
    bullet(text).is_some() || label(text).is_some() || indented || parted
}

fn segment(lines: &[Line<'_>], base: usize, kind: BlockKind, measure: &Measure, draft: &mut Draft) {
    let Some(first) = lines.first().filter(|first| !is_rule(first.text)) else { return };
    let indent = first.indent();
    let item = bullet(first.text.trim_start());
    let (kind, depth, skip) = match item {
        Some((_, true)) => (BlockKind::ListItem, 1, indent),
        Some((length, false)) => (BlockKind::ListItem, 1, indent + length),
        None => (kind, u8::from(kind == BlockKind::Quotation), indent),
    };
    let deeper = u8::try_from((indent - base.min(indent)) / 2).unwrap_or(u8::MAX).min(8);
    let depth = if item.is_some() { depth + deeper } else { depth };
    let hanging = item.is_some() && lines.iter().skip(1).all(|line| line.indent() > indent);
    if lines.len() == 1 || hanging || measure.is_wrapped(lines) {
        let mut pieces: Vec<(Piece<'_>, &str)> = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            let mut piece = line.piece(if index == 0 { skip } else { 0 });
            let mut between = "";
            if let Some(next) = lines.get(index + 1) {
                let (kept, joint) = joint(piece.text, next.text.trim(), measure);
                (piece.text, between) = (kept, joint);
            }
            pieces.push((piece, between));
        }
        draft.pieces(kind, depth, &pieces);
    } else {
        for (index, line) in lines.iter().enumerate() {
            let kind = if index > 0 && item.is_some() { BlockKind::Paragraph } else { kind };
            draft.pieces(kind, depth, &[(line.piece(if index == 0 { skip } else { 0 }), "")]);
        }
    }
}
