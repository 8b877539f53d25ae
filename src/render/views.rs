//! What each kind of page shows, as its template sees it.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Value};

use super::Renderer;
use super::cards::{self, Cards, ImageView, civil_date, date, value};
use super::head::{self, Head};
use super::live::Blog;
use super::{chart, describe, feeds};
use crate::assemble::{Day, MedalRef, SessionOf, Site, Topic};
use crate::config::FeedFormat;
use crate::diagnostics::Diagnostic;
use crate::games::medals::{self, Medal, Row, Tally};
use crate::parse::documents::{Athlete, Change, Correction, File, Profile};
use crate::plan::addresses as at;
use crate::plan::{ATHLETES_PER_PAGE, FeedOf, Page, PageKind, page_count};
use crate::slug;

/// What a template is given.
pub struct View {
    /// The values.
    pub context: Context,
    /// What is wrong with the texts of the page.
    pub problems: Vec<Diagnostic>,
}

const STORIES_ON_HOME: usize = 12;
const NATIONS_ON_HOME: usize = 6;

/// What every page knows of itself.
#[derive(Serialize)]
struct PageView {
    /// The template's name without its ending.
    kind: &'static str,
    /// From the top of the host.
    url: String,
    /// Absolute.
    canonical: String,
    /// For search engines and cards; may be empty.
    description: String,
    /// For programs.
    head: Head,
    /// Feeds for programs to find: those of what the page is about, then the site's.
    feeds: Vec<FeedView>,
    /// Where the feed is of what the page is about, if it has one.
    feed: Option<String>,
}

/// A feed.
#[derive(Serialize)]
struct FeedView {
    url: String,
    /// Its media type.
    #[serde(rename = "type")]
    media_type: &'static str,
    title: String,
}

#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    description: &'a str,
    language: &'a str,
    base_url: &'a str,
    url: &'a str,
    games: GamesView<'a>,
    menu: Vec<MenuView<'a>>,
    extra: &'a serde_json::Value,
    has_events: bool,
    has_schedule: bool,
    /// Where its feed is, if it has one.
    feed: Option<String>,
}

#[derive(Serialize)]
struct GamesView<'a> {
    name: &'a str,
    city: &'a str,
    start: Option<Value>,
    end: Option<Value>,
}

#[derive(Serialize)]
struct MenuView<'a> {
    title: &'a str,
    url: String,
}

#[derive(Serialize)]
struct MedalRow<'a> {
    rank: usize,
    rank_by_total: usize,
    nation: Value,
    code: &'a str,
    gold: u32,
    silver: u32,
    bronze: u32,
    total: u32,
}

#[derive(Serialize)]
struct StoryView<'a> {
    card: Value,
    title: &'a str,
    body: Value,
    /// Nothing of a live blog, which nobody reads from end to end.
    reading_minutes: Option<usize>,
    image: Option<ImageView>,
    events: Vec<Value>,
    athletes: Vec<Value>,
    nations: Vec<Value>,
    sports: Vec<Value>,
    tags: Vec<Value>,
    related: Vec<Value>,
    more: Vec<Value>,
    corrections: Vec<ChangeView<'a>>,
    extra: &'a serde_json::Value,
}

#[derive(Serialize)]
struct ChangeView<'a> {
    date: Value,
    text: &'a str,
}

#[derive(Serialize)]
struct EventView<'a> {
    card: Value,
    title: &'a str,
    code: Option<&'a str>,
    body: Value,
    image: Option<ImageView>,
    sessions: Vec<Value>,
    changes: Vec<ChangeView<'a>>,
    /// Who has entered, by nation.
    entrants: Vec<NationEntry>,
    siblings: Vec<Value>,
    extra: &'a serde_json::Value,
}

/// Those of a nation who have entered an event.
#[derive(Serialize)]
struct NationEntry {
    nation: Value,
    athletes: Vec<Value>,
}

/// Something on the schedule that is no event.
#[derive(Serialize)]
struct NonMedalEventView<'a> {
    title: &'a str,
    sport: Value,
    venue: Value,
    body: Value,
    image: Option<ImageView>,
    sessions: Vec<Value>,
    extra: &'a serde_json::Value,
}

#[derive(Serialize)]
struct AthleteView<'a> {
    card: Value,
    name: &'a str,
    aliases: Vec<&'a str>,
    body: Value,
    image: Option<ImageView>,
    nation: Value,
    medals: Vec<WonView<'a>>,
    /// Events that the athlete has entered and has no medal of.
    entries: Vec<Value>,
    changes: Vec<EventChange<'a>>,
    extra: Option<&'a serde_json::Value>,
}

