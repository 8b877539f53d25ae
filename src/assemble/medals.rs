//! Who has which medal, how many a nation has, and when one was decided.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::awards::Award;
use super::site::{EventNode, ScheduledSession, Site};
use crate::games::medals::{self, Decided, Medal, Row, Tally, Turn, When};
use crate::parse::dates::Moment;

impl Site {
    /// Who has a medal of an event, in the order of its file.
    pub fn medallists(&self, event: &EventNode, medal: Medal) -> impl Iterator<Item = &Award> {
        event.podium[medal as usize].iter().map(|award| &self.awards[*award])
    }

    /// Everybody on the podium of an event, gold first.
    pub fn podium(&self, event: &EventNode) -> impl Iterator<Item = &Award> {
        event.podium.iter().flatten().map(|award| &self.awards[*award])
    }

    /// The medals that stand in the table.
    pub fn counted_awards(&self) -> impl Iterator<Item = &Award> {
        self.awards.iter().filter(|award| self.nations[award.nation].in_table)
    }

    /// How many medals each nation had at a time, by its code.
    pub fn tallies<'s>(
        &'s self,
        awards: impl Iterator<Item = &'s Award>,
        when: When,
    ) -> BTreeMap<&'s str, Tally> {
        let code = |award: &Award| self.nations[award.nation].code.as_str();
        medals::count(awards.map(|award| (code(award), award.medal, &award.tenure)), when)
    }

    /// The table of these medals at a time.
    pub fn table<'s>(&'s self, awards: impl Iterator<Item = &'s Award>, when: When) -> Vec<Row> {
        medals::table(&self.tallies(awards, when))
    }

    /// The medal table of one sport, as it is now.
    pub fn table_of_sport(&self, sport: usize) -> Vec<Row> {
        let events = self.sports[sport].events.iter().map(|event| &self.events[*event]);
        let awards = events.flat_map(|event| self.podium(event));
        self.table(awards.filter(|award| self.nations[award.nation].in_table), When::Now)
    }

    /// The day on which an event is decided by its sessions.
    pub fn decided_day(&self, event: usize) -> Option<Date> {
        Some(self.schedule[self.events[event].deciding?].day)
    }
}

/// When an event is decided by its sessions.
pub(super) fn decided(
    event: &EventNode,
    schedule: &[ScheduledSession],
    zone: &TimeZone,
) -> Option<Decided> {
    let scheduled = &schedule[event.deciding?];
    let session = &event.doc.sessions[scheduled.session];
    let day = scheduled.day;
    Some(match &session.end {
        Some(end) if end.has_time => Decided { day, at: end.timestamp() },
        _ if session.start.has_time => Decided { day, at: session.start.timestamp() },
        _ => decided_on(day, zone),
    })
}

/// A medal that was decided on a day: known to all when it is over, as nobody knows the hour.
pub(super) fn decided_on(day: Date, zone: &TimeZone) -> Decided {
    Decided { day, at: end_of(day, zone) }
}

/// When a medal changed hands by a change of the podium.
pub(super) fn turn(date: &Moment, zone: &TimeZone) -> Turn {
    if date.has_time {
        let day = date.zoned.with_time_zone(zone.clone()).date();
        return Turn { day, at: date.timestamp() };
    }
    let day = date.zoned.date();
    Turn { day, at: end_of(day, zone) }
}

/// When a day is over.
fn end_of(day: Date, zone: &TimeZone) -> jiff::Timestamp {
    let midnight = day.tomorrow().and_then(|next| next.to_zoned(zone.clone()));
    midnight.map_or(jiff::Timestamp::MAX, |midnight| midnight.timestamp())
}
