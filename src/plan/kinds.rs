//! The kinds of page and file: what is at an address, and what is true of each kind.

use super::addresses as at;
use super::claims::{By, Claims};
use super::sitemaps::Part;
use super::{ATHLETES_PER_PAGE, FeedOf, Icon, event_address, results_data_address, story_address};
use crate::assemble::{DocumentId, Site, Topic};
use crate::config::FeedFormat;

/// Where the list of what is published lies.
const MANIFEST: &str = "/.podium-manifest";

/// What is at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page that people read.
    Page(PageKind),
    /// A file for programs, or one that is copied.
    File(FileKind),
}

/// A page that people read. Numbers are indices into the [`Site`]; the second, where there are two, is
/// the page of a long list, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// The home page.
    Home,
    Story(usize),
    /// A live blog: its own page with the newest updates, 0, or a page of older ones, from 1.
    Live(usize, usize),
    /// All stories, newest first.
    Stories(usize),
    /// The medal table.
    Medals,
    /// The days of the schedule.
    Schedule,
    /// A day of the schedule.
    Day(usize),
    /// The schedule of a sport or of a nation.
    Programme(Programme),
    /// Something on the schedule that gives no medals.
    NonMedalEvent(usize),
    /// All sports with their events.
    Sports,
    Sport(usize, usize),
    Event(usize),
    Athletes(usize),
    Athlete(usize, usize),
    Nations,
    Nation(usize, usize),
    Venues,
    Venue(usize, usize),
    Authors,
    Author(usize, usize),
    Tags,
    Tag(usize, usize),
    /// All issues of the magazine, newest first.
    Issues(usize),
    /// An issue of the magazine.
    Issue(usize),
    /// The same as one document to print.
    PrintEdition(usize),
    /// A plain page.
    Plain(usize),
    /// What a host shows where nothing is.
    NotFound,
    /// An old address that leads to a new one.
    Redirect {
        /// The new one, from the top of the site.
        to: String,
    },
}

/// A file that no template makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// The newest updates of a live blog as data, for pages that are open.
    LiveUpdates(usize),
    /// The medal table as data.
    MedalsData,
    /// The medal table as a spreadsheet.
    MedalsSheet,
    /// The results of an event as data.
    ResultsData(usize),
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
    /// A size of the house's icon.
    Icon(Icon),
    /// The flag of a nation.
    Flag(usize),
    /// What the site is called and which icons it has, for telephones.
    WebManifest,
    /// A file of content/ that is copied.
    Copy(usize),
    /// A file of the theme.
    ThemeAsset(usize),
    /// The list of what is published, which publishing writes itself.
    Manifest,
}

/// Whose schedule is on a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Programme {
    Sport(usize),
    /// That of events that a nation's athletes have entered.
    Nation(usize),
}

impl Programme {
    /// Its sessions, in the order of time.
    pub fn schedule(self, site: &Site) -> Vec<usize> {
        match self {
            Programme::Sport(i) => site.sports[i].schedule.clone(),
            Programme::Nation(i) => {
                let mut schedule: Vec<usize> = site.schedule_of_nation(&site.nations[i]).collect();
                schedule.sort_unstable();
                schedule.dedup();
                schedule
            }
        }
    }
}

/// Whose sessions are in a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// All.
    Games,
    Sport(usize),
    /// Those of events that a nation's athletes have entered.
    Nation(usize),
    Venue(usize),
}

/// What is known of a page before it is rendered.
pub struct PageFacts {
    /// What a report calls it, without an article: "list of stories".
    pub name: &'static str,
    /// Whether a site has several of its kind.
    pub is_one_of_many: bool,
    /// What it is the page of, if of one thing that may have a document.
    pub document: Option<DocumentId>,
    /// The feed of what it is about, if such things have feeds; not whether there are stories in it.
    pub feed: Option<FeedOf>,
    /// Whether search engines are told of it and may show it.
    pub is_indexed: bool,
    /// Whether readers should come to it by a link: an overview of nothing is left alone.
    pub is_to_be_found: bool,
    /// Whether the checks look at it. What stands on other pages too is told there, where it can be mended.
    pub is_examined: bool,
}

impl PageFacts {
    /// What a report calls it: "the list of stories", "an athlete".
    pub fn name_with_article(&self) -> String {
        let article = match self.is_one_of_many {
            true if self.name.starts_with(['a', 'e', 'i', 'o', 'u']) => "an",
            true => "a",
            false => "the",
        };
        format!("{article} {}", self.name)
    }

