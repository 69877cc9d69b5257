//! The last look at a finished frame: no cell keeps anything that a terminal could take for more than text.
//!
//! Texts are safe when they come in; this makes it hold for whatever reached a cell by another way, because cells are
//! written to the terminal as they are.

use ratatui::buffer::Buffer;

use crate::text::safe;

/// Stands where something unsafe was.
const REPLACEMENT: &str = "\u{FFFD}";

/// Makes every cell of `buffer` safe.
pub fn sweep(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let symbol = cell.symbol();
        if let [b' '..=b'~'] = symbol.as_bytes() {
            continue;
        }
        if !safe::fits_cell(symbol) {
            cell.set_symbol(REPLACEMENT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    #[test]
    fn cells_lose_controls_overrides_and_towers_of_accents() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        let tower = format!("e{}", "\u{301}".repeat(1000));
        for (x, symbol) in (0..).zip(["\u{1b}[2J", "a\u{202e}", "\u{9b}", &tower, "漢", ""]) {
            buffer[(x, 0)].set_symbol(symbol);
        }
        sweep(&mut buffer);
        let symbols: Vec<&str> = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(symbols, [REPLACEMENT, REPLACEMENT, REPLACEMENT, REPLACEMENT, "漢", REPLACEMENT]);
    }
}
