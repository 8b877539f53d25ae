//! The course of events: units with whom they are about, in their order, and the session that each is a part of.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use super::awards::AwardId;
use super::people::{At, Index};
use super::site::{AthleteNode, EventNode, NationNode, ScheduledSession, SessionOf};
use super::units::{EntryNode, Part, UnitNode};
use super::{Assembly, Site, nation_index, unclear};
use crate::diagnostics::{Diagnostic, Place, codes};
use crate::games::results::{MarkType, Outcome, Phase, UnitType};
use crate::parse::documents::results::event_of;
use crate::parse::documents::{Entry, Event, EventResults, Session, Unit};
use crate::slug;

/// What the sheets say, with the code of each nation, before anybody has an index.
pub(super) struct Sheets(Vec<Option<Sheet>>);

pub(super) struct Sheet {
    results: Arc<EventResults>,
    /// For each unit, for each entry.
    nations: Vec<Vec<Option<String>>>,
}

impl Sheets {
    /// The codes of all nations that they name.
    pub(super) fn nations(&self) -> impl Iterator<Item = &String> {
        self.0.iter().flatten().flat_map(|sheet| sheet.nations.iter().flatten().flatten())
    }

    /// Names of everybody who took part for a nation, with the event and the code of the nation.
    pub(super) fn names(&self) -> impl Iterator<Item = (usize, &Entry, &str)> {
        let sheets = self.0.iter().enumerate();
        let sheets = sheets.filter_map(|(event, sheet)| Some((event, sheet.as_ref()?)));
        sheets.flat_map(|(event, sheet)| {
            let units = sheet.results.units.iter().zip(&sheet.nations);
            let entries = units.flat_map(|(unit, nations)| unit.entries.iter().zip(nations));
            let took_part = entries.filter(|(entry, _)| entry.took_part());
            took_part.filter_map(move |(entry, code)| Some((event, entry, code.as_deref()?)))
        })
    }
}

impl Site {
    /// The place that somebody has in an event, by the units in which medals are decided: the rank, or the fourth of
    /// who lost the only match for bronze. Nothing of other units, and of who has none.
    pub fn place_of(&self, (unit, entry): Part) -> Option<u32> {
        let node = &self.units[unit];
        let unit = self.unit(node).filter(|unit| node.is_deciding && unit.is_over())?;
        let entry = &unit.entries[node.entries[entry].entry];
        if node.kind != UnitType::HeadToHead {
            return entry.rank;
        }
        let results = self.events[node.event].results.as_ref()?;
        let for_bronze = results.matches_for_bronze;
        match (&unit.phase, entry.outcome?) {
            (Phase::Final, Outcome::Won) => Some(1),
            (Phase::Final, Outcome::Lost) => Some(2),
            (Phase::Bronze, Outcome::Won) => Some(3),
            (Phase::Bronze, Outcome::Lost) if for_bronze == 1 => Some(4),
            _ => None,
        }
    }

    /// The marks with which the medals of an event were won, or the scores of the matches for them: "9.79", "4\u{2013}2";
    /// by the place of each in [`Site::awards`].
    pub fn marks(&self, event: &EventNode) -> HashMap<AwardId, String> {
        let Some(results) = &event.results else { return HashMap::new() };
        let nodes: HashMap<usize, &UnitNode> =
            self.units[event.units.clone()].iter().map(|node| (node.unit, node)).collect();
        let mut marks = HashMap::new();
        for (places, held) in results.medals().into_iter().zip(&event.podium) {
            let places = places.unwrap_or_default();
            // A podium without end is a mistake, which is told.
            for (place, award) in places.iter().take(MOST_OF_A_MEDAL).flat_map(|place| {
                held.iter().take(MOST_OF_A_MEDAL).map(move |award| (place, *award))
            }) {
                let unit = &results.units[place.0];
                let node = nodes.get(&place.0);
                let node =
                    node.and_then(|node| node.entries.iter().find(|own| own.entry == place.1));
                if node.is_some_and(|node| node.has(&self.awards[award]))
                    && let Some(mark) = unit.mark(&unit.entries[place.1])
                {
                    marks.insert(award, mark);
                }
            }
        }
        marks
    }
}

