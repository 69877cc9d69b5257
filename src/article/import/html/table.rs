//! Tables: figures in rows and columns are shown as such, tables that only place text on a page are not.

use crate::text::{safe, width};

/// Bytes of a cell from which its table only places text.
const LONG: usize = 240;
/// Columns of a table that is shown with its columns aligned.
const WIDEST: usize = 100;

/// The rows of a table, as text.
#[derive(Debug, Default)]
pub(in crate::article::import) struct Table {
    rows: Vec<Vec<String>>,
    /// Whether it was given up on.
    unfolded: bool,
}

impl Table {
    /// Whether a cell is too long for figures.
    pub(in crate::article::import) fn is_long(cell: &str) -> bool {
        cell.len() > LONG
    }

    /// Begins a row.
    pub(in crate::article::import) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Whether text belongs into a row.
    pub(in crate::article::import) fn in_row(&self) -> bool {
        !self.unfolded && !self.rows.is_empty()
    }

    /// Adds a cell to the last row.
    pub(in crate::article::import) fn cell(&mut self, text: &str) {
        if let Some(row) = self.rows.last_mut() {
            row.push(safe::line(text));
        }
    }

    /// Gives up on it as a table; the cells so far.
    pub(in crate::article::import) fn unfold(&mut self) -> Vec<String> {
        self.unfolded = true;
        std::mem::take(&mut self.rows).into_iter().flatten().collect()
    }

    /// The cells one by one.
    pub(in crate::article::import) fn into_cells(self) -> impl Iterator<Item = String> {
        self.rows.into_iter().flatten()
    }

    /// A line for each row, where there are rows with columns: aligned where they fit, else with bars between.
    pub(in crate::article::import) fn lines(&self) -> Option<String> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let rows = self.rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty()));
        if columns < 2 || rows.clone().count() < 2 {
            return None;
        }
        let mut widths = vec![0; columns];
        for row in rows.clone() {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = (*widest).max(width::columns(cell));
            }
        }
        let aligned = widths.iter().sum::<usize>() + 3 * columns <= WIDEST;
        let line = |row: &Vec<String>| {
            let mut line = String::new();
            for (index, cell) in row.iter().enumerate() {
                if index > 0 {
                    line.push_str(if aligned { "   " } else { " | " });
                }
                line.push_str(cell);
                let filled = widths.get(index).map_or(0, |width| width.saturating_sub(width::columns(cell)));
                if aligned {
                    line.extend(std::iter::repeat_n(' ', filled));
                }
            }
            line.truncate(line.trim_end().len());
            line
        };
        Some(rows.map(line).collect::<Vec<_>>().join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let mut table = Table::default();
        for row in rows {
            table.row();
            row.iter().for_each(|cell| table.cell(cell));
        }
        table
    }

    #[test]
    fn columns_are_aligned_where_they_fit() {
        let lines = table(&[&["Party", "Seats"], &["Conservative", "365"], &["日本", "1"]]).lines();
        assert_eq!(lines.as_deref(), Some("Party          Seats\nConservative   365\n日本           1"));
        let long = "word ".repeat(30);
        let lines = table(&[&["a", &long], &["bb", "c"]]).lines();
        assert_eq!(lines, Some(format!("a | {}\nbb | c", long.trim())));
    }

    #[test]
    fn one_row_or_column_is_no_table() {
        assert_eq!(table(&[&["a", "b"]]).lines(), None);
        assert_eq!(table(&[&["a"], &["b"]]).lines(), None);
        assert_eq!(table(&[&["a"], &["b"]]).into_cells().collect::<Vec<_>>(), ["a", "b"]);
    }
}
