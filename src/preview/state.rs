//! What the preview shows: the edition of now, what is wrong with it, and what it showed before.
//!
//! One thread changes it, others read. A page is rendered when somebody asks for it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use hyper::body::Bytes;
use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::watch;
use xxhash_rust::xxh3::xxh3_64;

use crate::assemble::{DocumentId, Site};
use crate::derivatives::{self, Derivative};
use crate::diagnostics::{self, Diagnostic, Severity};
use crate::edition::Edition;
use crate::parse::dates::Moment;
use crate::parse::documents::{Issue, Story};
use crate::pictures::store::Store;
use crate::plan::{self, PageKind};
use crate::render::mentions::derivative_at;
use crate::render::{Output, cards, pages};
use crate::web::html::{self, Attribute, Tag};
use crate::web::url;

/// What is wrong with the site, as far as it is known.
#[derive(Debug, Default)]
pub struct Report {
    /// What is known before any page is rendered.
    pub of_site: Vec<Diagnostic>,
    /// What rendering said, by address.
    pub of_pages: BTreeMap<String, Vec<Diagnostic>>,
    /// What the editorial checks said.
    pub of_checks: Vec<Diagnostic>,
}

impl Report {
    /// Everything, in reading order, each cause once.
    pub fn settled(&self) -> Vec<Diagnostic> {
        let of_pages = self.of_pages.values().flatten();
        let all = self.of_site.iter().chain(of_pages).chain(&self.of_checks);
        diagnostics::settle(all.cloned().collect())
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        let mut of_pages = self.of_pages.values();
        diagnostics::has_errors(&self.of_site)
            || diagnostics::has_errors(&self.of_checks)
            || of_pages.any(|of_page| diagnostics::has_errors(of_page))
    }
}

/// What is wrong, for browsers.
#[derive(Debug, Default)]
struct Told {
    diagnostics: Vec<Diagnostic>,
    /// The same as text, once somebody asked for it: of thousands that takes its time.
    texts: OnceLock<Arc<[Problem]>>,
}

impl Told {
    fn texts(&self) -> &Arc<[Problem]> {
        let problem = |diagnostic: &Diagnostic| Problem {
            severity: diagnostic.severity.word(),
            text: text(diagnostic),
        };
        self.texts.get_or_init(|| self.diagnostics.iter().map(problem).collect())
    }
}

/// A page as it was.
#[derive(Debug)]
struct Kept {
    address: String,
    html: Bytes,
    /// The style sheets that it links, with and without fingerprint.
    styles: Vec<(String, String)>,
}

/// So many pages that were shown are kept, for when they break.
const KEPT: usize = 200;

/// What the preview shows.
#[derive(Debug)]
pub struct PreviewState {
    /// The site's folder.
    pub root: PathBuf,
    edition: RwLock<Option<Edition>>,
    told: RwLock<Told>,
    /// Instead of now.
    at: Option<Timestamp>,
    /// The pages that were shown last, as they last were good; the newest at the end.
    shown: Mutex<VecDeque<Kept>>,
    media_changes: AtomicU64,
    /// Derivatives of pictures that were made before.
    pub store: Store,
    /// Counts what browsers have to look at.
    revision: watch::Sender<u64>,
}

/// What is at an address.
#[derive(Debug)]
pub enum Shown {
    /// A page, and whether it is as it should be.
    Page(Bytes, Condition),
    /// Bytes of a file that is no page.
    Bytes(Bytes),
    /// A file on disk.
    File(PathBuf),
}

/// What answers for a path.
#[derive(Debug)]
pub enum Route {
    /// The page or file at this address of the site.
    Page(String),
    /// Another path.
    Redirect(String),
    /// Nothing of the site.
    Missing,
}

/// How good a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// As it would be published.
    Good,
    /// It cannot be rendered without an error: this is what it was, or what can be shown of it.
    Stale,
    /// Nothing can be shown of it.
    Failed,
}

