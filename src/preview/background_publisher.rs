//! Publishing beside the preview: what `build` would do, after each change, on a thread of its own.
//!
//! Where changes come faster than they are published, the last one counts.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::{News, Options};
use crate::assemble::BuildTime;
use crate::build;
use crate::config::Config;
use crate::diagnostics::{self, Severity};
use crate::parse::Parsed;
use crate::pipeline::{self, Progress};
use crate::theme::Theme;

/// What is to be published. Documents are shared with the preview.
#[derive(Debug)]
pub struct Job {
    /// site.toml.
    pub config: Arc<Config>,
    /// Every file of content/.
    pub parsed: Vec<Parsed>,
    pub theme: Theme,
}

/// Publishes one job at a time.
#[derive(Debug)]
pub struct BackgroundPublisher {
    next: Mutex<Option<Job>>,
    is_new: Condvar,
    progress: Progress,
    /// Threads of its own: the preview does not wait for a publish.
    threads: Option<rayon::ThreadPool>,
}

/// Stops a publisher when it is dropped, however that comes.
#[derive(Debug)]
pub struct Stop<'p>(pub &'p BackgroundPublisher);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

impl BackgroundPublisher {
    /// A publisher that has nothing to do yet.
    pub fn new() -> BackgroundPublisher {
        BackgroundPublisher {
            next: Mutex::new(None),
            is_new: Condvar::new(),
            progress: Progress::default(),
            threads: super::background_threads(),
        }
    }

    fn next(&self) -> MutexGuard<'_, Option<Job>> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has a job published, instead of one that has not begun.
    pub fn push(&self, job: Job) {
        *self.next() = Some(job);
        self.is_new.notify_one();
    }

    /// Ends at once. What is half published is taken back.
    pub fn stop(&self) {
        let _guard = self.next();
        self.progress.is_stopped.store(true, Ordering::SeqCst);
        self.is_new.notify_one();
    }

    fn is_stopped(&self) -> bool {
        self.progress.is_stopped.load(Ordering::SeqCst)
    }

    /// Publishes jobs until it is stopped.
    pub fn run(&self, options: &Options, tell: &(dyn Fn(&News) + Sync)) {
        loop {
            let mut next = self.next();
            let job = loop {
                if self.is_stopped() {
                    return;
                }
                match next.take() {
                    Some(job) => break job,
                    None => next = self.is_new.wait(next).unwrap_or_else(PoisonError::into_inner),
                }
            };
            drop(next);
            match &self.threads {
                Some(threads) => threads.install(|| self.publish(job, options, tell)),
                None => self.publish(job, options, tell),
            }
        }
    }

    fn publish(&self, job: Job, options: &Options, tell: &(dyn Fn(&News) + Sync)) {
        let begun = Instant::now();
        let build_time =
            BuildTime { at: options.at.unwrap_or_else(crate::clock::now), drafts: false };
        let options = pipeline::Options {
            checks: None,
            root: options.root.clone(),
            output: None,
            base_url: options.base_url.clone(),
            build_time,
            strict: false,
        };
        let Job { config, parsed, theme } = job;
        let mut problems = Vec::new();
        let progress = &self.progress;
        let edition =
            pipeline::edition_of(&parsed, theme, &config, &options, progress, &mut problems);
        let published = build::publish(&edition, &options, progress, &mut problems);
        if !self.is_stopped() {
            problems.retain(|problem| problem.severity != Severity::Note);
            let diagnostics = diagnostics::settle(problems);
            let published = published.as_ref();
            tell(&News::Published { published, diagnostics: &diagnostics, took: begun.elapsed() });
        }
    }
}