/// More than so many have no medal of one colour together.
pub const MOST_OF_A_MEDAL: usize = 20;

impl Assembly<'_> {
    /// Gives each event its sheet, and finds out which nations are meant.
    pub(super) fn sheets(&mut self, events: &[Arc<Event>]) -> Sheets {
        let mut by_event: BTreeMap<String, Arc<EventResults>> = BTreeMap::new();
        for results in std::mem::take(&mut self.results) {
            if let Some(stem) = event_of(&results.asset.path) {
                by_event.insert(stem.to_owned(), results);
            }
        }
        let mut sheets = Vec::with_capacity(events.len());
        for event in events {
            let stem = event.file.path.strip_suffix(".md").unwrap_or(&event.file.path);
            let own = by_event.remove(stem.strip_suffix("/index").unwrap_or(stem));
            let own = own.or_else(|| by_event.remove(stem));
            sheets.push(own.map(|results| self.sheet(results)));
        }
        for (stem, results) in by_event {
            // What is wrong with the event itself is told.
            let is_there = ["", "/index"]
                .iter()
                .any(|end| self.absent.contains_key(&format!("{stem}{end}.md")));
            if !is_there {
                let place = Place::File(results.source().path.clone());
                let message = format!("there is no event content/{stem}.md");
                let known = events.iter().map(|event| event.file.path.trim_end_matches(".md"));
                let problem = Diagnostic::new(&codes::G008, place, message);
                self.problems.push(match self.may_guess() {
                    true => problem.did_you_mean(&stem, known),
                    false => problem,
                });
            }
        }
        Sheets(sheets)
    }

    /// Finds out which nations a sheet means.
    pub(super) fn sheet(&mut self, results: Arc<EventResults>) -> Sheet {
        let mut nations = Vec::with_capacity(results.units.len());
        // A sheet names few nations, many times.
        let mut known: HashMap<&str, Option<String>> = HashMap::new();
        for unit in &results.units {
            let mut of_unit = Vec::with_capacity(unit.entries.len());
            for entry in &unit.entries {
                let Some(written) = entry.nation.as_deref() else {
                    // A team may be called by its nation.
                    let team = entry.team.as_deref().and_then(|team| self.nation_code(team));
                    of_unit.push(team.map(str::to_owned));
                    continue;
                };
                let code = match known.get(written) {
                    Some(code) => code.clone(),
                    None => {
                        let place = || results.place(entry, "nation");
                        let code = self.known_nation(written, place);
                        known.insert(written, code.clone());
                        code
                    }
                };
                of_unit.push(code);
            }
            nations.push(of_unit);
        }
        drop(known);
        Sheet { nations, results }
    }

    /// All units, event by event, each with the session that it is a part of. Events learn which are theirs.
    pub(super) fn units<'s>(
        &mut self,
        sheets: Sheets,
        events: &mut [EventNode],
        schedule: &[ScheduledSession],
        people: &Index,
        nations: &[NationNode],
        at: impl Fn(usize) -> At<'s>,
    ) -> Vec<UnitNode> {
        let by_code: HashMap<&str, usize> = people
            .people
            .iter()
            .enumerate()
            .filter_map(|(i, person)| Some((person.doc.as_ref()?.code.as_deref()?, i)))
            .collect();
        let mut units = Vec::new();
        for (i, sheet) in sheets.0.into_iter().enumerate() {
            let first = units.len();
            let event = &mut events[i];
            if let Some(Sheet { results, nations: codes }) = sheet {
                let mut of_event = Vec::with_capacity(results.units.len());
                let mut sessions = Sessions::new(event, schedule);
                let deciding = results.deciding();
                for (number, (unit, codes)) in results.units.iter().zip(&codes).enumerate() {
                    let kind = unit.kind();
                    let mut entries = Vec::with_capacity(unit.entries.len());
                    for (entry, (of_sheet, code)) in unit.entries.iter().zip(codes).enumerate() {
                        let nation = code.as_deref().and_then(|code| nation_index(nations, code));
                        let athletes = self.competitors(
                            &results,
                            of_sheet,
                            code.as_deref(),
                            people,
                            &by_code,
                            at(i),
                        );
                        entries.push(EntryNode { entry, nation, athletes });
                    }
                    sort(&mut entries, unit, kind);
                    let session = match sessions.find(unit) {
                        Ok(session) => session,
                        Err(why) => {
                            let problem = why.told(&results, unit, event, self.may_guess());
                            self.problems.push(problem);
                            None
                        }
                    };
                    let zone = &self.config.time_zone;
                    let moment = unit.start.as_ref().or(unit.time.as_ref());
                    let own = moment.map(|moment| moment.zoned.with_time_zone(zone.clone()).date());
                    let day = session.map(|session| schedule[session].day).or(own);
                    let (event, unit) = (i, number);
                    let is_deciding = deciding.contains(&number);
                    of_event.push(UnitNode {
                        event,
                        unit,
                        kind,
                        session,
                        day,
                        entries,
                        is_deciding,
                    });
                }
                in_order(&mut of_event, &results, event, schedule);
                event.results = Some(results);
                units.extend(of_event);
            }
            event.units = first..units.len();
        }
        units
    }

    /// Who is meant by the names of an entry.
    fn competitors(
        &mut self,
        results: &EventResults,
        entry: &Entry,
        nation: Option<&str>,
        people: &Index,
        by_code: &HashMap<&str, usize>,
        at: At,
    ) -> Vec<Option<usize>> {
        if let ([_], Some(code)) = (entry.athletes.as_slice(), entry.code.as_deref())
            && let Some(one) = by_code.get(code)
        {
            return vec![Some(*one)];
        }
        let mut found = Vec::with_capacity(entry.athletes.len());
        for name in &entry.athletes {
            let called = match nation {
                Some(nation) => people.of_nation(name, nation, at),
                None => people.named(name, |written| self.nation_code(written).map(str::to_owned)),
            };
            found.push(match called.as_slice() {
                [one] => Some(*one),
                [] => None,
                several => {
                    let place = results.place(entry, "athletes");
                    let problem = unclear(people, name, several, place);
                    self.problems.push(problem.help("or give their code under `competitor_code`"));
                    None
                }
            });
        }
        found
    }
}