/// A medal that somebody has.
#[derive(Serialize)]
struct WonView<'a> {
    #[serde(skip)]
    colour: Medal,
    medal: &'static str,
    event: Value,
    /// Those who won it.
    athletes: Vec<Value>,
    team: Option<&'a str>,
}

/// A change of a podium, where it concerns somebody.
#[derive(Serialize)]
struct EventChange<'a> {
    event: Value,
    change: ChangeView<'a>,
}

#[derive(Serialize)]
struct NationView<'a> {
    card: Value,
    code: &'a str,
    name: &'a str,
    in_table: bool,
    body: Value,
    image: Option<ImageView>,
    sports: Vec<SportMedals<'a>>,
    /// Where its calendar is, if it has one.
    calendar: Option<String>,
    athletes: Vec<Value>,
    extra: Option<&'a serde_json::Value>,
}

/// The medals of a nation in a sport.
#[derive(Serialize)]
struct SportMedals<'a> {
    sport: Value,
    medals: Vec<WonView<'a>>,
}

#[derive(Serialize)]
struct TopicView<'a> {
    name: &'a str,
    slug: &'a str,
    url: String,
    role: Option<&'a str>,
    city: Option<&'a str>,
    aliases: &'a [String],
    body: Value,
    image: Option<ImageView>,
    events: Vec<Value>,
    /// Its part of the schedule.
    days: Vec<DayView>,
    calendar: Option<String>,
    extra: Option<&'a serde_json::Value>,
}

#[derive(Serialize)]
struct PlainView<'a> {
    title: &'a str,
    standfirst: Option<&'a str>,
    updated: Option<Value>,
    body: Value,
    image: Option<ImageView>,
    extra: &'a serde_json::Value,
}

/// A list that goes over several pages.
#[derive(Serialize)]
struct Pagination {
    number: usize,
    count: usize,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
    pages: Vec<PageLink>,
}

#[derive(Serialize)]
struct PageLink {
    /// Nothing where pages are left out.
    number: Option<usize>,
    url: Option<String>,
    is_current: bool,
}

/// A day of the schedule, or a part of it.
#[derive(Serialize)]
struct DayView {
    date: Option<Value>,
    url: String,
    sessions: Vec<Value>,
    session_count: usize,
    /// How many events are decided.
    medal_count: usize,
    /// What is on, an event a line; only where it is a part of the day.
    programme: Vec<ProgrammeItem>,
}

/// An event on a day.
#[derive(Serialize)]
struct ProgrammeItem {
    /// The session that begins first.
    first: Value,
    session_count: usize,
    /// Whether it is decided.
    medal: bool,
}

/// The sessions of a sport on a day.
#[derive(Serialize)]
struct SportSessions {
    /// Nothing for a ceremony.
    sport: Value,
    /// The id of its heading.
    id: String,
    sessions: Vec<Value>,
}

/// A sport's line in the schedule of all days.
#[derive(Serialize)]
struct SportDays {
    sport: Value,
    /// In the order of the days.
    cells: Vec<Cell>,
}

#[derive(Clone, Default, Serialize)]
struct Cell {
    url: String,
    session_count: usize,
    medal_count: usize,
}

/// A sport with its events.
#[derive(Serialize)]
struct SportEvents {
    sport: Value,
    events: Vec<Value>,
}

/// What every page knows of the site.
pub fn site(site: &Site) -> Value {
    let config = &site.config;
    let menu = config.menu.iter().map(|item| MenuView {
        title: &item.title,
        url: match item.url.get_ref() {
            own if own.starts_with('/') => cards::url(site, own),
            other => other.clone(),
        },
    });
    value(&SiteView {
        title: &config.title,
        description: &config.description,
        language: &config.language,
        base_url: &config.base_url,
        url: &config.base_path,
        games: GamesView {
            name: &config.games.name,
            city: &config.games.city,
            start: config.games.start.and_then(civil_date),
            end: config.games.end.and_then(civil_date),
        },
        menu: menu.collect(),
        extra: &config.extra,
        has_events: !site.events.is_empty(),
        has_schedule: !site.schedule.is_empty(),
        feed: feeds_of(site, FeedOf::Site).into_iter().next().map(|feed| feed.url),
    })
}

/// A feed in all its formats.
fn feeds_of(site: &Site, of: FeedOf) -> Vec<FeedView> {
    let address = of.address(site);
    let feed = |format: &FeedFormat| FeedView {
        url: cards::url(site, &at::feed(&address, *format)),
        media_type: format.media_type(),
        title: feeds::title(site, of),
    };
    site.config.feeds.formats.iter().map(feed).collect()
}

/// The medal table.
pub fn medals(site: &Site, cards: &Cards) -> Value {
    medal_rows(site, cards, &site.medals)
}

