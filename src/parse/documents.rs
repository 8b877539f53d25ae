//! The kinds of document, and how front matter becomes one.
//!
//! For each kind there are two types: what the YAML says (`StoryFront`) and what it means once
//! dates are read and required keys are there (`Story`).

use std::ops::Range;
use std::sync::Arc;
use std::sync::OnceLock;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::de::{self, DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Deserializer};

use super::assets::Asset;
use super::dates::{self, Moment};
use super::front_matter::{self, Extra, List, Passage, Split, Text};
use super::live::{self, Live};
use super::outline::Outline;
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic, Place, Source, codes};
use crate::games::medals::Medal;
use crate::markdown::{self, Style};
use crate::slug;

/// A file of content/, by what its first folder makes it.
#[derive(Clone, Debug)]
pub enum Document {
    /// stories/ and live/
    Story(Arc<Story>),
    /// events/SPORT/
    Event(Arc<Event>),
    /// schedule/
    NonMedalEvent(Arc<NonMedalEvent>),
    /// athletes/
    Athlete(Arc<Athlete>),
    /// nations/
    Nation(Arc<Nation>),
    /// sports/
    Sport(Arc<Entry>),
    /// venues/
    Venue(Arc<Entry>),
    /// authors/
    Author(Arc<Entry>),
    /// Any other Markdown.
    Page(Arc<Page>),
    /// Anything that is not Markdown.
    Asset(Arc<Asset>),
}

impl Document {
    /// Its path from content/.
    pub fn path(&self) -> &str {
        match self {
            Document::Story(it) => &it.file.path,
            Document::Event(it) => &it.file.path,
            Document::NonMedalEvent(it) => &it.file.path,
            Document::Athlete(it) => &it.file.path,
            Document::Nation(it) => &it.file.path,
            Document::Sport(it) | Document::Venue(it) | Document::Author(it) => &it.file.path,
            Document::Page(it) => &it.file.path,
            Document::Asset(it) => &it.path,
        }
    }

    /// The file, if it is Markdown.
    pub fn file(&self) -> Option<&File> {
        Some(match self {
            Document::Story(it) => &it.file,
            Document::Event(it) => &it.file,
            Document::NonMedalEvent(it) => &it.file,
            Document::Athlete(it) => &it.file,
            Document::Nation(it) => &it.file,
            Document::Sport(it) | Document::Venue(it) | Document::Author(it) => &it.file,
            Document::Page(it) => &it.file,
            Document::Asset(_) => return None,
        })
    }

    /// Its updates, if it is a live blog.
    pub fn live(&self) -> Option<&Live> {
        match self {
            Document::Story(it) => it.live.as_ref(),
            Document::Event(_)
            | Document::NonMedalEvent(_)
            | Document::Athlete(_)
            | Document::Nation(_)
            | Document::Sport(_)
            | Document::Venue(_)
            | Document::Author(_)
            | Document::Page(_)
            | Document::Asset(_) => None,
        }
    }

    /// Its picture, if it has one.
    pub fn image(&self) -> Option<&Image> {
        match self {
            Document::Story(it) => it.image.as_ref(),
            Document::Event(it) => it.image.as_ref(),
            Document::NonMedalEvent(it) => it.image.as_ref(),
            Document::Athlete(it) => it.image.as_ref(),
            Document::Nation(it) => it.image.as_ref(),
            Document::Sport(it) | Document::Venue(it) | Document::Author(it) => it.image.as_ref(),
            Document::Page(it) => it.image.as_ref(),
            Document::Asset(_) => None,
        }
    }
}

/// What every Markdown file has.
#[derive(Debug)]
pub struct File {
    /// Path from content/.
    pub path: String,
    /// The whole text.
    pub source: Arc<Source>,
    /// Its YAML.
    pub front: Range<usize>,
    /// Its Markdown.
    pub body: Range<usize>,
    /// Whether HTML tags are published as they are, if this file says so.
    pub raw_html: Option<bool>,
    outline: OnceLock<Outline>,
    /// Ids of the headings of the body, once somebody asked for one.
    pub anchors: OnceLock<Vec<String>>,
}

impl File {
    /// The Markdown.
    pub fn markdown(&self) -> &str {
        &self.source.text[self.body.clone()]
    }

    /// The folder of the file, from content/; empty or ending in a slash.
    pub fn folder(&self) -> &str {
        &self.path[..self.path.rfind('/').map_or(0, |i| i + 1)]
    }

    /// Where a value of the front matter is, such as `podium.gold[0].nation`.
    pub fn place(&self, path: &str) -> Place {
        let outline = self
            .outline
            .get_or_init(|| Outline::of(&self.source.text[self.front.clone()], self.front.start));
        match outline.value(path) {
            Some(span) => Place::Span(self.source.clone(), span),
            None => Place::File(self.source.path.clone()),
        }
    }
}

