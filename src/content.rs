//! Writing to content/: every change of a command, or none of them.
//!
//! What authors wrote exists once. So a command first puts all new texts into a journal beside them and has
//! them flushed to the disk, then writes down what is to happen, and only then moves them into their places.
//! If it is killed before that note is there, nothing has happened; after it, the next command does the rest.
//! If the system refuses in the middle, what was done is undone.
//!
//! A lock on content/ keeps commands that write apart from each other and from those that read. The system
//! releases it when the process ends, however it ends.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::diagnostics::{Diagnostic, Place, codes};
use crate::discover::files_of_podium;
use crate::paths::{self, FOLDERS, JOURNAL};

/// The list of what is to happen; while it is written it has another name.
const PLAN: &str = "plan";

/// A file of content/ that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// From the site's folder.
    pub path: String,
    /// What it is, without a byte order mark; nothing if it is new.
    pub old: Option<String>,
    /// What it becomes; nothing if it is removed.
    pub new: Option<String>,
}

/// Held while content/ is read.
#[derive(Debug)]
pub struct Reading {
    _lock: Option<fs::File>,
}

/// Held while content/ is read in order to be changed.
#[derive(Debug)]
pub struct Writing {
    root: PathBuf,
    _lock: Option<fs::File>,
}

/// How long to wait for another command: 100 times a tenth of a second.
const PATIENCE: usize = 100;
const PAUSE: Duration = Duration::from_millis(100);

/// Makes sure that nobody changes content/ while it is read. Finishes what a command that was killed has
/// left undone.
///
/// # Errors
/// Another command does not come to an end, or what was left cannot be finished.
pub fn reading(root: &Path) -> Result<Reading, Box<Diagnostic>> {
    if root.join("content").join(JOURNAL).is_dir() {
        drop(writing(root)?);
    }
    Ok(Reading { _lock: lock(root, fs::File::try_lock_shared)? })
}

/// Makes sure that nobody else reads or changes content/. Finishes what a command that was killed has left
/// undone, and removes what it has left behind.
///
/// # Errors
/// Another command does not come to an end, or what was left cannot be finished.
pub fn writing(root: &Path) -> Result<Writing, Box<Diagnostic>> {
    let writing = Writing { root: root.to_owned(), _lock: lock(root, fs::File::try_lock)? };
    if let Some(journal) = writing.journal() {
        journal.settle().map_err(|(path, error)| failed(&path, &error))?;
    }
    for left in files_of_podium(root) {
        let _ = fs::remove_file(left);
    }
    Ok(writing)
}

type TryLock = fn(&fs::File) -> Result<(), fs::TryLockError>;

/// A lock on content/; nothing where there is no such folder, or the system has no locks on folders.
fn lock(root: &Path, take: TryLock) -> Result<Option<fs::File>, Box<Diagnostic>> {
    if !cfg!(unix) {
        return Ok(None);
    }
    let Ok(folder) = fs::File::open(root.join("content")) else { return Ok(None) };
    for _ in 0..PATIENCE {
        match take(&folder) {
            Ok(()) => return Ok(Some(folder)),
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            // A file system without locks: two commands at once are the author's own affair.
            Err(fs::TryLockError::Error(_)) => return Ok(None),
        }
    }
    let message = "another command is changing the files of this site, or reading them";
    let problem = Diagnostic::new(&codes::D007, Place::File("content".into()), message)
        .help("wait until it has ended, and try again");
    Err(Box::new(problem))
}

fn failed(path: &str, error: &io::Error) -> Box<Diagnostic> {
    let message = format!("the file could not be written: {error}");
    let problem = Diagnostic::new(&codes::I008, Place::File(path.to_owned()), message)
        .note("all files of content/ are as they were");
    Box::new(if error.kind() == io::ErrorKind::StorageFull {
        problem.help("make room on the disk, and try again")
    } else {
        problem
    })
}

impl Writing {
    /// Whether a file is still what it was when it was read.
    pub fn is_as_read(&self, change: &Change) -> bool {
        let now = fs::read(self.root.join(&change.path)).ok();
        let text = now.as_deref().map(|bytes| bytes.strip_prefix(MARK).unwrap_or(bytes));
        text == change.old.as_deref().map(str::as_bytes)
    }

