//! Stage 6, publish: bytes become the output folder, in one step or not at all.
//!
//! A [`Publisher`] writes what has changed into a staging tree beside the live one. When all pages
//! are there, the unchanged files are linked into it and the two trees change places. Until then
//! the live tree is not touched; killed at any moment, the old site or the new one is there, whole.
//! If nothing has changed, nothing is touched at all, so no time stamp moves.
//!
//! Podium deletes only what it wrote: the manifest in the output folder names it.

mod live;
pub mod manifest;
mod output;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::diagnostics::{Diagnostic, Place, codes};
use crate::paths;
use live::Live;
use manifest::{Entry, Manifest};
use output::{Lock, Output};

/// What happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was written into the staging tree.
    Written,
    /// The live one has the same bytes.
    Unchanged,
}

/// A file that is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// Path from the output folder, and a fingerprint of the bytes.
    pub entry: Entry,
    /// What happened to it.
    pub change: Change,
}

/// How many files were what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// New, or with other bytes.
    pub written: usize,
    /// With the same bytes as before.
    pub unchanged: usize,
    /// No longer on the site.
    pub removed: usize,
}

/// Writes a site. Dropped before [`Publisher::commit`], it leaves everything as it was.
#[derive(Debug)]
pub struct Publisher {
    /// The site's folder.
    root: PathBuf,
    output: Output,
    /// What is published now; nothing if nothing is.
    live: Option<Live>,
    _lock: Lock,
}

impl Publisher {
    /// Makes ready to write to a folder.
    ///
    /// # Errors
    /// The folder is refused, another build is writing to it, or the disk is.
    pub fn open(root: &Path, folder: &Path) -> Result<Publisher, Box<Diagnostic>> {
        let output = Output::resolve(root, folder)?;
        let lock = Lock::take(&output)?;
        output.recover()?;
        let live = match output.claim()? {
            Some(manifest) => Some(
                Live::read(&output.live, manifest)
                    .map_err(|(path, error)| output::failed(&output.shown, &path, &error))?,
            ),
            None => None,
        };
        let publisher = Publisher { root: root.to_owned(), output, live, _lock: lock };
        publisher.output.begin_staging()?;
        Ok(publisher)
    }

