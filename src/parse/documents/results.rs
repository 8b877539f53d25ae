//! The course of an event: content/events/SPORT/EVENT.results.csv, a row a competitor in a unit.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::cells::{as_printed, damage, in_code, is_irregular, regular};
use crate::diagnostics::{Code, Diagnostic, Place, Source, codes};
use crate::games::results::{MarkType, Outcome, Phase, UnitType, value_of};
use crate::parse::assets::Asset;
use crate::parse::dates::{self, Moment};
use crate::sheet::{Field, MOST_PROBLEMS, Row, Sheet};
use crate::slug;

/// The columns of a sheet of results. README.md says what each means.
pub const COLUMNS: &[Field] = &[
    Field { name: "phase", synonyms: &["round", "stage"] },
    Field { name: "unit", synonyms: &["heat", "match", "game", "race"] },
    Field { name: "session", synonyms: &[] },
    Field { name: "start", synonyms: &["start-time", "starts"] },
    Field { name: "time", synonyms: &[] },
    Field { name: "nation", synonyms: &["noc", "nat", "country"] },
    Field { name: "athletes", synonyms: &["athlete", "name", "competitor"] },
    Field { name: "team", synonyms: &["team-name"] },
    Field { name: "rank", synonyms: &["place", "position", "pos"] },
    Field { name: "mark", synonyms: &["result", "score", "points"] },
    Field { name: "mark_type", synonyms: &[] },
    Field { name: "periods", synonyms: &["sets", "games"] },
    Field { name: "win", synonyms: &["outcome", "wlt"] },
    Field { name: "irregular", synonyms: &["irm"] },
    Field { name: "qualified", synonyms: &["qualification", "q"] },
    Field { name: "record", synonyms: &["records"] },
    Field { name: "order", synonyms: &["start-order", "lane"] },
    Field { name: "bib", synonyms: &[] },
    Field { name: "gap", synonyms: &["behind"] },
    Field { name: "status", synonyms: &[] },
    Field { name: "unit_code", synonyms: &[] },
    Field { name: "competitor_code", synonyms: &[] },
];

/// Longer cells are mistakes, and so are more names in one.
const MOST_LETTERS: usize = 200;

const MOST_NAMES: usize = 60;

const MOST_OF_NAMES: usize = MOST_NAMES * 80;

/// Where the sheets of results are, and how their names end.
const ENDING: &str = ".results.csv";

/// The event that a file has the results of: its path from content/ without `.md`. Nothing if the file is
/// of another kind.
pub fn event_of(path: &str) -> Option<&str> {
    path.strip_suffix(ENDING).filter(|stem| stem.starts_with("events/") && !stem.ends_with('/'))
}

/// The results of an event.
#[derive(Debug)]
pub struct EventResults {
    /// The spreadsheet itself, which readers can download.
    pub asset: Arc<Asset>,
    /// As the sheet has them.
    pub units: Vec<Unit>,
    /// How many units are matches for bronze.
    pub matches_for_bronze: usize,
    sheet: Sheet,
}

/// A heat, a match, a race, or what several of them come to.
#[derive(Debug)]
pub struct Unit {
    pub phase: Phase,
    /// Such as "Heat 1".
    pub name: Option<String>,
    /// The results system's code.
    pub code: Option<String>,
    /// The session that it is a part of, by its name.
    pub session: Option<String>,
    pub start: Option<Moment>,
    /// When the result came.
    pub time: Option<Moment>,
    pub status: UnitStatus,
    /// In the order of the sheet, which says nothing.
    pub entries: Vec<Entry>,
    /// Which row of the sheet is its first.
    row: usize,
}

