//! The row over the text: which story this is, once its title is out of sight, and how far the reader is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::pen::Pen;
use super::{Skin, facts};
use crate::app::Reader;
use crate::article::BlockKind;
use crate::config::theme::Role;
use crate::layout::LineKind;

/// Draws the header.
pub fn draw(buffer: &mut Buffer, area: Rect, reader: &Reader, skin: &Skin) {
    let dim = skin.role(Role::Dim);
    let mut pen = Pen::new(buffer, area, 0);
    if let Some(percent) = reader.percent() {
        pen.put_last(&format!("  {percent:>3}%"), dim);
    }
    if is_title_visible(reader) {
        let meta = &reader.article.meta;
        let airy = reader.layout.options.airy;
        let shown =
            if airy { meta.source.clone().unwrap_or_default() } else { facts::line(reader, skin.glyphs.between) };
        pen.fit(&shown, pen.room(), skin.glyphs, dim);
    } else {
        pen.fit(&reader.article.meta.title, pen.room(), skin.glyphs, skin.role(Role::Title));
    }
}

/// Whether the title, or the lead where there is none, is still on the screen.
fn is_title_visible(reader: &Reader) -> bool {
    let titled = reader.article.blocks.first().is_some_and(|block| block.kind == BlockKind::Title);
    let first_is_title = |line: &crate::layout::Line| titled && matches!(line.kind, LineKind::Text { block: 0, .. });
    let top = reader.layout.lines.get(reader.top);
    reader.top == 0 || top.is_some_and(first_is_title)
}
