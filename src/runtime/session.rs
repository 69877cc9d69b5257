//! One session of the reader: from the arguments to the exit code.

mod turns;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use base64::Engine as _;
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGTSTP, SIGWINCH};

use super::feeds::reader::Handle as Feeds;
use super::library::Library;
use super::library::adding::complete;
use super::place::Place;
use super::screen::Screen;
use super::sources::{self, Source};
use super::workers::Workers;
use super::{Event, complain, device, environment, files, guard, input, intake, pages, panics, settings, signals};
use turns::Held;

use crate::app::library::{Answer, ListLeft, Request};
use crate::app::panes::Side;
use crate::app::{App, Effect, Entry, EntryId, Message};
use crate::article::Article;
use crate::config::{Settings, ThemeChoice};
use crate::view;

/// Exit code where the program cannot run as it was asked to.
pub const USAGE: u8 = 2;

/// What the command line asks of the reader.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Files, folders and `-`; the library where there are none.
    pub articles: Vec<PathBuf>,
    /// The library's file, if not the usual one.
    pub library: Option<PathBuf>,
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
    let mut found = sources::list(&options.articles);
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
    if pages::fetch_first(&mut found).is_err() {
        return ExitCode::FAILURE;
    }
    let (settings, problems) = settings::read(options);
    let shelf = Shelf {
        place: Place::find(options.library.as_deref()),
        shown: options.articles.is_empty(),
        named: options.articles.clone(),
    };
    let session = Session::start(settings, (found, shelf), screen, &problems);
    let (mut session, events) = match session {
        Ok(session) => session,
        Err(error) => {
            guard::restore();
            return no_terminal(&error);
        }
    };
    let code = session.live(&events);
    guard::restore();
    let not_kept = session.app.not_kept().map(str::to_owned);
    let unfinished = session.app.being_changed().map(|line| format!("not finished: {line}"));
    if !session.close() {
        complain(unfinished.as_deref().unwrap_or("the last places were not kept: the library did not answer"));
    }
    if let Some(reason) = not_kept {
        complain(&format!("nothing was kept: {reason}"));
    }
    problems.iter().for_each(|line| complain(line));
    code.into()
}

fn no_terminal(error: &io::Error) -> ExitCode {
    complain(&format!("no terminal to read keys from: {}", files::reason(error)));
    USAGE.into()
}

/// How often the library is looked at for what others did to it, at most.
const LOOK: Duration = Duration::from_millis(700);

/// Which library, and whether it is shown.
struct Shelf {
    place: Place,
    shown: bool,
    /// What was named on the command line instead.
    named: Vec<PathBuf>,
}

struct Session {
    app: App,
    screen: Screen,
    workers: Workers,
    sources: Vec<Source>,
    /// What was named on the command line.
    named: Vec<PathBuf>,
    library: Library,
    feeds: Feeds,
    /// How the side panes were set up when they were kept last.
    panes: [Side; 2],
    /// How the list was left when that was kept last.
    listed: ListLeft,
    /// When the library was last looked at for what others did to it.
    looked: Instant,
    /// Input that waits for what it was meant for.
    held: Held,
    /// Why the session ends, once it does.
    code: Option<u8>,
    /// Whether the terminal may have another size than the last frame.
    resized: bool,
}

impl Session {
    /// Takes the terminal and shows the first frame.
    fn start(
        settings: Settings,
        (found, shelf): (Vec<(Entry, Source)>, Shelf),
        screen: std::os::fd::OwnedFd,
        problems: &[String],
    ) -> io::Result<(Self, Receiver<Event>)> {
        let (sender, events) = mpsc::channel();
        let keys = device::keys()?;
        guard::prepare(keys.try_clone()?, screen.try_clone()?, settings.mouse);
        signals::listen(sender.clone())?;
        panics::tell(sender.clone());
        // The library is opened while the terminal is set up.
        let workers = Workers::start(&sender)?;
        let options = shelf.place.options();
        let library = Library::start(shelf.place, shelf.shown, &sender, &workers)?;
        // Where files are read, nothing is fetched unasked.
        let wishes = if shelf.shown { settings.feeds } else { Default::default() };
        let feeds = Feeds::start(options, wishes, sender.clone(), library.looker())?;
        guard::enter()?;
        if settings.theme == ThemeChoice::Auto && environment::answers() {
            guard::ask_background()?;
        }
        input::listen(keys, sender.clone())?;
        let screen = Screen::new(screen)?;
        let (columns, rows) = screen.size();
        let (entries, sources) = found.into_iter().unzip();
        let (app, effects) = match shelf.shown {
            true => App::over_library(settings, columns, rows),
            false => App::new(settings, entries, columns, rows),
        };
        let mut session = Self {
            app,
            screen,
            workers,
            sources,
            named: shelf.named,
            library,
            feeds,
            panes: Default::default(),
            listed: ListLeft::default(),
            looked: Instant::now(),
            held: Held::default(),
            code: None,
            resized: false,
        };
        session.carry_out(effects);
        if let Some(light) = environment::light_background() {
            session.tell(Message::BackgroundFound { light });
        }
        if let Some(line) = settings::notice(problems) {
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
            if !self.take_turn(events) {
                return hung_up();
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.resized) {
            let (columns, rows) = self.screen.reset()?;
            self.tell(Message::Resized(columns, rows));
        }
        self.screen.draw(|frame| view::draw(frame, &self.app))
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Message(message) => {
                self.look_around(&message);
                self.tell(message);
            }
            Event::Unpacked(entry, found) => self.unpack(entry, found),
            Event::InputClosed => self.end(hung_up()),
            Event::Signal(SIGWINCH) => self.resized = true,
            Event::Signal(SIGTSTP) => self.suspend(false),
            Event::Signal(SIGCONT) => self.resume(),
            Event::Signal(signal) => self.end(u8::try_from(128 + signal).unwrap_or(u8::MAX)),
        }
    }

