//! `build` and `check`: all pages of a site are rendered, and published together or looked through.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::assemble::{ContentFile, Site, Waiting};
use crate::check;
use crate::check::external::RequestPolicy;
use crate::check::pages::{Examiner, Facts};
use crate::derivatives::{self, Inspected};
use crate::diagnostics::{self, Diagnostic, Place, Severity, codes};
use crate::edition::Edition;
use crate::pictures::store::Store;
use crate::pipeline::{self, Observer, Options, Progress, Rendered, timed};
use crate::plan::Page;
use crate::publish::{Change, Publisher, Put, Summary};
use crate::render::Output;
use crate::render::mentions::{Mentioned, Mentions};
use crate::starter;
use crate::timings::Stage;

/// What came of a build.
#[derive(Debug)]
pub struct Outcome {
    /// Everything there is to say, in reading order.
    pub diagnostics: Vec<Diagnostic>,
    /// What was published; nothing if there were errors.
    pub published: Option<Published>,
}

/// What was published.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The output folder as it was named.
    pub folder: String,
    /// How many pages there are, files that are copied not counted.
    pub pages: usize,
    /// How many files were what.
    pub files: Summary,
    /// Files that were written, from the output folder.
    pub changed: Vec<String>,
    /// Stories whose time is still to come.
    pub waiting: Vec<Waiting>,
    /// Names of the derivatives of pictures, as the store has them.
    pub pictures: HashSet<String>,
}

/// What nobody wants to publish, but only who publishes has to hear of.
fn placeholders(site: &Site, options: &Options) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if options.base_url.is_none() && site.config.base_url == starter::BASE_URL {
        let message = "the base_url is still the one of the example";
        found.push(
            Diagnostic::new(&codes::C005, site.config.base_url_place.clone(), message)
                .help("write the address at which the site will be"),
        );
    }
    if site.config.games.name != starter::GAMES
        && let left @ [first, ..] = starter::left(site).as_slice()
    {
        let message = "the example of a new site is still there";
        found.push(
            Diagnostic::new(&codes::C006, Place::File(first.clone()), message)
                .help(format!("delete {}", left.join(", "))),
        );
    }
    found
}

/// Builds a site: publishes the whole of it, or nothing.
pub fn build(options: &Options, progress: &Progress) -> Outcome {
    let mut problems = Vec::new();
    let published = run(options, progress, &mut problems);
    // Who builds wants to publish; notes are for who asks.
    problems.retain(|problem| problem.severity != Severity::Note);
    Outcome { diagnostics: settled(problems, options.strict), published }
}

/// What came of a check.
#[derive(Debug)]
pub struct Checked {
    /// Everything there is to say, notes among it, in reading order.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages were looked at, files that are copied not counted; nothing if the site has none
    /// yet because of its errors.
    pub pages: Option<usize>,
    /// How many findings their authors answer for.
    pub waived: usize,
}

/// Does all that [`build`] does and looks at what would be published, but writes nothing. With a request policy,
/// it asks other hosts for the links that leave the site as well.
pub fn check(options: &Options, progress: &Progress, policy: Option<&RequestPolicy>) -> Checked {
    let mut problems = Vec::new();
    let mut waived = 0;
    let pages = pipeline::edition(options, progress, &mut problems, &mut waived).map(|edition| {
        let is_checked = options.wants_checks(&edition.site.config);
        let facts = look_through(&edition, &options.root, progress, is_checked, &mut problems);
        if let Some(policy) = policy {
            problems.extend(check::external(&edition, &facts, policy));
        }
        let pages = edition.pages.iter().filter(|page| page.page_kind().is_some()).count();
        let_go(edition);
        pages
    });
    Checked { diagnostics: settled(problems, options.strict), pages, waived }
}

fn settled(mut problems: Vec<Diagnostic>, strict: bool) -> Vec<Diagnostic> {
    if strict {
        let warnings = problems.iter_mut().filter(|problem| problem.is_hardened());
        warnings.for_each(|warning| warning.severity = Severity::Error);
    }
    diagnostics::settle(problems)
}

fn run(
    options: &Options,
    progress: &Progress,
    problems: &mut Vec<Diagnostic>,
) -> Option<Published> {
    let edition = pipeline::edition(options, progress, problems, &mut 0)?;
    problems.extend(placeholders(&edition.site, options));
    let published = publish(&edition, options, progress, problems);
    let_go(edition);
    published
}

/// Gives the memory of an edition back beside what is left to do. A program that ends meanwhile need not wait
/// for it: taking a large site apart takes a twentieth of its build.
fn let_go(edition: Edition) {
    // Without a thread, it is dropped here.
    let _ = std::thread::Builder::new().spawn(move || drop(edition));
}

