//! Stage 4, plan: the list of pages.
//!
//! A [`Page`] is an address and what is to be there; nothing is rendered yet. Two that claim one
//! address are found here, by the name of the file that they would be written to, in any case of
//! letters, since many machines do not tell `A` from `a`.

pub mod addresses;
mod feeds;
mod sitemaps;

use std::collections::BTreeMap;

use crate::assemble::{DocumentId, EventNode, Site};
use crate::config::FeedFormat;
use crate::diagnostics::{Diagnostic, Place, codes};
use crate::parse::documents::{File, Story};
use crate::parse::live::Live;
use crate::theme::assets::ThemeAsset;
use addresses as at;
pub use feeds::FeedOf;
pub use sitemaps::{Part, in_sitemap, news};

/// Something that is published at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// From the top of the site: `/stories/x/`, or a file such as `/404.html`.
    pub address: String,
    /// What is there.
    pub kind: Kind,
}

/// What is at an address. Numbers are indices into the [`Site`]; the second, where there are two,
/// is the page of a long list, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The home page.
    Home,
    /// A story.
    Story(usize),
    /// A live blog: its own page with the newest updates, 0, or a page of older ones, from 1.
    Live(usize, usize),
    /// The newest updates of a live blog as data, for pages that are open.
    LiveUpdates(usize),
    /// All stories, newest first.
    Stories(usize),
    /// The medal table.
    Medals,
    /// The medal table as data.
    MedalsData,
    /// The days of the schedule.
    Schedule,
    /// A day of the schedule.
    Day(usize),
    /// Something on the schedule that is no event.
    NonMedalEvent(usize),
    /// A calendar for programs that keep one.
    Calendar(Calendar),
    /// The newest stories for programs that follow them.
    Feed(FeedOf, FeedFormat),
    /// The list of pages for search engines; if it is too long for one file, the list of its parts, of
    /// which there are so many.
    Sitemap(usize),
    /// A part of that list.
    SitemapPart(Part),
    /// The stories of the last two days for Google News.
    NewsSitemap,
    /// Where the lists for search engines are.
    Robots,
    /// All sports with their events.
    Sports,
    /// A sport.
    Sport(usize, usize),
    /// An event.
    Event(usize),
    /// All athletes.
    Athletes(usize),
    /// An athlete.
    Athlete(usize, usize),
    /// All nations.
    Nations,
    /// A nation.
    Nation(usize, usize),
    /// All venues.
    Venues,
    /// A venue.
    Venue(usize, usize),
    /// All authors.
    Authors,
    /// An author.
    Author(usize, usize),
    /// All tags.
    Tags,
    /// A tag.
    Tag(usize, usize),
    /// A plain page.
    Plain(usize),
    /// What a host shows where nothing is.
    NotFound,
    /// An old address that leads to a new one.
    Redirect {
        /// The new one, from the top of the site.
        to: String,
    },
    /// A file of content/ that is copied.
    Copy(usize),
    /// A file of the theme.
    ThemeAsset(usize),
    /// The list of what is published, which publishing writes itself.
    Manifest,
}

/// Whose sessions are in a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// All.
    Games,
    /// A sport's.
    Sport(usize),
    /// Those of events that a nation's athletes have entered.
    Nation(usize),
    /// A venue's.
    Venue(usize),
}

/// Where the list of what is published lies.
const MANIFEST: &str = "/.podium-manifest";

/// Athletes on one page of their list.
pub const ATHLETES_PER_PAGE: usize = 200;

/// How many pages a list has; an empty one has a page too.
pub fn page_count(items: usize, per_page: usize) -> usize {
    items.div_ceil(per_page).max(1)
}

impl Kind {
    /// Whether it is a page that people read, and not a file.
    pub fn is_page(&self) -> bool {
        !matches!(
            self,
            Kind::Copy(_)
                | Kind::ThemeAsset(_)
                | Kind::Manifest
                | Kind::MedalsData
                | Kind::LiveUpdates(_)
                | Kind::Calendar(_)
                | Kind::Feed(..)
                | Kind::Sitemap(_)
                | Kind::SitemapPart(_)
                | Kind::NewsSitemap
                | Kind::Robots
        )
    }
}

impl Page {
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
    match story.live {
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
        DocumentId::Page(i) => site.pages[i].address.clone(),
    }
}

/// Who claims an address.
struct Claim<'a> {
    page: Page,
    /// In words, for a report: "the story".
    what: &'static str,
    by: By<'a>,
}

/// What an author would have to change. Its place is looked up only for a report.
enum By<'a> {
    Podium,
    File(&'a File),
    Alias(&'a File, usize),
    Path(String),
}

impl By<'_> {
    fn place(&self) -> Place {
        match self {
            By::Podium => Place::Site,
            By::File(file) => file.place("slug"),
            By::Alias(file, i) => file.place(&format!("aliases[{i}]")),
            By::Path(path) => Place::File(path.clone()),
        }
    }
}

