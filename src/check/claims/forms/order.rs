//! Who was better than whom: "Ho beat Kim in the final", "behind Ho".

use super::super::grammar::{Claim, Reader, Says, Subject};
use super::super::lexicon::{Class, is_in};
use super::super::parts::{Is, Member};
use crate::games::medals::Medal;

impl<'a> Reader<'a> {
    /// "Ho beat Kim", "Kim was beaten by Ho", "Kim lost to Ho".
    pub(in crate::check::claims) fn beat(&self, k: usize) -> Vec<Claim> {
        let is_passive = self.fold(k + 1) == "by"
            || self.is_one(k, "beaten")
            || k.checked_sub(1).is_some_and(|i| self.is_one(i, "was were been being got narrowly"));
        let loses = self.class(k) == Some(Class::Lose)
            || is_passive
            || self.fold(k) == "defeat" && self.is_one(k + 1, "by to against at");
        let mut at = k + 1;
        if loses {
            // "lost 4-1 in the final to Ho"
            let most = (k + 12).min(self.parts.len());
            let way = (at..most)
                .take_while(|i| !self.is_mark(*i, ";:.") && self.who(*i).is_none())
                .find(|i| self.is_one(*i, "to by against"));
            let Some(way) = way else { return Vec::new() };
            // "beaten to gold by Ho"
            let by = (way..most).find(|i| self.fold(*i) == "by");
            at = match by {
                Some(by) if self.fold(way) == "to" && is_passive => by + 1,
                _ => way + 1,
            };
        } else if self.is_one(at, "off out past down away from") {
            at += 1 + usize::from(self.fold(at + 1) == "from");
        }
        at += self.modifiers(at);
        let Some(other) = self.at(at) else { return Vec::new() };
        self.order(k, other, !loses)
    }

    /// "won a final against Kim", "after a win over Kim".
    pub(in crate::check::claims) fn against(&self, k: usize) -> Vec<Claim> {
        let way = self.fold(k);
        if !matches!(way, "against" | "over" | "ahead" | "clear") {
            return Vec::new();
        }
        let from = self.clause_start(k);
        let has = |list: &[&str]| (from..k).any(|i| list.contains(&self.fold(i)));
        let wins =
            ["won", "win", "wins", "winning", "victory", "triumph", "prevailed", "victories"];
        if matches!(way, "against" | "over") && has(&wins) {
            let at = k + 1 + self.modifiers(k + 1);
            return self.at(at).map_or_else(Vec::new, |other| self.order(k, other, true));
        }
        if way == "ahead" || way == "clear" {
            // "finished ahead of Kim"
            let at = k + 2 + self.modifiers(k + 2);
            return self.at(at).map_or_else(Vec::new, |other| self.order(k, other, true));
        }
        Vec::new()
    }

    pub(in crate::check::claims) fn order(
        &self,
        k: usize,
        other: Subject<'a>,
        is_better: bool,
    ) -> Vec<Claim> {
        let Some(subject) = self.subject(k).filter(|subject| self.is_real(subject.at, k)) else {
            return Vec::new();
        };
        if subject.at == other.at || self.is_elsewhere_beside(k) {
            return Vec::new();
        }
        let words =
            |list: &[&str]| self.words.iter().any(|word| list.contains(&word.fold.as_ref()));
        let is_early = self.words.iter().any(|word| {
            [
                "semi",
                "quarter",
                "heat",
                "group",
                "round",
                "rounds",
                "last-16",
                "morning",
                "earlier",
                "qualif",
                "pool",
                "repechage",
            ]
            .iter()
            .any(|early| word.fold.starts_with(early))
        });
        // Another year's meeting says nothing of this one.
        if (0..self.parts.len()).any(|i| self.is_other(i)) {
            return Vec::new();
        }
        // "edged Kim for gold"
        let for_gold = (k + 1..self.parts.len()).take(14).any(|i| {
            let is_gold =
                matches!(&self.parts[i].is, Is::Prize(prize) if prize.medal == Some(Medal::Gold));
            let way = (k + 1..i).rev().take(5).find(|at| self.class(*at) == Some(Class::Oblique));
            is_gold
                && way.is_some_and(|at| self.is_one(at, "for to"))
                && !(k + 1..i)
                    .any(|at| self.is_mark(at, ",;.") || self.class(at) == Some(Class::Joint))
        });
        let in_final = words(&["final", "finals"]) && !is_early || for_gold;
        // Who beats whom on another day, or in a set, is nothing that a podium tells.
        let is_finish = self.is_one(k, "ahead clear")
            && k > 0
            && self.is_one(
                k - 1,
                "finished finish finishes finishing came comes home crossed touched touching",
            );
        let is_part = words(&["times", "rankings", "poll", "ago"])
            || self.words.windows(2).any(|pair| {
                let [first, second] = [&pair[0].fold, &pair[1].fold];
                is_in("first second third opening", first) && is_in("set game", second)
                    || first == "last" && is_in("month year week", second)
            });
        if !in_final && !is_finish || is_part && !for_gold {
            return Vec::new();
        }
        if is_early {
            return Vec::new();
        }
        let (better, worse) = if is_better { (&subject, &other) } else { (&other, &subject) };
        let says = Says::Beat { others: worse.who.members.clone(), in_final };
        let mut claim = self.claim(k, better, says);
        if let Some(at) = other.at {
            claim.anchor = claim.anchor.start..self.parts[at].words.end;
        }
        vec![claim]
    }

    /// "behind Ho and Kim", right after a result.
    pub(in crate::check::claims) fn behind(&self, k: usize) -> Option<Vec<Member>> {
        let near = (k + 1..self.parts.len().min(k + 8)).take_while(|i| !self.is_mark(*i, ",;.:"));
        let way = near.clone().find(|i| self.is_one(*i, "behind"))?;
        let at = way + 1 + self.modifiers(way + 1);
        Some(self.who(at)?.members.clone())
    }
}
