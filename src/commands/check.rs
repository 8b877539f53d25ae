//! `podium check`

use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::build::with_progress;
use super::{Console, Status, at, counted};
use crate::assemble::Clock;
use crate::build::{self, Options};
use crate::check::external::Manners;
use crate::cli::{Check, Common};
use crate::diagnostics::{self, Severity};

/// Looks at everything, and writes nothing.
pub fn run(common: &Common, arguments: &Check, console: &Console) -> Status {
    let begun = Instant::now();
    let at = match at(common, arguments.at.as_deref(), console) {
        Ok(at) => at.unwrap_or_else(Timestamp::now),
        Err(status) => return status,
    };
    let options = Options {
        root: common.root.clone(),
        output: None,
        base_url: arguments.base_url.clone(),
        clock: Clock { at, drafts: arguments.drafts },
        strict: arguments.strict,
        checks: Some(true),
    };
    let timeout = Duration::from_secs(arguments.timeout.map_or(10, u64::from));
    let manners = arguments.external.then(|| Manners::with_timeout(timeout));
    let mut checked = with_progress(console, arguments.jobs, |progress| {
        build::check(&options, progress, manners.as_ref())
    });
    let notes = diagnostics::count(&checked.diagnostics, Severity::Note);
    if !arguments.notes {
        checked.diagnostics.retain(|it| it.severity != Severity::Note);
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
fn summary(diagnostics: &[diagnostics::Diagnostic]) -> String {
    super::tally(diagnostics).unwrap_or_else(|| "nothing found".into())
}
