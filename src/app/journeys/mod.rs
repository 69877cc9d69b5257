//! What happens when a person presses keys or uses the mouse: journeys through the reader, each a sentence.

mod adding;
mod any_events;
mod every_action;
mod feeds;
mod folders;
mod library;
mod mouse;
mod notes;
mod panes;
mod people;
mod places;
mod prompts;
mod quotes;
mod scrolling;
mod search;
mod stories;

/// Three voices, a quote within reported speech, an unknown speaker, names, and paragraphs enough to scroll.
fn visit() -> String {
    let filler = |from: usize| (from..from + 15).map(paragraph).collect::<String>();
    format!(
        "{{a Karoline Leavitt}} spoke before {{b Zohran Mamdani}} came to {{c=place Washington}}.\n\n\
         [a: “It speaks volumes,”] {{a Leavitt}} said.\n\n\
         She said [a~ it is telling and [a: “speaks to the fact”] that they meet].\n\n\
         {}\
         [b: “I will work with anyone,”] {{b Mamdani}} said.\n\n\
         {}\
         [a: “You will hear from him,”] {{a Leavitt}} said.\n\n\
         [?: “Welcome,”] said somebody.\n\n\
         {{c=place Washington}} was quiet.",
        filler(1),
        filler(16),
    )
}

/// A paragraph of two lines or so in which nobody speaks.
fn paragraph(number: usize) -> String {
    format!("Paragraph {number} tells nothing of note, but at some length, so that there is a page to turn in it.\n\n")
}

/// A short story in which one person speaks.
fn short(name: &str) -> String {
    format!("{{a {name}}} was there.\n\n[a: “Hello,”] said {{a {name}}}.")
}
