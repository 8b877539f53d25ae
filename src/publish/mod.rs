//! Stage 6, publish: bytes become the output folder, in one step or not at all.
//!
//! A [`Publisher`] writes what has changed into a staging tree beside the live one. When all pages
//! are there, the unchanged files are linked into it and the two trees change places. Until then
//! the live tree is not touched; killed at any moment, the old site or the new one is there, whole.
//! If nothing has changed, nothing is touched at all, so no time stamp moves.
//!
//! Podium deletes only what it wrote: the manifest in the output folder names it.

pub mod manifest;
mod output;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::diagnostics::{Diagnostic, Place, codes};
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
    output: Output,
    live: Option<Manifest>,
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
        let live = output.claim()?;
        output.clear_staging()?;
        let publisher = Publisher { output, live, _lock: lock };
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
        with_folder(&to, || fs::write(&to, bytes)).map_err(|error| self.failed(file, &error))?;
        Ok(Put { entry, change: Change::Written })
    }

    /// Publishes a copy of a file. May be called from many threads.
    ///
    /// # Errors
    /// The file cannot be read, or the disk refuses.
    pub fn put_copy(&self, file: &str, from: &Path) -> Result<Put, Box<Diagnostic>> {
        let unreadable = |error: io::Error| Box::new(crate::parse::unreadable(file, &error));
        let print = fingerprint(from).map_err(unreadable)?;
        let entry = Entry { path: file.to_owned(), print };
        let known = self.live.as_ref().and_then(|live| live.print(file)) == Some(print);
        if known && fingerprint(&self.output.live.join(file)).is_ok_and(|live| live == print) {
            return Ok(Put { entry, change: Change::Unchanged });
        }
        let to = self.output.staging.join(file);
        with_folder(&to, || copy_bytes(from, &to)).map_err(|error| self.failed(file, &error))?;
        Ok(Put { entry, change: Change::Written })
    }

    /// Publishes everything that was put. Files in the output folder that Podium did not write are
    /// kept, and reported.
    ///
    /// # Errors
    /// The disk refuses, or a file that Podium did not write stands where a page belongs. The site
    /// that was live still is.
    pub fn commit(self, mut puts: Vec<Put>) -> Result<(Summary, Vec<Diagnostic>), Box<Diagnostic>> {
        puts.sort_by(|a, b| a.entry.path.cmp(&b.entry.path));
        let planned: BTreeSet<&str> = puts.iter().map(|put| put.entry.path.as_str()).collect();
        let before = self.live.as_ref().map(Manifest::paths).unwrap_or_default();
        let removed = before.iter().filter(|path| !planned.contains(*path)).count();
        let unchanged = puts.iter().filter(|put| put.change == Change::Unchanged).count();
        let summary = Summary { written: puts.len() - unchanged, unchanged, removed };
        if self.live.is_some() && summary.written == 0 && removed == 0 {
            return Ok((summary, Vec::new()));
        }
        let foreign = self.foreign(&before)?;
        let mut warnings = Vec::new();
        for path in &foreign {
            if planned.contains(path.as_str()) {
                let shown = format!("{}/{path}", self.output.shown);
                let message = "a file that Podium did not write stands where a page belongs";
                return Err(Box::new(
                    Diagnostic::new(&codes::P004, Place::File(shown), message)
                        .as_error()
                        .help("move it away, or into content/"),
                ));
            }
        }
        if let [first, rest @ ..] = foreign.as_slice() {
            let shown = format!("{}/{first}", self.output.shown);
            let and = match rest.len() {
                0 => String::new(),
                n => format!(" (and {n} more)"),
            };
            let message = format!("Podium did not write this file{and}: it was kept");
            warnings.push(
                Diagnostic::new(&codes::P004, Place::File(shown), message)
                    .help("put it into content/, so that every build of the site has it"),
            );
        }
        let kept =
            puts.iter().filter(|put| put.change == Change::Unchanged).map(|put| &put.entry.path);
        for path in kept.chain(&foreign) {
            self.keep(path).map_err(|error| self.failed(path, &error))?;
        }
        let manifest = Manifest::new(puts.into_iter().map(|put| put.entry).collect());
        fs::write(self.output.staging.join(manifest::NAME), manifest.to_text())
            .map_err(|error| self.failed(manifest::NAME, &error))?;
        self.output.exchange()?;
        Ok((summary, warnings))
    }

    /// Takes a file of the live tree over into the staging tree, with its time stamp.
    fn keep(&self, path: &str) -> io::Result<()> {
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

    /// Files of the live tree that the manifest does not name.
    fn foreign(&self, ours: &BTreeSet<&str>) -> Result<Vec<String>, Box<Diagnostic>> {
        let mut foreign = Vec::new();
        if self.live.is_none() {
            return Ok(foreign);
        }
        for entry in WalkDir::new(&self.output.live).sort_by_file_name() {
            let entry = entry.map_err(|error| self.failed("", &error.into()))?;
            if entry.file_type().is_dir() {
                continue;
            }
            let path = entry.path().strip_prefix(&self.output.live).unwrap_or(entry.path());
            let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            if path != manifest::NAME && !ours.contains(path.as_str()) {
                foreign.push(path);
            }
        }
        Ok(foreign)
    }

    fn failed(&self, file: &str, error: &io::Error) -> Box<Diagnostic> {
        output::failed(&format!("{}/{file}", self.output.shown), error)
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        // After a commit this is the tree that was live before.
        let _ = fs::remove_dir_all(&self.output.staging);
    }
}

/// Does something that needs the folder of a file; makes the folder if it is not there.
fn with_folder(file: &Path, write: impl Fn() -> io::Result<()>) -> io::Result<()> {
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
    let Ok(mut file) = fs::File::open(path) else { return false };
    let length = file.metadata().ok().filter(fs::Metadata::is_file).map(|meta| meta.len());
    if length != Some(bytes.len() as u64) {
        return false;
    }
    let mut live = Vec::with_capacity(bytes.len() + 1);
    file.read_to_end(&mut live).is_ok() && live == bytes
}

/// The fingerprint of a file, whatever its size.
fn fingerprint(path: &Path) -> io::Result<u128> {
    let mut file = fs::File::open(path)?;
    let mut hasher = Xxh3::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.digest128()),
            length => hasher.update(&buffer[..length]),
        }
    }
}

/// A copy with the default rights: a picture that only its author may read is for readers too.
fn copy_bytes(from: &Path, to: &PathBuf) -> io::Result<()> {
    let mut to = fs::File::create(to)?;
    io::copy(&mut fs::File::open(from)?, &mut to)?;
    Ok(())
}
