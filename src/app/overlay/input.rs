//! One line of typed text, with the editing keys of a shell.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::TextArea;

use crate::text::safe;

/// Characters that an input holds at most.
const MAX_LENGTH: usize = 1_000;

/// Takes in a key; `true` where the text changed.
pub(in crate::app) fn edit(area: &mut TextArea<'_>, event: KeyEvent) -> bool {
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    match event.code {
        KeyCode::Enter | KeyCode::Tab | KeyCode::BackTab | KeyCode::Up | KeyCode::Down => false,
        KeyCode::Char('u') if ctrl => area.delete_line_by_head(),
        // Line breaks; copying and cutting, which have no place to paste from; undo and redo go by other keys in shells.
        KeyCode::Char('m' | 'j' | 'c' | 'x' | 'r' | 'n' | 'p' | 'v') if ctrl => false,
        KeyCode::Char(c) if event.modifiers.is_empty() => {
            let fits = safe::is_safe(c) && length(area) < MAX_LENGTH;
            if fits {
                area.insert_char(c);
            }
            fits
        }
        _ => area.input(event),
    }
}

/// Takes in pasted text, as one safe line.
pub(in crate::app) fn paste(area: &mut TextArea<'_>, text: &str) {
    let room = MAX_LENGTH.saturating_sub(length(area));
    let text: String = text.chars().take(4 * MAX_LENGTH).collect();
    area.insert_str(safe::line(&text).chars().take(room).collect::<String>());
}

/// What is typed.
pub(in crate::app) fn text<'a>(area: &'a TextArea<'_>) -> &'a str {
    area.lines().first().map_or("", String::as_str)
}

/// An input that holds `text`, with the cursor behind it.
pub(in crate::app) fn holding(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(vec![text.to_owned()]);
    area.move_cursor(tui_textarea::CursorMove::End);
    area
}

fn length(area: &TextArea<'_>) -> usize {
    text(area).chars().count()
}
