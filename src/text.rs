//! Files as texts.

use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Place, Source, codes};

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
