//! Which encoding a page says it is in.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

use super::scan::{Scanner, Token, attribute};
use super::tags::Kind;

/// The encoding that the page which begins with `head` names in its XML declaration or in a `<meta>`.
pub(in crate::article::import) fn declared(head: &[u8]) -> Option<&'static Encoding> {
    // Every encoding in which a declaration can be found at all writes it in ASCII.
    let head = WINDOWS_1252.decode_without_bom_handling(head).0;
    let named = xml(&head).or_else(|| meta(&head))?;
    match named {
        // What was just read byte by byte is in no encoding of two bytes.
        _ if named == UTF_16LE || named == UTF_16BE => Some(UTF_8),
        _ if named == X_USER_DEFINED => Some(WINDOWS_1252),
        _ => Some(named),
    }
}

fn xml(head: &str) -> Option<&'static Encoding> {
    let (declaration, _) = head.trim_start().strip_prefix("<?xml")?.split_once('>')?;
    encoding(attribute(declaration.trim_end_matches('?'), "encoding")?)
}

fn meta(head: &str) -> Option<&'static Encoding> {
    let mut scanner = Scanner::new(head);
    while let Some(token) = scanner.next() {
        match token {
            Token::Open(tag, _) if tag.kind == Kind::Raw => _ = scanner.raw(&tag),
            Token::Open(tag, all) if tag.name == "meta" => {
                let is_type =
                    attribute(all, "http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("content-type"));
                let content = attribute(all, "content").filter(|_| is_type).and_then(in_content_type);
                if let Some(found) = attribute(all, "charset").or(content).and_then(encoding) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}

/// What stands behind `charset=` in a content type.
fn in_content_type(content: &str) -> Option<&str> {
    let at = content.to_ascii_lowercase().find("charset")?;
    let value = content.get(at + "charset".len()..)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some(quote) => value.get(1..)?.split_once(quote).map(|(label, _)| label),
        None => value.split(|c: char| c.is_ascii_whitespace() || c == ';').next(),
    }
}

fn encoding(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes())
}
