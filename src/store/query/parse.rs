//! A query's text to its terms; what is wrong is said with its place.

use jiff::civil::Date;

use super::dates;
use super::{Column, Comparison, KEYS, Number, Query, Term, What};
use crate::store::key::fold;
use crate::text::{Span, safe};

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// The bytes of the query that are wrong.
    pub span: Span,
    /// What is wrong and what would be right, one safe line.
    pub message: String,
}

impl Query {
    /// Reads a query; `today` is what relative days count from. A quotation mark that is not closed closes at the
    /// end, as it does while somebody types.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(text: &str, today: Date) -> Result<Self, QueryError> {
        let mut terms = Vec::new();
        for piece in pieces(text) {
            read_piece(&piece, today, &mut terms)?;
        }
        Ok(Self { terms })
    }
}

/// A stretch of the query between blanks, quotation marks taken off.
struct Piece<'a> {
    span: Span,
    negated: bool,
    /// What stands before the first colon outside quotation marks.
    key: Option<&'a str>,
    value: &'a str,
    quoted: bool,
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return pieces;
        }
        let start = text.len() - rest.len();
        let negated = rest.starts_with('-') && rest.chars().nth(1).is_some_and(|c| !c.is_whitespace());
        let body = rest.strip_prefix('-').filter(|_| negated).unwrap_or(rest);
        let key_end = body.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(body.len());
        let (key, value) = match body.split_at_checked(key_end) {
            Some((key, value)) if !key.is_empty() => match value.strip_prefix(':') {
                Some(value) => (Some(key), value),
                None => (None, body),
            },
            _ => (None, body),
        };
        let (value, after, quoted) = take_value(value);
        let end = text.len() - after.len();
        pieces.push(Piece { span: Span::new(start, end), negated, key, value, quoted });
        rest = after;
    }
}

