//! The figures of `score.py`, by its definitions: what is found, who says it, which names, linked how.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use pullquote::analysis::{Analysis, Entity, EntityKind, MentionKind, Quote, QuoteKind};
use pullquote::text::Span;

use super::gold::{Article, Mark};

/// What is trimmed from the edges of quotes before they are compared.
const TRIM: &str = " \t\n\r\"'“”‘’«»„‚.,;:!?…-–—()[]";
const KINDS: [(char, EntityKind, &str); 4] = [
    ('P', EntityKind::Person, "person"),
    ('O', EntityKind::Organization, "organization"),
    ('L', EntityKind::Place, "place"),
    ('X', EntityKind::Other, "other"),
];

/// True positives among what was predicted and what is gold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    pub right: usize,
    pub predicted: usize,
    pub gold: usize,
}

/// One error, for reading.
pub struct Error {
    pub article: String,
    pub kind: String,
    pub text: String,
}

/// The counts over all articles added so far.
#[derive(Default)]
pub struct Score {
    articles: usize,
    direct: Count,
    direct_speaker: Count,
    reported: Count,
    reported_speaker: Count,
    kinds: [Count; 4],
    links: Count,
    scare: Count,
    pub errors: Vec<Error>,
}

impl Count {
    /// Precision, recall and F1 in percent, 0 where nothing was counted.
    #[expect(clippy::cast_precision_loss, reason = "counts of annotations are small")]
    pub fn prf(self) -> [f64; 3] {
        let share = |of: usize| if of == 0 { 0.0 } else { 100.0 * self.right as f64 / of as f64 };
        let (p, r) = (share(self.predicted), share(self.gold));
        [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
    }

    fn plus(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            predicted: self.predicted + other.predicted,
            gold: self.gold + other.gold,
        }
    }
}

impl Score {
    /// The rows of the table: name, and precision, recall and F1 in percent.
    pub fn rows(&self) -> Vec<(&'static str, [f64; 3])> {
        let [person, organization, place, other] = self.kinds;
        vec![
            ("direct", self.direct.prf()),
            ("direct+speaker", self.direct_speaker.prf()),
            ("reported", self.reported.prf()),
            ("reported+spk", self.reported_speaker.prf()),
            ("person", person.prf()),
            ("organization", organization.prf()),
            ("place", place.prf()),
            ("other", other.prf()),
            ("names", person.plus(organization).plus(place).prf()),
            ("links", self.links.prf()),
        ]
    }

    /// Adds what was found in one article.
    pub fn add(&mut self, article: &Article, analysis: &Analysis) {
        self.articles += 1;
        self.add_direct(article, analysis);
        self.add_reported(article, analysis);
        self.add_names(article, analysis);
    }

    fn add_direct(&mut self, article: &Article, analysis: &Analysis) {
        let text = &article.text;
        let quoted: Vec<&Mark> = article.spans.iter().filter(|mark| mark.kind == 'Q').collect();
        let is_inner = |mark: &Mark| quoted.iter().any(|o| !std::ptr::eq(*o, mark) && o.span.covers(mark.span));
        let inner: BTreeSet<Span> = quoted.iter().filter(|m| is_inner(m)).map(|m| trim(text, m.span)).collect();
        let want: BTreeMap<Span, &Mark> =
            quoted.iter().filter(|mark| !is_inner(mark)).map(|mark| (trim(text, mark.span), *mark)).collect();
        let direct = analysis.quotes.iter().filter(|quote| quote.kind == QuoteKind::Direct);
        let got: BTreeMap<Span, &Quote> = direct.map(|quote| (trim(text, quote.span), quote)).collect();
        let also_right = got.keys().filter(|span| !want.contains_key(span) && inner.contains(span)).count();
        let mut count = Count { right: 0, predicted: got.len() - also_right, gold: want.len() };
        let mut speakers = count;
        for (span, quote) in &got {
            let shown: String = span.of(text).chars().take(90).collect();
            if let Some(mark) = want.get(span) {
                count.right += 1;
                if speaker_matches(article, &mark.entity, analysis, quote) {
                    speakers.right += 1;
                } else {
                    let said = quote.speaker.and_then(|id| analysis.entity(id)).map(|entity| &entity.name);
                    self.error(article, "speaker", format!("{shown:?} is by {}, said {said:?}", mark.entity));
                }
            } else if !inner.contains(span) {
                self.error(article, "direct+", format!("{shown:?}"));
            }
        }
        for (span, mark) in want.iter().filter(|(span, _)| !got.contains_key(span)) {
            let shown: String = span.of(text).chars().take(90).collect();
            self.error(article, "direct-", format!("{shown:?} by {}", mark.entity));
        }
        self.direct = self.direct.plus(count);
        self.direct_speaker = self.direct_speaker.plus(speakers);
        let scare: BTreeSet<Span> =
            article.spans.iter().filter(|mark| mark.kind == 'S').map(|mark| trim(text, mark.span)).collect();
        let hit = scare.iter().filter(|span| got.contains_key(span)).count();
        self.scare = self.scare.plus(Count { right: hit, predicted: 0, gold: scare.len() });
    }

