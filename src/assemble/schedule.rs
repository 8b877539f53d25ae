//! The schedule: every session of every event, with medals or without, in the order of time.

use std::collections::HashMap;

use jiff::tz::TimeZone;

use super::site::{Day, EventNode, NationNode, NonMedalEventNode, ScheduledSession, SessionOf};
use super::topics::Topics;
use crate::parse::documents::{Session, SessionStatus};
use crate::slug;

/// The schedule. Events of both kinds learn which part of it is theirs.
pub fn in_order(
    events: &mut [EventNode],
    non_medal_events: &mut [NonMedalEventNode],
    venues: &Topics,
    zone: &TimeZone,
) -> Vec<ScheduledSession> {
    let of_events = events
        .iter()
        .enumerate()
        .map(|(i, event)| (SessionOf::Event(i), event.venue, event.doc.sessions.as_slice()));
    let of_non_medal_events = non_medal_events.iter().enumerate().map(|(i, event)| {
        (SessionOf::NonMedalEvent(i), event.venue, event.doc.sessions.as_slice())
    });
    let mut keyed = Vec::new();
    for (of, venue, sessions) in of_events.chain(of_non_medal_events) {
        let mut namesakes: HashMap<String, usize> = HashMap::new();
        for (i, session) in sessions.iter().enumerate() {
            let own = session.venue.as_ref().and_then(|name| venues.find(name));
            let start = &session.start;
            // A day without an hour is that day everywhere.
            let day = match start.has_time {
                true => start.zoned.with_time_zone(zone.clone()).date(),
                false => start.zoned.date(),
            };
            let name = session.name.as_deref().map(slug::slugify).unwrap_or_default();
            let seen = namesakes.entry(name).or_default();
            let scheduled = ScheduledSession {
                of,
                session: i,
                namesake: *seen,
                day,
                venue: own.or(venue),
                unit: None,
            };
            *seen += 1;
            keyed.push(((day, start.timestamp()), scheduled));
        }
    }
    // Events come by sport and slug, sessions as their file has them: the sort keeps that.
    keyed.sort_by_key(|(key, _)| *key);
    let schedule: Vec<ScheduledSession> =
        keyed.into_iter().map(|(_, scheduled)| scheduled).collect();
    for (i, scheduled) in schedule.iter().enumerate() {
        match scheduled.of {
            SessionOf::Event(event) => events[event].schedule.push(i),
            SessionOf::NonMedalEvent(non_medal_event) => {
                non_medal_events[non_medal_event].schedule.push(i)
            }
        }
    }
    for event in events {
        event.deciding = deciding(event, &schedule);
    }
    schedule
}

/// The session in which an event is decided: its last medal session, or else its last. One that is
/// cancelled or waits for another time decides nothing.
fn deciding(event: &EventNode, schedule: &[ScheduledSession]) -> Option<usize> {
    let session = |scheduled: &usize| &event.doc.sessions[schedule[*scheduled].session];
    let is_held = |scheduled: &usize| {
        !matches!(session(scheduled).status, SessionStatus::Cancelled | SessionStatus::Postponed)
    };
    let mut held = event.schedule.iter().copied().filter(is_held);
    let medal = held.clone().rfind(|scheduled| session(scheduled).medal);
    medal.or_else(|| held.next_back())
}

/// The days of a schedule.
pub fn days(schedule: &[ScheduledSession]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for (i, scheduled) in schedule.iter().enumerate() {
        match days.last_mut() {
            Some(day) if day.date == scheduled.day => day.schedule.end = i + 1,
            _ => days.push(Day { date: scheduled.day, schedule: i..i + 1 }),
        }
    }
    days
}

impl super::Site {
    /// The schedule of the events that a nation's athletes have entered, in the order of events.
    pub fn schedule_of_nation(&self, nation: &NationNode) -> impl Iterator<Item = usize> {
        nation.events.iter().flat_map(|event| &self.events[*event].schedule).copied()
    }

    /// Whether an event is decided in a session, with medals.
    pub fn decides(&self, scheduled: usize) -> bool {
        match self.schedule[scheduled].of {
            SessionOf::Event(event) => {
                self.events[event].deciding == Some(scheduled)
                    && self.session(&self.schedule[scheduled]).medal
            }
            SessionOf::NonMedalEvent(_) => false,
        }
    }

    /// The day of the site's time, in its time zone.
    pub fn today(&self) -> jiff::civil::Date {
        self.build_time.at.to_zoned(self.config.time_zone.clone()).date()
    }

    /// What its file says of a session.
    pub fn session(&self, scheduled: &ScheduledSession) -> &Session {
        match scheduled.of {
            SessionOf::Event(event) => &self.events[event].doc.sessions[scheduled.session],
            SessionOf::NonMedalEvent(non_medal_event) => {
                &self.non_medal_events[non_medal_event].doc.sessions[scheduled.session]
            }
        }
    }
}
