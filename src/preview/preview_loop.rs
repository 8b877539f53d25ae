//! The loop: a change comes in, the site is made to fit it, and every page is looked through.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::background_publisher::{BackgroundPublisher, Job};
use super::file_cache::{Changes, Extent, FileCache};
use super::state::{PreviewState, Report};
use super::watcher::{Bell, Inbox, Watch};
use super::{Cause, News, Options, Rebuilt};
use crate::assemble::{self, BuildTime};
use crate::check;
use crate::check::pages::{Examiner, Facts};
use crate::derivatives::{self, Inspected};
use crate::diagnostics::{self, Diagnostic, Severity};
use crate::edition::Edition;
use crate::parse::documents::Document;
use crate::paths::FOLDERS;
use crate::pipeline::{self, Rendered};
use crate::plan::{self, Page};
use crate::render;
use crate::render::mentions::Mentions;

/// Pages that had something wrong with them are looked at first after a change: so many of them.
const SUSPECTS: usize = 32;
/// So many pages are rendered before anybody asks whether it takes long.
const AT_ONCE: usize = 64;
/// An error is told before all pages are looked through, if that takes longer than this.
const PATIENCE: Duration = Duration::from_millis(300);
/// Clocks are set and machines sleep: the time is looked at as often.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// What is wrong with pages, by their addresses.
type ByPage = BTreeMap<String, Vec<Diagnostic>>;

/// Keeps what is shown in step with the files.
pub struct PreviewLoop<'a> {
    options: &'a Options,
    /// Scheme, host and port of the preview.
    origin: String,
    tell: &'a (dyn Fn(&News) + Sync),
    publisher: Option<&'a BackgroundPublisher>,
    state: Arc<PreviewState>,
    files: FileCache,
    /// What is known of the pixels of pictures.
    inspected: Inspected,
    report: Report,
    /// What assembling and planning said of the edition that is shown.
    of_assembly: Vec<Diagnostic>,
    /// Pages of documents that were revised.
    revised: BTreeSet<String>,
    /// What has changed since something was told.
    cause: Cause,
    /// How long it took to make the site fit the last change.
    took: Duration,
    /// Where the preview is, as the user was told.
    told_url: String,
    /// The time as of which the site is shown.
    seen: Timestamp,
    /// The next time after that at which a story appears or expires.
    moment: Option<Timestamp>,
    /// Renders in the background, and leaves a processor to those who wait for a page.
    background: Option<rayon::ThreadPool>,
}