/// Puts the competitors of a unit in the order in which readers look for them, whatever the order of the
/// rows was.
fn sort(entries: &mut [EntryNode], unit: &Unit, kind: UnitType) {
    let of = |node: &EntryNode| &unit.entries[node.entry];
    let who = |node: &EntryNode| {
        let entry = of(node);
        (entry.nation.clone(), entry.athletes.clone(), entry.team.clone(), entry.code.clone())
    };
    let has_results = unit.has_results();
    entries.sort_by_cached_key(|node| {
        let entry = of(node);
        let written = entry.order.as_deref().unwrap_or_default();
        let order = written.parse().unwrap_or(u32::MAX);
        let main = match kind {
            UnitType::HeadToHead => {
                let is_winner = entry.outcome == Some(Outcome::Won);
                (order, u32::from(!is_winner), 0, 0)
            }
            UnitType::Ranked | UnitType::Overall if !has_results => (order, 0, 0, 0),
            UnitType::Ranked | UnitType::Overall => {
                let is_less_better = entry.mark_type.is_some_and(MarkType::is_less_better);
                let value = entry.value.map_or(i64::MAX, |value| match is_less_better {
                    true => value,
                    false => value.saturating_neg(),
                });
                (entry.rank.unwrap_or(u32::MAX), end(entry), value, order)
            }
        };
        (main, written.to_owned(), who(node))
    });
}

/// Those without a rank stand by how far they came: with a mark, on the way, not at all.
fn end(entry: &Entry) -> u32 {
    match entry.irregular.as_deref() {
        None => 0,
        Some("DNS" | "WD" | "W/O") => 3,
        Some("DSQ" | "DQ" | "DQB") => 2,
        Some(_) => 1,
    }
}

