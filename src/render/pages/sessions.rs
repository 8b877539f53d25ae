//! Parts of the schedule, as several kinds of page show them.

use serde::Serialize;
use tera::Value;

use super::pick;
use crate::assemble::{Day, SessionOf, Site};
use crate::plan::addresses as at;
use crate::render::Renderer;
use crate::render::cards::civil_date;

/// A day of the schedule, or a part of it.
#[derive(Serialize)]
pub(super) struct DayView {
    date: Option<Value>,
    url: String,
    pub(super) sessions: Vec<Value>,
    session_count: usize,
    /// How many events are decided on it.
    medal_count: usize,
    /// How many of these have a podium.
    decided_count: usize,
    /// Whether it is the day of the site's time.
    is_today: bool,
    /// What is on, an event a line; only where it is a part of the day.
    programme: Vec<ProgrammeItem>,
}

/// An event on a day.
#[derive(Serialize)]
struct ProgrammeItem {
    /// The session that begins first.
    first: Value,
    session_count: usize,
    /// Whether it is decided.
    medal: bool,
}

/// A day with those of its sessions.
pub(super) fn day_view(renderer: &Renderer, day: &Day, schedule: &[usize]) -> DayView {
    let site = renderer.site;
    let deciding = || schedule.iter().filter(|scheduled| site.decides(**scheduled));
    DayView {
        date: civil_date(day.date),
        url: renderer.url(&at::day(day.date)),
        medal_count: deciding().count(),
        decided_count: deciding().filter(|scheduled| has_podium(site, **scheduled)).count(),
        is_today: day.date == site.today(),
        session_count: schedule.len(),
        sessions: pick(&renderer.cards.schedule, schedule),
        programme: Vec::new(),
    }
}

/// All days in numbers, without their sessions.
pub(super) fn all_days(renderer: &Renderer) -> Vec<DayView> {
    let days = renderer.site.days.iter().map(|day| {
        let schedule: Vec<usize> = day.schedule.clone().collect();
        let mut view = day_view(renderer, day, &schedule);
        view.sessions = Vec::new();
        view
    });
    days.collect()
}

/// Whether the event of a session has a podium.
fn has_podium(site: &Site, scheduled: usize) -> bool {
    site.schedule[scheduled].event().is_some_and(|event| site.events[event].doc.has_podium())
}

/// The events of a day, in the order of their first sessions.
fn programme(renderer: &Renderer, schedule: &[usize]) -> Vec<ProgrammeItem> {
    let site = renderer.site;
    let mut items: Vec<(SessionOf, ProgrammeItem)> = Vec::new();
    for i in schedule {
        let scheduled = &site.schedule[*i];
        let medal = site.session(scheduled).medal;
        match items.iter_mut().find(|(of, _)| *of == scheduled.of) {
            Some((_, item)) => {
                item.session_count += 1;
                item.medal |= medal;
            }
            None => {
                let first = renderer.cards.schedule[*i].clone();
                items.push((scheduled.of, ProgrammeItem { first, session_count: 1, medal }));
            }
        }
    }
    items.into_iter().map(|(_, item)| item).collect()
}

/// A part of the schedule by days.
pub(super) fn days_of(renderer: &Renderer, schedule: &[usize]) -> Vec<DayView> {
    let days = by_day(renderer.site, schedule).map(|(day, schedule)| {
        let mut view = day_view(renderer, day, schedule);
        view.programme = programme(renderer, schedule);
        view
    });
    days.collect()
}

/// The days that have something of a part of the schedule, each with what it has.
pub(super) fn by_day<'s>(
    site: &'s Site,
    schedule: &'s [usize],
) -> impl Iterator<Item = (&'s Day, &'s [usize])> {
    site.days.iter().filter_map(move |day| {
        let from = schedule.partition_point(|scheduled| *scheduled < day.schedule.start);
        let until = schedule.partition_point(|scheduled| *scheduled < day.schedule.end);
        (from < until).then(|| (day, &schedule[from..until]))
    })
}

/// The sport of a session, if it is of one.
pub(super) fn sport_of(site: &Site, scheduled: usize) -> Option<usize> {
    match site.schedule[scheduled].of {
        SessionOf::Event(event) => Some(site.events[event].sport),
        SessionOf::NonMedalEvent(non_medal_event) => site.non_medal_events[non_medal_event].sport,
    }
}

/// The id of a sport's heading on the page of a day.
pub(super) fn heading_id(site: &Site, sport: Option<usize>) -> String {
    sport.map_or_else(String::new, |sport| site.sports[sport].slug.clone())
}
