//! The podium as a whole: "completed the podium", "a Chinese one-two".

use super::super::claim::{Claim, Says};
use super::super::grammar::Reader;
use super::super::judge::{Bench, Certainty, Recorded, Verdict, Wrong};
use super::super::parts::Is;
use super::super::words::Word;
use crate::diagnostics::codes;
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
        // "to keep Ho off the podium"
        let kept = (from..k).rev().find(|i| {
            self.is_one(
                *i,
                "keep keeps kept keeping deny denies denied denying knock knocked knocks",
            )
        });
        if matches!(says, Says::Missed)
            && let Some(kept) = kept
        {
            let whom = (kept + 1..k).find_map(|i| self.at(i));
            return whom.map(|whom| self.claim(k, &whom, says)).into_iter().collect();
        }
        let unreal = matches!(says, Says::Missed) || self.is_real_before(k);
        match self.subject(k).filter(|_| unreal) {
            Some(subject) => vec![self.claim(k, &subject, says)],
            None => Vec::new(),
        }
    }

    /// "a Chinese one-two".
    pub(in crate::check::claims) fn one_two(&self, k: usize) -> Vec<Claim> {
        // "in the way of a one-two"
        let is_denied = (k.saturating_sub(5)..k).any(|i| {
            self.is_one(i, "way denied denying prevented stopped broke breaking spoiled short of")
        });
        if is_denied || self.is_elsewhere_beside(k) || !self.is_real_before(k) {
            return Vec::new();
        }
        let owner = self.owner(k).or_else(|| {
            let before = k.checked_sub(1)?;
            self.at(before)
        });
        owner.map(|owner| self.claim(k, &owner, Says::OneTwo)).into_iter().collect()
    }

    /// "your podium: Ho, Kim and Lee"
    pub(in crate::check::claims) fn on_podium(&self) -> Vec<Claim> {
        let mut claims = Vec::new();
        for k in 0..self.parts.len() {
            let is_podium =
                self.parts[k].is == Is::Podium || self.is_one(k, "medallists medalists");
            if !is_podium || !self.is_mark(k + 1, ":—") || self.is_elsewhere_beside(k) {
                continue;
            }
            let Some(subject) = self.at(k + 2).filter(|subject| subject.who.members.len() >= 2)
            else {
                continue;
            };
            claims.push(self.claim(k, &subject, Says::OnPodium));
        }
        claims
    }
}

impl Bench<'_> {
    /// Whether each of several has a medal.
    pub(in crate::check::claims) fn on_podium(&self, claim: &Claim, words: &[Word]) -> Verdict {
        for member in &claim.of {
            let one = self.one(member);
            let (events, _) = self.events(claim, words, &one);
            let mut known =
                events.iter().filter(|event| !self.results.events[**event].podium[0].is_empty());
            let (Some(event), None) = (known.next(), known.next()) else { continue };
            if self.place(*event, &one).is_none() {
                let name = self.names(std::slice::from_ref(member));
                let holding = &self.results.events[*event].podium[0][0];
                return Verdict::Wrong(Wrong {
                    reading: format!("{name} has a medal"),
                    code: &codes::R002,
                    message: format!("{name} has no medal of {}", self.title(*event)),
                    words: member.words.clone(),
                    fix: None,
                    recorded: Some(Recorded::Podium(*event, holding.path.clone())),
                    certainty: Certainty::OfClaim,
                });
            }
        }
        Verdict::Right
    }
}
