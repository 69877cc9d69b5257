//! Reported speech and beliefs: what stands at a cue, outside quotation marks or partly inside.

use super::{Finder, SURE_CUE};
use crate::analysis::attributions::{Attribution, find};
use crate::analysis::contents::{self, Content};
use crate::analysis::cues;
use crate::analysis::evidence::{Basis, RunnerUp};
use crate::analysis::scene::Part;
use crate::analysis::sources::{self, Source};
use crate::analysis::syntax::Tag;
use crate::analysis::token::word;
use crate::analysis::{EntityId, Quote, QuoteKind, reports};

/// Cues from this on report speech where nobody is named ("was rumoured to").
const SURE_ALONE: f32 = 0.5;
/// Cues from this on end what is reported before them.
const SURE_OTHER: f32 = 0.5;
/// How far into a content its end is looked for, in tokens.
const LONGEST: usize = 120;
/// How many words may lead from a quotation to whoever says it.
const LEADING: usize = 6;
/// What is less likely than this to be a report, seen as a whole, is none.
const SURE_REPORT: f32 = -2.0;
/// Cues from this on report speech or belief.
const SURE_BELIEF: f32 = -0.2;

impl Finder<'_, '_> {
    /// Reported speech; of several cues with the same content the surest one counts ("according to data published by").
    pub(super) fn reported(&mut self) {
        let mut told: Vec<(Content, usize)> = Vec::new();
        let mut features = Vec::new();
        for (place, attribution) in self.attributions.iter().enumerate() {
            let Some(mut content) = attribution.content else { continue };
            let inside = |source: Source| source.first <= content.first && content.end <= source.end;
            let mistaken =
                |source: Source| inside(source) || cues::is_put_to(self.scene, &attribution.cue, source.first);
            let least = if attribution.source.is_some() { SURE_CUE } else { SURE_ALONE };
            if attribution.cue.score < least || attribution.source.is_some_and(mistaken) {
                continue;
            }
            if let Some(pieces) = contents::around(self.scene, &attribution.cue, attribution.source.as_ref()) {
                told.extend(pieces.map(|piece| (piece, place)));
                continue;
            }
            reports::features(self.scene, attribution, &mut features);
            if self.model.reports.score(&features) < SURE_REPORT {
                continue;
            }
            if contents::opens_with_that(self.scene, &content) {
                content.first += 1;
            }
            content.end = self.end_before_others(&content, place);
            content.end = self.end_with_marks(&content);
            told.push((content, place));
        }
        let sureness = |place: usize| self.attributions.get(place).map_or(f32::MIN, |a| a.cue.score);
        told.sort_by(|(a, one), (b, other)| {
            (a.first, a.end).cmp(&(b.first, b.end)).then(sureness(*other).total_cmp(&sureness(*one)))
        });
        told.dedup_by_key(|(content, _)| *content);
        told.sort_by_key(|(_, place)| *place);
        for (content, place) in told {
            let Some(attribution) = self.attributions.get(place).copied() else { continue };
            if let Some(kind) = self.kind(&content) {
                let speaker = self.speaker(place);
                self.push(&attribution, content, kind, speaker);
            }
        }
    }

    /// Where the content of the attribution at `place` ends: before somebody else reports something ("and Hugh Hill said"),
    /// and before what else its own source says or does not say ("but did not say why").
    fn end_before_others(&self, content: &Content, place: usize) -> usize {
        let scene = self.scene;
        let Some(attribution) = self.attributions.get(place).filter(|a| a.cue.head < content.first) else {
            return content.end;
        };
        let next = self.attributions.iter().skip(place + 1).take_while(|a| a.cue.head < content.end);
        let apart = next.filter(|a| a.cue.score >= SURE_OTHER && a.cue.head > attribution.cue.head).find_map(|a| {
            let source = a.source?;
            let named = scene.part(source.head) != Part::Nothing && source.first < a.cue.first;
            let joint = source.first.checked_sub(1).filter(|at| *at > content.first)?;
            let joins = scene.tag(joint) == Tag::Conjunction || scene.word(joint) == word(";");
            (named && joins && !scene.is_quoted(joint)).then_some(joint)
        });
        let but = (content.first + 1..content.end).take(LONGEST).find(|at| contents::breaks_off(scene, *at));
        let mut end = apart.into_iter().chain(but).min().unwrap_or(content.end);
        while end > content.first + 1 && scene.tag(end - 1) == Tag::Comma {
            end -= 1;
        }
        end
    }

