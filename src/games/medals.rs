//! The medal table. It is computed, never typed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

/// The colour of a medal.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medal {
    /// First.
    Gold,
    /// Second.
    Silver,
    /// Third.
    Bronze,
}

impl Medal {
    /// All three, first to third.
    pub const ALL: [Medal; 3] = [Medal::Gold, Medal::Silver, Medal::Bronze];

    /// The word of the front matter.
    pub fn word(self) -> &'static str {
        match self {
            Medal::Gold => "gold",
            Medal::Silver => "silver",
            Medal::Bronze => "bronze",
        }
    }
}

/// Since when and until when a nation has a medal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tenure {
    /// When it was decided; nothing if nobody wrote it down.
    pub decided: Option<Decided>,
    /// From when on the nation has it, if not from the first: it was reallocated.
    pub since: Option<Turn>,
    /// From when on the nation no longer has it.
    pub until: Option<Turn>,
}

/// When a medal was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The day that it belongs to, where the Games are.
    pub day: Date,
    /// When it was known to all: the end of the session, or of the day.
    pub at: Timestamp,
}

/// When a medal changed hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn {
    /// The day, where the Games are.
    pub day: Date,
    /// The moment.
    pub at: Timestamp,
}

/// Which of the medals count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// All, as they stand now.
    Now,
    /// Those of that day's evening and before, as they stood then.
    Evening(Date),
    /// Those that were known at that moment, as they stood then.
    Moment(Timestamp),
}

impl Tenure {
    /// Whether the medal counts. One of which nobody knows when it was decided counts only now.
    pub fn counts(&self, when: When) -> bool {
        let before = |turn: &Turn| match when {
            When::Now => true,
            When::Evening(day) => turn.day <= day,
            When::Moment(at) => turn.at <= at,
        };
        let is_decided = match (when, &self.decided) {
            (When::Now, _) => true,
            (_, None) => false,
            (When::Evening(day), Some(decided)) => decided.day <= day,
            (When::Moment(at), Some(decided)) => decided.at <= at,
        };
        is_decided
            && self.since.as_ref().is_none_or(before)
            && !self.until.as_ref().is_some_and(before)
    }
}

/// The medals of each nation, or of whatever else they are counted for.
pub fn count<'a, K: Ord>(
    medals: impl IntoIterator<Item = (K, Medal, &'a Tenure)>,
    when: When,
) -> BTreeMap<K, Tally> {
    let mut tallies: BTreeMap<K, Tally> = BTreeMap::new();
    for (nation, medal, tenure) in medals {
        if tenure.counts(when) {
            tallies.entry(nation).or_default().add(medal);
        }
    }
    tallies
}

/// The days on which medals were decided or changed hands, in order.
pub fn days<'a>(medals: impl IntoIterator<Item = &'a Tenure>) -> Vec<Date> {
    let days = medals.into_iter().flat_map(|tenure| {
        let decided = tenure.decided.map(|decided| decided.day);
        [decided, tenure.since.map(|turn| turn.day), tenure.until.map(|turn| turn.day)]
    });
    days.flatten().collect::<BTreeSet<Date>>().into_iter().collect()
}

/// How many medals of each colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tally {
    /// First places.
    pub gold: u32,
    /// Second places.
    pub silver: u32,
    /// Third places.
    pub bronze: u32,
}

impl Tally {
    /// Counts one more.
    pub fn add(&mut self, medal: Medal) {
        match medal {
            Medal::Gold => self.gold += 1,
            Medal::Silver => self.silver += 1,
            Medal::Bronze => self.bronze += 1,
        }
    }

    /// All colours together.
    pub fn total(self) -> u32 {
        self.gold + self.silver + self.bronze
    }
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Place by gold, then silver, then bronze; nations with equal medals share it and the next is
    /// skipped.
    pub rank: usize,
    /// Place by the number of medals of any colour; nations with equal numbers share it.
    pub rank_by_total: usize,
    /// IOC code.
    pub code: String,
    /// Its medals.
    pub tally: Tally,
}

