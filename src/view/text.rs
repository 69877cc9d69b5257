//! The text column: visible lines only, styled in layers from the block's own look to the current search hit.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::speech::Speech;
use super::{Skin, facts};
use crate::analysis::{EntityKind, MentionKind};
use crate::app::Reader;
use crate::article::BlockKind;
use crate::config::theme::Role;
use crate::layout::{Line, LineKind};
use crate::text::Span;

/// Words that stand out, and as what.
pub type Marks = [(Span, Role)];

/// Draws the lines of the story that are visible in `area`, `marks` on top of everything else.
pub fn draw(buffer: &mut Buffer, area: Rect, reader: &Reader, marks: &Marks, skin: &Skin) {
    let mut row = Row { buffer, area, y: area.y, cells: Vec::with_capacity(area.width.into()) };
    for (y, index) in (area.top()..area.bottom()).zip(reader.top..) {
        let Some(line) = reader.layout.lines.get(index) else { break };
        row.y = y;
        match line.kind {
            LineKind::Blank => {}
            LineKind::Facts => facts::draw(row.buffer, Rect { y, height: 1, ..area }, reader, skin),
            LineKind::Text { block, first, .. } => {
                let block = reader.article.blocks.get(block);
                let kind = block.map(|block| block.kind);
                row.write(reader, index, base(kind, skin));
                let is_numbered = block.is_some_and(|block| block.number(&reader.article.text).is_some());
                if first && kind == Some(BlockKind::ListItem) && !is_numbered {
                    row.bullet(line, skin);
                }
                row.paint_layers(reader, line.span, skin);
                row.paint_selection(reader, line.span, skin);
                for (span, role) in marks.iter().filter(|(span, _)| span.overlaps(line.span)) {
                    row.paint(span.intersection(line.span), skin.role(*role));
                }
            }
        }
    }
}

/// The look of a block before anything is known about its words.
fn base(kind: Option<BlockKind>, skin: &Skin) -> Style {
    match kind {
        Some(BlockKind::Title) => skin.role(Role::Title),
        Some(BlockKind::Heading) => skin.role(Role::Heading),
        _ => Style::new(),
    }
}

/// A row of the screen and where the line's graphemes stand in it.
struct Row<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    y: u16,
    /// Byte offset, first column and one past the last column of each grapheme, in order.
    cells: Vec<(usize, u16, u16)>,
}

impl Row<'_> {
    /// Writes line `index` and remembers where its graphemes stand.
    fn write(&mut self, reader: &Reader, index: usize, style: Style) {
        self.cells.clear();
        for cell in reader.layout.cells(&reader.article.text, index) {
            let column = |column: usize| u16::try_from(column).ok().and_then(|column| self.area.x.checked_add(column));
            let (Some(x), Some(end)) = (column(cell.column), column(cell.column + cell.width)) else { break };
            if end > self.area.right() {
                break;
            }
            self.cells.push((cell.offset, x, end));
            if cell.width == 0 {
                continue;
            }
            self.buffer[(x, self.y)].set_symbol(cell.grapheme).set_style(style);
            for rest in x + 1..end {
                self.buffer[(rest, self.y)].set_symbol(" ").set_style(style);
            }
        }
    }

    fn bullet(&mut self, line: &Line, skin: &Skin) {
        let x = self.area.x.saturating_add(line.indent.saturating_sub(2));
        if line.indent > 0 && x < self.area.right() {
            self.buffer[(x, self.y)].set_symbol(skin.glyphs.bullet).set_style(skin.role(Role::Dim));
        }
    }

    /// Puts `style` over the part of `span` that stands in this row.
    fn paint(&mut self, span: Span, style: Style) {
        let from = self.cells.partition_point(|(offset, ..)| *offset <= span.start).saturating_sub(1);
        let to = self.cells.partition_point(|(offset, ..)| *offset < span.end);
        let shown = self.cells.get(from..to).unwrap_or_default();
        let (Some((_, start, _)), Some((.., end))) = (shown.first(), shown.last()) else { return };
        for x in *start..*end {
            self.buffer[(x, self.y)].set_style(style);
        }
    }

    /// Puts everything that is known about the words of `line` over them; later layers lie on top.
    fn paint_layers(&mut self, reader: &Reader, line: Span, skin: &Skin) {
        let links = &reader.article.links;
        let from = links.partition_point(|link| link.span.end <= line.start);
        for link in links.iter().skip(from).take_while(|link| link.span.start < line.end) {
            self.paint(link.span.intersection(line), skin.role(Role::Link));
        }
        if let Some(speech) = Speech::of(reader) {
            self.paint_speech(speech, line, skin);
        }
        for (span, _) in reader.highlights().filter(|(span, _)| span.overlaps(line)) {
            self.paint(span.intersection(line), skin.role(Role::Highlight));
        }
        let mentions = Speech::of(reader).into_iter().flat_map(|speech| speech.voices().places.mentions(line));
        for mention in mentions.filter(|mention| Some(mention.entity) == reader.entity) {
            self.paint(mention.span.intersection(line), skin.role(Role::Entity));
        }
        if let Some(search) = &reader.search {
            let from = search.hits.partition_point(|hit| hit.end <= line.start);
            for (index, hit) in search.hits.iter().enumerate().skip(from).take_while(|(_, hit)| hit.start < line.end) {
                let role = if search.current == Some(index) { Role::HitCurrent } else { Role::Hit };
                self.paint(hit.intersection(line), skin.role(role));
            }
        }
    }

    /// The words that are being selected, and the end that moves.
    fn paint_selection(&mut self, reader: &Reader, line: Span, skin: &Skin) {
        let Some(selected) = reader.selection_span() else { return };
        for (span, role) in [(selected, Role::Selecting), (reader.grapheme_at(reader.cursor), Role::Cursor)] {
            if span.overlaps(line) {
                self.paint(span.intersection(line), skin.role(role));
            }
        }
    }

    fn paint_speech(&mut self, speech: Speech, line: Span, skin: &Skin) {
        for spoken in speech.on(line).filter(|spoken| !spoken.is_direct()) {
            self.paint(spoken.quote.span.intersection(line), spoken.words(skin));
        }
        let mentions = || speech.voices().places.mentions(line);
        for mention in mentions().filter(|mention| mention.kind == MentionKind::Name) {
            let kind = speech.analysis().entity(mention.entity).map(|entity| entity.kind);
            self.paint(mention.span.intersection(line), kind.map_or(Style::new(), |kind| name(kind, skin)));
        }
        for spoken in speech.on(line).filter(super::speech::Spoken::is_direct) {
            self.paint(spoken.quote.span.intersection(line), spoken.words(skin));
        }
        for spoken in speech.on(line).filter(|spoken| spoken.current) {
            self.paint(spoken.quote.span.intersection(line), skin.role(Role::Current));
        }
    }
}

/// The look of a name by what it names.
#[must_use]
pub fn name(kind: EntityKind, skin: &Skin) -> Style {
    match kind {
        EntityKind::Person => skin.role(Role::Person),
        EntityKind::Organization => skin.role(Role::Organization),
        EntityKind::Place => skin.role(Role::Place),
        EntityKind::Other => skin.role(Role::Other),
        EntityKind::Date | EntityKind::Money => Style::new(),
    }
}
