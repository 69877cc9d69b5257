//! Cues with their sources and contents: the attributions of one text, and the weights behind them.
//!
//! Units: token indexes.

use super::contents::{self, Content};
use super::cues::{self, Cue};
use super::scene::Scene;
use super::scorer::Scorer;
use super::sources::{self, Ranked, Source};

/// The weights behind attributions.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// For what a reader calls speech.
    pub reader: Steps,
    /// For beliefs and intentions too.
    pub beliefs: Steps,
    /// Whether what was found at a cue is reported speech.
    pub reports: Scorer,
    /// Whether a quoted stretch is speech.
    pub speech: Scorer,
    /// Whose words a quoted stretch gives.
    pub direct: Scorer,
}

/// The weights from cue to content.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    /// Whether a word reports.
    pub cues: Scorer,
    /// Who is the source of a cue.
    pub sources: Scorer,
    /// What is the content of a cue.
    pub contents: contents::Scorers,
}

/// The first bytes of a model file: its name and version.
const MAGIC: &[u8] = b"pullquote attributions 3\n";

impl Model {
    /// The model that comes with the program.
    #[must_use]
    pub fn embedded() -> Self {
        Self::read(include_bytes!("../../assets/model/attributions.bin")).unwrap_or_default()
    }

    /// A model from its bytes; `None` where they are damaged or of another version.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(MAGIC)?;
        let (reader, bytes) = Steps::read(bytes)?;
        let (beliefs, bytes) = Steps::read(bytes)?;
        let (reports, bytes) = Scorer::read(bytes)?;
        let (speech, bytes) = Scorer::read(bytes)?;
        let (direct, bytes) = Scorer::read(bytes)?;
        bytes.is_empty().then_some(Self { reader, beliefs, reports, speech, direct })
    }

    /// The bytes that [`Model::read`] takes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let steps = [&self.reader, &self.beliefs].into_iter().flat_map(|steps| {
            [&steps.cues, &steps.sources, &steps.contents.inner, &steps.contents.outer].map(Scorer::bytes)
        });
        let parts: Vec<Vec<u8>> = steps.chain([&self.reports, &self.speech, &self.direct].map(Scorer::bytes)).collect();
        [MAGIC, &parts.concat()].concat()
    }
}

impl Steps {
    fn read(bytes: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let (cues, bytes) = Scorer::read(bytes)?;
        let (sources, bytes) = Scorer::read(bytes)?;
        let (inner, bytes) = Scorer::read(bytes)?;
        let (outer, bytes) = Scorer::read(bytes)?;
        Some((Self { cues, sources, contents: contents::Scorers { inner, outer } }, bytes))
    }
}

/// A cue with what belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Attribution {
    /// The words that report.
    pub cue: Cue,
    /// Who is named there.
    pub source: Option<Source>,
    /// How sure that is, and who else there might be.
    pub ranked: Ranked,
    /// What is said.
    pub content: Option<Content>,
}

/// Cues below this are not even candidates for a quoted stretch.
const LEAST_CUE: f32 = -2.0;

/// All attributions of the scene whose cue scores at least `LEAST_CUE`, in the order of their cues.
#[must_use]
pub fn find(scene: &Scene<'_>, steps: &Steps) -> Vec<Attribution> {
    let mut features = Vec::new();
    let mut found = Vec::new();
    for index in (0..scene.document.tokens.len()).filter(|index| cues::is_candidate(scene, *index)) {
        cues::features(scene, index, &mut features);
        let score = steps.cues.score(&features);
        if score < LEAST_CUE && !cues::leads_to_quotation(scene, index) {
            continue;
        }
        let score = score.max(LEAST_CUE);
        let (first, end) = cues::extent(scene, index);
        let cue = Cue { head: index, first, end, score };
        let ranked = sources::rank(scene, &cue, &steps.sources);
        let source = ranked.source;
        let content = contents::find(scene, &cue, source.as_ref(), &steps.contents);
        found.push(Attribution { cue, source, ranked, content });
    }
    found
}
