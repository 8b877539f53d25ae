//! Links and pages (L codes), on the HTML that is built, as readers get it.
//!
//! An [`Examiner`] reads a page right after it has been rendered and keeps little of it: which pages it
//! leads to, which ids it has, what is wrong with itself. [`judge`] has all of these together, and says
//! what leads nowhere and what nobody leads to.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use foldhash::HashMap;

use crate::assemble::ContentFile;
use crate::diagnostics::{Code, Diagnostic, Place, codes, nearest};
use crate::edition::Edition;
use crate::markdown::prose::{self, Role};
use crate::parse::documents::File;
use crate::plan::{Page, PageKind};
use crate::render::mentions::PictureNames;
use crate::web::html::{self, Attribute, Tag};
use crate::web::url;

/// What is kept of a page once it has been read. It holds numbers of pages, and so it is true of its
/// own edition only.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Whether something is missing from the page because of mistakes that are reported elsewhere.
    pub is_partial: bool,
    /// Which page it is.
    page: u32,
    /// Ids and names of anchors, sorted.
    ids: Box<[Box<str>]>,
    /// Pages and files that it leads to, sorted.
    links: Box<[u32]>,
    /// Links with an anchor: where they lead, and how they are written.
    anchors: Box<[(u32, Box<str>)]>,
    /// Addresses elsewhere, sorted.
    external: Box<[Box<str>]>,
    /// What is wrong with it.
    findings: Box<[Finding]>,
}

/// Something that is wrong with a page, before it is known where that was written.
#[derive(Clone, Debug)]
struct Finding {
    code: &'static Code,
    message: String,
    label: &'static str,
    note: Option<String>,
    help: Option<String>,
    /// The address at which there is nothing.
    sought: Option<String>,
    trace: Trace,
}

/// How to find in documents and templates where something was written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Trace {
    /// Not at all.
    None,
    /// An address, as the HTML has it and as it is from the top of the site.
    Address(Vec<Box<str>>),
    /// The words of a heading.
    Heading(Box<str>),
    /// One of these texts.
    Text(Vec<String>),
}

/// A link that leaves the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External {
    /// Its address, without a fragment.
    pub url: String,
    /// Where it was written, as far as that can be told.
    pub place: Place,
    /// Addresses of the pages that have it, if the place is not that of their document.
    pub pages: Vec<String>,
}

/// Reads pages of an edition, on as many threads as one likes.
#[derive(Debug)]
pub struct Examiner<'e> {
    edition: &'e Edition,
    /// Which page or file is at an address. It is asked for each link, and never gone through.
    numbers: HashMap<&'e str, u32>,
    pictures: PictureNames<'e>,
}

