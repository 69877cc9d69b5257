//! Trains cues, sources and contents on the attributions of PolNeAR.

use std::collections::HashMap;

use pullquote::analysis::cues::{self, Cue};
use pullquote::analysis::entities::{self, Cast};
use pullquote::analysis::marks::{self, Stretch};
use pullquote::analysis::scene::{self, Part, Scene};
use pullquote::analysis::scorer::Scorer;
use pullquote::analysis::sources::{self, Source};
use pullquote::analysis::syntax::{Model, Syntax};
use pullquote::analysis::token::Document;
use pullquote::analysis::verbs::Verbs;
use pullquote::analysis::{Lexicon, contents, names};
use pullquote::text::Span;

use crate::Folders;
use crate::linear::{Settings, Trainer};
use crate::polnear::{self, Article, Attribution};

/// An article with everything that the steps look at.
pub struct Case<'t> {
    pub document: Document<'t>,
    pub syntax: Syntax,
    pub cast: Cast,
    pub stretches: Vec<Stretch>,
    pub quoted: Vec<u32>,
    pub namings: Vec<Part>,
}

impl<'t> Case<'t> {
    pub fn new(text: &'t str, model: &Model, lexicon: &Lexicon) -> Self {
        let document = Document::new(text);
        let names = names::find(&document, lexicon);
        let cast = entities::collect(&document, &names, lexicon);
        Self::with_cast(document, cast, model)
    }

    pub fn with_cast(document: Document<'t>, cast: Cast, model: &Model) -> Self {
        let syntax = model.analyze(&document);
        let stretches = marks::stretches(document.text);
        let quoted = scene::quoted_tokens(&document, &stretches);
        let namings = scene::name_parts(&document, &cast);
        Self { document, syntax, cast, stretches, quoted, namings }
    }

    pub fn scene<'a>(&'a self, verbs: &'a Verbs) -> Scene<'a> {
        Scene {
            document: &self.document,
            syntax: &self.syntax,
            cast: &self.cast,
            stretches: &self.stretches,
            quoted: &self.quoted,
            namings: &self.namings,
            verbs,
        }
    }
}

/// An attribution on tokens.
pub struct Told {
    pub cue: Cue,
    /// Gold tokens of the cue, source and content pieces, punctuation at the edges left out.
    pub cue_range: (usize, usize),
    pub source: Option<(usize, usize)>,
    pub contents: Vec<(usize, usize)>,
}

pub fn range(scene: &Scene<'_>, span: Span) -> (usize, usize) {
    let (mut first, mut end) =
        (scene.document.token_at(span.start), scene.document.token_at(span.end.saturating_sub(1)) + 1);
    while first + 1 < end && scene.tag(first).is_punctuation() {
        first += 1;
    }
    while first + 1 < end && scene.tag(end - 1).is_punctuation() {
        end -= 1;
    }
    (first, end)
}

pub fn head(scene: &Scene<'_>, (first, end): (usize, usize)) -> usize {
    let outside = |at: &usize| {
        let head = scene.syntax.head(*at);
        (head < first || head >= end || head == *at) && !scene.tag(*at).is_punctuation()
    };
    (first..end).find(outside).unwrap_or(first)
}

fn told(scene: &Scene<'_>, attribution: &Attribution) -> Option<Told> {
    let cue_range = range(scene, *attribution.cue.first()?);
    let head = head(scene, cue_range);
    let head = if cues::is_candidate(scene, head) {
        head
    } else {
        (cue_range.0..cue_range.1).find(|at| cues::is_candidate(scene, *at))?
    };
    let (first, end) = cues::extent(scene, head);
    Some(Told {
        cue: Cue { head, first, end, score: 9.0 },
        cue_range,
        source: attribution.source.first().map(|span| range(scene, *span)),
        contents: attribution.content.iter().map(|span| range(scene, *span)).collect(),
    })
}

struct Set<'t> {
    cases: Vec<Case<'t>>,
    articles: &'t [Article],
}

