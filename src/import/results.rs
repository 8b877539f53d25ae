//! Results: who has which medal of which event.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::athletes::{Known, house_name, is_several};
use super::sheet::{Field, Row};
use super::values::{self, DateOrder, MedalCell};
use super::{EventName, Import, Node, edit, event_slug, some_of, text, texts};
use crate::assemble::Site;
use crate::diagnostics::{Diagnostic, codes};
use crate::games::medals::Medal;
use crate::parse::documents::{Change, Status, Winner};
use crate::slug;

pub const FIELDS: &[Field] = &[
    Field { name: "date", synonyms: &["day", "medal-date", "event-date"] },
    Field { name: "sport", synonyms: &["discipline", "sport-name", "discipline-name"] },
    Field { name: "event_code", synonyms: &["event-id", "code-event", "eventcode"] },
    Field { name: "event", synonyms: &["event-name", "event-title", "title"] },
    Field { name: "gender", synonyms: &["sex", "event-gender"] },
    Field { name: "medal", synonyms: &["medal-type", "medal-class", "rank", "place", "position"] },
    Field {
        name: "noc",
        synonyms: &["country-code", "nation-code", "noc-code", "nation", "country"],
    },
    Field {
        name: "competitor",
        synonyms: &["competitor-code", "team-code", "team-id", "entry", "unit"],
    },
    Field { name: "team", synonyms: &["team-name", "pair"] },
    Field { name: "athlete_code", synonyms: &["athlete-id", "person-id", "code-athlete"] },
    Field {
        name: "athlete",
        synonyms: &["name", "athlete-name", "competitor-name", "participant", "full-name"],
    },
    Field { name: "tv_name", synonyms: &["name-tv", "television-name", "display-name"] },
];

/// An event of the spreadsheet.
struct Event<'a> {
    name: EventName<'a>,
    row: Row<'a>,
    podium: [Vec<Medallist<'a>>; 3],
}

/// One medal of the spreadsheet.
struct Medallist<'a> {
    /// What its rows have in common; nothing if it has one row.
    competitor: Option<String>,
    nation: String,
    team: Option<&'a str>,
    date: Option<Date>,
    athletes: Vec<String>,
}

pub fn import(import: &mut Import) {
    import.problems.extend(import.sheet.needs(&[&["medal"], &["noc"], &["event_code", "event"]]));
    if !import.problems.is_empty() {
        return;
    }
    let (events, rows) = events(import);
    let recorded = import.site.events.iter().flat_map(|event| event.doc.podium.iter().flatten());
    let recorded = recorded.map(|winner| winner.athletes.len().max(1)).sum();
    import.refuse_if_cut("medallists", rows, recorded);
    if !import.problems.is_empty() {
        return;
    }
    import.plan.rows = rows;
    let mut met = vec![false; import.site.events.len()];
    for event in events.values() {
        match event.name.find(import.site) {
            Some(i) => {
                met[i] = true;
                record(import, event, i);
            }
            None => record_new(import, event),
        }
    }
    gone(import, &met);
}

