//! What a user waits for: the built program in a pseudo-terminal, over the large library and over an empty one, from
//! the start to the first frame and from a key to the frames that follow it.
//!
//! A key is answered by a first frame (what was typed stands there, the selection has moved) and, where it asks for
//! another list, by the frame in which that list's rows stand: the first after which no row of the screen but the
//! first and the last, which count and tell, changes any more. These times are by the wall clock, so other programs
//! count; beside them stands what all threads of the program did until it was quiet again, by the processor's clock.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

use super::*;

const ROWS: u16 = 40;
const COLUMNS: u16 = 120;

/// What ends a frame.
const END: &[u8] = b"\x1b[?2026l";

/// After so long without a frame there comes none.
const QUIET: Duration = Duration::from_millis(250);

/// Starts in turns on either library.
const STARTS: usize = 20;

/// The program on a screen.
struct Reader {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    pending: Vec<u8>,
    _master: Box<dyn MasterPty + Send>,
}

/// How long something took, in milliseconds.
#[derive(Clone, Copy)]
struct Waited {
    /// To the first frame; not a number where none came.
    first: f64,
    /// To the one in which the rows stand.
    standing: f64,
    /// Of the processor, by all threads, also after that.
    work: f64,
}

impl Reader {
    /// Starts it on a library; how long it took.
    fn start(library: &Path, home: &TempDir) -> (Self, Waited) {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_pullquote"));
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("COLORTERM", "truecolor")] {
            command.env(name, value);
        }
        command.env("HOME", home.path());
        command.args(["--library".as_ref(), library.as_os_str()]);
        command.cwd(home.path());
        let mut bytes = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let (sender, output) = mpsc::channel();
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        std::thread::spawn(move || {
            let mut buffer = [0; 65_536];
            while let Ok(count @ 1..) = bytes.read(&mut buffer) {
                let _ = sender.send((Instant::now(), buffer[..count].to_vec()));
            }
        });
        let screen = vt100::Parser::new(ROWS.try_into().unwrap(), COLUMNS.try_into().unwrap(), 0);
        let mut reader = Self { child, keys, output, screen, pending: Vec::new(), _master: pair.master };
        let waited = reader.frames(begun);
        (reader, waited)
    }

    /// Presses keys; how long the answer took.
    fn press(&mut self, keys: &str) -> Waited {
        let (begun, before) = (Instant::now(), self.work());
        self.keys.write_all(keys.as_bytes()).unwrap();
        let waited = self.frames(begun);
        Waited { work: self.work() - before, ..waited }
    }

    /// Takes frames until none comes any more.
    fn frames(&mut self, begun: Instant) -> Waited {
        let mut frames: Vec<(Instant, String)> = Vec::new();
        while let Some(new) = self.next(QUIET) {
            let rows =
                |contents: &str| contents.lines().skip(1).take(usize::from(ROWS) - 2).collect::<Vec<_>>().join("\n");
            frames.extend(new.iter().map(|(at, contents)| (*at, rows(contents))));
        }
        let since = |frame: Option<&(Instant, String)>| {
            frame.map_or(f64::NAN, |(at, _)| at.duration_since(begun).as_secs_f64() * 1e3)
        };
        let last = frames.last().map(|(_, rows)| rows);
        let standing = frames.iter().rev().take_while(|(_, rows)| Some(rows) == last).last();
        Waited { first: since(frames.first()), standing: since(standing), work: self.work() }
    }

    /// Presses keys and waits until the screen tells something; how long that took, in milliseconds.
    fn press_until(&mut self, keys: &str, told: &str) -> f64 {
        let begun = Instant::now();
        self.keys.write_all(keys.as_bytes()).unwrap();
        loop {
            let frames = self.next(Duration::from_secs(60)).expect("the program answers");
            if let Some((at, _)) = frames.iter().find(|(_, contents)| contents.contains(told)) {
                let took = at.duration_since(begun).as_secs_f64() * 1e3;
                let _ = self.frames(begun);
                return took;
            }
        }
    }

    /// The frames that end with the next bytes; nothing where none come.
    fn next(&mut self, patience: Duration) -> Option<Vec<(Instant, String)>> {
        let (at, bytes) = self.output.recv_timeout(patience).ok()?;
        self.pending.extend(bytes);
        let mut frames = Vec::new();
        while let Some(place) = self.pending.windows(END.len()).position(|window| window == END) {
            let frame: Vec<u8> = self.pending.drain(..place + END.len()).collect();
            self.screen.process(&frame);
            frames.push((at, self.screen.screen().contents()));
        }
        Some(frames)
    }

    /// Milliseconds that its threads have run.
    fn work(&self) -> f64 {
        let nanoseconds = |file: String| file.split_whitespace().next()?.parse::<f64>().ok();
        self.of_threads("schedstat").filter_map(nanoseconds).sum::<f64>() / 1e6
    }

    /// What the system says of each of its threads.
    fn of_threads(&self, file: &'static str) -> impl Iterator<Item = String> {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.child.process_id().unwrap()));
        threads
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(move |thread| std::fs::read_to_string(thread.path().join(file)).ok())
    }

    /// What the system says of the process: a number of its status.
    fn status(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.process_id().unwrap()));
        number(&status.unwrap_or_default(), name)
    }

    /// Times that its threads have been woken.
    fn wakeups(&self) -> u64 {
        self.of_threads("status").map(|status| number(&status, "voluntary_ctxt_switches")).sum()
    }

    fn end(mut self) {
        let _ = self.keys.write_all(b"\x1b");
        let _ = self.frames(Instant::now());
        let _ = self.keys.write_all(b"q");
        let _ = self.child.wait();
    }
}

