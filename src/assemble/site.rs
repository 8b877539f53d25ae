//! The site: what assembly makes, and how its parts are found by name.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::awards::{Award, AwardId};
use super::documents::ContentFile;
use super::front::Front;
use super::topics::Topic;
use super::units::{EntryNode, Part, UnitNode};
use super::{BuildTime, Coverage, LiveNode, people};
use crate::config::Config;
use crate::games::medals::{Row, Tally};
use crate::parse::assets::Asset;
use crate::parse::documents::{
    Athlete, Entry, Event, EventResults, File, Issue, Nation, NonMedalEvent, Page, Story, Unit,
};
use crate::slug;

/// Everything that is published, with every reference resolved.
#[derive(Debug)]
pub struct Site {
    /// What the site is.
    pub config: Arc<Config>,
    /// What it was assembled for: the time, and whether drafts are in it.
    pub build_time: BuildTime,
    /// Newest first.
    pub stories: Vec<StoryNode>,
    /// By sport, then slug with its numbers by their size.
    pub events: Vec<EventNode>,
    /// By slug.
    pub non_medal_events: Vec<NonMedalEventNode>,
    /// The schedule: every session, in the order of time.
    pub schedule: Vec<ScheduledSession>,
    /// The days that have a session, first to last.
    pub days: Vec<Day>,
    /// Every medal that somebody has or had, in the order of events.
    pub awards: Vec<Award>,
    /// How events went: units of all events, in the order of events, then in that of time.
    pub units: Vec<UnitNode>,
    /// By slug.
    pub athletes: Vec<AthleteNode>,
    /// By code; those that are named somewhere.
    pub nations: Vec<NationNode>,
    /// By slug.
    pub sports: Vec<Topic>,
    /// By slug.
    pub venues: Vec<Topic>,
    /// By slug.
    pub authors: Vec<Topic>,
    /// By slug.
    pub tags: Vec<Topic>,
    /// The magazine, newest first.
    pub issues: Vec<IssueNode>,
    /// By address.
    pub pages: Vec<Arc<Page>>,
    /// By path.
    pub assets: Vec<Arc<Asset>>,
    /// The medal table of now.
    pub medal_table: Vec<Row>,
    /// What the home page begins with.
    pub front: Front,
    /// What each file of content/ is, by its path.
    pub files: BTreeMap<String, ContentFile>,
    /// Paths that are not ASCII, by their composed form.
    pub(super) composed: HashMap<String, String>,
    /// Stories that exist, but not for readers: the addresses that they would have, without the slashes
    /// around them.
    pub unpublished: BTreeSet<String>,
    /// Prints of pictures that some document says may not be shown any more.
    pub lapsed: BTreeSet<u128>,
    /// What could be read of broken files. Nothing of it is shown.
    pub remains: Vec<crate::parse::documents::Document>,
    /// Stories whose time is still to come, in the order of their times, whether they are shown or not.
    pub waiting: Vec<super::Waiting>,
    pub(super) people: people::Index,
    pub(super) nation_names: HashMap<String, String>,
    pub(super) story_names: HashMap<String, Vec<usize>>,
    /// Names of stories that exist, but are broken or not for readers.
    pub(super) absent_stories: HashMap<String, ResolveError>,
    pub(super) event_ids: HashMap<String, usize>,
}

/// A published story.
#[derive(Debug)]
pub struct StoryNode {
    /// What its file says.
    pub doc: Arc<Story>,
    /// Bylines.
    pub authors: Vec<usize>,
    /// What it is about.
    pub events: Vec<usize>,
    /// Who it is about.
    pub athletes: Vec<usize>,
    /// Nations that it names.
    pub nations: Vec<usize>,
    /// Sports that it names, and those of its events.
    pub sports: Vec<usize>,
    pub tags: Vec<usize>,
    /// Picked by hand.
    pub related: Vec<usize>,
    /// Related by what they are about, and then simply the newest.
    pub more: Vec<usize>,
    /// Issues of the magazine in which it is printed, newest first.
    pub issues: Vec<usize>,
    /// What it is as a live blog, if it is one.
    pub live: Option<LiveNode>,
}

/// An issue of the magazine.
#[derive(Debug)]
pub struct IssueNode {
    /// What its file says.
    pub doc: Arc<Issue>,
    /// Those of its stories that are on the site, in their order.
    pub stories: Vec<usize>,
}

