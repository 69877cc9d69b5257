//! A page made small and well-formed before any parser sees it, in one pass whose time is linear in the page.
//!
//! Parsers of the html5ever family take quadratic time in the depth of a page and may overflow the stack; open
//! formatting elements multiply, and attributes are compared each with each. So here only elements that matter to a
//! reader are written out again, every one with its end tag, none deeper than [`MAX_DEPTH`], attributes from a short
//! list and each once. What is hidden goes, and what stands beside the story ([`super::clutter`]). No other text is lost: what was nested too deep stays as text at the depth that was reached.

use super::clutter::{Clutter, is_clutter};
use super::hidden::is_hidden;
use super::meta::Declared;
use super::scan::{MOST_ATTRIBUTES, Scanner, Token, attributes};
use super::tags::{Kind, Tag};

/// Elements in each other at most. Real pages have at most about forty.
const MAX_DEPTH: usize = 64;
/// How far back an end tag looks for the element it ends among those that were left out.
const MAX_LOOK_BACK: usize = 64;
/// Bytes of an attribute that is written out again.
const MAX_VALUE: usize = 1024;

/// Attributes that tell content from decoration, or where a link leads.
const KEPT: [&str; 12] =
    ["class", "id", "href", "rel", "itemprop", "itemtype", "datetime", "role", "property", "lang", "dir", "start"];

/// A page that is safe to parse.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    /// The page, small and well-formed.
    pub(super) html: String,
    /// Elements in it.
    pub(super) elements: usize,
    /// What the page says of itself.
    pub(super) declared: Declared<'a>,
}

/// Makes `html` safe to parse.
pub(super) fn prune(html: &str) -> Page<'_> {
    let mut pruner = Pruner { scanner: Scanner::new(html), ..Pruner::default() };
    pruner.run();
    let Pruner { head, body, clutter, elements, declared, .. } = pruner;
    let body = clutter.cut(body);
    let html = format!("<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>");
    Page { html, elements, declared }
}

struct Pruner<'a> {
    scanner: Scanner<'a>,
    head: String,
    body: String,
    /// Elements open in `body`, outermost first.
    open: Vec<Tag>,
    /// Blocks open around here that were left out because they were too deep.
    left_out: Vec<&'static str>,
    /// How many elements were open where one began that is not for reading.
    gone: Option<usize>,
    clutter: Clutter,
    elements: usize,
    declared: Declared<'a>,
}

impl Default for Pruner<'_> {
    fn default() -> Self {
        Self {
            scanner: Scanner::new(""),
            head: String::new(),
            body: String::new(),
            open: Vec::new(),
            left_out: Vec::new(),
            gone: None,
            clutter: Clutter::default(),
            elements: 0,
            declared: Declared::default(),
        }
    }
}

impl<'a> Pruner<'a> {
    fn run(&mut self) {
        while let Some(token) = self.scanner.next() {
            match token {
                Token::Text("<") => self.write("&lt;"),
                Token::Text(text) => self.text(text),
                Token::Open(tag, attributes) => self.start(tag, attributes),
                Token::Close(tag) => self.end(tag),
            }
        }
        self.close_to(0, None);
    }

    fn write(&mut self, html: &str) {
        if self.gone.is_none() {
            self.body.push_str(html);
        }
    }

    /// Text, in which only the last piece of a page can hold a sign that opens nothing.
    fn text(&mut self, text: &str) {
        if self.gone.is_none() && !self.open.iter().any(|open| open.kind == Kind::Link) {
            self.clutter.words(text);
        }
        if text.starts_with('<') {
            self.write(&text.replace('<', "&lt;"));
        } else {
            self.write(text);
        }
    }

    fn start(&mut self, tag: Tag, attributes: &'a str) {
        match tag.kind {
            Kind::Ignored => self.declared.see(tag, attributes),
            Kind::Raw => self.raw(tag, attributes),
            Kind::Break => {
                self.close_paragraph_before(tag);
                self.line_break(if tag.name == "hr" { "<hr>" } else { "<br>" });
            }
            _ => {
                self.declared.see(tag, attributes);
                self.close_before(tag);
                self.open(tag, attributes);
            }
        }
    }

    fn raw(&mut self, tag: Tag, attributes: &'a str) {
        let content = self.scanner.raw(&tag);
        match tag.name {
            "script" => self.declared.script(attributes, content),
            "title" if self.declared.title.is_none() && !content.trim().is_empty() => {
                self.declared.title = Some(content);
                let title: String = content.chars().take(MAX_VALUE).collect();
                self.head.push_str(&format!("<title>{}</title>", title.replace('<', "&lt;")));
            }
            _ => {}
        }
    }

