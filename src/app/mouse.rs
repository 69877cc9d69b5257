//! The mouse: the wheel scrolls what is under the pointer, a click focuses and selects, the minimap and the rules
//! between panes can be dragged.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::keymap::{Command, Pending};
use super::step::Step;
use super::{Action, App, Focus, List, Overlay};

/// Rows that the wheel scrolls at a time.
const WHEEL_ROWS: isize = 3;

/// What is being dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drag {
    /// The place shown in the minimap.
    Minimap,
    /// The line beside a side pane.
    Rule(Focus),
    /// Words, from this byte offset on.
    Words(usize),
}

impl App {
    /// Takes in what the mouse did.
    pub(super) fn mouse(&mut self, event: MouseEvent) {
        if !self.settings.mouse {
            return;
        }
        let at = Position::new(event.column, event.row);
        match event.kind {
            MouseEventKind::ScrollDown => self.wheel(at, WHEEL_ROWS),
            MouseEventKind::ScrollUp => self.wheel(at, -WHEEL_ROWS),
            MouseEventKind::Down(MouseButton::Left) => self.pressed(at),
            MouseEventKind::Drag(MouseButton::Left) => self.dragged(at),
            MouseEventKind::Up(MouseButton::Left) => self.drag = None,
            _ => {}
        }
    }

    fn wheel(&mut self, at: Position, rows: isize) {
        match &self.overlay {
            Some(Overlay::Help(_)) => return self.scroll_help(Step::Rows(rows)),
            Some(Overlay::Palette(_)) => return self.move_in_palette(Step::Rows(rows.signum())),
            Some(Overlay::Find(_)) => return self.move_in_hits(Step::Rows(rows.signum())),
            Some(Overlay::Who(_)) => return self.move_in_names(Step::Rows(rows.signum())),
            Some(Overlay::Parts(_)) => return self.move_in_parts(Step::Rows(rows.signum())),
            Some(Overlay::Highlights(_)) => return self.move_in_highlights(Step::Rows(rows.signum())),
            Some(Overlay::Correct(_)) => return self.move_in_correct(Step::Rows(rows.signum())),
            // A line has nothing to scroll, and a note goes with its cursor.
            Some(_) => return,
            None => {}
        }
        self.notice = None;
        if self.scroll_people(rows) {
            return;
        }
        let shown = self.arrangement();
        if shown.list.contains(at) && self.tree.is_some() {
            let height = self.tree_rows();
            self.tree.iter_mut().for_each(|tree| tree.scroll(rows, height));
        } else if shown.list.contains(at) {
            self.list.scroll(rows, self.list_rows());
        } else if shown.sidebar.contains(at) {
            self.sidebar.scroll(rows, self.sidebar_rows());
        } else if let Some(reader) = &mut self.reader {
            let top = Step::Rows(rows).target(reader.top, reader.last_top(), 1);
            reader.scroll_to(top);
        }
    }

    fn pressed(&mut self, at: Position) {
        self.drag = None;
        if self.overlay.is_some() {
            return;
        }
        self.notice = None;
        self.pending = Pending::default();
        if self.click_people(at) {
            return;
        }
        let shown = self.arrangement();
        if shown.list.contains(at) {
            self.list_clicked(shown.list, at);
        } else if shown.sidebar.contains(at) {
            self.sidebar_clicked(shown.sidebar, at);
        } else if shown.minimap.contains(at) {
            self.drag = Some(Drag::Minimap);
            if let Some(reader) = &mut self.reader {
                reader.remember();
            }
            self.dragged(at);
        } else if shown.list_rule.contains(at) {
            self.drag = Some(Drag::Rule(Focus::List));
        } else if shown.sidebar_rule.contains(at) {
            self.drag = Some(Drag::Rule(Focus::Sidebar));
        } else if shown.text.contains(at) {
            self.text_clicked(shown.text, at);
        } else if !shown.status.contains(at) {
            self.focus(Focus::Text);
        }
    }

