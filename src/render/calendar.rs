//! Calendars for programs that keep one: RFC 5545.
//!
//! Times are written in UTC, so that they are right on both sides of a change of clocks and no
//! calendar needs the rules of a time zone.

use icalendar::{Calendar as Ics, Component, Event, EventLike, EventStatus, Property};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::cards;
use super::winner::Winner;
use crate::assemble::{ScheduledSession, SessionOf, Site};
use crate::parse::dates::Moment;
use crate::parse::documents::SessionStatus;
use crate::plan::{self, Calendar, addresses as at};
use crate::slug;
use crate::theme::translations::Translations;

/// The text of a calendar.
pub fn render(site: &Site, words: &Translations, calendar: Calendar) -> String {
    let title = &site.config.title;
    let (name, schedule): (String, Vec<usize>) = match calendar {
        Calendar::Games => (title.clone(), (0..site.schedule.len()).collect()),
        Calendar::Sport(i) => (named(title, &site.sports[i].name), site.sports[i].schedule.clone()),
        Calendar::Venue(i) => (named(title, &site.venues[i].name), site.venues[i].schedule.clone()),
        Calendar::Nation(i) => {
            let nation = &site.nations[i];
            let mut schedule: Vec<usize> = site.schedule_of_nation(nation).collect();
            schedule.sort_unstable();
            (named(title, &nation.name), schedule)
        }
    };
    let mut ics = Ics::empty();
    ics.append_property(Property::new("VERSION", "2.0"));
    ics.append_property(Property::new("PRODID", "-//Podium//Games calendar//EN"));
    ics.append_property(Property::new("CALSCALE", "GREGORIAN"));
    ics.append_property(Property::new("METHOD", "PUBLISH"));
    // Of these two, the older one is escaped on writing and the one of RFC 7986 is not.
    ics.append_property(Property::new("NAME", escaped(&plain(&name))));
    ics.append_property(Property::new("X-WR-CALNAME", plain(&name)));
    for scheduled in schedule {
        ics.push(session(site, words, &site.schedule[scheduled]));
    }
    ics.to_string()
}

fn named(site: &str, of: &str) -> String {
    format!("{of} · {site}")
}

fn session(site: &Site, words: &Translations, scheduled: &ScheduledSession) -> Event {
    let session = site.session(scheduled);
    let (id, title, address, sport) = match scheduled.of {
        SessionOf::Event(i) => {
            let event = &site.events[i];
            let sport = &site.sports[event.sport];
            let id = format!("{}/{}", sport.slug, event.doc.slug);
            (id, &event.doc.title, plan::event_address(site, event), Some(sport))
        }
        SessionOf::NonMedalEvent(i) => {
            let non_medal_event = &site.non_medal_events[i];
            let sport = non_medal_event.sport.map(|sport| &site.sports[sport]);
            (
                format!("schedule//{}", non_medal_event.doc.slug),
                &non_medal_event.doc.title,
                at::non_medal_event(&non_medal_event.doc.slug),
                sport,
            )
        }
    };
    let name = session.name.as_deref().unwrap_or_default();
    let host = site.config.host();
    // A session that is moved keeps its name, and so its identifier: calendars move it too.
    let uid = format!("{id}/{}/{}@{host}", slug::slugify(name), scheduled.namesake + 1);
    let summary = match (sport, name.is_empty()) {
        (Some(sport), false) => format!("{}: {title}, {name}", sport.name),
        (Some(sport), true) => format!("{}: {title}", sport.name),
        (None, false) => format!("{title}, {name}"),
        (None, true) => title.clone(),
    };
    let mut event = Event::with_uid(&uid);
    event.summary(&plain(&summary));
    // Of when its last change was, nothing is known that would not differ from build to build.
    event.append_property(Property::new("DTSTAMP", utc(session.start.timestamp())));
    moment(&mut event, "DTSTART", &session.start, 0);
    match &session.end {
        // The end of whole days is the day after.
        // An event that takes no time has no end.
        Some(end)
            if end.has_time == session.start.has_time
                && (end.timestamp() > session.start.timestamp() || !end.has_time) =>
        {
            moment(&mut event, "DTEND", end, 1);
        }
        _ => {}
    }
    if let Some(venue) = scheduled.venue {
        event.location(&plain(&site.venues[venue].name));
    }
    let address = cards::absolute_url(site, &address);
    event.url(&address);
    let mut notes = Vec::new();
    let status = match session.status {
        SessionStatus::Cancelled => EventStatus::Cancelled,
        SessionStatus::Postponed => EventStatus::Tentative,
        _ => EventStatus::Confirmed,
    };
    event.status(status);
    if matches!(
        session.status,
        SessionStatus::Cancelled | SessionStatus::Postponed | SessionStatus::Rescheduled
    ) {
        notes.push(words.text(&format!("status.{}", session.status.word())).to_owned());
    }
    if session.medal {
        notes.push(words.text("medal_session").to_owned());
    }
    notes.extend(Winner::new(site, scheduled).map(|winner| winner.in_words(site)));
    if !notes.is_empty() {
        event.description(&plain(&notes.join("\n")));
    }
    // Who follows a sport is free all the same.
    event.append_property(Property::new("TRANSP", "TRANSPARENT"));
    event.done()
}

fn moment(event: &mut Event, key: &str, moment: &Moment, days_after: i64) {
    if moment.has_time {
        event.append_property(Property::new(key, utc(moment.timestamp())));
        return;
    }
    let day = moment.zoned.date();
    let day = day.checked_add(jiff::Span::new().days(days_after)).unwrap_or(Date::MAX);
    let mut property = Property::new(key, day.strftime("%Y%m%d").to_string());
    property.add_parameter("VALUE", "DATE");
    event.append_property(property.done());
}

fn utc(timestamp: Timestamp) -> String {
    timestamp.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as RFC 5545 has it (section 3.3.11).
fn escaped(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    escaped.replace('\n', "\\n")
}

/// Without the control characters that a calendar may not have.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\n').collect()
}
