//! The parts of a text that its headings begin.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::{Spanned, Style, events, options, plain_text};

/// A heading of one of the first two levels that stands by itself, in no list and no quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Whether it is of the first level, not the second.
    pub is_first_level: bool,
    /// Its words, without marks.
    pub words: String,
    /// The whole of it, in the file.
    pub heading: Range<usize>,
    /// The id that it was given.
    pub id: Option<String>,
    /// Its `.classes`.
    pub classes: Vec<String>,
    /// Its `name=value`.
    pub attributes: Vec<(String, Option<String>)>,
}

/// The sections of a text; `base` is where it begins in its file. None if it cannot be read.
pub fn sections(text: &str, base: usize, style: Style) -> Vec<Section> {
    let Ok(events) = events(text, options(style), base) else { return Vec::new() };
    let mut found = Vec::new();
    let mut depth = 0usize;
    for (i, (event, span)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { level, id, classes, attrs })
                if depth == 0 && matches!(level, HeadingLevel::H1 | HeadingLevel::H2) =>
            {
                found.push(Section {
                    is_first_level: *level == HeadingLevel::H1,
                    words: plain_text(&events[i + 1..]),
                    heading: span.clone(),
                    id: id.as_deref().filter(|id| !id.is_empty()).map(str::to_owned),
                    classes: classes.iter().map(|class| class.to_string()).collect(),
                    attributes: attrs
                        .iter()
                        .map(|(name, value)| {
                            (name.to_string(), value.as_deref().map(str::to_owned))
                        })
                        .collect(),
                });
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

/// Where each element begins that stands in no other, in the file, and the index of its first event.
pub(super) fn outermost(events: &[Spanned]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    for (i, (event, span)) in events.iter().enumerate() {
        if depth == 0 {
            found.push((span.start, i));
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}
