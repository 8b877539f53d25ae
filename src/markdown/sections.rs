//! The parts of a text that its headings begin, each of which can be rendered by itself.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::{Spanned, Style, events, options, plain_text};

/// A text as it is divided by its headings.
#[derive(Debug, Default)]
pub struct Outline {
    /// The headings of the first two levels, in order.
    pub sections: Vec<Section>,
    /// What stands anywhere and is used everywhere.
    pub definitions: Definitions,
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
            // One sign too many.
            Event::Start(Tag::Heading { level, .. })
                if *level > HeadingLevel::H2 && begins_with_time(&plain_text(&events[i + 1..])) =>
            {
                outline.strays.push(span.clone());
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
    outline.definitions.links(text, base, style);
    for (label, span) in footnotes {
        if !referred.contains(label.as_ref()) {
            outline.unused_footnotes.push((label.to_string(), span.clone()));
        }
        let text = text[span.start - base..span.end - base].to_owned();
        let key = folded(&format!("^{label}"));
        outline.definitions.add(key, Definition { text, span, is_verbatim: true });
    }
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

fn begins_with_time(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits)
        && text[digits..].starts_with(':')
        && text[digits + 1..].starts_with(|c: char| c.is_ascii_digit())
}

/// Lines of a text such as `##14:05 Title`.
fn strays(text: &str, base: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = base;
    for line in text.split_inclusive('\n') {
        let inner = line.trim_start();
        let rest = inner.trim_start_matches('#');
        let signs = inner.len() - rest.len();
        if (2..=6).contains(&signs) && begins_with_time(rest.trim_start()) {
            found.push(at + line.len() - inner.len()..at + line.trim_end().len());
        }
        at += line.len();
    }
    found
}

fn attribute<T: ToString>(name: &T, value: Option<&T>) -> (String, Option<String>) {
    (name.to_string(), value.map(ToString::to_string))
}

/// The definitions of links and footnotes of a text, by their labels.
#[derive(Debug, Default)]
pub struct Definitions(HashMap<String, Vec<Definition>>);

#[derive(Debug)]
struct Definition {
    text: String,
    /// In the file.
    span: Range<usize>,
    /// Whether the text stands there letter by letter.
    is_verbatim: bool,
}

impl Definitions {
    fn add(&mut self, key: String, definition: Definition) {
        self.0.entry(key).or_default().push(definition);
    }

    /// Takes down where `[links]` lead. They are written anew: one may stand in a quotation.
    fn links(&mut self, text: &str, base: usize, style: Style) {
        let read = std::panic::catch_unwind(|| {
            let parser = Parser::new_ext(text, options(style));
            let links = parser.reference_definitions().iter().map(|(label, link)| {
                let title = match link.title.as_deref().map(|title| title.replace('"', "&quot;")) {
                    Some(title) => format!(" \"{}\"", title.replace('\n', " ")),
                    None => String::new(),
                };
                let to = link.dest.replace('<', "%3C").replace('>', "%3E");
                let span = link.span.start + base..link.span.end + base;
                let text = format!("[{label}]: <{to}>{title}");
                (folded(label), Definition { text, span, is_verbatim: false })
            });
            links.collect::<Vec<_>>()
        });
        for (key, definition) in read.unwrap_or_default() {
            self.add(key, definition);
        }
    }

    /// What a part of a text refers to and does not define itself, in the order in which it is needed.
    fn needed(&self, source: &str, part: &Range<usize>) -> Vec<&Definition> {
        let mut needed: Vec<&Definition> = Vec::new();
        let mut seen: HashSet<String> = HashSet::new();
        let mut wanted = labels(&source[part.clone()]);
        while let Some(label) = wanted.pop() {
            let Some(all) = self.0.get(&label).filter(|_| seen.insert(label.clone())) else {
                continue;
            };
            let is_own = |definition: &&Definition| part.contains(&definition.span.start);
            if let Some(first) = all.first().filter(|_| !all.iter().any(|other| is_own(&other))) {
                wanted.extend(labels(&first.text));
                needed.push(first);
            }
        }
        needed.sort_by_key(|definition| definition.span.start);
        needed
    }
}

/// What stands between brackets in a text, as labels are compared.
fn labels(text: &str) -> Vec<String> {
    let inner = text.split('[').skip(1).filter_map(|rest| rest.split(']').next());
    inner.map(folded).collect()
}

/// A label as CommonMark compares it: without regard to case and to the kind of spaces.
fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A part of a text behind the definitions that it needs from elsewhere, as one text.
pub(super) struct Joined {
    text: String,
    /// Where each piece begins in it and in the file, and whether it stands there letter by letter.
    pieces: Vec<(usize, usize, bool)>,
    /// Where the part itself begins.
    own: usize,
}

impl Joined {
    /// Puts a part of a file and the definitions that it refers to together.
    pub fn new(source: &str, part: &Range<usize>, definitions: &Definitions) -> Joined {
        let mut text = String::new();
        let mut pieces = Vec::new();
        for definition in definitions.needed(source, part) {
            pieces.push((text.len(), definition.span.start, definition.is_verbatim));
            text += &definition.text;
            text += "\n\n";
        }
        if !pieces.is_empty() {
            // What is indented below belongs to no footnote above.
            text += "<!-- -->\n\n";
        }
        let own = text.len();
        pieces.push((own, part.start, true));
        text += &source[part.clone()];
        Joined { text, pieces, own }
    }

    /// Its events with their places in the file, and which of them is the first of the part's own. Nothing
    /// if it cannot be read.
    pub fn events(&self, style: Style) -> Option<(Vec<Spanned<'_>>, usize)> {
        let read = events(&self.text, options(style), 0).ok()?;
        let outermost = outermost(&read);
        let first = outermost.iter().find(|(start, _)| *start >= self.own);
        let own = first.map_or(read.len(), |(_, i)| *i);
        let back = |place: usize| {
            let piece = self.pieces.partition_point(|(start, ..)| *start <= place);
            let (start, from, is_verbatim) = self.pieces[piece.saturating_sub(1)];
            from + if is_verbatim { place - start } else { 0 }
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

/// Where each element begins that stands in no other, and the index of its first event.
fn outermost(events: &[Spanned]) -> Vec<(usize, usize)> {
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
