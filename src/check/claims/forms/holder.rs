//! Somebody who is called by a medal: "silver medallist Ho", "bronze-winning Ho".

use super::super::grammar::{Claim, Reader, Says, is_nation};
use super::super::lexicon::Class;
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
        if self.is_elsewhere_beside(k) || self.fold(k + 1) == "there" {
            return Vec::new();
        }
        let says = Says::Has(medal, self.parts[k].words.start);
        let mut after = k + 1;
        after += self.modifiers(after);
        if !is_weak || after == k + 1 && self.is_start(k) {
            let right = self.at(after);
            if right.is_some() {
                return right.map(|subject| self.claim(k, &subject, says)).into_iter().collect();
            }
        }
        // "the North Korean silver medallists", "the Chinese winners"
        if let Some(owner) = self.owner(k)
            && owner.who.members.iter().all(|member| member.athletes.is_empty())
        {
            return vec![self.claim(k, &owner, says)];
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
            && let Some(subject) =
                self.at(k + 2).filter(|_| self.fold(k.wrapping_sub(1)) == "the" || self.is_start(k))
        {
            return vec![self.claim(k, &subject, says)];
        }
        if is_weak {
            return Vec::new();
        }
        // "Ho is the champion", "crowned Olympic champion": somebody must be said to be it.
        let link =
            (0..k).rev().find(|i| !matches!(self.class(*i), Some(Class::Role | Class::Plain)));
        let is_said = link.is_some_and(|link| {
            self.is_one(link, "is are was were am become becomes became crowned as named been being remain remains after")
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