fn medal_rows(site: &Site, cards: &Cards, rows: &[Row]) -> Value {
    let rows: Vec<MedalRow> = rows
        .iter()
        .filter_map(|row| {
            let nation = site.nation_of_code(&row.code)?;
            Some(MedalRow {
                rank: row.rank,
                rank_by_total: row.rank_by_total,
                nation: cards.nations[nation].clone(),
                code: &row.code,
                gold: row.tally.gold,
                silver: row.tally.silver,
                bronze: row.tally.bronze,
                total: row.tally.total(),
            })
        })
        .collect();
    value(&rows)
}

/// The template of a kind of page, by its file name in templates/.
pub fn template(kind: &PageKind) -> &'static str {
    match kind {
        PageKind::Home => "home.html",
        PageKind::Story(_) => "story.html",
        PageKind::Live(..) => "live.html",
        PageKind::Stories(_) => "stories.html",
        PageKind::Medals => "medals.html",
        PageKind::Schedule => "schedule.html",
        PageKind::Day(_) => "day.html",
        PageKind::NonMedalEvent(_) => "occasion.html",
        PageKind::Sports => "sports.html",
        PageKind::Sport(..) => "sport.html",
        PageKind::Event(_) => "event.html",
        PageKind::Athletes(_) => "athletes.html",
        PageKind::Athlete(..) => "athlete.html",
        PageKind::Nations => "nations.html",
        PageKind::Nation(..) => "nation.html",
        PageKind::Venues | PageKind::Authors | PageKind::Tags => "index.html",
        PageKind::Venue(..) => "venue.html",
        PageKind::Author(..) => "author.html",
        PageKind::Tag(..) => "tag.html",
        PageKind::Plain(_) => "page.html",
        PageKind::NotFound => "404.html",
        PageKind::Redirect { .. } => "redirect.html",
    }
}

/// The view of a page.
pub(super) fn of(renderer: &Renderer, page: &Page, kind: &PageKind) -> View {
    let site = renderer.site;
    let cards = renderer.cards;
    let mut maker = Maker { renderer, page, kind, context: Context::new(), problems: Vec::new() };
    match *kind {
        PageKind::Home => maker.home(),
        PageKind::Story(i) => maker.story(i),
        PageKind::Live(i, number) => maker.live(i, number),
        PageKind::Stories(number) => {
            maker.stories(0..site.stories.len(), at::STORIES, number);
            maker.done("")
        }
        PageKind::Medals => {
            maker.context.insert("race", &chart::race(site, cards));
            let outside = site.nations.iter().enumerate();
            let outside = outside.filter(|(_, it)| !it.in_table && it.tally.total() > 0);
            let outside: Vec<usize> = outside.map(|(i, _)| i).collect();
            maker.context.insert("outside_table", &pick(&cards.nations, &outside));
            maker.context.insert("data_url", &cards::url(site, at::MEDALS_DATA));
            maker.done("")
        }
        PageKind::Schedule => maker.schedule(),
        PageKind::Day(i) => maker.day(i),
        PageKind::NonMedalEvent(i) => maker.non_medal_event(i),
        PageKind::Sports => {
            let sports = site.sports.iter().enumerate().map(|(i, sport)| SportEvents {
                sport: cards.sports[i].clone(),
                events: pick(&cards.events, &sport.events),
            });
            maker.context.insert("sports", &sports.collect::<Vec<_>>());
            maker.done("")
        }
        PageKind::Sport(i, number) => {
            maker.topic("sport", &site.sports[i], at::sport, number);
            maker.context.insert("medals_here", &medals_of_sport(site, cards, i));
            maker.done("")
        }
        PageKind::Event(i) => maker.event(i),
        PageKind::Athletes(number) => maker.athletes(number),
        PageKind::Athlete(i, number) => maker.athlete(i, number),
        PageKind::Nations => {
            let mut order: Vec<usize> = (0..site.nations.len()).collect();
            order.sort_by_key(|i| crate::slug::of(&site.nations[*i].name));
            maker.context.insert("nations", &pick(&cards.nations, &order));
            maker.done("")
        }
        PageKind::Nation(i, number) => maker.nation(i, number),
        PageKind::Venues => maker.index("venues", &cards.venues),
        PageKind::Venue(i, number) => {
            maker.topic("venue", &site.venues[i], at::venue, number);
            maker.done("")
        }
        PageKind::Authors => maker.index("authors", &cards.authors),
        PageKind::Author(i, number) => {
            maker.topic("author", &site.authors[i], at::author, number);
            maker.done("")
        }
        PageKind::Tags => maker.index("tags", &cards.tags),
        PageKind::Tag(i, number) => {
            maker.topic("tag", &site.tags[i], at::tag, number);
            maker.done("")
        }
        PageKind::Plain(i) => maker.plain(i),
        PageKind::NotFound => {
            let newest: Vec<Value> = cards.stories.iter().take(3).cloned().collect();
            maker.context.insert("stories", &newest);
            maker.done("")
        }
        PageKind::Redirect { ref to } => {
            maker.context.insert("to", &renderer.url(to));
            maker.context.insert("to_absolute", &cards::absolute_url(site, to));
            maker.done("")
        }
    }
}