/// A medal event.
#[derive(Debug)]
pub struct EventNode {
    /// What its file says.
    pub doc: Arc<Event>,
    pub sport: usize,
    /// Where it is.
    pub venue: Option<usize>,
    /// Gold, silver, bronze: who has them now, in the order of the file.
    pub podium: [Vec<AwardId>; 3],
    /// Whom each of its changes concerns.
    pub changes: Vec<ChangeNode>,
    /// Its part of the schedule, in the order of time.
    pub schedule: Vec<usize>,
    /// The session in which it is decided.
    pub deciding: Option<usize>,
    /// How it went, unit by unit, as far as that is recorded.
    pub results: Option<Arc<EventResults>>,
    /// Its part of the site's units.
    pub units: Range<usize>,
    /// Who has entered or has a medal, by slug.
    pub entrants: Vec<usize>,
    /// Stories about it, newest first.
    pub stories: Vec<usize>,
}

/// A change of a podium.
#[derive(Debug)]
pub struct ChangeNode {
    /// Those who lost or gained a medal, and those whom it names.
    pub athletes: Vec<usize>,
}

/// Something on the schedule that gives no medals.
#[derive(Debug)]
pub struct NonMedalEventNode {
    /// What its file says.
    pub doc: Arc<NonMedalEvent>,
    /// Of which sport.
    pub sport: Option<usize>,
    /// Where it is.
    pub venue: Option<usize>,
    /// Its part of the schedule, in the order of time.
    pub schedule: Vec<usize>,
}

/// A session on the schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScheduledSession {
    /// Of what it is a part.
    pub of: SessionOf,
    /// Which of its sessions.
    pub session: usize,
    /// Which of its sessions whose names have the same slug, from 0: so it can be told apart for good,
    /// even when it is moved to another time.
    pub namesake: usize,
    /// The day, in the Games' time zone.
    pub day: Date,
    /// Where.
    pub venue: Option<usize>,
    /// The unit whose winner is that of the session, if one is.
    pub unit: Option<usize>,
}

/// What a session is a part of.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq)]
pub enum SessionOf {
    Event(usize),
    /// A ceremony, or a qualification for several events.
    NonMedalEvent(usize),
}

impl ScheduledSession {
    /// The medal event that it is a part of, if it is of one.
    pub fn event(&self) -> Option<usize> {
        match self.of {
            SessionOf::Event(event) => Some(event),
            SessionOf::NonMedalEvent(_) => None,
        }
    }
}

/// A day with its part of the schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Where the Games are.
    pub date: Date,
    /// Its part of the schedule.
    pub schedule: Range<usize>,
}

/// A person who competes.
#[derive(Debug)]
pub struct AthleteNode {
    /// As the house prints it.
    pub name: String,
    /// The last part of the address.
    pub slug: String,
    /// Not known of somebody whom only a story names.
    pub nation: Option<usize>,
    /// The athlete's own file.
    pub doc: Option<Arc<Athlete>>,
    /// In the order of events.
    pub medals: Vec<AwardId>,
    /// Changes of podiums that concern the athlete: the event, and which of its changes.
    pub changes: Vec<(usize, usize)>,
    /// Events that the athlete has entered, has taken part in or has a medal of.
    pub entries: Vec<usize>,
    /// Parts in units, in their order.
    pub results: Vec<Part>,
    /// Newest first.
    pub stories: Vec<usize>,
}

/// A nation that is named somewhere.
#[derive(Debug)]
pub struct NationNode {
    /// IOC code.
    pub code: String,
    /// As the house prints it.
    pub name: String,
    /// The nation's own file.
    pub doc: Option<Arc<Nation>>,
    /// Whether its medals stand in the table.
    pub in_table: bool,
    /// What it won, in the table or not.
    pub tally: Tally,
    /// In the table.
    pub rank: Option<usize>,
    /// In the order of events.
    pub medals: Vec<AwardId>,
    /// By slug.
    pub athletes: Vec<usize>,
    /// Events that its athletes have entered.
    pub events: Vec<usize>,
    /// Parts of its athletes and teams in units, in their order.
    pub results: Vec<Part>,
    /// About it or one of its athletes, newest first.
    pub stories: Vec<usize>,
}

/// A reference that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResolveError {
    /// Nothing has this name; perhaps one of these was meant.
    Unknown,
    /// More than one has it; these would be clear.
    Ambiguous(Vec<String>),
    /// It exists, but is not published.
    Unpublished,
    /// Its file has mistakes of its own.
    Broken,
}

