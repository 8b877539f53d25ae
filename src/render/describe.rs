//! What a page is described by: its standfirst, or the first words of its text. Where nobody has written
//! one, a kind of page says what it is in a sentence or two.

use super::Renderer;
use crate::games::medals::Medal;
use crate::markdown;
use crate::parse::documents::File;

/// Search engines show no more characters.
pub(super) const MOST: usize = 200;

/// The standfirst, or else the beginning of the text.
pub(super) fn text(standfirst: Option<&str>, file: &File) -> String {
    standfirst.map_or_else(|| words(file), str::to_owned)
}

/// The beginning of a text; empty if there is none.
pub(super) fn words(file: &File) -> String {
    markdown::first_words(file.markdown(), MOST)
}

/// The beginning of a text, or what is to be said where there is none.
pub(super) fn words_or(file: Option<&File>, otherwise: impl FnOnce() -> String) -> String {
    let written = file.map(words).filter(|words| !words.is_empty());
    written.unwrap_or_else(otherwise)
}

/// The theme's word for a medal.
pub(super) fn medal<'a>(renderer: &Renderer<'a>, medal: Medal) -> &'a str {
    renderer.theme.translations.text(medal.word())
}
