//! Stage 3, assemble: all documents together become the site.
//!
//! Everything that depends on more than one file happens here and only here: who is meant by a
//! name, what a story is about, what links back to it, the medal table. A [`Site`] holds its parts
//! in vectors and refers from one to another by index. Its order is that of slugs and dates, never
//! that of the directory.

mod awards;
mod documents;
mod front;
mod issues;
mod live;
mod medals;
mod people;
mod pictures;
mod podiums;
mod related;
mod results;
mod revise;
mod schedule;
mod site;
mod topics;
mod units;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Place, codes};
use crate::games::medals::Tally;
use crate::games::noc::{self, COMMITTEES, COUNTRIES, Standing};
use crate::parse::Parsed;
use crate::parse::assets::Asset;
use crate::parse::dates::Moment;
use crate::parse::documents::{
    Athlete, Document, Event, EventResults, File, Issue, Nation, NonMedalEvent, Page, Story,
};
use crate::slug;
use crate::web::url;
pub use awards::Award;
pub use documents::{ContentFile, DocumentId};
use front::Front;
pub use live::{Coverage, LiveNode};
use people::{At, Index};
pub use pictures::{PictureAt, PictureWords, Pictured};
use podiums::{Results, enter, give_out};
pub use results::MOST_OF_A_MEDAL;
use results::Sheets;
pub use revise::is_revision;
pub use site::{
    AthleteNode, Day, EventNode, IssueNode, NationNode, NonMedalEventNode, ResolveError,
    ScheduledSession, SessionOf, Site, StoryNode, relative_path,
};
use site::{composed, event_key};
pub use topics::Topic;
use topics::{Register, Topics};
pub use units::{EntryNode, Part, Side, UnitNode};

/// What decides which stories are on the site, apart from the files.
#[derive(Clone, Copy, Debug)]
pub struct BuildTime {
    /// The time that the times of stories are compared with.
    pub at: Timestamp,
    /// Whether drafts, and stories outside their window, are on the site too.
    pub drafts: bool,
}

/// Assembles the site from all parsed files, which must be in the order of their paths.
///
/// The site is complete as far as it can be: references that lead nowhere are left out and
/// reported.
pub fn site<'p>(
    parsed: impl IntoIterator<Item = &'p Parsed>,
    config: &Arc<Config>,
    build_time: BuildTime,
) -> (Site, Vec<Diagnostic>) {
    let mut assembly = Assembly::new(parsed, config, build_time);
    assembly.register_names();
    let site = assembly.link();
    (site, assembly.problems)
}

/// Whether a story is on the site at that time.
fn is_published(story: &Story, build_time: BuildTime) -> bool {
    let started = story.appears_at().is_none_or(|from| from.timestamp() <= build_time.at);
    let ended = story.expire_at.as_ref().is_some_and(|until| until.timestamp() <= build_time.at);
    build_time.drafts || (!story.draft && started && !ended)
}

/// A story whose time is still to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// Its file, from the site's folder.
    pub path: String,
    /// When it appears.
    pub until: Moment,
}

impl Waiting {
    /// A draft waits for its author, not for its time.
    fn new(story: &Story, build_time: BuildTime) -> Option<Waiting> {
        let until =
            story.appears_at().filter(|from| from.timestamp() > build_time.at && !story.draft)?;
        Some(Waiting { path: story.file.source.path.clone(), until: until.clone() })
    }
}

struct Assembly<'a> {
    config: &'a Arc<Config>,
    build_time: BuildTime,
    problems: Vec<Diagnostic>,
    stories: Vec<Arc<Story>>,
    events: Vec<Arc<Event>>,
    results: Vec<Arc<EventResults>>,
    non_medal_events: Vec<Arc<NonMedalEvent>>,
    athletes: Vec<Arc<Athlete>>,
    nations: BTreeMap<String, Arc<Nation>>,
    issues: Vec<Arc<Issue>>,
    pages: Vec<Arc<Page>>,
    assets: Vec<Arc<Asset>>,
    sports: Register,
    venues: Register,
    authors: Register,
    tags: Register,
    /// Files that are there but are not on the site, and why.
    absent: BTreeMap<String, ContentFile>,
    absent_stories: HashMap<String, ResolveError>,
    unpublished: BTreeSet<String>,
    waiting: Vec<Waiting>,
    /// What could be read of broken files.
    remains: Vec<Document>,
    nation_names: HashMap<String, String>,
    /// How many suggestions may still be looked for: each is compared with all that there is.
    guesses: Cell<usize>,
}

/// After so many wrong references nobody reads the suggestions.
const MOST_GUESSES: usize = 200;

impl<'a> Assembly<'a> {
    /// Whether another suggestion may be looked for.
    fn may_guess(&self) -> bool {
        let left = self.guesses.get();
        self.guesses.set(left.saturating_sub(1));
        left > 0
    }

