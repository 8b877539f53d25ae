//! Stage 5, render: a page becomes bytes.
//!
//! What many pages share (a story's card, a nation) is made once, as a [`tera::Value`] whose clone
//! is a count of references; what a page alone shows is made when the page is rendered and dropped
//! with it. So the memory does not grow with the pages, and a page can be rendered by itself.

pub mod absolute;
mod alphabet;
mod breadcrumb;
mod calendar;
pub mod cards;
mod chart;
mod data;
mod describe;
mod embeds;
pub mod feeds;
mod globals;
mod head;
mod live;
pub mod mentions;
pub mod pages;
pub mod pictures;
mod results;
mod schema_org;
mod scope;
mod sitemap;
mod standings;
mod units;
mod winner;

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use crate::assemble::{ContentFile, Site};
use crate::config::at_levels;
use crate::diagnostics::Diagnostic;
use crate::flags;
use crate::markdown::{self, Host, Part, Rendered, Style};
use crate::parse::assets::Asset;
use crate::parse::documents::{Document, File};
use crate::plan::{self, FileKind, Icon, Kind, Page, PageKind};
use crate::theme::Theme;
use cards::Cards;
pub use data::medals_sheet;
pub use globals::all as globals;
use scope::{Bare, Scope};
use units::Units;

/// What is to be written for a page.
#[derive(Debug)]
pub enum Output<'a> {
    /// These bytes.
    Bytes(Cow<'a, [u8]>),
    /// A copy of this file.
    Copy(&'a Path),
    /// A size of the house's icon, made of this file.
    Icon(&'a Arc<Asset>, Icon),
}

/// Renders pages of a site. It only looks at what it needs, and costs nothing to make.
#[derive(Clone, Copy, Debug)]
pub struct Renderer<'a> {
    /// What is published.
    pub site: &'a Site,
    /// How it looks. It must know the site's [`globals`].
    pub theme: &'a Theme,
    /// The site's.
    pub cards: &'a Cards,
    /// Every page of the site, in the order of addresses.
    pub pages: &'a [Page],
    /// What is made once of the texts of stories.
    pub texts: &'a feeds::StoryTexts,
    /// Whether feeds are to be rendered too, for which the texts of pages are kept.
    pub with_feeds: bool,
}

impl<'a> Renderer<'a> {
    /// Renders one page. If the problems have an error among them, the output is what can be shown of
    /// it: nothing, if it is the template that failed.
    pub fn page(&self, page: &Page) -> (Option<Output<'a>>, Vec<Diagnostic>) {
        let kind = match &page.kind {
            Kind::Page(kind) => return self.templated(page, kind),
            Kind::File(kind) => kind,
        };
        let text = match kind {
            FileKind::Copy(asset) => {
                let asset = &self.site.assets[*asset];
                return (Some(Output::Copy(&asset.absolute)), Vec::new());
            }
            FileKind::Icon(icon) => {
                return (self.site.icon().map(|asset| Output::Icon(asset, *icon)), Vec::new());
            }
            FileKind::Flag(nation) => {
                let flag = flags::png(&self.site.nations[*nation].code);
                return (flag.map(|png| Output::Bytes(Cow::Borrowed(png))), Vec::new());
            }
            FileKind::WebManifest => data::web_manifest(self.site),
            FileKind::ThemeAsset(asset) => {
                let bytes = Cow::Borrowed(self.theme.assets[*asset].bytes.as_slice());
                return (Some(Output::Bytes(bytes)), Vec::new());
            }
            FileKind::Feed(of, format) => {
                let bytes = Cow::Owned(feeds::render(self, *of, *format));
                return (Some(Output::Bytes(bytes)), Vec::new());
            }
            FileKind::LiveUpdates(story) => {
                match live::Blog::new(self, *story).map(|blog| blog.data(page)) {
                    Some(Ok(data)) => data,
                    Some(Err(problem)) => return (None, vec![*problem]),
                    None => return (None, Vec::new()),
                }
            }
            FileKind::MedalsData => data::medals(self.site),
            FileKind::MedalsSheet => data::medals_sheet(self.site, &self.site.medal_table),
            FileKind::ResultsData(event) => results::data(self.site, *event),
            FileKind::Calendar(of) => calendar::render(self.site, &self.theme.translations, *of),
            FileKind::Sitemap(0) => sitemap::all(self),
            FileKind::Sitemap(parts) => sitemap::index(self, *parts),
            FileKind::SitemapPart(part) => sitemap::part(self, *part),
            FileKind::NewsSitemap => sitemap::news(self),
            FileKind::Robots => sitemap::robots(self),
            // Publishing writes it.
            FileKind::Manifest => return (None, Vec::new()),
        };
        (Some(bytes(text)), Vec::new())
    }

    /// The document that a page is made of, if it is made of one.
    pub fn file(&self, page: &Page) -> Option<&'a File> {
        let document = page.page_kind()?.facts(self.site).document?;
        self.site.file_of(document)
    }

    /// The address of the page of what a file became.
    pub fn address_of(&self, file: ContentFile) -> Option<String> {
        match file {
            ContentFile::Document(id) => Some(plan::document_address(self.site, id)),
            ContentFile::Asset(i) => Some(format!("/{}", self.site.assets[i].path)),
            ContentFile::Unpublished | ContentFile::Broken => None,
        }
    }

    fn templated(&self, page: &Page, kind: &PageKind) -> (Option<Output<'a>>, Vec<Diagnostic>) {
        let view = pages::view(self, page, kind);
        let mut problems = at_levels(&self.site.config.check, view.problems);
        let shown = self.site.config.below_base(&page.address);
        match self.theme.render(pages::template(kind), &view.context, &shown) {
            Ok(html) => (Some(bytes(html)), problems),
            Err(problem) => {
                problems.push(*problem);
                (None, problems)
            }
        }
    }

    /// Whether the site has a page or file at this address.
    fn has(&self, address: &str) -> bool {
        plan::page_at(self.pages, address).is_some()
    }

    /// The Markdown of a file as HTML.
    fn body(&self, file: &File) -> Rendered {
        let scope = Scope::new(self, file);
        markdown::render(&file.source, &file.body, style(self.site, file), &scope)
    }

    /// How events went.
    fn units(&self) -> Units<'a> {
        Units { site: self.site, cards: self.cards, words: &self.theme.translations }
    }

    /// An address as it stands in HTML, below the site's base.
    fn url(&self, address: &str) -> String {
        cards::url(self.site, address)
    }
}

