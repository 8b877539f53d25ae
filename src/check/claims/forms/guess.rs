//! What only stands in one sentence: a medal that no form could give to anybody, beside somebody who has another.

use super::super::claim::{Claim, Says};
use super::super::grammar::Reader;
use super::super::lexicon::Class;
use super::super::parts::{Is, Part};

impl Reader<'_> {
    /// Results that no claim is about, each with whoever stands nearest.
    pub(in crate::check::claims) fn guesses(&self, claims: &[Claim]) -> Vec<Claim> {
        let is_result = |part: &Part| {
            matches!(part.is, Is::Prize(_) | Is::Holder { .. } | Is::Winning(_) | Is::Rank(_))
        };
        if !self.parts.iter().any(is_result) || self.is_turned() {
            return Vec::new();
        }
        let mut guesses = Vec::new();
        for (k, part) in self.parts.iter().enumerate() {
            let says = match &part.is {
                Is::Prize(prize) if prize.ordinal.is_none() && prize.number.is_none() => {
                    prize.medal.map(|medal| Says::Has(medal, prize.word))
                }
                Is::Holder { medal, is_weak: false }
                    if !self.words[part.words.end - 1].is_possessive
                        && !self.is_one(k.wrapping_sub(1), "eventual every") =>
                {
                    Some(Says::Has(*medal, part.words.start))
                }
                Is::Winning(medal) => Some(Says::Has(*medal, part.words.start)),
                Is::Rank(place) if !self.is_on_the_way(k) => {
                    Some(Says::Came(*place, part.words.start))
                }
                _ => None,
            };
            let Some(says) = says else { continue };
            let is_claimed = claims.iter().any(|claim| {
                claim.anchor.start < part.words.end && part.words.start < claim.anchor.end
            });
            let in_brackets = k > 0 && self.is_mark(k - 1, "(");
            if self.has_nameless_subject(k) {
                continue;
            }
            if is_claimed
                || in_brackets
                || self.words[part.words.start].is_quoted
                || self.is_lost(k)
            {
                continue;
            }
            let is_one = |i: &usize| self.who(*i).is_some_and(|who| !who.members.is_empty());
            let limit = (0..k).rev().find(|i| self.is_mark(*i, ";")).map_or(0, |i| i + 1);
            let before = (limit..k).rev().find(is_one);
            let after = (k + 1..self.parts.len().min(k + 8))
                .take_while(|i| self.class(*i) != Some(Class::Joint) && !self.is_mark(*i, ".;"))
                .find(is_one);
            let Some(subject) = before.or(after).and_then(|at| self.at(at)) else { continue };
            let mut claim = self.claim(k, &subject, says);
            claim.is_certain = false;
            claim.is_guess = true;
            guesses.push(claim);
        }
        guesses
    }
}
