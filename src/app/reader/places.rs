//! Marks, and the way back from a jump.

use std::collections::BTreeMap;

use super::{Reader, Refusal};

/// Places kept to go back to; older ones are forgotten.
const MAX_PLACES: usize = 100;

/// Places in a story; they are kept while another one is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Marks by letter: byte offsets.
    pub marks: BTreeMap<char, usize>,
    /// Places jumped from: byte offsets, oldest first.
    pub back: Vec<usize>,
    /// Places gone back from: byte offsets.
    pub forward: Vec<usize>,
}

impl Reader {
    /// Remembers the cursor as a place to go back to; what was gone back from is forgotten.
    pub fn remember(&mut self) {
        self.places.forward.clear();
        let here = self.cursor;
        push(&mut self.places.back, here);
    }

    /// Marks the cursor with `letter`.
    pub fn mark(&mut self, letter: char) {
        self.places.marks.insert(letter, self.cursor);
    }

    /// Goes to the mark with `letter`.
    ///
    /// # Errors
    /// What to tell the user where there is no such mark.
    pub fn go_to_mark(&mut self, letter: char) -> Result<(), Refusal> {
        let Some(place) = self.places.marks.get(&letter).copied() else {
            let letters: String = self.places.marks.keys().copied().collect();
            let known = if letters.is_empty() { String::new() } else { format!(": there are {letters}") };
            return Err(format!("no mark {letter} in this story{known}"));
        };
        self.remember();
        self.go(place);
        Ok(())
    }

    /// Goes to where the last jump began, and from there here again.
    ///
    /// # Errors
    /// What to tell the user where nothing was jumped from.
    pub fn last_place(&mut self) -> Result<(), Refusal> {
        let Some(place) = self.places.back.pop() else { return Err("no jump to go back from".to_owned()) };
        let here = self.cursor;
        push(&mut self.places.back, here);
        self.go(place);
        Ok(())
    }

    /// Goes `times` places back or forward in the list of jumps.
    ///
    /// # Errors
    /// What to tell the user where there is no such place.
    pub fn travel(&mut self, times: usize, forward: bool) -> Result<(), Refusal> {
        let mut target = None;
        for _ in 0..times.min(MAX_PLACES) {
            let (from, to) = if forward {
                (&mut self.places.forward, &mut self.places.back)
            } else {
                (&mut self.places.back, &mut self.places.forward)
            };
            let Some(place) = from.pop() else { break };
            push(to, target.unwrap_or(self.cursor));
            target = Some(place);
        }
        let Some(place) = target else {
            return Err(if forward { "no place to go forward to" } else { "no place to go back to" }.to_owned());
        };
        self.go(place);
        Ok(())
    }

    /// Shows a place that was remembered, with the quote that is there.
    fn go(&mut self, place: usize) {
        self.quote = None;
        self.show(place);
        self.select_quote_at(place);
    }
}

fn push(places: &mut Vec<usize>, place: usize) {
    if places.last() != Some(&place) {
        places.push(place);
    }
    if places.len() > MAX_PLACES {
        places.remove(0);
    }
}
