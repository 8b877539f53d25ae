//! How far somebody came: "out in the quarter-finals", "into the final", "won her heat".

use std::sync::LazyLock;

use super::super::claim::{Claim, Progress, Says};
use super::super::course::{Row, Stage};
use super::super::grammar::Reader;
use super::super::judge::{Bench, Certainty, Verdict};
use super::super::lexicon::{Class, Words, is_in, words};
use super::super::parts::Is;
use super::super::words::Word;
use crate::diagnostics::codes;
use crate::games::results::Outcome;

/// Verbs of those who go out.
static LEAVING: Words = LazyLock::new(|| {
    words(
        "out exit exited exits eliminated knocked beaten lost loses losing fell falls crashed crash bowed bows dumped ousted defeated defeat loss stopped departed",
    )
});

/// Verbs of those who come so far.
static COMING: Words = LazyLock::new(|| {
    words(
        "reached reaches reach reaching into made makes making advanced advances advancing through qualified qualifies qualifying booked booking books progressed progresses safely marched moved moves eased eases",
    )
});

/// Verbs of those who win a round.
static WINNING: Words = LazyLock::new(|| words("won wins win winning topped tops topping"));

/// Verbs of those who do not come so far.
static MISSING: Words = LazyLock::new(|| words("missed misses missing"));

impl Reader<'_> {
    /// The round before the final that a sentence speaks of where it comes to `k`, or the one before it did.
    pub(in crate::check::claims) fn stage_before(&self, k: usize) -> Option<Stage> {
        let at = self.parts[k].words.start;
        let named = self.stages.iter().rev().find(|(i, _)| *i < at).map(|(_, stage)| *stage);
        named.or(self.setting.stage).filter(|stage| !matches!(stage, Stage::Final | Stage::Bronze))
    }

    /// The round that is named in the clause of a part, nearest to it.
    pub(in crate::check::claims) fn stage_near(&self, k: usize) -> Option<Stage> {
        let (start, end) = (self.clause_start(k), self.clause_end(k));
        let words = self.parts[start].words.start..self.parts[end - 1].words.end;
        let at = self.parts[k].words.start;
        let is_bronze = self.parts[start..end].iter().any(|part| {
            matches!(&part.is, Is::Round(medal) if *medal == crate::games::medals::Medal::Bronze)
                || matches!(&part.is, Is::Prize(prize) if prize.medal == Some(crate::games::medals::Medal::Bronze))
        });
        if is_bronze {
            return Some(Stage::Bronze);
        }
        let near = self.stages.iter().filter(|(i, _)| words.contains(i));
        let found = near.map(|(i, stage)| (i.abs_diff(at), *stage));
        found.min_by_key(|(far, _)| *far).map(|(_, stage)| stage)
    }

    /// The round of a match that is told of at `k`: "beat Ho in the semi-finals", but not "reached the final by beating Ho".
    pub(in crate::check::claims) fn stage_of_match(&self, k: usize) -> Option<Stage> {
        let is_reached = (self.clause_start(k)..k).any(|i| {
            self.is_one(i, "reached reaches reach reaching into made makes advanced advances through qualified booked progressed")
        });
        let after = self.parts[k].words.end..self.parts[self.clause_end(k) - 1].words.end;
        let named = self.stages.iter().find(|(i, _)| after.contains(i)).copied();
        // "beat Ho to reach the final": in the round before it.
        let found = named.and_then(|(at, stage)| {
            let is_reached = (at.saturating_sub(4)..at)
                .any(|i| is_in("reach make into enter", &self.words[i].fold));
            match (is_reached, stage) {
                (false, stage) => Some(stage),
                (true, Stage::Final) => Some(Stage::SemiFinal),
                (true, Stage::SemiFinal) => Some(Stage::QuarterFinal),
                (true, _) => None,
            }
        });
        let mut all = self.stages.iter().map(|(_, stage)| *stage);
        let only = all.next().filter(|stage| all.all(|other| other == *stage));
        // "out in the quarter-finals, beaten by Ho"
        let found = found.or_else(|| only.filter(|_| named.is_none() && self.is_one(k, "beaten")));
        let is_bronze = self.stage_near(k).filter(|stage| *stage == Stage::Bronze);
        found.or(is_bronze).or_else(|| self.stage_near(k).filter(|_| !is_reached))
    }

    /// What is said of rounds.
    pub(in crate::check::claims) fn stages(&self) -> Vec<Claim> {
        let mut claims = Vec::new();
        for (at, stage) in self.stages.iter().copied() {
            let Some(k) = self.part_at(at) else { continue };
            if self.words[at].is_quoted || self.is_elsewhere_beside(k) {
                continue;
            }
            let start = self.clause_start(k).max(k.saturating_sub(7));
            let near = |list: &Words| (start..k).rev().find(|i| list.contains(self.fold(*i)));
            let way = (start..k).rev().find(|i| is_in("in at to into for", self.fold(*i)));
            let is_close = way.is_some_and(|way| {
                (way + 1..k).all(|i| self.who(i).is_none() && !self.is_mark(i, ","))
            });
            let way = way.filter(|_| is_close).map_or("", |way| self.fold(way));
            let out = near(&LEAVING);
            // "have beaten Ho in the final": it is Ho who is out.
            let out = out.filter(|verb| {
                self.class(*verb) != Some(Class::Beat)
                    && !self.is_one(*verb, "eliminated knocked dumped ousted stopped")
                    || self.who(verb + 1 + self.modifiers(verb + 1)).is_none()
            });
            let reached = near(&COMING);
            let won = near(&WINNING);
            let missed = near(&MISSING);
            let says = if let Some(verb) =
                missed.filter(|verb| (verb + 1..k).all(|i| is_in("the a out on", self.fold(i))))
            {
                Some((verb, Progress::Missed))
            } else if let Some(verb) = out.filter(|verb| {
                matches!(way, "in" | "at")
                    && !(stage == Stage::Group && self.class(*verb) == Some(Class::Lose))
            }) {
                Some((verb, Progress::Out))
            } else if let Some(verb) = reached.filter(|verb| {
                is_in("to into for", way)
                    || self.fold(*verb) == "into"
                    || (verb + 1..k).all(|i| is_in("the a her his their", self.fold(i)))
            }) {
                Some((verb, Progress::Reached))
            } else {
                won.filter(|verb| {
                    !matches!(stage, Stage::Final | Stage::Bronze | Stage::Group)
                        && (verb + 1..k).all(|i| {
                            matches!(self.parts[i].is, Is::Word(_) | Is::Rank(_))
                                && !is_in("in at from after", self.fold(i))
                        })
                })
                .map(|verb| (verb, Progress::Won))
            };
            let Some((verb, progress)) = says else { continue };
            // "the Swiss, out in the semi-finals"
            let apposed = Some(verb)
                .filter(|verb| *verb >= 2 && self.is_mark(verb - 1, ","))
                .and_then(|verb| self.at(verb - 2));
            let subject = self.subject(verb).filter(|subject| self.is_real(subject.at, verb));
            let Some(subject) = apposed.or(subject) else { continue };
            let mut claim = self.claim(k, &subject, Says::Stage { stage, progress });
            claim.anchor = self.parts[verb].words.start..self.parts[k].words.end;
            claims.push(claim);
        }
        claims
    }
}

