//! A reader's corrections, kept beside the analyses they correct and applied whenever an analysis is stored or read.

use std::borrow::Cow;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::analyses::write_derived;
use super::people::Ledger;
use super::stored::{entity_kind, kind_number, quote_kind, quote_number};
use super::undo::{Step, record};
use super::{ArticleId, Error, Store, load, seal};
use crate::analysis::Analysis;
use crate::analysis::correct::{Anchor, Correction};
use crate::article::Article;
use crate::text::{SafeText, safe};

/// Names a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CorrectionId(pub i64);

/// A correction as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub id: CorrectionId,
    /// [`Article::content_id`] of the text.
    pub content: u64,
    /// The kept article with this text, if there is one.
    pub article: Option<ArticleId>,
    /// When it was made.
    pub made: Timestamp,
    /// What it says.
    pub correction: Correction,
}

/// A row as the journal keeps it; the correction is JSON, which other programs can read too.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Row {
    content: i64,
    made: i64,
    correction: String,
}

/// A correction in stored form.
#[derive(Serialize, Deserialize)]
#[serde(tag = "corrects", rename_all = "snake_case")]
enum Stored {
    Speaker { quote: StoredAnchor, speaker: Option<String> },
    Kind { quote: StoredAnchor, kind: Option<u8> },
    Entity { name: String, kind: u8 },
    Quote { passage: StoredAnchor, kind: u8, speaker: Option<String> },
    Merge { name: String, into: String },
    Split { name: String, form: String },
}

/// An anchor in stored form.
#[derive(Serialize, Deserialize)]
struct StoredAnchor {
    start: usize,
    words: String,
    before: String,
    after: String,
}

impl Store {
    /// Keeps a correction of what was found in `article`, and applies it to the people of the library; can be undone.
    ///
    /// # Errors
    /// See [`Error`]; then nothing was kept.
    pub fn correct(
        &mut self,
        article: &Article,
        correction: &Correction,
        now: Timestamp,
    ) -> Result<CorrectionId, Error> {
        let session = self.session;
        let row = Row {
            content: article.content_id().cast_signed(),
            made: now.as_second(),
            correction: serde_json::to_string(&Stored::of(correction)).unwrap_or_default(),
        };
        self.write(|transaction| {
            let id = row.insert(transaction, None)?;
            rederive_content(transaction, row.content)?;
            record(transaction, session, now, label(correction), &[Step::Correction { id, before: None }])?;
            Ok(CorrectionId(id))
        })
    }

    /// Drops corrections, so that the engine's word counts again; can be undone, all of them at once.
    ///
    /// # Errors
    /// [`Error::Gone`] where there is none of them, and see [`Error`].
    pub fn remove_corrections(&mut self, ids: &[CorrectionId], now: Timestamp) -> Result<(), Error> {
        let session = self.session;
        let found = self.write(|transaction| {
            let mut steps = Vec::new();
            for CorrectionId(id) in ids.iter().copied() {
                let Some(row) = Row::load(transaction, id)? else { continue };
                put_back(transaction, id, None)?;
                steps.push(Step::Correction { id, before: Some(row) });
            }
            let label = match steps.len() {
                0 => return Ok(false),
                1 => "dropped a correction".to_owned(),
                count => format!("dropped {count} corrections"),
            };
            record(transaction, session, now, &label, &steps)?;
            Ok(true)
        })?;
        if found { Ok(()) } else { Err(Error::Gone("correction")) }
    }

    /// The corrections of one text, in the order they were made: apply them in that order to a fresh analysis.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn corrections_of(&self, content: u64) -> Result<Vec<Kept>, Error> {
        self.read(|connection| list(connection, "WHERE c.content = ?1", params![content.cast_signed()]))
    }

    /// All corrections, in the order they were made.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn corrections(&self) -> Result<Vec<Kept>, Error> {
        self.read(|connection| list(connection, "", params![]))
    }
}

fn list(connection: &Connection, condition: &str, values: impl rusqlite::Params) -> rusqlite::Result<Vec<Kept>> {
    let sql = format!(
        "SELECT c.id, c.content, (SELECT id FROM articles WHERE content = c.content), c.made, c.correction, c.seal
         FROM corrections AS c {condition} ORDER BY c.id"
    );
    let mut kept = Vec::new();
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(values)?;
    while let Some(row) = rows.next()? {
        let text = row.get_ref(4)?.as_bytes()?;
        // A damaged correction is left out: a wrong one would be worse than none.
        let stored = str::from_utf8(text)
            .ok()
            .filter(|text| row.get::<_, i64>(5).is_ok_and(|seal| seal == seal::over(&[text])))
            .and_then(|text| serde_json::from_str::<Stored>(text).ok());
        if let Some(correction) = stored.and_then(Stored::correction) {
            kept.push(Kept {
                id: CorrectionId(row.get(0)?),
                content: row.get::<_, i64>(1)?.cast_unsigned(),
                article: row.get::<_, Option<i64>>(2)?.map(ArticleId),
                made: Timestamp::from_second(row.get(3)?).unwrap_or_default(),
                correction,
            });
        }
    }
    Ok(kept)
}

/// `analysis` of the text with `content`, corrected; untouched where there is nothing to correct.
pub(super) fn applied<'a>(
    connection: &Connection,
    content: i64,
    mut analysis: Cow<'a, Analysis>,
    text: &str,
) -> rusqlite::Result<Cow<'a, Analysis>> {
    for kept in list(connection, "WHERE c.content = ?1", params![content])? {
        kept.correction.apply(analysis.to_mut(), text);
    }
    Ok(analysis)
}

