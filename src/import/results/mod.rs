//! Results: who came where in each heat, match and race. They go into the sheet beside the event's file.

mod entrants;
mod line;
mod matches;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::athletes::Known;
use super::{Change, EventName, Import, Node, codes_of, some_of, text, texts};
use crate::diagnostics::{Diagnostic, Place, Source, codes};
use crate::games::medals::Medal;
use crate::games::results::{MarkType, Outcome, Phase, value_of};
use crate::parse::assets::Asset;
use crate::parse::documents::cells::{as_printed, guarded, is_formula, is_irregular};
use crate::parse::documents::results::{COLUMNS, read};
use crate::parse::documents::{Entry, EventResults, Status, UnitStatus};
use crate::sheet::{self, Cells, Edits, Field, Row, Sheet};
use crate::slug;
use crate::text::counted;
use entrants::Entrants;
use line::{Line, UnitKey, line, prefixes, who};

pub const FIELDS: &[Field] = &[
    Field { name: "sport", synonyms: &["discipline", "sport-name", "discipline-name"] },
    Field { name: "event_code", synonyms: &["event-id", "code-event", "eventcode"] },
    Field { name: "event", synonyms: &["event-name", "event-title", "title"] },
    Field { name: "gender", synonyms: &["sex", "event-gender"] },
    Field { name: "unit_code", synonyms: &["unit-id", "code-unit", "unitcode", "rsc"] },
    Field { name: "phase", synonyms: &["round", "stage", "phase-name"] },
    Field { name: "unit", synonyms: &["unit-name", "heat", "match", "game", "race", "bout"] },
    Field { name: "session", synonyms: &["session-name"] },
    Field { name: "start", synonyms: &["start-time", "start-date", "starts", "date"] },
    Field { name: "time", synonyms: &["result-time", "timestamp", "end"] },
    Field {
        name: "noc",
        synonyms: &["nation", "nat", "nf", "country-code", "nation-code", "noc-code", "country"],
    },
    Field {
        name: "competitor_code",
        synonyms: &["athlete-code", "competitor-id", "team-code", "athlete-id", "code"],
    },
    Field {
        name: "athlete",
        synonyms: &[
            "competitor",
            "athletes",
            "competitor-name",
            "name",
            "participant",
            "full-name",
        ],
    },
    Field { name: "tv_name", synonyms: &["name-tv", "television-name", "display-name"] },
    Field { name: "team", synonyms: &["team-name", "pair"] },
    Field { name: "is_team", synonyms: &["team-event"] },
    Field { name: "rank", synonyms: &["place", "position", "pos", "rk"] },
    Field { name: "mark", synonyms: &["result", "score", "points", "performance"] },
    Field { name: "mark_type", synonyms: &["result-type"] },
    Field { name: "periods", synonyms: &["sets", "period-scores"] },
    Field { name: "win", synonyms: &["wlt", "w-l", "w-l-t", "outcome", "win-loss", "winner"] },
    Field { name: "irregular", synonyms: &["irm", "invalid-result-mark"] },
    Field { name: "qualified", synonyms: &["qualification-mark", "qual", "q"] },
    Field { name: "record", synonyms: &["records", "record-indicator"] },
    Field { name: "order", synonyms: &["start-order", "lane", "startorder"] },
    Field { name: "bib", synonyms: &["bib-number", "start-number"] },
    Field { name: "gap", synonyms: &["diff", "difference", "behind"] },
    Field { name: "status", synonyms: &["result-status"] },
];

/// An event of the spreadsheet with its rows.
struct Event<'a> {
    name: EventName<'a>,
    row: Row<'a>,
    rows: Vec<Line<'a>>,
}