/// A competitor in a unit.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// Code or name.
    pub nation: Option<String>,
    /// One person, a pair, a relay; empty where only the nation or the team is known.
    pub athletes: Vec<String>,
    pub team: Option<String>,
    /// Equal ones are ties.
    pub rank: Option<u32>,
    /// As it was printed.
    pub mark: Option<String>,
    /// The mark in millionths, if it is a number.
    pub value: Option<i64>,
    pub mark_type: Option<MarkType>,
    /// The score by periods or sets, as it was printed.
    pub periods: Option<String>,
    pub outcome: Option<Outcome>,
    /// Why there is no rank, or no whole result: DNS, DNF, DSQ.
    pub irregular: Option<String>,
    /// Into which phase, and how: Q, q, QF.
    pub qualified: Option<String>,
    /// WR, OR, =WR.
    pub record: Option<String>,
    /// The place in the order of the start: a number, the lane of a race, a corner.
    pub order: Option<String>,
    pub bib: Option<String>,
    /// Behind the first, as it was printed.
    pub gap: Option<String>,
    /// The results system's code of the person or team.
    pub code: Option<String>,
    /// Which row of the sheet it is.
    pub row: usize,
}

impl Entry {
    /// Whether anything is known of how it went.
    pub fn has_result(&self) -> bool {
        self.rank.is_some()
            || self.mark.is_some()
            || self.outcome.is_some()
            || self.irregular.is_some()
    }

    /// Whether somebody took part: a page of who did not start, or is to start, would have nothing on it.
    pub fn took_part(&self) -> bool {
        self.has_result() && self.irregular.as_deref() != Some("DNS")
    }
}

/// How far a unit is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnitStatus {
    /// It is known who takes part.
    #[default]
    StartList,
    Live,
    /// Over, and not confirmed.
    Unofficial,
    Official,
    /// Over; somebody has objected.
    Protested,
}

impl UnitStatus {
    pub const ALL: [UnitStatus; 5] = [
        UnitStatus::StartList,
        UnitStatus::Live,
        UnitStatus::Unofficial,
        UnitStatus::Official,
        UnitStatus::Protested,
    ];

    /// The word of the sheet.
    pub fn word(self) -> &'static str {
        match self {
            UnitStatus::StartList => "start list",
            UnitStatus::Live => "live",
            UnitStatus::Unofficial => "unofficial",
            UnitStatus::Official => "official",
            UnitStatus::Protested => "protested",
        }
    }

    fn read(text: &str) -> Option<UnitStatus> {
        Some(match text.to_lowercase().replace(['_', '-'], " ").as_str() {
            "start list" | "startlist" | "scheduled" | "upcoming" => UnitStatus::StartList,
            "live" | "running" | "in progress" => UnitStatus::Live,
            "unofficial" | "provisional" | "unconfirmed" => UnitStatus::Unofficial,
            "official" | "final" | "finished" | "confirmed" => UnitStatus::Official,
            "protested" | "protest" | "under protest" => UnitStatus::Protested,
            _ => return None,
        })
    }

    /// Whether its result may still change.
    pub fn is_open(self) -> bool {
        match self {
            UnitStatus::Official => false,
            UnitStatus::StartList
            | UnitStatus::Live
            | UnitStatus::Unofficial
            | UnitStatus::Protested => true,
        }
    }
}

impl Unit {
    /// How it is decided, by what its rows have.
    pub fn kind(&self) -> UnitType {
        if self.phase == Phase::Overall {
            return UnitType::Overall;
        }
        let has_outcome = self.entries.iter().any(|entry| entry.outcome.is_some());
        let has_rank = self.entries.iter().any(|entry| entry.rank.is_some());
        match has_outcome || (!has_rank && self.entries.len() == 2) {
            true => UnitType::HeadToHead,
            false => UnitType::Ranked,
        }
    }

    /// Whether any of its competitors has a result.
    pub fn has_results(&self) -> bool {
        self.entries.iter().any(Entry::has_result)
    }

    /// The mark of one of its competitors, or the score of a match from their side: "9.79", "4\u{2013}2".
    pub fn mark(&self, entry: &Entry) -> Option<String> {
        let mark = entry.mark.as_ref()?;
        if self.kind() != UnitType::HeadToHead {
            return Some(mark.clone());
        }
        let other = self.entries.iter().find(|other| other.row != entry.row)?;
        Some(format!("{mark}\u{2013}{}", other.mark.as_ref()?))
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        match self.status {
            UnitStatus::StartList | UnitStatus::Live => false,
            UnitStatus::Unofficial | UnitStatus::Official | UnitStatus::Protested => true,
        }
    }

