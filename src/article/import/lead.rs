//! What stands above a story: the title to give one that has none, and lines that name author and day.

use crate::text::{safe, width};

/// Columns a title cut from the lead takes at most, its ellipsis included: what a list of articles shows.
const LONGEST: usize = 80;
/// Columns below which a clause is too short for a title, so that words are cut instead.
const CLAUSE: usize = 56;
/// Columns below which a title says too little, so that rather a quotation is cut.
const SHORTEST: usize = 22;

/// Words that a title does not end on: something must follow them.
const LEADING: [&str; 46] = [
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "but", "nor", "that",
    "which", "who", "whose", "as", "than", "is", "are", "was", "were", "be", "been", "has", "have", "had", "will",
    "would", "his", "her", "its", "their", "this", "these", "into", "over", "after", "before", "while", "when", "if",
];

/// A title for a story that begins with `text`: its first sentence, or where that is long, its first clauses or
/// words, not cut inside a quotation; never empty unless `text` is blank.
#[must_use]
pub fn title(text: &str) -> String {
    // A screenful is enough to choose from, however long the paragraph is.
    let seen = width::prefix(text.trim(), LONGEST * 4);
    let start = safe::line(seen);
    if let Some(sentence) = first_sentence(&start).filter(|sentence| width::columns(sentence) <= LONGEST) {
        return sentence.to_owned();
    }
    if seen.len() == text.trim().len() && width::columns(&start) <= LONGEST {
        return start;
    }
    cut(&start)
}

/// The first sentence, without the period that a headline does not have.
fn first_sentence(text: &str) -> Option<&str> {
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?')) {
        let behind = text.get(at + 1..)?.trim_start_matches(['"', '”', '’', '»', '\'', ')']);
        let end = text.len() - behind.len();
        let goes_on = behind.trim_start().starts_with(char::is_lowercase);
        let is_end = behind.is_empty() || (behind.starts_with(' ') && !goes_on);
        let word = text.get(..at)?.rsplit(' ').next()?;
        if is_end && end > 8 && !(c == '.' && is_abbreviation(word)) {
            return text.get(..end).map(|sentence| sentence.strip_suffix('.').unwrap_or(sentence).trim_end());
        }
    }
    None
}

/// "U.S", "Mr", "J", "No": what a period follows without ending a sentence.
fn is_abbreviation(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    word.contains('.')
        || (letters <= 3 && word.starts_with(char::is_uppercase))
        || matches!(word, "Gov" | "Sept" | "Prof" | "Capt")
}

/// The start of a long text, cut at the last clause or word that fits.
fn cut(text: &str) -> String {
    let room = width::prefix(text, LONGEST - 1);
    let mut quotes = Quotes::default();
    let (mut word, mut clause, mut inside) = (0, 0, 0);
    let mut last = ' ';
    // One past the room, so that a word which just fits counts as whole.
    for (at, c) in text.char_indices().take_while(|(at, _)| *at <= room.len()) {
        if c.is_whitespace() && !ends_open(text.get(..at).unwrap_or_default()) {
            inside = at;
            if !quotes.open() {
                word = at;
                if matches!(last, ',' | ';' | ':' | '–' | '—' | '”' | '"' | '»' | ')') {
                    clause = at;
                }
            }
        }
        quotes.see(c);
        last = c;
    }
    let columns = |end: usize| width::columns(text.get(..end).unwrap_or_default());
    let (end, close) = if columns(clause) >= CLAUSE {
        (clause, None)
    } else if columns(word) >= SHORTEST {
        (word, None)
    } else {
        (inside, quotes_at(text, inside).closing())
    };
    let kept = text.get(..end).filter(|kept| !kept.is_empty()).unwrap_or(room);
    let kept =
        kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | '-' | '('));
    let mut title = kept.to_owned();
    title.push('…');
    title.extend(close);
    title
}

/// Whether `start` ends on a word that something must follow.
fn ends_open(start: &str) -> bool {
    let word = start.rsplit(' ').next().unwrap_or_default();
    LEADING.iter().any(|leading| word.eq_ignore_ascii_case(leading))
}

fn quotes_at(text: &str, end: usize) -> Quotes {
    let mut quotes = Quotes::default();
    text.get(..end).unwrap_or_default().chars().for_each(|c| quotes.see(c));
    quotes
}

