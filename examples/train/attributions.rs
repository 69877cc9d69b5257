//! Trains cues, sources, contents, and who speaks in quotation marks: first on PolNeAR, then on Wikinews, whose
//! guidelines the reader follows.

use pullquote::analysis::attributions::{self, Attribution, Model, Steps};
use pullquote::analysis::confidence::Calibration;
use pullquote::analysis::contents::{self, Scorers};
use pullquote::analysis::direct::{self, Candidate, Spoken};
use pullquote::analysis::scene::Scene;
use pullquote::analysis::scorer::Scorer;
use pullquote::analysis::sources;
use pullquote::analysis::speakers::Speakers;
use pullquote::analysis::token::{Document, word};
use pullquote::analysis::verbs::Uses;
use pullquote::analysis::{Engine, EntityId, Lexicon, Options, cues, reports, speech};

use pullquote::text::Span;

use crate::calibrate::{self, Calibrator};
use crate::case::{Case, Range, Told, Tools, gold_content, gold_source, head, range, same_edge};
use crate::judge::{cast, classes::Errors, gold as annotated, score::Score};
use crate::linear::{BASE, Set, Settings, TUNE, Trainer};
use crate::polnear;
use crate::reliability::Reliability;
use crate::steps::Folders;
use crate::wikinews::{self, Gold, Quoted};

/// Parts that Wikinews is cut into, each judged by weights that never saw it.
const FOLDS: usize = 5;

/// For speech in quotation marks, from PolNeAR to Wikinews.
const SPEECH: Settings = Settings { rounds: 12, rate: 0.1, decay: 1e-4 };

/// The four trainers from cue to content.
#[derive(Default)]
struct Trainers {
    cues: Trainer,
    sources: Trainer,
    inner: Trainer,
    outer: Trainer,
}

/// Weights of the four, as learned.
struct Weights {
    cues: Vec<f32>,
    sources: Vec<f32>,
    inner: Vec<f32>,
    outer: Vec<f32>,
}

impl Trainers {
    /// Adds the attributions of one article. Words of the sentences `unsure` are no examples of words that do not report.
    fn add(&mut self, scene: &Scene<'_>, told: &[Told], unsure: &[Range], (set, article): (Set, usize)) {
        let mut features = Vec::new();
        for index in (0..scene.document.tokens.len()).filter(|at| cues::is_candidate(scene, *at)) {
            cues::features(scene, index, &mut features);
            let right = told.iter().any(|told| told.cue.head == index);
            if !right && unsure.iter().any(|(first, end)| (*first..*end).contains(&index)) {
                continue;
            }
            self.cues.add(&[features.clone()], if right { vec![0] } else { vec![] }, 1.0, set, article);
        }
        for told in told {
            self.add_source(scene, told, set, article);
            self.add_content(scene, told, set, article);
        }
    }

    fn add_source(&mut self, scene: &Scene<'_>, told: &Told, set: Set, article: usize) {
        let mut all = Vec::new();
        let mut features = Vec::new();
        sources::candidates(scene, told.cue.head, &mut all);
        let right: Vec<usize> = match told.source {
            None => vec![0],
            Some(source) => {
                let gold = head(scene, source);
                all.iter().position(|at| *at == gold).map(|place| place + 1).into_iter().collect()
            }
        };
        if right.is_empty() {
            return;
        }
        sources::absent_features(scene, told.cue.head, &mut features);
        let mut group = vec![features.clone()];
        for at in 0..all.len() {
            sources::features(scene, &told.cue, &all, at, &mut features);
            group.push(features.clone());
        }
        self.sources.add(&group, right, 1.0, set, article);
    }

