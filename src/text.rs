//! Files as texts.

use std::path::Path;
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

/// Writes a file whole or not at all. Folders that are missing are made, and a symbolic link stays one.
///
/// # Errors
/// The operating system refused.
pub fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // A symbolic link leads to a file that others share: it is that file which changes.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    // Discovery skips names that begin with a dot.
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside = path.with_file_name(format!(".{name}.new"));
    std::fs::write(&beside, text)?;
    if let Ok(old) = std::fs::metadata(path) {
        std::fs::set_permissions(&beside, old.permissions())?;
    }
    std::fs::rename(&beside, path)
}

/// Replaces the text of a file, without its byte order mark, if it is still the one that was read. Says
/// whether it was.
///
/// # Errors
/// The operating system refused.
pub fn replace(path: &Path, old: &str, new: &str) -> std::io::Result<bool> {
    let now = std::fs::read_to_string(path)?;
    let (mark, text) = match now.strip_prefix('\u{FEFF}') {
        Some(text) => ("\u{FEFF}", text),
        None => ("", now.as_str()),
    };
    if text != old {
        return Ok(false);
    }
    write_whole(path, &format!("{mark}{new}")).map(|()| true)
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
