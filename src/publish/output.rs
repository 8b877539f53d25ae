//! The output folder: which ones are taken, the staging tree beside it, and the exchange.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::manifest::{self, Manifest};
use crate::diagnostics::{Diagnostic, Place, codes};
use crate::paths;

/// Where a site is written to.
#[derive(Debug)]
pub struct Output {
    /// The folder that hosts serve.
    pub live: PathBuf,
    /// The tree that is being written, beside it.
    pub staging: PathBuf,
    /// The live folder as the author wrote it.
    pub shown: String,
}

/// What the system said when it refused a file of a folder, or the folder itself if no file is named.
pub fn failed(folder: &str, file: &str, error: &io::Error) -> Box<Diagnostic> {
    let folder = folder.trim_end_matches('/');
    let place = match file {
        "" => folder.to_owned(),
        file => format!("{folder}/{file}"),
    };
    let problem = Diagnostic::new(
        &codes::P002,
        Place::File(place),
        format!("the site could not be written to {folder}/: {error}"),
    )
    .note("the site that was there before is still there");
    Box::new(if error.kind() == io::ErrorKind::StorageFull {
        problem.help("make room on the disk, or write to another with --output DIR")
    } else {
        problem
    })
}

fn refused(shown: &str, why: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(
            &codes::P001,
            Place::File(shown.to_owned()),
            format!("this output folder is refused: {why}"),
        )
        .help("name a folder that is empty, does not exist yet, or was made by Podium"),
    )
}

impl Output {
    /// Checks that a folder may be written to, without touching it.
    ///
    /// # Errors
    /// It is the site, above it, or in or around what the site is made of.
    pub fn resolve(root: &Path, folder: &Path) -> Result<Output, Box<Diagnostic>> {
        let shown = folder.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let root = root.canonicalize().map_err(|error| failed(&shown, "", &error))?;
        let live = real(&root.join(folder)).map_err(|error| failed(&shown, "", &error))?;
        if root == live {
            return Err(refused(&shown, "it is the site itself"));
        }
        if root.starts_with(&live) {
            return Err(refused(&shown, "it contains the site"));
        }
        for name in ["content", "themes", "site.toml"] {
            let part = real(&root.join(name)).map_err(|error| failed(&shown, "", &error))?;
            if live.starts_with(&part) {
                return Err(refused(&shown, &format!("it is in {name}")));
            }
            if part.starts_with(&live) {
                return Err(refused(&shown, &format!("it contains {name}")));
            }
        }
        if live.is_symlink() {
            return Err(refused(&shown, "it is a symbolic link that leads nowhere"));
        }
        let (Some(parent), Some(name)) = (live.parent(), live.file_name()) else {
            return Err(refused(&shown, "it is the top of a file system"));
        };
        let staging = parent.join(format!(".{}.podium-staging", name.to_string_lossy()));
        Ok(Output { live, staging, shown })
    }