impl<'e> Examiner<'e> {
    /// Gets ready to read pages of an edition.
    pub fn new(edition: &'e Edition) -> Examiner<'e> {
        let numbers = (0..).zip(&edition.pages).map(|(i, page)| (page.address.as_str(), i));
        let pictures = PictureNames::new(&edition.site);
        Examiner { edition, numbers: numbers.collect(), pictures }
    }

    /// Reads a page as it was rendered.
    pub fn examine(&self, page: &Page, html: &[u8]) -> Facts {
        let mut reading = Reading::new(self, page);
        html::read(html, &mut reading);
        reading.finish()
    }

    /// The page or file at an address: without its last slash too, which hosts add, and with the name of
    /// the file in a folder.
    fn number(&self, address: &str) -> Option<u32> {
        let find = |address: &str| self.numbers.get(address).copied();
        // A size of a picture leads to its file.
        if let Some((asset, _)) = self.pictures.derivative(address) {
            return find(&format!("/{}", self.edition.site.assets[asset].path));
        }
        find(address).or_else(|| match address.strip_suffix("index.html") {
            Some(folder) if folder.ends_with('/') => find(folder),
            _ if address.ends_with('/') => None,
            _ => find(&format!("{address}/")),
        })
    }
}

/// What there is to say of the pages of an edition.
pub fn judge(edition: &Edition, facts: &[Facts], is_whole: bool) -> Vec<Diagnostic> {
    let mut found: Vec<Use> = Vec::new();
    // What a broken file would have been is not known: that nothing is there, or leads there, is
    // no news then.
    let is_whole = is_whole && edition.site.files.values().all(|file| *file != ContentFile::Broken);
    for facts in facts {
        let own = facts.findings.iter().filter(|finding| is_whole || finding.code != &codes::L001);
        found.extend(own.map(|finding| (facts.page, Cow::Borrowed(finding))));
    }
    if is_whole {
        let dead = dead_anchors(edition, facts).into_iter();
        found.extend(dead.map(|(page, finding)| (page, Cow::Owned(finding))));
    }
    let mut diagnostics = placed(edition, found);
    if is_whole {
        diagnostics.extend(orphans(edition, facts));
    }
    diagnostics
}

/// The links of an edition that leave the site, each once, in the order of addresses.
pub fn external(edition: &Edition, facts: &[Facts]) -> Vec<External> {
    let mut urls: BTreeMap<&str, Vec<(u32, &str)>> = BTreeMap::new();
    for facts in facts {
        for written in &facts.external {
            let url = written.split('#').next().unwrap_or_default();
            urls.entry(url).or_default().push((facts.page, written));
        }
    }
    let placed = urls.into_iter().map(|(url, uses)| {
        let (page, written) = uses[0];
        let trace = Trace::Address(vec![written.into()]);
        let pages = || uses.iter().map(|(page, _)| address(edition, *page).to_owned()).collect();
        let (place, pages) = match in_document(edition, page, &trace) {
            Some(place) => (place, Vec::new()),
            None => (in_templates(edition, &trace).unwrap_or(Place::Site), pages()),
        };
        External { url: url.to_owned(), place, pages }
    });
    placed.collect()
}

fn address(edition: &Edition, page: u32) -> &str {
    &edition.pages[page as usize].address
}

/// Links to anchors that their pages do not have.
fn dead_anchors(edition: &Edition, facts: &[Facts]) -> Vec<(u32, Finding)> {
    let mut by_page: Vec<Option<&Facts>> = vec![None; edition.pages.len()];
    for facts in facts {
        by_page[facts.page as usize] = Some(facts);
    }
    let mut found = Vec::new();
    for from in facts {
        for (to, href) in &from.anchors {
            // Only pages have facts: what an anchor is in a file is the file's own matter.
            let Some(target) = by_page[*to as usize].filter(|page| !page.is_partial) else {
                continue;
            };
            let Some(anchor) = anchor(href).filter(|anchor| !target.has(anchor)) else { continue };
            let at = address(edition, *to);
            let message = if *to == from.page {
                format!("nothing on the page has the id `{anchor}`")
            } else {
                format!("nothing on {at} has the id `{anchor}`")
            };
            let ids: Vec<&str> = target.ids.iter().map(AsRef::as_ref).collect();
            let whole = format!("{at}#{anchor}").into_boxed_str();
            found.push((
                from.page,
                Finding {
                    label: "there is no such id",
                    help: nearest(anchor, ids).map(|near| format!("did you mean `#{near}`?")),
                    trace: Trace::Address(vec![href.clone(), whole]),
                    ..Finding::new(&codes::L002, message)
                },
            ));
        }
    }
    found
}

impl Facts {
    /// Whether a link with this anchor finds something on the page.
    fn has(&self, anchor: &str) -> bool {
        let is_there = |id: &str| self.ids.binary_search_by(|known| (**known).cmp(id)).is_ok();
        anchor.eq_ignore_ascii_case("top") || is_there(anchor) || is_there(&url::decode(anchor))
    }
}

/// The id that a link asks for. Words of a text that it asks for are the browser's to find.
fn anchor(href: &str) -> Option<&str> {
    let (_, anchor) = href.split_once('#')?;
    let anchor = anchor.split(":~:").next().unwrap_or_default();
    (!anchor.is_empty()).then_some(anchor)
}

/// Pages that no other page leads to.
fn orphans(edition: &Edition, facts: &[Facts]) -> Vec<Diagnostic> {
    let pages = edition.pages.iter().filter(|page| page.page_kind().is_some()).count();
    if facts.len() < pages || facts.iter().any(|facts| facts.is_partial) {
        // The link that is looked for may be one that is missing.
        return Vec::new();
    }
    let mut is_reached = vec![false; edition.pages.len()];
    for facts in facts {
        let from = edition.pages[facts.page as usize].page_kind();
        if matches!(from, Some(PageKind::NotFound | PageKind::Redirect { .. })) {
            continue;
        }
        for to in facts.links.iter().filter(|to| **to != facts.page) {
            is_reached[*to as usize] = true;
            // Who is sent on arrives too.
            if let Some(PageKind::Redirect { to }) = edition.pages[*to as usize].page_kind()
                && let Ok(to) = edition.pages.binary_search_by(|page| page.address.cmp(to))
            {
                is_reached[to] = true;
            }
        }
    }
    let site = &edition.site;
    let lonely = edition.pages.iter().zip(is_reached).filter(|(_, is_reached)| !is_reached);
    let lonely = lonely.filter_map(|(page, _)| Some((page, page.page_kind()?.facts(site))));
    let reported = lonely.filter(|(_, facts)| facts.is_to_be_found).map(|(page, facts)| {
        let help = "link to it from another page, or add it to the menu in site.toml";
        match facts.document.and_then(|id| site.file_of(id)) {
            Some(file) => {
                let place = Place::File(file.source.path.clone());
                let message = format!("no other page leads to {}", page.address);
                Diagnostic::new(&codes::L003, place, message).help(help)
            }
            None => {
                let message = format!("no other page leads to {}", facts.name_with_article());
                let mut orphan = Diagnostic::new(&codes::L003, Place::Site, message)
                    .help("this is the theme's to do");
                orphan.pages.push(page.address.clone());
                orphan
            }
        }
    });
    reported.collect()
}

/// A finding, and the page that has it.
type Use<'f> = (u32, Cow<'f, Finding>);

