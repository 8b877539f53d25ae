//! The list of what Podium wrote, in the output folder itself: `.podium-manifest`.
//!
//! A line of text a file: a fingerprint of its bytes (XXH3, 128 bits), two spaces, its path. The
//! list lets the next build tell its own files from those of others, and lets an upload compare
//! two builds without reading them.

use std::collections::BTreeMap;

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

    /// Reads a manifest; nothing if it is none.
    pub fn parse(text: &str) -> Option<Manifest> {
        let lines = text.strip_prefix(HEAD)?;
        let mut prints = BTreeMap::new();
        for line in lines.lines() {
            let (print, path) = line.split_once("  ")?;
            prints.insert(path.to_owned(), u128::from_str_radix(print, 16).ok()?);
        }
        Some(Manifest { prints })
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
        assert_eq!(Manifest::parse(&manifest.to_text()), Some(manifest));
    }

    #[test]
    fn what_is_no_manifest_is_none() {
        for text in ["", "hello", "# What `podium build` wrote here. Do not edit.\nx\n"] {
            assert_eq!(Manifest::parse(text), None);
        }
    }
}