    fn add_content(&mut self, scene: &Scene<'_>, told: &Told, set: Set, article: usize) {
        let Some((right, content)) = gold_content(told) else { return };
        let source = gold_source(scene, told);
        let mut all = Vec::new();
        let mut features = Vec::new();
        contents::inner_candidates(scene, &told.cue, source.as_ref(), &mut all);
        let edge = if right { content.0 } else { content.1 };
        let edge = if right && edge > 0 && scene.word(edge - 1) == word("that") { edge - 1 } else { edge };
        let Some(place) = all.iter().position(|i| i.right == right && same_edge(scene, i.at, edge, right)) else {
            return;
        };
        let group: Vec<_> = all
            .iter()
            .map(|inner| {
                contents::inner_features(scene, &told.cue, source.as_ref(), *inner, &mut features);
                features.clone()
            })
            .collect();
        self.inner.add(&group, vec![place], 1.0, set, article);
        let inner = all[place];
        let mut all = Vec::new();
        contents::outer_candidates(scene, &told.cue, inner, &mut all);
        let edge = if right { content.1 } else { content.0 };
        let Some(place) = all.iter().position(|at| same_edge(scene, *at, edge, !right)) else { return };
        let group: Vec<_> = (0..all.len())
            .map(|at| {
                contents::outer_features(scene, &told.cue, inner, &all, at, &mut features);
                features.clone()
            })
            .collect();
        self.outer.add(&group, vec![place], 1.0, set, article);
    }

    fn learn(&self, settings: Settings, from: Option<&Weights>, wanted: impl Fn(Set, usize) -> bool) -> Weights {
        Weights {
            cues: self.cues.learn(settings, from.map(|w| w.cues.as_slice()), &wanted),
            sources: self.sources.learn(settings, from.map(|w| w.sources.as_slice()), &wanted),
            inner: self.inner.learn(settings, from.map(|w| w.inner.as_slice()), &wanted),
            outer: self.outer.learn(settings, from.map(|w| w.outer.as_slice()), &wanted),
        }
    }

    fn steps(&self, weights: &Weights) -> Steps {
        Steps {
            cues: self.cues.scorer(&weights.cues),
            sources: self.sources.scorer(&weights.sources),
            contents: Scorers { inner: self.inner.scorer(&weights.inner), outer: self.outer.scorer(&weights.outer) },
        }
    }
}

/// What is written in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// The weights, and how sure an attribution is.
    Everything,
    /// How sure an attribution is, alone.
    Confidence,
}

