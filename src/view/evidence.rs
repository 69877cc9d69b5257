//! Why the current quote is given to its speaker, in the rows under the text: how sure that is, the cue, the mentions
//! that lead from the source to the name, who else it may have been. The words themselves are marked in the text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Skin;
use super::pen::Pen;
use super::speech::{Speech, Spoken};
use super::status::{YOU_SAID_SO, sureness};
use crate::analysis::{Basis, EntityId, Quote};
use crate::app::{Action, Keymap, Reader};
use crate::article::BlockKind;
use crate::config::theme::Role;
use crate::text::{Span, safe, width};

/// Columns of the words before each row.
const LABELS: usize = 8;

/// What is to be marked in the text: the words that report, and the mentions that lead to the speaker.
#[must_use]
pub fn marks(reader: &Reader) -> Vec<(Span, Role)> {
    let Some(quote) = reader.current_quote() else { return Vec::new() };
    let mentions = quote.source.into_iter().chain(quote.evidence.chain.iter().copied());
    mentions.map(|span| (span, Role::Source)).chain(quote.cue.map(|cue| (cue, Role::Cue))).collect()
}

/// Draws the rows into `area`.
pub fn draw(buffer: &mut Buffer, area: Rect, reader: &Reader, keymap: &Keymap, skin: &Skin) {
    let correct = keymap.first_key_of(Action::Correct);
    let spoken = reader.quote.and_then(|quote| Speech::of(reader)?.quote(quote));
    let mut rows = Rows { buffer, area, row: 0, reader, skin };
    let Some(spoken) = spoken else {
        let key = keymap.first_key_of(Action::NextQuote);
        rows.heading("Why this speaker", "", "");
        rows.start("")
            .put("no quote here: ", skin.role(Role::Dim))
            .put(&key, skin.role(Role::PopupKey))
            .put(" goes to the next", skin.role(Role::Dim));
        return;
    };
    let speaker = spoken.quote.speaker.and_then(|id| name(reader, id));
    let by_hand = spoken.quote.evidence.basis == Basis::Correction;
    let title = speaker.as_ref().map_or_else(|| "Why nobody known".to_owned(), |name| format!("Why {name}"));
    let sure = match (by_hand, &speaker) {
        (true, _) => YOU_SAID_SO.to_owned(),
        (false, Some(_)) => how_sure(spoken.quote.confidence),
        (false, None) => String::new(),
    };
    rows.heading(&title, &sure, &correct);
    rows.cue(&spoken);
    if reader.quote.is_some_and(|quote| reader.is_corrected(quote)) {
        rows.corrected(&spoken, &correct);
    }
    if by_hand {
        return;
    }
    if speaker.is_some() {
        rows.way(spoken.quote);
    }
    rows.other(spoken.quote);
}

/// `likely, 84%`.
fn how_sure(confidence: f32) -> String {
    format!("{}, {}", sureness(confidence), percent(confidence))
}

/// A probability as people read it; never that all or nothing is certain.
fn percent(probability: f32) -> String {
    format!("{:.0}%", (probability * 100.0).clamp(1.0, 99.0))
}

/// The rows, written one after the other.
struct Rows<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    row: u16,
    reader: &'a Reader,
    skin: &'a Skin,
}

