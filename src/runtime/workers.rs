//! Worker threads for importing and analysing: jobs in, events out. A job that panics takes nothing down with it.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use super::library::Analyst;
use super::pages::{self, Fetched};
use super::sources::{self, Source};
use super::{Event, files};
use crate::analysis::{Analysis, Engine, Lexicon, Voices};
use crate::app::{EntryId, Message};
use crate::article::Article;
use crate::article::import::{self, Collection, Packing, json};
use crate::text::safe;

/// Most worker threads; each costs memory, and the user waits for one article at a time.
const MOST: usize = 4;

/// The name under which a line of JSON is read.
const LINE: &str = ".json";

type Job = Box<dyn FnOnce() -> Option<Event> + Send>;

/// The threads and the way to give them work.
#[derive(Clone, Debug)]
pub struct Workers {
    jobs: Sender<Job>,
    engine: Arc<OnceLock<Engine>>,
}

impl Workers {
    /// Starts the threads; they wait without using the processor.
    ///
    /// # Errors
    /// What the system answers to starting a thread.
    pub fn start(events: &Sender<Event>) -> io::Result<Self> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let queue = Arc::new(Mutex::new(queue));
        let cores = thread::available_parallelism().map_or(1, usize::from);
        for number in 0..cores.min(MOST) {
            let (queue, events) = (Arc::clone(&queue), events.clone());
            thread::Builder::new().name(format!("worker {number}")).spawn(move || work(&queue, &events))?;
        }
        Ok(Self { jobs, engine: Arc::default() })
    }

    /// Reads and imports what is behind `entry`; answered by [`Message::Imported`]. `origin` names it in messages.
    pub fn import(&self, entry: EntryId, origin: String, source: Source) {
        let answer = move |result| Some(Event::Message(Message::Imported(entry, result)));
        if source == Source::Stdin {
            // It may take as long as whoever writes to it likes: not on a worker that others wait for.
            let jobs = self.jobs.clone();
            let read = move || {
                let bytes = files::read_text(io::stdin().lock(), 0);
                let _ = jobs
                    .send(Box::new(move || answer(isolated(|| article(&origin, "", bytes)).unwrap_or_else(failed))));
            };
            let _ = thread::Builder::new().name("standard input".to_owned()).spawn(read);
            return;
        }
        if let Source::Page(address) = source {
            // On a thread of its own: a server takes its time.
            let workers = self.clone();
            let work = move || workers.tell_fetched(entry, pages::fetch(&address));
            let _ = thread::Builder::new().name("page".to_owned()).spawn(work);
            return;
        }
        if let Source::Fetched(fetched) = source {
            self.tell_fetched(entry, Ok(fetched));
            return;
        }
        if let Source::Collection(path) = source {
            self.run(move || {
                let unpacked = isolated(|| sources::collection(&path));
                unpacked.map_or_else(|| answer(failed()), |found| Some(Event::Unpacked(entry, found)))
            });
            return;
        }
        self.run(move || {
            answer(
                isolated(|| match source {
                    Source::File(path) => article(&origin, &path.to_string_lossy(), files::read(&path)),
                    Source::Line { path, start, length } => {
                        article(&origin, LINE, files::read_part(&path, start, length))
                    }
                    Source::Part(article) => Ok(article),
                    Source::Nothing(reason) => Err(format!("{origin}: {reason}")),
                    Source::Stdin | Source::Collection(_) | Source::Page(_) | Source::Fetched(_) => {
                        Err(format!("{origin}: cannot be read here"))
                    }
                })
                .unwrap_or_else(failed),
            )
        });
    }

    /// Tells what became of the page of `entry`.
    fn tell_fetched(&self, entry: EntryId, fetched: Result<Fetched, String>) {
        let (article, note) = match fetched {
            Ok((article, note)) => (Ok(article), note),
            Err(line) => (Err(line), None),
        };
        self.run(move || Some(Event::Message(Message::Imported(entry, article))));
        if let Some(note) = note {
            self.run(move || Some(Event::Message(Message::Failed(note))));
        }
    }

    /// Analyses `article`; answered by [`Message::Analyzed`], or by way of the library where it keeps the article.
    pub fn analyze(&self, entry: EntryId, article: Arc<Article>, analyst: Option<Analyst>) {
        let engine = Arc::clone(&self.engine);
        self.run(move || {
            let analysis = analysis(&engine, &article);
            if let Some(analyst) = analyst {
                analyst.found(entry, article.content_id(), analysis);
                return None;
            }
            let voices = Voices::of(&analysis, &article.text);
            Some(Event::Message(Message::Analyzed(entry, Arc::new(analysis), Arc::new(voices))))
        });
    }

    /// Runs `job` on a worker, with the way to analyse.
    pub fn analyze_apart(&self, job: impl FnOnce(&dyn Fn(&Article) -> Analysis) + Send + 'static) {
        let engine = Arc::clone(&self.engine);
        self.run(move || {
            job(&|article| analysis(&engine, article));
            None
        });
    }

    /// The engine; built when it is needed.
    pub fn engine(&self) -> Arc<OnceLock<Engine>> {
        Arc::clone(&self.engine)
    }

    /// Runs `job` on a worker; its event, if any, is sent.
    pub fn run(&self, job: impl FnOnce() -> Option<Event> + Send + 'static) {
        let _ = self.jobs.send(Box::new(job));
    }
}

/// What `article` says. The engine is built here and not at the start: the first frame does not wait for it.
fn analysis(engine: &OnceLock<Engine>, article: &Article) -> Analysis {
    let analysis = isolated(|| {
        super::panic_on_request("worker");
        engine.get_or_init(|| Engine::new(Lexicon::embedded())).analyze(&article.text)
    });
    // An article that the engine fails on says nothing; the user has been told.
    analysis.unwrap_or_default()
}

/// What becomes of an article that importing panicked on.
fn failed() -> Result<Arc<Article>, String> {
    Err("this article cannot be read: the program failed on it".to_owned())
}

fn work(queue: &Mutex<Receiver<Job>>, events: &Sender<Event>) {
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        if let Some(Some(event)) = isolated(job)
            && events.send(event).is_err()
        {
            return;
        }
    }
}

/// What `job` gives, or nothing where it panics; the panic hook has told the user by then.
fn isolated<T>(job: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(job)).ok()
}

/// The article in `bytes`, whose file is called `name`, or why there is none: `origin` and the reason.
fn article(origin: &str, name: &str, bytes: Result<impl AsRef<[u8]>, String>) -> Result<Arc<Article>, String> {
    let read = bytes.and_then(|bytes| {
        let bytes = bytes.as_ref();
        let article = if Packing::of(bytes, name) == Some(Packing::Message) {
            let Collection { articles, problems } = import::import_all(bytes, name);
            articles.into_iter().next().ok_or_else(|| problems.concat())?
        } else if json::is_object(name) || json::is_lines(name) || json::begins(bytes) {
            json::only(bytes)?
        } else {
            import::import(bytes, name)
        };
        match (article.text.is_empty(), bytes.is_empty()) {
            (false, _) => Ok(Arc::new(article)),
            (true, true) => Err("is empty".to_owned()),
            (true, false) => Err("holds no text".to_owned()),
        }
    });
    read.map_err(|reason| safe::line(&format!("{origin}: {reason}")))
}
