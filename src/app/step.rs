//! How far a movement goes, in any pane: rows of text, entries or sidebar rows alike.

/// A movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many rows, down or (negative) up.
    Rows(isize),
    /// So many half pages.
    HalfPages(isize),
    /// So many pages, each but for a row that stays in sight.
    Pages(isize),
    /// To this row, counted from 0.
    To(usize),
    /// To the last row.
    Last,
    /// To this part of the way, in percent.
    Percent(u32),
}

impl Step {
    /// Where the movement leads from row `from` of rows 0 to `last`, on pages of `page` rows.
    #[must_use]
    pub fn target(self, from: usize, last: usize, page: usize) -> usize {
        let by = |unit: usize, times: isize| {
            let distance = unit.max(1).saturating_mul(times.unsigned_abs());
            if times < 0 { from.saturating_sub(distance) } else { from.saturating_add(distance) }
        };
        let target = match self {
            Self::Rows(times) => by(1, times),
            Self::HalfPages(times) => by(page / 2, times),
            Self::Pages(times) => by(page.saturating_sub(usize::from(page > 2)), times),
            Self::To(row) => row,
            Self::Last => last,
            Self::Percent(percent) => {
                let part = last as u128 * u128::from(percent.min(100));
                usize::try_from((part + 50) / 100).unwrap_or(last)
            }
        };
        target.min(last)
    }

    /// Whether it is a jump that one may want to go back from.
    #[must_use]
    pub const fn is_jump(self) -> bool {
        matches!(self, Self::To(_) | Self::Last | Self::Percent(_))
    }
}

/// The first row shown so that row `selected` of `count` is among `shown` rows, moved as little as possible from `top`.
#[must_use]
pub fn reveal(top: usize, selected: usize, count: usize, shown: usize) -> usize {
    let shown = shown.max(1);
    let top = top.min(count.saturating_sub(shown));
    if selected < top { selected } else { top.max((selected + 1).saturating_sub(shown)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_end_where_the_rows_end() {
        assert_eq!(Step::Rows(3).target(5, 100, 20), 8);
        assert_eq!(Step::Rows(-9).target(5, 100, 20), 0);
        assert_eq!(Step::HalfPages(1).target(5, 100, 20), 15);
        assert_eq!(Step::Pages(1).target(5, 100, 20), 24);
        assert_eq!(Step::Pages(isize::MAX).target(5, 100, 20), 100);
        assert_eq!(Step::Pages(1).target(0, 10, 0), 1, "a page of no rows still moves");
        assert_eq!(Step::Percent(50).target(0, 100, 20), 50);
        assert_eq!(Step::Percent(300).target(0, 7, 20), 7);
        assert_eq!(Step::Last.target(0, usize::MAX, 20), usize::MAX);
    }

    #[test]
    fn the_selected_row_is_revealed_with_as_little_movement_as_can_be() {
        assert_eq!(reveal(0, 3, 10, 5), 0);
        assert_eq!(reveal(0, 7, 10, 5), 3);
        assert_eq!(reveal(6, 4, 10, 5), 4);
        assert_eq!(reveal(9, 9, 10, 5), 5, "no empty rows at the end");
        assert_eq!(reveal(0, 0, 0, 0), 0);
    }
}
