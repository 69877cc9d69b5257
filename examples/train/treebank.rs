//! Treebanks, and their trees carried over to the tokens and sentences of the program.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use anyhow::Context as _;
use flate2::read::GzDecoder;
use pullquote::analysis::syntax::{Label, Tag};
use pullquote::analysis::token::Document;
use pullquote::text::Span;
use serde::Deserialize;

/// One article with its tree.
pub struct Tree {
    pub id: String,
    pub text: String,
    pub words: Vec<Word>,
}

/// A token of the treebank.
pub struct Word {
    pub span: Span,
    pub tag: Tag,
    /// Index into the words of the tree; its own for the head of a sentence.
    pub head: usize,
    pub label: Label,
}

/// The trees of `folder`, a directory of CoNLL-U files.
pub fn conllu(folder: &Path) -> anyhow::Result<Vec<Tree>> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "conllu"))
        .collect();
    files.sort();
    files.iter().map(|path| Ok(parse_conllu(path, &fs::read_to_string(path)?))).collect()
}

fn parse_conllu(path: &Path, source: &str) -> Tree {
    let id = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut tree = Tree { id, text: String::new(), words: Vec::new() };
    let mut first = 0;
    let mut joined_until = 0;
    let mut join = true;
    for line in source.lines() {
        if line.starts_with("# newpar") && !line.starts_with("# newpar_block") {
            tree.text.truncate(tree.text.trim_end().len());
            tree.text.push_str("\n\n");
            join = true;
        } else if line.is_empty() {
            first = tree.words.len();
            joined_until = 0;
            if !tree.text.ends_with(char::is_whitespace) {
                tree.text.push(' ');
            }
            join = true;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [number, form, _, _, penn, _, head, label, _, misc] = fields[..] else { continue };
        let close = misc.contains("SpaceAfter=No");
        if let Some((_, last)) = number.split_once('-') {
            joined_until = last.parse().unwrap_or(0);
            if !join {
                tree.text.push(' ');
            }
            tree.text.push_str(form);
            tree.text.push('\u{1}');
            join = close;
            continue;
        }
        let Ok(place) = number.parse::<usize>() else { continue };
        let start = if place <= joined_until {
            place_in_joined(&mut tree, form)
        } else {
            if !join {
                tree.text.push(' ');
            }
            let start = tree.text.len();
            tree.text.push_str(form);
            join = close;
            start
        };
        let head: usize = head.parse().unwrap_or(0);
        let own = first + place - 1;
        tree.words.push(Word {
            span: Span::new(start, start + form.len()),
            tag: Tag::from_penn(penn),
            head: if head == 0 { own } else { first + head - 1 },
            label: Label::from_universal(label),
        });
    }
    tree.text.retain(|c| c != '\u{1}');
    first_version_conjunctions(&mut tree.words);
    tree
}

/// Where a part of a word written together with the next ("do" of "don't") stands. The joined form was already
/// written and ends in a marker, which is dropped with the first part that no longer fits behind it.
fn place_in_joined(tree: &mut Tree, form: &str) -> usize {
    if tree.text.ends_with('\u{1}') {
        tree.text.pop();
        let start = tree.text.rfind(|c: char| c.is_whitespace()).map_or(0, |at| at + 1);
        return tree.text.get(start..).and_then(|rest| rest.find(form)).map_or(start, |at| start + at);
    }
    let from = tree.words.last().map_or(0, |word| word.span.end.min(tree.text.len()));
    let rest = tree.text.get(from..).unwrap_or_default();
    rest.find(form).map_or(from, |at| from + at)
}

/// Hangs conjunctions on the first conjunct, as version 1 of Universal Dependencies does.
fn first_version_conjunctions(words: &mut [Word]) {
    for at in 0..words.len() {
        let moved = words.get(at).filter(|word| word.label == Label::Conjunction);
        let conjunct = moved.and_then(|word| words.get(word.head)).filter(|head| head.label == Label::Conjunct);
        if let Some(head) = conjunct.map(|conjunct| conjunct.head)
            && let Some(word) = words.get_mut(at)
        {
            word.head = head;
        }
    }
}

#[derive(Deserialize)]
struct Row {
    id: String,
    s: Vec<RowSentence>,
}

#[derive(Deserialize)]
struct RowSentence {
    t: Vec<(String, String, usize, usize, String, String)>,
    d: Vec<(String, usize, usize)>,
}

/// The automatic trees of `file` over the texts of `folder`.
pub fn corenlp(file: &Path, folder: &Path) -> anyhow::Result<Vec<Tree>> {
    let reader = fs::File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut trees = Vec::new();
    for line in BufReader::new(GzDecoder::new(reader)).lines() {
        let row: Row = serde_json::from_str(&line?)?;
        let text = fs::read_to_string(folder.join(format!("{}.txt", row.id)))?;
        let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        bytes.push(text.len());
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(text.len());
        let mut words = Vec::new();
        for sentence in &row.s {
            let first = words.len();
            for (at, token) in sentence.t.iter().enumerate() {
                let span = Span::new(byte(token.2), byte(token.3));
                words.push(Word { span, tag: Tag::from_penn(&token.4), head: first + at, label: Label::Other });
            }
            for (label, head, child) in &sentence.d {
                if let Some(word) = words.get_mut(first + child - 1) {
                    word.label = Label::from_universal(label);
                    word.head = if *head == 0 { first + child - 1 } else { first + head - 1 };
                }
            }
        }
        trees.push(Tree { id: row.id, text, words });
    }
    Ok(trees)
}

/// Gold tags and trees on the tokens of a document.
pub struct Gold {
    pub tags: Vec<Option<Tag>>,
    /// Head within the document, its own for the head of a sentence.
    pub heads: Vec<u32>,
    pub labels: Vec<Label>,
    /// For each sentence whether its tree is whole and projective.
    pub whole: Vec<bool>,
}

/// Carries a tree over to `document`, made from the same text.
pub fn carry(tree: &Tree, document: &Document<'_>) -> Gold {
    let count = document.tokens.len();
    let words = &tree.words;
    let mut own = vec![usize::MAX; words.len()];
    let mut lead: Vec<Option<usize>> = vec![None; count];
    let mut group = vec![(0, 0); count];
    let mut from = 0;
    for (index, token) in document.tokens.iter().enumerate() {
        while words.get(from).is_some_and(|word| word.span.end <= token.span.start) {
            from += 1;
        }
        let inside = (from..words.len()).take_while(|at| words[*at].span.start < token.span.end);
        let mut last = from;
        for at in inside {
            if own[at] == usize::MAX {
                own[at] = index;
            }
            last = at + 1;
        }
        group[index] = (from, last);
    }
    for (index, (first, last)) in group.iter().enumerate() {
        let members = || (*first..*last).filter(|at| own[*at] == index);
        lead[index] = members().find(|at| words[*at].head == *at || own[words[*at].head] != index);
    }
    let mut gold = Gold {
        tags: vec![None; count],
        heads: (0..u32::try_from(count).unwrap_or(0)).collect(),
        labels: vec![Label::Other; count],
        whole: Vec::new(),
    };
    let mut broken = vec![false; count];
    for index in 0..count {
        let (first, last) = group[index];
        if let Some(word) = lead[index].map(|at| &words[at]) {
            gold.tags[index] = Some(word.tag);
            gold.labels[index] = word.label;
            gold.heads[index] = u32::try_from(own[word.head]).unwrap_or(u32::MAX);
        } else if first < last {
            gold.tags[index] = Some(words[first].tag);
            gold.labels[index] = Label::Compound;
            gold.heads[index] = u32::try_from(own[first]).unwrap_or(u32::MAX);
        }
        broken[index] = gold.tags[index].is_none();
    }
    for sentence in &document.sentences {
        let range = sentence.first..sentence.end;
        let heads: Vec<u32> = range.clone().map(|index| gold.heads[index as usize]).collect();
        let roots = range.clone().zip(&heads).filter(|(index, head)| index == *head).count();
        let inside = heads.iter().all(|head| range.contains(head));
        let sound = range.clone().all(|index| !broken[index as usize]);
        gold.whole.push(roots == 1 && inside && sound && is_projective(sentence.first, &heads));
    }
    gold
}

fn is_projective(first: u32, heads: &[u32]) -> bool {
    let arcs: Vec<(u32, u32)> =
        (first..).zip(heads).map(|(child, head)| (child.min(*head), child.max(*head))).collect();
    arcs.iter().all(|(a, b)| arcs.iter().all(|(c, d)| !(a < c && c < b && b < d)))
}
