//! Keys by which names, titles, tags and sources are compared: case, diacritics and punctuation do not count.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// `text` folded: letters and digits in lower case without diacritics, words separated by one blank, apostrophes
/// dropped ("O’Brien" is "obrien").
pub(super) fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    // Dashes and quotation marks, which nearly every text has, are what they are in any form of Unicode.
    if text.chars().all(|c| c.is_ascii() || ('\u{2010}'..='\u{2027}').contains(&c)) {
        text.chars().for_each(|c| push(&mut key, c));
    } else {
        text.nfd().filter(|c| !is_combining_mark(*c)).for_each(|c| push(&mut key, c));
    }
    key.truncate(key.trim_end().len());
    key
}

fn push(key: &mut String, c: char) {
    if c.is_ascii_alphanumeric() {
        key.push(c.to_ascii_lowercase());
    } else if c.is_alphanumeric() {
        key.extend(c.to_lowercase());
    } else if !matches!(c, '\'' | '’' | 'ʼ') && !key.is_empty() && !key.ends_with(' ') {
        key.push(' ');
    }
}

/// The words of `text` as the full-text index sees them: folded, apostrophes separate.
pub(super) fn words(text: &str) -> Vec<String> {
    fold(&text.replace(['\'', '’', 'ʼ'], " ")).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The letters and digits of `text` alone, in lower case, whether it has its diacritics in letters or behind them: what
/// two quotes are compared by.
pub(super) fn letters(text: &str) -> String {
    let text = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    };
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            letters.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() && c.is_alphanumeric() {
            letters.extend(c.to_lowercase());
        }
    }
    letters
}

/// A hash of the words of `text` alone: the same for curly and straight quotation marks, any line ends and spaces.
/// `None` where there are too few words to call two texts the same story.
pub(super) fn story(text: &str) -> Option<i64> {
    const FEWEST_LETTERS: usize = 200;
    let letters = letters(text);
    (letters.len() >= FEWEST_LETTERS).then(|| xxhash_rust::xxh3::xxh3_64(letters.as_bytes()).cast_signed())
}

/// The host of an address, without `www.` and in lower case; empty where it has none.
pub(super) fn host(url: &str) -> String {
    let Some((_, rest)) = url.split_once("://") else { return String::new() };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().to_lowercase();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_to_the_same_key_however_they_are_written() {
        assert_eq!(fold("José  Ángel-Gurría"), "jose angel gurria");
        assert_eq!(fold(" O’Brien, JR. "), "obrien jr");
        assert_eq!(fold("O'Brien jr"), "obrien jr");
        assert_eq!(fold("…"), "");
        assert_eq!(fold("Жириновский"), "жириновскии", "й is и with a breve");
    }

    #[test]
    fn a_host_is_what_a_reader_would_call_the_site() {
        assert_eq!(host("https://user@www.BBC.co.uk:443/news?a=b"), "bbc.co.uk");
        assert_eq!(host("https://en.wikinews.org"), "en.wikinews.org");
        assert_eq!(host("about:blank"), "");
    }

    #[test]
    fn a_story_is_its_words_and_short_texts_have_none() {
        let straight = "\"It's done,\" she said.\n\nThe rest\nfollows.".repeat(10);
        let curly = "“It’s done,” she said. The rest follows.".repeat(10);
        assert!(story(&straight).is_some());
        assert_eq!(story(&straight), story(&curly));
        assert_ne!(story(&straight), story(&straight.replace("done", "gone")));
        assert_eq!(story("Too short."), None);
        let accented = "Señora Peña went to the café in Łódź and Århus.".repeat(10);
        assert_eq!(story(&accented), story(&accented.nfd().collect::<String>()));
    }
}
