//! By how much: "by five thousandths", "0.12 behind Kim", "two minutes adrift".

use super::super::claim::{Claim, Rough, Says};
use super::super::course::Row;
use super::super::figures::{self, Figure};
use super::super::grammar::Reader;
use super::super::judge::{Bench, Certainty, Verdict};
use super::super::lexicon::Class;
use super::super::parts::Member;
use crate::diagnostics::codes;

impl Reader<'_> {
    /// Before a number: how exact it is.
    fn rough(&self, k: usize) -> Rough {
        let before =
            |steps: usize, words: &str| k.checked_sub(steps).is_some_and(|i| self.is_one(i, words));
        if before(1, "over") || before(1, "than") && before(2, "more") {
            Rough::More
        } else if before(1, "under nearly almost barely") || before(1, "than") && before(2, "less")
        {
            Rough::Less
        } else if before(1, "about around some roughly only just nearly least a") {
            Rough::About
        } else {
            Rough::Exact
        }
    }

    /// What is said of somebody's lead, or of how far they were behind.
    pub(in crate::check::claims) fn margin(&self, k: usize, figure: Figure) -> Option<Claim> {
        // "Ho beat Kim by seven seconds"
        let beaten = (self.clause_start(k)..k).rev().find(|i| self.class(*i) == Some(Class::Beat));
        let pair = beaten.and_then(|verb| {
            let other =
                (verb + 1..k).find(|i| self.who(*i).is_some_and(|who| !who.members.is_empty()))?;
            Some((
                self.subject(verb).filter(|subject| subject.at != Some(other))?,
                self.who(other)?,
            ))
        });
        if let Some((subject, other)) = pair {
            let says = Says::Margin {
                figure: figure.clone(),
                others: other.members.clone(),
                rough: self.rough(k),
            };
            let mut claim = self.claim(k, &subject, says);
            claim.anchor = figure.words;
            return Some(claim);
        }
        let subject = self.owner_of_figure(k)?;
        let end = self.part_at(figure.words.end)?.min(self.parts.len());
        let way = (end..self.parts.len().min(end + 4))
            .take_while(|i| !self.is_mark(*i, ",;.:"))
            .find(|i| self.is_one(*i, "behind of over from than off between to"));
        let other = way.and_then(|way| {
            let way = way + usize::from(self.fold(way + 1) == "of");
            self.who(way + 1 + self.modifiers(way + 1))
        });
        let others = other.map_or_else(Vec::new, |who| who.members.clone());
        let rough = self.rough(k);
        let mut claim =
            self.claim(k, &subject, Says::Margin { figure: figure.clone(), others, rough });
        claim.anchor = figure.words;
        Some(claim)
    }
}

impl Bench<'_> {
    /// Whether two marks differ by so much.
    pub(in crate::check::claims) fn margin(
        &self,
        claim: &Claim,
        said: &Figure,
        others: &[Member],
        rough: Rough,
    ) -> Verdict {
        let is_same = |value: i64| match rough {
            Rough::Exact if said.is_exact => (said.value - value).abs() < said.precision.max(1),
            // Words count roughly, digits to the last of them.
            Rough::Exact => (said.value - value).abs() * 2 <= said.precision,
            Rough::About => (said.value - value).abs() * 2 <= said.precision + said.value / 5,
            Rough::More => (said.value..=said.value + said.precision).contains(&value),
            Rough::Less => (said.value - said.precision..=said.value).contains(&value),
        };
        let rows: Vec<&Row> = self.rows_of(&claim.of);
        let is_meant = |row: &&&Row| self.events.is_empty() || self.events.contains(&row.event);
        let mut nearest: Option<(&Row, i64)> = None;
        let others: Vec<&Row> = others.iter().flat_map(|member| self.rows(member)).collect();
        for row in rows.iter().filter(is_meant) {
            let Some(own) = row.value else { continue };
            if figures::is_same(said, own) {
                return Verdict::Right;
            }
            if row.gap.is_some_and(&is_same) {
                return Verdict::Right;
            }
            for other in self.course.others(row) {
                let Some(value) = other.value else { continue };
                let difference = (own - value).abs();
                let is_second = claim.is_to_second && row.rank == Some(1);
                let is_other = match others.as_slice() {
                    [] if is_second => other.rank == Some(2),
                    [] => row.rank == Some(1) && other.rank == Some(2) || other.rank == Some(1),
                    several => several.iter().any(|named| std::ptr::eq(*named, other)),
                };
                if is_same(difference) && (is_other || others.is_empty() && !is_second) {
                    return Verdict::Right;
                }
                if is_other && row.is_deciding && figures::is_near(said, difference) {
                    nearest = nearest.or(Some((row, difference)));
                }
                let is_exact = said.is_exact && row.rank == Some(1) && other.rank == Some(2);
                if is_other && row.is_deciding && (!others.is_empty() || is_exact) {
                    nearest = nearest.or(Some((row, difference)));
                }
            }
        }
        let Some((row, difference)) = nearest else { return Verdict::Right };
        // What others of the story were apart.
        let all = self.events.iter().flat_map(|event| self.course.of_event(*event));
        let mut of_others =
            all.filter(|row| claim.company.iter().any(|member| self.is_of(row, member)));
        let is_said = |row: &Row| {
            let mut values =
                self.course.others(row).filter_map(|other| Some(other.value? - row.value?));
            values.any(|difference| is_same(difference.abs()))
        };
        if others.is_empty() && of_others.any(is_said) {
            return Verdict::Right;
        }
        let name = self.names(&claim.of);
        let is_typo = figures::is_near(said, difference)
            || [10, 100, 1000].iter().any(|ten| {
                said.value == difference.saturating_mul(*ten)
                    || said.value.saturating_mul(*ten) == difference
            });
        self.contradicted(
            &codes::R013,
            row,
            said.words.clone(),
            (
                format!("{name} was apart by so much"),
                format!(
                    "the marks of {name} in {} differ by {}",
                    self.title_of_row(row),
                    seconds(difference)
                ),
            ),
            if is_typo && claim.is_plain && claim.is_certain {
                Certainty::Certain
            } else {
                Certainty::Doubtful
            },
        )
    }
}

/// Millionths as a number without needless zeros.
fn seconds(difference: i64) -> String {
    let text = format!("{:.3}", difference as f64 / 1e6);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
