//! Who was better than whom: "Ho beat Kim in the final", "behind Ho".

use super::super::claim::{Claim, Says};
use super::super::course::{Row, Stage};
use super::super::grammar::{Reader, Subject};
use super::super::judge::{Bench, Certainty, Verdict};
use super::super::lexicon::{Class, is_in};
use super::super::parts::{Is, Member};
use super::super::words::Word;
use crate::diagnostics::codes;
use crate::games::medals::Medal;
use crate::games::results::Outcome;

impl<'a> Reader<'a> {
    /// "Ho beat Kim", "Kim was beaten by Ho", "Kim lost to Ho".
    pub(in crate::check::claims) fn beat(&self, k: usize) -> Vec<Claim> {
        let is_passive = self.fold(k + 1) == "by"
            || self.is_one(k + 1, "out off aside away") && self.fold(k + 2) == "by"
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
        if is_part && !for_gold {
            return Vec::new();
        }
        let stage = if for_gold { Some(Stage::Final) } else { self.stage_of_match(k) };
        let is_of_podium = (in_final || is_finish) && !is_early;
        let (better, worse) = if is_better { (&subject, &other) } else { (&other, &subject) };
        let others = worse.who.members.clone();
        let says = Says::Beat { others, in_final: in_final && !is_early, stage, is_of_podium };
        let mut claim = self.claim(k, better, says);
        if let Some(at) = other.at {
            claim.anchor = claim.anchor.start..self.parts[at].words.end;
        }
        vec![claim]
    }

    /// "his semi-final against Kim": whom somebody met, whoever won.
    pub(in crate::check::claims) fn meetings(&self) -> Vec<Claim> {
        let mut claims = Vec::new();
        for (at, stage) in self.stages.iter().copied() {
            let Some(k) = self.part_at(at) else { continue };
            let mut way = k + 1;
            way += usize::from(
                self.is_one(way, "win victory defeat loss meeting match bout game tie contest"),
            );
            if !self.is_one(way, "against over by with to versus v") || self.is_elsewhere_beside(k)
            {
                continue;
            }
            let other = way + 1 + self.modifiers(way + 1);
            let Some(others) = self.who(other).filter(|who| !who.members.is_empty()) else {
                continue;
            };
            let Some(subject) = self.subject(k).filter(|subject| self.is_real(subject.at, k))
            else {
                continue;
            };
            let says = Says::Met { others: others.members.clone(), stage };
            let mut claim = self.claim(k, &subject, says);
            claim.anchor = self.parts[k].words.start..self.parts[other].words.end;
            claims.push(claim);
        }
        claims
    }

    /// "behind Ho and Kim", right after a result.
    pub(in crate::check::claims) fn behind(&self, k: usize) -> Option<Vec<Member>> {
        let near = (k + 1..self.parts.len().min(k + 8)).take_while(|i| !self.is_mark(*i, ",;.:"));
        let way = near.clone().find(|i| self.is_one(*i, "behind"))?;
        let at = way + 1 + self.modifiers(way + 1);
        Some(self.who(at)?.members.clone())
    }
}