/// Says of each finding where it was written: in the document that the page is made of, in a template,
/// or on which pages it is seen. What many pages have from one template is one report.
fn placed(edition: &Edition, found: Vec<Use>) -> Vec<Diagnostic> {
    let mut causes: BTreeMap<(&str, String), Vec<Use>> = BTreeMap::new();
    for (page, finding) in found {
        let cause = (finding.code.id, finding.message.clone());
        causes.entry(cause).or_default().push((page, finding));
    }
    let mut diagnostics = Vec::new();
    for mut uses in causes.into_values() {
        let mut elsewhere = Vec::new();
        // All of them look for one address, so what is near to it is looked up once.
        let near = uses[0].1.sought.as_ref().and_then(|sought| {
            nearest(sought, edition.pages.iter().map(|page| page.address.as_str()))
        });
        if let Some(near) = near {
            let help = format!("did you mean `{near}`?");
            uses.iter_mut().for_each(|(_, finding)| finding.to_mut().help = Some(help.clone()));
        }
        for (page, finding) in uses {
            match in_document(edition, page, &finding.trace) {
                Some(place) => diagnostics.push(finding.at(place)),
                None => elsewhere.push((page, finding)),
            }
        }
        let Some((page, first)) = elsewhere.first() else { continue };
        let place = in_templates(edition, &first.trace).unwrap_or_else(|| {
            let file = edition.renderer().file(&edition.pages[*page as usize]);
            match file.filter(|_| elsewhere.len() == 1) {
                Some(file) => Place::File(file.source.path.clone()),
                None => Place::Site,
            }
        });
        let mut diagnostic = first.at(place);
        let pages = elsewhere.iter().map(|(page, _)| address(edition, *page).to_owned());
        diagnostic.pages = pages.collect();
        diagnostics.push(diagnostic);
    }
    diagnostics
}

impl Finding {
    fn new(code: &'static Code, message: impl Into<String>) -> Finding {
        let message = message.into();
        let (note, help, sought) = (None, None, None);
        Finding { code, message, label: "", note, help, sought, trace: Trace::None }
    }

    fn at(&self, place: Place) -> Diagnostic {
        let is_shown = matches!(place, Place::Span(..));
        let mut diagnostic = Diagnostic::new(self.code, place, &self.message);
        if is_shown {
            diagnostic = diagnostic.label(self.label);
        }
        diagnostic.notes.extend(self.note.clone());
        diagnostic.help.extend(self.help.clone());
        diagnostic
    }
}

/// Where the document that a page is made of says it.
fn in_document(edition: &Edition, page: u32, trace: &Trace) -> Option<Place> {
    let file = edition.renderer().file(&edition.pages[page as usize])?;
    let span = match trace {
        Trace::Heading(words) => heading(file, words),
        trace => written(file.markdown(), trace)
            .map(|span| span.start + file.body.start..span.end + file.body.start),
    };
    Some(Place::Span(file.source.clone(), span?))
}

/// Where the only template that says it does.
fn in_templates(edition: &Edition, trace: &Trace) -> Option<Place> {
    let sources = edition.theme.sources.iter();
    let mut places = sources.filter_map(|(name, source)| {
        let span = written(&source.text, trace).filter(|_| is_used(edition, name))?;
        Some(Place::Span(source.clone(), span))
    });
    let place = places.next()?;
    places.next().is_none().then_some(place)
}

/// Whether a template may be used: no nearer theme has one of its name, or another builds on it.
fn is_used(edition: &Edition, name: &str) -> bool {
    let theme = &edition.theme;
    let Some((layer, path)) = name.split_once('/') else { return true };
    let mut nearer = theme.chain.iter().take_while(|nearer| *nearer != layer);
    !nearer.any(|nearer| theme.sources.contains_key(&format!("{nearer}/{path}")))
        || theme.sources.values().any(|source| source.text.contains(&format!("\"{name}\"")))
}

