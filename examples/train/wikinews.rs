//! Annotated Wikinews articles, with the cues that the annotations do not mark found out.

use std::collections::BTreeMap;

use pullquote::analysis::EntityId;
use pullquote::analysis::attributions::Steps;
use pullquote::analysis::contents;
use pullquote::analysis::cues;
use pullquote::analysis::scene::Scene;
use pullquote::analysis::sources;
use pullquote::analysis::speakers::Speakers;

use crate::case::{Case, Range, Told, Tools, cue, range};
use crate::judge::gold::Article;

/// What is trimmed from the edges of quotes before they are compared.
const TRIM: &str = " \t\n\r\"'“”‘’«»„‚.,;:!?…-–—()[]";

/// A stretch in quotation marks as annotated.
#[derive(Clone, Debug)]
pub enum Quoted {
    /// Somebody's words.
    Speech(String),
    /// A title, a term, a scare quote.
    Other,
}

/// The gold of one article.
pub struct Gold {
    /// Cues with sources and contents.
    pub told: Vec<Told>,
    /// Sentences that hold what somebody says, but no cue that was found: each of their words may be one.
    pub unsure: Vec<Range>,
    /// For each quoted stretch what it is, where it is annotated.
    pub quoted: Vec<Option<Quoted>>,
    /// For each entity the tokens where it is named or stands as a source.
    pub mentions: BTreeMap<String, Vec<Range>>,
}

/// Works out the gold of `article`; `steps` were learned elsewhere and help to find the cues.
pub fn gold(article: &Article, case: &Case<'_>, tools: &Tools, steps: &Steps) -> Gold {
    let scene = case.scene(tools);
    let mut mentions: BTreeMap<String, Vec<Range>> = BTreeMap::new();
    for mark in article.spans.iter().filter(|mark| "POLXNR".contains(mark.kind)) {
        mentions.entry(mark.entity.clone()).or_default().push(range(&scene, mark.span));
    }
    let mut gold = Gold { told: Vec::new(), unsure: Vec::new(), quoted: quoted(article, &scene), mentions };
    let mut marks: Vec<_> = article.spans.iter().filter(|mark| mark.kind == 'I').collect();
    let outermost = |mark: &&crate::judge::gold::Mark| {
        let covers = |other: &crate::judge::gold::Mark| {
            other.kind == 'Q' && !std::ptr::eq(other, *mark) && other.span.covers(mark.span)
        };
        mark.kind == 'Q' && !article.spans.iter().any(covers)
    };
    marks.extend(article.spans.iter().filter(outermost));
    for mark in marks {
        let content = range(&scene, mark.span);
        let Some(found) = find_cue(&scene, &gold.mentions, &mark.entity, content, steps) else {
            gold.unsure.push(scene.sentence(content.0));
            continue;
        };
        match gold.told.iter_mut().find(|told| told.cue.head == found.cue.head) {
            Some(known) => known.contents.push(content),
            None => gold.told.push(found),
        }
    }
    gold.told.sort_by_key(|told| told.cue.head);
    gold
}

fn quoted(article: &Article, scene: &Scene<'_>) -> Vec<Option<Quoted>> {
    let text = scene.document.text;
    let trim = |span: pullquote::text::Span| {
        let inside = span.of(text);
        let start = span.start + inside.len() - inside.trim_start_matches(|c| TRIM.contains(c)).len();
        (start, start + inside.trim_matches(|c| TRIM.contains(c)).len())
    };
    let marks: Vec<_> = article.spans.iter().filter(|mark| matches!(mark.kind, 'Q' | 'S')).collect();
    let find = |stretch: &pullquote::analysis::marks::Stretch| {
        let mark = marks.iter().find(|mark| trim(mark.span) == trim(stretch.span))?;
        Some(if mark.kind == 'Q' { Quoted::Speech(mark.entity.clone()) } else { Quoted::Other })
    };
    scene.stretches.iter().map(find).collect()
}

/// The cue whose source is `entity` and whose content is most likely `content`.
fn find_cue(
    scene: &Scene<'_>,
    mentions: &BTreeMap<String, Vec<Range>>,
    entity: &str,
    content: Range,
    steps: &Steps,
) -> Option<Told> {
    let (first, end) = content;
    let from = scene.sentence(first).0.min(first.saturating_sub(30)).max(scene.paragraph(first).0);
    let until = scene.sentence(end - 1).1.max(end + 20).min(scene.paragraph(end - 1).1);
    let mut features = Vec::new();
    let mut all = Vec::new();
    let mut best: Option<(f32, Told)> = None;
    let known = mentions.get(entity).map(Vec::as_slice).unwrap_or_default();
    for index in (from..until).filter(|at| (*at < first || *at >= end) && cues::is_candidate(scene, *at)) {
        cues::features(scene, index, &mut features);
        let score = steps.cues.score(&features);
        let cue = cue(scene, index);
        sources::candidates(scene, index, &mut all);
        let mut source: Option<(f32, Range)> = None;
        for place in 0..all.len() {
            let Some(mention) = known.iter().find(|(a, b)| *a <= all[place] && all[place] < *b) else { continue };
            sources::features(scene, &cue, &all, place, &mut features);
            let rate = steps.sources.score(&features);
            if source.is_none_or(|(top, _)| rate > top) {
                source = Some((rate, *mention));
            }
        }
        let found = sources::find(scene, &cue, &steps.sources);
        let agrees = found.is_some_and(|found| known.iter().any(|(a, b)| *a <= found.head && found.head < *b));
        let said = contents::find(scene, &cue, found.as_ref(), &steps.contents);
        let holds = said.is_some_and(|said| said.first < end && first < said.end);
        let gap = if index < first { first - index } else { index - end };
        let score = score + if agrees { 4.0 } else { 0.0 } + if holds { 3.0 } else { 0.0 } - gap as f32 / 10.0;
        let enough = agrees && (holds || gap < 12) || source.is_some() && holds || entity == "unknown" && holds;
        if enough && best.as_ref().is_none_or(|(top, _)| score > *top) {
            let source = source.map(|(_, range)| range);
            best = Some((
                score,
                Told { cue, cue_range: (cue.first, cue.end), source, contents: vec![content], spans: Vec::new() },
            ));
        }
    }
    best.map(|(_, told)| told)
}

impl Gold {
    /// Whether the entity `id` of the case's cast is `entity`: both have a mention at the same place.
    pub fn is(&self, case: &Case<'_>, speakers: &Speakers<'_>, id: EntityId, entity: &str) -> bool {
        let known = self.mentions.get(entity).map(Vec::as_slice).unwrap_or_default();
        let named = case.cast.mentions.iter().filter(|mention| mention.entity == id);
        let overlaps = |first: usize, end: usize| known.iter().any(|(a, b)| *a < end && first < *b);
        if named.clone().next().is_some() {
            return named.clone().any(|mention| {
                let (first, end) = (mention.first as usize, mention.end as usize);
                known.contains(&(first, end)) || overlaps(first, end) && entity.starts_with("anon-")
            });
        }
        let unnamed = speakers.entity(id).map(|entity| entity.mentions.as_slice()).unwrap_or_default();
        unnamed.iter().any(|mention| {
            let first = case.document.token_at(mention.span.start);
            let end = case.document.token_at(mention.span.end.saturating_sub(1)) + 1;
            overlaps(first, end)
        })
    }
}
