//! Markdown to HTML.
//!
//! pulldown-cmark reads the text; this module changes the stream of its events and hands it back
//! to pulldown-cmark's writer: headings get ids, links and pictures are resolved, footnotes are
//! gathered at the end, capitalised tags become components, raw HTML is refused. What depends on
//! the site or the theme is asked of a [`Host`].

mod elements;
mod foreign;
pub mod prose;
mod quotes;
mod sections;
mod tags;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options,
    Parser, Tag, TagEnd, html,
};
use pulldown_cmark_escape::{escape_href, escape_html};

use crate::config::MarkdownConfig;
use crate::diagnostics::{Diagnostic, Place, Source, codes};
use crate::slug;
use crate::text::bound;
use crate::web::img::Img;
use sections::Joined;
pub use sections::{Definitions, Outline, Section, outline};
pub use tags::Attribute;
use tags::Piece;

/// What Markdown needs to know of the world around it.
pub trait Host {
    /// Where a link leads.
    ///
    /// # Errors
    /// It leads nowhere; the place is that of the destination.
    fn link(&self, destination: &str, place: Place) -> Result<Link, Box<Diagnostic>>;

    /// A picture.
    ///
    /// # Errors
    /// It is not there; the place is that of the destination.
    fn picture(&self, destination: &str, place: Place) -> Result<Picture, Box<Diagnostic>>;

    /// How a component stands in the text; nothing if the theme has none of that name.
    fn display(&self, component: &str) -> Option<Display>;

    /// The names of all components, for a report of an unknown one.
    fn component_names(&self) -> Vec<String>;

    /// The HTML of a component.
    ///
    /// # Errors
    /// An attribute is wrong, or the template failed.
    fn component(&self, call: &Call) -> Result<Shown, Box<Diagnostic>>;

    /// One of the theme's words.
    fn word(&self, key: &str) -> String;
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The address; nothing if the page is not published, and the words stand without a link.
    pub href: Option<String>,
    /// Whether it leaves the site.
    pub is_external: bool,
    /// What is worth saying about it all the same.
    pub warning: Option<Box<Diagnostic>>,
}

/// A picture, and what its own file says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Its address.
    pub url: String,
    /// Width and height in pixels, if they are known.
    pub size: Option<(u64, u64)>,
    /// Other sizes and formats, as of [`Img::sources`].
    pub sources: Vec<(&'static str, String)>,
    /// How wide its place is in which window.
    pub sizes: String,
    /// What it shows, where the text does not say.
    pub alt: String,
    /// The words under it, where the text has none.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// What readers are told of it besides.
    pub note: Option<String>,
    /// What is worth saying about it all the same.
    pub warning: Option<Box<Diagnostic>>,
}

/// A component as HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub html: String,
    /// What is worth saying about its attributes all the same.
    pub warnings: Vec<Diagnostic>,
}

/// How a component stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Display {
    /// By itself, between paragraphs.
    Block,
    /// Within a sentence.
    Inline,
}

/// The use of a component in a text.
#[derive(Debug)]
pub struct Call<'a> {
    pub name: &'a str,
    /// In the order of the text.
    pub attributes: &'a [Attribute],
    /// The HTML of what stands between the tags; nothing if there is one tag only.
    pub body: Option<&'a str>,
    /// The component right around it.
    pub within: Option<&'a str>,
    /// The tag.
    pub place: Place,
    /// The text that the spans of attributes point into.
    pub source: &'a Arc<Source>,
}

/// How a text is read.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// CommonMark and nothing else: no tables, no ids, no figures. For the specification's examples.
    pub is_plain: bool,
    /// Whether tags that are no components are published as they are.
    pub raw_html: bool,
    /// Whether straight quotes become typographic.
    pub smart_punctuation: bool,
}

impl Style {
    /// As site.toml says, or a file of its own text.
    pub fn new(markdown: &MarkdownConfig, raw_html: Option<bool>) -> Style {
        Style {
            is_plain: false,
            raw_html: raw_html.unwrap_or(markdown.raw_html),
            smart_punctuation: markdown.smart_punctuation,
        }
    }
}

/// A text as HTML.
#[derive(Debug, Default)]
pub struct Rendered {
    pub html: String,
    /// The ids of its headings, in order.
    pub anchors: Vec<String>,
    /// How long it takes to read, in seconds.
    pub reading_seconds: usize,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
}

/// A part of a text that is rendered by itself, but may stand on one page with other parts.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// Whole elements of the text, in the file.
    pub span: &'a Range<usize>,
    /// Definitions of links and footnotes, wherever they stand in the file.
    pub definitions: &'a Definitions,
    /// What its ids begin with, so that they differ from those of other parts; may be empty.
    pub id: &'a str,
    /// By how many levels its headings are moved down, or up.
    pub shift: isize,
}

/// Renders a part of a file as the body of a page.
pub fn render(
    source: &Arc<Source>,
    body: &Range<usize>,
    style: Style,
    host: &dyn Host,
) -> Rendered {
    let text = &source.text[body.clone()];
    if !style.is_plain && !may_have_tags(text) {
        // Most texts are written as they are read: all events of a long one would take much memory.
        let streamed = catch_unwind(AssertUnwindSafe(|| {
            let mut writer = Writer::new(source, style, host);
            let is_lowered = may_have_first_level(text)
                && Parser::new_ext(text, options(style)).any(|event| is_first_level(&event));
            writer.shift = isize::from(is_lowered);
            writer.stream(Parser::new_ext(text, options(style)).into_offset_iter(), body.start);
            writer.finish()
        }));
        return streamed.unwrap_or_else(|_| unreadable(source));
    }
    match events(text, options(style), body.start) {
        Ok(events) => {
            let mut writer = Writer::new(source, style, host);
            writer.shift = isize::from(has_first_level(&events));
            writer.take(&events);
            writer.finish()
        }
        Err(()) => unreadable(source),
    }
}

/// Whether there may be a component in a text, whose tags want to be looked at before all else.
fn may_have_tags(text: &str) -> bool {
    let after = |(i, _)| text.as_bytes().get(i + 1).copied();
    text.match_indices('<').filter_map(after).any(|next| next == b'/' || next.is_ascii_uppercase())
}

/// Whether there may be a heading of the first level in a text.
fn may_have_first_level(text: &str) -> bool {
    text.lines().any(|line| {
        let marks = |c: char| c.is_whitespace() || c.is_ascii_digit() || ">-*+.):".contains(c);
        let line = line.trim_start_matches(marks);
        line.starts_with('=') || line.strip_prefix('#').is_some_and(|rest| !rest.starts_with('#'))
    })
}

/// Renders a part of the body of a file. What nothing in the text refers to is not reported.
pub fn render_part(source: &Arc<Source>, part: Part, style: Style, host: &dyn Host) -> Rendered {
    let joined = Joined::new(&source.text, part.span, part.definitions);
    let Some((events, own)) = joined.events(style) else { return unreadable(source) };
    let mut writer = Writer::new(source, style, host);
    writer.shift = part.shift;
    writer.is_part = true;
    if !part.id.is_empty() {
        // No id has two hyphens, whether it was given or made.
        writer.ids.prefix = format!("{}--", part.id);
    }
    writer.take(&events[own..]);
    // In front of it stand the definitions that it refers to.
    let mut at = 0;
    while at < own {
        let end = end_of(&events, at);
        if matches!(events[at].0, Event::Start(Tag::FootnoteDefinition(_))) {
            writer.take(&events[at..=end]);
        }
        at = end + 1;
    }
    writer.finish()
}

/// All words of a part of a text without their marks and footnotes, or as many as fit.
pub fn words_of(source: &Source, part: Part, style: Style, most: usize) -> String {
    let joined = Joined::new(&source.text, part.span, part.definitions);
    let Some((events, own)) = joined.events(style) else { return String::new() };
    let mut words = String::new();
    let mut at = own;
    while at < events.len() && words.len() < 8 * most {
        match &events[at].0 {
            Event::Start(Tag::FootnoteDefinition(_)) => at = end_of(&events, at),
            Event::Text(text) | Event::Code(text) => words += text,
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::End(end) if !is_inline(*end) => words.push(' '),
            _ => {}
        }
        at += 1;
    }
    cut(words.split_whitespace().collect::<Vec<_>>().join(" "), most)
}

