//! Words that are usually written in lower case: a capital on one of them says little.

use std::collections::{BTreeMap, BTreeSet};

use pullquote::analysis::token::{Document, Shape};

#[derive(Default)]
struct Uses {
    lower: u32,
    capital: u32,
    texts: u32,
    last: usize,
}

/// Lower-case words of at least three texts that are capitalised at most one time in eight inside sentences.
pub fn words(texts: &[String]) -> BTreeSet<String> {
    let mut uses: BTreeMap<String, Uses> = BTreeMap::new();
    for (number, text) in texts.iter().enumerate() {
        let document = Document::new(text);
        for paragraph in document.paragraphs.iter().filter(|paragraph| !paragraph.heading) {
            for at in paragraph.first as usize..paragraph.end as usize {
                let Some(token) = document.tokens.get(at) else { continue };
                let plain = document.text_of(at);
                let after_mark = at > 0 && document.shape_at(at - 1).has(Shape::QUOTE_MARK);
                let skip = Shape::FIRST.with(Shape::DIGITS).with(Shape::ADDRESS).with(Shape::PUNCTUATION);
                if token.shape.any(skip) || after_mark || plain.chars().count() < 2 || plain.starts_with(['\'', '’'])
                {
                    continue;
                }
                let used = uses.entry(plain.to_lowercase()).or_default();
                if token.is_capitalised() {
                    used.capital += 1;
                } else {
                    used.lower += 1;
                    if used.last != number + 1 {
                        used.texts += 1;
                        used.last = number + 1;
                    }
                }
            }
        }
    }
    let common = uses.into_iter().filter(|(_, used)| used.texts >= 3 && used.lower >= 7 * used.capital);
    common.map(|(word, _)| word).collect()
}
