//! What many pages show: the short form of each thing on the site, made once.

use std::borrow::Cow;

use jiff::tz::Offset;
use rayon::prelude::*;
use serde::Serialize;
use tera::Value;

use super::alphabet;
use super::pictures::{ImageView, image};
use super::standings::{self, Evening};
use super::winner::Winner;
use crate::assemble::{
    Award, EventNode, IssueNode, ScheduledSession, SessionOf, Site, StoryNode, Topic,
};
use crate::flags;
use crate::games::medals::Medal;
use crate::parse::dates::Moment;
use crate::parse::documents::Status;
use crate::plan::{self, addresses as at};
use crate::text::bound;
use crate::web::url;

/// Short forms, in the order of the site's own vectors.
#[derive(Debug)]
pub struct Cards {
    /// [`StoryCard`]
    pub stories: Vec<Value>,
    /// [`EventCard`]
    pub events: Vec<Value>,
    /// [`SessionView`]
    pub schedule: Vec<Value>,
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
    /// [`IssueCard`]
    pub issues: Vec<Value>,
    /// The athletes in the order of their family names.
    pub by_family_name: Vec<usize>,
    /// The place of each athlete in that order.
    pub place_by_family_name: Vec<usize>,
    /// The letter under which each athlete stands in a list from A to Z.
    pub letters: Vec<char>,
    /// Each of these letters, and how many athletes stand before its first.
    pub letter_starts: Vec<(char, usize)>,
    /// The medal table of each evening.
    pub evenings: Vec<Evening>,
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
    /// Where its calendar is, if it has one.
    calendar: Option<String>,
    /// An author's portrait.
    image: Option<ImageView>,
}

/// A nation.
#[derive(Debug, Serialize)]
pub struct NationCard<'a> {
    code: &'a str,
    name: &'a str,
    url: String,
    /// Where its flag is, if it has one.
    flag: Option<String>,
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
    /// With the family name in front, for lists that are in that order.
    filed: &'a str,
    url: String,
    nation: Value,
    medal_count: usize,
    /// The portrait.
    image: Option<ImageView>,
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
    sessions: Vec<Value>,
    has_podium: bool,
    /// Whether the podium may still change.
    is_provisional: bool,
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
    /// The mark, or the score of the match that decided it.
    mark: Option<String>,
}

/// A session, with what it is a part of.
#[derive(Debug, Serialize)]
pub struct SessionView<'a> {
    /// Of the event, with medals or without.
    title: &'a str,
    url: String,
    sport: Value,
    name: Option<&'a str>,
    start: Value,
    end: Option<Value>,
    /// Whether its time is that of another zone than the site's.
    is_elsewhere: bool,
    /// Whether the day there is another than that of the Games.
    is_other_day: bool,
    venue: Value,
    medal: bool,
    status: &'static str,
    /// Who won, once it is over.
    winner: Option<WinnerView>,
}

/// Who won a session.
#[derive(Debug, Serialize)]
struct WinnerView {
    name: String,
    nation: Value,
    /// The mark, or the score of the match.
    mark: Option<String>,
}

/// A story.
#[derive(Debug, Serialize)]
pub struct StoryCard<'a> {
    title: Cow<'a, str>,
    url: String,
    standfirst: Option<Cow<'a, str>>,
    date: Value,
    updated: Option<Value>,
    dateline: Option<&'a str>,
    authors: Vec<Value>,
    image: Option<ImageView>,
    /// The sport or tag that stands over the headline.
    kicker: Option<Value>,
    draft: bool,
    /// Of a live blog: `upcoming`, `running` or `ended`.
    live: Option<&'static str>,
}

/// An issue of the magazine.
#[derive(Debug, Serialize)]
pub struct IssueCard<'a> {
    title: &'a str,
    number: Option<&'a str>,
    url: String,
    /// Where it is as one document to print.
    print_url: String,
    standfirst: Option<&'a str>,
    date: Value,
    /// The cover.
    image: Option<ImageView>,
    price: Option<&'a str>,
    buy: Option<String>,
    subscribe: Option<String>,
    story_count: usize,
    draft: bool,
}

/// A dated note: a correction of a story, a change of a podium.
#[derive(Debug, Serialize)]
pub struct ChangeView<'a> {
    date: Value,
    text: &'a str,
}

