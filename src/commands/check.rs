//! `podium check`

use std::path::Path;
use std::time::{Duration, Instant};

use super::build::{options, with_progress};
use super::{Console, Status, counted};
use crate::assemble::BuildTime;
use crate::build;
use crate::check;
use crate::check::external::RequestPolicy;
use crate::check::stale_results::{Revision, StaleResults};
use crate::cli::{Check, Common, Fix};
use crate::diagnostics::{self, Diagnostic, Severity};
use crate::pipeline::{Options, Project};

/// Looks at everything, and writes nothing.
pub fn run(common: &Common, arguments: &Check, console: &Console) -> Status {
    let begun = Instant::now();
    let options = match options(common, &arguments.site, console) {
        Ok(options) => Options { checks: Some(true), ..options },
        Err(status) => return status,
    };
    let strict = options.strict;
    if arguments.since.is_some() || arguments.against.is_some() {
        let build_time = options.build_time;
        return match stale_results(
            common,
            arguments.since.as_deref(),
            arguments.against.as_deref(),
            build_time,
        ) {
            Ok(found) => told(&found, strict, console),
            Err(Refused::CommandLine(why)) => {
                console.complain(&why);
                Status::WrongCommandLine
            }
            Err(Refused::Site(problems)) => {
                console.diagnostics(&problems);
                Status::SiteHasErrors
            }
        };
    }
    let timeout = Duration::from_secs(arguments.timeout.map_or(10, u64::from));
    let policy = arguments.external.then(|| RequestPolicy::with_timeout(timeout));
    let check = || {
        with_progress(console, &arguments.site, |progress| {
            build::check(&options, progress, policy.as_ref())
        })
    };
    let mut checked = check();
    if let Some(what) = arguments.fix {
        let is_shown = |diagnostic: &&Diagnostic| {
            let is_name = diagnostic.code.id.starts_with('N');
            let is_asked = match what {
                Fix::Facts => !is_name,
                Fix::Names => is_name,
                Fix::All => true,
            };
            is_asked && (arguments.notes || diagnostic.severity != Severity::Note)
        };
        let shown: Vec<Diagnostic> = checked.diagnostics.iter().filter(is_shown).cloned().collect();
        match fix(common, &shown, console) {
            Ok(0) => {}
            Ok(_) => checked = check(),
            Err(problem) => {
                console.diagnostics(&[*problem]);
                return Status::SiteHasErrors;
            }
        }
    }
    let notes = diagnostics::count(&checked.diagnostics, Severity::Note);
    if !arguments.notes {
        checked.diagnostics.retain(|diagnostic| diagnostic.severity != Severity::Note);
    }
    console.diagnostics(&checked.diagnostics);
    let pages = checked.pages.map_or("the site".into(), |pages| counted(pages, "page"));
    let seconds = begun.elapsed().as_secs_f64();
    let mut said = summary(&checked.diagnostics);
    if notes > 0 && !arguments.notes {
        said += &format!(" ({} with --notes)", counted(notes, "note"));
    }
    if checked.waived > 0 {
        said += &format!(", {} waived", checked.waived);
    }
    console.say(&format!("Checked {pages} in {seconds:.2} s: {said}"));
    if diagnostics::has_errors(&checked.diagnostics) { Status::SiteHasErrors } else { Status::Good }
}

/// "1 error and 2 warnings", "nothing found".
fn summary(diagnostics: &[Diagnostic]) -> String {
    super::tally(diagnostics).unwrap_or_else(|| "nothing found".into())
}

/// Makes the certain corrections and shows them. Says how many there were.
fn fix(common: &Common, found: &[Diagnostic], console: &Console) -> Result<usize, Box<Diagnostic>> {
    let Ok(project) = Project::open(&common.root) else { return Ok(0) };
    let corrections = check::fix::plan(&project.config, found);
    let left = check::fix::write(&common.root, &corrections)?;
    let mut count = 0;
    for correction in corrections.iter().filter(|correction| !left.contains(&correction.path)) {
        console.show(&super::diff(&correction.path, Some(&correction.old), Some(&correction.new)));
        count += correction.count;
    }
    for path in left {
        console.complain(&format!("{path} has changed since it was read, and was left alone"));
    }
    console.say(&format!("Corrected {}", counted(count, "finding")));
    Ok(count)
}

/// Why a comparison with earlier results could not be made.
pub enum Refused {
    /// The revision or folder is not there.
    CommandLine(String),
    /// site.toml is wrong.
    Site(Vec<Diagnostic>),
}

/// What still tells results that have changed, since a revision or against another folder.
pub fn stale_results(
    common: &Common,
    since: Option<&str>,
    against: Option<&Path>,
    build_time: BuildTime,
) -> Result<StaleResults, Refused> {
    let config = Project::open(&common.root).map_err(Refused::Site)?.config;
    if let Some(revision) = since {
        let then = Revision::checkout(&common.root, revision)
            .map_err(|why| Refused::CommandLine(format!("--since {revision}: {why}")))?;
        return check::stale_results::find(&common.root, &then.root(), &config, build_time)
            .map_err(Refused::Site);
    }
    let then = against.unwrap_or(&common.root);
    if !then.join("content").is_dir() {
        let why = format!("--against {}: there is no content/ in it", then.display());
        return Err(Refused::CommandLine(why));
    }
    check::stale_results::find(&common.root, then, &config, build_time).map_err(Refused::Site)
}

fn told(found: &StaleResults, is_strict: bool, console: &Console) -> Status {
    let stale = found.stale.iter().map(|stale| stale.finding.clone());
    console.diagnostics(&found.results.iter().cloned().chain(stale).collect::<Vec<_>>());
    let said = match found.results.len() {
        0 => "No recorded result has changed".to_owned(),
        1 => format!("1 result has changed, {} the old one", places(found)),
        many => format!("{many} results have changed, {} an old one", places(found)),
    };
    console.say(&said);
    if is_strict && !found.stale.is_empty() { Status::SiteHasErrors } else { Status::Good }
}

fn places(found: &StaleResults) -> String {
    match found.stale.len() {
        1 => "1 place still tells".to_owned(),
        many => format!("{many} places still tell"),
    }
}
