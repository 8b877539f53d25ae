//! Who has which medal: what the files of events say of their podiums, linked to people and nations.

use jiff::civil::Date;

use super::people::{At, Index};
use super::site::{AthleteNode, ChangeNode, EventNode, MedalRef, NationNode, Winners};
use super::{Assembly, nation_index, unclear, unique};
use crate::games::medals::{self, Award, Medal, Row, When};
use crate::parse::documents::{Event, File, Winner};

impl Assembly<'_> {
    /// Who stands on a podium, and who stood there before each change, with known nations.
    pub(super) fn results(&mut self, event: &Event) -> Results {
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
        Results { now, before, day: None }
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

    /// Gives out the medals: to the event, the nation and each of those who won it.
    pub(super) fn award<'s>(
        &mut self,
        events: &mut [EventNode],
        results: &[Results],
        people: &Index,
        nations: &mut [NationNode],
        athletes: &mut [AthleteNode],
        at: impl Fn(usize) -> At<'s>,
    ) {
        for (i, (event, results)) in events.iter_mut().zip(results).enumerate() {
            let places = Medal::ALL.into_iter().zip(&results.now);
            for ((medal, winners), places) in places.zip(&mut event.podium) {
                for (place, winner) in winners.iter().enumerate() {
                    let Some(nation) = nation_index(nations, &winner.nation) else { continue };
                    let won = MedalRef { medal, event: i, place };
                    nations[nation].tally.add(medal);
                    nations[nation].medals.push(won);
                    let who = self.who(&event.doc.file, winner, people, at(i));
                    who.iter().for_each(|athlete| athletes[*athlete].medals.push(won));
                    let team = winner.team.clone();
                    let day = winner.date.or(results.day);
                    places.push(Winners { nation, athletes: who, team, day });
                }
            }
            event.changes = self.concerned(event, results, people, at(i));
            for (which, change) in event.changes.iter().enumerate() {
                change.athletes.iter().for_each(|who| athletes[*who].changes.push((i, which)));
            }
        }
    }

    /// Whom each change of a podium concerns: who lost or gained a medal and whom it names, or else
    /// everybody who has one.
    fn concerned(
        &mut self,
        event: &EventNode,
        results: &Results,
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
                let winners = event.podium.iter().flatten();
                concerned = winners.flat_map(|winners| winners.athletes.iter().copied()).collect();
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

/// Puts everybody who takes part into the lists of the event and of the nation: those who entered,
/// and those who have a medal whether or not their file says that they entered.
pub(super) fn enter(
    events: &mut [EventNode],
    athletes: &mut [AthleteNode],
    nations: &mut [NationNode],
) {
    for (i, athlete) in athletes.iter_mut().enumerate() {
        athlete.entries.extend(athlete.medals.iter().map(|won| won.event));
        athlete.entries.sort_unstable();
        athlete.entries.dedup();
        athlete.entries.iter().for_each(|event| events[*event].entrants.push(i));
        if let Some(nation) = athlete.nation {
            nations[nation].events.extend(&athlete.entries);
        }
    }
    for nation in nations {
        // A team without names took part all the same.
        nation.events.extend(nation.medals.iter().map(|won| won.event));
        nation.events.sort_unstable();
        nation.events.dedup();
    }
}

/// The medal table, and each nation's rank in it.
pub(super) fn rank(nations: &mut [NationNode], awards: &[Award]) -> Vec<Row> {
    let in_table = |award: &&Award| {
        nation_index(nations, &award.nation).is_some_and(|nation| nations[nation].in_table)
    };
    let table = medals::table(&medals::count(awards.iter().filter(in_table), When::Now));
    for row in &table {
        if let Some(nation) = nation_index(nations, &row.code) {
            nations[nation].rank = Some(row.rank);
        }
    }
    table
}

/// What an event's file says of its podium, before athletes have an index.
pub(super) struct Results {
    pub(super) now: [Vec<Medallist>; 3],
    /// The day of the session in which it was decided, once the schedule is known.
    pub(super) day: Option<Date>,
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
