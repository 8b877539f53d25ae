//! What a Markdown text says, without its marks: for those who read it rather than publish it.
//!
//! A [`Passage`] is a paragraph, a heading, an item of a list, a caption, with the way back from each of
//! its characters to the place in the file.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::tags::{self, Piece};
use super::{Spanned, Style, events, options};

/// What a passage is in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Heading,
    /// A paragraph, an item, a cell.
    Words,
    /// The words under a picture or a component.
    Caption,
    /// The words instead of a picture.
    Alternative,
    /// Somebody else's words.
    Quotation,
}

/// Words that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub role: Role,
    /// The words, without marks.
    pub text: String,
    /// Runs of the text, in order.
    runs: Vec<Run>,
}

/// A part of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    /// Where it begins in the passage.
    from: usize,
    /// Where it is in the file.
    place: Range<usize>,
    /// Whether it stands there letter by letter; an entity or an escape is longer than what it means.
    is_verbatim: bool,
}

impl Passage {
    fn new(role: Role) -> Passage {
        Passage { role, text: String::new(), runs: Vec::new() }
    }

    fn push(&mut self, words: &str, place: Range<usize>, is_verbatim: bool) {
        self.runs.push(Run { from: self.text.len(), place, is_verbatim });
        self.text += words;
    }

    /// Leaves out what the text begins with, so many bytes of it.
    pub fn skip(&mut self, bytes: usize) {
        if !self.text.is_char_boundary(bytes) {
            return;
        }
        self.text.drain(..bytes);
        let next = self.runs.partition_point(|run| run.from <= bytes);
        self.runs.drain(..next.saturating_sub(1));
        for run in &mut self.runs {
            let inside = bytes.saturating_sub(run.from);
            if run.is_verbatim {
                run.place.start = (run.place.start + inside).min(run.place.end);
            }
            run.from = run.from.saturating_sub(bytes);
        }
    }

    /// Where a part of the text is in the file.
    pub fn place(&self, part: &Range<usize>) -> Range<usize> {
        let start = self.offset(part.start, false);
        start..self.offset(part.end, true).max(start)
    }

    fn offset(&self, at: usize, is_end: bool) -> usize {
        // The end of a part belongs to the run of its last character.
        let next =
            self.runs.partition_point(|run| if is_end { run.from < at } else { run.from <= at });
        let Some(run) = next.checked_sub(1).and_then(|run| self.runs.get(run)) else {
            return self.runs.first().map_or(0, |run| run.place.start);
        };
        match (run.is_verbatim, is_end) {
            (true, _) => (run.place.start + (at - run.from)).min(run.place.end),
            (false, true) => run.place.end,
            (false, false) => run.place.start,
        }
    }
}

/// A picture in a text. What its author did not write is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mention {
    /// The whole of it, in the file.
    pub span: Range<usize>,
    /// Whether it is a tag, `<Photo src="..." />`: a component with a `src` and an `alt`; and not `![alt](src)`.
    pub is_component: bool,
    pub src: String,
    pub alt: String,
    pub caption: String,
    pub credit: String,
}

/// Quotes are left as they are typed: they do not change what is said.
const STYLE: Style = Style { is_plain: false, raw_html: true, smart_punctuation: false };

/// What the checks read of a text.
#[derive(Debug, Default)]
pub struct Reading {
    /// What it says.
    pub passages: Vec<Passage>,
    pub pictures: Vec<Mention>,
}

/// Reads a text for the checks; `base` is where it begins in its file. Nothing if it cannot be read.
pub fn read(text: &str, base: usize) -> Reading {
    let Ok(events) = events(text, options(STYLE), base) else { return Reading::default() };
    let pictures = if may_have_pictures(text) { pictures_of(&events) } else { Vec::new() };
    let mut reader =
        Reader { text, base, done: Vec::new(), open: Vec::new(), quotations: 0, is_code: false };
    for (event, span) in events {
        reader.take(&event, span);
    }
    reader.close_all();
    Reading { passages: reader.done, pictures }
}

/// What a text says; `base` is where it begins in its file. Nothing if it cannot be read.
pub fn passages(text: &str, base: usize) -> Vec<Passage> {
    read(text, base).passages
}

