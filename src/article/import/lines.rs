//! Lines that an author ended by hand (`<br>`, two blanks in Markdown): paragraphs, verse, or text that was wrapped.

use std::ops::Range;

use super::text::{Shape, shape};
use crate::article::BlockKind;

/// A part of a block that is a block of its own, as a byte range of its raw text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) kind: BlockKind,
    pub(super) range: Range<usize>,
}

/// The blocks in `raw`, whose only `\n` are line ends by hand.
pub(super) fn parts(kind: BlockKind, raw: &str) -> Vec<Part> {
    let running = matches!(kind, BlockKind::Paragraph | BlockKind::Quotation | BlockKind::ListItem);
    if !running || !raw.contains('\n') {
        return vec![Part { kind, range: 0..raw.len() }];
    }
    let mut at = 0;
    let lines: Vec<(Range<usize>, &str)> = raw
        .split('\n')
        .map(|line| {
            let start = at;
            at += line.len() + 1;
            (start..start + line.len(), line)
        })
        .collect();
    let mut parts = Vec::new();
    for group in lines.split(|(_, line)| line.trim().is_empty()) {
        let (Some((first, _)), Some((last, _))) = (group.first(), group.last()) else { continue };
        let whole = first.start..last.end;
        let texts: Vec<&str> = group.iter().map(|(_, line)| *line).collect();
        match shape(&texts) {
            Shape::Wrapped => parts.push(Part { kind, range: whole }),
            Shape::Verse => parts.push(Part { kind: BlockKind::Preformatted, range: whole }),
            Shape::Paragraphs => parts.extend(group.iter().map(|(range, _)| Part { kind, range: range.clone() })),
        }
    }
    // Only what stands behind the bullet is the item.
    if kind == BlockKind::ListItem {
        let behind = parts.iter_mut().skip(1).filter(|part| part.kind == kind);
        behind.for_each(|part| part.kind = BlockKind::Paragraph);
    }
    parts
}

/// The links that lie in `range`, as ranges of the text there.
pub(super) fn links_in(links: &[(Range<usize>, String)], range: &Range<usize>) -> Vec<(Range<usize>, String)> {
    let within = links.iter().filter(|(link, _)| link.start < range.end && range.start < link.end);
    let moved = |at: usize| at.clamp(range.start, range.end) - range.start;
    within.map(|(link, url)| (moved(link.start)..moved(link.end), url.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(raw: &str) -> Vec<(BlockKind, &str)> {
        parts(BlockKind::Paragraph, raw).into_iter().map(|part| (part.kind, raw.get(part.range).unwrap())).collect()
    }

    #[test]
    fn lines_are_paragraphs_verse_or_wrapped_text() {
        let wrapped = "The minister said on Friday that taxes would stay as they are,\nwhatever the opposition may have been saying all week about the\nbudget.";
        assert_eq!(texts(wrapped), [(BlockKind::Paragraph, wrapped)]);
        let verse = "Roses are red\nViolets are blue\nTaxes are low";
        assert_eq!(texts(verse), [(BlockKind::Preformatted, verse)]);
        assert_eq!(
            texts("One.\nTwo, she said.\n\nThree."),
            [
                (BlockKind::Paragraph, "One."),
                (BlockKind::Paragraph, "Two, she said."),
                (BlockKind::Paragraph, "Three.")
            ]
        );
    }

    #[test]
    fn links_move_with_their_part() {
        let links = [(2..5, "a".to_owned()), (8..20, "b".to_owned())];
        assert_eq!(links_in(&links, &(4..10)), [(0..1, "a".to_owned()), (4..6, "b".to_owned())]);
    }
}