pub fn train(folders: &Folders) -> anyhow::Result<()> {
    let model = Model::embedded();
    let lexicon = Lexicon::embedded();
    let verbs = Verbs::embedded();
    let learn = polnear::read(&folders.data.join("polnear/data/train"))?;
    let judge = polnear::read(&folders.data.join("polnear/data/dev"))?;
    let set = |articles| -> Set<'_> {
        let articles: &[Article] = articles;
        Set { cases: articles.iter().map(|a| Case::new(&a.text, &model, &lexicon)).collect(), articles }
    };
    let (learn, judge) = (set(&learn), set(&judge));
    let mut features = Vec::new();
    // Cues
    let mut trainer = Trainer::new();
    for (number, (case, article)) in learn.cases.iter().zip(learn.articles).enumerate() {
        let scene = case.scene(&verbs);
        let gold: Vec<usize> =
            article.attributions.iter().filter_map(|a| told(&scene, a)).map(|t| t.cue.head).collect();
        for index in (0..case.document.tokens.len()).filter(|at| cues::is_candidate(&scene, *at)) {
            cues::features(&scene, index, &mut features);
            let right = gold.contains(&index).then_some(0);
            trainer.add(&[features.clone()], right, 1.0, number, 0);
        }
    }
    println!("cues: {} candidates", trainer.len());
    let cue = trainer.train(Settings::default(), &[0]).remove(0);
    report_cues(&judge, &verbs, &cue);
    // Sources
    let mut trainer = Trainer::new();
    for (number, (case, article)) in learn.cases.iter().zip(learn.articles).enumerate() {
        let scene = case.scene(&verbs);
        let mut all = Vec::new();
        for told in article.attributions.iter().filter_map(|a| told(&scene, a)) {
            sources::candidates(&scene, told.cue.head, &mut all);
            let gold = told.source.map(|source| head(&scene, source));
            let place = gold.and_then(|gold| all.iter().position(|at| *at == gold));
            if gold.is_some() && place.is_none() {
                continue;
            }
            let mut group = Vec::new();
            sources::absent_features(&scene, told.cue.head, &mut features);
            group.push(features.clone());
            for at in 0..all.len() {
                sources::features(&scene, told.cue.head, &all, at, &mut features);
                group.push(features.clone());
            }
            trainer.add(&group, Some(place.map_or(0, |place| place + 1)), 1.0, number, 0);
        }
    }
    println!("sources: {} groups", trainer.len());
    let source = trainer.train(Settings::default(), &[0]).remove(0);
    report_sources(&judge, &verbs, &source);
    // Contents
    let mut inner = Trainer::new();
    let mut outer = Trainer::new();
    let (mut inners, mut outers) = (Vec::new(), Vec::new());
    let mut missed = HashMap::new();
    for (number, (case, article)) in learn.cases.iter().zip(learn.articles).enumerate() {
        let scene = case.scene(&verbs);
        for told in article.attributions.iter().filter_map(|a| told(&scene, a)) {
            let found = gold_source(&scene, &told);
            contents::inner_candidates(&scene, &told.cue, found.as_ref(), &mut inners);
            let Some((right, content)) = gold_content(&told) else { continue };
            let edge = if right { content.0 } else { content.1 };
            let place = inners.iter().position(|i| i.right == right && same(&scene, i.at, edge, right));
            let Some(place) = place else {
                *missed.entry(format!("inner right {right}")).or_insert(0) += 1;
                continue;
            };
            let group: Vec<_> = inners
                .iter()
                .map(|i| {
                    contents::inner_features(&scene, &told.cue, found.as_ref(), *i, &mut features);
                    features.clone()
                })
                .collect();
            inner.add(&group, Some(place), 1.0, number, 0);
            let chosen = inners[place];
            contents::outer_candidates(&scene, &told.cue, chosen, &mut outers);
            let edge = if right { content.1 } else { content.0 };
            let Some(place) = outers.iter().position(|at| same(&scene, *at, edge, !right)) else {
                *missed.entry(format!("outer right {right}")).or_insert(0) += 1;
                continue;
            };
            let group: Vec<_> = (0..outers.len())
                .map(|at| {
                    contents::outer_features(&scene, &told.cue, chosen, &outers, at, &mut features);
                    features.clone()
                })
                .collect();
            outer.add(&group, Some(place), 1.0, number, 0);
        }
    }
    println!("contents: {} and {} groups, missed {missed:?}", inner.len(), outer.len());
    let scorers = contents::Scorers {
        inner: inner.train(Settings::default(), &[0]).remove(0),
        outer: outer.train(Settings::default(), &[0]).remove(0),
    };
    report_contents(&judge, &verbs, &scorers);
    let bytes = [cue.bytes(), source.bytes(), scorers.inner.bytes(), scorers.outer.bytes()];
    println!("{:?} bytes", bytes.each_ref().map(Vec::len));
    std::fs::write("assets/model/attributions.bin", bytes.concat())?;
    Ok(())
}

/// Whether two boundaries are the same once punctuation beside them is left out.
fn same(scene: &Scene<'_>, one: usize, other: usize, starts: bool) -> bool {
    let plain = |mut at: usize| {
        if starts {
            while scene.tag(at).is_punctuation() {
                at += 1;
            }
        } else {
            while at > 0 && scene.tag(at - 1).is_punctuation() {
                at -= 1;
            }
        }
        at
    };
    plain(one) == plain(other)
}

