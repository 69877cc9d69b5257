//! Marks, and the way back from a jump.

use super::{Reader, Refusal};

/// Places kept to go back to; older ones are forgotten.
const MAX_PLACES: usize = 100;

/// What is kept of a story while another one is open.
#[derive(Clone, Debug, Default)]
pub struct Places {
    marks: std::collections::BTreeMap<char, usize>,
    back: Vec<usize>,
    forward: Vec<usize>,
}

impl Reader {
    /// Remembers the cursor as a place to go back to; what was gone back from is forgotten.
    pub fn remember(&mut self) {
        self.forward.clear();
        let here = self.cursor;
        push(&mut self.back, here);
    }

    /// Marks the cursor with `letter`; says so.
    pub fn mark(&mut self, letter: char) -> String {
        self.marks.insert(letter, self.cursor);
        format!("mark {letter}")
    }

    /// Goes to the mark with `letter`.
    ///
    /// # Errors
    /// What to tell the user where there is no such mark.
    pub fn go_to_mark(&mut self, letter: char) -> Result<(), Refusal> {
        let Some(place) = self.marks.get(&letter).copied() else {
            let letters: String = self.marks.keys().copied().collect();
            let known =
                if letters.is_empty() { "m and a letter makes one".to_owned() } else { format!("there are {letters}") };
            return Err(format!("no mark {letter} in this story: {known}"));
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
        let Some(place) = self.back.pop() else { return Err("no jump to go back from".to_owned()) };
        let here = self.cursor;
        push(&mut self.back, here);
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
            let (from, to) =
                if forward { (&mut self.forward, &mut self.back) } else { (&mut self.back, &mut self.forward) };
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

    /// Gives away what is kept of the story while another one is open.
    pub fn take_places(&mut self) -> Places {
        Places {
            marks: std::mem::take(&mut self.marks),
            back: std::mem::take(&mut self.back),
            forward: std::mem::take(&mut self.forward),
        }
    }

    /// Takes back what was kept.
    pub fn put_places(&mut self, places: Places) {
        (self.marks, self.back, self.forward) = (places.marks, places.back, places.forward);
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