    fn new<'p>(
        parsed: impl IntoIterator<Item = &'p Parsed>,
        config: &'a Arc<Config>,
        build_time: BuildTime,
    ) -> Self {
        let mut assembly = Assembly {
            config,
            build_time,
            problems: Vec::new(),
            stories: Vec::new(),
            events: Vec::new(),
            results: Vec::new(),
            non_medal_events: Vec::new(),
            athletes: Vec::new(),
            nations: BTreeMap::new(),
            issues: Vec::new(),
            pages: Vec::new(),
            assets: Vec::new(),
            sports: Register::default(),
            venues: Register::default(),
            authors: Register::default(),
            tags: Register::default(),
            absent: BTreeMap::new(),
            absent_stories: HashMap::new(),
            unpublished: BTreeSet::new(),
            waiting: Vec::new(),
            remains: Vec::new(),
            nation_names: HashMap::new(),
            guesses: Cell::new(MOST_GUESSES),
        };
        // Folders with an index.md, and whether it is published: what lies beside it goes with it.
        let mut bundles: HashMap<String, bool> = HashMap::new();
        let mut bundle = |file: &File, is_published: bool| {
            if file.path.ends_with("/index.md")
                && !matches!(file.folder(), "stories/" | "live/" | "issues/")
            {
                bundles.insert(file.folder().to_owned(), is_published);
            }
        };
        for file in parsed {
            assembly.remains.extend(file.remains.clone());
            let Some(document) = &file.document else {
                assembly.absent.insert(file.path.clone(), ContentFile::Broken);
                let names =
                    names_of_file(&file.path).into_iter().map(|name| (name, ResolveError::Broken));
                assembly.absent_stories.extend(names);
                continue;
            };
            match document.clone() {
                Document::Story(story) => {
                    let is_published = is_published(&story, build_time);
                    assembly.waiting.extend(Waiting::new(&story, build_time));
                    bundle(&story.file, is_published);
                    if is_published {
                        assembly.stories.push(story);
                        continue;
                    }
                    assembly.absent.insert(file.path.clone(), ContentFile::Unpublished);
                    let names = names_of_file(&file.path).into_iter().chain([story.slug.clone()]);
                    assembly
                        .absent_stories
                        .extend(names.map(|name| (name, ResolveError::Unpublished)));
                    let folder = if story.file.live.is_some() { "live" } else { "stories" };
                    assembly.unpublished.insert(format!("{folder}/{}", story.slug));
                }
                Document::Event(event) => assembly.events.push(event),
                // The sheet is there to be downloaded too.
                Document::Results(results) => {
                    assembly.assets.push(results.asset.clone());
                    assembly.results.push(results);
                }
                Document::NonMedalEvent(non_medal_event) => {
                    assembly.non_medal_events.push(non_medal_event)
                }
                Document::Athlete(athlete) => assembly.athletes.push(athlete),
                Document::Nation(nation) => assembly.nation_file(nation),
                Document::Sport(entry) => assembly.sports.file(entry, &mut assembly.problems),
                Document::Venue(entry) => assembly.venues.file(entry, &mut assembly.problems),
                Document::Author(entry) => assembly.authors.file(entry, &mut assembly.problems),
                Document::Issue(issue) => {
                    let has_come = issue.appears_at().timestamp() <= build_time.at;
                    let is_published = build_time.drafts || (!issue.draft && has_come);
                    bundle(&issue.file, is_published);
                    if is_published {
                        assembly.issues.push(issue);
                    } else {
                        assembly.absent.insert(file.path.clone(), ContentFile::Unpublished);
                        assembly.unpublished.insert(format!("issues/{}", issue.slug));
                    }
                }
                Document::Page(page) => {
                    let is_published = !page.draft || build_time.drafts;
                    bundle(&page.file, is_published);
                    if is_published {
                        assembly.pages.push(page);
                    } else {
                        assembly.absent.insert(file.path.clone(), ContentFile::Unpublished);
                    }
                }
                Document::Asset(asset) if asset.is_published => assembly.assets.push(asset),
                Document::Asset(asset) => {
                    assembly.absent.insert(asset.path.clone(), ContentFile::Unpublished);
                }
            }
        }
        let absent = &mut assembly.absent;
        assembly.assets.retain(|asset| {
            let folders = asset.path.match_indices('/').rev().map(|(i, _)| &asset.path[..=i]);
            let nearest = folders.filter_map(|folder| bundles.get(folder)).next();
            let is_published = nearest.copied().unwrap_or(true);
            if !is_published {
                absent.insert(asset.path.clone(), ContentFile::Unpublished);
            }
            is_published
        });
        assembly.stories.sort_by(|a, b| {
            b.date.timestamp().cmp(&a.date.timestamp()).then_with(|| a.stem.cmp(&b.stem))
        });
        assembly.events.sort_by_cached_key(|event| {
            (event.sport.clone(), slug::natural(&event.slug), event.slug.clone())
        });
        assembly.non_medal_events.sort_by(|a, b| a.slug.cmp(&b.slug));
        assembly.issues.sort_by(|a, b| {
            b.date.timestamp().cmp(&a.date.timestamp()).then_with(|| b.slug.cmp(&a.slug))
        });
        assembly.pages.sort_by(|a, b| a.address.cmp(&b.address));
        assembly.waiting.sort_by(|a, b| {
            a.until.timestamp().cmp(&b.until.timestamp()).then_with(|| a.path.cmp(&b.path))
        });
        assembly
    }

    fn nation_file(&mut self, nation: Arc<Nation>) {
        if let Some(first) = self.nations.get(&nation.code) {
            self.problems.push(same_thing(&nation.file, &first.file, &nation.code));
            return;
        }
        self.nations.insert(nation.code.clone(), nation);
    }

    /// Takes down every sport, venue, author and tag that is named anywhere, and every name that
    /// a nation has.
    fn register_names(&mut self) {
        for event in &self.events {
            let written = event.sport_name.iter().chain([&event.sport]);
            written.for_each(|name| drop(self.sports.name(name)));
            let own = event.sessions.iter().filter_map(|session| session.venue.as_ref());
            event.venue.iter().chain(own).for_each(|name| drop(self.venues.name(name)));
        }
        for non_medal_event in &self.non_medal_events {
            non_medal_event.sport.iter().for_each(|name| drop(self.sports.name(name)));
            let own = non_medal_event.sessions.iter().filter_map(|session| session.venue.as_ref());
            non_medal_event.venue.iter().chain(own).for_each(|name| drop(self.venues.name(name)));
        }
        for story in &self.stories {
            for (key, names, register) in [
                ("sports", &story.sports, &mut self.sports),
                ("authors", &story.authors, &mut self.authors),
                ("tags", &story.tags, &mut self.tags),
            ] {
                for (i, name) in names.iter().enumerate() {
                    if let Some(other) = register.name(name) {
                        let place = story.file.place(&format!("{key}[{i}]"));
                        let message = format!("`{name}` and `{other}` would have one address");
                        self.problems.push(
                            Diagnostic::new(&codes::G006, place, message)
                                .label(format!("it is taken for `{other}`"))
                                .help("write one of them in other letters"),
                        );
                    }
                }
            }
        }
        // The house's names win over the built-in ones, the IOC's over those of others, and codes over all.
        for country in COUNTRIES {
            let codes = [country.iso2, country.iso3].into_iter().filter(|code| !code.is_empty());
            for name in country.names.iter().copied().chain(codes) {
                self.nation_names.insert(slug::slugify(name), country.code.to_owned());
            }
        }
        for (code, name, _) in COMMITTEES {
            self.nation_names.insert(slug::slugify(name), (*code).to_owned());
        }
        let mut claimed: HashMap<String, &Arc<Nation>> = HashMap::new();
        for (code, nation) in &self.nations {
            for name in nation.name.iter().chain(&nation.aliases) {
                let name_slug = slug::slugify(name);
                if name_slug.is_empty() {
                    continue;
                }
                if let Some(first) = claimed.get(&name_slug).filter(|first| first.code != *code) {
                    let what = format!("`{name}`");
                    self.problems.push(same_thing(&nation.file, &first.file, &what));
                }
                claimed.insert(name_slug.clone(), nation);
                self.nation_names.insert(name_slug, code.clone());
            }
        }
        for (code, ..) in COMMITTEES {
            self.nation_names.insert(code.to_ascii_lowercase(), (*code).to_owned());
        }
        for code in self.nations.keys() {
            self.nation_names.insert(code.to_ascii_lowercase(), code.clone());
        }
    }

    fn nation_code(&self, written: &str) -> Option<&str> {
        self.nation_names.get(&slug::slugify(written)).map(String::as_str)
    }

    /// The nation's code, or a report that there is none.
    fn known_nation(&mut self, written: &str, place: impl FnOnce() -> Place) -> Option<String> {
        if let Some(code) = self.nation_code(written) {
            return Some(code.to_owned());
        }
        // That it is missing has been told.
        if written.is_empty() {
            return None;
        }
        // A nation's file with mistakes of its own defines its code all the same.
        let file = format!("nations/{}.md", written.to_ascii_lowercase());
        if self.absent.contains_key(&file) {
            return None;
        }
        let house: Vec<&str> =
            self.nations.values().filter_map(|nation| nation.name.as_deref()).collect();
        let problem =
            Diagnostic::new(&codes::G002, place(), format!("there is no nation `{written}`"));
        if let shared @ [_, ..] = noc::sharing(&slug::slugify(written)) {
            self.problems.push(problem.label(format!("write one of {}", shared.join(", "))));
            return None;
        }
        let problem = problem
                .label("expected an IOC code such as KOR, or a nation's name")
                .mean_one_of(written, &likely(written, house.into_iter().chain(noc::all_names().map(|name| -> &str { name })).collect()))
                .help(if written.len() == 3 {
                format!("a code that Podium does not know becomes known by a file: content/{file}")
            } else {
                "a nation that Podium does not know becomes known by a file of its code: content/nations/xyz.md".to_owned()
            });
        self.problems.push(problem);
        None
    }

    /// Resolves every reference.
    fn link(&mut self) -> Site {
        let sports = std::mem::take(&mut self.sports).finish(self.config.script);
        let venues = std::mem::take(&mut self.venues).finish(self.config.script);
        let authors = std::mem::take(&mut self.authors).finish(self.config.script);
        let tags = std::mem::take(&mut self.tags).finish(self.config.script);

        let events = std::mem::take(&mut self.events);
        let stories = std::mem::take(&mut self.stories);
        let event_ids = self.event_ids(&events, &sports);
        let sheets = self.sheets(&events);
        let results: Vec<Results> = events.iter().map(|event| self.podiums(event)).collect();
        let sports_of: Vec<usize> =
            events.iter().map(|event| sports.find(&event.sport).unwrap_or_default()).collect();
        let at = |event: usize| At { event, sport: &sports.topics[sports_of[event]].slug };
        let about: Vec<Vec<usize>> =
            stories.iter().map(|story| self.events_of(story, &event_ids)).collect();
        let named: Vec<Vec<String>> = stories.iter().map(|story| self.nations_of(story)).collect();
        let people = self.people(&events, &results, &sheets, &stories, &event_ids, at);

        let mut nations = self.nation_nodes(&results, &sheets, &named, &people);
        let mut athletes = athlete_nodes(&people, &mut nations);
        let mut events: Vec<EventNode> = events
            .into_iter()
            .zip(&sports_of)
            .map(|(event, sport)| EventNode {
                sport: *sport,
                venue: event.venue.as_ref().and_then(|venue| venues.find(venue)),
                podium: Default::default(),
                changes: Vec::new(),
                schedule: Vec::new(),
                deciding: None,
                results: None,
                units: 0..0,
                entrants: Vec::new(),
                stories: Vec::new(),
                doc: event,
            })
            .collect();
        let mut non_medal_events: Vec<NonMedalEventNode> =
            std::mem::take(&mut self.non_medal_events)
                .into_iter()
                .map(|non_medal_event| NonMedalEventNode {
                    sport: non_medal_event.sport.as_ref().and_then(|sport| sports.find(sport)),
                    venue: non_medal_event.venue.as_ref().and_then(|venue| venues.find(venue)),
                    schedule: Vec::new(),
                    doc: non_medal_event,
                })
                .collect();
        let zone = &self.config.time_zone;
        let mut schedule = schedule::in_order(&mut events, &mut non_medal_events, &venues, zone);
        let awards = self.award(&mut events, &results, &schedule, &people, &nations, at);
        let medal_table = give_out(&awards, &events, &mut nations, &mut athletes);
        let units = self.units(sheets, &mut events, &schedule, &people, &nations, at);
        results::take_part(&units, &mut athletes, &mut nations);
        results::of_sessions(&units, &events, &mut schedule);
        enter(&awards, &units, &mut events, &mut athletes, &mut nations);

        let story_names = story_names(&stories);
        let mut story_nodes = Vec::with_capacity(stories.len());
        for ((story, about), named) in stories.into_iter().zip(about).zip(named) {
            let named: Vec<usize> =
                named.iter().filter_map(|code| nation_index(&nations, code)).collect();
            let on_podium: Vec<usize> = about
                .iter()
                .flat_map(|event| events[*event].podium.iter().flatten())
                .flat_map(|award| awards[*award].athletes.iter().copied())
                .collect();
            let who = self.athletes_of(&story, &people, &athletes, &on_podium, &named);
            let sports_of_events = about.iter().map(|event| events[*event].sport);
            let own = story.sports.iter().filter_map(|name| sports.find(name));
            let live = self.live(&story, &authors);
            let by = unique(story.authors.iter().filter_map(|name| authors.find(name)));
            // Who signs no blog but its updates has written it all the same.
            let writers = live.as_ref().filter(|_| by.is_empty()).map(LiveNode::writers);
            story_nodes.push(StoryNode {
                authors: writers.unwrap_or(by),
                sports: unique(sports_of_events.chain(own)),
                tags: unique(story.tags.iter().filter_map(|name| tags.find(name))),
                related: self.stories_called(&story.file, "related", &story.related, &story_names),
                live,
                more: Vec::new(),
                issues: Vec::new(),
                events: about,
                athletes: who,
                nations: named,
                doc: story,
            });
        }

        let issues = self.issue_nodes(&story_names);
        let mut site = Site {
            config: self.config.clone(),
            build_time: self.build_time,
            stories: story_nodes,
            events,
            non_medal_events,
            days: schedule::days(&schedule),
            schedule,
            awards,
            units,
            athletes,
            nations,
            sports: sports.topics,
            venues: venues.topics,
            authors: authors.topics,
            tags: tags.topics,
            issues,
            pages: std::mem::take(&mut self.pages),
            assets: std::mem::take(&mut self.assets),
            medal_table,
            front: Front::default(),
            composed: HashMap::new(),
            files: std::mem::take(&mut self.absent),
            unpublished: std::mem::take(&mut self.unpublished),
            waiting: std::mem::take(&mut self.waiting),
            lapsed: BTreeSet::new(),
            remains: std::mem::take(&mut self.remains),
            absent_stories: std::mem::take(&mut self.absent_stories),
            people,
            nation_names: std::mem::take(&mut self.nation_names),
            story_names,
            event_ids,
        };
        link_back(&mut site);
        index_files(&mut site);
        site.lapsed = pictures::lapsed(&site);
        related::choose(&mut site);
        self.front(&mut site);
        self.marks(&site);
        self.pictures(&site);
        self.remains(&site);
        site
    }

    /// Events by the names that they may be called: by the folder of their sport, which may be
    /// another name of it, by the sport's own, and by the results system's code.
    fn event_ids(&mut self, events: &[Arc<Event>], sports: &Topics) -> HashMap<String, usize> {
        let mut ids = HashMap::new();
        for (i, event) in events.iter().enumerate() {
            let sport = sports.find(&event.sport).map_or(&event.sport, |i| &sports.topics[i].slug);
            ids.insert(format!("{}/{}", event.sport, event.slug), i);
            ids.insert(format!("{sport}/{}", event.slug), i);
            let Some(code) = &event.code else { continue };
            if let Some(first) = ids.insert(event_key(code), i) {
                let what = format!("the event with the code `{code}`");
                self.problems.push(same_thing(&event.file, &events[first].file, &what));
            }
        }
        ids
    }

    /// Everybody who has a file, stood on a podium or is named in a story.
    fn people<'s>(
        &mut self,
        events: &[Arc<Event>],
        results: &[Results],
        sheets: &Sheets,
        stories: &[Arc<Story>],
        event_ids: &HashMap<String, usize>,
        at: impl Fn(usize) -> At<'s>,
    ) -> Index {
        let mut people = people::Builder::default();
        for athlete in std::mem::take(&mut self.athletes) {
            let place = || athlete.file.place("nation");
            let nation = self.known_nation(&athlete.nation, place);
            let entries = self.entries_of(&athlete, event_ids);
            let entries = entries.into_iter().map(|event| (event, at(event).sport)).collect();
            if let Some(code) = nation {
                people.file(athlete.clone(), code, entries, &mut self.problems);
            }
        }
        for (i, results) in results.iter().enumerate() {
            for winner in results.all() {
                winner
                    .athletes
                    .iter()
                    .for_each(|name| people.medallist(name, &winner.nation, at(i)));
            }
        }
        people.competitors(sheets.names().collect(), at);
        // Those with a nation first, so that it does not matter which story comes first.
        for with_nation in [true, false] {
            let in_changes = events.iter().flat_map(|event| &event.changes);
            let in_changes = in_changes.flat_map(|change| &change.athletes);
            for name in stories.iter().flat_map(|story| &story.athletes).chain(in_changes) {
                people.mention(name, with_nation, |nation| {
                    self.nation_code(nation).map(str::to_owned)
                });
            }
        }
        people.finish(self.config.script)
    }

    /// What an athlete has entered. A code of the results system may be that of something which is
    /// no event here; a name with a slash is a reference.
    fn entries_of(&mut self, athlete: &Athlete, event_ids: &HashMap<String, usize>) -> Vec<usize> {
        let mut entries = Vec::new();
        for (i, name) in athlete.entries.iter().enumerate() {
            match event_ids.get(&event_key(name)) {
                Some(event) => entries.push(*event),
                None if name.contains('/') && !self.is_absent("events/", name) => {
                    let place = athlete.file.place(&format!("entries[{i}]"));
                    self.problems.push(unknown_event(name, event_ids, place, self.may_guess()));
                }
                None => {}
            }
        }
        unique(entries)
    }

    /// Nations that are named somewhere, by code.
    fn nation_nodes(
        &self,
        results: &[Results],
        sheets: &Sheets,
        named: &[Vec<String>],
        people: &Index,
    ) -> Vec<NationNode> {
        let on_podiums = results.iter().flat_map(Results::all).map(|winner| &winner.nation);
        let of_people = people.people.iter().filter_map(|athlete| athlete.nation.as_ref());
        let in_stories = named.iter().flatten();
        let mut codes: Vec<&String> =
            on_podiums.chain(of_people).chain(in_stories).chain(self.nations.keys()).collect();
        codes.extend(sheets.nations());
        codes.sort_unstable();
        codes.dedup();
        codes.into_iter().map(|code| self.nation_node(code)).collect()
    }

    fn nation_node(&self, code: &str) -> NationNode {
        let built_in = COMMITTEES.iter().find(|(known, ..)| *known == code);
        let doc = self.nations.get(code).cloned();
        let name = doc
            .as_ref()
            .and_then(|doc| doc.name.clone())
            .or_else(|| built_in.map(|(_, name, _)| (*name).to_owned()))
            .unwrap_or_else(|| code.to_owned());
        let in_table = doc.as_ref().and_then(|doc| doc.in_medal_table).unwrap_or_else(|| {
            built_in.is_none_or(|(_, _, standing)| *standing != Standing::OutsideTable)
        });
        NationNode {
            code: code.to_owned(),
            name,
            doc,
            in_table,
            tally: Tally::default(),
            rank: None,
            medals: Vec::new(),
            athletes: Vec::new(),
            events: Vec::new(),
            results: Vec::new(),
            stories: Vec::new(),
        }
    }

    fn events_of(&mut self, story: &Story, event_ids: &HashMap<String, usize>) -> Vec<usize> {
        let mut events = Vec::new();
        for (i, name) in story.events.iter().enumerate() {
            if let Some(event) = event_ids.get(&event_key(name)) {
                events.push(*event);
            } else if !self.is_absent("events/", name) {
                let place = story.file.place(&format!("events[{i}]"));
                self.problems.push(unknown_event(name, event_ids, place, self.may_guess()));
            }
        }
        unique(events)
    }

    /// Whether a file of this name is there, but broken or not published.
    fn is_absent(&self, folder: &str, stem: &str) -> bool {
        ["", "/index"]
            .iter()
            .any(|end| self.absent.contains_key(&format!("{folder}{stem}{end}.md")))
    }

    fn nations_of(&mut self, story: &Story) -> Vec<String> {
        let mut nations = Vec::new();
        for (i, name) in story.nations.iter().enumerate() {
            let place = || story.file.place(&format!("nations[{i}]"));
            nations.extend(self.known_nation(name, place));
        }
        unique(nations)
    }

    fn athletes_of(
        &mut self,
        story: &Story,
        people: &Index,
        athletes: &[AthleteNode],
        on_podium: &[usize],
        nations: &[usize],
    ) -> Vec<usize> {
        let mut found = Vec::new();
        for (i, written) in story.athletes.iter().enumerate() {
            let candidates =
                people.named(written, |name| self.nation_code(name).map(str::to_owned));
            // Of namesakes, the one who stood on a podium of this story, or is of its nations.
            let of_nation = |athlete: &usize| {
                athletes[*athlete].nation.is_some_and(|nation| nations.contains(&nation))
            };
            let narrowed =
                only(candidates.iter().copied().filter(|athlete| on_podium.contains(athlete)))
                    .or_else(|| only(candidates.iter().copied().filter(of_nation)));
            match (candidates.as_slice(), narrowed) {
                // Whom only a broken story names is known to nobody.
                ([], _) if !written.contains('(') => {}
                ([one], _) => found.push(*one),
                (_, Some(one)) => found.push(one),
                (several, None) => {
                    let place = story.file.place(&format!("athletes[{i}]"));
                    self.problems.push(unclear(people, written, several, place));
                }
            }
        }
        unique(found)
    }

    /// The stories that a file names in a list, each once. Those that are not for readers are left out.
    fn stories_called(
        &mut self,
        file: &File,
        key: &str,
        written: &[String],
        names: &HashMap<String, Vec<usize>>,
    ) -> Vec<usize> {
        let mut stories = Vec::new();
        for (i, name) in written.iter().enumerate() {
            match names.get(name.as_str()).map(Vec::as_slice) {
                Some([one]) => stories.push(*one),
                Some(_) => {
                    let place = file.place(&format!("{key}[{i}]"));
                    self.problems.push(
                        Diagnostic::new(
                            &codes::G004,
                            place,
                            format!("more than one story is called `{name}`"),
                        )
                        .help("write the path from content/stories/, or live/ and the name, without .md"),
                    );
                }
                None if self.absent_stories.contains_key(name) => {}
                None => {
                    let mut known: Vec<&str> = match self.may_guess() {
                        true => names.keys().map(String::as_str).collect(),
                        false => Vec::new(),
                    };
                    known.sort_unstable();
                    let place = file.place(&format!("{key}[{i}]"));
                    self.problems.push(
                        Diagnostic::new(&codes::G004, place, format!("there is no story `{name}`"))
                            .did_you_mean(name, known),
                    );
                }
            }
        }
        unique(stories)
    }

    /// The pictures that site.toml names must be there.
    fn marks(&mut self, site: &Site) {
        let brand = &self.config.brand;
        let marks = [&self.config.publisher.logo, &brand.logo, &brand.icon, &brand.share_image];
        for (mark, span) in marks.into_iter().flatten() {
            self.mark(site, mark, span);
        }
        if let Some((image, span)) = &brand.share_image
            && let Some(asset) = site.asset_at(image)
            && site.assets[asset].picture.is_none()
        {
            let place = Place::Span(self.config.source.clone(), span.clone());
            let message = "this picture cannot be shown with shared links";
            let problem = Diagnostic::new(&codes::C004, place, message);
            self.problems.push(problem.label("expected a JPEG, PNG or WebP that stands still"));
        }
    }

    fn mark(&mut self, site: &Site, mark: &str, span: &std::ops::Range<usize>) {
        if site.asset_at(mark).is_some() {
            return;
        }
        let place = Place::Span(self.config.source.clone(), span.clone());
        let known: Vec<String> =
            site.assets.iter().map(|asset| format!("\"/{}\"", asset.path)).collect();
        let message = format!("there is no file `{mark}` in content/");
        self.problems.push(
            Diagnostic::new(&codes::C004, place, message)
                .did_you_mean(mark, known.iter().map(String::as_str)),
        );
    }

    /// What broken files refer to must be there all the same.
    fn remains(&mut self, site: &Site) {
        // The names of nations are the site's by now.
        self.nation_names = site.nation_names.clone();
        self.absent = site.files.clone();
        self.absent_stories = site.absent_stories.clone();
        for document in &site.remains {
            match document {
                Document::Story(story) => {
                    let about = self.events_of(story, &site.event_ids);
                    let nations = self.nations_of(story);
                    let nations: Vec<usize> = nations
                        .iter()
                        .filter_map(|code| nation_index(&site.nations, code))
                        .collect();
                    let (people, athletes) = (&site.people, &site.athletes);
                    let on_podium: Vec<usize> = about
                        .iter()
                        .flat_map(|event| site.podium(&site.events[*event]))
                        .flat_map(|award| award.athletes.iter().copied())
                        .collect();
                    self.athletes_of(story, people, athletes, &on_podium, &nations);
                    self.stories_called(&story.file, "related", &story.related, &site.story_names);
                }
                Document::Event(event) => drop(self.podiums(event)),
                Document::Results(results) => drop(self.sheet(results.clone())),
                Document::Athlete(athlete) => {
                    let _ = self.known_nation(&athlete.nation, || athlete.file.place("nation"));
                    self.entries_of(athlete, &site.event_ids);
                }
                Document::Issue(issue) => drop(self.printed(issue, &site.story_names)),
                Document::NonMedalEvent(_)
                | Document::Nation(_)
                | Document::Sport(_)
                | Document::Venue(_)
                | Document::Author(_)
                | Document::Page(_)
                | Document::Asset(_) => {}
            }
        }
        self.nation_names.clear();
        self.absent.clear();
        self.absent_stories.clear();
    }

    /// Every `image:` must be there.
    fn pictures(&mut self, site: &Site) {
        let of_remains = site.remains.iter().filter_map(Document::file);
        let shown = site.files.values().filter_map(|file| match file {
            ContentFile::Document(id) => site.file_of(*id),
            ContentFile::Asset(_) | ContentFile::Unpublished | ContentFile::Broken => None,
        });
        for file in shown.chain(of_remains) {
            let Some(image) = &file.image else { continue };
            let found = site.asset(file, image.src());
            if let Some(fault) = found.as_ref().ok().and_then(|i| site.assets[*i].fault) {
                self.problems.push(fault.report(image.src(), file.place("image.src")));
            }
            if !url::is_web(image.src())
                && matches!(found, Err(ResolveError::Unknown | ResolveError::Ambiguous(_)))
            {
                let place = file.place("image.src");
                let code = &codes::F010;
                let guess = self.may_guess();
                self.problems.push(missing_picture(code, site, file, image.src(), place, guess));
            }
        }
    }
}

