//! Whether podiums and the schedule can be right (M codes): medals by the rules, members of a team of one
//! nation, sessions within the Games, results when they are due.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::assemble::{EventNode, Site};
use crate::diagnostics::{Diagnostic, codes};
use crate::games::medals::Medal;
use crate::parse::documents::{File, Session, SessionStatus, Status};

/// So many days before the opening some sports begin.
const DAYS_BEFORE: i64 = 4;

/// A provisional result is looked up after that.
const PROVISIONAL: SignedDuration = SignedDuration::from_hours(24);

/// What cannot be right, as of a time.
pub fn events(site: &Site, at: Timestamp) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (i, event) in site.events.iter().enumerate() {
        found.extend(is_due(site, event, at));
        found.extend(medals(event));
        found.extend(people(site, i));
        found.extend(outside_the_games(site, &event.doc.file, &event.doc.sessions));
    }
    for non_medal_event in &site.non_medal_events {
        found.extend(outside_the_games(
            site,
            &non_medal_event.doc.file,
            &non_medal_event.doc.sessions,
        ));
    }
    found
}

/// Whether the event should have a podium, or one that stands.
fn is_due(site: &Site, event: &EventNode, at: Timestamp) -> Option<Diagnostic> {
    let doc = &event.doc;
    let session = &doc.sessions[site.schedule[event.deciding?].session];
    if matches!(session.status, SessionStatus::Postponed | SessionStatus::Cancelled) {
        return None;
    }
    // Where nobody wrote down the end, a session is over for certain when the day after has passed.
    let over = match &session.end {
        Some(end) => end.timestamp(),
        None => session.start.timestamp().checked_add(PROVISIONAL).ok()?,
    };
    if !doc.has_podium() {
        let is_over = over <= at && !matches!(doc.status, Status::Live);
        return is_over.then(|| {
            let message = format!("{} is over and has no podium", doc.title);
            Diagnostic::new(&codes::M001, doc.file.place("title"), message)
                .help(match &event.results {
                    Some(_) => {
                        "write the podium down; `podium import results --medals` proposes it"
                    }
                    None => "write the podium down, or import the medals",
                })
                .help(
                    "if it did not take place, give its session `status: postponed` or `cancelled`",
                )
        });
    }
    let is_old = over.checked_add(PROVISIONAL).is_ok_and(|then| then <= at);
    (doc.is_provisional() && is_old).then(|| {
        let message = format!("the result of {} is still provisional", doc.title);
        Diagnostic::new(&codes::M002, doc.file.place("status"), message)
            .label("for more than a day")
            .help("look it up, and set `status: official`")
    })
}

/// Whether the colours fit each other.
fn medals(event: &EventNode) -> Option<Diagnostic> {
    let doc = &event.doc;
    // What was changed after the ceremony has its reasons, which `changes` tells.
    if !doc.has_podium() || !doc.changes.is_empty() {
        return None;
    }
    let [gold, silver, bronze] = [0, 1, 2].map(|colour| doc.podium[colour].len());
    if gold == 0 {
        return Some(
            Diagnostic::new(
                &codes::M003,
                doc.file.place("podium"),
                "this podium has no gold medal",
            )
            .help("if it was taken away, say so in `changes`"),
        );
    }
    let too_many = |medal: Medal, why: String| {
        let place = doc.file.place(&format!("podium.{}", medal.word()));
        let message = format!("a {} beside {why}", medal.word());
        Some(Diagnostic::new(&codes::M004, place, message).help("is one of them another medal?"))
    };
    if gold >= 2 && silver > 0 {
        return too_many(Medal::Silver, format!("{gold} golds"));
    }
    if gold + silver >= 3 && bronze > 0 {
        return too_many(Medal::Bronze, format!("{gold} gold and {silver} silver"));
    }
    None
}

/// Whether somebody is there twice, or of another nation.
fn people(site: &Site, event: usize) -> Vec<Diagnostic> {
    let doc = &site.events[event].doc;
    let mut found = Vec::new();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for medal in Medal::ALL {
        for (i, winner) in doc.podium[medal as usize].iter().enumerate() {
            let path = format!("podium.{}[{i}]", medal.word());
            // Of a team whose members nobody wrote down there may be two: "ESP 1", "ESP 2".
            let names = winner.athletes.iter().enumerate();
            for (j, name) in names {
                let place = doc.file.place(&format!("{path}.athletes[{j}]"));
                let who = site.medallist(name, nation_code(site, &winner.nation), event);
                let key = match who {
                    Some(who) => who.to_string(),
                    None => format!("{name} {}", winner.nation),
                };
                if let Some(first) = seen.insert(key, format!("{path}.athletes[{j}]")) {
                    let message = format!("{name} stands on this podium twice");
                    let finding = Diagnostic::new(&codes::M005, place.clone(), message);
                    found.push(finding.related(doc.file.place(&first), "here as well"));
                }
                if who.is_none_or(|who| site.athletes[who].doc.is_none())
                    && let Some((other, file)) = of_another_nation(site, name, &winner.nation)
                {
                    let message = format!("{name} is not of {}", winner.nation);
                    let finding = Diagnostic::new(&codes::M006, place, message);
                    found.push(
                        finding
                            .label(format!("{other}, says the athlete's own file"))
                            .related(file.place("nation"), "here"),
                    );
                }
            }
        }
    }
    found
}

fn nation_code<'a>(site: &'a Site, written: &'a str) -> &'a str {
    site.nation_code(written).unwrap_or(written)
}

/// The nation of the only athlete of that name who has a file, if it is another one.
fn of_another_nation<'s>(site: &'s Site, name: &str, nation: &str) -> Option<(&'s str, &'s File)> {
    let code = nation_code(site, nation);
    let with_file = |nation: &'s str| {
        let called = site.athletes_called(name, nation);
        let doc = called.first().and_then(|who| site.athletes[*who].doc.as_ref());
        doc.map(|doc| (nation, &doc.file))
    };
    let nations = site.nations.iter().map(|nation| nation.code.as_str());
    let mut found = nations.filter(|other| *other != code).filter_map(with_file);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn outside_the_games(site: &Site, file: &File, sessions: &[Session]) -> Vec<Diagnostic> {
    let (Some(first), Some(last)) = (site.config.games.start, site.config.games.end) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (i, session) in sessions.iter().enumerate() {
        let day = session.start.timestamp().to_zoned(site.config.time_zone.clone()).date();
        // Football, rugby, archery and curling begin before the Games are opened.
        let early = first.checked_sub(jiff::Span::new().days(DAYS_BEFORE)).unwrap_or(first);
        if day < early || day > last {
            let place = file.place(&format!("sessions[{i}].start"));
            let side = if day < first { "before" } else { "after" };
            found.push(
                Diagnostic::new(&codes::M007, place, "this session is outside the Games")
                    .label(format!("the Games are from {first} to {last}"))
                    .help("if the competition begins earlier, set [games] start in site.toml")
                    .together(side),
            );
        }
    }
    found
}
