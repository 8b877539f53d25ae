//! What is recorded, as the checks look it up: who has which medal of which event, and since when it is known.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt};
use jiff::Timestamp;

use super::words::Word;
use crate::assemble::Site;
use crate::games::medals::Medal;
use crate::parse::documents::Gender;

/// Words of titles that say nothing by themselves.
const COMMON: [&str; 12] = [
    "team",
    "mixed",
    "individual",
    "open",
    "single",
    "double",
    "eight",
    "pair",
    "four",
    "road",
    "cross",
    "park",
];

/// All events.
#[derive(Debug)]
pub struct ResultIndex {
    /// In the order of the site's.
    pub events: Vec<Entry>,
    /// Events by one of the words of their titles.
    by_key: HashMap<String, Vec<usize>>,
    /// Words that name events or sports.
    pub vocabulary: BTreeSet<String>,
}

/// An event.
#[derive(Debug)]
pub struct Entry {
    /// Gold, silver, bronze.
    pub podium: [Vec<Holding>; 3],
    /// When it was decided, if that is written down.
    pub decided: Option<Timestamp>,
    /// Words by which it is told from others: of its title.
    keys: BTreeSet<String>,
    /// These, those of its sport, and words that many have.
    all: BTreeSet<String>,
    gender: Option<Gender>,
}

/// A medal that somebody has, or had until then.
#[derive(Debug)]
pub struct Holding {
    /// IOC code.
    pub nation: String,
    pub athletes: Vec<usize>,
    /// When it was taken away.
    pub until: Option<Timestamp>,
    /// Where it is in the event's front matter.
    pub path: String,
}

impl ResultIndex {
    /// Reads a site's podiums.
    pub fn new(site: &Site) -> ResultIndex {
        let mut decided: Vec<Option<Timestamp>> = vec![None; site.events.len()];
        for award in &site.awards {
            let at = award.tenure.decided.map(|decided| decided.at);
            decided[award.event] = decided[award.event].max(at);
        }
        let entry = |(i, event): (usize, &crate::assemble::EventNode)| {
            let title = tokens(&super::words::sentences(&event.doc.title).concat());
            let sport = tokens(&super::words::sentences(&site.sports[event.sport].name).concat());
            let is_common = |token: &&String| {
                !matches!(token.as_str(), "team" | "mixed" | "individual" | "open")
            };
            Entry {
                podium: podium(site, i),
                decided: decided[i],
                keys: title.iter().filter(is_common).cloned().collect(),
                all: title.iter().chain(&sport).cloned().collect(),
                gender: event
                    .doc
                    .gender
                    .or_else(|| gender(&super::words::sentences(&event.doc.title).concat())),
            }
        };
        let events: Vec<Entry> = site.events.iter().enumerate().map(entry).collect();
        let is_common = |token: &&String| !COMMON.contains(&token.as_str());
        let vocabulary =
            events.iter().flat_map(|event| &event.all).filter(is_common).cloned().collect();
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, event) in events.iter().enumerate() {
            if let Some(key) = event.keys.first() {
                by_key.entry(key.clone()).or_default().push(i);
            }
        }
        ResultIndex { events, by_key, vocabulary }
    }

    /// Those of the events that words name best; nothing if they name none.
    pub fn named(&self, pool: &BTreeSet<usize>, words: &[Word]) -> BTreeSet<usize> {
        let said = tokens(words);
        let score = |event: &usize| self.events[*event].all.intersection(&said).count();
        let best = pool.iter().map(score).max().unwrap_or(0);
        if best == 0 {
            return BTreeSet::new();
        }
        let mut named: BTreeSet<usize> =
            pool.iter().copied().filter(|event| score(event) == best).collect();
        if let Some(gender) = gender(words) {
            let of_gender: BTreeSet<usize> = named
                .iter()
                .copied()
                .filter(|event| self.events[*event].gender.is_none_or(|own| own == gender))
                .collect();
            if !of_gender.is_empty() {
                named = of_gender;
            }
        }
        named
    }

    /// Whether words name one of these events by its title, and not by its sport alone.
    pub fn is_title(&self, events: &BTreeSet<usize>, words: &[Word]) -> bool {
        let said = tokens(words);
        events.iter().any(|event| {
            let entry = &self.events[*event];
            // "The men's tournament" has nothing but its sport.
            entry.keys.is_empty() || entry.keys.iter().any(|key| said.contains(key))
        })
    }

    /// Whether words name another event or sport, or are of the other gender.
    pub fn names_other(&self, events: &BTreeSet<usize>, words: &[Word]) -> bool {
        let said = tokens(words);
        let own =
            |token: &String| events.iter().any(|event| self.events[*event].all.contains(token));
        let other_gender = gender(words).is_some_and(|said| {
            let mut own = events.iter().filter_map(|event| self.events[*event].gender);
            own.clone().next().is_some() && own.all(|gender| gender != said)
        });
        other_gender || said.iter().any(|token| self.vocabulary.contains(token) && !own(token))
    }

    /// Events whose whole title stands in words, and is enough to tell them from others.
    pub fn spelt_out(&self, words: &[Word]) -> BTreeSet<usize> {
        let said = tokens(words);
        if said.is_empty() {
            return BTreeSet::new();
        }
        let wanted = gender(words);
        let is_named = |event: &Entry| {
            let with_sport = event.all.difference(&event.keys).any(|token| said.contains(token));
            let has_number =
                event.keys.iter().any(|key| key.starts_with(|c: char| c.is_ascii_digit()));
            !event.keys.is_empty()
                && event.keys.iter().all(|key| said.contains(key))
                && (with_sport || has_number || event.keys.len() > 1)
                && (wanted.is_none() || event.gender.is_none() || event.gender == wanted)
        };
        // All words of a title must be said, and so must the one that it is found by.
        let near = said.iter().filter_map(|token| self.by_key.get(token)).flatten();
        near.copied().filter(|event| is_named(&self.events[*event])).collect()
    }
}

