//! The built program in a real pseudo-terminal with a real screen behind it.
//!
//! Nothing here waits for a length of time: a test waits until the screen shows something or the program has ended,
//! and fails where that takes longer than [`PATIENCE`].

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// How long anything may take, on a machine that does ten other things.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The built program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_pullquote");

/// How to start the program.
pub struct Launch {
    argv: Vec<String>,
    env: BTreeMap<String, String>,
    columns: u16,
    rows: u16,
    home: TempDir,
}

impl Launch {
    /// The program with `arguments`, on a screen of 80 by 24, with no settings and an empty data folder.
    pub fn new<S: AsRef<str>>(arguments: impl IntoIterator<Item = S>) -> Self {
        let argv = std::iter::once(PROGRAM.to_owned());
        Self::of(argv.chain(arguments.into_iter().map(|argument| argument.as_ref().to_owned())).collect())
    }

    /// A shell script, in which `$PULLQUOTE` is the program.
    pub fn shell(script: &str) -> Self {
        Self::of(vec!["/bin/sh".to_owned(), "-c".to_owned(), script.to_owned()])
    }

    fn of(argv: Vec<String>) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| home.path().join(name).to_string_lossy().into_owned();
        let env = BTreeMap::from([
            ("PATH".to_owned(), std::env::var("PATH").unwrap_or_default()),
            ("TERM".to_owned(), "xterm-256color".to_owned()),
            ("LANG".to_owned(), "C.UTF-8".to_owned()),
            ("HOME".to_owned(), path("home")),
            ("PULLQUOTE".to_owned(), PROGRAM.to_owned()),
            ("PULLQUOTE_CONFIG".to_owned(), path("config.toml")),
            ("PULLQUOTE_DATA".to_owned(), path("data")),
        ]);
        Self { argv, env, columns: 80, rows: 24, home }
    }

    /// With this variable in the environment; an empty value takes it out.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        if value.is_empty() {
            self.env.remove(name);
        } else {
            self.env.insert(name.to_owned(), value.to_owned());
        }
        self
    }

    /// With these settings.
    pub fn settings(self, toml: &str) -> Self {
        std::fs::write(self.home.path().join("config.toml"), toml).expect("settings are written");
        self
    }

    /// On a screen of this size.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// Starts it.
    pub fn start(self) -> Program {
        Program::start(self)
    }
}

/// A running program and its screen.
pub struct Program {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    shown: Arc<Shown>,
    ended: mpsc::Receiver<portable_pty::ExitStatus>,
    pid: Pid,
    termios: String,
    /// Settings and data; gone with this.
    _home: TempDir,
}

/// What the program has written so far.
struct Shown {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    parser: vt100::Parser,
    raw: Vec<u8>,
    /// Whether nothing more is to be read until this is false again.
    deaf: bool,
    closing: bool,
    closed: bool,
}

/// How a program ended.
pub struct Ending {
    /// Its exit code; 1 where a signal killed it.
    pub code: u32,
    /// The signal that killed it.
    pub signal: Option<String>,
    /// All it wrote.
    pub raw: Vec<u8>,
    /// The screen in the end.
    pub screen: String,
    /// Modes that it left on, or off where they are usually on; what differs in the line settings.
    pub left_behind: Vec<String>,
}

