//! Which elements a page does not show.

use super::scan::{MOST_ATTRIBUTES, attributes};

/// Classes that well-known sites and frameworks give to what nobody reads: links to an editor, hints for a program
/// that reads aloud.
const UNSEEN: [&str; 5] = ["mw-editsection", "noprint", "sr-only", "visually-hidden", "screen-reader-text"];

/// Whether attributes keep an element from being shown.
pub(super) fn is_hidden(all: &str) -> bool {
    if all.len() < 6 {
        return false;
    }
    let hidden = |(name, value): (&str, &str)| {
        let plain = || value.chars().filter(|c| !c.is_whitespace()).take(200).collect::<String>().to_ascii_lowercase();
        if name.eq_ignore_ascii_case("style") {
            let style = plain();
            style.contains("display:none") || style.contains("visibility:hidden")
        } else if name.eq_ignore_ascii_case("class") {
            value.split_ascii_whitespace().take(20).any(|class| UNSEEN.contains(&class))
        } else if name.eq_ignore_ascii_case("aria-hidden") {
            plain() == "true"
        } else {
            name.eq_ignore_ascii_case("hidden") && plain() != "until-found"
        }
    };
    attributes(all).take(MOST_ATTRIBUTES).any(hidden)
}

#[cfg(test)]
mod tests {
    use super::is_hidden;

    #[test]
    fn what_a_page_does_not_show_is_known_in_every_spelling() {
        for hidden in [
            " hidden",
            " HIDDEN=''",
            " style='color: red; DISPLAY :none'",
            " style=visibility:hidden",
            " aria-hidden=true",
            " class='a sr-only'",
        ] {
            assert!(is_hidden(hidden), "{hidden}");
        }
        for shown in [
            "",
            " class=hidden-gem",
            " style='display:block'",
            " aria-hidden=false",
            " hidden=until-found",
            " data-hidden=true",
        ] {
            assert!(!is_hidden(shown), "{shown}");
        }
    }
}
