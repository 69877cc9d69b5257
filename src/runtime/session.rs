//! One session of the reader: from the arguments to the exit code.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use base64::Engine as _;
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGTSTP, SIGWINCH};

use super::positions::Positions;
use super::screen::Screen;
use super::sources::{self, Source};
use super::workers::Workers;
use super::{Event, device, environment, files, guard, input, panics, paths, settings, signals};
use crate::app::{App, Effect, Entry, EntryId, Message};
use crate::config::{Settings, ThemeChoice};
use crate::text::safe;
use crate::view;

/// Exit code where the program cannot run as it was asked to.
pub const USAGE: u8 = 2;

/// Most events taken in before a frame is drawn: a flood of them must not keep the screen from changing.
const MOST_EVENTS: usize = 1000;

/// Longest wait for the first story before a frame is drawn without it.
const FIRST_FRAME: Duration = Duration::from_millis(15);

/// What the command line asks of the reader.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Files, folders and `-`; the bundled articles where there are none.
    pub articles: Vec<PathBuf>,
    /// The settings file, if not the usual one.
    pub config: Option<PathBuf>,
    /// The theme, if not that of the settings.
    pub theme: Option<ThemeChoice>,
}

/// Runs the reader until the user leaves. Everything that is to be said is said on standard error.
#[must_use]
pub fn run(options: &Options) -> ExitCode {
    if let Some(line) = sources::refuse_terminal(&options.articles) {
        complain(line);
        return USAGE.into();
    }
    let found = sources::list(&options.articles);
    if let Some(failures) = sources::all_failed(&found) {
        failures.iter().for_each(|line| complain(line));
        return ExitCode::FAILURE;
    }
    let screen = match device::screen() {
        Ok(Some(screen)) => screen,
        Ok(None) => {
            complain("standard output is not a terminal; `pullquote extract` prints what articles say");
            return USAGE.into();
        }
        Err(error) => return no_terminal(&error),
    };
    let (settings, problems) = settings::read(options);
    let session = Session::start(settings, found, screen, &problems);
    let (mut session, events) = match session {
        Ok(session) => session,
        Err(error) => {
            guard::restore();
            return no_terminal(&error);
        }
    };
    let code = session.live(&events);
    guard::restore();
    if let Err(line) = session.keep() {
        complain(&line);
    }
    problems.iter().for_each(|line| complain(line));
    code.into()
}

fn no_terminal(error: &io::Error) -> ExitCode {
    complain(&format!("no terminal to read keys from: {}", files::reason(error)));
    USAGE.into()
}

fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "pullquote: {}", safe::line(line));
}

struct Session {
    app: App,
    screen: Screen,
    workers: Workers,
    sources: Vec<Source>,
    positions: Positions,
    /// Which entry has which content, of those read so far.
    contents: BTreeMap<u64, EntryId>,
    /// The content whose place was told last; another one means that the story changed.
    current: Option<u64>,
    /// Why the session ends, once it does.
    code: Option<u8>,
    /// Whether the terminal may have another size than the last frame.
    resized: bool,
}

impl Session {
    /// Takes the terminal and shows the first frame.
    fn start(
        settings: Settings,
        found: Vec<(Entry, Source)>,
        screen: std::os::fd::OwnedFd,
        problems: &[String],
    ) -> io::Result<(Self, Receiver<Event>)> {
        let (sender, events) = mpsc::channel();
        let keys = device::keys()?;
        guard::prepare(keys.try_clone()?, screen.try_clone()?, settings.mouse);
        signals::listen(sender.clone())?;
        panics::tell(sender.clone());
        guard::enter()?;
        if settings.theme == ThemeChoice::Auto && environment::answers() {
            guard::ask_background()?;
        }
        input::listen(keys, sender.clone())?;
        let workers = Workers::start(&sender)?;
        let screen = Screen::new(screen)?;
        let (columns, rows) = screen.size();
        let (entries, sources) = found.into_iter().unzip();
        let (mut app, effects) = App::new(settings, entries, columns, rows);
        let (positions, damage) = Positions::open(paths::data());
        app.set_up_panes(positions.panes());
        let mut session = Self {
            app,
            screen,
            workers,
            sources,
            positions,
            contents: BTreeMap::new(),
            current: None,
            code: None,
            resized: false,
        };
        session.carry_out(effects);
        if let Some(light) = environment::light_background() {
            session.tell(Message::BackgroundFound { light });
        }
        for line in damage.into_iter().chain(settings::notice(problems)) {
            session.tell(Message::Failed(line));
        }
        Ok((session, events))
    }

    /// Events until the end; the exit code.
    fn live(&mut self, events: &Receiver<Event>) -> u8 {
        self.await_story(events);
        loop {
            if let Some(code) = self.code {
                return code;
            }
            if self.draw().is_err() {
                return hung_up();
            }
            super::panic_on_request("main");
            let Ok(first) = events.recv() else { return hung_up() };
            self.take(first);
            events.try_iter().take(MOST_EVENTS).for_each(|event| self.take(event));
        }
    }