/// The pictures of a text; `base` is where it begins in its file.
pub fn pictures(text: &str, base: usize) -> Vec<Mention> {
    if !may_have_pictures(text) {
        return Vec::new();
    }
    let events = events(text, options(STYLE), base);
    events.map_or_else(|()| Vec::new(), |events| pictures_of(&events))
}

fn may_have_pictures(text: &str) -> bool {
    text.contains("![") || text.contains("src=")
}

fn pictures_of(events: &[Spanned]) -> Vec<Mention> {
    let mut found = Vec::new();
    for (i, (event, span)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Image { dest_url, title, .. }) => found.push(Mention {
                span: span.clone(),
                src: dest_url.to_string(),
                alt: super::plain_text(&events[i + 1..]),
                caption: title.to_string(),
                ..Mention::default()
            }),
            Event::Html(html) | Event::InlineHtml(html) => {
                for (at, piece) in tags::scan(html) {
                    let Piece::Open { name, attributes, .. } = piece else { continue };
                    let has =
                        |name: &str| attributes.iter().any(|attribute| attribute.name == name);
                    // A film has a `src` too, but no `alt`.
                    if !has("src") || !(name == "Photo" || has("alt")) {
                        continue;
                    }
                    let text = |name: &str| {
                        let own = attributes.iter().find(|attribute| attribute.name == name);
                        own.and_then(|own| own.value.clone()).unwrap_or_default()
                    };
                    found.push(Mention {
                        span: span.start + at.start..span.start + at.end,
                        is_component: true,
                        src: text("src"),
                        alt: text("alt"),
                        caption: text("caption"),
                        credit: text("credit"),
                    });
                }
            }
            _ => {}
        }
    }
    found
}

struct Reader<'t> {
    text: &'t str,
    base: usize,
    done: Vec<Passage>,
    /// Passages that are being read, the innermost last.
    open: Vec<Passage>,
    /// Quotations that are open.
    quotations: usize,
    is_code: bool,
}