/// Reads every row.
fn events<'a>(import: &mut Import<'a>) -> (BTreeMap<String, Event<'a>>, usize) {
    let order = import.date_order(&["date"]);
    let known = Known::of(import.site);
    let sheet = import.sheet;
    let mut events: BTreeMap<String, Event> = BTreeMap::new();
    // Who has a medal in an event already, and the row that says so.
    let mut seen: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let mut used = 0;
    let mut without_medal: Vec<String> = Vec::new();
    let mut outside: Vec<String> = Vec::new();
    let games = &import.site.config.games;
    let time = games.start.zip(games.end).and_then(values::time_of);
    for row in sheet.rows() {
        let name = EventName::of(&row);
        if name.code.is_none() && name.title.is_none() {
            let _ = import.required(&row, "event");
            continue;
        }
        let Some(medal) = medal(import, &row) else { continue };
        let MedalCell::Medal(medal) = medal else {
            without_medal.push(row.line().to_string());
            continue;
        };
        let Some(nation) = import.nation(&row, "noc") else { continue };
        let Ok(date) = date(import, &row, order) else { continue };
        if let (Some(date), Some((start, end))) = (date, time)
            && !(start..=end).contains(&date)
        {
            outside.push(format!("{date} in line {}", row.line()));
        }
        let printed = row.get("athlete");
        if printed.is_some_and(is_several) {
            let label = "a row is one person; `team` or `competitor` says which rows are one medal";
            import.wrong(&row, "athlete", "this looks like several people", label);
            continue;
        }
        let athlete = printed.map(|printed| {
            let house = house_name(printed, row.get("tv_name"), &nation);
            let doc = known.find(row.get("athlete_code"), &nation, &[&house, printed]);
            doc.map_or(house, |doc| doc.name.clone())
        });
        if athlete.as_ref().is_some_and(|name| slug::of(name).is_empty()) {
            import.wrong(&row, "athlete", "this is no name", "expected letters or digits");
            continue;
        }
        let key = name.key();
        if let Some(athlete) = &athlete {
            let id = row.get("athlete_code").map_or_else(|| slug::of(athlete), str::to_owned);
            if let Some(first) = seen.insert((key.clone(), nation.clone(), id), row.line()) {
                let message = format!("`{athlete}` has a medal of this event already");
                import.report(
                    Diagnostic::new(&codes::I004, row.place("athlete"), message)
                        .label(format!("line {first} says so")),
                );
                continue;
            }
        }
        used += 1;
        let event = events.entry(key).or_insert_with(|| Event {
            name: EventName::of(&row),
            row,
            podium: Default::default(),
        });
        for (field, first, now) in
            [("sport", event.name.sport, name.sport), ("event", event.name.title, name.title)]
        {
            if let (Some(first), Some(now)) = (first, now)
                && event_slug(first) != event_slug(now)
            {
                let message = format!("one event is called `{first}` and `{now}`");
                import.report(
                    Diagnostic::new(&codes::I004, row.place(field), message)
                        .label(format!("line {} has the other name", event.row.line())),
                );
            }
        }
        let competitor = row.get("competitor").map(str::to_owned);
        let competitor = competitor.or_else(|| Some(format!("{nation} {}", row.get("team")?)));
        let places = &mut event.podium[medal as usize];
        let is_alone = competitor.is_none() && places.iter().any(|it| it.nation == nation);
        let known = places
            .iter_mut()
            .find(|it| it.nation == nation && it.competitor == competitor && competitor.is_some());
        match known {
            Some(medallist) => medallist.athletes.extend(athlete),
            None if is_alone => {
                let message = format!("{nation} has {} twice in this event", medal.word());
                import.report(
                    Diagnostic::new(&codes::I004, row.place("medal"), message)
                        .label("one medal of a team, or two?")
                        .help("a column `team` or `competitor` says which rows are one medal"),
                );
            }
            None => places.push(Medallist {
                competitor,
                nation,
                team: row.get("team"),
                date,
                athletes: athlete.into_iter().collect(),
            }),
        }
    }
    if !without_medal.is_empty() {
        let (count, lines) = (without_medal.len(), some_of(&without_medal));
        import.plan.notes.push(format!("{count} rows without a medal are left out: lines {lines}"));
    }
    if !outside.is_empty() {
        let dates = some_of(&outside);
        import.plan.notes.push(format!("dates that are not in the time of the Games: {dates}"));
    }
    (events, used)
}

fn medal(import: &mut Import, row: &Row) -> Option<MedalCell> {
    let Some(written) = row.get("medal") else { return Some(MedalCell::None) };
    let medal = values::medal(written);
    if medal.is_none() {
        let message = format!("`{written}` is no medal");
        import.wrong(row, "medal", message, "expected gold, silver or bronze, or 1, 2 or 3");
    }
    medal
}

