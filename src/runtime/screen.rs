//! The screen: one frame is one write, drawn only when asked.

use std::cell::RefCell;
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::rc::Rc;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::device;

/// A terminal that shows nothing until the frame is whole (synchronized output), where it knows how.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
const CLEAR: &[u8] = b"\x1b[0m\x1b[2J";

/// The bytes of a frame on their way to the terminal; flushing is left to [`Screen::draw`].
#[derive(Clone, Debug, Default)]
struct Pending(Rc<RefCell<Vec<u8>>>);

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal's screen.
#[derive(Debug)]
pub struct Screen {
    out: OwnedFd,
    pending: Pending,
    terminal: Terminal<CrosstermBackend<Pending>>,
    columns: u16,
    rows: u16,
}

impl Screen {
    /// The screen of the terminal `out`.
    ///
    /// # Errors
    /// Never in practice: nothing is written yet.
    pub fn new(out: OwnedFd) -> io::Result<Self> {
        let (columns, rows) = device::size(&out);
        let pending = Pending::default();
        let terminal = terminal(&pending, columns, rows)?;
        Ok(Self { out, pending, terminal, columns, rows })
    }

    /// Columns and rows that are drawn.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        (self.columns, self.rows)
    }

    /// Takes in the terminal's size; the next frame is drawn on an empty screen. Gives the size to draw.
    ///
    /// # Errors
    /// Never in practice: nothing is written yet.
    pub fn reset(&mut self) -> io::Result<(u16, u16)> {
        (self.columns, self.rows) = device::size(&self.out);
        self.terminal = terminal(&self.pending, self.columns, self.rows)?;
        let mut bytes = self.pending.0.borrow_mut();
        bytes.extend_from_slice(CLEAR);
        Ok((self.columns, self.rows))
    }

    /// Sends `bytes` with the next frame, before it.
    pub fn send(&mut self, bytes: &[u8]) {
        self.pending.0.borrow_mut().extend_from_slice(bytes);
    }

    /// Draws one frame and writes what changed.
    ///
    /// # Errors
    /// What the terminal answers: it is gone.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.terminal.draw(draw)?;
        let mut frame = self.pending.0.borrow_mut();
        let whole = [BEGIN, &frame, END].concat();
        frame.clear();
        device::write_all(&self.out, &whole)
    }
}

/// A ratatui terminal of a fixed size: it asks nobody for the size, least of all the program `tput`.
fn terminal(pending: &Pending, columns: u16, rows: u16) -> io::Result<Terminal<CrosstermBackend<Pending>>> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
    Terminal::with_options(CrosstermBackend::new(pending.clone()), TerminalOptions { viewport })
}
