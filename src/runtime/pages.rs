//! Pages of the web for the reader. Where nothing else was named, the first of them is fetched before the screen is taken:
//! what is wrong then stands where the user asked, whole, and gives an exit code, as it does for a file.

use std::panic::catch_unwind;
use std::sync::Arc;

use super::feeds::proxies;
use super::sources::Source;
use super::wait::Wait;
use crate::app::Entry;
use crate::app::list::Content;
use crate::article::Article;
use crate::fetch::{Address, Client, Limits, Stop, page};
use crate::text::safe;

/// A page that was fetched, with what there is to say of it.
pub type Fetched = (Arc<Article>, Option<String>);

/// Fetches the page at `address`.
///
/// # Errors
/// One safe line that begins with the address: why there is nothing to read, and what to do.
pub fn fetch(address: &Address) -> Result<Fetched, String> {
    let client = Client::new(Limits::default(), proxies(), Stop::default());
    let fetched = catch_unwind(|| page::fetch(&client, address, None).map_err(|error| error.to_string()));
    let page = fetched.unwrap_or_else(|_| Err("the program failed on it".to_owned()));
    let page = page.map_err(|why| safe::line(&format!("{address}: {why}")))?;
    let notes = page.notes().join("; ");
    Ok((Arc::new(page.article), Some(notes).filter(|notes| !notes.is_empty())))
}

/// Where all that can be opened are pages, fetches them in their order until there is one to read; the others are fetched
/// when it is their turn. Says on standard error what it waits for, and what could not be fetched; where that
/// is all of them, also what else cannot be read.
///
/// # Errors
/// There is nothing to read.
pub fn fetch_first(found: &mut [(Entry, Source)]) -> Result<(), ()> {
    let is_page = |(entry, source): &&mut (Entry, Source)| {
        matches!(source, Source::Page(_)) && matches!(entry.content, Content::Waiting)
    };
    let can_be_opened = |(entry, _): &&(Entry, Source)| !matches!(entry.content, Content::Failed(_));
    let pages = found.iter_mut().filter(is_page).count();
    if pages == 0 || pages < found.iter().filter(can_be_opened).count() {
        return Ok(());
    }
    let others: Vec<String> = found
        .iter()
        .filter_map(|(entry, _)| match &entry.content {
            Content::Failed(line) => Some(line.to_string()),
            _ => None,
        })
        .collect();
    for (entry, source) in found.iter_mut().filter(is_page) {
        let Source::Page(address) = &source else { continue };
        let wait = Wait::new(address.host());
        let fetched = fetch(address);
        drop(wait);
        match fetched {
            Ok(fetched) => {
                *source = Source::Fetched(fetched);
                return Ok(());
            }
            Err(line) => {
                super::complain(&line);
                *entry = Entry::failed(address.as_str(), line);
            }
        }
    }
    others.iter().for_each(|line| super::complain(line));
    Err(())
}
