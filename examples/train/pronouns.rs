//! Learns whom a pronoun means from GAP (Wikipedia, pronouns of people) and from the sources of the Wikinews articles.
//!
//! A pronoun is a choice among everybody mentioned before it; the chance of somebody is that of all their mentions.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use pullquote::analysis::EntityId;
use pullquote::analysis::entities::Cast;
use pullquote::analysis::speakers::Speakers;
use pullquote::analysis::speakers::pronouns::{NAMES, Signs, Weights};
use pullquote::analysis::token::Document;
use pullquote::text::Span;

use crate::case::{Case, Tools};
use crate::judge::{cast, gold as annotated};
use crate::learner::Shuffle;
use crate::steps::Folders;

const FILE: &str = "assets/model/pronouns.txt";
const ROUNDS: usize = 30;
const RATE: f32 = 0.05;
/// How strongly weights are pulled to where they started.
const DECAY: f32 = 1e-3;
/// A pronoun of the news counts as much as so many of Wikipedia.
const NEWS: f32 = 4.0;

/// Weights set by hand, from which learning starts.
const START: &str = "sentences-apart -0.5
paragraphs-apart -0.3
gender-known 0.6
it-body 0.5
it-other -0.3
they-people 1.2
they-one -1.0
they-body 0.4
they-place -0.8
author-body 0.6
subject 1.0
beside 0.2
owner -0.4
object -0.1
oblique -0.3
first-in-sentence 0.6
quoted -1.5
heading -0.8
heard-last 0.9
named-often 0
same-part-of-sentence 0
same-sentence 0
";

/// Signs whose weights stay: Wikipedia hardly quotes, and whom a speaker names in the news is seldom who goes on.
const KEPT: [&str; 1] = ["quoted"];

/// A pronoun with those whom it may mean.
struct Choice {
    candidates: Vec<(EntityId, Signs)>,
    right: EntityId,
    weight: f32,
}

/// Learns, writes `assets/model/pronouns.txt`, and prints how many are right before and after.
pub fn train(folders: &Folders) -> anyhow::Result<()> {
    let tools = Tools::embedded();
    let gap = folders.data.join("gap");
    let mut learn = read_gap(&gap.join("gap-development.tsv"), &tools)?;
    learn.extend(read_gap(&gap.join("gap-validation.tsv"), &tools)?);
    let test = read_gap(&gap.join("gap-test.tsv"), &tools)?;
    let news = read_news(&folders.gold.join("train.jsonl"), &tools)?;
    let dev = read_news(&folders.gold.join("dev.jsonl"), &tools)?;
    println!("{} pronouns of GAP, {} of Wikinews", learn.len(), news.len());
    let before = Weights::read(START).context("the weights to start from")?;
    // Each half of the news is judged by what was learned from the other.
    let mut judged = 0;
    for half in 0..2 {
        let other = news.iter().enumerate().filter(|(at, _)| at % 2 != half).map(|(_, choice)| choice);
        let weights = learn_from(&learn.iter().chain(other).collect::<Vec<_>>(), &before);
        let own = news.iter().enumerate().filter(|(at, _)| at % 2 == half);
        judged += own.filter(|(_, choice)| choice.is_right(&weights)).count();
    }
    let all: Vec<&Choice> = learn.iter().chain(&news).collect();
    let after = learn_from(&all, &before);
    for (what, choices) in [("GAP test", &test), ("Wikinews train", &news), ("Wikinews dev", &dev)] {
        println!("{what}: {}, now {} of {}", right(choices, &before), right(choices, &after), choices.len());
    }
    println!("Wikinews train, each half by the other: {judged}");
    Ok(fs::write(FILE, after.text())?)
}

fn right(choices: &[Choice], weights: &Weights) -> usize {
    choices.iter().filter(|choice| choice.is_right(weights)).count()
}

impl Choice {
    /// Whether the best mention is of the right one.
    fn is_right(&self, weights: &Weights) -> bool {
        let mut best: Option<(f32, EntityId)> = None;
        for (id, signs) in &self.candidates {
            let score = weights.score(signs);
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, *id));
            }
        }
        best.is_some_and(|(_, id)| id == self.right)
    }

    /// The choice, if there is one to make and the right one is among them.
    fn kept(self) -> Option<Self> {
        let found = self.candidates.iter().any(|(id, _)| *id == self.right);
        let others = self.candidates.iter().any(|(id, _)| *id != self.right);
        (found && others).then_some(self)
    }
}