/// What a browser has to know about the page that it shows.
#[derive(Debug, Serialize)]
pub struct Status {
    /// Another one: the page is another.
    pub print: String,
    /// The same although the print is another: only style sheets differ.
    pub shape: String,
    /// The style sheets of the theme.
    styles: Vec<String>,
    /// File of content/ that made the page.
    file: Option<String>,
    /// Template that made the page.
    template: Option<String>,
    /// Why it is not published, if it is not.
    state: Option<String>,
    /// Warnings for this page, as text.
    warnings: Vec<String>,
    /// Links on this page to what is not published, and why.
    unpublished: Vec<(String, String)>,
    /// Everything that is wrong with the site, if there is an error in it.
    problems: Arc<[Problem]>,
}

/// A diagnostic for a browser.
#[derive(Debug, Serialize)]
struct Problem {
    severity: &'static str,
    text: String,
}

impl PreviewState {
    /// Shows nothing yet. What is a draft or has its time before it is told by the time of now, or
    /// by `at`.
    pub fn new(root: &Path, at: Option<Timestamp>) -> PreviewState {
        PreviewState {
            root: root.to_owned(),
            edition: RwLock::new(None),
            told: RwLock::default(),
            at,
            shown: Mutex::new(VecDeque::new()),
            media_changes: AtomicU64::new(0),
            store: Store::new(root),
            revision: watch::Sender::new(0),
        }
    }

    /// The edition of now; nothing if the site could never be read.
    pub fn edition(&self) -> RwLockReadGuard<'_, Option<Edition>> {
        self.edition.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same, to change it.
    pub fn edition_mut(&self) -> RwLockWriteGuard<'_, Option<Edition>> {
        self.edition.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells browsers that something is new, and what is wrong.
    pub fn announce(&self, diagnostics: Vec<Diagnostic>, media_changes: u64) {
        let told = Told { diagnostics, texts: OnceLock::new() };
        *self.told.write().unwrap_or_else(PoisonError::into_inner) = told;
        self.media_changes.store(media_changes, Ordering::SeqCst);
        self.revision.send_modify(|revision| *revision += 1);
    }

    /// For those who wait for something new.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    /// The path of the site on its host, starting and ending in a slash.
    pub fn base_path(&self) -> String {
        let edition = self.edition();
        edition
            .as_ref()
            .map_or_else(|| "/".to_owned(), |edition| edition.site.config.base_path.clone())
    }

    /// What answers for a path of the host, which is decoded.
    pub fn route(&self, path: &str) -> Route {
        let base = self.base_path();
        let base = url::decode(&base);
        let below = path.strip_prefix(base.trim_end_matches('/'));
        let Some(below) = below.filter(|rest| rest.starts_with('/')) else {
            // The site does not lie at the top of its host.
            let is_above = path == "/" || format!("{path}/") == base;
            return if is_above { Route::Redirect(base.into_owned()) } else { Route::Missing };
        };
        match self.resolve(below) {
            Some(address) => Route::Page(address),
            None if !below.ends_with('/') && self.resolve(&format!("{below}/")).is_some() => {
                Route::Redirect(format!("{path}/"))
            }
            None => Route::Missing,
        }
    }

    /// The address of the page that answers for a path below the site: a page, or a page written
    /// as a file.
    fn resolve(&self, path: &str) -> Option<String> {
        let edition = self.edition();
        let pages = &edition.as_ref()?.pages;
        let folder = path.strip_suffix("index.html").filter(|folder| folder.ends_with('/'));
        [Some(path), folder]
            .into_iter()
            .flatten()
            .find_map(|address| plan::page_at(pages, address).map(|page| page.address.clone()))
            .or_else(|| derivative_at(&edition.as_ref()?.site, path).map(|_| path.to_owned()))
    }

    /// A size or crop of a picture, made now if it was not before. The edition is let go of meanwhile.
    fn picture(&self, address: &str) -> Option<Shown> {
        let found = {
            let guard = self.edition();
            let site = &guard.as_ref()?.site;
            let (asset, recipe) = derivative_at(site, address)?;
            (site.assets[asset].clone(), recipe)
        };
        let derivative = Derivative::new(&found.0, found.1)?;
        let made = derivatives::one(&self.root, derivative, &self.store);
        made.ok().map(|bytes| Shown::Bytes(Bytes::from(bytes)))
    }

