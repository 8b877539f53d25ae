//! What many pages show: the short form of each thing on the site, made once.

use jiff::tz::Offset;
use rayon::prelude::*;
use serde::Serialize;
use tera::Value;

use crate::assemble::{Site, Topic, Winners, is_remote};
use crate::games::medals::Medal;
use crate::parse::dates::Moment;
use crate::parse::documents::{File, Image, Session, Status};
use crate::plan::{self, addresses as at};

/// Short forms, in the order of the site's own vectors.
#[derive(Debug)]
pub struct Cards {
    /// [`StoryCard`]
    pub stories: Vec<Value>,
    /// [`EventCard`]
    pub events: Vec<Value>,
    /// [`AthleteCard`]
    pub athletes: Vec<Value>,
    /// [`NationCard`]
    pub nations: Vec<Value>,
    /// [`Link`]
    pub sports: Vec<Value>,
    /// [`Link`]
    pub venues: Vec<Value>,
    /// [`Link`]
    pub authors: Vec<Value>,
    /// [`Link`]
    pub tags: Vec<Value>,
}

/// A name that leads somewhere.
#[derive(Debug, Serialize)]
pub struct Link<'a> {
    name: &'a str,
    url: String,
    /// An author's work.
    role: Option<&'a str>,
    /// How many stories it has.
    story_count: usize,
    /// How many events it has.
    event_count: usize,
}

/// A nation.
#[derive(Debug, Serialize)]
pub struct NationCard<'a> {
    code: &'a str,
    name: &'a str,
    url: String,
    rank: Option<usize>,
    gold: u32,
    silver: u32,
    bronze: u32,
    total: u32,
}

/// An athlete.
#[derive(Debug, Serialize)]
pub struct AthleteCard<'a> {
    name: &'a str,
    url: String,
    nation: Value,
    medal_count: usize,
}

/// An event with its podium.
#[derive(Debug, Serialize)]
pub struct EventCard<'a> {
    title: &'a str,
    url: String,
    sport: Value,
    venue: Value,
    gender: Option<&'static str>,
    status: &'static str,
    /// Of the medal session, or the last.
    date: Option<Value>,
    sessions: Vec<SessionView<'a>>,
    has_podium: bool,
    podium: [PodiumPlace; 3],
}

/// A step of the podium.
#[derive(Debug, Serialize)]
pub struct PodiumPlace {
    medal: &'static str,
    winners: Vec<Value>,
}

/// One medal.
#[derive(Debug, Serialize)]
struct WinnersView<'a> {
    nation: Value,
    athletes: Vec<Value>,
    team: Option<&'a str>,
}

/// A part of an event.
#[derive(Debug, Serialize)]
pub struct SessionView<'a> {
    name: Option<&'a str>,
    start: Value,
    end: Option<Value>,
    venue: Option<&'a str>,
    medal: bool,
    status: &'static str,
}

/// A story.
#[derive(Debug, Serialize)]
pub struct StoryCard<'a> {
    title: &'a str,
    url: String,
    standfirst: Option<&'a str>,
    date: Value,
    updated: Option<Value>,
    dateline: Option<&'a str>,
    authors: Vec<Value>,
    image: Option<ImageView>,
    /// The sport or tag that stands over the headline.
    kicker: Option<Value>,
    draft: bool,
}

/// A picture.
#[derive(Clone, Debug, Serialize)]
pub struct ImageView {
    url: String,
    width: Option<u64>,
    height: Option<u64>,
    alt: String,
    caption: Option<String>,
    credit: Option<String>,
}

/// A date, taken apart for the theme's `date` filter.
#[derive(Debug, Serialize)]
pub struct DateView {
    iso: String,
    day: u8,
    month: u8,
    year: u16,
    weekday: u8,
    time: Option<String>,
    zone: Option<String>,
}

/// A date for templates.
pub fn date(moment: &Moment) -> Value {
    let zoned = &moment.zoned;
    let time = moment.has_time.then(|| zoned.strftime("%H:%M").to_string());
    let view = DateView {
        iso: moment.iso(),
        day: zoned.day().unsigned_abs(),
        month: zoned.month().unsigned_abs(),
        year: zoned.year().unsigned_abs(),
        weekday: zoned.weekday().to_monday_one_offset().unsigned_abs(),
        zone: time.is_some().then(|| moment.zone_name()),
        time,
    };
    value(&view)
}

/// A day of the Games for templates.
pub fn civil_date(date: jiff::civil::Date) -> Option<Value> {
    let zoned = Offset::UTC.to_time_zone();
    let zoned = date.to_zoned(zoned).ok()?;
    Some(self::date(&Moment { zoned, has_time: false }))
}

/// A view as a value. A view that cannot be one is a mistake of this program, and shows as nothing.
pub fn value<T: Serialize>(view: &T) -> Value {
    Value::try_from_serializable(view).unwrap_or_else(|_| Value::none())
}