pub fn import(import: &mut Import) {
    if is_of_medals(import.sheet) {
        let message = "these are medals, not results of heats and matches";
        import.refuse(&codes::I002, message.into(), "podium import medals reads them");
        return;
    }
    let mut needed: Vec<&[&'static str]> = vec![&["noc"]];
    if import.options.event.is_none() {
        needed.push(&["event_code", "event"]);
    }
    if import.options.phase.is_none() {
        needed.push(&["phase", "unit_code", "unit"]);
    }
    let missing = import.sheet.needs(&needed).into_iter().map(|problem| {
        problem.help("of one event: --event SPORT/EVENT, and of one phase: --phase final")
    });
    import.problems.extend(missing);
    let only = import.options.event.as_deref().map(|name| import.site.event(name));
    if let (Some(Err(_)), Some(name)) = (&only, &import.options.event) {
        import.refuse(
            &codes::I003,
            format!("there is no event `{name}`"),
            "write it as SPORT/EVENT, as its file is called",
        );
    }
    if !import.problems.is_empty() {
        return;
    }
    let only = only.and_then(Result::ok);
    let known = Known::new(import.site);
    let events = events(import, &known);
    let rows = events.values().map(|event| event.rows.len()).sum();
    let recorded = import.site.events.iter().filter_map(|event| event.results.as_ref());
    let recorded = recorded.flat_map(|results| &results.units).map(|unit| unit.entries.len());
    import.refuse_if_cut("row", rows, recorded.sum());
    if !import.problems.is_empty() {
        return;
    }
    import.plan.rows = rows;
    let mut met = vec![false; import.site.events.len()];
    let mut podiums = Podiums::default();
    for mut event in events.into_values() {
        let found = match only {
            Some(event) => Ok(Some(event)),
            None => import.event(&event.row, &event.name),
        };
        let Ok(recorded) = found else { continue };
        let path = match recorded {
            Some(i) => {
                met[i] = true;
                let entrants = Entrants::new(import.site, i);
                event.rows.iter_mut().for_each(|line| line.name_in_full(&entrants));
                sheet_beside(&import.site.events[i].doc.file.path)
            }
            None => {
                let Some((path, entries)) = import.new_event(&event.row, &event.name) else {
                    continue;
                };
                import.create(&event.row, &path, &entries);
                sheet_beside(&path)
            }
        };
        let Some(results) = record(import, &mut event, recorded, path) else { continue };
        if let (true, Some(i)) = (import.options.medals, recorded) {
            podiums.propose(import, i, &results);
        }
    }
    if import.options.medals {
        podiums.tell(import);
    }
    gone(import, &met);
}

/// Makes the sheet of an event that of the spreadsheet, and returns what the next build will read in it. Nothing if
/// that cannot be.
fn record(
    import: &mut Import,
    event: &mut Event,
    recorded: Option<usize>,
    path: String,
) -> Option<Arc<EventResults>> {
    let results = recorded.and_then(|i| import.site.events[i].results.clone());
    event.number_matches(import, results.as_deref()).ok()?;
    let Some(results) = results else {
        let written = whole(event);
        let read = reread(import, &path, &written)?;
        let path = format!("content/{path}");
        import.plan.changes.push(Change { path, old: None, new: Some(written) });
        return Some(read);
    };
    let path = results.source().path.clone();
    if !results.is_utf8() {
        let message = "this sheet is not in UTF-8, so nobody can change it in place";
        import.report(
            Diagnostic::new(&codes::I007, Place::File(path), message)
                .help("save it as CSV UTF-8 from the program that made it"),
        );
        return None;
    }
    let written = change(import, event, &results)?;
    let old = results.source().text.clone();
    if old == written {
        import.plan.unchanged += 1;
        return Some(results);
    }
    let read = reread(import, &results.asset.path, &written)?;
    import.plan.changes.push(Change { path, old: Some(old), new: Some(written) });
    Some(read)
}

/// Podiums that results tell of.
#[derive(Default)]
struct Podiums {
    proposed: usize,
    /// Events of which they tell none, and why.
    unproposed: Vec<String>,
}

impl Podiums {
    /// Gives an event that has none the one of its results.
    fn propose(&mut self, import: &mut Import, event: usize, results: &EventResults) {
        let node = &import.site.events[event];
        if node.doc.has_podium() {
            return;
        }
        let id = format!("{}/{}", import.site.sports[node.sport].slug, node.doc.slug);
        match propose(import, event, results) {
            Ok(()) => self.proposed += 1,
            Err(why) => self.unproposed.push(format!("{id} ({why})")),
        }
    }

    fn tell(&self, import: &mut Import) {
        let podiums = counted(self.proposed, "podium");
        import.plan.notes.push(format!("{podiums} proposed by results; look at them"));
        if !self.unproposed.is_empty() {
            let events = some_of(&self.unproposed);
            import.plan.notes.push(format!("events whose results propose no podium: {events}"));
        }
    }
}

/// The heading of a column that is called for the time when the result came and has how long it took, in a
/// spreadsheet without another column for that.
pub fn time_is_mark(sheet: &Sheet) -> Option<String> {
    let heading = sheet.heading("time").filter(|_| !sheet.has("mark"))?;
    let is_mark = |cell: &str| {
        let first = cell.split(' ').next().unwrap_or_default();
        value_of(&as_printed(first, true)).is_some() || is_irregular(cell)
    };
    let mut cells = sheet.rows().filter_map(|row| row.text("time"));
    cells.all(is_mark).then(|| heading.to_owned())
}

/// Whether a spreadsheet has a medal in each row and no unit.
fn is_of_medals(sheet: &Sheet) -> bool {
    let has_medal = sheet.unused.iter().any(|heading| slug::slugify(heading).starts_with("medal"));
    has_medal && !["unit_code", "unit", "phase", "mark", "win"].iter().any(|field| sheet.has(field))
}

/// Events whose results are recorded and not in the spreadsheet.
fn gone(import: &mut Import, met: &[bool]) {
    if import.options.is_part || !import.problems.is_empty() {
        return;
    }
    let site = import.site;
    let gone = site.events.iter().zip(met).filter(|(_, met)| !**met);
    let gone: Vec<&Arc<EventResults>> =
        gone.filter_map(|(event, _)| event.results.as_ref()).collect();
    if gone.is_empty() {
        return;
    }
    let paths: Vec<String> = gone.iter().map(|results| results.source().path.clone()).collect();
    if !import.options.allow_removals {
        import.plan.notes.push(format!("results that are not in it stay: {}", some_of(&paths)));
        return;
    }
    for results in gone {
        import.plan.changes.push(Change {
            path: results.source().path.clone(),
            old: Some(results.source().text.clone()),
            new: None,
        });
    }
}

/// Reads every row.
fn events<'a>(import: &mut Import<'a>, known: &Known) -> BTreeMap<String, Event<'a>> {
    let order = import.date_order(&["start", "time"]);
    let sheet = import.sheet;
    let codes = codes_of(sheet);
    let prefixes = prefixes(sheet);
    let mut events: BTreeMap<String, Event> = BTreeMap::new();
    for row in sheet.rows() {
        let name = EventName::new(&row);
        let is_one = import.options.event.is_some();
        if !is_one && name.code.is_none() && name.title.is_none() {
            let _ = import.required(&row, "event");
            continue;
        }
        if !import.knows_gender(&row) {
            continue;
        }
        let Some(line) = line(import, row, known, &prefixes, order) else { continue };
        let key = if is_one { String::new() } else { name.key(&codes) };
        let new = || Event { name: EventName::new(&row), row, rows: Vec::new() };
        let event = events.entry(key).or_insert_with(new);
        event.name.code = event.name.code.or(name.code);
        event.rows.push(line);
    }
    events
}

