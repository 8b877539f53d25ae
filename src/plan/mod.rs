//! Stage 4, plan: the list of pages.
//!
//! A [`Page`] is an address and what is to be there; nothing is rendered yet. Two that claim one
//! address are found here, by the name of the file that they would be written to, in any case of
//! letters, since many machines do not tell `A` from `a`.

pub mod addresses;
mod claims;
mod feeds;
mod icons;
mod kinds;
mod sitemaps;

use crate::assemble::{DocumentId, EventNode, Site};
use crate::diagnostics::{Diagnostic, Place, codes};
use crate::flags;
use crate::parse::documents::Story;
use crate::parse::live::Live;
use crate::theme::Theme;
use crate::web::url;
use addresses as at;
use claims::{By, Claims};
pub use feeds::FeedOf;
pub use icons::Icon;
pub use kinds::{Calendar, FileKind, Kind, PageFacts, PageKind, Programme};
pub use sitemaps::{Part, news};

/// Something that is published at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// From the top of the site: `/stories/x/`, or a file such as `/404.html`.
    pub address: String,
    /// What is there.
    pub kind: Kind,
}

/// Athletes on one page of their list.
pub const ATHLETES_PER_PAGE: usize = 150;

/// How many pages a list has; an empty one has a page too.
pub fn page_count(items: usize, per_page: usize) -> usize {
    items.div_ceil(per_page).max(1)
}

impl Page {
    /// Its kind, if it is a page that people read; nothing if it is a file.
    pub fn page_kind(&self) -> Option<&PageKind> {
        match &self.kind {
            Kind::Page(kind) => Some(kind),
            Kind::File(_) => None,
        }
    }

    /// Whether there may be addresses of pictures in it.
    pub fn mentions_pictures(&self) -> bool {
        match &self.kind {
            Kind::Page(_) => true,
            Kind::File(kind) => kind.mentions_pictures(),
        }
    }

    /// What a report calls it, without an article.
    fn name(&self, site: &Site) -> &'static str {
        match &self.kind {
            Kind::Page(kind) => kind.facts(site).name,
            Kind::File(kind) => kind.name(),
        }
    }

    /// Whether search engines are told of it.
    pub fn is_in_sitemap(&self, site: &Site) -> bool {
        self.page_kind().is_some_and(|kind| kind.facts(site).is_indexed)
    }

    /// The file below the output folder: `/a/` is a/index.html.
    pub fn file(&self) -> String {
        let path = self.address.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        }
    }
}

/// Where a story is.
pub fn story_address(story: &Story) -> String {
    match story.file.live {
        Some(_) => at::live(&story.slug),
        None => at::story(&story.slug),
    }
}

/// Where an update of a live blog is: its page, and its id there.
pub fn update_address(story: &Story, live: &Live, update: usize) -> String {
    let page = at::older(&story_address(story), live.page_of(update));
    format!("{page}#{}", live.updates[update].id)
}

/// Where an event is.
pub fn event_address(site: &Site, event: &EventNode) -> String {
    at::event(&site.sports[event.sport].slug, &event.doc.slug)
}

/// Where the results of an event are as data.
pub fn results_data_address(site: &Site, event: &EventNode) -> String {
    at::results_data(&site.sports[event.sport].slug, &event.doc.slug)
}

/// Where the page of a document is.
pub fn document_address(site: &Site, id: DocumentId) -> String {
    match id {
        DocumentId::Story(i) => story_address(&site.stories[i].doc),
        DocumentId::Event(i) => event_address(site, &site.events[i]),
        DocumentId::NonMedalEvent(i) => at::non_medal_event(&site.non_medal_events[i].doc.slug),
        DocumentId::Athlete(i) => at::athlete(&site.athletes[i].slug),
        DocumentId::Nation(i) => at::nation(&site.nations[i].code),
        DocumentId::Sport(i) => at::sport(&site.sports[i].slug),
        DocumentId::Venue(i) => at::venue(&site.venues[i].slug),
        DocumentId::Author(i) => at::author(&site.authors[i].slug),
        DocumentId::Issue(i) => at::issue(&site.issues[i].doc.slug),
        DocumentId::Page(i) => site.pages[i].address.clone(),
    }
}