    /// Takes in the entries that the file of `entry` holds, with their sources: the first takes its place.
    fn unpack(&mut self, entry: EntryId, found: Vec<(Entry, Source)>) {
        let (entries, sources): (Vec<Entry>, Vec<Source>) = found.into_iter().unzip();
        let mut sources = sources.into_iter();
        if let (Some(own), Some(first)) = (self.sources.get_mut(entry.0), sources.next()) {
            *own = first;
            self.sources.extend(sources);
        }
        self.tell(Message::Unpacked(entry, entries));
    }

    /// The first reason to end counts.
    fn end(&mut self, code: u8) {
        self.code.get_or_insert(code);
    }

    fn tell(&mut self, message: Message) {
        if let Message::Library(Answer::Panes(panes)) = &message {
            self.panes = *panes;
        }
        if let Message::Library(Answer::Remembered(left)) = &message {
            self.listed = left.clone();
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
                Effect::Analyze(entry, article) => {
                    let analyst = self.is_kept(entry).then(|| self.library.analyst());
                    self.workers.analyze(entry, article, analyst);
                }
                Effect::Library(Request::AddFiles(None)) => self.library.add_files(self.named.clone()),
                Effect::Library(request) => self.library.ask(request),
                Effect::Add(entry, article) => self.add(entry, article),
                Effect::CompletePath(typed) => self.workers.run(move || {
                    let (completed, candidates) = complete(&typed);
                    Some(Event::Message(Message::PathCompleted { typed, completed, candidates }))
                }),
                Effect::Feeds(ask) => self.feeds.ask(ask),
                Effect::SavePosition { content, offset } => self.library.set_position(content, offset),
                Effect::Copy(text) => self.copy(&text),
                Effect::Redraw => self.resized = true,
                Effect::Suspend => self.suspend(true),
                Effect::Quit => self.end(0),
            }
        }
    }

    /// Adds the text of `entry`, with the file that it was read from where there is one of its own.
    fn add(&self, entry: EntryId, article: Arc<Article>) {
        let place = match self.sources.get(entry.0) {
            Some(Source::File(path)) => std::fs::metadata(path)
                .ok()
                .filter(std::fs::Metadata::is_file)
                .map(|metadata| intake::Place::of_unknown_version(path, &metadata)),
            _ => None,
        };
        self.library.add(entry, article, place);
    }

    fn is_kept(&self, entry: EntryId) -> bool {
        self.app.list.entry(entry).is_some_and(|entry| entry.kept)
    }

    fn import(&mut self, entry: EntryId) {
        if self.is_kept(entry) {
            self.library.load(entry);
            return;
        }
        if let (Some(source), Some(shown)) = (self.sources.get_mut(entry.0), self.app.list.entry(entry)) {
            let now = source.clone();
            if now == Source::Stdin {
                *source = Source::Nothing("can be read only once".to_owned());
            }
            self.workers.import(entry, shown.origin.to_string(), now);
        }
    }

    /// Looks whether another program has changed the library, when the user does something and not too often.
    fn look_around(&mut self, message: &Message) {
        let by_user = matches!(message, Message::Key(_) | Message::Mouse(_) | Message::Continued);
        if by_user && self.looked.elapsed() >= LOOK {
            self.looked = Instant::now();
            self.library.look();
        }
    }

    /// Hands `text` to the terminal's clipboard (OSC 52), which works over ssh too.
    fn copy(&mut self, text: &str) {
        let encoded = base64::engine::general_purpose::STANDARD.encode(text);
        self.screen.send(format!("\x1b]52;c;{encoded}\x07").as_bytes());
    }

    /// Has the library remember how the side panes and the list are set up, where that changed.
    fn keep_panes(&mut self) {
        let panes = [self.app.panes.list, self.app.panes.sidebar];
        if std::mem::replace(&mut self.panes, panes) != panes {
            self.library.set_panes(panes);
        }
        if let Some(list) = self.app.list_left().filter(|list| *list != self.listed) {
            self.listed = list.clone();
            self.library.remember_list(list);
        }
    }

    /// Has everything written that is still to be; `false` where that takes too long.
    fn close(mut self) -> bool {
        let wishes = self.app.last_wishes();
        self.carry_out(wishes);
        self.keep_panes();
        self.library.close()
    }

    fn suspend(&mut self, group: bool) {
        if !signals::can_stop() {
            self.tell(Message::Failed("there is no shell to go back to".to_owned()));
            return;
        }
        // Stopped readers get killed; their places should not go with them.
        self.keep_panes();
        self.library.flush();
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
