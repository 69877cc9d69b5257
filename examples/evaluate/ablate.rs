//! What each part of the engine is worth: the figures without it.

use std::fmt::Write as _;

use pullquote::analysis::attributions::{self, Steps};
use pullquote::analysis::token::Document;
use pullquote::analysis::{Analysis, Engine, Lexicon, Options, syntax};

use crate::judge::cast;
use crate::judge::gold::Article;
use crate::judge::score::Score;

/// An engine with parts left out, or put in from what is annotated.
#[derive(Clone, Copy, Debug, Default)]
pub struct Build {
    /// Names by rules and word lists alone.
    pub rules: bool,
    /// Names, and which of them are one, as annotated.
    pub gold_names: bool,
    /// No part of speech, no head.
    pub no_syntax: bool,
    /// Every stretch in quotation marks is speech.
    pub no_speech: bool,
    /// A quoted stretch belongs to the first candidate.
    pub no_direct: bool,
    /// The first candidate is the source.
    pub no_sources: bool,
    /// The first candidate is the content.
    pub no_contents: bool,
}

/// What is left out, for the table.
const BUILDS: [(&str, Build); 9] = {
    let whole = Build {
        rules: false,
        gold_names: false,
        no_syntax: false,
        no_speech: false,
        no_direct: false,
        no_sources: false,
        no_contents: false,
    };
    let no_weights = Build {
        rules: true,
        no_syntax: true,
        no_speech: true,
        no_direct: true,
        no_sources: true,
        no_contents: true,
        ..whole
    };
    [
        ("whole engine", whole),
        ("names as annotated", Build { gold_names: true, ..whole }),
        ("names by rules alone", Build { rules: true, ..whole }),
        ("without syntax", Build { no_syntax: true, ..whole }),
        ("without learned speech", Build { no_speech: true, ..whole }),
        ("without learned speakers", Build { no_direct: true, ..whole }),
        ("without learned sources", Build { no_sources: true, ..whole }),
        ("without learned contents", Build { no_contents: true, ..whole }),
        ("without any of these", no_weights),
    ]
};

impl Build {
    /// The engine.
    pub fn engine(self) -> Engine {
        let lexicon = Lexicon::embedded();
        let engine = Engine::new(if self.rules { lexicon.without_weights() } else { lexicon });
        let mut model = attributions::Model::embedded();
        let Steps { sources, contents, .. } = Steps::default();
        if self.no_speech {
            model.speech = attributions::Model::default().speech;
        }
        if self.no_direct {
            model.direct = attributions::Model::default().direct;
        }
        if self.no_sources {
            model.reader.sources = sources;
        }
        if self.no_contents {
            model.reader.contents = contents;
        }
        let engine = engine.with_quotes(model);
        if self.no_syntax { engine.with_syntax(syntax::Model::default()) } else { engine }
    }

    /// What `engine`, which is of this build, finds in `article`.
    pub fn analyze(self, engine: &Engine, article: &Article, options: Options) -> Analysis {
        if !self.gold_names {
            return engine.analyze_with(&article.text, options);
        }
        let document = Document::new(&article.text);
        engine.attribute(&document, &cast::gold(article, &document, &Lexicon::embedded()), options)
    }
}

/// The figures of every build on `articles`: F1, but shares for speaker and scare.
pub fn table(articles: &[Article]) -> String {
    let mut table = String::new();
    for (name, build) in BUILDS {
        let engine = build.engine();
        let mut score = Score::default();
        for article in articles {
            score.add(article, &build.analyze(&engine, article, Options::default()));
        }
        let mut columns: Vec<(&str, f64)> = score.rows().into_iter().map(|(column, [.., f1])| (column, f1)).collect();
        columns.retain(|(column, _)| {
            ["direct", "direct+speaker", "reported", "reported+spk", "names", "links"].contains(column)
        });
        columns.extend([("speaker", score.speaker()), ("scare", score.scare())]);
        if table.is_empty() {
            let head: String = columns.iter().map(|(column, _)| format!("{column:>16}")).collect();
            let _ = writeln!(table, "{:26}{head}", "");
        }
        let row: String = columns.iter().map(|(_, figure)| format!("{:16.1}", 100.0 * figure)).collect();
        let _ = writeln!(table, "{name:26}{row}");
    }
    table
}