    /// Of one of its kind, which others link to.
    fn only(name: &'static str) -> PageFacts {
        PageFacts {
            name,
            is_one_of_many: false,
            document: None,
            feed: None,
            is_indexed: true,
            is_to_be_found: true,
            is_examined: true,
        }
    }

    /// An overview of things, of which there may be none.
    fn overview<T>(name: &'static str, things: &[T]) -> PageFacts {
        PageFacts { is_to_be_found: !things.is_empty(), ..PageFacts::only(name) }
    }

    fn one_of_many(name: &'static str) -> PageFacts {
        PageFacts { is_one_of_many: true, ..PageFacts::only(name) }
    }

    fn document(self, document: DocumentId) -> PageFacts {
        PageFacts { document: Some(document), ..self }
    }

    fn feed(self, feed: FeedOf) -> PageFacts {
        PageFacts { feed: Some(feed), ..self }
    }
}

impl PageKind {
    /// What is true of it on a site.
    pub fn facts(&self, site: &Site) -> PageFacts {
        let (only, many) = (PageFacts::only, PageFacts::one_of_many);
        match *self {
            PageKind::Home => {
                PageFacts { is_to_be_found: false, ..only("home page").feed(FeedOf::Site) }
            }
            PageKind::Story(i) => many("story").document(DocumentId::Story(i)),
            PageKind::Live(i, _) => many("live blog").document(DocumentId::Story(i)),
            PageKind::Stories(_) => PageFacts::overview("list of stories", &site.stories),
            PageKind::Medals => PageFacts::overview("medal table", &site.medal_table),
            PageKind::Schedule => PageFacts::overview("schedule", &site.days),
            PageKind::Day(_) => many("day of the schedule"),
            PageKind::Programme(_) => many("schedule of a sport or nation"),
            PageKind::NonMedalEvent(i) => many("occasion").document(DocumentId::NonMedalEvent(i)),
            PageKind::Sports => PageFacts::overview("list of sports", &site.sports),
            PageKind::Sport(i, _) => {
                many("sport").document(DocumentId::Sport(i)).feed(FeedOf::Sport(i))
            }
            PageKind::Event(i) => many("event").document(DocumentId::Event(i)),
            PageKind::Athletes(_) => PageFacts::overview("list of athletes", &site.athletes),
            PageKind::Athlete(i, _) => {
                many("athlete").document(DocumentId::Athlete(i)).feed(FeedOf::Athlete(i))
            }
            PageKind::Nations => PageFacts::overview("list of nations", &site.nations),
            PageKind::Nation(i, _) => {
                many("nation").document(DocumentId::Nation(i)).feed(FeedOf::Nation(i))
            }
            PageKind::Venues => PageFacts::overview("list of venues", &site.venues),
            PageKind::Venue(i, _) => many("venue").document(DocumentId::Venue(i)),
            PageKind::Authors => PageFacts::overview("list of authors", &site.authors),
            PageKind::Author(i, _) => {
                many("author").document(DocumentId::Author(i)).feed(FeedOf::Author(i))
            }
            PageKind::Tags => PageFacts::overview("list of tags", &site.tags),
            PageKind::Tag(i, _) => many("tag").feed(FeedOf::Tag(i)),
            PageKind::Issues(_) => PageFacts::overview("list of issues", &site.issues),
            PageKind::Issue(i) => many("issue").document(DocumentId::Issue(i)),
            // Search engines find its stories on their own pages.
            PageKind::PrintEdition(i) => PageFacts {
                is_indexed: false,
                is_examined: false,
                ..many("print edition").document(DocumentId::Issue(i))
            },
            PageKind::Plain(i) => many("page").document(DocumentId::Page(i)),
            PageKind::NotFound => PageFacts {
                is_indexed: false,
                is_to_be_found: false,
                ..only("page for addresses that do not exist")
            },
            PageKind::Redirect { .. } => {
                PageFacts { is_indexed: false, is_to_be_found: false, ..many("alias") }
            }
        }
    }
}

impl PageKind {
    /// The story or live blog whose own page it is.
    pub fn story(&self) -> Option<usize> {
        match self {
            PageKind::Story(i) | PageKind::Live(i, 0) => Some(*i),
            PageKind::Live(..)
            | PageKind::Home
            | PageKind::Stories(_)
            | PageKind::Medals
            | PageKind::Schedule
            | PageKind::Day(_)
            | PageKind::Programme(_)
            | PageKind::NonMedalEvent(_)
            | PageKind::Sports
            | PageKind::Sport(..)
            | PageKind::Event(_)
            | PageKind::Athletes(_)
            | PageKind::Athlete(..)
            | PageKind::Nations
            | PageKind::Nation(..)
            | PageKind::Venues
            | PageKind::Venue(..)
            | PageKind::Authors
            | PageKind::Author(..)
            | PageKind::Tags
            | PageKind::Tag(..)
            | PageKind::Issues(_)
            | PageKind::Issue(_)
            | PageKind::PrintEdition(_)
            | PageKind::Plain(_)
            | PageKind::NotFound
            | PageKind::Redirect { .. } => None,
        }
    }
}

