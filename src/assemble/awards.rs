//! Who has which medal: one record for each medal that somebody has or had, and one way to count them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::site::{EventNode, ScheduledSession, Site};
use crate::games::medals::{self, Decided, Medal, Row, Tally, Tenure, Turn, When};
use crate::parse::dates::Moment;

/// The place of a medal in [`Site::awards`].
pub type AwardId = usize;

/// A medal that somebody has or had.
#[derive(Debug)]
pub struct Award {
    /// Its colour.
    pub medal: Medal,
    /// Where.
    pub event: usize,
    /// For whom.
    pub nation: usize,
    /// By whom: one person, a pair, a team; empty where only the nation is known.
    pub athletes: Vec<usize>,
    /// Name of the team, where it has one of its own.
    pub team: Option<String>,
    /// Since when and until when.
    pub tenure: Tenure,
    /// Where it stands in the event's front matter: `podium.gold[0]`.
    pub path: String,
}

impl Award {
    /// Whether the nation has it now.
    pub fn is_held(&self) -> bool {
        self.tenure.until.is_none()
    }

    /// The day on which it was decided, where the Games are.
    pub fn day(&self) -> Option<Date> {
        Some(self.tenure.decided?.day)
    }
}

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
