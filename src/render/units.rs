//! How events went, for templates: units with their competitors, tables of groups, the tree of a knock-out.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use tera::Value;

use super::cards::{self, Cards, value};
use crate::assemble::{EntryNode, Part, Side, Site, UnitNode};
use crate::games::results::{Match, Outcome, Phase, UnitType, bracket, standings};
use crate::parse::documents::{Entry, Unit, UnitStatus};
use crate::plan;
use crate::theme::translations::Translations;

/// A page shows so many names of results at most; its data has all.
const MOST_ROWS: usize = 300;

/// A tree has no more matches in a round, and a group no more in its table.
const MOST_OF_A_ROUND: usize = 16;

const MOST_OF_A_GROUP: usize = 32;

/// So many rounds of a knock-out are drawn as a tree: the last sixteen.
const ROUNDS_OF_BRACKET: u32 = 4;

/// How an event went.
#[derive(Serialize)]
pub struct ResultsView {
    /// Those in which medals are decided: what several come to, the final, matches for bronze after the
    /// one for gold.
    deciding: Vec<Value>,
    /// The phases on the way there, newest first; without what the tree shows.
    phases: Vec<PhaseView>,
    pub bracket: Option<BracketView>,
    /// Those that a component asked for.
    chosen: Vec<Value>,
    /// The same for programs.
    data: String,
    /// The spreadsheet.
    sheet: String,
    /// Whether there is more than a page can show.
    is_cut: bool,
}

/// A phase.
#[derive(Serialize)]
struct PhaseView {
    title: String,
    units: Vec<Value>,
    /// Of a group of matches.
    table: Vec<StandingView>,
}

/// A knock-out as a tree.
#[derive(Serialize)]
pub struct BracketView {
    rounds: Vec<RoundView>,
}

#[derive(Serialize)]
struct RoundView {
    title: String,
    /// Nothing where somebody needed to win no match.
    matches: Vec<Option<Value>>,
}

/// A line of a group's table.
#[derive(Serialize)]
struct StandingView {
    who: Value,
    played: u32,
    won: u32,
    drawn: u32,
    lost: u32,
    scored: String,
    conceded: String,
}

/// A unit.
#[derive(Serialize)]
struct UnitView {
    /// In the words of the theme.
    phase: String,
    /// As a sheet writes it, for components that ask for one.
    phase_name: String,
    name: Option<String>,
    /// The name, or the phase where it has none.
    title: String,
    kind: &'static str,
    status: &'static str,
    /// Whether the result may still change.
    is_open: bool,
    has_results: bool,
    has_marks: bool,
    has_gaps: bool,
    /// Known starts alone: never when the result came.
    start: Option<Value>,
    day: Option<Value>,
    entries: Vec<Value>,
}

/// Somebody's part in a unit.
#[derive(Serialize)]
pub struct PartView {
    event: Value,
    unit: String,
    pub day: Option<Value>,
    /// Who competed, and how it went.
    entry: Value,
    /// Of a match.
    score: Option<String>,
    opponent: Option<Value>,
    status: &'static str,
}

/// A competitor in a unit.
#[derive(Serialize)]
struct EntryView<'a> {
    nation: Value,
    /// With an `url` where they have a page.
    athletes: Vec<Value>,
    team: Option<&'a str>,
    rank: Option<u32>,
    mark: Option<&'a str>,
    gap: Option<&'a str>,
    periods: Option<&'a str>,
    won: bool,
    outcome: Option<&'static str>,
    irregular: Option<&'a str>,
    /// What that means, if it is known.
    irregular_text: Option<&'a str>,
    qualified: Option<&'a str>,
    record: Option<&'a str>,
    order: Option<&'a str>,
    bib: Option<&'a str>,
}

/// Somebody without a page.
#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
}

/// A unit with what is shown of it.
struct Shown<'u> {
    node: &'u UnitNode,
    unit: &'u Unit,
    /// Nothing if there is no room for it.
    view: Option<Value>,
}