/// An address as it stands in HTML, below the site's base.
pub fn url(site: &Site, address: &str) -> String {
    site.config.below_base(&at::encoded(address))
}

/// The picture of a document. Nothing if its file is not there, which assembly has reported.
pub fn image(site: &Site, file: &File, image: Option<&Image>) -> Option<ImageView> {
    let image = image?;
    let (url, size) = if is_remote(image.src()) {
        (image.src().to_owned(), None)
    } else {
        let asset = &site.assets[site.asset(file, image.src()).ok()?];
        (url(site, &format!("/{}", asset.path)), asset.size)
    };
    Some(ImageView {
        url,
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
        alt: image.alt().to_owned(),
        caption: image.caption().map(str::to_owned),
        credit: image.credit().map(str::to_owned),
    })
}

/// The parts of an event.
pub fn sessions(sessions: &[Session]) -> Vec<SessionView<'_>> {
    sessions
        .iter()
        .map(|session| SessionView {
            name: session.name.as_deref(),
            start: date(&session.start),
            end: session.end.as_ref().map(date),
            venue: session.venue.as_deref(),
            medal: session.medal,
            status: session.status.word(),
        })
        .collect()
}

impl Cards {
    /// The short forms of everything on a site.
    pub fn of(site: &Site) -> Cards {
        let links = |topics: &[Topic], address: fn(&str) -> String| -> Vec<Value> {
            topics.iter().map(|topic| link(site, topic, address)).collect()
        };
        let sports = links(&site.sports, at::sport);
        let venues = links(&site.venues, at::venue);
        let authors = links(&site.authors, at::author);
        let tags = links(&site.tags, at::tag);
        let nations: Vec<Value> = site
            .nations
            .iter()
            .map(|nation| {
                value(&NationCard {
                    code: &nation.code,
                    name: &nation.name,
                    url: url(site, &at::nation(&nation.code)),
                    rank: nation.rank,
                    gold: nation.tally.gold,
                    silver: nation.tally.silver,
                    bronze: nation.tally.bronze,
                    total: nation.tally.total(),
                })
            })
            .collect();
        let athletes: Vec<Value> = site
            .athletes
            .par_iter()
            .map(|athlete| {
                value(&AthleteCard {
                    name: &athlete.name,
                    url: url(site, &at::athlete(&athlete.slug)),
                    nation: athlete.nation.map_or_else(Value::none, |i| nations[i].clone()),
                    medal_count: athlete.medals.len(),
                })
            })
            .collect();
        let winners = |winners: &Winners| {
            value(&WinnersView {
                nation: nations[winners.nation].clone(),
                athletes: winners.athletes.iter().map(|i| athletes[*i].clone()).collect(),
                team: winners.team.as_deref(),
            })
        };
        let events: Vec<Value> = site
            .events
            .par_iter()
            .map(|event| {
                let doc = &event.doc;
                let mut places =
                    event.podium.iter().map(|place| place.iter().map(winners).collect());
                let mut medal_sessions = doc.sessions.iter().filter(|session| session.medal);
                let session = medal_sessions.next_back().or(doc.sessions.last());
                value(&EventCard {
                    title: &doc.title,
                    url: url(site, &plan::event_address(site, event)),
                    sport: sports[event.sport].clone(),
                    venue: event.venue.map_or_else(Value::none, |i| venues[i].clone()),
                    gender: doc.gender.map(|gender| gender.word()),
                    status: doc.status.word(),
                    date: session.map(|session| date(&session.start)),
                    sessions: sessions(&doc.sessions),
                    has_podium: !doc.podium.is_empty() || doc.status == Status::Official,
                    podium: Medal::ALL.map(|medal| PodiumPlace {
                        medal: medal.word(),
                        winners: places.next().unwrap_or_default(),
                    }),
                })
            })
            .collect();
        let stories: Vec<Value> = site
            .stories
            .par_iter()
            .map(|story| {
                let doc = &story.doc;
                let sport = story.sports.first().map(|i| sports[*i].clone());
                value(&StoryCard {
                    title: &doc.title,
                    url: url(site, &at::story(&doc.slug)),
                    standfirst: doc.standfirst.as_deref(),
                    date: date(&doc.date),
                    updated: doc.updated.as_ref().map(date),
                    dateline: doc.dateline.as_deref(),
                    authors: story.authors.iter().map(|i| authors[*i].clone()).collect(),
                    image: image(site, &doc.file, doc.image.as_ref()),
                    kicker: sport.or_else(|| story.tags.first().map(|i| tags[*i].clone())),
                    draft: doc.draft,
                })
            })
            .collect();
        Cards { stories, events, athletes, nations, sports, venues, authors, tags }
    }
}

fn link(site: &Site, topic: &Topic, address: fn(&str) -> String) -> Value {
    value(&Link {
        name: &topic.name,
        url: url(site, &address(&topic.slug)),
        role: topic.doc.as_ref().and_then(|doc| doc.role.as_deref()),
        story_count: topic.stories.len(),
        event_count: topic.events.len(),
    })
}
