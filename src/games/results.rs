//! The course of an event, in the terms of the Olympic Data Feed (ODF): phases and their units, marks,
//! who won a match, tables of groups, and the tree of a knock-out.

use std::collections::{BTreeMap, BTreeSet};

/// A part of an event. What only a sport knows, such as the disciplines of a decathlon, has its own name.
#[derive(Clone, Debug, Hash, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Decides who starts where, or meets whom.
    Seeding,
    Preliminary,
    Qualification,
    Heats,
    /// A numbered round of heats, races or games.
    Round(u8),
    /// Those who lost get another chance.
    Repechage,
    /// Everybody meets everybody: "A".
    Group(String),
    Other(String),
    /// The last so many of a knock-out.
    RoundOf(u16),
    QuarterFinal,
    /// For the places behind the medals.
    Placing,
    SemiFinal,
    /// Matches for bronze alone.
    Bronze,
    Final,
    /// What several units come to: the points of a decathlon, the four rounds of golf.
    Overall,
}

/// No phase has more words.
const MOST_WORDS: usize = 4;

impl Phase {
    /// A phase by the words that people and results systems have for it.
    pub fn read(text: &str) -> Phase {
        let plain = plain(text);
        let words: Vec<&str> = plain.split(' ').collect();
        // Words that stand behind the name of a phase and add nothing.
        const BESIDE: [&str; 14] = [
            "round", "rounds", "phase", "match", "matches", "stage", "contest", "contests", "heat",
            "heats", "game", "games", "race", "series",
        ];
        let bare: Vec<&str> = words.iter().copied().filter(|word| !BESIDE.contains(word)).collect();
        let number = |word: &str| word.parse::<u16>().ok();
        let knock_out = |size: u16| match size {
            2 => Some(Phase::Final),
            4 => Some(Phase::SemiFinal),
            8 => Some(Phase::QuarterFinal),
            16 | 32 | 64 | 128 | 256 => Some(Phase::RoundOf(size)),
            _ => None,
        };
        let found = match (words.as_slice(), bare.as_slice()) {
            (_, ["final" | "finals" | "finale" | "fnl" | "f"]) => Some(Phase::Final),
            // The medal race of a series is a race like the others.
            (["gold", ..] | ["grand", "final"], _) => Some(Phase::Final),
            (["medal", "match" | "matches" | "round" | "final" | "game" | "games" | "bout"], _) => {
                Some(Phase::Final)
            }
            (["bronze", ..] | ["third", "place", ..] | ["3rd", "place", ..], _) => {
                Some(Phase::Bronze)
            }
            (
                _,
                ["semi", "final" | "finals"]
                | ["semifinal" | "semifinals" | "sfnl" | "semis" | "sf"],
            ) => Some(Phase::SemiFinal),
            (
                _,
                ["quarter", "final" | "finals"]
                | ["quarterfinal" | "quarterfinals" | "qfnl" | "quarters" | "qf"],
            ) => Some(Phase::QuarterFinal),
            (["round" | "table", "of", size] | ["last", size], _) => {
                number(size).and_then(knock_out)
            }
            // Half of those who are left: 1/8 final.
            (["1", half, ..], _) => number(half).and_then(|half| knock_out(half.saturating_mul(2))),
            (_, ["eighth", "final" | "finals"]) => Some(Phase::RoundOf(16)),
            (["heat" | "heats"], _) => Some(Phase::Heats),
            (["round", number], _) | (["heat" | "heats", "round", number], _) => {
                number.parse().ok().map(Phase::Round)
            }
            (["first", "round"], _) => Some(Phase::Round(1)),
            (["second", "round"], _) => Some(Phase::Round(2)),
            (["third", "round"], _) => Some(Phase::Round(3)),
            (["fourth", "round"], _) => Some(Phase::Round(4)),
            (["group" | "pool" | "poule", letter], _) => Some(Phase::Group(letter.to_uppercase())),
            (
                _,
                [
                    "qualification" | "qualifications" | "qualifying" | "qualifier" | "qualifiers"
                    | "qual",
                ],
            ) => Some(Phase::Qualification),
            (_, ["preliminary" | "preliminaries" | "prelims" | "prel"]) => Some(Phase::Preliminary),
            (_, ["repechage" | "repechages" | "rep"]) => Some(Phase::Repechage),
            (_, ["ranking" | "seeding" | "placement"]) => Some(Phase::Seeding),
            (_, ["classification" | "placing" | "consolation"]) => Some(Phase::Placing),
            (["overall" | "standing" | "standings" | "total"], _)
            | (["final", "results" | "standings" | "ranking" | "classification"], _)
            | (["overall", "standings" | "results"], _) => Some(Phase::Overall),
            _ => None,
        };
        found.unwrap_or_else(|| Phase::Other(text.trim().to_owned()))
    }

