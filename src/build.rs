//! The pipeline from end to end.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::assemble::{self, BuildTime, Site, Waiting};
use crate::check;
use crate::check::external::RequestPolicy;
use crate::check::pages::{Examiner, Facts};
use crate::config::{self, Config};
use crate::content;
use crate::diagnostics::{self, Diagnostic, Place, Severity, codes};
use crate::discover;
use crate::edition::Edition;
use crate::parse;
use crate::plan::Page;
use crate::publish::{Change, Publisher, Put, Summary};
use crate::render::{self, Output};
use crate::starter;
use crate::theme;

/// What to build, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// Where to write, from the site's folder, instead of where site.toml says.
    pub output: Option<PathBuf>,
    /// Instead of the one of site.toml.
    pub base_url: Option<String>,
    /// What decides which stories are published.
    pub build_time: BuildTime,
    /// Whether warnings stop the build.
    pub strict: bool,
    /// Whether the editorial checks run; nothing: as site.toml says.
    pub checks: Option<bool>,
}

impl Options {
    fn wants_checks(&self, config: &Config) -> bool {
        self.checks.unwrap_or(config.check.build)
    }
}

/// How far a build is; shared with whoever shows it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Pages that are rendered.
    pub done: AtomicUsize,
    /// All pages; nothing until they are planned.
    pub total: AtomicUsize,
    /// Set by whoever wants it to end: nothing more is done, and nothing is published.
    pub is_stopped: AtomicBool,
}

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
    let pages = edition(options, &mut problems, &mut waived).map(|edition| {
        progress.total.store(edition.pages.len(), Ordering::Relaxed);
        let is_checked = options.wants_checks(&edition.site.config);
        let facts = look_through(&edition, progress, is_checked, &mut problems);
        if let Some(policy) = policy {
            problems.extend(check::external(&edition, &facts, policy));
        }
        edition.pages.iter().filter(|page| page.page().is_some()).count()
    });
    Checked { diagnostics: settled(problems, options.strict), pages, waived }
}

fn settled(mut problems: Vec<Diagnostic>, strict: bool) -> Vec<Diagnostic> {
    if strict {
        let warnings = problems.iter_mut().filter(|it| it.severity == Severity::Warning);
        warnings.for_each(|it| it.severity = Severity::Error);
    }
    diagnostics::settle(problems)
}

fn run(
    options: &Options,
    progress: &Progress,
    problems: &mut Vec<Diagnostic>,
) -> Option<Published> {
    let edition = edition(options, problems, &mut 0)?;
    problems.extend(placeholders(&edition.site, options));
    publish(&edition, options, progress, problems)
}

/// Stages 1 to 4, and what the checks say of the site.
fn edition(
    options: &Options,
    problems: &mut Vec<Diagnostic>,
    waived: &mut usize,
) -> Option<Edition> {
    let (config, config_problems) = config::load(&options.root, options.base_url.as_deref());
    problems.extend(config_problems);
    let config = Arc::new(config?);
    let _reading = match content::reading(&options.root) {
        Ok(reading) => reading,
        Err(problem) => {
            problems.push(*problem);
            return None;
        }
    };
    let site = site(&options.root, &config, options.build_time, problems);
    let theme = match theme::load(&options.root, &config) {
        Ok(theme) if !config.is_stand_in => theme,
        broken => {
            // The theme cannot be used, but the stories can still be read for mistakes.
            problems.extend(broken.err().unwrap_or_default());
            problems.extend(render::without_theme(&site));
            return None;
        }
    };
    if options.wants_checks(&config) {
        let found = check::site(&site, options.build_time.at, &|| false);
        problems.extend(found.diagnostics);
        *waived = found.waived;
    }
    Some(Edition::new(site, theme, problems))
}

