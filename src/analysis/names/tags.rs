//! Tags that say which part of which kind of name a token is: outside, or begin, inside, last, unit of one of five kinds.

use super::{Name, NameKind};

/// A tag: 0 is outside; else 1 + 4 × kind + place, the place being 0 begin, 1 inside, 2 last, 3 unit.
pub type Tag = u8;

/// The number of tags.
pub const TAGS: usize = 21;

/// The tag of a token that is part of no name.
pub const OUTSIDE: Tag = 0;

const KINDS: [NameKind; 5] =
    [NameKind::Person, NameKind::Organization, NameKind::Place, NameKind::Other, NameKind::Group];

/// Whether a name goes on after a token with `tag`.
#[must_use]
pub const fn goes_on(tag: Tag) -> bool {
    tag != OUTSIDE && (tag - 1) % 4 < 2
}

/// Whether a name comes from before a token with `tag`.
#[must_use]
pub const fn comes_on(tag: Tag) -> bool {
    tag != OUTSIDE && matches!((tag - 1) % 4, 1 | 2)
}

/// Whether `next` may stand after `tag`; both ends of a stretch count as outside.
#[must_use]
pub const fn may_follow(tag: Tag, next: Tag) -> bool {
    if goes_on(tag) { comes_on(next) && (tag - 1) / 4 == (next - 1) / 4 } else { !comes_on(next) }
}

/// The kind of name that `tag` is part of.
#[must_use]
pub fn kind(tag: Tag) -> Option<NameKind> {
    KINDS.get((tag.checked_sub(1)? / 4) as usize).copied()
}

/// Writes the tags of `names`, all of which lie inside `tags`.
pub fn write(names: &[Name], tags: &mut [Tag]) {
    for name in names {
        let Some(inside) = tags.get_mut(name.first as usize..name.end as usize) else { continue };
        let kind = 1 + 4 * name.kind as u8;
        let last = inside.len().saturating_sub(1);
        for (at, tag) in inside.iter_mut().enumerate() {
            *tag = kind
                + if last == 0 {
                    3
                } else if at == 0 {
                    0
                } else if at == last {
                    2
                } else {
                    1
                };
        }
    }
}

/// The names that well-formed `tags` say, the first tag being that of the token `first`.
pub fn read(tags: &[Tag], first: usize, names: &mut Vec<Name>) {
    let index = |at: usize| u32::try_from(first + at).unwrap_or(u32::MAX);
    let mut start = 0;
    for (at, tag) in tags.iter().enumerate() {
        if !comes_on(*tag) {
            start = at;
        }
        if let Some(kind) = kind(*tag).filter(|_| !goes_on(*tag)) {
            names.push(Name { first: index(start), end: index(at + 1), kind });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_being_tagged() {
        let names = [
            Name { first: 1, end: 2, kind: NameKind::Person },
            Name { first: 2, end: 5, kind: NameKind::Group },
            Name { first: 6, end: 8, kind: NameKind::Organization },
        ];
        let mut tags = [OUTSIDE; 9];
        write(&names, &mut tags);
        assert!(tags.windows(2).all(|pair| may_follow(pair[0], pair[1])));
        let mut read_back = Vec::new();
        read(&tags, 0, &mut read_back);
        assert_eq!(read_back, names);
    }

    #[test]
    fn tags_of_different_kinds_do_not_join() {
        let (begin_person, last_person, last_group) = (1, 3, 1 + 4 * 4 + 2);
        assert!(may_follow(begin_person, last_person) && !may_follow(begin_person, last_group));
        assert!(!may_follow(OUTSIDE, last_person) && !may_follow(begin_person, OUTSIDE));
    }
}
