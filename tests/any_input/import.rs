//! Any bytes under any name: an article that keeps all its promises, the same each time.

use pullquote::article::Article;
use pullquote::article::import::{import, is_binary};

/// Names of all formats, and one that tells nothing.
pub const NAMES: [&str; 6] = ["a.txt", "a.md", "a.html", "a.json", "https://example.org/story", ""];

/// Imports `bytes` as the content of a file called `name`.
pub fn check(bytes: &[u8], name: &str) -> Article {
    let _ = is_binary(bytes);
    let article = import(bytes, name);
    assert_eq!(article.flaw(), None, "imported as {name:?}");
    assert!(import(bytes, name) == article, "another article the second time");
    article
}

/// The same from one input: its first byte chooses the name.
pub fn check_input(input: &[u8]) {
    let (first, bytes) = input.split_first().unwrap_or((&0, &[]));
    check(bytes, NAMES[usize::from(*first) % NAMES.len()]);
}
