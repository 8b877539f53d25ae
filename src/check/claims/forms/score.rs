//! The score of a match: "beat Kim 4-2", "3-0 in the final", "15-10 for the bronze".

use super::super::claim::{Claim, Says};
use super::super::course::{Row, Stage};
use super::super::figures::{self, Score};
use super::super::grammar::{Reader, Subject};
use super::super::judge::{Bench, Certainty, Verdict};
use super::super::lexicon::is_in;
use super::super::parts::{Is, Member};
use crate::diagnostics::codes;

/// Words by which a score is one on the way, or of other matches.
const ON_THE_WAY: &str = "led lead leads leading trailed trailing trail level levelled up down half half-time halftime interval first-half set sets games break quarter period periods run runs aggregate head-to-head record career series previous meetings comeback deficit early at opening opener saved saving until leg frame ahead behind pull pulled back";

impl Reader<'_> {
    /// Scores of matches between those who are named.
    pub(in crate::check::claims) fn scores(&self) -> Vec<Claim> {
        let mut claims = Vec::new();
        let is_one = |i: &usize| self.who(*i).is_some_and(|who| !who.members.is_empty());
        let listed = (0..self.parts.len()).filter_map(|k| self.two_sides(k));
        for score in figures::scores(self.setting.text, self.words).into_iter().chain(listed) {
            let Some(k) = self.part_at(score.words.start) else { continue };
            if self.words[score.words.start].is_quoted {
                continue;
            }
            let limit = (0..k).rev().find(|i| self.is_mark(*i, ";.")).map_or(0, |i| i + 1);
            let before = (limit..k).rev().find(is_one);
            let subject = self.subject(k).or_else(|| before.and_then(|at| self.at(at)));
            let after =
                || (k + 1..self.parts.len()).take_while(|i| !self.is_mark(*i, ";")).find(is_one);
            let Some(subject) = subject
                .filter(|subject| !subject.who.members.is_empty())
                .or_else(|| before.and_then(|at| self.at(at)))
                .or_else(|| after().and_then(|at| self.at(at)))
            else {
                continue;
            };
            let subject = Subject { who: subject.who, at: subject.at };
            let (start, end) = (self.clause_start(k), self.clause_end(k));
            let limit_end =
                (k..self.parts.len()).find(|i| self.is_mark(*i, ";")).unwrap_or(self.parts.len());
            // The one right beside it is the other side, whoever else is named.
            let after = k + 1 + usize::from(self.is_one(k + 1, "win victory defeat loss"));
            let beside = Some(after + 1 + self.modifiers(after + 1))
                .filter(|_| self.is_one(after, "to by against over"))
                .filter(is_one)
                .or_else(|| {
                    (k.saturating_sub(3)..k).rev().find(is_one).filter(|at| subject.at != Some(*at))
                });
            let sides: Vec<Member> = (limit..limit_end)
                .filter_map(|i| self.who(i))
                .flat_map(|who| who.members.clone())
                .collect();
            let sides = match beside.and_then(|at| self.who(at)) {
                Some(who) => subject.who.members.iter().chain(&who.members).cloned().collect(),
                None => sides,
            };
            let is_theirs =
                (limit..k).any(|i| self.parts[i].is == Is::Pronoun && subject.at != Some(i));
            let mut near = start.max(k.saturating_sub(4))..end.min(k + 5);
            let is_partial = is_theirs || near.any(|i| is_in(ON_THE_WAY, self.fold(i)));
            let stage = self.stage_near(k);
            let mut claim = self.claim(
                k,
                &subject,
                Says::Score { score: score.clone(), stage, sides, is_partial },
            );
            claim.anchor = score.words;
            // Whose match "they" won is not for certain.
            claim.is_plain &= subject.at.is_none_or(|at| self.parts[at].is != Is::Pronoun);
            claims.push(claim);
        }
        claims
    }
}

impl Reader<'_> {
    /// "Canada 4, Finland 3": each side before its score.
    fn two_sides(&self, k: usize) -> Option<Score> {
        let number = |k: usize| {
            let word = self.fold(k);
            let is_number = !word.is_empty()
                && word.len() <= 3
                && word.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| word.parse::<i64>().ok()).flatten()
        };
        self.who(k)?;
        let first = number(k + 1)?;
        let other = k + 2 + usize::from(self.is_mark(k + 2, ","));
        self.who(other)?;
        let second = number(other + 1)?;
        let is_end = other + 2 >= self.parts.len() || self.parts[other + 2].is == Is::Mark;
        let words = self.parts[k + 1].words.start..self.parts[other + 1].words.end;
        is_end.then_some(Score { pair: (first, second), words })
    }
}

