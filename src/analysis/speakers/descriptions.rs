//! Whom a phrase other than a pronoun refers to: somebody named in it, somebody whose role or kind it repeats, or
//! whoever wrote the document that it names.

use super::pronouns::Wanted;
use super::{Label, Part, Speakers, Tag};
use crate::analysis::entities::{Naming, Role, gender_of_word};
use crate::analysis::lexicon::Classes;
use crate::analysis::sources::{LONGEST, Source};
use crate::analysis::token::{Shape, Word, word};
use crate::analysis::{EntityId, EntityKind, Gender};

/// Nouns for what is said or written: "a tweet by", "the court's summary".
const WRITINGS: [Word; 37] = [
    word("tweet"),
    word("tweets"),
    word("statement"),
    word("statements"),
    word("report"),
    word("letter"),
    word("post"),
    word("message"),
    word("summary"),
    word("speech"),
    word("announcement"),
    word("release"),
    word("comments"),
    word("comment"),
    word("remarks"),
    word("interview"),
    word("email"),
    word("video"),
    word("ruling"),
    word("account"),
    word("page"),
    word("blog"),
    word("website"),
    word("warning"),
    word("press"),
    word("claim"),
    word("guidelines"),
    word("decision"),
    word("description"),
    word("warnings"),
    word("document"),
    word("memoir"),
    word("memoirs"),
    word("autobiography"),
    word("data"),
    word("records"),
    word("documents"),
];

/// Nouns for whoever publishes, which lists of organizations' names lack.
const OUTLETS: [Word; 12] = [
    word("website"),
    word("site"),
    word("newspaper"),
    word("paper"),
    word("daily"),
    word("weekly"),
    word("outlet"),
    word("broadcaster"),
    word("publication"),
    word("publisher"),
    word("portal"),
    word("chain"),
];

/// Nouns for those around somebody, whose name may stand before: "a Ruiz aide", "the Ruiz campaign".
const AROUND: [Word; 20] = [
    word("administration"),
    word("adviser"),
    word("advisor"),
    word("aide"),
    word("ally"),
    word("attorney"),
    word("camp"),
    word("campaign"),
    word("critic"),
    word("insider"),
    word("lawyer"),
    word("loyalist"),
    word("office"),
    word("official"),
    word("opponent"),
    word("rival"),
    word("staffer"),
    word("supporter"),
    word("surrogate"),
    word("team"),
];

/// Words before a role that make it another one.
const LESSER: [Word; 6] = [word("deputy"), word("vice"), word("former"), word("assistant"), word("ex"), word("shadow")];

/// How many roles with the same noun are compared.
const NEAR: usize = 12;

/// How many letters a country and its people have in common, in bytes.
const STEM: usize = 4;
/// How many mentions are looked through for the name of a country.
const FIRST: usize = 400;

/// How often a description may lead to another one ("a statement" to whoever released it).
const DEEPEST: usize = 3;