/// Renders every page of an edition and publishes them all, unless there is an error.
pub fn publish(
    edition: &Edition,
    options: &Options,
    progress: &Progress,
    problems: &mut Vec<Diagnostic>,
) -> Option<Published> {
    let Edition { site, pages, .. } = edition;
    let is_checked = options.wants_checks(&site.config);
    if diagnostics::has_errors(problems) {
        // Nothing will be published; the pages are rendered for what is wrong with them.
        look_through(edition, &options.root, progress, is_checked, problems);
        return None;
    }
    let folder = options.output.clone().unwrap_or_else(|| PathBuf::from(&site.config.output));
    let publisher = match Publisher::open(&options.root, &folder) {
        Ok(publisher) => publisher,
        Err(problem) => {
            problems.push(*problem);
            return None;
        }
    };
    let (puts, mentioned) = put_all(edition, options, &publisher, progress, is_checked, problems);
    if progress.is_stopped() {
        return None;
    }
    match publisher.foreign(&puts) {
        Ok(warnings) => problems.extend(warnings),
        Err(problem) => {
            problems.push(*problem);
            return None;
        }
    }
    if diagnostics::has_errors(problems) || (options.strict && has_warnings(problems)) {
        return None;
    }
    let written = puts.iter().filter(|put| put.change == Change::Written);
    let mut changed: Vec<String> = written.map(|put| put.entry.path.clone()).collect();
    changed.sort();
    match timed(progress, Stage::Publish, || publisher.commit(puts)) {
        Ok(files) => {
            let pages = pages.iter().filter(|page| page.page_kind().is_some()).count();
            let folder = folder.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            let waiting = if options.build_time.drafts { Vec::new() } else { site.waiting.clone() };
            let pictures = derivatives::names(site, &mentioned);
            Some(Published { folder, pages, files, changed, waiting, pictures })
        }
        Err(problem) => {
            problems.push(*problem);
            None
        }
    }
}

fn has_warnings(problems: &[Diagnostic]) -> bool {
    problems.iter().any(Diagnostic::is_hardened)
}

/// Renders every page for what is wrong with it.
fn look_through(
    edition: &Edition,
    root: &Path,
    progress: &Progress,
    is_checked: bool,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Facts> {
    problems.extend(edition.renderer().remains());
    let examiner = is_checked.then(|| Examiner::new(edition));
    let pages = edition.pages.iter().collect();
    let mentions = Mentions::new(&edition.site);
    let rendered = timed(progress, Stage::Render, || {
        pipeline::look_at(edition, pages, examiner.as_ref(), Some(&mentions), progress)
    });
    pipeline::note_files(edition, &mentions);
    let mentioned = mentions.all();
    let (_, facts) = gathered(edition, rendered, progress, is_checked, problems);
    if is_checked && edition.site.files.values().all(|file| *file != ContentFile::Broken) {
        problems.extend(check::files_of_pictures(&edition.site, &mentioned));
    }
    let store = Store::new(root);
    problems.extend(timed(progress, Stage::Pictures, || {
        let inspected = Inspected::default();
        derivatives::look_at(root, &edition.site, &mentioned, &store, &inspected, progress)
    }));
    facts
}

/// Renders every page and hands it to the publisher.
fn put_all(
    edition: &Edition,
    options: &Options,
    publisher: &Publisher,
    progress: &Progress,
    is_checked: bool,
    problems: &mut Vec<Diagnostic>,
) -> (Vec<Put>, Mentioned) {
    let (root, is_strict) = (&options.root, options.strict);
    let store = Store::new(root);
    let put = |page: &Page, output: Output| match output {
        Output::Bytes(bytes) => publisher.put(&page.file(), &bytes),
        Output::Copy(from) => publisher.put_copy(&page.file(), from),
        Output::Icon(asset, icon) => {
            publisher.put(&page.file(), &derivatives::icon(root, asset, icon, &store)?)
        }
    };
    let examiner = is_checked.then(|| Examiner::new(edition));
    let (rendered, mentioned) = timed(progress, Stage::Render, || {
        pipeline::render_all(edition, examiner.as_ref(), progress, &put)
    });
    let (mut puts, _) = gathered(edition, rendered, progress, is_checked, problems);
    if is_checked {
        problems.extend(check::files_of_pictures(&edition.site, &mentioned));
    }
    // Pictures take long: none is made for pages that will not be published.
    let is_refused = diagnostics::has_errors(problems) || is_strict && has_warnings(problems);
    if !is_refused {
        let put = |file: &str, bytes: &[u8]| publisher.put(file, bytes);
        let made = timed(progress, Stage::Pictures, || {
            derivatives::all(root, &edition.site, &mentioned, &store, progress, &put)
        });
        for derivative in made {
            match derivative {
                Ok(put) => puts.push(put),
                Err(problem) => problems.push(*problem),
            }
        }
    }
    // A full disk fails for every file that is left: that is one cause.
    let mut told = false;
    problems.retain(|problem| {
        let is_disk = problem.code == &codes::P002;
        !is_disk || !std::mem::replace(&mut told, true)
    });
    (puts, mentioned)
}

/// What came of all pages. With checks, they are judged together.
fn gathered<T>(
    edition: &Edition,
    rendered: Vec<Rendered<T>>,
    progress: &Progress,
    is_checked: bool,
    problems: &mut Vec<Diagnostic>,
) -> (Vec<T>, Vec<Facts>) {
    let mut all_kept = Vec::with_capacity(rendered.len());
    let mut all_facts = Vec::new();
    for Rendered { problems: said, facts, kept, .. } in rendered {
        all_kept.extend(kept);
        all_facts.extend(facts);
        problems.extend(said);
    }
    if is_checked && !progress.is_stopped() {
        let found = timed(progress, Stage::CheckPages, || check::pages(edition, &all_facts, true));
        problems.extend(found);
    }
    (all_kept, all_facts)
}
