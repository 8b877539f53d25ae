//! What a preview remembers of the site's files, so that only what has changed is read again.
//!
//! Parsing knows nothing of other files, so a parsed document holds for as long as its file stays the
//! same. A file that is broken counts as what it was before: its last good page stays in the preview,
//! beside the report of what is wrong with it. The same is true of site.toml and the theme.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::assemble::is_revision;
use crate::config::{self, Config};
use crate::content;
use crate::diagnostics::{self, Diagnostic, Place};
use crate::discover::{self, Found, is_clutter};
use crate::parse::dates::Moment;
use crate::parse::documents::Document;
use crate::parse::{self, Parsed};
use crate::render::pages::TEMPLATES;
use crate::theme::{self, Theme};

/// What may have changed on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files and folders, from the site's folder, with `/` between their parts.
    pub paths: BTreeSet<String>,
    /// Whether nobody knows what else has changed.
    pub everything: bool,
}

impl Changes {
    fn touch(&self, path: &str) -> bool {
        self.everything || self.paths.contains(path)
    }

    fn touch_below(&self, folder: &str) -> bool {
        let inner = format!("{folder}/");
        self.everything
            || self.paths.contains(folder)
            || self.paths.range(inner.clone()..).next().is_some_and(|path| path.starts_with(&inner))
    }

    /// Whether a file, or a folder that it is in, has changed.
    fn touch_file(&self, path: &str) -> bool {
        self.touch(path)
            || path.match_indices('/').any(|(end, _)| self.paths.contains(&path[..end]))
    }
}

/// How much of the site a change concerns.
#[derive(Debug)]
pub enum Extent {
    /// Nothing: the files say what they said before.
    Nothing,
    /// What is wrong with single files, and nothing that is shown.
    Problems,
    /// Documents whose links are the same; [`is_revision`] says what that means.
    Revised(Vec<Document>),
    /// It has to be assembled anew.
    Whole,
}

/// What came of reading again.
#[derive(Debug)]
pub struct Update {
    /// How much of the site it concerns.
    pub extent: Extent,
    /// Files that are different, from the site's folder.
    pub changed: Vec<String>,
}

impl Extent {
    fn and(self, other: Extent) -> Extent {
        match (self, other) {
            (Extent::Whole, _) | (_, Extent::Whole) => Extent::Whole,
            (Extent::Revised(mut all), Extent::Revised(more)) => {
                all.extend(more);
                Extent::Revised(all)
            }
            (Extent::Revised(all), _) | (_, Extent::Revised(all)) => Extent::Revised(all),
            (Extent::Problems, _) | (_, Extent::Problems) => Extent::Problems,
            (Extent::Nothing, Extent::Nothing) => Extent::Nothing,
        }
    }
}

/// A file of content/.
#[derive(Debug)]
struct Remembered {
    found: Found,
    /// What it says, its text and what is wrong with it; but the document is the last good one.
    parsed: Parsed,
    /// Whether the document is not that of the text.
    is_outdated: bool,
    /// Of a file that is copied: size and time, to tell whether it is another.
    stamp: Option<Stamp>,
}

/// What tells that a file is another than before, as far as that can be told without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    /// When its bytes were written, if nobody has set another time.
    modified: Option<SystemTime>,
    /// When it was changed in any way, in nanoseconds, where the system tells.
    changed: i128,
}

impl Stamp {
    /// The stamp of a file.
    pub fn new(meta: &Metadata) -> Stamp {
        #[cfg(unix)]
        let changed = {
            use std::os::unix::fs::MetadataExt;
            i128::from(meta.ctime()) * 1_000_000_000 + i128::from(meta.ctime_nsec())
        };
        #[cfg(not(unix))]
        let changed = 0;
        Stamp { size: meta.len(), modified: meta.modified().ok(), changed }
    }
}

impl Display for Stamp {
    fn fmt(&self, to: &mut Formatter) -> fmt::Result {
        let modified = self.modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = modified.map_or(0, |since| since.as_nanos());
        write!(to, "{:x}-{modified:x}-{:x}", self.size, self.changed)
    }
}