    /// Whether it is for the places behind the medals: a final "B", a small final.
    fn is_behind(&self) -> bool {
        let name = self.name.as_deref().unwrap_or_default().to_lowercase();
        let letter = name.strip_prefix("final ").or_else(|| name.strip_suffix(" final"));
        letter.is_some_and(|letter| match letter {
            "small" | "consolation" | "minor" | "petite" => true,
            letter => letter.len() == 1 && !matches!(letter, "a" | "1"),
        })
    }

    /// Who won a match of which the sheet has the score alone, or the end for one side.
    fn decide(&mut self) {
        let is_match = self.kind() == UnitType::HeadToHead && self.phase != Phase::Overall;
        let [a, b] = self.entries.as_mut_slice() else { return };
        if !is_match || a.irregular.is_some() || b.irregular.is_some() {
            return;
        }
        let outcomes = match (a.outcome, b.outcome, a.value.zip(b.value)) {
            (Some(of_a), None, _) => (of_a, of_a.of_other()),
            (None, Some(of_b), _) => (of_b.of_other(), of_b),
            (None, None, Some((own, other))) => {
                let of_a = match own.cmp(&other) {
                    std::cmp::Ordering::Greater => Outcome::Won,
                    std::cmp::Ordering::Less => Outcome::Lost,
                    std::cmp::Ordering::Equal => Outcome::Drawn,
                };
                (of_a, of_a.of_other())
            }
            _ => return,
        };
        (a.outcome, b.outcome) = (Some(outcomes.0), Some(outcomes.1));
    }
}

/// Who has each medal, as far as units tell: numbers of a unit and of an entry in it. Nothing of a colour of
/// which they do not tell.
pub type MedalsOfUnits = [Option<Vec<(usize, usize)>>; 3];

impl EventResults {
    /// The units in which medals are decided, by number: what all others come to, or the final with the matches for
    /// bronze.
    pub fn deciding(&self) -> Vec<usize> {
        let overall = |unit: &Unit| unit.phase == Phase::Overall;
        if let Some(last) = self.units.iter().rposition(overall) {
            return vec![last];
        }
        let is_deciding = |unit: &Unit| match unit.phase {
            Phase::Final => !unit.is_behind(),
            Phase::Bronze => true,
            _ => false,
        };
        (0..self.units.len()).filter(|i| is_deciding(&self.units[*i])).collect()
    }

