//! Who said what: one article's text to entities, quotes and speakers, in one pass per step.
//!
//! The steps, a module each: sentences and tokens ([`token`]), quotation marks ([`marks`]), [`names`], [`entities`],
//! parts of speech and heads ([`syntax`]), [`cues`], [`sources`] and [`contents`] of what is reported, [`speech`] or
//! scare quote, [`speakers`]. The lists are passed in as a [`Lexicon`]. Nothing here fails: strange text gives a poorer analysis.

pub mod attributions;
pub mod buckets;
pub mod confidence;
pub mod contents;
pub mod correct;
pub mod cues;
pub mod dates;
pub mod direct;
pub mod entities;
pub mod evidence;
pub mod frames;
pub mod language;
pub mod lexicon;
pub mod marks;
pub mod names;
pub mod places;
pub mod quotes;
pub mod reports;
pub mod scene;
pub mod scorer;
pub mod sources;
pub mod speakers;
pub mod speech;
pub mod syntax;
pub mod token;
pub mod turns;
pub mod utterances;
pub mod verbs;
pub mod version;
pub mod voices;

pub use evidence::{Basis, Evidence, RunnerUp};
pub use lexicon::Lexicon;
pub use places::{Placed, Places};
pub use utterances::utterances;
pub use version::VERSION;
pub use voices::{Voice, Voices};

use crate::text::Span;

/// The engine: lists and weights, ready to analyse any number of articles from any number of threads.
#[derive(Debug)]
pub struct Engine {
    lexicon: Lexicon,
    verbs: verbs::Verbs,
    syntax: syntax::Model,
    quotes: attributions::Model,
    calibration: confidence::Calibration,
}

impl Engine {
    /// An engine over `lexicon`.
    #[must_use]
    pub fn new(lexicon: Lexicon) -> Self {
        Self {
            lexicon,
            verbs: verbs::Verbs::embedded(),
            syntax: syntax::Model::embedded(),
            quotes: attributions::Model::embedded(),
            calibration: confidence::Calibration::embedded(),
        }
    }

    /// The same engine with other weights for who says what.
    #[must_use]
    pub fn with_quotes(self, quotes: attributions::Model) -> Self {
        Self { quotes, ..self }
    }

    /// The same engine with other weights for parts of speech and heads.
    #[must_use]
    pub fn with_syntax(self, syntax: syntax::Model) -> Self {
        Self { syntax, ..self }
    }

    /// The same engine with other weights for how sure it is.
    #[must_use]
    pub fn with_calibration(self, calibration: confidence::Calibration) -> Self {
        Self { calibration, ..self }
    }

    /// What `text` says: any text at all, one paragraph a line. Offsets are bytes into exactly `text`.
    #[must_use]
    pub fn analyze(&self, text: &str) -> Analysis {
        self.analyze_with(text, Options::default())
    }

    /// The same, with `options`.
    #[must_use]
    pub fn analyze_with(&self, text: &str, options: Options) -> Analysis {
        let document = token::Document::new(text);
        self.attribute(&document, &self.cast(&document), options)
    }

    /// Whom and what `document` names.
    #[must_use]
    pub fn cast(&self, document: &token::Document<'_>) -> entities::Cast {
        let names = names::find(document, &self.lexicon);
        let people: Vec<_> = names.iter().filter(|name| name.kind == names::NameKind::Person).collect();
        let is_person = |at: usize| {
            let place = people.partition_point(|name| name.end as usize <= at);
            people.get(place).is_some_and(|name| name.first as usize <= at)
        };
        let turns = turns::find(document, &self.lexicon, is_person);
        let names = if turns.is_empty() { names } else { turns::name(&turns, names) };
        entities::collect(document, &names, &self.lexicon)
    }

    /// Who says what in `document`, given whom and what it names.
    #[must_use]
    pub fn attribute(&self, document: &token::Document<'_>, cast: &entities::Cast, options: Options) -> Analysis {
        self.weigh(document, cast, options).0
    }

    /// The same, with what speaks for the speaker of each quote.
    #[must_use]
    pub fn weigh(
        &self,
        document: &token::Document<'_>,
        cast: &entities::Cast,
        options: Options,
    ) -> (Analysis, Vec<confidence::Signs>) {
        let syntax = self.syntax.analyze(document);
        let namings = scene::name_parts(document, cast);
        let turns = scene::turns(document, cast, &self.lexicon);
        let stretches = turns::lay_over(document, &turns, marks::stretches(document.text));
        let quoted = scene::quoted_tokens(document, &stretches);
        let scene = scene::Scene {
            document,
            syntax: &syntax,
            cast,
            english: language::is_english(document, &self.lexicon),
            stretches: &stretches,
            quoted: &quoted,
            turns: &turns,
            namings: &namings,
            verbs: &self.verbs,
            lexicon: &self.lexicon,
        };
        let speakers = speakers::Speakers::new(&scene);
        quotes::Finder::new(&scene, &self.quotes, speakers).finish(options, &self.calibration)
    }
}

/// Everything found in one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// Entities; [`EntityId`] is the index.
    pub entities: Vec<Entity>,
    /// Quotes in order of their start; a direct quote may lie inside a mixed one.
    pub quotes: Vec<Quote>,
}

/// Index into [`Analysis::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// One person, organization, place or other thing in one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// The fullest name used, or the description of an unnamed speaker.
    pub name: String,
    /// Whether it has a name; an unnamed speaker ("a witness") has none.
    pub named: bool,
    /// Role or title as the article gives it ("Press Secretary").
    pub role: Option<String>,
    /// What the pronouns and titles say.
    pub gender: Gender,
    /// Other forms of the name used in the article, most frequent first.
    pub aliases: Vec<String>,
    /// Where it is mentioned, in order.
    pub mentions: Vec<Mention>,
}

/// Kinds of entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A person.
    Person,
    /// A company, party, agency, team, ...
    Organization,
    /// A country, city, river, building, ...
    Place,
    /// An event, work, product, law, ...
    Other,
    /// A day, month or year.
    Date,
    /// An amount of money.
    Money,
}

/// Grammatical gender of a person as the text shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Nothing tells.
    #[default]
    Unknown,
    /// She.
    Female,
    /// He.
    Male,
}

/// One place where an entity is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// How.
    pub kind: MentionKind,
}

/// How an entity is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// By name.
    Name,
    /// By a description ("the press secretary").
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// A stretch that gives somebody's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// The words; quotation marks included where direct speech has them.
    pub span: Span,
    /// Whose words; `None` where nothing tells well enough.
    pub speaker: Option<EntityId>,
    /// The mention that names the speaker for this quote.
    pub source: Option<Span>,
    /// The words that report.
    pub cue: Option<Span>,
    /// How sure the speaker is, 0 to 1.
    pub confidence: f32,
    /// What decided it, beside cue and source.
    pub evidence: Evidence,
}

/// How the words are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// Word for word: in quotation marks, or a turn of an interview behind its label.
    Direct,
    /// Reported, no part in quotation marks.
    Indirect,
    /// Reported, some part in quotation marks.
    Mixed,
    /// A belief, feeling or intention, not speech; found only where [`Options::beliefs`] asks for it.
    Belief,
}

/// What to look for beside speech.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Beliefs and intentions too ("wants", "plans", "fears"). Reported speech then follows the same guidelines,
    /// those of the PolNeAR corpus: a leading "that" belongs to it, and a speaker need not be named.
    pub beliefs: bool,
}

impl Analysis {
    /// The entity behind `id`; `None` for an id of another analysis.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.0 as usize)
    }
}

#[cfg(test)]
mod tests;