    /// What is at an address of the plan.
    pub fn show(&self, address: &str) -> Option<Shown> {
        if let Some(picture) = self.picture(address) {
            return Some(picture);
        }
        let guard = self.edition();
        let edition = guard.as_ref()?;
        let page = plan::page_at(&edition.pages, address)?;
        let (output, problems) = edition.renderer().page(page);
        if let Some(Output::Icon(asset, icon)) = output {
            let asset = asset.clone();
            // Nobody waits for it but who asked.
            drop(guard);
            let made = derivatives::icon(&self.root, &asset, icon, &self.store);
            return made.ok().map(|bytes| Shown::Bytes(Bytes::from(bytes)));
        }
        let is_good = !diagnostics::has_errors(&problems);
        let bytes = match output {
            Some(Output::Copy(path)) => return Some(Shown::File(path.to_owned())),
            Some(Output::Bytes(Cow::Owned(bytes))) => Some(Bytes::from(bytes)),
            Some(Output::Bytes(Cow::Borrowed(bytes))) => Some(Bytes::copy_from_slice(bytes)),
            Some(Output::Icon(..)) | None => None,
        };
        if page.page_kind().is_none() {
            return bytes.map(Shown::Bytes);
        }
        Some(match bytes {
            Some(bytes) if is_good => {
                self.keep(edition, address, &bytes);
                Shown::Page(bytes, Condition::Good)
            }
            bytes => match self.kept(edition, address).or(bytes) {
                Some(bytes) => Shown::Page(bytes, Condition::Stale),
                None => Shown::Page(Bytes::new(), Condition::Failed),
            },
        })
    }

    fn keep(&self, edition: &Edition, address: &str, html: &Bytes) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.retain(|kept| kept.address != address);
        let address = address.to_owned();
        shown.push_back(Kept { address, html: html.clone(), styles: styles(edition) });
        while shown.len() > KEPT {
            shown.pop_front();
        }
    }

    /// A page as it last was good, with the style sheets of now.
    fn kept(&self, edition: &Edition, address: &str) -> Option<Bytes> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = shown.iter().find(|kept| kept.address == address)?;
        let now = styles(edition);
        if kept.styles == now {
            return Some(kept.html.clone());
        }
        let mut html = String::from_utf8_lossy(&kept.html).into_owned();
        for (old, plain) in &kept.styles {
            if let Some((new, _)) = now.iter().find(|(_, other)| other == plain) {
                html = html.replace(old, new);
            }
        }
        Some(Bytes::from(html))
    }

    /// Fingerprints of a page's HTML, of which the second does not see style sheets.
    pub fn prints(&self, html: &[u8], condition: Condition) -> (String, String) {
        let media = self.media_changes.load(Ordering::SeqCst);
        let failed = u64::from(condition == Condition::Failed);
        let print = |bytes: &[u8]| format!("{:016x}-{media}-{failed}", xxh3_64(bytes));
        let mut shape = String::from_utf8_lossy(html).into_owned();
        // If the edition has become another in this moment, the page is only loaded once more.
        for (address, plain) in self.edition().as_ref().map(styles).unwrap_or_default() {
            shape = shape.replace(&address, &plain);
        }
        (print(html), print(shape.as_bytes()))
    }

    /// What a browser has to know about the page at an address, which was made of this HTML.
    pub fn status(&self, address: &str, html: &[u8], condition: Condition) -> Status {
        let (print, shape) = self.prints(html, condition);
        let told = self.told.read().unwrap_or_else(PoisonError::into_inner);
        let has_errors = diagnostics::has_errors(&told.diagnostics);
        let problems = if has_errors { told.texts().clone() } else { Arc::new([]) };
        let guard = self.edition();
        let mut status = Status {
            print,
            shape,
            styles: Vec::new(),
            file: None,
            template: None,
            state: None,
            warnings: Vec::new(),
            unpublished: Vec::new(),
            problems,
        };
        let Some(edition) = guard.as_ref() else { return status };
        status.styles = styles(edition).into_iter().map(|(url, _)| url).collect();
        let Some(page) = plan::page_at(&edition.pages, address) else { return status };
        let file = edition.renderer().file(page).map(|file| file.source.path.clone());
        let url = edition.site.config.below_base(address);
        let is_here = |diagnostic: &Diagnostic| {
            diagnostic.severity == Severity::Warning
                && (diagnostic.pages.contains(&url)
                    || file.is_some() && diagnostic.place.path() == file.as_deref())
        };
        let here = told.diagnostics.iter().filter(|diagnostic| is_here(diagnostic));
        status.warnings = here.map(text).collect();
        status.template = page.page_kind().and_then(|kind| template(edition, kind));
        let now = self.at.unwrap_or_else(crate::clock::now);
        let document = page.page_kind().and_then(|kind| kind.facts(&edition.site).document);
        status.state = document.and_then(|id| unpublished_state(&edition.site, id, now));
        status.unpublished = links_to_unpublished(edition, html, now);
        status.file = file;
        status
    }
}