fn is_inline(end: TagEnd) -> bool {
    use TagEnd::{Emphasis, Link, Strikethrough, Strong, Subscript, Superscript};
    matches!(end, Emphasis | Strong | Strikethrough | Link | Subscript | Superscript)
}

fn unreadable(source: &Source) -> Rendered {
    let place = Place::File(source.path.clone());
    let problem = Diagnostic::new(&codes::B011, place, "this text could not be read as Markdown")
        .help("this is a bug in Podium: please report it with the file");
    Rendered { problems: vec![problem], ..Rendered::default() }
}

/// The ids of the headings of a text, as [`render`] gives them.
pub fn anchors(source: &Arc<Source>, body: &Range<usize>, style: Style) -> Vec<String> {
    let text = &source.text[body.clone()];
    // Of a text without headings nobody has to read more.
    if !text.contains(['#', '=', '-']) {
        return Vec::new();
    }
    let Ok(events) = events(text, options(style), body.start) else { return Vec::new() };
    let mut ids = Ids::default();
    for (i, (event, _)) in events.iter().enumerate() {
        if let Event::Start(Tag::Heading { id, .. }) = event {
            ids.claim(id.as_deref(), &plain_text(&events[i + 1..]));
        }
    }
    ids.given
}

/// The first paragraph without its marks, for a description where none was written.
pub fn first_words(text: &str, most: usize) -> String {
    let style = Style { is_plain: false, raw_html: false, smart_punctuation: true };
    if !may_have_tags(text) {
        let first = catch_unwind(|| first_paragraph(Parser::new_ext(text, options(style)), most));
        return first.unwrap_or_default();
    }
    let Ok(events) = events(text, options(style), 0) else { return String::new() };
    let starts = |event: &Event| matches!(event, Event::Start(Tag::Paragraph));
    let paragraphs = events.iter().enumerate().filter(|(_, (event, _))| starts(event));
    let mut texts = paragraphs
        .map(|(i, _)| plain_text(&events[i + 1..]))
        .filter(|words| !words.trim().is_empty());
    let Some(words) = texts.next() else { return String::new() };
    cut(words, most)
}

/// The words of the first paragraph that has some, or as many as are needed.
fn first_paragraph<'t>(events: impl Iterator<Item = Event<'t>>, most: usize) -> String {
    let mut words = String::new();
    let mut depth = None;
    for event in events {
        match (event, depth) {
            (Event::Start(Tag::Paragraph), None) => depth = Some(0usize),
            (Event::End(TagEnd::Paragraph), Some(0)) if !words.trim().is_empty() => break,
            (Event::End(TagEnd::Paragraph), Some(0)) => depth = None,
            (Event::Start(_), Some(inner)) => depth = Some(inner + 1),
            (Event::End(_), Some(inner)) => depth = Some(inner.saturating_sub(1)),
            (Event::Text(text) | Event::Code(text), Some(_)) => words += &text,
            (Event::SoftBreak | Event::HardBreak, Some(_)) => words.push(' '),
            _ => {}
        }
        // No character is longer than four bytes.
        if words.len() > 4 * most + 4 {
            break;
        }
    }
    cut(words, most)
}

/// A text that is too long ends between two words.
pub fn cut(words: String, most: usize) -> String {
    if words.chars().count() <= most {
        return words;
    }
    let cut: String = words.chars().take(most).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '.', ' ']))
}

type Spanned<'a> = (Event<'a>, Range<usize>);

/// All events, with spans in the whole file. Nothing if the parser gave up: crafted texts have made
/// it panic before.
fn events(text: &str, options: Options, base: usize) -> Result<Vec<Spanned<'_>>, ()> {
    catch_unwind(AssertUnwindSafe(|| {
        let read: Vec<Spanned> = Parser::new_ext(text, options).into_offset_iter().collect();
        let first = if options.is_empty() { Vec::new() } else { tight_tags(text, &read) };
        if first.is_empty() {
            let moved = |span: Range<usize>| span.start + base..span.end + base;
            return read.into_iter().map(|(event, span)| (event, moved(span))).collect();
        }
        loosened(text, options, first)
            .into_iter()
            .map(|(event, span)| (event, span.start + base..span.end + base))
            .collect()
    }))
    .map_err(|_| ())
}

/// An empty line that is put in: where, and the line feeds with the marks that continue the list or
/// quotation around it.
type Gap = (usize, String);

/// How often a text is read again: tags within tags come to light one after the other.
const MOST_READINGS: usize = 24;

/// CommonMark reads no Markdown next to a tag. Gives each tag of a component the empty lines that it
/// lacks, reads the text again, and counts the places back.
fn loosened(text: &str, options: Options, first: Vec<Gap>) -> Vec<Spanned<'static>> {
    let mut gaps: BTreeMap<usize, String> = first.into_iter().collect();
    for reading in 1.. {
        let mut loose = String::with_capacity(text.len() + 8 * gaps.len());
        // Where each gap ends in the loose text, where it was put in, and how much is put in so far.
        let mut ends: Vec<(usize, usize, usize)> = Vec::with_capacity(gaps.len());
        let (mut from, mut added) = (0, 0);
        for (at, fill) in &gaps {
            loose += &text[from..*at];
            loose += fill;
            from = *at;
            added += fill.len();
            ends.push((loose.len(), *at, added));
        }
        loose += &text[from..];
        let back = |place: usize| {
            let before = ends.partition_point(|(end, ..)| *end <= place);
            let original = match before.checked_sub(1).map(|i| ends[i]) {
                Some((_, at, added)) => at.max(place - added),
                None => place,
            };
            // A place within the next gap is where that gap was put in.
            ends.get(before).map_or(original, |(_, at, _)| original.min(*at))
        };
        let read: Vec<Spanned> = Parser::new_ext(&loose, options).into_offset_iter().collect();
        let known = gaps.len();
        let more = if reading < MOST_READINGS { tight_tags(&loose, &read) } else { Vec::new() };
        let more: Vec<Gap> = more.into_iter().map(|(at, fill)| (back(at), fill)).collect();
        for (at, fill) in more {
            gaps.entry(at).or_insert(fill);
        }
        if gaps.len() == known {
            let back = |span: Range<usize>| back(span.start)..back(span.end);
            return read
                .into_iter()
                .map(|(event, span)| (event.into_static(), back(span)))
                .collect();
        }
    }
    Vec::new()
}

/// Where the tags of components stand right next to Markdown: `<Note>` on a line of its own when the
/// next line is not empty, or a closing tag at the end of a paragraph that it was not opened in.
fn tight_tags(text: &str, events: &[Spanned]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut lines = EmptyLines::default();
    let mut gap = |at: usize, tag: usize| gaps.push((at, lines.at(text, tag)));
    // Tags of this paragraph that are open, or that close what is not open.
    let mut open: Vec<Range<usize>> = Vec::new();
    let mut stray: Vec<Range<usize>> = Vec::new();
    let mut paragraph = 0..0;
    for (event, span) in events {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                // What follows the first tag may be anything, code too: it is looked at when it has
                // been read with the empty line in front.
                let block = &text[span.clone()];
                let Some((tag, Piece::Open { .. } | Piece::Close { .. })) =
                    tags::scan(block).into_iter().next()
                else {
                    continue;
                };
                if !block[tag.end..]
                    .trim_matches(|c: char| c.is_whitespace() || c == '>')
                    .is_empty()
                {
                    gap(span.start + tag.end, span.start);
                }
            }
            // The items of a tight list hold words without a paragraph around them.
            Event::Start(Tag::Paragraph | Tag::Item | Tag::DefinitionListDefinition) => {
                paragraph = span.clone();
                open.clear();
                stray.clear();
            }
            Event::InlineHtml(html) => match tags::scan(html).into_iter().next() {
                Some((_, Piece::Open { is_closed: false, .. })) => open.push(span.clone()),
                Some((_, Piece::Close { .. })) if open.pop().is_none() => stray.push(span.clone()),
                _ => {}
            },
            Event::Start(Tag::List(_))
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::DefinitionListDefinition) => {
                // Only at its edges can a paragraph be taken apart without a change of meaning.
                let is_first =
                    |tag: &Range<usize>| text[paragraph.start..tag.start].trim().is_empty();
                if let Some(tag) = open.first().filter(|tag| is_first(tag))
                    && !text[tag.end..paragraph.end].trim().is_empty()
                {
                    gap(tag.end, tag.start);
                }
                for tag in stray.iter().filter(|tag| !is_first(tag)) {
                    gap(tag.start, tag.start);
                }
                open.clear();
                stray.clear();
            }
            _ => {}
        }
    }
    gaps
}