/// Where the sheet of an event is, by the path of its file.
fn sheet_beside(path: &str) -> String {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    format!("{}.results.csv", stem.strip_suffix("/index").unwrap_or(stem))
}

/// A sheet of an event that has none.
fn whole(event: &Event) -> String {
    let is_used = |column: &&str| {
        event
            .rows
            .iter()
            .any(|line| line.cells.iter().any(|(field, text)| field == column && !text.is_empty()))
    };
    let columns: Vec<&str> = COLUMNS.iter().map(|column| column.name).filter(is_used).collect();
    let guard = |line: &Line| -> Cells {
        line.cells.iter().map(|(field, text)| (*field, kept_so(field, text))).collect()
    };
    sheet::new(&columns, &event.rows.iter().map(guard).collect::<Vec<_>>())
}

/// A cell as it is written: dates and names are safe as they are.
fn kept_so(field: &str, text: &str) -> String {
    match field {
        "start" | "time" | "nation" => text.to_owned(),
        // "1:23" is no name.
        "athletes" if !is_formula(text) => text.to_owned(),
        "athletes" => format!("'{text}"),
        _ => guarded(text),
    }
}

/// The sheet of an event with what is another in the spreadsheet. Nothing if that would lose something.
fn change(import: &mut Import, event: &Event, results: &EventResults) -> Option<String> {
    let site = import.site;
    let mut rows: HashMap<(UnitKey, String), usize> = HashMap::new();
    let mut last: HashMap<UnitKey, usize> = HashMap::new();
    let mut of_row: HashMap<usize, (UnitKey, &Entry, UnitStatus)> = HashMap::new();
    for unit in &results.units {
        let name = unit.name.clone().unwrap_or_default().to_lowercase();
        let named = UnitKey::Name(unit.phase.clone(), name);
        let key = unit.code.clone().map_or(named, UnitKey::Code);
        for entry in &unit.entries {
            let nation = entry.nation.as_deref().and_then(|written| site.nation_code(written));
            let keys = who(entry.code.as_deref(), nation, &entry.athletes, entry.team.as_deref());
            for who in keys {
                rows.entry((key.clone(), who)).or_insert(entry.row);
            }
            let of_unit = last.entry(key.clone()).or_insert(entry.row);
            *of_unit = entry.row.max(*of_unit);
            of_row.insert(entry.row, (key.clone(), entry, unit.status));
        }
    }
    let mut edits = Edits::default();
    let mut met: HashSet<usize> = HashSet::new();
    let mut units: HashSet<&UnitKey> = HashSet::new();
    for line in &event.rows {
        units.insert(&line.unit);
        let found = line.who.iter().find_map(|who| rows.get(&(line.unit.clone(), who.clone())));
        let Some(row) = found.copied().filter(|row| met.insert(*row)) else {
            let guarded = line.cells.iter().map(|(field, text)| (*field, kept_so(field, text)));
            edits.added.push((last.get(&line.unit).copied(), guarded.collect()));
            continue;
        };
        let (Some(old), Some((_, entry, status))) = (results.sheet().row(row), of_row.get(&row))
        else {
            continue;
        };
        let mut cells = different(import, line, &old, entry);
        // A result that stands stands, as long as it is the same.
        let is_same = cells.iter().all(|(field, _)| *field == "status");
        let is_settled = *status == UnitStatus::Official && line.has_result;
        if is_same && is_settled && !import.options.official {
            cells.clear();
        }
        if !cells.is_empty() {
            edits.changed.insert(row, cells);
        }
    }
    let is_whole = !import.options.is_part;
    let is_lost = |(row, (unit, ..)): &(&usize, &(UnitKey, &Entry, UnitStatus))| {
        !met.contains(row) && (is_whole || units.contains(unit))
    };
    let lost: Vec<usize> = of_row.iter().filter(is_lost).map(|(row, _)| *row).collect();
    if !lost.is_empty() && !import.options.allow_removals {
        let message =
            format!("{} would lose {}", results.source().path, counted(lost.len(), "row"));
        let help = match import.options.is_part {
            true => "a unit must have all of its rows; if somebody was taken out: --allow-removals",
            false => "if it is only a part: --partial; if what it lacks is to go: --allow-removals",
        };
        import.refuse(&codes::I006, message, help);
        return None;
    }
    edits.removed.extend(lost);
    let is_none = edits.changed.is_empty() && edits.added.is_empty() && edits.removed.is_empty();
    match is_none {
        true => Some(results.source().text.clone()),
        false => Some(results.sheet().edited(&edits)),
    }
}