/// Everything that was read.
#[derive(Debug)]
pub struct FileCache {
    root: PathBuf,
    base_url: Option<String>,
    config: Option<Arc<Config>>,
    config_problems: Vec<Diagnostic>,
    /// With the configuration that its functions know.
    theme: Option<(Theme, Arc<Config>)>,
    theme_problems: Vec<Diagnostic>,
    /// By path from content/.
    files: BTreeMap<String, Remembered>,
    walk_problems: Vec<Diagnostic>,
    /// Fingerprints of the files of all themes, by path from the site's folder.
    theme_files: BTreeMap<String, u64>,
    /// How often a file that is copied has changed: pages show it under the same address.
    pub media_changes: u64,
}

impl FileCache {
    /// Remembers nothing yet; the first update has to be about everything.
    pub fn new(root: &Path, base_url: Option<&str>) -> FileCache {
        FileCache {
            root: root.to_owned(),
            base_url: base_url.map(str::to_owned),
            config: None,
            config_problems: Vec::new(),
            theme: None,
            theme_problems: Vec::new(),
            files: BTreeMap::new(),
            walk_problems: Vec::new(),
            theme_files: BTreeMap::new(),
            media_changes: 0,
        }
    }

    /// The last site.toml that could be used, or what stands in for it.
    pub fn config(&self) -> Option<&Arc<Config>> {
        self.config.as_ref()
    }

    /// The last theme that could be used.
    pub fn theme(&self) -> Option<&Theme> {
        self.theme.as_ref().map(|(theme, _)| theme)
    }

    /// Every file of content/, in the order of their paths.
    pub fn parsed(&self) -> impl Iterator<Item = &Parsed> {
        self.files.values().map(|file| &file.parsed)
    }