/// Empty lines for tags that come in order: of many in one line the line is read once.
#[derive(Default)]
struct EmptyLines {
    /// The last tag, its line, and whether another one stood before it there.
    last: Option<(usize, String, bool)>,
}

impl EmptyLines {
    fn at(&mut self, text: &str, tag: usize) -> String {
        let is_same = |last: usize| last < tag && !text[last..tag].contains('\n');
        let (line, has_before) = match self.last.take() {
            // Behind the second tag of a line the line begins as it did there.
            Some((last, line, true)) if is_same(last) => (line, true),
            last => (empty_line(text, tag), last.is_some_and(|(last, ..)| is_same(last))),
        };
        self.last = Some((tag, line.clone(), has_before));
        line
    }
}

/// An empty line, and the marks that continue the quotation, list item or footnote in which a tag
/// stands.
fn empty_line(text: &str, tag: usize) -> String {
    let start = text[..tag].rfind('\n').map_or(0, |i| i + 1);
    let before = &text[start..tag];
    let is_mark = |c: char| c.is_whitespace() || c.is_ascii_digit() || ">-*+.):".contains(c);
    let marks = if before.contains("[^") && before.trim_end().ends_with("]:") {
        "    ".to_owned()
    } else if before.chars().all(is_mark) {
        before.chars().map(|c| if c == '>' || c.is_whitespace() { c } else { ' ' }).collect()
    } else {
        before.chars().take_while(|c| c.is_whitespace() || *c == '>').collect()
    };
    format!("\n{}\n{marks}", marks.trim_end())
}

fn options(style: Style) -> Options {
    if style.is_plain {
        return Options::empty();
    }
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    options.set(Options::ENABLE_SMART_PUNCTUATION, style.smart_punctuation);
    options
}

/// The page's own headline is the first level, so a text that uses it moves down by one.
fn has_first_level(events: &[Spanned]) -> bool {
    events.iter().any(|(event, _)| is_first_level(event))
}

fn is_first_level(event: &Event) -> bool {
    matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }))
}

/// The words of events up to the end of the element that they are in.
fn plain_text(events: &[Spanned]) -> String {
    let mut depth = 0usize;
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => break,
            Event::End(_) => depth -= 1,
            Event::Text(words) | Event::Code(words) => text += words,
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Gives every heading of a text an id of its own.
#[derive(Default)]
struct Ids {
    /// What every id that is made begins with.
    prefix: String,
    taken: HashSet<String>,
    /// The number to try next for an id that is taken.
    next: HashMap<String, usize>,
    /// In the order of the text.
    given: Vec<String>,
}

impl Ids {
    /// The id of a heading: the one it was given, or one made of its words.
    fn claim(&mut self, given: Option<&str>, words: &str) -> String {
        let wanted = match given {
            Some(id) if !id.is_empty() => format!("{}{id}", self.prefix),
            _ => match slug::native(words) {
                none if none.is_empty() => format!("{}section", self.prefix),
                made => format!("{}{made}", self.prefix),
            },
        };
        let mut id = wanted.clone();
        while !self.taken.insert(id.clone()) {
            let number = self.next.entry(wanted.clone()).or_insert(2);
            id = format!("{wanted}-{number}");
            *number += 1;
        }
        self.given.push(id.clone());
        id
    }

    /// The id of a footnote.
    fn footnote(&self, number: usize) -> String {
        format!("_fn-{}{number}", self.prefix)
    }

    /// The id of one of the references to a footnote.
    fn reference(&self, number: usize, which: usize) -> String {
        let again = if which == 1 { String::new() } else { format!("-{which}") };
        format!("_fnref-{}{number}{again}", self.prefix)
    }
}

/// What is being written: the text itself, the inside of a component, or a footnote.
struct Frame<'a> {
    /// What is written already.
    html: String,
    /// Whether there is a block in that.
    has_blocks: bool,
    events: Vec<Event<'a>>,
    component: Option<Open>,
    /// Elements that were opened in this frame and are not closed yet.
    depth: usize,
    /// Those of them that hold sentences.
    sentences: usize,
    /// Whether an element ended in it that was opened outside.
    is_torn: bool,
}

impl Frame<'_> {
    fn new(component: Option<Open>) -> Self {
        Frame {
            html: String::new(),
            has_blocks: false,
            events: Vec::new(),
            component,
            depth: 0,
            sentences: 0,
            is_torn: false,
        }
    }
}

/// So many components may be open within each other.
const DEEPEST: usize = 64;

/// So many events are kept before they are written.
const MANY_EVENTS: usize = 8192;

impl<'a> Frame<'a> {
    /// Writes what there is, where the writer of HTML may begin anew: between blocks.
    fn flush(&mut self) {
        self.has_blocks |= self.events.iter().any(is_block);
        let events = std::mem::take(&mut self.events);
        self.html += &written(events);
    }

    /// All of it as HTML.
    fn into_html(mut self) -> String {
        self.flush();
        self.html
    }

    /// All of it, to be put into another frame.
    fn into_events(self) -> Vec<Event<'a>> {
        let html = (!self.html.is_empty()).then(|| Event::InlineHtml(self.html.into()));
        html.into_iter().chain(self.events).collect()
    }
}

/// A component whose closing tag is still to come.
struct Open {
    name: String,
    attributes: Vec<Attribute>,
    span: Range<usize>,
    display: Display,
}

struct Footnote<'a> {
    label: CowStr<'a>,
    html: String,
    span: Range<usize>,
}

struct Writer<'a> {
    source: &'a Arc<Source>,
    host: &'a dyn Host,
    style: Style,
    frames: Vec<Frame<'a>>,
    rendered: Rendered,
    shift: isize,
    /// Whether it is a part of a text, with footnotes that other parts may refer to.
    is_part: bool,
    ids: Ids,
    footnotes: Vec<Footnote<'a>>,
    /// Labels in the order of their first reference, with the number of references.
    order: Vec<(CowStr<'a>, usize)>,
    /// Where a label is in that order.
    numbers: HashMap<CowStr<'a>, usize>,
    words: usize,
    /// Characters of scripts that do not set words apart.
    syllables: usize,
    /// Whether this is the inside of a code block.
    is_code: bool,
    /// Names of refused tags that are open: their closing tags are the same mistake.
    refused: Refused,
    /// Harmless elements of HTML that are open.
    elements: Vec<OpenElement>,
    /// Links that are open: there is none within another.
    links: usize,
    /// Where the last address ends that was made a link.
    linked_until: usize,
    /// Whether a quotation has begun in this paragraph.
    in_quotation: bool,
}

/// An element of HTML whose closing tag is still to come.
struct OpenElement {
    name: &'static str,
    span: Range<usize>,
    /// The frame that it is in, and how deep.
    frame: usize,
    depth: usize,
}

/// Names of tags, counted: which of many equal ones is closed makes no difference.
#[derive(Default)]
struct Refused(HashMap<String, usize>);

impl Refused {
    fn open(&mut self, name: &str) {
        *self.0.entry(name.to_ascii_lowercase()).or_default() += 1;
    }

    /// Whether one of this name is open, and is not any more.
    fn close(&mut self, name: &str) -> bool {
        match self.0.get_mut(&name.to_ascii_lowercase()) {
            Some(open) if *open > 0 => {
                *open -= 1;
                true
            }
            _ => false,
        }
    }
}