    /// Who has each medal by the units in which they are decided. Equal ranks are equal medals; of a match for
    /// gold who lost has silver. Where several races make the final it is not known how they count.
    pub fn medals(&self) -> MedalsOfUnits {
        let deciding = self.deciding();
        let is_open = deciding.iter().any(|i| {
            let unit = &self.units[*i];
            !unit.is_over() && unit.phase != Phase::Bronze
        });
        let mut medals: MedalsOfUnits = [None, None, None];
        if is_open {
            return medals;
        }
        let of_kind = |kind: UnitType, phase: Option<Phase>| -> Vec<usize> {
            let is_one = |i: &&usize| {
                let unit = &self.units[**i];
                unit.kind() == kind && phase.as_ref().is_none_or(|phase| unit.phase == *phase)
            };
            deciding.iter().filter(is_one).copied().collect()
        };
        let ranked = of_kind(UnitType::Ranked, Some(Phase::Final));
        let ranked = [ranked, of_kind(UnitType::Overall, None)].concat();
        if let [only] = ranked.as_slice() {
            for (place, medal) in (1..).zip(&mut medals) {
                let entries = self.units[*only].entries.iter().enumerate();
                let ranked = entries.filter(|(_, entry)| entry.rank == Some(place));
                *medal = Some(ranked.map(|(i, _)| (*only, i)).collect());
            }
            // Ranks without a first are those of something else.
            if medals[0].as_ref().is_some_and(Vec::is_empty) {
                medals = [None, None, None];
            }
            return medals;
        }
        let ended = |unit: usize, outcome: Outcome| {
            let entries = self.units[unit].entries.iter().enumerate();
            let ended = entries.filter(move |(_, entry)| entry.outcome == Some(outcome));
            ended.map(move |(i, _)| (unit, i))
        };
        let finals = of_kind(UnitType::HeadToHead, Some(Phase::Final));
        if let [only] = finals.as_slice() {
            medals[0] =
                Some(ended(*only, Outcome::Won).collect::<Vec<_>>()).filter(|gold| gold.len() == 1);
            // Who is excluded has no silver for certain.
            let is_excluded = |(unit, entry): &(usize, usize)| {
                let irregular = self.units[*unit].entries[*entry].irregular.as_deref();
                irregular.is_some_and(|why| why.starts_with('D'))
            };
            medals[1] = Some(ended(*only, Outcome::Lost).collect::<Vec<_>>())
                .filter(|silver| silver.len() == 1 && !silver.iter().any(is_excluded));
        }
        let for_bronze = of_kind(UnitType::HeadToHead, Some(Phase::Bronze));
        let are_over = for_bronze.iter().all(|i| self.units[*i].is_over());
        if !for_bronze.is_empty() && are_over {
            let won = for_bronze.iter().flat_map(|i| ended(*i, Outcome::Won));
            medals[2] = Some(won.collect::<Vec<_>>()).filter(|won| won.len() == for_bronze.len());
        }
        medals
    }

    /// Where the sheet says something of a competitor.
    pub fn place(&self, entry: &Entry, column: &str) -> Place {
        self.sheet.place_of(entry.row, column)
    }

    /// Where a unit begins in the sheet.
    pub fn place_of_unit(&self, unit: &Unit, column: &str) -> Place {
        self.sheet.place_of(unit.row, column)
    }

    /// Whether the file is the text that was read, so that it can be changed in place: a byte order mark aside, what was
    /// decoded has another length.
    pub fn is_utf8(&self) -> bool {
        const MARK: u64 = 3;
        let text = self.source().text.len() as u64;
        self.asset.length == text || self.asset.length == text + MARK
    }

    /// The sheet itself.
    pub fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// The text of the sheet.
    pub fn source(&self) -> &Arc<Source> {
        self.sheet.source()
    }
}

/// Reads a sheet of results, as far as it makes sense.
pub fn read(
    source: Arc<Source>,
    asset: Arc<Asset>,
    zone: &TimeZone,
) -> (Option<EventResults>, Vec<Diagnostic>) {
    let sheet = match Sheet::read_own(source, COLUMNS) {
        Ok(sheet) => sheet,
        Err(problems) => return (None, problems),
    };
    let mut problems = sheet.needs(&[&["phase"], &["nation", "athletes", "team"]]);
    // No command line stands behind it, whose --map could help.
    problems.iter_mut().for_each(|problem| problem.help.clear());
    problems.extend(sheet.unknown(COLUMNS));
    if !problems.is_empty() {
        return (None, problems);
    }
    let (units, states) = (Vec::new(), Vec::new());
    let mut reader = SheetReader { zone, asset: &asset, problems, units, states };
    // Rows that are written one under the other, or anywhere else in the sheet.
    let mut known: BTreeMap<(Phase, String, Option<String>), usize> = BTreeMap::new();
    let mut seen: BTreeMap<(usize, String), usize> = BTreeMap::new();
    for row in sheet.rows() {
        reader.row(&row, &mut known, &mut seen);
    }
    let SheetReader { mut problems, mut units, states, .. } = reader;
    for (unit, told) in units.iter_mut().zip(states) {
        // Who writes down results and no status means that they stand.
        let implied = if unit.has_results() { UnitStatus::Official } else { UnitStatus::StartList };
        unit.status = told.unwrap_or(implied);
        if unit.is_over() {
            unit.decide();
        }
        problems.extend(whole(&sheet, unit));
    }
    let more = problems.len().saturating_sub(MOST_PROBLEMS);
    problems.truncate(MOST_PROBLEMS);
    if let (1.., Some(last)) = (more, problems.last_mut()) {
        last.notes.push(format!("the sheet has {more} more that are like these"));
    }
    let matches_for_bronze = units.iter().filter(|unit| unit.phase == Phase::Bronze).count();
    (Some(EventResults { asset, units, matches_for_bronze, sheet }), problems)
}

