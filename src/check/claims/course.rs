//! How events went, as the checks look it up: who did what in which round.

use foldhash::{HashMap, HashMapExt};

use crate::assemble::Site;
use crate::games::results::{Outcome, Phase, UnitType};

/// Somebody's part in a heat, a match, a final.
#[derive(Debug)]
pub struct Row {
    pub event: usize,
    /// Which of the site's units.
    pub unit: usize,
    pub phase: Phase,
    pub is_deciding: bool,
    /// Those who have a page, which all have who took part.
    pub athletes: Vec<usize>,
    /// IOC code.
    pub nation: Option<String>,
    /// The rank in the unit; of a match for a medal the place in the event.
    pub rank: Option<u32>,
    /// Millionths of seconds, metres, points.
    pub value: Option<i64>,
    /// The mark as it was printed.
    pub mark: Option<String>,
    pub outcome: Option<Outcome>,
    /// The score by periods or sets, as it was printed.
    pub periods: Option<String>,
    /// Whether there is a reason why the result is not whole: DNF, DSQ.
    pub is_irregular: bool,
    /// WR, OR.
    pub record: Option<String>,
    /// Behind the first, in millionths.
    pub gap: Option<i64>,
    /// Which of the entries of the unit.
    pub entry: usize,
}

/// All that is recorded of how events went.
#[derive(Debug, Default)]
pub struct Course {
    rows: Vec<Row>,
    of_event: HashMap<usize, std::ops::Range<usize>>,
    of_athlete: HashMap<usize, Vec<usize>>,
}

impl Course {
    /// Reads the units of a site.
    pub fn new(site: &Site) -> Course {
        let mut course = Course::default();
        let mut by_athlete: HashMap<usize, Vec<usize>> = HashMap::new();
        for (event, node) in site.events.iter().enumerate() {
            let first = course.rows.len();
            for at in node.units.clone() {
                let unit_node = &site.units[at];
                let Some(unit) = site.unit(unit_node).filter(|unit| unit.is_over()) else {
                    continue;
                };
                for (place, own) in unit_node.entries.iter().enumerate() {
                    let entry = &unit.entries[own.entry];
                    if !entry.has_result() {
                        continue;
                    }
                    let gap = entry.gap.as_deref().and_then(crate::games::results::value_of);
                    let athletes: Vec<usize> = own.athletes.iter().flatten().copied().collect();
                    for athlete in &athletes {
                        by_athlete.entry(*athlete).or_default().push(course.rows.len());
                    }
                    course.rows.push(Row {
                        event,
                        unit: at,
                        phase: unit.phase.clone(),
                        is_deciding: unit_node.is_deciding,
                        athletes,
                        nation: own.nation.map(|nation| site.nations[nation].code.clone()),
                        rank: match unit_node.kind {
                            UnitType::HeadToHead => site.place_of((at, place)),
                            UnitType::Ranked | UnitType::Overall => entry.rank,
                        },
                        value: entry.value,
                        mark: entry.mark.clone(),
                        outcome: entry.outcome,
                        periods: entry.periods.clone(),
                        is_irregular: entry.irregular.is_some(),
                        record: entry.record.clone(),
                        gap: gap.map(i64::abs),
                        entry: own.entry,
                    });
                }
            }
            if course.rows.len() > first {
                course.of_event.insert(event, first..course.rows.len());
            }
        }
        course.of_athlete = by_athlete;
        course
    }

    /// The rows of an event, in the order of its units.
    pub fn of_event(&self, event: usize) -> &[Row] {
        self.of_event.get(&event).map_or(&[], |range| &self.rows[range.clone()])
    }

    /// All that somebody did.
    pub fn of_athlete(&self, athlete: usize) -> impl Iterator<Item = &Row> {
        self.of_athlete.get(&athlete).into_iter().flatten().map(|row| &self.rows[*row])
    }

    /// The other side of a match, or all others of a heat.
    pub fn others<'c>(&'c self, row: &'c Row) -> impl Iterator<Item = &'c Row> {
        self.of_event(row.event)
            .iter()
            .filter(move |other| other.unit == row.unit && !std::ptr::eq(*other, row))
    }
}

/// A round as it is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Heats,
    Qualification,
    Round(u8),
    Group,
    RoundOf(u16),
    QuarterFinal,
    SemiFinal,
    Bronze,
    Final,
}

impl Stage {
    /// Whether a recorded phase may be meant.
    pub fn is(self, phase: &Phase) -> bool {
        match self {
            Stage::Heats | Stage::Qualification => matches!(
                phase,
                Phase::Heats
                    | Phase::Preliminary
                    | Phase::Qualification
                    | Phase::Seeding
                    | Phase::Round(1)
            ),
            Stage::Round(round) => match phase {
                Phase::Round(own) => *own == round,
                Phase::Heats | Phase::Preliminary | Phase::Qualification | Phase::RoundOf(_) => {
                    round == 1
                }
                _ => false,
            },
            Stage::Group => matches!(phase, Phase::Group(_) | Phase::Preliminary),
            Stage::RoundOf(many) => *phase == Phase::RoundOf(many),
            Stage::QuarterFinal => matches!(phase, Phase::QuarterFinal | Phase::RoundOf(8)),
            Stage::SemiFinal => matches!(phase, Phase::SemiFinal | Phase::RoundOf(4)),
            Stage::Bronze => *phase == Phase::Bronze,
            Stage::Final => matches!(phase, Phase::Final | Phase::Overall),
        }
    }

    /// As it is printed.
    pub fn word(self) -> String {
        match self {
            Stage::Heats => "the heats".into(),
            Stage::Qualification => "qualification".into(),
            Stage::Round(round) => format!("round {round}"),
            Stage::Group => "the group stage".into(),
            Stage::RoundOf(many) => format!("the round of {many}"),
            Stage::QuarterFinal => "the quarter-finals".into(),
            Stage::SemiFinal => "the semi-finals".into(),
            Stage::Bronze => "the match for bronze".into(),
            Stage::Final => "the final".into(),
        }
    }
}
