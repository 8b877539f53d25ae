//! Matches that have neither name nor code.

use std::collections::{HashMap, HashSet};

use super::Event;
use super::line::{Line, UnitKey, who};
use crate::games::results::Phase;
use crate::import::Import;
use crate::parse::documents::{Entry, EventResults};

/// Who met in a match, by what they may be found by.
type Pair = [String; 2];

impl Event<'_> {
    /// Tells matches apart that have one phase and neither name nor code: four quarter-finals that are called nothing
    /// else. Their sides stand one under the other. A match that is recorded keeps its name, the others get numbers.
    ///
    /// # Errors
    /// Nobody can tell who met, which is reported.
    pub fn number_matches(
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
