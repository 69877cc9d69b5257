//! Any text as an address, and any link from it: only the web, no secrets, the same when read again.

use pullquote::fetch::Address;
use pullquote::text::safe;

/// Reads `text` as an address, as one that is typed, and as a link.
pub fn check(text: &str) {
    let page = Address::parse("https://example.org/a/b").expect("an address");
    for read in [Address::parse(text), Address::typed(text), page.join(text)] {
        match read {
            Ok(address) => check_address(&address),
            Err(error) => {
                let line = error.to_string();
                assert_eq!(safe::line(&line), line);
            }
        }
    }
}

fn check_address(address: &Address) {
    let text = address.as_str();
    assert!(text.starts_with("http://") || text.starts_with("https://"), "{text}");
    assert!(text.is_ascii() && safe::line(text) == text && !text.contains([' ', '#']), "{text:?}");
    assert!(!address.host().is_empty() && address.port() > 0 || text.contains(":0"), "{text}");
    let authority = text.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    assert!(!authority.contains('@'), "{text}");
    assert_eq!(Address::parse(&address.with_secrets()).as_ref(), Ok(address), "{text}");
    assert!(address.is_same_place(address) && address.is_same_server(address));
    let _ = address.literal_zone();
}
