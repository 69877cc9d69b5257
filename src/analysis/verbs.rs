//! The verbs that report, in all their inflections.
//!
//! The list `assets/lists/reporting-verbs.txt` holds one lemma a line, irregular forms after `/`, then letters that
//! say how the verb reports. Everything is looked up by [`Word`], the hash that tokens carry.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::token::{Word, word_of};

/// One inflected form of a reporting verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    /// The [`Word`] of the lemma.
    pub lemma: Word,
    /// Which form it is.
    pub form: Form,
    /// How the verb reports.
    pub uses: Uses,
}

/// Inflected forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `say`
    Base,
    /// `says`
    Third,
    /// `said`, past tense and, unless it has a form of its own, past participle
    Past,
    /// `written`
    Participle,
    /// `saying`
    Gerund,
}

/// How a verb reports: a set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses(u8);

impl Uses {
    /// Takes a quotation or a that-clause.
    pub const SAYS: Self = Self(1);
    /// May take the hearer as an object before the content.
    pub const HEARER: Self = Self(2);
    /// May take a noun phrase as content.
    pub const NOUN: Self = Self(4);
    /// May take an infinitive as content.
    pub const INFINITIVE: Self = Self(8);
    /// Often something other than speech.
    pub const WEAK: Self = Self(16);
    /// Names or calls somebody something.
    pub const CALLS: Self = Self(32);
    /// Belief, feeling or intention.
    pub const BELIEF: Self = Self(64);

    /// Whether all of `flags` are set.
    #[must_use]
    pub const fn has(self, flags: Self) -> bool {
        self.0 & flags.0 == flags.0
    }

    /// The set as a number, for use in features.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    fn parse(letters: &str) -> Self {
        Self(letters.chars().fold(0, |set, letter| {
            set | match letter {
                's' => Self::SAYS.0,
                'o' => Self::HEARER.0,
                'n' => Self::NOUN.0,
                'i' => Self::INFINITIVE.0,
                'w' => Self::WEAK.0,
                'c' => Self::CALLS.0,
                'b' => Self::BELIEF.0,
                _ => 0,
            }
        }))
    }
}

/// Hands a [`Word`], which is a hash already, through.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unhashed(u64);

impl Hasher for Unhashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = word;
    }
}

/// A map from words.
pub type WordMap<V> = HashMap<Word, V, BuildHasherDefault<Unhashed>>;

/// All forms of all reporting verbs.
#[derive(Clone, Debug, Default)]
pub struct Verbs {
    forms: WordMap<Verb>,
}

impl Verbs {
    /// The verbs that come with the program.
    #[must_use]
    pub fn embedded() -> Self {
        Self::parse(include_str!("../../assets/lists/reporting-verbs.txt"))
    }

    /// The verbs of a list in the format of `assets/lists/reporting-verbs.txt`; lines that do not fit are skipped.
    #[must_use]
    pub fn parse(list: &str) -> Self {
        let mut verbs = Self::default();
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let mut parts = line.split_whitespace();
            if let (Some(forms), Some(letters)) = (parts.next(), parts.next()) {
                verbs.insert(forms, Uses::parse(letters));
            }
        }
        verbs
    }

    /// The verb that `word` is a form of.
    #[must_use]
    pub fn get(&self, word: Word) -> Option<Verb> {
        self.forms.get(&word).copied()
    }

    fn insert(&mut self, forms: &str, uses: Uses) {
        let mut forms = forms.split('/');
        let Some(lemma) = forms.next() else { return };
        let past = forms.next().map_or_else(|| past_of(lemma), str::to_owned);
        let participle = forms.next();
        let gerund = gerund_of(lemma, &past);
        let number = word_of(lemma);
        let mut add = |form: &str, kind| {
            self.forms.entry(word_of(form)).or_insert(Verb { lemma: number, form: kind, uses });
        };
        add(&past, Form::Past);
        add(lemma, Form::Base);
        add(&third_of(lemma), Form::Third);
        add(&gerund, Form::Gerund);
        if let Some(participle) = participle {
            add(participle, Form::Participle);
        }
    }
}

/// The consonant before a final `y` that turns into `i`, as in "deny", not "say".
fn consonant_y(lemma: &str) -> Option<&str> {
    lemma.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']))
}

fn third_of(lemma: &str) -> String {
    match consonant_y(lemma) {
        Some(stem) => format!("{stem}ies"),
        None if lemma.ends_with(['s', 'x', 'z']) || lemma.ends_with("ch") || lemma.ends_with("sh") => {
            format!("{lemma}es")
        }
        None => format!("{lemma}s"),
    }
}

fn past_of(lemma: &str) -> String {
    match consonant_y(lemma) {
        Some(stem) => format!("{stem}ied"),
        None if lemma.ends_with('e') => format!("{lemma}d"),
        None => format!("{lemma}ed"),
    }
}

/// The gerund, its last consonant doubled where `past` doubles it.
fn gerund_of(lemma: &str, past: &str) -> String {
    let doubled = past.strip_suffix("ed").filter(|stem| stem.len() == lemma.len() + 1 && stem.starts_with(lemma));
    match (doubled, lemma.strip_suffix('e')) {
        (Some(stem), _) => format!("{stem}ing"),
        (None, Some(stem)) if !lemma.ends_with("ee") && !lemma.ends_with("ye") => format!("{stem}ing"),
        _ => format!("{lemma}ing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_found_in_all_their_forms() {
        let verbs = Verbs::embedded();
        let form = |text: &str| verbs.get(word_of(text)).map(|verb| (verb.lemma, verb.form));
        for (text, lemma, kind) in [
            ("said", "say", Form::Past),
            ("denies", "deny", Form::Third),
            ("denied", "deny", Form::Past),
            ("says", "say", Form::Third),
            ("teaches", "teach", Form::Third),
            ("written", "write", Form::Participle),
            ("quipping", "quip", Form::Gerund),
            ("arguing", "argue", Form::Gerund),
            ("agreeing", "agree", Form::Gerund),
            ("argue", "argue", Form::Base),
        ] {
            assert_eq!(form(text), Some((word_of(lemma), kind)), "{text}");
        }
        assert_eq!(form("table"), None);
        assert!(verbs.get(word_of("told")).is_some_and(|verb| verb.uses.has(Uses::HEARER)));
    }
}
