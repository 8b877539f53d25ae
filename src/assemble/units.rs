//! Units of events, with whom they are about.

use jiff::civil::Date;

use super::awards::Award;
use crate::games::results::UnitType;
use crate::parse::documents::Entry;
use crate::slug;

/// A unit of an event.
#[derive(Debug)]
pub struct UnitNode {
    pub event: usize,
    /// Which of the units of the event's sheet.
    pub unit: usize,
    pub kind: UnitType,
    /// The session that it is a part of, in the schedule.
    pub session: Option<usize>,
    /// The day, where the Games are.
    pub day: Option<Date>,
    /// By rank; of a match by the order of the start, or who won first; before the start by its order.
    pub entries: Vec<EntryNode>,
    /// Whether medals are decided in it.
    pub is_deciding: bool,
}

/// A competitor in a unit.
#[derive(Debug)]
pub struct EntryNode {
    /// Which of the entries of the unit.
    pub entry: usize,
    pub nation: Option<usize>,
    /// For each of the names of the entry the athlete, if it is one of those who have a page.
    pub athletes: Vec<Option<usize>>,
}

/// Somebody's part in a unit: its place in the site's units, and in the unit's entries.
pub type Part = (usize, usize);

/// Who a competitor is, whatever the unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    nation: Option<usize>,
    athletes: Vec<Option<usize>>,
    /// Names of people without a page, and of the team.
    names: Vec<String>,
}

impl Side {
    /// Of an entry.
    pub fn new(node: &EntryNode, entry: &Entry) -> Side {
        let unknown = entry.athletes.iter().zip(&node.athletes).filter(|(_, who)| who.is_none());
        let mut names: Vec<String> = unknown.map(|(name, _)| slug::slugify(name)).collect();
        names.extend(entry.team.as_deref().map(slug::slugify));
        names.sort_unstable();
        let mut athletes = node.athletes.clone();
        athletes.sort_unstable();
        Side { nation: node.nation, athletes, names }
    }
}

impl EntryNode {
    /// Whether a medal is theirs. A team may be named by its nation, or by some of its members.
    pub fn has(&self, award: &Award) -> bool {
        let is_same_nation = self.nation.is_none_or(|nation| nation == award.nation);
        let mut people = self.athletes.iter().flatten();
        let is_team = self.athletes.iter().all(Option::is_none) || award.athletes.is_empty();
        is_same_nation && (is_team || people.any(|athlete| award.athletes.contains(athlete)))
    }
}