/// A report of a picture or file that is not there, with the nearest name that is.
pub fn missing_picture(
    code: &'static Code,
    site: &Site,
    file: &File,
    src: &str,
    place: Place,
    may_guess: bool,
) -> Diagnostic {
    let name = src.rsplit('/').next().unwrap_or(src);
    let path = relative_path(file.folder(), src).unwrap_or_else(|| src.to_owned());
    let beside = site.assets.iter().filter_map(|asset| {
        asset.path.strip_prefix(file.folder()).filter(|rest| !rest.contains('/'))
    });
    let problem = Diagnostic::new(code, place, format!("there is no file `{src}`"))
        .label(format!("there is no content/{path}"));
    if may_guess { problem.did_you_mean(name, beside) } else { problem }
}

/// A report of a name that several people have, or nobody of the sport that stands behind it.
fn unclear(people: &Index, written: &str, several: &[usize], place: Place) -> Diagnostic {
    let bare = written.split('(').next().unwrap_or(written).trim();
    let (message, known) = match several {
        [] => (format!("nobody is called `{written}`"), people.named(bare, |_| None)),
        _ => (format!("more than one athlete is called `{written}`"), several.to_vec()),
    };
    let known: Vec<String> = known.iter().map(|athlete| people.clear_name(*athlete)).collect();
    Diagnostic::new(&codes::G003, place, message)
        .help(format!("write one of: {}", known.join(", ")))
}