fn date(import: &mut Import, row: &Row, order: DateOrder) -> Result<Option<Date>, ()> {
    let Some(written) = row.get("date") else { return Ok(None) };
    match values::moment(written, order, &import.site.config.time_zone) {
        Some(moment) => Ok(Some(moment.zoned.date())),
        None => {
            let message = format!("`{written}` is not a date");
            import.wrong(row, "date", message, "expected a date such as 2024-07-31");
            Err(())
        }
    }
}

impl Import<'_> {
    /// How far a podium is that this import brings.
    fn status(&self) -> Node {
        text(if self.options.official { Status::Official } else { Status::Provisional }.word())
    }

    /// The name of a team, where it is more than that of its nation or those of its members.
    fn team(&self, medallist: &Medallist) -> Option<String> {
        let team = medallist.team?;
        // "China 1" and "People's Republic of China" are China; "MOL/SORUM" are Mol and Sorum.
        let bare = team.trim_end_matches(|c: char| c.is_ascii_digit()).trim();
        let is_nation = self.site.nation_code(bare).is_some();
        let is_official = bare.starts_with("People's Republic of")
            || bare.starts_with("Republic of")
            || bare.starts_with("Islamic Republic of");
        let is_members = team.contains('/');
        let is_person = medallist.athletes.iter().any(|it| slug::of(it) == slug::of(team));
        (!is_nation && !is_official && !is_members && !is_person).then(|| team.to_owned())
    }

    fn medal(&self, medallist: &Medallist, decided: Option<Date>) -> Node {
        let mut entries = vec![("nation".to_owned(), text(&medallist.nation))];
        if !medallist.athletes.is_empty() {
            let names = medallist.athletes.iter().map(String::as_str);
            entries.push(("athletes".to_owned(), texts(names)));
        }
        entries.extend(self.team(medallist).map(|team| ("team".to_owned(), text(team))));
        if let Some(date) = medallist.date.filter(|date| Some(*date) != decided) {
            entries.push(("date".to_owned(), text(date.to_string())));
        }
        Node::Map(entries)
    }
}

fn record_new(import: &mut Import, event: &Event) {
    let Some((path, mut entries)) = import.new_event(&event.row, &event.name) else { return };
    let podium = Medal::ALL.into_iter().zip(&event.podium).filter(|(_, it)| !it.is_empty());
    let podium = podium.map(|(medal, places)| {
        let places = places.iter().map(|medallist| import.medal(medallist, None)).collect();
        (medal.word().to_owned(), Node::List(places))
    });
    entries.push(("status", import.status()));
    entries.push(("podium", Node::Map(podium.collect())));
    import.create(&path, &entries);
}

