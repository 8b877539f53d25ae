//! `podium print`: an issue of the magazine as PDF, made by a Chromium that is there.
//!
//! What the print edition needs is written into a folder, from which a server gives it to the browser. No browser can
//! say in the contents on which page a story begins (`target-counter` of css-content-3), so it prints twice: the
//! first PDF tells the pages.

mod browser;
mod document;
mod folios;
mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::assemble::Site;
use crate::derivatives;
use crate::diagnostics::{self, Diagnostic, nearest};
use crate::edition::Edition;
use crate::parse::documents::Issue;
use crate::paths;
use crate::pictures::store::Store;
use crate::pipeline::{self, Options, Progress};
use crate::plan::{FileKind, Kind, Page, PageKind};
use crate::render::mentions::Mentions;
use crate::render::{Output, cards};
pub use browser::find as find_browser;
use document::{Document, Named};
use server::Server;

/// Numbers in the contents change nothing on other pages, unless the contents grow by a page.
const MOST_PASSES: usize = 3;

/// What was printed.
#[derive(Debug)]
pub struct Printed {
    /// Which issue.
    pub title: String,
    /// Where the PDF is.
    pub file: PathBuf,
    pub pages: usize,
    /// Whether the contents say on which pages the stories begin.
    pub has_numbers: bool,
}

/// Why nothing was printed.
#[derive(Debug)]
pub enum Failure {
    /// The site has errors; they are among the problems.
    Site,
    /// There is no issue of that name: what to say of it.
    Issue(String),
    /// The browser, or the disk.
    System(String),
}

/// Prints an issue, the newest if none is named, into a file: one of its name if no other is given.
///
/// # Errors
/// Nothing was printed, for a reason.
pub fn issue(
    options: &Options,
    name: Option<&str>,
    browser: &Path,
    to: Option<&Path>,
    problems: &mut Vec<Diagnostic>,
) -> Result<Printed, Failure> {
    let failed = |what: &str, error: &io::Error| Failure::System(format!("{what}: {error}"));
    let folder = tempfile::tempdir().map_err(|error| failed("there is no folder", &error))?;
    let progress = Progress::default();
    let edition = pipeline::edition(options, &progress, problems, &mut 0);
    let edition = edition.filter(|_| !diagnostics::has_errors(problems)).ok_or(Failure::Site)?;
    let site = &edition.site;
    let which = chosen(site, name).map_err(Failure::Issue)?;
    let (page, html) = written(&edition, options, which, folder.path(), problems)?;
    let document = Document::new(&html, &cards::absolute_url(site, &page.address));
    let server = Server::start(folder.path(), &site.config.base_path)
        .map_err(|error| failed("cannot begin to answer", &error))?;
    let url = format!("{}{}", server.origin, cards::url(site, &page.address));

    let own = folder.path().join(page.file());
    let pdf = folder.path().join("issue.pdf");
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages = 0;
    for _ in 0..MOST_PASSES {
        write(&own, document.with_numbers(&numbers).as_bytes())
            .map_err(|error| failed("the print edition cannot be written", &error))?;
        browser::print(browser, &url, &pdf, folder.path(), &server).map_err(Failure::System)?;
        let bytes = paths::read(&pdf).map_err(|error| failed("there is no PDF", &error))?;
        let Some(found) = folios::read(bytes) else { break };
        pages = found.pages;
        if found.destinations == numbers {
            break;
        }
        numbers = found.destinations;
    }
    let doc = &site.issues[which].doc;
    let file = to.map_or_else(|| PathBuf::from(format!("{}.pdf", doc.slug)), Path::to_owned);
    fs::copy(&pdf, &file).map_err(|error| {
        let shown = file.display();
        Failure::System(format!("{shown} cannot be written: {error}; name another with --output"))
    })?;
    let title = doc.title.clone();
    let has_numbers = !numbers.is_empty() || site.issues[which].stories.is_empty();
    Ok(Printed { title, file, pages, has_numbers })
}