/// A report of an event that is not there, with the one that was probably meant.
fn unknown_event(
    name: &str,
    event_ids: &HashMap<String, usize>,
    place: Place,
    may_guess: bool,
) -> Diagnostic {
    let problem = Diagnostic::new(&codes::G001, place, format!("there is no event `{name}`"))
        .label(format!("there is no file content/events/{name}.md"));
    if !may_guess {
        return problem;
    }
    let mut known: Vec<&str> = event_ids.keys().map(String::as_str).collect();
    known.sort_unstable();
    let ending = format!("/{name}");
    if let [only] = known.iter().filter(|known| known.ends_with(&ending)).collect::<Vec<_>>()[..] {
        known = vec![only];
    }
    problem.mean_one_of(name, &known)
}

/// Where a nation is; nations are in the order of their codes.
fn nation_index(nations: &[NationNode], code: &str) -> Option<usize> {
    nations.binary_search_by(|nation| nation.code.as_str().cmp(code)).ok()
}

/// Everybody, and each nation's own.
fn athlete_nodes(people: &Index, nations: &mut [NationNode]) -> Vec<AthleteNode> {
    let mut athletes = Vec::with_capacity(people.people.len());
    for (i, person) in people.people.iter().enumerate() {
        let nation = person.nation.as_deref().and_then(|code| nation_index(nations, code));
        if let Some(nation) = nation {
            nations[nation].athletes.push(i);
        }
        athletes.push(AthleteNode {
            name: person.name.clone(),
            slug: person.slug.clone(),
            nation,
            doc: person.doc.clone(),
            medals: Vec::new(),
            changes: Vec::new(),
            entries: person.entries.clone(),
            results: Vec::new(),
            stories: Vec::new(),
        });
    }
    athletes
}