    /// The phase that the name of a session or a unit tells: the one that it ends with, before any number, or else the
    /// one that it begins with. "Men -60 kg Quarterfinals", "100 m, heat 3", "Semifinal of Table A", "Contest for bronze
    /// medal B". Nothing if it has none that all sports have.
    pub fn in_name(name: &str) -> Option<Phase> {
        let plain = plain(name);
        for (medal, phase) in [("bronze medal", Phase::Bronze), ("gold medal", Phase::Final)] {
            if plain.contains(medal) {
                return Some(phase);
            }
        }
        let is_number = |c: char| c.is_ascii_digit() || c == ' ';
        let known =
            |text: &str| Some(Phase::read(text)).filter(|phase| !matches!(phase, Phase::Other(_)));
        // A number may be a part of the phase, as in "round 2", or count what stands before it.
        for text in [plain.as_str(), plain.trim_end_matches(is_number)] {
            let starts = text.match_indices(' ').map(|(at, _)| at + 1);
            let suffixes = std::iter::once(0).chain(starts).map(|at| &text[at..]);
            let mut few = suffixes.filter(|suffix| suffix.split(' ').count() <= MOST_WORDS);
            if let Some(phase) = few.find_map(known) {
                return Some(phase);
            }
        }
        let ends = plain.match_indices(' ').map(|(at, _)| at).take(MOST_WORDS);
        let prefixes: Vec<&str> = ends.map(|at| &plain[..at]).collect();
        prefixes.into_iter().rev().find_map(known)
    }

    /// A phase, and the name of the unit where the words for the phase have it: "Heat 1" is one of the heats, "Big
    /// final" one of the finals.
    pub fn with_unit(written: &str) -> (Phase, Option<String>) {
        let phase = Phase::read(written);
        match (&phase, Phase::in_name(written)) {
            (Phase::Other(_), Some(known)) => (known, Some(written.trim().to_owned())),
            _ => (phase, None),
        }
    }

    /// The phase that a unit's code names: its characters 23 to 26 (ODF Common Codes). Nothing if the
    /// code is of another kind, or the phase is one of a sport's own.
    pub fn of_code(code: &str) -> Option<Phase> {
        let phase = code.get(22..26).filter(|_| code.len() == 34)?;
        if code[22..].bytes().all(|byte| byte == b'-') || phase == "----" {
            return Some(Phase::Overall);
        }
        let digits = |text: &str| text.trim_end_matches('-').parse::<u16>().ok();
        Some(match phase.as_bytes() {
            b"FNL-" if code[26..].bytes().all(|byte| byte == b'-') => Phase::Overall,
            b"FNL-" => Phase::Final,
            b"SFNL" => Phase::SemiFinal,
            b"QFNL" => Phase::QuarterFinal,
            b"8FNL" => Phase::RoundOf(16),
            b"HEAT" => Phase::Heats,
            b"QUAL" => Phase::Qualification,
            b"PREL" => Phase::Preliminary,
            b"RANK" => Phase::Seeding,
            b"REPF" => Phase::Bronze,
            b"REP-" | b"REP1" | b"REP2" | b"REP3" => Phase::Repechage,
            b"SF5-" | b"CLAS" => Phase::Placing,
            [b'G', b'P', letter, b'-'] if letter.is_ascii_uppercase() => {
                Phase::Group(char::from(*letter).to_string())
            }
            [b'R', b'N', b'D', _] => Phase::Round(digits(&phase[3..])?.try_into().ok()?),
            [b'R', _, _, _] => match digits(&phase[1..])? {
                size @ (16 | 32 | 64 | 128 | 256) => Phase::RoundOf(size),
                _ => return None,
            },
            _ => return None,
        })
    }

