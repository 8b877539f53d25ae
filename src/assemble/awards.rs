//! When each medal was decided, and how long its nation has had it.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::results::{Medallist, Results};
use super::site::{EventNode, Site};
use crate::games::medals::{Award, Decided, Medal, Turn};
use crate::parse::dates::Moment;
use crate::parse::documents::{Event, SessionStatus};

/// Every medal that somebody has or had. Days are those of the Games' time zone.
pub fn of(events: &[EventNode], results: &[Results], zone: &TimeZone) -> Vec<Award> {
    let mut awards = Vec::new();
    for (i, (event, results)) in events.iter().zip(results).enumerate() {
        let session = decided(&event.doc, zone);
        for (colour, medal) in Medal::ALL.into_iter().enumerate() {
            let award = |winner: &Medallist, since, until| Award {
                medal,
                nation: winner.nation.clone(),
                event: i,
                decided: winner.date.and_then(|day| on(day, zone)).or(session),
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

/// When an event is decided: in its last medal session, or else its last.
fn decided(event: &Event, zone: &TimeZone) -> Option<Decided> {
    let held = event.sessions.iter().filter(|session| session.status != SessionStatus::Cancelled);
    let by_start = |session: &&_| {
        let session: &crate::parse::documents::Session = session;
        session.start.timestamp()
    };
    let medal_session = held.clone().filter(|session| session.medal).max_by_key(by_start);
    let session = medal_session.or_else(|| held.max_by_key(by_start))?;
    let day = session.start.zoned.with_time_zone(zone.clone()).date();
    match &session.end {
        Some(end) if end.has_time => Some(Decided { day, at: end.timestamp() }),
        _ if session.start.has_time => Some(Decided { day, at: session.start.timestamp() }),
        _ => on(session.start.zoned.date(), zone),
    }
}

/// On a day of which nobody knows the hour: known to all when it is over.
fn on(day: Date, zone: &TimeZone) -> Option<Decided> {
    let midnight = day.tomorrow().ok()?.to_zoned(zone.clone()).ok()?;
    Some(Decided { day, at: midnight.timestamp() })
}

fn turn(date: &Moment, zone: &TimeZone) -> Turn {
    let day = match date.has_time {
        true => date.zoned.with_time_zone(zone.clone()).date(),
        false => date.zoned.date(),
    };
    Turn { day, at: date.timestamp() }
}

impl Site {
    /// The day on which an event is decided by its sessions.
    pub fn decided_day(&self, event: usize) -> Option<Date> {
        let decided = decided(&self.events[event].doc, &self.config.time_zone);
        decided.map(|decided| decided.day)
    }
}
