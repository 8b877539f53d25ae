//! Results: who came where in each heat, match and race. They go into the sheet beside the event's file.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::athletes::{Known, house_name, is_nobody, people_in};
use super::values::{self, DateOrder};
use super::{Change, EventName, Import, Node, codes_of, some_of, text, texts};
use crate::assemble::Site;
use crate::diagnostics::{Diagnostic, Place, Source, codes};
use crate::games::medals::Medal;
use crate::games::results::{MarkType, Outcome, Phase, value_of};
use crate::parse::assets::Asset;
use crate::parse::documents::results::{
    COLUMNS, as_printed, guarded, is_formula, is_irregular, read,
};
use crate::parse::documents::{Entry, EventResults, Status, UnitStatus};
use crate::sheet::{self, Cells, Edits, Field, Row, Sheet};
use crate::slug;
use crate::text::counted;

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

/// A row of the spreadsheet, as it is to stand in a sheet.
struct Line<'a> {
    row: Row<'a>,
    unit: UnitKey,
    who: Vec<String>,
    /// The cells of all columns that the spreadsheet has.
    cells: Cells,
    has_result: bool,
}

/// What rows of one unit have in common: the code, or phase and name.
#[derive(Clone, Debug, Hash, PartialEq, Eq)]
enum UnitKey {
    Code(String),
    Name(Phase, String),
}

impl Line<'_> {
    fn is_of_match(&self) -> bool {
        self.cells.iter().any(|(field, text)| *field == "win" && !text.is_empty())
    }

    fn is_won(&self) -> bool {
        self.cells.iter().any(|(field, text)| *field == "win" && text == Outcome::Won.letter())
    }

    /// Makes it a row of the unit of this name.
    fn call(&mut self, phase: &Phase, name: &str) {
        self.unit = UnitKey::Name(phase.clone(), name.to_lowercase());
        match self.cells.iter_mut().find(|(field, _)| *field == "unit") {
            Some((_, unit)) => *unit = name.to_owned(),
            None => self.cells.push(("unit", name.to_owned())),
        }
    }

    /// Gives the members of a pair or a relay their whole names, where the spreadsheet has "EBDEN / PEERS" or
    /// "J. MONTAG / R. COWLEY".
    fn name_in_full(&mut self, entrants: &Entrants) {
        let cell = |field: &str| self.cells.iter().find(|(known, _)| *known == field);
        let nation = cell("nation").map(|(_, code)| code.as_str());
        let Some((_, athletes)) = cell("athletes").filter(|(_, names)| names.contains(" / "))
        else {
            return;
        };
        let full: Vec<String> =
            athletes.split(" / ").map(|name| entrants.full_name(name, nation).to_owned()).collect();
        let code = self.row.text("competitor_code");
        let team = cell("team").map(|(_, team)| team.as_str()).filter(|team| !team.is_empty());
        self.who = who(code, nation, &full, team);
        if let Some((_, athletes)) = self.cells.iter_mut().find(|(field, _)| *field == "athletes") {
            *athletes = full.join(" / ");
        }
    }
}

/// Those who have entered an event or have a medal of it, by the words of their names.
struct Entrants<'s> {
    /// Names as slugs with their words in the order of the alphabet.
    whole: HashSet<String>,
    /// By nation and word: the slug, and the name.
    by_word: HashMap<(&'s str, String), Vec<(String, &'s str)>>,
}

