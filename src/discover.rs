//! Stage 1, discover: which files there are.
//!
//! Walks a folder of the site, follows symbolic links that stay inside content/ and themes/, and
//! refuses those that lead out. Reads no file.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::diagnostics::{Diagnostic, Place, codes};
use crate::paths::{self, FOLDERS};

/// A file that belongs to the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Path from the folder that was walked, with `/` between its parts.
    pub path: String,
    /// Where it is on this machine; never shown.
    pub absolute: PathBuf,
    /// Whether it, or a folder that it is in, is a symbolic link.
    pub is_linked: bool,
}

/// Every file below `root/folder`, sorted by path, and what could not be taken in. A folder that
/// does not exist has no files.
pub fn files(root: &Path, folder: &str) -> (Vec<Found>, Vec<Diagnostic>) {
    let top = root.join(folder);
    let mut found = Vec::new();
    let mut problems = Vec::new();
    if !top.exists() && !top.is_symlink() {
        return (found, problems);
    }
    let allowed: Vec<PathBuf> =
        FOLDERS.iter().filter_map(|name| root.join(name).canonicalize().ok()).collect();
    let named = |path: &Path| {
        let inner = path.strip_prefix(root).unwrap_or(path);
        inner.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
    };
    // The linked folder that the walk is in; links below it lie deeper.
    let mut linked_from: Option<usize> = None;
    let mut walk = WalkDir::new(&top).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                problems.push(walk_problem(&error, &named));
                continue;
            }
        };
        if linked_from.is_some_and(|depth| entry.depth() <= depth) {
            linked_from = None;
        }
        if entry.depth() > 0 && is_clutter(&entry.file_name().to_string_lossy()) {
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        // content/ and themes/ may be links themselves; what is in them may not lead out.
        if entry.path_is_symlink() && (entry.depth() > 0 || folder.contains('/')) {
            let inside = entry
                .path()
                .canonicalize()
                .is_ok_and(|target| allowed.iter().any(|folder| target.starts_with(folder)));
            if !inside {
                let place = Place::File(named(entry.path()));
                problems.push(
                    Diagnostic::new(
                        &codes::D003,
                        place,
                        "this symbolic link leads out of content/ and themes/",
                    )
                    .help("put the file itself here"),
                );
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
        }
        if entry.file_type().is_dir() {
            if entry.path_is_symlink() && entry.depth() > 0 && linked_from.is_none() {
                linked_from = Some(entry.depth());
            }
            continue;
        }
        let relative = entry.path().strip_prefix(&top).unwrap_or(entry.path());
        match address_safe(relative) {
            Some(path) if entry.file_type().is_file() => {
                let is_linked = linked_from.is_some() || entry.path_is_symlink();
                found.push(Found { path, absolute: entry.into_path(), is_linked });
            }
            Some(_) => problems.push(Diagnostic::new(
                &codes::D001,
                Place::File(named(entry.path())),
                "this is not a file but a device, a socket or a pipe",
            )),
            None => problems.push(
                Diagnostic::new(
                    &codes::D005,
                    Place::File(named(entry.path()).escape_debug().to_string()),
                    "this name cannot be part of an address",
                )
                .help("rename it; letters of any script, digits, spaces and most signs are fine"),
            ),
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    (found, problems)
}

/// Files of content/ that an earlier Podium was writing when it was killed.
pub fn files_of_podium(root: &Path) -> Vec<PathBuf> {
    let walk = WalkDir::new(root.join("content")).into_iter().flatten();
    let is_left = |entry: &walkdir::DirEntry| {
        entry.file_type().is_file() && is_of_podium(&entry.file_name().to_string_lossy())
    };
    walk.filter(is_left).map(walkdir::DirEntry::into_path).collect()
}

/// Whether a file has a name that Podium gave to files which it was writing.
fn is_of_podium(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(".md.new")
}

fn walk_problem(error: &walkdir::Error, named: &dyn Fn(&Path) -> String) -> Diagnostic {
    let path = error.path().map(named).unwrap_or_default();
    if let Some(ancestor) = error.loop_ancestor() {
        let message = format!("this symbolic link leads back to {}", named(ancestor));
        return Diagnostic::new(&codes::D004, Place::File(path), message).help("remove the link");
    }
    let why = error.io_error().map_or_else(|| "unknown reason".to_owned(), ToString::to_string);
    Diagnostic::new(&codes::D001, Place::File(path), format!("this cannot be read: {why}"))
}

/// The path with `/` between its parts, if every part can stand in an address on every host.
fn address_safe(relative: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> =
        relative.components().map(|part| part.as_os_str().to_str()).collect();
    let parts = parts?;
    let safe = parts.iter().all(|part| !part.contains(|c: char| c.is_control() || c == '\\'));
    safe.then(|| parts.join("/"))
}

/// Whether a name is that of something which editors and operating systems leave behind.
pub fn is_clutter(name: &str) -> bool {
    matches!(
        name,
        ".DS_Store"
            | "Thumbs.db"
            | "desktop.ini"
            | ".git"
            | ".gitignore"
            | ".gitkeep"
            | ".gitattributes"
            | paths::JOURNAL
    ) || is_of_podium(name)
        || name.ends_with('~')
        || name.starts_with(".#")
        || name.starts_with('#') && name.ends_with('#')
        || name.starts_with('.')
            && (name.ends_with(".swp") || name.ends_with(".swo") || name.ends_with(".swx"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clutter_is_told_from_files_that_hosts_need() {
        for name in [".DS_Store", "story.md~", ".#story.md", "#story.md#", ".story.md.swp"] {
            assert!(is_clutter(name), "{name}");
        }
        for name in [".well-known", ".nojekyll", ".htaccess", "story.md", "#1.md"] {
            assert!(!is_clutter(name), "{name}");
        }
    }
}
