//! What becomes of each character.
//!
//! Unicode's default-ignorable characters are invisible, so a reader loses nothing with them and a text can hide
//! nothing in them; only joiners and variation selectors change how their neighbours look, and stay there.

use unicode_width::UnicodeWidthChar;

/// What becomes of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is text.
    Keep,
    /// It goes without a trace.
    Drop,
    /// It ends a line.
    LineEnd,
    /// It moves to the next tab stop.
    Tab,
    /// It may start an escape sequence.
    Escape,
    /// It stands for nothing that everybody sees alike: the replacement character shows where it was.
    Unknown,
    /// It joins or parts its neighbours, in scripts that have such forms.
    Joiner,
    /// It chooses a form of the character before it.
    Selector,
}

/// Bytes at the start of `bytes` that are printable ASCII or `\n`: safe as they are.
pub(super) fn clean_prefix(bytes: &[u8]) -> usize {
    const STEP: usize = 32;
    let clean = |byte: &u8| matches!(byte, 0x20..0x7F | b'\n');
    let mut at = 0;
    // Whole steps without a branch inside, which the compiler turns into vector code.
    while let Some(step) = bytes.get(at..at + STEP) {
        if !step.iter().fold(true, |all, byte| all & clean(byte)) {
            break;
        }
        at += STEP;
    }
    at + bytes.iter().skip(at).take_while(|byte| clean(byte)).count()
}

/// Whether `c` is text that starts a grapheme cluster of its own whatever stands before it. Not all such characters,
/// but those that most texts are made of: they are let through without a second look.
pub(super) fn is_plain(c: char) -> bool {
    matches!(c,
        '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{370}'..='\u{482}' | '\u{48A}'..='\u{556}'
        | '\u{1E00}'..='\u{1F15}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{20A0}'..='\u{20BF}'
        | '\u{2100}'..='\u{218B}' | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{309B}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF01}'..='\u{FF9D}')
}

/// Whether `c` takes no column of its own: it is drawn into the cell of the character before it.
pub(super) fn is_mark(c: char) -> bool {
    !c.is_ascii() && c.width() == Some(0)
}

/// What becomes of `c`, wherever it stands.
pub(super) fn fate(c: char) -> Fate {
    match c {
        '\t' => Fate::Tab,
        '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::LineEnd,
        '\u{1B}' | '\u{9B}' | '\u{9D}' => Fate::Escape,
        _ if c.is_control() || is_invisible(c) => Fate::Drop,
        // Signs over what follows them, numbers above all: without a column of their own, they open a cluster.
        '\u{605}' | '\u{70F}' | '\u{890}' | '\u{891}' | '\u{8E2}' => Fate::Drop,
        // Letters of Indic scripts that are drawn into the next one: they too open a cluster without a column.
        '\u{D4E}'
        | '\u{111C2}'
        | '\u{111C3}'
        | '\u{113D1}'
        | '\u{1193F}'
        | '\u{11941}'
        | '\u{11A84}'..='\u{11A89}'
        | '\u{11D46}'
        | '\u{11F02}' => Fate::Unknown,
        '\u{200C}' | '\u{200D}' => Fate::Joiner,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}' | '\u{180F}' => Fate::Selector,
        // Private use: a font may draw a part of our own frame, or anything as wide as it likes.
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => Fate::Unknown,
        '\u{FDD0}'..='\u{FDEF}' => Fate::Unknown,
        _ if u32::from(c) & 0xFFFE == 0xFFFE => Fate::Unknown,
        _ => Fate::Keep,
    }
}

/// Default-ignorable and other invisible characters but joiners and selectors, and all that change the direction of
/// text: marks, embeddings, overrides and isolates. (The screen is made of single cells, in which even a mark of
/// direction would do nothing.)
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
        | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFC}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}')
}

/// Whether a joiner behind `last` can have a meaning: in cursive and Indic scripts and between emoji, not in Latin,
/// Greek or Cyrillic, where it only hides a word from a search.
pub(super) fn takes_joiner(last: char) -> bool {
    let written = matches!(last, '\u{590}'..='\u{1FFF}' | '\u{A840}'..='\u{ABFF}' | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE0F}' | '\u{FE70}'..='\u{FEFE}' | '\u{10A00}'..='\u{11FFF}' | '\u{1E900}'..='\u{1E95F}');
    written || is_pictograph(last)
}

/// Whether `selector` behind `last` can have a meaning: one at most, and each kind behind its own characters.
pub(super) fn takes_selector(last: char, selector: char) -> bool {
    match selector {
        '\u{FE0E}' | '\u{FE0F}' => is_pictograph(last) || matches!(last, '#' | '*' | '0'..='9' | '\u{A9}' | '\u{AE}'),
        '\u{180B}'..='\u{180F}' => matches!(last, '\u{1820}'..='\u{18AA}'),
        '\u{E0100}'.. => is_ideograph(last),
        _ => {
            is_ideograph(last)
                || matches!(last, '\u{2200}'..='\u{22FF}' | '\u{1000}'..='\u{109F}' | '\u{A840}'..='\u{A877}')
        }
    }
}

/// Symbols that have a colourful form, generously.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{203C}' | '\u{2049}' | '\u{2100}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}'
        | '\u{1F000}'..='\u{1FAFF}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3000}'..='\u{303F}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF5E}' | '\u{20000}'..='\u{3FFFD}')
}
