//! Trains tags and heads on gold trees and, for news, automatic ones.

use std::fs;

use pullquote::analysis::syntax::features::{Weights as _, best};
use pullquote::analysis::syntax::parser::{self, ACTIONS, LEFT, RIGHT, SHIFT, State};
use pullquote::analysis::syntax::table::{Sparse, Table};
use pullquote::analysis::syntax::tagger::{self, Tagger};
use pullquote::analysis::syntax::{Label, MAGIC, Model, Syntax, Tag};
use pullquote::analysis::token::Document;

use crate::learner::{Learner, Shuffle};
use crate::steps::Folders;
use crate::treebank::{self, Gold, Tree};

const TAG_ROUNDS: usize = 6;
const HEAD_ROUNDS: usize = 8;
/// From this round on the parser follows its own mistakes as often as not.
const EXPLORE_FROM: usize = 2;

/// Rows without a weight of this size, of 127, are left out.
const LEAST_TAG: i8 = 20;
const LEAST_HEAD: i8 = 18;
const LEAST_LABEL: i8 = 24;
/// How far the right transition must lead; a smaller lead is learned from like a mistake.
const MARGIN: i32 = 60;

struct Case<'t> {
    document: Document<'t>,
    gold: Gold,
    held_out: bool,
    kind: &'static str,
}

/// Trains both models and writes `assets/model/syntax.bin`.
pub fn train(folders: &Folders) -> anyhow::Result<()> {
    let polnear = folders.data.join("polnear/data");
    let silver = folders.data.join("polnear-corenlp");
    let mut sets = vec![
        ("gum", treebank::conllu(&folders.data.join("gum/dep"))?),
        ("polnear", treebank::corenlp(&silver.join("polnear_train.jsonl.gz"), &polnear.join("train/text"))?),
        ("polnear dev", treebank::corenlp(&silver.join("polnear_dev.jsonl.gz"), &polnear.join("dev/text"))?),
    ];
    sets.retain(|(kind, _)| *kind != "polnear" || !folders.without_polnear);
    let mut cases = Vec::new();
    for (kind, trees) in &sets {
        for (number, tree) in trees.iter().enumerate() {
            cases.push(case(kind, tree, number));
        }
        let part: Vec<&Case<'_>> = cases.iter().filter(|case| case.kind == *kind).collect();
        let whole = part.iter().flat_map(|case| &case.gold.whole).filter(|whole| **whole).count();
        let all: usize = part.iter().map(|case| case.gold.whole.len()).sum();
        println!("{kind}: {} articles, {whole} of {all} sentences with a tree", part.len());
    }
    let (held_out, learn): (Vec<_>, Vec<_>) = cases.iter().partition(|case| case.held_out);
    println!("tags");
    let halves = [0, 1].map(|half| {
        let part: Vec<&Case<'_>> =
            learn.iter().enumerate().filter(|(at, _)| at % 2 != half).map(|(_, case)| *case).collect();
        Sparse::build(&train_tagger(&part).rows(1, 1))
    });
    let tags: Vec<Vec<Tag>> =
        learn.iter().enumerate().map(|(at, case)| tagger::tag(&case.document, &halves[at % 2])).collect();
    let mut learner = train_tagger(&learn);
    let mut model = Model { tagger: Sparse::build(&learner.rows(3, LEAST_TAG)), ..Model::default() };
    println!("heads");
    let (mut actions, mut labels) = train_parser(&learn, &tags);
    model.actions = Table::build(&actions.rows(3, LEAST_HEAD));
    model.labels = Sparse::build(&labels.rows(3, LEAST_LABEL));
    report(&model, &held_out);
    fs::create_dir_all("assets/model")?;
    let bytes = [model.tagger.bytes(), model.actions.bytes(), model.labels.bytes()];
    println!("{:?} bytes", bytes.map(<[u8]>::len));
    fs::write("assets/model/syntax.bin", [MAGIC, &bytes.concat()].concat())?;
    Ok(())
}

fn case<'t>(kind: &'static str, tree: &'t Tree, number: usize) -> Case<'t> {
    let document = Document::new(&tree.text);
    let gold = treebank::carry(tree, &document);
    let held_out = kind == "polnear dev" || kind == "gum" && number % 8 == 7;
    let _ = &tree.id;
    Case { document, gold, held_out, kind }
}

