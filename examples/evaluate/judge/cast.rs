//! The cast of an article from its gold annotations, so that who says what can be scored apart from names.

use std::collections::HashMap;

use pullquote::analysis::entities::{self, Cast, Naming};
use pullquote::analysis::names::{Name, NameKind};
use pullquote::analysis::token::Document;
use pullquote::analysis::{Entity, EntityId, EntityKind, Gender, Lexicon, Mention, MentionKind};

use super::gold::Article;

/// Entities, mentions and groups as annotated; roles and genders, which are not, as they are found around them.
pub fn gold(article: &Article, document: &Document<'_>, lexicon: &Lexicon) -> Cast {
    let mut names = Vec::new();
    let mut cast = Cast::default();
    let mut ids: HashMap<&str, EntityId> = HashMap::new();
    let mut marks: Vec<_> = article.spans.iter().filter(|mark| "POLXN".contains(mark.kind)).collect();
    marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    let mut free = 0;
    for mark in marks {
        let first = document.token_at(mark.span.start);
        let end = document.token_at(mark.span.end.saturating_sub(1)) + 1;
        if first < free {
            continue;
        }
        free = end;
        let (Ok(first), Ok(end)) = (u32::try_from(first), u32::try_from(end)) else { continue };
        let kind = match mark.kind {
            'P' => EntityKind::Person,
            'O' => EntityKind::Organization,
            'L' => EntityKind::Place,
            'X' => EntityKind::Other,
            _ => {
                let name = Name { first, end, kind: NameKind::Group };
                cast.groups.push(name);
                names.push(name);
                continue;
            }
        };
        names.push(Name { first, end, kind: named(kind) });
        let text = mark.span.of(&article.text);
        let next = EntityId(u32::try_from(cast.entities.len()).unwrap_or_default());
        let entity = *ids.entry(&mark.entity).or_insert(next);
        if entity == next {
            cast.entities.push(Entity {
                kind,
                name: text.to_owned(),
                named: true,
                role: None,
                gender: Gender::Unknown,
                aliases: Vec::new(),
                mentions: Vec::new(),
            });
        }
        if let Some(known) = cast.entities.get_mut(entity.0 as usize) {
            if known.name.len() < text.len() {
                text.clone_into(&mut known.name);
            }
            known.mentions.push(Mention { span: mark.span, kind: MentionKind::Name });
        }
        cast.mentions.push(Naming { first, end, entity });
    }
    entities::add_roles(document, &names, lexicon, &mut cast);
    cast
}

fn named(kind: EntityKind) -> NameKind {
    match kind {
        EntityKind::Person => NameKind::Person,
        EntityKind::Organization => NameKind::Organization,
        EntityKind::Place => NameKind::Place,
        EntityKind::Other | EntityKind::Date | EntityKind::Money => NameKind::Other,
    }
}