/// Double quotation marks seen so far; single ones may be apostrophes.
#[derive(Default)]
struct Quotes {
    opened: Option<char>,
}

impl Quotes {
    fn see(&mut self, c: char) {
        self.opened = match (c, self.opened) {
            ('"' | '“' | '„' | '«', None) => Some(c),
            ('"', Some('"')) | ('”', Some('“')) | ('“' | '”', Some('„')) | ('»', Some('«')) => None,
            (_, opened) => opened,
        };
    }

    fn open(&self) -> bool {
        self.opened.is_some()
    }

    fn closing(&self) -> Option<char> {
        self.opened.map(|opened| match opened {
            '“' => '”',
            '„' => '“',
            '«' => '»',
            other => other,
        })
    }
}

/// The name in a line that says nothing but who wrote the story ("By Ana Ruiz, Madrid").
#[must_use]
pub fn byline(line: &str) -> Option<&str> {
    let rest = line.get(..3).filter(|by| by.eq_ignore_ascii_case("by ") || by.eq_ignore_ascii_case("by:"));
    let name = rest.and_then(|_| line.get(3..))?.trim();
    let (author, _) = name.split_once([',', '|', '•', '·']).unwrap_or((name, ""));
    let is_name = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase())
            || matches!(
                word,
                "and"
                    | "de"
                    | "da"
                    | "di"
                    | "del"
                    | "van"
                    | "von"
                    | "der"
                    | "den"
                    | "la"
                    | "le"
                    | "el"
                    | "al"
                    | "bin"
                    | "&"
            )
    };
    let words = author.split_whitespace().count();
    let plausible = name.len() <= 100 && (1..=8).contains(&words) && author.split_whitespace().all(is_name);
    (plausible && !name.ends_with(['.', ':', ';'])).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_first_sentence_is_the_title() {
        assert_eq!(title("Taxes are low. They stay low."), "Taxes are low");
        assert_eq!(title("“Are taxes low?” Nobody knows."), "“Are taxes low?”");
        assert_eq!(title("Mr. Smith went to Washington. He stayed."), "Mr. Smith went to Washington");
        assert_eq!(title("No period here"), "No period here");
        assert_eq!(title("The U.S. House passed it. Then it rested."), "The U.S. House passed it");
    }

    #[test]
    fn a_long_lead_is_cut_at_a_clause_or_word_and_not_inside_a_quotation() {
        assert_eq!(
            title(
                "New York City Mayor-elect Zohran Mamdani's visit to Washington “speaks volumes” that a “communist” is coming to the White House"
            ),
            "New York City Mayor-elect Zohran Mamdani's visit to Washington “speaks volumes”…"
        );
        assert_eq!(
            title(
                "After three days of talks that nobody expected to succeed, ministers from twelve countries agreed on a plan"
            ),
            "After three days of talks that nobody expected to succeed…"
        );
        assert_eq!(
            title(
                "The minister told reporters in the capital that \"nothing at all has been decided yet and nothing will\" before May"
            ),
            "The minister told reporters in the capital…"
        );
        assert_eq!(
            title(
                "“It speaks volumes that tomorrow we have a Communist coming to the White House, because that's who the party elected,” she said."
            ),
            "“It speaks volumes that tomorrow we have a Communist coming to the White House…”"
        );
        assert_eq!(title(&"x".repeat(200)), format!("{}…", "x".repeat(79)));
    }

    #[test]
    fn a_byline_names_people_and_nothing_else() {
        assert_eq!(byline("By Ana Ruiz"), Some("Ana Ruiz"));
        assert_eq!(
            byline("BY ANA RUIZ and Ludwig van der Berg, Political Correspondents"),
            Some("ANA RUIZ and Ludwig van der Berg, Political Correspondents")
        );
        assert_eq!(byline("by: Ana Ruiz | Madrid"), Some("Ana Ruiz | Madrid"));
        assert_eq!(byline("By Friday, the rescue teams had reached the village."), None);
        assert_eq!(byline("By then it was late"), None);
        assert_eq!(byline("Byron Smith"), None);
        assert_eq!(byline("By "), None);
    }

    proptest! {
        #[test]
        fn a_title_is_never_empty_and_always_fits(text in "[\\PC\\n ]{0,200}") {
            let title = title(&text);
            prop_assert!(width::columns(&title) <= LONGEST + 1);
            prop_assert_eq!(title.is_empty(), safe::line(&text).is_empty());
        }
    }
}
