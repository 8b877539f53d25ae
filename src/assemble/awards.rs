//! When each medal was decided, and how long its nation has had it.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::results::{Medallist, Results};
use super::site::{EventNode, ScheduledSession, Site};
use crate::games::medals::{Award, Decided, Medal, Turn};
use crate::parse::dates::Moment;

/// Every medal that somebody has or had. Days are those of the Games' time zone.
pub fn of(
    events: &[EventNode],
    results: &[Results],
    schedule: &[ScheduledSession],
    zone: &TimeZone,
) -> Vec<Award> {
    let mut awards = Vec::new();
    for (i, (event, results)) in events.iter().zip(results).enumerate() {
        let session = decided(event, schedule, zone);
        for (colour, medal) in Medal::ALL.into_iter().enumerate() {
            let award = |winner: &Medallist, since, until| Award {
                medal,
                nation: winner.nation.clone(),
                event: i,
                decided: winner.date.map(|day| Decided { day, at: end_of(day, zone) }).or(session),
                since,
                until,
            };
            // From one change of this colour to the next.
            let mut since = None;
            for (change, was) in event.doc.changes.iter().zip(&results.before) {
                let Some(was) = &was[colour] else { continue };
                let until = Some(turn(&change.date, zone));
                awards.extend(was.iter().map(|winner| award(winner, since, until)));
                since = until;
            }
            awards.extend(results.now[colour].iter().map(|winner| award(winner, since, None)));
        }
    }
    awards
}

/// When an event is decided by its sessions.
fn decided(event: &EventNode, schedule: &[ScheduledSession], zone: &TimeZone) -> Option<Decided> {
    let scheduled = &schedule[event.deciding?];
    let session = &event.doc.sessions[scheduled.session];
    let day = scheduled.day;
    Some(match &session.end {
        Some(end) if end.has_time => Decided { day, at: end.timestamp() },
        _ if session.start.has_time => Decided { day, at: session.start.timestamp() },
        _ => Decided { day, at: end_of(day, zone) },
    })
}

/// When a day is over, of which nobody knows the hour: known to all by then.
fn end_of(day: Date, zone: &TimeZone) -> jiff::Timestamp {
    let midnight = day.tomorrow().and_then(|next| next.to_zoned(zone.clone()));
    midnight.map_or(jiff::Timestamp::MAX, |midnight| midnight.timestamp())
}

fn turn(date: &Moment, zone: &TimeZone) -> Turn {
    if date.has_time {
        let day = date.zoned.with_time_zone(zone.clone()).date();
        return Turn { day, at: date.timestamp() };
    }
    let day = date.zoned.date();
    Turn { day, at: end_of(day, zone) }
}

impl Site {
    /// The day on which an event is decided by its sessions.
    pub fn decided_day(&self, event: usize) -> Option<Date> {
        Some(self.schedule[self.events[event].deciding?].day)
    }
}