impl Speakers<'_> {
    /// The noun that a relative pronoun stands for.
    pub(super) fn antecedent(&self, index: usize) -> Option<Source> {
        let (scene, syntax) = (self.scene, self.scene.syntax);
        let phrase = |head: usize| {
            let mut first = syntax.extent(head).0.max(scene.sentence(head).0).max(head.saturating_sub(LONGEST));
            while first < head && matches!(syntax.label(first), Label::Case | Label::Marker | Label::Punctuation) {
                first += 1;
            }
            Source { head, first, end: head + 1 }
        };
        // Somebody, not something, is "who"; what stands between ("Mark Hay, a professor at GT, who") does not count.
        let who = scene.tag(index) == Tag::Who;
        let something = |at: usize| {
            matches!(scene.part(at), Part::Entity(_, kind) if kind != EntityKind::Person)
                || scene.classes(at).any(Classes::ORGANIZATION_HEAD)
        };
        let (first, _) = scene.sentence(index);
        let nouns = || (first..index).rev().take(24).filter(|at| scene.tag(*at).is_noun() && !scene.is_quoted(*at));
        let person = |at: &usize| matches!(scene.part(*at), Part::Entity(_, EntityKind::Person));
        let instead = |at: usize| if who && something(at) { nouns().find(person).unwrap_or(at) } else { at };
        let mut at = index;
        for _ in 0..8 {
            let head = syntax.head(at);
            if syntax.label(at) == Label::RelativeClause {
                return (scene.tag(head).is_noun() && head < index).then(|| phrase(instead(head)));
            }
            at = head;
        }
        nouns().next().map(|near| phrase(instead(near)))
    }

    /// Somebody named within the phrase itself.
    pub(super) fn named(&self, source: Source) -> Option<EntityId> {
        let scene = self.scene;
        let head = scene.cast.mention_at(source.head).map(|mention| mention.entity);
        if self.kind(head) == Some(EntityKind::Person) {
            return head;
        }
        let writing = self.is_writing(source.head);
        let mut found = None;
        for mention in scene.cast.mentions_in(source.first, source.end) {
            let kind = self.kind(Some(mention.entity));
            let (first, end) = (mention.first as usize, mention.end as usize);
            let owns = scene.document.shape_at(end).has(Shape::POSSESSIVE);
            let before = scene.word(first.wrapping_sub(1));
            let hangs = first > source.first && matches!(scene.tag(first - 1), Tag::Preposition | Tag::To);
            let heard = matches!(kind, Some(EntityKind::Person | EntityKind::Organization));
            let written = owns || end <= source.head || [word("by"), word("from"), word("of")].contains(&before);
            if writing && heard && written {
                return Some(mention.entity);
            }
            let between = || source.head + 1..first;
            let owned = between().any(|at| scene.document.shape_at(at).has(Shape::POSSESSIVE));
            let apart = head.is_some() && !owned && between().any(|at| scene.tag(at) == Tag::Comma);
            let around = head.is_none() && end <= source.head && self.is_around(source);
            let governs = scene.word(source.head) == word("government") && kind == Some(EntityKind::Place);
            let names = kind == Some(EntityKind::Organization) && self.is_outlet(source.head);
            if governs || names && !owns && !hangs && end <= source.head && found.is_none() {
                found = Some(mention.entity);
            }
            if kind == Some(EntityKind::Person) && !owns && !hangs && !apart && !around && found.is_none() {
                found = Some(mention.entity);
            }
        }
        let timely = matches!(self.kind(head), Some(EntityKind::Date | EntityKind::Money));
        found.or(head.filter(|_| !timely)).or_else(|| self.governed(source))
    }

    /// The country of "the German government", where the text names it.
    fn governed(&self, source: Source) -> Option<EntityId> {
        let scene = self.scene;
        let before = source.head.checked_sub(1).filter(|at| *at >= source.first)?;
        let governs = [word("government"), word("authorities")].contains(&scene.word(source.head));
        if !governs || scene.part(before) != Part::Group {
            return None;
        }
        let group = scene.document.text_of(before).to_lowercase();
        let stem = group.get(..STEM)?;
        let matches = |mention: &&Naming| {
            let name = mention.span(scene.document).of(scene.document.text);
            self.kind(Some(mention.entity)) == Some(EntityKind::Place) && name.to_lowercase().starts_with(stem)
        };
        scene.cast.mentions.iter().take(FIRST).find(matches).map(|mention| mention.entity)
    }

    /// Whether the noun of `source` is for those around somebody whose name stands before it.
    fn is_around(&self, source: Source) -> bool {
        let (scene, head) = (self.scene, source.head);
        scene.tag(head) == Tag::Nouns
            || AROUND.contains(&scene.word(head))
            || scene.classes(head).any(Classes::ROLE.with(Classes::ORGANIZATION_HEAD))
    }

    /// Whether the noun at `head` is said of a body beside its name: "the news agency", "the website".
    fn is_outlet(&self, head: usize) -> bool {
        let scene = self.scene;
        scene.tag(head) == Tag::Noun
            && (OUTLETS.contains(&scene.word(head)) || scene.classes(head).any(Classes::ORGANIZATION_HEAD))
    }

    fn kind(&self, id: Option<EntityId>) -> Option<EntityKind> {
        self.entities.get(id?.0 as usize).map(|entity| entity.kind)
    }

    pub(super) fn is_writing(&self, head: usize) -> bool {
        WRITINGS.contains(&self.scene.word(head))
    }

    /// Somebody named elsewhere whom the description fits; `depth` counts the descriptions that led here.
    pub(super) fn described(&self, source: Source, depth: usize) -> Option<EntityId> {
        let scene = self.scene;
        let head = scene.word(source.head);
        if self.is_writing(source.head) && depth < DEEPEST {
            return self.author(source, depth);
        }
        let police = head == word("police");
        if scene.tag(source.head) == Tag::Nouns && !police {
            return None;
        }
        let definite = [word("the"), word("this"), word("that")].contains(&scene.word(source.first));
        let heading = scene.document.paragraph_of(source.head).is_some_and(|paragraph| paragraph.heading);
        let owned = (source.first..source.head)
            .rev()
            .take(LONGEST)
            .any(|at| scene.document.shape_at(at).has(Shape::POSSESSIVE));
        if !(definite || heading || owned || police) || scene.word(source.first) == word("a") {
            return None;
        }
        let short = definite && source.head - source.first <= 2;
        self.by_role(source)
            .map(|role| role.entity)
            .or_else(|| short.then(|| self.nouns.get(&head).copied()).flatten())
            .or_else(|| self.by_kind_word(source, head))
            .or_else(|| short.then(|| self.by_noun(source, head)).flatten())
    }

    /// Whose role is the same noun: the last one before, else the first one after.
    pub(super) fn by_role(&self, source: Source) -> Option<&Role> {
        let scene = self.scene;
        let head = scene.word(source.head);
        let roles = self.roles.get(&head)?;
        let after = roles.partition_point(|role| (role.first as usize) < source.first).max(1);
        let modifier = |at: usize, first: usize| {
            let before = at.checked_sub(1).filter(|before| *before >= first)?;
            (scene.tag(before).is_noun() || scene.tag(before) == Tag::Adjective).then(|| scene.word(before))
        };
        let own = modifier(source.head, source.first);
        // "the prime minister" is not the health minister, and the governor not his deputy.
        let fits = |role: &&Role| {
            let range = role.first as usize..role.end as usize;
            let Some(at) = range.clone().rev().find(|at| scene.word(*at) == head) else { return true };
            let other = modifier(at, range.start);
            let lesser = |word: Option<Word>| word.is_some_and(|word| LESSER.contains(&word));
            own == other || !lesser(own) && !lesser(other) && (own.is_none() || other.is_none())
        };
        roles.get(..after)?.iter().rev().take(NEAR).find(fits)
    }

    /// The organization or other thing whose own name holds the noun: "the party", "the court", "the company".
    fn by_kind_word(&self, source: Source, head: Word) -> Option<EntityId> {
        let scene = self.scene;
        let police = head == word("police");
        if !self.is_outlet(source.head) && !police {
            return None;
        }
        let split = scene.cast.mentions.partition_point(|mention| (mention.first as usize) < source.first);
        let earlier = scene.cast.mentions.get(..split)?.iter().rev().take(80);
        let holds = |mention: &&Naming| {
            matches!(self.kind(Some(mention.entity)), Some(EntityKind::Organization | EntityKind::Other))
                && (mention.first..mention.end).take(LONGEST).any(|at| scene.word(at as usize) == head)
        };
        let found = earlier.clone().find(holds).map(|mention| mention.entity);
        found.or_else(|| if police { None } else { self.rank(source.first, Wanted::Body) })
    }

    /// The last person mentioned whom the noun fits: "the actress", "the judge".
    fn by_noun(&self, source: Source, head: Word) -> Option<EntityId> {
        let gender = gender_of_word(head);
        if gender != Gender::Unknown {
            return self.rank(source.first, Wanted::Person(gender));
        }
        None
    }

    /// Who wrote or said what the phrase names: "its press release", "a statement" that somebody released.
    fn author(&self, source: Source, depth: usize) -> Option<EntityId> {
        let scene = self.scene;
        if scene.tag(source.first) == Tag::Possessive {
            return self.pronoun(source.first);
        }
        let verb = scene.syntax.head(source.head);
        let object = scene.syntax.label(source.head) == Label::Object && scene.tag(verb).is_verb();
        if let Some(subject) = scene.own_subject(verb).filter(|subject| object && *subject < source.head) {
            let (first, _) = scene.syntax.extent(subject);
            let subject = Source { head: subject, first: first.max(scene.sentence(subject).0), end: subject + 1 };
            if matches!(scene.tag(subject.head), Tag::Pronoun) {
                return self.pronoun(subject.head);
            }
            return self.named(subject).or_else(|| self.described(subject, depth + 1));
        }
        let definite = [word("the"), word("this")].contains(&scene.word(source.first));
        definite.then(|| self.rank(source.first, Wanted::Author)).flatten()
    }
}