    /// As it stands in a spreadsheet.
    pub fn written(&self) -> String {
        match self {
            Phase::Seeding => "ranking round".to_owned(),
            Phase::Preliminary => "preliminaries".to_owned(),
            Phase::Qualification => "qualification".to_owned(),
            Phase::Heats => "heats".to_owned(),
            Phase::Round(number) => format!("round {number}"),
            Phase::Repechage => "repechage".to_owned(),
            Phase::Group(letter) => format!("group {letter}"),
            Phase::RoundOf(size) => format!("round of {size}"),
            Phase::QuarterFinal => "quarter-finals".to_owned(),
            Phase::Placing => "classification".to_owned(),
            Phase::SemiFinal => "semi-finals".to_owned(),
            Phase::Bronze => "bronze".to_owned(),
            Phase::Final => "final".to_owned(),
            Phase::Overall => "overall".to_owned(),
            Phase::Other(name) => name.clone(),
        }
    }

    /// Its key among a theme's words, and what the word has a place for. Nothing of one that has a name of
    /// its own.
    pub fn word(&self) -> Option<(&'static str, String)> {
        let of = |word, number: &dyn ToString| Some((word, number.to_string()));
        match self {
            Phase::Seeding => of("seeding", &""),
            Phase::Preliminary => of("preliminary", &""),
            Phase::Qualification => of("qualification", &""),
            Phase::Heats => of("heats", &""),
            Phase::Round(number) => of("round", number),
            Phase::Repechage => of("repechage", &""),
            Phase::Group(letter) => of("group", letter),
            Phase::RoundOf(size) => of("round_of", size),
            Phase::QuarterFinal => of("quarter_final", &""),
            Phase::Placing => of("placing", &""),
            Phase::SemiFinal => of("semi_final", &""),
            Phase::Bronze => of("bronze", &""),
            Phase::Final => of("final", &""),
            Phase::Overall => of("overall", &""),
            Phase::Other(_) => None,
        }
    }

    /// Where it stands among others of which nobody knows when they begin: a number for each step of an
    /// event.
    pub fn step(&self) -> u16 {
        match self {
            Phase::Seeding => 0,
            Phase::Preliminary => 1,
            Phase::Qualification => 2,
            Phase::Heats => 3,
            Phase::Round(number) => 4 + u16::from(*number),
            Phase::Group(_) => 300,
            // As the sheet has them.
            Phase::Other(_) => 301,
            Phase::RoundOf(size) => 1000_u16.saturating_sub(*size),
            Phase::Repechage => 1001,
            Phase::QuarterFinal => 1002,
            Phase::Placing => 1003,
            Phase::SemiFinal => 1004,
            Phase::Bronze => 1005,
            Phase::Final => 1006,
            Phase::Overall => 1007,
        }
    }

    /// Which round of a knock-out it is: 1 is the final, 2 the semi-finals. Nothing if it is none.
    pub fn round_of_knock_out(&self) -> Option<u32> {
        match self {
            Phase::Final => Some(1),
            Phase::SemiFinal => Some(2),
            Phase::QuarterFinal => Some(3),
            Phase::RoundOf(size) if size.is_power_of_two() && *size > 8 => {
                Some(size.trailing_zeros())
            }
            _ => None,
        }
    }
}

