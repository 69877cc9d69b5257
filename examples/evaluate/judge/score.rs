//! The figures of `score.py`, by its definitions: what is found, who says it, which names, linked how.

use std::fmt;

use pullquote::analysis::{Analysis, EntityKind};

use super::compare::{Direct, KINDS, Names, Reported, Verdict, speaker};
use super::gold::Article;

/// What was found, of what was predicted and what is gold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    pub right: usize,
    pub predicted: usize,
    pub gold: usize,
}

/// Precision, recall and F1, 0 to 1.
pub type Figures = [f64; 3];

/// The counts over all articles added so far.
#[derive(Clone, Debug, Default)]
pub struct Score {
    articles: usize,
    direct: Count,
    direct_speaker: Count,
    reported: Count,
    reported_speaker: Count,
    kinds: [Count; 4],
    links: Count,
    scare: Count,
}

/// `part` of `whole`, 0 of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of annotations are small")]
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Count {
    /// Precision, recall and F1, 0 where nothing was counted.
    pub fn prf(self) -> Figures {
        let (p, r) = (share(self.right, self.predicted), share(self.right, self.gold));
        [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
    }

    pub fn plus(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            predicted: self.predicted + other.predicted,
            gold: self.gold + other.gold,
        }
    }
}

impl Score {
    /// The rows of the table.
    pub fn rows(&self) -> Vec<(&'static str, Figures)> {
        let named = KINDS.iter().zip(&self.kinds).map(|((_, name), count)| (*name, count.prf()));
        let quotes = [
            ("direct", self.direct),
            ("direct+speaker", self.direct_speaker),
            ("reported", self.reported),
            ("reported+spk", self.reported_speaker),
        ];
        let rows = quotes.into_iter().map(|(name, count)| (name, count.prf())).chain(named);
        rows.chain([("names", self.names().prf()), ("links", self.links.prf())]).collect()
    }

    /// Of the direct quotes found the part with the right speaker.
    pub fn speaker(&self) -> f64 {
        share(self.direct_speaker.right, self.direct.right)
    }

    /// Of the stretches that are nobody's words the part taken for somebody's.
    pub fn scare(&self) -> f64 {
        share(self.scare.right, self.scare.gold)
    }

    /// People, organizations and places.
    fn names(&self) -> Count {
        let of_three = KINDS.iter().zip(&self.kinds).filter(|((kind, _), _)| *kind != EntityKind::Other);
        of_three.fold(Count::default(), |sum, (_, count)| sum.plus(*count))
    }

    /// Adds what was found in one article.
    pub fn add(&mut self, article: &Article, analysis: &Analysis) {
        self.articles += 1;
        self.add_direct(article, analysis);
        self.add_reported(article, analysis);
        self.add_names(&Names::of(article, analysis));
    }

    fn add_direct(&mut self, article: &Article, analysis: &Analysis) {
        let Direct { want, inner, scare, got } = Direct::of(article, analysis);
        let also_right = got.keys().filter(|span| !want.contains_key(span) && inner.contains(span)).count();
        let mut count = Count { right: 0, predicted: got.len() - also_right, gold: want.len() };
        let mut speakers = count;
        for (span, quote) in &got {
            let Some(mark) = want.get(span) else { continue };
            count.right += 1;
            speakers.right += usize::from(speaker(article, &mark.entity, analysis, quote) == Verdict::Right);
        }
        self.direct = self.direct.plus(count);
        self.direct_speaker = self.direct_speaker.plus(speakers);
        let hit = scare.iter().filter(|span| got.contains_key(span)).count();
        self.scare = self.scare.plus(Count { right: hit, predicted: 0, gold: scare.len() });
    }

    fn add_reported(&mut self, article: &Article, analysis: &Analysis) {
        let Reported { want, got } = Reported::of(article, analysis);
        let mut count = Count { right: 0, predicted: got.len(), gold: want.len() };
        let mut speakers = count;
        for (at, quote) in &got {
            let Some(marks) = want.get(at) else { continue };
            count.right += 1;
            let right = |entity: &str| speaker(article, entity, analysis, quote) == Verdict::Right;
            speakers.right += usize::from(marks.iter().any(|mark| right(&mark.entity)));
        }
        self.reported = self.reported.plus(count);
        self.reported_speaker = self.reported_speaker.plus(speakers);
    }

    fn add_names(&mut self, Names { gold, got }: &Names<'_>) {
        for ((kind, _), total) in KINDS.iter().zip(&mut self.kinds) {
            let of_kind = gold.iter().filter(|(_, (of, _))| of == kind);
            let right = |span: &_| got.get(span).is_some_and(|(_, entity)| entity.kind == *kind);
            *total = total.plus(Count {
                right: of_kind.clone().filter(|(span, _)| right(span)).count(),
                predicted: got.values().filter(|(_, entity)| entity.kind == *kind).count(),
                gold: of_kind.count(),
            });
        }
        let linked = gold.iter().filter(|(_, (kind, _))| *kind != EntityKind::Other);
        let both: Vec<_> =
            linked.filter_map(|(span, (_, mark))| Some((mark.entity.as_str(), got.get(span)?.0))).collect();
        for (number, a) in both.iter().enumerate() {
            for b in both.iter().take(number) {
                let (one, same) = (a.0 == b.0, a.1 == b.1);
                self.links.gold += usize::from(one);
                self.links.predicted += usize::from(same);
                self.links.right += usize::from(one && same);
            }
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.names().gold;
        writeln!(f, "{} articles, {} direct quotes, {names} names", self.articles, self.direct.gold)?;
        writeln!(f, "{:16}{:>7}{:>7}{:>7}", "", "P", "R", "F1")?;
        for (name, [p, r, f1]) in self.rows() {
            writeln!(f, "{name:16}{:7.1}{:7.1}{:7.1}", 100.0 * p, 100.0 * r, 100.0 * f1)?;
        }
        writeln!(f, "{:16}{:21.1}  of the direct quotes found", "speaker", 100.0 * self.speaker())?;
        writeln!(f, "{:16}{:21.1}  of {} (lower is better)", "scare", 100.0 * self.scare(), self.scare.gold)
    }
}