impl<'a> ChangeView<'a> {
    /// Of its day and its text.
    pub fn new(date: &Moment, text: &'a str) -> ChangeView<'a> {
        ChangeView { date: self::date(date), text }
    }
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
    site.config.below_base(&url::encode_path(address))
}

/// The same with the site's host.
pub fn absolute_url(site: &Site, address: &str) -> String {
    site.config.absolute(&url::encode_path(address))
}

/// A moment of a session, in its venue's own time if the venue's file says which that is.
fn local(site: &Site, scheduled: &ScheduledSession, moment: &Moment) -> Moment {
    let venue = scheduled.venue.and_then(|venue| site.venues[venue].doc.as_ref());
    match venue.and_then(|doc| doc.time_zone.as_ref()) {
        Some(zone) if moment.has_time => {
            Moment { zoned: moment.zoned.with_time_zone(zone.clone()), has_time: true }
        }
        _ => moment.clone(),
    }
}

impl Cards {
    /// The short forms of everything on a site.
    pub fn new(site: &Site) -> Cards {
        let links = |topics: &[Topic], address: fn(&str) -> String| -> Vec<Value> {
            topics.iter().map(|topic| self::topic(site, topic, address)).collect()
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
                    flag: flags::png(&nation.code).map(|_| url(site, &at::flag(&nation.code))),
                    rank: nation.rank,
                    gold: nation.tally.gold,
                    silver: nation.tally.silver,
                    bronze: nation.tally.bronze,
                    total: nation.tally.total(),
                })
            })
            .collect();
        let filed: Vec<String> =
            site.athletes.iter().map(|athlete| alphabet::filed_name(site, athlete)).collect();
        let athletes: Vec<Value> = site
            .athletes
            .par_iter()
            .zip(&filed)
            .map(|(athlete, filed)| {
                value(&AthleteCard {
                    name: &athlete.name,
                    filed,
                    url: url(site, &at::athlete(&athlete.slug)),
                    nation: athlete.nation.map_or_else(Value::none, |i| nations[i].clone()),
                    medal_count: athlete.medals.len(),
                    image: athlete.doc.as_ref().and_then(|doc| image(site, &doc.file)),
                })
            })
            .collect();
        let schedule: Vec<Value> = site
            .schedule
            .par_iter()
            .map(|scheduled| session_view(site, scheduled, &sports, &venues, &nations))
            .collect();
        let winners = |award: &Award, mark: Option<String>| {
            value(&WinnersView {
                nation: nations[award.nation].clone(),
                athletes: award.athletes.iter().map(|i| athletes[*i].clone()).collect(),
                team: award.team.as_deref(),
                mark,
            })
        };
        let events: Vec<Value> = site
            .events
            .par_iter()
            .map(|event| {
                let doc = &event.doc;
                let session = deciding(site, event);
                let mut marks = site.marks(event);
                value(&EventCard {
                    title: &doc.title,
                    url: url(site, &plan::event_address(site, event)),
                    sport: sports[event.sport].clone(),
                    venue: venue_of(site, event).map_or_else(Value::none, |i| venues[i].clone()),
                    gender: doc.gender.map(|gender| gender.word()),
                    status: doc.status.word(),
                    date: session,
                    sessions: event
                        .schedule
                        .iter()
                        .map(|scheduled| schedule[*scheduled].clone())
                        .collect(),
                    has_podium: doc.has_podium() || doc.status == Status::Official,
                    is_provisional: doc.is_provisional(),
                    podium: Medal::ALL.map(|medal| PodiumPlace {
                        medal: medal.word(),
                        winners: event.podium[medal as usize]
                            .iter()
                            .map(|award| winners(&site.awards[*award], marks.remove(award)))
                            .collect(),
                    }),
                })
            })
            .collect();
        let by_family_name = alphabet::by_family_name(&filed);
        let letters: Vec<char> = filed.iter().map(|name| alphabet::letter(name)).collect();
        let mut cards = Cards {
            stories: Vec::new(),
            events,
            schedule,
            athletes,
            nations,
            sports,
            venues,
            authors,
            tags,
            issues: site.issues.iter().map(|issue| self::issue(site, issue)).collect(),
            place_by_family_name: alphabet::places(&by_family_name),
            letter_starts: alphabet::starts(&by_family_name, &letters),
            by_family_name,
            letters,
            evenings: standings::evenings(site),
        };
        cards.stories = site.stories.par_iter().map(|story| cards.story(site, story)).collect();
        cards
    }

    /// The short form of a story. Those of what it links to are there.
    pub fn story(&self, site: &Site, story: &StoryNode) -> Value {
        let doc = &story.doc;
        let sport = story.sports.first().map(|i| self.sports[*i].clone());
        value(&StoryCard {
            title: bound(&doc.title),
            url: url(site, &plan::story_address(doc)),
            standfirst: doc.standfirst.as_deref().map(bound),
            date: date(&doc.date),
            updated: doc.last_updated().map(date),
            dateline: doc.dateline.as_deref(),
            authors: story.authors.iter().map(|i| self.authors[*i].clone()).collect(),
            image: image(site, &doc.file),
            kicker: sport.or_else(|| story.tags.first().map(|i| self.tags[*i].clone())),
            draft: doc.draft,
            live: story.live.as_ref().map(|live| live.coverage.word()),
        })
    }
}