/// Renders every page of an edition and publishes them all, unless there is an error.
pub fn publish(
    edition: &Edition,
    options: &Options,
    progress: &Progress,
    problems: &mut Vec<Diagnostic>,
) -> Option<Published> {
    let Edition { site, pages, .. } = edition;
    progress.total.store(pages.len(), Ordering::Relaxed);
    let is_checked = options.wants_checks(&site.config);
    if diagnostics::has_errors(problems) {
        // Nothing will be published; the pages are rendered for what is wrong with them.
        look_through(edition, progress, is_checked, problems);
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
    let puts = put_all(edition, &publisher, progress, is_checked, problems);
    if progress.is_stopped.load(Ordering::Relaxed) {
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
    match publisher.commit(puts) {
        Ok(files) => {
            let pages = pages.iter().filter(|page| page.page().is_some()).count();
            let folder = folder.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            let waiting = if options.build_time.drafts { Vec::new() } else { site.waiting.clone() };
            Some(Published { folder, pages, files, changed, waiting })
        }
        Err(problem) => {
            problems.push(*problem);
            None
        }
    }
}

fn has_warnings(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|it| it.severity == Severity::Warning)
}

/// Renders every page for what is wrong with it. With checks, it is examined, and all pages are judged
/// together.
fn look_through(
    edition: &Edition,
    progress: &Progress,
    is_checked: bool,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Facts> {
    let renderer = edition.renderer();
    problems.extend(renderer.remains());
    let examiner = is_checked.then(|| Examiner::new(edition));
    let look = |page: &Page| {
        let (output, said) = renderer.page(page);
        let facts = examined(examiner.as_ref(), page, output.as_ref(), &said);
        progress.done.fetch_add(1, Ordering::Relaxed);
        (facts, said)
    };
    let results: Vec<(Option<Facts>, Vec<Diagnostic>)> =
        edition.pages.par_iter().map(look).collect();
    let mut facts = Vec::new();
    for (of_page, said) in results {
        facts.extend(of_page);
        problems.extend(said);
    }
    if is_checked {
        problems.extend(check::pages(edition, &facts, true));
    }
    facts
}

/// What the checks keep of a page that was rendered.
pub fn examined(
    examiner: Option<&Examiner>,
    page: &Page,
    output: Option<&Output>,
    said: &[Diagnostic],
) -> Option<Facts> {
    match output {
        Some(Output::Bytes(html)) if page.page().is_some() => {
            let mut facts = examiner?.examine(page, html);
            facts.is_partial = diagnostics::has_errors(said);
            Some(facts)
        }
        _ => None,
    }
}

/// Discovers, parses and assembles.
pub fn site(
    root: &Path,
    config: &Arc<Config>,
    build_time: BuildTime,
    problems: &mut Vec<Diagnostic>,
) -> Site {
    let (found, walk_problems) = discover::files(root, "content");
    problems.extend(walk_problems);
    let mut parsed = parse::files(&found, config);
    for file in &mut parsed {
        problems.append(&mut file.problems);
    }
    let (site, assembly_problems) = assemble::site(&parsed, config, build_time);
    problems.extend(assembly_problems);
    site
}

/// Renders every page and hands it to the publisher, without ever holding more than a page a
/// thread. With checks, all pages are judged together at the end.
fn put_all(
    edition: &Edition,
    publisher: &Publisher,
    progress: &Progress,
    is_checked: bool,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Put> {
    let renderer = edition.renderer();
    let examiner = is_checked.then(|| Examiner::new(edition));
    let put = |page: &Page| {
        if progress.is_stopped.load(Ordering::Relaxed) {
            return (None, None, Vec::new());
        }
        let (output, mut said) = renderer.page(page);
        let facts = examined(examiner.as_ref(), page, output.as_ref(), &said);
        let put = match output.filter(|_| !diagnostics::has_errors(&said)) {
            Some(Output::Bytes(bytes)) => Some(publisher.put(&page.file(), &bytes)),
            Some(Output::Copy(from)) => Some(publisher.put_copy(&page.file(), from)),
            None => None,
        };
        progress.done.fetch_add(1, Ordering::Relaxed);
        match put {
            Some(Ok(put)) => (Some(put), facts, said),
            Some(Err(problem)) => {
                said.push(*problem);
                (None, facts, said)
            }
            None => (None, facts, said),
        }
    };
    let results: Vec<(Option<Put>, Option<Facts>, Vec<Diagnostic>)> =
        edition.pages.par_iter().map(put).collect();
    let mut puts = Vec::with_capacity(results.len());
    let mut facts = Vec::new();
    for (put, of_page, said) in results {
        puts.extend(put);
        facts.extend(of_page);
        problems.extend(said);
    }
    if is_checked && !progress.is_stopped.load(Ordering::Relaxed) {
        problems.extend(check::pages(edition, &facts, true));
    }
    // A full disk fails for every file that is left: that is one cause.
    let mut told = false;
    problems.retain(|problem| {
        let is_disk = problem.code == &diagnostics::codes::P002;
        !is_disk || !std::mem::replace(&mut told, true)
    });
    puts
}
