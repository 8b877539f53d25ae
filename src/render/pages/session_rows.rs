//! Sessions as rows of a day: what is decided, and like sessions in one row.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use tera::Value;

use crate::assemble::{SessionOf, Site};
use crate::parse::documents::SessionStatus;
use crate::render::Renderer;

/// How long a session goes on of which nobody wrote down the end, in hours.
const USUAL_HOURS: i64 = 2;

/// A row of a day: a session, or several that are alike.
#[derive(Serialize)]
pub(super) struct SessionRow {
    /// The session that begins first.
    first: Value,
    /// What all of them are called: "Heat 1–8".
    name: String,
    /// The start of the last.
    last_start: Option<Value>,
    /// All of them, if there are several.
    sessions: Vec<Value>,
    /// When the last of them ends, or would usually end, for programs; nothing once they are over.
    until: Option<String>,
    /// Whether one of them goes on at the site's time.
    is_now: bool,
    /// Whether it is the first on the day after the site's time.
    is_next: bool,
}

/// The words of a name and the number at its end: "Heat 3" is "Heat" and 3.
fn numbered(name: &str) -> Option<(&str, u32)> {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = name[stem.len()..].parse().ok()?;
    let words = stem.trim_end();
    (words.len() < stem.len() && !words.is_empty()).then_some((words, number))
}

/// Sessions of a day in rows, in the order in which the first of each begins. Sessions of one event are alike if
/// they have one name, or names that differ by the number at the end and no number comes twice.
pub(super) fn rows(
    renderer: &Renderer,
    schedule: &[usize],
    next: Option<usize>,
) -> Vec<SessionRow> {
    let site = renderer.site;
    let name = |scheduled: usize| {
        site.session(&site.schedule[scheduled]).name.as_deref().unwrap_or_default()
    };
    let mut numbers: BTreeMap<(usize, &str), Vec<u32>> = BTreeMap::new();
    for scheduled in schedule {
        if let Some((stem, number)) = numbered(name(*scheduled)) {
            numbers.entry((event_key(site, *scheduled), stem)).or_default().push(number);
        }
    }
    let is_series = |numbers: &Vec<u32>| {
        numbers.len() > 1 && numbers.iter().collect::<BTreeSet<_>>().len() == numbers.len()
    };
    numbers.retain(|_, of_stem| is_series(of_stem));
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut row_of: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for scheduled in schedule {
        let event = event_key(site, *scheduled);
        let stem = numbered(name(*scheduled)).map(|(stem, _)| stem);
        let key = match stem {
            Some(stem) if numbers.contains_key(&(event, stem)) => (event, stem),
            _ => (event, name(*scheduled)),
        };
        let row = *row_of.entry(key).or_insert_with(|| {
            rows.push(Vec::new());
            rows.len() - 1
        });
        rows[row].push(*scheduled);
    }
    let row = |of_row: &Vec<usize>| {
        let first = *of_row.first()?;
        let cards = &renderer.cards.schedule;
        let several = of_row.len() > 1;
        let name = match numbered(name(first)).filter(|_| several) {
            Some((stem, _)) => match numbers.get(&(event_key(site, first), stem)) {
                Some(of_stem) => {
                    let (least, most) = (of_stem.iter().min()?, of_stem.iter().max()?);
                    format!("{stem} {least}–{most}")
                }
                None => name(first).to_owned(),
            },
            None => name(first).to_owned(),
        };
        let last = of_row.last().filter(|_| several);
        Some(SessionRow {
            first: cards[first].clone(),
            name,
            last_start: last.and_then(|last| cards[*last].get_from_path("start").cloned()),
            sessions: match several {
                true => of_row.iter().map(|scheduled| cards[*scheduled].clone()).collect(),
                false => Vec::new(),
            },
            until: last_of(site, of_row),
            is_now: of_row.iter().any(|scheduled| goes_on(site, *scheduled)),
            is_next: of_row.iter().any(|scheduled| Some(*scheduled) == next),
        })
    };
    rows.iter().filter_map(row).collect()
}

/// When the last of some sessions ends that is still to come or goes on, if its time is known.
fn last_of(site: &Site, of_row: &[usize]) -> Option<String> {
    let planned = of_row.iter().filter(|scheduled| is_timed(site, **scheduled));
    let ends = planned.map(|scheduled| end(site, *scheduled));
    ends.max().map(|end| end.to_string())
}

/// A number for what a session is of; events and others never share one.
fn event_key(site: &Site, scheduled: usize) -> usize {
    match site.schedule[scheduled].of {
        SessionOf::Event(event) => event * 2,
        SessionOf::NonMedalEvent(other) => other * 2 + 1,
    }
}

/// Whether a session is still to be held, or is being held, at a time that is known.
fn is_timed(site: &Site, scheduled: usize) -> bool {
    let session = site.session(&site.schedule[scheduled]);
    let is_planned = matches!(session.status, SessionStatus::Scheduled | SessionStatus::Live);
    is_planned && session.start.has_time
}

/// Whether a session has begun and is not over at the site's time.
fn goes_on(site: &Site, scheduled: usize) -> bool {
    let session = site.session(&site.schedule[scheduled]);
    let at = site.build_time.at;
    is_timed(site, scheduled) && session.start.timestamp() <= at && at < end(site, scheduled)
}

fn end(site: &Site, scheduled: usize) -> Timestamp {
    let session = site.session(&site.schedule[scheduled]);
    match session.end.as_ref().filter(|end| end.has_time) {
        Some(end) => end.timestamp(),
        None => {
            let usual = session.start.timestamp().checked_add(USUAL_HOURS.hours());
            usual.unwrap_or(Timestamp::MAX)
        }
    }
}

/// The session that is the first to begin after the site's time, of those of a day.
pub(super) fn next(site: &Site, schedule: impl Iterator<Item = usize>) -> Option<usize> {
    let waits = |scheduled: &usize| {
        let session = site.session(&site.schedule[*scheduled]);
        session.start.has_time
            && session.status == SessionStatus::Scheduled
            && session.start.timestamp() > site.build_time.at
    };
    let waiting = schedule.filter(waits);
    waiting.min_by_key(|scheduled| site.session(&site.schedule[*scheduled]).start.timestamp())
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn a_number_at_the_end_counts_and_one_that_is_a_word_does_not() {
        assert_eq!(numbered("Heat 3"), Some(("Heat", 3)));
        assert_eq!(numbered("Men's Singles, Match 12"), Some(("Men's Singles, Match", 12)));
        for name in ["Final", "R16", "8", "", "Heat 3a", "Heat 99999999999"] {
            assert_eq!(numbered(name), None, "{name}");
        }
    }
}
