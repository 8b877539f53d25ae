//! Paths that a file names, and which may therefore be anything.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The folders that a site is made of.
pub const FOLDERS: [&str; 2] = ["content", "themes"];

/// The folder in content/ in which changes lie until they are made.
pub const JOURNAL: &str = ".podium-journal";

/// Whether a path names something inside the folder that it is meant from: names with `/` between them,
/// none of which leads up, to the top of a disk or through a control character.
pub fn is_plain(path: &str) -> bool {
    let is_name = |name: &str| {
        !matches!(name, "" | "." | "..") && !name.contains(|c: char| c == '\\' || c.is_control())
    };
    let has_drive = cfg!(windows) && path.contains(':');
    !has_drive && path.split('/').all(is_name)
}

/// Opens a file, and nothing else: a pipe would keep its reader waiting for good.
///
/// # Errors
/// It is not there, is no file, or may not be read.
pub fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::other("it is a folder, a device, a socket or a pipe")),
    }
}

/// The bytes of a file.
///
/// # Errors
/// As of [`open`].
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a file of the site. What has become a link that leads out since it was found is not opened.
///
/// # Errors
/// As of [`open`], and if it is not inside the folders of the site any more.
pub fn open_inside(root: &Path, path: &Path) -> io::Result<File> {
    let inside = |path: &Path| -> io::Result<PathBuf> {
        let real = path.canonicalize()?;
        let mut folders = FOLDERS.iter().filter_map(|name| root.join(name).canonicalize().ok());
        match folders.any(|folder| real.starts_with(folder)) {
            true => Ok(real),
            false => Err(io::Error::other("it leads out of content/ and themes/")),
        }
    };
    let real = inside(path)?;
    let file = open(&real)?;
    // What the name led to may have been exchanged between the two.
    match inside(&real)? == real {
        true => Ok(file),
        false => Err(io::Error::other("it is another file than it was a moment ago")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_inside_is_plain() {
        for good in ["a", "a/b.html", ".well-known/x", "a b/ü", "...", "a..b"] {
            assert!(is_plain(good), "{good}");
        }
        for bad in ["", "/a", "a/", "a//b", "../a", "a/../b", "a/..", "./a", "a\\b", "a\0b", "a\nb"]
        {
            assert!(!is_plain(bad), "{bad:?}");
        }
    }
}