/// Every page of the site, by address, and the addresses that two claim.
pub fn pages(site: &Site, theme_assets: &[ThemeAsset]) -> (Vec<Page>, Vec<Diagnostic>) {
    let mut claims = Vec::new();
    {
        let mut claim = |address: String, kind: Kind, what: &'static str, by| {
            claims.push(Claim { page: Page { address, kind }, what, by });
        };
        own_pages(site, &mut claim);
        topic_pages(site, &mut claim);
        feeds::claim(site, &mut claim);
        for (i, asset) in site.assets.iter().enumerate() {
            let by = By::Path(format!("content/{}", asset.path));
            claim(format!("/{}", asset.path), Kind::Copy(i), "the file", by);
        }
        for (i, asset) in theme_assets.iter().enumerate() {
            let by = By::Path(asset.origin.clone());
            claim(asset.address.clone(), Kind::ThemeAsset(i), "the theme's file", by);
        }
        for (id, document) in
            site.documents().filter(|(_, document)| !document.aliases().is_empty())
        {
            let to = document_address(site, id);
            for (i, alias) in document.aliases().iter().enumerate() {
                let kind = Kind::Redirect { to: to.clone() };
                claim(alias.clone(), kind, "the alias", By::Alias(document.file(), i));
            }
        }
    }
    sitemaps::claim(site, &mut claims);
    let (pages, mut problems) = settle(claims);
    problems.extend(menu(site, &pages));
    (pages, problems)
}

/// The page at an address; pages are in the order of addresses.
pub fn page_at<'p>(pages: &'p [Page], address: &str) -> Option<&'p Page> {
    let i = pages.binary_search_by(|page| page.address.as_str().cmp(address)).ok()?;
    Some(&pages[i])
}

/// Where the menu leads to must be there.
fn menu(site: &Site, pages: &[Page]) -> Vec<Diagnostic> {
    let items = site.config.menu.iter().filter(|item| item.url.get_ref().starts_with('/'));
    items
        .filter(|item| {
            let url = item.url.get_ref().split(['#', '?']).next().unwrap_or_default();
            page_at(pages, url).is_none()
        })
        .map(|item| {
            let place = Place::Span(site.config.source.clone(), item.url.span());
            let url = item.url.get_ref();
            let known: Vec<String> =
                pages.iter().map(|page| format!("\"{}\"", page.address)).collect();
            Diagnostic::new(
                &codes::C004,
                place,
                format!("the menu leads to {url}, where there is no page"),
            )
            .did_you_mean(url, known.iter().map(String::as_str))
        })
        .collect()
}

/// Everything that has a calendar: whatever has a session.
fn calendars(site: &Site) -> Vec<(Calendar, String)> {
    let mut calendars = Vec::new();
    if !site.schedule.is_empty() {
        calendars.push((Calendar::Games, at::SCHEDULE.to_owned()));
    }
    for (i, sport) in site.sports.iter().enumerate().filter(|(_, it)| !it.schedule.is_empty()) {
        calendars.push((Calendar::Sport(i), at::sport(&sport.slug)));
    }
    for (i, venue) in site.venues.iter().enumerate().filter(|(_, it)| !it.schedule.is_empty()) {
        calendars.push((Calendar::Venue(i), at::venue(&venue.slug)));
    }
    for (i, nation) in site.nations.iter().enumerate() {
        if site.schedule_of_nation(nation).next().is_some() {
            calendars.push((Calendar::Nation(i), at::nation(&nation.code)));
        }
    }
    calendars
}

type Claimer<'c, 's> = dyn FnMut(String, Kind, &'static str, By<'s>) + 'c;

fn own_pages<'s>(site: &'s Site, claim: &mut Claimer<'_, 's>) {
    let of = By::File;
    claim("/".into(), Kind::Home, "the home page", By::Podium);
    claim(MANIFEST.into(), Kind::Manifest, "the list of published files", By::Podium);
    claim(
        "/404.html".into(),
        Kind::NotFound,
        "the page for addresses that do not exist",
        By::Podium,
    );
    claim(at::MEDALS.into(), Kind::Medals, "the medal table", By::Podium);
    claim(at::MEDALS_DATA.into(), Kind::MedalsData, "the medal table's data", By::Podium);
    claim(at::SCHEDULE.into(), Kind::Schedule, "the schedule", By::Podium);
    for (i, day) in site.days.iter().enumerate() {
        claim(at::day(day.date), Kind::Day(i), "the day of the schedule", By::Podium);
    }
    for (i, non_medal_event) in site.non_medal_events.iter().enumerate() {
        let address = at::non_medal_event(&non_medal_event.doc.slug);
        claim(address, Kind::NonMedalEvent(i), "the occasion", of(&non_medal_event.doc.file));
    }
    for (calendar, address) in calendars(site) {
        claim(at::calendar(&address), Kind::Calendar(calendar), "the calendar", By::Podium);
    }
    for page in 1..=page_count(site.stories.len(), site.config.per_page) {
        claim(at::paged(at::STORIES, page), Kind::Stories(page), "the list of stories", By::Podium);
    }
    for (i, story) in site.stories.iter().enumerate() {
        let address = story_address(&story.doc);
        let file = &story.doc.file;
        let Some(live) = &story.doc.live else {
            claim(address, Kind::Story(i), "the story", of(file));
            continue;
        };
        claim(at::updates(&address), Kind::LiveUpdates(i), "the live blog's data", of(file));
        for page in 0..=live.older_pages() {
            claim(at::older(&address, page), Kind::Live(i, page), "the live blog", of(file));
        }
    }
    for (i, event) in site.events.iter().enumerate() {
        let address = event_address(site, event);
        claim(address, Kind::Event(i), "the event", of(&event.doc.file));
    }
    for (i, page) in site.pages.iter().enumerate() {
        claim(page.address.clone(), Kind::Plain(i), "the page", of(&page.file));
    }
}