/// The issue of that name: its file, or else its slug, its number or its title.
fn chosen(site: &Site, name: Option<&str>) -> Result<usize, String> {
    let Some(name) = name else {
        return match site.issues.is_empty() {
            true if site.unpublished.iter().any(|path| path.starts_with("issues/")) => {
                Err("no issue is published yet: --drafts prints one that waits, --at another time"
                    .to_owned())
            }
            true => Err("the site has no issue; they lie in content/issues/".to_owned()),
            false => Ok(0),
        };
    };
    let file = name.rsplit_once("content/").map_or(name, |(_, path)| path);
    let slugs = || site.issues.iter().map(|issue| issue.doc.slug.as_str());
    let is_file = |doc: &Issue| doc.file.path == file || doc.slug == name;
    let is_number = |doc: &Issue| doc.number.as_deref() == Some(name);
    let is_title = |doc: &Issue| doc.title == name;
    let ways: [&dyn Fn(&Issue) -> bool; 3] = [&is_file, &is_number, &is_title];
    for is_called in ways {
        let called = (0..site.issues.len()).filter(|i| is_called(&site.issues[*i].doc));
        match called.collect::<Vec<_>>().as_slice() {
            [] => {}
            [one] => return Ok(*one),
            several => {
                let files = several.iter().map(|i| site.issues[*i].doc.slug.as_str());
                let files: Vec<&str> = files.collect();
                return Err(format!(
                    "`{name}` may be more than one issue; write one of {}",
                    files.join(", ")
                ));
            }
        }
    }
    Err(match nearest(name, slugs()) {
        Some(near) => format!("there is no issue `{name}`; did you mean `{near}`?"),
        None if site.issues.is_empty() => format!("there is no issue `{name}`, nor any other"),
        None => {
            let known: Vec<&str> = slugs().collect();
            format!("there is no issue `{name}`; there are {}", known.join(", "))
        }
    })
}

fn write(target: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(target, bytes)
}

/// Writes what the print edition needs into a folder. Returns its page and its HTML.
fn written<'e>(
    edition: &'e Edition,
    options: &Options,
    which: usize,
    top: &Path,
    problems: &mut Vec<Diagnostic>,
) -> Result<(&'e Page, String), Failure> {
    let site = &edition.site;
    let own =
        edition.pages.iter().find(|page| page.kind == Kind::Page(PageKind::PrintEdition(which)));
    let own = own.ok_or_else(|| Failure::System("the issue has no print edition".to_owned()))?;
    // What is wrong with the texts, their own pages tell.
    let printed: BTreeSet<usize> = site.issues[which].stories.iter().copied().collect();
    let is_of_issue = |page: &&Page| {
        let story = page.page_kind().and_then(PageKind::story);
        story.is_some_and(|story| printed.contains(&story))
    };
    let stories = edition.pages.iter().filter(is_of_issue).chain([own]).collect();
    let progress = Progress::default();
    let looked_at = pipeline::look_at(edition, stories, None, None, &progress);
    problems.extend(looked_at.into_iter().flat_map(|rendered| rendered.problems));
    if diagnostics::has_errors(problems) {
        return Err(Failure::Site);
    }
    let renderer = edition.renderer();
    let Some(Output::Bytes(bytes)) = renderer.page(own).0 else { return Err(Failure::Site) };
    let html = String::from_utf8_lossy(&bytes).into_owned();
    let put = |file: &str, bytes: &[u8]| write(&top.join(file), bytes);
    let failed =
        |error: io::Error| Failure::System(format!("the print edition cannot be written: {error}"));
    let mentions = Mentions::new(site);
    mentions.note(&own.address, html.as_bytes());
    pipeline::note_files(edition, &mentions);
    let mentioned = mentions.all();
    let named = Named::new(&html);
    for page in &edition.pages {
        let is_needed = match &page.kind {
            Kind::File(FileKind::ThemeAsset(_)) => true,
            Kind::File(FileKind::Flag(_)) => named.has(site, page),
            Kind::File(FileKind::Copy(i)) => {
                mentioned.originals.contains(i) || named.has(site, page)
            }
            _ => false,
        };
        let output = is_needed.then(|| renderer.page(page).0).flatten();
        match output {
            Some(Output::Bytes(bytes)) => put(&page.file(), &bytes).map_err(failed)?,
            Some(Output::Copy(from)) => {
                put(&page.file(), &paths::read(from).map_err(failed)?).map_err(failed)?;
            }
            Some(Output::Icon(..)) | None => {}
        }
    }
    let store = Store::new(&options.root);
    let keep = |file: &str, bytes: &[u8]| {
        put(file, bytes).map_err(|error| {
            let place = diagnostics::Place::File(file.to_owned());
            Box::new(Diagnostic::new(&diagnostics::codes::P002, place, error.to_string()))
        })
    };
    let made = derivatives::all(&options.root, site, &mentioned, &store, &progress, &keep);
    problems.extend(made.into_iter().filter_map(Result::err).map(|problem| *problem));
    if diagnostics::has_errors(problems) {
        return Err(Failure::Site);
    }
    Ok((own, html))
}
