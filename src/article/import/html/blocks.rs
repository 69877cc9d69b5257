//! The blocks of a well-formed page: from its tags and text straight to paragraphs, headings, lists and tables.

use std::ops::Range;

use super::references::decode;
use super::scan::{Scanner, Token, attribute};
use super::table::Table;
use super::tags::{Kind, Tag};
use crate::article::BlockKind;
use crate::article::import::draft::Draft;
use crate::article::import::lines;
use crate::article::import::opening::Opening;

/// Writes the blocks of `html` that `opening` does not take for something said already.
pub(super) fn write(html: &str, draft: &mut Draft, opening: &mut Opening) {
    let mut writer = Writer::new(draft, opening);
    let mut scanner = Scanner::new(html);
    while let Some(token) = scanner.next() {
        match token {
            Token::Text(text) => writer.text(text),
            Token::Open(tag, _) if tag.kind == Kind::Raw => _ = scanner.raw(&tag),
            Token::Open(tag, attributes) => writer.start(tag, attributes),
            Token::Close(tag) => writer.end(tag),
        }
    }
    while writer.tables.pop().is_some_and(|table| writer.table(table)) {}
    writer.flush();
}

struct Writer<'d, 'o> {
    draft: &'d mut Draft,
    opening: &'o mut Opening,
    /// Text of the block so far, and links in it.
    raw: String,
    links: Vec<(Range<usize>, String)>,
    /// Where the open link began, and its target.
    link: Option<(usize, String)>,
    /// Where the open superscript began.
    raised: Option<usize>,
    heading: bool,
    kept: bool,
    quotations: u8,
    /// Open lists: the number of the next item in those that have numbers.
    lists: Vec<Option<usize>>,
    /// What the item of a list that has not been written yet begins with.
    item: Option<String>,
    /// Open tables whose rows are still collected.
    tables: Vec<Table>,
}

impl<'d, 'o> Writer<'d, 'o> {
    fn new(draft: &'d mut Draft, opening: &'o mut Opening) -> Self {
        Self {
            draft,
            opening,
            raw: String::new(),
            links: Vec::new(),
            link: None,
            raised: None,
            heading: false,
            kept: false,
            quotations: 0,
            lists: Vec::new(),
            item: None,
            tables: Vec::new(),
        }
    }

    /// Text; its own line ends are blanks, so that those of the author's hand can be told from them.
    fn text(&mut self, text: &str) {
        let text = decode(text);
        if self.kept {
            self.raw.push_str(&text);
        } else if !self.raw.is_empty() || !text.trim().is_empty() {
            let mut lines = text.split(['\n', '\r']);
            self.raw.push_str(lines.next().unwrap_or_default());
            for line in lines {
                self.raw.push(' ');
                self.raw.push_str(line);
            }
        }
    }

    fn start(&mut self, tag: Tag, attributes: &str) {
        match tag.kind {
            Kind::Link => {
                let target = attribute(attributes, "href").map(|url| decode(url).into_owned());
                self.end_link();
                self.link = target.map(|url| (self.raw.len(), url));
            }
            Kind::Inline if tag.name == "sup" => self.raised = Some(self.raw.len()),
            Kind::Inline | Kind::Ignored | Kind::Quote | Kind::Raw | Kind::Gone => {}
            Kind::Break if tag.name == "br" => self.line_end(),
            Kind::Break => self.part(),
            Kind::Table => {
                self.part();
                self.unfold_tables();
                self.tables.push(Table::default());
            }
            Kind::Row => self.tables.last_mut().into_iter().for_each(Table::row),
            Kind::Cell => self.part(),
            _ => {
                self.part();
                self.enter(tag, attributes);
            }
        }
    }