/// What is needed to show units.
#[derive(Clone, Copy)]
pub struct Units<'a> {
    pub site: &'a Site,
    pub cards: &'a Cards,
    pub words: &'a Translations,
}

impl<'a> Units<'a> {
    /// How an event went. Nothing if nobody wrote it down.
    pub fn of_event(self, event: usize) -> Option<ResultsView> {
        let node = &self.site.events[event];
        let results = node.results.as_ref()?;
        let mut all = self.all(event);
        let bracket = self.bracket(&mut all);
        let drawn = bracket.as_ref().map(|(_, drawn)| drawn.clone()).unwrap_or_default();
        let mut left = MOST_ROWS;
        // What decides first; then the newest, as a reader of long results wants the end of them.
        let is_deciding = |one: &&mut Shown| one.node.is_deciding;
        all.iter_mut().filter(is_deciding).for_each(|one| self.show(one, &mut left));
        all.iter_mut().rev().for_each(|one| self.show(one, &mut left));
        let views = |units: &[&Shown]| units.iter().filter_map(|one| one.view.clone()).collect();
        let mut decided: Vec<&Shown> = all.iter().filter(|one| one.node.is_deciding).collect();
        decided.sort_by_key(|one| one.unit.phase == Phase::Bronze);
        let is_left = |one: &&Shown| !one.node.is_deciding && !drawn.contains(&one.node.unit);
        let left: Vec<&Shown> = all.iter().filter(is_left).collect();
        Some(ResultsView {
            deciding: views(&decided),
            phases: self.phases(&left),
            bracket: bracket.map(|(view, _)| view),
            chosen: Vec::new(),
            data: cards::url(self.site, &plan::results_data_address(self.site, node)),
            sheet: cards::url(self.site, &format!("/{}", results.asset.path)),
            is_cut: all.iter().any(|one| one.view.is_none()),
        })
    }