/// Small letters and digits with single spaces between them: "1/8 Final" is "1 8 final".
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'é' | 'ê' | 'É' => plain.push('e'),
            c if c.is_alphanumeric() => plain.extend(c.to_lowercase()),
            _ if plain.is_empty() || plain.ends_with(' ') => {}
            _ => plain.push(' '),
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// How a unit is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitType {
    /// By rank: a heat, a race, a final of all.
    Ranked,
    /// Two sides, of which one wins.
    HeadToHead,
    /// By what other units come to.
    Overall,
}

impl UnitType {
    pub fn word(self) -> &'static str {
        match self {
            UnitType::Ranked => "ranked",
            UnitType::HeadToHead => "head-to-head",
            UnitType::Overall => "overall",
        }
    }
}

/// What kind of number a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkType {
    Time,
    Distance,
    Height,
    Weight,
    Points,
    /// Of golf.
    Strokes,
    Percent,
    /// Goals, or the points of a match.
    Score,
    /// Sets, games or frames that were won.
    Sets,
    /// A number of places or of penalties: sailing, eventing.
    Placing,
}

impl MarkType {
    pub const ALL: [MarkType; 10] = [
        MarkType::Time,
        MarkType::Distance,
        MarkType::Height,
        MarkType::Weight,
        MarkType::Points,
        MarkType::Strokes,
        MarkType::Percent,
        MarkType::Score,
        MarkType::Sets,
        MarkType::Placing,
    ];

    pub fn word(self) -> &'static str {
        match self {
            MarkType::Time => "time",
            MarkType::Distance => "distance",
            MarkType::Height => "height",
            MarkType::Weight => "weight",
            MarkType::Points => "points",
            MarkType::Strokes => "strokes",
            MarkType::Percent => "percent",
            MarkType::Score => "score",
            MarkType::Sets => "sets",
            MarkType::Placing => "placing",
        }
    }

    /// Whether the smaller of two is the better one.
    pub fn is_less_better(self) -> bool {
        match self {
            MarkType::Time | MarkType::Strokes | MarkType::Placing => true,
            MarkType::Distance
            | MarkType::Height
            | MarkType::Weight
            | MarkType::Points
            | MarkType::Percent
            | MarkType::Score
            | MarkType::Sets => false,
        }
    }

    /// The kind of the score of a match in a sport, by its slug: the sports that are decided by sets, and all
    /// others.
    pub fn of_match(sport: &str) -> MarkType {
        match sport {
            "archery" | "badminton" | "beach-volleyball" | "table-tennis" | "tennis"
            | "volleyball" => MarkType::Sets,
            _ => MarkType::Score,
        }
    }

    /// The kind that a printed mark is of, as far as its form and what it was made in tell: the slug of the
    /// sport, and the words of the event and the unit.
    pub fn guess(mark: &str, sport: &str, words: &str) -> MarkType {
        let ends = |ending: &str| mark.trim_end().to_lowercase().ends_with(ending);
        if mark.contains(':') {
            return MarkType::Time;
        }
        if ends("%") {
            return MarkType::Percent;
        }
        if ends("kg") {
            return MarkType::Weight;
        }
        let words = words.to_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
        match sport {
            "golf" => MarkType::Strokes,
            "weightlifting" => MarkType::Weight,
            "sailing" => MarkType::Placing,
            "equestrian" if has(&["dressage", "grand prix"]) => MarkType::Percent,
            "equestrian" => MarkType::Placing,
            "athletics" if has(&["high jump", "pole vault"]) => MarkType::Height,
            "athletics"
                if has(&["jump", "shot", "put", "discus", "hammer", "javelin", "throw"]) =>
            {
                MarkType::Distance
            }
            "athletics" if has(&["decathlon", "heptathlon"]) => MarkType::Points,
            "athletics"
            | "swimming"
            | "marathon-swimming"
            | "rowing"
            | "canoe-sprint"
            | "canoe-slalom"
            | "cycling-road"
            | "cycling-mountain-bike"
            | "cycling-bmx-racing"
            | "triathlon"
            | "alpine-skiing"
            | "biathlon"
            | "bobsleigh"
            | "cross-country-skiing"
            | "luge"
            | "skeleton"
            | "speed-skating"
            | "short-track-speed-skating"
            | "ski-mountaineering" => MarkType::Time,
            "cycling-track" if !has(&["omnium", "madison", "points", "tempo"]) => MarkType::Time,
            _ if ends(" m") => MarkType::Distance,
            _ => MarkType::Points,
        }
    }
}

