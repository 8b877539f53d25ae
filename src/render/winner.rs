//! Who won a session, for the schedule and for calendars.

use crate::assemble::{EntryNode, ScheduledSession, Site, UnitNode};
use crate::games::results::{Outcome, UnitType};
use crate::parse::documents::Entry;

/// Who won a unit, with the mark or the score, for a line of the schedule: nothing until it is over, or where
/// several may have won.
fn winner<'s>(
    site: &'s Site,
    node: &'s UnitNode,
) -> Option<(&'s EntryNode, &'s Entry, Option<String>)> {
    let unit = site.unit(node)?;
    if !unit.is_over() {
        return None;
    }
    let is_match = node.kind == UnitType::HeadToHead;
    let has_won = |entry: &Entry| match is_match {
        true => entry.outcome == Some(Outcome::Won),
        false => entry.rank == Some(1),
    };
    let mut won = site.entries(node).filter(|(_, entry)| has_won(entry));
    let (first, entry) = won.next()?;
    if won.next().is_some() {
        return None;
    }
    Some((first, entry, unit.mark(entry)))
}

/// Who won a session.
pub struct Winner {
    /// People, their team, or the nation.
    pub name: String,
    /// An index into the site's nations.
    pub nation: Option<usize>,
    /// The mark, or the score of the match.
    pub mark: Option<String>,
}

impl Winner {
    /// Of a session of the schedule, as far as its results say so.
    pub fn new(site: &Site, scheduled: &ScheduledSession) -> Option<Winner> {
        let (node, entry, mark) = winner(site, &site.units[scheduled.unit?])?;
        let names = entry.athletes.iter().zip(&node.athletes);
        let names = names.map(|(name, who)| match who {
            Some(i) => site.athletes[*i].name.as_str(),
            None => name.as_str(),
        });
        let nation = node.nation;
        let name = match (&entry.team, entry.athletes.len()) {
            (Some(team), _) => team.clone(),
            (None, 1..=2) => names.collect::<Vec<_>>().join(" / "),
            (None, _) => site.nations[nation?].name.clone(),
        };
        Some(Winner { name, nation, mark })
    }

    /// "Noah Lyles (USA) 9.79"
    pub fn in_words(&self, site: &Site) -> String {
        let noc = self.nation.map(|i| format!(" ({})", site.nations[i].code)).unwrap_or_default();
        let mark = self.mark.as_ref().map(|mark| format!(" {mark}")).unwrap_or_default();
        format!("{}{noc}{mark}", self.name)
    }
}