impl Bench<'_> {
    /// Whether two met in a round.
    pub(in crate::check::claims) fn met_in(
        &self,
        claim: &Claim,
        words: &[Word],
        others: &[Member],
        stage: Stage,
    ) -> Verdict {
        let [first, ..] = claim.of.as_slice() else { return Verdict::Right };
        let Some(second) = others.first() else { return Verdict::Right };
        let (events, _) = self.events_under_way(claim, words, &self.one(first));
        let rows = self.rows_of(&claim.of).into_iter();
        let met: Vec<&Row> = rows
            .filter(|row| row.outcome.is_some() && events.contains(&row.event))
            .filter(|row| self.course.others(row).any(|other| self.is_of(other, second)))
            .collect();
        let Some(row) = met.first().filter(|_| !met.iter().any(|row| stage.is(&row.phase))) else {
            return Verdict::Right;
        };
        let names = (self.names(&claim.of[..1]), self.names(&others[..1]));
        self.contradicted(
            &codes::R013,
            row,
            claim.anchor.clone(),
            (
                format!("{} met {} in {}", names.0, names.1, stage.word()),
                format!("{} met {} in {}", names.0, names.1, self.title_of_row(row)),
            ),
            if claim.is_plain { Certainty::Certain } else { Certainty::Doubtful },
        )
    }

    /// Whether somebody was better than another, by the results of what both took part in; nothing if there is none.
    pub(in crate::check::claims) fn met(
        &self,
        claim: &Claim,
        words: &[Word],
        others: &[Member],
        stage: Option<Stage>,
    ) -> Option<Verdict> {
        let (winner, loser) = (claim.of.first()?, others.first()?);
        let (events, is_explicit) = self.events_under_way(claim, words, &self.one(winner));
        let is_then = |row: &&Row| {
            events.contains(&row.event)
                && match stage {
                    Some(stage) => stage.is(&row.phase),
                    None => row.outcome.is_some() || row.is_deciding,
                }
        };
        let mut met: Vec<(&Row, &Row)> = Vec::new();
        for row in self.rows(winner).into_iter().filter(is_then) {
            let other = self.course.others(row).find(|other| self.is_of(other, loser));
            met.extend(other.map(|other| (row, other)));
        }
        if met.is_empty() {
            // "beaten by Kim in the semi-finals", where it was Lee
            let stage = stage?;
            let then = |member: &Member| {
                let mut rows =
                    self.rows(member).into_iter().filter(|row| events.contains(&row.event));
                rows.find(|row| stage.is(&row.phase) && row.outcome.is_some())
            };
            let (row, known, unknown) = match (then(loser), then(winner)) {
                (Some(row), _) => (row, loser, winner),
                (None, row) => (row?, winner, loser),
            };
            let other = self.course.others(row).next()?;
            let is_there = self.rows(unknown).iter().any(|own| own.event == row.event);
            let by =
                other.athletes.iter().map(|athlete| self.site.athletes[*athlete].name.as_str());
            let by: Vec<&str> = by.collect();
            let names = (self.names(&claim.of[..1]), self.names(&others[..1]));
            let by = match by.as_slice() {
                [] => other.nation.as_deref().map_or(String::new(), |code| self.nation_name(code)),
                names => names.join(" and "),
            };
            let known = self.names(std::slice::from_ref(known));
            return is_there.then(|| {
                self.contradicted(
                    &codes::R003,
                    row,
                    claim.anchor.clone(),
                    (
                        format!("{} beat {} in {}", names.0, names.1, stage.word()),
                        format!("{known} met {by} in {}", self.title_of_row(row)),
                    ),
                    if claim.is_plain { Certainty::OfClaim } else { Certainty::Doubtful },
                )
            });
        }
        let (row, other) = *met.first()?;
        let is_better = |(row, other): &(&Row, &Row)| match (row.outcome, row.rank, other.rank) {
            (Some(outcome), ..) => outcome != Outcome::Lost,
            (None, Some(own), Some(other)) => own <= other,
            (None, Some(_), None) => true,
            (None, None, _) => other.rank.is_none(),
        };
        if met.iter().any(is_better) {
            return Some(Verdict::Right);
        }
        let names = (self.names(&claim.of[..1]), self.names(&others[..1]));
        let is_sure = claim.is_plain && (is_explicit || self.events.len() == 1) && met.len() == 1;
        Some(self.contradicted(
            &codes::R003,
            other,
            claim.anchor.clone(),
            (
                format!("{} beat {}", names.0, names.1),
                format!("{} was behind {} in {}", names.0, names.1, self.title_of_row(row)),
            ),
            if is_sure { Certainty::OfClaim } else { Certainty::Doubtful },
        ))
    }
}
