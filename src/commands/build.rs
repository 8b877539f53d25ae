//! `podium build`

use std::io::Write;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::{Console, Status, at, counted};
use crate::assemble::BuildTime;
use crate::build::build;
use crate::cli::{Build, Common, SiteOptions};
use crate::diagnostics::{self, Severity};
use crate::pictures::store::Store;
use crate::pipeline::{Options, Progress};

/// Builds the site.
pub fn run(common: &Common, arguments: &Build, console: &Console) -> Status {
    let begun = Instant::now();
    let options = match options(common, &arguments.site, console) {
        Ok(options) => options,
        Err(status) => return status,
    };
    let output = arguments.output.clone().map(|output| from_here(&common.root, output));
    let options = Options { output, ..options };
    let outcome = with_progress(console, &arguments.site, |progress| build(&options, progress));
    console.diagnostics(&outcome.diagnostics);
    let count = |severity| diagnostics::count(&outcome.diagnostics, severity);
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    match &outcome.published {
        Some(published) if errors == 0 => {
            let files = published.files;
            if console.is_verbose {
                published.changed.iter().for_each(|file| console.say(&format!("changed {file}")));
            }
            let said = if warnings > 0 {
                format!(", {}", counted(warnings, "warning"))
            } else {
                String::new()
            };
            console.say(&format!(
                "Published {} in {}/ ({} changed, {} unchanged, {} removed) in {:.2} s{said}",
                counted(published.pages, "page"),
                published.folder.trim_end_matches('/'),
                counted(files.written, "file"),
                files.unchanged,
                files.removed,
                begun.elapsed().as_secs_f64(),
            ));
            super::waiting(&published.waiting).iter().for_each(|said| console.say(said));
            let now = std::time::SystemTime::from(crate::clock::now());
            Store::new(&options.root).tidy(&published.pictures, now);
            Status::Good
        }
        _ => {
            let said = if warnings > 0 {
                format!(" and {}", counted(warnings, "warning"))
            } else {
                String::new()
            };
            console.say(&format!("Nothing was published: {}{said}", counted(errors, "error")));
            if let Some(first) = outcome.diagnostics.iter().find(|d| d.severity == Severity::Error)
            {
                console
                    .say(&format!("`podium explain {}` says more about the first", first.code.id));
            }
            Status::SiteHasErrors
        }
    }
}

/// What `build` and `check` are asked for in the same words.
///
/// # Errors
/// `--at` is not a time; that has been said.
pub fn options(
    common: &Common,
    arguments: &SiteOptions,
    console: &Console,
) -> Result<Options, Status> {
    let at = at(common, arguments.at.as_deref(), console)?;
    let build_time =
        BuildTime { at: at.unwrap_or_else(crate::clock::now), drafts: arguments.drafts };
    Ok(Options {
        root: common.root.clone(),
        output: None,
        base_url: arguments.base_url.clone(),
        build_time,
        strict: arguments.strict,
        checks: None,
    })
}

/// An output folder that was named on the command line is meant from where the reader stands.
fn from_here(root: &std::path::Path, output: std::path::PathBuf) -> std::path::PathBuf {
    if root == std::path::Path::new(".") {
        return output;
    }
    std::path::absolute(&output).unwrap_or(output)
}

/// Works on as many threads as are asked for, shows how far it is on a terminal if it takes long, and tells
/// afterwards how long its parts took, if somebody wants to know.
pub fn with_progress<T: Send>(
    console: &Console,
    arguments: &SiteOptions,
    work: impl Fn(&Progress) -> T + Sync,
) -> T {
    let begun = Instant::now();
    let progress = Progress::default();
    let came = on_threads(arguments.jobs, || shown(console, &progress, &work));
    let report = progress.timings.report(begun.elapsed());
    if console.is_verbose {
        report.lines().lines().for_each(|line| console.say(line));
    }
    if let Some(file) = &arguments.timings
        && let Err(error) = std::fs::write(file, report.json())
    {
        console.complain(&format!("--timings {}: {error}", file.display()));
    }
    came
}

fn on_threads<T: Send>(jobs: Option<u16>, work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(jobs.map_or(0, usize::from)).build() {
        Ok(threads) => threads.install(work),
        // Without threads of its own, the work is done by those that are there.
        Err(_) => work(),
    }
}

fn shown<T>(console: &Console, progress: &Progress, work: impl Fn(&Progress) -> T) -> T {
    if !console.shows_progress() {
        return work(progress);
    }
    let (done, wait) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // What is done in less than a second needs no report.
            let mut pause = Duration::from_millis(1000);
            let mut shown = false;
            while wait.recv_timeout(pause) == Err(mpsc::RecvTimeoutError::Timeout) {
                let (at, of) =
                    (progress.done.load(Ordering::Relaxed), progress.total.load(Ordering::Relaxed));
                if of > 0 {
                    let _ = write!(std::io::stderr(), "\r{at} of {of} files");
                    shown = true;
                }
                pause = Duration::from_millis(100);
            }
            if shown {
                let _ = write!(std::io::stderr(), "\r\x1b[K");
            }
        });
        let came = work(progress);
        drop(done);
        came
    })
}
