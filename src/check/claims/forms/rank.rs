//! A place: "Ho finished second", "with Kim third".

use super::super::claim::{Claim, Says};
use super::super::course::{Row, Stage};
use super::super::grammar::{Reader, Subject};
use super::super::judge::{Bench, Certainty, Verdict};
use super::super::lexicon::{Class, is_in};
use super::super::words::Word;
use crate::diagnostics::codes;

impl<'a> Reader<'a> {
    /// "Ho finished second", "with Kim third".
    pub(in crate::check::claims) fn rank(&self, k: usize, place: u8) -> Vec<Claim> {
        if self.is_elsewhere_beside(k) {
            return Vec::new();
        }
        if self.fold(k).bytes().all(|byte| byte.is_ascii_digit()) {
            return self.listed(k, place).into_iter().collect();
        }
        let by = k.checked_sub(1).map_or("", |i| self.fold(i));
        // "Ho, third in the butterfly,"
        let is_apposed =
            self.is_mark(k.wrapping_sub(1), ",") && self.who(k.wrapping_sub(2)).is_some();
        let is_said = self.who(k.wrapping_sub(1)).is_some()
            || is_apposed
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
                "semi",
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
        // "fourth in the free", "with the second step empty"
        let is_part = self.is_one(k + 1, "in after on")
            && (k + 2..self.parts.len().min(k + 5)).any(|i| self.is_one(i, "free short run runs leg rotation opening fences bike swim compulsory rhythm program programme lap split dance discipline apparatus"));
        let is_empty = self.is_one(k + 1, "empty vacant unoccupied free is");
        let is_match = k > 0
            && self.is_mark(k - 1, "(")
            && k >= 2
            && self.fold(k - 2).starts_with(|c: char| c.is_ascii_digit());
        let is_any = is_step && by == "a";
        if self.is_on_the_way(k) || is_any {
            return Vec::new();
        }
        if on_the_way || is_part || is_empty || is_match || self.fold(k + 1) == "off" {
            return Vec::new();
        }
        // "second in his semi-final, ... he came home fifth"
        let start = self.clause_start(k);
        let is_end = (start..k)
            .any(|i| self.is_one(i, "finished finishes finish finishing home placed"))
            && start > 0
            && !(start..k).any(|i| self.class(i) == Some(Class::Relative))
            && !self.words[self.parts[start].words.start..self.parts[k].words.start]
                .iter()
                .any(is_early);
        if let Some(stage) = self.stage_before(k).filter(|_| !is_end) {
            let subject = self.owners_of_rank(k).filter(|subject| self.is_real(subject.at, k));
            let claim = subject.map(|subject| Claim {
                is_certain: false,
                ..self.claim(k, &subject, Says::Placed { place, stage })
            });
            return claim.into_iter().collect();
        }
        if self.words[clause].iter().any(is_early) {
            let subject = self.owners_of_rank(k).filter(|subject| self.is_real(subject.at, k));
            let stage = self.stage_near(k);
            let claim = subject
                .zip(stage)
                .map(|(subject, stage)| self.claim(k, &subject, Says::Placed { place, stage }));
            return claim.into_iter().collect();
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

    /// Whether a place is none at the end.
    pub(in crate::check::claims) fn is_on_the_way(&self, k: usize) -> bool {
        // "had been third at half-way", "was then fourth", "took over third": not at the end.
        let before = self.clause_start(k).max(k.saturating_sub(5))..k;
        let is_before = before.clone().any(|i| {
            self.is_one(i, "had then lying lay running lies overnight leading provisionally temporarily until over hitherto")
        });
        let is_on_the_way = (k + 1..self.parts.len().min(k + 6)).take_while(|i| !self.is_mark(*i, ",;.")).any(|i| {
            self.is_one(i, "half-way halfway half-time halftime turn bend bell checkpoint overnight position run leg midway lap mark split")
        });
        let is_match_for = k >= 2
            && self.fold(k - 1) == "for"
            && self.is_one(k - 2, "match game bout contest play-off playoff race fight duel");
        let is_first_run = (0..k).any(|i| {
            self.is_one(i, "opening first short")
                && self.is_one(i + 1, "run leg round jump dive day lap program programme")
                || self.is_one(i, "overnight half-way halfway")
        });
        // "it had been Ho first, Kim second", "took the baton in fourth"
        let is_past = (k.saturating_sub(14)..k)
            .any(|i| self.fold(i) == "had" && self.is_one(i + 1, "been finished"))
            || (k.saturating_sub(4)..k).any(|i| self.is_one(i, "baton handover changeover tag"));
        // "squeezed into the final in eighth"
        let is_into = (k.saturating_sub(6)..k).any(|i| {
            self.fold(i) == "into" && self.is_one(i + 2, "final finals semi-finals quarter-finals")
        });
        is_into || is_before || is_on_the_way || is_match_for || is_first_run || is_past
    }

    /// "1 A Ho (KOR) 9.79; 2 B Kim": the results in brief.
    fn listed(&self, k: usize, place: u8) -> Option<Claim> {
        let subject = self.at(k + 1)?;
        let stage = self.stages.first().map(|(_, stage)| *stage);
        let stage = stage.filter(|stage| !matches!(stage, Stage::Final | Stage::Bronze));
        let word = self.parts[k].words.start;
        let says = match stage {
            Some(stage) => Says::Placed { place, stage },
            None => Says::Came(place, word),
        };
        let mut claim = self.claim(k, &subject, says);
        claim.is_in_list = true;
        Some(claim)
    }

    pub(in crate::check::claims) fn owners_of_rank(&self, k: usize) -> Option<Subject<'a>> {
        // "the clock got to Ho in fourth place"
        if k >= 2
            && self.fold(k - 1) == "in"
            && let Some(subject) = self.at(k - 2)
        {
            return Some(subject).filter(|subject| !subject.who.members.is_empty());
        }
        // "a view of Ho, third in the butterfly"
        if k >= 2
            && self.is_mark(k - 1, ",")
            && let Some(subject) = self.at(k - 2)
        {
            let is_free =
                k < 3 || !self.is_one(k - 3, "on behind to from off over by than against");
            return Some(subject).filter(|subject| {
                is_free && !subject.who.members.is_empty() && !subject.who.is_possessive
            });
        }
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
            let is_pushed = (self.clause_start(k)..k)
                .any(|i| matches!(self.class(i), Some(Class::Beat | Class::Cause)));
            let is_with = |i: usize| i > 0 && self.fold(i - 1) == "with";
            let beaten =
                (self.clause_start(k)..k).rev().filter(|i| !is_with(*i)).find_map(|i| self.at(i));
            if beaten.is_some() && is_pushed {
                return beaten.filter(|subject| !subject.who.is_possessive);
            }
        }
        self.subject(k)
    }
}

