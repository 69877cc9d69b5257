use super::*;
use crate::analysis::{Analysis, Engine, Lexicon};

fn analyze(text: &str) -> Analysis {
    static ENGINE: std::sync::OnceLock<Engine> = std::sync::OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(Lexicon::embedded())).analyze(text)
}

/// Why each quote of `text` is given to its speaker: `basis (cue) source > chain`, one a line.
fn why(text: &str) -> Vec<String> {
    let analysis = analyze(text);
    let show = |span: Option<Span>| span.map_or("-", |span| span.of(text));
    let line = |quote: &Quote| {
        let chain: Vec<&str> =
            std::iter::once(show(quote.source)).chain(quote.evidence.chain.iter().map(|span| span.of(text))).collect();
        format!("{:?} ({}) {}", quote.evidence.basis, show(quote.cue), chain.join(" > "))
    };
    analysis.quotes.iter().map(line).collect()
}

#[test]
fn a_pronoun_leads_by_the_surname_to_the_full_name() {
    assert_eq!(
        why(
            "Press Secretary Karoline Leavitt spoke to reporters on Friday.\n\nLeavitt was late. “The talks went well,” she said."
        ),
        ["Cue (said) she > Leavitt > Karoline Leavitt"]
    );
    assert_eq!(
        why("Karoline Leavitt was late. She said that the talks went well. “They will go on,” she said."),
        ["Cue (said) She > Karoline Leavitt", "Cue (said) she > Karoline Leavitt"],
        "a pronoun that stands for a pronoun leads to what that stands for"
    );
}

#[test]
fn a_name_leads_to_the_fuller_one_and_a_full_one_nowhere() {
    assert_eq!(why("“Taxes are low,” said Ana Ruiz."), ["Cue (said) Ana Ruiz"]);
    assert_eq!(
        why("“Taxes are low,” said Ana Ruiz.\n\n“They will stay low,” Ruiz added."),
        ["Cue (said) Ana Ruiz", "Cue (added) Ruiz > Ana Ruiz"]
    );
    assert_eq!(
        why("“Taxes are low,” said Finance Minister Ana Ruiz, a doctor."),
        ["Cue (said) Finance Minister Ana Ruiz, a doctor > Ana Ruiz"]
    );
}

#[test]
fn a_description_leads_to_the_role_that_it_repeats() {
    assert_eq!(
        why("Finance Minister Ana Ruiz met Hugh Hill on Friday. The minister said that taxes were low."),
        ["Cue (said) The minister > Finance Minister > Ana Ruiz"]
    );
    assert_eq!(why("A witness said that two cars were on fire."), ["Cue (said) A witness"]);
}

#[test]
fn a_quote_that_goes_on_has_the_way_of_the_one_before() {
    let text = "Ana Ruiz was late. “It is good,” she said. “It will go on.”\n\n“And on.”";
    let place = |words: &str| text.find(words).map(|start| Span::new(start, start + words.len())).unwrap();
    let quote = |words, source, basis| Quote {
        kind: QuoteKind::Direct,
        span: place(words),
        speaker: Some(EntityId(0)),
        source,
        cue: None,
        confidence: 1.0,
        evidence: Evidence { basis, ..Evidence::default() },
    };
    let mut quotes = [
        quote("“It is good,”", Some(place("she")), Basis::Cue),
        quote("“It will go on.”", None, Basis::Continued),
        quote("“And on.”", None, Basis::Unclosed),
    ];
    let mut entities = analyze("Ana Ruiz was late.").entities;
    entities[0].mentions.push(Mention { span: place("she"), kind: MentionKind::Pronoun });
    lead_to_names(&mut quotes, &entities, text);
    let chains = quotes.map(|quote| quote.evidence.chain.iter().map(|span| span.of(text)).collect::<Vec<_>>());
    assert_eq!(chains, [vec!["Ana Ruiz"], vec!["she", "Ana Ruiz"], vec!["she", "Ana Ruiz"]]);
}

#[test]
fn the_runner_up_is_somebody_else_with_a_smaller_share() {
    let text = "Ana Ruiz told Hugh Hill on Friday that taxes were too low. “They will have to rise,” she said.";
    let analysis = analyze(text);
    let mut runners = 0;
    for quote in &analysis.quotes {
        let Some(other) = quote.evidence.runner_up else { continue };
        assert_ne!(Some(other.speaker), quote.speaker);
        assert!(other.probability > 0.0 && other.probability < 1.0, "{other:?}");
        runners += 1;
    }
    assert!(runners > 0, "{analysis:?}");
}

#[test]
fn nobody_known_has_no_evidence() {
    let text =
        "The rain did not stop.\n\n“We have no choice but to go on, whatever it takes and whatever it will cost us.”";
    assert_eq!(why(text), ["Nothing (-) -"]);
}
