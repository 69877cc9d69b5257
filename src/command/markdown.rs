//! Text in Markdown that stays text.

/// `text` with everything escaped that would mean something to Markdown or HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '!') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_article_says_is_never_markup() {
        assert_eq!(escaped("*so* <b>_x_</b> [a](b) #1 & 2"), r"\*so\* \<b\>\_x\_\</b\> \[a\](b) \#1 \& 2");
    }
}
