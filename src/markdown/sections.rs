//! The parts of a text that its headings begin, each of which can be rendered by itself.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::{Spanned, Style, events, options, plain_text};

/// A text as it is divided by its headings.
#[derive(Debug, Default)]
pub struct Outline {
    /// The headings of the first two levels, in order.
    pub sections: Vec<Section>,
    /// What stands anywhere and is used everywhere: the definitions of links and footnotes, in the file.
    pub definitions: Vec<Range<usize>>,
    /// Footnotes that nothing refers to: their labels and where they are in the file.
    pub unused_footnotes: Vec<(String, Range<usize>)>,
    /// Lines that look like a heading with a time of day, but are text, code or a comment.
    pub strays: Vec<Range<usize>>,
}

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
    /// Whether there is a link, a picture, a footnote or a tag in it.
    pub has_more_than_words: bool,
}

/// The outline of a text; `base` is where it begins in its file. It is empty if the text cannot be read.
pub fn outline(text: &str, base: usize, style: Style) -> Outline {
    let Ok(events) = events(text, options(style), base) else { return Outline::default() };
    let mut outline = Outline::default();
    let mut footnotes = Vec::new();
    let mut referred: HashSet<&str> = HashSet::new();
    let mut depth = 0usize;
    for (i, (event, span)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { level, id, classes, attrs })
                if depth == 0 && matches!(level, HeadingLevel::H1 | HeadingLevel::H2) =>
            {
                let attribute = |(name, value): &(_, Option<_>)| attribute(name, value.as_ref());
                outline.sections.push(Section {
                    is_first_level: *level == HeadingLevel::H1,
                    words: plain_text(&events[i + 1..]),
                    heading: span.clone(),
                    id: id.as_deref().filter(|id| !id.is_empty()).map(str::to_owned),
                    classes: classes.iter().map(|class| class.to_string()).collect(),
                    attributes: attrs.iter().map(attribute).collect(),
                    has_more_than_words: has_more_than_words(&events[i + 1..]),
                });
            }
            Event::Start(Tag::FootnoteDefinition(label)) if depth == 0 => {
                footnotes.push((label, span.clone()));
            }
            Event::FootnoteReference(label) => {
                referred.insert(label);
            }
            Event::Text(_) | Event::Html(_) => {
                outline
                    .strays
                    .extend(strays(&text[span.start - base..span.end - base], span.start));
            }
            _ => {}
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    outline.definitions = links(text, base, style);
    for (label, span) in footnotes {
        if !referred.contains(label.as_ref()) {
            outline.unused_footnotes.push((label.to_string(), span.clone()));
        }
        outline.definitions.push(span);
    }
    outline.definitions.sort_by_key(|span| span.start);
    outline
}

fn has_more_than_words(heading: &[Spanned]) -> bool {
    let inner =
        heading.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Heading(_))));
    let is_more = |event: &Event| {
        matches!(
            event,
            Event::Start(Tag::Link { .. } | Tag::Image { .. })
                | Event::FootnoteReference(_)
                | Event::InlineHtml(_)
        )
    };
    inner.into_iter().any(|(event, _)| is_more(event))
}

/// Lines of a text such as `##14:05 Title`.
fn strays(text: &str, base: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = base;
    for line in text.split_inclusive('\n') {
        let inner = line.trim_start();
        let rest = inner.trim_start_matches('#');
        let signs = inner.len() - rest.len();
        let time = rest.trim_start();
        let digits = time.bytes().take_while(u8::is_ascii_digit).count();
        let is_time = (1..=2).contains(&digits)
            && time[digits..].starts_with(':')
            && time[digits + 1..].starts_with(|c: char| c.is_ascii_digit());
        if (2..=6).contains(&signs) && is_time {
            found.push(at + line.len() - inner.len()..at + line.trim_end().len());
        }
        at += line.len();
    }
    found
}

fn attribute<T: ToString>(name: &T, value: Option<&T>) -> (String, Option<String>) {
    (name.to_string(), value.map(ToString::to_string))
}

/// Where the destinations of `[links]` are defined.
fn links(text: &str, base: usize, style: Style) -> Vec<Range<usize>> {
    let read = std::panic::catch_unwind(|| {
        let parser = Parser::new_ext(text, options(style));
        let spans = parser.reference_definitions().iter().map(|(_, link)| link.span.clone());
        spans.collect::<Vec<_>>()
    });
    let spans = read.unwrap_or_default().into_iter();
    spans.map(|span| span.start + base..span.end + base).collect()
}

/// A part of a text and the definitions from elsewhere, as one text.
pub(super) struct Joined {
    pub text: String,
    /// Where each piece begins in it, and in the file.
    pieces: Vec<(usize, usize)>,
    /// The length of the part itself.
    own: usize,
}

impl Joined {
    /// Puts a part of a file and those definitions together that do not stand in it.
    pub fn of(source: &str, part: &Range<usize>, definitions: &[Range<usize>]) -> Joined {
        let mut text = source[part.clone()].to_owned();
        let own = text.len();
        let mut pieces = vec![(0, part.start)];
        for definition in definitions {
            if !part.contains(&definition.start) {
                text += "\n\n";
                pieces.push((text.len(), definition.start));
                text += &source[definition.clone()];
            }
        }
        Joined { text, pieces, own }
    }

    /// Its events with their places in the file, and how many of them are the part's own. Nothing if it
    /// cannot be read.
    pub fn events(&self, style: Style) -> Option<(Vec<Spanned<'_>>, usize)> {
        let read = events(&self.text, options(style), 0).ok()?;
        let mut depth = 0usize;
        let mut own = read.len();
        for (i, (event, span)) in read.iter().enumerate() {
            if depth == 0 && span.start >= self.own {
                own = i;
                break;
            }
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        let back = |place: usize| {
            let piece = self.pieces.partition_point(|(start, _)| *start <= place);
            let (start, from) = self.pieces[piece.saturating_sub(1)];
            from + (place - start)
        };
        let in_file = |(event, span): Spanned<'_>| {
            let start = back(span.start);
            // The end belongs to the piece of the last character.
            let end = back(span.end.saturating_sub(1).max(span.start)) + 1;
            (event.into_static(), start..if span.is_empty() { start } else { end })
        };
        Some((read.into_iter().map(in_file).collect(), own))
    }
}
