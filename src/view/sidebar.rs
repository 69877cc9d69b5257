//! The sidebar: voices with their shares as bars, then names by kind with how often they are mentioned.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use unicode_segmentation::UnicodeSegmentation;

use super::pen::Pen;
use super::{Skin, speech, text};
use crate::analysis::{Analysis, EntityId, EntityKind, Voice, Voices};
use crate::app::sidebar::Row;
use crate::app::{Reader, Sidebar};
use crate::config::theme::Role;
use crate::text::width;

/// Columns from which voices have a bar beside their name.
const BARRED: u16 = 22;

/// Draws the sidebar of the open story into `area`; `focused` where it takes keys.
pub fn draw(buffer: &mut Buffer, area: Rect, sidebar: &Sidebar, reader: &Reader, focused: bool, skin: &Skin) {
    let dim = skin.role(Role::Dim);
    let Some((analysis, voices)) = &reader.analysis else {
        Pen::new(buffer, area, 0).skip(1).put("analysing", dim).put(skin.glyphs.cut, dim);
        return;
    };
    if sidebar.rows.is_empty() {
        Pen::new(buffer, area, 0).skip(1).put("nobody speaks here", dim);
        return;
    }
    let pane = Pane { analysis, voices, reader, skin };
    for ((index, row), y) in sidebar.rows.iter().enumerate().skip(sidebar.top).zip(0..area.height) {
        let own = Rect { y: area.y + y, height: 1, ..area };
        let selected = index == sidebar.selected && matches!(row, Row::Voice(_) | Row::Entity(..));
        if selected {
            buffer.set_style(own, skin.role(if focused { Role::Selection } else { Role::Selected }));
        }
        let mut pen = Pen::new(buffer, own, 0);
        let mark = if selected && focused { skin.glyphs.selected } else { " " };
        match row {
            Row::Blank => {}
            Row::Heading(heading) => {
                let role = if focused { Role::Accent } else { Role::Dim };
                pen.skip(1).put(heading, skin.role(role));
            }
            Row::Voice(place) => {
                pen.put(mark, Style::new());
                pane.voice(&mut pen, area.width, *place);
            }
            Row::Entity(entity, count) => {
                pen.put(mark, Style::new());
                pane.entity(&mut pen, *entity, *count);
            }
        }
    }
    more(buffer, area, sidebar, skin);
}

/// Marks at the right edge where there are rows above or below.
fn more(buffer: &mut Buffer, area: Rect, sidebar: &Sidebar, skin: &Skin) {
    let [above, below] = skin.glyphs.more;
    let dim = skin.role(Role::Dim);
    if area.is_empty() {
        return;
    }
    if sidebar.top > 0 {
        buffer.set_stringn(area.right() - 1, area.y, above, 1, dim);
    }
    if sidebar.rows.len() > sidebar.top + usize::from(area.height) {
        buffer.set_stringn(area.right() - 1, area.bottom() - 1, below, 1, dim);
    }
}

/// What the rows are about.
struct Pane<'a> {
    analysis: &'a Analysis,
    voices: &'a Voices,
    reader: &'a Reader,
    skin: &'a Skin,
}

impl Pane<'_> {
    /// `a Karoline Leavitt  ████ 58%`, the bar as long as the share of all that is said.
    fn voice(&self, pen: &mut Pen, columns: u16, place: usize) {
        let Some(voice) = self.voices.all.get(place) else { return };
        let skin = self.skin;
        let muted = self.reader.scope.is_some_and(|scope| scope != voice.speaker);
        let color = if muted { skin.role(Role::Faint) } else { skin.palette.voice(place) };
        let mut letter = [0; 4];
        pen.put(speech::letter(place).encode_utf8(&mut letter), color.add_modifier(Modifier::BOLD)).skip(1);
        pen.put_last(" ", Style::new());
        pen.put_last(&format!("{:>4.0}%", voice.share * 100.0), skin.role(Role::Dim));
        let bar = if columns >= BARRED { usize::from((columns - 14) / 4).min(8) } else { 0 };
        let name_columns = pen.room().saturating_sub(if bar > 0 { bar + 1 } else { 0 });
        self.name(pen, voice.speaker, name_columns, muted);
        if bar > 0 {
            pen.leave(bar);
            draw_bar(pen, voice, bar, color, skin);
        }
    }

    /// `Donald Trump            9`.
    fn entity(&self, pen: &mut Pen, entity: EntityId, count: usize) {
        pen.skip(2).put_last(" ", Style::new());
        pen.put_last(&format!(" {count:>3}"), self.skin.role(Role::Dim));
        self.name(pen, entity, pen.room(), false);
    }

    fn name(&self, pen: &mut Pen, id: EntityId, columns: usize, muted: bool) {
        let Some(entity) = self.analysis.entity(id) else { return };
        let style = if muted {
            self.skin.role(Role::Dim)
        } else if self.reader.entity == Some(id) {
            self.skin.role(Role::Entity)
        } else if self.voices.place(id).is_some() {
            Style::new()
        } else {
            text::name(entity.kind, self.skin)
        };
        let before = pen.room();
        let name =
            if entity.kind == EntityKind::Person { initialed(&entity.name, columns) } else { (&*entity.name).into() };
        pen.fit(&name, columns, self.skin.glyphs, style);
        let left = columns.saturating_sub(before - pen.room());
        if let Some(role) = entity.role.as_deref().filter(|role| width::columns(role) + 2 <= left) {
            pen.put(", ", self.skin.role(Role::Dim)).put(role, self.skin.role(Role::Dim));
        }
    }
}

/// A person's `name` with initials for all but the last part where it is too long for `columns`.
fn initialed(name: &str, columns: usize) -> Cow<'_, str> {
    let Some((given, last)) = name.rsplit_once(' ').filter(|_| width::columns(name) > columns) else {
        return Cow::Borrowed(name);
    };
    if given.split_whitespace().any(|part| !part.starts_with(char::is_uppercase)) {
        return Cow::Borrowed(name);
    }
    let initials = given.split_whitespace().filter_map(|part| part.graphemes(true).next());
    Cow::Owned(initials.map(|initial| format!("{initial}. ")).collect::<String>() + last)
}

/// A bar of at most `columns` columns, full where one voice says everything.
fn draw_bar(pen: &mut Pen, voice: &Voice, columns: usize, color: Style, skin: &Skin) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share is between 0 and 1, a bar some columns long"
    )]
    let eighths = ((voice.share.clamp(0.0, 1.0) * columns as f32 * 8.0).round() as usize).max(1);
    let [.., full] = skin.glyphs.bar;
    pen.put(&full.repeat(eighths / 8), color);
    if let Some(part) = (eighths % 8).checked_sub(1) {
        pen.put(skin.glyphs.bar[part], color);
    }
}
