//! What stands in tags beside their names, written so that every parser understands it.

use super::Mender;
use crate::fetch::feed::markup::{local, pairs, reference};

/// Attributes of an element at most, and bytes of one's value.
const MAX_ATTRIBUTES: usize = 24;
const MAX_VALUE: usize = 4096;

impl Mender<'_> {
    /// The attributes of the outermost element: what says which kind of feed it is, in the way that is understood.
    pub(super) fn root(&mut self, name: &str, attributes: &str) {
        let own = pairs(attributes).find(|(key, _)| *key == "xmlns").map(|(_, value)| value);
        let early = local(name) == "feed" && own.is_some_and(|space| space.contains("purl.org/atom/ns#"));
        if early {
            self.out.xml.push_str(" early=\"yes\"");
        }
        let space = match local(name) {
            "rss" => {
                // What versions differ in is understood in all of them.
                self.out.xml.push_str(" version=\"2.0\"");
                None
            }
            "RDF" => Some("http://purl.org/rss/1.0/"),
            "feed" | "entry" if !name.contains(':') => Some("http://www.w3.org/2005/Atom"),
            _ => own,
        };
        if let Some(space) = space.filter(|_| own.is_some()) {
            self.out.xml.push_str(&format!(" xmlns=\"{space}\""));
        }
        self.attributes(attributes, |key, _| matches!(key, "xmlns" | "version" | "early"));
    }

    /// The attributes of a text of Atom: its type is one of three words now, and was a type of content before.
    pub(super) fn construct(&mut self, attributes: &str) {
        let value = |wanted| pairs(attributes).find(|(key, _)| *key == wanted).map(|(_, value)| value);
        let kind = match (value("type"), value("mode")) {
            (Some("application/xhtml+xml"), _) | (_, Some("xml")) => Some("xhtml"),
            (Some("text/plain"), _) => Some("text"),
            (Some("text/html"), _) | (_, Some("escaped")) => Some("html"),
            _ => None,
        };
        if let Some(kind) = kind {
            self.out.xml.push_str(&format!(" type=\"{kind}\""));
        }
        self.attributes(attributes, |key, _| key == "mode" || (key == "type" && kind.is_some()));
    }

    /// Writes the attributes but those that `leave_out` says.
    pub(super) fn attributes(&mut self, attributes: &str, leave_out: impl Fn(&str, &str) -> bool) {
        if attributes.trim_ascii().is_empty() {
            return;
        }
        let mut seen: [&str; MAX_ATTRIBUTES] = [""; MAX_ATTRIBUTES];
        let wanted = pairs(attributes).filter(|(key, value)| value.len() <= MAX_VALUE && !leave_out(key, value));
        for (place, (key, value)) in wanted.take(MAX_ATTRIBUTES).enumerate() {
            if seen.contains(&key) {
                continue;
            }
            if let Some(place) = seen.get_mut(place) {
                *place = key;
            }
            let quote = if value.contains('"') { '\'' } else { '"' };
            self.out.xml.push(' ');
            self.out.xml.push_str(key);
            self.out.xml.push('=');
            self.out.xml.push(quote);
            for piece in value.split_inclusive(['<', '&']) {
                let (text, sign) = match piece.char_indices().next_back() {
                    Some((at, sign @ ('<' | '&'))) => (piece.get(..at).unwrap_or_default(), Some(sign)),
                    _ => (piece, None),
                };
                self.out.xml.push_str(text);
                self.out.xml.push_str(match sign {
                    Some('<') => "&lt;",
                    Some(_) => {
                        let behind = value.get(offset_in(piece, value) + piece.len() - 1..).unwrap_or_default();
                        if reference(behind).is_some() { "&" } else { "&amp;" }
                    }
                    None => "",
                });
            }
            self.out.xml.push(quote);
        }
    }
}

fn offset_in(piece: &str, whole: &str) -> usize {
    (piece.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}