/// The names by which a story may be called: its stem, and the last part of it.
fn story_names(stories: &[Arc<Story>]) -> HashMap<String, Vec<usize>> {
    let mut names: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, story) in stories.iter().enumerate() {
        names.entry(story.stem.clone()).or_default().push(i);
    }
    for (i, story) in stories.iter().enumerate() {
        for short in [story.stem.rsplit('/').next().unwrap_or_default(), &story.slug] {
            let called = names.entry(short.to_owned()).or_default();
            // A full path wins over another story's last part.
            let is_full = called.iter().any(|other| stories[*other].stem == short);
            if !is_full && !called.contains(&i) {
                called.push(i);
            }
        }
    }
    names
}

/// The names by which others may call the story of a file that is not on the site.
fn names_of_file(path: &str) -> Vec<String> {
    let Some(inner) = path.strip_suffix(".md") else { return Vec::new() };
    let stem = inner.strip_suffix("/index").unwrap_or(inner);
    // A live blog keeps its folder.
    let Some(stem) =
        stem.strip_prefix("stories/").or(Some(stem).filter(|path| path.starts_with("live/")))
    else {
        return Vec::new();
    };
    vec![stem.to_owned(), stem.rsplit('/').next().unwrap_or(stem).to_owned()]
}

/// Of three letters nearly all are near to some code: only the same letters in another order are likely
/// to be meant.
fn likely<'a>(written: &str, names: Vec<&'a str>) -> Vec<&'a str> {
    if written.len() > 3 {
        return names;
    }
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.to_uppercase().chars().collect();
        letters.sort_unstable();
        letters
    };
    names.into_iter().filter(|name| sorted(name) == sorted(written)).collect()
}