fn number(status: &str, name: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Prints the table.
pub fn print() {
    let (large, home) = (library(), tempfile::tempdir().unwrap());
    settle(&large);
    let empty = home.path().join("empty.db");
    drop(open(empty.clone()));
    // A library of its own gets the bundled stories at the first start, and has them analysed.
    for path in [&empty, &large] {
        Reader::start(path, &home).0.end();
    }
    starts(&empty, &large, &home);
    let (mut reader, _) = Reader::start(&large, &home);
    reader.press("gl");
    memory("resident, settled", &reader);
    idle(&mut reader);
    keys(&mut reader);
    memory("resident after all of it", &reader);
    idle(&mut reader);
    reader.end();
}

/// Says of all articles that this engine has analysed them: else the reader would begin with that.
fn settle(path: &Path) {
    let connection = rusqlite::Connection::open(path).unwrap();
    let version = pullquote::analysis::VERSION;
    connection.execute("UPDATE articles SET engine = ?1 WHERE engine <> ?1", [version]).unwrap();
}

fn starts(empty: &Path, large: &Path, home: &TempDir) {
    let mut waited = [Vec::new(), Vec::new()];
    for _ in 0..STARTS {
        for (path, waited) in [empty, large].into_iter().zip(&mut waited) {
            let (reader, took) = Reader::start(path, home);
            waited.push(took);
            reader.end();
        }
    }
    let bare = Instant::now();
    for _ in 0..STARTS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
        let _ = command.arg("--version").stdout(Stdio::null()).status();
    }
    println!("a process that prints its version       {:>8.2} ms", bare.elapsed().as_secs_f64() * 1e3 / STARTS as f64);
    let [empty, large] = waited;
    tell("start, empty", &empty);
    tell("start, large", &large);
}

fn memory(label: &str, reader: &Reader) {
    println!("{label:<38} {:>8.1} MB (most {:.1})", megabytes(reader, "VmRSS"), megabytes(reader, "VmHWM"));
}

fn megabytes(reader: &Reader, name: &str) -> f64 {
    reader.status(name) as f64 / 1024.0
}

