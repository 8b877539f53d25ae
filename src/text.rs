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
        let source = Arc::new(Source::new(path.to_owned(), text));
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

/// A number with its word: "1 file", "2 files", "3 stories".
pub fn counted(number: usize, word: &str) -> String {
    match (number, word.strip_suffix('y')) {
        (1, _) => format!("1 {word}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{number} {stem}ies"),
        _ => format!("{number} {word}s"),
    }
}

/// Without the characters that XML 1.0 does not allow (section 2.2), and the other control characters.
pub fn plain(text: &str) -> String {
    let is_legal = |c: &char| {
        matches!(c, '\t' | '\n' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
            && (!c.is_control() || c.is_whitespace())
    };
    match text.chars().all(|c| is_legal(&c)) {
        true => text.to_owned(),
        false => text.chars().filter(is_legal).collect(),
    }
}
