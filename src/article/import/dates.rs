//! Days of publication, in the shapes that files and pages write them in.

use jiff::civil::Date;

/// Years that a story can be from; anything else is a number that only looks like one.
const YEARS: std::ops::RangeInclusive<i16> = 1400..=2200;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words that may stand beside a date in a line that says nothing else.
const BESIDE: [&str; 33] = [
    "date",
    "dated",
    "published",
    "publication",
    "posted",
    "updated",
    "last",
    "modified",
    "on",
    "at",
    "the",
    "of",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "utc",
    "gmt",
    "et",
    "est",
    "edt",
    "pt",
    "pst",
    "pdt",
    "cet",
    "cest",
    "bst",
    "z",
    "t",
    "h",
    "ist",
    "first",
];

/// The first date in `text`: ISO 8601, RFC 2822, "21 November 2025", "Nov. 21st, 2025", "21.11.2025" and the like.
/// Numbers alone whose order cannot be told (03/04/2025) are no date.
#[must_use]
pub fn find(text: &str) -> Option<Date> {
    let words: Vec<&str> = words(text).take(40).collect();
    numeric(text).or_else(|| (0..words.len()).find_map(|at| named(&words, at))).or_else(|| compact(&words))
}

/// The date of a line that says nothing else ("Published: Friday, 21 November 2025, 10:30 am").
#[must_use]
pub fn line(text: &str) -> Option<Date> {
    if text.len() > 100 {
        return None;
    }
    let alone = words(text).all(|word| {
        let word = word.to_ascii_lowercase();
        word.starts_with(|c: char| c.is_ascii_digit())
            || month(&word).is_some()
            || is_weekday(&word)
            || BESIDE.contains(&word.as_str())
    });
    if alone { find(text) } else { None }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn is_weekday(word: &str) -> bool {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| word.starts_with(day))
        && (word.len() < 5 || word.ends_with("day"))
}

/// `word` as a month, written out or cut to three letters or more.
fn month(word: &str) -> Option<i8> {
    let lower = word.to_ascii_lowercase();
    let index = MONTHS.iter().position(|month| lower.len() >= 3 && month.starts_with(&lower))?;
    i8::try_from(index + 1).ok()
}

/// "21", "21st": the day of a month.
fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !matches!(word.get(digits.len()..)?, "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    if word.len() != 4 { None } else { word.parse().ok().filter(|year| YEARS.contains(year)) }
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    if YEARS.contains(&year) { Date::new(year, month, day).ok() } else { None }
}

/// A date with the name of its month at `at`.
fn named(words: &[&str], at: usize) -> Option<Date> {
    let month = month(words.get(at)?)?;
    let before = at.checked_sub(1).and_then(|before| words.get(before)).filter(|word| **word != "of");
    let before = before.or_else(|| at.checked_sub(2).and_then(|before| words.get(before)));
    let behind = |steps: usize| words.get(at + steps).copied();
    let day_first = before.and_then(|word| date(year(behind(1)?)?, month, day(word)?));
    day_first.or_else(|| date(year(behind(2)?)?, month, day(behind(1)?)?))
}

/// A date in numbers with something between them.
fn numeric(text: &str) -> Option<Date> {
    let starts = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).take(60);
    let mut last = None;
    starts
        .filter(|at| last.replace(*at).is_none_or(|before| before + 1 != *at))
        .find_map(|at| numeric_at(text.get(at..)?))
}

/// A date in numbers at the start of `text`.
fn numeric_at(text: &str) -> Option<Date> {
    let (first, separator, rest) = number(text)?;
    let (second, again, rest) = number(rest)?;
    let third = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    if separator != again || !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    if let Some(year) = year(first) {
        return date(year, second.parse().ok()?, third.parse().ok()?);
    }
    let year = year(third)?;
    let (first, second) = (first.parse().ok()?, second.parse().ok()?);
    match separator {
        '.' => date(year, second, first),
        _ if first > 12 => date(year, second, first),
        _ if second > 12 || first == second => date(year, first, second),
        _ => None,
    }
}

/// A number, the character behind it, and what follows.
fn number(text: &str) -> Option<(&str, char, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).filter(|end| (1..=4).contains(end))?;
    let (digits, rest) = text.split_at_checked(end)?;
    let mut rest = rest.chars();
    Some((digits, rest.next()?, rest.as_str()))
}

/// "20251121", "20251121T103000Z".
fn compact(words: &[&str]) -> Option<Date> {
    let eight = |word: &&str| -> Option<Date> {
        let digits = word.get(..8)?;
        let alone = word.len() == 8 || word.get(8..9) == Some("T");
        if !alone || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        date(digits.get(..4)?.parse().ok()?, digits.get(4..6)?.parse().ok()?, digits.get(6..)?.parse().ok()?)
    };
    words.iter().find_map(eight)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn the_21st() -> Option<Date> {
        Date::new(2025, 11, 21).ok()
    }

    #[test]
    fn the_usual_shapes_are_read() {
        for text in [
            "2025-11-21",
            "2025-11-21T10:30:00Z",
            "2025-11-21 10:30:00 +0100",
            "Fri, 21 Nov 2025 10:30:00 +0000",
            "21 November 2025",
            "November 21, 2025",
            "Nov. 21, 2025",
            "Friday, November 21st, 2025",
            "21st of November 2025",
            "21. november 2025",
            "20251121",
            "20251121T103000Z",
            "21.11.2025",
            "11/21/2025",
            "21/11/2025",
            "2025/11/21",
            "Published 10:30 am, 21 Nov 2025",
            "FRIDAY 21 NOVEMBER 2025",
            "21-Nov-2025",
        ] {
            assert_eq!(find(text), the_21st(), "{text}");
            assert_eq!(line(text), the_21st(), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_no_date() {
        for text in [
            "",
            "03/04/2025",
            "November 2025",
            "2025",
            "31 February 2025",
            "21 Nov 99999",
            "1.2.3",
            "9999-99-99",
            "May 4",
            "²1 Nov 2025",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_within_a_sentence_is_found_but_is_no_date_line() {
        let text = "The talks of 21 November 2025 failed";
        assert_eq!(find(text), the_21st());
        assert_eq!(line(text), None);
    }
}
