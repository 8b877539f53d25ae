//! Stage 2, parse: one file at a time.
//!
//! [`file`] turns a file of content/ into a typed document. It knows nothing of other files, so it
//! runs in parallel, and what it returns may be remembered for as long as the file stays the same.

pub mod assets;
pub mod dates;
pub mod documents;
pub mod front_matter;
pub mod live;
pub mod outline;

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostics::{self, Diagnostic, Place, Source, codes};
use crate::discover::Found;
use crate::sheet;
use crate::text::{text_of, unreadable};
use assets::Asset;
use documents::Document;

/// A file of content/ after parsing.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// Path from content/.
    pub path: String,
    /// Its text; nothing if it is only copied, or cannot be read.
    pub source: Option<Arc<Source>>,
    /// What it is; nothing if it is broken.
    pub document: Option<Document>,
    /// Of a broken file, what can be read of it all the same: nobody sees it, but it tells what else is
    /// wrong.
    pub remains: Option<Document>,
    /// Everything that is wrong with it.
    pub problems: Vec<Diagnostic>,
}

impl Parsed {
    /// A file of which nothing could be read.
    fn unread(path: String, problem: Diagnostic) -> Parsed {
        Parsed { path, source: None, document: None, remains: None, problems: vec![problem] }
    }
}

/// Parses every file, in the order given.
pub fn files(found: &[Found], config: &Config) -> Vec<Parsed> {
    found.par_iter().map(|found| file(found, config)).collect()
}

/// Parses one file.
pub fn file(found: &Found, config: &Config) -> Parsed {
    let path = found.path.clone();
    let shown = format!("content/{path}");
    if [".markdown", ".mdown", ".mkd"].iter().any(|ending| path.ends_with(ending)) {
        let place = Place::File(shown);
        let problem =
            Diagnostic::new(&codes::F013, place, "the name of a Markdown file ends in .md")
                .help("rename it: as it is, it is no page");
        return Parsed::unread(path, problem);
    }
    if !is_markdown(&path) {
        let is_published = assets::is_published(&path, &config.files);
        return match assets::asset(found, &shown, is_published) {
            Ok(asset) if documents::results::event_of(&path).is_some() => {
                results(found, shown, Arc::new(asset), config)
            }
            Ok(asset) => Parsed {
                problems: if is_published { Vec::new() } else { vec![assets::unpublished(&path)] },
                path,
                source: None,
                document: Some(Document::Asset(Arc::new(asset))),
                remains: None,
            },
            Err(problem) => Parsed::unread(path, problem),
        };
    }
    let text = crate::paths::read(&found.absolute)
        .map_err(|error| unreadable(&shown, &error))
        .and_then(|bytes| text_of(&shown, bytes));
    match text {
        Ok(text) => {
            let source = Arc::new(Source::new(shown, text));
            let (document, problems) = documents::read(&path, source.clone(), config);
            let is_broken = diagnostics::has_errors(&problems);
            let (document, remains) = if is_broken { (None, document) } else { (document, None) };
            Parsed { path, source: Some(source), document, remains, problems }
        }
        Err(problem) => Parsed::unread(path, problem),
    }
}

/// Parses a sheet of results, which is published as it is besides.
fn results(found: &Found, shown: String, asset: Arc<Asset>, config: &Config) -> Parsed {
    let path = found.path.clone();
    let source = crate::paths::read(&found.absolute)
        .map_err(|error| unreadable(&shown, &error))
        .and_then(|bytes| sheet::source(&shown, bytes));
    let source = match source {
        Ok(source) => source,
        Err(problem) => return Parsed::unread(path, problem),
    };
    let (results, problems) = documents::results::read(source.clone(), asset, &config.time_zone);
    let document = results.map(|results| Document::Results(Arc::new(results)));
    let is_broken = diagnostics::has_errors(&problems);
    let (document, remains) = if is_broken { (None, document) } else { (document, None) };
    Parsed { path, source: Some(source), document, remains, problems }
}

/// Whether a file is Markdown by its name.
pub fn is_markdown(path: &str) -> bool {
    path.len() > 3 && path.as_bytes()[path.len() - 3..].eq_ignore_ascii_case(b".md")
}