impl Rows<'_> {
    /// A rule with `title` in it, `end` at its right end, and before that the key that corrects, where there is room.
    fn heading(&mut self, title: &str, end: &str, correct: &str) {
        let faint = self.skin.role(Role::Faint);
        let mut pen = Pen::new(self.buffer, self.area, self.row);
        pen.put(self.skin.glyphs.border.horizontal_top, faint).put(" ", Style::new());
        if !end.is_empty() {
            pen.put_last(self.skin.glyphs.border.horizontal_top, faint);
            pen.put_last(&format!(" {end} "), Style::new());
        }
        let hint = " corrects ";
        if !correct.is_empty() && pen.room() > width::columns(title) + width::columns(correct) + hint.len() + 5 {
            pen.put_last(self.skin.glyphs.border.horizontal_top, faint);
            pen.put_last(hint, self.skin.role(Role::Dim)).put_last(correct, self.skin.role(Role::PopupKey));
            pen.put_last(" ", Style::new());
        }
        pen.fit(title, pen.room(), self.skin.glyphs, self.skin.role(Role::Accent)).put(" ", Style::new());
        let rest = self.skin.glyphs.border.horizontal_top.repeat(pen.room());
        pen.put(&rest, faint);
        self.row += 1;
    }

    /// A row that begins with `label`.
    fn start(&mut self, label: &str) -> Pen<'_> {
        let mut pen = Pen::new(self.buffer, self.area, self.row);
        self.row += 1;
        pen.skip(2).put(&format!("{label:LABELS$}"), self.skin.role(Role::Dim));
        pen
    }

    /// What kind of sign decided.
    fn cue(&mut self, spoken: &Spoken) {
        let (skin, text) = (self.skin, self.reader.article.text.as_str());
        let words = spoken.quote.cue.map(|cue| safe::line(cue.of(text)));
        let note = match spoken.quote.evidence.basis {
            Basis::Nothing => "none, and nothing else tells well enough",
            Basis::Cue => "",
            Basis::Label => "a name and a colon open the paragraph",
            Basis::Beside => "none: named beside the quote",
            Basis::Continued => "none: it goes on from the quote before",
            Basis::Unclosed => "none: the paragraph before left it open",
            Basis::Correction => "none needed: you said so",
        };
        let mut pen = self.start("cue");
        match words.filter(|_| note.is_empty()) {
            Some(words) => pen.fit(&words, pen.room(), skin.glyphs, skin.role(Role::Cue)),
            None => pen.fit(note, pen.room(), skin.glyphs, Style::new()),
        };
    }

    /// What the user said of the quote, and how that is taken back.
    fn corrected(&mut self, spoken: &Spoken, key: &str) {
        let skin = self.skin;
        let kind = if spoken.is_direct() { "direct" } else { "reported" };
        let by_hand = self.reader.quote.is_some_and(|quote| self.reader.is_kind_corrected(quote));
        let mut pen = self.start("kind");
        pen.put(&if by_hand { format!("{kind}, {YOU_SAID_SO}; ") } else { format!("{kind}; ") }, Style::new());
        pen.put(&format!("{key} u"), skin.role(Role::PopupKey)).put(" takes back", skin.role(Role::Dim));
        pen.put(" what you said", skin.role(Role::Dim));
    }

    /// The mentions from the source to the name, and where the last one stands.
    fn way(&mut self, quote: &Quote) {
        let (skin, reader) = (self.skin, self.reader);
        // A name says more than all the words around it.
        let named = |source: &Span| quote.evidence.chain.first().is_some_and(|first| source.covers(*first));
        let source = quote.source.filter(|source| !named(source));
        let mentions: Vec<Span> = source.into_iter().chain(quote.evidence.chain.iter().copied()).collect();
        let place = |span: &Span| paragraph(reader, span.start);
        let last = mentions.last().and_then(place).filter(|last| Some(*last) != paragraph(reader, quote.span.start));
        let mut pen = self.start("source");
        for (number, mention) in mentions.iter().enumerate() {
            if number > 0 {
                pen.put(&format!(" {} ", skin.glyphs.leads), skin.role(Role::Dim));
            }
            let words = safe::line(mention.of(&reader.article.text));
            pen.fit(&words, pen.room(), skin.glyphs, skin.role(Role::Source));
        }
        if let Some(where_) = last.map(|last| format!(", paragraph {last}")).filter(|it| it.len() <= pen.room()) {
            pen.put(&where_, skin.role(Role::Dim));
        }
    }

    /// Who else it may have been.
    fn other(&mut self, quote: &Quote) {
        let (skin, reader) = (self.skin, self.reader);
        let label = if quote.speaker.is_some() { "or" } else { "perhaps" };
        let mut pen = self.start(label);
        match quote.evidence.runner_up.and_then(|other| Some((name(reader, other.speaker)?, other.probability))) {
            Some((name, probability)) => {
                let share = format!(", {}", percent(probability));
                pen.fit(&name, pen.room().saturating_sub(share.len()), skin.glyphs, Style::new());
                pen.put(&share, Style::new())
            }
            None => pen.put("nobody else", skin.role(Role::Dim)),
        };
    }
}

/// What the entity is called.
fn name(reader: &Reader, id: EntityId) -> Option<String> {
    let (analysis, _) = reader.analysis.as_ref()?;
    analysis.entity(id).map(|entity| safe::line(&entity.name))
}

/// Which paragraph `offset` stands in, from 1; `None` in a headline.
fn paragraph(reader: &Reader, offset: usize) -> Option<usize> {
    let blocks = &reader.article.blocks;
    let until = blocks.partition_point(|block| block.span.start <= offset);
    let is_text = |kind: BlockKind| !matches!(kind, BlockKind::Title | BlockKind::Heading);
    let before = blocks.get(..until)?;
    is_text(before.last()?.kind).then(|| before.iter().filter(|block| is_text(block.kind)).count())
}