fn issue(site: &Site, issue: &IssueNode) -> Value {
    let doc = &issue.doc;
    value(&IssueCard {
        title: &doc.title,
        number: doc.number.as_deref(),
        url: url(site, &at::issue(&doc.slug)),
        print_url: url(site, &at::print_edition(&doc.slug)),
        standfirst: doc.standfirst.as_deref(),
        date: date(&doc.date),
        image: image(site, &doc.file),
        price: doc.price.as_deref(),
        buy: doc.buy.as_deref().map(|address| link(site, address)),
        subscribe: doc.subscribe.as_deref().map(|address| link(site, address)),
        story_count: issue.stories.len(),
        draft: doc.draft,
    })
}

/// A link as it stands in HTML: an address of the site, or an absolute one.
pub fn link(site: &Site, address: &str) -> String {
    match address.starts_with('/') {
        true => url(site, address),
        false => address.to_owned(),
    }
}

/// When an event is decided, or when the last of its sessions would have been.
fn deciding(site: &Site, event: &EventNode) -> Option<Value> {
    let scheduled = &site.schedule[event.deciding.or(event.schedule.last().copied())?];
    Some(date(&local(site, scheduled, &site.session(scheduled).start)))
}

/// Where an event is decided, or else where it is.
fn venue_of(site: &Site, event: &EventNode) -> Option<usize> {
    event.deciding.and_then(|scheduled| site.schedule[scheduled].venue).or(event.venue)
}

fn session_view(
    site: &Site,
    scheduled: &ScheduledSession,
    sports: &[Value],
    venues: &[Value],
    nations: &[Value],
) -> Value {
    let session = site.session(scheduled);
    let (title, address, sport) = match scheduled.of {
        SessionOf::Event(i) => {
            let event = &site.events[i];
            (&event.doc.title, plan::event_address(site, event), Some(event.sport))
        }
        SessionOf::NonMedalEvent(i) => {
            let non_medal_event = &site.non_medal_events[i];
            (
                &non_medal_event.doc.title,
                at::non_medal_event(&non_medal_event.doc.slug),
                non_medal_event.sport,
            )
        }
    };
    let start = local(site, scheduled, &session.start);
    let here = start.zoned.with_time_zone(site.config.time_zone.clone());
    value(&SessionView {
        title,
        url: url(site, &address),
        sport: sport.map_or_else(Value::none, |i| sports[i].clone()),
        name: session.name.as_deref(),
        is_elsewhere: start.has_time && here.offset() != start.zoned.offset(),
        is_other_day: start.zoned.date() != scheduled.day,
        start: date(&start),
        end: session.end.as_ref().map(|end| date(&local(site, scheduled, end))),
        venue: scheduled.venue.map_or_else(Value::none, |i| venues[i].clone()),
        medal: session.medal,
        status: session.status.word(),
        winner: Winner::new(site, scheduled).map(|winner| WinnerView {
            name: winner.name,
            nation: winner.nation.map_or_else(Value::none, |i| nations[i].clone()),
            mark: winner.mark,
        }),
    })
}

/// Where the calendar is of what has its page at an address, if it has one.
pub fn calendar(site: &Site, address: &str, has_sessions: bool) -> Option<String> {
    has_sessions.then(|| url(site, &at::calendar(address)))
}

fn topic(site: &Site, topic: &Topic, address: fn(&str) -> String) -> Value {
    value(&Link {
        name: &topic.name,
        url: url(site, &address(&topic.slug)),
        role: topic.doc.as_ref().and_then(|doc| doc.role.as_deref()),
        story_count: topic.stories.len(),
        event_count: topic.events.len(),
        calendar: calendar(site, &address(&topic.slug), !topic.schedule.is_empty()),
        image: topic.doc.as_ref().and_then(|doc| image(site, &doc.file)),
    })
}