    /// What is wrong with single files.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let own = [&self.config_problems, &self.walk_problems, &self.theme_problems];
        let of_files = self.files.values().flat_map(|file| &file.parsed.problems);
        own.into_iter().flatten().chain(of_files).cloned().collect()
    }

    /// Whether site.toml and the theme are those of now, and no earlier ones stand in for them.
    pub fn has_frame(&self) -> bool {
        !diagnostics::has_errors(&self.config_problems)
            && !diagnostics::has_errors(&self.theme_problems)
    }

    /// Whether the document at a place is that of a text which its file no longer has.
    pub fn is_outdated(&self, place: &Place) -> bool {
        let path = place.path().and_then(|path| path.strip_prefix("content/"));
        path.and_then(|path| self.files.get(path)).is_some_and(|file| file.is_outdated)
    }

    /// When the next story appears or expires by itself.
    pub fn next_moment(&self, after: Timestamp) -> Option<Timestamp> {
        let rights = self.parsed().filter_map(|parsed| {
            let image = parsed.document.as_ref()?.file()?.image.as_ref()?;
            Some(image.rights_until.as_ref()?.timestamp())
        });
        let moments = self.parsed().filter_map(|parsed| match &parsed.document {
            Some(Document::Story(story)) => {
                let live = story.file.live.as_ref();
                let begins = live.map(|_| story.date.timestamp());
                let ends = live.map(|live| live.closes(&story.date));
                let time = |moment: &Option<Moment>| moment.as_ref().map(Moment::timestamp);
                let appears = story.appears_at().map(Moment::timestamp);
                Some([appears, time(&story.expire_at), begins, ends])
            }
            _ => None,
        });
        let moments = moments.flatten().flatten().chain(rights);
        moments.filter(|moment| *moment > after).min()
    }

    /// Reads again what has changed.
    pub fn update(&mut self, changes: &Changes) -> Update {
        let mut update = Update { extent: Extent::Nothing, changed: Vec::new() };
        let mut note = |extent: Extent, changed: Vec<String>| {
            if !matches!(extent, Extent::Nothing) {
                update.changed.extend(changed);
            }
            let before = std::mem::replace(&mut update.extent, Extent::Nothing);
            update.extent = before.and(extent);
        };
        let mut is_new_site = false;
        if changes.touch("site.toml") {
            let extent = self.read_config();
            is_new_site = matches!(extent, Extent::Whole);
            note(extent, vec!["site.toml".to_owned()]);
        }
        if is_new_site || changes.touch_below("content") {
            // Not while an import is half done. If that takes long, what is there is shown all the same.
            let _reading = content::reading(&self.root);
            let mut changed = Vec::new();
            let extent = self.read_content(changes, is_new_site, &mut changed);
            note(extent, changed);
        }
        if is_new_site || changes.touch_below("themes") {
            let extent = self.read_theme();
            let changed = self.changed_in_themes();
            note(extent, changed);
        }
        update
    }

    fn read_config(&mut self) -> Extent {
        let (config, problems) = config::load(&self.root, self.base_url.as_deref());
        let changed =
            if problems == self.config_problems { Extent::Nothing } else { Extent::Problems };
        let is_bad = diagnostics::has_errors(&problems);
        self.config_problems = problems;
        let Some(config) = config else { return changed };
        let same = self.config.as_ref().is_some_and(|old| old.source.text == config.source.text);
        let has_good = self.config.as_ref().is_some_and(|old| !old.is_stand_in);
        if has_good && (same || is_bad) {
            return changed;
        }
        self.config = Some(Arc::new(config));
        Extent::Whole
    }

    fn read_theme(&mut self) -> Extent {
        let Some(config) = self.config.clone().filter(|config| !config.is_stand_in) else {
            return Extent::Nothing;
        };
        match theme::load(&self.root, &config, &TEMPLATES) {
            Ok(theme) => {
                let had_problems = !std::mem::take(&mut self.theme_problems).is_empty();
                let is_same = |(old, of): &(Theme, Arc<Config>)| {
                    Arc::ptr_eq(of, &config) && old.is_like(&theme)
                };
                if self.theme.as_ref().is_some_and(is_same) {
                    return if had_problems { Extent::Problems } else { Extent::Nothing };
                }
                self.theme = Some((theme, config));
                Extent::Whole
            }
            Err(problems) => {
                let is_same = problems == self.theme_problems;
                self.theme_problems = problems;
                if is_same { Extent::Nothing } else { Extent::Problems }
            }
        }
    }

    /// Files of all themes that are other than before.
    fn changed_in_themes(&mut self) -> Vec<String> {
        let (found, _) = discover::files(&self.root, "themes");
        let print = |found: Found| {
            let bytes = crate::paths::read(&found.absolute).unwrap_or_default();
            (format!("themes/{}", found.path), xxh3_64(&bytes))
        };
        let now: BTreeMap<String, u64> = found.into_iter().map(print).collect();
        let before = std::mem::replace(&mut self.theme_files, now);
        let now = &self.theme_files;
        let different = now.iter().filter(|(path, print)| before.get(*path) != Some(print));
        let gone = before.iter().filter(|(path, _)| !now.contains_key(*path));
        different.chain(gone).map(|(path, _)| path.clone()).collect()
    }

    fn read_content(
        &mut self,
        changes: &Changes,
        is_new_site: bool,
        changed: &mut Vec<String>,
    ) -> Extent {
        let Some(config) = self.config.clone() else { return Extent::Nothing };
        let mut extent = Extent::Nothing;
        let mut to_read: Vec<Found> = Vec::new();
        if is_new_site || self.needs_walk(changes) {
            let (found, problems) = discover::files(&self.root, "content");
            if problems != self.walk_problems {
                let both = problems.iter().chain(&self.walk_problems);
                let paths = both.filter_map(|problem| problem.place.path());
                changed.extend(paths.map(str::to_owned));
                self.walk_problems = problems;
                extent = Extent::Problems;
            }
            let there: BTreeSet<&str> = found.iter().map(|found| found.path.as_str()).collect();
            self.files.retain(|path, file| {
                let is_there = there.contains(path.as_str());
                if !is_there {
                    self.media_changes += u64::from(file.stamp.is_some());
                    changed.push(format!("content/{path}"));
                    extent = Extent::Whole;
                }
                is_there
            });
            to_read.extend(found.into_iter().filter(|found| {
                is_new_site
                    || found.is_linked
                    || changes.touch_file(&format!("content/{}", found.path))
                    || !self.files.contains_key(&found.path)
            }));
        } else {
            let files = changes.paths.iter().filter_map(|path| path.strip_prefix("content/"));
            to_read.extend(files.filter_map(|path| Some(self.files.get(path)?.found.clone())));
        }
        let read: Vec<(Found, Option<Stamp>, Parsed)> = to_read
            .into_par_iter()
            .map(|found| {
                // The stamp first: what is written in between is read once more, not missed.
                let is_copied = !parse::is_markdown(&found.path);
                let meta = is_copied.then(|| std::fs::metadata(&found.absolute).ok());
                let stamp = meta.flatten().map(|meta| Stamp::new(&meta));
                let parsed = parse::file(&found, &config);
                (found, stamp, parsed)
            })
            .collect();
        for (found, stamp, parsed) in read {
            let path = format!("content/{}", found.path);
            let of_file = self.remember(found, stamp, parsed, is_new_site);
            if !is_new_site && !matches!(of_file, Extent::Nothing) {
                changed.push(path);
            }
            extent = extent.and(of_file);
        }
        extent
    }

    /// Whether what has changed is more than the insides of files that are known. What came and went
    /// again, as editors make it when they save, has not changed anything.
    fn needs_walk(&self, changes: &Changes) -> bool {
        let has_links = self.files.values().any(|file| file.found.is_linked);
        // Only a walk tells whether what could not be taken in is still there.
        let has_problems = !self.walk_problems.is_empty();
        let is_more = |path: &String| {
            let Some(inner) = path.strip_prefix("content/") else { return path == "content" };
            let meta = std::fs::symlink_metadata(self.root.join(path)).ok();
            if self.files.contains_key(inner) {
                return !meta.is_some_and(|meta| meta.is_file());
            }
            let folder = format!("{inner}/");
            let was_folder = self
                .files
                .range(folder.clone()..)
                .next()
                .is_some_and(|(file, _)| file.starts_with(&folder));
            // A name that cannot be shown cannot be looked for either.
            let is_odd = inner.contains(char::REPLACEMENT_CHARACTER);
            was_folder || is_odd || meta.is_some() && !inner.split('/').any(is_clutter)
        };
        changes.everything || has_links || has_problems || changes.paths.iter().any(is_more)
    }

    fn remember(
        &mut self,
        found: Found,
        stamp: Option<Stamp>,
        mut parsed: Parsed,
        is_new_site: bool,
    ) -> Extent {
        let Some(old) = self.files.get_mut(&found.path) else {
            self.media_changes += u64::from(stamp.is_some());
            let file = Remembered { found: found.clone(), parsed, is_outdated: false, stamp };
            self.files.insert(found.path, file);
            return Extent::Whole;
        };
        let same_text = parsed.source.is_some() && parsed.source == old.parsed.source;
        let same_file = parsed.source.is_none() && stamp.is_some() && stamp == old.stamp;
        if !is_new_site && (same_text || same_file) && parsed.problems == old.parsed.problems {
            return Extent::Nothing;
        }
        if matches!(parsed.document, Some(Document::Asset(_))) && !same_file {
            self.media_changes += 1;
        }
        let extent = match (&old.parsed.document, &parsed.document) {
            (_, None) if parsed.problems == old.parsed.problems => Extent::Nothing,
            (_, None) => Extent::Problems,
            (None, Some(_)) => Extent::Whole,
            (Some(before), Some(after)) if is_revision(before, after) => {
                let problems = parsed.problems != old.parsed.problems;
                let said = if problems { Extent::Problems } else { Extent::Nothing };
                said.and(Extent::Revised(vec![after.clone()]))
            }
            (Some(_), Some(_)) => Extent::Whole,
        };
        let is_outdated = parsed.document.is_none();
        if is_outdated {
            parsed.document = old.parsed.document.take();
        }
        *old = Remembered { found, parsed, is_outdated, stamp };
        extent
    }
}