    /// Where the content ends if what stands behind its last quotation only leads to whoever says it ("“…,” lawyer" before
    /// "Ana Ruiz said"): with the quotation.
    fn end_with_marks(&self, content: &Content) -> usize {
        let scene = self.scene;
        let leads = |at: &usize| {
            !scene.is_quoted(*at)
                && (scene.tag(*at).is_noun()
                    || matches!(scene.tag(*at), Tag::Adjective | Tag::Determiner | Tag::Number))
        };
        let behind = (content.first..content.end).rev().take(LEADING).take_while(leads).last();
        let Some(mark) = behind.and_then(|at| at.checked_sub(1)).filter(|at| *at > content.first) else {
            return content.end;
        };
        let paused = scene.is_quoted(mark) && matches!(scene.tag(mark - 1), Tag::Comma | Tag::Stop);
        if paused { mark + 1 } else { content.end }
    }

    /// Beliefs and intentions, and reported speech by the guidelines of PolNeAR: sources may be missing, a leading
    /// "that" belongs to the content.
    pub(super) fn beliefs(&mut self) {
        for attribution in find(self.scene, &self.model.beliefs) {
            let Some(content) = attribution.content.filter(|_| attribution.cue.score >= SURE_BELIEF) else { continue };
            let Some(kind) = self.kind(&content) else { continue };
            let place = self.attributions.binary_search_by_key(&attribution.cue.head, |a| a.cue.head).ok();
            let says = place.and_then(|place| self.attributions.get(place)).is_some_and(|a| a.cue.score >= SURE_CUE);
            let speaker = match place.filter(|_| says) {
                Some(place) => self.speaker(place),
                None => attribution.source.and_then(|source| self.speakers.resolve(source, false)),
            };
            self.push(&attribution, content, if says { kind } else { QuoteKind::Belief }, speaker);
        }
    }

    /// Indirect, or mixed where some of the content is quoted; `None` where all of it is, or it says nothing ("called me").
    fn kind(&self, content: &Content) -> Option<QuoteKind> {
        let scene = self.scene;
        let mut tokens = content.first..content.end;
        let quoted = tokens.clone().any(|at| scene.is_quoted(at));
        let plain = |at: usize| !scene.is_quoted(at) && !scene.tag(at).is_punctuation();
        let says = |at: usize| plain(at) && (quoted || scene.tag(at) != Tag::Pronoun);
        tokens.any(says).then_some(if quoted { QuoteKind::Mixed } else { QuoteKind::Indirect })
    }

    fn push(&mut self, attribution: &Attribution, content: Content, kind: QuoteKind, speaker: Option<EntityId>) {
        let span = |first, end| self.scene.span(first, end);
        let sure = attribution.ranked.probability;
        self.quotes.push(Quote {
            kind,
            span: span(content.first, content.end),
            speaker,
            source: attribution.source.map(|source| span(source.first, source.end)),
            cue: Some(span(attribution.cue.first, attribution.cue.end)),
            confidence: if speaker.is_some() { sure } else { 0.0 },
            evidence: self.evidence(Basis::Cue, attribution.source, speaker, (sure, self.second(attribution))),
        });
    }

    /// Who the source of `attribution` may have been otherwise.
    fn second(&self, attribution: &Attribution) -> Option<RunnerUp> {
        let (head, probability) = attribution.ranked.second?;
        let speaker = self.speakers.guess(sources::phrase(self.scene, &attribution.cue, head))?;
        Some(RunnerUp { speaker, probability })
    }
}
