//! What can be copied of a story: text for people, in one form that reads well anywhere.

use super::{Reader, Refusal};

/// Words that a story without any name goes by.
const FIRST_WORDS: usize = 8;

impl Reader {
    /// Which quote is copied.
    #[must_use]
    pub fn which_quote(&self) -> &'static str {
        if self.current_quote().is_some() { "the quote" } else { "the first quote in sight" }
    }

    /// The quote with its speaker and story: the current one, or the first in sight.
    ///
    /// # Errors
    /// What to tell the user where there is none.
    pub fn quote_text(&self) -> Result<String, Refusal> {
        let Some(analysis) = self.said() else { return Err(Self::without_analysis()) };
        let visible = self.visible();
        let quotes = || self.utterances().into_iter().filter_map(|quote| analysis.quotes.get(quote));
        let Some(quote) = self.current_quote().or_else(|| quotes().find(|quote| quote.span.overlaps(visible))) else {
            return Err("no quote in sight".to_owned());
        };
        let words = one_line(quote.span.of(&self.article.text));
        let speaker = match quote.speaker.and_then(|speaker| analysis.entity(speaker)) {
            Some(speaker) => {
                let role = speaker.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
                format!("{}{role}", speaker.name)
            }
            None => "unknown speaker".to_owned(),
        };
        Ok(format!("{words}\n— {speaker}\n{}", self.citation()))
    }

    /// The story's citation: title, who wrote and published it, when and where, as far as they are known. What has
    /// neither publisher nor address goes by the name of its file, what has no
    /// headline and no file either by its first words.
    #[must_use]
    pub fn citation(&self) -> String {
        let meta = &self.article.meta;
        let unpublished = meta.source.is_none() && meta.url.is_none();
        let name = self.origin.rsplit('/').next().unwrap_or_default();
        let origin = Some(name.to_owned()).filter(|name| unpublished && !name.is_empty());
        let title = match (meta.untitled, &origin) {
            (false, _) => Some(meta.title.clone()),
            (true, None) if unpublished => Some(format!("“{}…”", first_words(&self.article.text))),
            (true, _) => None,
        };
        let source = meta.source.clone().or(origin);
        let published = [source, meta.date.map(|date| date.strftime("%-d %B %Y").to_string())];
        let published = published.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let sentences = [title, meta.byline.clone(), Some(published)].into_iter().flatten();
        let sentences = sentences.filter(|part| !part.is_empty());
        let ended = sentences.map(|part| if part.ends_with(['.', '?', '!', '…']) { part } else { part + "." });
        ended.chain(meta.url.clone()).collect::<Vec<_>>().join(" ")
    }

    /// The paragraph at the cursor.
    ///
    /// # Errors
    /// What to tell the user where the story has none.
    pub fn paragraph_text(&self) -> Result<String, Refusal> {
        let blocks = &self.article.blocks;
        let place = blocks.partition_point(|block| block.span.start <= self.cursor).saturating_sub(1);
        let block = blocks.get(place).ok_or_else(|| "this story is empty".to_owned())?;
        Ok(block.span.of(&self.article.text).to_owned())
    }

    /// The story's address.
    ///
    /// # Errors
    /// What to tell the user where none is known.
    pub fn url(&self) -> Result<String, Refusal> {
        self.article.meta.url.clone().ok_or_else(|| "this story gives no address".to_owned())
    }
}

/// The words that `text` begins with: enough to know it by.
fn first_words(text: &str) -> String {
    text.split_whitespace().take(FIRST_WORDS).collect::<Vec<_>>().join(" ")
}

/// `text` with any white space as one blank.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