fn topic_pages<'s>(site: &'s Site, claim: &mut Claimer<'_, 's>) {
    let per_page = site.config.per_page;
    let of = |file: Option<&'s File>| file.map_or(By::Podium, By::File);
    let paged = |claim: &mut Claimer<'_, 's>,
                 address: &str,
                 stories: usize,
                 kind: &dyn Fn(usize) -> Kind,
                 what: &'static str,
                 file: Option<&'s File>| {
        for page in 1..=page_count(stories, per_page) {
            claim(at::paged(address, page), kind(page), what, of(file));
        }
    };
    for (i, athlete) in site.athletes.iter().enumerate() {
        let file = athlete.doc.as_ref().map(|doc| &doc.file);
        let address = at::athlete(&athlete.slug);
        paged(
            claim,
            &address,
            athlete.stories.len(),
            &|page| Kind::Athlete(i, page),
            "the athlete",
            file,
        );
    }
    for (i, nation) in site.nations.iter().enumerate() {
        let file = nation.doc.as_ref().map(|doc| &doc.file);
        let address = at::nation(&nation.code);
        paged(
            claim,
            &address,
            nation.stories.len(),
            &|page| Kind::Nation(i, page),
            "the nation",
            file,
        );
    }
    type Topics<'a> =
        (&'a [crate::assemble::Topic], fn(&str) -> String, fn(usize, usize) -> Kind, &'static str);
    let topics: [Topics; 4] = [
        (&site.sports, at::sport, Kind::Sport, "the sport"),
        (&site.venues, at::venue, Kind::Venue, "the venue"),
        (&site.authors, at::author, Kind::Author, "the author"),
        (&site.tags, at::tag, Kind::Tag, "the tag"),
    ];
    for (topics, address, kind, what) in topics {
        for (i, topic) in topics.iter().enumerate() {
            let file = topic.doc.as_ref().map(|doc| &doc.file);
            let address = address(&topic.slug);
            paged(claim, &address, topic.stories.len(), &|page| kind(i, page), what, file);
        }
    }
    for page in 1..=page_count(site.athletes.len(), ATHLETES_PER_PAGE) {
        claim(
            at::paged(at::ATHLETES, page),
            Kind::Athletes(page),
            "the list of athletes",
            By::Podium,
        );
    }
    for (address, kind, what) in [
        (at::SPORTS, Kind::Sports, "the list of sports"),
        (at::NATIONS, Kind::Nations, "the list of nations"),
        (at::VENUES, Kind::Venues, "the list of venues"),
        (at::AUTHORS, Kind::Authors, "the list of authors"),
        (at::TAGS, Kind::Tags, "the list of tags"),
    ] {
        claim(address.into(), kind, what, By::Podium);
    }
}

/// Keeps the first claim of each address and reports the others.
fn settle(claims: Vec<Claim>) -> (Vec<Page>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut files: BTreeMap<String, Claim> = BTreeMap::new();
    for claim in claims {
        let file = claim.page.file().to_lowercase();
        match files.entry(file) {
            std::collections::btree_map::Entry::Vacant(slot) => {
                slot.insert(claim);
            }
            std::collections::btree_map::Entry::Occupied(slot) => {
                problems.push(clash(&claim, slot.get()));
            }
        }
    }
    // A file cannot be where another page needs a folder.
    for (file, claim) in &files {
        for (end, _) in file.match_indices('/') {
            if let Some(other) = files.get(&file[..end]) {
                problems.push(clash(claim, other));
            }
        }
    }
    let mut pages: Vec<Page> = files.into_values().map(|claim| claim.page).collect();
    pages.retain(|page| page.kind != Kind::Manifest);
    pages.sort_by(|a, b| a.address.cmp(&b.address));
    (pages, problems)
}

fn clash(second: &Claim, first: &Claim) -> Diagnostic {
    // Point at something that an author can change.
    let (second, first) =
        if matches!(second.by, By::Podium) { (first, second) } else { (second, first) };
    let message = if first.page.address == second.page.address {
        format!("{} and {} claim one address: {}", second.what, first.what, second.page.address)
    } else {
        format!(
            "{} at {} and {} at {} would be one file on many machines",
            second.what, second.page.address, first.what, first.page.address
        )
    };
    let problem = Diagnostic::new(&codes::A001, second.by.place(), message);
    match first.by.place() {
        Place::Site => problem.note(format!("{} is made by Podium", first.what)),
        place => problem.related(place, "this is the other one"),
    }
    .help("give one of them another slug, name or alias")
}