/// Trains everything and writes `assets/model/attributions.bin` and `assets/model/confidence.txt`.
pub fn train(folders: &Folders, write: Write) -> anyhow::Result<()> {
    let tools = Tools::embedded();
    let polnear = folders.polnear()?;
    let mut trainers = Trainers::default();
    for (number, article) in polnear.iter().enumerate() {
        let case = Case::new(&article.text, &tools);
        let scene = case.scene(&tools);
        let told = told(&scene, article);
        trainers.add(&scene, &told, &[], (Set::Beliefs, number));
        let said: Vec<Told> = told.into_iter().filter(|told| says(&scene, told.cue.head)).collect();
        trainers.add(&scene, &said, &[], (Set::Polnear, number));
    }
    println!("PolNeAR: {} articles, {} cues to look at", polnear.len(), trainers.cues.len());
    let beliefs = trainers.steps(&trainers.learn(BASE, None, |set, _| set == Set::Beliefs));
    report_polnear(folders, &tools, &beliefs)?;
    let wiki = annotated::read(&folders.gold.join("train.jsonl").to_string_lossy())?;
    let first = polnear.len();
    let mut cases = Vec::new();
    for article in &wiki {
        let document = Document::new(&article.text);
        let cast = cast::gold(article, &document, &tools.lexicon);
        cases.push(Case::with_cast(document, cast, &tools));
    }
    let golds: Vec<Gold> =
        wiki.iter().zip(&cases).map(|(article, case)| wikinews::gold(article, case, &tools, &beliefs)).collect();
    for (number, (case, gold)) in cases.iter().zip(&golds).enumerate() {
        trainers.add(&case.scene(&tools), &gold.told, &gold.unsure, (Set::Wikinews, first + number));
    }
    let cues_found: usize = golds.iter().map(|gold| gold.told.len()).sum();
    println!("Wikinews: {} articles, {cues_found} cues found", wiki.len());
    let base = trainers.learn(BASE, None, |set, _| set == Set::Polnear);
    let (mut speech, mut direct) = (Trainer::default(), Trainer::default());
    let mut reports = Trainer::default();
    let steps = trainers.steps(&base);
    for (number, article) in polnear.iter().enumerate() {
        let case = Case::new(&article.text, &tools);
        let scene = case.scene(&tools);
        add_polnear_stretches(&scene, article, &steps, &mut speech, &mut direct, number);
        let said = told(&scene, article).into_iter().filter(|told| says(&scene, told.cue.head));
        let spans: Vec<Span> = said.flat_map(|told| told.spans).collect();
        add_reports(&scene, &steps, &spans, &mut reports, (Set::Polnear, number));
    }
    // The later steps learn from what the earlier ones say about articles they did not see.
    let mut readers = Vec::new();
    for fold in 0..FOLDS {
        let out = |article: usize| article >= first && (article - first) % FOLDS == fold;
        let steps = trainers.steps(&trainers.learn(TUNE, Some(&base), |set, a| set == Set::Wikinews && !out(a)));
        for (number, (case, gold)) in cases.iter().zip(&golds).enumerate().filter(|(n, _)| n % FOLDS == fold) {
            let scene = case.scene(&tools);
            add_stretches(&scene, case, gold, &steps, &mut speech, &mut direct, first + number);
            let told = wiki[number].spans.iter().filter(|mark| mark.kind == 'I').map(|mark| mark.span);
            let spans: Vec<Span> = told.collect();
            add_reports(&scene, &steps, &spans, &mut reports, (Set::Wikinews, first + number));
        }
        readers.push(steps);
    }
    let (mut score, mut errors, mut calibrator) = (Score::default(), Errors::default(), Calibrator::default());
    let direct_base = direct.learn(BASE, None, |set, _| set == Set::Polnear);
    let reports_base = reports.learn(BASE, None, |set, _| set == Set::Polnear);
    let speech_base = speech.learn(BASE, None, |set, _| set == Set::Polnear);
    for (fold, reader) in readers.into_iter().enumerate() {
        let seen = |set: Set, article: usize| set == Set::Wikinews && (article - first) % FOLDS != fold;
        let model = Model {
            reader,
            beliefs: beliefs.clone(),
            reports: reports.scorer(&reports.learn(SPEECH, Some(&reports_base), seen)),
            speech: speech.scorer(&speech.learn(SPEECH, Some(&speech_base), seen)),
            direct: direct.scorer(&direct.learn(SPEECH, Some(&direct_base), seen)),
        };
        let engine = Engine::new(Lexicon::embedded()).with_quotes(model).with_calibration(Calibration::default());
        for (number, case) in cases.iter().enumerate().filter(|(number, _)| number % FOLDS == fold) {
            let (analysis, signs) = engine.weigh(&case.document, &case.cast, Options::default());
            calibrator.add(&wiki[number], &analysis, &signs, 0);
            score.add(&wiki[number], &analysis);
            errors.add(&wiki[number], &analysis);
        }
    }
    println!("Wikinews, each fifth judged by weights that never saw it, names as annotated:\n{score}");
    if let Ok(shown) = std::env::var("SHOW") {
        for error in errors.all.iter().filter(|error| error.class.starts_with(&shown)) {
            println!("{}  {}  {}", error.article, error.class, error.text);
        }
    }
    let all = |set: Set, _: usize| set == Set::Wikinews;
    let model = Model {
        reader: trainers.steps(&trainers.learn(TUNE, Some(&base), all)),
        beliefs,
        reports: reports.scorer(&reports.learn(SPEECH, Some(&reports_base), all)),
        speech: speech.scorer(&speech.learn(SPEECH, Some(&speech_base), all)),
        direct: direct.scorer(&direct.learn(SPEECH, Some(&direct_base), all)),
    };
    report_dev(folders, &tools, model.clone())?;
    calibrate_dev(folders, model.clone(), &mut calibrator)?;
    std::fs::write(calibrate::FILE, calibrator.file(Calibration::embedded().least))?;
    if write == Write::Confidence {
        return Ok(());
    }
    let bytes = model.bytes();
    println!("assets/model/attributions.bin: {} bytes", bytes.len());
    std::fs::write("assets/model/attributions.bin", bytes)?;
    Ok(())
}