/// A printed mark as a number of millionths: of seconds, metres, kilograms, points. Nothing if it is none
/// that can be compared.
pub fn value_of(mark: &str) -> Option<i64> {
    const UNITS: [&str; 8] = ["kg", "pts", "pt", "m", "%", "s", "min", "h"];
    const MILLION: i64 = 1_000_000;
    let mut text = mark.trim();
    if let Some(unit) = UNITS.iter().find_map(|unit| text.strip_suffix(unit)) {
        text = unit.trim_end();
    }
    let (text, sign) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (rest, -1),
        None => (text.strip_prefix('+').unwrap_or(text), 1),
    };
    let mut parts = text.rsplit(':');
    let (whole, part) = match parts.next()?.split_once('.') {
        Some((whole, part)) => (whole, part),
        None => (text.rsplit(':').next()?, ""),
    };
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_written = !(whole.is_empty() && part.is_empty());
    if !is_written || !is_number(whole) || !is_number(part) || whole.len() > 9 || part.len() > 6 {
        return None;
    }
    let number = |text: &str| if text.is_empty() { Some(0) } else { text.parse::<i64>().ok() };
    let mut value = number(whole)? * MILLION + number(&format!("{part:0<6}"))?;
    // Minutes, then hours.
    let mut unit = 60 * MILLION;
    for part in parts {
        if part.is_empty() || !is_number(part) || part.len() > 4 || unit > 3600 * MILLION {
            return None;
        }
        value = value.checked_add(number(part)?.checked_mul(unit)?)?;
        unit *= 60;
    }
    Some(sign * value)
}

/// How a match ended for one of its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Won,
    Lost,
    Drawn,
}

impl Outcome {
    /// W, L, T or D, and their words.
    pub fn read(text: &str) -> Option<Outcome> {
        Some(match text.to_lowercase().as_str() {
            "w" | "win" | "won" | "yes" | "x" | "1" => Outcome::Won,
            "l" | "loss" | "lost" | "no" | "0" => Outcome::Lost,
            "t" | "tie" | "tied" | "d" | "draw" | "drawn" => Outcome::Drawn,
            _ => return None,
        })
    }

    /// How it ended for the other side.
    pub fn of_other(self) -> Outcome {
        match self {
            Outcome::Won => Outcome::Lost,
            Outcome::Lost => Outcome::Won,
            Outcome::Drawn => Outcome::Drawn,
        }
    }

    /// As results systems print it.
    pub fn letter(self) -> &'static str {
        match self {
            Outcome::Won => "W",
            Outcome::Lost => "L",
            Outcome::Drawn => "T",
        }
    }
}

/// A match of two; `S` says who a side is. Of one that is to come, or is a bye, less is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match<S> {
    pub sides: [Option<S>; 2],
    pub outcomes: [Option<Outcome>; 2],
    /// Goals, points or sets, in millionths as [`value_of`] has them.
    pub scores: [Option<i64>; 2],
}

impl<S> Match<S> {
    /// Who won.
    pub fn winner(&self) -> Option<&S> {
        let at = self.outcomes.iter().position(|outcome| *outcome == Some(Outcome::Won))?;
        self.sides[at].as_ref()
    }
}

/// What somebody has in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing<S> {
    pub side: S,
    pub played: u32,
    pub won: u32,
    pub drawn: u32,
    pub lost: u32,
    /// Goals, points or sets, in millionths.
    pub scored: i64,
    pub conceded: i64,
}