impl<'s> Entrants<'s> {
    fn new(site: &'s Site, event: usize) -> Entrants<'s> {
        let mut entrants = Entrants { whole: HashSet::new(), by_word: HashMap::new() };
        for athlete in site.events[event].entrants.iter().map(|i| &site.athletes[*i]) {
            let Some(nation) = athlete.nation.map(|nation| site.nations[nation].code.as_str())
            else {
                continue;
            };
            let slug = slug::slugify(&athlete.name);
            entrants.whole.insert(slug::in_any_order(&slug));
            for word in slug.split('-') {
                let of_word = entrants.by_word.entry((nation, word.to_owned())).or_default();
                of_word.push((slug.clone(), &athlete.name));
            }
        }
        entrants
    }

    /// The only one of a nation who may be meant by a family name with or without initials; the name itself where
    /// that is nobody or several, or it is whole.
    fn full_name<'n>(&self, name: &'n str, nation: Option<&str>) -> &'n str
    where
        's: 'n,
    {
        let written = slug::slugify(name);
        let Some(nation) = nation.filter(|_| !self.whole.contains(&slug::in_any_order(&written)))
        else {
            return name;
        };
        let is_initial = |word: &&str| word.len() < 3;
        let family: Vec<&str> = written.split('-').filter(|word| !is_initial(word)).collect();
        let initial = written.split('-').find(is_initial).and_then(|word| word.chars().next());
        let Some(first) = family.first() else { return name };
        let is_meant = |(slug, _): &&(String, &str)| {
            let own: Vec<&str> = slug.split('-').collect();
            let has_initial = initial.is_none_or(|initial| {
                own.iter().any(|word| !family.contains(word) && word.starts_with(initial))
            });
            has_initial && family.iter().all(|word| own.contains(word))
        };
        let candidates = self.by_word.get(&(nation, (*first).to_owned()));
        let mut meant = candidates.into_iter().flatten().take(MOST_NAMESAKES).filter(is_meant);
        match (meant.next(), meant.next()) {
            (Some((_, one)), None) => one,
            _ => name,
        }
    }
}

/// More namesakes than a nation has in an event.
const MOST_NAMESAKES: usize = 50;

