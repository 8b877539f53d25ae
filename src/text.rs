//! Files as texts, and how texts are set.

use std::borrow::Cow;
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

/// Units that stand behind a number with a space between.
const UNITS: [&str; 29] = [
    "m", "km", "cm", "mm", "kg", "g", "s", "min", "h", "km/h", "m/s", "mph", "ft", "lb", "l", "ml",
    "\u{b0}C", "\u{b0}F", "%", "\u{20ac}", "am", "pm", "a.m.", "p.m.", "W", "kW", "bpm", "pts",
    "ppm",
];

/// A text in which a number and its unit never stand on two lines: "100 m" with a space that does not break.
pub fn bound(text: &str) -> Cow<'_, str> {
    let is_digit = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    let is_unit = |rest: &str| {
        let word = rest.split(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | ':' | ')' | '?' | '!' | '\u{2019}')
        });
        let word = word.into_iter().next().unwrap_or_default();
        UNITS.contains(&word) || UNITS.contains(&word.trim_end_matches('.'))
    };
    let breaks = |(i, _): &(usize, &str)| is_digit(&text[..*i]) && is_unit(&text[i + 1..]);
    let mut places = text.match_indices(' ').filter(breaks).peekable();
    if places.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut done = 0;
    for (i, _) in places {
        out.push_str(&text[done..i]);
        out.push('\u{a0}');
        done = i + 1;
    }
    Cow::Owned(out + &text[done..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_its_unit_stand_on_one_line() {
        let nbsp = |text: &str| bound(text).replace('\u{a0}', "_");
        assert_eq!(nbsp("the men's 100 m, and 10 km/h."), "the men's 100_m, and 10_km/h.");
        assert_eq!(
            nbsp("at 7.30 p.m. in 9.79 s"),
            "at 7.30_p.m. in_9.79_s".replace("in_9", "in 9")
        );
        assert_eq!(nbsp("+100 kg (78 kg) 100 metres"), "+100_kg (78_kg) 100 metres");
        assert_eq!(nbsp("4 men, 2 a day, 100  m"), "4 men, 2 a day, 100  m");
        assert!(matches!(bound("no number m"), Cow::Borrowed(_)));
    }
}