/// Puts units by their start, then by the steps of an event, then as the sheet has them. What several come to
/// stands behind them.
fn in_order(
    units: &mut [UnitNode],
    results: &EventResults,
    event: &EventNode,
    schedule: &[ScheduledSession],
) {
    units.sort_by_key(|node| {
        let unit = &results.units[node.unit];
        let of_session =
            node.session.map(|session| &event.doc.sessions[schedule[session].session].start);
        let when = unit.start.as_ref().or(of_session).or(unit.time.as_ref());
        let when = when.map_or(Timestamp::MAX, |moment| moment.timestamp());
        (node.kind == UnitType::Overall, when, unit.phase.step(), node.unit)
    });
}

/// Gives athletes and nations their parts in units.
pub(super) fn take_part(
    units: &[UnitNode],
    athletes: &mut [AthleteNode],
    nations: &mut [NationNode],
) {
    for (i, unit) in units.iter().enumerate() {
        for (which, entry) in unit.entries.iter().enumerate() {
            for athlete in entry.athletes.iter().flatten() {
                athletes[*athlete].results.push((i, which));
                athletes[*athlete].entries.push(unit.event);
            }
            if let Some(nation) = entry.nation {
                nations[nation].results.push((i, which));
            }
        }
    }
}

/// Finds the unit of each session whose winner is that of the session: its only one, or the only final in it.
pub(super) fn of_sessions(
    units: &[UnitNode],
    events: &[EventNode],
    schedule: &mut [ScheduledSession],
) {
    let mut of_session: HashMap<usize, Vec<usize>> = HashMap::new();
    for (i, node) in units.iter().enumerate() {
        if let Some(session) = node.session {
            of_session.entry(session).or_default().push(i);
        }
    }
    // What several races come to belongs to the session in which medals are decided, whatever else is in it.
    let overall: HashMap<usize, usize> = units
        .iter()
        .enumerate()
        .filter(|(_, node)| node.kind == UnitType::Overall && node.is_deciding)
        .map(|(i, node)| (node.event, i))
        .collect();
    let is_final = |i: &usize| {
        let node = &units[*i];
        let results = events[node.event].results.as_ref();
        let unit = results.map(|results| &results.units[node.unit]);
        node.is_deciding && unit.is_some_and(|unit| unit.phase != Phase::Bronze)
    };
    for (session, scheduled) in schedule.iter_mut().enumerate() {
        if let SessionOf::Event(event) = scheduled.of
            && events[event].deciding == Some(session)
            && let Some(overall) = overall.get(&event)
        {
            scheduled.unit = Some(*overall);
            continue;
        }
        let Some(units) = of_session.get(&session) else { continue };
        let only = match units.as_slice() {
            [only] => Some(*only),
            several => super::only(several.iter().copied().filter(is_final)),
        };
        scheduled.unit = only;
    }
}

const MOST_SESSIONS: usize = 300;

/// The sessions of an event, and what each is the session of.
struct Sessions<'e> {
    of_event: Vec<Candidate<'e>>,
    /// By slug of the name.
    by_name: HashMap<String, Vec<usize>>,
    /// By phase, as far as the name tells one.
    by_phase: HashMap<Phase, Vec<usize>>,
    /// How many units each has so far, by its place in the schedule.
    taken: HashMap<usize, usize>,
}

struct Candidate<'e> {
    /// In the schedule.
    id: usize,
    session: &'e Session,
    /// Its name as a slug.
    name: String,
}

/// Why no session is that of a unit.
enum NoSession {
    /// None has the name that the sheet gives.
    Unknown,
    /// These begin at the same time.
    Several,
}