/// A nation's medals in one sport.
fn medals_of_sport(site: &Site, cards: &Cards, sport: usize) -> Value {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for event in site.sports[sport].events.iter().map(|event| &site.events[*event]) {
        for (medal, winners) in Medal::ALL.into_iter().zip(&event.podium) {
            for winner in winners {
                let nation = &site.nations[winner.nation];
                if nation.in_table {
                    tallies.entry(nation.code.clone()).or_default().add(medal);
                }
            }
        }
    }
    medal_rows(site, cards, &medals::table(&tallies))
}

fn pick(cards: &[Value], indices: &[usize]) -> Vec<Value> {
    indices.iter().map(|i| cards[*i].clone()).collect()
}

fn changed(change: &Change) -> ChangeView<'_> {
    ChangeView { date: date(&change.date), text: &change.text }
}

fn corrected(correction: &Correction) -> ChangeView<'_> {
    ChangeView { date: date(&correction.date), text: &correction.text }
}

/// Aliases that a reader does not see in the name: "McKEOWN Kaylee" has the words of "Kaylee McKeown".
fn other_names(doc: &Athlete) -> Vec<&str> {
    let words = |name: &str| slug::in_any_order(&slug::of(name));
    let name = words(&doc.name);
    let others = doc.aliases.iter().filter(|alias| words(alias) != name);
    others.map(String::as_str).collect()
}

/// The id of a sport's heading on the page of a day.
fn heading_id(site: &Site, sport: Option<usize>) -> String {
    sport.map_or_else(String::new, |sport| site.sports[sport].slug.clone())
}

/// Makes one view.
struct Maker<'a> {
    renderer: &'a Renderer<'a>,
    page: &'a Page,
    kind: &'a PageKind,
    context: Context,
    problems: Vec<Diagnostic>,
}

