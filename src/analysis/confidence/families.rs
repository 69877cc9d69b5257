//! People who share a family name: a bare "Clinton" may be either of two, and no sign of how it was found tells.

use std::collections::HashMap;

use crate::analysis::{Entity, EntityId, EntityKind, MentionKind};
use crate::text::Span;

/// The people of one text by their last names.
#[derive(Debug, Default)]
pub struct Families<'a> {
    members: HashMap<&'a str, Vec<Member>>,
}

/// Somebody with how often the text gives more than the last name.
#[derive(Clone, Copy, Debug)]
struct Member {
    id: EntityId,
    full: usize,
}

/// At most so many people of one name are compared.
const MOST: usize = 16;

impl<'a> Families<'a> {
    /// The families among `entities`, mentions of which stand in `text`.
    #[must_use]
    pub fn of(entities: &'a [Entity], text: &str) -> Self {
        let mut families = Self::default();
        for (number, entity) in (0..).zip(entities) {
            let Some((_, last)) = entity.name.rsplit_once([' ', '\u{a0}']) else { continue };
            if entity.kind != EntityKind::Person || !entity.named {
                continue;
            }
            let named = entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
            let full = named.filter(|mention| mention.span.of(text) != last).count();
            let members = families.members.entry(last).or_default();
            if members.len() < MOST {
                members.push(Member { id: EntityId(number), full });
            }
        }
        families
    }

    /// Of the others whom the name at `name` may mean as well as `id`, the one most often given in full, and the part of
    /// the full names that are theirs, 0 to 1.
    #[must_use]
    pub fn rival(&self, id: EntityId, name: Span, text: &str) -> Option<(EntityId, f32)> {
        let members = self.members.get(name.of(text))?;
        let own = members.iter().find(|member| member.id == id)?;
        let rival = members.iter().filter(|member| member.id != id).max_by_key(|member| member.full)?;
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        let share = rival.full as f32 / (rival.full + own.full).max(1) as f32;
        (rival.full > 0).then_some((rival.id, share))
    }
}