impl Program {
    fn start(launch: Launch) -> Self {
        let size = PtySize { rows: launch.rows, cols: launch.columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::from_argv(launch.argv.iter().map(Into::into).collect());
        command.env_clear();
        launch.env.iter().for_each(|(name, value)| command.env(name, value));
        command.cwd(launch.home.path());
        let termios = line_settings(pair.master.as_ref());
        let mut child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let pid = child.process_id().and_then(|pid| Pid::from_raw(i32::try_from(pid).ok()?)).expect("a process id");
        let (send, ended) = mpsc::channel();
        thread::spawn(move || send.send(child.wait().expect("the program can be waited for")));
        let shown = Arc::new(Shown {
            state: Mutex::new(State {
                parser: vt100::Parser::new(at_least_one(launch.rows), at_least_one(launch.columns), 0),
                raw: Vec::new(),
                deaf: false,
                closing: false,
                closed: false,
            }),
            changed: Condvar::new(),
        });
        let reader = pair.master.try_clone_reader().expect("the screen can be read");
        let watched = Arc::clone(&shown);
        thread::spawn(move || watched.watch(reader));
        let keys = pair.master.take_writer().expect("keys can be written");
        Self { master: pair.master, keys, shown, ended, pid, termios, _home: launch.home }
    }

    /// Types `keys`.
    pub fn press(&mut self, keys: &str) {
        self.send(keys.as_bytes());
    }

    /// Sends `bytes` as the terminal would.
    pub fn send(&mut self, bytes: &[u8]) {
        self.keys.write_all(bytes).expect("keys are written");
        self.keys.flush().expect("keys are written");
    }

    /// Presses Escape. What follows at once would make it Alt, so an answer that means nothing follows.
    pub fn escape(&mut self) {
        self.press("\x1b\x1b[0n");
    }

    /// Pastes `text`.
    pub fn paste(&mut self, text: &str) {
        self.press(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).expect("a signal is sent");
    }

    /// Columns and rows of the terminal.
    pub fn size(&self) -> (u16, u16) {
        let size = self.master.get_size().expect("a terminal has a size");
        (size.cols, size.rows)
    }

    /// Makes the terminal another size.
    pub fn resize(&self, columns: u16, rows: u16) {
        // Sizes of zero are the terminal's business, not the parser's.
        let mut state = self.shown.state.lock().unwrap();
        state.parser.screen_mut().set_size(at_least_one(rows), at_least_one(columns));
        self.master
            .resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })
            .expect("the terminal is resized");
    }

    /// Waits until the screen is as `wanted`; `what` says so in words.
    pub fn wait(&self, what: &str, mut wanted: impl FnMut(&vt100::Screen) -> bool) {
        self.shown.wait(what, |state| wanted(state.parser.screen()));
    }

    /// Waits until the screen shows `text`.
    pub fn wait_for(&self, text: &str) {
        self.wait(&format!("the screen to show {text:?}"), |screen| screen.contents().contains(text));
    }

    /// Waits until the bytes written satisfy `wanted`.
    pub fn wait_raw(&self, what: &str, mut wanted: impl FnMut(&[u8]) -> bool) {
        self.shown.wait(what, |state| wanted(&state.raw));
    }

    /// The screen now.
    pub fn screen(&self) -> String {
        self.shown.state.lock().unwrap().parser.screen().contents()
    }

    /// All bytes written so far.
    pub fn raw(&self) -> Vec<u8> {
        self.shown.state.lock().unwrap().raw.clone()
    }

    /// What modes are on that were not at the start.
    pub fn modes(&self) -> Vec<String> {
        left_on(&self.raw())
    }

    /// Whether the terminal's line settings are what they were at the start.
    pub fn line_settings_restored(&self) -> bool {
        line_settings(self.master.as_ref()) == self.termios
    }

    /// Closes the terminal window, and waits for the program to end.
    pub fn close(self) -> portable_pty::ExitStatus {
        // The thread that reads the screen has the terminal open too, and sits in a read: something must come.
        self.shown.state.lock().unwrap().closing = true;
        self.resize(70, 20);
        self.shown.wait("the reading thread to let go", |state| state.closed);
        drop(self.master);
        drop(self.keys);
        self.ended.recv_timeout(PATIENCE).expect("the program ends when its terminal is closed")
    }

    /// Makes the terminal take no more bytes, or take them again.
    pub fn deafen(&self, deaf: bool) {
        self.shown.state.lock().unwrap().deaf = deaf;
        self.shown.changed.notify_all();
    }

    /// Waits for the program to end while its terminal takes no bytes.
    pub fn end_deaf(self) -> Ending {
        let status = self.ended.recv_timeout(PATIENCE).expect("the program ends though its terminal takes nothing");
        self.deafen(false);
        self.ending(&status)
    }

    /// Waits for the program to end.
    pub fn end(self) -> Ending {
        let status = self.ended.recv_timeout(PATIENCE).unwrap_or_else(|_| {
            let _ = kill_process(self.pid, Signal::KILL);
            panic!("the program does not end; its screen:\n{}", self.screen());
        });
        self.ending(&status)
    }

    fn ending(self, status: &portable_pty::ExitStatus) -> Ending {
        self.shown.wait("all output", |state| state.closed);
        let raw = self.raw();
        let mut left_behind = left_on(&raw);
        if !self.line_settings_restored() {
            left_behind.push("line settings".to_owned());
        }
        Ending {
            code: status.exit_code(),
            signal: status.signal().map(ToOwned::to_owned),
            screen: self.screen(),
            raw,
            left_behind,
        }
    }
}

impl Shown {
    fn watch(&self, mut reader: Box<dyn Read + Send>) {
        let mut buffer = [0; 65536];
        loop {
            drop(self.changed.wait_while(self.state.lock().unwrap(), |state| state.deaf).unwrap());
            let count = reader.read(&mut buffer).unwrap_or(0);
            let mut state = self.state.lock().unwrap();
            state.parser.process(&buffer[..count]);
            state.raw.extend_from_slice(&buffer[..count]);
            let done = count == 0 || state.closing;
            if done {
                drop(reader);
                state.closed = true;
                self.changed.notify_all();
                return;
            }
            self.changed.notify_all();
        }
    }

    fn wait(&self, what: &str, mut wanted: impl FnMut(&State) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut state = self.state.lock().unwrap();
        while !wanted(&state) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero() && (!state.closed || state.closing),
                "waited in vain for {what}; the screen:\n{}\nthe last bytes: {:?}",
                state.parser.screen().contents(),
                String::from_utf8_lossy(&state.raw[state.raw.len().saturating_sub(400)..]),
            );
            state = self.changed.wait_timeout(state, left).unwrap().0;
        }
    }
}

fn at_least_one(length: u16) -> NonZero<u16> {
    NonZero::new(length).unwrap_or(NonZero::<u16>::MIN)
}

/// The line settings of the terminal, to be compared.
fn line_settings(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios().expect("a terminal has line settings"))
}

/// The private modes in `raw` that were set last and not reset (the cursor: the other way round).
fn left_on(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let mut modes = BTreeMap::new();
    for part in text.split("\x1b[?").skip(1) {
        let end = part.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(part.len());
        let last = part[end..].chars().next();
        if let Some(on) = match last {
            Some('h') => Some(true),
            Some('l') => Some(false),
            _ => None,
        } {
            part[..end].split(';').for_each(|mode| {
                modes.insert(mode.to_owned(), on);
            });
        }
    }
    modes.into_iter().filter(|(mode, on)| *on != (mode == "25")).map(|(mode, _)| mode).collect()
}