impl<'a> Writer<'a> {
    fn new(source: &'a Arc<Source>, style: Style, host: &'a dyn Host) -> Self {
        Writer {
            source,
            host,
            style,
            frames: vec![Frame::new(None)],
            rendered: Rendered::default(),
            shift: 0,
            is_part: false,
            ids: Ids::default(),
            footnotes: Vec::new(),
            order: Vec::new(),
            numbers: HashMap::new(),
            words: 0,
            syllables: 0,
            is_code: false,
            refused: Refused::default(),
            elements: Vec::new(),
            links: 0,
            linked_until: 0,
            in_quotation: false,
        }
    }

    fn place(&self, span: Range<usize>) -> Place {
        Place::Span(self.source.clone(), span)
    }

    fn report(&mut self, problem: Diagnostic) {
        self.rendered.problems.push(problem);
    }

    fn push(&mut self, event: Event<'a>) {
        if matches!(event, Event::End(_)) {
            self.end_elements();
        }
        if let Some(frame) = self.frames.last_mut() {
            match &event {
                Event::Start(tag) => {
                    frame.depth += 1;
                    frame.sentences += usize::from(holds_sentences(tag.to_end()));
                }
                Event::End(tag) => {
                    frame.is_torn |= frame.depth == 0;
                    frame.depth = frame.depth.saturating_sub(1);
                    let ends = usize::from(holds_sentences(*tag));
                    frame.sentences = frame.sentences.saturating_sub(ends);
                }
                _ => {}
            }
            frame.events.push(event);
            if frame.events.len() >= MANY_EVENTS && frame.depth == 0 {
                frame.flush();
            }
        }
    }

