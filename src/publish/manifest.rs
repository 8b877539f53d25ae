//! The list of what Podium wrote, in the output folder itself: `.podium-manifest`.
//!
//! A line of text a file: a fingerprint of its bytes (XXH3, 128 bits), two spaces, its path. The
//! list lets the next build tell its own files from those of others, and lets an upload compare
//! two builds without reading them.

use std::collections::BTreeMap;

use crate::paths;

/// Its name in the output folder.
pub const NAME: &str = ".podium-manifest";
const HEAD: &str = "# What `podium build` wrote here. Do not edit.\n";

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// From the output folder, with `/` between its parts.
    pub path: String,
    /// XXH3 of its bytes.
    pub print: u128,
}

/// All files that were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    prints: BTreeMap<String, u128>,
}

impl Manifest {
    /// A manifest of these files.
    pub fn new(entries: Vec<Entry>) -> Manifest {
        Manifest { prints: entries.into_iter().map(|entry| (entry.path, entry.print)).collect() }
    }

    /// Reads a manifest. It lies in a folder that others can write to, so nothing in it is believed that
    /// would lead out of that folder.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn parse(text: &str) -> Result<Manifest, String> {
        let lines = text.strip_prefix(HEAD).ok_or("it does not begin as one does")?;
        let mut prints = BTreeMap::new();
        for (i, line) in lines.lines().enumerate() {
            let read = line
                .split_once("  ")
                .and_then(|(print, path)| Some((path, u128::from_str_radix(print, 16).ok()?)));
            let (path, print) =
                read.ok_or_else(|| format!("line {} is no fingerprint and path", i + 2))?;
            if !paths::is_plain(path) {
                let path = path.escape_debug();
                return Err(format!("line {} names `{path}`, which is not in the folder", i + 2));
            }
            prints.insert(path.to_owned(), print);
        }
        Ok(Manifest { prints })
    }

    /// Whether there is a file in a folder.
    pub fn has_below(&self, folder: &str) -> bool {
        let inner = format!("{folder}/");
        let next = self.prints.range(inner.clone()..).next();
        next.is_some_and(|(path, _)| path.starts_with(&inner))
    }

    /// Forgets a path, which is then another's.
    pub fn forget(&mut self, path: &str) {
        self.prints.remove(path);
    }

    /// Forgets everything in a folder.
    pub fn forget_below(&mut self, folder: &str) {
        let inner = format!("{folder}/");
        self.prints.retain(|path, _| !path.starts_with(&inner));
    }

    /// The text of the file, the same for the same files.
    pub fn to_text(&self) -> String {
        let mut text = String::from(HEAD);
        for (path, print) in &self.prints {
            text += &format!("{print:032x}  {path}\n");
        }
        text
    }

    /// Every path, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.prints.keys().map(String::as_str)
    }

    /// The fingerprint of a file.
    pub fn print(&self, path: &str) -> Option<u128> {
        self.prints.get(path).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_survives_its_text() {
        let entry = |path: &str, print| Entry { path: path.into(), print };
        let manifest = Manifest::new(vec![entry("b  c.html", 7), entry("a", u128::MAX)]);
        assert_eq!(Manifest::parse(&manifest.to_text()), Ok(manifest));
    }

    #[test]
    fn what_is_no_manifest_is_none() {
        for text in ["", "hello", "# What `podium build` wrote here. Do not edit.\nx\n"] {
            assert!(Manifest::parse(text).is_err());
        }
    }

    #[test]
    fn a_path_that_leads_out_is_refused() {
        for path in ["../victim.txt", "/etc/passwd", "a/../../b", "a//b", ""] {
            assert!(Manifest::parse(&format!("{HEAD}{:032x}  {path}\n", 0)).is_err(), "{path}");
        }
    }
}
