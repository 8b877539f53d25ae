//! The schedule: every session of every event and occasion, in the order of time.

use std::collections::HashMap;

use jiff::tz::TimeZone;

use super::site::{Day, EventNode, NationNode, OccasionNode, Slot, SlotOf};
use super::topics::Topics;
use crate::parse::documents::{Session, SessionStatus};
use crate::slug;

/// The schedule. Events and occasions learn which part of it is theirs.
pub fn slots(
    events: &mut [EventNode],
    occasions: &mut [OccasionNode],
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
        let mut namesakes: HashMap<String, usize> = HashMap::new();
        for (i, session) in sessions.iter().enumerate() {
            let own = session.venue.as_ref().and_then(|name| venues.find(name));
            let start = &session.start;
            // A day without an hour is that day everywhere.
            let day = match start.has_time {
                true => start.zoned.with_time_zone(zone.clone()).date(),
                false => start.zoned.date(),
            };
            let name = session.name.as_deref().map(slug::of).unwrap_or_default();
            let seen = namesakes.entry(name).or_default();
            let slot = Slot { of, session: i, namesake: *seen, day, venue: own.or(venue) };
            *seen += 1;
            keyed.push(((day, start.timestamp()), slot));
        }
    }
    // Events come by sport and slug, sessions as their file has them: the sort keeps that.
    keyed.sort_by_key(|(key, _)| *key);
    let slots: Vec<Slot> = keyed.into_iter().map(|(_, slot)| slot).collect();
    for (i, slot) in slots.iter().enumerate() {
        match slot.of {
            SlotOf::Event(event) => events[event].slots.push(i),
            SlotOf::Occasion(occasion) => occasions[occasion].slots.push(i),
        }
    }
    for event in events {
        event.deciding = deciding(event, &slots);
    }
    slots
}

/// The slot in which an event is decided: its last medal session, or else its last. One that is
/// cancelled or waits for another time decides nothing.
fn deciding(event: &EventNode, slots: &[Slot]) -> Option<usize> {
    let session = |slot: &usize| &event.doc.sessions[slots[*slot].session];
    let is_held = |slot: &usize| {
        !matches!(session(slot).status, SessionStatus::Cancelled | SessionStatus::Postponed)
    };
    let mut held = event.slots.iter().copied().filter(is_held);
    let medal = held.clone().rfind(|slot| session(slot).medal);
    medal.or_else(|| held.next_back())
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
    /// The slots of the events that a nation's athletes have entered, in the order of events.
    pub fn slots_of_nation(&self, nation: &NationNode) -> impl Iterator<Item = usize> {
        nation.events.iter().flat_map(|event| &self.events[*event].slots).copied()
    }

    /// Whether an event is decided in a slot, with medals.
    pub fn decides(&self, slot: usize) -> bool {
        match self.slots[slot].of {
            SlotOf::Event(event) => {
                self.events[event].deciding == Some(slot) && self.session(&self.slots[slot]).medal
            }
            SlotOf::Occasion(_) => false,
        }
    }

    /// The session of a slot.
    pub fn session(&self, slot: &Slot) -> &Session {
        match slot.of {
            SlotOf::Event(event) => &self.events[event].doc.sessions[slot.session],
            SlotOf::Occasion(occasion) => &self.occasions[occasion].doc.sessions[slot.session],
        }
    }
}