    fn add_reported(&mut self, article: &Article, analysis: &Analysis) {
        let text = &article.text;
        let mut want: BTreeMap<usize, Vec<&Mark>> = BTreeMap::new();
        let mut quoted = BTreeSet::new();
        for mark in &article.spans {
            match mark.kind {
                'I' => words(text, mark.span).into_iter().for_each(|at| want.entry(at).or_default().push(mark)),
                'Q' => quoted.extend(words(text, mark.span)),
                _ => {}
            }
        }
        let mut got: BTreeMap<usize, &Quote> = BTreeMap::new();
        for quote in analysis.quotes.iter().filter(|quote| quote.kind != QuoteKind::Direct) {
            for at in words(text, quote.span) {
                if want.contains_key(&at) || !quoted.contains(&at) {
                    got.entry(at).or_insert(quote);
                }
            }
        }
        let mut count = Count { right: 0, predicted: got.len(), gold: want.len() };
        let mut speakers = count;
        for (at, quote) in &got {
            let Some(marks) = want.get(at) else { continue };
            count.right += 1;
            let right = marks.iter().any(|mark| speaker_matches(article, &mark.entity, analysis, quote));
            speakers.right += usize::from(right);
        }
        self.reported = self.reported.plus(count);
        self.reported_speaker = self.reported_speaker.plus(speakers);
    }

    fn add_names(&mut self, article: &Article, analysis: &Analysis) {
        let text = &article.text;
        let is_name = |mark: &&Mark| KINDS.iter().any(|(letter, ..)| *letter == mark.kind);
        let gold: BTreeMap<Span, &Mark> = article.spans.iter().filter(is_name).map(|mark| (mark.span, mark)).collect();
        let mut got: BTreeMap<Span, &Entity> = BTreeMap::new();
        for entity in analysis.entities.iter().filter(|entity| entity.named && name_of(entity.kind).is_some()) {
            let names = entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
            got.extend(names.map(|mention| (mention.span, entity)));
        }
        for (place, (letter, kind, name)) in KINDS.into_iter().enumerate() {
            let mut count = Count::default();
            for (span, mark) in gold.iter().filter(|(_, mark)| mark.kind == letter) {
                count.gold += 1;
                let found = got.get(span);
                if found.is_some_and(|entity| entity.kind == kind) {
                    count.right += 1;
                } else {
                    let said = found.and_then(|entity| name_of(entity.kind)).unwrap_or("nothing");
                    self.error(article, &format!("{name}-"), format!("{:?} said {said}", mark.span.of(text)));
                }
            }
            for (span, _) in got.iter().filter(|(_, entity)| entity.kind == kind) {
                count.predicted += 1;
                if !gold.contains_key(span) {
                    self.error(article, &format!("{name}+"), format!("{:?}", span.of(text)));
                }
            }
            if let Some(total) = self.kinds.get_mut(place) {
                *total = total.plus(count);
            }
        }
        let both: Vec<(&str, *const Entity)> = gold
            .iter()
            .filter(|(_, mark)| mark.kind != 'X')
            .filter_map(|(span, mark)| got.get(span).map(|entity| (mark.entity.as_str(), std::ptr::from_ref(*entity))))
            .collect();
        for (number, a) in both.iter().enumerate() {
            for b in both.iter().take(number) {
                let (one, same) = (a.0 == b.0, a.1 == b.1);
                self.links.gold += usize::from(one);
                self.links.predicted += usize::from(same);
                self.links.right += usize::from(one && same);
            }
        }
        self.link_errors(article, &gold, &got);
    }

