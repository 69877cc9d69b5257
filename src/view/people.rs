//! Everything a person said: who it is, then quotes by day and story, each with the bar that it has in its story.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Clear, Widget};

use super::pen::Pen;
use super::{Skin, facts};
use crate::analysis::QuoteKind;
use crate::app::people::{AFTER_WORDS, Area, BEFORE_WORDS, Line, People, Place, Said, Title, Who};
use crate::config::theme::Role;
use crate::text::{Span, width};

/// Draws the screen; `screen` is all of it but the status line.
pub fn draw(buffer: &mut Buffer, screen: Rect, at: Area, people: &People, skin: &Skin) {
    let Some(who) = &people.who else { return };
    Clear.render(screen, buffer);
    buffer.set_style(screen, skin.role(Role::Page));
    draw_header(buffer, at.header, people, who, skin);
    if people.lines.choices.is_empty() {
        let told = match (people.answered, people.about.is_empty()) {
            (false, _) => String::new(),
            (true, true) => "nothing is said".to_owned(),
            (true, false) => format!("nothing is said about {}", people.about),
        };
        Pen::new(buffer, at.body, 0).skip(BEFORE_WORDS).put(&told, skin.role(Role::Dim));
    }
    let shown = people.lines.lines.iter().skip(people.top);
    for ((line, choice), row) in shown.zip(0..at.body.height) {
        let own = Rect { y: at.body.y + row, height: 1, ..at.body };
        let selected = choice.is_some() && *choice == Some(people.selected);
        if selected {
            buffer.set_style(own, skin.role(Role::Selection));
        }
        draw_line(buffer, own, people, *line, selected, skin);
    }
    draw_more(buffer, at.body, people, skin);
}

/// Name and roles, then how much there is and the other names; on a small screen the name with the number alone.
fn draw_header(buffer: &mut Buffer, area: Rect, people: &People, who: &Who, skin: &Skin) {
    let dim = skin.role(Role::Dim);
    let between = skin.glyphs.between;
    let counts = counts(people, who);
    let mut pen = Pen::new(buffer, area, 0);
    pen.skip(1).put_last(" ", Style::new());
    if area.height < 2 {
        pen.put_last(&counts, dim).put_last("  ", dim);
    }
    pen.fit(&who.name, pen.room(), skin.glyphs, skin.role(Role::Title));
    let roles = who.roles.iter().scan(pen.room(), |room, role| {
        *room = room.checked_sub(width::columns(role) + 2)?;
        Some(role.as_str())
    });
    let roles: Vec<&str> = roles.collect();
    if !roles.is_empty() {
        pen.put("  ", dim).put(&roles.join(", "), dim);
    }
    if area.height < 2 {
        return;
    }
    let mut pen = Pen::new(buffer, area, 1);
    pen.skip(1).put_last(" ", Style::new()).put(&counts, dim);
    if !who.names.is_empty() {
        let names = format!("{between}also {}", who.names.join(", "));
        pen.fit(&names, pen.room(), skin.glyphs, dim);
    }
}

/// "12 quotes in 5 stories", or how many of them are about something.
fn counts(people: &People, who: &Who) -> String {
    let shown: usize = people.stories.iter().map(|story| story.quotes.len()).sum();
    let more = if people.more { "the newest " } else { "" };
    let stories = facts::counted(people.stories.len(), "story", "stories");
    if !people.about.is_empty() {
        let quotes = facts::counted(shown, "quote", "quotes");
        let where_said = if shown > 0 { format!(" in {stories}") } else { String::new() };
        return format!("{more}{quotes} about {}{where_said}", people.about);
    }
    if people.more {
        return format!("the newest {shown} of {}, in {stories}", facts::counted(who.quotes, "quote", "quotes"));
    }
    // The same quote in several stories counts once, and so the stories are those of the list, not all that name them.
    format!("{} in {stories}", facts::counted(shown, "quote", "quotes"))
}