fn train_tagger(cases: &[&Case<'_>]) -> Learner<{ Tag::COUNT }> {
    let mut learner = Learner::new();
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut shuffle = Shuffle::new(17);
    for round in 0..TAG_ROUNDS {
        shuffle.shuffle(&mut order);
        let (mut right, mut all) = (0_usize, 0_usize);
        for at in &order {
            let case = cases[*at];
            let mut tagger = Tagger::new(&case.document);
            for gold in &case.gold.tags {
                if let Some(tag) = tagger.certain() {
                    tagger.advance(tag);
                    continue;
                }
                let features = tagger.features();
                let guess = best(&learner.scores(&features), |_| true);
                learner.see(&features, *at);
                if let Some(gold) = gold {
                    all += 1;
                    right += usize::from(*gold as usize == guess);
                    if *gold as usize != guess {
                        learner.update(&features, *gold as usize, guess, *at);
                    }
                }
                tagger.advance(Tag::ALL[guess]);
            }
        }
        println!("  round {round}: {:.2} %", 100.0 * right as f64 / all.max(1) as f64);
    }
    learner
}

fn train_parser(cases: &[&Case<'_>], tags: &[Vec<Tag>]) -> (Learner<ACTIONS>, Learner<{ Label::COUNT }>) {
    let (mut actions, mut labels) = (Learner::new(), Learner::new());
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut shuffle = Shuffle::new(29);
    let mut state = State::default();
    for round in 0..HEAD_ROUNDS {
        shuffle.shuffle(&mut order);
        let (mut right, mut all) = (0_usize, 0_usize);
        for at in &order {
            let case = cases[*at];
            for (sentence, whole) in case.document.sentences.iter().zip(&case.gold.whole) {
                if !whole {
                    continue;
                }
                state.start(&case.document, sentence, &tags[*at]);
                let (first, end) = (sentence.first as usize, sentence.end as usize);
                let root = state.root();
                let heads: Vec<u32> = (first..end)
                    .map(|index| {
                        if case.gold.heads[index] as usize == index {
                            root
                        } else {
                            case.gold.heads[index] - sentence.first
                        }
                    })
                    .collect();
                while let Some(allowed) = state.allowed() {
                    let features = state.features();
                    let scores = actions.scores(&features);
                    let guess = best(&scores, |action| allowed[action]);
                    let costs = costs(&state, &heads);
                    let least =
                        (0..ACTIONS).filter(|action| allowed[*action]).map(|action| costs[action]).min().unwrap_or(0);
                    let good = best(&scores, |action| allowed[action] && costs[action] == least);
                    actions.see(&features, *at);
                    let bad = best(&scores, |action| allowed[action] && costs[action] != least);
                    if allowed[bad] && costs[bad] != least && scores[bad] >= scores[good] - MARGIN {
                        actions.update(&features, good, bad, *at);
                    }
                    let explore = round >= EXPLORE_FROM && shuffle.next() % 10 < 9;
                    let taken = if explore { guess } else { good };
                    if let Some((head, child)) = state.apply(taken) {
                        let gold_head = heads[child as usize];
                        let mut label = Label::Root;
                        if head != root {
                            let features = state.label_features(head, child);
                            let guess = best(&labels.scores(&features), |_| true);
                            label = Label::ALL[guess];
                            if gold_head == head {
                                let gold = case.gold.labels[first + child as usize];
                                labels.see(&features, *at);
                                if gold != label {
                                    labels.update(&features, gold as usize, guess, *at);
                                }
                            }
                        }
                        all += 1;
                        right += usize::from(head == gold_head);
                        state.attach(head, child, label);
                    }
                }
            }
        }
        println!("  round {round}: {:.2} %", 100.0 * right as f64 / all.max(1) as f64);
    }
    (actions, labels)
}

/// How many gold arcs each transition makes impossible (Goldberg and Nivre 2013).
fn costs(state: &State, heads: &[u32]) -> [u32; ACTIONS] {
    let (stack, next) = state.configuration();
    let head = |index: u32| heads.get(index as usize).copied();
    let mut costs = [0; ACTIONS];
    let children =
        |of: u32| (next..).zip(heads.iter().skip(next as usize)).filter(move |(_, head)| **head == of).count() as u32;
    if let Some((top, below)) = stack.split_last() {
        let second = below.last().copied();
        let gold = head(*top);
        let lost = children(*top);
        costs[LEFT] = lost + u32::from(gold.is_some_and(|gold| gold > next) || gold.is_some() && gold == second);
        costs[RIGHT] = lost + u32::from(gold.is_some_and(|gold| gold >= next));
        let deeper = below.iter().filter(|index| head(next) == Some(**index)).count() as u32;
        let on_stack = stack.iter().filter(|index| head(**index) == Some(next)).count() as u32;
        costs[SHIFT] = deeper + on_stack;
    }
    costs
}

fn report(model: &Model, cases: &[&Case<'_>]) {
    for kind in ["gum", "polnear dev"] {
        let mut counts = [0_usize; 6];
        for case in cases.iter().filter(|case| case.kind == kind) {
            let mut syntax = Syntax::tagged(tagger::tag(&case.document, &model.tagger));
            let mut state = State::default();
            for (sentence, whole) in case.document.sentences.iter().zip(&case.gold.whole) {
                parser::parse(&case.document, sentence, &mut syntax, &mut state, &model.actions, &model.labels);
                for index in sentence.first as usize..sentence.end as usize {
                    if let Some(tag) = case.gold.tags[index] {
                        counts[0] += 1;
                        counts[1] += usize::from(tag == syntax.tags[index]);
                    }
                    if *whole && !syntax.tags[index].is_punctuation() {
                        let head = case.gold.heads[index] == syntax.heads[index];
                        counts[2] += 1;
                        counts[3] += usize::from(head);
                        counts[4] += usize::from(head && case.gold.labels[index] == syntax.labels[index]);
                    }
                }
            }
        }
        let part = |a: usize, b: usize| 100.0 * counts[a] as f64 / counts[b].max(1) as f64;
        println!("{kind}: tags {:.2}, heads {:.2}, labelled {:.2}", part(1, 0), part(3, 2), part(4, 2));
    }
}