/// A path in Unicode's composed form (NFC).
pub(super) fn composed(path: &str) -> String {
    path.nfc().collect()
}

/// How an event is looked up: the slugs of its sport and of its own name.
pub(super) fn event_key(name: &str) -> String {
    match name.trim_matches('/').split_once('/') {
        Some((sport, event)) => format!("{}/{}", slug::slugify(sport), slug::slugify(event)),
        None => slug::slugify(name),
    }
}

/// A path as it is written in a file of `folder`, from content/. Nothing if it leads out.
pub fn relative_path(folder: &str, written: &str) -> Option<String> {
    let (mut parts, written): (Vec<&str>, &str) = match written.strip_prefix('/') {
        Some(rest) => (Vec::new(), rest),
        None => (folder.split('/').filter(|part| !part.is_empty()).collect(), written),
    };
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The sport or venue of that slug, name or alias.
fn topic_called(topics: &[Topic], name: &str) -> Option<usize> {
    let slug = slug::slugify(name);
    let has_name = |name: &String| slug::slugify(name) == slug;
    let by_slug = topics.binary_search_by(|topic| topic.slug.cmp(&slug)).ok();
    by_slug.or_else(|| {
        topics.iter().position(|topic| {
            let aliases = topic.doc.iter().flat_map(|doc| &doc.aliases);
            aliases.chain([&topic.name]).any(has_name)
        })
    })
}

impl StoryNode {
    /// Whether it is a live blog that runs.
    pub fn is_running(&self) -> bool {
        self.live.as_ref().is_some_and(|live| live.coverage == Coverage::Running)
    }
}

impl Site {
    /// The live blogs that run, newest first.
    pub fn running(&self) -> impl Iterator<Item = usize> {
        (0..self.stories.len()).filter(|i| self.stories[*i].is_running())
    }

    /// What the sheet says of a unit. Nothing only if the unit is of another site.
    pub fn unit(&self, node: &UnitNode) -> Option<&Unit> {
        self.events[node.event].results.as_ref()?.units.get(node.unit)
    }

    /// The competitors of a unit with what the sheet says of each.
    pub fn entries<'s>(
        &'s self,
        node: &'s UnitNode,
    ) -> impl Iterator<Item = (&'s EntryNode, &'s Entry)> {
        let unit = self.unit(node);
        node.entries.iter().filter_map(move |entry| Some((entry, &unit?.entries[entry.entry])))
    }

    /// How many events have a podium that may still change.
    pub fn provisional_events(&self) -> usize {
        self.events.iter().filter(|event| event.doc.is_provisional()).count()
    }

    /// The file of content/ that a path in a document leads to.
    ///
    /// # Errors
    /// There is none.
    pub fn file(&self, from: &File, written: &str) -> Result<ContentFile, ResolveError> {
        let path = relative_path(from.folder(), written).ok_or(ResolveError::Unknown)?;
        // A name that looks the same is the same, whichever form of Unicode it is written in.
        let same = || self.composed.get(&composed(&path));
        match self.files.get(&path).or_else(|| self.files.get(same()?)) {
            None => Err(ResolveError::Unknown),
            Some(ContentFile::Unpublished) => Err(ResolveError::Unpublished),
            Some(ContentFile::Broken) => Err(ResolveError::Broken),
            Some(target) => Ok(*target),
        }
    }

    /// The copied file that a path in a document leads to.
    ///
    /// # Errors
    /// There is none, or it is a page.
    pub fn asset(&self, from: &File, written: &str) -> Result<usize, ResolveError> {
        match self.file(from, written)? {
            ContentFile::Asset(asset) => Ok(asset),
            ContentFile::Document(_) | ContentFile::Unpublished | ContentFile::Broken => {
                Err(ResolveError::Unknown)
            }
        }
    }

    /// The copied file of content/ at an address.
    pub fn asset_at(&self, address: &str) -> Option<usize> {
        let path = address.trim_start_matches('/');
        self.assets.binary_search_by(|asset| asset.path.as_str().cmp(path)).ok()
    }

    /// The picture that stands for the site in tabs and on home screens.
    pub fn icon(&self) -> Option<&Arc<Asset>> {
        let (address, _) = self.config.brand.icon.as_ref()?;
        Some(&self.assets[self.asset_at(address)?])
    }

    /// The event called `sport/event`.
    ///
    /// # Errors
    /// There is none.
    pub fn event(&self, name: &str) -> Result<usize, ResolveError> {
        if let Some(event) = self.event_ids.get(&event_key(name)) {
            return Ok(*event);
        }
        let name = name.trim_matches('/');
        let broken = ["", "/index"].iter().any(|end| {
            self.files.get(&format!("events/{name}{end}.md")) == Some(&ContentFile::Broken)
        });
        Err(if broken { ResolveError::Broken } else { ResolveError::Unknown })
    }

    /// The story of that name.
    ///
    /// # Errors
    /// There is none, more than one, or it is not published.
    pub fn story(&self, name: &str) -> Result<usize, ResolveError> {
        match self.story_names.get(name).map(Vec::as_slice) {
            Some([one]) => Ok(*one),
            Some(several) => Err(ResolveError::Ambiguous(
                several.iter().map(|story| self.stories[*story].doc.stem.clone()).collect(),
            )),
            None => Err(self.absent_stories.get(name).cloned().unwrap_or(ResolveError::Unknown)),
        }
    }

    /// The athlete of that name, with the nation's code in brackets where it is ambiguous.
    ///
    /// # Errors
    /// There is none, or more than one.
    pub fn athlete(&self, name: &str) -> Result<usize, ResolveError> {
        let code = |written: &str| self.nation_names.get(&slug::slugify(written)).cloned();
        match self.people.named(name, code).as_slice() {
            [] => Err(ResolveError::Unknown),
            [one] => Ok(*one),
            several => Err(ResolveError::Ambiguous(
                several.iter().map(|i| self.people.clear_name(*i)).collect(),
            )),
        }
    }

    /// The event with this code of the results system.
    pub fn event_of_code(&self, code: &str) -> Option<usize> {
        let event = *self.event_ids.get(&event_key(code))?;
        let own = self.events[event].doc.code.as_deref();
        own.is_some_and(|own| event_key(own) == event_key(code)).then_some(event)
    }

    /// Who is meant by a name on the podium of an event, if that can be told.
    pub fn medallist(&self, name: &str, nation: &str, event: usize) -> Option<usize> {
        let sport = &self.sports[self.events[event].sport].slug;
        match self.people.of_nation(name, nation, people::At { event, sport }).as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// Everybody of a nation who has this name.
    pub fn athletes_called(&self, name: &str, nation: &str) -> Vec<usize> {
        let named = self.people.named(name, |_| None);
        let is_of_nation = |i: &usize| self.people.people[*i].nation.as_deref() == Some(nation);
        named.into_iter().filter(is_of_nation).collect()
    }

    /// The code of a nation that is written by its code or name.
    pub fn nation_code(&self, written: &str) -> Option<&str> {
        self.nation_names.get(&slug::slugify(written)).map(String::as_str)
    }

    /// Where the nation with this code is, if it is named on the site.
    pub fn nation_of_code(&self, code: &str) -> Option<usize> {
        super::nation_index(&self.nations, code)
    }

    /// A nation's own file, by its code.
    pub fn nation_doc(&self, code: &str) -> Option<&Nation> {
        let nation = self.nation_of_code(code)?;
        self.nations[nation].doc.as_deref()
    }

    /// The venue of that slug, name or alias.
    pub fn venue(&self, name: &str) -> Option<usize> {
        topic_called(&self.venues, name)
    }

    /// The nation of that code or name, if it is named on the site.
    ///
    /// # Errors
    /// There is none.
    pub fn nation(&self, name: &str) -> Result<usize, ResolveError> {
        let code = self.nation_names.get(&slug::slugify(name)).ok_or(ResolveError::Unknown)?;
        self.nation_of_code(code).ok_or(ResolveError::Unknown)
    }

    /// The sport of that slug, name or alias.
    ///
    /// # Errors
    /// There is none.
    pub fn sport(&self, name: &str) -> Result<usize, ResolveError> {
        topic_called(&self.sports, name).ok_or(ResolveError::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_their_file_or_to_content() {
        assert_eq!(relative_path("stories/a/", "pic.png").as_deref(), Some("stories/a/pic.png"));
        assert_eq!(
            relative_path("stories/a/", "../../events/x/y.md").as_deref(),
            Some("events/x/y.md")
        );
        assert_eq!(relative_path("stories/a/", "/about.md").as_deref(), Some("about.md"));
        assert_eq!(relative_path("stories/", "../../etc/passwd"), None);
    }
}