fn gold_source(scene: &Scene<'_>, told: &Told) -> Option<Source> {
    told.source.map(|(first, end)| Source { head: head(scene, (first, end)), first, end })
}

/// The side and the tokens of the content nearest to the cue.
fn gold_content(told: &Told) -> Option<(bool, (usize, usize))> {
    let content = *told.contents.first()?;
    Some((content.0 >= told.cue.head, content))
}

fn report_cues(set: &Set<'_>, verbs: &Verbs, scorer: &Scorer) {
    let mut features = Vec::new();
    for threshold in [-1.0, -0.5, 0.0, 0.5] {
        let (mut gold_count, mut found, mut right, mut exact) = (0, 0, 0, 0);
        for (case, article) in set.cases.iter().zip(set.articles) {
            let scene = case.scene(verbs);
            let gold: Vec<Told> = article.attributions.iter().filter_map(|a| told(&scene, a)).collect();
            gold_count += article.attributions.len();
            for index in (0..case.document.tokens.len()).filter(|at| cues::is_candidate(&scene, *at)) {
                cues::features(&scene, index, &mut features);
                if scorer.score(&features) > threshold {
                    found += 1;
                    if let Some(told) = gold.iter().find(|told| told.cue.head == index) {
                        right += 1;
                        exact += usize::from((told.cue.first, told.cue.end) == told.cue_range);
                    }
                }
            }
        }
        let f = |right: usize| 200.0 * right as f64 / (gold_count + found) as f64;
        println!(
            "  cues above {threshold}: precision {:.1}, recall {:.1}, F1 {:.1}, exact {:.1}",
            100.0 * right as f64 / found as f64,
            100.0 * right as f64 / gold_count as f64,
            f(right),
            f(exact)
        );
    }
}

fn report_sources(set: &Set<'_>, verbs: &Verbs, scorer: &Scorer) {
    let (mut all, mut heads, mut exact, mut wrong) = (0, 0, 0, Vec::new());
    for (case, article) in set.cases.iter().zip(set.articles) {
        let scene = case.scene(verbs);
        for told in article.attributions.iter().filter_map(|a| told(&scene, a)) {
            all += 1;
            let found = sources::find(&scene, &told.cue, scorer);
            let gold = gold_source(&scene, &told);
            heads += usize::from(found.map(|s| s.head) == gold.map(|s| s.head));
            let same = found.map(|s| (s.first, s.end)) == gold.map(|s| (s.first, s.end));
            exact += usize::from(same);
            if !same {
                let text = |s: Option<Source>| s.map_or("-", |s| scene.span(s.first, s.end).of(case.document.text));
                wrong.push(format!(
                    "{} | gold {:?} found {:?}",
                    scene.span(told.cue.first, told.cue.end).of(case.document.text),
                    text(gold),
                    text(found)
                ));
            }
        }
    }
    println!(
        "  sources: {:.1} heads, {:.1} exact of {all}",
        100.0 * heads as f64 / all as f64,
        100.0 * exact as f64 / all as f64
    );
    if std::env::var("SHOW").is_ok() {
        for line in wrong.iter().step_by(wrong.len() / 60 + 1) {
            println!("    {line}");
        }
    }
}

fn report_contents(set: &Set<'_>, verbs: &Verbs, scorers: &contents::Scorers) {
    let (mut all, mut inner, mut exact, mut wrong) = (0, 0, 0, Vec::new());
    for (case, article) in set.cases.iter().zip(set.articles) {
        let scene = case.scene(verbs);
        for told in article.attributions.iter().filter_map(|a| told(&scene, a)) {
            let Some((right, gold)) = gold_content(&told) else { continue };
            all += 1;
            let source = gold_source(&scene, &told);
            let Some(found) = contents::find(&scene, &told.cue, source.as_ref(), scorers) else { continue };
            let (start, end) = (same(&scene, found.first, gold.0, true), same(&scene, found.end, gold.1, false));
            inner += usize::from(if right { start } else { end });
            exact += usize::from(start && end);
            if !(start && end) {
                let text = |s: (usize, usize)| scene.span(s.0, s.1).of(case.document.text);
                wrong.push(format!(
                    "{} | gold {:?} found {:?}",
                    text((told.cue.first, told.cue.end)),
                    text(gold),
                    text((found.first, found.end))
                ));
            }
        }
    }
    println!(
        "  contents: {:.1} inner, {:.1} exact of {all}",
        100.0 * inner as f64 / all as f64,
        100.0 * exact as f64 / all as f64
    );
    if std::env::var("SHOW").is_ok() {
        for line in wrong.iter().step_by(wrong.len() / 60 + 1) {
            println!("    {line}");
        }
    }
}
