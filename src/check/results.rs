//! Whether results and podiums agree, and whether results can be right (M codes).

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::assemble::{Award, EntryNode, EventNode, MOST_OF_A_MEDAL, Site, UnitNode};
use crate::diagnostics::{Diagnostic, codes};
use crate::games::medals::Medal;
use crate::games::results::{Outcome, UnitType};
use crate::parse::documents::{Entry, EventResults, Unit};

/// What cannot be right. When it is read makes no difference.
pub fn check(site: &Site, _at: Timestamp) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for event in &site.events {
        let Some(results) = &event.results else { continue };
        found.extend(podium(site, event, results));
        for node in &site.units[event.units.clone()] {
            let Some(unit) = site.unit(node) else { continue };
            found.extend(ranks(results, unit, node));
        }
    }
    found
}

/// Whether the units in which medals are decided tell of the podium that is recorded.
fn podium(site: &Site, event: &EventNode, results: &EventResults) -> Vec<Diagnostic> {
    let doc = &event.doc;
    if !doc.has_podium() {
        return Vec::new();
    }
    let mut found = Vec::new();
    if !doc.podium[0].is_empty() && results.deciding().is_empty() {
        let message = format!("{} has a gold medal, and its results have no final", doc.title);
        found.push(
            Diagnostic::new(&codes::M009, doc.file.place("podium.gold"), message)
                .help("write the final into the sheet, or call its phase `final`"),
        );
    }
    found.extend(contradiction(site, event, results));
    found.extend(strangers(site, event));
    found
}

/// What the podium and the units say of each colour, where that is not the same.
fn contradiction(site: &Site, event: &EventNode, results: &EventResults) -> Option<Diagnostic> {
    let doc = &event.doc;
    let nodes = &site.units[event.units.clone()];
    let mut contradiction: Option<Diagnostic> = None;
    for (medal, entries) in Medal::ALL.into_iter().zip(results.medals()) {
        let Some(entries) = entries else { continue };
        let recorded: Vec<&Award> = site.medallists(event, medal).collect();
        // What cannot be a medal of so many is told by other checks.
        if recorded.len().max(entries.len()) > MOST_OF_A_MEDAL {
            return None;
        }
        let of_units: Vec<&EntryNode> = entries
            .iter()
            .filter_map(|(unit, entry)| {
                let node = nodes.iter().find(|node| node.unit == *unit)?;
                node.entries.iter().find(|own| own.entry == *entry)
            })
            .collect();
        let agrees = recorded.len() == of_units.len()
            && recorded.iter().all(|award| of_units.iter().any(|holder| holder.has(award)));
        // What was changed after the ceremony is told there.
        if agrees || doc.changes.iter().any(|change| change.was[medal as usize].is_some()) {
            continue;
        }
        let podium = recorded.iter().map(|award| in_words(site, award.nation, &award.athletes));
        let units = of_units.iter().map(|holder| {
            let people: Vec<usize> = holder.athletes.iter().flatten().copied().collect();
            let known = holder.nation.map(|nation| in_words(site, nation, &people));
            known.unwrap_or_else(|| "somebody without a nation".to_owned())
        });
        let word = medal.word();
        let said = format!(
            "{} has {word} on the podium, and {} in the results",
            list(podium.collect()),
            list(units.collect())
        );
        // One mistake moves several medals.
        if let Some(first) = contradiction {
            contradiction = Some(first.note(said));
            continue;
        }
        let key = if recorded.is_empty() { "podium".to_owned() } else { format!("podium.{word}") };
        let mut first = Diagnostic::new(&codes::M008, doc.file.place(&key), said).help(
            "mend the one that is wrong; a medal that changed hands later belongs under `changes`, with `was`",
        );
        if let Some((unit, entry)) = entries.first() {
            let entry = &results.units[*unit].entries[*entry];
            let column = if entry.rank.is_some() { "rank" } else { "win" };
            first = first.related(results.place(entry, column), "the results say so here");
        }
        contradiction = Some(first);
    }
    contradiction
}

/// "Lim Jong-hoon / Shin Yu-bin (KOR)"; of a team its nation.
fn in_words(site: &Site, nation: usize, people: &[usize]) -> String {
    let nation = &site.nations[nation];
    if people.is_empty() || people.len() > 3 {
        return nation.name.clone();
    }
    let names = people.iter().map(|athlete| site.athletes[*athlete].name.as_str());
    format!("{} ({})", names.collect::<Vec<_>>().join(" / "), nation.code)
}

fn list(mut holders: Vec<String>) -> String {
    match holders.pop() {
        None => "nobody".to_owned(),
        Some(last) if holders.is_empty() => last,
        Some(last) => format!("{} and {last}", holders.join(", ")),
    }
}

/// Those who have a medal and are in no unit, though the units in which it was decided have people.
fn strangers(site: &Site, event: &EventNode) -> Option<Diagnostic> {
    let units = &site.units[event.units.clone()];
    let entries = || units.iter().flat_map(|node| &node.entries);
    let people: BTreeSet<usize> =
        entries().flat_map(|entry| entry.athletes.iter().flatten().copied()).collect();
    let nations: BTreeSet<usize> = entries().filter_map(|entry| entry.nation).collect();
    let has_decided = units.iter().any(|node| node.is_deciding && !node.entries.is_empty());
    let mut strangers = site.podium(event).filter(|award| {
        let is_there = award.athletes.iter().any(|athlete| people.contains(athlete));
        // A team stands in the units by its nation.
        let is_by_nation = award.athletes.len() != 1 && nations.contains(&award.nation);
        !is_there && !is_by_nation
    });
    let award = strangers.next().filter(|_| has_decided)?;
    let who = in_words(site, award.nation, &award.athletes);
    let message = format!("{who} has {} and is in no unit of the results", award.medal.word());
    Some(
        Diagnostic::new(&codes::M010, event.doc.file.place(&award.path), message)
            .help("is the name written otherwise in the sheet?"),
    )
}