/// Two files that describe one thing.
fn same_thing(second: &File, first: &File, what: &str) -> Diagnostic {
    Diagnostic::new(
        &codes::G005,
        Place::File(second.source.path.clone()),
        format!("two files describe {what}"),
    )
    .related(Place::File(first.source.path.clone()), "this is the other one")
}

fn unique<T: PartialEq>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut kept = Vec::new();
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

/// The item, if there is exactly one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

/// Links from what a story names back to the story, newest first.
fn link_back(site: &mut Site) {
    for (i, story) in site.stories.iter().enumerate() {
        story.events.iter().for_each(|event| site.events[*event].stories.push(i));
        let writers = story.live.iter().flat_map(LiveNode::writers);
        for author in unique(story.authors.iter().copied().chain(writers)) {
            site.authors[author].stories.push(i);
        }
        story.tags.iter().for_each(|tag| site.tags[*tag].stories.push(i));
        story.sports.iter().for_each(|sport| site.sports[*sport].stories.push(i));
        let mut nations = story.nations.clone();
        for athlete in &story.athletes {
            site.athletes[*athlete].stories.push(i);
            nations.extend(site.athletes[*athlete].nation);
        }
        for nation in unique(nations) {
            site.nations[nation].stories.push(i);
        }
        let venues = story.events.iter().filter_map(|event| site.events[*event].venue);
        for venue in unique(venues) {
            site.venues[venue].stories.push(i);
        }
    }
    for (i, issue) in site.issues.iter().enumerate() {
        issue.stories.iter().for_each(|story| site.stories[*story].issues.push(i));
    }
    for (i, event) in site.events.iter().enumerate() {
        site.sports[event.sport].events.push(i);
    }
    for (i, scheduled) in site.schedule.iter().enumerate() {
        let (sport, event) = match scheduled.of {
            SessionOf::Event(event) => (Some(site.events[event].sport), Some(event)),
            SessionOf::NonMedalEvent(non_medal_event) => {
                (site.non_medal_events[non_medal_event].sport, None)
            }
        };
        if let Some(sport) = sport {
            site.sports[sport].schedule.push(i);
        }
        if let Some(venue) = scheduled.venue {
            site.venues[venue].schedule.push(i);
            site.venues[venue].events.extend(event);
        }
    }
    // An event is at its venue even before anybody knows when.
    for (i, event) in site.events.iter().enumerate() {
        if let Some(venue) = event.venue {
            site.venues[venue].events.push(i);
        }
    }
    for venue in &mut site.venues {
        venue.events.sort_unstable();
        venue.events.dedup();
    }
}

fn index_files(site: &mut Site) {
    let documents = site.documents();
    let mut files: Vec<(String, ContentFile)> =
        documents.map(|(id, file)| (file.path.clone(), ContentFile::Document(id))).collect();
    let assets = site.assets.iter().enumerate();
    files.extend(assets.map(|(i, asset)| (asset.path.clone(), ContentFile::Asset(i))));
    site.files.extend(files);
    let not_ascii = site.files.keys().filter(|path| !path.is_ascii());
    site.composed = not_ascii.map(|path| (composed(path), path.clone())).collect();
}