    /// An element was opened that is written as HTML.
    fn opened(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.depth += 1;
        }
    }

    /// An element was closed that is written as HTML.
    fn closed(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.is_torn |= frame.depth == 0;
            frame.depth = frame.depth.saturating_sub(1);
        }
    }

    /// A tag of a harmless element.
    fn element(&mut self, tag: elements::Tag, span: Range<usize>) {
        let (frame, depth) = (self.frames.len(), self.frames.last().map_or(0, |frame| frame.depth));
        match tag {
            elements::Tag::Void(name) => self.push_html(format!("<{name}>")),
            elements::Tag::Open(name, html) => {
                self.push_html(html);
                self.opened();
                self.elements.push(OpenElement { name, span, frame, depth: depth + 1 });
            }
            elements::Tag::Close(name) => {
                let is_last = |open: &OpenElement| {
                    open.name == name && open.frame == frame && open.depth == depth
                };
                if self.elements.last().is_some_and(is_last) {
                    self.elements.pop();
                    self.push_html(format!("</{name}>"));
                    self.closed();
                    return;
                }
                let is_open = self.elements.iter().rev().take(8).any(|open| open.name == name);
                let message = match is_open {
                    true => {
                        format!("<{name}> and what stands around it are closed in the wrong order")
                    }
                    false => format!("<{name}> is closed, but it was not opened"),
                };
                self.report(Diagnostic::new(&codes::B007, self.place(span), message));
            }
        }
    }

    /// Closes the elements that end with what is around them, and reports them.
    fn end_elements(&mut self) {
        while let Some(open) = self.elements.last() {
            let depth = self.frames.last().map_or(0, |frame| frame.depth);
            if open.frame != self.frames.len() || open.depth != depth {
                return;
            }
            let (name, span) = (open.name, open.span.clone());
            self.elements.pop();
            self.closed();
            if let Some(frame) = self.frames.last_mut() {
                frame.events.push(Event::InlineHtml(format!("</{name}>").into()));
            }
            let problem =
                Diagnostic::new(&codes::B007, self.place(span), format!("<{name}> is not closed"))
                    .label("it is opened here")
                    .help(match name {
                        "details" => format!("close it with </{name}> on a line of its own"),
                        _ => format!("close it with </{name}> in the same paragraph"),
                    });
            self.report(problem);
        }
    }

    fn push_html(&mut self, html: String) {
        self.push(Event::InlineHtml(html.into()));
    }

    /// Takes events as they are read, a block at a time; a paragraph without end in parts of whole lines.
    fn stream(&mut self, events: impl Iterator<Item = Spanned<'a>>, base: usize) {
        let mut block: Vec<Spanned<'a>> = Vec::new();
        let mut depth = 0usize;
        // Whether the beginning of this paragraph has been taken.
        let mut is_begun = false;
        for (event, span) in events {
            let is_break = matches!(event, Event::SoftBreak);
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            block.push((event, span.start + base..span.end + base));
            if depth == 0 {
                match (is_begun, block.pop()) {
                    // What is left of a long paragraph, and its end.
                    (true, Some((end, _))) => {
                        self.part(&block);
                        self.push(end);
                    }
                    (false, Some(last)) => {
                        block.push(last);
                        self.take(&block);
                    }
                    (_, None) => {}
                }
                is_begun = false;
                block.clear();
            } else if depth == 1 && is_break && block.len() >= MANY_EVENTS {
                let is_paragraph = matches!(block[0].0, Event::Start(Tag::Paragraph));
                if is_paragraph && !is_begun {
                    self.in_quotation = false;
                    self.push(Event::Start(Tag::Paragraph));
                    self.part(&block[1..]);
                } else if is_begun {
                    self.part(&block);
                } else {
                    continue;
                }
                is_begun = true;
                block.clear();
            }
        }
        self.take(&block);
    }

    /// A part of a long paragraph.
    fn part(&mut self, events: &[Spanned<'a>]) {
        if let (Some((_, first)), Some((_, last))) = (events.first(), events.last()) {
            self.foreign(events, &(first.start..last.end));
        }
        self.take(events);
        // Within a paragraph nothing depends on what was written before.
        if let Some(frame) = self.frames.last_mut() {
            frame.flush();
        }
    }

    fn take(&mut self, events: &[Spanned<'a>]) {
        let mut i = 0;
        while i < events.len() {
            i = self.step(events, i);
        }
    }

    /// Takes the event at `i` and those that belong to it; returns the index of the next.
    fn step(&mut self, events: &[Spanned<'a>], i: usize) -> usize {
        let (event, span) = &events[i];
        if self.style.is_plain
            && let Some(end) = plain_end(events, i)
        {
            events[i..=end].iter().for_each(|(event, _)| self.push(event.clone()));
            return end + 1;
        }
        match event {
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                let id = self.ids.claim(id.as_deref(), &plain_text(&events[i + 1..]));
                let attrs = if self.style.raw_html { attrs.clone() } else { Vec::new() };
                if !self.style.raw_html
                    && matches!(event, Event::Start(Tag::Heading { attrs, .. }) if !attrs.is_empty())
                {
                    self.refuse_attributes(span);
                }
                self.push(Event::Start(Tag::Heading {
                    level: self.shifted(*level),
                    id: Some(id.into()),
                    classes: classes.clone(),
                    attrs,
                }));
            }
            Event::End(TagEnd::Heading(level)) => {
                let level = self.shifted(*level);
                self.push(Event::End(TagEnd::Heading(level)));
            }
            Event::Start(Tag::Paragraph) => return self.paragraph(events, i),
            Event::Start(Tag::DefinitionListTitle) if !self.style.is_plain => {
                self.foreign(&events[i + 1..end_of(events, i)], span);
                self.push(event.clone());
            }
            Event::Start(Tag::HtmlBlock) => return self.html_block(events, i),
            Event::InlineHtml(tag) | Event::Html(tag) => {
                self.html(tag, &|offset| span.start + offset, false);
            }
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                self.links += 1;
                self.link(*link_type, dest_url, title, span);
            }
            Event::End(TagEnd::Link) => {
                self.links = self.links.saturating_sub(1);
                self.push_html("</a>".into());
            }
            // One tilde is a sign of its own: "from 10 to 12" is 10~12 in Korea.
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough)
                if !self.source.text[span.clone()].starts_with("~~") =>
            {
                self.push(Event::Text("~".into()));
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let end = end_of(events, i);
                let alt = plain_text(&events[i + 1..]);
                self.picture(dest_url, title, &alt, span, false);
                return end + 1;
            }
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let end = end_of(events, i);
                self.frames.push(Frame::new(None));
                self.take(&events[i + 1..end]);
                let html = self.close_frames_to_footnote();
                self.footnotes.push(Footnote { label: label.clone(), html, span: span.clone() });
                return end + 1;
            }
            Event::Start(Tag::BlockQuote(Some(kind))) => self.alert(*kind),
            Event::End(TagEnd::BlockQuote(Some(_))) => {
                self.push_html("</aside>\n".into());
                self.closed();
            }
            Event::Start(Tag::Table(alignments)) => {
                let name = escaped(&self.host.word("table_scroll"));
                self.push_html(format!(
                    "<div class=\"table-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{name}\">"
                ));
                self.push(Event::Start(Tag::Table(alignments.clone())));
            }
            Event::End(TagEnd::Table) => {
                self.push(event.clone());
                self.push_html("</div>\n".into());
            }
            Event::TaskListMarker(is_done) => {
                let word = self.host.word(if *is_done { "task.done" } else { "task.open" });
                let checked = if *is_done { " checked" } else { "" };
                let label = escaped(&word);
                self.push_html(format!(
                    "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "
                ));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                // Long lines scroll: the block must be reachable by keyboard.
                let language = language.split_whitespace().next().unwrap_or_default();
                let class = match language {
                    "" => String::new(),
                    language => format!(" class=\"language-{}\"", escaped(language)),
                };
                self.is_code = true;
                self.push_html(format!("<pre tabindex=\"0\"><code{class}>"));
            }
            Event::Start(Tag::CodeBlock(_)) => {
                self.is_code = true;
                self.push_html("<pre tabindex=\"0\"><code>".into());
            }
            Event::End(TagEnd::CodeBlock) => {
                self.is_code = false;
                self.push_html("</code></pre>\n".into());
            }
            Event::Text(text) => {
                let is_prose = !self.style.is_plain && !self.is_code;
                if is_prose && self.links == 0 && may_have_address(text) {
                    return self.addresses(events, i);
                }
                self.text(text, span);
            }
            _ => self.push(event.clone()),
        }
        i + 1
    }

    /// A text, or a part of one.
    fn text(&mut self, text: &CowStr<'a>, span: &Range<usize>) {
        self.count(text);
        if self.style.is_plain || self.is_code {
            return self.push(Event::Text(text.clone()));
        }
        self.leftover(text, span);
        let mended = self.mended_quote(text, span);
        let text = mended.map_or_else(|| text.clone(), CowStr::from);
        let text = match bound(&text) {
            Cow::Owned(bound) if self.style.smart_punctuation => CowStr::from(bound),
            _ => text,
        };
        self.push(Event::Text(text));
    }

    /// A quotation mark that looks the other way than the parser thinks.
    fn mended_quote(&mut self, text: &str, span: &Range<usize>) -> Option<&'static str> {
        // So much of the text on either side tells.
        const AROUND: usize = 32;
        let source = &self.source.text;
        let mark = source[span.start..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
        if !self.style.smart_punctuation || span.len() != 1 || text.chars().count() != 1 {
            return None;
        }
        let from =
            crate::diagnostics::floor_char_boundary(source, span.start.saturating_sub(AROUND));
        let to = crate::diagnostics::floor_char_boundary(source, span.end + AROUND);
        let (before, after) = (&source[from..span.start], &source[span.end..to]);
        let before = before.rsplit('\n').next().unwrap_or(before);
        let mended = quotes::mended(mark, before, after, self.in_quotation, text);
        match mended.unwrap_or(text) {
            "\u{201C}" => self.in_quotation = true,
            "\u{201D}" => self.in_quotation = false,
            _ => {}
        }
        mended
    }

    /// Texts that follow each other, with the addresses in them as links. Returns the index of the next event.
    fn addresses(&mut self, events: &[Spanned<'a>], i: usize) -> usize {
        let mut end = i;
        let mut run = events[i].1.clone();
        while let Some((Event::Text(_), span)) = events.get(end)
            && (end == i || span.start == run.end)
        {
            run.end = span.end;
            end += 1;
        }
        let source = self.source;
        let mut finder = LinkFinder::new();
        finder.kinds(&[LinkKind::Url, LinkKind::Email]);
        let is_address = |link: &linkify::Link| {
            let scheme = link.as_str().split(':').next().unwrap_or_default();
            *link.kind() == LinkKind::Email
                || ["http", "https"].iter().any(|known| known.eq_ignore_ascii_case(scheme))
        };
        let found: Vec<(Range<usize>, bool)> = finder
            .links(&source.text[run.clone()])
            .filter(is_address)
            .map(|link| {
                let length = link.as_str().trim_end_matches(ENDS).len();
                let start = run.start + link.start();
                (start..start + length, *link.kind() == LinkKind::Email)
            })
            .collect();
        let mut links = found.into_iter().peekable();
        for (event, span) in &events[i..end] {
            let Event::Text(text) = event else { continue };
            let mut at = span.start;
            // Addresses that begin in this event, each after what stands before it.
            while let Some((link, is_email)) = links.next_if(|(link, _)| link.start < span.end) {
                if at < link.start {
                    self.text(&source.text[at..link.start].to_owned().into(), &(at..link.start));
                }
                let address = source.text[link.clone()].to_owned();
                let kind = if is_email { LinkType::Email } else { LinkType::Autolink };
                self.link(kind, &address, "", &link);
                self.count(&address);
                self.push(Event::Text(address.into()));
                self.push_html("</a>".into());
                at = link.end;
                self.linked_until = link.end;
            }
            let from = at.max(self.linked_until).max(span.start);
            if from == span.start {
                self.text(text, span);
            } else if from < span.end {
                self.text(&source.text[from..span.end].to_owned().into(), &(from..span.end));
            }
        }
        end
    }

    /// Signs that were left over as text, though they were surely meant as something else: a tag
    /// that is not complete, a link with a space in its address, a footnote that is not there.
    fn leftover(&mut self, text: &str, span: &Range<usize>) {
        let source = self.source;
        let rest = &source.text[span.start..];
        // Only now and then is there a sign that needs a look at the rest of its line.
        let line = || {
            let window = &rest[..crate::diagnostics::floor_char_boundary(rest, LONGEST_LEFTOVER)];
            window.lines().next().unwrap_or_default()
        };
        let place = |from: usize, to: usize| {
            Place::Span(source.clone(), span.start + from..span.start + to)
        };
        if source.text[..span.start].ends_with('\\') {
            return;
        }
        if text.starts_with('<') && rest.starts_with('<') {
            let name: String = rest[1..].chars().take_while(char::is_ascii_alphanumeric).collect();
            let is_component = name.starts_with(|c: char| c.is_ascii_uppercase());
            if is_component && self.host.display(&name).is_some() {
                let message = format!("the tag of `{name}` is not complete");
                self.report(Diagnostic::new(&codes::B007, place(0, line().len()), message).help(
                    "look for a quotation mark or a > that is missing, and for an empty line within the tag",
                ));
            }
        } else if text.starts_with('[') && rest.starts_with("[^") {
            let label: String =
                rest[2..].chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
            if !label.is_empty() && rest[2 + label.len()..].starts_with(']') {
                let message = format!("there is no footnote `{label}`");
                let problem = Diagnostic::new(&codes::B012, place(0, label.len() + 3), message);
                self.report(
                    problem.help(format!("write its text on a line of its own: [^{label}]: ...")),
                );
            }
        } else if text.starts_with(']')
            && rest.starts_with("](")
            && let Some(end) = line().find(')')
            && rest[2..end].contains(' ')
        {
            let message = "this link cannot be read: its address has a space in it";
            let problem = Diagnostic::new(&codes::B009, place(2, end), message);
            let mended = format!("<{}>", &rest[2..end]);
            self.report(problem.suggest("put the address in angle brackets", mended));
        }
    }

    fn shifted(&self, level: HeadingLevel) -> HeadingLevel {
        let level = (level as isize + self.shift).clamp(2, 6);
        HeadingLevel::try_from(level.unsigned_abs()).unwrap_or(HeadingLevel::H6)
    }

    fn count(&mut self, text: &str) {
        if text.is_ascii() {
            // Most texts are, and they are many: a word begins where a space ends.
            let mut after_space = true;
            for byte in text.bytes() {
                let is_space = matches!(byte, b' ' | b'\t'..=b'\r');
                self.words += usize::from(after_space && !is_space);
                after_space = is_space;
            }
            return;
        }
        let without_spaces = |c: char| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{0E00}'..='\u{0EFF}');
        self.syllables += text.chars().filter(|c| without_spaces(*c)).count();
        self.words += text.split_whitespace().filter(|word| !word.contains(without_spaces)).count();
    }

    /// A paragraph that is nothing but components, or one picture, is no paragraph.
    fn paragraph(&mut self, events: &[Spanned<'a>], i: usize) -> usize {
        let end = end_of(events, i);
        let inner = &events[i + 1..end];
        if let [
            (Event::Start(Tag::Image { dest_url, title, .. }), span),
            ..,
            (Event::End(TagEnd::Image), _),
        ] = inner
            && end_of(inner, 0) == inner.len() - 1
        {
            let alt = plain_text(&inner[1..]);
            self.picture(dest_url, title, &alt, span, true);
            return end + 1;
        }
        self.in_quotation = false;
        if !self.style.is_plain {
            self.foreign(inner, &events[i].1);
        }
        if self.is_only_components(inner) {
            self.take(inner);
        } else {
            let frames = self.frames.len();
            self.push(Event::Start(Tag::Paragraph));
            self.take(inner);
            self.close_inline_components(frames);
            self.push(Event::End(TagEnd::Paragraph));
        }
        end + 1
    }

    /// Tells of the syntax of other programs in a paragraph.
    fn foreign(&mut self, events: &[Spanned<'a>], paragraph: &Range<usize>) {
        if !self.source.text[paragraph.clone()].contains(['{', '|', '[', '!', ':', '?']) {
            return;
        }
        let mut words: Vec<Range<usize>> = Vec::new();
        for (event, span) in events {
            if matches!(event, Event::Text(_)) {
                words.push(span.clone());
            }
        }
        for found in foreign::find(&self.source.text, paragraph, &words) {
            let place = self.place(found.span);
            self.report(Diagnostic::new(&codes::B019, place, found.message).help(found.help));
        }
    }

    fn is_only_components(&self, events: &[Spanned]) -> bool {
        let mut open = 0usize;
        let mut seen = false;
        for (event, _) in events {
            match event {
                Event::InlineHtml(tag) => match tags::scan(tag).into_iter().next() {
                    Some((_, Piece::Open { name, is_closed, .. }))
                        if self.host.display(name) == Some(Display::Block) =>
                    {
                        seen = true;
                        open += usize::from(!is_closed);
                    }
                    Some((_, Piece::Close { .. })) if open > 0 => open -= 1,
                    Some((_, Piece::Comment)) => {}
                    _ if open > 0 => {}
                    _ => return false,
                },
                _ if open > 0 => {}
                Event::SoftBreak | Event::HardBreak => {}
                Event::Text(text) if text.trim().is_empty() => {}
                _ => return false,
            }
        }
        seen
    }

    /// An HTML block may hold components, and Markdown between their tags.
    fn html_block(&mut self, events: &[Spanned<'a>], i: usize) -> usize {
        let end = end_of(events, i);
        // Inside a quotation or list the lines of a block are not next to each other in the file.
        let mut text = String::new();
        let mut lines: Vec<(usize, usize)> = Vec::new();
        for (event, span) in &events[i + 1..end] {
            if let Event::Html(line) | Event::Text(line) = event {
                lines.push((text.len(), span.start));
                text += line;
            }
        }
        let start = events[i].1.start;
        let offset = move |at: usize| {
            let before = lines.partition_point(|(inner, _)| *inner <= at);
            match before.checked_sub(1).map(|line| lines[line]) {
                Some((inner, outer)) => outer + (at - inner),
                None => start + at,
            }
        };
        self.html(&text, &offset, true);
        end + 1
    }

    /// HTML as it stands in the text: components, comments, and what is refused.
    fn html(&mut self, html: &str, offset: &dyn Fn(usize) -> usize, is_block: bool) {
        let mut refused = false;
        for (range, piece) in tags::scan(html) {
            let span = offset(range.start)..offset(range.end.saturating_sub(1)) + 1;
            match piece {
                Piece::Open { name, mut attributes, is_closed } => {
                    let Some(display) = self.host.display(name) else {
                        if self.style.raw_html {
                            self.push_html(html[range].to_owned());
                        } else {
                            if !is_closed {
                                self.refused.open(name);
                            }
                            self.unknown_component(name, span);
                        }
                        continue;
                    };
                    for attribute in &mut attributes {
                        let at = &mut attribute.span;
                        *at = offset(at.start)..offset(at.end.saturating_sub(1)) + 1;
                    }
                    let in_sentence = self.frames.last().is_some_and(|frame| frame.sentences > 0);
                    if display == Display::Block && in_sentence && !is_block {
                        self.in_sentence(name, span.clone());
                    }
                    let open = Open { name: name.to_owned(), attributes, span, display };
                    if self.frames.len() > DEEPEST {
                        let message = "components are nested deeper than anybody can read";
                        let place = self.place(open.span);
                        self.report(Diagnostic::new(&codes::B007, place, message));
                    } else if is_closed {
                        self.call(open, None);
                    } else {
                        self.frames.push(Frame::new(Some(open)));
                    }
                }
                Piece::Close { name } => {
                    if self.host.display(name).is_none() && self.style.raw_html {
                        self.push_html(html[range].to_owned());
                    } else if self.host.display(name).is_some() {
                        self.close(name, span);
                    } else if !self.refused.close(name) {
                        self.unknown_component(name, span);
                    }
                }
                Piece::Comment if self.style.raw_html => self.push_html(html[range].to_owned()),
                Piece::Comment => {}
                Piece::Html if self.style.raw_html => self.push_html(html[range].to_owned()),
                Piece::Html if let Some(read) = elements::read(&html[range.clone()]) => {
                    match read {
                        Ok(tag) => self.element(tag, span),
                        Err(why) => {
                            let problem = Diagnostic::new(&codes::B001, self.place(span), why);
                            self.report(problem);
                        }
                    }
                }
                // One report for a block: its other tags are the same mistake.
                Piece::Html if refused => {}
                Piece::Html => {
                    refused = true;
                    self.refuse(&html[range], span);
                }
                Piece::Text if self.style.raw_html && self.frames.len() == 1 => {
                    self.push_html(html[range].to_owned());
                }
                Piece::Text if html[range.clone()].trim().is_empty() => {}
                // In a component, or after one in the same block, such as `<A/> and more`.
                Piece::Text => {
                    let top = self.frames.last();
                    let in_component = top.is_some_and(|frame| frame.component.is_some());
                    if in_component || !refused {
                        self.inner_markdown(&html[range.clone()], offset(range.start));
                    }
                }
            }
        }
    }

    /// Markdown that stands right between the tags of a component, without empty lines.
    fn inner_markdown(&mut self, text: &str, base: usize) {
        let leading = text.len() - text.trim_start().len();
        let Ok(events) = events(text.trim(), options(self.style), base + leading) else { return };
        // Within a sentence of HTML, such as <summary>, there is no paragraph.
        let is_sentence = self.elements.last().is_some_and(|open| open.name != "details");
        let is_frame = |event: &Event| {
            matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))
        };
        let events: Vec<Spanned<'a>> = events
            .into_iter()
            .filter(|(event, _)| !(is_sentence && is_frame(event)))
            .map(|(event, span)| (event.into_static(), span))
            .collect();
        self.take(&events);
    }

    fn unknown_component(&mut self, name: &str, span: Range<usize>) {
        let names = self.host.component_names();
        let problem = Diagnostic::new(
            &codes::B005,
            self.place(span.clone()),
            format!("the theme has no component `{name}`"),
        );
        let near = crate::diagnostics::nearest(name, names.iter().map(String::as_str));
        let problem = match near {
            Some(near) => {
                let written = self.source.text.get(span).unwrap_or_default().to_owned();
                let mended = written.replacen(name, &near, 1);
                problem.suggest(format!("did you mean `{near}`?"), mended)
            }
            None => problem
                .help(format!("its components are {}", names.join(", ")))
                .help("to write the characters themselves, put them in backticks"),
        };
        self.report(problem);
    }

    fn in_sentence(&mut self, name: &str, span: Range<usize>) {
        let problem = Diagnostic::new(
            &codes::B008,
            self.place(span),
            format!("`{name}` is a block and cannot stand in the middle of a sentence"),
        )
        .help("put it on lines of its own, with an empty line before and after");
        self.report(problem);
    }

    fn refuse(&mut self, html: &str, span: Range<usize>) {
        let inner = html.trim_start_matches('<');
        let name =
            inner.trim_start_matches('/').split([' ', '>', '\n', '/']).next().unwrap_or(inner);
        if inner.starts_with('/') {
            if self.refused.close(name) {
                return;
            }
        } else {
            self.refused.open(name);
        }
        let first_line = span.start + html.find('\n').unwrap_or(html.len());
        let place = self.place(span.start..span.end.min(first_line));
        let problem = Diagnostic::new(&codes::B001, place, "raw HTML is not allowed in Markdown");
        let names = self.host.component_names();
        let same = names.iter().find(|component| component.eq_ignore_ascii_case(name));
        let problem = match same {
            Some(component) => problem.help(format!(
                "did you mean the component `<{component}>`? Its name starts with a capital letter"
            )),
            None => problem
                .help(format!("use Markdown or a component: {}", names.join(", ")))
                .help("or allow HTML in this text: raw_html: true in its front matter"),
        };
        self.report(problem);
    }

    fn refuse_attributes(&mut self, span: &Range<usize>) {
        let line = self.source.text[span.clone()].lines().next().unwrap_or_default();
        let start = span.start + line.rfind('{').unwrap_or_default();
        let place = self.place(start..span.start + line.trim_end().len());
        self.report(
            Diagnostic::new(
                &codes::B001,
                place,
                "a heading takes an id and classes, and no other attributes",
            )
            .help("write {#id .class}"),
        );
    }

    /// The closing tag of a component.
    fn close(&mut self, name: &str, span: Range<usize>) {
        let top = self.frames.last();
        let open_name =
            top.and_then(|frame| frame.component.as_ref()).map(|open| open.name.clone());
        match open_name {
            Some(open) if open == name => {}
            Some(open) => {
                let opened =
                    top.and_then(|frame| frame.component.as_ref()).map(|open| open.span.clone());
                let mut problem = Diagnostic::new(
                    &codes::B007,
                    self.place(span),
                    format!("`{name}` is closed while `{open}` is open"),
                );
                if let Some(opened) = opened {
                    problem = problem.related(self.place(opened), "this is open");
                }
                self.report(problem);
                return;
            }
            None => {
                let problem = Diagnostic::new(
                    &codes::B007,
                    self.place(span),
                    format!("`{name}` is closed, but it was not opened"),
                );
                self.report(problem);
                return;
            }
        }
        self.end_elements();
        self.elements.retain(|open| open.frame < self.frames.len());
        if let Some(mut frame) = self.frames.pop()
            && let Some(open) = frame.component.take()
        {
            if frame.depth > 0 || frame.is_torn {
                let problem = Diagnostic::new(
                    &codes::B007,
                    self.place(span),
                    format!("`{name}` and what stands around it are closed in the wrong order"),
                )
                .related(self.place(open.span.clone()), "it was opened here")
                .help("put the opening and the closing tag on lines of their own, with empty lines around them");
                self.report(problem);
                return;
            }
            let body = body_html(frame, open.display);
            self.call(open, Some(body));
        }
    }

    fn call(&mut self, open: Open, body: Option<String>) {
        let around = self.frames.iter().rev().find_map(|frame| frame.component.as_ref());
        let call = Call {
            name: &open.name,
            attributes: &open.attributes,
            body: body.as_deref(),
            within: around.map(|open| open.name.as_str()),
            place: self.place(open.span.clone()),
            source: self.source,
        };
        match self.host.component(&call) {
            Ok(Shown { html, warnings }) => {
                warnings.into_iter().for_each(|warning| self.report(warning));
                let end = if open.display == Display::Block { "\n" } else { "" };
                self.push_html(format!("{}{end}", html.trim()));
            }
            Err(problem) => self.report(*problem),
        }
    }

    /// Components that were opened in a paragraph end with it.
    fn close_inline_components(&mut self, before: usize) {
        while self.frames.len() > before
            && let Some(frame) = self.frames.last()
            && let Some(open) = &frame.component
            && open.display == Display::Inline
        {
            let (name, span) = (open.name.clone(), open.span.clone());
            self.unclosed(&name, span);
            if let Some(frame) = self.frames.pop() {
                frame.into_events().into_iter().for_each(|event| self.push(event));
            }
        }
    }

    fn unclosed(&mut self, name: &str, span: Range<usize>) {
        let problem =
            Diagnostic::new(&codes::B007, self.place(span), format!("`{name}` is not closed"))
                .label("it is opened here")
                .help(format!(
                    "close it with </{name}>, or write <{name} ... /> if it has no text"
                ));
        self.report(problem);
    }

    fn close_frames_to_footnote(&mut self) -> String {
        // A component that was opened inside the footnote and not closed ends with it.
        while let Some(mut frame) = self.frames.pop() {
            match frame.component.take() {
                Some(open) => {
                    self.unclosed(&open.name, open.span);
                    frame.into_events().into_iter().for_each(|event| self.push(event));
                }
                None => return frame.into_html(),
            }
        }
        String::new()
    }

    fn link(&mut self, kind: LinkType, destination: &str, title: &str, span: &Range<usize>) {
        let place = self.place(self.destination_span(destination, span));
        let found = match kind {
            LinkType::Email => Ok(Link {
                href: Some(format!("mailto:{destination}")),
                is_external: false,
                warning: None,
            }),
            _ => self.host.link(destination, place),
        };
        let link = match found {
            Ok(link) => link,
            Err(problem) => {
                self.report(*problem);
                Link { href: None, is_external: false, warning: None }
            }
        };
        if let Some(warning) = link.warning {
            self.report(*warning);
        }
        let mut tag = String::from("<a");
        if let Some(href) = &link.href {
            // The ids of a part have something in front of them.
            let inner = href.strip_prefix('#').filter(|id| !id.is_empty());
            let href = match inner.filter(|_| !self.ids.prefix.is_empty()) {
                Some(id) => format!("#{}{id}", self.ids.prefix),
                None => href.clone(),
            };
            tag += &format!(" href=\"{}\"", self.href(&href));
        }
        if !title.is_empty() {
            tag += &format!(" title=\"{}\"", escaped(title));
        }
        if link.is_external {
            tag += " rel=\"external noopener\"";
        }
        self.push_html(tag + ">");
    }

    /// An address as it stands in an attribute. CommonMark's own examples encode more than is needed.
    fn href(&self, address: &str) -> String {
        if !self.style.is_plain {
            return escaped(address);
        }
        let mut out = String::new();
        // Writing to a String cannot fail.
        let _ = escape_href(&mut out, address);
        out
    }

    /// Where the destination of a link is written, if it stands in the link itself.
    fn destination_span(&self, destination: &str, span: &Range<usize>) -> Range<usize> {
        let written = self.source.text.get(span.clone()).unwrap_or_default();
        let inline = [format!("]({destination}"), format!("](<{destination}")];
        let inline = inline.iter().find_map(|start| {
            Some(written.rfind(start.as_str())? + start.len() - destination.len())
        });
        match inline.or_else(|| written.rfind(destination)) {
            Some(at) if !destination.is_empty() => {
                span.start + at..span.start + at + destination.len()
            }
            _ => span.clone(),
        }
    }

    fn picture(
        &mut self,
        destination: &str,
        title: &str,
        alt: &str,
        span: &Range<usize>,
        is_figure: bool,
    ) {
        let place = self.place(self.destination_span(destination, span));
        let picture = match self.host.picture(destination, place) {
            Ok(picture) => picture,
            Err(problem) => return self.report(*problem),
        };
        if let Some(warning) = picture.warning {
            self.report(*warning);
        }
        let img = Img {
            src: &picture.url,
            alt: if alt.trim().is_empty() { &picture.alt } else { alt },
            size: picture.size,
            sources: &picture.sources,
            sizes: &picture.sizes,
            is_eager: false,
        };
        let mut html = img.html();
        if is_figure {
            let words =
                Some(title).filter(|title| !title.is_empty()).or(picture.caption.as_deref());
            let mut caption = words.map(escaped).unwrap_or_default();
            for aside in [&picture.credit, &picture.note].into_iter().flatten() {
                caption += &format!(" <span class=\"credit\">{}</span>", escaped(aside));
            }
            if !caption.is_empty() {
                caption = format!("<figcaption>{}</figcaption>", caption.trim_start());
            }
            html = format!("<figure class=\"picture\">{html}{caption}</figure>\n");
        }
        self.push_html(html);
    }

    fn alert(&mut self, kind: BlockQuoteKind) {
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let word = escaped(&self.host.word(&format!("alert.{name}")));
        self.push_html(format!(
            "<aside class=\"alert alert-{name}\" aria-label=\"{word}\">\n<p class=\"alert-title\">{word}</p>\n"
        ));
        self.opened();
    }

    fn footnote_reference(&mut self, label: &CowStr<'a>) {
        let number = *self.numbers.entry(label.clone()).or_insert_with(|| {
            self.order.push((label.clone(), 0));
            self.order.len() - 1
        });
        self.order[number].1 += 1;
        let n = number + 1;
        let id = self.ids.reference(n, self.order[number].1);
        let note = self.ids.footnote(n);
        self.push_html(format!(
            "<sup class=\"footnote-ref\"><a href=\"#{note}\" id=\"{id}\" role=\"doc-noteref\">{n}</a></sup>"
        ));
    }

    fn finish(mut self) -> Rendered {
        while self.frames.len() > 1 {
            self.end_elements();
            if let Some(frame) = self.frames.pop()
                && let Some(open) = frame.component
            {
                self.unclosed(&open.name, open.span);
            }
        }
        self.end_elements();
        let mut html = self.frames.pop().map(Frame::into_html).unwrap_or_default();
        self.write_footnotes(&mut html);
        // 230 words, or 400 characters of a script without spaces, a minute: a common estimate.
        self.rendered.reading_seconds = self.words * 60 / 230 + self.syllables * 60 / 400;
        self.rendered.html = html;
        self.rendered.anchors = self.ids.given;
        self.rendered
    }

    fn write_footnotes(&mut self, html: &mut String) {
        for footnote in &self.footnotes {
            if !self.is_part && !self.numbers.contains_key(&footnote.label) {
                let place = Place::Span(self.source.clone(), footnote.span.clone());
                self.rendered.problems.push(
                    Diagnostic::new(
                        &codes::B012,
                        place,
                        format!("nothing refers to the footnote `{}`", footnote.label),
                    )
                    .help(format!("write [^{}] where it belongs", footnote.label)),
                );
            }
        }
        if self.order.is_empty() {
            return;
        }
        let title = escaped(&self.host.word("footnotes"));
        let back = escaped(&self.host.word("footnote_back"));
        *html += &format!(
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{title}\">\n<ol>\n"
        );
        let mut texts: HashMap<&str, &str> = HashMap::new();
        for footnote in &self.footnotes {
            texts.entry(&footnote.label).or_insert(footnote.html.trim_end());
        }
        for (i, (label, references)) in self.order.iter().enumerate() {
            let n = i + 1;
            let text = texts.get(label.as_ref()).copied().unwrap_or_default();
            let mut links = String::new();
            for reference in 1..=*references {
                let id = self.ids.reference(n, reference);
                links += &format!(
                    " <a href=\"#{id}\" role=\"doc-backlink\" aria-label=\"{back} {n}\">↩\u{FE0E}</a>"
                );
            }
            let text = match text.strip_suffix("</p>") {
                Some(text) => format!("{text}{links}</p>"),
                None => format!("{text}{links}"),
            };
            let note = self.ids.footnote(n);
            *html += &format!("<li id=\"{note}\">\n{text}\n</li>\n");
        }
        *html += "</ol>\n</section>\n";
    }
}

/// Longer ones are no tag and no address that somebody forgot to close; in bytes.
const LONGEST_LEFTOVER: usize = 1000;

/// Marks that end a sentence or a quotation, and no address.
const ENDS: [char; 12] = [
    '\u{201D}', '\u{2019}', '\u{BB}', '\u{300D}', '\u{300F}', '\u{3002}', '\u{3001}', '\u{FF0C}',
    '\u{FF09}', '\u{FF01}', '\u{FF1F}', '\u{2026}',
];

/// Whether there may be an address in a text; most have none.
fn may_have_address(text: &str) -> bool {
    text.contains("://") || text.contains('@')
}

/// Where the events end that CommonMark alone would write as they are.
fn plain_end(events: &[Spanned], i: usize) -> Option<usize> {
    match &events[i].0 {
        Event::Start(Tag::Image { .. } | Tag::CodeBlock(_)) => Some(end_of(events, i)),
        Event::Start(Tag::Paragraph | Tag::Heading { .. })
        | Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => Some(i),
        _ => None,
    }
}

/// Whether an element holds sentences, in which no block can stand.
fn holds_sentences(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell)
}