/// The table of a group, in the order of victories, then draws, then what was scored against what was conceded.
/// Federations have rules of their own for who is ahead; where they matter the ranks are recorded.
pub fn standings<S: Clone + Ord>(matches: &[Match<S>]) -> Vec<Standing<S>> {
    let mut found: BTreeMap<&S, Standing<S>> = BTreeMap::new();
    for of_group in matches {
        for (i, side) in of_group.sides.iter().enumerate() {
            let Some(side) = side else { continue };
            let standing = found.entry(side).or_insert_with(|| Standing {
                side: side.clone(),
                played: 0,
                won: 0,
                drawn: 0,
                lost: 0,
                scored: 0,
                conceded: 0,
            });
            let Some(outcome) = of_group.outcomes[i] else { continue };
            standing.played += 1;
            match outcome {
                Outcome::Won => standing.won += 1,
                Outcome::Drawn => standing.drawn += 1,
                Outcome::Lost => standing.lost += 1,
            }
            let add = |sum: i64, score: Option<i64>| sum.saturating_add(score.unwrap_or_default());
            standing.scored = add(standing.scored, of_group.scores[i]);
            standing.conceded = add(standing.conceded, of_group.scores[1 - i]);
        }
    }
    let mut standings: Vec<Standing<S>> = found.into_values().collect();
    standings.sort_by(|a, b| {
        let key = |s: &Standing<S>| (s.won, s.drawn, s.scored.saturating_sub(s.conceded), s.scored);
        key(b).cmp(&key(a)).then_with(|| a.side.cmp(&b.side))
    });
    standings
}

/// The tree of a knock-out. `rounds` has the matches of each round, first to last. Returns, for each round, its
/// matches by their numbers, so that those who won two neighbours meet in the round behind them; nothing stands
/// where somebody needed to win no match. A match that leads nowhere stands behind the others of its round.
pub fn bracket<S: Ord>(rounds: &[Vec<Match<S>>]) -> Vec<Vec<Option<usize>>> {
    let mut columns: Vec<Vec<Option<usize>>> = Vec::new();
    for (round, matches) in rounds.iter().enumerate().rev() {
        let all = (0..matches.len()).map(Some);
        let Some(next) = columns.last() else {
            columns.push(all.collect());
            continue;
        };
        let mut leads = leads(matches);
        let sides = next.iter().flat_map(|slot| {
            let sides = slot.map(|i| &rounds[round + 1][i].sides);
            [0, 1].map(|side| sides.and_then(|sides| sides[side].as_ref()))
        });
        let mut column: Vec<Option<usize>> =
            sides.map(|who| leads.get_mut(who?).and_then(Vec::pop)).collect();
        let taken: BTreeSet<usize> = column.iter().flatten().copied().collect();
        if taken.is_empty() {
            // Nothing is known of the next round yet.
            column.clear();
        }
        column.extend(all.filter(|i| i.is_none_or(|i| !taken.contains(&i))));
        columns.push(column);
    }
    columns.reverse();
    columns
}

