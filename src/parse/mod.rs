//! Stage 2, parse: one file at a time.
//!
//! [`file`] turns a file of content/ into a typed document. It knows nothing of other files, so it
//! runs in parallel, and what it returns may be remembered for as long as the file stays the same.

pub mod dates;
pub mod documents;
pub mod front_matter;

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostics::{Diagnostic, Place, Source, codes};
use crate::discover::Found;
use documents::Document;

/// A file of content/ after parsing.
#[derive(Debug)]
pub struct Parsed {
    /// Path from content/.
    pub path: String,
    /// What it is; nothing if it is broken.
    pub document: Option<Document>,
    /// Everything that is wrong with it.
    pub problems: Vec<Diagnostic>,
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
                .help("rename it; as it is, its source would be published");
        return Parsed { path, document: None, problems: vec![problem] };
    }
    if !is_markdown(&path) {
        return match documents::asset(found, &shown) {
            Ok(asset) => Parsed {
                path,
                document: Some(Document::Asset(Arc::new(asset))),
                problems: Vec::new(),
            },
            Err(problem) => Parsed { path, document: None, problems: vec![problem] },
        };
    }
    let text = std::fs::read(&found.absolute)
        .map_err(|error| unreadable(&shown, &error))
        .and_then(|bytes| text_of(&shown, bytes));
    match text {
        Ok(text) => {
            let (document, problems) =
                documents::read(&path, Arc::new(Source { path: shown, text }), config);
            Parsed { path, document, problems }
        }
        Err(problem) => Parsed { path, document: None, problems: vec![problem] },
    }
}

/// Whether a file is Markdown by its name.
pub fn is_markdown(path: &str) -> bool {
    path.len() > 3 && path.as_bytes()[path.len() - 3..].eq_ignore_ascii_case(b".md")
}

/// A diagnostic of a file that the system does not let us read.
pub fn unreadable(path: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(
        &codes::D001,
        Place::File(path.to_owned()),
        format!("this file cannot be read: {error}"),
    )
}

/// The text of a file, without a byte order mark.
///
/// # Errors
/// It is not UTF-8; the place of the first wrong byte is marked.
pub fn text_of(path: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        let utf16 = at == 0 && matches!(error.as_bytes(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        let source = Arc::new(Source { path: path.to_owned(), text });
        let problem =
            Diagnostic::new(&codes::D002, Place::Span(source, at..end), "this file is not UTF-8")
                .label(format!("the byte 0x{byte:02X} cannot stand here"));
        problem.help(if utf16 {
            "it was saved as UTF-16: save it as UTF-8"
        } else {
            "it was probably saved as Windows-1252 or Latin-1: save it as UTF-8"
        })
    })?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok(text)
}
