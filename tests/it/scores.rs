//! The project's scorer is as strict as `score.py` and `polnear_score.py`: on predictions that are wrong in every way it
//! gives what they printed, figure by figure. Errors are classed for what they are.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::judge::classes::Errors;
use crate::judge::gold::{self, Article};
use crate::judge::polnear;
use crate::judge::predicted::Predictions;
use crate::judge::score::Score;

/// Where the articles with their annotations, predictions and figures are.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn read(name: &str) -> String {
    fs::read_to_string(fixtures().join(name)).unwrap()
}

/// The articles of a gold file among the fixtures.
pub fn articles(name: &str) -> Vec<Article> {
    gold::read(&fixtures().join(name).to_string_lossy()).unwrap()
}

/// Checks a figure between 0 and 1 to the last digits that a sum in another order may change.
fn same(figure: f64, wanted: &Value, name: &str) {
    let wanted = wanted.as_f64().unwrap_or_else(|| panic!("{name} is no figure"));
    assert!((figure - wanted).abs() < 1e-12, "{name}: {figure} instead of {wanted}");
}

#[test]
fn predictions_of_articles_score_as_the_judge_scores_them() {
    for set in ["wikinews", "edges"] {
        let predictions = Predictions::read(&read(&format!("gold/{set}.predicted.jsonl"))).unwrap();
        let mut score = Score::default();
        for article in articles(&format!("gold/{set}.jsonl")) {
            score.add(&article, &predictions.analysis(&article.id, &article.text).unwrap());
        }
        assert_eq!(score.to_string(), read(&format!("gold/{set}.scored.txt")), "{set}");
        let wanted: Value = serde_json::from_str(&read(&format!("gold/{set}.scored.json"))).unwrap();
        let rows = score.rows();
        assert_eq!(rows.len() + 2, wanted.as_object().unwrap().len(), "every figure is compared");
        for (name, figures) in rows {
            for (figure, part) in figures.into_iter().zip(["p", "r", "f1"]) {
                same(figure, &wanted[name][part], name);
            }
        }
        same(score.speaker(), &wanted["speaker"], "speaker");
        same(score.scare(), &wanted["scare"], "scare");
    }
}

#[test]
fn predictions_of_attributions_score_as_the_judge_scores_them() {
    let predictions = Predictions::read(&read("polnear/predicted.jsonl")).unwrap();
    let mut score = polnear::Score::default();
    let articles = polnear::read(&fixtures().join("polnear")).unwrap();
    assert_eq!(
        articles.iter().map(|article| article.id.as_str()).collect::<Vec<_>>(),
        ["bridge", "bridge_two", "harbour"]
    );
    for article in articles {
        score.add(&article, &predictions.analysis(&article.id, &article.text).unwrap());
    }
    assert_eq!(score.to_string(), read("polnear/scored.txt"));
    let wanted: Value = serde_json::from_str(&read("polnear/scored.json")).unwrap();
    for (name, [.., exact], [.., overlap]) in score.figures() {
        let wanted = &wanted[name.to_lowercase()];
        same(exact, &wanted["exact"], name);
        same(overlap, &wanted["overlap"], name);
    }
    for (kind, found, _) in score.recall() {
        same(found, &wanted["recall"][kind], kind);
    }
}

#[test]
fn each_error_has_the_class_of_what_is_wrong() {
    let predictions = Predictions::read(&read("gold/edges.predicted.jsonl")).unwrap();
    let mut errors = Errors::default();
    for article in articles("gold/edges.jsonl") {
        errors.add(&article, &predictions.analysis(&article.id, &article.text).unwrap());
    }
    let found: Vec<(&str, &str)> = errors.all.iter().map(|e| (e.article.as_str(), e.class.as_str())).collect();
    let wanted = [
        ("inner", "speaker: nobody can know"),
        ("nested", "speaker: right, but misnamed"),
        ("nested", "direct: nobody's words taken for speech"),
        ("nested", "reported: wrong start"),
        ("nested", "organization: no annotated name"),
        ("scripts", "direct: missed"),
        ("scripts", "direct: no annotated stretch"),
        ("scripts", "reported: wrong start"),
        ("scripts", "links: several entities mixed"),
        ("nothing", "reported: no annotated clause"),
        ("missing", "direct: missed"),
        ("missing", "person: missed"),
    ];
    assert_eq!(found, wanted);
    assert_eq!(errors.counts().first(), Some(&("direct: missed", 2)), "the worst first");
}

#[test]
fn a_wrong_speaker_is_classed_by_how_the_text_gives_the_right_one() {
    let cases = [
        ("“No,” said Ana Ruiz.", 'P', "Ana Ruiz", "speaker: given by name"),
        ("“No,” she said.", 'R', "she", "speaker: given by pronoun"),
        ("“No,” the doctor said.", 'R', "the doctor", "speaker: given by description"),
        ("Ana Ruiz stood up. “No,”", 'P', "Ana Ruiz", "speaker: given in another sentence"),
        ("Ana Ruiz stood up.\n\n“No,”", 'P', "Ana Ruiz", "speaker: given in another paragraph"),
    ];
    for (text, kind, mention, class) in cases {
        let range = |part: &str| {
            let start = text[..text.find(part).unwrap()].chars().count();
            (start, start + part.chars().count())
        };
        let ((start, end), (from, to)) = (range("“No,”"), range(mention));
        let spans = json!([{"kind": "Q", "entity": "ana", "start": start, "end": end},
            {"kind": kind, "entity": "ana", "start": from, "end": to}]);
        let article = gold::parse(&json!({"id": "x", "text": text, "spans": spans}).to_string()).unwrap();
        let quote = json!({"kind": "direct", "start": start, "end": end, "speaker": null});
        let predictions = Predictions::read(&json!({"id": "x", "quotes": [quote]}).to_string()).unwrap();
        let mut errors = Errors::default();
        errors.add(&article, &predictions.analysis("x", text).unwrap());
        let mut classes = errors.all.iter().map(|error| error.class.as_str());
        assert_eq!(classes.find(|class| class.starts_with("speaker")), Some(class), "{text}");
    }
}

#[test]
fn what_cannot_be_a_prediction_is_named() {
    let wrong = |line: &str| {
        let read = Predictions::read(&format!("\n{line}\n")).and_then(|rows| rows.analysis("a", "Über all."));
        format!("{:#}", read.expect_err(line))
    };
    assert!(wrong("[").starts_with("predictions, line 2: "));
    assert!(wrong(r#"{"id": "a"}"#).contains("`quotes`"));
    let past = wrong(r#"{"id": "a", "quotes": [{"kind": "direct", "start": 1, "end": 10}]}"#);
    assert_eq!(past, "predictions for a: offset 10 is past the end, 9");
    assert!(wrong(r#"{"id": "a", "quotes": [{"kind": "shout", "start": 1, "end": 2}]}"#).contains("\"shout\""));
}