/// To whom the matches of a round lead: to those who won them.
fn leads<S: Ord>(matches: &[Match<S>]) -> BTreeMap<&S, Vec<usize>> {
    let mut leads: BTreeMap<&S, Vec<usize>> = BTreeMap::new();
    for (i, of_round) in matches.iter().enumerate().rev() {
        if let Some(winner) = of_round.winner() {
            leads.entry(winner).or_default().push(i);
        }
    }
    leads
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn phases_are_read_in_the_words_of_people_and_of_results_systems() {
        for (text, phase) in [
            ("Final", Phase::Final),
            ("Gold Medal Match", Phase::Final),
            ("Bronze Medal Match", Phase::Bronze),
            ("semi-finals", Phase::SemiFinal),
            ("Semifinal", Phase::SemiFinal),
            ("Quarter-final", Phase::QuarterFinal),
            ("1/8 Final", Phase::RoundOf(16)),
            ("1/16 elimination round", Phase::RoundOf(32)),
            ("Round of 16", Phase::RoundOf(16)),
            ("round of 8", Phase::QuarterFinal),
            ("Heats", Phase::Heats),
            ("Round 2", Phase::Round(2)),
            ("First round", Phase::Round(1)),
            ("Group a", Phase::Group("A".into())),
            ("Pool C", Phase::Group("C".into())),
            ("Repechage round", Phase::Repechage),
            ("Repêchage", Phase::Repechage),
            ("Qualification", Phase::Qualification),
            ("overall", Phase::Overall),
            ("Final results", Phase::Overall),
            ("Ranking round", Phase::Seeding),
            ("Long jump", Phase::Other("Long jump".into())),
            ("round of 3", Phase::Other("round of 3".into())),
            ("Medal race", Phase::Other("Medal race".into())),
            ("QF", Phase::QuarterFinal),
            ("", Phase::Other("".into())),
        ] {
            assert_eq!(Phase::read(text), phase, "{text}");
            assert_eq!(Phase::read(&phase.written()), phase, "{text}");
        }
    }

    #[test]
    fn a_session_is_of_the_phase_that_its_name_tells() {
        for (text, phase) in [
            ("Men -60 kg Quarterfinals", Some(Phase::QuarterFinal)),
            ("Men's Group B", Some(Phase::Group("B".into()))),
            ("Women's Épée Individual Table of 16", Some(Phase::RoundOf(16))),
            ("Men's 100m - Semi-Final 2", Some(Phase::SemiFinal)),
            ("Round 2", Some(Phase::Round(2))),
            ("Women's Pole Vault Final", Some(Phase::Final)),
            ("Gold medal match", Some(Phase::Final)),
            ("Semifinal of Table A", Some(Phase::SemiFinal)),
            ("Contest for Bronze Medal B", Some(Phase::Bronze)),
            ("Gold Medal Battle", Some(Phase::Final)),
            ("Opening ceremony", None),
            ("", None),
        ] {
            assert_eq!(Phase::in_name(text), phase, "{text}");
        }
    }

    #[test]
    fn phases_are_read_from_codes() {
        let of = |phase: &str| Phase::of_code(&format!("{:-<22}{phase:-<12}", "ATHM100M"));
        assert_eq!(of("FNL-000100"), Some(Phase::Final));
        assert_eq!(of("FNL"), Some(Phase::Overall));
        assert_eq!(of(""), Some(Phase::Overall));
        assert_eq!(of("RND1000200"), Some(Phase::Round(1)));
        assert_eq!(of("GPB-000200"), Some(Phase::Group("B".into())));
        assert_eq!(of("GPFR000100"), None);
        assert_eq!(of("R64-000100"), Some(Phase::RoundOf(64)));
        assert_eq!(of("100-000100"), None);
        assert_eq!(Phase::of_code("ATHM100M"), None);
    }

    #[test]
    fn marks_are_numbers_as_far_as_they_are_any() {
        for (mark, value) in [
            ("9.79", 9_790_000),
            ("1:43.21", 103_210_000),
            ("2:06:26", 7_586_000_000),
            ("92.97 m", 92_970_000),
            ("15.300", 15_300_000),
            ("+0.12", 120_000),
            ("-5", -5_000_000),
            ("82.065%", 82_065_000),
            ("265", 265_000_000),
        ] {
            assert_eq!(value_of(mark), Some(value), "{mark}");
        }
        for mark in ["", ".", "DNF", "4-2", "6 7", ":30", "1::2", "1e5", "4-Feb"] {
            assert_eq!(value_of(mark), None, "{mark}");
        }
    }

    fn fought(a: u8, b: u8, scores: (i64, i64)) -> Match<u8> {
        let outcome = |own: i64, other: i64| match own.cmp(&other) {
            std::cmp::Ordering::Greater => Outcome::Won,
            std::cmp::Ordering::Less => Outcome::Lost,
            std::cmp::Ordering::Equal => Outcome::Drawn,
        };
        Match {
            sides: [Some(a), Some(b)],
            outcomes: [Some(outcome(scores.0, scores.1)), Some(outcome(scores.1, scores.0))],
            scores: [Some(scores.0), Some(scores.1)],
        }
    }

    #[test]
    fn a_bracket_has_the_matches_that_lead_to_a_match_before_it() {
        let semi_finals = vec![fought(1, 2, (0, 1)), fought(3, 4, (2, 0))];
        let last = vec![fought(3, 2, (1, 0))];
        assert_eq!(bracket(&[semi_finals.clone(), last]), [vec![Some(1), Some(0)], vec![Some(0)]]);
        // Nobody knows who is in the final yet.
        let open = Match { sides: [None, None], outcomes: [None; 2], scores: [None; 2] };
        assert_eq!(bracket(&[semi_finals, vec![open]]), [vec![Some(0), Some(1)], vec![Some(0)]]);
        // Who needed to win no match.
        let first = vec![fought(1, 2, (0, 1))];
        let second = vec![fought(5, 2, (1, 0))];
        assert_eq!(bracket(&[first, second]), [vec![None, Some(0)], vec![Some(0)]]);
    }

    proptest! {
        #[test]
        fn any_bracket_has_each_match_once_and_those_before_it_are_of_its_sides(
            size in 1u32..6,
            orders in prop::collection::vec(any::<u64>(), 6),
            winners in prop::collection::vec(any::<bool>(), 64),
        ) {
            let mut sides: Vec<u8> = (0..1 << size).collect();
            let mut rounds = Vec::new();
            let mut winners = winners.into_iter();
            for order in orders.iter().take(size as usize) {
                let pairs = sides.chunks(2);
                let scores = pairs.map(|pair| {
                    let is_first = winners.next().unwrap();
                    fought(pair[0], pair[1], if is_first { (1, 0) } else { (0, 1) })
                });
                let matches: Vec<Match<u8>> = scores.collect();
                sides = matches.iter().map(|of_round| *of_round.winner().unwrap()).collect();
                let mut shuffled = matches;
                let by = shuffled.len();
                shuffled.rotate_left((*order as usize) % by);
                rounds.push(shuffled);
            }
            let columns = bracket(&rounds);
            for (round, column) in columns.iter().enumerate() {
                let mut all: Vec<usize> = column.iter().flatten().copied().collect();
                all.sort_unstable();
                prop_assert_eq!(all, (0..rounds[round].len()).collect::<Vec<_>>());
                let Some(next) = columns.get(round + 1) else { continue };
                for (slot, lead) in column.iter().enumerate() {
                    let to = &rounds[round + 1][next[slot / 2].unwrap()];
                    let from = &rounds[round][lead.unwrap()];
                    prop_assert_eq!(to.sides[slot % 2].as_ref(), from.winner());
                }
            }
        }

        #[test]
        fn a_table_of_any_group_has_two_entries_a_match(
            matches in prop::collection::vec((0u8..6, 6u8..9, 0i64..4, 0i64..4), 0..30),
        ) {
            let matches: Vec<Match<u8>> =
                matches.into_iter().map(|(a, b, x, y)| fought(a, b, (x, y))).collect();
            let table = standings(&matches);
            let sum = |of: fn(&Standing<u8>) -> i64| table.iter().map(of).sum::<i64>();
            prop_assert_eq!(sum(|line| line.played.into()), 2 * matches.len() as i64);
            prop_assert_eq!(sum(|line| line.won.into()), sum(|line| line.lost.into()));
            prop_assert_eq!(sum(|line| line.scored), sum(|line| line.conceded));
            for line in &table {
                prop_assert_eq!(line.played, line.won + line.drawn + line.lost);
            }
            // The order of the matches says nothing.
            let mut turned = matches;
            turned.reverse();
            prop_assert_eq!(standings(&turned), table);
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}|[0-9:.+ -]{0,20}") {
            let phase = Phase::read(&text);
            let _ = (phase.step(), phase.word(), phase.round_of_knock_out(), value_of(&text));
            let _ = (Phase::in_name(&text), Phase::of_code(&text), MarkType::guess(&text, "athletics", &text));
        }
    }
}