impl FileKind {
    /// Whether a template of the theme makes it. Of the others nothing is wrong but what their pages tell too.
    pub fn has_template(&self) -> bool {
        match self {
            FileKind::LiveUpdates(_) => true,
            FileKind::MedalsData
            | FileKind::MedalsSheet
            | FileKind::ResultsData(_)
            | FileKind::Calendar(_)
            | FileKind::Feed(..)
            | FileKind::Sitemap(_)
            | FileKind::SitemapPart(_)
            | FileKind::NewsSitemap
            | FileKind::Robots
            | FileKind::Icon(_)
            | FileKind::Flag(_)
            | FileKind::WebManifest
            | FileKind::Copy(_)
            | FileKind::ThemeAsset(_)
            | FileKind::Manifest => false,
        }
    }

    /// Whether there may be addresses of pictures in it.
    pub fn mentions_pictures(&self) -> bool {
        match self {
            FileKind::LiveUpdates(_) | FileKind::Feed(..) | FileKind::WebManifest => true,
            FileKind::MedalsData
            | FileKind::MedalsSheet
            | FileKind::ResultsData(_)
            | FileKind::Calendar(_)
            | FileKind::Sitemap(_)
            | FileKind::SitemapPart(_)
            | FileKind::NewsSitemap
            | FileKind::Robots
            | FileKind::Icon(_)
            | FileKind::Flag(_)
            | FileKind::Copy(_)
            | FileKind::ThemeAsset(_)
            | FileKind::Manifest => false,
        }
    }

    /// What a report calls it, without an article.
    pub fn name(&self) -> &'static str {
        match self {
            FileKind::LiveUpdates(_) => "live blog's data",
            FileKind::MedalsData => "medal table's data",
            FileKind::MedalsSheet => "medal table as a spreadsheet",
            FileKind::ResultsData(_) => "event's results as data",
            FileKind::Calendar(_) => "calendar",
            FileKind::Feed(..) => "feed",
            FileKind::Sitemap(_) => "sitemap",
            FileKind::SitemapPart(_) => "part of the sitemap",
            FileKind::NewsSitemap => "sitemap for Google News",
            FileKind::Robots => "file for robots",
            FileKind::Icon(_) => "site's icon",
            FileKind::Flag(_) => "flag",
            FileKind::WebManifest => "web app manifest",
            FileKind::Copy(_) => "file",
            FileKind::ThemeAsset(_) => "theme's file",
            FileKind::Manifest => "list of published files",
        }
    }
}

