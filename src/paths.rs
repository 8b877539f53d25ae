//! Paths that a file names, and which may therefore be anything.

use std::path::Path;

/// Whether a path names something inside the folder that it is meant from: names with `/` between them,
/// none of which leads up, to the top of a disk or through a control character.
pub fn is_plain(path: &str) -> bool {
    let is_name = |name: &str| {
        !matches!(name, "" | "." | "..") && !name.contains(|c: char| c == '\\' || c.is_control())
    };
    let has_drive = cfg!(windows) && path.contains(':');
    !has_drive && path.split('/').all(is_name)
}

/// The first of the folders on the way from `top` to a plain path that is a symbolic link.
pub fn link_on_the_way<'p>(top: &Path, path: &'p str) -> Option<&'p str> {
    let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
    folders.into_iter().find(|folder| top.join(folder).is_symlink())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_inside_is_plain() {
        for good in ["a", "a/b.html", ".well-known/x", "a b/ü", "...", "a..b"] {
            assert!(is_plain(good), "{good}");
        }
        for bad in ["", "/a", "a/", "a//b", "../a", "a/../b", "a/..", "./a", "a\\b", "a\0b", "a\nb"] {
            assert!(!is_plain(bad), "{bad:?}");
        }
    }
}