/// Makes the podium of a recorded event that of the spreadsheet. What says the same is left alone.
fn record(import: &mut Import, event: &Event, i: usize) {
    let node = &import.site.events[i];
    let doc = &node.doc;
    let decided = import.site.decided_day(i);
    let yaml = &doc.file.source.text[doc.file.front.clone()];
    let mut podium = match edit::value(yaml, "podium") {
        Some(Node::Map(entries)) => entries,
        _ => Vec::new(),
    };
    let before = podium.clone();
    let total = |places: &mut dyn Iterator<Item = usize>| places.sum::<usize>();
    let (had, has) = (
        total(&mut doc.podium.iter().map(Vec::len)),
        total(&mut event.podium.iter().map(Vec::len)),
    );
    if has < had && !import.options.allow_removals {
        let sport = &import.site.sports[node.sport].slug;
        let message = format!("{sport}/{} would have {has} medals instead of {had}", doc.slug);
        let help = match import.options.is_part {
            true => {
                "the file must have all rows of an event; if a medal was taken away: --partial --allow-removals"
            }
            false => "if a medal was taken away: --allow-removals",
        };
        import.refuse(&codes::I006, message, help);
        return;
    }
    let mut is_other = false;
    for (medal, places) in Medal::ALL.into_iter().zip(&event.podium) {
        let recorded = &doc.podium[medal as usize];
        if let Some(change) = reversed(import, &doc.changes, medal, places, recorded, i) {
            let sport = &import.site.sports[node.sport].slug;
            import.plan.notes.push(format!(
                "{sport}/{}: {} stays as it is since the change of {}; the spreadsheet has it as it was before",
                doc.slug,
                medal.word(),
                change.date.zoned.date()
            ));
            continue;
        }
        let written = podium.iter().position(|(key, _)| key == medal.word());
        let items = match written.map(|at| podium[at].1.clone()) {
            Some(Node::List(items)) => items,
            _ => Vec::new(),
        };
        let (items, is_another) = colour(import, places, recorded, &items, i, decided);
        is_other |= is_another;
        match (written, items.is_empty()) {
            (Some(at), false) => podium[at].1 = Node::List(items),
            // An empty list says of a colour that nobody has it, as no list does.
            (Some(at), true) if !recorded.is_empty() => drop(podium.remove(at)),
            (None, false) => podium.push((medal.word().to_owned(), Node::List(items))),
            _ => {}
        }
    }
    podium.sort_by_key(|(key, _)| Medal::ALL.iter().position(|medal| medal.word() == key));
    let is_changed = podium != before;
    let mut wanted: Vec<(&str, Option<Node>)> = Vec::new();
    if let (None, Some(code)) = (&doc.code, event.name.code) {
        wanted.push(("code", Some(text(code))));
    }
    let gender = event.row.get("gender").and_then(values::gender);
    if let (None, Some(gender)) = (doc.gender, gender) {
        wanted.push(("gender", Some(text(gender.word()))));
    }
    // What stood stands, as long as others do not have the medals: a spelling is no result.
    let is_settled = doc.status == Status::Official && (!is_other || import.options.official);
    let is_told = doc.status == Status::Provisional && !import.options.official;
    if !is_settled && !is_told {
        wanted.push(("status", Some(import.status())));
    }
    if is_changed {
        wanted.push(("podium", Some(Node::Map(podium))));
    }
    import.change(&doc.file, &wanted);
}

/// The medals of one colour: those that are recorded as they are, others in their place.
fn colour(
    import: &mut Import,
    places: &[Medallist],
    recorded: &[Winner],
    written: &[Node],
    event: usize,
    decided: Option<Date>,
) -> (Vec<Node>, bool) {
    let site = import.site;
    let who = |nation: &str, names: &[String]| who(site, event, nation, names);
    let mut free: Vec<Option<&Medallist>> = places.iter().map(Some).collect();
    let mut items: Vec<Option<Node>> = Vec::new();
    for (winner, node) in recorded.iter().zip(written) {
        let nation = site.nation_code(&winner.nation).unwrap_or(&winner.nation);
        let has = who(nation, &winner.athletes);
        // The spreadsheet may name fewer than an editor does, but nobody else.
        let same = free.iter().position(|place| {
            place.is_some_and(|it| {
                let named = who(&it.nation, &it.athletes);
                it.nation == nation && named.iter().all(|athlete| has.contains(athlete))
            })
        });
        let Some(place) = same.and_then(|at| free[at].take()) else {
            items.push(None);
            continue;
        };
        if place.athletes.len() < winner.athletes.len() {
            let sport = &site.sports[site.events[event].sport].slug;
            import.plan.notes.push(format!(
                "{sport}/{}: {} names are kept that the spreadsheet does not have",
                site.events[event].doc.slug,
                winner.athletes.len() - place.athletes.len()
            ));
        }
        let day = winner.date.or(decided);
        items.push(Some(match (node, place.date) {
            (Node::Map(entries), Some(date)) if day != Some(date) => {
                let mut entries = entries.clone();
                entries.retain(|(key, _)| key != "date");
                entries.push(("date".to_owned(), text(date.to_string())));
                Node::Map(entries)
            }
            _ => node.clone(),
        }));
    }
    let mut free = free.into_iter().flatten();
    let mut filled: Vec<Node> = Vec::new();
    let mut is_other = false;
    for (item, winner) in items.into_iter().zip(recorded) {
        let Some(node) = item else {
            let place = free.next();
            let nation = site.nation_code(&winner.nation).unwrap_or(&winner.nation);
            is_other |= place.is_none_or(|place| {
                place.nation != nation || are_others(site, event, place, winner)
            });
            // Whoever wrote down the day wants to have it there.
            let implied = decided.filter(|_| winner.date.is_none());
            filled.extend(place.map(|place| import.medal(place, implied)));
            continue;
        };
        filled.push(node);
    }
    for place in free {
        is_other = true;
        filled.push(import.medal(place, decided));
    }
    (filled, is_other)
}

