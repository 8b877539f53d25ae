//! Who won an event that is named: "Ho won the women's 100m".

use super::super::claim::{Claim, Says};
use super::super::grammar::Reader;
use super::super::lexicon::Class;
use super::super::parts::Is;

impl<'a> Reader<'a> {
    /// "Ho won the women's 100m": only where the words name an event, which the judge knows.
    pub(in crate::check::claims) fn won(&self, k: usize) -> Vec<Claim> {
        if !self.is_one(k, "won win wins winning") {
            return Vec::new();
        }
        // "the bronze he won in the 100m"
        if self.class(k + 1) == Some(Class::Oblique) {
            return Vec::new();
        }
        let end = self.clause_end(k);
        let end = (k + 1..end).find(|i| self.fold(*i) == "for").unwrap_or(end);
        let is_other = |i: usize| match self.parts[i].is {
            Is::Prize(_) | Is::Holder { .. } | Is::Round(_) | Is::Rank(_) | Is::Who(_) => true,
            _ => {
                let word = self.fold(i);
                [
                    "semi", "quarter", "heat", "set", "game", "round", "bout", "match", "point",
                    "leg", "trial", "over", "against", "back", "race",
                ]
                .iter()
                .any(|other| word.starts_with(other))
            }
        };
        if (k + 1..end).any(is_other) || end <= k + 1 || self.is_elsewhere_beside(k) {
            return Vec::new();
        }
        let Some(subject) = self.subject(k).filter(|subject| self.is_real(subject.at, k)) else {
            return Vec::new();
        };
        // "won the pole vault for Sweden"
        let nation =
            (self.fold(end) == "for").then(|| self.at(end + 1 + self.modifiers(end + 1))).flatten();
        let of = [Some(subject), nation].into_iter().flatten();
        let clause = self.parts[k].words.end..self.parts[end - 1].words.end;
        of.map(|subject| Claim {
            clause: clause.clone(),
            beside: clause.clone(),
            ..self.claim(k, &subject, Says::Won)
        })
        .collect()
    }
}