impl Bench<'_> {
    /// Whether somebody came in at a place: in a round, or in the end.
    pub(in crate::check::claims) fn placed(
        &self,
        claim: &Claim,
        words: &[Word],
        place: u8,
        stage: Option<Stage>,
    ) -> Verdict {
        let Some(member) = claim.of.first() else { return Verdict::Right };
        let one = self.one(member);
        let (events, is_explicit) = match stage {
            Some(_) => self.events_under_way(claim, words, &one),
            None => self.events(claim, words, &one),
        };
        let rows = self.rows(member).into_iter().filter(|row| events.contains(&row.event));
        let ranked: Vec<&Row> = rows.filter(|row| row.rank.is_some() || row.is_irregular).collect();
        let is_then = |row: &&&Row| match stage {
            Some(stage) => stage.is(&row.phase),
            None => row.is_deciding,
        };
        let meant: Vec<&&Row> = ranked.iter().filter(is_then).collect();
        let [row] = meant.as_slice() else {
            return if stage.is_none() && meant.is_empty() {
                self.missed(claim, words)
            } else {
                Verdict::Right
            };
        };
        if row.rank == Some(u32::from(place)) {
            return Verdict::Right;
        }
        // The place of another round, or of another event.
        let is_elsewhere = self.rows(member).iter().any(|row| row.rank == Some(u32::from(place)));
        if is_elsewhere && stage.is_none() && !is_explicit && self.events.len() != 1 {
            return Verdict::Right;
        }
        let name = self.names(&claim.of[..1]);
        let has = match row.rank {
            Some(rank) => format!("{name} has place {rank} in {}", self.title_of_row(row)),
            None => format!("{name} has no place in {}", self.title_of_row(row)),
        };
        self.contradicted(
            &codes::R013,
            row,
            claim.anchor.clone(),
            (format!("{name} came in at place {place}"), format!("{has}, not {place}")),
            if is_elsewhere { Certainty::Doubtful } else { Certainty::OfClaim },
        )
    }
}