    fn all(self, event: usize) -> Vec<Shown<'a>> {
        let nodes = &self.site.units[self.site.events[event].units.clone()];
        let shown = |node| Some(Shown { node, unit: self.site.unit(node)?, view: None });
        nodes.iter().filter_map(shown).collect()
    }

    /// Makes what is shown of a unit, as far as so many names are left.
    fn show(self, one: &mut Shown<'a>, left: &mut usize) {
        let names = one.node.entries.iter().map(|entry| entry.athletes.len().max(1)).sum::<usize>();
        let is_first = *left == MOST_ROWS;
        if one.view.is_some() || (names > *left && !is_first) {
            return;
        }
        *left = left.saturating_sub(names);
        one.view = Some(value(&self.unit(one.node, one.unit)));
    }

    /// The same with the units of a phase, or of a name, or both; without either those in which medals are decided.
    ///
    /// # Errors
    /// There is none: which of the two is wrong, and what there is.
    pub fn chosen(
        self,
        event: usize,
        phase: Option<&str>,
        unit: Option<&str>,
    ) -> Result<Option<ResultsView>, (&'static str, Vec<String>)> {
        let Some(mut view) = self.of_event(event) else { return Ok(None) };
        let mut chosen = self.all(event);
        if let Some(phase) = phase.map(Phase::read) {
            let known = chosen.iter().map(|one| one.unit.phase.written()).collect();
            chosen.retain(|one| one.unit.phase == phase);
            if chosen.is_empty() {
                return Err(("phase", known));
            }
        }
        if let Some(name) = unit.map(str::trim) {
            let known = chosen.iter().map(|one| self.title(one.unit)).collect();
            let is = |own: &str| own.eq_ignore_ascii_case(name);
            chosen.retain(|one| {
                is(&self.title(one.unit)) || one.unit.name.as_deref().is_some_and(is)
            });
            if chosen.is_empty() {
                return Err(("unit", known));
            }
        }
        let mut left = MOST_ROWS;
        chosen.iter_mut().for_each(|one| self.show(one, &mut left));
        view.chosen = match phase.or(unit) {
            Some(_) => chosen.into_iter().filter_map(|one| one.view).collect(),
            None => view.deciding.clone(),
        };
        Ok(Some(view))
    }

    /// The unit of an event that readers ask for now: the one that is live, or else the last in which medals are
    /// decided that has a result, or the last that has one at all.
    pub fn current(self, event: usize) -> Option<Value> {
        let nodes = &self.site.units[self.site.events[event].units.clone()];
        let is = |wanted: fn(&UnitNode, &Unit) -> bool| {
            let found = nodes.iter().rev().filter_map(|node| Some((node, self.site.unit(node)?)));
            let mut found = found.filter(move |(node, unit)| wanted(node, unit));
            found.next()
        };
        let live = is(|_, unit| unit.status == UnitStatus::Live);
        let decided = || {
            is(|node, unit| {
                let is_final = node.is_deciding && unit.phase != Phase::Bronze;
                is_final && unit.has_results()
            })
        };
        let last = || is(|_, unit| unit.has_results());
        let (node, unit) =
            live.or_else(decided).or_else(last).filter(|(_, unit)| unit.has_results())?;
        Some(value(&self.unit(node, unit)))
    }

    /// Somebody's part in a unit, for lists of what they have done.
    pub fn part(self, (unit, entry): Part) -> Option<PartView> {
        let node = &self.site.units[unit];
        let unit = self.site.unit(node)?;
        let of_unit = &node.entries[entry];
        let own = &unit.entries[of_unit.entry];
        let is_match = node.kind == UnitType::HeadToHead;
        let opponent = node.entries.iter().enumerate().find(|(i, _)| is_match && *i != entry);
        let opponent = opponent.map(|(_, node)| (node, &unit.entries[node.entry]));
        let other_mark = opponent.and_then(|(_, other)| other.mark.as_ref());
        Some(PartView {
            event: self.cards.events[node.event].clone(),
            unit: self.whole_title(unit),
            day: node.day.and_then(cards::civil_date),
            entry: self.competitor(of_unit, own),
            score: own.mark.as_ref().zip(other_mark).map(|(a, b)| format!("{a}\u{2013}{b}")),
            opponent: opponent.map(|(node, entry)| self.competitor(node, entry)),
            status: status(unit.status),
        })
    }

    /// The name of a unit where its phase is not said beside it: "Round 1, Heat 2", "Gold medal match".
    fn whole_title(self, unit: &Unit) -> String {
        match &unit.name {
            Some(name) if Phase::in_name(name).as_ref() != Some(&unit.phase) => {
                format!("{}, {name}", self.phase(&unit.phase))
            }
            _ => self.title(unit),
        }
    }

    fn phases(self, units: &[&Shown]) -> Vec<PhaseView> {
        let mut phases: Vec<(&Phase, Vec<&Shown>)> = Vec::new();
        let mut known: BTreeMap<&Phase, usize> = BTreeMap::new();
        for one in units {
            let phase = &one.unit.phase;
            let at = *known.entry(phase).or_insert_with(|| {
                phases.push((phase, Vec::new()));
                phases.len() - 1
            });
            phases[at].1.push(one);
        }
        // Groups are beside each other.
        let groups = phases.iter().position(|(phase, _)| matches!(phase, Phase::Group(_)));
        let mut phases: Vec<_> = phases.into_iter().enumerate().collect();
        phases.sort_by_key(|(i, (phase, _))| match phase {
            Phase::Group(letter) => (Reverse(groups.unwrap_or(*i)), letter.clone()),
            _ => (Reverse(*i), String::new()),
        });
        let view = |(phase, units): (&Phase, Vec<&Shown>)| {
            let is_match = |one: &&&Shown| one.node.kind == UnitType::HeadToHead;
            let matches: Vec<&Shown> = units.iter().filter(is_match).copied().collect();
            let is_group = matches!(phase, Phase::Group(_)) && matches.len() > 1;
            PhaseView {
                title: self.phase(phase),
                table: if is_group { self.table(&matches) } else { Vec::new() },
                units: units.into_iter().filter_map(|one| one.view.clone()).collect(),
            }
        };
        let phases = phases.into_iter().map(|(_, phase)| view(phase));
        phases.filter(|phase| !phase.units.is_empty() || !phase.table.is_empty()).collect()
    }

    fn table(self, units: &[&Shown]) -> Vec<StandingView> {
        let mut who: BTreeMap<Side, Value> = BTreeMap::new();
        for one in units {
            for of_unit in &one.node.entries {
                let entry = &one.unit.entries[of_unit.entry];
                let side = Side::new(of_unit, entry);
                who.entry(side).or_insert_with(|| self.competitor(of_unit, entry));
            }
        }
        let matches: Vec<Match<Side>> =
            units.iter().map(|one| match_of(one.node, one.unit)).collect();
        let lines = standings(&matches).into_iter().take(MOST_OF_A_GROUP);
        let lines = lines.map(|line| StandingView {
            who: who.get(&line.side).cloned().unwrap_or_else(Value::none),
            played: line.played,
            won: line.won,
            drawn: line.drawn,
            lost: line.lost,
            scored: number(line.scored),
            conceded: number(line.conceded),
        });
        lines.collect()
    }

    /// The tree, and the numbers of the units in it.
    fn bracket(self, units: &mut [Shown<'a>]) -> Option<(BracketView, HashSet<usize>)> {
        let mut rounds: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (i, one) in units.iter().enumerate() {
            let round = one.unit.phase.round_of_knock_out();
            let round = round.filter(|round| *round <= ROUNDS_OF_BRACKET);
            if let (Some(round), UnitType::HeadToHead) = (round, one.node.kind) {
                rounds.entry(round).or_default().push(i);
            }
        }
        // Two finals are those of something else, and one round is no tree.
        let is_none = rounds.len() < 2
            || rounds.get(&1).is_some_and(|finals| finals.len() > 1)
            || rounds.values().any(|round| round.len() > MOST_OF_A_ROUND);
        if is_none {
            return None;
        }
        let rounds: Vec<Vec<usize>> = rounds.into_values().rev().collect();
        let matches: Vec<Vec<Match<Side>>> = rounds
            .iter()
            .map(|round| round.iter().map(|i| match_of(units[*i].node, units[*i].unit)).collect())
            .collect();
        let drawn = rounds.iter().flatten().map(|i| units[*i].node.unit).collect();
        let mut views = Vec::new();
        for (column, round) in bracket(&matches).into_iter().zip(&rounds) {
            let mut matches = Vec::new();
            for slot in column {
                matches.push(slot.map(|slot| {
                    let one = &mut units[round[slot]];
                    let new = || value(&self.unit(one.node, one.unit));
                    one.view.get_or_insert_with(new).clone()
                }));
            }
            let title = round.first().map(|i| self.phase(&units[*i].unit.phase));
            views.push(RoundView { title: title.unwrap_or_default(), matches });
        }
        Some((BracketView { rounds: views }, drawn))
    }

    /// The name of a phase in the theme's words.
    pub fn phase(self, phase: &Phase) -> String {
        match phase.word() {
            Some((key, number)) => {
                let key = format!("phase.{key}");
                self.words.text(&key).replace("{number}", &number)
            }
            None => phase.written(),
        }
    }

    /// A unit's name, or that of its phase where it has none of its own; of a number that of the phase before it.
    pub fn title(self, unit: &Unit) -> String {
        let Some(name) = &unit.name else { return self.phase(&unit.phase) };
        if !name.bytes().all(|byte| byte.is_ascii_digit()) {
            return name.clone();
        }
        match unit.phase {
            Phase::Heats => self.words.text("phase.heat").replace("{number}", name),
            _ => format!("{} {name}", self.phase(&unit.phase)),
        }
    }

    fn unit(self, node: &UnitNode, unit: &Unit) -> UnitView {
        let entries = || unit.entries.iter();
        let session = node.session.map(|id| &self.site.schedule[id]);
        let of_session = session.map(|scheduled| &self.site.session(scheduled).start);
        // Several heats of one session begin one after the other.
        let start =
            unit.start.as_ref().or(of_session.filter(|_| node.kind == UnitType::HeadToHead));
        UnitView {
            phase: self.phase(&unit.phase),
            phase_name: unit.phase.written(),
            name: unit.name.clone(),
            title: self.title(unit),
            kind: node.kind.word(),
            status: status(unit.status),
            is_open: unit.status.is_open(),
            has_results: entries().any(Entry::has_result),
            has_marks: entries().any(|entry| entry.mark.is_some()),
            has_gaps: entries().any(|entry| entry.gap.is_some()),
            start: start.map(cards::date),
            day: node.day.and_then(cards::civil_date),
            entries: node
                .entries
                .iter()
                .take(MOST_ROWS)
                .map(|node| value(&self.entry(node, &unit.entries[node.entry])))
                .collect(),
        }
    }

    /// A competitor.
    pub fn competitor(self, node: &EntryNode, entry: &Entry) -> Value {
        value(&self.entry(node, entry))
    }

    fn entry<'e>(self, node: &EntryNode, entry: &'e Entry) -> EntryView<'e>
    where
        'a: 'e,
    {
        let named = entry.athletes.iter().zip(&node.athletes);
        let athletes = named.map(|(name, who)| match who {
            Some(i) => self.cards.athletes[*i].clone(),
            None => value(&Named { name }),
        });
        EntryView {
            nation: node.nation.map_or_else(Value::none, |i| self.cards.nations[i].clone()),
            athletes: athletes.collect(),
            team: entry.team.as_deref(),
            rank: entry.rank,
            mark: entry.mark.as_deref(),
            gap: entry.gap.as_deref(),
            periods: entry.periods.as_deref(),
            won: entry.outcome == Some(Outcome::Won),
            outcome: entry.outcome.map(Outcome::letter),
            irregular: entry.irregular.as_deref(),
            irregular_text: entry.irregular.as_deref().and_then(|code| self.meaning(code)),
            qualified: entry.qualified.as_deref(),
            record: entry.record.as_deref(),
            order: entry.order.as_deref(),
            bib: entry.bib.as_deref(),
        }
    }

    /// What a code for an irregular end means, if the theme has words for it.
    fn meaning(self, code: &str) -> Option<&'a str> {
        self.words.known(&format!("irregular.{code}"))
    }
}

