//! What stands on a page beside its story and calls itself so: cookie banners, advertisements, related stories, bars
//! for sharing, newsletter boxes, navigation.
//!
//! A name alone takes nothing away: sites call a section "social" and a wrapper of everything "ad". So a part of the
//! page goes only where enough is left without it. Lengths are bytes of words outside of links, because related
//! stories and navigation are made of links and stories are not.

use std::ops::Range;

use super::scan::{MOST_ATTRIBUTES, attributes};
use super::tags::{Kind, Tag};

/// Classes and ids of what is no part of a story, in lower case with `-` between words, in order.
const NAMES: [&str; 117] = [
    "ad",
    "ad-banner",
    "ad-block",
    "ad-box",
    "ad-break",
    "ad-container",
    "ad-label",
    "ad-placeholder",
    "ad-slot",
    "ad-space",
    "ad-unit",
    "ad-wrapper",
    "addthis",
    "addtoany",
    "ads",
    "adsbygoogle",
    "advert",
    "advertisement",
    "advertisements",
    "advertising",
    "adverts",
    "also-read",
    "breadcrumb",
    "breadcrumbs",
    "cc-banner",
    "cc-window",
    "consent-banner",
    "cookie-alert",
    "cookie-banner",
    "cookie-bar",
    "cookie-consent",
    "cookie-disclaimer",
    "cookie-law",
    "cookie-law-info-bar",
    "cookie-message",
    "cookie-modal",
    "cookie-notice",
    "cookie-notification",
    "cookie-overlay",
    "cookie-popup",
    "cookie-prompt",
    "cookie-warning",
    "cookiebanner",
    "cookieconsent",
    "cookies-banner",
    "cybotcookiebotdialog",
    "dfp-ad",
    "email-signup",
    "gdpr",
    "gdpr-banner",
    "gdpr-notice",
    "google-ad",
    "jp-relatedposts",
    "mailing-list",
    "more-articles",
    "more-news",
    "more-stories",
    "most-popular",
    "most-read",
    "newsletter",
    "newsletter-box",
    "newsletter-form",
    "newsletter-promo",
    "newsletter-sign-up",
    "newsletter-signup",
    "newsletter-subscribe",
    "newsletter-subscription",
    "newsletter-widget",
    "onetrust-banner-sdk",
    "onetrust-consent-sdk",
    "outbrain",
    "popular-posts",
    "popular-stories",
    "read-next",
    "recommended",
    "recommended-articles",
    "recommended-posts",
    "recommended-stories",
    "related",
    "related-articles",
    "related-content",
    "related-coverage",
    "related-links",
    "related-news",
    "related-posts",
    "related-reading",
    "related-stories",
    "related-topics",
    "relatedposts",
    "share",
    "share-bar",
    "share-buttons",
    "share-icons",
    "share-links",
    "share-this",
    "share-tools",
    "sharebar",
    "sharedaddy",
    "sharethis",
    "sharing",
    "skip-link",
    "social-bar",
    "social-buttons",
    "social-icons",
    "social-links",
    "social-media",
    "social-share",
    "social-sharing",
    "subscribe-box",
    "subscribe-form",
    "subscription-box",
    "taboola",
    "trending",
    "trending-now",
    "trending-stories",
    "up-next",
    "you-may-like",
];
/// Bytes of the longest of [`NAMES`].
const LONGEST: usize = 23;
/// Parts of a page that are no story by their role.
const ROLES: [&str; 7] = ["alertdialog", "banner", "complementary", "contentinfo", "dialog", "navigation", "search"];
/// Names of one element that are looked at.
const MOST_NAMES: usize = 20;
/// Length up to which a part may be longer than what is left without it: a notice on a page of few words.
const NOTICE: usize = 500;

/// Whether an element says that it is no part of the story. Parts of a line never are: a sentence would lose words.
pub(super) fn is_clutter(tag: Tag, all: &str) -> bool {
    if tag.name == "nav" {
        return true;
    }
    let is_part = matches!(tag.kind, Kind::Block | Kind::List | Kind::Item | Kind::Paragraph | Kind::Heading);
    if !is_part || matches!(tag.name, "article" | "main") {
        return false;
    }
    attributes(all).take(MOST_ATTRIBUTES).any(|(name, value)| {
        let mut words = value.split_ascii_whitespace().take(MOST_NAMES);
        if name.eq_ignore_ascii_case("class") || name.eq_ignore_ascii_case("id") {
            words.any(is_known)
        } else {
            let is_known = |word: &str| ROLES.iter().any(|role| role.eq_ignore_ascii_case(word));
            name.eq_ignore_ascii_case("role") && words.next().is_some_and(is_known)
        }
    })
}

