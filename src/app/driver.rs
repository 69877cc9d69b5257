//! Drives the reader in tests as a person would: keys in the notation of the keymap, the mouse, and answers from a
//! runtime that reads and analyses at once.
//!
//! Stories are written as annotated text: `[a: “Taxes are low,”]` is a direct quote by the person with letter `a`,
//! `[a~ taxes are low]` reported speech, `[?: “…”]` a quote by nobody known, `{a Ana Díaz}` and `{b=place Lisbon}` are
//! mentions by name. Marks may be nested.

mod annotations;
mod people;
mod shelf;

use std::sync::Arc;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::keymap::Key;
use super::library::Request;
use super::{App, Effect, Entry, EntryId, Message, Reader};
use crate::analysis::{
    Analysis, Engine, Entity, EntityId, EntityKind, Evidence, Gender, Lexicon, Mention, MentionKind, Quote, QuoteKind,
    Voices,
};
use crate::article::{self, Article, import};
use crate::config::Settings;
use crate::text::Span;
pub(crate) use shelf::Shelf;

/// An article and what it says.
pub(crate) type Story = (Arc<Article>, Arc<Analysis>);

/// A reader with somebody at the keys.
pub(crate) struct Driver {
    /// The reader.
    pub(crate) app: App,
    /// What it asked for, but for articles and analyses, which it gets at once.
    pub(crate) effects: Vec<Effect>,
    /// What is kept.
    pub(crate) shelf: Shelf,
    stories: Vec<Story>,
}

impl Driver {
    /// A reader of 100 columns and 30 rows with one story.
    pub(crate) fn open(story: &str) -> Self {
        Self::with(&[story], Settings::default(), 100, 30)
    }

    /// The same with several stories.
    pub(crate) fn list(stories: &[&str]) -> Self {
        Self::with(stories, Settings::default(), 100, 30)
    }

    /// The bundled articles as the engine understands them.
    pub(crate) fn seeds() -> Self {
        let engine = Engine::new(Lexicon::embedded());
        let read = |(name, bytes)| {
            let article = import::import(bytes, name);
            let analysis = engine.analyze(&article.text);
            (Arc::new(article), Arc::new(analysis))
        };
        Self::of(article::seeds().into_iter().map(read).collect(), Settings::default(), 100, 30)
    }

    pub(crate) fn with(stories: &[&str], settings: Settings, columns: u16, rows: u16) -> Self {
        Self::of(stories.iter().map(|story| annotated(story)).collect(), settings, columns, rows)
    }

    /// The same with stories as articles and what they say.
    pub(crate) fn of(stories: Vec<Story>, settings: Settings, columns: u16, rows: u16) -> Self {
        let entry = |at: usize| Entry::waiting(format!("story {at}"));
        let started = App::new(settings, (0..stories.len()).map(entry).collect(), columns, rows);
        Self::running(started, Shelf::default(), stories)
    }

    /// A reader of 100 columns and 30 rows over a library of these stories.
    pub(crate) fn library(stories: &[&str]) -> Self {
        Self::library_of(stories.iter().map(|story| annotated(story)).collect(), Settings::default(), 100, 30)
    }

    /// The same with stories as articles and what they say.
    pub(crate) fn library_of(stories: Vec<Story>, settings: Settings, columns: u16, rows: u16) -> Self {
        Self::running(App::over_library(settings, columns, rows), Shelf::of(&stories), stories)
    }

    fn running((app, effects): (App, Vec<Effect>), shelf: Shelf, stories: Vec<Story>) -> Self {
        let mut driver = Self { app, effects: Vec::new(), shelf, stories };
        driver.answer(effects);
        driver
    }

