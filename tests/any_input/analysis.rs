//! Any text: what is found lies in it, is in order, refers to what is there, and is found again.

use std::cmp::Reverse;
use std::sync::LazyLock;

use pullquote::analysis::{Analysis, Engine, EntityId, Lexicon, Mention, MentionKind, Options, QuoteKind, Voices};
use pullquote::text::Span;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Lexicon::embedded()));

/// Analyses `text`, speech alone and with beliefs.
pub fn check(text: &str) {
    for beliefs in [false, true] {
        let analysis = ENGINE.analyze_with(text, Options { beliefs });
        check_quotes(text, &analysis);
        check_entities(text, &analysis);
        check_voices(text, &analysis);
        assert!(beliefs || analysis.quotes.iter().all(|quote| quote.kind != QuoteKind::Belief), "a belief unasked for");
        assert!(ENGINE.analyze_with(text, Options { beliefs }) == analysis, "another analysis the second time");
    }
}

/// Whether `span` is a part of `text` on character boundaries, not an empty one.
fn fits(text: &str, span: Span) -> bool {
    text.get(span.range()).is_some_and(|inside| !inside.is_empty())
}

fn check_quotes(text: &str, analysis: &Analysis) {
    for quote in &analysis.quotes {
        for span in [Some(quote.span), quote.source, quote.cue].into_iter().flatten() {
            assert!(fits(text, span), "{span:?} of {quote:?}");
        }
        assert!((0.0..=1.0).contains(&quote.confidence), "{quote:?}");
        let evidence = &quote.evidence;
        assert!(evidence.chain.iter().all(|span| fits(text, *span)), "{quote:?}");
        assert!(evidence.runner_up.is_none_or(|other| (0.0..=1.0).contains(&other.probability)), "{quote:?}");
        let mut speakers = quote.speaker.into_iter().chain(evidence.runner_up.map(|other| other.speaker));
        assert!(speakers.all(|id| analysis.entity(id).is_some()), "{quote:?}");
    }
    assert!(
        analysis.quotes.is_sorted_by_key(|quote| (quote.span.start, Reverse(quote.span.end))),
        "quotes in disorder"
    );
    let direct: Vec<Span> =
        analysis.quotes.iter().filter(|quote| quote.kind == QuoteKind::Direct).map(|quote| quote.span).collect();
    assert!(direct.is_sorted_by(|one, next| one.end <= next.start), "direct quotes overlap: {direct:?}");
}

fn check_entities(text: &str, analysis: &Analysis) {
    let mut names: Vec<Mention> = Vec::new();
    for entity in &analysis.entities {
        assert!(!entity.name.is_empty() && !entity.mentions.is_empty(), "{entity:?}");
        assert!(entity.mentions.iter().all(|mention| fits(text, mention.span)), "{entity:?}");
        assert!(entity.mentions.is_sorted_by_key(|mention| mention.span), "{entity:?}");
        let named = entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
        names.extend(named.filter(|_| entity.named));
    }
    names.sort_by_key(|name| name.span);
    assert!(names.is_sorted_by(|one, next| one.span.end <= next.span.start), "names overlap: {names:?}");
}

fn check_voices(text: &str, analysis: &Analysis) {
    let voices = Voices::of(analysis, text);
    for (place, voice) in voices.all.iter().enumerate() {
        assert_eq!(voices.place(voice.speaker), Some(place), "{voice:?}");
    }
    assert_eq!(analysis.entity(EntityId(u32::MAX)), None);
    assert!(voices.utterances.iter().all(|place| analysis.quotes.get(*place).is_some()), "{:?}", voices.utterances);
}