/// Whether `name` is one of [`NAMES`] in any case and with `_` for `-`, its modifier (`ad--wide`) aside.
fn is_known(name: &str) -> bool {
    let name = name.split_once("--").map_or(name, |(block, _)| block);
    let mut plain = [0; LONGEST];
    let Some(plain) = plain.get_mut(..name.len()) else { return false };
    for (to, from) in plain.iter_mut().zip(name.bytes()) {
        *to = if from == b'_' { b'-' } else { from.to_ascii_lowercase() };
    }
    NAMES.binary_search_by(|known| known.as_bytes().cmp(plain)).is_ok()
}

/// The parts of a page that call themselves no story, found while it is written.
#[derive(Debug, Default)]
pub(super) struct Clutter {
    open: Vec<Part>,
    closed: Vec<Part>,
    /// Length of what lies in no part.
    outside: usize,
    /// Length of everything so far.
    all: usize,
    /// Main headings and main parts so far.
    signs: usize,
}

#[derive(Debug)]
struct Part {
    /// How many elements were open where it began.
    depth: usize,
    /// Where it stands in the page; `end` is known when it ends.
    place: Range<usize>,
    /// Length of what lies in it and in no part inside it.
    own: usize,
    /// Length of all that lies in it; until it ends, of what lies before it.
    length: usize,
    /// Signs of a story in it; until it ends, those before it.
    signs: usize,
}

impl Clutter {
    /// Part of a page begins at byte `at` of it, in `depth` open elements.
    pub(super) fn begin(&mut self, depth: usize, at: usize) {
        self.open.push(Part { depth, place: at..at, own: 0, length: self.all, signs: self.signs });
    }

    /// The element in `depth` others ends before byte `at`. One whose end tag is missing may have swallowed anything.
    pub(super) fn end(&mut self, depth: usize, at: usize, is_missing: bool) {
        let Some(mut part) = self.open.pop_if(|part| part.depth == depth) else { return };
        if is_missing {
            match self.open.last_mut() {
                Some(around) => around.own += part.own,
                None => self.outside += part.own,
            }
            return;
        }
        part.place.end = at;
        part.length = self.all - part.length;
        part.signs = self.signs - part.signs;
        self.closed.push(part);
    }

    /// An element begins that only what is about the story has.
    pub(super) fn see(&mut self, tag: Tag) {
        self.signs += usize::from(matches!(tag.name, "h1" | "main"));
    }

    /// Words outside of links.
    pub(super) fn words(&mut self, text: &str) {
        let length = text.trim().len();
        self.all += length;
        match self.open.last_mut() {
            Some(part) => part.own += length,
            None => self.outside += length,
        }
    }

    /// `page` without the parts that it can do without.
    pub(super) fn cut(self, page: String) -> String {
        let mut parts = self.closed;
        // What holds most is judged first: where it stays, the rest is measured by it.
        parts.sort_by_key(|part| (std::cmp::Reverse(part.length), part.place.start));
        let mut left = self.outside;
        parts.retain(|part| {
            let is_small = part.length * 2 <= left || (part.length <= NOTICE && part.length <= left * 4);
            let goes = left > 0 && part.signs == 0 && is_small;
            left += if goes { 0 } else { part.own };
            goes
        });
        if parts.is_empty() {
            return page;
        }
        parts.sort_by_key(|part| part.place.start);
        let mut kept = String::with_capacity(page.len());
        let mut at = 0;
        for Part { place, .. } in parts.into_iter().filter(|part| !part.place.is_empty()) {
            if place.start >= at {
                kept.push_str(page.get(at..place.start).unwrap_or_default());
                // Words before and behind what goes are not one.
                kept.push_str(if kept.ends_with('>') { "" } else { "<hr>" });
                at = place.end;
            }
        }
        kept.push_str(page.get(at..).unwrap_or_default());
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::import::html::tags::tag;

    #[test]
    fn names_are_in_order_and_found() {
        assert!(NAMES.is_sorted_by(|a, b| a < b));
        assert_eq!(NAMES.iter().map(|name| name.len()).max(), Some(LONGEST));
        assert!(NAMES.iter().all(|name| is_known(name) && is_known(&name.to_ascii_uppercase().replace('-', "_"))));
    }

    #[test]
    fn only_whole_names_and_roles_of_parts_count() {
        for (name, attributes) in [
            ("div", " class='wide ad'"),
            ("section", " id=Related_Stories"),
            ("div", " class=share-bar--top"),
            ("ul", " class=breadcrumbs"),
            ("p", " class=newsletter"),
            ("header", " role=banner"),
            ("div", " role='dialog'"),
            ("nav", ""),
        ] {
            assert!(is_clutter(tag(name), attributes), "{name}{attributes}");
        }
        for (name, attributes) in [
            ("div", " class=adventure"),
            ("div", " class=unrelated"),
            ("div", " class='head-ad lead'"),
            ("div", " title=ad"),
            ("div", " role=main"),
            ("div", " role='presentation navigation'"),
            ("article", " class=newsletter"),
            ("main", " id=share"),
            ("a", " class=related"),
            ("span", " class=ad"),
            ("td", " class=ad"),
            ("footer", ""),
        ] {
            assert!(!is_clutter(tag(name), attributes), "{name}{attributes}");
        }
    }
}
