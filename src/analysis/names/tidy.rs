//! Corrections of names that hold whatever the weights say: titles, labels and marks are no part of a name, and terms
//! are none.

use super::{Name, NameKind};
use crate::analysis::lexicon::{Classes, Lexicon, join};
use crate::analysis::token::{Document, Shape, Word, word};

/// Titles that never begin a name.
const TITLES: [Word; 12] = [
    word("mr"),
    word("mr."),
    word("mrs"),
    word("mrs."),
    word("ms"),
    word("ms."),
    word("miss"),
    word("mister"),
    word("dr"),
    word("dr."),
    word("sir"),
    word("lady"),
];

/// Titles that begin a name unless a family name follows: "Lady Gaga".
const SOMETIMES: [Word; 2] = [word("lady"), word("miss")];

/// What parties and sides are told apart by: "Blue States".
const COLOURS: [Word; 5] = [word("blue"), word("red"), word("purple"), word("green"), word("swing")];

/// What takes such a colour.
const COLOURED: [Word; 8] = [
    word("states"),
    word("state"),
    word("cities"),
    word("city"),
    word("counties"),
    word("county"),
    word("towns"),
    word("districts"),
];

/// Cuts and drops what is no name of `names`, which are in order.
pub fn tidy(document: &Document<'_>, lexicon: &Lexicon, names: &mut Vec<Name>) {
    names.retain_mut(|name| {
        cut(document, lexicon, name);
        name.first < name.end && !is_label(document, name) && !is_term(document, name)
    });
    for name in names.iter_mut().filter(|name| name.kind == NameKind::Place) {
        if is_people(document, lexicon, name) {
            name.kind = NameKind::Group;
        }
    }
}

/// Takes titles, labels and marks off the ends of a name.
fn cut(document: &Document<'_>, lexicon: &Lexicon, name: &mut Name) {
    let mark = |at: u32| document.shape_at(at as usize).has(Shape::QUOTE_MARK);
    let marks = (name.first..name.end).filter(|at| mark(*at)).count();
    // Marks that do not come in pairs belong to what stands around the name.
    if marks == 1 && mark(name.first) {
        name.first += 1;
    } else if marks == 1 && mark(name.end - 1) {
        name.end -= 1;
    }
    if name.end - name.first > 1 && is_label_at(document, name.first as usize) {
        name.first += 1;
        while name.first < name.end && document.shape_at(name.first as usize).has(Shape::PUNCTUATION) {
            name.first += 1;
        }
    }
    if name.kind == NameKind::Person {
        while name.end - name.first > 1 && is_title(document, lexicon, name) {
            name.first += 1;
        }
    }
}

/// Whether a name of a person, of two words or more, begins with a title.
fn is_title(document: &Document<'_>, lexicon: &Lexicon, name: &Name) -> bool {
    let first = document.word_at(name.first as usize);
    let listed = |at: u32, classes: Classes| lexicon.classes(document.word_at(at as usize)).any(classes);
    let family = name.end - name.first == 2 && listed(name.first + 1, Classes::SURNAME);
    let full = listed(name.end - 1, Classes::SURNAME) || listed(name.first + 1, Classes::GIVEN);
    TITLES.contains(&first) && (family || full && !SOMETIMES.contains(&first))
}

/// Whether the token at `at` says who speaks in an interview: "Q:", "A." at the start of a line.
fn is_label_at(document: &Document<'_>, at: usize) -> bool {
    let opens = document.paragraph_of(at).is_some_and(|paragraph| paragraph.first as usize == at);
    let text = document.text_of(at);
    let letter = matches!(text, "Q" | "A") && matches!(document.text_of(at + 1), ":" | ".");
    opens && (letter || matches!(text, "Q." | "A."))
}

fn is_label(document: &Document<'_>, name: &Name) -> bool {
    name.end - name.first == 1 && is_label_at(document, name.first as usize)
}

/// Whether a name is a term of politics: "Blue States".
fn is_term(document: &Document<'_>, name: &Name) -> bool {
    name.end - name.first == 2
        && COLOURS.contains(&document.word_at(name.first as usize))
        && COLOURED.contains(&document.word_at(name.first as usize + 1))
}

/// Whether a name is listed as that of a people ("New Yorkers") and of no place.
fn is_people(document: &Document<'_>, lexicon: &Lexicon, name: &Name) -> bool {
    let words = (name.first as usize..name.end as usize).map(|at| document.word_at(at));
    let classes = words.reduce(join).map_or(Classes::default(), |phrase| lexicon.classes(phrase));
    classes.any(Classes::NATIONALITY) && !classes.any(Classes::PLACE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of `text` once `name`, found as a `kind`, is tidied.
    fn tidied(text: &str, name: &str, kind: NameKind) -> Vec<String> {
        let document = Document::new(text);
        let start = text.find(name).unwrap();
        let index = |at: usize| u32::try_from(at).unwrap();
        let first = index(document.token_at(start));
        let end = index(document.token_at(start + name.len() - 1) + 1);
        let mut names = vec![Name { first, end, kind }];
        tidy(&document, &Lexicon::embedded(), &mut names);
        let text = |name: &Name| document.span_of(name.first as usize, name.end as usize).of(document.text).to_owned();
        names.iter().map(text).collect()
    }

    #[test]
    fn titles_are_no_part_of_a_name() {
        assert_eq!(tidied("Mr. Hill left.", "Mr. Hill", NameKind::Person), ["Hill"]);
        assert_eq!(tidied("Mrs. Ann Hill left.", "Mrs. Ann Hill", NameKind::Person), ["Ann Hill"]);
        assert_eq!(tidied("Lady Hill left.", "Lady Hill", NameKind::Person), ["Hill"]);
        assert_eq!(tidied("Lady Gaga sang.", "Lady Gaga", NameKind::Person), ["Lady Gaga"]);
        assert_eq!(tidied("He saw Mr. CreepyPasta.", "Mr. CreepyPasta", NameKind::Person), ["Mr. CreepyPasta"]);
        assert_eq!(tidied("He saw Mr. Robot.", "Mr. Robot", NameKind::Other), ["Mr. Robot"]);
    }

    #[test]
    fn labels_of_an_interview_are_no_names() {
        assert_eq!(tidied("Hello\n\nQ: Why?", "Q", NameKind::Organization), [""; 0]);
        assert_eq!(tidied("Hello\n\nA. Will they?", "A. Will", NameKind::Other), ["Will"]);
        assert_eq!(tidied("He met Q in May.", "Q", NameKind::Person), ["Q"]);
    }

    #[test]
    fn marks_around_a_name_stay_outside_and_terms_are_no_names() {
        assert_eq!(tidied("in “Red Hills” there", "Red Hills”", NameKind::Other), ["Red Hills"]);
        assert_eq!(tidied("Ana “Bo” Ruiz", "Ana “Bo” Ruiz", NameKind::Person), ["Ana “Bo” Ruiz"]);
        assert_eq!(tidied("in Blue States there", "Blue States", NameKind::Place), [""; 0]);
        assert_eq!(tidied("the United States won", "United States", NameKind::Place), ["United States"]);
    }
}