/// The HTML of what stands in a component. A block's words are a paragraph, with or without empty
/// lines around them.
fn body_html(mut frame: Frame, display: Display) -> String {
    frame.flush();
    let (html, has_blocks) = (frame.html, frame.has_blocks);
    if display == Display::Inline {
        // A single paragraph in a sentence is just its words.
        let inner = html.trim().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
        return match inner {
            Some(inner) if !inner.contains("<p>") => inner.to_owned(),
            _ => html,
        };
    }
    if has_blocks || html.trim().is_empty() { html } else { format!("<p>{}</p>\n", html.trim()) }
}

/// Whether an event begins a block.
fn is_block(event: &Event) -> bool {
    matches!(
        event,
        Event::Start(
            Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::List(_)
                | Tag::BlockQuote(_)
                | Tag::Table(_)
                | Tag::DefinitionList
                | Tag::CodeBlock(_)
        )
    ) || matches!(event, Event::InlineHtml(html) if starts_block(html))
}

/// Whether HTML that this module or a component wrote is a block.
fn starts_block(html: &str) -> bool {
    ["<figure", "<aside", "<div", "<pre", "<section", "<p", "<blockquote", "<table", "<ul", "<ol"]
        .iter()
        .any(|start| html.trim_start().starts_with(start))
}

