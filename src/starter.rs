//! What a new site begins with, and what of it is still there.

use include_dir::{Dir, include_dir};

use crate::assemble::Site;

/// The files of a new site.
pub static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/starter");

/// The address that stands for the one which nobody knows yet.
pub const BASE_URL: &str = "https://games.example.org/";

/// The Games that the example is of.
pub const GAMES: &str = "Paris 2024";

/// Files of the example that are as they were written, from the site's folder.
pub fn left(site: &Site) -> Vec<String> {
    let stories = site.stories.iter().map(|story| &story.doc.file);
    let files = stories.chain(site.events.iter().map(|event| &event.doc.file));
    let is_left = |source: &crate::diagnostics::Source| {
        let written = STARTER.get_file(&source.path);
        written.is_some_and(|file| file.contents() == source.text.as_bytes())
    };
    let mut left: Vec<String> =
        files.filter(|file| is_left(&file.source)).map(|file| file.source.path.clone()).collect();
    left.sort();
    left
}