    /// Publishes bytes as a file. May be called from many threads.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn put(&self, file: &str, bytes: &[u8]) -> Result<Put, Box<Diagnostic>> {
        let entry = Entry { path: file.to_owned(), print: xxh3_128(bytes) };
        if self.live.is_some() && same_bytes(&self.output.live.join(file), bytes) {
            return Ok(Put { entry, change: Change::Unchanged });
        }
        let to = self.output.staging.join(file);
        if file.ends_with("/index.html")
            && let Some(folder) = to.parent()
        {
            // Most pages are the first file of their folder. If it cannot be made, writing says why.
            let _ = fs::create_dir(folder);
        }
        with_folder(&to, || fs::write(&to, bytes)).map_err(|error| self.failed(file, &error))?;
        Ok(Put { entry, change: Change::Written })
    }

    /// Publishes a copy of a file. May be called from many threads.
    ///
    /// # Errors
    /// The file cannot be read, or the disk refuses.
    pub fn put_copy(&self, file: &str, from: &Path) -> Result<Put, Box<Diagnostic>> {
        if let Some(live) = self.live.as_ref().and_then(|live| live.manifest.print(file))
            && fingerprint(from).is_ok_and(|print| print == live)
            && fingerprint(&self.output.live.join(file)).is_ok_and(|print| print == live)
        {
            let entry = Entry { path: file.to_owned(), print: live };
            return Ok(Put { entry, change: Change::Unchanged });
        }
        let shown = format!("content/{file}");
        let unreadable = |error| Box::new(crate::text::unreadable(&shown, &error));
        let mut source = paths::open_inside(&self.root, from).map_err(unreadable)?;
        let to = self.output.staging.join(file);
        let print = with_folder(&to, || copy_bytes(&mut source, &to))
            .map_err(|error| self.failed(file, &error))?;
        Ok(Put { entry: Entry { path: file.to_owned(), print }, change: Change::Written })
    }

    /// A warning that names files in the output folder which Podium did not write: they will be kept.
    ///
    /// # Errors
    /// One of them stands where a page belongs.
    pub fn foreign(&self, puts: &[Put]) -> Result<Vec<Diagnostic>, Box<Diagnostic>> {
        let Some(live) = &self.live else { return Ok(Vec::new()) };
        let shown = |path: &str| format!("{}/{path}", self.output.shown);
        let planned: BTreeSet<&str> = puts.iter().map(|put| put.entry.path.as_str()).collect();
        for path in &live.foreign {
            // The same name, a folder where the file is, or a file where its folder is.
            let below = format!("{path}/");
            let after = planned.range(below.as_str()..).next();
            let in_the_way = planned.contains(path.as_str())
                || after.is_some_and(|page| page.starts_with(&below))
                || path.match_indices('/').any(|(end, _)| planned.contains(&path[..end]));
            if in_the_way {
                let message = "a file that Podium did not write stands where a page belongs";
                let problem = Diagnostic::new(&codes::P004, Place::File(shown(path)), message);
                return Err(Box::new(problem.as_error().help("move it away, or into content/")));
            }
        }
        let mut told = live.foreign.iter().filter(|path| !live::is_of_a_host(path));
        let Some(first) = told.next() else { return Ok(Vec::new()) };
        let and = match told.count() {
            0 => String::new(),
            n => format!(" (and {n} more)"),
        };
        let message = format!("Podium did not write this file{and}: it is kept");
        let warning = Diagnostic::new(&codes::P004, Place::File(shown(first)), message)
            .help("put it into content/, so that every build of the site has it");
        Ok(vec![warning])
    }

    /// Publishes everything that was put, and keeps what others put into the folder.
    ///
    /// # Errors
    /// The disk refuses. The site that was live still is.
    pub fn commit(self, mut puts: Vec<Put>) -> Result<Summary, Box<Diagnostic>> {
        puts.sort_by(|a, b| a.entry.path.cmp(&b.entry.path));
        let planned: BTreeSet<&str> = puts.iter().map(|put| put.entry.path.as_str()).collect();
        let before: Vec<&str> = self.live.iter().flat_map(|live| live.manifest.paths()).collect();
        let removed = before.iter().filter(|path| !planned.contains(*path)).count();
        let unchanged = puts.iter().filter(|put| put.change == Change::Unchanged).count();
        let summary = Summary { written: puts.len() - unchanged, unchanged, removed };
        if self.live.is_some() && summary.written == 0 && removed == 0 {
            return Ok(summary);
        }
        let kept = puts.iter().filter(|put| put.change == Change::Unchanged);
        let foreign = || self.live.iter().flat_map(|live| &live.foreign).map(String::as_str);
        for path in kept.map(|put| put.entry.path.as_str()).chain(foreign()) {
            self.keep(Path::new(path)).map_err(|error| self.failed(path, &error))?;
        }
        let manifest = Manifest::new(puts.iter().map(|put| put.entry.clone()).collect());
        fs::write(self.output.staging.join(manifest::NAME), manifest.to_text())
            .map_err(|error| self.failed(manifest::NAME, &error))?;
        if let Some(live) = &self.live {
            live.keep_folders(&self.output.staging)
                .map_err(|(path, error)| self.failed(&path, &error))?;
        }
        self.output.exchange()?;
        // What is on the site no longer goes, unless somebody has put another file in its place.
        let is_ours = |path: &&str| {
            let old = self.output.staging.join(path);
            let print = self.live.as_ref().and_then(|live| live.manifest.print(path));
            planned.contains(*path) || fingerprint(&old).ok() == print
        };
        self.retire(before.iter().copied().filter(is_ours).chain(foreign()));
        Ok(summary)
    }

    /// Takes the tree apart that was live before: removes what is known, and moves what somebody
    /// has put there in the meantime into the new one. What cannot be removed is left to the next
    /// build.
    fn retire<'a>(&self, known: impl Iterator<Item = &'a str>) {
        let old = &self.output.staging;
        let mut folders = BTreeSet::new();
        for path in known.map(Path::new) {
            let _ = fs::remove_file(old.join(path));
            folders.extend(path.ancestors().skip(1).filter(|folder| *folder != Path::new("")));
        }
        // Inner folders sort after outer ones. A folder that is not empty stays.
        for folder in folders.iter().rev() {
            let _ = fs::remove_dir(old.join(folder));
        }
        for entry in WalkDir::new(old).min_depth(1).into_iter().flatten() {
            let Ok(path) = entry.path().strip_prefix(old) else { continue };
            let to = self.output.live.join(path);
            if !entry.file_type().is_dir() && path != Path::new(manifest::NAME) && !to.exists() {
                let _ = with_folder(&to, || fs::rename(entry.path(), &to));
            }
        }
    }

    /// Takes a file of the live tree over into the staging tree, with its time stamp.
    fn keep(&self, path: &Path) -> io::Result<()> {
        let from = self.output.live.join(path);
        let to = self.output.staging.join(path);
        with_folder(&to, || match fs::hard_link(&from, &to) {
            Ok(()) => Ok(()),
            // A missing folder is made by `with_folder`.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(error),
            // Some file systems have no hard links.
            Err(_) => {
                fs::copy(&from, &to)?;
                let modified = fs::metadata(&from)?.modified()?;
                fs::File::options().write(true).open(&to)?.set_modified(modified)
            }
        })
    }

    fn failed(&self, file: &str, error: &io::Error) -> Box<Diagnostic> {
        output::failed(&self.output.shown, file, error)
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        // Without a commit, what was written for nothing; after one, the rest of the old tree.
        let _ = self.output.clear(&self.output.staging);
    }
}

/// Does something that needs the folder of a file; makes the folder if it is not there.
fn with_folder<T>(file: &Path, mut write: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    match write() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(file.parent().unwrap_or(file))?;
            write()
        }
        done => done,
    }
}

/// Whether a file is there and has these bytes.
fn same_bytes(path: &Path, bytes: &[u8]) -> bool {
    let Ok(mut file) = paths::open(path) else { return false };
    let length = file.metadata().ok().filter(fs::Metadata::is_file).map(|meta| meta.len());
    if length != Some(bytes.len() as u64) {
        return false;
    }
    let mut live = Vec::with_capacity(bytes.len() + 1);
    file.read_to_end(&mut live).is_ok() && live == bytes
}

/// The fingerprint of a file, whatever its size.
fn fingerprint(path: &Path) -> io::Result<u128> {
    let mut file = paths::open(path)?;
    let mut hasher = Xxh3::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.digest128()),
            length => hasher.update(&buffer[..length]),
        }
    }
}

/// A copy with the default rights (a picture that only its author may read is for readers too),
/// and the fingerprint of what was copied.
fn copy_bytes(from: &mut fs::File, to: &Path) -> io::Result<u128> {
    let mut to = fs::File::create(to)?;
    let mut hasher = Xxh3::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(hasher.digest128()),
            length => {
                hasher.update(&buffer[..length]);
                to.write_all(&buffer[..length])?;
            }
        }
    }
}
