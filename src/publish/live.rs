//! The tree that is published now, as it was found: what in it is Podium's, and what is not.

use std::io;
use std::path::Path;

use walkdir::WalkDir;

use super::manifest::{self, Manifest};

/// What is in the output folder.
#[derive(Debug)]
pub struct Live {
    /// What Podium wrote, as far as it still is what it was: a file, in folders that are no links.
    pub manifest: Manifest,
    /// Other files and links, from the output folder, in order.
    pub foreign: Vec<String>,
    /// Folders with no file of Podium's in them, and those with rights of their own.
    folders: Vec<Folder>,
}

#[derive(Debug)]
struct Folder {
    path: String,
    /// Its rights, if they are not those of a new folder.
    mode: Option<u32>,
}

/// What could not be done, and to which path of the output folder.
type Failed = (String, io::Error);

impl Live {
    /// Looks through the output folder.
    ///
    /// # Errors
    /// A folder in it cannot be read.
    pub fn read(top: &Path, mut manifest: Manifest) -> Result<Live, Failed> {
        let mut found = Vec::new();
        let mut folders = Vec::new();
        let usual = mode(top);
        for entry in WalkDir::new(top).min_depth(1).sort_by_file_name() {
            let entry = entry.map_err(|error| {
                let path = error.path().and_then(|path| path.strip_prefix(top).ok());
                let path = path.unwrap_or(Path::new("")).to_string_lossy().into_owned();
                (path, error.into())
            })?;
            let inner = entry.path().strip_prefix(top).unwrap_or(entry.path());
            // A name that is no text is no page's.
            let Some(path) = inner.to_str() else { continue };
            let path = path.replace(std::path::MAIN_SEPARATOR, "/");
            if entry.file_type().is_symlink() {
                // What a link leads to is not Podium's, whatever the manifest says.
                manifest.forget(&path);
                manifest.forget_below(&path);
            }
            match entry.file_type().is_dir() {
                true => {
                    let own = mode(entry.path()).filter(|mode| Some(*mode) != usual);
                    folders.push(Folder { path, mode: own });
                }
                false => found.push(path),
            }
        }
        let is_foreign =
            |path: &String| manifest.print(path).is_none() && path.as_str() != manifest::NAME;
        let foreign: Vec<String> = found.into_iter().filter(is_foreign).collect();
        folders.retain(|folder| folder.mode.is_some() || !manifest.has_below(&folder.path));
        Ok(Live { manifest, foreign, folders })
    }

    /// Gives a new tree the folders of this one that nobody would miss for their files, and the rights
    /// that somebody gave to folders.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn keep_folders(&self, staging: &Path) -> Result<(), Failed> {
        for folder in &self.folders {
            let to = staging.join(&folder.path);
            let is_ours = self.manifest.has_below(&folder.path);
            // A folder of pages that are gone goes with them; a page may stand where a folder was.
            if !to.is_dir() && (is_ours || to.exists()) {
                continue;
            }
            let failed = |error| (folder.path.clone(), error);
            std::fs::create_dir_all(&to).map_err(failed)?;
            if let Some(mode) = folder.mode {
                set_mode(&to, mode).map_err(failed)?;
            }
        }
        Ok(())
    }
}

/// What hosts and tools of publishing keep in the folder that is published: nobody's mistake.
pub fn is_of_a_host(path: &str) -> bool {
    matches!(path, "CNAME" | ".nojekyll" | ".git") || path.starts_with(".git/")
}

#[cfg(unix)]
fn mode(folder: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(folder).ok().map(|meta| meta.permissions().mode() & 0o7777)
}

#[cfg(not(unix))]
fn mode(_: &Path) -> Option<u32> {
    None
}

#[cfg(unix)]
fn set_mode(folder: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    // The next build must be able to write to it.
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(mode | 0o700))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
