//! How a story's speech is shown: the letter, bar and style of each quote.

use ratatui::style::{Modifier, Style};

use super::Skin;
use crate::analysis::{Analysis, EntityId, Quote, QuoteKind, Voices};
use crate::app::Reader;
use crate::config::theme::Role;
use crate::text::Span;

/// A story's quotes, ready to be looked up by place.
#[derive(Clone, Copy, Debug)]
pub struct Speech<'a> {
    analysis: &'a Analysis,
    voices: &'a Voices,
    current: Option<usize>,
    scope: Option<EntityId>,
}

/// A quote on the screen.
#[derive(Clone, Copy, Debug)]
pub struct Spoken<'a> {
    /// The quote.
    pub quote: &'a Quote,
    /// Whether it is the current one.
    pub current: bool,
    /// Whether the user keeps to another speaker.
    pub muted: bool,
    /// The speaker's place among the voices.
    voice: Option<usize>,
}

impl Spoken<'_> {
    /// The same quote, shown as part of the current one.
    #[must_use]
    pub const fn as_current(self) -> Self {
        Self { current: true, ..self }
    }
}

impl<'a> Speech<'a> {
    /// The speech of the open story; `None` while it is not analysed.
    #[must_use]
    pub fn of(reader: &'a Reader) -> Option<Self> {
        let (analysis, voices) = reader.analysis.as_ref()?;
        Some(Self { analysis, voices, current: reader.quote, scope: reader.scope })
    }

    /// What was found in the story.
    #[must_use]
    pub fn analysis(&self) -> &'a Analysis {
        self.analysis
    }

    /// The speakers of the story.
    #[must_use]
    pub fn voices(&self) -> &'a Voices {
        self.voices
    }

    /// The quotes that touch `stretch`, outer before inner.
    pub fn on(self, stretch: Span) -> impl Iterator<Item = Spoken<'a>> {
        self.voices.places.quotes(self.analysis, stretch).map(move |(index, quote)| self.spoken(index, quote))
    }

    /// The quote with this index.
    #[must_use]
    pub fn quote(&self, index: usize) -> Option<Spoken<'a>> {
        self.analysis.quotes.get(index).map(|quote| self.spoken(index, quote))
    }

    fn spoken(&self, index: usize, quote: &'a Quote) -> Spoken<'a> {
        Spoken {
            quote,
            current: self.current == Some(index),
            muted: self.scope.is_some() && quote.speaker != self.scope,
            voice: quote.speaker.and_then(|speaker| self.voices.place(speaker)),
        }
    }
}

impl Spoken<'_> {
    /// The speaker's letter: `?` where nobody knows, `+` past the alphabet.
    #[must_use]
    pub fn letter(&self) -> char {
        match self.voice {
            None => '?',
            Some(place) => letter(place),
        }
    }

    /// Whether the words are given as they were said.
    #[must_use]
    pub fn is_direct(&self) -> bool {
        self.quote.kind == QuoteKind::Direct
    }

    /// The speaker's colour, for letter and bar.
    #[must_use]
    pub fn color(&self, skin: &Skin) -> Style {
        match self.voice {
            _ if self.muted => skin.role(Role::Faint),
            Some(place) => skin.palette.voice(place),
            None => skin.role(Role::Unknown),
        }
    }

    /// The style of the words; nothing where the user keeps to another speaker.
    #[must_use]
    pub fn words(&self, skin: &Skin) -> Style {
        match self.voice {
            _ if self.muted => Style::new(),
            // A direct part of mixed speech stands out from the reported words around it.
            Some(place) if self.is_direct() => skin.palette.voice(place).remove_modifier(Modifier::ITALIC),
            Some(place) => skin.palette.reported(place),
            None if self.is_direct() => skin.role(Role::Unknown).remove_modifier(Modifier::ITALIC),
            None => skin.role(Role::Unknown).patch(skin.role(Role::Reported)),
        }
    }

    /// The bar in the gutter.
    #[must_use]
    pub fn bar(&self, skin: &Skin) -> &'static str {
        let [usual, current] = if self.is_direct() { skin.glyphs.direct } else { skin.glyphs.reported };
        if self.current { current } else { usual }
    }
}

/// The letter of the voice at `place`.
#[must_use]
pub fn letter(place: usize) -> char {
    u8::try_from(place).ok().filter(|place| *place < 26).map_or('+', |place| char::from(b'a' + place))
}
