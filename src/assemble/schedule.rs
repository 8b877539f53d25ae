//! The schedule: every session of every event and occasion, in the order of time.

use jiff::tz::TimeZone;

use super::site::{Day, EventNode, OccasionNode, Slot, SlotOf};
use super::topics::Topics;
use crate::parse::documents::Session;

/// The schedule.
pub fn slots(
    events: &[EventNode],
    occasions: &[OccasionNode],
    venues: &Topics,
    zone: &TimeZone,
) -> Vec<Slot> {
    let of_events = events
        .iter()
        .enumerate()
        .map(|(i, event)| (SlotOf::Event(i), event.venue, event.doc.sessions.as_slice()));
    let of_occasions = occasions
        .iter()
        .enumerate()
        .map(|(i, it)| (SlotOf::Occasion(i), it.venue, it.doc.sessions.as_slice()));
    let mut keyed = Vec::new();
    for (of, venue, sessions) in of_events.chain(of_occasions) {
        for (i, session) in sessions.iter().enumerate() {
            let own = session.venue.as_ref().and_then(|name| venues.find(name));
            let start = &session.start;
            // A day without an hour is that day everywhere.
            let day = match start.has_time {
                true => start.zoned.with_time_zone(zone.clone()).date(),
                false => start.zoned.date(),
            };
            let namesake = sessions[..i].iter().filter(|other| other.name == session.name).count();
            let slot = Slot { of, session: i, namesake, day, venue: own.or(venue) };
            keyed.push(((day, start.timestamp()), slot));
        }
    }
    // Events come by sport and slug, sessions as their file has them: the sort keeps that.
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, slot)| slot).collect()
}

/// The days of a schedule.
pub fn days(slots: &[Slot]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for (i, slot) in slots.iter().enumerate() {
        match days.last_mut() {
            Some(day) if day.date == slot.day => day.slots.end = i + 1,
            _ => days.push(Day { date: slot.day, slots: i..i + 1 }),
        }
    }
    days
}

impl super::Site {
    /// The session of a slot.
    pub fn session(&self, slot: &Slot) -> &Session {
        match slot.of {
            SlotOf::Event(event) => &self.events[event].doc.sessions[slot.session],
            SlotOf::Occasion(occasion) => &self.occasions[occasion].doc.sessions[slot.session],
        }
    }
}
