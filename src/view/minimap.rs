//! The scrollbar: the whole story in one column, with who speaks where, what a search found, and what is visible.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::speech::{Speech, Spoken};
use super::{Skin, highlights};
use crate::app::Reader;
use crate::config::theme::Role;
use crate::text::Span;

/// Quotes that are compared for one row: a row of a very long story stands for many.
const COMPARED: usize = 32;

/// Draws the story's map in `area`, beside a text of which `rows` rows are visible.
pub fn draw(buffer: &mut Buffer, area: Rect, reader: &Reader, rows: u16, skin: &Skin) {
    let lines = reader.layout.lines.len();
    let height = usize::from(area.height);
    if area.width == 0 || lines == 0 {
        return;
    }
    let all_visible = lines <= usize::from(rows);
    let hits = reader.hits_heard();
    let visible = reader.top..reader.top + usize::from(rows);
    for (y, row) in (area.top()..area.bottom()).zip(0..) {
        // A story that fits is mapped line by line; a longer one in equal parts.
        let (from, to) = if all_visible {
            (row, row + 1)
        } else {
            (row * lines / height, ((row + 1) * lines / height).max(row * lines / height + 1))
        };
        let Some(stretch) = stretch(reader, from, to) else { break };
        let thumb = usize::from(!all_visible && from < visible.end && to > visible.start);
        let (symbol, style) =
            match (hit(reader, &hits, stretch), highlights::on(reader, stretch), loudest(reader, stretch)) {
                (Some(current), ..) => (
                    skin.glyphs.hit[usize::from(current)],
                    tick(skin.role(if current { Role::HitCurrent } else { Role::Hit })),
                ),
                (None, Some(noted), _) => (skin.glyphs.highlight[usize::from(noted)], skin.role(Role::Notice)),
                (None, None, Some(spoken)) => (skin.glyphs.speech[thumb], spoken.color(skin)),
                (None, None, None) => {
                    (skin.glyphs.track[thumb], skin.role(if thumb == 1 { Role::Dim } else { Role::Faint }))
                }
            };
        buffer[(area.x, y)].set_symbol(symbol).set_style(style);
    }
}

/// The style of a tick for what is drawn as `hit` in the text: the colour that is the background there.
fn tick(hit: Style) -> Style {
    Style { fg: hit.bg, ..Style::new() }.add_modifier(Modifier::BOLD)
}

/// The text on the lines `from` up to `to`; `None` past the end.
fn stretch(reader: &Reader, from: usize, to: usize) -> Option<Span> {
    let first = reader.layout.lines.get(from)?;
    let last = reader.layout.lines.get(..to).unwrap_or(&reader.layout.lines).last()?;
    Some(first.span.union(last.span))
}

/// Whether one of the `hits` stands in `stretch`, and whether that is the current one.
fn hit(reader: &Reader, hits: &[Span], stretch: Span) -> Option<bool> {
    let search = reader.search.as_ref()?;
    let from = hits.partition_point(|hit| hit.end <= stretch.start);
    hits.get(from).filter(|hit| hit.start < stretch.end)?;
    let current = search.current.and_then(|current| search.hits.get(current));
    Some(current.is_some_and(|hit| hit.overlaps(stretch)))
}

/// The quote that takes most of `stretch`, of the speaker the user keeps to.
fn loudest<'a>(reader: &'a Reader, stretch: Span) -> Option<Spoken<'a>> {
    let heard = Speech::of(reader)?.on(stretch).filter(|spoken| !spoken.muted);
    heard.take(COMPARED).max_by_key(|spoken| spoken.quote.span.intersection(stretch).len())
}