impl Bench<'_> {
    /// Whether a match between those who are named ended so.
    pub(in crate::check::claims) fn score(
        &self,
        claim: &Claim,
        said: &Score,
        sides: &[Member],
        stage: Option<Stage>,
        is_partial: bool,
    ) -> Verdict {
        let rows: Vec<&Row> = self.rows_of(&claim.of);
        // "China won 3-0": of one of its players no such thing is said.
        let is_nation = claim.of.iter().all(|member| member.athletes.is_empty());
        let is_meant = |row: &&Row| {
            row.outcome.is_some()
                && !(is_nation && row.athletes.len() == 1)
                && (self.events.is_empty() || self.events.contains(&row.event))
        };
        let matches: Vec<(&Row, &Row)> = rows
            .iter()
            .copied()
            .filter(is_meant)
            .filter_map(|row| Some((row, self.course.others(row).next()?)))
            .collect();
        let opponents: Vec<&(&Row, &Row)> = matches
            .iter()
            .filter(|(_, other)| {
                let mut company = sides.iter().filter(|member| !claim.of.contains(member));
                company.any(|member| self.is_of(other, member))
            })
            .collect();
        let (a, b) = said.pair;
        let pair = |first: &Row, second: &Row| {
            const MILLION: i64 = 1_000_000;
            Some((first.value? / MILLION, second.value? / MILLION))
        };
        let is_it = |(row, other): &(&Row, &Row)| {
            let is_end =
                pair(row, other).is_some_and(|(x, y)| (x, y) == (a, b) || (y, x) == (a, b));
            let periods = row.periods.iter().chain(&other.periods);
            is_end || periods.into_iter().any(|periods| has_pair(periods, a, b))
        };
        // Matches between others who are named.
        let is_named = |row: &Row| sides.iter().any(|member| self.is_of(row, member));
        let all = sides.iter().flat_map(|member| self.rows(member)).filter(is_meant);
        let pairs = all.filter_map(|row| Some((row, self.course.others(row).next()?)));
        let of_others: Vec<(&Row, &Row)> = pairs.filter(|(_, other)| is_named(other)).collect();
        let own = if opponents.is_empty() {
            matches.iter().any(is_it)
        } else {
            opponents.iter().any(|pair| is_it(pair))
        };
        if own || of_others.iter().any(is_it) || is_partial {
            return Verdict::Right;
        }
        let is_then = |(row, _): &&(&Row, &Row)| stage.is_none_or(|stage| stage.is(&row.phase));
        let meant: Vec<&(&Row, &Row)> = match opponents.is_empty() {
            false => opponents.into_iter().filter(is_then).collect(),
            true if stage.is_some() => matches.iter().filter(is_then).collect(),
            true => return Verdict::Right,
        };
        let [(row, other)] = meant.as_slice() else { return Verdict::Right };
        let Some((x, y)) = pair(row, other) else { return Verdict::Right };
        let is_close = x == a || y == b || y == a || x == b;
        let name = self.names(&claim.of);
        self.contradicted(
            &codes::R013,
            row,
            claim.anchor.clone(),
            (
                format!("a match of {name} ended {a}-{b}"),
                format!("{name} has {x}-{y} in {}", self.title_of_row(row)),
            ),
            if is_close && claim.is_plain { Certainty::Certain } else { Certainty::Doubtful },
        )
    }
}

/// Whether the scores of periods have one of two numbers: "21-15 21-18".
fn has_pair(periods: &str, a: i64, b: i64) -> bool {
    let pairs =
        periods.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '(' | ')'));
    let mut pairs = pairs.filter_map(|pair| pair.split_once(['-', ':', '\u{2013}']));
    pairs.any(|(x, y)| {
        let (x, y) = (x.parse::<i64>().ok(), y.parse::<i64>().ok());
        (x, y) == (Some(a), Some(b)) || (x, y) == (Some(b), Some(a))
    })
}