fn bytes<'a>(text: String) -> Output<'a> {
    Output::Bytes(Cow::Owned(text.into_bytes()))
}

fn style(site: &Site, file: &File) -> Style {
    Style::new(&site.config.markdown, file.raw_html)
}

/// Reads the Markdown of every document for what can be said without a theme: raw HTML, tags that
/// are not closed. Links and components are believed. For the report of a site whose theme is
/// broken, so that its stories' mistakes are told in the same run.
pub fn without_theme(site: &Site) -> Vec<Diagnostic> {
    use rayon::prelude::*;
    let whole = site.documents().map(|(_, file)| file);
    let remains = site.remains.iter().filter_map(Document::file);
    let files: Vec<&File> = whole.chain(remains).collect();
    let read = |file: &&File| problems_of(file, style(site, file), &Bare { site, file });
    at_levels(&site.config.check, files.par_iter().flat_map_iter(read).collect())
}

/// What is wrong with a text of which no page is made.
fn problems_of(file: &File, style: Style, host: &dyn Host) -> Vec<Diagnostic> {
    let Some(live) = &file.live else {
        return markdown::render(&file.source, &file.body, style, host).problems;
    };
    let spans = live.updates.iter().map(|update| &update.body).chain([&live.opening]);
    let part = |span| Part { span, definitions: &live.definitions, id: "", shift: 0 };
    spans
        .flat_map(|span| markdown::render_part(&file.source, part(span), style, host).problems)
        .collect()
}

impl Renderer<'_> {
    /// What is wrong with the texts of broken files, of which no page is made.
    pub fn remains(&self) -> Vec<Diagnostic> {
        use rayon::prelude::*;
        let read = |document: &Document| {
            let Some(file) = document.file() else { return Vec::new() };
            let style = style(self.site, file);
            problems_of(file, style, &Scope::new(self, file))
        };
        let found = self.site.remains.par_iter().flat_map_iter(read).collect();
        at_levels(&self.site.config.check, found)
    }
}