/// Where a text has what a trace looks for.
fn written(text: &str, trace: &Trace) -> Option<Range<usize>> {
    // Where an address may begin in HTML, Markdown and templates. A word of the text is none.
    const BEFORE: [&str; 7] = ["\"", "'", "=", "](", "](<", "]: ", "<"];
    let is_address = |c: char| c.is_alphanumeric() || "/-_.%~".contains(c);
    let ends = |end: usize| !text[end..].starts_with(is_address);
    match trace {
        Trace::Address(addresses) => addresses.iter().find_map(|address| {
            let mut places = text.match_indices(&**address);
            let (at, found) = places.find(|(at, found)| {
                BEFORE.iter().any(|before| text[..*at].ends_with(before)) && ends(at + found.len())
            })?;
            (!found.is_empty()).then_some(at..at + found.len())
        }),
        Trace::Text(texts) => texts.iter().find_map(|wanted| {
            let is_word = wanted.ends_with(is_address);
            let mut places = text.match_indices(wanted.as_str());
            let (at, found) = places.find(|(at, found)| !is_word || ends(at + found.len()))?;
            Some(at..at + found.len())
        }),
        Trace::Heading(_) | Trace::None => None,
    }
}

/// The heading of a document with these words. Quotes and dashes may have become typographic.
fn heading(file: &File, words: &str) -> Option<Range<usize>> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let wanted = letters(words);
    let passages = prose::passages(file.markdown(), file.body.start);
    let headings =
        passages.iter().filter(|passage| passage.role == Role::Heading && !wanted.is_empty());
    let mut places = headings.map(|passage| (passage, passage.place(&(0..passage.text.len()))));
    // A passage has no code; what is typed has the destinations of links.
    let typed = |place: &Range<usize>| file.source.text.get(place.clone()).unwrap_or_default();
    let found = places.find(|(passage, place)| {
        letters(&passage.text) == wanted || letters(typed(place)) == wanted
    });
    found.map(|(_, place)| place)
}

/// Where a link leads.
enum Leads {
    /// To a page or file of the site.
    To(u32),
    /// To an address of the site at which nothing is.
    Nowhere(String),
    /// To where a page of the site would be if the site lay at the top of its host.
    Beside(String),
    /// To another place on the web.
    Away(String),
    /// To something that is no page, such as a telephone.
    Else,
}

/// Tags that matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    Html,
    Base,
    Link,
    A,
    Area,
    Button,
    Heading(u8),
    Picture,
    /// Has a `src`, and perhaps a `poster` or `srcset`.
    Medium,
    Object,
    Use,
    Other,
}

impl Element {
    fn named(name: &[u8]) -> Element {
        match name {
            b"html" => Element::Html,
            b"base" => Element::Base,
            b"link" => Element::Link,
            b"a" => Element::A,
            b"area" => Element::Area,
            b"button" => Element::Button,
            [b'h', level @ b'1'..=b'6'] => Element::Heading(level - b'0'),
            b"img" => Element::Picture,
            b"script" | b"source" | b"video" | b"audio" | b"track" | b"iframe" | b"embed"
            | b"input" => Element::Medium,
            b"object" => Element::Object,
            b"use" | b"image" => Element::Use,
            _ => Element::Other,
        }
    }

    /// Whether it has no end tag.
    fn is_void(self, name: &[u8]) -> bool {
        matches!(self, Element::Base | Element::Link | Element::Area | Element::Picture)
            || matches!(name, b"source" | b"track" | b"embed" | b"input" | b"br" | b"hr" | b"wbr")
    }
}

/// A link or button that is open.
struct Open {
    element: Element,
    has_words: bool,
    /// Where it leads, or its class.
    mark: Box<str>,
}

impl Open {
    fn without_words(&self) -> Finding {
        let mark = &self.mark;
        match self.element {
            Element::A => Finding {
                label: "no words lead there",
                trace: Trace::Address(vec![mark.clone()]),
                ..Finding::new(&codes::L006, format!("a link to `{mark}` has no words"))
            },
            _ if mark.is_empty() => Finding::new(&codes::L006, "a button has no words"),
            _ => {
                let message = format!("a button of the class `{mark}` has no words");
                Finding {
                    trace: Trace::Text(vec![format!("<button class=\"{mark}\"")]),
                    ..Finding::new(&codes::L006, message)
                }
            }
        }
    }
}

