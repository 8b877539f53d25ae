//! The order of work, once: a site's folder is read and becomes an [`Edition`], and its pages are rendered.
//!
//! [`build`](crate::build), the check and both parts of the preview are callers of this. What they do with a
//! page is their sink, and who wants to know how far it is or to end it is their observer.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rayon::prelude::*;

use crate::assemble::{self, BuildTime, Site};
use crate::check;
use crate::check::pages::{Examiner, Facts};
use crate::config::{self, Config};
use crate::content;
use crate::diagnostics::{self, Diagnostic};
use crate::discover;
use crate::edition::Edition;
use crate::parse;
use crate::plan::{FileKind, Kind, Page};
use crate::render::mentions::{Mentioned, Mentions};
use crate::render::{self, Output, Renderer};
use crate::theme::{self, Theme};
use crate::timings::{Stage, Timings};

/// What is to be made of a site, and how.
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
    /// Whether warnings count as errors.
    pub strict: bool,
    /// Whether the editorial checks run; nothing: as site.toml says.
    pub checks: Option<bool>,
}

impl Options {
    /// Whether the editorial checks run on a site with this site.toml.
    pub fn wants_checks(&self, config: &Config) -> bool {
        self.checks.unwrap_or(config.check.build)
    }
}

/// Who follows the rendering of many pages, from several threads.
pub trait Observer: Sync {
    /// Whether it is to end: what is not begun is left.
    fn is_stopped(&self) -> bool;

    /// So many pages will be rendered.
    fn begun(&self, _pages: usize) {}

    /// So many pictures will be made, or looked for among those that were made before.
    fn begun_pictures(&self, _pictures: usize) {}

    /// All that is made of a picture is there.
    fn made(&self) {}

    /// A page is done; it took a thread so long.
    fn rendered(&self, _page: &Page, _took: Duration) {}

    /// A stage is done, or a part of it.
    fn finished(&self, _stage: Stage, _took: Duration) {}
}

/// How far a build is; shared with whoever shows it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Pages that are rendered, and pictures that are made.
    pub done: AtomicUsize,
    /// All of them; nothing until they are planned.
    pub total: AtomicUsize,
    /// Set by whoever wants it to end: nothing more is done, and nothing is published.
    pub is_stopped: AtomicBool,
    /// How long the parts took.
    pub timings: Timings,
}

impl Observer for Progress {
    fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    fn begun(&self, pages: usize) {
        self.total.store(pages, Ordering::Relaxed);
    }

    fn begun_pictures(&self, pictures: usize) {
        self.total.fetch_add(pictures, Ordering::Relaxed);
    }

    fn made(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    fn rendered(&self, page: &Page, took: Duration) {
        self.done.fetch_add(1, Ordering::Relaxed);
        let template = match &page.kind {
            Kind::Page(kind) => render::pages::template(kind),
            Kind::File(kind) => kind.name(),
        };
        self.timings.page(&page.address, template, took);
    }

    fn finished(&self, stage: Stage, took: Duration) {
        self.timings.stage(stage, took);
    }
}

/// Does a stage, or a part of it, and tells the observer how long it took.
pub fn timed<T>(observer: &dyn Observer, stage: Stage, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let came = work();
    observer.finished(stage, begun.elapsed());
    came
}

/// Nobody follows the work, and nobody ends it.
struct Unobserved;

impl Observer for Unobserved {
    fn is_stopped(&self) -> bool {
        false
    }
}

/// A site's folder with its site.toml.
#[derive(Debug)]
pub struct Project {
    root: PathBuf,
    /// What site.toml says, as far as it can be used.
    pub config: Arc<Config>,
    /// What is wrong with site.toml all the same.
    pub problems: Vec<Diagnostic>,
}

impl Project {
    /// Opens the site in a folder.
    ///
    /// # Errors
    /// What is wrong with site.toml, if nothing of it can be used.
    pub fn open(root: &Path) -> Result<Project, Vec<Diagnostic>> {
        match config::load(root, None) {
            (Some(config), problems) if !config.is_stand_in => {
                Ok(Project { root: root.to_owned(), config: Arc::new(config), problems })
            }
            (_, problems) => Err(problems),
        }
    }

    /// Everything that is recorded in content/, drafts and all.
    pub fn records(&self, problems: &mut Vec<Diagnostic>) -> Site {
        let build_time = BuildTime { at: Timestamp::UNIX_EPOCH, drafts: true };
        self.site(build_time, problems)
    }