fn learn_from(choices: &[&Choice], start: &Weights) -> Weights {
    let mut weights = start.clone();
    let mut average = [0.0; NAMES.len()];
    let mut squares = [1e-3_f32; NAMES.len()];
    let mut shuffle = Shuffle::new(23);
    let mut order: Vec<usize> = (0..choices.len()).collect();
    for round in 0..ROUNDS {
        shuffle.shuffle(&mut order);
        for at in &order {
            let choice = choices[*at];
            let scores: Vec<f32> = choice.candidates.iter().map(|(_, signs)| weights.score(signs)).collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let chances: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
            let all: f32 = chances.iter().sum();
            let own = |id: EntityId| id == choice.right;
            let right: f32 =
                choice.candidates.iter().zip(&chances).filter(|((id, _), _)| own(*id)).map(|(_, c)| c).sum();
            let mut gradient = [0.0; NAMES.len()];
            for ((id, signs), chance) in choice.candidates.iter().zip(&chances) {
                let target = if own(*id) { chance / right.max(1e-9) } else { 0.0 };
                for (sum, sign) in gradient.iter_mut().zip(signs) {
                    *sum += (chance / all - target) * sign * choice.weight;
                }
            }
            for number in (0..NAMES.len()).filter(|number| !KEPT.contains(&NAMES[*number])) {
                let g = gradient[number] + DECAY * (weights.0[number] - start.0[number]);
                squares[number] += g * g;
                weights.0[number] -= RATE * g / squares[number].sqrt();
            }
        }
        if round >= ROUNDS / 2 {
            average.iter_mut().zip(weights.0).for_each(|(sum, w)| *sum += w / (ROUNDS - ROUNDS / 2) as f32);
        }
    }
    Weights(average)
}

/// The pronouns of a file of GAP whose antecedent is one of the two names given and is found as a person here.
fn read_gap(file: &Path, tools: &Tools) -> anyhow::Result<Vec<Choice>> {
    let table = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let mut choices = Vec::new();
    for row in table.lines().skip(1) {
        let fields: Vec<&str> = row.split('\t').collect();
        let [_, text, _, pronoun, a, a_at, a_right, b, b_at, b_right, _] = fields[..] else { continue };
        let (name, place) = match (a_right, b_right) {
            ("TRUE", _) => (a, a_at),
            (_, "TRUE") => (b, b_at),
            _ => continue,
        };
        let byte = |at: &str| text.char_indices().nth(at.parse().ok()?).map(|(byte, _)| byte);
        let (Some(pronoun), Some(start)) = (byte(pronoun), byte(place)) else { continue };
        let case = Case::new(text, tools);
        let scene = case.scene(tools);
        let named = Span::new(start, start + name.len());
        let mention = case.cast.mentions.iter().find(|mention| mention.span(&case.document).overlaps(named));
        let Some(right) = mention.map(|mention| mention.entity) else { continue };
        let found = Speakers::new(&scene).antecedents(case.document.token_at(pronoun));
        let candidates = found.into_iter().map(|(id, _, signs)| (id, signs)).collect();
        choices.extend(Choice { candidates, right, weight: 1.0 }.kept());
    }
    Ok(choices)
}

/// The pronouns that stand as sources in annotated articles; whoever was a source before them was heard.
fn read_news(file: &Path, tools: &Tools) -> anyhow::Result<Vec<Choice>> {
    let mut choices = Vec::new();
    for article in annotated::read(&file.to_string_lossy())? {
        let document = Document::new(&article.text);
        let cast = cast::gold(&article, &document, &tools.lexicon);
        let case = Case::with_cast(document, cast, tools);
        let scene = case.scene(tools);
        let mut speakers = Speakers::new(&scene);
        let ids = ids(&article, &case.cast);
        let mut marks: Vec<_> = article.spans.iter().filter(|mark| mark.kind == 'R').collect();
        marks.sort_by_key(|mark| mark.span.start);
        for mark in marks {
            let (first, last) = (case.document.token_at(mark.span.start), case.document.token_at(mark.span.end - 1));
            let Some(right) = ids.get(mark.entity.as_str()).copied() else { continue };
            if first == last && scene.is_pronoun(first) {
                let found = speakers.antecedents(first);
                let candidates = found.into_iter().map(|(id, _, signs)| (id, signs)).collect();
                choices.extend(Choice { candidates, right, weight: NEWS }.kept());
            }
            speakers.hear(last, right);
        }
    }
    Ok(choices)
}

/// The entities of `cast`, which is that of the article's annotations, by their annotated ids.
fn ids<'a>(article: &'a annotated::Article, cast: &Cast) -> HashMap<&'a str, EntityId> {
    let mut ids = HashMap::new();
    for (number, entity) in (0..).zip(&cast.entities) {
        let Some(mention) = entity.mentions.first() else { continue };
        let is = |mark: &&annotated::Mark| mark.span == mention.span && "POLX".contains(mark.kind);
        if let Some(mark) = article.spans.iter().find(is) {
            ids.insert(mark.entity.as_str(), EntityId(number));
        }
    }
    ids
}
