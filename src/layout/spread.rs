//! Justification: the columns a line lacks are shared out over its gaps between words, from the left.

use super::Cell;

/// How the gaps of one line are widened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Columns to share out.
    slack: usize,
    /// Gaps that share them.
    count: usize,
}

/// Columns a gap may gain; a line that would need more stays ragged, because holes are worse than a short line.
const MOST_PER_GAP: usize = 3;

impl Gaps {
    /// How to widen the gaps of the line `shown` so that it takes `width` columns.
    #[must_use]
    pub fn of(shown: &str, width: usize) -> Self {
        let slack = width.saturating_sub(super::cells::columns(shown));
        let blanks = |pair: &[u8]| pair.first() == Some(&b' ') && pair.get(1) != Some(&b' ');
        let count = shown.trim_start_matches(' ').as_bytes().windows(2).filter(|pair| blanks(pair)).count();
        if count == 0 || slack > count * MOST_PER_GAP { Self::default() } else { Self { slack, count } }
    }

    /// `cells` moved right by the gaps widened before them.
    pub fn place<'a>(self, cells: impl Iterator<Item = Cell<'a>>) -> impl Iterator<Item = Cell<'a>> {
        let mut gaps = 0;
        let mut after_blank = true;
        let mut indented = true;
        cells.map(move |cell| {
            let blank = cell.grapheme == " ";
            if !blank && after_blank && !indented {
                gaps += 1;
            }
            indented &= blank;
            after_blank = blank;
            let shift = (self.slack * gaps).checked_div(self.count).unwrap_or(0);
            Cell { column: cell.column + shift, ..cell }
        })
    }
}