/// A page that is being read.
struct Reading<'a> {
    examiner: &'a Examiner<'a>,
    page: &'a Page,
    number: u32,
    /// The address that relative links are seen from, if it is not the page's own.
    base: Option<String>,
    ids: Vec<Box<str>>,
    /// Names of anchors, which may be ids as well.
    names: Vec<Box<str>>,
    links: Vec<u32>,
    anchors: Vec<(u32, Box<str>)>,
    external: Vec<Box<str>>,
    findings: Vec<Finding>,
    /// Whether the page says its language.
    has_language: bool,
    open: Vec<Open>,
    /// What is hidden from those who listen: the name of its tag, and how many of them are open.
    hidden: Option<(Vec<u8>, usize)>,
    /// The heading that is open.
    heading: Option<(u8, String)>,
    headings: Headings,
}

/// The levels of the headings so far.
#[derive(Default)]
struct Headings {
    last: u8,
    first_levels: usize,
}

/// Longer headings are cut: it is enough to find them again.
const LONGEST_HEADING: usize = 200;

impl html::Reader for Reading<'_> {
    fn start(&mut self, tag: &Tag) {
        let element = Element::named(&tag.name);
        if let Some(id) = tag.get(Attribute::Id).filter(|id| !id.is_empty()) {
            self.ids.push(id.into());
        }
        self.addresses(element, tag);
        match element {
            Element::Html => self.has_language |= tag.has_words(Attribute::Lang),
            Element::Base if self.base.is_none() => {
                if let Some(href) = tag.get(Attribute::Href) {
                    let top = self.examiner.edition.site.config.top();
                    let path = top.host_path(&self.page.address, href);
                    self.base = path.and_then(|path| Some(top.site_path(&path)?.into_owned()));
                }
            }
            Element::Heading(level) => {
                self.end_heading();
                self.heading = Some((level, String::new()));
            }
            Element::Picture if tag.has_words(Attribute::Alt) => self.words(),
            Element::A => {
                if let Some(name) = tag.get(Attribute::Name).filter(|name| !name.is_empty()) {
                    self.names.push(name.into());
                }
                // Links do not stand in links: the next one ends the last.
                self.close(Element::A);
                self.begin(element, tag);
            }
            Element::Button => self.begin(element, tag),
            _ => {}
        }
        if !self.open.is_empty() {
            let is_open_itself = matches!(element, Element::A | Element::Button);
            if !is_open_itself && tag.has_words(Attribute::AriaLabel) {
                self.words();
            }
            self.hide(element, tag);
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some((hidden, depth)) = &mut self.hidden
            && hidden == name
        {
            *depth -= 1;
            if *depth == 0 {
                self.hidden = None;
            }
        }
        match Element::named(name) {
            Element::Heading(_) => self.end_heading(),
            element @ (Element::A | Element::Button) => self.close(element),
            _ => {}
        }
    }

    fn text(&mut self, value: &[u8]) {
        if self.heading.is_none() && self.open.is_empty() {
            return;
        }
        let text = String::from_utf8_lossy(value);
        if let Some((_, words)) = &mut self.heading
            && words.len() < LONGEST_HEADING
        {
            *words += &text;
        }
        if !text.trim().is_empty() {
            self.words();
        }
    }
}