fn draw_line(buffer: &mut Buffer, area: Rect, people: &People, line: Line, selected: bool, skin: &Skin) {
    let dim = skin.role(Role::Dim);
    let mut pen = Pen::new(buffer, area, 0);
    match line {
        Line::Blank => {}
        Line::Day(day) => {
            let day = day.map_or_else(|| "Without a date".to_owned(), facts::date);
            pen.skip(1).put(&day, skin.role(Role::Accent));
        }
        Line::Story(story) => {
            let Some(story) = people.stories.get(story) else { return };
            pen.skip(1).put_last(" ", Style::new());
            let source = &story.title.source;
            if !source.is_empty() && width::columns(source) * 3 < pen.room() {
                pen.put_last(source, dim).put_last("  ", dim);
            }
            let style = Style::new().add_modifier(Modifier::BOLD);
            pen.fit(&title(&story.title), pen.room(), skin.glyphs, style);
        }
        Line::Words(place, span, cut) => {
            let Some(said) = people.said(place) else { return };
            let first = span.start == 0;
            mark(&mut pen, selected && first, skin);
            pen.put(bar(said, selected, skin), skin.palette.voice(0)).skip(1);
            draw_words(&mut pen, said, span, cut, skin);
        }
        Line::Also(place) => {
            let Some(said) = people.said(place) else { return };
            mark(&mut pen, selected, skin);
            let others = facts::counted(said.also.len(), "other story", "other stories");
            pen.skip(2).put(&format!("also in {others}"), dim);
        }
        Line::Other(place, other) => draw_other(&mut pen, people, place, other, selected, skin),
    }
}

fn mark(pen: &mut Pen, selected: bool, skin: &Skin) {
    pen.skip(1).put(if selected { skin.glyphs.selected } else { " " }, Style::new());
}

/// The same bar that the quote has in its story.
fn bar(said: &Said, selected: bool, skin: &Skin) -> &'static str {
    let [usual, current] = if said.kind == QuoteKind::Direct { skin.glyphs.direct } else { skin.glyphs.reported };
    if selected { current } else { usual }
}

fn draw_words(pen: &mut Pen, said: &Said, span: Span, cut: bool, skin: &Skin) {
    let style = if said.kind == QuoteKind::Direct { Style::new() } else { skin.role(Role::Reported) };
    let words = span.of(&said.words);
    if cut {
        let room = pen.room().saturating_sub(usize::from(AFTER_WORDS));
        let shown = width::prefix(words, room.saturating_sub(1)).trim_end().to_owned() + skin.glyphs.cut;
        pen.put(&shown, style);
    } else {
        pen.put(words, style);
    }
}

fn draw_other(pen: &mut Pen, people: &People, place: Place, other: usize, selected: bool, skin: &Skin) {
    let Some((story, _)) = people.said(place).and_then(|said| said.also.get(other)) else { return };
    let dim = skin.role(Role::Dim);
    mark(pen, selected, skin);
    pen.skip(2).put_last(" ", Style::new());
    if let Some(date) = story.date {
        pen.put_last(&facts::date(date), dim).put_last("  ", dim);
    }
    pen.put("also ", dim);
    pen.fit(&title(story), pen.room(), skin.glyphs, Style::new());
}

fn title(story: &Title) -> String {
    if story.title.is_empty() { "without a headline".to_owned() } else { story.title.clone() }
}

/// Marks at the right edge where there is more above or below.
fn draw_more(buffer: &mut Buffer, area: Rect, people: &People, skin: &Skin) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    let [above, below] = skin.glyphs.more;
    let dim = skin.role(Role::Dim);
    if people.top > 0 {
        buffer.set_stringn(area.right() - 1, area.y, above, 1, dim);
    }
    if people.lines.lines.len() > people.top + usize::from(area.height) {
        buffer.set_stringn(area.right() - 1, area.bottom() - 1, below, 1, dim);
    }
}
