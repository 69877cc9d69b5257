//! State to cells. Widgets take data, never [`App`]; the finished buffer is swept of anything unsafe.

pub mod style;
pub mod sweep;

use ratatui::Frame;

use crate::app::App;

/// Draws the whole screen.
pub fn draw(frame: &mut Frame, app: &App) {
    let _ = app;
    let area = frame.area();
    frame.render_widget("pullquote", area);
    sweep::sweep(frame.buffer_mut());
}
