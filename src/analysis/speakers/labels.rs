//! Whom the label of an interview's turn names.

use super::Speakers;
use crate::analysis::scene::Part;
use crate::analysis::sources::Source;
use crate::analysis::turns::{Party, Turn};
use crate::analysis::{EntityId, EntityKind};

impl Speakers<'_> {
    /// Who speaks in `turn`: whoever its label names; for the answers, the one person named before the interview; else
    /// somebody without a name, called by the label.
    pub fn label(&mut self, turn: &Turn) -> Option<EntityId> {
        let (first, end) = turn.label;
        let source = Source { head: end - 1, first, end };
        match turn.party {
            Party::Name | Party::Shouted => self.resolve(source, true),
            Party::Question | Party::Role => self.unnamed(source),
            Party::Answer => {
                let guest = self.guest.unwrap_or_else(|| self.find_guest());
                self.guest = Some(guest);
                guest.or_else(|| self.unnamed(source))
            }
        }
    }

    /// The only person named before the first turn, or in the headline.
    fn find_guest(&self) -> Option<EntityId> {
        let scene = self.scene;
        let opening = scene.turns.first()?.label.0;
        let headline = scene.document.paragraphs.first().filter(|p| p.heading).map_or(0, |p| p.end as usize);
        [headline.min(opening), opening].into_iter().find_map(|until| {
            let mut people = (0..until).filter_map(|at| match scene.part(at) {
                Part::Entity(id, EntityKind::Person) => Some(id),
                _ => None,
            });
            let only = people.next()?;
            people.all(|other| other == only).then_some(only)
        })
    }
}