    /// Ends what a start tag ends without saying so.
    fn close_before(&mut self, tag: Tag) {
        self.close_paragraph_before(tag);
        match tag.kind {
            Kind::Heading => self.close_up_to(|open| open == Kind::Heading, |open| open != Kind::Inline),
            Kind::Item => self
                .close_up_to(|open| open == Kind::Item, |open| matches!(open, Kind::List | Kind::Cell | Kind::Table)),
            Kind::Link => self.close_up_to(|open| open == Kind::Link, |open| matches!(open, Kind::Cell | Kind::Table)),
            Kind::Row => self.close_inside(|open| open == Kind::Table),
            Kind::Cell if tag.name == "caption" => self.close_inside(|open| open == Kind::Table),
            Kind::Cell => {
                self.close_inside(|open| matches!(open, Kind::Row | Kind::Table));
                if self.open.last().is_some_and(|open| open.kind == Kind::Table) {
                    self.open(Tag { name: "tr", kind: Kind::Row }, "");
                }
            }
            _ => {}
        }
    }

    fn close_paragraph_before(&mut self, tag: Tag) {
        let part_of_line =
            matches!(tag.kind, Kind::Inline | Kind::Link | Kind::Quote | Kind::Gone | Kind::Row | Kind::Cell);
        if !part_of_line && tag.name != "br" {
            self.close_up_to(|open| open == Kind::Paragraph, |open| matches!(open, Kind::Cell | Kind::Table));
        }
    }

    /// Closes the innermost open element that is `wanted`, unless one that `stops` is further in.
    fn close_up_to(&mut self, wanted: impl Fn(Kind) -> bool, stops: impl Fn(Kind) -> bool) {
        let found = self.open.iter().rposition(|open| wanted(open.kind) || stops(open.kind));
        if let Some(at) = found.filter(|at| self.open.get(*at).is_some_and(|open| wanted(open.kind))) {
            self.close_to(at, Some(at));
        }
    }

    /// Closes everything inside of the innermost open element that is `wanted`.
    fn close_inside(&mut self, wanted: impl Fn(Kind) -> bool) {
        if let Some(at) = self.open.iter().rposition(|open| wanted(open.kind)) {
            self.close_to(at + 1, None);
        }
    }

    fn open(&mut self, tag: Tag, attributes: &str) {
        let in_table = self.open.iter().any(|open| open.kind == Kind::Table);
        let misplaced = matches!(tag.kind, Kind::Row | Kind::Cell) && !in_table;
        if misplaced || self.open.len() >= MAX_DEPTH {
            if !matches!(tag.kind, Kind::Inline | Kind::Link | Kind::Quote | Kind::Gone) {
                self.line_end();
            }
            if matches!(tag.kind, Kind::Block | Kind::List | Kind::Table) {
                self.left_out.push(tag.name);
            }
            return;
        }
        if self.gone.is_none() && (tag.kind == Kind::Gone || is_hidden(attributes)) {
            self.gone = Some(self.open.len());
        }
        if self.gone.is_none() {
            self.elements += 1;
            if is_clutter(tag, attributes) {
                self.clutter.begin(self.open.len(), self.body.len());
            }
            self.clutter.see(tag);
            match tag.kind {
                Kind::Quote => self.body.push('“'),
                _ => self.start_tag(tag, attributes),
            }
        }
        self.open.push(tag);
    }

    /// A line end of the author's, or a rule; more than two in a row say nothing more.
    fn line_break(&mut self, html: &str) {
        if !self.body.ends_with("<br><br>") {
            self.elements += 1;
            self.write(html);
        }
    }

    /// Parts what is before from what is behind, once.
    fn line_end(&mut self) {
        if !self.body.ends_with('>') {
            self.line_break("<br>");
        }
    }

    fn start_tag(&mut self, tag: Tag, all: &str) {
        self.body.push('<');
        self.body.push_str(tag.name);
        let mut written = [false; KEPT.len()];
        for (name, value) in attributes(all).take(MOST_ATTRIBUTES) {
            let Some(at) = KEPT.iter().position(|kept| name.eq_ignore_ascii_case(kept)) else { continue };
            if value.len() <= MAX_VALUE && written.get_mut(at).is_some_and(|written| !std::mem::replace(written, true))
            {
                let value = value.replace('"', "&quot;");
                self.body.extend([" ", KEPT.get(at).copied().unwrap_or_default(), "=\"", &value, "\""]);
            }
        }
        self.body.push('>');
    }