pub fn import(import: &mut Import) {
    if import.sheet.has("medal_type") || is_of_medals(import.sheet) {
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
    let mut proposed = 0;
    let mut unproposed: Vec<String> = Vec::new();
    for mut event in events.into_values() {
        let found = match only {
            Some(event) => Ok(Some(event)),
            None => import.event(&event.row, &event.name),
        };
        let recorded = found.ok().flatten();
        let results = recorded.and_then(|i| import.site.events[i].results.clone());
        let path = match (found, &results) {
            (_, Some(results)) => results.asset.path.clone(),
            (Ok(Some(i)), None) => sheet_beside(&import.site.events[i].doc.file.path),
            (Ok(None), None) => {
                let Some((path, entries)) = import.new_event(&event.row, &event.name) else {
                    continue;
                };
                import.create(&event.row, &path, &entries);
                sheet_beside(&path)
            }
            (Err(()), None) => continue,
        };
        if let Some(i) = recorded {
            met[i] = true;
            let entrants = Entrants::new(import.site, i);
            event.rows.iter_mut().for_each(|line| line.name_in_full(&entrants));
        }
        if event.number_matches(import, results.as_deref()).is_err() {
            continue;
        }
        if let Some(results) = results.as_ref().filter(|results| !results.is_utf8()) {
            let path = results.source().path.clone();
            let message = "this sheet is not in UTF-8, so nobody can change it in place";
            import.report(
                Diagnostic::new(&codes::I007, Place::File(path), message)
                    .help("save it as CSV UTF-8 from the program that made it"),
            );
            continue;
        }
        let written = match &results {
            Some(results) => change(import, &event, results),
            None => Some(whole(&event)),
        };
        let Some(written) = written else { continue };
        let old = results.as_ref().map(|results| results.source().text.clone());
        // What it writes must be read by the next build.
        let (read, problems) = match old.as_ref() == Some(&written) {
            true => (results, Vec::new()),
            false => reread(import.site, &path, &written),
        };
        if !problems.is_empty() {
            import.problems.extend(problems.into_iter().map(|problem| {
                problem.help(format!("this is what it would write into content/{path}"))
            }));
            continue;
        }
        let without_podium =
            recorded.filter(|i| import.options.medals && !import.site.events[*i].doc.has_podium());
        if let (Some(i), Some(results)) = (without_podium, &read) {
            let sport = &import.site.sports[import.site.events[i].sport].slug;
            let id = format!("{sport}/{}", import.site.events[i].doc.slug);
            match propose(import, i, results) {
                Ok(()) => proposed += 1,
                Err(why) => unproposed.push(format!("{id} ({why})")),
            }
        }
        if old.as_ref() == Some(&written) {
            import.plan.unchanged += 1;
            continue;
        }
        let path = format!("content/{path}");
        import.plan.changes.push(Change { path, old, new: Some(written) });
    }
    if import.options.medals {
        let podiums = counted(proposed, "podium");
        import.plan.notes.push(format!("{podiums} proposed by results; look at them"));
        if !unproposed.is_empty() {
            let events = some_of(&unproposed);
            import.plan.notes.push(format!("events whose results propose no podium: {events}"));
        }
    }
    gone(import, &met);
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

/// Who met in a match, by what they may be found by.
type Pair = [String; 2];

impl Event<'_> {
    /// Tells matches apart that have one phase and neither name nor code: four quarter-finals that are called nothing
    /// else. Their sides stand one under the other. A match that is recorded keeps its name, the others get numbers.
    ///
    /// # Errors
    /// Nobody can tell who met, which is reported.
    fn number_matches(
        &mut self,
        import: &mut Import,
        recorded: Option<&EventResults>,
    ) -> Result<(), ()> {
        let is_nameless =
            |line: &Line| line.is_of_match() && matches!(line.unit, UnitKey::Name(..));
        let mut groups: Vec<(UnitKey, Vec<usize>)> = Vec::new();
        let mut known: HashMap<UnitKey, usize> = HashMap::new();
        for (i, line) in self.rows.iter().enumerate().filter(|(_, line)| is_nameless(line)) {
            let group = *known.entry(line.unit.clone()).or_insert(groups.len());
            if group == groups.len() {
                groups.push((line.unit.clone(), Vec::new()));
            }
            groups[group].1.push(i);
        }
        let known = known_matches(import, recorded);
        let mut used: HashSet<(Phase, String)> = known.values().cloned().collect();
        for (unit, rows) in groups {
            let UnitKey::Name(phase, name) = &unit else { continue };
            let is_known = rows.chunks(2).any(|pair| known.contains_key(&self.pair(phase, pair)));
            // One match of its name needs no number, unless others are recorded.
            let is_alone = rows.len() < 3 && !used.contains(&(phase.clone(), name.clone()));
            if is_alone && !is_known {
                continue;
            }
            let mut number = 0;
            for pair in rows.chunks(2) {
                if let [a, b] = pair
                    && self.rows[*a].is_won()
                    && self.rows[*b].is_won()
                {
                    let row = self.rows[*b].row;
                    let label = "say which sides met: give each match a `unit`";
                    import.wrong(&row, "win", "two who won stand one under the other", label);
                    return Err(());
                }
                let own = known.get(&self.pair(phase, pair)).cloned();
                let (phase, name) = own.unwrap_or_else(|| {
                    loop {
                        number += 1;
                        let word = self.rows[pair[0]].row.text("unit").unwrap_or("Match");
                        let name = format!("{word} {number}");
                        if used.insert((phase.clone(), name.to_lowercase())) {
                            break (phase.clone(), name);
                        }
                    }
                });
                for i in pair {
                    self.rows[*i].call(&phase, &name);
                }
            }
        }
        Ok(())
    }

    /// Who met in a match of the spreadsheet, with the phase.
    fn pair(&self, phase: &Phase, rows: &[usize]) -> (Phase, Pair) {
        let mut who = rows.iter().map(|i| self.rows[*i].who.last().cloned().unwrap_or_default());
        let mut pair = [who.next().unwrap_or_default(), who.next().unwrap_or_default()];
        pair.sort_unstable();
        (phase.clone(), pair)
    }
}

/// The matches of a sheet by who met in them: their phase, and what they are called.
fn known_matches(
    import: &Import,
    recorded: Option<&EventResults>,
) -> HashMap<(Phase, Pair), (Phase, String)> {
    let site = import.site;
    let mut known = HashMap::new();
    for unit in recorded.into_iter().flat_map(|results| &results.units) {
        let [a, b] = unit.entries.as_slice() else { continue };
        let key = |entry: &Entry| {
            let nation = entry.nation.as_deref().and_then(|written| site.nation_code(written));
            who(None, nation, &entry.athletes, entry.team.as_deref()).pop().unwrap_or_default()
        };
        let mut pair = [key(a), key(b)];
        pair.sort_unstable();
        let name = unit.name.clone().unwrap_or_default();
        known.insert((unit.phase.clone(), pair), (unit.phase.clone(), name));
    }
    known
}

/// What the names of all units of a phase begin with, for phases that only their sport knows: "Grand Prix" of
/// "Grand Prix Group A" and "Grand Prix Group B". By the beginning of their codes.
fn prefixes(sheet: &Sheet) -> HashMap<&str, String> {
    let mut prefixes: HashMap<&str, String> = HashMap::new();
    for row in sheet.rows() {
        let (Some(code), Some(unit)) = (row.text("unit_code"), row.text("unit")) else { continue };
        let Some(phase) = code.get(..26).filter(|_| Phase::of_code(code).is_none()) else {
            continue;
        };
        let unit = unit.split(" - ").next().unwrap_or(unit);
        match prefixes.get_mut(phase) {
            None => drop(prefixes.insert(phase, unit.to_owned())),
            Some(common) if common == unit => {}
            Some(common) => {
                let words = common.split(' ').zip(unit.split(' '));
                let same = words.take_while(|(a, b)| a == b).map(|(a, _)| a);
                let same: Vec<&str> = same.collect();
                // "Group" says nothing without its letter.
                let mut same = same.join(" ");
                for ending in [" Group", " Heat", " Race", " Round", " -"] {
                    same.truncate(same.trim_end_matches(ending).len());
                }
                *common = same;
            }
        }
    }
    prefixes
}

/// The phase of a row, and the name of its unit, if it has one of its own.
fn phase(
    row: &Row,
    told: Option<&str>,
    prefixes: &HashMap<&str, String>,
) -> Option<(Phase, Option<String>)> {
    let unit = row.text("unit");
    let code = row.text("unit_code");
    let (told, of_phase) = row.text("phase").or(told).map(Phase::with_unit).unzip();
    let unit = unit.or(of_phase.as_ref().and_then(Option::as_deref));
    let of_code = code.and_then(Phase::of_code);
    let of_sport = || {
        let prefix = prefixes.get(code?.get(..26)?).filter(|prefix| !prefix.is_empty());
        Some(Phase::Other(prefix?.clone()))
    };
    // "Grand Prix Freestyle - Individual Final" is a final, whatever the code calls it.
    let first = unit.and_then(|unit| Some(Phase::read(unit.split_once(" - ")?.0)));
    let first = first.filter(|phase| !matches!(phase, Phase::Other(_)));
    let named = first.or_else(|| unit.and_then(Phase::in_name));
    let is_sure =
        |phase: &Phase| matches!(phase, Phase::Final | Phase::SemiFinal | Phase::QuarterFinal);
    let phase =
        told.or(of_code).or_else(|| named.clone().filter(is_sure)).or_else(of_sport).or(named)?;
    let is_bronze = unit.is_some_and(|unit| unit.to_lowercase().contains("bronze"));
    let phase = if phase == Phase::Final && is_bronze { Phase::Bronze } else { phase };
    let Some(unit) = unit else { return Some((phase, None)) };
    // What the name says of the phase is said already.
    let own = match unit.split_once(" - ") {
        Some((first, rest)) if is_name_of(first, &phase) => rest.trim(),
        _ => unit,
    };
    let own = match &phase {
        Phase::Other(name) => {
            own.strip_prefix(name.as_str()).unwrap_or(own).trim_matches(['-', ' '])
        }
        _ => own,
    };
    let is_medal = own.to_lowercase().contains("medal");
    let says_more = is_medal || !is_name_of(own, &phase);
    Some((phase, (says_more && !own.is_empty()).then(|| own.to_owned())))
}

/// Whether a name says no more than the phase does: another name of it, or that of a phase that is called
/// otherwise in this sport, as the first round of tennis is its round of 64.
fn is_name_of(text: &str, phase: &Phase) -> bool {
    match (phase, Phase::read(text)) {
        (Phase::Other(name), _) => name == text,
        (_, Phase::Other(_)) => false,
        (Phase::RoundOf(_), Phase::Round(_)) => true,
        (Phase::Round(_) | Phase::RoundOf(_), read) => read == *phase,
        (_, read) => read == *phase && !text.ends_with(|c: char| c.is_ascii_digit()),
    }
}

fn line<'a>(
    import: &mut Import<'a>,
    row: Row<'a>,
    known: &Known,
    prefixes: &HashMap<&str, String>,
    order: DateOrder,
) -> Option<Line<'a>> {
    let told = import.options.phase.as_deref();
    let Some((phase, unit)) = phase(&row, told, prefixes) else {
        let label = "expected a phase such as heats, semi-finals or final";
        import.wrong(&row, "phase", "nobody can tell the phase of this row", label);
        return None;
    };
    let nation = match row.text("noc") {
        Some(_) => Some(import.nation(&row, "noc")?),
        None => None,
    };
    let code = row.text("competitor_code");
    let people = people(import, &row, known, nation.as_deref())?;
    let team = row.text("team").or_else(|| {
        // A team stands where others have a person.
        row.text("athlete").filter(|cell| people.is_empty() && cell.contains(char::is_alphanumeric))
    });
    let names = people.iter().map(String::as_str);
    let team = team.and_then(|team| import.own_name(team, names));
    if nation.is_none() && people.is_empty() && team.is_none() {
        let _ = import.required(&row, "noc");
        return None;
    }
    let mut cells: Cells = Vec::new();
    let sheet = import.sheet;
    let mut put = |field: &'static str, text: Option<String>| {
        cells.push((field, text.unwrap_or_default()));
    };
    put("phase", Some(phase.written()));
    put("unit", unit.clone());
    put("nation", nation.clone());
    put("athletes", Some(people.join(" / ")));
    put("team", team.clone());
    for field in ["session", "periods", "order", "bib"] {
        if sheet.has(field) {
            put(field, row.text(field).map(str::to_owned));
        }
    }
    let commas = row.has_decimal_commas();
    let mut performance = Performance::new(&row, commas);
    for (field, of_code) in [("unit_code", row.text("unit_code")), ("competitor_code", code)] {
        if sheet.has(field) {
            put(field, of_code.map(str::to_owned));
        }
    }
    let mut is_wrong = false;
    match row.text("rank") {
        None if sheet.has("rank") => put("rank", None),
        None => {}
        Some(written) => {
            let bare = written.trim_start_matches(['=', 'T']).trim_end_matches(['=', '.']);
            match bare.strip_suffix(".0").unwrap_or(bare).parse::<u32>() {
                Ok(rank) => put("rank", (rank > 0).then(|| rank.to_string())),
                // What stands there instead of a rank says why there is none.
                Err(_) if is_code(written) => {
                    performance.irregular.get_or_insert(written.to_uppercase());
                    put("rank", None);
                }
                Err(_) => {
                    let message = format!("`{written}` is no rank");
                    import.wrong(&row, "rank", message, "expected a number from 1");
                    is_wrong = true;
                }
            }
        }
    }
    for (field, text) in performance.cells() {
        // Whether a column says so, or a word in another: what is not said any more is taken back.
        let is_known = sheet.has(field) || !text.is_empty();
        if is_known || matches!(field, "irregular" | "mark") {
            put(field, Some(text));
        }
    }
    if let Some(written) = row.text("win") {
        match Outcome::read(written) {
            Some(outcome) => put("win", Some(outcome.letter().to_owned())),
            None => {
                let message = format!("`{written}` is no end of a match");
                import.wrong(&row, "win", message, "expected W, L or T");
                is_wrong = true;
            }
        }
    } else if sheet.has("win") {
        put("win", None);
    }
    for field in ["start", "time"] {
        let Some(written) = row.text(field) else { continue };
        match values::moment(written, order, &import.site.config.time_zone) {
            Some(moment) => put(field, Some(moment.iso())),
            None => {
                let message = format!("`{written}` is not a date");
                let problem = Diagnostic::new(&codes::I003, row.place(field), message)
                    .label("expected a date such as 2024-07-31T14:30:00+02:00");
                let heading = sheet.heading(field).unwrap_or(field);
                import.report(match field {
                    "time" => {
                        problem.help(format!("if it is how long it took: --map \"{heading}=mark\""))
                    }
                    _ => problem,
                });
                is_wrong = true;
            }
        }
    }
    let told = row.text("mark_type").map(str::to_lowercase);
    let told = told.and_then(|told| MarkType::ALL.into_iter().find(|kind| kind.word() == told));
    let has_result = ["rank", "mark", "win", "irregular"]
        .iter()
        .any(|field| cells.iter().any(|(known, text)| known == field && !text.is_empty()));
    let mut put = |field: &'static str, text: &str| cells.push((field, text.to_owned()));
    if let Some(told) = told {
        put("mark_type", told.word());
    }
    let status = match (row.text("status"), has_result) {
        (Some(status), _) => Some(status),
        (None, true) if import.options.official => Some(UnitStatus::Official.word()),
        (None, true) => Some(UnitStatus::Unofficial.word()),
        (None, false) => None,
    };
    put("status", status.unwrap_or_default());
    if is_wrong {
        return None;
    }
    let name = unit.unwrap_or_default().to_lowercase();
    let unit = match row.text("unit_code") {
        Some(code) => UnitKey::Code(code.to_owned()),
        None => UnitKey::Name(phase, name),
    };
    let who = who(code, nation.as_deref(), &people, team.as_deref());
    Some(Line { row, unit, who, cells, has_result })
}

