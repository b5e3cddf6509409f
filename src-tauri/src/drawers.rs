//! Threads on which pictures are fetched, apart from those that commands wait on: a strip of a thousand pages that is scrolled along asks
//! for all of them, and each waits for a worker to draw it.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex};

use crate::bench::locked;

/// Two workers draw; meanwhile pictures that are kept are read.
const THREADS: usize = 6;

type Job = Box<dyn FnOnce() + Send>;

/// Pictures to be fetched, the one asked for last first: what was passed by can wait.
#[derive(Clone, Default)]
pub struct Drawers(Arc<Queue>);

#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    come: Condvar,
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    threads: usize,
    idle: usize,
}

impl Drawers {
    /// Does it when its turn comes, and returns at once.
    pub fn fetch(&self, job: impl FnOnce() + Send + 'static) {
        let mut waiting = locked(&self.0.waiting);
        waiting.jobs.push_front(Box::new(job));
        if waiting.idle < waiting.jobs.len() && waiting.threads < THREADS {
            waiting.threads += 1;
            let queue = Arc::clone(&self.0);
            std::thread::spawn(move || queue.serve());
        }
        self.0.come.notify_one();
    }
}

impl Queue {
    fn serve(&self) {
        loop {
            let mut waiting = locked(&self.waiting);
            let job = loop {
                if let Some(job) = waiting.jobs.pop_front() {
                    break job;
                }
                waiting.idle += 1;
                waiting = self.come.wait(waiting).unwrap_or_else(std::sync::PoisonError::into_inner);
                waiting.idle -= 1;
            };
            drop(waiting);
            // One picture that breaks a promise of ours must not cost the thread.
            if catch_unwind(AssertUnwindSafe(job)).is_err() {
                log::warn!("a picture was not fetched");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    /// As many as a long scan has, none of them drawn before the clerk does something else.
    #[test]
    fn a_thousand_pictures_hold_no_command_and_the_last_comes_first() {
        let drawers = Drawers::default();
        let (drawn, order) = mpsc::channel();
        let (go, going) = mpsc::channel::<()>();
        let going = Arc::new(Mutex::new(going));
        for at in 0..1000 {
            let (drawn, going) = (drawn.clone(), Arc::clone(&going));
            drawers.fetch(move || {
                let _ = locked(&going).recv();
                let _ = drawn.send(at);
            });
            if at < THREADS {
                // Each thread has one before more are asked for.
                while !locked(&drawers.0.waiting).jobs.is_empty() {
                    std::thread::sleep(Duration::from_millis(1));
                }
            }
        }
        let command = tauri::async_runtime::spawn_blocking(|| "status");
        assert_eq!(tauri::async_runtime::block_on(command).expect("it has a thread"), "status");
        assert!(locked(&drawers.0.waiting).threads <= THREADS);
        drop(go);
        let order: Vec<usize> = order.iter().take(1000).collect();
        let last = order.iter().position(|at| *at == 999).expect("all are fetched");
        assert!(last <= THREADS, "after {last} others");
    }

    #[test]
    fn a_picture_that_breaks_costs_no_thread() {
        let drawers = Drawers::default();
        for _ in 0..THREADS * 2 {
            drawers.fetch(|| panic!("drawing"));
        }
        let (drawn, order) = mpsc::channel();
        drawers.fetch(move || {
            let _ = drawn.send(());
        });
        assert!(order.recv_timeout(Duration::from_secs(5)).is_ok());
    }
}