fn written(events: Vec<Event>) -> String {
    // The columns of a table whose heads are to come, the last first: pulldown-cmark's writer does
    // not say which way a head looks.
    let mut heads: Vec<Alignment> = Vec::new();
    let events = events.into_iter().map(|event| match event {
        Event::Start(Tag::Table(alignments)) => {
            heads = alignments.iter().rev().copied().collect();
            Event::Start(Tag::Table(alignments))
        }
        Event::Start(Tag::TableCell) => match heads.pop() {
            Some(alignment) => Event::InlineHtml(head(alignment).into()),
            None => event,
        },
        event => event,
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

/// The opening tag of a column's head.
fn head(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "<th scope=\"col\">",
        Alignment::Left => "<th scope=\"col\" style=\"text-align: left\">",
        Alignment::Center => "<th scope=\"col\" style=\"text-align: center\">",
        Alignment::Right => "<th scope=\"col\" style=\"text-align: right\">",
    }
}

/// The index of the end of the element that starts at `i`.
fn end_of(events: &[Spanned], i: usize) -> usize {
    let mut depth = 0usize;
    for (at, (event, _)) in events.iter().enumerate().skip(i) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    events.len().saturating_sub(1)
}

/// Text as it may stand in HTML, in attributes too.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a String cannot fail.
    let _ = escape_html(&mut out, text);
    out
}

#[cfg(test)]
mod tests;