    /// Stages 1 to 3: what a site is at a time.
    pub fn site(&self, build_time: BuildTime, problems: &mut Vec<Diagnostic>) -> Site {
        site(&self.root, &self.config, build_time, &Unobserved, problems)
    }
}

/// Discovers, parses and assembles.
fn site(
    root: &Path,
    config: &Arc<Config>,
    build_time: BuildTime,
    observer: &dyn Observer,
    problems: &mut Vec<Diagnostic>,
) -> Site {
    let (found, walk_problems) =
        timed(observer, Stage::Discover, || discover::files(root, "content"));
    problems.extend(walk_problems);
    let mut parsed = timed(observer, Stage::Parse, || parse::files(&found, config));
    for file in &mut parsed {
        problems.append(&mut file.problems);
    }
    let (site, assembly_problems) =
        timed(observer, Stage::Assemble, || assemble::site(&parsed, config, build_time));
    problems.extend(assembly_problems);
    site
}

/// Stages 1 to 4, and what the checks say of the site. Nothing if site.toml, content/ or the theme cannot be
/// read. `waived` becomes how many findings their authors answer for.
pub fn edition(
    options: &Options,
    observer: &dyn Observer,
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
    let site = site(&options.root, &config, options.build_time, observer, problems);
    let theme = timed(observer, Stage::Theme, || {
        theme::load(&options.root, &config, &render::pages::TEMPLATES)
    });
    let theme = match theme {
        Ok(theme) if !config.is_stand_in => theme,
        broken => {
            // The theme cannot be used, but the stories can still be read for mistakes.
            problems.extend(broken.err().unwrap_or_default());
            problems.extend(render::without_theme(&site));
            return None;
        }
    };
    if options.wants_checks(&config) {
        *waived = timed(observer, Stage::CheckDocuments, || {
            check_site(&site, options.build_time.at, observer, problems)
        });
    }
    Some(timed(observer, Stage::Plan, || Edition::new(site, theme, problems)))
}

/// The same of files that the caller has parsed, with a theme that it has loaded. What is wrong with the
/// files themselves is not among the problems. The checks end early when the observer says so.
pub fn edition_of<'p>(
    parsed: impl IntoIterator<Item = &'p parse::Parsed>,
    theme: Theme,
    config: &Arc<Config>,
    options: &Options,
    observer: &dyn Observer,
    problems: &mut Vec<Diagnostic>,
) -> Edition {
    let (site, assembly_problems) = assemble::site(parsed, config, options.build_time);
    problems.extend(assembly_problems);
    if options.wants_checks(config) {
        check_site(&site, options.build_time.at, observer, problems);
    }
    Edition::new(site, theme, problems)
}

/// Returns how many findings their authors answer for.
fn check_site(
    site: &Site,
    at: Timestamp,
    observer: &dyn Observer,
    problems: &mut Vec<Diagnostic>,
) -> usize {
    let found = check::site(site, at, &|| observer.is_stopped());
    problems.extend(found.diagnostics);
    found.waived
}

/// What came of a page.
#[derive(Debug)]
pub struct Rendered<'e, T> {
    /// Which it is.
    pub page: &'e Page,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
    /// What the checks keep of it, if it was examined.
    pub facts: Option<Facts>,
    /// What the sink made of it. Nothing if the page has an error.
    pub kept: Option<T>,
}

/// What becomes of each page that has no error.
pub type Sink<'s, T> = dyn Fn(&Page, Output) -> Result<T, Box<Diagnostic>> + Sync + 's;

