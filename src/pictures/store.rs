//! Derivatives that were made before: files below `.podium/pictures/` in the site's folder.
//!
//! The one thing that is kept from one build to the next. It cannot go stale, for the name of each file says
//! what is in it, and cannot be damaged unseen, for each begins with its own fingerprint. Whoever deletes it
//! waits a little longer once. What cannot be read or written is as good as not there.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use xxhash_rust::xxh3::xxh3_128;

/// The folder in that of the site.
pub const FOLDER: &str = ".podium";

/// What nobody has asked for so long is removed. A desk builds each day, and takes up an old story again.
const KEPT: Duration = Duration::from_secs(60 * 24 * 3600);

/// How exactly it is known when something was last asked for.
const DAY: Duration = Duration::from_secs(24 * 3600);

/// The derivatives of a site that were made before.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    written: AtomicU64,
}

impl Store {
    /// Of the site in a folder.
    pub fn new(root: &Path) -> Store {
        Store { folder: root.join(FOLDER).join("pictures"), written: AtomicU64::new(0) }
    }

    /// The bytes of a derivative, if it was made before.
    pub fn get(&self, file: &str) -> Option<Vec<u8>> {
        if !self.is_own() {
            return None;
        }
        let mut bytes = crate::paths::read(&self.folder.join(file)).ok()?;
        let (print, content) = bytes.split_first_chunk::<16>()?;
        if xxh3_128(content) != u128::from_be_bytes(*print) {
            return None;
        }
        bytes.drain(..16);
        Some(bytes)
    }

    /// Keeps a derivative.
    pub fn put(&self, file: &str, bytes: &[u8]) {
        // Then it is made again the next time.
        let _ = self.try_put(file, bytes);
    }

    fn try_put(&self, file: &str, bytes: &[u8]) -> io::Result<()> {
        if !self.is_own() {
            self.begin()?;
        }
        // Who reads at this moment finds all of it or nothing, whoever else is writing it.
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let beside = self.folder.join(format!("{}-{number}.new", std::process::id()));
        let write = || {
            let mut to = fs::File::create(&beside)?;
            to.write_all(&xxh3_128(bytes).to_be_bytes())?;
            to.write_all(bytes)?;
            fs::rename(&beside, self.folder.join(file))
        };
        write().inspect_err(|_| drop(fs::remove_file(&beside)))
    }

    /// Makes the folder, unless something else stands where it belongs.
    fn begin(&self) -> io::Result<()> {
        let made = |path: &Path| match fs::create_dir(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && is_folder(path) => Ok(()),
            other => other,
        };
        let top = self.folder.parent().unwrap_or(&self.folder);
        made(top)?;
        made(&self.folder)?;
        let ignore = top.join(".gitignore");
        if ignore.symlink_metadata().is_err() {
            fs::write(ignore, "*\n")?;
        }
        Ok(())
    }

    /// Notes what was asked for, and removes what was not for long.
    pub fn tidy(&self, asked_for: &HashSet<String>, now: SystemTime) {
        if !self.is_own() {
            return;
        }
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let Ok(meta) = entry.metadata() else { continue };
            let age = meta.modified().ok().and_then(|then| now.duration_since(then).ok());
            let age = age.unwrap_or_default();
            let is_asked_for =
                entry.file_name().to_str().is_some_and(|name| asked_for.contains(name));
            if is_asked_for && age > DAY {
                let file = fs::File::options().append(true).open(entry.path());
                let _ = file.and_then(|file| file.set_modified(now));
            } else if !is_asked_for && age > KEPT && meta.is_file() {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Whether it is what it seems: nothing is written through a link, wherever it may lead.
    fn is_own(&self) -> bool {
        is_folder(&self.folder) && self.folder.parent().is_some_and(is_folder)
    }
}

/// Whether it is a folder, and no link to one.
fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|meta| meta.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(root: &Path) -> Vec<String> {
        let entries = fs::read_dir(root.join(".podium/pictures")).unwrap().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_was_kept_is_found_again_unless_it_was_damaged() {
        let root = tempfile::tempdir().unwrap();
        let store = Store::new(root.path());
        assert_eq!(store.get("a.webp"), None);
        store.put("a.webp", b"bytes");
        assert_eq!(store.get("a.webp").as_deref(), Some(b"bytes".as_slice()));
        let file = root.path().join(".podium/pictures/a.webp");
        let mut damaged = fs::read(&file).unwrap();
        damaged.pop();
        fs::write(&file, damaged).unwrap();
        assert_eq!(store.get("a.webp"), None);
        assert_eq!(fs::read_to_string(root.path().join(".podium/.gitignore")).unwrap(), "*\n");
    }

    #[test]
    fn what_nobody_asks_for_is_removed_after_two_months() {
        let root = tempfile::tempdir().unwrap();
        let store = Store::new(root.path());
        store.put("asked.webp", b"bytes");
        store.put("forgotten.webp", b"bytes");
        let asked_for = HashSet::from(["asked.webp".to_owned()]);
        let day = |days: u32| SystemTime::now() + DAY * days;
        store.tidy(&asked_for, day(40));
        assert_eq!(kept(root.path()), ["asked.webp", "forgotten.webp"]);
        store.tidy(&asked_for, day(61));
        assert_eq!(kept(root.path()), ["asked.webp"]);
        store.tidy(&HashSet::new(), day(100));
        assert_eq!(kept(root.path()), ["asked.webp"], "it was asked for on the 61st day");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        let root = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), root.path().join(".podium")).unwrap();
        let store = Store::new(root.path());
        store.put("a.webp", b"bytes");
        assert_eq!(store.get("a.webp"), None);
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }
}