/// Every page of the site, by address, and the addresses that two claim. Flags are published for a theme that
/// shows them.
pub fn pages(site: &Site, theme: &Theme) -> (Vec<Page>, Vec<Diagnostic>) {
    let mut claims = Claims::new(site);
    kinds::claim(&mut claims);
    feeds::claim(&mut claims);
    icons::claim(&mut claims);
    for (i, asset) in site.assets.iter().enumerate() {
        let by = By::Path(format!("content/{}", asset.path));
        claims.file(format!("/{}", asset.path), FileKind::Copy(i), by);
    }
    if theme.shows_flags {
        claim_flags(&mut claims);
    }
    for (i, asset) in theme.assets.iter().enumerate() {
        let by = By::Path(asset.origin.clone());
        claims.file(asset.address.clone(), FileKind::ThemeAsset(i), by);
    }
    for (id, file) in site.documents().filter(|(_, file)| !file.aliases.is_empty()) {
        let to = document_address(site, id);
        for (i, alias) in file.aliases.iter().enumerate() {
            let by = By::Alias(file, i);
            claims.page(alias.clone(), PageKind::Redirect { to: to.clone() }, by);
        }
    }
    sitemaps::claim(&mut claims);
    let (pages, mut problems) = claims.settle();
    problems.extend(menu(site, &pages));
    problems.extend(shops(site, &pages));
    (pages, problems)
}

/// Claims the addresses of the flags of all nations that have one.
fn claim_flags(claims: &mut Claims) {
    for (i, nation) in claims.site.nations.iter().enumerate() {
        if flags::png(&nation.code).is_some() {
            claims.file(at::flag(&nation.code), FileKind::Flag(i), By::Podium);
        }
    }
}

/// The page at an address; pages are in the order of addresses.
pub fn page_at<'p>(pages: &'p [Page], address: &str) -> Option<&'p Page> {
    let i = pages.binary_search_by(|page| page.address.as_str().cmp(address)).ok()?;
    Some(&pages[i])
}

/// Whether there is a page, or a file, where a link of the site leads.
fn leads_to_page(pages: &[Page], address: &str) -> bool {
    page_at(pages, url::without_query(address)).is_some()
}

/// Each suggestion is looked for among all pages; after so many wrong addresses nobody reads them.
const MOST_GUESSES: usize = 20;

/// Where issues are sold must be there, if that is on the site.
fn shops(site: &Site, pages: &[Page]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for issue in &site.issues {
        let doc = &issue.doc;
        for (key, address) in [("buy", &doc.buy), ("subscribe", &doc.subscribe)] {
            let Some(address) = address.as_ref().filter(|address| address.starts_with('/')) else {
                continue;
            };
            if !leads_to_page(pages, address) {
                let known = pages.iter().map(|page| page.address.as_str());
                let message = format!("`{key}` leads to {address}, where there is no page");
                let problem = Diagnostic::new(&codes::F017, doc.file.place(key), message);
                problems.push(match problems.len() < MOST_GUESSES {
                    true => problem.did_you_mean(address, known),
                    false => problem,
                });
            }
        }
    }
    problems
}

/// Where the menu leads to must be there.
fn menu(site: &Site, pages: &[Page]) -> Vec<Diagnostic> {
    let own = site.config.links().filter(|(_, url)| url.get_ref().starts_with('/'));
    own.filter(|(_, url)| !leads_to_page(pages, url.get_ref()))
        .map(|(name, url)| {
            let place = Place::Span(site.config.source.clone(), url.span());
            let url = url.get_ref();
            let known: Vec<String> =
                pages.iter().map(|page| format!("\"{}\"", page.address)).collect();
            Diagnostic::new(
                &codes::C004,
                place,
                format!("the {name} leads to {url}, where there is no page"),
            )
            .did_you_mean(url, known.iter().map(String::as_str))
        })
        .collect()
}
