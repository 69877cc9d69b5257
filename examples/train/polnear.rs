//! The attributions of PolNeAR: articles with spans of sources, cues and contents.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use pullquote::text::Span;

/// One article with its attributions.
pub struct Article {
    pub text: String,
    pub attributions: Vec<Attribution>,
}

/// One attribution; each part may be in several pieces.
#[derive(Clone, Debug, Default)]
pub struct Attribution {
    pub source: Vec<Span>,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
}

/// The articles of one compartment; where several annotators marked one, the first by name is taken.
pub fn read(folder: &Path) -> anyhow::Result<Vec<Article>> {
    let mut marked: BTreeMap<String, String> = BTreeMap::new();
    let entries =
        fs::read_dir(folder.join("attributions")).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some((id, _)) = name.rsplit_once('_') {
            let kept = marked.entry(id.to_owned()).or_insert_with(|| name.clone());
            if name < *kept {
                *kept = name;
            }
        }
    }
    let mut articles = Vec::new();
    for (id, name) in marked {
        let Ok(text) = fs::read_to_string(folder.join("text").join(format!("{id}.txt"))) else { continue };
        let marks = fs::read_to_string(folder.join("attributions").join(name))?;
        let attributions = parse(&text, &marks);
        articles.push(Article { text, attributions });
    }
    Ok(articles)
}

fn parse(text: &str, marks: &str) -> Vec<Attribution> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let mut spans: HashMap<&str, Vec<Span>> = HashMap::new();
    let mut found = Vec::new();
    for line in marks.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields[..] {
            [id, places, ..] if id.starts_with('T') => {
                let places = places.split_once(' ').map_or("", |(_, places)| places);
                let pieces = places.split(';').filter_map(|piece| {
                    let (start, end) = piece.trim().split_once(' ')?;
                    let byte = |at: &str| at.parse::<usize>().ok().and_then(|at| bytes.get(at)).copied();
                    Some(Span::new(byte(start)?, byte(end)?))
                });
                spans.insert(id, pieces.collect());
            }
            [id, roles] if id.starts_with('E') => found.push(roles),
            _ => {}
        }
    }
    let attribution = |roles: &str| {
        let mut attribution = Attribution::default();
        for (role, id) in roles.split(' ').filter_map(|pair| pair.split_once(':')) {
            let slot = match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Source" => &mut attribution.source,
                "Cue" => &mut attribution.cue,
                "Content" => &mut attribution.content,
                _ => continue,
            };
            slot.extend(spans.get(id).into_iter().flatten());
        }
        attribution
    };
    found.into_iter().map(attribution).collect()
}
