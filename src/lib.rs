//! pullquote: a terminal article reader that knows who said what.
//!
//! A pure core in which every value is data, and one impure rim, [`runtime`], that owns terminal, threads, files and
//! clock. What happens becomes an [`app::Message`]; [`app::App::update`] alone changes state and answers with
//! [`app::Effect`]s; [`view::draw`] turns state into cells and changes nothing.
//!
//! | layer | module | owns | imports |
//! |---|---|---|---|
//! | 0 | [`text`] | spans, safe text, display width, search within a text | nothing |
//! | 0 | [`config`] | settings, key bindings and themes as read from TOML | nothing |
//! | 1 | [`article`] | one text, its blocks and metadata; bytes to article, a file per format | `text` |
//! | 2 | [`analysis`] | names, entities, quotes, speakers | `text`, `article` |
//! | 2 | [`layout`] | article and width to lines of spans | `text`, `article` |
//! | 3 | [`app`] | state, messages, effects, actions, keymap | 0-2 |
//! | 4 | [`view`] | state to cells | 0-3 |
//! | 4 | [`store`] | the library: SQLite, full-text search, people across articles | `text`, `article`, `analysis` |
//! | 4 | [`fetch`] | feeds and pages from the web: HTTP, feeds, OPML | `text`, `article` |
//! | 5 | [`runtime`] | the loop, terminal guard, input, workers, signals, files, paths | 0-4 |
//! | 6 | [`command`] | the command line, and what runs without the screen | 0-2, `store`, `fetch`, `runtime` |
//!
//! A module imports only modules of lower layers; `layout` does not know `analysis`, so a highlight never moves a
//! line. `tests/it/layers.rs` reads the sources and checks it.
//!
//! One word per concept, everywhere: *span* (half-open byte range on character boundaries), *block* (paragraph,
//! heading, ... of an article), *line* (one laid-out row of text), *column* (one terminal cell across), *mention*,
//! *entity*, *quote*, *cue* (the words that report), *source* (the mention that names the speaker there), *speaker*
//! (the entity behind the source), *voice* (a speaker with its letter and share), *entry* (a row of the article list).

#![cfg_attr(test, allow(clippy::string_slice, reason = "tests slice literals they wrote"))]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests read the files they check"))]

pub mod analysis;
pub mod app;
pub mod article;
pub mod command;
pub mod config;
pub mod fetch;
pub mod layout;
pub mod runtime;
pub mod store;
pub mod text;
pub mod view;