impl<'a> Reading<'a> {
    fn new(examiner: &'a Examiner<'a>, page: &'a Page) -> Reading<'a> {
        Reading {
            examiner,
            page,
            number: examiner.number(&page.address).unwrap_or_default(),
            base: None,
            ids: Vec::new(),
            names: Vec::new(),
            links: Vec::new(),
            anchors: Vec::new(),
            external: Vec::new(),
            findings: Vec::new(),
            has_language: false,
            open: Vec::new(),
            hidden: None,
            heading: None,
            headings: Headings::default(),
        }
    }

    /// A link or a button begins, which should have words.
    fn begin(&mut self, element: Element, tag: &Tag) {
        let is_hidden = tag.get(Attribute::AriaHidden) == Some("true");
        if is_hidden || (element == Element::A && tag.get(Attribute::Href).is_none()) {
            return;
        }
        let has_words = [Attribute::AriaLabel, Attribute::AriaLabelledby, Attribute::Title]
            .iter()
            .any(|attribute| tag.has_words(*attribute));
        let told_by = if element == Element::A { Attribute::Href } else { Attribute::Class };
        let mark = tag.get(told_by).unwrap_or_default().into();
        self.open.push(Open { element, has_words, mark });
    }

    /// What is inside a tag that is hidden does not count as words.
    fn hide(&mut self, element: Element, tag: &Tag) {
        match &mut self.hidden {
            Some((name, depth)) if *name == tag.name && !tag.is_closed => *depth += 1,
            None if tag.get(Attribute::AriaHidden) == Some("true")
                && !tag.is_closed
                && !element.is_void(&tag.name) =>
            {
                self.hidden = Some((tag.name.clone(), 1));
            }
            _ => {}
        }
    }

    /// There are words in what is open.
    fn words(&mut self) {
        if self.hidden.is_none() {
            self.open.iter_mut().for_each(|open| open.has_words = true);
        }
    }

    fn close(&mut self, element: Element) {
        if let Some(i) = self.open.iter().rposition(|open| open.element == element) {
            let closed = self.open.remove(i);
            if !closed.has_words {
                self.findings.push(closed.without_words());
            }
        }
        if self.open.is_empty() {
            self.hidden = None;
        }
    }

    fn end_heading(&mut self) {
        let Some((level, words)) = self.heading.take() else { return };
        let found = |message: String, label| Finding {
            label,
            note: Some(format!("it says: {}", words.trim())).filter(|_| !words.trim().is_empty()),
            trace: Trace::Heading(words.as_str().into()),
            ..Finding::new(&codes::L005, message)
        };
        // Before the headline there may be one of the second level, such as the menu's.
        let last = self.headings.last.max(1);
        if level > last + 1 {
            let message = format!("a heading of level {level} comes after one of level {last}");
            self.findings.push(found(message, "this level is too deep"));
        }
        if level == 1 {
            self.headings.first_levels += 1;
            if self.headings.first_levels == 2 {
                let message = "the page has more than one heading of level 1".into();
                self.findings.push(found(message, "this is the second"));
            }
        }
        self.headings.last = level;
    }

    /// The addresses that a tag has.
    fn addresses(&mut self, element: Element, tag: &Tag) {
        let names: &[Attribute] = match element {
            Element::A | Element::Area | Element::Use => &[Attribute::Href, Attribute::XlinkHref],
            Element::Link => {
                // These say only which hosts will be asked.
                let rel = tag.get(Attribute::Rel).unwrap_or_default();
                if rel.contains("preconnect") || rel.contains("dns-prefetch") {
                    return;
                }
                &[Attribute::Href]
            }
            Element::Picture | Element::Medium => &[Attribute::Src, Attribute::Poster],
            Element::Object => &[Attribute::Data],
            _ => return,
        };
        let is_link = matches!(element, Element::A | Element::Area);
        for name in names {
            if let Some(address) = tag.get(*name) {
                self.address(address, is_link);
            }
        }
        if let Some(set) = tag.get(Attribute::Srcset).filter(|_| !is_link) {
            html::candidates(set).for_each(|(address, _)| self.address(address, false));
        }
    }

    /// Notes where an address leads.
    fn address(&mut self, written: &str, is_link: bool) {
        let written = written.trim_matches(|c: char| c.is_ascii_whitespace());
        match self.leads(written) {
            Leads::To(page) => {
                if is_link {
                    self.links.push(page);
                }
                if written.contains('#') && anchor(written).is_some() {
                    self.anchors.push((page, written.into()));
                }
            }
            Leads::Nowhere(address) => {
                let menu = &self.examiner.edition.site.config.menu;
                // What is wrong with the menu has been said where it is written.
                if menu.iter().any(|item| url::without_query(item.url.get_ref()) == address) {
                    return;
                }
                let message = format!("the site has nothing at `{address}`");
                self.findings.push(Finding {
                    label: "this leads nowhere",
                    trace: Trace::Address(vec![written.into(), address.as_str().into()]),
                    sought: Some(address),
                    ..Finding::new(&codes::L001, message)
                });
            }
            Leads::Beside(path) => {
                let base = &self.examiner.edition.site.config.base_path;
                let message = format!("`{path}` is not below `{base}`, where the site is");
                self.findings.push(Finding {
                    label: "this leaves the site",
                    help: Some(format!("in a template, write {{{{ url(path=\"{path}\") }}}}")),
                    // Where it is written rightly, `path=` stands before it.
                    trace: Trace::Text(
                        ["href", "src"].map(|name| format!("{name}=\"{written}\"")).to_vec(),
                    ),
                    ..Finding::new(&codes::L001, message)
                });
            }
            Leads::Away(url) => self.external.push(url.into()),
            Leads::Else => {}
        }
    }

    fn leads(&self, written: &str) -> Leads {
        let Reading { examiner, page, .. } = self;
        let top = examiner.edition.site.config.top();
        if self.base.is_none() && url::without_query(written).is_empty() {
            return Leads::To(self.number);
        }
        let from = self.base.as_deref().unwrap_or(&page.address);
        let Some(path) = top.host_path(from, written) else {
            return if url::is_web(written) {
                Leads::Away(written.to_owned())
            } else if written.starts_with("//") {
                Leads::Away(top.with_scheme(written))
            } else {
                Leads::Else
            };
        };
        match top.site_path(&path) {
            Some(address) => match examiner.number(&address) {
                Some(page) => Leads::To(page),
                None => Leads::Nowhere(address.into_owned()),
            },
            // Beside the site, on its host: most likely an address without the base is written.
            None if examiner.number(&url::decode(&path)).is_some() => {
                Leads::Beside(path.into_owned())
            }
            None => Leads::Away(top.on_host(&path)),
        }
    }

    fn finish(mut self) -> Facts {
        self.end_heading();
        while let Some(element) = self.open.last().map(|open| open.element) {
            self.close(element);
        }
        self.whole_page();
        self.ids.sort();
        for pair in self.ids.windows(2).filter(|pair| pair[0] == pair[1]) {
            let id = &pair[0];
            let finding = Finding {
                label: "this id is there twice",
                trace: Trace::Text(vec![format!("{{#{id}}}"), format!("id=\"{id}\"")]),
                ..Finding::new(&codes::L004, format!("several elements have the id `{id}`"))
            };
            self.findings.push(finding);
        }
        self.ids.append(&mut self.names);
        self.ids.sort();
        self.ids.dedup();
        self.links.sort_unstable();
        self.links.dedup();
        self.anchors.sort();
        self.anchors.dedup();
        self.external.sort();
        self.external.dedup();
        Facts {
            is_partial: false,
            page: self.number,
            ids: self.ids.into(),
            links: self.links.into(),
            anchors: self.anchors.into(),
            external: self.external.into(),
            findings: self.findings.into(),
        }
    }

    /// What can be said at the end only.
    fn whole_page(&mut self) {
        if !self.has_language {
            self.findings.push(Finding {
                label: "this tag has no `lang`",
                help: Some("write <html lang=\"{{ site.language }}\">".into()),
                trace: Trace::Text(vec!["<html>".into(), "<html lang=\"\"".into()]),
                ..Finding::new(&codes::L007, "the page does not say its language")
            });
        }
        // A page that only sends on has nothing to head.
        if self.headings.first_levels == 0
            && !matches!(self.page.page_kind(), Some(PageKind::Redirect { .. }))
        {
            let message = "the page has no heading of level 1";
            self.findings.push(Finding::new(&codes::L005, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::assemble::BuildTime;
    use crate::pipeline::Project;
    use crate::theme;

    /// A site with nothing but its own pages.
    fn edition() -> Edition {
        let folder = tempfile::tempdir().unwrap();
        let text = "title = \"x\"\nbase_url = \"https://a.example/games/\"\ntime_zone = \"Europe/Paris\"\n";
        std::fs::write(folder.path().join("site.toml"), text).unwrap();
        let project = Project::open(folder.path()).unwrap();
        let build_time = BuildTime { at: jiff::Timestamp::UNIX_EPOCH, drafts: false };
        let site = project.site(build_time, &mut Vec::new());
        let theme =
            theme::load(folder.path(), &project.config, &crate::render::pages::TEMPLATES).unwrap();
        Edition::new(site, theme, &mut Vec::new())
    }

    fn examine(edition: &Edition, address: &str, html: &str) -> Facts {
        let page = crate::plan::page_at(&edition.pages, address).unwrap();
        Examiner::new(edition).examine(page, html.as_bytes())
    }

    /// Codes and messages of what is wrong with a page by itself.
    fn said(edition: &Edition, html: &str) -> Vec<String> {
        let whole = format!("<html lang=en><h1>a</h1>{html}");
        let facts = examine(edition, "/medals/", &whole);
        facts
            .findings
            .iter()
            .map(|finding| format!("{} {}", finding.code.id, finding.message))
            .collect()
    }

    #[test]
    fn links_leave_or_lead_somewhere() {
        let edition = edition();
        let html = "<a href=' https://b.example/#c '>a</a><a href=/stories/>a</a><a href=tel:1>a</a>\
            <a href=javascript:1>a</a><a href='/beside/'>a</a><img src='//c.example/d.png'>\
            <link rel=preconnect href='https://e.example/'><a href=''>a</a><a>a</a>";
        let facts = examine(&edition, "/medals/", html);
        let external: Vec<&str> = facts.external.iter().map(AsRef::as_ref).collect();
        assert_eq!(
            external,
            ["https://a.example/beside/", "https://b.example/#c", "https://c.example/d.png"]
        );
        assert_eq!(
            said(&edition, "<a href=/stories/>a</a>"),
            ["L001 `/stories/` is not below `/games/`, where the site is"]
        );
        assert_eq!(said(&edition, "<a href=/games/stories>a</a>"), [""; 0]);
        assert_eq!(said(&edition, "<base href=/games/><a href=stories/>a</a>"), [""; 0]);
        assert_eq!(
            said(&edition, "<video poster=a.png src=/games/></video>"),
            ["L001 the site has nothing at `/medals/a.png`"]
        );
    }

    #[test]
    fn words_of_links_and_buttons() {
        let edition = edition();
        for right in [
            "<a href=''>a</a>",
            "<a href=''><b><i>a</i></b></a>",
            "<a href='' title=a></a>",
            "<a href=''><img alt=a></a>",
            "<a href=''><svg aria-hidden=true><path/></svg> a</a>",
            "<a href=''><span role=img aria-label=a></span></a>",
            "<a></a><a name=a></a>",
            "<a href='' aria-hidden=true></a>",
            "<button aria-labelledby=a></button>",
            "<h2><a href=''>a</a></h2>",
        ] {
            assert_eq!(said(&edition, right), [""; 0], "{right}");
        }
        for wrong in [
            "<a href=''></a>",
            "<a href=''> &nbsp;\n</a>",
            "<a href=''><img alt=''></a>",
            "<a href=''><i aria-hidden=true>a<i>b</i></i></a>",
            "<a href=''><a href='' title=b></a>",
            "<a href='' aria-label=' '>",
            "<button><a href=''>",
        ] {
            let said = said(&edition, wrong);
            assert!(
                !said.is_empty() && said.iter().all(|line| line.starts_with("L006")),
                "{wrong}"
            );
        }
    }

    #[test]
    fn headings_ids_and_the_language() {
        let edition = edition();
        let level = "L005 a heading of level 4 comes after one of level 2";
        assert_eq!(said(&edition, "<h2>a</h2><h4>b</h4><h2>c</h2><h3>d</h3>"), [level]);
        assert_eq!(
            said(&edition, "<h1>a</h1>"),
            ["L005 the page has more than one heading of level 1"]
        );
        assert_eq!(
            said(&edition, "<p id=a></p><p id=a></p>"),
            ["L004 several elements have the id `a`"]
        );
        assert_eq!(said(&edition, "<p id=a></p><a name=a></a><p id=A id=a></p>"), [""; 0]);
        let facts = examine(&edition, "/", "");
        let codes: Vec<&str> = facts.findings.iter().map(|finding| finding.code.id).collect();
        assert_eq!(codes, ["L007", "L005"]);
    }

    #[test]
    fn what_looks_like_a_tag_and_is_none_does_not_count() {
        let edition = edition();
        let html = "<!-- <a href=/x> --><script>'<a href=/x>'</script><style>/*<h4>*/</style>\
            <textarea><p id=a></textarea><p id=a title='<a href=/x>'>";
        assert_eq!(said(&edition, html), [""; 0]);
    }

    #[test]
    fn an_address_is_found_where_one_can_stand() {
        let found =
            |text: &str| written(text, &Trace::Address(vec!["/a/".into()])).map(|span| span.start);
        assert_eq!(found("of /a/ and \"/a/b/\" <a href=\"/a/\">"), Some(28));
        assert_eq!(found("[a](/a/#b)"), Some(4));
        assert_eq!(found("{{ url(path='/a/') }}"), Some(13));
        assert_eq!(found("/a/ (/a/) \"/a/b\""), None);
    }

    #[test]
    fn no_page_makes_it_panic() {
        let edition = edition();
        let examiner = Examiner::new(&edition);
        let read =
            |html: &[u8]| judge(&edition, &[examiner.examine(&edition.pages[0], html)], true);
        let parts = vec![
            "<a href=",
            "<h1>",
            "</h6>",
            "<button",
            "</a>",
            "<img srcset=\"",
            "\"",
            ">",
            "é",
            " ",
            ",",
            "%",
            "..",
            "/",
            "#",
            "id=x ",
            "aria-hidden=true ",
            "<script>",
            "<!--",
            "?",
            "//",
            "/games",
            "https:",
            "&#0;",
            "<base href=",
            "\r\n",
            "\0",
        ];
        let soup = prop::collection::vec(prop::sample::select(parts), 0..60);
        proptest!(|(bytes in prop::collection::vec(any::<u8>(), 0..400), soup in soup)| {
            read(&bytes);
            read(soup.concat().as_bytes());
        });
    }
}