    /// Selects an entry; one that is selected already is opened.
    fn list_clicked(&mut self, area: Rect, at: Position) {
        let focused = self.panes.focus == Focus::List;
        self.focus(Focus::List);
        if self.tree.is_some() {
            let row = usize::from(at.y - area.y);
            if row.checked_sub(1).is_some_and(|row| self.click_in_tree(row)) {
                self.open_branch();
            }
            return;
        }
        let Some(entry) = self.list.place_at(area.height, at.y - area.y) else { return };
        if focused && entry == self.list.selected {
            self.perform(Command { action: Action::Open, count: None, letter: None });
        } else {
            self.list.select(entry, List::capacity(area.height));
        }
    }

    /// Selects a voice or name; one that is selected already is followed.
    fn sidebar_clicked(&mut self, area: Rect, at: Position) {
        let focused = self.panes.focus == Focus::Sidebar;
        let row = self.sidebar.top + usize::from(at.y - area.y);
        if self.sidebar.rows.get(row).is_some_and(super::sidebar::Row::is_choice) {
            if focused && row == self.sidebar.selected {
                self.perform(Command { action: Action::Open, count: None, letter: None });
                return;
            }
            self.sidebar.selected = row;
        }
        self.focus(Focus::Sidebar);
    }

    /// Selects the quote and the name under the pointer, or puts the cursor there.
    fn text_clicked(&mut self, area: Rect, at: Position) {
        self.focus(Focus::Text);
        let Some(reader) = &mut self.reader else { return };
        reader.selection = None;
        let line = reader.top + usize::from(at.y - area.y);
        self.drag = Some(Drag::Words(reader.pointed_at(line, usize::from(at.x - area.x))));
        let Some(offset) = reader.offset_at(line, usize::from(at.x - area.x)) else { return };
        reader.cursor = offset;
        reader.quote = None;
        reader.select_quote_at(offset);
        let name = reader.name_at(offset);
        if let Some(entity) = name {
            reader.entity = Some(entity);
            let note = reader.describe(entity);
            if let Some((_, voices)) = &reader.analysis {
                self.sidebar.select_entity(entity, voices);
            }
            self.say(note);
        }
    }

    /// Selects from byte `anchor` to the pointer; beyond the edge of the text it scrolls.
    fn words_dragged(&mut self, area: Rect, anchor: usize, at: Position) {
        let Some(reader) = &mut self.reader else { return };
        if at.y < area.top() {
            reader.scroll_to(reader.top.saturating_sub(1));
        } else if at.y >= area.bottom() {
            reader.scroll_to(reader.top + 1);
        }
        let row = at.y.clamp(area.top(), area.bottom().saturating_sub(1).max(area.top())) - area.top();
        let cursor = reader.pointed_at(reader.top + usize::from(row), usize::from(at.x.saturating_sub(area.x)));
        if cursor != anchor || reader.selection.is_some() {
            reader.select_from(anchor, cursor);
        }
    }

    fn dragged(&mut self, at: Position) {
        let shown = self.arrangement();
        match self.drag {
            Some(Drag::Minimap) => {
                let Some(reader) = &mut self.reader else { return };
                let rows = usize::from(shown.minimap.height).max(1);
                let row = usize::from(at.y.saturating_sub(shown.minimap.y)).min(rows - 1);
                let line = row * reader.layout.lines.len() / rows;
                reader.scroll_to(line.saturating_sub(reader.rows() / 2));
            }
            Some(Drag::Rule(pane)) => {
                let columns = match pane {
                    Focus::Sidebar => (shown.sidebar_rule.x + shown.sidebar.width).saturating_sub(at.x),
                    _ => at.x.saturating_sub(shown.list.x),
                };
                self.set_pane_columns(pane, columns);
            }
            Some(Drag::Words(anchor)) => self.words_dragged(shown.text, anchor, at),
            None => {}
        }
    }
}