/// The cells of a row that say something else than the spreadsheet.
fn different(import: &Import, line: &Line, old: &Row, entry: &Entry) -> Cells {
    let site = import.site;
    let zone = &site.config.time_zone;
    let is_same = |field: &str, new: &str| {
        let was = old.text(field).unwrap_or_default();
        match field {
            _ if was == new => true,
            "nation" => site.nation_code(was) == Some(new),
            // The house's own spelling stays, and so do names that the spreadsheet has not.
            "athletes" => {
                let slugs = |text: &str| -> Vec<String> {
                    let mut names: Vec<String> = text
                        .split('/')
                        .map(|name| slug::in_any_order(&slug::slugify(name)))
                        .collect();
                    names.sort_unstable();
                    names
                };
                let is_known = entry.code.is_some()
                    && entry.code.as_deref() == line.row.text("competitor_code");
                new.is_empty() || (is_known && !was.is_empty()) || slugs(was) == slugs(new)
            }
            "team" => new.is_empty(),
            "phase" => Phase::read(was) == Phase::read(new),
            "start" | "time" => {
                let read = |text: &str| crate::parse::dates::read(text, zone).ok();
                read(was).zip(read(new)).is_some_and(|(a, b)| a.timestamp() == b.timestamp())
            }
            "win" => entry.outcome.map(Outcome::letter) == Some(new),
            "irregular" => was.eq_ignore_ascii_case(new),
            "mark_type" => entry.mark_type.map(MarkType::word) == Some(new),
            "rank" => entry.rank.map(|rank| rank.to_string()).as_deref() == Some(new),
            "mark" => entry.mark.as_deref() == Some(new),
            "gap" => entry.gap.as_deref() == Some(new),
            _ => false,
        }
    };
    let changed = line.cells.iter().filter(|(field, new)| !is_same(field, new));
    changed.map(|(field, new)| (*field, kept_so(field, new))).collect()
}