/// Adds what the steps make of each cue: right is what shares most of its words with one of the contents in `spans`.
fn add_reports(scene: &Scene<'_>, steps: &Steps, spans: &[Span], reports: &mut Trainer, (set, article): (Set, usize)) {
    let mut features = Vec::new();
    for attribution in attributions::find(scene, steps) {
        let Some(content) = attribution.content else { continue };
        let words = || (content.first..content.end).filter(|at| !scene.tag(*at).is_punctuation());
        if words().all(|at| scene.is_quoted(at)) {
            continue;
        }
        let told = words().filter(|at| {
            let word = scene.span(*at, *at + 1);
            spans.iter().any(|span| span.covers(word))
        });
        let right = 2 * told.count() > words().count();
        reports::features(scene, &attribution, &mut features);
        let weight = (words().count() as f32).sqrt() / 3.0;
        reports.add(&[features.clone()], if right { vec![0] } else { vec![] }, weight, set, article);
    }
}

/// Adds the quoted stretches of a PolNeAR article: speech is what lies in the content of an attribution.
fn add_polnear_stretches(
    scene: &Scene<'_>,
    article: &polnear::Article,
    steps: &Steps,
    speech: &mut Trainer,
    direct: &mut Trainer,
    number: usize,
) {
    let attributions = attributions::find(scene, steps);
    let mut features = Vec::new();
    let unquoted = speech::unquoted_elsewhere(scene);
    let gold = told(scene, article);
    let mut all = Vec::new();
    let mut before: Option<(usize, Option<usize>, usize)> = None;
    for (place, stretch) in scene.stretches.iter().enumerate().filter(|(_, stretch)| stretch.depth == 0) {
        let holds = |told: &&Told| told.spans.iter().any(|content| content.covers(stretch.inner));
        let told = gold.iter().filter(holds).min_by_key(|told| told.spans.iter().map(|span| span.len()).min());
        speech::features(scene, &attributions, place, &unquoted, &mut features);
        speech.add(&[features.clone()], if told.is_some() { vec![0] } else { vec![] }, 1.0, Set::Polnear, number);
        let Some(told) = told else { continue };
        let (first, end) = scene.stretch_tokens(place);
        let spoken = Spoken { number: place, first, end, before: before.map(|(end, decided, _)| (end, decided)) };
        direct::candidates(scene, &attributions, &spoken, &mut all);
        let own = |place: usize| attributions[place].cue.head == told.cue.head;
        let is_right = |candidate: &Candidate| match candidate {
            Candidate::Cue(place) => own(*place),
            Candidate::Carried => before.is_some_and(|(_, _, head)| head == told.cue.head),
            Candidate::Beside(_) => false,
        };
        let right: Vec<usize> = all.iter().enumerate().filter(|(_, c)| is_right(c)).map(|(place, _)| place).collect();
        if !right.is_empty() && right.len() < all.len() {
            let group: Vec<_> = all
                .iter()
                .map(|candidate| {
                    direct::features(scene, &attributions, &spoken, *candidate, &mut features);
                    features.clone()
                })
                .collect();
            direct.add(&group, right, 1.0, Set::Polnear, number);
        }
        before = Some((end, attributions.iter().position(|a| a.cue.head == told.cue.head), told.cue.head));
    }
}

/// Adds what there is to learn from the quoted stretches of one article.
fn add_stretches(
    scene: &Scene<'_>,
    case: &Case<'_>,
    gold: &Gold,
    steps: &Steps,
    speech: &mut Trainer,
    direct: &mut Trainer,
    article: usize,
) {
    let attributions = attributions::find(scene, steps);
    let mut speakers = Speakers::new(scene);
    let resolved: Vec<Option<EntityId>> =
        attributions.iter().map(|a| a.source.and_then(|source| speakers.resolve(source, true))).collect();
    let mut features = Vec::new();
    let unquoted = speech::unquoted_elsewhere(scene);
    let mut before: Option<(usize, Option<usize>, String)> = None;
    for (number, quoted) in gold.quoted.iter().enumerate() {
        let Some(quoted) = quoted else { continue };
        if scene.stretches[number].depth > 0 {
            continue;
        }
        speech::features(scene, &attributions, number, &unquoted, &mut features);
        let right = if matches!(quoted, Quoted::Speech(_)) { vec![0] } else { vec![] };
        speech.add(&[features.clone()], right, 1.0, Set::Wikinews, article);
        let Quoted::Speech(entity) = quoted else { continue };
        let (first, end) = scene.stretch_tokens(number);
        let spoken = Spoken { number, first, end, before: before.as_ref().map(|(end, decided, _)| (*end, *decided)) };
        let decided = add_direct(
            case,
            gold,
            &speakers,
            &resolved,
            &attributions,
            scene,
            &spoken,
            entity,
            before.as_ref().map(|b| b.2.as_str()),
            direct,
            article,
        );
        before = Some((end, decided, entity.clone()));
    }
}