    /// Does what the runtime does, until nothing more is asked for.
    fn answer(&mut self, effects: Vec<Effect>) {
        let mut asked: std::collections::VecDeque<Effect> = effects.into();
        while let Some(effect) = asked.pop_front() {
            let message = match effect {
                Effect::Import(id) if self.app.list.entry(id).is_some_and(|entry| entry.kept) => {
                    Message::Library(self.shelf.load(id, &self.stories[id.0]))
                }
                Effect::Library(request) => {
                    let undo = matches!(request, Request::Undo | Request::ChangeAll(..));
                    let Some(answer) = self.shelf.answer(request, &self.stories) else { continue };
                    asked.extend(self.app.update(Message::Library(answer)));
                    if !undo {
                        continue;
                    }
                    let Some(again) = self.shelf.list_again() else { continue };
                    Message::Library(again)
                }
                Effect::Import(id) => {
                    let article = self.stories.get(id.0).map(|(article, _)| Arc::clone(article));
                    Message::Imported(id, article.ok_or_else(|| "no such story".to_owned()))
                }
                Effect::Analyze(id, article) => {
                    let analysis = Arc::clone(&self.stories[id.0].1);
                    let voices = Arc::new(Voices::of(&analysis, &article.text));
                    Message::Analyzed(id, analysis, voices)
                }
                other => {
                    self.effects.push(other);
                    continue;
                }
            };
            asked.extend(self.app.update(message));
        }
    }

    pub(crate) fn send(&mut self, message: Message) -> &mut Self {
        let effects = self.app.update(message);
        self.answer(effects);
        self
    }

    /// Gives a story of the library another text, and has the reader told that something has changed.
    pub(crate) fn rewrite(&mut self, at: usize, story: &str) -> &mut Self {
        self.stories[at] = annotated(story);
        let again = self.shelf.list_again().expect("the library is shown");
        self.send(Message::Library(again))
    }

    /// Presses `keys`, written as in the keymap; counts may stand before them (`12]q`).
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for chunk in keys.split_whitespace() {
            let keys = chunk.trim_start_matches(|c: char| c.is_ascii_digit());
            self.type_in(chunk.strip_suffix(keys).unwrap());
            for key in if keys.is_empty() { Vec::new() } else { Key::sequence(keys).unwrap() } {
                self.send(Message::Key(key.event()));
            }
        }
        self
    }

    /// What is found in story `at`.
    pub(crate) fn found_in(&self, at: usize) -> Option<(Arc<Analysis>, Arc<Voices>)> {
        let (article, analysis) = self.stories.get(at)?;
        Some((Arc::clone(analysis), Arc::new(Voices::of(analysis, &article.text))))
    }

    /// Types `text` as it is.
    pub(crate) fn type_in(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.send(Message::Key(crossterm::event::KeyCode::Char(c).into()));
        }
        self
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.send(Message::Resized(columns, rows))
    }

    pub(crate) fn mouse(&mut self, kind: MouseEventKind, column: u16, row: u16) -> &mut Self {
        self.send(Message::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
    }

    pub(crate) fn click(&mut self, column: u16, row: u16) -> &mut Self {
        self.mouse(MouseEventKind::Down(MouseButton::Left), column, row);
        self.mouse(MouseEventKind::Up(MouseButton::Left), column, row)
    }

    pub(crate) fn reader(&self) -> &Reader {
        self.app.reader.as_ref().expect("a story is open")
    }

    /// The words of the current quote; empty where there is none.
    pub(crate) fn quote(&self) -> &str {
        self.reader().current_quote().map_or("", |quote| quote.span.of(&self.reader().article.text))
    }

    /// The text that the cursor stands before.
    pub(crate) fn at_cursor(&self) -> &str {
        self.reader().article.text.get(self.reader().cursor..).unwrap_or_default()
    }

    /// The text of the first line shown.
    pub(crate) fn first_line(&self) -> &str {
        let reader = self.reader();
        reader.layout.lines.get(reader.top).map_or("", |line| line.span.of(&reader.article.text))
    }

    /// Whether the line that holds `offset` is on the screen.
    pub(crate) fn shows(&self, offset: usize) -> bool {
        let reader = self.reader();
        let line = reader.layout.line_at(offset);
        reader.top <= line && line < reader.top + reader.rows().max(1)
    }

    /// Everything a person would notice, but for what is said and pending.
    pub(crate) fn fingerprint(&self) -> String {
        let app = &self.app;
        let reader = app.reader.as_ref().map(|reader| {
            let search = reader.search.as_ref().map(|search| (search.query.pattern(), search.current));
            let here = (reader.entry, reader.top, reader.cursor, reader.quote, reader.scope, reader.entity);
            (here, search, &reader.places, reader.layout.lines.len(), reader.selection, &reader.annotations)
        });
        let read: Vec<bool> = (0..).map_while(|id| Some(app.list.entry(EntryId(id))?.read)).collect();
        let sides = (app.list.selected, app.list.top, app.sidebar.selected, app.sidebar.top);
        let overlay = app.overlay.as_ref().map(std::mem::discriminant);
        let shown: Vec<_> = app.list.window(0, 10).map(|(_, id, entry)| (id, entry.facts.clone())).collect();
        let shown = (shown, &app.list.showing);
        let people = app.shown_people().map(|people| (&people.who, &people.about, people.selected, people.top));
        let tree = app.tree.as_ref().map(|tree| (tree.selected, tree.rows.len()));
        let list = (app.list.picked(), app.list.is_ranging(), tree, people);
        format!("{reader:?} {read:?} {shown:?} {sides:?} {overlay:?} {list:?} {:?} {:?}", app.panes, app.settings)
    }

    /// What the user is told; empty where nothing.
    pub(crate) fn notice(&self) -> &str {
        self.app.notice.as_ref().map_or("", |notice| notice.text.as_str())
    }

    /// The last text put on the clipboard.
    pub(crate) fn copied(&self) -> &str {
        let copied = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Copy(text) => Some(text.as_str()),
            _ => None,
        });
        copied.unwrap_or_default()
    }
}

