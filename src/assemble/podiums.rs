//! What the files of events say of their podiums, linked to people and nations.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::awards::Award;
use super::medals::{decided, decided_on, turn};
use super::people::{At, Index};
use super::site::{AthleteNode, ChangeNode, EventNode, NationNode, ScheduledSession};
use super::units::UnitNode;
use super::{Assembly, nation_index, unclear, unique};
use crate::games::medals::{self, Medal, Row, Tally, Tenure, When};
use crate::parse::documents::{Event, File, Winner};

impl Assembly<'_> {
    /// Who stands on a podium, and who stood there before each change, with known nations.
    pub(super) fn podiums(&mut self, event: &Event) -> Results {
        let mut now: Vec<Vec<Medallist>> = Vec::new();
        for (medal, winners) in Medal::ALL.into_iter().zip(&event.podium) {
            now.push(self.medallists(event, &format!("podium.{}", medal.word()), winners));
        }
        let mut now = now.into_iter();
        let mut before = Vec::new();
        for change in &event.changes {
            let mut was = Vec::new();
            for (medal, winners) in Medal::ALL.into_iter().zip(&change.was) {
                let at = format!("changes[{}].was.{}", change.number, medal.word());
                was.push(winners.as_ref().map(|winners| self.medallists(event, &at, winners)));
            }
            let mut was = was.into_iter();
            before.push(std::array::from_fn(|_| was.next().flatten()));
        }
        let now = std::array::from_fn(|_| now.next().unwrap_or_default());
        Results { now, before }
    }

    fn medallists(&mut self, event: &Event, path: &str, winners: &[Winner]) -> Vec<Medallist> {
        let mut medallists = Vec::new();
        for (i, winner) in winners.iter().enumerate() {
            let at = format!("{path}[{i}].nation");
            if let Some(nation) = self.known_nation(&winner.nation, || event.file.place(&at)) {
                medallists.push(Medallist {
                    nation,
                    athletes: winner.athletes.clone(),
                    team: winner.team.clone(),
                    date: winner.date,
                    place: format!("{path}[{i}]"),
                });
            }
        }
        medallists
    }

    /// Every medal that somebody has or had, and whom each change of a podium concerns. The schedule is
    /// known: it says when a medal was decided.
    pub(super) fn award<'s>(
        &mut self,
        events: &mut [EventNode],
        results: &[Results],
        schedule: &[ScheduledSession],
        people: &Index,
        nations: &[NationNode],
        at: impl Fn(usize) -> At<'s>,
    ) -> Vec<Award> {
        let zone = &self.config.time_zone;
        let mut awards = Vec::new();
        for (i, (event, results)) in events.iter_mut().zip(results).enumerate() {
            let session = decided(event, schedule, zone);
            for (colour, medal) in Medal::ALL.into_iter().enumerate() {
                let award = |this: &mut Self, winner: &Medallist, since, until| {
                    let own = winner.date.map(|day| decided_on(day, zone));
                    Some(Award {
                        medal,
                        event: i,
                        nation: nation_index(nations, &winner.nation)?,
                        athletes: this.who(&event.doc.file, winner, people, at(i)),
                        team: winner.team.clone(),
                        tenure: Tenure { decided: own.or(session), since, until },
                        path: winner.place.clone(),
                    })
                };
                // From one change of this colour to the next.
                let mut since = None;
                for (change, was) in event.doc.changes.iter().zip(&results.before) {
                    let Some(was) = &was[colour] else { continue };
                    let until = Some(turn(&change.date, zone));
                    awards
                        .extend(was.iter().filter_map(|winner| award(self, winner, since, until)));
                    since = until;
                }
                let first = awards.len();
                let now = &results.now[colour];
                awards.extend(now.iter().filter_map(|winner| award(self, winner, since, None)));
                event.podium[colour] = (first..awards.len()).collect();
            }
            event.changes = self.concerned(event, results, &awards, people, at(i));
        }
        awards
    }

    /// Whom each change of a podium concerns: who lost or gained a medal and whom it names, or else
    /// everybody who has one.
    fn concerned(
        &mut self,
        event: &EventNode,
        results: &Results,
        awards: &[Award],
        people: &Index,
        at: At,
    ) -> Vec<ChangeNode> {
        let file = &event.doc.file;
        // Who had the medals after each change: whom the next one names, or who has them now.
        let mut after: Vec<&[Medallist]> = results.now.iter().map(Vec::as_slice).collect();
        let mut changes = Vec::new();
        for (change, was) in event.doc.changes.iter().zip(&results.before).rev() {
            let mut concerned = Vec::new();
            for (was, after) in was.iter().zip(&mut after) {
                let Some(was) = was else { continue };
                let lost = self.everybody(file, was, people, at);
                let gained = self.everybody(file, after, people, at);
                concerned.extend(lost.iter().filter(|athlete| !gained.contains(athlete)));
                concerned.extend(gained.iter().filter(|athlete| !lost.contains(athlete)));
                *after = was;
            }
            for (i, name) in change.athletes.iter().enumerate() {
                let code = |name: &str| self.nation_code(name).map(str::to_owned);
                match people.named(name, code).as_slice() {
                    [one] => concerned.push(*one),
                    several => {
                        let at = format!("changes[{}].athletes[{i}]", change.number);
                        let place = file.place(&at);
                        self.problems.push(unclear(people, name, several, place));
                    }
                }
            }
            if concerned.is_empty() {
                let held = event.podium.iter().flatten().map(|award| &awards[*award]);
                concerned = held.flat_map(|award| award.athletes.iter().copied()).collect();
            }
            changes.push(ChangeNode { athletes: unique(concerned) });
        }
        changes.reverse();
        changes
    }

    fn everybody(
        &mut self,
        file: &File,
        medallists: &[Medallist],
        people: &Index,
        at: At,
    ) -> Vec<usize> {
        medallists.iter().flat_map(|winner| self.who(file, winner, people, at)).collect()
    }

    /// Those who won a medal.
    fn who(&mut self, file: &File, winner: &Medallist, people: &Index, at: At) -> Vec<usize> {
        let mut who = Vec::new();
        for (i, name) in winner.athletes.iter().enumerate() {
            match people.of_nation(name, &winner.nation, at).as_slice() {
                [one] => who.push(*one),
                [] => {}
                several => {
                    let place = file.place(&format!("{}.athletes[{i}]", winner.place));
                    let problem = unclear(people, name, several, place);
                    self.problems.push(problem.help(
                        "or say in their files what they have entered: entries: [sport/event]",
                    ));
                }
            }
        }
        unique(who)
    }
}