/// The words that name events, with their numbers and units as one: "4 x 100 metres" is "4x100m".
pub fn tokens(words: &[Word]) -> BTreeSet<String> {
    let mut tokens = BTreeSet::new();
    let folds: Vec<&str> = words.iter().map(|word| word.fold.as_ref()).collect();
    let mut at = 0;
    while at < folds.len() {
        let word = folds[at];
        let next = folds.get(at + 1).copied().unwrap_or_default();
        at += 1;
        if !words[at - 1].is_word || is_empty(word) {
            continue;
        }
        // A person, and a nation: "his team-mate", "for Team China". Neither names the team event.
        let is_for = at >= 2 && folds[at - 2] == "for";
        let is_nation =
            is_for && word == "team" && words.get(at).is_some_and(|after| after.is_capital);
        if is_nation || matches!(word, "team-mate" | "team-mates" | "teammate" | "teammates") {
            continue;
        }
        let is_number = word.bytes().all(|b| b.is_ascii_digit());
        if is_number && next == "x" {
            let legs = folds.get(at + 1).copied().unwrap_or_default();
            let metres = legs.trim_end_matches('m');
            tokens.insert(format!("{word}x{metres}m"));
            at += 2;
        } else if is_number && matches!(next, "metres" | "meters" | "metre" | "meter" | "m") {
            tokens.insert(format!("{word}m"));
            at += 1;
        } else if is_number && matches!(next, "kg" | "kilos" | "kilograms" | "kilogram") {
            tokens.insert(format!("{word}kg"));
            at += 1;
        } else if is_number {
            // A score, a time.
        } else if word.starts_with(|c: char| c.is_ascii_digit()) {
            let metres = word.trim_end_matches("-metre").trim_end_matches("-meter");
            let unit = if metres.len() < word.len() { "m" } else { "" };
            let relay = metres.contains('x') && !metres.ends_with('m');
            tokens.insert(format!("{}{unit}{}", metres, if relay { "m" } else { "" }));
        } else {
            tokens.extend(
                word.split('-').filter(|part| word != "all-around" && part.len() > 2).map(singular),
            );
            if word == "all-around" {
                tokens.insert(word.to_owned());
            }
        }
    }
    tokens
}

fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(one) if one.len() > 3 && !one.ends_with('s') => one.to_owned(),
        _ => word.to_owned(),
    }
}

/// Words that say nothing about which event it is.
fn is_empty(word: &str) -> bool {
    matches!(
        word,
        "men"
            | "women"
            | "mens"
            | "womens"
            | "the"
            | "and"
            | "final"
            | "finals"
            | "tournament"
            | "event"
            | "gold"
            | "silver"
            | "bronze"
            | "medal"
            | "medals"
            | "medallist"
            | "medallists"
            | "for"
            | "with"
            | "his"
            | "her"
            | "won"
            | "who"
            | "from"
            | "after"
            | "class"
            | "competition"
            | "olympic"
            | "throw"
            | "games"
    )
}

fn gender(words: &[Word]) -> Option<Gender> {
    words.iter().find_map(|word| match word.fold.as_ref() {
        "women" | "womens" => Some(Gender::Women),
        "men" | "mens" => Some(Gender::Men),
        "mixed" => Some(Gender::Mixed),
        _ => None,
    })
}

fn podium(site: &Site, event: usize) -> [Vec<Holding>; 3] {
    let node = &site.events[event];
    Medal::ALL.map(|medal| {
        let places = site.medallists(node, medal);
        let mut holdings: Vec<Holding> = places
            .map(|award| Holding {
                nation: site.nations[award.nation].code.clone(),
                athletes: award.athletes.clone(),
                until: None,
                path: award.path.clone(),
            })
            .collect();
        for change in &node.doc.changes {
            let was = change.was[medal as usize].iter().flatten().enumerate();
            holdings.extend(was.map(|(i, winner)| {
                let nation = site.nation_code(&winner.nation).unwrap_or(&winner.nation).to_owned();
                let known = |name: &String| site.medallist(name, &nation, event);
                Holding {
                    athletes: winner.athletes.iter().filter_map(known).collect(),
                    until: Some(change.date.timestamp()),
                    path: format!("changes[{}].was.{}[{i}]", change.number, medal.word()),
                    nation,
                }
            }));
        }
        holdings
    })
}
