//! A row of a spreadsheet, as it is to stand in a sheet.

use std::collections::HashMap;

use super::entrants::Entrants;
use crate::diagnostics::{Diagnostic, codes};
use crate::games::results::{MarkType, Outcome, Phase, value_of};
use crate::import::Import;
use crate::import::athletes::{Known, house_name, is_nobody, people_in};
use crate::import::values::{self, DateOrder};
use crate::parse::documents::UnitStatus;
use crate::parse::documents::cells::{as_printed, is_irregular};
use crate::sheet::{Cells, Row, Sheet};
use crate::slug;

/// A row of the spreadsheet, as it is to stand in a sheet.
pub struct Line<'a> {
    pub row: Row<'a>,
    pub unit: UnitKey,
    pub who: Vec<String>,
    /// The cells of all columns that the spreadsheet has.
    pub cells: Cells,
    pub has_result: bool,
}

/// What rows of one unit have in common: the code, or phase and name.
#[derive(Clone, Debug, Hash, PartialEq, Eq)]
pub enum UnitKey {
    Code(String),
    Name(Phase, String),
}

impl Line<'_> {
    pub fn is_of_match(&self) -> bool {
        self.cells.iter().any(|(field, text)| *field == "win" && !text.is_empty())
    }

    pub fn is_won(&self) -> bool {
        self.cells.iter().any(|(field, text)| *field == "win" && text == Outcome::Won.letter())
    }

    /// Makes it a row of the unit of this name.
    pub fn call(&mut self, phase: &Phase, name: &str) {
        self.unit = UnitKey::Name(phase.clone(), name.to_lowercase());
        match self.cells.iter_mut().find(|(field, _)| *field == "unit") {
            Some((_, unit)) => *unit = name.to_owned(),
            None => self.cells.push(("unit", name.to_owned())),
        }
    }

    /// Gives the members of a pair or a relay their whole names, where the spreadsheet has "EBDEN / PEERS" or
    /// "J. MONTAG / R. COWLEY".
    pub fn name_in_full(&mut self, entrants: &Entrants) {
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

/// What the names of all units of a phase begin with, for phases that only their sport knows: "Grand Prix" of
/// "Grand Prix Group A" and "Grand Prix Group B". By the beginning of their codes.
pub fn prefixes(sheet: &Sheet) -> HashMap<&str, String> {
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

pub fn line<'a>(
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
pub fn who(
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