/// Claims the addresses of all kinds but feeds, lists for search engines, files of content/ and of the theme,
/// and old addresses.
pub(super) fn claim(claims: &mut Claims) {
    let site = claims.site;
    claims.page("/", PageKind::Home, By::Podium);
    claims.file(MANIFEST, FileKind::Manifest, By::Podium);
    claims.page("/404.html", PageKind::NotFound, By::Podium);
    claims.page(at::MEDALS, PageKind::Medals, By::Podium);
    claims.file(at::MEDALS_DATA, FileKind::MedalsData, By::Podium);
    claims.file(at::MEDALS_SHEET, FileKind::MedalsSheet, By::Podium);
    claims.page(at::SCHEDULE, PageKind::Schedule, By::Podium);
    for (i, day) in site.days.iter().enumerate() {
        claims.page(at::day(day.date), PageKind::Day(i), By::Podium);
    }
    for (i, event) in site.non_medal_events.iter().enumerate() {
        let address = at::non_medal_event(&event.doc.slug);
        claims.page(address, PageKind::NonMedalEvent(i), By::File(&event.doc.file));
    }
    for (calendar, address) in calendars(site) {
        claims.file(at::calendar(&address), FileKind::Calendar(calendar), By::Podium);
        let programme = match calendar {
            Calendar::Sport(i) => Programme::Sport(i),
            Calendar::Nation(i) => Programme::Nation(i),
            // The days are that of all; a venue has few.
            Calendar::Games | Calendar::Venue(_) => continue,
        };
        claims.page(at::programme(&address), PageKind::Programme(programme), By::Podium);
    }
    let per_page = site.config.per_page;
    claims.list(at::STORIES, (site.stories.len(), per_page), PageKind::Stories, None);
    for (i, story) in site.stories.iter().enumerate() {
        let address = story_address(&story.doc);
        let file = &story.doc.file;
        let Some(live) = &story.doc.file.live else {
            claims.page(address, PageKind::Story(i), By::File(file));
            continue;
        };
        claims.file(at::updates(&address), FileKind::LiveUpdates(i), By::File(file));
        for page in 0..=live.older_pages() {
            claims.page(at::older(&address, page), PageKind::Live(i, page), By::File(file));
        }
    }
    for (i, event) in site.events.iter().enumerate() {
        let address = event_address(site, event);
        claims.page(address, PageKind::Event(i), By::File(&event.doc.file));
        if event.results.is_some() {
            let address = results_data_address(site, event);
            claims.file(address, FileKind::ResultsData(i), By::File(&event.doc.file));
        }
    }
    // A house without a magazine has no empty list of it.
    if !site.issues.is_empty() {
        claims.list(at::ISSUES, (site.issues.len(), per_page), PageKind::Issues, None);
    }
    for (i, issue) in site.issues.iter().enumerate() {
        let (slug, file) = (&issue.doc.slug, &issue.doc.file);
        claims.page(at::issue(slug), PageKind::Issue(i), By::File(file));
        claims.page(at::print_edition(slug), PageKind::PrintEdition(i), By::File(file));
    }
    for (i, page) in site.pages.iter().enumerate() {
        claims.page(page.address.clone(), PageKind::Plain(i), By::File(&page.file));
    }
    for (i, athlete) in site.athletes.iter().enumerate() {
        let file = athlete.doc.as_ref().map(|doc| &doc.file);
        let stories = (athlete.stories.len(), per_page);
        claims.list(&at::athlete(&athlete.slug), stories, |n| PageKind::Athlete(i, n), file);
    }
    for (i, nation) in site.nations.iter().enumerate() {
        let file = nation.doc.as_ref().map(|doc| &doc.file);
        let stories = (nation.stories.len(), per_page);
        claims.list(&at::nation(&nation.code), stories, |n| PageKind::Nation(i, n), file);
    }
    type Topics<'a> = (&'a [Topic], fn(&str) -> String, fn(usize, usize) -> PageKind);
    let topics: [Topics; 4] = [
        (&site.sports, at::sport, PageKind::Sport),
        (&site.venues, at::venue, PageKind::Venue),
        (&site.authors, at::author, PageKind::Author),
        (&site.tags, at::tag, PageKind::Tag),
    ];
    for (topics, address, kind) in topics {
        for (i, topic) in topics.iter().enumerate() {
            let file = topic.doc.as_ref().map(|doc| &doc.file);
            let stories = (topic.stories.len(), per_page);
            claims.list(&address(&topic.slug), stories, |n| kind(i, n), file);
        }
    }
    let athletes = (site.athletes.len(), ATHLETES_PER_PAGE);
    claims.list(at::ATHLETES, athletes, PageKind::Athletes, None);
    claims.page(at::SPORTS, PageKind::Sports, By::Podium);
    claims.page(at::NATIONS, PageKind::Nations, By::Podium);
    claims.page(at::VENUES, PageKind::Venues, By::Podium);
    claims.page(at::AUTHORS, PageKind::Authors, By::Podium);
    claims.page(at::TAGS, PageKind::Tags, By::Podium);
}

/// Everything that has a calendar: whatever has a session.
fn calendars(site: &Site) -> Vec<(Calendar, String)> {
    let mut calendars = Vec::new();
    if !site.schedule.is_empty() {
        calendars.push((Calendar::Games, at::SCHEDULE.to_owned()));
    }
    for (i, sport) in site.sports.iter().enumerate().filter(|(_, sport)| !sport.schedule.is_empty())
    {
        calendars.push((Calendar::Sport(i), at::sport(&sport.slug)));
    }
    for (i, venue) in site.venues.iter().enumerate().filter(|(_, venue)| !venue.schedule.is_empty())
    {
        calendars.push((Calendar::Venue(i), at::venue(&venue.slug)));
    }
    for (i, nation) in site.nations.iter().enumerate() {
        if site.schedule_of_nation(nation).next().is_some() {
            calendars.push((Calendar::Nation(i), at::nation(&nation.code)));
        }
    }
    calendars
}