#[expect(clippy::too_many_arguments, reason = "one call, and each is needed")]
fn add_direct(
    case: &Case<'_>,
    gold: &Gold,
    speakers: &Speakers<'_>,
    resolved: &[Option<EntityId>],
    attributions: &[Attribution],
    scene: &Scene<'_>,
    spoken: &Spoken,
    entity: &str,
    before: Option<&str>,
    direct: &mut Trainer,
    article: usize,
) -> Option<usize> {
    let mut all = Vec::new();
    let mut features = Vec::new();
    direct::candidates(scene, attributions, spoken, &mut all);
    let is_right = |candidate: &Candidate| match candidate {
        Candidate::Cue(place) => resolved[*place].is_some_and(|id| gold.is(case, speakers, id, entity)),
        Candidate::Carried => before == Some(entity),
        Candidate::Beside(source) => speakers.guess(*source).is_some_and(|id| gold.is(case, speakers, id, entity)),
    };
    let right: Vec<usize> = all.iter().enumerate().filter(|(_, c)| is_right(c)).map(|(place, _)| place).collect();
    let nearest = right.iter().filter_map(|place| match all[*place] {
        Candidate::Cue(place) => Some(place),
        _ => None,
    });
    let decided = nearest.min_by_key(|place| attributions[*place].cue.head.abs_diff(spoken.first));
    if !right.is_empty() && right.len() < all.len() {
        let group: Vec<_> = all
            .iter()
            .map(|candidate| {
                direct::features(scene, attributions, spoken, *candidate, &mut features);
                features.clone()
            })
            .collect();
        direct.add(&group, right, 1.0, Set::Wikinews, article);
    }
    decided
}

/// Adds the dev articles to what tells how sure an attribution is, with the names that the engine finds, and prints how
/// far it can be believed, each half judged by weights that never saw it.
fn calibrate_dev(folders: &Folders, model: Model, calibrator: &mut Calibrator) -> anyhow::Result<()> {
    let engine = Engine::new(Lexicon::embedded()).with_quotes(model).with_calibration(Calibration::default());
    let dev = annotated::read(&folders.gold.join("dev.jsonl").to_string_lossy())?;
    let mut found = Vec::new();
    for (article, part) in dev.iter().zip([1, 2].into_iter().cycle()) {
        let document = Document::new(&article.text);
        let (analysis, signs) = engine.weigh(&document, &engine.cast(&document), Options::default());
        calibrator.add(article, &analysis, &signs, part);
        found.push((article, analysis, signs, part));
    }
    let mut reliability = Reliability::default();
    for (article, mut analysis, signs, part) in found {
        let calibration = calibrator.without(part);
        for (quote, signs) in analysis.quotes.iter_mut().zip(&signs).filter(|(quote, _)| quote.speaker.is_some()) {
            quote.confidence = calibration.probability(quote.kind, signs);
        }
        reliability.add(article, &analysis);
    }
    println!("dev, each half judged by what was learned from everything else{reliability}");
    Ok(())
}