impl Maker<'_> {
    fn done(mut self, description: &str) -> View {
        let site = self.renderer.site;
        let of = self.kind.facts(site).feed.filter(|of| of.is_published(site));
        let own = of.map(|of| feeds_of(site, of)).unwrap_or_default();
        // One is enough for a page that is not about the site.
        let is_home = of == Some(FeedOf::Site);
        let of_site = feeds_of(site, FeedOf::Site).into_iter().take(usize::from(!is_home));
        let page = PageView {
            kind: template(self.kind).trim_end_matches(".html"),
            url: self.renderer.url(&self.page.address),
            canonical: cards::absolute_url(site, &self.page.address),
            head: head::of(self.renderer, self.page, self.kind, description),
            description: description.to_owned(),
            feed: own.first().map(|feed| feed.url.clone()),
            feeds: own.into_iter().chain(of_site).collect(),
        };
        self.context.insert("page", &page);
        View { context: self.context, problems: self.problems }
    }

    /// The HTML of a file's Markdown, and how many seconds it takes to read.
    fn body(&mut self, file: Option<&File>) -> (Value, usize) {
        let Some(file) = file else { return (Value::safe_string(""), 0) };
        let rendered = self.renderer.body(file);
        self.problems.extend(rendered.problems);
        (Value::safe_string(&rendered.html), rendered.reading_seconds)
    }

    /// The stories of one page of a list.
    fn stories(
        &mut self,
        stories: impl ExactSizeIterator<Item = usize>,
        address: &str,
        number: usize,
    ) {
        let per_page = self.renderer.site.config.per_page;
        let first = (number - 1) * per_page;
        let total = stories.len();
        let shown: Vec<usize> = stories.skip(first).take(per_page).collect();
        self.context.insert("stories", &pick(&self.renderer.cards.stories, &shown));
        self.pagination(total, per_page, address, number);
    }

    fn pagination(&mut self, total: usize, per_page: usize, address: &str, number: usize) {
        let count = page_count(total, per_page);
        let link = |page: usize| self.renderer.url(&at::paged(address, page));
        let mut pages = Vec::new();
        // The ends and the neighbours; nobody wants five hundred links.
        let near = number.saturating_sub(2)..=number + 2;
        let mut wanted: Vec<usize> =
            [1, 2, count.saturating_sub(1), count].into_iter().chain(near).collect();
        wanted.retain(|page| (1..=count).contains(page));
        wanted.sort_unstable();
        wanted.dedup();
        let mut before = 0;
        for page in wanted {
            if page > before + 1 {
                pages.push(PageLink { number: None, url: None, is_current: false });
            }
            pages.push(PageLink {
                number: Some(page),
                url: Some(link(page)),
                is_current: page == number,
            });
            before = page;
        }
        let pagination = Pagination {
            number,
            count,
            total,
            previous: (number > 1).then(|| link(number - 1)),
            next: (number < count).then(|| link(number + 1)),
            pages,
        };
        self.context.insert("pagination", &pagination);
    }

    fn home(mut self) -> View {
        let site = self.renderer.site;
        let cards = self.renderer.cards;
        let lead = site.lead.map_or_else(Value::none, |i| cards.stories[i].clone());
        self.context.insert_value("lead", lead);
        let newest =
            (0..site.stories.len()).filter(|i| Some(*i) != site.lead).take(STORIES_ON_HOME);
        self.context.insert("stories", &pick(&cards.stories, &newest.collect::<Vec<_>>()));
        self.context.insert("story_count", &site.stories.len());
        self.context.insert("live", &pick(&cards.stories, &site.running().collect::<Vec<_>>()));
        self.context.insert("top", &NATIONS_ON_HOME);
        // The events that were decided last.
        let mut decided: Vec<usize> =
            (0..site.events.len()).filter(|i| site.events[*i].doc.has_podium()).collect();
        let end = |i: &usize| {
            site.events[*i].doc.sessions.iter().map(|session| session.start.timestamp()).max()
        };
        decided.sort_by(|a, b| end(b).cmp(&end(a)).then(a.cmp(b)));
        decided.truncate(4);
        self.context.insert("results", &pick(&cards.events, &decided));
        let description = site.config.description.clone();
        self.done(&description)
    }

    fn story(mut self, i: usize) -> View {
        let (body, seconds) = self.body(Some(&self.renderer.site.stories[i].doc.file));
        self.told(i, body, Some(((seconds + 30) / 60).max(1)))
    }

    fn live(mut self, i: usize, number: usize) -> View {
        let mut body = Value::safe_string("");
        if let Some(blog) = Blog::of(self.renderer, i) {
            if number == 0 {
                body = blog.opening(&mut self.problems);
            }
            let view = blog.page(number, &mut self.problems);
            self.context.insert_value("live", value(&view));
        }
        self.told(i, body, None)
    }

    /// A story around its text.
    fn told(mut self, i: usize, body: Value, reading_minutes: Option<usize>) -> View {
        let site = self.renderer.site;
        let cards = self.renderer.cards;
        let node = &site.stories[i];
        let doc = &node.doc;
        let view = StoryView {
            card: cards.stories[i].clone(),
            title: &doc.title,
            body,
            reading_minutes,
            image: cards::image(site, &doc.file, doc.image.as_ref()),
            events: pick(&cards.events, &node.events),
            athletes: pick(&cards.athletes, &node.athletes),
            nations: pick(&cards.nations, &node.nations),
            sports: pick(&cards.sports, &node.sports),
            tags: pick(&cards.tags, &node.tags),
            related: pick(&cards.stories, &node.related),
            more: pick(&cards.stories, &node.more),
            corrections: doc.corrections.iter().map(corrected).collect(),
            extra: &doc.extra,
        };
        self.context.insert_value("story", value(&view));
        let description = describe::text(doc.standfirst.as_deref(), &doc.file);
        self.done(&description)
    }

    fn event(mut self, i: usize) -> View {
        let site = self.renderer.site;
        let cards = self.renderer.cards;
        let node = &site.events[i];
        let doc = &node.doc;
        let (body, _) = self.body(Some(&doc.file));
        // Who only has a medal stands on the podium above.
        let has_medal = |athlete: &usize| {
            node.podium.iter().flatten().any(|winners| winners.athletes.contains(athlete))
        };
        let entrants = match node.entrants.iter().all(has_medal) {
            true => &[],
            false => node.entrants.as_slice(),
        };
        let siblings: Vec<usize> =
            site.sports[node.sport].events.iter().copied().filter(|other| *other != i).collect();
        let view = EventView {
            card: cards.events[i].clone(),
            title: &doc.title,
            code: doc.code.as_deref(),
            body,
            image: cards::image(site, &doc.file, doc.image.as_ref()),
            sessions: pick(&cards.schedule, &node.schedule),
            changes: doc.changes.iter().map(changed).collect(),
            entrants: self.by_nation(entrants),
            siblings: pick(&cards.events, &siblings),
            extra: &doc.extra,
        };
        self.context.insert_value("event", value(&view));
        self.context.insert("stories", &pick(&cards.stories, &node.stories));
        let running = node.stories.iter().copied().filter(|it| site.stories[*it].is_running());
        self.context.insert("live", &pick(&cards.stories, &running.collect::<Vec<_>>()));
        let description = describe::words(&doc.file);
        let description = Some(description).filter(|text| !text.is_empty());
        let description = description.unwrap_or_else(|| describe::event(self.renderer, i));
        self.done(&description)
    }

    /// Athletes in groups of their nations.
    fn by_nation(&self, athletes: &[usize]) -> Vec<NationEntry> {
        let site = self.renderer.site;
        let cards = self.renderer.cards;
        let mut nations: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for athlete in athletes {
            nations.entry(site.athletes[*athlete].nation).or_default().push(*athlete);
        }
        let entry = |(nation, athletes): (Option<usize>, Vec<usize>)| NationEntry {
            nation: nation.map_or_else(Value::none, |i| cards.nations[i].clone()),
            athletes: pick(&cards.athletes, &athletes),
        };
        nations.into_iter().map(entry).collect()
    }

    /// A day with those of its sessions.
    fn day_view(&self, day: &Day, schedule: &[usize]) -> DayView {
        let site = self.renderer.site;
        DayView {
            date: civil_date(day.date),
            url: self.renderer.url(&at::day(day.date)),
            medal_count: schedule.iter().filter(|scheduled| site.decides(**scheduled)).count(),
            session_count: schedule.len(),
            sessions: pick(&self.renderer.cards.schedule, schedule),
            programme: Vec::new(),
        }
    }

    /// The events of a day, in the order of their first sessions.
    fn programme(&self, schedule: &[usize]) -> Vec<ProgrammeItem> {
        let site = self.renderer.site;
        let mut items: Vec<(SessionOf, ProgrammeItem)> = Vec::new();
        for i in schedule {
            let scheduled = &site.schedule[*i];
            let medal = site.session(scheduled).medal;
            match items.iter_mut().find(|(of, _)| *of == scheduled.of) {
                Some((_, item)) => {
                    item.session_count += 1;
                    item.medal |= medal;
                }
                None => {
                    let first = self.renderer.cards.schedule[*i].clone();
                    items.push((scheduled.of, ProgrammeItem { first, session_count: 1, medal }));
                }
            }
        }
        items.into_iter().map(|(_, item)| item).collect()
    }

    /// A part of the schedule by days.
    fn days_of(&self, schedule: &[usize]) -> Vec<DayView> {
        let mut days = Vec::new();
        for day in &self.renderer.site.days {
            let from = schedule.partition_point(|scheduled| *scheduled < day.schedule.start);
            let until = schedule.partition_point(|scheduled| *scheduled < day.schedule.end);
            if from < until {
                let schedule = &schedule[from..until];
                let mut view = self.day_view(day, schedule);
                view.programme = self.programme(schedule);
                days.push(view);
            }
        }
        days
    }

    fn sport_of(&self, scheduled: usize) -> Option<usize> {
        let site = self.renderer.site;
        match site.schedule[scheduled].of {
            SessionOf::Event(event) => Some(site.events[event].sport),
            SessionOf::NonMedalEvent(non_medal_event) => {
                site.non_medal_events[non_medal_event].sport
            }
        }
    }

    fn schedule(mut self) -> View {
        let site = self.renderer.site;
        let cards = self.renderer.cards;
        let url = |address: &str| self.renderer.url(address);
        let mut sports: BTreeMap<usize, Vec<Cell>> = BTreeMap::new();
        let mut days = Vec::new();
        let mut other: Vec<usize> = Vec::new();
        for (i, day) in site.days.iter().enumerate() {
            for scheduled in day.schedule.clone() {
                let Some(sport) = self.sport_of(scheduled) else {
                    other.push(scheduled);
                    continue;
                };
                let cells =
                    sports.entry(sport).or_insert_with(|| vec![Cell::default(); site.days.len()]);
                let cell = &mut cells[i];
                if cell.session_count == 0 {
                    let id = heading_id(site, Some(sport));
                    cell.url = format!("{}#{id}", url(&at::day(day.date)));
                }
                cell.session_count += 1;
                cell.medal_count += usize::from(site.decides(scheduled));
            }
            let mut view = self.day_view(day, &day.schedule.clone().collect::<Vec<_>>());
            // The list of days shows numbers alone.
            view.sessions = Vec::new();
            days.push(view);
        }
        let sports: Vec<SportDays> = sports
            .into_iter()
            .map(|(sport, cells)| SportDays { sport: cards.sports[sport].clone(), cells })
            .collect();
        self.context.insert("days", &days);
        self.context.insert("sports", &sports);
        self.context.insert("ceremonies", &pick(&cards.schedule, &other));
        let calendar = cards::calendar(site, at::SCHEDULE, !site.schedule.is_empty());
        self.context.insert("calendar", &calendar);
        self.done("")
    }

    fn day(mut self, i: usize) -> View {
        let site = self.renderer.site;
        let cards = self.renderer.cards;
        let day = &site.days[i];
        let mut groups: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for scheduled in day.schedule.clone() {
            groups.entry(self.sport_of(scheduled)).or_default().push(scheduled);
        }
        let groups: Vec<SportSessions> = groups
            .into_iter()
            .map(|(sport, schedule)| SportSessions {
                sport: sport.map_or_else(Value::none, |sport| cards.sports[sport].clone()),
                id: heading_id(site, sport),
                sessions: pick(&cards.schedule, &schedule),
            })
            .collect();
        let beside = |i: Option<usize>| {
            let day = i.and_then(|i| site.days.get(i));
            day.map(|day| self.day_view(day, &[]))
        };
        let (before, after) = (beside(i.checked_sub(1)), beside(Some(i + 1)));
        let view = self.day_view(day, &day.schedule.clone().collect::<Vec<_>>());
        self.context.insert("day", &view);
        self.context.insert("groups", &groups);
        self.context.insert("before", &before);
        self.context.insert("after", &after);
        self.done("")
    }

    fn non_medal_event(mut self, i: usize) -> View {
        let site = self.renderer.site;
        let cards = self.renderer.cards;
        let node = &site.non_medal_events[i];
        let doc = &node.doc;
        let (body, _) = self.body(Some(&doc.file));
        let view = NonMedalEventView {
            title: &doc.title,
            sport: node.sport.map_or_else(Value::none, |i| cards.sports[i].clone()),
            venue: node.venue.map_or_else(Value::none, |i| cards.venues[i].clone()),
            body,
            image: cards::image(site, &doc.file, doc.image.as_ref()),
            sessions: pick(&cards.schedule, &node.schedule),
            extra: &doc.extra,
        };
        self.context.insert_value("occasion", value(&view));
        let description = describe::words(&doc.file);
        self.done(&description)
    }

    fn athletes(mut self, number: usize) -> View {
        let cards = &self.renderer.cards.athletes;
        let first = (number - 1) * ATHLETES_PER_PAGE;
        let shown: Vec<Value> = cards.iter().skip(first).take(ATHLETES_PER_PAGE).cloned().collect();
        self.context.insert("athletes", &shown);
        self.pagination(cards.len(), ATHLETES_PER_PAGE, at::ATHLETES, number);
        self.done("")
    }

    fn won(&self, won: &MedalRef) -> WonView<'_> {
        let site = self.renderer.site;
        let cards = self.renderer.cards;
        let winners = &site.events[won.event].podium[won.medal as usize][won.place];
        WonView {
            colour: won.medal,
            medal: won.medal.word(),
            event: cards.events[won.event].clone(),
            athletes: pick(&cards.athletes, &winners.athletes),
            team: winners.team.as_deref(),
        }
    }

    fn athlete(mut self, i: usize, number: usize) -> View {
        let site = self.renderer.site;
        let cards = self.renderer.cards;
        let node = &site.athletes[i];
        let doc = node.doc.as_deref();
        let file = doc.map(|doc| &doc.file).filter(|_| number == 1);
        let (body, _) = self.body(file);
        // What is not a list of stories stands on the first page alone.
        let is_first = number == 1;
        let won = if is_first { node.medals.as_slice() } else { &[] };
        let mut medals: Vec<WonView> = won.iter().map(|won| self.won(won)).collect();
        medals.sort_by_key(|won| won.colour);
        let has_medal = |event: &usize| node.medals.iter().any(|won| won.event == *event);
        let without_medal: Vec<usize> =
            node.entries.iter().copied().filter(|it| is_first && !has_medal(it)).collect();
        let changes = node.changes.iter().filter(|_| is_first).map(|(event, which)| EventChange {
            event: cards.events[*event].clone(),
            change: changed(&site.events[*event].doc.changes[*which]),
        });
        let view = AthleteView {
            card: cards.athletes[i].clone(),
            name: &node.name,
            aliases: doc.map(other_names).unwrap_or_default(),
            body,
            image: doc.and_then(|doc| cards::image(site, &doc.file, doc.image.as_ref())),
            nation: node.nation.map_or_else(Value::none, |nation| cards.nations[nation].clone()),
            medals,
            entries: pick(&cards.events, &without_medal),
            changes: changes.collect(),
            extra: doc.map(|doc| &doc.extra),
        };
        let view = value(&view);
        self.context.insert_value("athlete", view);
        self.stories(node.stories.iter().copied(), &at::athlete(&node.slug), number);
        let description = doc.map(|doc| describe::words(&doc.file));
        let description = description.filter(|text| !text.is_empty());
        let description = description.unwrap_or_else(|| describe::athlete(self.renderer, i));
        self.done(&description)
    }

    fn nation(mut self, i: usize, number: usize) -> View {
        let site = self.renderer.site;
        let cards = self.renderer.cards;
        let node = &site.nations[i];
        let doc = node.doc.as_deref();
        let file = doc.map(|doc| &doc.file).filter(|_| number == 1);
        let (body, _) = self.body(file);
        // Medals are in the order of events, and events in that of their sports.
        let mut sports: Vec<(usize, Vec<WonView>)> = Vec::new();
        let is_first = number == 1;
        for won in node.medals.iter().filter(|_| is_first) {
            let sport = site.events[won.event].sport;
            if sports.last().is_none_or(|(last, _)| *last != sport) {
                sports.push((sport, Vec::new()));
            }
            if let Some((_, medals)) = sports.last_mut() {
                medals.push(self.won(won));
            }
        }
        sports.iter_mut().for_each(|(_, medals)| medals.sort_by_key(|won| won.colour));
        let view = NationView {
            card: cards.nations[i].clone(),
            code: &node.code,
            name: &node.name,
            in_table: node.in_table,
            body,
            image: doc.and_then(|doc| cards::image(site, &doc.file, doc.image.as_ref())),
            sports: sports
                .into_iter()
                .map(|(sport, medals)| SportMedals { sport: cards.sports[sport].clone(), medals })
                .collect(),
            calendar: cards::calendar(
                site,
                &at::nation(&node.code),
                site.schedule_of_nation(node).next().is_some(),
            ),
            athletes: if is_first { pick(&cards.athletes, &node.athletes) } else { Vec::new() },
            extra: doc.map(|doc| &doc.extra),
        };
        let view = value(&view);
        self.context.insert_value("nation", view);
        self.stories(node.stories.iter().copied(), &at::nation(&node.code), number);
        let description = doc.map(|doc| describe::words(&doc.file));
        let description = description.filter(|text| !text.is_empty());
        let description = description.unwrap_or_else(|| describe::nation(self.renderer, i));
        self.done(&description)
    }

    fn topic(
        &mut self,
        name: &'static str,
        topic: &Topic,
        address: fn(&str) -> String,
        number: usize,
    ) {
        let site = self.renderer.site;
        let doc: Option<&Profile> = topic.doc.as_deref();
        let file = doc.map(|doc| &doc.file).filter(|_| number == 1);
        let (body, _) = self.body(file);
        let address = address(&topic.slug);
        let view = TopicView {
            name: &topic.name,
            slug: &topic.slug,
            url: self.renderer.url(&address),
            role: doc.and_then(|doc| doc.role.as_deref()),
            city: doc.and_then(|doc| doc.city.as_deref()),
            aliases: doc.map(|doc| doc.aliases.as_slice()).unwrap_or_default(),
            body,
            image: doc.and_then(|doc| cards::image(site, &doc.file, doc.image.as_ref())),
            events: match number {
                1 => pick(&self.renderer.cards.events, &topic.events),
                _ => Vec::new(),
            },
            days: if number == 1 { self.days_of(&topic.schedule) } else { Vec::new() },
            calendar: cards::calendar(site, &address, !topic.schedule.is_empty()),
            extra: doc.map(|doc| &doc.extra),
        };
        self.context.insert_value(name, value(&view));
        self.stories(topic.stories.iter().copied(), &address, number);
    }

    fn index(mut self, name: &'static str, cards: &[Value]) -> View {
        self.context.insert("name", name);
        self.context.insert("items", cards);
        self.done("")
    }

    fn plain(mut self, i: usize) -> View {
        let site = self.renderer.site;
        let doc = &site.pages[i];
        let (body, _) = self.body(Some(&doc.file));
        let view = PlainView {
            title: &doc.title,
            standfirst: doc.standfirst.as_deref(),
            updated: doc.updated.as_ref().map(date),
            body,
            image: cards::image(site, &doc.file, doc.image.as_ref()),
            extra: &doc.extra,
        };
        self.context.insert_value("plain", value(&view));
        let description = describe::text(doc.standfirst.as_deref(), &doc.file);
        self.done(&description)
    }
}
