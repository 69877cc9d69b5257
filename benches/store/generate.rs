//! Articles made from the bundled one: its paragraphs in another order, with other people, and sentences of common
//! words, so that names and words are as frequent as in real news (Zipf's law). The same number gives the same article.

use jiff::ToSpan;
use pullquote::analysis::{
    Analysis, Entity, EntityId, EntityKind, Evidence, Gender, Mention, MentionKind, Quote, QuoteKind,
};
use pullquote::article::{Article, import};
use pullquote::text::Span;

const SEED: &str = include_str!("../../seeds/000_176925febe755178.txt");
const GIVEN: [&str; 2] =
    [include_str!("../../assets/lists/given-female.txt"), include_str!("../../assets/lists/given-male.txt")];
const SURNAMES: &str = include_str!("../../assets/lists/surnames.txt");
const COMMON: &str = include_str!("../../assets/lists/common.txt");

/// People in all articles together.
const PEOPLE: usize = 20_000;

const ROLES: [&str; 3] = ["Mayor-elect", "Press Secretary", "President"];

/// Makes articles.
pub struct Generator {
    paragraphs: Vec<&'static str>,
    people: Vec<(&'static str, &'static str)>,
    words: Vec<&'static str>,
}

/// A small generator of numbers (SplitMix64).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// A number below `limit`, small ones far more often: the n-th with a weight of 1/n.
    pub fn rank(&mut self, limit: usize) -> usize {
        let uniform = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        (((limit as f64 + 1.0).powf(uniform)) as usize).saturating_sub(1).min(limit - 1)
    }
}

impl Generator {
    pub fn new() -> Self {
        let mut random = Random::new(7);
        let surnames: Vec<&str> = SURNAMES.lines().filter(|name| name.len() > 3).collect();
        let given: Vec<Vec<&str>> = GIVEN.iter().map(|list| list.lines().collect()).collect();
        let people = (0..PEOPLE)
            .map(|number| {
                let given = &given[number % 2];
                (given[random.below(given.len())], surnames[random.below(surnames.len())])
            })
            .collect();
        let mut words: Vec<&str> = COMMON.lines().filter(|word| word.bytes().all(|b| b.is_ascii_lowercase())).collect();
        // The list is alphabetical; frequency is not.
        for index in (1..words.len()).rev() {
            words.swap(index, random.below(index + 1));
        }
        Self { paragraphs: SEED.split("\n\n").collect(), people, words }
    }

    /// The full name of the person quoted most, second most, ...
    pub fn person(&self, rank: usize) -> String {
        let (given, surname) = self.people[rank];
        format!("{given} {surname}")
    }

    /// The word used most, second most, ...
    pub fn word(&self, rank: usize) -> &'static str {
        self.words[rank]
    }

    /// The words that a person says.
    fn sentence(&self, random: &mut Random, words: usize) -> String {
        let mut sentence = String::new();
        for index in 0..words {
            let word = self.words[random.rank(self.words.len())];
            if index == 0 {
                sentence.extend(word.chars().take(1).flat_map(char::to_uppercase));
                sentence.push_str(&word[1..]);
            } else {
                sentence.push(' ');
                sentence.push_str(word);
            }
        }
        sentence
    }

    /// The generator of article number `number`, and the three people in it.
    fn cast(&self, number: u64) -> (Random, [(&'static str, &'static str); 3]) {
        let mut random = Random::new(number.wrapping_mul(0x1234_5678_9abc_def1));
        let people = [0; 3].map(|_| self.people[random.rank(PEOPLE)]);
        (random, people)
    }

    /// What article number `number` says, as the engine would find it: a large library is made in the time that
    /// writing takes.
    pub fn analysis(&self, number: u64, text: &str) -> Analysis {
        let (_, people) = self.cast(number);
        let entities = people.iter().zip(ROLES).map(|((given, surname), role)| {
            let name = format!("{given} {surname}");
            let mentions = text.match_indices(surname).map(|(at, surname)| {
                let start = text[..at].strip_suffix(&format!("{given} ")).map_or(at, str::len);
                Mention { span: Span::new(start, at + surname.len()), kind: MentionKind::Name }
            });
            Entity {
                kind: EntityKind::Person,
                name,
                named: true,
                role: Some(role.to_owned()),
                gender: Gender::Unknown,
                aliases: vec![(*surname).to_owned()],
                mentions: mentions.collect(),
            }
        });
        let opened = text.match_indices('“').enumerate();
        let quotes = opened.filter_map(|(count, (start, _))| {
            Some(Quote {
                kind: QuoteKind::Direct,
                span: Span::new(start, start + text[start..].find('”')? + '”'.len_utf8()),
                speaker: Some(EntityId([1, 1, 0, 2][count % 4])),
                source: None,
                cue: None,
                confidence: 0.9,
                evidence: Evidence::default(),
            })
        });
        Analysis { quotes: quotes.collect(), entities: entities.collect() }
    }

    /// Article number `number` as a file would hold it.
    pub fn source(&self, number: u64) -> String {
        let (mut random, [a, b, c]) = self.cast(number);
        let mut paragraphs = self.paragraphs.clone();
        for index in (1..paragraphs.len()).rev() {
            paragraphs.swap(index, random.below(index + 1));
        }
        paragraphs.truncate(7);
        let mut text = self.sentence(&mut random, 8) + "\n\n";
        for paragraph in paragraphs {
            let paragraph = paragraph
                .trim_start()
                .trim_start_matches("date 2025-11-21 ")
                .replace("Zohran Mamdani", &format!("{} {}", a.0, a.1))
                .replace("Mamdani", a.1)
                .replace("Karoline Leavitt", &format!("{} {}", b.0, b.1))
                .replace("Leavitt", b.1)
                .replace("Donald Trump", &format!("{} {}", c.0, c.1))
                .replace("Trump", c.1);
            text.push_str(&paragraph);
            text.push(' ');
            text.push_str(&self.sentence(&mut random, 10));
            text.push_str(".\n\n");
        }
        text.push_str(&format!("“{},” {} {} said.\n", self.sentence(&mut random, 12), b.0, b.1));
        text
    }

    /// Article number `number`.
    pub fn article(&self, number: u64) -> Article {
        let mut article = import::import(self.source(number).as_bytes(), "x.txt");
        let mut random = Random::new(number ^ 0x5555);
        let day = i64::try_from(random.below(5_000)).unwrap_or(0);
        article.meta.date = jiff::civil::date(2012, 1, 1).checked_add(day.days()).ok();
        let source = random.rank(300);
        article.meta.source = Some(format!("Paper {source}"));
        article.meta.url = Some(format!("https://paper{source}.example/{number}"));
        article
    }
}