/// The theme's style sheets, as they stand in pages, with and without fingerprint.
fn styles(edition: &Edition) -> Vec<(String, String)> {
    let sheets = edition.theme.assets.iter().filter(|asset| asset.address.ends_with(".css"));
    sheets
        .map(|asset| {
            let url = edition.site.config.below_base(&asset.address);
            let mut parts: Vec<&str> = url.split('.').collect();
            // style.1f00aa5c.css: the fingerprint stands before the ending.
            parts.remove(parts.len().saturating_sub(2));
            let plain = parts.join(".");
            (url, plain)
        })
        .collect()
}

/// A diagnostic as it stands in a terminal.
fn text(diagnostic: &Diagnostic) -> String {
    let format = diagnostics::render::Format::Human;
    let text = diagnostics::render::render(std::slice::from_ref(diagnostic), format, false);
    text.trim_end().to_owned()
}

/// The file of the template that makes a kind of page.
fn template(edition: &Edition, kind: &PageKind) -> Option<String> {
    let name = pages::template(kind);
    let sources = &edition.theme.sources;
    let mut layers = edition.theme.chain.iter();
    let source = layers.find_map(|layer| sources.get(&format!("{layer}/{name}")))?;
    Some(source.path.clone())
}

/// Why a document is not published, if it is not.
fn unpublished_state(site: &Site, id: DocumentId, now: Timestamp) -> Option<String> {
    match id {
        DocumentId::Story(i) => story_state(&site.stories[i].doc, now),
        DocumentId::Issue(i) => issue_state(&site.issues[i].doc, now),
        DocumentId::Page(i) => site.pages[i].draft.then(|| "Draft".to_owned()),
        // All that is recorded is published.
        DocumentId::Event(_)
        | DocumentId::NonMedalEvent(_)
        | DocumentId::Athlete(_)
        | DocumentId::Nation(_)
        | DocumentId::Sport(_)
        | DocumentId::Venue(_)
        | DocumentId::Author(_) => None,
    }
}

fn issue_state(issue: &Issue, now: Timestamp) -> Option<String> {
    if issue.draft {
        return Some("Draft".to_owned());
    }
    let from = issue.appears_at();
    (from.timestamp() > now).then(|| not_before(from))
}

fn not_before(from: &Moment) -> String {
    format!("Not before {}", minute(from))
}

fn minute(moment: &Moment) -> String {
    moment.zoned.strftime("%Y-%m-%d %H:%M %Z").to_string()
}

fn story_state(story: &Story, now: Timestamp) -> Option<String> {
    let is_past = |moment: &Moment| moment.timestamp() <= now;
    if story.draft {
        return Some("Draft".to_owned());
    }
    if let Some(from) = story.appears_at().filter(|from| !is_past(from)) {
        return Some(not_before(from));
    }
    let until = story.expire_at.as_ref().filter(|until| is_past(until))?;
    Some(format!("Expired {}", minute(until)))
}

/// Where the links of a page lead.
#[derive(Default)]
struct Links(HashSet<String>);

impl html::Reader for Links {
    fn start(&mut self, tag: &Tag) {
        self.0.extend(tag.get(Attribute::Href).map(str::to_owned));
    }
}

/// Addresses in a page of what is not published, and why.
fn links_to_unpublished(edition: &Edition, html: &[u8], now: Timestamp) -> Vec<(String, String)> {
    let mut links = Links::default();
    html::read(html, &mut links);
    let site = &edition.site;
    let hidden =
        site.documents().filter_map(|(id, _)| Some((id, unpublished_state(site, id, now)?)));
    hidden
        .map(|(id, state)| (cards::url(site, &plan::document_address(site, id)), state))
        .filter(|(url, _)| links.0.contains(url))
        .collect()
}
