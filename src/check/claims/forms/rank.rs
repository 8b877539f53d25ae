//! A place: "Ho finished second", "with Kim third".

use super::super::grammar::{Claim, Reader, Says, Subject};
use super::super::lexicon::{Class, is_in};
use super::super::words::Word;

impl<'a> Reader<'a> {
    /// "Ho finished second", "with Kim third".
    pub(in crate::check::claims) fn rank(&self, k: usize, place: u8) -> Vec<Claim> {
        if self.is_elsewhere_beside(k) {
            return Vec::new();
        }
        let by = k.checked_sub(1).map_or("", |i| self.fold(i));
        let is_said = self.who(k.wrapping_sub(1)).is_some()
            || is_in(
                "finished finish finishes finishing came come comes coming placed placing was were is are home in into for to ranked over sharing shared share took takes taking take touched on grabbed claimed the him her crossed a ended got close only atop just narrow then stood stand snatched secured",
                by,
            )
            || self.class(k.wrapping_sub(1)) == Some(Class::Role);
        let is_step = self.parts[k].words.len() > 1;
        // "the third" is something else, "the third step" is not.
        let is_counted = matches!(by, "the" | "a" | "her" | "his");
        if !is_step && (is_counted || !is_said) {
            return Vec::new();
        }
        // In a heat, at the bell, at the trials: not at the end.
        let is_early = |word: &Word| {
            [
                "semi-",
                "semifinal",
                "quarter-",
                "quarterfinal",
                "heat",
                "trial",
                "qualif",
                "prelim",
                "halfway",
                "lap",
                "bell",
                "round",
                "group",
            ]
            .iter()
            .any(|early| word.fold.starts_with(early))
        };
        let (start, end) = (self.clause_start(k), self.clause_end(k));
        let clause = self.parts[start].words.start..self.parts[end - 1].words.end;
        let on_the_way = self.is_one(k + 1, "after at until") && self.fold(k + 2) == "the";
        if on_the_way || self.fold(k + 1) == "off" || self.words[clause].iter().any(is_early) {
            return Vec::new();
        }
        let subject = self.owners_of_rank(k).filter(|subject| self.is_real(subject.at, k));
        let Some(subject) = subject else { return Vec::new() };
        let word = self.parts[k].words.start;
        let mut claims = vec![self.claim(k, &subject, Says::Came(place, word))];
        if let Some(others) = self.behind(k) {
            claims.push(self.claim(k, &subject, Says::Behind(others)));
        }
        claims
    }

    pub(in crate::check::claims) fn owners_of_rank(&self, k: usize) -> Option<Subject<'a>> {
        // "Sharing the third step were Ravel and Sassi."
        let mut after = k + 1;
        if self.is_one(after, "were was went stood") {
            after += 1 + usize::from(self.fold(after + 1) == "to");
            after += self.modifiers(after);
            if let Some(subject) = self.at(after) {
                return Some(subject);
            }
        }
        // "beat Ho into second": it is Ho who is second.
        if k > 0 && self.fold(k - 1) == "into" {
            let is_with = |i: usize| i > 0 && self.fold(i - 1) == "with";
            let beaten =
                (self.clause_start(k)..k).rev().filter(|i| !is_with(*i)).find_map(|i| self.at(i));
            if beaten.is_some() {
                return beaten.filter(|subject| !subject.who.is_possessive);
            }
        }
        self.subject(k)
    }
}