    /// Makes all changes, or none. Folders that are missing are made, and a symbolic link stays one.
    ///
    /// # Errors
    /// A file is not what it was when it was read, a link leads out of the site, or the system refuses.
    pub fn apply(&self, changes: &[Change]) -> Result<(), Box<Diagnostic>> {
        if changes.is_empty() {
            return Ok(());
        }
        if !self.root.join("content").exists() {
            fs::create_dir_all(self.root.join("content"))
                .map_err(|error| failed("content", &error))?;
        }
        let mut steps = Vec::with_capacity(changes.len());
        for change in changes {
            let target = target(&self.root, &change.path)?;
            let bytes = match paths::read(&target) {
                Ok(bytes) => Some(bytes),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(failed(&change.path, &error)),
            };
            let text = bytes.as_deref().map(|bytes| bytes.strip_prefix(MARK).unwrap_or(bytes));
            if text != change.old.as_deref().map(str::as_bytes) {
                return Err(Box::new(changed(&change.path)));
            }
            steps.push(Step {
                path: change.path.clone(),
                old: bytes.as_deref().map(print),
                to: None,
            });
        }
        let Some(journal) = Journal::begin(&self.root) else {
            return Err(failed("content", &io::ErrorKind::NotFound.into()));
        };
        let done = journal.prepare(changes, &mut steps).and_then(|()| journal.commit(&steps));
        if let Err((path, error)) = done {
            // Nothing has happened yet.
            journal.remove();
            return Err(failed(&path, &error));
        }
        journal.settle().map_err(|(path, error)| failed(&path, &error))
    }

    /// The journal that a command has left behind.
    fn journal(&self) -> Option<Journal> {
        let journal = Journal::new(&self.root)?;
        journal.folder.is_dir().then_some(journal)
    }
}

/// The byte order mark of a file that has one stays.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

fn changed(path: &str) -> Diagnostic {
    let message = "the file is not as it was when it was read";
    Diagnostic::new(&codes::I008, Place::File(path.to_owned()), message)
        .note("all files of content/ are as they were")
        .help("somebody has saved it in the meantime: try again")
}

