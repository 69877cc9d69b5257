//! The elements of HTML that matter to a reader, and what each is to them.

/// What an element is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its tags mean nothing; what is inside is text.
    Ignored,
    /// Its content is no text of the page and not even HTML.
    Raw,
    /// It and all elements inside are no text of the story.
    Gone,
    /// It ends a line.
    Break,
    /// It groups blocks.
    Block,
    /// A paragraph, which the next block ends.
    Paragraph,
    /// A heading, which the next heading ends.
    Heading,
    /// Text with its own line ends.
    Preformatted,
    /// A list.
    List,
    /// An item of a list, which the next item ends.
    Item,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
    /// Part of a line.
    Inline,
    /// A link.
    Link,
    /// A short quotation, whose marks the reader puts.
    Quote,
}

/// An element: its name in lower case and its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

/// Longest name in [`TAGS`].
const LONGEST: usize = 10;

/// By name, for a binary search. Formatting elements (`b`, `i`, `font`, ...) are ignored: they say nothing that a
/// reader shows, and left open they are what makes parsers slow.
const TAGS: [(&str, Kind); 76] = [
    ("a", Kind::Link),
    ("address", Kind::Block),
    ("article", Kind::Block),
    ("aside", Kind::Block),
    ("audio", Kind::Raw),
    ("base", Kind::Ignored),
    ("blockquote", Kind::Block),
    ("br", Kind::Break),
    ("button", Kind::Gone),
    ("canvas", Kind::Raw),
    ("caption", Kind::Cell),
    ("center", Kind::Block),
    ("datalist", Kind::Raw),
    ("dd", Kind::Item),
    ("details", Kind::Block),
    ("dialog", Kind::Gone),
    ("dir", Kind::List),
    ("div", Kind::Block),
    ("dl", Kind::List),
    ("dt", Kind::Item),
    ("fieldset", Kind::Block),
    ("figcaption", Kind::Gone),
    ("figure", Kind::Block),
    ("footer", Kind::Block),
    ("form", Kind::Block),
    ("h1", Kind::Heading),
    ("h2", Kind::Heading),
    ("h3", Kind::Heading),
    ("h4", Kind::Heading),
    ("h5", Kind::Heading),
    ("h6", Kind::Heading),
    ("header", Kind::Block),
    ("hgroup", Kind::Block),
    ("hr", Kind::Break),
    ("html", Kind::Ignored),
    ("iframe", Kind::Raw),
    ("legend", Kind::Block),
    ("li", Kind::Item),
    ("listing", Kind::Preformatted),
    ("main", Kind::Block),
    ("map", Kind::Raw),
    ("math", Kind::Raw),
    ("menu", Kind::List),
    ("meta", Kind::Ignored),
    ("nav", Kind::Block),
    ("noembed", Kind::Raw),
    ("noframes", Kind::Raw),
    ("noscript", Kind::Raw),
    ("object", Kind::Raw),
    ("ol", Kind::List),
    ("p", Kind::Paragraph),
    ("plaintext", Kind::Preformatted),
    ("pre", Kind::Preformatted),
    ("q", Kind::Quote),
    ("rp", Kind::Gone),
    ("rt", Kind::Gone),
    ("script", Kind::Raw),
    ("search", Kind::Block),
    ("section", Kind::Block),
    ("select", Kind::Raw),
    ("span", Kind::Inline),
    ("style", Kind::Raw),
    ("summary", Kind::Block),
    ("sup", Kind::Inline),
    ("svg", Kind::Raw),
    ("table", Kind::Table),
    ("td", Kind::Cell),
    ("template", Kind::Raw),
    ("textarea", Kind::Raw),
    ("th", Kind::Cell),
    ("time", Kind::Inline),
    ("title", Kind::Raw),
    ("tr", Kind::Row),
    ("ul", Kind::List),
    ("video", Kind::Raw),
    ("xmp", Kind::Preformatted),
];

/// The element called `name`, in any case.
pub(super) fn tag(name: &str) -> Tag {
    let mut lower = [0; LONGEST];
    let found = lower.get_mut(..name.len()).and_then(|lower| {
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        TAGS.binary_search_by(|(known, _)| known.as_bytes().cmp(lower)).ok()
    });
    let (name, kind) = found.and_then(|at| TAGS.get(at)).copied().unwrap_or(("", Kind::Ignored));
    Tag { name, kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_every_name_is_found() {
        assert!(TAGS.is_sorted_by(|a, b| a.0 < b.0));
        for (name, kind) in TAGS {
            assert!(name.len() <= LONGEST);
            assert_eq!(tag(&name.to_ascii_uppercase()), Tag { name, kind });
        }
    }

    #[test]
    fn other_names_are_ignored() {
        for name in ["", "b", "my-element", "averyveryverylongname", "tablé"] {
            assert_eq!(tag(name).kind, Kind::Ignored);
        }
    }
}
