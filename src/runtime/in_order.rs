//! Work on a stream: one thread reads, as many as asked work, and the answers come in the order read.
//!
//! All channels are bounded, so memory does not grow with the length of the stream.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Jobs under way for each thread that works: enough that none waits for the others.
const AHEAD: usize = 4;

/// The answers, in order.
#[derive(Debug)]
pub struct Answers<A> {
    order: Receiver<Receiver<A>>,
    /// The place where the next answer will come.
    next: Option<Receiver<A>>,
}

/// What has come.
#[derive(Debug)]
pub enum Next<A> {
    /// An answer.
    Answer(A),
    /// Nothing yet.
    Waiting,
    /// One job was lost: its worker failed on it.
    Lost,
    /// There are no more.
    Over,
}

/// As many threads as there are processor cores.
#[must_use]
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Starts a thread that runs `read`, and `threads` of them that run `work`.
///
/// `read` hands over what it finds: `Ok` is work to do, `Err` an answer already; it ends when it is told that nobody
/// wants more (`false`).
///
/// # Errors
/// What the system answers to starting a thread.
pub fn start<J, A>(
    threads: usize,
    read: impl FnOnce(&mut dyn FnMut(Result<J, A>) -> bool) + Send + 'static,
    work: impl Fn(J) -> A + Send + Sync + 'static,
) -> io::Result<Answers<A>>
where
    J: Send + 'static,
    A: Send + 'static,
{
    let (jobs, queue) = sync_channel::<(J, SyncSender<A>)>(threads * AHEAD);
    let (order, answers) = sync_channel(threads * AHEAD);
    let (queue, work) = (Arc::new(Mutex::new(queue)), Arc::new(work));
    for number in 0..threads {
        let (queue, work) = (Arc::clone(&queue), Arc::clone(&work));
        thread::Builder::new().name(format!("worker {number}")).spawn(move || {
            loop {
                let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok((job, answer)) = next else { return };
                let _ = answer.send(work(job));
            }
        })?;
    }
    thread::Builder::new().name("input".to_owned()).spawn(move || {
        read(&mut |found| {
            let (answer, place) = sync_channel(1);
            let wanted = order.send(place).is_ok();
            wanted
                && match found {
                    Ok(job) => jobs.send((job, answer)).is_ok(),
                    Err(known) => answer.send(known).is_ok(),
                }
        });
    })?;
    Ok(Answers { order: answers, next: None })
}

impl<A> Answers<A> {
    /// The next answer, if it comes within `patience`.
    pub fn next(&mut self, patience: Duration) -> Next<A> {
        let started = Instant::now();
        let place = match self.next.take() {
            Some(place) => place,
            None => match self.order.recv_timeout(patience) {
                Ok(place) => place,
                Err(RecvTimeoutError::Timeout) => return Next::Waiting,
                Err(RecvTimeoutError::Disconnected) => return Next::Over,
            },
        };
        match place.recv_timeout(patience.saturating_sub(started.elapsed())) {
            Ok(answer) => Next::Answer(answer),
            Err(RecvTimeoutError::Timeout) => {
                self.next = Some(place);
                Next::Waiting
            }
            Err(RecvTimeoutError::Disconnected) => Next::Lost,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all<A>(mut answers: Answers<A>) -> Vec<Option<A>> {
        std::iter::from_fn(|| match answers.next(Duration::MAX) {
            Next::Answer(answer) => Some(Some(answer)),
            Next::Lost => Some(None),
            Next::Waiting | Next::Over => None,
        })
        .collect()
    }

    #[test]
    fn answers_come_in_the_order_read_whoever_is_faster() {
        let read = |sink: &mut dyn FnMut(Result<u32, u32>) -> bool| {
            for number in 0..1_000 {
                assert!(sink(if number % 3 == 0 { Err(number) } else { Ok(number) }));
            }
        };
        let answers = start(4, read, |number| number).unwrap();
        assert_eq!(all(answers), (0..1_000).map(Some).collect::<Vec<_>>());
    }

    #[test]
    fn a_job_that_fails_loses_itself_alone() {
        let read = |sink: &mut dyn FnMut(Result<u32, u32>) -> bool| {
            let _ = (0..3).all(|number| sink(Ok(number)));
        };
        let answers =
            start(2, read, |number| if number == 1 { std::panic::resume_unwind(Box::new(())) } else { number });
        assert_eq!(all(answers.unwrap()), [Some(0), None, Some(2)]);
    }

    #[test]
    fn reading_ends_when_nobody_wants_more() {
        let (ended, end) = sync_channel(1);
        let read = move |sink: &mut dyn FnMut(Result<u32, u32>) -> bool| {
            while sink(Ok(1)) {}
            ended.send(()).unwrap();
        };
        drop(start(2, read, |number| number).unwrap());
        end.recv().unwrap();
    }
}