/// Who is meant by names on a podium, or the names where nobody has them.
fn who(site: &Site, event: usize, nation: &str, names: &[String]) -> Vec<Result<usize, String>> {
    let found = names.iter().map(|name| match site.medallist(name, nation, event) {
        Some(athlete) => Ok(athlete),
        None => Err(slug::of(name)),
    });
    found.collect()
}

/// Whether a medal went from some who are known to others who are: a name that nobody has a file of
/// may be another spelling.
fn are_others(site: &Site, event: usize, place: &Medallist, winner: &Winner) -> bool {
    let known = |names: &[String]| -> Option<Vec<usize>> {
        let found = who(site, event, &place.nation, names);
        let found: Option<Vec<usize>> = found.into_iter().map(Result::ok).collect();
        found.filter(|found| found.iter().all(|athlete| site.athletes[*athlete].doc.is_some()))
    };
    match (known(&place.athletes), known(&winner.athletes)) {
        (Some(now), Some(before)) => now != before,
        _ => place.athletes.len() != winner.athletes.len(),
    }
}

/// The change that took a colour from those to whom the spreadsheet still gives it.
fn reversed<'c>(
    import: &Import,
    changes: &'c [Change],
    medal: Medal,
    places: &[Medallist],
    recorded: &[Winner],
    event: usize,
) -> Option<&'c Change> {
    let site = import.site;
    type Medals = Vec<(String, Vec<Result<usize, String>>)>;
    let of_winners = |winners: &[Winner]| -> Medals {
        let medals = winners.iter().map(|winner| {
            let nation = site.nation_code(&winner.nation).unwrap_or(&winner.nation).to_owned();
            let athletes = who(site, event, &nation, &winner.athletes);
            (nation, athletes)
        });
        medals.collect()
    };
    let coming: Medals = places
        .iter()
        .map(|place| (place.nation.clone(), who(site, event, &place.nation, &place.athletes)))
        .collect();
    let is_so_already = coming == of_winners(recorded);
    let was = |change: &&Change| {
        let was = change.was[medal as usize].as_ref();
        was.is_some_and(|was| of_winners(was) == coming)
    };
    changes.iter().rev().find(was).filter(|_| !is_so_already)
}

/// Recorded podiums that the spreadsheet does not have.
fn gone(import: &mut Import, met: &[bool]) {
    let events = import.site.events.iter().zip(met);
    let gone = events.filter(|(event, met)| !**met && event.doc.has_podium());
    let gone: Vec<_> = gone.map(|(event, _)| event).collect();
    if gone.is_empty() || import.options.is_part {
        return;
    }
    let count = gone.len();
    if !import.options.allow_removals {
        import.plan.notes.push(format!(
            "{count} podiums that are recorded are not in it and are kept; --allow-removals removes them"
        ));
        return;
    }
    for event in gone {
        import.change(&event.doc.file, &[("status", None), ("podium", None)]);
    }
    import.plan.notes.push(format!("{count} podiums are removed"));
}
