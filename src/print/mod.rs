//! `podium print`: an issue of the magazine as PDF, made by a Chromium that is there.
//!
//! What the print edition needs is written into a folder whose path is that of its addresses, so that the browser
//! reads it from the disk as it would from a server. No browser can say in the contents on which page a story
//! begins (`target-counter` of css-content-3), so it prints twice: the first PDF tells the pages.

mod browser;
mod document;
mod folios;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::assemble::Site;
use crate::derivatives;
use crate::diagnostics::{self, Diagnostic, nearest};
use crate::edition::Edition;
use crate::paths;
use crate::pictures::store::Store;
use crate::pipeline::{self, Options, Progress};
use crate::plan::{FileKind, Kind, Page, PageKind};
use crate::render::Output;
use crate::render::mentions::Mentions;
use crate::web::url;
pub use browser::find as find_browser;
use document::Document;

/// The host of a site that is read from a folder: RFC 2606 keeps it free.
const HOST: &str = "http://print.invalid";
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
    let folder = tempfile::tempdir().map_err(|error| failed("no folder to work in", &error))?;
    let top = folder.path().canonicalize().map_err(|error| failed("no folder", &error))?;
    let path = format!("{}/", url::encode_path(&address_of(&top)));
    let progress = Progress::default();
    let options = Options { base_url: Some(format!("{HOST}{path}")), ..options.clone() };
    let edition = pipeline::edition(&options, &progress, problems, &mut 0);
    let edition = edition.filter(|_| !diagnostics::has_errors(problems)).ok_or(Failure::Site)?;
    let site = &edition.site;
    let which = chosen(site, name).map_err(Failure::Issue)?;
    let html = written(&edition, &options, which, &top, problems)?;
    let real = real_base(&options.root).unwrap_or_default();
    let document = Document::new(&html, &format!("{HOST}{path}"), &path, &real);

    let page = top.join("issue.html");
    let pdf = top.join("issue.pdf");
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages = 0;
    for _ in 0..MOST_PASSES {
        fs::write(&page, document.with_numbers(&numbers))
            .map_err(|error| failed("the document cannot be written", &error))?;
        browser::print(browser, &page, &pdf, &top).map_err(Failure::System)?;
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
    fs::copy(&pdf, &file).map_err(|error| failed(&file.display().to_string(), &error))?;
    let title = doc.title.clone();
    Ok(Printed { title, file, pages, has_numbers: !numbers.is_empty() })
}

/// A folder as the path of an address.
fn address_of(folder: &Path) -> String {
    let path = folder.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    // `C:/Users` is `/C:/Users` in an address; what Windows puts before it for long paths is no part of it.
    let path = path.trim_start_matches("//?/");
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

/// Where the site is, for links that are followed from the PDF.
fn real_base(root: &Path) -> Option<String> {
    Some(crate::config::load(root, None).0?.base_url)
}

/// The issue of that name: its file, its slug, its number or its title.
fn chosen(site: &Site, name: Option<&str>) -> Result<usize, String> {
    let Some(name) = name else {
        return match site.issues.is_empty() {
            true => Err("the site has no issue; they lie in content/issues/".to_owned()),
            false => Ok(0),
        };
    };
    let file = name.trim_start_matches("./").trim_start_matches("content/");
    let is_called = |i: &usize| {
        let doc = &site.issues[*i].doc;
        let own = [doc.slug.as_str(), doc.title.as_str(), doc.file.path.as_str()];
        own.contains(&file) || doc.number.as_deref() == Some(file)
    };
    (0..site.issues.len()).find(is_called).ok_or_else(|| {
        let known: Vec<&str> = site.issues.iter().map(|issue| issue.doc.slug.as_str()).collect();
        match nearest(file, known.iter().copied()) {
            Some(near) => format!("there is no issue `{name}`; did you mean `{near}`?"),
            None if known.is_empty() => format!("there is no issue `{name}`, nor any other"),
            None => format!("there is no issue `{name}`; there are {}", known.join(", ")),
        }
    })
}

/// Writes what the print edition needs into a folder, and returns its HTML.
fn written(
    edition: &Edition,
    options: &Options,
    which: usize,
    top: &Path,
    problems: &mut Vec<Diagnostic>,
) -> Result<String, Failure> {
    let site = &edition.site;
    let own =
        edition.pages.iter().find(|page| page.kind == Kind::Page(PageKind::PrintEdition(which)));
    let own = own.ok_or_else(|| Failure::System("the issue has no print edition".to_owned()))?;
    // What is wrong with the texts, their own pages tell.
    let is_of_issue = |page: &&Page| {
        let story = page.page_kind().and_then(PageKind::story);
        story.is_some_and(|story| site.issues[which].stories.contains(&story))
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
    let put = |file: &str, bytes: &[u8]| {
        let target = top.join(file);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(target, bytes)
    };
    let failed =
        |error: io::Error| Failure::System(format!("the print edition cannot be written: {error}"));
    let mentions = Mentions::new(site);
    mentions.note(&own.address, html.as_bytes());
    pipeline::note_files(edition, &mentions);
    for page in &edition.pages {
        let is_needed = match &page.kind {
            Kind::File(FileKind::ThemeAsset(_)) => true,
            Kind::File(FileKind::Flag(_) | FileKind::Copy(_)) => {
                html.contains(&url::encode_path(&page.address))
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
    let mentioned = mentions.all();
    let made = derivatives::all(&options.root, site, &mentioned, &store, &progress, &keep);
    problems.extend(made.into_iter().filter_map(Result::err).map(|problem| *problem));
    if diagnostics::has_errors(problems) {
        return Err(Failure::Site);
    }
    Ok(html)
}