/// Stage 5 for every page and file of a site. Each goes to the sink at once if there is no error in it; an
/// examiner looks at it first. Returns which pictures they mention, too.
pub fn render_all<'e, T: Send>(
    edition: &'e Edition,
    examiner: Option<&Examiner>,
    observer: &dyn Observer,
    sink: &Sink<T>,
) -> (Vec<Rendered<'e, T>>, Mentioned) {
    let renderer = Renderer { with_feeds: true, ..edition.renderer() };
    let assets = &edition.site.assets;
    let mut feeds = Vec::new();
    let (mut originals, mut last) = (Vec::new(), Vec::new());
    let mut others = Vec::new();
    for page in &edition.pages {
        match page.kind {
            // Feeds show what the pages of stories have made of their texts.
            Kind::File(FileKind::Feed(..)) => feeds.push(page),
            // Of pictures readers get derivatives; a file itself only where something links to it.
            Kind::File(FileKind::Copy(i)) if assets[i].picture.is_some() => {
                originals.push((i, page));
            }
            Kind::File(FileKind::Icon(_)) => last.push(page),
            _ => others.push(page),
        }
    }
    observer.begun(others.len() + feeds.len() + last.len());
    let mentions = Mentions::new(&edition.site);
    let watched = Watched { examiner, mentions: Some(&mentions), observer };
    let mut rendered = render(renderer, others, &watched, sink);
    // What lists share is not needed any more, and what feeds share takes as much memory.
    edition.theme.forget();
    rendered.extend(render(renderer, feeds, &watched, sink));
    note_files(edition, &mentions);
    let mentioned = mentions.all();
    originals.retain(|(asset, _)| {
        mentioned.originals.contains(asset) || assets[*asset].is_asked_for_by_name()
    });
    observer.begun_pictures(originals.len());
    last.extend(originals.into_iter().map(|(_, page)| page));
    let watched = Watched { examiner: None, mentions: None, observer };
    rendered.extend(render(renderer, last, &watched, sink));
    (rendered, mentioned)
}

/// Stage 5 for what is wrong with these pages. Of files no template makes there is nothing to say.
pub fn look_at<'e>(
    edition: &'e Edition,
    mut pages: Vec<&'e Page>,
    examiner: Option<&Examiner>,
    mentions: Option<&Mentions>,
    observer: &dyn Observer,
) -> Vec<Rendered<'e, ()>> {
    pages.retain(|page| match &page.kind {
        Kind::Page(_) => true,
        Kind::File(kind) => kind.has_template(),
    });
    observer.begun(pages.len());
    let watched = Watched { examiner, mentions, observer };
    render(edition.renderer(), pages, &watched, &|_, _| Ok(()))
}

/// Notes the pictures that texts mention of which no page is made: style sheets of the theme, pages and data of
/// content/ that are copied. What cannot be read is told when it is copied.
pub fn note_files(edition: &Edition, mentions: &Mentions) {
    for asset in edition.theme.assets.iter().filter(|asset| asset.address.ends_with(".css")) {
        mentions.note(&asset.address, &asset.bytes);
    }
    let texts = edition.site.assets.par_iter().filter(|asset| asset.may_mention());
    texts.for_each(|asset| {
        if let Ok(bytes) = crate::paths::read(&asset.absolute) {
            mentions.note(&format!("/{}", asset.path), &bytes);
        }
    });
}

/// Who looks at pages while they are rendered.
struct Watched<'w> {
    examiner: Option<&'w Examiner<'w>>,
    mentions: Option<&'w Mentions<'w>>,
    observer: &'w dyn Observer,
}

/// Whether the checks look at a page.
fn is_examined(page: &Page, renderer: &Renderer) -> bool {
    page.page_kind().is_some_and(|kind| kind.facts(renderer.site).is_examined)
}

/// Renders pages without ever holding more than one a thread.
fn render<'e, T: Send>(
    renderer: Renderer<'e>,
    pages: Vec<&'e Page>,
    watched: &Watched,
    sink: &Sink<T>,
) -> Vec<Rendered<'e, T>> {
    let Watched { examiner, mentions, observer } = *watched;
    let render = |page: &'e Page| {
        let begun = Instant::now();
        let (output, mut problems) = renderer.page(page);
        let has_errors = diagnostics::has_errors(&problems);
        let facts = match (examiner, &output) {
            (Some(examiner), Some(Output::Bytes(html))) if is_examined(page, &renderer) => {
                let mut facts = examiner.examine(page, html);
                facts.is_partial = has_errors;
                Some(facts)
            }
            _ => None,
        };
        if let (Some(Output::Bytes(bytes)), Some(mentions)) = (&output, mentions)
            && page.mentions_pictures()
        {
            mentions.note(&page.address, bytes);
        }
        let kept = output.filter(|_| !has_errors).map(|output| sink(page, output));
        let kept = match kept.transpose() {
            Ok(kept) => kept,
            Err(problem) => {
                problems.push(*problem);
                None
            }
        };
        observer.rendered(page, begun.elapsed());
        Rendered { page, problems, facts, kept }
    };
    pages.into_par_iter().filter(|_| !observer.is_stopped()).map(render).collect()
}
