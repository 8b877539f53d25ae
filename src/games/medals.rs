//! The medal table. It is computed, never typed.

use std::collections::BTreeMap;

/// The colour of a medal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Place in the table; nations with equal medals share it and the next is skipped.
    pub rank: usize,
    /// IOC code.
    pub code: String,
    /// What it won.
    pub tally: Tally,
}

/// Ranks nations by gold, then silver, then bronze; equal nations stand in the order of their
/// codes. Nations without a medal are not in it.
pub fn table(tallies: &BTreeMap<String, Tally>) -> Vec<Row> {
    let mut rows: Vec<Row> = tallies
        .iter()
        .filter(|(_, tally)| tally.total() > 0)
        .map(|(code, tally)| Row { rank: 0, code: code.clone(), tally: *tally })
        .collect();
    rows.sort_by(|a, b| b.tally.cmp(&a.tally).then_with(|| a.code.cmp(&b.code)));
    for i in 0..rows.len() {
        rows[i].rank = match i.checked_sub(1) {
            Some(before) if rows[before].tally == rows[i].tally => rows[before].rank,
            _ => i + 1,
        };
    }
    rows
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

    proptest::proptest! {
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