    fn enter(&mut self, tag: Tag, attributes: &str) {
        match tag.kind {
            Kind::Heading => self.heading = true,
            Kind::Preformatted => self.kept = true,
            Kind::List => {
                let start = attribute(attributes, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push((tag.name == "ol").then_some(start));
            }
            Kind::Item => {
                let number = self.lists.last_mut().and_then(Option::as_mut);
                self.item = (tag.name == "li").then(|| {
                    number.map_or_else(String::new, |number| {
                        *number = number.saturating_add(1);
                        format!("{}. ", *number - 1)
                    })
                });
            }
            Kind::Block if tag.name == "blockquote" => self.quotations = self.quotations.saturating_add(1),
            _ => {}
        }
    }

    fn end(&mut self, tag: Tag) {
        match tag.kind {
            Kind::Link => self.end_link(),
            Kind::Inline if tag.name == "sup" => self.end_raised(),
            Kind::Inline | Kind::Ignored | Kind::Quote | Kind::Raw | Kind::Gone => {}
            Kind::Break => self.line_end(),
            Kind::Cell => self.cell(),
            Kind::Row => self.part(),
            Kind::Table => {
                self.part();
                if let Some(table) = self.tables.pop() {
                    self.table(table);
                }
            }
            _ => {
                self.part();
                match tag.kind {
                    Kind::Heading => self.heading = false,
                    Kind::Preformatted => self.kept = false,
                    Kind::List => _ = self.lists.pop(),
                    Kind::Item => self.item = None,
                    Kind::Block if tag.name == "blockquote" => self.quotations = self.quotations.saturating_sub(1),
                    _ => {}
                }
            }
        }
    }

    fn end_link(&mut self) {
        if let Some((start, url)) = self.link.take() {
            self.links.push((start..self.raw.len(), url));
        }
    }

    /// Drops what was raised if it is a note's number.
    fn end_raised(&mut self) {
        let Some(start) = self.raised.take() else { return };
        let note = self.raw.get(start..).map(str::trim).unwrap_or_default();
        let inside = note.strip_prefix('[').and_then(|note| note.strip_suffix(']'));
        if inside.is_some_and(|note| note.chars().count() <= 6 && note.chars().all(char::is_alphanumeric)) {
            self.raw.truncate(start);
        }
    }

    fn line_end(&mut self) {
        self.raw.push(if self.heading || (self.in_cell() && !self.kept) { ' ' } else { '\n' });
    }

    /// Whether text goes into a cell of a table that may still be shown as one.
    fn in_cell(&self) -> bool {
        self.tables.last().is_some_and(Table::in_row)
    }

    /// Parts what came from what comes: a new block, or within a cell that is still short, a blank.
    fn part(&mut self) {
        if !self.in_cell() {
            self.flush();
        } else if Table::is_long(&self.raw) {
            self.unfold_tables();
            self.flush();
        } else if !self.raw.is_empty() {
            self.raw.push(' ');
        }
    }

    fn cell(&mut self) {
        if !self.in_cell() || Table::is_long(&self.raw) {
            return self.part();
        }
        self.end_link();
        self.links.clear();
        let text = std::mem::take(&mut self.raw);
        self.tables.last_mut().into_iter().for_each(|table| table.cell(&text));
    }

    /// Gives up on showing the open tables as tables: they only place text on the page.
    fn unfold_tables(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        let (links, link) = (std::mem::take(&mut self.links), self.link.take());
        for index in 0..self.tables.len() {
            let cells = self.tables.get_mut(index).map(Table::unfold).unwrap_or_default();
            for cell in cells {
                self.write(BlockKind::Paragraph, &cell, &[]);
            }
        }
        (self.raw, self.links, self.link) = (raw, links, link);
    }

    /// Writes a table that has ended.
    fn table(&mut self, table: Table) -> bool {
        if let Some(lines) = table.lines() {
            self.write(BlockKind::Preformatted, &lines, &[]);
        } else {
            for cell in table.into_cells() {
                self.write(BlockKind::Paragraph, &cell, &[]);
            }
        }
        true
    }

    /// Writes the block so far.
    fn flush(&mut self) {
        let open = self.link.take();
        if let Some((start, url)) = &open {
            self.links.push((*start..self.raw.len(), url.clone()));
        }
        self.link = open.map(|(_, url)| (0, url));
        self.raised = None;
        let mut raw = std::mem::take(&mut self.raw);
        let mut links = std::mem::take(&mut self.links);
        if raw.trim().is_empty() {
            return;
        }
        let item = self.item.take();
        if let Some(number) = item.as_deref().filter(|number| !number.is_empty() && !self.kept) {
            raw.insert_str(0, number);
            links.iter_mut().for_each(|(range, _)| *range = range.start + number.len()..range.end + number.len());
        }
        let kind = if self.kept {
            BlockKind::Preformatted
        } else if self.heading {
            BlockKind::Heading
        } else if item.is_some() {
            BlockKind::ListItem
        } else if self.quotations > 0 {
            BlockKind::Quotation
        } else {
            BlockKind::Paragraph
        };
        for part in lines::parts(kind, &raw) {
            let links = lines::links_in(&links, &part.range);
            self.write(part.kind, raw.get(part.range).unwrap_or_default(), &links);
        }
    }

    fn write(&mut self, kind: BlockKind, raw: &str, links: &[(Range<usize>, String)]) {
        if !self.opening.takes(kind, raw) {
            let lists = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
            self.draft.block(kind, lists.saturating_add(self.quotations), raw, links);
        }
    }
}
