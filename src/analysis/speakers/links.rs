//! What a source refers to, for those who want to know why it was resolved as it was.

use super::{Speakers, Tag};
use crate::analysis::EntityId;
use crate::analysis::sources::Source;
use crate::text::Span;

impl Speakers<'_> {
    /// The mention that `source`, which was resolved to `speaker`, was found to refer to: what its pronoun stands for,
    /// or the role that its noun repeats. `None` where the source itself names the speaker, or nothing said before
    /// decided.
    #[must_use]
    pub fn link(&self, source: Source, speaker: EntityId) -> Option<Span> {
        let scene = self.scene;
        match scene.tag(source.head) {
            Tag::Pronoun | Tag::Possessive => self.pronoun_link(source.head, speaker),
            Tag::Who | Tag::Which => {
                let noun = self.antecedent(source.head)?;
                let mention = scene.cast.mention_at(noun.head).filter(|mention| mention.entity == speaker);
                Some(mention.map_or_else(|| scene.span(noun.first, noun.end), |mention| mention.span(scene.document)))
            }
            _ if scene.tag(source.first) == Tag::Possessive => self.pronoun_link(source.first, speaker),
            _ => {
                let role = self.by_role(source).filter(|role| role.entity == speaker)?;
                Some(scene.span(role.first as usize, role.end as usize))
            }
        }
    }

    /// Who else `source` may stand for where it is a pronoun, and how much less likely that is: the odds.
    #[must_use]
    pub fn rival(&self, source: Source) -> Option<(EntityId, f32)> {
        let pronoun = matches!(self.scene.tag(source.head), Tag::Pronoun | Tag::Possessive);
        let (entity, margin) = self.antecedent_of(source.head).filter(|_| pronoun)?.rival?;
        Some((entity, (-margin).exp()))
    }

    /// The mention that the pronoun at `index` stands for.
    fn pronoun_link(&self, index: usize, speaker: EntityId) -> Option<Span> {
        let at = self.antecedent_of(index).filter(|found| found.entity == speaker)?.at;
        let mention = self.scene.cast.mention_at(at);
        Some(mention.map_or_else(|| self.scene.span(at, at + 1), |mention| mention.span(self.scene.document)))
    }
}