/// The word of a status as a part of a key.
pub fn status(status: UnitStatus) -> &'static str {
    match status {
        UnitStatus::StartList => "start_list",
        UnitStatus::Live => "live",
        UnitStatus::Unofficial => "unofficial",
        UnitStatus::Official => "official",
        UnitStatus::Protested => "protested",
    }
}

/// A match as tables and trees need it.
fn match_of(node: &UnitNode, unit: &Unit) -> Match<Side> {
    let mut sides = node.entries.iter().map(|of_unit| {
        let entry = &unit.entries[of_unit.entry];
        (Side::new(of_unit, entry), entry.outcome, entry.value)
    });
    let (first, second) = (sides.next(), sides.next());
    let part = |side: &Option<(Side, Option<Outcome>, Option<i64>)>| match side {
        Some((side, outcome, score)) => (Some(side.clone()), *outcome, *score),
        None => (None, None, None),
    };
    let (a, b) = (part(&first), part(&second));
    Match { sides: [a.0, b.0], outcomes: [a.1, b.1], scores: [a.2, b.2] }
}

/// Millionths as a number, without zeros behind it.
fn number(millionths: i64) -> String {
    let (whole, part) = (millionths / 1_000_000, (millionths % 1_000_000).abs());
    match part {
        0 => whole.to_string(),
        _ => format!("{whole}.{part:06}").trim_end_matches('0').to_owned(),
    }
}
