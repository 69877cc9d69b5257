//! The level above the list: sections of what the list can keep to, with how many stories each holds.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::Skin;
use super::pen::Pen;
use crate::app::Tree;
use crate::app::tree::{Branch, Row};
use crate::config::theme::Role;
use crate::text::width;

/// Columns by which what lies in something stands to the right of it.
const INDENT: usize = 2;

/// Columns beside the name of what is not counted: the free column, and the unread with their sign.
const UNCOUNTED: usize = 12;

/// Draws the tree into `area`, the list's; `focused` where it takes keys.
pub fn draw(buffer: &mut Buffer, area: Rect, tree: &Tree, focused: bool, skin: &Skin) {
    let dim = skin.role(Role::Dim);
    let role = if focused { Role::Accent } else { Role::Dim };
    Pen::new(buffer, area, 0).put(" Library", skin.role(role));
    let rows = Rect { y: area.y + area.height.min(1), height: area.height.saturating_sub(1), ..area };
    for ((index, row), y) in tree.rows.iter().enumerate().skip(tree.top).zip(0..rows.height) {
        let own = Rect { y: rows.y + y, height: 1, ..rows };
        match row {
            Row::Blank => {}
            Row::Heading(heading) => {
                Pen::new(buffer, own, 0).skip(1).put(heading, dim.add_modifier(Modifier::BOLD));
            }
            Row::Branch(branch) => {
                let selected = index == tree.selected;
                if selected {
                    buffer.set_style(own, skin.role(if focused { Role::Selection } else { Role::Selected }));
                }
                draw_branch(&mut Pen::new(buffer, own, 0), branch, selected, skin);
            }
        }
    }
    draw_more(buffer, rows, tree, skin);
}

/// Mark, name, and at the end of the row how many stories there are, unread ones first.
fn draw_branch(pen: &mut Pen, branch: &Branch, selected: bool, skin: &Skin) {
    let dim = skin.role(Role::Dim);
    pen.put(if selected { skin.glyphs.selected } else { " " }, Style::new());
    pen.put_last(" ", Style::new());
    match branch.articles {
        Some(articles) => drop(pen.put_last(&format!(" {articles:>4}"), dim)),
        // What is not counted leaves its column free, so that the unread stand below each other, unless the name needs it.
        None if width::columns(&branch.name) + UNCOUNTED < pen.room() => drop(pen.put_last("     ", dim)),
        None => {}
    }
    if let Some(unread) = branch.unread.filter(|unread| *unread > 0) {
        pen.put_last(&format!(" {unread}"), Style::new())
            .put_last(&format!(" {}", skin.glyphs.unread), skin.role(Role::Unread));
    }
    pen.skip(u16::try_from(branch.depth.min(4) * INDENT).unwrap_or(0) + 1);
    let error = skin.role(Role::Error);
    if branch.problem.is_some() {
        pen.put(skin.glyphs.failed, error).put(" ", error);
    }
    let style = match (branch.problem.is_some(), branch.unread) {
        (true, _) => error,
        (false, Some(1..)) => Style::new().add_modifier(Modifier::BOLD),
        (false, _) => Style::new(),
    };
    pen.fit(&ending(&branch.name, pen.room(), skin), pen.room(), skin.glyphs, style);
}

/// `name`, or of a path that is longer than `columns` as much of its end as fits: that tells it from others.
fn ending<'a>(name: &'a str, columns: usize, skin: &Skin) -> Cow<'a, str> {
    if width::columns(name) <= columns {
        return Cow::Borrowed(name);
    }
    let ends = name.match_indices('/').filter_map(|(at, _)| name.get(at..));
    let fits = |end: &&str| width::columns(end) < columns;
    ends.skip(1).find(fits).map_or(Cow::Borrowed(name), |end| Cow::Owned(format!("{}{end}", skin.glyphs.cut)))
}

/// Marks at the right edge where there are rows above or below.
fn draw_more(buffer: &mut Buffer, area: Rect, tree: &Tree, skin: &Skin) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    let [above, below] = skin.glyphs.more;
    let dim = skin.role(Role::Dim);
    if tree.top > 0 {
        buffer.set_stringn(area.right() - 1, area.y, above, 1, dim);
    }
    if tree.rows.len() > tree.top + usize::from(area.height) {
        buffer.set_stringn(area.right() - 1, area.bottom() - 1, below, 1, dim);
    }
}