/// The corrected analysis of a kept article, if one is stored and neither it nor the text is damaged.
pub(super) fn corrected(connection: &Connection, article: i64) -> rusqlite::Result<Option<Analysis>> {
    Ok(stored(connection, article)?.map(|stored| stored.1))
}

/// The ordinal and the corrected analysis of a kept article.
fn stored(connection: &Connection, article: i64) -> rusqlite::Result<Option<(i64, Analysis)>> {
    let row: Option<(i64, i64)> = connection
        .prepare_cached("SELECT ordinal, content FROM articles WHERE id = ?1")?
        .query_row([article], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((ordinal, content)) = row else { return Ok(None) };
    let (Some(found), load::Kept::Whole(kept)) =
        (load::analysis(connection, article)?, load::kept(connection, ordinal, content)?)
    else {
        return Ok(None);
    };
    let analysis = applied(connection, content, Cow::Owned(found), &kept.text)?;
    Ok(Some((ordinal, analysis.into_owned())))
}

/// Makes again what follows from the analysis of a kept article.
pub(super) fn rederive(connection: &Connection, article: i64) -> rusqlite::Result<()> {
    let Some((ordinal, analysis)) = stored(connection, article)? else { return Ok(()) };
    let mut ledger = Ledger::new(connection);
    write_derived(connection, &mut ledger, article, ordinal, &analysis)?;
    ledger.finish()
}

/// The same for the kept article with this text, if there is one.
fn rederive_content(connection: &Connection, content: i64) -> rusqlite::Result<()> {
    let article: Option<i64> = connection
        .prepare_cached("SELECT id FROM articles WHERE content = ?1")?
        .query_row([content], |row| row.get(0))
        .optional()?;
    article.map_or(Ok(()), |article| rederive(connection, article))
}

/// Restores a correction as it was: `None` where it did not exist.
pub(super) fn put_back(connection: &Connection, id: i64, before: Option<Row>) -> rusqlite::Result<()> {
    let content = match &before {
        Some(row) => Some(row.content),
        None => Row::load(connection, id)?.map(|row| row.content),
    };
    connection.prepare_cached("DELETE FROM corrections WHERE id = ?1")?.execute([id])?;
    if let Some(row) = before {
        row.insert(connection, Some(id))?;
    }
    content.map_or(Ok(()), |content| rederive_content(connection, content))
}

/// Lets corrections follow a text into its new version.
pub(super) fn follow(connection: &Connection, old: i64, new: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE corrections SET content = ?2 WHERE content = ?1")?.execute([old, new]).map(drop)
}

impl Row {
    fn insert(&self, connection: &Connection, id: Option<i64>) -> rusqlite::Result<i64> {
        connection
            .prepare_cached(
                "INSERT INTO corrections (id, content, made, correction, seal) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .insert(params![id, self.content, self.made, self.correction, seal::over(&[&self.correction])])
    }

    fn load(connection: &Connection, id: i64) -> rusqlite::Result<Option<Self>> {
        connection
            .prepare_cached("SELECT content, made, correction FROM corrections WHERE id = ?1")?
            .query_row([id], |row| Ok(Self { content: row.get(0)?, made: row.get(1)?, correction: row.get(2)? }))
            .optional()
    }
}

fn label(correction: &Correction) -> &'static str {
    match correction {
        Correction::Speaker { .. } => "corrected a speaker",
        Correction::Kind { .. } => "corrected a quote",
        Correction::Entity { .. } => "corrected what a name is",
        Correction::Quote { .. } => "made a passage a quote",
        Correction::Merge { .. } => "made two names one",
        Correction::Split { .. } => "made one name two",
    }
}

impl Stored {
    fn of(correction: &Correction) -> Self {
        match correction.clone() {
            Correction::Speaker { quote, speaker } => Self::Speaker { quote: StoredAnchor::of(quote), speaker },
            Correction::Kind { quote, kind } => {
                Self::Kind { quote: StoredAnchor::of(quote), kind: kind.map(quote_number) }
            }
            Correction::Entity { name, kind } => Self::Entity { name, kind: kind_number(kind) },
            Correction::Quote { passage, kind, speaker } => {
                Self::Quote { passage: StoredAnchor::of(passage), kind: quote_number(kind), speaker }
            }
            Correction::Merge { name, into } => Self::Merge { name, into },
            Correction::Split { name, form } => Self::Split { name, form },
        }
    }

    fn correction(self) -> Option<Correction> {
        Some(match self {
            Self::Speaker { quote, speaker } => {
                Correction::Speaker { quote: quote.anchor(), speaker: speaker.map(|name| safe::line(&name)) }
            }
            Self::Kind { quote, kind: None } => Correction::Kind { quote: quote.anchor(), kind: None },
            Self::Kind { quote, kind: Some(kind) } => {
                Correction::Kind { quote: quote.anchor(), kind: Some(quote_kind(kind)?) }
            }
            Self::Entity { name, kind } => Correction::Entity { name: safe::line(&name), kind: entity_kind(kind)? },
            Self::Quote { passage, kind, speaker } => Correction::Quote {
                passage: passage.anchor(),
                kind: quote_kind(kind)?,
                speaker: speaker.map(|name| safe::line(&name)),
            },
            Self::Merge { name, into } => Correction::Merge { name: safe::line(&name), into: safe::line(&into) },
            Self::Split { name, form } => Correction::Split { name: safe::line(&name), form: safe::line(&form) },
        })
    }
}

impl StoredAnchor {
    fn of(Anchor { start, words, before, after }: Anchor) -> Self {
        Self { start, words, before, after }
    }

    fn anchor(self) -> Anchor {
        let safe = |text: &str| SafeText::new(text).into_string();
        Anchor { start: self.start, words: safe(&self.words), before: safe(&self.before), after: safe(&self.after) }
    }
}