/// A mark that is open.
enum Open {
    Quote { speaker: Option<u32>, kind: QuoteKind, start: usize },
    Name { entity: u32, start: usize },
}

/// Reads annotated text (see the module's description).
pub(crate) fn annotated(source: &str) -> Story {
    let mut plain = String::new();
    let mut analysis = Analysis::default();
    let mut open = Vec::new();
    let mut rest = source.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '[' | '{' => {
                let head: String = std::iter::from_fn(|| rest.next_if(|c| !matches!(c, ' ' | ':' | '~'))).collect();
                let end = rest.next().unwrap_or(' ');
                if c == '[' {
                    rest.next_if_eq(&' ');
                }
                let start = plain.len();
                let entity = entity_of(&mut analysis, &head);
                open.push(match (c, entity) {
                    ('{', Some(entity)) => Open::Name { entity, start },
                    (_, speaker) => {
                        let kind = if end == ':' { QuoteKind::Direct } else { QuoteKind::Indirect };
                        Open::Quote { speaker, kind, start }
                    }
                });
            }
            ']' | '}' => match open.pop().expect("a mark is open") {
                Open::Quote { speaker, kind, start } => analysis.quotes.push(Quote {
                    kind,
                    span: Span::new(start, plain.len()),
                    speaker: speaker.map(EntityId),
                    source: None,
                    cue: None,
                    confidence: 1.0,
                    evidence: Evidence::default(),
                }),
                Open::Name { entity, start } => {
                    let span = Span::new(start, plain.len());
                    let entity = &mut analysis.entities[entity as usize];
                    if entity.mentions.is_empty() {
                        span.of(&plain).clone_into(&mut entity.name);
                    }
                    entity.mentions.push(Mention { span, kind: MentionKind::Name });
                }
            },
            c => plain.push(c),
        }
    }
    analysis.quotes.sort_by_key(|quote| (quote.span.start, std::cmp::Reverse(quote.span.end)));
    let article = import::import(plain.as_bytes(), "");
    assert_eq!(
        article.text, plain,
        "annotated stories are written as articles hold them: blocks apart by a blank line"
    );
    (Arc::new(article), Arc::new(analysis))
}

/// The entity called `head` (`a`, or `b=place`), made when it is new; its letter is its place.
fn entity_of(analysis: &mut Analysis, head: &str) -> Option<u32> {
    let (letter, kind) = head.split_once('=').unwrap_or((head, "person"));
    let place = u32::from(letter.chars().next()?).checked_sub('a'.into())?;
    while analysis.entities.len() <= place as usize {
        analysis.entities.push(Entity {
            kind: EntityKind::Person,
            name: String::new(),
            named: true,
            role: None,
            gender: Gender::Unknown,
            aliases: Vec::new(),
            mentions: Vec::new(),
        });
    }
    if kind == "place" {
        analysis.entities[place as usize].kind = EntityKind::Place;
    }
    Some(place)
}
