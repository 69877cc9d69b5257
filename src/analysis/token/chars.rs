//! What a character is to the tokenizer; ASCII is looked up, the rest decided by its Unicode properties.

/// Classes that decide where a token ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// White space and control characters.
    Space,
    /// Letters, and what combines with them.
    Letter,
    /// Digits.
    Digit,
    /// Everything else.
    Mark,
}

/// The class of `c`.
pub fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '\0'..=' ' | '\u{7f}' => Class::Space,
        '!'..='~' => Class::Mark,
        _ if c.is_alphabetic() => Class::Letter,
        _ if c.is_numeric() => Class::Digit,
        _ if c.is_whitespace() || c.is_control() => Class::Space,
        '\u{200b}' | '\u{2060}' | '\u{feff}' => Class::Space,
        // Combining marks, joiners and variation selectors belong to the letter before them.
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200c}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => Class::Letter,
        _ if is_combining(c) => Class::Letter,
        _ => Class::Mark,
    }
}

/// Vowel signs and other marks of scripts whose words hold them (Devanagari to Thai, Hebrew, Arabic).
fn is_combining(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{963}'
        | '\u{970}'..='\u{dff}' | '\u{e30}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// Apostrophes, as they occur inside words.
pub const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '\u{ff07}')
}

/// Hyphens that join words; dashes do not.
pub const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Quotation marks: straight, curly, angle, low-high, primes and the corner brackets of East Asia.
pub const fn is_quote_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '\u{b4}' | '\u{ab}' | '\u{bb}' | '\u{2018}'..='\u{201f}' | '\u{2032}' | '\u{2033}'
        | '\u{2039}' | '\u{203a}' | '\u{300c}'..='\u{300f}' | '\u{301d}'..='\u{301f}' | '\u{ff02}' | '\u{ff07}')
}

/// Marks that close what a sentence end may stand inside of.
pub const fn is_closer(c: char) -> bool {
    matches!(c, ')' | ']' | '}') || (is_quote_mark(c) && !is_opening_only(c))
}

/// Marks that only ever open.
pub const fn is_opening_only(c: char) -> bool {
    matches!(
        c,
        '\u{ab}'
            | '\u{2018}'
            | '\u{201a}'
            | '\u{201c}'
            | '\u{201e}'
            | '\u{2039}'
            | '\u{300c}'
            | '\u{300e}'
            | '\u{301d}'
    )
}

/// Marks that end sentences.
pub const fn is_terminator(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '\u{2026}' | '\u{203c}' | '\u{2047}'
            ..='\u{2049}' | '\u{3002}' | '\u{ff01}' | '\u{ff0e}' | '\u{ff1f}' | '\u{61f}' | '\u{6d4}' | '\u{964}'
    )
}