/// A value, what follows it, and whether it stood in quotation marks (straight ones or curly ones).
fn take_value(text: &str) -> (&str, &str, bool) {
    let marks = ['"', '“', '”'];
    if let Some(inside) = text.strip_prefix(marks) {
        return match inside.split_once(marks) {
            Some((value, after)) => (value, after, true),
            None => (inside, "", true),
        };
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (value, after) = text.split_at_checked(end).unwrap_or((text, ""));
    (value, after, false)
}

fn read_piece(piece: &Piece<'_>, today: Date, terms: &mut Vec<Term>) -> Result<(), QueryError> {
    let error = |message: String| QueryError { span: piece.span, message: safe::line(&message) };
    let mut push = |what| terms.push(Term { negated: piece.negated, what });
    let Some(key) = piece.key else {
        match mark(piece.value).filter(|_| !piece.quoted) {
            Some(what) => push(what),
            None => words(Column::Both, piece).into_iter().for_each(push),
        }
        return Ok(());
    };
    let key = key.to_lowercase();
    if !KEYS.iter().any(|(known, _)| *known == key) {
        return Err(error(unknown_key(&key)));
    }
    if piece.value.trim().is_empty() {
        let (_, asks) = KEYS.iter().find(|(known, _)| *known == key).copied().unwrap_or_default();
        return Err(error(format!("{key}: needs a value ({asks})")));
    }
    let name = fold(piece.value);
    if name.is_empty() && matches!(key.as_str(), "speaker" | "person" | "tag" | "source" | "feed") {
        return Err(error(format!("{key}:{} has no letter or digit to look for", piece.value)));
    }
    match key.as_str() {
        "title" => words(Column::Title, piece).into_iter().for_each(push),
        "text" => words(Column::Text, piece).into_iter().for_each(push),
        "speaker" => push(What::Speaker(name)),
        "person" => push(What::Person(name)),
        "tag" => push(What::Tag(name)),
        "source" => push(What::Source(name)),
        "feed" => push(What::Feed(name)),
        "folder" => push(What::Folder(safe::line(piece.value))),
        "is" => {
            push(mark(piece.value).ok_or_else(|| {
                error(format!("is:{}: an article is unread, read, starred or unstarred", piece.value))
            })?);
        }
        "has" => push(match piece.value {
            "highlights" | "highlight" => What::Highlighted,
            "notes" | "note" => What::Noted,
            other => return Err(error(format!("has:{other}: an article has highlights or notes"))),
        }),
        "since" | "before" | "on" => {
            let (first, after) = dates::range(&piece.value.to_lowercase(), today).ok_or_else(|| {
                error(format!(
                    "{key}:{} is no day; write 7d, 2w, 3m, 1y, today, 2025, 2025-11 or 2025-11-21",
                    piece.value
                ))
            })?;
            match key.as_str() {
                "since" => push(What::Since(first)),
                "before" => push(What::Before(first)),
                // Both ends as one term each, so a negated one would mean neither: it is turned into its parts.
                _ if piece.negated => {
                    return Err(error("-on: is not understood; use before: or since: instead".to_owned()));
                }
                _ => {
                    push(What::Since(first));
                    push(What::Before(after));
                }
            }
        }
        _ => push(number(&key, piece.value).ok_or_else(|| {
            error(format!("{key}:{} is no number; write {key}:>3, {key}:<3 or {key}:3", piece.value))
        })?),
    }
    Ok(())
}

/// The mark that a bare word stands for.
fn mark(word: &str) -> Option<What> {
    Some(match word {
        "unread" => What::Read(false),
        "read" => What::Read(true),
        "starred" => What::Starred(true),
        "unstarred" => What::Starred(false),
        "highlighted" => What::Highlighted,
        "noted" => What::Noted,
        _ => return None,
    })
}

/// Words to look for: one phrase if quoted or written as one piece; nothing where there is no letter or digit.
fn words(column: Column, piece: &Piece<'_>) -> Option<What> {
    let words = safe::line(piece.value);
    let prefix = !piece.quoted && words.ends_with('*');
    let words = if prefix { words.trim_end_matches('*').to_owned() } else { words };
    words.chars().any(char::is_alphanumeric).then_some(What::Words { column, words, prefix })
}

fn number(key: &str, value: &str) -> Option<What> {
    let (is, digits) = match value.chars().next()? {
        '<' => (Comparison::Less, value.strip_prefix('<')?),
        '>' => (Comparison::More, value.strip_prefix('>')?),
        _ => (Comparison::Equal, value),
    };
    let of = match key {
        "words" => Number::Words,
        "quotes" => Number::Quotes,
        _ => Number::Voices,
    };
    // Counts are stored as signed numbers.
    let than = digits.parse::<u64>().ok().filter(|than| i64::try_from(*than).is_ok())?;
    Some(What::Number { of, is, than })
}

fn unknown_key(key: &str) -> String {
    // Its beginning is meant, or it is misspelt.
    let nearest = KEYS
        .iter()
        .map(|(known, _)| (!known.starts_with(key), strsim::damerau_levenshtein(known, key), *known))
        .min()
        .map(|(is_other, distance, known)| (if is_other { distance } else { 0 }, known))
        .filter(|(distance, _)| *distance <= 2);
    let hint = match nearest {
        Some((_, known)) => format!("did you mean {known}:?"),
        None => format!("known are {}.", KEYS.map(|(known, _)| known).join(", ")),
    };
    format!("{key}: is no key of a query; {hint} To look for the word itself, put it in quotation marks.")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Result<Vec<(bool, What)>, QueryError> {
        let query = Query::parse(text, date(2025, 11, 28))?;
        Ok(query.terms.into_iter().map(|term| (term.negated, term.what)).collect())
    }

    fn both(words: &str, prefix: bool) -> What {
        What::Words { column: Column::Both, words: words.to_owned(), prefix }
    }

    #[test]
    fn a_full_query_is_read_term_by_term() {
        let terms =
            parse("unread starred speaker:leavitt since:7d -tag:Old source:\"BBC News\" econom* \"exact phrase\"");
        let expected = vec![
            (false, What::Read(false)),
            (false, What::Starred(true)),
            (false, What::Speaker("leavitt".to_owned())),
            (false, What::Since(date(2025, 11, 21))),
            (true, What::Tag("old".to_owned())),
            (false, What::Source("bbc news".to_owned())),
            (false, both("econom", true)),
            (false, both("exact phrase", false)),
        ];
        assert_eq!(terms, Ok(expected));
    }

    #[test]
    fn marks_in_quotation_marks_are_words() {
        assert_eq!(parse("\"unread\""), Ok(vec![(false, both("unread", false))]));
    }

    #[test]
    fn a_quotation_mark_may_stay_open_while_somebody_types() {
        let expected = What::Words { column: Column::Text, words: "any kind of".to_owned(), prefix: false };
        assert_eq!(parse("text:\"any kind of"), Ok(vec![(false, expected)]));
        assert_eq!(parse("“any kind”"), Ok(vec![(false, both("any kind", false))]));
    }

    #[test]
    fn dashes_colons_and_marks_without_meaning_are_words_or_nothing() {
        assert_eq!(parse("10:30"), Ok(vec![(false, both("10:30", false))]));
        assert_eq!(parse("- — \"\" ..."), Ok(vec![]));
        assert_eq!(parse("well-known"), Ok(vec![(false, both("well-known", false))]));
    }

    #[test]
    fn months_and_years_are_ranges() {
        let expected = vec![(false, What::Since(date(2025, 11, 1))), (false, What::Before(date(2025, 12, 1)))];
        assert_eq!(parse("on:2025-11"), Ok(expected));
        assert_eq!(parse("before:2025"), Ok(vec![(false, What::Before(date(2025, 1, 1)))]));
    }

    #[test]
    fn errors_say_what_is_wrong_and_where() {
        let wrong = |text| parse(text).map_err(|error| (error.span.of(text).to_owned(), error.message));
        let (place, message) = wrong("unread speeker:x").unwrap_err();
        assert_eq!(place, "speeker:x");
        assert!(message.contains("did you mean speaker:?"), "{message}");
        assert!(wrong("sp:x").unwrap_err().1.contains("did you mean speaker:?"));
        let (place, message) = wrong("a since:soon").unwrap_err();
        assert_eq!(place, "since:soon");
        assert!(message.contains("is no day") && message.contains("7d"), "{message}");
        assert!(wrong("words:many").unwrap_err().1.contains("words:>3"));
        assert!(wrong("tag:").unwrap_err().1.contains("needs a value"));
        assert!(wrong("is:green").unwrap_err().1.contains("unread"));
        assert!(wrong("xyzzy:1").unwrap_err().1.contains("known are speaker"));
    }

    proptest! {
        #[test]
        fn any_text_is_a_query_or_an_error_within_it(text in "\\PC{0,40}") {
            if let Err(error) = parse(&text) {
                prop_assert!(text.get(error.span.range()).is_some());
            }
        }
    }
}