    /// The manifest of the live tree; nothing if there is no tree or it is empty.
    ///
    /// # Errors
    /// There is something that Podium did not make.
    pub fn claim(&self) -> Result<Option<Manifest>, Box<Diagnostic>> {
        let mut entries = match fs::read_dir(&self.live) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return Err(refused(&self.shown, "it is a file"));
            }
            Err(error) => return Err(failed(&self.shown, "", &error)),
        };
        match paths::read(&self.live.join(manifest::NAME))
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        {
            Ok(text) => match Manifest::parse(&text) {
                Ok(manifest) => Ok(Some(manifest)),
                Err(why) => {
                    let why = format!("its {} is damaged: {why}", manifest::NAME);
                    Err(refused(&self.shown, &why))
                }
            },
            Err(_) if entries.next().is_none() => Ok(None),
            Err(_) => Err(refused(&self.shown, "it is not empty and Podium did not make it")),
        }
    }

    /// Where the live tree stands aside while the new one takes its place, on systems that cannot
    /// exchange two folders in one step.
    fn aside(&self) -> PathBuf {
        let mut name = self.staging.file_name().unwrap_or_default().to_owned();
        name.push("-old");
        self.staging.with_file_name(name)
    }

    /// Mends what a build that was killed has left behind: puts a tree that stood aside back, and
    /// removes a staging tree.
    ///
    /// # Errors
    /// There is something of that name that Podium did not make.
    pub fn recover(&self) -> Result<(), Box<Diagnostic>> {
        let aside = self.aside();
        if aside.is_dir() && !self.live.exists() {
            fs::rename(&aside, &self.live).map_err(|error| failed(&self.shown, "", &error))?;
        }
        self.clear(&aside)?;
        self.clear(&self.staging)
    }

    /// Removes a tree that Podium made beside the live one.
    ///
    /// # Errors
    /// Podium did not make it, or the disk refuses.
    pub fn clear(&self, tree: &Path) -> Result<(), Box<Diagnostic>> {
        let shown = tree.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut entries = match fs::read_dir(tree) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(failed(&shown, "", &error)),
        };
        let is_ours = tree.join(manifest::NAME).is_file() || entries.next().is_none();
        if tree.is_symlink() || !is_ours {
            return Err(refused(
                &shown,
                "something of this name is there that Podium did not make",
            ));
        }
        let clear = || {
            // The manifest goes last: killed in the middle, the rest is still known as ours.
            for entry in fs::read_dir(tree)? {
                let entry = entry?;
                if entry.file_name() == manifest::NAME {
                    continue;
                }
                match entry.file_type()?.is_dir() {
                    true => fs::remove_dir_all(entry.path())?,
                    false => fs::remove_file(entry.path())?,
                }
            }
            fs::remove_dir_all(tree)
        };
        clear().map_err(|error| failed(&shown, "", &error))
    }

    /// Makes the staging tree, marked as ours from its first moment.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn begin_staging(&self) -> Result<(), Box<Diagnostic>> {
        let failed = |error| failed(&self.shown, "", &error);
        fs::create_dir_all(&self.staging).map_err(failed)?;
        let marker = Manifest::default().to_text();
        fs::write(self.staging.join(manifest::NAME), marker).map_err(failed)
    }

    /// Puts the staging tree in the place of the live one. Afterwards the staging path holds what
    /// was live before.
    ///
    /// # Errors
    /// The disk refuses; the live tree is as it was.
    pub fn exchange(&self) -> Result<(), Box<Diagnostic>> {
        self.swap().map_err(|error| {
            let mut problem = failed(&self.shown, "", &error);
            if error.kind() == io::ErrorKind::ResourceBusy {
                problem.help.push(
                    "the output folder is a mount point: write to a folder inside it with --output DIR".into(),
                );
            }
            problem
        })
    }

    fn swap(&self) -> io::Result<()> {
        match fs::metadata(&self.live) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return fs::rename(&self.staging, &self.live);
            }
            Err(error) => return Err(error),
            Ok(live) => fs::set_permissions(&self.staging, live.permissions())?,
        }
        if exchange_in_one_step(&self.staging, &self.live)? {
            return Ok(());
        }
        // Between these two there is no site for a moment; should it end there, the next build
        // puts the old one back.
        let aside = self.aside();
        fs::rename(&self.live, &aside)?;
        if let Err(error) = fs::rename(&self.staging, &self.live) {
            fs::rename(&aside, &self.live)?;
            return Err(error);
        }
        fs::rename(&aside, &self.staging)
    }
}

/// Whether the system could exchange two folders in one step, and did.
#[cfg(target_os = "linux")]
fn exchange_in_one_step(a: &Path, b: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        // Not every file system can.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange_in_one_step(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// A path with links and dots resolved as far as it exists.
fn real(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Ok(real) => Ok(real),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let Some(parent) = path.parent() else { return Err(error) };
            match path.components().next_back() {
                Some(Component::Normal(name)) => Ok(real(parent)?.join(name)),
                Some(Component::ParentDir) => {
                    let parent = real(parent)?;
                    Ok(parent.parent().unwrap_or(&parent).to_owned())
                }
                _ => real(parent),
            }
        }
        Err(error) => Err(error),
    }
}

/// How long to wait for another build: 50 times a tenth of a second.
const PATIENCE: usize = 50;
const PAUSE: std::time::Duration = std::time::Duration::from_millis(100);

/// Held while a build writes. The system releases it when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _parent: Option<fs::File>,
}

impl Lock {
    /// Takes the lock: on the folder that both trees lie in, so that no file is left behind.
    ///
    /// # Errors
    /// Another build has it.
    pub fn take(output: &Output) -> Result<Lock, Box<Diagnostic>> {
        let parent = output.live.parent().unwrap_or(&output.live);
        fs::create_dir_all(parent).map_err(|error| failed(&output.shown, "", &error))?;
        if !cfg!(unix) {
            return Ok(Lock { _parent: None });
        }
        let folder = fs::File::open(parent).map_err(|error| failed(&output.shown, "", &error))?;
        // Another build, of this site or of one beside it, is over in a moment.
        let mut outcome = folder.try_lock();
        for _ in 0..PATIENCE {
            if !matches!(outcome, Err(fs::TryLockError::WouldBlock)) {
                break;
            }
            std::thread::sleep(PAUSE);
            outcome = folder.try_lock();
        }
        match outcome {
            Ok(()) => Ok(Lock { _parent: Some(folder) }),
            Err(fs::TryLockError::WouldBlock) => Err(Box::new(
                Diagnostic::new(
                    &codes::P003,
                    Place::File(output.shown.clone()),
                    "another build is writing to this folder, or to one beside it",
                )
                .help("wait for it, or write to a folder elsewhere with --output DIR"),
            )),
            // A file system without locks: two builds at once are the author's own affair.
            Err(fs::TryLockError::Error(_)) => Ok(Lock { _parent: None }),
        }
    }
}
