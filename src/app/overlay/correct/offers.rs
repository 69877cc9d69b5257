//! What may be said of a quote, of words, of a name.

use super::{Choice, Does, Name, Purpose};
use crate::analysis::correct::{Anchor, Correction};
use crate::analysis::{Analysis, Entity, EntityId, EntityKind, MentionKind, Quote, QuoteKind, Voices};
use crate::app::Reader;
use crate::app::library::CorrectionId;
use crate::text::{Span, safe};

fn choice(key: char, says: impl Into<String>, does: Does) -> Choice {
    Choice { key, says: says.into(), does }
}

/// Everybody and everything named that may speak: the voices first.
pub(super) fn names(analysis: &Analysis, voices: &Voices) -> Vec<Name> {
    let spoken = voices.all.iter().filter_map(|voice| Some((voice.speaker, analysis.entity(voice.speaker)?)));
    let others = (0..).map(EntityId).zip(&analysis.entities).filter(|(id, entity)| {
        entity.named && voices.place(*id).is_none() && !matches!(entity.kind, EntityKind::Date | EntityKind::Money)
    });
    let mut others: Vec<_> = others.collect();
    others.sort_by_key(|(_, entity)| (entity.kind, std::cmp::Reverse(entity.mentions.len())));
    let name = |(id, entity): (EntityId, &Entity)| Name { name: entity.name.clone(), letter: voices.letter(id) };
    spoken.chain(others).map(name).collect()
}

/// The different forms of the name by which `entity` is mentioned.
fn forms(analysis: &Analysis, entity: EntityId, text: &str) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    let mentions = analysis.entity(entity).map_or(&[][..], |entity| &entity.mentions);
    for mention in mentions.iter().filter(|mention| mention.kind == MentionKind::Name) {
        let form = safe::line(mention.span.of(text));
        if !form.is_empty() && !forms.iter().any(|known| known.to_lowercase() == form.to_lowercase()) {
            forms.push(form);
        }
    }
    forms
}

/// What may be said of quote `index`.
pub(super) fn of_quote(reader: &Reader, analysis: &Analysis, index: usize) -> Option<(String, Vec<Choice>)> {
    let quote = analysis.quotes.get(index)?;
    let text = &reader.article.text;
    let anchor = || Anchor::new(quote.span, text);
    let kind = |kind| Does::Say(Correction::Kind { quote: anchor(), kind });
    let mut choices = vec![choice('s', "Somebody else says it", Does::Ask(Purpose::Speaker(anchor())))];
    if quote.kind == QuoteKind::Direct {
        choices.push(choice(
            'r',
            "It is reported, not said in these words",
            kind(Some(reported(analysis, quote.span))),
        ));
    } else {
        choices.push(choice('d', "It is said in these words", kind(Some(QuoteKind::Direct))));
    }
    choices.push(choice('n', "It is not a quote", kind(None)));
    if let Some(speaker) = quote.speaker {
        choices.extend(of_name(analysis, speaker, text));
    }
    let made: Vec<CorrectionId> = reader.corrections_of(index).collect();
    choices.extend(take_back(made));
    let speaker = quote.speaker.and_then(|speaker| analysis.entity(speaker));
    let speaker = speaker.map_or_else(|| "nobody known".to_owned(), |speaker| safe::line(&speaker.name));
    Some((format!("{speaker}: {}", safe::line(quote.span.of(text))), choices))
}

/// The choice to drop the corrections that were made of something, if any were.
pub(super) fn take_back(made: Vec<CorrectionId>) -> Option<Choice> {
    (!made.is_empty()).then(|| choice('u', "Take back what you said of it", Does::Drop(made)))
}

/// How reported speech over `span` gives the words: mixed, where some of them are in quotation marks.
fn reported(analysis: &Analysis, span: Span) -> QuoteKind {
    let quoted = |quote: &&Quote| quote.kind == QuoteKind::Direct && span.covers(quote.span) && quote.span != span;
    if analysis.quotes.iter().any(|quote| quoted(&quote)) { QuoteKind::Mixed } else { QuoteKind::Indirect }
}

/// What may be said of the words at `span`.
pub(super) fn of_passage(reader: &Reader, analysis: &Analysis, span: Span) -> (String, Vec<Choice>) {
    let text = &reader.article.text;
    let passage = |kind| Does::Ask(Purpose::Passage(Anchor::new(span, text), kind));
    let mut choices = vec![
        choice('d', "Somebody says it in these words", passage(QuoteKind::Direct)),
        choice('r', "It is what somebody says, reported", passage(reported(analysis, span))),
    ];
    let here = |correction: &Correction| {
        correction.anchor().and_then(|anchor| anchor.place(text)).is_some_and(|place| place.overlaps(span))
    };
    choices.extend(take_back(reader.corrections_that(here)));
    (safe::line(span.of(text)), choices)
}

/// Whom a name belongs to.
pub(super) fn of_name(analysis: &Analysis, entity: EntityId, text: &str) -> Vec<Choice> {
    let Some(named) = analysis.entity(entity) else { return Vec::new() };
    let name = || named.name.clone();
    let mut choices = vec![choice(
        'm',
        // The name last: a narrow screen may cut it.
        format!("Another name means {} too", safe::line(&named.name)),
        Does::Ask(Purpose::Merge(name())),
    )];
    if forms(analysis, entity, text).len() > 1 {
        choices.push(choice(
            'x',
            format!("Somebody else is taken for {}", safe::line(&named.name)),
            Does::Ask(Purpose::Split(name())),
        ));
    }
    choices
}

/// What a name is.
pub(super) fn kinds(analysis: &Analysis, entity: EntityId) -> Vec<Choice> {
    const KINDS: [(char, EntityKind, &str); 4] = [
        ('p', EntityKind::Person, "It is a person"),
        ('o', EntityKind::Organization, "It is an organization"),
        ('l', EntityKind::Place, "It is a place"),
        ('t', EntityKind::Other, "It is some other thing"),
    ];
    let Some(named) = analysis.entity(entity) else { return Vec::new() };
    let others = KINDS.into_iter().filter(|(_, kind, _)| *kind != named.kind);
    let say = |(key, kind, says): (char, EntityKind, &str)| {
        choice(key, says, Does::Say(Correction::Entity { name: named.name.clone(), kind }))
    };
    others.map(say).collect()
}

impl Reader {
    /// The forms by which the entity called `name` is mentioned.
    pub(super) fn forms_of(&self, name: &str) -> Vec<String> {
        let Some((analysis, _)) = &self.analysis else { return Vec::new() };
        analysis.called(name).map(|entity| forms(analysis, entity, &self.article.text)).unwrap_or_default()
    }
}
