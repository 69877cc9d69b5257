//! Whether a text is English, which alone the weights and lists know: of a text in another language only quotation
//! marks and capitalised names are found.

use super::lexicon::{Classes, Lexicon};
use super::token::{Document, Shape, Word, word};

/// How many words of a text are looked at.
const LOOK: usize = 400;

/// Words of grammar of the languages that news is mostly written in, but for those that are English words too.
const ELSEWHERE: [Word; 78] = [
    word("le"),
    word("la"),
    word("les"),
    word("du"),
    word("des"),
    word("une"),
    word("et"),
    word("est"),
    word("dans"),
    word("que"),
    word("qui"),
    word("sur"),
    word("avec"),
    word("il"),
    word("elle"),
    word("der"),
    word("das"),
    word("und"),
    word("ist"),
    word("nicht"),
    word("ein"),
    word("eine"),
    word("den"),
    word("dem"),
    word("von"),
    word("mit"),
    word("für"),
    word("auf"),
    word("im"),
    word("sie"),
    word("ich"),
    word("wir"),
    word("el"),
    word("los"),
    word("las"),
    word("una"),
    word("por"),
    word("para"),
    word("como"),
    word("del"),
    word("al"),
    word("se"),
    word("di"),
    word("che"),
    word("gli"),
    word("della"),
    word("è"),
    word("sono"),
    word("o"),
    word("da"),
    word("em"),
    word("um"),
    word("uma"),
    word("não"),
    word("och"),
    word("att"),
    word("det"),
    word("som"),
    word("är"),
    word("på"),
    word("og"),
    word("er"),
    word("til"),
    word("ikke"),
    word("het"),
    word("een"),
    word("van"),
    word("niet"),
    word("zijn"),
    word("ja"),
    word("ei"),
    word("że"),
    word("nie"),
    word("się"),
    word("hogy"),
    word("az"),
    word("ve"),
    word("bir"),
];

/// Words of grammar in English that are such words, or others, in other languages too.
const SHARED: [Word; 14] = [
    word("a"),
    word("am"),
    word("an"),
    word("as"),
    word("do"),
    word("he"),
    word("in"),
    word("me"),
    word("no"),
    word("on"),
    word("so"),
    word("to"),
    word("was"),
    word("will"),
];

/// Whether the document is English: it has more of its words of grammar than of those of others, or none of either.
#[must_use]
pub fn is_english(document: &Document<'_>, lexicon: &Lexicon) -> bool {
    let (mut english, mut other) = (0_usize, 0_usize);
    let words = document.tokens.iter().filter(|token| token.shape.has(Shape::LETTERS)).take(LOOK);
    for token in words {
        // A capital inside a sentence is a name's: "Le Monde", "San Juan del Sur".
        let named = token.is_capitalised() && !token.shape.has(Shape::FIRST);
        let accented = token.shape.has(Shape::NON_ASCII) && is_foreign(token.span.of(document.text), named);
        if accented || !named && ELSEWHERE.contains(&token.word) {
            other += 1;
        } else if !named && !SHARED.contains(&token.word) && lexicon.classes(token.word).any(Classes::FUNCTION) {
            english += 1;
        }
    }
    english >= other
}

/// Whether letters of `text` show another language: accents, but not in names; other scripts.
fn is_foreign(text: &str, named: bool) -> bool {
    text.chars().any(|c| c.is_alphabetic() && (c > '\u{24f}' || !named && !c.is_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_english(text: &str) -> bool {
        super::is_english(&Document::new(text), &Lexicon::embedded())
    }

    #[test]
    fn words_of_grammar_tell_the_language() {
        for text in [
            "Taxes will be low, said Ana Ruiz.",
            "“Hi,” said Ann Lee.",
            "Rain",
            "",
            "Le Monde wrote that the mayor of Los Angeles and Las Vegas had met in La Paz.",
            "He came, and that was all of it. Она сказала это.",
        ] {
            assert!(is_english(text), "{text}");
        }
        for text in [
            "« Nous rentrons à la maison », a déclaré Bob Day lors d'une conférence de presse à Paris.",
            "„Das ist ein wichtiger Schritt für unser Land“, sagte Angela Merkel in Berlin.",
            "«No vamos a rendirnos», dijo Pedro Sánchez a los periodistas.",
            "”Vi går nu”, sa Anna till tidningen. Det är inte så lätt att förstå.",
            "首相は記者団に対し、「増税は考えていない」と述べた。",
            "«Мы идём домой», — сказала она.",
            "„Idziemy do domu”, powiedział minister. Nie wiadomo, czy się uda.",
        ] {
            assert!(!is_english(text), "{text}");
        }
    }
}
