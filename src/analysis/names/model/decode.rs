//! The best sequence of tags: only those that make whole names are looked at.

use super::weights::Scores;
use crate::analysis::names::tags::{OUTSIDE, TAGS, Tag, goes_on, may_follow};

/// Buffers that are used again for every stretch.
#[derive(Debug, Default)]
pub struct Decoder {
    back: Vec<[Tag; TAGS]>,
}

/// Less than any score that can be reached.
const NEVER: i32 = i32::MIN / 2;

/// For each tag, those that may stand before it.
const BEFORE: [([Tag; TAGS], usize); TAGS] = {
    let mut all = [([0; TAGS], 0); TAGS];
    let mut to = 0;
    while to < TAGS {
        let mut from = 0;
        while from < TAGS {
            if may_follow(from as Tag, to as Tag) {
                all[to].0[all[to].1] = from as Tag;
                all[to].1 += 1;
            }
            from += 1;
        }
        to += 1;
    }
    all
};

impl Decoder {
    /// Writes the best tags for tokens with `scores`, which stand between outside ones, to `tags`.
    pub fn best(&mut self, scores: &[Scores], pairs: &[[i16; TAGS]; TAGS], tags: &mut [Tag]) {
        self.back.clear();
        let mut current = [NEVER; TAGS];
        current[OUTSIDE as usize] = 0;
        for score in scores {
            let mut next = [NEVER; TAGS];
            let mut back = [OUTSIDE; TAGS];
            for (to, (before, count)) in BEFORE.iter().enumerate() {
                let (mut best, mut from_best) = (NEVER, OUTSIDE);
                for from in &before[..*count] {
                    let total = current[*from as usize] + i32::from(pairs[*from as usize][to]);
                    if total > best {
                        (best, from_best) = (total, *from);
                    }
                }
                next[to] = (best + i32::from(score[to])).max(NEVER);
                back[to] = from_best;
            }
            self.back.push(back);
            current = next;
        }
        let end = |tag: usize| if goes_on(tag as Tag) { NEVER } else { current[tag] + i32::from(pairs[tag][0]) };
        let mut tag = (0..TAGS).max_by_key(|tag| end(*tag)).unwrap_or_default() as Tag;
        for (place, back) in tags.iter_mut().zip(&self.back).rev() {
            *place = tag;
            tag = back[tag as usize];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::names::model::weights::ROW;

    #[test]
    fn only_whole_names_come_out() {
        let mut decoder = Decoder::default();
        // Every token would like best to be inside a person's name.
        let mut liked = [0; ROW];
        liked[2] = 100;
        liked[3] = 10;
        let mut tags = [9; 3];
        decoder.best(&[liked; 3], &[[0; TAGS]; TAGS], &mut tags);
        assert_eq!(tags, [1, 2, 3]);
        let mut alone = [9; 1];
        decoder.best(&[liked], &[[0; TAGS]; TAGS], &mut alone);
        assert!(!goes_on(alone[0]));
    }

    #[test]
    fn pairs_of_tags_count() {
        let mut decoder = Decoder::default();
        let mut pairs = [[0; TAGS]; TAGS];
        pairs[4][4] = -50;
        let mut unit = [0; ROW];
        unit[4] = 20;
        let mut tags = [9; 2];
        decoder.best(&[unit; 2], &pairs, &mut tags);
        assert_eq!(tags.iter().filter(|tag| **tag == 4).count(), 1);
    }
}