/// Reads the text of a sheet as the next build will. What that would refuse is reported.
fn reread(import: &mut Import, path: &str, text: &str) -> Option<Arc<EventResults>> {
    let source = Arc::new(Source::new(format!("content/{path}"), text));
    let asset = Asset {
        path: path.to_owned(),
        absolute: Default::default(),
        size: None,
        length: text.len() as u64,
        is_published: true,
        fault: None,
        picture: None,
        has_position: false,
    };
    let (results, problems) = read(source, Arc::new(asset), &import.site.config.time_zone);
    let is_read = problems.is_empty();
    import.problems.extend(
        problems.into_iter().map(|problem| {
            problem.help(format!("this is what it would write into content/{path}"))
        }),
    );
    results.filter(|_| is_read).map(Arc::new)
}

/// Gives an event that has no podium the one that its units tell of, where all three colours are certain.
///
/// # Errors
/// Says in a few words why there is none.
fn propose(import: &mut Import, event: usize, results: &EventResults) -> Result<(), &'static str> {
    let site = import.site;
    let doc = &site.events[event].doc;
    if results.deciding().is_empty() {
        return Err("there is no final");
    }
    let medals = results.medals();
    if medals[0].as_ref().is_none_or(Vec::is_empty) {
        return Err("nobody has won the final for certain");
    }
    let [Some(gold), Some(silver), Some(bronze)] = medals else {
        return Err("there is no match for bronze");
    };
    let place = |(unit, entry): &(usize, usize)| {
        let entry = &results.units[*unit].entries[*entry];
        let nation = entry.nation.as_deref()?;
        let mut place = vec![("nation".to_owned(), text(nation))];
        if !entry.athletes.is_empty() {
            place.push(("athletes".to_owned(), texts(entry.athletes.iter().map(String::as_str))));
        }
        place.extend(entry.team.as_ref().map(|team| ("team".to_owned(), text(team))));
        Some(Node::Map(place))
    };
    let mut podium = Vec::new();
    for (medal, entries) in Medal::ALL.into_iter().zip([gold, silver, bronze]) {
        let places: Option<Vec<Node>> = entries.iter().map(place).collect();
        let places = places.ok_or("somebody has no nation")?;
        if !places.is_empty() {
            podium.push((medal.word().to_owned(), Node::List(places)));
        }
    }
    let status = match import.options.official {
        true => Status::Official,
        false => Status::Provisional,
    };
    let wanted = [("status", Some(text(status.word()))), ("podium", Some(Node::Map(podium)))];
    import.change(None, &doc.file, &wanted);
    Ok(())
}