/// A story, or a live blog: a story in updates.
#[derive(Debug)]
pub struct Story {
    /// Where it is.
    pub file: File,
    /// What others call it by: its path from content/stories/, or that of a live blog from content/,
    /// without `.md` or `/index.md`.
    pub stem: String,
    /// Its part of the address.
    pub slug: String,
    /// Headline.
    pub title: String,
    /// The sentence under the headline.
    pub standfirst: Option<String>,
    /// First published.
    pub date: Moment,
    /// Last changed, if that is to be shown.
    pub updated: Option<Moment>,
    /// Its updates, if it is a live blog.
    pub live: Option<Live>,
    /// Where it was written.
    pub dateline: Option<String>,
    /// People or agencies.
    pub authors: Vec<String>,
    /// `sport/event`.
    pub events: Vec<String>,
    /// Names.
    pub athletes: Vec<String>,
    /// Codes or names.
    pub nations: Vec<String>,
    /// Sports, besides those of the events.
    pub sports: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Lead picture.
    pub image: Option<Image>,
    /// Hand-picked stories.
    pub related: Vec<String>,
    /// What was wrong before.
    pub corrections: Vec<Correction>,
    /// Findings of the checks that are not to be told, and why.
    pub fact_ok: Vec<Waiver>,
    /// Not to be published yet.
    pub draft: bool,
    /// On the site from then on.
    pub publish_at: Option<Moment>,
    /// On the site until then.
    pub expire_at: Option<Moment>,
    /// Old addresses, such as `/old/address/`.
    pub aliases: Vec<String>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

impl Story {
    /// When it appears: at `publish_at`, or else at its date. A live blog has the time in its date at which
    /// its coverage begins, and may be announced before.
    pub fn appears_at(&self) -> Option<&Moment> {
        let date = || self.live.is_none().then_some(&self.date);
        self.publish_at.as_ref().or_else(date)
    }

    /// When it was last updated, as far as it says: a live blog by its last update, too.
    pub fn last_updated(&self) -> Option<&Moment> {
        let last = self.live.as_ref().and_then(|live| live.updates.last());
        let last = last.map(|update| &update.time);
        let later = |it: &&Moment| it.timestamp() > self.date.timestamp();
        self.updated.iter().chain(last.filter(later)).max_by_key(|it| it.timestamp())
    }

    /// When it was last changed, corrections included.
    pub fn changed(&self) -> Option<&Moment> {
        let corrections = self.corrections.iter().map(|correction| &correction.date);
        let later = |it: &&Moment| it.timestamp() > self.date.timestamp();
        let changes = self.last_updated().into_iter().chain(corrections.filter(later));
        changes.max_by_key(|it| it.timestamp())
    }

    /// When it was last changed, or else when it was first published.
    pub fn last_changed(&self) -> &Moment {
        self.changed().unwrap_or(&self.date)
    }
}

/// A picture with what must stand beside it.
#[derive(Clone, Debug)]
pub struct Image {
    src: String,
    alt: Option<String>,
    caption: Option<String>,
    credit: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImageFront {
    src: Text,
    alt: Option<Passage>,
    caption: Option<Passage>,
    credit: Option<Text>,
}

impl From<ImageFront> for Image {
    fn from(front: ImageFront) -> Image {
        Image {
            src: front.src.0,
            alt: front.alt.map(|text| text.0),
            caption: front.caption.map(|text| text.0),
            credit: front.credit.map(|text| text.0),
        }
    }
}

impl<'de> Deserialize<'de> for Image {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Image;

            fn expecting(&self, to: &mut std::fmt::Formatter) -> std::fmt::Result {
                to.write_str("a picture")
            }

            /// A path alone says where it is.
            fn visit_str<E: de::Error>(self, path: &str) -> Result<Image, E> {
                let src = Text::deserialize(path.into_deserializer())?;
                Ok(ImageFront { src, alt: None, caption: None, credit: None }.into())
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Image, A::Error> {
                let map = de::value::MapAccessDeserializer::new(map);
                ImageFront::deserialize(map).map(Image::from)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Image {
    /// Path from the file's folder, or from content/ with a slash in front.
    pub fn src(&self) -> &str {
        &self.src
    }

    /// What it shows, for those who do not see it; empty if not given.
    pub fn alt(&self) -> &str {
        self.alt.as_deref().unwrap_or_default()
    }

    /// The words under it.
    pub fn caption(&self) -> Option<&str> {
        self.caption.as_deref()
    }

    /// Who made it.
    pub fn credit(&self) -> Option<&str> {
        self.credit.as_deref()
    }
}

/// A dated note: what was wrong in a story.
#[derive(Clone, Debug)]
pub struct Correction {
    /// When.
    pub date: Moment,
    /// What.
    pub text: String,
}

/// A finding of the checks that the author answers for.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// Words of the text that it is about.
    pub words: String,
    /// Why they are right.
    pub reason: String,
    /// Of which kind the finding is, if it is to be of one.
    pub code: Option<String>,
    /// Until when it holds, if not for good.
    pub until: Option<Moment>,
}

/// A change of a podium after the ceremony.
#[derive(Clone, Debug)]
pub struct Change {
    /// When.
    pub date: Moment,
    /// What.
    pub text: String,
    /// Which of the changes in its file it is.
    pub number: usize,
    /// Who had the medals until then; colours that did not change are left out.
    pub was: PodiumBefore,
    /// Names of those concerned, besides those who lost or gained a medal.
    pub athletes: Vec<String>,
}

/// A medal event.
#[derive(Debug)]
pub struct Event {
    /// Where it is.
    pub file: File,
    /// Folder below events/.
    pub sport: String,
    /// The sport as this file writes it.
    pub sport_name: Option<String>,
    /// Name of the file.
    pub slug: String,
    /// Such as "Mixed doubles".
    pub title: String,
    /// The results system's code.
    pub code: Option<String>,
    /// Whom it is for.
    pub gender: Option<Gender>,
    /// Name of the place.
    pub venue: Option<String>,
    /// In the order of the file.
    pub sessions: Vec<Session>,
    /// How far it is.
    pub status: Status,
    /// Who stood where.
    pub podium: Podium,
    /// What changed after the ceremony, oldest first.
    pub changes: Vec<Change>,
    /// Picture.
    pub image: Option<Image>,
    /// Old addresses.
    pub aliases: Vec<String>,
    /// Findings of the checks that are not to be told, and why.
    pub fact_ok: Vec<Waiver>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

impl Event {
    /// Whether it has a podium that may still change.
    pub fn is_provisional(&self) -> bool {
        self.has_podium() && self.status != Status::Official
    }

    /// Whether anybody has a medal.
    pub fn has_podium(&self) -> bool {
        !self.podium.iter().all(Vec::is_empty)
    }
}

/// Something on the schedule that gives no medals: a ceremony, a qualification for several events.
#[derive(Debug)]
pub struct NonMedalEvent {
    /// Where it is.
    pub file: File,
    /// Name of the file.
    pub slug: String,
    /// Such as "Opening ceremony".
    pub title: String,
    /// Of which sport, if of one.
    pub sport: Option<String>,
    /// Name of the place.
    pub venue: Option<String>,
    /// In the order of the file.
    pub sessions: Vec<Session>,
    /// Picture.
    pub image: Option<Image>,
    /// Old addresses.
    pub aliases: Vec<String>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

/// Whom an event is for.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// Women.
    Women,
    /// Men.
    Men,
    /// Mixed pairs or teams.
    Mixed,
    /// Everyone.
    Open,
}

impl Gender {
    /// The word of the front matter.
    pub fn word(self) -> &'static str {
        match self {
            Gender::Women => "women",
            Gender::Men => "men",
            Gender::Mixed => "mixed",
            Gender::Open => "open",
        }
    }
}

/// How far an event is.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// To come.
    #[default]
    Scheduled,
    /// Under way.
    Live,
    /// Over, with a result that may still change.
    Provisional,
    /// Over, with a result that stands.
    Official,
}

impl Status {
    /// The word of the front matter.
    pub fn word(self) -> &'static str {
        match self {
            Status::Scheduled => "scheduled",
            Status::Live => "live",
            Status::Provisional => "provisional",
            Status::Official => "official",
        }
    }
}

/// A part of an event with a time of its own.
#[derive(Clone, Debug)]
pub struct Session {
    /// Such as "Gold medal match".
    pub name: Option<String>,
    /// When it begins.
    pub start: Moment,
    /// When it ends.
    pub end: Option<Moment>,
    /// Where, if not at the event's venue.
    pub venue: Option<String>,
    /// Whether medals are decided.
    pub medal: bool,
    /// How far it is.
    pub status: SessionStatus,
}

/// How far a session is.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum SessionStatus {
    /// To come.
    #[default]
    Scheduled,
    /// Under way.
    Live,
    /// Over.
    Finished,
    /// It will be at another time.
    Postponed,
    /// It is at another time than first planned.
    Rescheduled,
    /// It will not be.
    Cancelled,
}

impl SessionStatus {
    /// The word of the front matter.
    pub fn word(self) -> &'static str {
        match self {
            SessionStatus::Scheduled => "scheduled",
            SessionStatus::Live => "live",
            SessionStatus::Finished => "finished",
            SessionStatus::Postponed => "postponed",
            SessionStatus::Rescheduled => "rescheduled",
            SessionStatus::Cancelled => "cancelled",
        }
    }
}