impl Reader<'_> {
    fn take(&mut self, event: &Event, span: Range<usize>) {
        match event {
            Event::Start(Tag::BlockQuote(_)) => self.quotations += 1,
            Event::End(TagEnd::BlockQuote(_)) => {
                self.quotations = self.quotations.saturating_sub(1)
            }
            Event::Start(Tag::CodeBlock(_)) => self.is_code = true,
            Event::End(TagEnd::CodeBlock) => self.is_code = false,
            Event::Start(Tag::Heading { .. }) => self.begin(Role::Heading),
            Event::Start(
                Tag::Paragraph
                | Tag::Item
                | Tag::TableHead
                | Tag::TableRow
                | Tag::DefinitionListTitle
                | Tag::DefinitionListDefinition
                | Tag::FootnoteDefinition(_),
            ) => self.begin(Role::Words),
            Event::End(
                TagEnd::Heading(_)
                | TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition
                | TagEnd::FootnoteDefinition
                | TagEnd::Image,
            ) => self.end(),
            Event::Start(Tag::Image { title, .. }) => {
                if !title.is_empty() {
                    self.title(title, &span);
                }
                self.open.push(Passage::new(Role::Alternative));
            }
            // A row says something as a whole: "Gold | Ho | Hong Kong".
            Event::End(TagEnd::TableCell) => {
                if let Some(passage) = self.open.last_mut() {
                    passage.push(" | ", span.end..span.end, false);
                }
            }
            Event::Text(words) if !self.is_code => {
                if let Some(passage) = self.open.last_mut() {
                    let is_verbatim =
                        self.text.get(span.start - self.base..span.end - self.base) == Some(words);
                    passage.push(words, span, is_verbatim);
                }
            }
            Event::Code(_) => {
                // A stop that joins nothing: what is in backticks is not prose.
                if let Some(passage) = self.open.last_mut() {
                    passage.push("\u{FFFC}", span, false);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(passage) = self.open.last_mut() {
                    passage.push(" ", span, false);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => self.tags(html, &span),
            _ => {}
        }
    }

    fn is_verbatim(&self, words: &str, at: &Range<usize>) -> bool {
        self.text.get(at.start - self.base..at.end - self.base) == Some(words)
    }

    fn begin(&mut self, role: Role) {
        let role = if self.quotations > 0 { Role::Quotation } else { role };
        self.open.push(Passage::new(role));
    }

    fn end(&mut self) {
        if let Some(passage) = self.open.pop()
            && !passage.text.trim().is_empty()
        {
            self.done.push(passage);
        }
    }

    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.end();
        }
    }

    /// A title of a picture, whose place is not told: found again if it stands there once, or else the whole
    /// of the picture.
    fn title(&mut self, words: &str, within: &Range<usize>) {
        let source = self.text.get(within.start - self.base..within.end - self.base);
        let mut found =
            source.unwrap_or_default().match_indices(words).map(|(i, _)| within.start + i);
        let at = match (found.next(), found.next()) {
            (Some(i), None) => i..i + words.len(),
            _ => within.clone(),
        };
        self.whole(Role::Caption, words, at);
    }

    /// A text that stands by itself at a place.
    fn whole(&mut self, role: Role, words: &str, at: Range<usize>) {
        let mut passage = Passage::new(role);
        let is_verbatim = self.is_verbatim(words, &at);
        passage.push(words, at, is_verbatim);
        self.done.push(passage);
    }

    fn tags(&mut self, html: &str, span: &Range<usize>) {
        for (_, piece) in tags::scan(html) {
            match piece {
                Piece::Open { name, attributes, is_closed } => {
                    for attribute in &attributes {
                        let role = match attribute.name.as_str() {
                            "alt" => Role::Alternative,
                            "caption" => Role::Caption,
                            _ => continue,
                        };
                        let Some(value) = attribute.value.as_deref() else { continue };
                        let at = &attribute.value_span;
                        self.whole(role, value, span.start + at.start..span.start + at.end);
                    }
                    self.quotations += usize::from(!is_closed && name == "PullQuote");
                }
                Piece::Close { name: "PullQuote" } => {
                    self.quotations = self.quotations.saturating_sub(1);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Role, String)> {
        passages(text, 0).into_iter().map(|passage| (passage.role, passage.text)).collect()
    }

    #[test]
    fn marks_are_left_out_and_places_lead_back() {
        let text = "She **won** [gold](x.md) &amp; more\nthan that.";
        let passages = passages(text, 100);
        assert_eq!(passages[0].text, "She won gold & more than that.");
        let at = passages[0].text.find("gold").unwrap();
        assert_eq!(passages[0].place(&(at..at + 4)), 100 + 13..100 + 17);
        let at = passages[0].text.find("& more").unwrap();
        assert_eq!(passages[0].place(&(at..at + 1)), 100 + 25..100 + 30);
        let all = 0..passages[0].text.len();
        assert_eq!(passages[0].place(&all), 100..100 + text.len());
    }

    #[test]
    fn each_kind_of_text_has_its_role() {
        let text = "## Head\n\n> They said\n\n![A cup](c.png \"The cup\")\n\n- one\n- two\n\n<Photo src=\"a.png\" alt=\"Alt\" caption=\"Cap\"/>\n\n<PullQuote>\n\nMine\n\n</PullQuote>\n\n    code\n";
        assert_eq!(
            read(text),
            [
                (Role::Heading, "Head".into()),
                (Role::Quotation, "They said".into()),
                (Role::Caption, "The cup".into()),
                (Role::Alternative, "A cup".into()),
                (Role::Words, "one".into()),
                (Role::Words, "two".into()),
                (Role::Alternative, "Alt".into()),
                (Role::Caption, "Cap".into()),
                (Role::Quotation, "Mine".into()),
            ]
        );
    }

    #[test]
    fn a_picture_without_an_alternative_is_known() {
        let found =
            pictures("![](a.png) ![b](b.png) <Photo src=\"c.png\" alt=\"\" credit=\"x\"/>", 5);
        assert_eq!((found[0].span.clone(), found[0].alt.as_str()), (5..15, ""));
        assert_eq!((found[1].src.as_str(), found[1].alt.as_str()), ("b.png", "b"));
        let of_tag = [&found[2].src, &found[2].alt, &found[2].credit];
        assert_eq!(of_tag, ["c.png", "", "x"]);
    }
}