/// What a row says of how it went, apart from the rank: some tables have it all in one cell, "56.10 Q", "55.10 WR".
struct Performance {
    mark: String,
    gap: String,
    irregular: Option<String>,
    qualified: Option<String>,
    record: Option<String>,
}

impl Performance {
    fn new(row: &Row, has_decimal_commas: bool) -> Performance {
        let text = |field: &str| row.text(field).map(str::to_owned);
        let mut performance = Performance {
            mark: row.text("mark").unwrap_or_default().to_owned(),
            gap: as_printed(row.text("gap").unwrap_or_default(), has_decimal_commas),
            irregular: text("irregular").map(|code| code.to_uppercase()),
            qualified: text("qualified"),
            record: text("record"),
        };
        if is_irregular(&performance.mark) {
            let code = std::mem::take(&mut performance.mark).to_uppercase();
            performance.irregular.get_or_insert(code);
        }
        while let Some((mark, word)) = performance.mark.rsplit_once(' ') {
            let first = as_printed(mark.split(' ').next().unwrap_or_default(), has_decimal_commas);
            if value_of(&first).is_none() {
                break;
            }
            let slot = match word.trim_start_matches('=') {
                "Q" | "q" => &mut performance.qualified,
                "WR" | "OR" | "ER" | "AR" | "NR" | "CR" | "WB" | "OB" => &mut performance.record,
                _ => break,
            };
            slot.get_or_insert(word.to_owned());
            performance.mark = mark.trim_end().to_owned();
        }
        performance.mark = as_printed(&performance.mark, has_decimal_commas);
        performance
    }