impl<'e> Sessions<'e> {
    fn new(event: &'e EventNode, schedule: &[ScheduledSession]) -> Sessions<'e> {
        let of_event = event.schedule.iter().map(|id| {
            let session = &event.doc.sessions[schedule[*id].session];
            let name = slug::slugify(session.name.as_deref().unwrap_or_default());
            Candidate { id: *id, session, name }
        });
        let of_event: Vec<Candidate> = of_event.collect();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_phase: HashMap<Phase, Vec<usize>> = HashMap::new();
        for (i, one) in of_event.iter().enumerate() {
            by_name.entry(one.name.clone()).or_default().push(i);
            let phase = one.session.name.as_deref().and_then(Phase::in_name);
            phase.into_iter().for_each(|phase| by_phase.entry(phase).or_default().push(i));
        }
        Sessions { of_event, by_name, by_phase, taken: HashMap::new() }
    }

    /// The session of a unit: the one that the sheet names, or else the one of its name or phase that had begun
    /// last when the unit began, or when its result came.
    fn find(&mut self, unit: &Unit) -> Result<Option<usize>, NoSession> {
        let found = self.search(unit)?;
        if let Some(session) = found {
            *self.taken.entry(session).or_default() += 1;
        }
        Ok(found)
    }

    fn search(&self, unit: &Unit) -> Result<Option<usize>, NoSession> {
        if let Some(name) = &unit.session {
            return match self.by_name.get(&slug::slugify(name)) {
                Some(named) => self.latest(named, unit),
                None => Err(NoSession::Unknown),
            };
        }
        let name = unit.name.as_deref().map(slug::slugify).filter(|name| !name.is_empty());
        let named = name.and_then(|name| self.by_name.get(&name));
        match named.or_else(|| self.by_phase.get(&unit.phase)) {
            Some(sessions) => self.latest(sessions, unit),
            None => Ok(None),
        }
    }

    fn latest(&self, sessions: &[usize], unit: &Unit) -> Result<Option<usize>, NoSession> {
        let sessions: Vec<&Candidate> = sessions.iter().map(|i| &self.of_event[*i]).collect();
        if let [one] = sessions.as_slice() {
            return Ok(Some(one.id));
        }
        // No event of any Games has so many of one name or phase; each unit would go through all of them.
        if sessions.len() > MOST_SESSIONS {
            return Ok(None);
        }
        let Some(moment) = unit.start.as_ref().or(unit.time.as_ref()) else { return Ok(None) };
        let begun = sessions
            .iter()
            .filter(|one| one.session.start.timestamp() <= moment.timestamp())
            .max_by_key(|one| (one.session.start.timestamp(), Reverse(one.id)));
        let Some(last) = begun else { return Ok(None) };
        let is_same =
            |one: &&&Candidate| one.session.start.timestamp() == last.session.start.timestamp();
        let same: Vec<_> = sessions.iter().filter(is_same).collect();
        if same.iter().any(|one| one.name != last.name) {
            return Err(NoSession::Several);
        }
        // Matches on several courts at once, which nobody can tell apart: one for each unit.
        let count = |one: &Candidate| self.taken.get(&one.id).copied().unwrap_or_default();
        let free = same.into_iter().min_by_key(|one| (count(one), one.id));
        Ok(free.map(|one| one.id))
    }
}

impl NoSession {
    fn told(
        self,
        results: &EventResults,
        unit: &Unit,
        event: &EventNode,
        may_guess: bool,
    ) -> Diagnostic {
        match self {
            NoSession::Unknown => {
                let written = unit.session.as_deref().unwrap_or_default();
                let place = results.place_of_unit(unit, "session");
                let message = format!("the event has no session `{written}`");
                let names = event.doc.sessions.iter().filter_map(|session| session.name.as_deref());
                let problem = Diagnostic::new(&codes::G009, place, message);
                if may_guess { problem.did_you_mean(written, names) } else { problem }
            }
            NoSession::Several => {
                let place = results.place_of_unit(unit, "unit");
                let message = "this unit may be of several sessions that begin at the same time";
                Diagnostic::new(&codes::G010, place, message)
                    .together(&event.doc.file.path)
                    .help("name the session under `session`")
            }
        }
    }
}
