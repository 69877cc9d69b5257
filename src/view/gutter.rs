//! The gutter beside the text: a bar where somebody speaks, and the speaker's letter where that begins.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Skin;
use super::speech::{Speech, Spoken};
use crate::app::Reader;
use crate::layout::{Line, LineKind};
use crate::text::Span;

/// Draws the gutter of the lines visible in `area`: letter, bar and a blank, as far as there are columns.
pub fn draw(buffer: &mut Buffer, area: Rect, reader: &Reader, skin: &Skin) {
    let Some(speech) = Speech::of(reader).filter(|_| area.width > 0) else { return };
    let (letter, bar) = if area.width == 1 { (None, area.x) } else { (Some(area.x), area.x + 1) };
    let mut above = None;
    for (y, index) in (area.top()..area.bottom()).zip(reader.top..) {
        let Some(line) = reader.layout.lines.get(index) else { break };
        let shown = on_line(speech, line);
        if let Some(spoken) = shown {
            buffer[(bar, y)].set_symbol(spoken.bar(skin)).set_style(spoken.color(skin));
        }
        if let Some(x) = letter {
            // Where two speakers begin on a line, the second letter takes the place of the bar.
            for (x, spoken) in (x..=bar).zip(beginning(speech, line, shown, above)) {
                buffer[(x, y)].set_char(spoken.letter()).set_style(spoken.color(skin));
            }
        }
        above = shown;
    }
}

/// The quotes whose letters stand beside `line`, one for each speaker.
fn beginning<'a>(
    speech: Speech<'a>,
    line: &Line,
    shown: Option<Spoken<'a>>,
    above: Option<Spoken<'a>>,
) -> impl Iterator<Item = Spoken<'a>> {
    let is_shown = move |spoken: &Spoken| shown.is_some_and(|shown| shown.quote.speaker == spoken.quote.speaker);
    let first = shown.filter(|shown| begins(speech, shown, line, above));
    let span = line.span;
    let others = speech.on(span).filter(move |spoken| !spoken.muted && span.contains(spoken.quote.span.start));
    first.into_iter().chain(others.filter(move |spoken| !is_shown(spoken)))
}

/// The quote whose bar stands beside `line`: the current one, else the direct one that covers most of it, else the
/// reported one.
fn on_line<'a>(speech: Speech<'a>, line: &Line) -> Option<Spoken<'a>> {
    let (stretch, blank) = match line.kind {
        LineKind::Text { .. } => (line.span, false),
        // The bar of a quote that goes on in the next paragraph does not stop between them; one that only begins or
        // ends here is none of this row's.
        LineKind::Blank => (Span::new(line.span.start.saturating_sub(1), line.span.start + 1), true),
        LineKind::Facts => return None,
    };
    let goes_on = |quote: Span| quote.start < stretch.start && stretch.end < quote.end;
    let on_it = speech.on(stretch).filter(|spoken| !blank || goes_on(spoken.quote.span));
    let covered = |spoken: &Spoken| spoken.quote.span.intersection(stretch).len();
    let rank = |spoken: &Spoken| (!spoken.muted, spoken.current, spoken.is_direct(), covered(spoken));
    let shown = on_it.max_by_key(rank)?;
    // What is quoted within the current quote stays told from what is only reported.
    let within = |spoken: &Spoken| spoken.is_direct() && shown.quote.span.covers(spoken.quote.span);
    let quoted = speech.on(stretch).filter(|spoken| shown.current && !blank && within(spoken)).max_by_key(covered);
    Some(quoted.map_or(shown, Spoken::as_current))
}

/// Whether the letter stands beside `line`: where the speaker was not shown in the row above, or where a quote begins
/// that is not part of a longer one by the same speaker.
fn begins(speech: Speech, shown: &Spoken, line: &Line, above: Option<Spoken>) -> bool {
    let speaker = shown.quote.speaker;
    if above.is_none_or(|above| above.quote.speaker != speaker) {
        return true;
    }
    let start = shown.quote.span.start;
    let inside = |outer: Spoken| outer.quote.speaker == speaker && outer.quote.span.start < start;
    line.span.contains(start) && !speech.on(Span::new(start, start + 1)).any(inside)
}