    fn cells(self) -> [(&'static str, String); 5] {
        [
            ("mark", self.mark),
            ("gap", self.gap),
            ("irregular", self.irregular.unwrap_or_default()),
            ("qualified", self.qualified.unwrap_or_default()),
            ("record", self.record.unwrap_or_default()),
        ]
    }
}

/// A name without the seed or the place in a draw behind it: "ZHENG Qinwei [6]", "CHUTE Lily (2)", "KIM A [WC]".
fn without_seed(name: &str) -> &str {
    let Some((bare, seed)) = name.trim_end().rsplit_once([' ', '\u{a0}']) else { return name };
    let inner = match (seed.strip_prefix('['), seed.strip_prefix('(')) {
        (Some(inner), _) => inner.strip_suffix(']'),
        (_, Some(inner)) => {
            inner.strip_suffix(')').filter(|inner| !inner.contains(char::is_alphabetic))
        }
        _ => None,
    };
    if inner.is_some() { bare.trim_end() } else { name }
}

/// Whether a cell may be a code of two to four letters, such as DNF.
fn is_code(text: &str) -> bool {
    (2..=4).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'/')
}

/// The people of a row, as the house prints them.
fn people<'a>(
    import: &mut Import<'a>,
    row: &Row<'a>,
    known: &Known,
    nation: Option<&str>,
) -> Option<Vec<String>> {
    let Some(cell) = row.text("athlete") else { return Some(Vec::new()) };
    let nation = nation.unwrap_or_default();
    let code = row.text("competitor_code");
    let is_team = row.text("is_team").and_then(values::truth).unwrap_or_default();
    let is_nation = is_nobody(import.site, cell, nation);
    if is_nation || (is_team && !cell.contains('/')) {
        return Some(Vec::new());
    }
    let Some(people) = people_in(cell) else {
        let label = "part them with a slash: A B / C D";
        import.wrong(row, "athlete", "this may be one person or several", label);
        return None;
    };
    let is_one = people.len() == 1;
    let mut names = Vec::with_capacity(people.len());
    for printed in people {
        let printed = without_seed(printed);
        let house = house_name(printed, row.get("tv_name"), nation);
        let code = code.filter(|_| is_one);
        let doc = known.find(code, nation, &[&house, printed]);
        let name = doc.map_or(house, |doc| doc.name.clone());
        if slug::slugify(&name).is_empty() {
            import.wrong(row, "athlete", "this is no name", "expected letters or digits");
            return None;
        }
        names.push(name);
    }
    Some(names)
}

/// By what somebody may be found again, the surest first: the code, the names in any order, the nation.
fn who(
    code: Option<&str>,
    nation: Option<&str>,
    people: &[String],
    team: Option<&str>,
) -> Vec<String> {
    let mut names: Vec<String> =
        people.iter().map(|name| slug::in_any_order(&slug::slugify(name))).collect();
    names.sort_unstable();
    let nation = nation.unwrap_or_default();
    let mut keys: Vec<String> = code.map(|code| format!("code {code}")).into_iter().collect();
    keys.push(format!(
        "{nation} {} {}",
        names.join("/"),
        team.map(slug::slugify).unwrap_or_default()
    ));
    keys
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

/// Reads the text of a sheet as the next build will.
fn reread(site: &Site, path: &str, text: &str) -> (Option<Arc<EventResults>>, Vec<Diagnostic>) {
    let source = Arc::new(Source::new(format!("content/{path}"), text));
    let asset = Asset {
        path: path.to_owned(),
        absolute: Default::default(),
        size: None,
        length: text.len() as u64,
        is_published: true,
        fault: None,
    };
    let (results, problems) = read(source, Arc::new(asset), &site.config.time_zone);
    (results.map(Arc::new), problems)
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