    /// One error per gold entity that is split and per predicted one that mixes several.
    fn link_errors(&mut self, article: &Article, gold: &BTreeMap<Span, &Mark>, got: &BTreeMap<Span, &Entity>) {
        let mut split: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut mixed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (span, mark) in gold.iter().filter(|(_, mark)| mark.kind != 'X') {
            if let Some(entity) = got.get(span) {
                split.entry(&mark.entity).or_default().insert(&entity.name);
                mixed.entry(&entity.name).or_default().insert(&mark.entity);
            }
        }
        for (entity, names) in split.iter().filter(|(_, names)| names.len() > 1) {
            self.error(article, "links-", format!("{entity} is {names:?}"));
        }
        for (name, entities) in mixed.iter().filter(|(_, entities)| entities.len() > 1) {
            self.error(article, "links+", format!("{name:?} mixes {entities:?}"));
        }
    }

    fn error(&mut self, article: &Article, kind: &str, text: String) {
        self.errors.push(Error { article: article.id.clone(), kind: kind.to_owned(), text });
    }
}

impl fmt::Display for Score {
    #[expect(clippy::cast_precision_loss, reason = "counts of annotations are small")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: usize = self.kinds.iter().take(3).map(|count| count.gold).sum();
        writeln!(f, "{} articles, {} direct quotes, {names} names", self.articles, self.direct.gold)?;
        writeln!(f, "{:16}{:>7}{:>7}{:>7}", "", "P", "R", "F1")?;
        for (name, [p, r, f1]) in self.rows() {
            writeln!(f, "{name:16}{p:7.1}{r:7.1}{f1:7.1}")?;
        }
        let share = |right: usize, of: usize| 100.0 * right as f64 / of.max(1) as f64;
        let speaker = share(self.direct_speaker.right, self.direct.right);
        writeln!(f, "{:16}{speaker:21.1}  of the direct quotes found", "speaker")?;
        let scare = share(self.scare.right, self.scare.gold);
        writeln!(f, "{:16}{scare:21.1}  of {} (lower is better)", "scare", self.scare.gold)
    }
}

fn name_of(kind: EntityKind) -> Option<&'static str> {
    KINDS.iter().find(|(_, known, _)| *known == kind).map(|(.., name)| *name)
}

/// `span` without marks and spaces at its edges.
fn trim(text: &str, span: Span) -> Span {
    let inside = span.of(text);
    let left = inside.trim_start_matches(|c| TRIM.contains(c));
    let start = span.end - left.len();
    Span::new(start, start + left.trim_end_matches(|c| TRIM.contains(c)).len())
}

/// Where the words inside `span` start.
fn words(text: &str, span: Span) -> Vec<usize> {
    let mut previous = ' ';
    let mut starts = Vec::new();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    for (at, c) in span.of(text).char_indices() {
        if is_word(c) && !is_word(previous) {
            starts.push(span.start + at);
        }
        previous = c;
    }
    starts
}

/// A name for comparison: white space and case are ignored, as is a leading "the".
fn normal(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    name.strip_prefix("the ").unwrap_or(&name).to_owned()
}

fn speaker_matches(article: &Article, gold: &str, analysis: &Analysis, quote: &Quote) -> bool {
    let Some(entity) = quote.speaker.and_then(|id| analysis.entity(id)) else { return gold == "unknown" };
    let of_gold =
        |kinds: &'static str| article.spans.iter().filter(move |mark| mark.entity == gold && kinds.contains(mark.kind));
    let spans = entity.mentions.iter().map(|mention| mention.span).chain(quote.source);
    let overlap = spans.into_iter().any(|span| of_gold("POLXNR").any(|mark| mark.span.overlaps(span)));
    let mut names = of_gold("POLXN").map(|mark| normal(mark.span.of(&article.text))).peekable();
    let name_fits = names.peek().is_none() || names.any(|name| name == normal(&entity.name));
    overlap && name_fits
}