impl<'a> PreviewLoop<'a> {
    /// A loop that has read nothing yet.
    pub fn new(
        options: &'a Options,
        origin: String,
        state: Arc<PreviewState>,
        publisher: Option<&'a BackgroundPublisher>,
        tell: &'a (dyn Fn(&News) + Sync),
    ) -> PreviewLoop<'a> {
        PreviewLoop {
            options,
            origin,
            tell,
            publisher,
            state,
            files: FileCache::new(&options.root, options.base_url.as_deref()),
            inspected: Inspected::default(),
            report: Report::default(),
            of_assembly: Vec::new(),
            revised: BTreeSet::new(),
            cause: Cause::Start,
            took: Duration::ZERO,
            told_url: String::new(),
            seen: Timestamp::UNIX_EPOCH,
            moment: None,
            background: super::background_threads(),
        }
    }

    /// Reads the site for the first time.
    pub fn open(&mut self) {
        let begun = Instant::now();
        let everything = Changes { paths: BTreeSet::new(), everything: true };
        let update = self.files.update(&everything);
        self.apply(update.extent, begun);
    }

    /// Follows changes until it is told to stop.
    pub fn run(&mut self, inbox: &mut Inbox, watch: &mut Watch) {
        let mut is_checked = self.check(inbox);
        loop {
            let batch = inbox.next(self.deadline());
            if batch.is_stop {
                return;
            }
            if let Some(why) = &batch.polling {
                (self.tell)(&News::Polling(why));
            }
            let is_touched = |folder: &&str| batch.changes.paths.contains(*folder);
            if batch.changes.everything || FOLDERS.iter().any(is_touched) {
                watch.renew();
            }
            let begun = batch.begun.unwrap_or_else(Instant::now);
            let update = self.files.update(&batch.changes);
            let extent = if self.is_due() { Extent::Whole } else { update.extent };
            if matches!(extent, Extent::Nothing) {
                if !is_checked {
                    is_checked = self.check(inbox);
                }
                continue;
            }
            if is_checked {
                self.cause = Cause::Time;
            }
            self.cause = match std::mem::replace(&mut self.cause, Cause::Time) {
                Cause::Files(before) => {
                    let all: BTreeSet<String> = before.into_iter().chain(update.changed).collect();
                    Cause::Files(all.into_iter().collect())
                }
                _ if !update.changed.is_empty() => Cause::Files(update.changed),
                other => other,
            };
            self.apply(extent, begun);
            is_checked = self.check(inbox);
        }
    }

    /// When to wake up although no file changes.
    fn deadline(&self) -> Option<Instant> {
        let left = self.moment?.duration_since(crate::clock::now());
        let left = Duration::try_from(left).unwrap_or_default();
        Some(Instant::now() + left.min(LONGEST_SLEEP))
    }

    fn is_due(&self) -> bool {
        self.moment.is_some_and(|moment| moment <= crate::clock::now())
    }

    /// Makes what is shown fit a change that began to show then.
    fn apply(&mut self, extent: Extent, begun: Instant) {
        match extent {
            Extent::Nothing | Extent::Problems => {}
            Extent::Revised(documents) if self.revise(&documents) => {}
            Extent::Revised(_) | Extent::Whole => {
                // What has its time until then, and no later, is seen.
                self.seen = self.options.at.unwrap_or_else(crate::clock::now);
                self.renew();
            }
        }
        // Findings are of the text that was: the next pass says what is so now.
        self.report.of_checks.clear();
        self.moment = match self.options.at {
            None => self.files.next_moment(self.seen),
            Some(_) => None,
        };
        self.report.of_site = self.files.problems();
        // Of a broken file only what is wrong now counts, not what was in its last good text.
        let is_now = |problem: &&Diagnostic| !self.files.is_outdated(&problem.place);
        self.report.of_site.extend(self.of_assembly.iter().filter(is_now).cloned());
        // Only what takes long is left: whoever asks gets the new page.
        self.took = begun.elapsed();
    }

    /// Puts documents into their places, if that is all there is to do.
    fn revise(&mut self, documents: &[Document]) -> bool {
        let is_reported = |path: &str| {
            let in_site = format!("content/{path}");
            self.of_assembly.iter().any(|problem| {
                let others = problem.related.iter().map(|(place, _)| place);
                others.chain([&problem.place]).any(|place| place.path() == Some(&in_site))
            })
        };
        if documents.iter().any(|document| is_reported(document.path())) {
            return false;
        }
        let mut guard = self.state.edition_mut();
        let Some(edition) = guard.as_mut() else { return false };
        for document in documents {
            let Some(target) = edition.revise(document) else { return false };
            self.revised.extend(edition.renderer().address_of(target));
        }
        true
    }

    /// Assembles the site anew. Without a theme it is only read for mistakes.
    fn renew(&mut self) {
        self.of_assembly.clear();
        let Some(config) = self.files.config() else { return };
        let build_time = BuildTime { at: self.seen, drafts: self.options.drafts };
        let (site, problems) = assemble::site(self.files.parsed(), config, build_time);
        self.of_assembly = problems;
        let Some(theme) = self.files.theme() else {
            self.of_assembly.extend(render::without_theme(&site));
            return;
        };
        let edition = Edition::new(site, theme.clone(), &mut self.of_assembly);
        let is_there = |address: &String| plan::page_at(&edition.pages, address).is_some();
        self.report.of_pages.retain(|address, _| is_there(address));
        let old = self.state.edition_mut().replace(edition);
        // Nobody has to wait until a large site is taken apart.
        match &self.background {
            Some(threads) => threads.spawn(move || drop(old)),
            None => drop(old),
        }
    }

    /// Renders every page for what is wrong with it, those first where something probably is. Ends
    /// early, and says so, if there is something new.
    fn check(&mut self, inbox: &Inbox) -> bool {
        let bell = inbox.bell();
        self.tell_where();
        self.look_at_suspects(&bell);
        self.announce();
        let Some((of_pages, of_checks)) = self.look_at_all(&bell) else { return false };
        if of_pages != self.report.of_pages || of_checks != self.report.of_checks {
            self.report.of_pages = of_pages;
            self.report.of_checks = of_checks;
            self.announce();
        }
        self.tell(self.state.edition().as_ref(), true);
        self.publish();
        true
    }

    /// What is wrong with every page, by address, and what the editorial checks say. Nothing when the bell
    /// rings.
    fn look_at_all(&self, bell: &Bell) -> Option<(ByPage, Vec<Diagnostic>)> {
        let guard = self.state.edition();
        let Some(edition) = guard.as_ref() else { return Some(Default::default()) };
        let is_checked = edition.site.config.check.build && self.files.has_frame();
        let examiner = is_checked.then(|| Examiner::new(edition));
        let mut of_pages = BTreeMap::new();
        let mut facts = Vec::new();
        let begun = Instant::now();
        let mut is_told = false;
        let mentions = Mentions::new(&edition.site);
        for pages in edition.pages.chunks(AT_ONCE) {
            let pages = pages.iter().collect();
            let (said, seen) =
                self.render(bell, edition, pages, examiner.as_ref(), Some(&mentions));
            of_pages.extend(said);
            facts.extend(seen);
            if bell.rings() {
                return None;
            }
            if !is_told && begun.elapsed() > PATIENCE && self.report.has_errors() {
                self.tell(Some(edition), false);
                is_told = true;
            }
        }
        let is_whole = !diagnostics::has_errors(&self.files.problems());
        let mut of_checks = Vec::new();
        if is_checked {
            of_checks = self.in_background(|| {
                // An update of now is not still to come because the site was assembled before it.
                let now = self.options.at.unwrap_or_else(crate::clock::now);
                let of_site = check::site(&edition.site, now, &|| bell.rings());
                let mut found = of_site.diagnostics;
                found.extend(check::pages(edition, &facts, is_whole));
                found
            });
        }
        let mentioned = mentions.all();
        of_checks.extend(self.in_background(|| {
            let (root, store) = (&self.options.root, &self.state.store);
            derivatives::look_at(root, &edition.site, &mentioned, store, &self.inspected, bell)
        }));
        let is_worth_it = |finding: &Diagnostic| {
            finding.severity != Severity::Note && !self.files.is_outdated(&finding.place)
        };
        of_checks.retain(is_worth_it);
        (!bell.rings()).then_some((of_pages, of_checks))
    }

    fn in_background<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.background {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }

    fn look_at_suspects(&mut self, bell: &Bell) {
        let mut suspects = self.revised.clone();
        suspects.extend(self.report.of_pages.keys().take(SUSPECTS).cloned());
        let found = match self.state.edition().as_ref() {
            Some(edition) => {
                let page = |address: &String| plan::page_at(&edition.pages, address);
                let pages = suspects.iter().filter_map(page).collect();
                self.render(bell, edition, pages, None, None).0
            }
            None => BTreeMap::new(),
        };
        if bell.rings() {
            return;
        }
        self.revised.clear();
        self.report.of_pages.retain(|address, _| !suspects.contains(address));
        self.report.of_pages.extend(found);
    }

    /// What is wrong with pages of the edition, by address; those with which nothing is are left out.
    /// With an examiner, what is to be kept of each for the checks. When the bell rings, all that are left
    /// are left out.
    fn render(
        &self,
        bell: &Bell,
        edition: &Edition,
        pages: Vec<&Page>,
        examiner: Option<&Examiner>,
        mentions: Option<&Mentions>,
    ) -> (ByPage, Vec<Facts>) {
        let seen =
            self.in_background(|| pipeline::look_at(edition, pages, examiner, mentions, bell));
        let mut of_pages = BTreeMap::new();
        let mut all = Vec::new();
        for Rendered { page, mut problems, facts, .. } in seen {
            problems.retain(|problem| !self.files.is_outdated(&problem.place));
            if !problems.is_empty() {
                of_pages.insert(page.address.clone(), problems);
            }
            all.extend(facts);
        }
        (of_pages, all)
    }

    fn announce(&self) {
        self.state.announce(self.report.settled(), self.files.media_changes);
    }

    /// Says where the preview is, at first and when site.toml has moved it.
    fn tell_where(&mut self) {
        let url = format!("{}{}", self.origin, self.state.base_path());
        if url != self.told_url {
            (self.tell)(&News::Ready(&url));
            self.told_url = url;
        }
    }

    fn tell(&self, edition: Option<&Edition>, is_complete: bool) {
        let pages =
            edition.map(|edition| edition.pages.iter().filter(|page| page.page_kind().is_some()));
        let rebuilt = Rebuilt {
            cause: self.cause.clone(),
            pages: pages.map(Iterator::count),
            diagnostics: self.report.settled(),
            waiting: edition.map(|edition| edition.site.waiting.clone()).unwrap_or_default(),
            took: self.took,
            is_complete,
        };
        (self.tell)(&News::Rebuilt(&rebuilt));
    }

    /// Has the site published, if it is to be and no file is broken: a broken file counts as what it
    /// was in the preview, but not for readers.
    fn publish(&self) {
        let (Some(publisher), Some(config)) = (self.publisher, self.files.config()) else { return };
        let Some(theme) = self.files.theme() else { return };
        if diagnostics::has_errors(&self.files.problems()) {
            let took = Duration::ZERO;
            (self.tell)(&News::Published { published: None, diagnostics: &[], took });
            return;
        }
        let parsed = self.files.parsed().cloned().collect();
        publisher.push(Job { config: config.clone(), parsed, theme: theme.clone() });
    }
}