/// Who stood where: gold, silver, bronze. Any number for each, none included: ties, two bronzes,
/// vacated medals.
pub type Podium = [Vec<Winner>; 3];

/// Who stood where before a change; nothing for a colour that did not change.
pub type PodiumBefore = [Option<Vec<Winner>>; 3];

/// One medal: a nation and those who won it for her.
#[derive(Clone, Debug, PartialEq)]
pub struct Winner {
    /// Code or name.
    pub nation: String,
    /// One person, a pair, a team; empty where only the nation is known.
    pub athletes: Vec<String>,
    /// Name of the team, where it has one of its own.
    pub team: Option<String>,
    /// The day on which it was decided, where that is not the day of the medal session.
    pub date: Option<Date>,
}

/// A person who competes.
#[derive(Debug)]
pub struct Athlete {
    /// Where it is.
    pub file: File,
    /// As the house prints it.
    pub name: String,
    /// Code or name of the nation.
    pub nation: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Family name.
    pub family: Option<String>,
    /// Given name.
    pub given: Option<String>,
    /// The results system's code.
    pub code: Option<String>,
    /// Whom the athlete competes with.
    pub gender: Option<Gender>,
    /// What the athlete has entered: `sport/event`, or codes of the results system, not all of
    /// which need be those of events here.
    pub entries: Vec<String>,
    /// Portrait.
    pub image: Option<Image>,
    /// The last part of the address, if it was given.
    pub slug: Option<String>,
    /// Findings of the checks that are not to be told, and why.
    pub fact_ok: Vec<Waiver>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

/// A nation's own file.
#[derive(Debug)]
pub struct Nation {
    /// Where it is.
    pub file: File,
    /// IOC code, in capitals: the name of the file.
    pub code: String,
    /// As the house prints it.
    pub name: Option<String>,
    /// As in "a South Korean".
    pub demonym: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Whether its medals stand in the table, if this file says so.
    pub in_medal_table: Option<bool>,
    /// Picture.
    pub image: Option<Image>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

/// A sport, a venue or an author: a name and a text.
#[derive(Debug)]
pub struct Entry {
    /// Where it is.
    pub file: File,
    /// The last part of the address: the name of the file.
    pub slug: String,
    /// As the house prints it.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// An author's work.
    pub role: Option<String>,
    /// Whether an author is an agency and no person, if this file says so.
    pub agency: Option<bool>,
    /// A venue's town.
    pub city: Option<String>,
    /// A venue's own time zone, where it is not the site's.
    pub time_zone: Option<TimeZone>,
    /// Picture.
    pub image: Option<Image>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

/// A plain page.
#[derive(Debug)]
pub struct Page {
    /// Where it is.
    pub file: File,
    /// Its address, such as `/about/`.
    pub address: String,
    /// Headline.
    pub title: String,
    /// The sentence under the headline.
    pub standfirst: Option<String>,
    /// Last changed, if that is to be shown.
    pub updated: Option<Moment>,
    /// Picture.
    pub image: Option<Image>,
    /// Not to be published yet.
    pub draft: bool,
    /// Old addresses.
    pub aliases: Vec<String>,
    /// Findings of the checks that are not to be told, and why.
    pub fact_ok: Vec<Waiver>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoryFront {
    title: Option<Text>,
    standfirst: Option<Passage>,
    date: Option<Text>,
    updated: Option<Text>,
    ended_at: Option<Text>,
    dateline: Option<Text>,
    authors: Option<List<Text>>,
    events: Option<List<Text>>,
    athletes: Option<List<Text>>,
    nations: Option<List<Text>>,
    sports: Option<List<Text>>,
    tags: Option<List<Text>>,
    image: Option<Image>,
    related: Option<List<Text>>,
    corrections: Option<List<CorrectionFront>>,
    draft: Option<bool>,
    raw_html: Option<bool>,
    publish_at: Option<Text>,
    expire_at: Option<Text>,
    aliases: Option<List<Text>>,
    slug: Option<Text>,
    fact_ok: Option<List<WaiverFront>>,
    extra: Option<Extra>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectionFront {
    date: Text,
    text: Passage,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaiverFront {
    words: Passage,
    reason: Passage,
    code: Option<Text>,
    until: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeFront {
    date: Text,
    text: Passage,
    was: Option<PodiumFront>,
    athletes: Option<List<Text>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PodiumFront {
    gold: Option<List<WinnerFront>>,
    silver: Option<List<WinnerFront>>,
    bronze: Option<List<WinnerFront>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WinnerFront {
    nation: Text,
    athletes: Option<List<Text>>,
    team: Option<Text>,
    date: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventFront {
    title: Option<Text>,
    sport: Option<Text>,
    code: Option<Text>,
    gender: Option<Gender>,
    venue: Option<Text>,
    sessions: Option<List<SessionFront>>,
    status: Option<Status>,
    podium: Option<PodiumFront>,
    changes: Option<List<ChangeFront>>,
    image: Option<Image>,
    aliases: Option<List<Text>>,
    fact_ok: Option<List<WaiverFront>>,
    extra: Option<Extra>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NonMedalEventFront {
    title: Option<Text>,
    sport: Option<Text>,
    venue: Option<Text>,
    sessions: Option<List<SessionFront>>,
    image: Option<Image>,
    aliases: Option<List<Text>>,
    extra: Option<Extra>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionFront {
    name: Option<Text>,
    start: Text,
    end: Option<Text>,
    venue: Option<Text>,
    #[serde(default)]
    medal: bool,
    #[serde(default)]
    status: SessionStatus,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AthleteFront {
    #[serde(alias = "title")]
    name: Option<Text>,
    nation: Option<Text>,
    aliases: Option<List<Text>>,
    family: Option<Text>,
    given: Option<Text>,
    code: Option<Text>,
    gender: Option<Gender>,
    entries: Option<List<Text>>,
    image: Option<Image>,
    slug: Option<Text>,
    fact_ok: Option<List<WaiverFront>>,
    extra: Option<Extra>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NationFront {
    #[serde(alias = "title")]
    name: Option<Text>,
    demonym: Option<Text>,
    aliases: Option<List<Text>>,
    in_medal_table: Option<bool>,
    image: Option<Image>,
    extra: Option<Extra>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryFront {
    #[serde(alias = "title")]
    name: Option<Text>,
    aliases: Option<List<Text>>,
    role: Option<Text>,
    agency: Option<bool>,
    city: Option<Text>,
    time_zone: Option<Text>,
    image: Option<Image>,
    extra: Option<Extra>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageFront {
    title: Option<Text>,
    standfirst: Option<Passage>,
    updated: Option<Text>,
    image: Option<Image>,
    draft: Option<bool>,
    raw_html: Option<bool>,
    slug: Option<Text>,
    aliases: Option<List<Text>>,
    fact_ok: Option<List<WaiverFront>>,
    extra: Option<Extra>,
}

/// Turns a Markdown file into a document, as far as it can be read. `path` is from content/.
pub fn read(
    path: &str,
    source: Arc<Source>,
    config: &Config,
) -> (Option<Document>, Vec<Diagnostic>) {
    let Split { front, body } = match front_matter::split(&source) {
        Ok(split) => split,
        Err(problem) => return (None, vec![*problem]),
    };
    let file = File {
        path: path.to_owned(),
        source,
        front,
        body,
        raw_html: None,
        outline: OnceLock::new(),
        anchors: OnceLock::new(),
    };
    let mut reader =
        Reader { config, zone: &config.time_zone, problems: Vec::new(), told: Vec::new() };
    let document = match path.split_once('/') {
        Some(("stories" | "live", _)) => reader.story(file).map(|it| Document::Story(Arc::new(it))),
        Some(("events", _)) => reader.event(file).map(|it| Document::Event(Arc::new(it))),
        Some(("schedule", _)) => {
            reader.non_medal_event(file).map(|it| Document::NonMedalEvent(Arc::new(it)))
        }
        Some(("athletes", _)) => reader.athlete(file).map(|it| Document::Athlete(Arc::new(it))),
        Some(("nations", _)) => reader.nation(file).map(|it| Document::Nation(Arc::new(it))),
        Some(("sports", _)) => reader.entry(file).map(|it| Document::Sport(Arc::new(it))),
        Some(("venues", _)) => reader.entry(file).map(|it| Document::Venue(Arc::new(it))),
        Some(("authors", _)) => reader.entry(file).map(|it| Document::Author(Arc::new(it))),
        _ => reader.page(file).map(|it| Document::Page(Arc::new(it))),
    };
    (document, reader.problems)
}

/// Reads one document and collects what is wrong with it.
struct Reader<'a> {
    config: &'a Config,
    zone: &'a TimeZone,
    problems: Vec<Diagnostic>,
    /// Keys of which something is wrong that was told already.
    told: Vec<String>,
}

impl Reader<'_> {
    fn front<T: DeserializeOwned>(&mut self, file: &File) -> Option<T> {
        let read = front_matter::read(&file.source, &file.front);
        self.problems.extend(read.problems);
        self.told = read.told;
        if let Some(outline) = read.outline {
            let _ = file.outline.set(outline);
        }
        read.front
    }

    fn problem(
        &mut self,
        file: &File,
        code: &'static Code,
        path: &str,
        message: &str,
    ) -> &mut Diagnostic {
        self.problems.push(Diagnostic::new(code, file.place(path), message));
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    /// A text that must be there and not be empty.
    fn required(&mut self, file: &File, key: &str, value: Option<Text>) -> String {
        match value {
            Some(Text(text)) if !text.trim().is_empty() => text.trim().to_owned(),
            Some(_) => {
                self.problem(file, &codes::F014, key, &format!("`{key}` is empty"));
                String::new()
            }
            None if self.told.iter().any(|told| told == key) => String::new(),
            None if matches!(file.place(key), Place::Span(..)) => {
                let written = match file.place(key) {
                    Place::Span(source, span) => source.text[span].to_owned(),
                    _ => String::new(),
                };
                let diagnostic =
                    self.problem(file, &codes::F014, key, &format!("`{key}` is empty"));
                let help = match written.as_str() {
                    "" if has_comment(file, key) => {
                        "a value that starts with # stands in quotes: # begins a comment".to_owned()
                    }
                    "" => format!("write it behind the colon: {key}: ..."),
                    word => format!(
                        "`{word}` without quotation marks means that there is nothing; if it is meant: {key}: \"{word}\""
                    ),
                };
                diagnostic.help.push(help);
                String::new()
            }
            None => {
                // The line that opens the front matter is where the key could go.
                let place = Place::Span(file.source.clone(), 0..3);
                let problem = Diagnostic::new(&codes::F006, place, format!("`{key}` is missing"))
                    .label(format!("this front matter has no `{key}`"));
                self.problems.push(match date_in_name(&file.path).filter(|_| key == "date") {
                    Some(date) => problem
                        .suggest("the name of the file has one", format!("---\ndate: {date}")),
                    None => problem,
                });
                String::new()
            }
        }
    }

    fn moment(&mut self, file: &File, path: &str, text: &Text) -> Option<Moment> {
        match dates::read(&text.0, self.zone) {
            Ok(moment) => Some(moment),
            Err(why) => {
                let key = path.rsplit('.').next().unwrap_or(path);
                let zone = self.zone.iana_name().unwrap_or("UTC").to_owned();
                let diagnostic =
                    self.problem(file, &codes::F012, path, &format!("`{key}` is not a date"));
                diagnostic.label = why;
                diagnostic
                    .help
                    .push(format!("without an offset the site's time zone, {zone}, is used"));
                match dates::rewritten(&text.0).as_slice() {
                    [] => {}
                    [one] => {
                        *diagnostic =
                            diagnostic.clone().suggest(format!("write {one}"), one.clone());
                    }
                    several => {
                        diagnostic.help.push(format!("write {}", several.join(", or ")));
                    }
                }
                None
            }
        }
    }

    fn optional_moment(&mut self, file: &File, key: &str, text: Option<&Text>) -> Option<Moment> {
        self.moment(file, key, text?)
    }

    fn corrections(
        &mut self,
        file: &File,
        corrections: Option<List<CorrectionFront>>,
    ) -> Vec<Correction> {
        let mut read = Vec::new();
        for (i, correction) in items(corrections).into_iter().enumerate() {
            let at = format!("corrections[{i}].date");
            if let Some(date) = self.moment(file, &at, &correction.date) {
                read.push(Correction { date, text: correction.text.0 });
            }
        }
        read
    }

    fn waivers(&mut self, file: &File, waivers: Option<List<WaiverFront>>) -> Vec<Waiver> {
        let mut read = Vec::new();
        for (i, waiver) in items(waivers).into_iter().enumerate() {
            let at = format!("fact_ok[{i}]");
            let words = self.required(file, &format!("{at}.words"), Some(Text(waiver.words.0)));
            let reason = self.required(file, &format!("{at}.reason"), Some(Text(waiver.reason.0)));
            let until = waiver.until.map(|until| self.moment(file, &format!("{at}.until"), &until));
            let code = optional(waiver.code);
            if let Some(code) = &code
                && !codes::find(code).is_some_and(|it| it.id.starts_with(['N', 'R']))
            {
                let message =
                    format!("`{code}` cannot be waived: only what words say can, N and R");
                self.problem(file, &codes::F005, &format!("{at}.code"), &message);
            }
            read.push(Waiver { words, reason, code, until: until.flatten() });
        }
        read
    }

    fn changes(&mut self, file: &File, changes: Option<List<ChangeFront>>) -> Vec<Change> {
        let mut read = Vec::new();
        for (i, change) in items(changes).into_iter().enumerate() {
            let at = format!("changes[{i}]");
            let Some(date) = self.moment(file, &format!("{at}.date"), &change.date) else {
                continue;
            };
            let was = change.was.unwrap_or_default();
            let was = Medal::ALL.into_iter().zip([was.gold, was.silver, was.bronze]);
            let mut was = was.map(|(medal, winners)| {
                Some(self.winners(file, &format!("{at}.was.{}", medal.word()), winners?.0))
            });
            let was = std::array::from_fn(|_| was.next().flatten());
            let athletes = list(change.athletes);
            read.push(Change { date, text: change.text.0, number: i, was, athletes });
        }
        read.sort_by_key(|change| change.date.timestamp());
        read
    }

    fn podium(&mut self, file: &File, front: PodiumFront) -> Podium {
        let colours = Medal::ALL.into_iter().zip([front.gold, front.silver, front.bronze]);
        let mut places = colours.map(|(medal, winners)| {
            self.winners(file, &format!("podium.{}", medal.word()), items(winners))
        });
        std::array::from_fn(|_| places.next().unwrap_or_default())
    }

    /// The medals of one colour, which stand at `path`.
    fn winners(&mut self, file: &File, path: &str, winners: Vec<WinnerFront>) -> Vec<Winner> {
        let mut read = Vec::with_capacity(winners.len());
        for (i, winner) in winners.into_iter().enumerate() {
            let at = format!("{path}[{i}]");
            let nation = winner.nation.0.trim().to_owned();
            if nation.is_empty() {
                self.problem(file, &codes::F014, &format!("{at}.nation"), "`nation` is empty");
            }
            let athletes = list(winner.athletes);
            for (j, athlete) in athletes.iter().enumerate() {
                if slug::of(athlete).is_empty() {
                    let at = format!("{at}.athletes[{j}]");
                    self.problem(file, &codes::F014, &at, "this is not a name");
                }
            }
            let date = winner.date.and_then(|date| self.moment(file, &format!("{at}.date"), &date));
            let date = date.map(|moment| moment.zoned.date());
            read.push(Winner { nation, athletes, team: optional(winner.team), date });
        }
        read
    }

    fn sessions(&mut self, file: &File, sessions: Option<List<SessionFront>>) -> Vec<Session> {
        let mut read = Vec::new();
        for (i, session) in items(sessions).into_iter().enumerate() {
            let start = self.moment(file, &format!("sessions[{i}].start"), &session.start);
            let at = format!("sessions[{i}].end");
            let end = session.end.as_ref().and_then(|end| self.moment(file, &at, end));
            let Some(start) = start else { continue };
            if end.as_ref().is_some_and(|end| end.timestamp() < start.timestamp()) {
                let problem =
                    self.problem(file, &codes::F012, &at, "a session ends before it starts");
                problem.label = "this is earlier than `start`".into();
            }
            read.push(Session {
                name: optional(session.name),
                start,
                end,
                venue: optional(session.venue),
                medal: session.medal,
                status: session.status,
            });
        }
        read
    }

    fn time_zone(&mut self, file: &File, name: Option<Text>) -> Option<TimeZone> {
        let name = optional(name)?;
        let zone = TimeZone::get(&name).ok();
        if zone.is_none() {
            let problem =
                self.problem(file, &codes::F012, "time_zone", "there is no such time zone");
            problem.label = "expected a name such as Pacific/Tahiti".into();
        }
        zone
    }

    /// Values that YAML ended at a # that the author meant.
    fn cut_off(&mut self, file: &File, keys: &[&str]) {
        let front = &file.source.text[file.front.clone()];
        let mut at = file.front.start;
        for line in front.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim_start();
            if !keys.contains(&key) || value.starts_with(['"', '\'', '#', '>', '|']) {
                continue;
            }
            if let Some(comment) = line.find(" #") {
                let place = Place::Span(
                    file.source.clone(),
                    start + comment + 1..start + line.trim_end().len(),
                );
                self.problems.push(
                    Diagnostic::new(
                        &codes::F011,
                        place,
                        format!("this part of `{key}` is not published"),
                    )
                    .label("YAML takes it as a comment")
                    .help("put the whole value in quotes, or remove this part"),
                );
            }
        }
    }

    /// A slug that was given, or one made of a name.
    fn slug(&mut self, file: &File, given: Option<&Text>, name: &str) -> String {
        let Some(Text(given)) = given else {
            let made = slug::in_script(name, self.config.script);
            if made.is_empty() {
                let place = Place::File(file.source.path.clone());
                self.problems.push(
                    Diagnostic::new(
                        &codes::F008,
                        place,
                        format!("no address can be made of the name `{name}`"),
                    )
                    .help("give one: slug: ..."),
                );
            }
            return made;
        };
        if !slug::is_valid(given) {
            let better = slug::of(given);
            let diagnostic =
                self.problem(file, &codes::F008, "slug", "this slug cannot be part of an address");
            diagnostic.label = "expected small letters, digits and hyphens".into();
            if !better.is_empty() {
                *diagnostic = diagnostic.clone().suggest(format!("write `{better}`"), better);
            }
        }
        given.clone()
    }

    fn aliases(&mut self, file: &File, aliases: Option<List<Text>>) -> Vec<String> {
        let mut read = Vec::new();
        for (i, Text(alias)) in items(aliases).into_iter().enumerate() {
            match slug::alias_address(&alias) {
                Ok(address) => read.push(address),
                Err(why) => {
                    let diagnostic = self.problem(
                        file,
                        &codes::F009,
                        &format!("aliases[{i}]"),
                        "this alias cannot be an address of the site",
                    );
                    diagnostic.label = why.into();
                }
            }
        }
        read
    }

    fn story(&mut self, mut file: File) -> Option<Story> {
        let front: StoryFront = self.front(&file)?;
        file.raw_html = front.raw_html;
        let is_live = file.path.starts_with("live/");
        let mut stem = stem(&file.path).to_owned();
        if is_live {
            stem.insert_str(0, "live/");
        }
        let title = self.required(&file, "title", front.title);
        let date = front.date.filter(|date| !date.0.trim().is_empty());
        if date.is_none() {
            self.required(&file, "date", None);
        }
        let date = self.optional_moment(&file, "date", date.as_ref());
        let publish_at = self.optional_moment(&file, "publish_at", front.publish_at.as_ref());
        let expire_at = self.optional_moment(&file, "expire_at", front.expire_at.as_ref());
        let updated = self.optional_moment(&file, "updated", front.updated.as_ref());
        if let (Some(from), Some(until)) = (&publish_at, &expire_at)
            && until.timestamp() <= from.timestamp()
        {
            let diagnostic = self.problem(
                &file,
                &codes::F012,
                "expire_at",
                "`expire_at` is not after `publish_at`",
            );
            diagnostic.label = "the story would never be on the site".into();
        }
        for (key, moment, what) in [
            ("updated", &updated, "a story is not updated before it is published"),
            ("expire_at", &expire_at, "the story would be over before it begins"),
        ] {
            let is_shown = key == "updated" || publish_at.is_none();
            if let (Some(date), Some(moment)) = (&date, moment)
                && is_shown
                && moment.is_before(date)
            {
                let message = format!("`{key}` is before `date`");
                self.problem(&file, &codes::F015, key, &message).label = what.into();
            }
        }
        for (key, names) in [
            ("authors", &front.authors),
            ("athletes", &front.athletes),
            ("nations", &front.nations),
            ("sports", &front.sports),
            ("tags", &front.tags),
        ] {
            for (i, Text(name)) in names.iter().flat_map(|names| &names.0).enumerate() {
                if slug::of(name).is_empty() {
                    let at = format!("{key}[{i}]");
                    self.problem(&file, &codes::F014, &at, "this has no letter or digit in it");
                }
            }
        }
        self.cut_off(&file, &["title", "standfirst"]);
        let ended_at = self.optional_moment(&file, "ended_at", front.ended_at.as_ref());
        if !is_live && front.ended_at.is_some() {
            let diagnostic = self.problem(&file, &codes::F004, "ended_at", "a story does not end");
            diagnostic.label = "only live blogs do, which lie in content/live/".into();
        }
        let live = match &date {
            Some(date) if is_live => Some(self.live(&file, date, ended_at)),
            _ => None,
        };
        let name = stem.rsplit('/').next().unwrap_or(&stem);
        Some(Story {
            slug: self.slug(&file, front.slug.as_ref(), name),
            title,
            standfirst: optional(front.standfirst.map(sentence)),
            updated,
            live,
            dateline: optional(front.dateline),
            authors: list(front.authors),
            events: list(front.events),
            athletes: list(front.athletes),
            nations: list(front.nations),
            sports: list(front.sports),
            tags: list(front.tags),
            image: front.image,
            related: list(front.related),
            corrections: self.corrections(&file, front.corrections),
            fact_ok: self.waivers(&file, front.fact_ok),
            draft: front.draft.unwrap_or(false),
            publish_at,
            expire_at,
            aliases: self.aliases(&file, front.aliases),
            extra: front.extra.unwrap_or_default().0.into(),
            stem,
            date: date.unwrap_or_else(|| Moment::never(self.zone)),
            file,
        })
    }

    /// The updates of a live blog.
    fn live(&mut self, file: &File, start: &Moment, ended_at: Option<Moment>) -> Live {
        let style = Style::of(&self.config.markdown, file.raw_html);
        let outline = markdown::outline(file.markdown(), file.body.start, style);
        let problems = &mut self.problems;
        let live = live::updates(&file.source, &file.body, outline, start, self.zone, problems);
        let live = Live { ended_at, ..live };
        if live.end().is_some_and(|end| end < start.timestamp()) {
            let message = "the coverage ends before it begins";
            self.problem(file, &codes::F012, "ended_at", message);
        }
        // What others may lead to in it are its updates.
        let ids = live.updates.iter().map(|update| update.id.clone()).collect();
        let _ = file.anchors.set(ids);
        live
    }

    fn event(&mut self, file: File) -> Option<Event> {
        let front: EventFront = self.front(&file)?;
        let stem = stem(&file.path).to_owned();
        let parts: Vec<&str> = stem.split('/').collect();
        let (sport, name) = match parts.as_slice() {
            [sport, name] => (*sport, *name),
            _ => {
                let place = Place::File(file.source.path.clone());
                self.problems.push(
                    Diagnostic::new(
                        &codes::F013,
                        place,
                        "an event lies in the folder of its sport",
                    )
                    .help("move it to content/events/SPORT/EVENT.md"),
                );
                return None;
            }
        };
        let sport_slug = self.slug(&file, None, sport);
        if let Some(Text(named)) = &front.sport
            && slug::of(named) != sport_slug
        {
            let diagnostic =
                self.problem(&file, &codes::F013, "sport", "the folder says another sport");
            diagnostic.label = format!("but the file lies in events/{sport}/");
        }
        let title = self.required(&file, "title", front.title);
        let sessions = self.sessions(&file, front.sessions);
        let podium = self.podium(&file, front.podium.unwrap_or_default());
        let is_empty = podium.iter().all(Vec::is_empty);
        Some(Event {
            slug: self.slug(&file, None, name),
            sport: sport_slug,
            sport_name: optional(front.sport),
            title,
            code: optional(front.code),
            gender: front.gender,
            venue: optional(front.venue),
            sessions,
            // Who writes down a podium and no status means that it stands.
            status: front.status.unwrap_or(match is_empty {
                true => Status::Scheduled,
                false => Status::Official,
            }),
            podium,
            changes: self.changes(&file, front.changes),
            image: front.image,
            aliases: self.aliases(&file, front.aliases),
            fact_ok: self.waivers(&file, front.fact_ok),
            extra: front.extra.unwrap_or_default().0.into(),
            file,
        })
    }

    fn non_medal_event(&mut self, file: File) -> Option<NonMedalEvent> {
        let front: NonMedalEventFront = self.front(&file)?;
        let stem = stem(&file.path).to_owned();
        let name = stem.rsplit('/').next().unwrap_or(&stem);
        Some(NonMedalEvent {
            slug: self.slug(&file, None, name),
            title: self.required(&file, "title", front.title),
            sport: optional(front.sport),
            venue: optional(front.venue),
            sessions: self.sessions(&file, front.sessions),
            image: front.image,
            aliases: self.aliases(&file, front.aliases),
            extra: front.extra.unwrap_or_default().0.into(),
            file,
        })
    }

    fn athlete(&mut self, file: File) -> Option<Athlete> {
        let front: AthleteFront = self.front(&file)?;
        let slug = front.slug.as_ref().map(|text| self.slug(&file, Some(text), ""));
        let name = self.required(&file, "name", front.name);
        if slug.is_none() && !name.is_empty() {
            self.slug(&file, None, &name);
        }
        Some(Athlete {
            name,
            nation: self.required(&file, "nation", front.nation),
            aliases: list(front.aliases),
            family: optional(front.family),
            given: optional(front.given),
            code: optional(front.code),
            gender: front.gender,
            entries: list(front.entries),
            image: front.image,
            slug,
            fact_ok: self.waivers(&file, front.fact_ok),
            extra: front.extra.unwrap_or_default().0.into(),
            file,
        })
    }

    fn nation(&mut self, file: File) -> Option<Nation> {
        let front: NationFront = self.front(&file)?;
        let code = stem(&file.path).to_ascii_uppercase();
        if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
            let place = Place::File(file.source.path.clone());
            self.problems.push(
                Diagnostic::new(
                    &codes::F013,
                    place,
                    "a nation's file is named by its three-letter code",
                )
                .help("such as content/nations/kor.md"),
            );
        }
        Some(Nation {
            code,
            name: optional(front.name),
            demonym: optional(front.demonym),
            aliases: list(front.aliases),
            in_medal_table: front.in_medal_table,
            image: front.image,
            extra: front.extra.unwrap_or_default().0.into(),
            file,
        })
    }

    fn entry(&mut self, file: File) -> Option<Entry> {
        let front: EntryFront = self.front(&file)?;
        let stem = stem(&file.path).to_owned();
        let name = stem.rsplit('/').next().unwrap_or(&stem);
        Some(Entry {
            slug: self.slug(&file, None, name),
            name: self.required(&file, "name", front.name),
            aliases: list(front.aliases),
            role: optional(front.role),
            agency: front.agency,
            city: optional(front.city),
            time_zone: self.time_zone(&file, front.time_zone),
            image: front.image,
            extra: front.extra.unwrap_or_default().0.into(),
            file,
        })
    }

    fn page(&mut self, mut file: File) -> Option<Page> {
        let Some(front) = self.front::<PageFront>(&file) else {
            for problem in &mut self.problems {
                let is_story = ["`date`", "`events`", "`authors`"]
                    .iter()
                    .any(|key| problem.message.contains(key));
                if problem.code == &codes::F004 && is_story {
                    problem.suggestion = None;
                    problem.help.push("is this a story or a live blog? They lie in content/stories/ and content/live/".into());
                }
            }
            return None;
        };
        file.raw_html = front.raw_html;
        // "about.md" and "about/index.md" are /about/, "index.md" is the home page's address.
        let path = &file.path[..file.path.len() - 3];
        let path = path.strip_suffix("/index").unwrap_or(path).to_owned();
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let mut address = String::from("/");
        for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
            address += &(self.slug(&file, None, folder) + "/");
        }
        if !(folders.is_empty() && name == "index") {
            address += &(self.slug(&file, front.slug.as_ref(), name) + "/");
        }
        Some(Page {
            address,
            title: self.required(&file, "title", front.title),
            standfirst: optional(front.standfirst.map(sentence)),
            updated: self.optional_moment(&file, "updated", front.updated.as_ref()),
            image: front.image,
            draft: front.draft.unwrap_or(false),
            aliases: self.aliases(&file, front.aliases),
            fact_ok: self.waivers(&file, front.fact_ok),
            extra: front.extra.unwrap_or_default().0.into(),
            file,
        })
    }
}

/// The path below the first folder, without `.md` or `/index.md`.
fn stem(path: &str) -> &str {
    let inner = path.split_once('/').map_or(path, |(_, rest)| rest);
    let inner = &inner[..inner.len() - 3];
    inner.strip_suffix("/index").unwrap_or(inner)
}

fn optional(text: Option<Text>) -> Option<String> {
    text.map(|text| text.0.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Whether a comment stands where the value of a key should be.
fn has_comment(file: &File, key: &str) -> bool {
    let front = &file.source.text[file.front.clone()];
    let values = front.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
    values.map(str::trim_start).any(|value| value.starts_with('#'))
}

/// A passage as one line: a standfirst that was written over several is one sentence all the same.
fn sentence(passage: Passage) -> Text {
    Text(passage.0.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn items<T>(list: Option<List<T>>) -> Vec<T> {
    list.map(|list| list.0).unwrap_or_default()
}

/// The day at the front of a file name such as `2024-08-01-the-final.md`.
fn date_in_name(path: &str) -> Option<Date> {
    let name = path.strip_suffix("/index.md").unwrap_or(path).rsplit('/').next()?;
    name.get(..10)?.parse().ok()
}

fn list(texts: Option<List<Text>>) -> Vec<String> {
    items(texts).into_iter().map(|text| text.0.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_is_called_by_its_folder() {
        assert_eq!(stem("stories/2024/final.md"), "2024/final");
        assert_eq!(stem("stories/final/index.md"), "final");
    }
}