/// The table of nations that have a medal, by gold, silver, bronze, then code.
pub fn table<K: AsRef<str>>(tallies: &BTreeMap<K, Tally>) -> Vec<Row> {
    let mut rows: Vec<Row> = tallies
        .iter()
        .filter(|(_, tally)| tally.total() > 0)
        .map(|(code, tally)| Row {
            rank: 0,
            rank_by_total: 0,
            code: code.as_ref().to_owned(),
            tally: *tally,
        })
        .collect();
    sort_by_total(&mut rows);
    for i in 0..rows.len() {
        rows[i].rank_by_total = match i.checked_sub(1) {
            Some(before) if rows[before].tally.total() == rows[i].tally.total() => {
                rows[before].rank_by_total
            }
            _ => i + 1,
        };
    }
    rows.sort_by(|a, b| b.tally.cmp(&a.tally).then_with(|| a.code.cmp(&b.code)));
    for i in 0..rows.len() {
        rows[i].rank = match i.checked_sub(1) {
            Some(before) if rows[before].tally == rows[i].tally => rows[before].rank,
            _ => i + 1,
        };
    }
    rows
}

/// Puts the table in the order of all medals; equal nations stand by gold, silver, bronze, code.
pub fn sort_by_total(rows: &mut [Row]) {
    rows.sort_by(|a, b| {
        (b.tally.total(), b.tally)
            .cmp(&(a.tally.total(), a.tally))
            .then_with(|| a.code.cmp(&b.code))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranks(medals: &[(&str, u32, u32, u32)]) -> Vec<(usize, String)> {
        let tallies = medals
            .iter()
            .map(|(code, gold, silver, bronze)| {
                let tally = Tally { gold: *gold, silver: *silver, bronze: *bronze };
                ((*code).to_owned(), tally)
            })
            .collect();
        table(&tallies).into_iter().map(|row| (row.rank, row.code)).collect()
    }

    #[test]
    fn one_gold_beats_any_number_of_silvers() {
        assert_eq!(
            ranks(&[("AAA", 0, 9, 9), ("BBB", 1, 0, 0)]),
            [(1, "BBB".into()), (2, "AAA".into())]
        );
    }

    #[test]
    fn equal_nations_share_a_rank_and_the_next_is_skipped() {
        assert_eq!(
            ranks(&[("CCC", 1, 0, 0), ("BBB", 2, 0, 1), ("AAA", 2, 0, 1)]),
            [(1, "AAA".into()), (1, "BBB".into()), (3, "CCC".into())]
        );
    }

    #[test]
    fn who_won_nothing_is_not_in_the_table() {
        assert_eq!(ranks(&[("AAA", 0, 0, 0)]), []);
    }

    type Award = (String, Medal, Tenure);

    fn award(nation: &str, medal: Medal, day: &str, since: &str, until: &str) -> Award {
        let turn = |day: &str| {
            let day: Date = day.parse().ok()?;
            let at = day.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
            Some(Turn { day, at })
        };
        let decided = turn(day).map(|turn| Decided { day: turn.day, at: turn.at });
        (nation.into(), medal, Tenure { decided, since: turn(since), until: turn(until) })
    }

    fn counted(awards: &[Award], when: When) -> BTreeMap<String, Tally> {
        count(awards.iter().map(|(nation, medal, tenure)| (nation.clone(), *medal, tenure)), when)
    }

    fn days_of(awards: &[Award]) -> Vec<Date> {
        days(awards.iter().map(|(_, _, tenure)| tenure))
    }

    #[test]
    fn a_reallocated_medal_counts_for_whoever_had_it_on_that_evening() {
        let awards = [
            award("USA", Medal::Bronze, "2024-08-05", "", "2024-08-11"),
            award("ROU", Medal::Bronze, "2024-08-05", "2024-08-11", ""),
        ];
        let nations = |day: &str| -> Vec<String> {
            counted(&awards, When::Evening(day.parse().unwrap())).into_keys().collect()
        };
        assert!(nations("2024-08-04").is_empty());
        assert_eq!(nations("2024-08-05"), ["USA"]);
        assert_eq!(nations("2024-08-10"), ["USA"]);
        assert_eq!(nations("2024-08-11"), ["ROU"]);
        assert_eq!(counted(&awards, When::Now).into_keys().collect::<Vec<_>>(), ["ROU"]);
    }

    #[test]
    fn a_medal_of_an_unknown_day_counts_only_now() {
        let awards = [award("USA", Medal::Gold, "", "", "")];
        assert_eq!(counted(&awards, When::Now).len(), 1);
        assert!(counted(&awards, When::Evening("2024-08-11".parse().unwrap())).is_empty());
        assert!(days_of(&awards).is_empty());
    }

    #[test]
    fn equal_totals_share_a_rank_by_total_and_stand_by_gold() {
        let tallies = [("AAA", 0, 0, 3), ("BBB", 1, 0, 2), ("CCC", 4, 0, 0)];
        let tallies = tallies
            .map(|(code, gold, silver, bronze)| (code.to_owned(), Tally { gold, silver, bronze }));
        let mut rows = table(&tallies.into_iter().collect());
        sort_by_total(&mut rows);
        let rows: Vec<_> = rows.iter().map(|row| (row.rank_by_total, row.code.as_str())).collect();
        assert_eq!(rows, [(1, "CCC"), (2, "BBB"), (2, "AAA")]);
    }

    #[test]
    fn days_are_those_on_which_something_happened() {
        let awards = [
            award("USA", Medal::Bronze, "2024-08-05", "", "2024-08-11"),
            award("ROU", Medal::Bronze, "2024-08-05", "2024-08-11", ""),
            award("USA", Medal::Gold, "2024-07-27", "", ""),
        ];
        let days: Vec<String> = days_of(&awards).iter().map(Date::to_string).collect();
        assert_eq!(days, ["2024-07-27", "2024-08-05", "2024-08-11"]);
    }

    proptest::proptest! {
        #[test]
        fn the_table_of_any_evening_is_what_a_naive_count_finds(
            medals in proptest::collection::vec(("[A-C]{3}", 0usize..3, 1i8..9, 0i8..9, 0i8..9), 0..40),
            evening in 1i8..9,
        ) {
            let on = |day: i8| if day == 0 { String::new() } else { format!("2024-08-0{day}") };
            let awards: Vec<Award> = medals
                .iter()
                .map(|(nation, medal, day, since, until)| {
                    award(nation, Medal::ALL[*medal], &on(*day), &on(*since), &on(*until))
                })
                .collect();
            let mut naive: BTreeMap<&str, [u32; 3]> = BTreeMap::new();
            for (nation, medal, day, since, until) in &medals {
                let has = *day <= evening && *since <= evening && (*until == 0 || *until > evening);
                if has {
                    naive.entry(nation).or_default()[*medal] += 1;
                }
            }
            let found = counted(&awards, When::Evening(on(evening).parse().unwrap()));
            let found: BTreeMap<&str, [u32; 3]> = found
                .iter()
                .map(|(code, tally)| (code.as_str(), [tally.gold, tally.silver, tally.bronze]))
                .collect();
            assert_eq!(found, naive);
        }

        #[test]
        fn a_rank_is_one_more_than_the_number_of_better_nations(
            medals in proptest::collection::btree_map("[A-Z]{3}", (0u32..4, 0u32..4, 0u32..4), 0..30)
        ) {
            let tallies: BTreeMap<String, Tally> = medals
                .into_iter()
                .map(|(code, (gold, silver, bronze))| (code, Tally { gold, silver, bronze }))
                .collect();
            for row in table(&tallies) {
                let key = |t: &Tally| (t.gold, t.silver, t.bronze);
                let better = tallies.values().filter(|t| key(t) > key(&row.tally)).count();
                assert_eq!(row.rank, better + 1);
                assert_eq!(tallies[&row.code], row.tally);
            }
        }
    }
}
