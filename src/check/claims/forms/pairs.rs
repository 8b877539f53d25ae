//! Several results of several people, in one order: "Ho and Kim took silver and bronze", "Ho, Kim and Lee,
//! first, second and third in that order".

use super::super::claim::{Claim, Says};
use super::super::grammar::Reader;
use super::super::parts::Is;
use super::super::parts::is_nation;

impl Reader<'_> {
    /// Gives each of several results to one of several people, instead of all of them to all.
    pub(in crate::check::claims) fn paired(&self, claims: &mut Vec<Claim>) {
        let mut k = 0;
        while k < self.parts.len() {
            let run = self.run(k);
            if run.len() >= 2
                && let Some(at) = self.several(&run)
                && let Some(who) = self.who(at)
            {
                let anchors: Vec<_> = run.iter().map(|i| self.parts[*i].words.clone()).collect();
                claims.retain(|claim| {
                    !anchors.contains(&claim.anchor) || matches!(claim.says, Says::Behind(_))
                });
                let is_told = self
                    .words
                    .iter()
                    .any(|word| matches!(word.fold.as_ref(), "respectively" | "order"));
                for (i, member) in run.iter().zip(&who.members) {
                    let Some(says) = self.result(*i) else { continue };
                    let subject = super::super::grammar::Subject { who, at: Some(at) };
                    let mut claim = self.claim(*i, &subject, says);
                    claim.of = vec![member.clone()];
                    claim.is_certain = is_told && !self.is_turned();
                    claims.push(claim);
                }
            }
            if run.len() >= 2
                && self.words.iter().any(|word| word.fold == "respectively")
                && self.several(&run).is_none()
            {
                let anchors: Vec<_> = run.iter().map(|i| self.parts[*i].words.clone()).collect();
                claims.retain(|claim| !anchors.contains(&claim.anchor));
            }
            k = run.last().map_or(k, |last| *last) + 1;
        }
    }

    /// What a part says that somebody has.
    fn result(&self, k: usize) -> Option<Says> {
        let part = self.parts.get(k)?;
        match &part.is {
            Is::Prize(prize) if prize.number.is_none() && prize.ordinal.is_none() => {
                Some(Says::Has(prize.medal?, prize.word))
            }
            Is::Rank(place) => Some(Says::Came(*place, part.words.start)),
            _ => None,
        }
    }

    /// Results that stand in a row from a part on, with only joints between them.
    fn run(&self, k: usize) -> Vec<usize> {
        let mut run = Vec::new();
        let mut at = k;
        while self.result(at).is_some() {
            run.push(at);
            let gap = (at + 1..self.parts.len().min(at + 5))
                .take_while(|i| self.is_mark(*i, ",/") || self.is_one(*i, "and the a their"))
                .count();
            if gap == 0 {
                break;
            }
            at += gap + 1;
        }
        run
    }

    /// As many people as there are results, who stand before or behind them.
    fn several(&self, run: &[usize]) -> Option<usize> {
        let (first, last) = (*run.first()?, *run.last()?);
        let is_many = |at: &usize| self.who(*at).is_some_and(|who| who.members.len() == run.len());
        let behind = last + 1;
        if self.is_one(behind, "for to went go goes") {
            let at = (behind..self.parts.len().min(behind + 5)).find(|i| self.who(*i).is_some());
            return at.filter(is_many);
        }
        let subject = self.subject(first).and_then(|subject| subject.at);
        let is_people = |at: &usize| self.who(*at).is_some_and(|who| !is_nation(who));
        let before = (0..first).rev().find(|at| is_people(at));
        subject.filter(is_many).or(before.filter(is_many))
    }
}
