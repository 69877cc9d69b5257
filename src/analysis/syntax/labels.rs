//! The tags and labels that the models give, and how those of the treebanks map to them.

/// What a token is: the Penn Treebank's tags, a few of them merged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tag {
    /// Foreign words, interjections, symbols.
    #[default]
    Other,
    /// NN
    Noun,
    /// NNS
    Nouns,
    /// NNP, NNPS
    Name,
    /// JJ, JJR, JJS
    Adjective,
    /// RB, RBR, RBS
    Adverb,
    /// VB
    Base,
    /// VBP
    Present,
    /// VBZ
    Third,
    /// VBD
    Past,
    /// VBN
    Participle,
    /// VBG
    Gerund,
    /// MD
    Modal,
    /// IN
    Preposition,
    /// TO
    To,
    /// DT, PDT
    Determiner,
    /// PRP
    Pronoun,
    /// PRP$
    Possessive,
    /// WP, WP$
    Who,
    /// WDT
    Which,
    /// WRB
    When,
    /// CC
    Conjunction,
    /// CD
    Number,
    /// EX
    There,
    /// POS
    Ending,
    /// RP
    Particle,
    /// Comma
    Comma,
    /// `.`, `!`, `?`
    Stop,
    /// `:`, `;`, dashes
    Colon,
    /// Quotation marks
    Quote,
    /// Brackets
    Bracket,
}

/// How a token belongs to its head: Universal Dependencies, merged where nobody here needs the difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Label {
    /// Anything else.
    #[default]
    Other,
    /// The head of the sentence.
    Root,
    /// Subject of an active verb.
    Subject,
    /// Subject of a passive verb.
    PassiveSubject,
    /// Direct or indirect object.
    Object,
    /// A clause as object, with a subject of its own.
    Content,
    /// A clause as object, without one.
    OpenContent,
    /// An adverbial clause.
    AdverbialClause,
    /// A clause on a noun, not a relative one.
    NounClause,
    /// A relative clause.
    RelativeClause,
    /// A noun with a preposition.
    Nominal,
    /// A time without a preposition.
    Time,
    /// An owner.
    Owner,
    /// A preposition.
    Case,
    /// "that", "if", "to".
    Marker,
    /// A determiner.
    Determiner,
    /// An adjective.
    Adjective,
    /// A number.
    Number,
    /// Part of a compound or a name.
    Compound,
    /// The same thing in other words.
    Apposition,
    /// Joined by a conjunction.
    Conjunct,
    /// A conjunction.
    Conjunction,
    /// An auxiliary.
    Auxiliary,
    /// The auxiliary of a passive.
    PassiveAuxiliary,
    /// "is" before a noun or adjective.
    Copula,
    /// An adverb.
    Adverb,
    /// The particle of a verb.
    Particle,
    /// Punctuation.
    Punctuation,
    /// A clause set beside another.
    Parataxis,
}

impl Tag {
    /// Number of tags.
    pub const COUNT: usize = 31;