fn print(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

/// Where a file of content/ is, by way of links that stay inside the site.
fn target(root: &Path, path: &str) -> Result<PathBuf, Box<Diagnostic>> {
    let is_content = path.starts_with("content/") && paths::is_plain(path);
    let refuse = |message: &str| {
        let problem = Diagnostic::new(&codes::D003, Place::File(path.to_owned()), message);
        Err(Box::new(problem.help("put the folder or file itself there")))
    };
    if !is_content {
        return refuse("this is not a path of content/");
    }
    let allowed: Vec<PathBuf> =
        FOLDERS.iter().filter_map(|name| root.join(name).canonicalize().ok()).collect();
    let mut there = root.join(path);
    let mut missing = Vec::new();
    let real = loop {
        if let Ok(real) = there.canonicalize() {
            break real;
        }
        // A link that leads nowhere cannot be written through either.
        if there.is_symlink() {
            return refuse("this symbolic link leads out of content/ and themes/, or nowhere");
        }
        let (Some(name), Some(parent)) = (there.file_name(), there.parent()) else {
            return refuse("this is not a path of content/");
        };
        missing.push(name.to_owned());
        there = parent.to_owned();
    };
    if !allowed.iter().any(|folder| real.starts_with(folder)) {
        return refuse("a symbolic link on the way to this file leads out of content/ and themes/");
    }
    Ok(missing.into_iter().rev().fold(real, |path, name| path.join(name)))
}

/// What was done before the system refused, and to which file.
type Failed = (String, io::Error);

/// A file of the plan.
#[derive(Debug, Serialize, Deserialize)]
struct Step {
    /// From the site's folder.
    path: String,
    /// A fingerprint of what it is; nothing if it is new.
    old: Option<String>,
    /// A fingerprint of what it becomes; nothing if it is removed.
    to: Option<String>,
}

/// The folder in which a change lies until it has been made.
#[derive(Debug)]
struct Journal {
    root: PathBuf,
    folder: PathBuf,
}

impl Journal {
    fn new(root: &Path) -> Option<Journal> {
        let content = root.join("content").canonicalize().ok()?;
        Some(Journal { root: root.to_owned(), folder: content.join(JOURNAL) })
    }

    fn begin(root: &Path) -> Option<Journal> {
        let journal = Journal::new(root)?;
        journal.remove();
        Some(journal)
    }

    fn new_text(&self, step: usize) -> PathBuf {
        self.folder.join(format!("{step}.new"))
    }

    fn old_text(&self, step: usize) -> PathBuf {
        self.folder.join(format!("{step}.old"))
    }

    /// Puts all new texts into the journal, under numbers: the names of their files may be too long for
    /// anything more.
    fn prepare(&self, changes: &[Change], steps: &mut [Step]) -> Result<(), Failed> {
        let here = |error| ("content".to_owned(), error);
        fs::create_dir_all(&self.folder).map_err(here)?;
        for (i, (change, step)) in changes.iter().zip(steps).enumerate() {
            let Some(text) = &change.new else { continue };
            let path = || step.path.clone();
            let of_file = |error| (path(), error);
            let target = self.root.join(&change.path);
            let has_mark = change.old.is_some()
                && fs::read(&target).is_ok_and(|bytes| bytes.starts_with(MARK));
            let mark = if has_mark { MARK } else { b"" };
            let bytes = [mark, text.as_bytes()].concat();
            fs::write(self.new_text(i), &bytes).map_err(of_file)?;
            if let Ok(old) = fs::metadata(&target) {
                fs::set_permissions(self.new_text(i), old.permissions()).map_err(of_file)?;
            }
            step.to = Some(print(&bytes));
        }
        Ok(())
    }

    /// Writes down what is to happen: from here on it will.
    fn commit(&self, steps: &[Step]) -> Result<(), Failed> {
        let here = |error| ("content".to_owned(), error);
        let text = serde_json::to_vec(steps).map_err(|error| here(error.into()))?;
        let being_written = self.folder.join("plan.new");
        let mut file = fs::File::create(&being_written).map_err(here)?;
        file.write_all(&text).map_err(here)?;
        self.flush(steps.len()).map_err(here)?;
        fs::rename(being_written, self.folder.join(PLAN)).map_err(here)?;
        flush_folder(&self.folder).map_err(here)
    }

    /// Has the texts of the journal flushed to the disk.
    fn flush(&self, steps: usize) -> io::Result<()> {
        // To flush a whole file system is worth it for many files only.
        const MANY: usize = 16;
        if steps >= MANY && flush_file_system(&self.folder)? {
            return Ok(());
        }
        for entry in fs::read_dir(&self.folder)? {
            fs::File::open(entry?.path())?.sync_all()?;
        }
        flush_folder(&self.folder)
    }

    /// Does what is left of a plan, and removes the journal. Without a plan nothing has begun.
    fn settle(&self) -> Result<(), Failed> {
        let here = |error| (format!("content/{JOURNAL}"), error);
        if self.folder.is_symlink() {
            return Err(here(io::Error::other("it is a symbolic link")));
        }
        let damaged = |_| {
            here(io::Error::other("its plan cannot be read; look at it, and remove the folder"))
        };
        let steps: Vec<Step> = match paths::read(&self.folder.join(PLAN)) {
            Ok(text) => serde_json::from_slice(&text).map_err(damaged)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.remove();
                return Ok(());
            }
            Err(error) => return Err(here(error)),
        };
        // A plan that leads out of content/ is nobody's: nothing of it is done.
        if let Some((step, problem)) =
            steps.iter().find_map(|step| Some((step, target(&self.root, &step.path).err()?)))
        {
            self.remove();
            return Err((step.path.clone(), io::Error::other(problem.message)));
        }
        for (i, step) in steps.iter().enumerate() {
            if let Err(error) = self.advance(i, step) {
                self.undo(&steps[..=i]);
                self.remove();
                return Err((step.path.clone(), error));
            }
        }
        // The next command may be the first after a power cut.
        self.flush_targets(&steps);
        self.remove();
        Ok(())
    }

    /// Takes a step, if it was not taken already.
    fn advance(&self, i: usize, step: &Step) -> io::Result<()> {
        let target =
            target(&self.root, &step.path).map_err(|problem| io::Error::other(problem.message))?;
        let (new, old) = (self.new_text(i), self.old_text(i));
        let is_taken = match &step.to {
            Some(_) => !new.exists(),
            None => old.exists(),
        };
        let now = paths::read(&target).ok().map(|bytes| print(&bytes));
        // What lies in the journal must be what the plan says, and no link.
        if let Some(to) = &step.to
            && !is_taken
            && (new.is_symlink() || paths::read(&new).map(|bytes| print(&bytes))? != *to)
        {
            return Err(io::Error::other("the journal has another text than its plan says"));
        }
        // Whoever has saved the file since the command was killed keeps what was saved.
        if is_taken || now != step.old {
            return Ok(());
        }
        if now.is_some() && !old.exists() {
            match &step.to {
                Some(_) => {
                    fs::hard_link(&target, &old).or_else(|_| fs::copy(&target, &old).map(drop))?
                }
                None => return fs::rename(&target, &old),
            }
        }
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::rename(&new, &target)
    }

    /// Takes steps back.
    fn undo(&self, steps: &[Step]) {
        for (i, step) in steps.iter().enumerate().rev() {
            let Ok(target) = target(&self.root, &step.path) else { continue };
            let now = paths::read(&target).ok().map(|bytes| print(&bytes));
            // Only what this plan has put there: somebody may have saved the file since.
            if now != step.to {
                continue;
            }
            if self.old_text(i).exists() {
                let _ = fs::rename(self.old_text(i), &target);
            } else if step.old.is_none() && !self.new_text(i).exists() {
                let _ = fs::remove_file(&target);
            }
        }
    }

    fn flush_targets(&self, steps: &[Step]) {
        if flush_file_system(&self.folder).is_ok_and(|is_done| is_done) {
            return;
        }
        for step in steps {
            if let Some(folder) = self.root.join(&step.path).parent() {
                let _ = flush_folder(folder);
            }
        }
    }

    /// Removes the journal, the plan last of all: what is left without one means nothing.
    fn remove(&self) {
        let _ = fs::remove_file(self.folder.join(PLAN));
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Flushes everything that was written to a file system, if the system can.
#[cfg(target_os = "linux")]
fn flush_file_system(folder: &Path) -> io::Result<bool> {
    rustix::fs::syncfs(fs::File::open(folder)?)?;
    Ok(true)
}

#[cfg(not(target_os = "linux"))]
fn flush_file_system(_: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Flushes the names of the files in a folder.
fn flush_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> tempfile::TempDir {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir_all(site.path().join("content/events")).unwrap();
        fs::write(site.path().join("content/events/a.md"), "\u{FEFF}old a").unwrap();
        fs::write(site.path().join("content/events/b.md"), "old b").unwrap();
        site
    }

    fn change(path: &str, old: Option<&str>, new: Option<&str>) -> Change {
        Change {
            path: format!("content/{path}"),
            old: old.map(str::to_owned),
            new: new.map(str::to_owned),
        }
    }

    fn changes() -> [Change; 3] {
        [
            change("events/a.md", Some("old a"), Some("new a")),
            change("events/b.md", Some("old b"), None),
            change("athletes/c.md", None, Some("new c")),
        ]
    }

    fn contents(site: &tempfile::TempDir) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for entry in walkdir::WalkDir::new(site.path().join("content")).sort_by_file_name() {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let name = entry.file_name().to_string_lossy().into_owned();
                found.push((name, fs::read_to_string(entry.path()).unwrap()));
            }
        }
        found
    }

    fn named(files: &[(&str, &str)]) -> Vec<(String, String)> {
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    const NEW: [(&str, &str); 2] = [("c.md", "new c"), ("a.md", "\u{FEFF}new a")];
    const OLD: [(&str, &str); 2] = [("a.md", "\u{FEFF}old a"), ("b.md", "old b")];

    /// A journal as a kill leaves it behind after so many steps.
    fn killed(site: &tempfile::TempDir, is_committed: bool, taken: usize) {
        let mut steps: Vec<Step> = changes()
            .iter()
            .map(|change| {
                let old = fs::read(site.path().join(&change.path)).ok();
                Step { path: change.path.clone(), old: old.as_deref().map(print), to: None }
            })
            .collect();
        let journal = Journal::begin(site.path()).unwrap();
        journal.prepare(&changes(), &mut steps).unwrap();
        if is_committed {
            journal.commit(&steps).unwrap();
        }
        for (i, step) in steps.iter().enumerate().take(taken) {
            journal.advance(i, step).unwrap();
        }
    }

    #[test]
    fn all_changes_are_made_and_nothing_is_left() {
        let site = site();
        writing(site.path()).unwrap().apply(&changes()).unwrap();
        assert_eq!(contents(&site), named(&NEW));
        assert!(!site.path().join("content").join(JOURNAL).exists());
    }

    #[test]
    fn what_was_not_written_down_has_not_happened() {
        let site = site();
        killed(&site, false, 0);
        reading(site.path()).unwrap();
        assert_eq!(contents(&site), named(&OLD));
    }

    #[test]
    fn what_was_written_down_is_finished_by_the_next_command() {
        for taken in 0..=3 {
            let site = site();
            killed(&site, true, taken);
            reading(site.path()).unwrap();
            assert_eq!(contents(&site), named(&NEW), "{taken}");
        }
    }

    #[test]
    fn what_somebody_saved_in_the_meantime_is_kept() {
        let site = site();
        killed(&site, true, 0);
        fs::write(site.path().join("content/events/a.md"), "saved").unwrap();
        reading(site.path()).unwrap();
        assert_eq!(contents(&site)[1].1, "saved");
    }

    #[test]
    fn a_step_that_the_system_refuses_undoes_those_before() {
        let site = site();
        // A file where a folder has to be.
        fs::write(site.path().join("content/athletes"), "in the way").unwrap();
        assert!(writing(site.path()).unwrap().apply(&changes()).is_err());
        let mut expected = named(&[("athletes", "in the way")]);
        expected.extend(named(&OLD));
        assert_eq!(contents(&site), expected);
    }

    #[test]
    fn a_file_that_has_changed_is_left_alone_and_so_are_the_others() {
        let site = site();
        fs::write(site.path().join("content/events/b.md"), "saved").unwrap();
        let problem = writing(site.path()).unwrap().apply(&changes()).unwrap_err();
        assert_eq!(problem.place, Place::File("content/events/b.md".into()));
        assert_eq!(contents(&site)[0].1, "\u{FEFF}old a");
    }

    #[test]
    fn a_forged_plan_removes_nothing_that_it_did_not_make() {
        let site = site();
        fs::write(site.path().join("content/about.md"), "mine").unwrap();
        let folder = site.path().join("content").join(JOURNAL);
        for plan in [
            r#"[{"path":"content/about.md","old":null,"to":"x"},{"path":"site.toml","old":null,"to":"00"}]"#,
            r#"[{"path":"content/about.md","old":null,"to":"x"},{"path":"content/events/a.md/x.md","old":null,"to":"00"}]"#,
        ] {
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(PLAN), plan).unwrap();
            fs::write(folder.join("1.new"), "x").unwrap();
            assert!(reading(site.path()).is_err(), "{plan}");
            assert_eq!(fs::read_to_string(site.path().join("content/about.md")).unwrap(), "mine");
        }
        // A link in the journal is no text.
        #[cfg(unix)]
        {
            fs::create_dir_all(&folder).unwrap();
            std::os::unix::fs::symlink("/etc/hostname", folder.join("0.new")).unwrap();
            let plan = r#"[{"path":"content/stolen.md","old":null,"to":"x"}]"#;
            fs::write(folder.join(PLAN), plan).unwrap();
            assert!(reading(site.path()).is_err());
            assert!(!site.path().join("content/stolen.md").is_symlink());
        }
    }

    #[test]
    fn a_plan_that_leads_out_is_not_followed() {
        let site = site();
        fs::write(site.path().join("victim"), "mine").unwrap();
        let folder = site.path().join("content").join(JOURNAL);
        fs::create_dir_all(&folder).unwrap();
        let old = print(b"mine");
        for path in ["content/../victim", "victim", "/etc/hostname"] {
            let step = format!(r#"[{{"path":"{path}","old":"{old}","to":null}}]"#);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(PLAN), step).unwrap();
            assert!(reading(site.path()).is_err(), "{path}");
            assert_eq!(fs::read_to_string(site.path().join("victim")).unwrap(), "mine");
        }
    }
}