fn idle(reader: &mut Reader) {
    // What was asked for last may still be under way, and a place is written within a second.
    while !reader.frames(Instant::now()).first.is_nan() {}
    std::thread::sleep(Duration::from_secs(2));
    let before = reader.wakeups();
    std::thread::sleep(Duration::from_secs(5));
    println!("{:<38} {:>8}", "wake-ups in five idle seconds", reader.wakeups() - before);
}

fn keys(reader: &mut Reader) {
    const ESCAPE: &str = "\x1b\x1b[0n";
    each(reader, "j", &["j"; 50]);
    each(reader, "k", &["k"; 50]);
    each(reader, "page down", &["\x1b[6~"; 50]);
    each(reader, "G, gg", &["G", "gg"].repeat(15));
    let letters = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
    let typed = ["speaker:smith", "speaker:garcia", "unread source:\"paper 7\"", "folder:/news "];
    for filter in typed {
        reader.press("&");
        each(reader, &format!("&{filter}, each letter"), &letters(filter));
        reader.press(ESCAPE);
    }
    let mut first = Vec::new();
    let mut next = Vec::new();
    for pattern in ["~abc", "~the", "~mayor", "~prs scr", "~new york", "~zqx"] {
        reader.press("&");
        for (place, letter) in letters(pattern).iter().enumerate() {
            let took = reader.press(letter);
            if place > 1 { next.push(took) } else { first.push(took) }
        }
        for _ in 0..pattern.len() - 1 {
            next.push(reader.press("\x7f"));
        }
        reader.press(ESCAPE);
    }
    tell("&~, the sign and the first letter", &first);
    tell("&~, each letter more or taken back", &next);
    for order in ["a", "t", "s", "v", "l", "d", "D", "d"] {
        each(reader, &format!("sort, {order}"), &[format!(",{order}")]);
    }
    each(reader, "mark as read", &["r"; 20]);
    each(reader, "star", &["x"; 20]);
    each(reader, "pick, and next", &["."; 20]);
    each(reader, "pick all, let go of them", &["\x01"; 10]);
    reader.press(ESCAPE);
    each(reader, "gf", &["gf"; 1]);
    reader.press(ESCAPE);
    each(reader, "gh", &["gh"; 1]);
    reader.press(ESCAPE);
    reader.press("gl");
    for name in [0, 1, 50] {
        let name = Generator::new().person(name);
        reader.press(":");
        reader.press(&format!("said {name}"));
        each(reader, &format!("said {name}"), &["\r"]);
        reader.press(ESCAPE);
    }
    reader.press("gl");
    each(reader, "remove, undo", &["D", "U"].repeat(10));
    memory("resident", reader);
    for (label, picks, change) in
        [("star 50 picked", "50.", "x"), ("remove 50 picked", "50.", "D"), ("mark all as read", "\x01", "r")]
    {
        reader.press(picks);
        let done = reader.press_until(change, "takes it back");
        let undone = reader.press_until("U", "undone:");
        println!("{label:<38} kept {done:>8.1} ms   undone {undone:>8.1} ms");
    }
}

/// Presses each of `keys` and prints how long they took.
fn each(reader: &mut Reader, label: &str, keys: &[impl AsRef<str>]) {
    let waited: Vec<Waited> = keys.iter().map(|key| reader.press(key.as_ref())).collect();
    tell(label, &waited);
}

/// Prints medians and 99th percentiles.
fn tell(label: &str, waited: &[Waited]) {
    print!("{label:<38}");
    for (name, of) in [
        ("first frame", (|waited| waited.first) as fn(&Waited) -> f64),
        ("rows stand", |waited| waited.standing),
        ("work", |waited| waited.work),
    ] {
        let mut times: Vec<f64> = waited.iter().map(of).filter(|time| !time.is_nan()).collect();
        times.sort_by(f64::total_cmp);
        let at =
            |share: f64| times.get(((times.len().max(1) - 1) as f64 * share).round() as usize).unwrap_or(&f64::NAN);
        print!(" {name} p50 {:>6.1} p99 {:>6.1} ms  ", at(0.5), at(0.99));
    }
    println!();
}
