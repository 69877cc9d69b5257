//! What is known about a story, in a line under its title: date, length, minutes to read, voices.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Skin;
use super::pen::Pen;
use crate::app::Reader;
use crate::config::theme::Role;

/// Words a reader takes in in a minute.
const WORDS_A_MINUTE: usize = 230;
/// Bytes up to which a story's words are counted for each frame; those of longer ones are estimated.
const COUNTED_BYTES: usize = 1 << 17;
/// Bytes of a word and the blank after it, in a long story.
const BYTES_A_WORD: usize = 6;

/// Draws the facts of the story into the first row of `area`.
pub fn draw(buffer: &mut Buffer, area: Rect, reader: &Reader, skin: &Skin) {
    let shown = line(reader, skin.glyphs.between);
    let mut pen = Pen::new(buffer, area, 0);
    pen.fit(&shown, area.width.into(), skin.glyphs, skin.role(Role::Dim));
}

/// The facts of the story in one line.
#[must_use]
pub fn line(reader: &Reader, between: &str) -> String {
    let article = &reader.article;
    let mut facts: Vec<String> = article.meta.date.map(date).into_iter().collect();
    facts.extend(article.meta.byline.clone());
    let length = article.text.len();
    let words = if length > COUNTED_BYTES { rounded(length / BYTES_A_WORD) } else { article.words() };
    facts.push(words_in(length, words));
    facts.push(format!("{} min", words.div_ceil(WORDS_A_MINUTE).max(1)));
    if let Some((_, voices)) = reader.analysis.as_ref().filter(|(_, voices)| !voices.all.is_empty()) {
        facts.push(counted(voices.all.len(), "voice", "voices"));
    }
    facts.join(between)
}

/// How many words `text` has: "12 words", "about 33000 words".
#[must_use]
pub fn words(text: &str) -> String {
    let length = text.len();
    let long = length > COUNTED_BYTES;
    words_in(length, if long { rounded(length / BYTES_A_WORD) } else { text.split_whitespace().count() })
}

/// `words` of a text of so many bytes, as they are told.
fn words_in(length: usize, words: usize) -> String {
    format!("{}{}", if length > COUNTED_BYTES { "about " } else { "" }, counted(words, "word", "words"))
}

/// `count` to two figures: an estimate is no better.
fn rounded(count: usize) -> usize {
    let unit = 10_usize.pow(count.checked_ilog10().unwrap_or(0).saturating_sub(1));
    count.saturating_add(unit / 2) / unit * unit
}

/// `count` with what is counted.
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    }
}

/// `date` as it is written in a line: `21 Nov 2025`.
#[must_use]
pub fn date(date: jiff::civil::Date) -> String {
    format!("{} {}", short_date(date), date.year())
}

/// `date` without its year: `21 Nov`.
#[must_use]
pub fn short_date(date: jiff::civil::Date) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = usize::try_from(date.month() - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    format!("{} {month}", date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_have_two_figures() {
        let cases = [(0, 0), (7, 7), (33, 33), (334, 330), (33_333, 33_000), (99_999, 100_000)];
        for (count, shown) in cases {
            assert_eq!(rounded(count), shown);
        }
        assert!(rounded(usize::MAX) > 0);
    }
}