/// A rank, the mark in millionths, and whose they are.
type Ranked<'e> = (u32, i64, &'e Entry);

/// Whether ranks and marks of a unit fit each other.
fn ranks(results: &EventResults, unit: &Unit, node: &UnitNode) -> Vec<Diagnostic> {
    if node.kind == UnitType::HeadToHead {
        return of_match(results, unit).into_iter().collect();
    }
    let entries = node.entries.iter().map(|node| &unit.entries[node.entry]);
    let regular = entries.filter(|entry| entry.irregular.is_none());
    let ranked: Vec<Ranked> =
        regular.filter_map(|entry| Some((entry.rank?, entry.value?, entry))).collect();
    let mut found = Vec::new();
    let is_out = |entry: &&Entry| {
        let irregular = entry.irregular.as_deref().unwrap_or_default();
        entry.rank.is_some() && (irregular.starts_with("DSQ") || irregular.starts_with("DQ"))
    };
    found.extend(unit.entries.iter().filter(is_out).map(|entry| {
        let message = "somebody who is disqualified has a rank";
        Diagnostic::new(&codes::M013, results.place(entry, "rank"), message)
            .help("take the rank away, or the disqualification")
    }));
    for pair in ranked.windows(2) {
        let [(rank, first, of_first), (other, second, of_second)] = pair else { continue };
        if rank == other && first != second {
            let mark = |entry: &Entry| entry.mark.clone().unwrap_or_default();
            let marks = format!("{} and {}", mark(of_first), mark(of_second));
            let message = format!("rank {rank} is that of two with {marks}");
            let lower = if of_first.row > of_second.row { of_first } else { of_second };
            found.push(
                Diagnostic::new(&codes::M011, results.place(lower, "rank"), message)
                    .label("equal ranks have equal marks")
                    .help("if these are two heats, give each a `unit`"),
            );
        }
    }
    if let Some(entry) = out_of_order(&ranked) {
        let mark = entry.mark.as_deref().unwrap_or_default();
        let message = format!("`{mark}` does not fit its rank");
        found.push(
            Diagnostic::new(&codes::M012, results.place(entry, "mark"), message)
                .label("all other marks of the unit are in the order of the ranks"),
        );
    }
    found
}

/// Sports in which a fall, an ippon or a knock-out wins a match whatever the score.
const WON_BY_FALL: [&str; 5] = ["boxing", "judo", "karate", "taekwondo", "wrestling"];

/// Whether a match can have ended so.
fn of_match(results: &EventResults, unit: &Unit) -> Option<Diagnostic> {
    let sport = results.asset.path.split('/').nth(1).unwrap_or_default();
    let [a, b] = unit.entries.as_slice() else { return None };
    let report = |entry: &Entry, column: &str, message: String| {
        Some(Diagnostic::new(&codes::M013, results.place(entry, column), message))
    };
    let mark = |entry: &Entry| entry.mark.clone().unwrap_or_default();
    if let Some(both) = [a, b].into_iter().find(|entry| mark(entry).contains(['-', '\u{2013}'])) {
        let message = format!("`{}` is the score of both sides", mark(both));
        return report(both, "mark", message)
            .map(|problem| problem.label("each side has its own score in its own row"));
    }
    if a.outcome != b.outcome.map(Outcome::of_other) {
        let message = "the two sides of this match did not end it so".to_owned();
        return report(b, "win", message)
            .map(|problem| problem.label("one has won and one has lost, or both have drawn"));
    }
    let (winner, loser) = if a.outcome == Some(Outcome::Won) { (a, b) } else { (b, a) };
    let is_reversed = winner.outcome == Some(Outcome::Won) && winner.value < loser.value;
    let is_regular =
        winner.irregular.is_none() && loser.irregular.is_none() && !WON_BY_FALL.contains(&sport);
    if is_reversed && is_regular && winner.value.is_some() {
        let message = format!("the winner has {}, the loser {}", mark(winner), mark(loser));
        return report(winner, "mark", message);
    }
    None
}

/// The only mark that does not stand in the order in which all others stand, rising or falling. Where more do
/// not, ranks follow from something else than the marks.
fn out_of_order<'e>(ranked: &[Ranked<'e>]) -> Option<&'e Entry> {
    // Of three nobody can tell which is wrong.
    if ranked.len() < 4 {
        return None;
    }
    let steps = |is_wrong: fn(i64, i64) -> bool| -> Vec<usize> {
        let marks = ranked.windows(2).map(|pair| (pair[0].1, pair[1].1));
        let wrong = (1..).zip(marks).filter(|(_, (a, b))| is_wrong(*a, *b));
        wrong.map(|(i, _)| i).collect()
    };
    let (falls, rises) = (steps(|a, b| a > b), steps(|a, b| a < b));
    if falls.is_empty() || rises.is_empty() {
        return None;
    }
    let is_rising = falls.len() < rises.len();
    let [step] = (if is_rising { falls } else { rises })[..] else { return None };
    // Either the mark before the step is too far, or the one behind it.
    let fits_without = |without: usize| {
        let left = (0..ranked.len()).filter(|i| *i != without).map(|i| ranked[i].1);
        match is_rising {
            true => left.is_sorted(),
            false => left.is_sorted_by(|a, b| a >= b),
        }
    };
    let wrong = [step, step - 1].into_iter().find(|i| fits_without(*i))?;
    Some(ranked[wrong].2)
}