struct SheetReader<'a> {
    zone: &'a TimeZone,
    asset: &'a Asset,
    problems: Vec<Diagnostic>,
    units: Vec<Unit>,
    /// How far each of the units is, as far as the sheet says so.
    states: Vec<Option<UnitStatus>>,
}

impl SheetReader<'_> {
    fn row(
        &mut self,
        row: &Row,
        known: &mut BTreeMap<(Phase, String, Option<String>), usize>,
        seen: &mut BTreeMap<(usize, String), usize>,
    ) {
        let Some(phase) = self.text(row, "phase") else {
            self.wrong(row, "phase", "this row has no `phase`", "such as heats, or final");
            return;
        };
        let (phase, of_phase) = Phase::with_unit(&phase);
        let name = self.text(row, "unit").or(of_phase);
        let code = self.text(row, "unit_code");
        let key = (phase.clone(), name.clone().unwrap_or_default().to_lowercase(), code.clone());
        let status = self.status(row);
        let (start, time) = (self.moment(row, "start"), self.moment(row, "time"));
        let session = self.text(row, "session");
        let Some(entry) = self.entry(row, &phase, name.as_deref()) else { return };
        let at = *known.entry(key).or_insert_with(|| {
            self.units.push(Unit {
                phase,
                name,
                code,
                session: None,
                start: None,
                time: None,
                status: UnitStatus::StartList,
                entries: Vec::new(),
                row: row.number(),
            });
            self.states.push(None);
            self.units.len() - 1
        });
        // Somebody by the code, or by what stands in the row.
        let who = entry
            .code
            .clone()
            .unwrap_or_else(|| format!("{:?} {:?} {:?}", entry.nation, entry.athletes, entry.team));
        if let Some(first) = seen.insert((at, who), row.line()) {
            let problem = "this unit has the competitor already";
            self.report(&codes::I004, row, "athletes", problem, &format!("line {first} has it"));
        }
        let unit = &mut self.units[at];
        // Later rows may leave out what the first has said.
        let state = &mut self.states[at];
        let other = [
            ("session", is_another(&unit.session, &session)),
            ("start", is_another(&unit.start, &start)),
            ("status", is_another(state, &status)),
        ];
        let other = other.into_iter().find(|(_, is_another)| *is_another);
        *state = state.or(status);
        unit.session = unit.session.take().or(session);
        unit.start = unit.start.take().or(start);
        // The latest of all rows.
        let is_later = |time: &Moment| {
            unit.time.as_ref().is_none_or(|known| known.timestamp() < time.timestamp())
        };
        if let Some(time) = time.filter(is_later) {
            unit.time = Some(time);
        }
        unit.entries.push(entry);
        if let Some((field, _)) = other {
            let problem = format!("the rows of one unit do not agree on `{field}`");
            self.report(&codes::I004, row, field, &problem, "another row has it otherwise");
        }
    }

    fn entry(&mut self, row: &Row, phase: &Phase, unit: Option<&str>) -> Option<Entry> {
        let nation = self.text(row, "nation");
        let athletes = self.text(row, "athletes");
        let athletes: Vec<String> = athletes
            .iter()
            .flat_map(|cell| cell.split('/'))
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        for name in &athletes {
            if slug::slugify(name).is_empty() || name.len() > MOST_LETTERS {
                let message = format!("`{}` is no name", name.chars().take(40).collect::<String>());
                self.wrong(row, "athletes", &message, "expected letters or digits");
                return None;
            }
        }
        if athletes.len() > MOST_NAMES {
            let message = format!("this cell has {} names", athletes.len());
            self.wrong(row, "athletes", &message, "no team of any Games has so many");
            return None;
        }
        let team = self.text(row, "team");
        if nation.is_none() && athletes.is_empty() && team.is_none() {
            self.wrong(row, "nation", "this row says of nobody", "expected a nation or athletes");
            return None;
        }
        if let Some(cell) = row.text("athletes").filter(|cell| cell.contains(',')) {
            let problem = format!("`{cell}` may be one person or several");
            let label = "write Mary Peters, and A B / C D for several";
            self.wrong(row, "athletes", &problem, label);
        }
        let mut irregular = self.text(row, "irregular");
        let rank = match row.text("rank").filter(|cell| is_irregular(cell)) {
            // Why there is no rank stands where the rank would.
            Some(code) => {
                irregular = irregular.or_else(|| Some(code.to_owned()));
                None
            }
            None => self.number(row, "rank"),
        };
        let mark = self.text(row, "mark").map(|mark| as_printed(&mark, row.has_decimal_commas()));
        let mark = match mark.filter(|mark| !mark.is_empty()) {
            Some(code) if is_irregular(&code) => {
                irregular = irregular.or(Some(code));
                None
            }
            mark => mark,
        };
        let gap = self.text(row, "gap").map(|gap| as_printed(&gap, row.has_decimal_commas()));
        let written = self.text(row, "mark_type");
        let told = written.as_ref().map(|written| {
            MarkType::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(written))
        });
        if let (Some(None), Some(written)) = (told, &written) {
            let kinds = MarkType::ALL.map(MarkType::word).join(", ");
            let problem = format!("`{written}` is no kind of mark");
            self.wrong(row, "mark_type", &problem, &format!("expected one of {kinds}"));
        }
        let outcome = self.text(row, "win").and_then(|written| {
            let outcome = Outcome::read(&written);
            if outcome.is_none() {
                let problem = format!("`{written}` is no end of a match");
                self.wrong(row, "win", &problem, "expected W, L or T");
            }
            outcome
        });
        let mut parts = self.asset.path.split('/').skip(1);
        let sport = parts.next().unwrap_or_default();
        let is_match = outcome.is_some();
        let guess = |mark: &String| {
            let event = parts.next().unwrap_or_default().replace('-', " ");
            let unit = unit.unwrap_or_default();
            // The discipline of a decathlon, rather than the decathlon.
            let own = match phase {
                Phase::Other(name) => format!("{name} {unit}"),
                _ => format!("{event} {unit}"),
            };
            match is_match {
                true => MarkType::of_match(sport),
                false => MarkType::guess(mark, sport, &own),
            }
        };
        let mark_type = told.flatten().or_else(|| mark.as_ref().map(guess));
        Some(Entry {
            nation,
            athletes,
            team,
            rank,
            value: mark.as_deref().and_then(value_of),
            mark,
            mark_type,
            periods: self.text(row, "periods"),
            outcome,
            irregular: irregular.map(|code| in_code(&code)),
            qualified: self.text(row, "qualified"),
            record: self.text(row, "record"),
            order: self.text(row, "order"),
            bib: self.text(row, "bib"),
            gap,
            code: self.text(row, "competitor_code"),
            row: row.number(),
        })
    }

    /// What a cell says. What a spreadsheet has made of it is no longer what was written.
    fn text(&mut self, row: &Row, column: &'static str) -> Option<String> {
        let cell = row.text(column)?;
        let most = if column == "athletes" { MOST_OF_NAMES } else { MOST_LETTERS };
        if cell.len() > most {
            let message = format!("this cell has more than {most} letters");
            self.wrong(row, column, &message, "what belongs here is short");
            return None;
        }
        if let Some(damage) = damage(cell) {
            self.problems.push(
                Diagnostic::new(&codes::I009, row.place(column), format!("`{cell}` {damage}"))
                    .label("what was written here?")
                    .help("write it anew, with an apostrophe in front: '4-2"),
            );
            return None;
        }
        Some(cell.to_owned())
    }

    fn number(&mut self, row: &Row, column: &'static str) -> Option<u32> {
        let written = self.text(row, column)?;
        let bare = written.trim_start_matches(['=', 'T', 't']).trim_end_matches(['=', '.']);
        let number = bare.strip_suffix(".0").unwrap_or(bare).parse().ok().filter(|n| *n > 0);
        if number.is_none() {
            let problem = format!("`{written}` is no number");
            let label = match column {
                "rank" => "expected a place; why there is none belongs under `irregular`",
                _ => "expected a number from 1",
            };
            self.wrong(row, column, &problem, label);
        }
        number
    }

    fn moment(&mut self, row: &Row, column: &'static str) -> Option<Moment> {
        let written = row.text(column)?;
        let regular = regular(written);
        match dates::read(regular.as_deref().unwrap_or(written), self.zone) {
            Ok(moment) => Some(moment),
            Err(why) => {
                let mut problem = Diagnostic::new(
                    &codes::I003,
                    row.place(column),
                    format!("`{written}` is not a date"),
                )
                .label(why);
                if column == "time" {
                    problem = problem
                        .help("`time` is when the result came; how long it took is the `mark`");
                }
                self.problems.push(problem);
                None
            }
        }
    }

    fn status(&mut self, row: &Row) -> Option<UnitStatus> {
        let written = self.text(row, "status")?;
        let status = UnitStatus::read(&written);
        if status.is_none() {
            let problem = format!("`{written}` is no state of a result");
            let words = UnitStatus::ALL.map(UnitStatus::word).join(", ");
            self.wrong(row, "status", &problem, &format!("expected one of {words}"));
        }
        status
    }

    fn wrong(&mut self, row: &Row, column: &str, message: &str, label: &str) {
        self.report(&codes::I003, row, column, message, label);
    }

    fn report(&mut self, code: &'static Code, row: &Row, column: &str, message: &str, label: &str) {
        self.problems.push(Diagnostic::new(code, row.place(column), message).label(label));
    }
}