/// Gives each nation and each athlete their medals, and athletes the changes that concern them. Returns
/// the medal table of now.
pub(super) fn give_out(
    awards: &[Award],
    events: &[EventNode],
    nations: &mut [NationNode],
    athletes: &mut [AthleteNode],
) -> Vec<Row> {
    for (id, award) in awards.iter().enumerate().filter(|(_, award)| award.is_held()) {
        nations[award.nation].medals.push(id);
        award.athletes.iter().for_each(|athlete| athletes[*athlete].medals.push(id));
    }
    for (i, event) in events.iter().enumerate() {
        for (which, change) in event.changes.iter().enumerate() {
            change.athletes.iter().for_each(|who| athletes[*who].changes.push((i, which)));
        }
    }
    let held = awards.iter().map(|award| (award.nation, award.medal, &award.tenure));
    for (nation, tally) in medals::count(held, When::Now) {
        nations[nation].tally = tally;
    }
    let in_table = nations.iter().filter(|nation| nation.in_table);
    let tallies: BTreeMap<&str, Tally> =
        in_table.map(|nation| (nation.code.as_str(), nation.tally)).collect();
    let table = medals::table(&tallies);
    for row in &table {
        if let Some(nation) = nation_index(nations, &row.code) {
            nations[nation].rank = Some(row.rank);
        }
    }
    table
}

/// Puts everybody who takes part into the lists of the event and of the nation: those who entered,
/// and those who have a medal whether or not their file says that they entered.
pub(super) fn enter(
    awards: &[Award],
    units: &[UnitNode],
    events: &mut [EventNode],
    athletes: &mut [AthleteNode],
    nations: &mut [NationNode],
) {
    for (i, athlete) in athletes.iter_mut().enumerate() {
        athlete.entries.extend(athlete.medals.iter().map(|id| awards[*id].event));
        athlete.entries.sort_unstable();
        athlete.entries.dedup();
        athlete.entries.iter().for_each(|event| events[*event].entrants.push(i));
        if let Some(nation) = athlete.nation {
            nations[nation].events.extend(&athlete.entries);
        }
    }
    for nation in nations {
        // A team without names took part all the same.
        nation.events.extend(nation.medals.iter().map(|id| awards[*id].event));
        nation.events.extend(nation.results.iter().map(|(unit, _)| units[*unit].event));
        nation.events.sort_unstable();
        nation.events.dedup();
    }
}

/// What an event's file says of its podium, before athletes have an index.
pub(super) struct Results {
    pub(super) now: [Vec<Medallist>; 3],
    /// For each change, who had the medals until then.
    pub(super) before: Vec<[Option<Vec<Medallist>>; 3]>,
}

impl Results {
    /// Everybody who has or had a medal.
    pub(super) fn all(&self) -> impl Iterator<Item = &Medallist> {
        let before = self.before.iter().flatten().flatten();
        self.now.iter().chain(before).flatten()
    }
}

/// A medal with its nation's code.
pub(super) struct Medallist {
    pub(super) nation: String,
    pub(super) athletes: Vec<String>,
    team: Option<String>,
    /// The day on which it was decided, if that is written down.
    pub(super) date: Option<Date>,
    /// Where it stands in the front matter.
    place: String,
}
