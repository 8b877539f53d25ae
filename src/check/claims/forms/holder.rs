//! Somebody who is called by a medal: "silver medallist Ho", "bronze-winning Ho".

use super::super::claim::{Claim, Says};
use super::super::course::Stage;
use super::super::grammar::Reader;
use super::super::lexicon::Class;
use super::super::parts::is_nation;
use super::super::parts::{Is, Part};
use crate::games::medals::Medal;

impl<'a> Reader<'a> {
    /// "silver medallist Ho", "Ho, the silver medallist", "Ho is the champion".
    pub(in crate::check::claims) fn holder(
        &self,
        k: usize,
        medal: Medal,
        is_weak: bool,
    ) -> Vec<Claim> {
        // "the silver medallist's brother", "the eventual champions"
        let is_others = self.words[self.parts[k].words.end - 1].is_possessive
            || k > 0 && self.is_one(k - 1, "eventual every");
        if is_others || self.is_elsewhere_beside(k) || self.fold(k + 1) == "there" {
            return Vec::new();
        }
        let says = Says::Has(medal, self.parts[k].words.start);
        let mut after = k + 1;
        after += self.modifiers(after);
        // "104-88 winners over Ho": of a match, whichever.
        if is_weak && self.is_one(k + 1, "over against by") {
            return Vec::new();
        }
        // "the silver medallists, from left: Ho, Kim and Lee"
        if self.is_mark(k + 1, ",:(—") {
            let words = (k + 1..self.parts.len().min(k + 9)).take_while(|i| {
                self.is_mark(*i, ",:()—")
                    || self.is_one(*i, "from left to right l-r l r clockwise top back row front")
            });
            let names = words.last().map_or(k + 1, |last| last + 1);
            if names > k + 2
                && let Some(subject) = self.at(names)
            {
                return vec![self.claim(k, &subject, says)];
            }
        }
        // "behind the winner, Ho"
        if is_weak && (k.saturating_sub(3)..k).any(|i| self.fold(i) == "behind") {
            return Vec::new();
        }
        if (!is_weak || after == k + 1 && self.is_start(k))
            && let Some(subject) = self.at(after)
        {
            let mut claim = self.claim(k, &subject, says);
            // "silver medallist Ho and Kim, who won bronze": one medallist is one.
            let last = &self.words[self.parts[k].words.end - 1].fold;
            if !last.ends_with('s')
                && !matches!(medal, Medal::Gold if last == "champion" && is_nation(subject.who))
            {
                claim.of.truncate(1);
            }
            return vec![claim];
        }
        // "the North Korean silver medallists", "the Chinese winners"
        if let Some(owner) = self.owner(k)
            && owner.who.members.iter().all(|member| member.athletes.is_empty())
        {
            return vec![self.claim(k, &owner, says)];
        }
        // "Ho, the champion from India": perhaps of another Games.
        if self.is_one(k + 1, "from of")
            && self.who(k + 2).is_some_and(super::super::parts::is_nation)
            && self.fold(k).starts_with("champion")
        {
            return Vec::new();
        }
        // "Ho, the silver medallist,"
        let mut before = k;
        while before > 0
            && before + 4 > k
            && matches!(self.class(before - 1), Some(Class::Role | Class::Plain))
        {
            before -= 1;
        }
        if before >= 2
            && self.is_mark(before - 1, ",—(")
            && let Some(subject) = self.at(before - 2)
            && !subject.who.is_possessive
        {
            return vec![self.claim(k, &subject, says)];
        }
        // "the bronze medallists, Ho and Kim"
        if self.is_mark(k + 1, ",:")
            && let Some(subject) = self.at(k + 2).filter(|_| {
                self.is_one(k.wrapping_sub(1), "the other fellow joint shared") || self.is_start(k)
            })
        {
            return vec![self.claim(k, &subject, says)];
        }
        // "lost to the eventual champions"
        let is_object = (k.saturating_sub(4)..k)
            .rev()
            .take_while(|i| self.who(*i).is_none() && !self.is_mark(*i, ",;"))
            .any(|i| {
                self.is_one(
                    i,
                    "to by against over from behind beat beating beaten off with of as like than",
                )
            });
        let is_early =
            self.stage_near(k).is_some_and(|stage| stage != Stage::Final && stage != Stage::Bronze);
        if is_weak || is_object || is_early {
            return Vec::new();
        }
        // "Ho is the champion", "crowned Olympic champion": somebody must be said to be it.
        let link =
            (0..k).rev().find(|i| !matches!(self.class(*i), Some(Class::Role | Class::Plain)));
        let is_said = link.is_some_and(|link| {
            self.is_one(link, "is are was were am become becomes became crowned named been being remain remains after")
        });
        // "Kenya had its champion": a nation has one.
        let has_one = link.is_some_and(|link| self.is_one(link, "had has have got"));
        if !(is_said || has_one) || self.fold(k + 1) == "there" {
            return Vec::new();
        }
        let subject = self.subject(k).filter(|subject| self.is_real(subject.at, k));
        let subject = subject.filter(|subject| is_said || is_nation(subject.who));
        subject.map(|subject| self.claim(k, &subject, says)).into_iter().collect()
    }

    pub(in crate::check::claims) fn is_start(&self, k: usize) -> bool {
        k == 0 || self.is_mark(k - 1, ".;,:(\"—") || self.fold(k - 1) == "and"
    }

    /// "bronze-winning Ho", "India's bronze-winning hockey players".
    pub(in crate::check::claims) fn winning(&self, k: usize, medal: Medal) -> Vec<Claim> {
        if self.is_elsewhere_beside(k) {
            return Vec::new();
        }
        let says = Says::Has(medal, self.parts[k].words.start);
        let is_between =
            |part: &&Part| matches!(part.is, Is::Word(Class::Role | Class::Plain | Class::Verb));
        let gap = self.parts[k + 1..].iter().take(4).take_while(is_between).count();
        if let Some(subject) = self.at(k + 1 + gap) {
            return vec![self.claim(k, &subject, says)];
        }
        self.owner(k).map(|owner| self.claim(k, &owner, says)).into_iter().collect()
    }
}