fn is_another<T: PartialEq>(known: &Option<T>, now: &Option<T>) -> bool {
    known.as_ref().zip(now.as_ref()).is_some_and(|(known, now)| known != now)
}

/// What is wrong with a unit as a whole.
fn whole(sheet: &Sheet, unit: &Unit) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let place = |entry: &Entry, column: &str| sheet.place_of(entry.row, column);
    let is_match = unit.entries.iter().any(|entry| entry.outcome.is_some());
    if is_match && let Some(third) = unit.entries.get(2) {
        problems.push(
            Diagnostic::new(&codes::I004, place(third, "unit"), "this match has a third side")
                .label("a match has two")
                .help("give each match a `unit` of its own: Match 1, Match 2"),
        );
    }
    // Programs cut 15.300 to 15.3: the others still have their decimals.
    let decimals = |entry: &&Entry| {
        entry.value?;
        let (_, after) = entry.mark.as_ref()?.rsplit_once('.')?;
        Some(after.bytes().take_while(u8::is_ascii_digit).count())
    };
    let most = unit.entries.iter().filter_map(|entry| decimals(&entry)).max().unwrap_or_default();
    let full = unit.entries.iter().filter(|entry| decimals(entry) == Some(most)).count();
    let cut = unit.entries.iter().filter(|entry| {
        let is_number = entry.value.is_some() && !is_match;
        let is_guarded = sheet.row(entry.row).is_some_and(|row| row.is_guarded("mark"));
        is_number && !is_guarded && decimals(entry).unwrap_or_default() < most
    });
    if full * 2 > unit.entries.iter().filter(|entry| entry.value.is_some()).count() {
        problems.extend(cut.map(|entry| {
            let mark = entry.mark.as_deref().unwrap_or_default();
            let message = format!("`{mark}` has fewer decimals than the others of its unit");
            Diagnostic::new(&codes::I009, place(entry, "mark"), message)
                .label("has a spreadsheet cut it?")
                .help("write it as it was printed, with an apostrophe in front: '15.300")
        }));
    }
    problems
}
