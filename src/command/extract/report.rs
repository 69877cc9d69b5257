//! One article for people: what it is, whose voices it has, what each says.
//!
//! Counts and lists [utterances](fn@crate::analysis::utterances) as the reader does: words in quotation marks inside a
//! reported sentence of the same speaker stand in that sentence and not a second time. Beliefs, where they were looked
//! for, stand among them and are counted apart. Everything goes through safe text: this is printed on terminals.

use std::fmt::Write;

use super::input::Document;
use super::json::{kind, quote_kind};
use crate::analysis::{Analysis, EntityKind, MentionKind, Quote, QuoteKind, Voices};
use crate::command::count;
use crate::text::safe;

/// Most names listed of a kind.
const MOST_NAMES: usize = 12;

/// `document` and what it says, ending in a blank line.
#[must_use]
pub fn page(document: &Document, analysis: &Analysis) -> Vec<u8> {
    let voices = Voices::of(analysis, &document.text);
    let listed = listed(analysis, &voices);
    let mut page = String::new();
    let id = document.id.to_string();
    let title = document.title.as_deref().filter(|title| *title != id);
    let _ = writeln!(page, "{}", safe::line(title.unwrap_or(&id)));
    let mut facts: Vec<String> = title.map(|_| safe::line(&id)).into_iter().collect();
    facts.extend(document.date.as_deref().map(safe::line));
    facts.push(count(document.text.split_whitespace().count(), "word"));
    facts.push(count(voices.utterances.len(), "quote"));
    let beliefs = listed.len() - voices.utterances.len();
    if beliefs > 0 {
        facts.push(count(beliefs, "belief"));
    }
    facts.push(count(voices.all.len(), "voice"));
    let _ = writeln!(page, "{}\n", facts.join(" · "));
    for voice in &voices.all {
        let Some(entity) = analysis.entity(voice.speaker) else { continue };
        let role = entity.role.as_deref().map(|role| format!(", {}", safe::line(role))).unwrap_or_default();
        let _ = writeln!(
            page,
            "  {} {}{role}: {:.0}% · {} direct, {} reported",
            voices.letter(voice.speaker).unwrap_or('-'),
            safe::line(&entity.name),
            voice.share * 100.0,
            voice.direct,
            voice.reported,
        );
    }
    if !voices.all.is_empty() {
        page.push('\n');
    }
    for quote in &listed {
        let _ = writeln!(page, "  {}", said(quote, analysis, &voices, &document.text));
    }
    if !listed.is_empty() {
        page.push('\n');
    }
    for kind in [EntityKind::Person, EntityKind::Organization, EntityKind::Place, EntityKind::Other] {
        names(&mut page, analysis, kind);
    }
    page.push('\n');
    page.into_bytes()
}

/// Utterances and beliefs, in order of the text.
fn listed<'a>(analysis: &'a Analysis, voices: &Voices) -> Vec<&'a Quote> {
    let mut utterances = voices.utterances.iter().copied().peekable();
    let mut is_utterance = |place: usize| utterances.next_if(|next| *next == place).is_some();
    let quotes = analysis.quotes.iter().enumerate();
    quotes.filter(|(at, quote)| is_utterance(*at) || quote.kind == QuoteKind::Belief).map(|(_, quote)| quote).collect()
}

/// One quote with its speaker, on one line, after the letter of the voice: `-` for a speaker without one (the 27th, or
/// one who only believes), `?` where nobody knows.
fn said(quote: &Quote, analysis: &Analysis, voices: &Voices, text: &str) -> String {
    let speaker = quote.speaker.and_then(|id| analysis.entity(id));
    let letter = quote.speaker.map_or('?', |id| voices.letter(id).unwrap_or('-'));
    let name = speaker.map_or_else(|| "unknown".to_owned(), |speaker| safe::line(&speaker.name));
    format!("{letter} {} [{name}, {}]", safe::line(quote.span.of(text)), quote_kind(quote.kind))
}

/// The names of one kind, most mentioned first, on one line.
fn names(page: &mut String, analysis: &Analysis, wanted: EntityKind) {
    let mut named: Vec<(usize, &str)> = analysis
        .entities
        .iter()
        .filter(|entity| entity.named && entity.kind == wanted)
        .map(|entity| {
            let times = entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name).count();
            (times, entity.name.as_str())
        })
        .collect();
    if named.is_empty() {
        return;
    }
    named.sort_by_key(|(times, _)| std::cmp::Reverse(*times));
    let more = named.len().saturating_sub(MOST_NAMES);
    let shown: Vec<String> =
        named.iter().take(MOST_NAMES).map(|(times, name)| format!("{} ({times})", safe::line(name))).collect();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let _ = writeln!(page, "  {}: {}{rest}", kind(wanted), shown.join(", "));
}