    /// All tags, in order of their number.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Other,
        Self::Noun,
        Self::Nouns,
        Self::Name,
        Self::Adjective,
        Self::Adverb,
        Self::Base,
        Self::Present,
        Self::Third,
        Self::Past,
        Self::Participle,
        Self::Gerund,
        Self::Modal,
        Self::Preposition,
        Self::To,
        Self::Determiner,
        Self::Pronoun,
        Self::Possessive,
        Self::Who,
        Self::Which,
        Self::When,
        Self::Conjunction,
        Self::Number,
        Self::There,
        Self::Ending,
        Self::Particle,
        Self::Comma,
        Self::Stop,
        Self::Colon,
        Self::Quote,
        Self::Bracket,
    ];

    /// The tag for one of the Penn Treebank.
    #[must_use]
    pub fn from_penn(tag: &str) -> Self {
        match tag {
            "NN" => Self::Noun,
            "NNS" => Self::Nouns,
            "NNP" | "NNPS" => Self::Name,
            "JJ" | "JJR" | "JJS" | "AFX" => Self::Adjective,
            "RB" | "RBR" | "RBS" => Self::Adverb,
            "VB" => Self::Base,
            "VBP" => Self::Present,
            "VBZ" => Self::Third,
            "VBD" => Self::Past,
            "VBN" => Self::Participle,
            "VBG" => Self::Gerund,
            "MD" => Self::Modal,
            "IN" => Self::Preposition,
            "TO" => Self::To,
            "DT" | "PDT" => Self::Determiner,
            "PRP" => Self::Pronoun,
            "PRP$" => Self::Possessive,
            "WP" | "WP$" => Self::Who,
            "WDT" => Self::Which,
            "WRB" => Self::When,
            "CC" => Self::Conjunction,
            "CD" => Self::Number,
            "EX" => Self::There,
            "POS" => Self::Ending,
            "RP" => Self::Particle,
            "," => Self::Comma,
            "." => Self::Stop,
            ":" | "HYPH" => Self::Colon,
            "``" | "''" => Self::Quote,
            "-LRB-" | "-RRB-" => Self::Bracket,
            _ => Self::Other,
        }
    }

    /// Whether it is a verb in any form, modals left out.
    #[must_use]
    pub const fn is_verb(self) -> bool {
        matches!(self, Self::Base | Self::Present | Self::Third | Self::Past | Self::Participle | Self::Gerund)
    }

    /// Whether it is a noun or a name.
    #[must_use]
    pub const fn is_noun(self) -> bool {
        matches!(self, Self::Noun | Self::Nouns | Self::Name)
    }

    /// Whether it is punctuation.
    #[must_use]
    pub const fn is_punctuation(self) -> bool {
        matches!(self, Self::Comma | Self::Stop | Self::Colon | Self::Quote | Self::Bracket)
    }
}

impl Label {
    /// Number of labels.
    pub const COUNT: usize = 29;

    /// All labels, in order of their number.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Other,
        Self::Root,
        Self::Subject,
        Self::PassiveSubject,
        Self::Object,
        Self::Content,
        Self::OpenContent,
        Self::AdverbialClause,
        Self::NounClause,
        Self::RelativeClause,
        Self::Nominal,
        Self::Time,
        Self::Owner,
        Self::Case,
        Self::Marker,
        Self::Determiner,
        Self::Adjective,
        Self::Number,
        Self::Compound,
        Self::Apposition,
        Self::Conjunct,
        Self::Conjunction,
        Self::Auxiliary,
        Self::PassiveAuxiliary,
        Self::Copula,
        Self::Adverb,
        Self::Particle,
        Self::Punctuation,
        Self::Parataxis,
    ];

    /// The label for one of Universal Dependencies, version 1 or 2.
    #[must_use]
    pub fn from_universal(label: &str) -> Self {
        match label {
            "root" => Self::Root,
            "nsubj" | "csubj" | "nsubj:outer" | "csubj:outer" | "expl" => Self::Subject,
            "nsubjpass" | "nsubj:pass" | "csubjpass" | "csubj:pass" => Self::PassiveSubject,
            "dobj" | "obj" | "iobj" => Self::Object,
            "ccomp" => Self::Content,
            "xcomp" => Self::OpenContent,
            "advcl" | "advcl:relcl" => Self::AdverbialClause,
            "acl" => Self::NounClause,
            "acl:relcl" => Self::RelativeClause,
            "nmod" | "obl" | "obl:agent" | "nmod:agent" | "nmod:npmod" | "obl:npmod" | "obl:unmarked"
            | "nmod:unmarked" => Self::Nominal,
            "nmod:tmod" | "obl:tmod" => Self::Time,
            "nmod:poss" => Self::Owner,
            "case" => Self::Case,
            "mark" => Self::Marker,
            "det" | "det:predet" => Self::Determiner,
            "amod" => Self::Adjective,
            "nummod" => Self::Number,
            "compound" | "flat" | "goeswith" | "fixed" | "mwe" => Self::Compound,
            "appos" => Self::Apposition,
            "conj" => Self::Conjunct,
            "cc" | "cc:preconj" => Self::Conjunction,
            "aux" => Self::Auxiliary,
            "auxpass" | "aux:pass" => Self::PassiveAuxiliary,
            "cop" => Self::Copula,
            "advmod" | "neg" => Self::Adverb,
            "compound:prt" => Self::Particle,
            "punct" => Self::Punctuation,
            "parataxis" => Self::Parataxis,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_labels_are_listed_in_the_order_of_their_numbers() {
        assert!(Tag::ALL.iter().enumerate().all(|(number, tag)| *tag as usize == number));
        assert!(Label::ALL.iter().enumerate().all(|(number, label)| *label as usize == number));
    }
}
