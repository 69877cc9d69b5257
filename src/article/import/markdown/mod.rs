//! Markdown (CommonMark with GitHub's tables, strikethrough, task lists and footnotes): its blocks, and the metadata
//! in front matter between `---` (YAML) or `+++` (TOML).

mod front;

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::draft::Draft;
use super::html;
use super::html::table::Table;
use super::lines;
use super::opening::Opening;
use crate::article::{Article, BlockKind, Meta};

/// Reads Markdown.
#[must_use]
pub fn read(text: &str) -> Article {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut writer = Writer::default();
    for event in Parser::new_ext(text, options) {
        writer.event(event);
    }
    writer.flush();
    writer.draft.finish(writer.opening.meta).0
}

struct Writer {
    draft: Draft,
    opening: Opening,
    /// Text of the block so far, and links in it.
    raw: String,
    links: Vec<(Range<usize>, String)>,
    link: Option<(usize, String)>,
    /// What the block so far is, where a tag says it.
    kind: Option<BlockKind>,
    level: Option<HeadingLevel>,
    quotations: u8,
    /// Open lists: the number of the next item in those that have numbers.
    lists: Vec<Option<u64>>,
    /// What the item of a list that has not been written yet begins with.
    item: Option<String>,
    table: Option<Table>,
    front: Option<MetadataBlockKind>,
    /// Images around here; their text is no text of the story.
    images: usize,
}

impl Default for Writer {
    fn default() -> Self {
        Self {
            draft: Draft::default(),
            opening: Opening::new(Meta::default(), ""),
            raw: String::new(),
            links: Vec::new(),
            link: None,
            kind: None,
            level: None,
            quotations: 0,
            lists: Vec::new(),
            item: None,
            table: None,
            front: None,
            images: 0,
        }
    }
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.kind.is_some() || self.front.is_some() => self.raw.push_str(&text),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                if text.contains(['\n', '\r']) {
                    self.text(&text.replace(['\n', '\r'], " "));
                } else {
                    self.text(&text);
                }
            }
            Event::Html(html) => self.raw.push_str(&html),
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak if self.level.is_some() || self.table.is_some() => self.text(" "),
            Event::HardBreak => self.text("\n"),
            Event::Rule => self.flush(),
            Event::TaskListMarker(done) => self.text(if done { "[x] " } else { "[ ] " }),
            Event::FootnoteReference(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.images == 0 {
            self.raw.push_str(text);
        }
    }

    /// A tag within a line: only a line end means anything.
    fn inline_html(&mut self, tag: &str) {
        let name = tag.trim_start_matches(['<', '/']).split(|c: char| !c.is_ascii_alphanumeric()).next();
        if name.is_some_and(|name| name.eq_ignore_ascii_case("br")) {
            self.event(Event::HardBreak);
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Link { dest_url, .. } => self.link = Some((self.raw.len(), dest_url.into_string())),
            Tag::Image { .. } => self.images += 1,
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::TableHead
            | Tag::TableCell => {}
            Tag::TableRow => self.table.iter_mut().for_each(Table::row),
            _ => {
                self.flush();
                self.enter(tag);
            }
        }
    }

    fn enter(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.level = Some(level),
            Tag::BlockQuote(_) => self.quotations = self.quotations.saturating_add(1),
            Tag::CodeBlock(_) => self.kind = Some(BlockKind::Preformatted),
            Tag::List(start) => self.lists.push(start),
            Tag::Item => {
                let number = self.lists.last_mut().and_then(Option::as_mut);
                self.item = Some(number.map_or_else(String::new, |number| {
                    *number = number.saturating_add(1);
                    format!("{}. ", *number - 1)
                }));
            }
            Tag::Table(_) => {
                let mut table = Table::default();
                table.row();
                self.table = Some(table);
            }
            Tag::MetadataBlock(kind) => self.front = Some(kind),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => {
                if let Some((start, url)) = self.link.take() {
                    self.links.push((start..self.raw.len(), url));
                }
            }
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::TableCell => {
                let text = std::mem::take(&mut self.raw);
                self.links.clear();
                self.table.iter_mut().for_each(|table| table.cell(&text));
            }
            TagEnd::Table => self.end_table(),
            TagEnd::HtmlBlock => {
                let raw = std::mem::take(&mut self.raw);
                html::write_piece(&raw, &mut self.draft, &mut self.opening);
            }
            TagEnd::MetadataBlock(_) => self.end_front(),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::TableHead
            | TagEnd::TableRow => {}
            _ => {
                self.flush();
                self.leave(tag);
            }
        }
    }

    fn leave(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.level = None,
            TagEnd::BlockQuote(_) => self.quotations = self.quotations.saturating_sub(1),
            TagEnd::CodeBlock => self.kind = None,
            TagEnd::List(_) => _ = self.lists.pop(),
            TagEnd::Item => self.item = None,
            _ => {}
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        if let Some(lines) = table.lines() {
            self.write(BlockKind::Preformatted, &lines, &[]);
        } else {
            for cell in table.into_cells() {
                self.write(BlockKind::Paragraph, &cell, &[]);
            }
        }
    }

    fn end_front(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        let Some(kind) = self.front.take() else { return };
        let meta = front::read(kind, &raw);
        if self.draft.block(BlockKind::Title, 0, &meta.title, &[]) {
            self.opening.has_headline(&meta.title);
        }
        self.opening.meta = meta;
    }

    /// Writes the block so far.
    fn flush(&mut self) {
        if let Some((start, url)) = &mut self.link {
            self.links.push((*start..self.raw.len(), url.clone()));
            *start = 0;
        }
        let mut raw = std::mem::take(&mut self.raw);
        let mut links = std::mem::take(&mut self.links);
        if raw.trim().is_empty() {
            return;
        }
        let item = self.item.take();
        if let Some(number) = item.as_deref().filter(|number| !number.is_empty() && self.kind.is_none()) {
            raw.insert_str(0, number);
            links.iter_mut().for_each(|(range, _)| *range = range.start + number.len()..range.end + number.len());
        }
        let first = self.draft.is_empty() && self.level == Some(HeadingLevel::H1);
        let kind = match (self.kind, self.level) {
            (Some(kind), _) => kind,
            (None, Some(_)) if first => BlockKind::Title,
            (None, Some(_)) => BlockKind::Heading,
            (None, None) if item.is_some() => BlockKind::ListItem,
            (None, None) if self.quotations > 0 => BlockKind::Quotation,
            (None, None) => BlockKind::Paragraph,
        };
        for part in lines::parts(kind, &raw) {
            let links = lines::links_in(&links, &part.range);
            self.write(part.kind, raw.get(part.range).unwrap_or_default(), &links);
        }
    }

    fn write(&mut self, kind: BlockKind, raw: &str, links: &[(Range<usize>, String)]) {
        if kind == BlockKind::Title {
            self.opening.has_headline(raw);
            self.draft.block(kind, 0, raw, links);
        } else if !self.opening.takes(kind, raw) {
            let lists = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
            self.draft.block(kind, lists.saturating_add(self.quotations), raw, links);
        }
    }
}

#[cfg(test)]
mod tests;
