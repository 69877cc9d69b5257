//! Quotes as a table (RFC 4180), one a row.

use super::{Answer, kind};

const HEADER: &str = "person,role,quote,kind,cue,confidence,date,title,source,url,article,also\r\n";

/// All quotes, under a header.
pub(super) fn table(answer: &Answer) -> String {
    let mut table = HEADER.to_owned();
    for speaker in &answer.speakers {
        for story in &speaker.stories {
            let article = &story.article;
            for quote in &story.quotes {
                let also: Vec<String> =
                    answer.others(quote, article.id).into_iter().map(|other| other.id.to_string()).collect();
                let cells = [
                    speaker.person.name.as_str(),
                    quote.role.as_deref().unwrap_or_default(),
                    &quote.words,
                    kind(quote.kind),
                    quote.cue.as_deref().unwrap_or_default(),
                    &format!("{:.3}", quote.confidence),
                    &article.date.map(|date| date.to_string()).unwrap_or_default(),
                    &article.title,
                    &article.source,
                    article.url.as_deref().unwrap_or_default(),
                    &article.id.to_string(),
                    &also.join(" "),
                ];
                table += &cells.map(cell).join(",");
                table += "\r\n";
            }
        }
    }
    table
}

/// A value as a cell. One that a spreadsheet would take for a formula begins with an apostrophe, which says: text.
fn cell(value: &str) -> String {
    let formula = value.starts_with(['=', '+', '-', '@']);
    let value = if formula { format!("'{value}") } else { value.to_owned() };
    if value.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", value.replace('"', "\"\"")) } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_commas_and_quotation_marks_and_are_no_formulas() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("“a”, b"), "\"“a”, b\"");
        assert_eq!(cell("say \"no\""), "\"say \"\"no\"\"\"");
        assert_eq!(cell("=1+2"), "'=1+2");
    }
}