    /// Takes events until there is a story to show, but not for long: a frame without one, gone at once, would flicker.
    fn await_story(&mut self, events: &Receiver<Event>) {
        let deadline = Instant::now() + FIRST_FRAME;
        while self.app.reader.is_none()
            && self.code.is_none()
            && let Ok(event) = events.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            self.take(event);
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.resized) {
            let (columns, rows) = self.screen.reset()?;
            self.tell(Message::Resized(columns, rows));
        }
        self.screen.draw(|frame| view::draw(frame, &self.app))
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Message(message) => self.tell(message),
            Event::InputClosed => self.end(hung_up()),
            Event::Signal(SIGWINCH) => self.resized = true,
            Event::Signal(SIGTSTP) => self.suspend(false),
            Event::Signal(SIGCONT) => self.resume(),
            Event::Signal(signal) => self.end(u8::try_from(128 + signal).unwrap_or(u8::MAX)),
        }
    }

    /// The first reason to end counts.
    fn end(&mut self, code: u8) {
        self.code.get_or_insert(code);
    }

    fn tell(&mut self, message: Message) {
        if let Message::Imported(id, Ok(article)) = &message {
            let content = article.content_id();
            self.contents.insert(content, *id);
            if let Some((offset, read)) = self.positions.get(content) {
                self.app.list.change(*id, |entry| {
                    entry.facts.get_or_insert_default().position = Some(offset);
                    entry.read = read;
                });
            }
        }
        if let Message::Imported(id, Err(line)) = &message
            && let Some(Source::Nothing(reason)) = self.sources.get_mut(id.0)
            && let Some(why) =
                self.app.list.entry(*id).and_then(|entry| line.strip_prefix(&format!("{}: ", entry.origin)))
        {
            // Standard input is not read again; what was wrong with it still is.
            why.clone_into(reason);
        }
        let effects = self.app.update(message);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Import(entry) => self.import(entry),
                Effect::Analyze(entry, article) => self.workers.analyze(entry, article),
                Effect::SavePosition { content, offset } => self.remember(content, offset),
                Effect::Copy(text) => self.copy(&text),
                Effect::Redraw => self.resized = true,
                Effect::Suspend => self.suspend(true),
                Effect::Quit => self.end(0),
            }
        }
    }

    fn import(&mut self, entry: EntryId) {
        if let (Some(source), Some(shown)) = (self.sources.get_mut(entry.0), self.app.list.entry(entry)) {
            let now = source.clone();
            if now == Source::Stdin {
                *source = Source::Nothing("can be read only once".to_owned());
            }
            self.workers.import(entry, shown.origin.to_string(), now);
        }
    }

    /// Notes the place; writes all places when the user has gone on to another story.
    fn remember(&mut self, content: u64, offset: usize) {
        self.positions.set(content, offset, self.is_read(content));
        if self.current.replace(content).is_some_and(|before| before != content)
            && let Err(line) = self.positions.save()
        {
            self.tell(Message::Failed(line));
        }
    }

    /// Hands `text` to the terminal's clipboard (OSC 52), which works over ssh too.
    fn copy(&mut self, text: &str) {
        let encoded = base64::engine::general_purpose::STANDARD.encode(text);
        self.screen.send(format!("\x1b]52;c;{encoded}\x07").as_bytes());
    }

    fn is_read(&self, content: u64) -> bool {
        self.contents.get(&content).and_then(|id| self.app.list.entry(*id)).is_some_and(|entry| entry.read)
    }

    /// Writes all places, which stories were marked as read or unread without being opened, and how the side panes are
    /// set up.
    fn keep(&mut self) -> Result<(), String> {
        for (content, id) in &self.contents {
            let Some(entry) = self.app.list.entry(*id) else { continue };
            let (offset, _) = self.positions.get(*content).unwrap_or_default();
            self.positions.set(*content, offset, entry.read);
        }
        self.positions.set_panes([self.app.panes.list, self.app.panes.sidebar]);
        self.positions.save()
    }

    fn suspend(&mut self, group: bool) {
        if !signals::can_stop() {
            self.tell(Message::Failed("there is no shell to go back to".to_owned()));
            return;
        }
        // Stopped readers get killed; their places should not go with them.
        let _ = self.keep();
        guard::restore();
        signals::stop(group);
        self.resume();
    }

    /// The terminal may be in any state: somebody else had it meanwhile.
    fn resume(&mut self) {
        if guard::enter().is_err() {
            self.end(hung_up());
        }
        self.resized = true;
        self.tell(Message::Continued);
    }
}

/// The exit code of a reader whose terminal went away: that of the signal that usually says so.
fn hung_up() -> u8 {
    u8::try_from(128 + SIGHUP).unwrap_or(u8::MAX)
}