/// Prints how the whole engine does on the dev articles, with the names that it finds and with those annotated.
fn report_dev(folders: &Folders, tools: &Tools, model: Model) -> anyhow::Result<()> {
    let engine = Engine::new(Lexicon::embedded()).with_quotes(model);
    let (mut own, mut given) = (Score::default(), Score::default());
    for article in &annotated::read(&folders.gold.join("dev.jsonl").to_string_lossy())? {
        let analysis = engine.analyze(&article.text);
        own.add(article, &analysis);
        let document = Document::new(&article.text);
        let case = Case::with_cast(Document::new(&article.text), cast::gold(article, &document, &tools.lexicon), tools);
        given.add(article, &engine.attribute(&case.document, &case.cast, Options::default()));
    }
    for (name, score) in [("own names", own), ("names as annotated", given)] {
        let table = score.to_string();
        let rows = table
            .lines()
            .filter(|line| ["direct", "reported", "speaker", "scare"].iter().any(|row| line.starts_with(row)));
        println!("dev, {name}\n{}", rows.collect::<Vec<_>>().join("\n"));
    }
    Ok(())
}

/// The attributions of a PolNeAR article on tokens.
fn told(scene: &Scene<'_>, article: &polnear::Article) -> Vec<Told> {
    let told = |attribution: &polnear::Attribution| {
        let cue_range = range(scene, *attribution.cue.first()?);
        let head = head(scene, cue_range);
        let candidate = |at: &usize| cues::is_candidate(scene, *at);
        let head = if candidate(&head) { head } else { (cue_range.0..cue_range.1).find(candidate)? };
        Some(Told {
            cue: crate::case::cue(scene, head),
            cue_range,
            source: attribution.source.first().map(|span| range(scene, *span)),
            contents: attribution.content.iter().map(|span| range(scene, *span)).collect(),
            spans: attribution.content.clone(),
        })
    };
    article.attributions.iter().filter_map(told).collect()
}

/// Whether a cue of PolNeAR is one that a reader calls speech.
fn says(scene: &Scene<'_>, index: usize) -> bool {
    scene.word(index) == word("according")
        || scene.word(index) == word(":")
        || scene
            .verbs
            .get(scene.word(index))
            .is_some_and(|verb| !verb.uses.has(Uses::BELIEF) && scene.tag(index).is_verb())
}

/// Prints how well each step does on PolNeAR's dev articles, given what is annotated for the steps before it.
fn report_polnear(folders: &Folders, tools: &Tools, steps: &Steps) -> anyhow::Result<()> {
    let articles = polnear::read(&folders.data.join("polnear/data/dev"))?;
    let mut counts = [0_usize; 8];
    for article in &articles {
        let case = Case::new(&article.text, tools);
        let scene = case.scene(tools);
        let gold = told(&scene, article);
        counts[0] += article.attributions.len();
        count_cues(&scene, &gold, &steps.cues, &mut counts);
        for told in &gold {
            counts[4] += 1;
            let found = sources::find(&scene, &told.cue, &steps.sources);
            counts[5] += usize::from(found.map(|s| (s.first, s.end)) == told.source);
            let source = gold_source(&scene, told);
            let content = contents::find(&scene, &told.cue, source.as_ref(), &steps.contents);
            if let (Some((_, gold)), Some(found)) = (gold_content(told), content) {
                let right = same_edge(&scene, found.first, gold.0, true) && same_edge(&scene, found.end, gold.1, false);
                counts[6] += usize::from(right);
            }
        }
    }
    let share = |a: usize, b: usize| 100.0 * counts[a] as f64 / counts[b].max(1) as f64;
    let f = |right: usize| 200.0 * counts[right] as f64 / (counts[0] + counts[1]).max(1) as f64;
    println!(
        "PolNeAR dev: cues F1 {:.1}, exact {:.1}; sources {:.1} %, contents {:.1} % of the cues as annotated",
        f(2),
        f(3),
        share(5, 4),
        share(6, 4)
    );
    Ok(())
}

fn count_cues(scene: &Scene<'_>, gold: &[Told], scorer: &Scorer, counts: &mut [usize; 8]) {
    let mut features = Vec::new();
    for index in (0..scene.document.tokens.len()).filter(|at| cues::is_candidate(scene, *at)) {
        cues::features(scene, index, &mut features);
        if scorer.score(&features) > 0.0 {
            counts[1] += 1;
            if let Some(told) = gold.iter().find(|told| told.cue.head == index) {
                counts[2] += 1;
                counts[3] += usize::from((told.cue.first, told.cue.end) == told.cue_range);
            }
        }
    }
}