impl Bench<'_> {
    /// Whether somebody came so far, and no farther.
    pub(in crate::check::claims) fn stage(
        &self,
        claim: &Claim,
        words: &[Word],
        stage: Stage,
        progress: Progress,
    ) -> Verdict {
        let [member] = claim.of.as_slice() else { return Verdict::Right };
        let one = self.one(member);
        let (events, is_explicit) = self.events_under_way(claim, words, &one);
        let rows: Vec<&Row> =
            self.rows(member).into_iter().filter(|row| events.contains(&row.event)).collect();
        let Some(first) = rows.first() else { return Verdict::Right };
        if !rows.iter().all(|row| row.event == first.event) && !is_explicit {
            return Verdict::Right;
        }
        let all = self.course.of_event(first.event);
        if !all.iter().any(|row| stage.is(&row.phase)) {
            return Verdict::Right;
        }
        let own: Vec<&&Row> = rows.iter().filter(|row| stage.is(&row.phase)).collect();
        let is_later = |row: &&&Row| row.phase > own_phase(&own);
        let is_so = match progress {
            Progress::Reached => !own.is_empty() || rows.iter().any(|row| row.is_deciding),
            Progress::Missed => own.is_empty(),
            Progress::Won => {
                own.is_empty()
                    || own
                        .iter()
                        .any(|row| row.outcome == Some(Outcome::Won) || row.rank == Some(1))
            }
            Progress::Out => {
                !own.is_empty()
                    && !own.iter().all(|row| row.outcome == Some(Outcome::Won))
                    && (stage == Stage::Final
                        || !rows.iter().filter(is_later).any(|row| is_further(stage, row)))
            }
        };
        if is_so {
            return Verdict::Right;
        }
        let name = self.names(&claim.of);
        let last = rows.iter().max_by(|a, b| a.phase.cmp(&b.phase)).unwrap_or(first);
        let what = match progress {
            Progress::Out => format!("{name} went out in {}", stage.word()),
            Progress::Reached => format!("{name} was in {}", stage.word()),
            Progress::Won => format!("{name} won in {}", stage.word()),
            Progress::Missed => format!("{name} was not in {}", stage.word()),
        };
        let message = match progress {
            Progress::Out | Progress::Reached => {
                format!("the last recorded of {name} is {}", self.title_of_row(last))
            }
            Progress::Won | Progress::Missed => format!(
                "{name} has rank {} there",
                own.first()
                    .and_then(|row| row.rank)
                    .map_or("-".to_owned(), |rank| rank.to_string())
            ),
        };
        self.contradicted(
            &codes::R013,
            last,
            claim.anchor.clone(),
            (what, message),
            if claim.is_plain { Certainty::OfClaim } else { Certainty::Doubtful },
        )
    }
}

fn own_phase(own: &[&&Row]) -> crate::games::results::Phase {
    own.first().map_or(crate::games::results::Phase::Seeding, |row| row.phase.clone())
}

/// Whether a row is of a round that only those reach who are not out in this one.
fn is_further(stage: Stage, row: &Row) -> bool {
    use crate::games::results::Phase;
    match row.phase {
        // Who loses a semi-final may fight for bronze, who loses earlier may come back by the repechage.
        Phase::Bronze | Phase::Placing | Phase::Repechage => false,
        Phase::Final | Phase::Overall => row.is_deciding,
        _ => stage != Stage::SemiFinal,
    }
}