    fn end(&mut self, tag: Tag) {
        match tag.kind {
            Kind::Ignored | Kind::Raw => return,
            Kind::Break => return self.line_break("<br>"),
            _ => {}
        }
        let look_back = self.left_out.len().saturating_sub(MAX_LOOK_BACK);
        let recent = self.left_out.get(look_back..).unwrap_or_default();
        if let Some(at) = recent.iter().rposition(|name| *name == tag.name) {
            self.left_out.truncate(look_back + at);
            return self.line_end();
        }
        let matches = |open: &Tag| open.name == tag.name || (tag.kind == Kind::Heading && open.kind == Kind::Heading);
        let stops = |open: &Tag| match tag.kind {
            Kind::Inline | Kind::Link | Kind::Quote => {
                !matches!(open.kind, Kind::Inline | Kind::Link | Kind::Quote | Kind::Block)
            }
            Kind::Table => false,
            Kind::Row | Kind::Cell => open.kind == Kind::Table,
            _ => matches!(open.kind, Kind::Cell | Kind::Table),
        };
        let found = self.open.iter().rposition(|open| matches(open) || stops(open));
        if let Some(at) = found.filter(|at| self.open.get(*at).is_some_and(matches)) {
            self.left_out.clear();
            self.close_to(at, Some(at));
        }
    }

    /// Closes all open elements but the `depth` outermost; `ended` is the one that ends here by right.
    fn close_to(&mut self, depth: usize, ended: Option<usize>) {
        while self.open.len() > depth {
            let Some(tag) = self.open.pop() else { return };
            match tag.kind {
                _ if self.gone.is_some() => {}
                Kind::Quote => self.body.push('”'),
                _ => self.body.extend(["</", tag.name, ">"]),
            }
            if self.gone == Some(self.open.len()) {
                self.gone = None;
            }
            let ends_by_itself = matches!(tag.kind, Kind::Paragraph | Kind::Item);
            let is_missing = ended != Some(self.open.len()) && !ends_by_itself;
            self.clutter.end(self.open.len(), self.body.len(), is_missing);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is in the body of the pruned page.
    fn body(html: &str) -> String {
        let page = prune(html).html;
        let (_, body) = page.split_once("<body>").unwrap();
        body.strip_suffix("</body></html>").unwrap().to_owned()
    }

    #[test]
    fn every_element_gets_its_end_tag() {
        assert_eq!(body("<p>a<p>b<div>c"), "<p>a</p><p>b</p><div>c</div>");
        assert_eq!(
            body("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e"),
            "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>e"
        );
        assert_eq!(
            body("<table><td>a<td>b<tr><td>c</table>d"),
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>d"
        );
        assert_eq!(body("<h1>a<h2>b</h1>c"), "<h1>a</h1><h2>b</h2>c");
        assert_eq!(body("<a href=x>a<a href=y>b</a>c"), "<a href=\"x\">a</a><a href=\"y\">b</a>c");
        assert_eq!(body("</div></p>a</li>"), "a");
        assert_eq!(body("<div><table><tr><td></div>a"), "<div><table><tr><td>a</td></tr></table></div>");
    }

    #[test]
    fn what_says_nothing_to_a_reader_goes() {
        assert_eq!(
            body("<b>a</b><font color=red>b</font><x-y>c</x-y><script>d</script><!-- e --><svg><text>f</text></svg>"),
            "abc"
        );
        assert_eq!(
            body("<p style='display: none'>a<b>b</b></p><p>c</p><figure><figcaption>d<p>e</figcaption></figure>f"),
            "<p>c</p><figure></figure>f"
        );
        assert_eq!(body("<div hidden><p>a</div>b<p aria-hidden=true>c"), "b");
        assert_eq!(body("he said <q>no</q>"), "he said “no”");
    }

    #[test]
    fn attributes_are_few_and_quoted() {
        assert_eq!(body("<p onclick=x CLASS='a\"b' class=c data-x=1 id=d>"), "<p class=\"a&quot;b\" id=\"d\"></p>");
        let many: String = (0..10_000).map(|n| format!(" a{n}=1")).collect();
        assert_eq!(body(&format!("<p{many}>x")), "<p>x</p>");
    }

    #[test]
    fn depth_is_capped_and_no_text_is_lost() {
        let html: String = (0..500).map(|n| format!("<div>{n}")).collect();
        let pruned = body(&html);
        assert_eq!(pruned.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(pruned.matches("</div>").count(), MAX_DEPTH);
        for n in 0..500 {
            assert!(pruned.contains(&format!(">{n}<")), "{n}");
        }
    }

    #[test]
    fn end_tags_of_what_was_left_out_close_nothing_else() {
        let html = format!("<main>{}x{}<p>still inside</main>after", "<div>".repeat(100), "</div>".repeat(100));
        let pruned = body(&html);
        assert!(pruned.ends_with("</div><p>still inside</p></main>after"), "{pruned}");
    }

    #[test]
    fn signs_that_open_nothing_stay_text() {
        assert_eq!(body("1 < 2 && 3 <"), "1 &lt; 2 && 3 &lt;");
        assert_eq!(body("a <b"), "a &lt;b");
    }
}
