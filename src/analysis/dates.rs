//! Dates and amounts of money, by their fixed patterns.
//!
//! Units: token indexes. A date names a day, month or year ("November 4, 2025", "Friday", "in 2019"); what is only
//! relative ("yesterday") or a time of day is none. An amount has a currency ("$4.5 million", "USD15", "20 euros").

use super::token::{Document, Shape, Word, word};

/// A date or an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Index of its first token.
    pub first: usize,
    /// One past the index of its last token.
    pub end: usize,
    /// Whether it is an amount of money.
    pub money: bool,
}

/// All dates and amounts in `document`, in order, not overlapping.
#[must_use]
pub fn find(document: &Document<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < document.tokens.len() {
        if let Some(length) = money(document, at) {
            found.push(Found { first: at, end: at + length, money: true });
            at += length;
        } else if let Some(length) = date(document, at) {
            found.push(Found { first: at, end: at + length, money: false });
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

const MONTHS: &[Word] = &[
    word("january"),
    word("february"),
    word("march"),
    word("april"),
    word("may"),
    word("june"),
    word("july"),
    word("august"),
    word("september"),
    word("october"),
    word("november"),
    word("december"),
    word("jan."),
    word("feb."),
    word("mar."),
    word("apr."),
    word("aug."),
    word("sept."),
    word("oct."),
    word("nov."),
    word("dec."),
    word("jan"),
    word("feb"),
    word("apr"),
    word("jun"),
    word("jul"),
    word("aug"),
    word("sept"),
    word("sep"),
    word("oct"),
    word("nov"),
    word("dec"),
];

const DAYS: &[Word] = &[
    word("monday"),
    word("tuesday"),
    word("wednesday"),
    word("thursday"),
    word("friday"),
    word("saturday"),
    word("sunday"),
];

const SCALES: &[Word] = &[
    word("thousand"),
    word("million"),
    word("billion"),
    word("trillion"),
    word("m"),
    word("bn"),
    word("tn"),
    word("crore"),
    word("lakh"),
];

const UNITS: &[Word] = &[
    word("dollars"),
    word("dollar"),
    word("euros"),
    word("euro"),
    word("pounds"),
    word("yen"),
    word("yuan"),
    word("rupees"),
    word("roubles"),
    word("rubles"),
    word("francs"),
    word("cents"),
    word("pence"),
    word("won"),
    word("pesos"),
    word("rand"),
    word("riyals"),
    word("dirhams"),
    word("shekels"),
    word("krona"),
    word("kroner"),
    word("usd"),
    word("eur"),
    word("gbp"),
];

/// The length of the amount that starts at `at`, in tokens.
fn money(document: &Document<'_>, at: usize) -> Option<usize> {
    let text = document.text_of(at);
    let number = |at: usize| document.shape_at(at).has(Shape::NUMBER);
    let tight = |at: usize| !document.shape_at(at).has(Shape::SPACED);
    let scaled = |at: usize| usize::from(SCALES.contains(&document.word_at(at)));
    if is_sign(text) && number(at + 1) {
        return Some(2 + scaled(at + 2));
    }
    // "US$50", "A$3": the letters are a token of their own.
    if is_country_of_sign(text) && is_sign(document.text_of(at + 1)) && tight(at + 1) && number(at + 2) {
        return Some(3 + scaled(at + 3));
    }
    let code = text
        .get(..3)
        .is_some_and(|code| ["USD", "EUR", "GBP", "AUD", "CAD", "NZD", "INR", "JPY", "CHF"].contains(&code));
    if code && text.get(3..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return Some(1 + scaled(at + 1));
    }
    if code && text.len() == 3 && number(at + 1) {
        return Some(2 + scaled(at + 2));
    }
    if number(at) {
        let scale = scaled(at + 1);
        let country =
            usize::from(["US", "U.S.", "Canadian", "Australian", "Hong"].contains(&document.text_of(at + 1 + scale)));
        let unit = at + 1 + scale + country;
        if UNITS.contains(&document.word_at(unit))
            || is_sign(document.text_of(unit)) && tight(unit) && !number(unit + 1)
        {
            return Some(unit + 1 - at);
        }
    }
    None
}

fn is_sign(text: &str) -> bool {
    matches!(text, "$" | "€" | "£" | "¥" | "₹" | "₽" | "₩" | "₪" | "₦" | "₱" | "₺" | "₴" | "฿")
}

fn is_country_of_sign(text: &str) -> bool {
    matches!(text, "US" | "A" | "AU" | "C" | "CA" | "NZ" | "HK" | "NT" | "S" | "R")
}

/// The length of the date that starts at `at`, in tokens.
fn date(document: &Document<'_>, at: usize) -> Option<usize> {
    let shape = document.shape_at(at);
    let this = document.word_at(at);
    if shape.has(Shape::NUMBER) {
        return numeric(document, at).or_else(|| {
            let month = at + 1 + usize::from(document.word_at(at + 1) == word("of"));
            (is_day(document.text_of(at)) && is_month(document, month))
                .then(|| month + 1 + year_after(document, month + 1) - at)
        });
    }
    if DAYS.contains(&this) && shape.has(Shape::CAPITALISED) {
        let comma = usize::from(document.word_at(at + 1) == word(","));
        // Never another day of the week: a row of those would be gone through once for each.
        let next = at + 1 + comma;
        let goes_on = is_month(document, next) || document.shape_at(next).has(Shape::NUMBER);
        let more = goes_on.then(|| date(document, next)).flatten();
        return Some(more.map_or(1, |length| 1 + comma + length));
    }
    if !is_month(document, at) {
        return None;
    }
    if is_day(document.text_of(at + 1)) && document.shape_at(at + 1).has(Shape::NUMBER) {
        return Some(2 + year_after(document, at + 2));
    }
    let year = year_after(document, at + 1);
    // "May" and "March" alone are more often other words.
    let doubtful = [word("may"), word("march")].contains(&this);
    let after = [
        word("in"),
        word("since"),
        word("last"),
        word("of"),
        word("until"),
        word("early"),
        word("late"),
        word("by"),
        word("this"),
        word("next"),
    ];
    let sure = !doubtful || (at > 0 && after.contains(&document.word_at(at - 1)));
    (year > 0 || sure).then_some(1 + year)
}

fn is_month(document: &Document<'_>, at: usize) -> bool {
    MONTHS.contains(&document.word_at(at)) && document.shape_at(at).has(Shape::CAPITALISED)
}

/// Whether `text` is a day of a month: `4`, `04`, `4th`.
fn is_day(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = text.get(digits.len()..).unwrap_or_default();
    let ends = ending.is_empty() || ["st", "nd", "rd", "th"].contains(&ending);
    ends && digits.len() <= 2 && digits.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
}

/// Whether `text` is a year of our time, `1000` to `2100`.
fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: u16| (1000..=2100).contains(&year))
}

/// The tokens of `2020` or `, 2020` at `at`, 0 for none.
fn year_after(document: &Document<'_>, at: usize) -> usize {
    let comma = usize::from(document.word_at(at) == word(","));
    if is_year(document.text_of(at + comma)) { comma + 1 } else { 0 }
}

/// A date of numbers alone: `2025-11-21`, `21/11/2025`, `1990s`, and years where they can be nothing else.
fn numeric(document: &Document<'_>, at: usize) -> Option<usize> {
    let text = document.text_of(at);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut fields = text.split('-');
    if let (Some(year), Some(month), Some(day), None) = (fields.next(), fields.next(), fields.next(), fields.next()) {
        return (is_year(year) && digits(month) && is_day(day) && month.len() <= 2).then_some(1);
    }
    if text.len() == 5 && text.strip_suffix('s').is_some_and(is_year) {
        return Some(1);
    }
    let slashed = (1..5).all(|k| !document.shape_at(at + k).has(Shape::SPACED));
    if slashed && document.text_of(at + 1) == "/" && document.text_of(at + 3) == "/" {
        let short = |text: &str| text.len() <= 2 && digits(text);
        let (a, b, c) = (text, document.text_of(at + 2), document.text_of(at + 4));
        return (short(a) && short(b) && (is_year(c) || short(c)) && !c.is_empty()).then_some(5);
    }
    let before = if at > 0 { document.word_at(at - 1) } else { 0 };
    let leads = [
        word("in"),
        word("since"),
        word("until"),
        word("of"),
        word("by"),
        word("from"),
        word("late"),
        word("early"),
        word("before"),
        word("after"),
    ];
    let year = is_year(text) && leads.contains(&before);
    // "in 2000 people's homes" is a number.
    let counts = document.shape_at(at + 1).has(Shape::LETTERS) && !document.shape_at(at + 1).has(Shape::CAPITALISED);
    let goes_on = [
        word("and"),
        word("to"),
        word("when"),
        word("after"),
        word("with"),
        word("by"),
        word("that"),
        word("the"),
        word("for"),
        word("as"),
        word("but"),
        word("he"),
        word("she"),
        word("while"),
        word("because"),
        word("at"),
        word("in"),
        word("on"),
        word("it"),
        word("they"),
        word("until"),
        word("or"),
        word("through"),
        word("under"),
        word("following"),
        word("before"),
    ];
    (year && (!counts || goes_on.contains(&document.word_at(at + 1)))).then_some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` with `[D ...]` around dates and `[M ...]` around amounts must be found so.
    fn check(marked: &str) {
        let plain = marked.replace("[D ", "").replace("[M ", "").replace(']', "");
        let document = Document::new(&plain);
        let mut made = String::new();
        let mut at = 0;
        for found in find(&document) {
            let span = document.span_of(found.first, found.end);
            made.push_str(&plain[at..span.start]);
            made.push_str(if found.money { "[M " } else { "[D " });
            made.push_str(span.of(&plain));
            made.push(']');
            at = span.end;
        }
        made.push_str(&plain[at..]);
        assert_eq!(made, marked);
    }

    #[test]
    fn dates_of_all_forms() {
        check("On [D November 4, 2025] and [D 4 November 2025], on [D Friday], [D Monday, May 4], in [D April 2020].");
        check("[D 2025-11-21] or [D 21/11/2025]; the [D 1990s]; in [D 2019] he left; since [D 1984].");
        check("the [D 4th of July] in [D May]; in [D Sept. 2001]");
    }

    #[test]
    fn what_only_looks_like_a_date() {
        check("He may march. Theresa May spoke. In 2000 cases it failed. Room 1984 and 2020 seats.");
    }

    #[test]
    fn amounts_of_all_forms() {
        check(
            "It cost [M $4.5 million], [M USD15] or [M US$50], [M €20m] and [M 20 euros], [M £3bn], [M 5 million US dollars].",
        );
        check("He paid [M 100$] for 5 pounds".replace("5 pounds", "[M 5 pounds]").as_str());
    }
}
