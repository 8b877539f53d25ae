//! The podium as a whole: "completed the podium", "a Chinese one-two".

use super::super::grammar::{Claim, Reader, Says};
use crate::games::medals::Medal;

impl<'a> Reader<'a> {
    /// "completed the podium", "missed the podium", "swept the podium".
    pub(in crate::check::claims) fn podium(&self, k: usize) -> Vec<Claim> {
        let from = self.clause_start(k);
        let has = |list: &[&str]| (from..k).any(|i| list.contains(&self.fold(i)));
        let word = self.parts[k].words.start;
        let says = if has(&[
            "completed",
            "completes",
            "completing",
            "complete",
            "rounded",
            "rounding",
            "rounds",
            "round",
        ]) {
            Says::Has(Medal::Bronze, word)
        } else if has(&["missed", "misses", "missing", "off", "outside"]) {
            Says::Missed
        } else {
            return Vec::new();
        };
        let unreal = matches!(says, Says::Missed) || self.is_real_before(k);
        match self.subject(k).filter(|_| unreal) {
            Some(subject) => vec![self.claim(k, &subject, says)],
            None => Vec::new(),
        }
    }

    /// "a Chinese one-two".
    pub(in crate::check::claims) fn one_two(&self, k: usize) -> Vec<Claim> {
        if self.is_elsewhere_beside(k) || !self.is_real_before(k) {
            return Vec::new();
        }
        let owner = self.owner(k).or_else(|| {
            let before = k.checked_sub(1)?;
            self.at(before)
        });
        owner.map(|owner| self.claim(k, &owner, Says::OneTwo)).into_iter().collect()
    }
}
