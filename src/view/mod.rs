//! State to cells. Widgets take data, never [`App`]; the finished buffer is swept of anything unsafe.
//!
//! Only what is visible is looked at: lines by index, quotes, names and hits by binary search. Everything is drawn in
//! columns and rows of the frame; rectangles come from [`Arrangement`].

pub mod correct;
pub mod evidence;
pub mod facts;
pub mod find;
pub mod glyphs;
pub mod gutter;
pub mod header;
pub mod help;
pub mod highlights;
pub mod list;
pub mod minimap;
pub mod note;
pub mod notice;
pub mod palette;
pub mod pen;
pub mod people;
pub mod popup;
pub mod prompt;
pub mod sidebar;
pub mod speech;
pub mod status;
pub mod style;
pub mod sweep;
pub mod text;
pub mod tree;
pub mod who;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::people::Area;
use crate::app::{App, Arrangement, Focus, Overlay, Reader};
use crate::config::ThemeChoice;
use crate::config::theme::{Role, Theme};
use glyphs::Glyphs;
use pen::Pen;
use style::Palette;

/// Styles and glyphs of one frame.
#[derive(Debug)]
pub struct Skin {
    /// The styles.
    pub palette: Palette,
    /// The glyphs.
    pub glyphs: &'static Glyphs,
}

impl Skin {
    /// How `role` is drawn.
    #[must_use]
    pub fn role(&self, role: Role) -> Style {
        self.palette.role(role)
    }
}

/// Draws the whole screen.
pub fn draw(frame: &mut Frame, app: &App) {
    let theme = Theme::resolve(&app.settings.theme, app.light_background);
    let skin = Skin {
        palette: Palette::new(theme, app.settings.colors),
        glyphs: Glyphs::of(app.settings.ascii.unwrap_or(false)),
    };
    let area = frame.area();
    let buffer = frame.buffer_mut();
    if app.settings.theme != ThemeChoice::Auto {
        buffer.set_style(area, skin.role(Role::Page));
    }
    let at = app.arrangement().within(area);
    match app.shown_people() {
        Some(people) => {
            let screen = Rect { height: at.status.y, ..area };
            let own = Area::of(app.panes.columns, app.panes.rows).within(area);
            people::draw(buffer, screen, own, people, &skin);
        }
        None => draw_panes(buffer, &at, app, &skin),
    }
    draw_status(buffer, &at, app, &skin);
    draw_popup(buffer, app, &skin);
    sweep::sweep(buffer);
}

fn draw_panes(buffer: &mut Buffer, at: &Arrangement, app: &App, skin: &Skin) {
    if !at.list.is_empty() {
        let (open, focused) = (app.reader.as_ref().map(|reader| reader.entry), app.panes.focus == Focus::List);
        match &app.tree {
            Some(tree) => tree::draw(buffer, at.list, tree, focused, skin),
            None => list::draw(buffer, at.list, &app.list, open, focused, skin),
        }
    }
    for rule in [at.list_rule, at.sidebar_rule] {
        for y in rule.top()..rule.bottom() {
            Pen::new(buffer, Rect { y, height: 1, ..rule }, 0).put(skin.glyphs.rule, skin.role(Role::Faint));
        }
    }
    let Some(reader) = &app.reader else {
        let is_told = app.list.showing.part.is_some() || !app.list.is_empty();
        let told = if is_told { "nothing is open" } else { "" };
        Pen::new(buffer, at.text, at.text.height / 3).put(told, skin.role(Role::Dim));
        return;
    };
    if !at.text.is_empty() {
        header::draw(buffer, at.header, reader, skin);
        gutter::draw(buffer, at.gutter, reader, skin);
        highlights::signs(buffer, at.gutter, reader, skin);
        let marks = if at.evidence.is_empty() { Vec::new() } else { evidence::marks(reader) };
        text::draw(buffer, at.text, reader, &marks, skin);
        evidence::draw(buffer, at.evidence, reader, &app.keymap, skin);
        minimap::draw(buffer, at.minimap, reader, at.text.height, skin);
    }
    if !at.sidebar.is_empty() {
        sidebar::draw(buffer, at.sidebar, &app.sidebar, reader, app.panes.focus == Focus::Sidebar, skin);
    }
}

fn draw_status(buffer: &mut Buffer, at: &Arrangement, app: &App, skin: &Skin) {
    let row = prompt_row(at, buffer.area);
    // What is wrong with what is typed has a line of its own where that was asked for, above the prompt.
    if let (Some(Overlay::Search(_) | Overlay::Filter(_)), Some(notice)) = (&app.overlay, &app.notice)
        && notice.error
        && row.y > buffer.area.top()
    {
        let above = Rect { y: row.y - 1, height: 1, ..row };
        notice::draw(buffer, above, &notice.text, skin.role(Role::Error), skin);
    }
    match &app.overlay {
        Some(Overlay::Search(search)) => {
            prompt::draw(buffer, row, search, app.reader.as_ref().and_then(Reader::hit_place), skin);
            return;
        }
        Some(Overlay::Filter(filter)) => return prompt::filter(buffer, row, filter, app.list.len(), skin),
        Some(Overlay::Tags(tags)) => return prompt::tags(buffer, row, tags, skin),
        Some(Overlay::About(about)) => return prompt::about(buffer, row, about, app.shown_people(), skin),
        Some(Overlay::Name(name)) => return prompt::name(buffer, row, name, skin),
        Some(Overlay::Add(add)) => return prompt::add(buffer, row, add, skin),
        Some(Overlay::Feed(feed)) => return prompt::feed(buffer, row, feed, skin),
        _ => {}
    }
    let status = status::Status {
        focus: app.panes.focus,
        list: &app.list,
        tree: app.tree.as_ref(),
        people: app.shown_people(),
        reader: app.reader.as_ref(),
        sidebar: &app.sidebar,
        keymap: &app.keymap,
        pending: &app.pending,
        notice: app.notice.as_ref(),
        overlay: app.overlay.as_ref(),
        headed: !at.header.is_empty(),
        kept: app.not_kept().is_none(),
        adding: app.being_added(),
        changing: app.being_changed(),
    };
    status::draw(buffer, at.status, &status, skin);
}

/// The row that a prompt takes: the last one of the screen where there is no status line.
fn prompt_row(at: &Arrangement, screen: Rect) -> Rect {
    let last = Rect { y: screen.bottom().saturating_sub(1), height: screen.height.min(1), ..screen };
    if at.status.is_empty() { last } else { at.status }
}

fn draw_popup(buffer: &mut Buffer, app: &App, skin: &Skin) {
    let popup = if matches!(app.overlay, Some(Overlay::Help(_))) { app.panes.help_popup() } else { app.panes.popup() };
    let at = popup.within(buffer.area);
    match &app.overlay {
        Some(Overlay::Help(help)) => help::draw(buffer, at, help, &help.rows(&app.keymap, app.panes.focus), skin),
        Some(Overlay::Palette(palette)) => palette::draw(buffer, at, palette, &app.keymap, skin),
        Some(Overlay::Find(find)) => find::draw(buffer, at, find, skin),
        Some(Overlay::Who(who)) => who::draw(buffer, at, who, skin),
        Some(Overlay::Parts(menu)) => who::parts(buffer, at, menu, skin),
        Some(Overlay::Note(note)) => note::draw(buffer, at, note, skin),
        Some(Overlay::Highlights(overview)) => highlights::overview(buffer, at, overview, skin),
        Some(Overlay::Correct(correct)) => correct::draw(buffer, at, correct, skin),
        // The others are lines of the status line.
        _ => {}
    }
}

#[cfg(test)]
mod tests;
