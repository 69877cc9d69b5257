//! `pullquote feed add`: a feed, or the feed of a page, followed from now on.

use super::arguments::Add;
use super::set::tidy;
use super::{Failure, Stoppable, code};
use crate::command::library::Library;
use crate::command::{NOTHING, complain, count};
use crate::fetch::discover::{self, Discovered};
use crate::fetch::{Address, Error};
use crate::runtime::feeds::{self, Followed, Halt, Wishes};
use crate::runtime::wait::Wait;
use crate::text::safe;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { line: error.to_string(), code: code(error.kind()) }
    }
}

pub(super) fn run(arguments: &Add, library: &Library) -> Result<u8, Failure> {
    let address = Address::typed(&arguments.url)?;
    let mut store = library.open()?;
    let stoppable = Stoppable::new()?;
    let wait = Wait::new(address.host());
    let found = discover::at(&stoppable.client, &address, arguments.guess);
    drop(wait);
    let (at, found) = match found {
        Ok(Discovered::Feed(at, found)) => (at, found),
        Ok(Discovered::Several(candidates)) => {
            complain(&format!("{address} has several feeds; follow one of them:"));
            candidates.iter().for_each(|feed| complain(&format!("  {} {}", feed.address, feed.title)));
            return Ok(NOTHING);
        }
        Err(Error::Stopped) => return Ok(stoppable.code()),
        Err(error) => {
            let hint = if !arguments.guess && matches!(error, Error::NotAFeed(_)) {
                "; with --guess, it is looked for where feeds usually lie"
            } else {
                ""
            };
            return Err(Failure { line: format!("{address}: {error}{hint}"), code: code(error.kind()) });
        }
    };
    let wishes = Wishes {
        title: arguments.title.as_deref().map(safe::line),
        folder: arguments.folder.as_deref().map(tidy),
        full_text: arguments.full_text,
    };
    let both = (&mut store, library.again()?);
    let wait = arguments.full_text.then(|| Wait::new(&format!("the pages of {}", at.host())));
    let followed = feeds::follow(both, &stoppable.client, (&address, &at), found, wishes);
    drop(wait);
    let followed = match followed {
        Ok(followed) => followed,
        Err(Halt::Stopped) => return Ok(stoppable.code()),
        Err(Halt::Failed(error)) => return Err(error.into()),
        Err(Halt::NoThread(error)) => return Err(format!("cannot start a thread: {error}").into()),
    };
    tell(&followed);
    super::refresh::analyze(&mut store, library, &stoppable)
}

fn tell(followed: &Followed) {
    let feeds::Outcome { feed, news, .. } = &followed.outcome;
    let following = if followed.before { "following already" } else { "following" };
    let known = match news.known {
        0 => String::new(),
        1 => ", 1 that is here already".to_owned(),
        known => format!(", {known} that are here already"),
    };
    let new = count(news.new.len(), "new article");
    complain(&format!("{following} {} ({}): {new}{known}", feed.title(), feed.url));
    feed.note.iter().for_each(|note| complain(&format!("{}: {note}", feed.title())));
}
