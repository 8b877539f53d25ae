//! Whether a claim agrees with what is recorded.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::Timestamp;

use super::claim::{Claim, Says};
use super::course::{Course, Row};
use super::lexicon::is_in;
use super::names::Form;
use super::parts::Member;
use super::result_index::{Holding, ResultIndex};
use super::words::Word;
use crate::assemble::Site;
use crate::diagnostics::{Code, codes};
use crate::games::medals::Medal;
use crate::games::noc::COMMITTEES;

/// What a story's claims are held against.
pub struct Bench<'a> {
    pub site: &'a Site,
    /// Its podiums.
    pub results: &'a ResultIndex,
    /// How its events went.
    pub course: &'a Course,
    /// Events that the story names.
    pub events: &'a BTreeSet<usize>,
    /// Athletes that the story names or has named.
    pub athletes: &'a BTreeSet<usize>,
    /// When it was written; nothing for what is always kept up to date.
    pub date: Option<Timestamp>,
}

/// Sessions may end before the time that is planned.
const EARLY: jiff::SignedDuration = jiff::SignedDuration::from_hours(3);

/// What is to be said of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It agrees, or it cannot be known.
    Right,
    /// Nothing that is recorded supports it.
    Unsupported(String),
    /// It contradicts what is recorded.
    Wrong(Wrong),
}

/// A contradiction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Of which kind.
    pub code: &'static Code,
    /// What the words were taken to say, after "that".
    pub reading: String,
    /// What is so, in a sentence.
    pub message: String,
    /// The words that are wrong.
    pub words: Range<usize>,
    /// What to write instead of which word, if that is certain.
    pub fix: Option<(usize, String)>,
    /// Where it is recorded: an event, and a path in its front matter.
    pub recorded: Option<Recorded>,
    /// Whether it may be said for certain.
    pub certainty: Certainty,
}

/// Where something is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// An event, and a path in its front matter.
    Podium(usize, String),
    /// A unit of the site, and an entry of it.
    Row(usize, usize),
}

/// How sure a contradiction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// As sure as the claim was understood.
    OfClaim,
    /// The figures leave no doubt.
    Certain,
    /// To be asked.
    Doubtful,
}

/// A member of a claim, as it is looked up: candidates of one name, or nations of one word.
pub(super) enum One<'a> {
    Athletes(&'a [usize]),
    Nations(Vec<&'a str>),
}

impl Bench<'_> {
    /// Judges a claim of a sentence.
    pub fn judge(&self, claim: &Claim, words: &[Word]) -> Verdict {
        if claim.of.is_empty() || claim.is_guess && self.is_of_somebody(claim, words) {
            return Verdict::Right;
        }
        match &claim.says {
            Says::Has(medal, word) => self.has(claim, words, *medal, *word),
            Says::Came(_, word) => match claim.medal() {
                Some(medal) => self.has(claim, words, medal, *word),
                None => match claim.says {
                    Says::Came(place, _) => self.placed(claim, words, place, None),
                    _ => self.missed(claim, words),
                },
            },
            Says::Missed => self.missed(claim, words),
            Says::Won => self.won(claim, words),
            Says::OneTwo => self.one_two(claim, words),
            Says::Beat { others, in_final, stage, is_of_podium } => {
                let met = self.met(claim, words, others, *stage);
                met.unwrap_or_else(|| match is_of_podium {
                    true => self.beat(claim, words, others, *in_final),
                    false => Verdict::Right,
                })
            }
            Says::Behind(others) => self.behind(claim, words, others),
            Says::Total { medal, number } => self.total(claim, *medal, *number),
            Says::Placed { place, stage } => self.placed(claim, words, *place, Some(*stage)),
            Says::Mark { figure, is_beside } => self.mark(claim, figure, *is_beside),
            Says::Margin { figure, others, rough } => self.margin(claim, figure, others, *rough),
            Says::Score { score, stage, sides, is_partial } => {
                self.score(claim, score, sides, *stage, *is_partial)
            }
            Says::Record(record) => self.record(claim, *record),
            Says::Met { others, stage } => self.met_in(claim, words, others, *stage),
            Says::OnPodium => self.on_podium(claim, words),
            Says::Stage { stage, progress } => self.stage(claim, words, *stage, *progress),
            Says::Count { medal, number, word } => self.count(claim, words, *medal, *number, *word),
        }
    }

    /// The recorded medals that a claim is right about: an event, and which medal where it is about one.
    pub fn supports(&self, claim: &Claim, words: &[Word]) -> Vec<(usize, Option<(Medal, usize)>)> {
        let is_order = matches!(claim.says, Says::Beat { .. } | Says::Behind(_) | Says::OneTwo);
        let mut found = Vec::new();
        for member in &claim.of {
            let one = self.one(member);
            let (events, is_explicit) = self.events(claim, words, &one);
            if let Some(medal) = claim.medal() {
                let is_it = |event: &usize| {
                    let holdings = self.results.events[*event].podium[medal as usize].iter();
                    let place =
                        holdings.enumerate().find(|(_, holding)| self.is_held(holding, &one));
                    place.map(|(place, _)| (*event, Some((medal, place))))
                };
                found.extend(events.iter().filter_map(is_it));
            } else if is_order && (is_explicit || events.len() == 1) {
                let placed = events.iter().filter(|event| self.place(**event, &one).is_some());
                found.extend(placed.map(|event| (*event, None)));
            }
        }
        found
    }

    /// What is recorded of somebody in the course of events: of a nation, in the events of the story.
    pub(super) fn rows(&self, member: &Member) -> Vec<&Row> {
        if !member.athletes.is_empty() {
            return member
                .athletes
                .iter()
                .flat_map(|athlete| self.course.of_athlete(*athlete))
                .collect();
        }
        let of_events = self.events.iter().flat_map(|event| self.course.of_event(*event));
        of_events.filter(|row| self.is_of(row, member)).collect()
    }

    /// What is recorded of several, each part of it once.
    pub(super) fn rows_of(&self, members: &[Member]) -> Vec<&Row> {
        let mut rows: Vec<&Row> = members.iter().flat_map(|member| self.rows(member)).collect();
        rows.sort_unstable_by_key(|row| (row.unit, row.entry));
        rows.dedup_by_key(|row| (row.unit, row.entry));
        rows
    }

    /// Whether a row is somebody's.
    pub(super) fn is_of(&self, row: &Row, member: &Member) -> bool {
        match self.one(member) {
            One::Athletes(athletes) => {
                athletes.iter().any(|athlete| row.athletes.contains(athlete))
            }
            One::Nations(codes) => {
                row.nation.as_deref().is_some_and(|nation| codes.contains(&nation))
            }
        }
    }

    /// What is wrong by a row of the results: how the words were read, and what is so.
    pub(super) fn contradicted(
        &self,
        code: &'static Code,
        row: &Row,
        words: Range<usize>,
        (reading, message): (String, String),
        certainty: Certainty,
    ) -> Verdict {
        let recorded = Some(Recorded::Row(row.unit, row.entry));
        Verdict::Wrong(Wrong { code, reading, message, words, fix: None, recorded, certainty })
    }

    /// Members by name.
    pub(super) fn names(&self, members: &[Member]) -> String {
        let names = members.iter().map(|member| self.name(member, &self.one(member)));
        names.collect::<Vec<_>>().join(" and ")
    }

    /// A round with its event, as it is named in a message.
    pub(super) fn title_of_row(&self, row: &Row) -> String {
        let title = self.title(row.event);
        let unit = self.site.unit(&self.site.units[row.unit]);
        let name = unit.and_then(|unit| unit.name.clone()).unwrap_or_else(|| row.phase.written());
        format!("{title}, {name}")
    }

    /// Whether what is guessed is so of anybody who is named.
    fn is_of_somebody(&self, claim: &Claim, words: &[Word]) -> bool {
        let is_so = |member: &Member| {
            let own = Claim { of: vec![member.clone()], is_guess: false, ..claim.clone() };
            self.judge(&own, words) == Verdict::Right
        };
        // Of a crowd nothing can be guessed.
        const CROWD: usize = 12;
        claim.company.len() > CROWD || claim.company.iter().any(is_so)
    }

    /// What a claim says, after "that".
    pub(super) fn reading(&self, claim: &Claim) -> String {
        let names = |members: &[Member]| {
            let names = members.iter().map(|member| self.name(member, &self.one(member)));
            names.collect::<Vec<_>>().join(" and ")
        };
        let who = names(&claim.of);
        match &claim.says {
            Says::Has(medal, _) => format!("{who} won {}", medal.word()),
            Says::Came(place, _) => format!("{who} came in at place {place}"),
            Says::Won => format!("{who} won"),
            Says::OneTwo => format!("{who} took gold and silver"),
            Says::Beat { others, .. } => format!("{who} beat {}", names(others)),
            Says::Behind(others) => format!("{who} finished behind {}", names(others)),
            Says::Count { medal, number, .. } => {
                format!("it is {} number {number} of {who}", medal.map_or("medal", Medal::word))
            }
            Says::Total { medal, number } => {
                format!("{who} has {number} of {}", medal.map_or("all medals", Medal::word))
            }
            Says::Missed => format!("{who} has no medal"),
            Says::Placed { place, stage } => {
                format!("{who} came in at place {place} in {}", stage.word())
            }
            Says::Mark { .. }
            | Says::Margin { .. }
            | Says::Score { .. }
            | Says::Stage { .. }
            | Says::Record(_)
            | Says::Met { .. } => who,
            Says::OnPodium => format!("{who} has a medal"),
        }
    }

    pub(super) fn won(&self, claim: &Claim, words: &[Word]) -> Verdict {
        let names_one = claim.of.first().is_some_and(|member| {
            let (events, is_explicit) = self.events(claim, words, &self.one(member));
            is_explicit && events.len() == 1
        });
        match names_one {
            true => self.has(claim, words, Medal::Gold, claim.anchor.start),
            false => Verdict::Right,
        }
    }

    pub(super) fn has(&self, claim: &Claim, words: &[Word], medal: Medal, word: usize) -> Verdict {
        let mut verdict = Verdict::Right;
        for member in &claim.of {
            match self.one_has(claim, words, member, medal, word) {
                Verdict::Wrong(wrong) => return Verdict::Wrong(wrong),
                Verdict::Unsupported(why) => verdict = Verdict::Unsupported(why),
                Verdict::Right => {}
            }
        }
        verdict
    }

    pub(super) fn one_has(
        &self,
        claim: &Claim,
        words: &[Word],
        member: &Member,
        medal: Medal,
        word: usize,
    ) -> Verdict {
        let one = self.one(member);
        let (events, is_explicit) = self.events(claim, words, &one);
        let name = self.name(member, &one);
        let held = |events: &BTreeSet<usize>, medal: Medal| {
            events.iter().copied().find(|event| self.holds(*event, medal, &one).is_some())
        };
        if held(&events, medal).is_some() {
            return Verdict::Right;
        }
        let others: Vec<(usize, Medal, &Holding)> = events
            .iter()
            .flat_map(|event| {
                let of =
                    |medal| self.holds(*event, medal, &one).map(|holding| (*event, medal, holding));
                Medal::ALL.into_iter().filter_map(of)
            })
            .collect();
        // What is said without an event may be about another one.
        let everywhere: BTreeSet<usize> =
            (0..self.results.events.len()).filter(|event| self.is_known(*event)).collect();
        let is_supported = held(&everywhere, medal).is_some();
        let is_open = self.events.len() != 1 || claim.is_listed || self.hints(words);
        if !is_explicit && (claim.is_listed || self.leads_away(claim, words)) {
            let why =
                format!("no recorded result of this event says that {name} has {}", medal.word());
            return if is_supported { Verdict::Right } else { Verdict::Unsupported(why) };
        }
        let is_theirs = words[member.words.clone()].last().is_some_and(|word| word.is_possessive);
        if is_supported && (claim.is_listed || is_theirs && !is_explicit) {
            return Verdict::Right;
        }
        if !is_explicit && is_supported && is_open || self.was_changed(&events, &one) {
            return Verdict::Right;
        }
        if let Some((event, other, holding)) = others.first() {
            let is_certain = others.iter().all(|(_, colour, _)| colour == other);
            let fix = is_certain.then(|| instead(&words[word].fold, *other)).flatten();
            return Verdict::Wrong(Wrong {
                reading: self.reading(claim),
                code: &codes::R001,
                message: format!("{name} has {}, not {}", other.word(), medal.word()),
                words: word..word + 1,
                fix: fix.map(|instead| (word, instead)),
                recorded: Some(Recorded::Podium(*event, holding.path.clone())),
                certainty: Certainty::OfClaim,
            });
        }
        // Nobody of that name is on the podium: somebody else is.
        let decided: Vec<usize> = events
            .iter()
            .copied()
            .filter(|event| !self.results.events[*event].podium[medal as usize].is_empty())
            .collect();
        // Beside others of this podium it is about this event; alone it may be about the other one.
        let in_company =
            claim.company.iter().filter(|companion| *companion != member).any(|companion| {
                let other = self.one(companion);
                events.iter().any(|event| self.place(*event, &other).is_some())
            });
        if is_supported
            && !is_explicit
            && (!in_company || words.iter().any(|word| word.fold == "first"))
        {
            return Verdict::Right;
        }
        if let [event] = decided.as_slice()
            && events.len() == 1
            && (is_explicit || self.events.contains(event))
        {
            let holding = &self.results.events[*event].podium[medal as usize][0];
            return Verdict::Wrong(Wrong {
                reading: self.reading(claim),
                code: &codes::R002,
                message: format!(
                    "{name} has no medal of {}: {} went to {}",
                    self.title(*event),
                    medal.word(),
                    self.holder(holding)
                ),
                words: member.words.clone(),
                fix: None,
                recorded: Some(Recorded::Podium(*event, holding.path.clone())),
                certainty: Certainty::OfClaim,
            });
        }
        let known = !decided.is_empty() && decided.len() == events.len() && is_explicit;
        if known && let Some(event) = decided.first() {
            let holding = &self.results.events[*event].podium[medal as usize][0];
            return Verdict::Wrong(Wrong {
                reading: self.reading(claim),
                code: &codes::R002,
                message: format!("{name} has no medal of what is named here"),
                words: member.words.clone(),
                fix: None,
                recorded: Some(Recorded::Podium(*event, holding.path.clone())),
                certainty: Certainty::OfClaim,
            });
        }
        Verdict::Unsupported(format!("no recorded result says that {name} has {}", medal.word()))
    }

    pub(super) fn missed(&self, claim: &Claim, words: &[Word]) -> Verdict {
        for member in &claim.of {
            let one = self.one(member);
            let (events, is_explicit) = self.events(claim, words, &one);
            if events.len() > 1 && !is_explicit {
                continue;
            }
            for event in &events {
                for medal in Medal::ALL {
                    if let Some(holding) = self.holds(*event, medal, &one) {
                        let name = self.name(member, &one);
                        return Verdict::Wrong(Wrong {
                            reading: self.reading(claim),
                            code: &codes::R001,
                            message: format!(
                                "{name} has {} of {}",
                                medal.word(),
                                self.title(*event)
                            ),
                            words: claim.anchor.clone(),
                            fix: None,
                            recorded: Some(Recorded::Podium(*event, holding.path.clone())),
                            certainty: Certainty::OfClaim,
                        });
                    }
                }
            }
        }
        Verdict::Right
    }

    pub(super) fn one_two(&self, claim: &Claim, words: &[Word]) -> Verdict {
        let [member] = claim.of.as_slice() else { return Verdict::Right };
        let one = self.one(member);
        let One::Nations(_) = &one else { return Verdict::Right };
        let (events, _) = self.events(claim, words, &one);
        let [event] = events.iter().copied().collect::<Vec<_>>()[..] else { return Verdict::Right };
        let entry = &self.results.events[event];
        let first_two = [Medal::Gold, Medal::Silver];
        if entry.podium[0].is_empty() || entry.podium[1].is_empty() {
            return Verdict::Right;
        }
        if let Some(missing) =
            first_two.into_iter().find(|medal| self.holds(event, *medal, &one).is_none())
        {
            let holding = &entry.podium[missing as usize][0];
            return Verdict::Wrong(Wrong {
                reading: self.reading(claim),
                code: &codes::R003,
                message: format!(
                    "{} of {} went to {}",
                    missing.word(),
                    self.title(event),
                    self.holder(holding)
                ),
                words: claim.anchor.clone(),
                fix: None,
                recorded: Some(Recorded::Podium(event, holding.path.clone())),
                certainty: Certainty::OfClaim,
            });
        }
        Verdict::Right
    }

    /// The place of somebody in an event: 0 for gold.
    pub(super) fn place(&self, event: usize, one: &One) -> Option<(usize, &Holding)> {
        Medal::ALL
            .into_iter()
            .find_map(|medal| Some((medal as usize, self.holds(event, medal, one)?)))
    }

    pub(super) fn beat(
        &self,
        claim: &Claim,
        words: &[Word],
        others: &[Member],
        in_final: bool,
    ) -> Verdict {
        let [winner, ..] = claim.of.as_slice() else { return Verdict::Right };
        let Some(loser) = others.first() else { return Verdict::Right };
        let (first, second) = (self.one(winner), self.one(loser));
        let (events, is_explicit) = self.events(claim, words, &first);
        if events.len() > 1 && !is_explicit {
            return Verdict::Right;
        }
        let names = (self.name(winner, &first), self.name(loser, &second));
        let wrong = |event: usize, message: String, holding: &Holding| {
            Verdict::Wrong(Wrong {
                reading: self.reading(claim),
                code: &codes::R003,
                message,
                words: claim.anchor.clone(),
                fix: None,
                recorded: Some(Recorded::Podium(event, holding.path.clone())),
                certainty: Certainty::OfClaim,
            })
        };
        for event in &events {
            match (self.place(*event, &first), self.place(*event, &second)) {
                (Some((a, _)), Some((b, holding))) if a > b => {
                    let medal = Medal::ALL[b].word();
                    let message =
                        format!("{} finished behind {}, who has {medal}", names.0, names.1);
                    return wrong(*event, message, holding);
                }
                (Some((0, _)), Some((1, _))) => return Verdict::Right,
                (Some((0, _)), other) if in_final => {
                    let Some(holding) = self.results.events[*event].podium[1].first() else {
                        continue;
                    };
                    let what = match other {
                        Some((b, _)) => format!("{} has {}", names.1, Medal::ALL[b].word()),
                        None => format!("{} was not in the final", names.1),
                    };
                    let message = format!("{what}: silver went to {}", self.holder(holding));
                    return wrong(*event, message, holding);
                }
                (other, Some((1, _))) if in_final => {
                    let Some(holding) = self.results.events[*event].podium[0].first() else {
                        continue;
                    };
                    let what = match other {
                        Some((b, _)) => format!("{} has {}", names.0, Medal::ALL[b].word()),
                        None => format!("{} was not in the final", names.0),
                    };
                    let message = format!("{what}: gold went to {}", self.holder(holding));
                    return wrong(*event, message, holding);
                }
                _ => {}
            }
        }
        Verdict::Right
    }

    pub(super) fn behind(&self, claim: &Claim, words: &[Word], others: &[Member]) -> Verdict {
        let Some(subject) = claim.of.first() else { return Verdict::Right };
        let one = self.one(subject);
        let (events, is_explicit) = self.events(claim, words, &one);
        if events.len() > 1 && !is_explicit {
            return Verdict::Right;
        }
        for event in &events {
            let Some((own, _)) = self.place(*event, &one) else { continue };
            for other in others {
                let second = self.one(other);
                let name = self.name(other, &second);
                match self.place(*event, &second) {
                    Some((place, holding)) if place > own => {
                        return Verdict::Wrong(Wrong {
                            reading: self.reading(claim),
                            code: &codes::R003,
                            message: format!(
                                "{name} finished behind, with {}",
                                Medal::ALL[place].word()
                            ),
                            words: other.words.clone(),
                            fix: None,
                            recorded: Some(Recorded::Podium(*event, holding.path.clone())),
                            certainty: Certainty::OfClaim,
                        });
                    }
                    None if own > 0 => {
                        let Some(holding) = self.results.events[*event].podium[own - 1].first()
                        else {
                            continue;
                        };
                        return Verdict::Wrong(Wrong {
                            reading: self.reading(claim),
                            code: &codes::R003,
                            message: format!(
                                "{name} has no medal of {}: ahead was {}",
                                self.title(*event),
                                self.holder(holding)
                            ),
                            words: other.words.clone(),
                            fix: None,
                            recorded: Some(Recorded::Podium(*event, holding.path.clone())),
                            certainty: Certainty::OfClaim,
                        });
                    }
                    _ => {}
                }
            }
        }
        Verdict::Right
    }

    pub(super) fn count(
        &self,
        claim: &Claim,
        words: &[Word],
        medal: Option<Medal>,
        number: u32,
        word: usize,
    ) -> Verdict {
        let [member] = claim.of.as_slice() else { return Verdict::Right };
        let mut meant = vec![self.one(member)];
        // "the Australian" may be the swimmer, or Australia.
        if member.athletes.is_empty() && member.form != Some(Form::Name) {
            let nation = member.nation.as_deref().unwrap_or_default();
            let is_of = |athlete: &&usize| self.nation_of(**athlete) == Some(nation);
            meant.extend(
                self.athletes
                    .iter()
                    .filter(is_of)
                    .map(|athlete| One::Athletes(std::slice::from_ref(athlete))),
            );
        }
        let mut right = Vec::new();
        for one in &meant {
            let (events, _) = self.events(claim, words, one);
            let counts = self.counts(one, medal, &events);
            if counts.is_empty() || counts.contains(&number) {
                return Verdict::Right;
            }
            right.extend(counts);
        }
        right.sort_unstable();
        right.dedup();
        let name = self.name(member, &meant[0]);
        let what = medal.map_or("medal", Medal::word);
        let fix = match right.as_slice() {
            [only] if meant.len() == 1 => instead_of_ordinal(&words[word].fold, *only),
            _ => None,
        };
        let nth: Vec<String> = right.iter().map(u32::to_string).collect();
        Verdict::Wrong(Wrong {
            reading: self.reading(claim),
            code: &codes::R004,
            message: format!("of {name} this is {what} number {}, not {number}", nth.join(" or ")),
            words: word..word + 1,
            fix: fix.map(|instead| (word, instead)),
            recorded: None,
            certainty: Certainty::OfClaim,
        })
    }

    /// "six golds": no more than there are by now, and no fewer than there were a day before.
    pub(super) fn total(&self, claim: &Claim, medal: Option<Medal>, number: u32) -> Verdict {
        let [member] = claim.of.as_slice() else { return Verdict::Right };
        let one = self.one(member);
        let is_nation = matches!(&one, One::Nations(codes) if codes.len() == 1);
        let colours: Vec<Medal> = medal.map_or(Medal::ALL.to_vec(), |medal| vec![medal]);
        let by = |time: Option<Timestamp>| -> u32 {
            let known = |entry: &super::result_index::Entry| match (entry.decided, time) {
                (Some(at), Some(time)) => at <= time,
                _ => true,
            };
            let entries = self.results.events.iter().filter(|entry| known(entry));
            let holdings = entries
                .flat_map(|entry| colours.iter().flat_map(|medal| &entry.podium[*medal as usize]));
            holdings.filter(|holding| self.is_held(holding, &one)).count() as u32
        };
        let now = by(self.date);
        // The day's first edition knows less than the evening's.
        let day = jiff::SignedDuration::from_hours(24);
        let then = self.date.and_then(|date| date.checked_sub(day).ok());
        let before = if then.is_some() { by(then) } else { now };
        if number <= now && (!is_nation || number >= before) {
            return Verdict::Right;
        }
        let name = self.name(member, &one);
        let what = medal.map_or("medal", Medal::word);
        let plural = if now == 1 { "" } else { "s" };
        Verdict::Wrong(Wrong {
            reading: self.reading(claim),
            code: &codes::R004,
            message: format!("{name} has {now} {what}{plural} by then, not {number}"),
            words: claim.anchor.clone(),
            fix: None,
            recorded: None,
            certainty: Certainty::OfClaim,
        })
    }

    /// Which number the medals of these events may have among all that somebody has.
    pub(super) fn counts(
        &self,
        one: &One,
        medal: Option<Medal>,
        events: &BTreeSet<usize>,
    ) -> Vec<u32> {
        let medals: Vec<Medal> = medal.map_or(Medal::ALL.to_vec(), |medal| vec![medal]);
        let number_of = |event: usize| {
            let podium = &self.results.events[event].podium;
            let holdings = medals.iter().flat_map(|medal| &podium[*medal as usize]);
            holdings.filter(|holding| self.is_held(holding, one)).count() as u32
        };
        let held: Vec<(Option<Timestamp>, u32, usize)> = (0..self.results.events.len())
            .map(|event| (self.results.events[event].decided, number_of(event), event))
            .filter(|(_, number, _)| *number > 0)
            .collect();
        let mut counts = Vec::new();
        for (decided, number, event) in held.iter().filter(|(.., event)| events.contains(event)) {
            let Some(decided) = decided else { return Vec::new() };
            if held.iter().any(|(at, ..)| at.is_none()) {
                return Vec::new();
            }
            let before: u32 = held
                .iter()
                .filter(|(at, ..)| *at < Some(*decided))
                .map(|(_, number, _)| number)
                .sum();
            let same: u32 = held
                .iter()
                .filter(|(at, _, other)| *at == Some(*decided) && other != event)
                .map(|(_, number, _)| number)
                .sum();
            counts.extend(before + 1..=before + same + number);
        }
        if counts.is_empty() {
            // Of what is named nothing is held: then it is one of those that there are by now.
            let known = |at: &Option<Timestamp>| match (at, self.date) {
                (Some(at), Some(date)) => *at <= date,
                _ => true,
            };
            let all: u32 =
                held.iter().filter(|(at, ..)| known(at)).map(|(_, number, _)| number).sum();
            counts.extend(1..=all);
        }
        counts
    }

    /// The events that a claim may be about, and whether it names them.
    pub(super) fn events(
        &self,
        claim: &Claim,
        words: &[Word],
        one: &One,
    ) -> (BTreeSet<usize>, bool) {
        self.events_by(claim, words, one, |event| self.is_known(*event))
    }

    /// The same with events that were not over when the text was written: of their first rounds.
    pub(super) fn events_under_way(
        &self,
        claim: &Claim,
        words: &[Word],
        one: &One,
    ) -> (BTreeSet<usize>, bool) {
        self.events_by(claim, words, one, |_| true)
    }

    fn events_by(
        &self,
        claim: &Claim,
        words: &[Word],
        one: &One,
        known: impl Fn(&usize) -> bool + Copy,
    ) -> (BTreeSet<usize>, bool) {
        let mut pool: BTreeSet<usize> = self.events.clone();
        if let One::Athletes(athletes) = one {
            let won = athletes.iter().flat_map(|athlete| &self.site.athletes[*athlete].medals);
            pool.extend(won.map(|award| self.site.awards[*award].event));
            let rows = athletes.iter().flat_map(|athlete| self.course.of_athlete(*athlete));
            pool.extend(rows.map(|row| row.event));
        }
        pool.retain(known);
        for window in [&claim.beside, &claim.clause] {
            let said = &words[(*window).clone()];
            let named = self.results.named(&pool, said);
            if !named.is_empty() {
                // Words that all of the pool have tell nothing, nor does the name of the sport alone.
                let is_telling = (named.len() < pool.len() || pool.len() == 1)
                    && self.results.is_title(&named, said);
                return (named, is_telling);
            }
            let elsewhere = self.results.spelt_out(said);
            if !elsewhere.is_empty() {
                return (elsewhere, true);
            }
        }
        if !self.events.is_empty() {
            return (self.events.iter().copied().filter(known).collect(), false);
        }
        if let One::Nations(_) = one {
            // Nothing says which event it is.
            let of_athletes =
                self.athletes.iter().flat_map(|athlete| &self.site.athletes[*athlete].medals);
            let events = of_athletes.map(|award| self.site.awards[*award].event);
            return (events.filter(known).collect(), false);
        }
        (pool, false)
    }

    /// Whether an event was over when the text was written: some hours are left for what ends early.
    pub(super) fn is_known(&self, event: usize) -> bool {
        match (self.results.events[event].decided, self.date) {
            (Some(at), Some(date)) => date.checked_add(EARLY).is_ok_and(|date| at <= date),
            _ => true,
        }
    }

    /// Whether a sentence has words that lead to another event than the story's: of its name, its sport, its
    /// gender, another day.
    pub(super) fn hints(&self, words: &[Word]) -> bool {
        words.iter().any(|word| is_of_another_time(&word.fold))
            || self.results.names_other(self.events, words)
    }

    /// Whether another event is named right behind: "the gold medallist in the synchro".
    pub(super) fn leads_away(&self, claim: &Claim, words: &[Word]) -> bool {
        let rest = &words[claim.anchor.end..];
        let [way, article, rest @ ..] = rest else { return false };
        if !matches!(way.fold.as_ref(), "in" | "of") || article.fold != "the" {
            return false;
        }
        let end = rest.iter().position(|word| !word.is_word).unwrap_or(rest.len()).min(4);
        let said = &rest[..end];
        const GENERAL: &str = "event final race class competition category games pool ring day night end evening afternoon morning tournament division lightest heaviest world rain heat city stadium match play-off early";
        let is_general = said.iter().any(|word| is_in(GENERAL, &word.fold));
        !is_general && !said.is_empty() && self.results.named(self.events, said).is_empty()
    }

    /// Whether the podium was changed after the ceremony, and it concerns them.
    pub(super) fn was_changed(&self, events: &BTreeSet<usize>, one: &One) -> bool {
        let One::Athletes(athletes) = one else { return false };
        let mut changes = athletes.iter().flat_map(|athlete| &self.site.athletes[*athlete].changes);
        changes.any(|(event, _)| events.contains(event))
    }

    pub(super) fn one<'m>(&'m self, member: &'m Member) -> One<'m> {
        if !member.athletes.is_empty() {
            return One::Athletes(&member.athletes);
        }
        let code = member.nation.as_deref().unwrap_or_default();
        // Either of the two is called Korean.
        match (code, member.form) {
            ("KOR", Some(Form::Adjective | Form::People)) => One::Nations(vec!["KOR", "PRK"]),
            _ => One::Nations(vec![code]),
        }
    }

    pub(super) fn holds(&self, event: usize, medal: Medal, one: &One) -> Option<&Holding> {
        let holdings = &self.results.events[event].podium[medal as usize];
        holdings.iter().find(|holding| self.is_held(holding, one))
    }

    /// Whether a medal was somebody's when the text was written.
    pub(super) fn is_held(&self, holding: &Holding, one: &One) -> bool {
        let is_known = match (holding.until, self.date) {
            (Some(until), Some(date)) => until > date,
            (Some(_), None) => false,
            (None, _) => true,
        };
        is_known
            && match one {
                One::Athletes(athletes) => {
                    athletes.iter().any(|athlete| holding.athletes.contains(athlete))
                }
                One::Nations(codes) => codes.contains(&holding.nation.as_str()),
            }
    }

    pub(super) fn nation_of(&self, athlete: usize) -> Option<&str> {
        Some(self.site.nations[self.site.athletes[athlete].nation?].code.as_str())
    }

    pub(super) fn name(&self, member: &Member, one: &One) -> String {
        match one {
            One::Athletes(athletes) => athletes
                .first()
                .map_or_else(String::new, |athlete| self.site.athletes[*athlete].name.clone()),
            One::Nations(codes) => {
                let code = member.nation.as_deref().or(codes.first().copied()).unwrap_or_default();
                self.nation_name(code)
            }
        }
    }

    /// A nation as the house prints it.
    pub fn nation_name(&self, code: &str) -> String {
        match self.site.nation_of_code(code) {
            Some(nation) => self.site.nations[nation].name.clone(),
            None => {
                let known = COMMITTEES.iter().find(|(known, ..)| *known == code);
                known.map_or(code, |(_, name, _)| name).to_owned()
            }
        }
    }

    /// Those who have a medal, by name.
    pub fn holder(&self, holding: &Holding) -> String {
        // A team is known by its nation: three of its players are not who has won.
        const PAIR: usize = 2;
        let is_team = holding.athletes.len() > PAIR;
        let names: Vec<&str> = holding
            .athletes
            .iter()
            .filter(|_| !is_team)
            .map(|athlete| self.site.athletes[*athlete].name.as_str())
            .collect();
        match names.as_slice() {
            [] => self.nation_name(&holding.nation),
            [one] => (*one).to_owned(),
            [start @ .., last] => format!("{} and {last}", start.join(", ")),
        }
    }

    pub(super) fn title(&self, event: usize) -> String {
        let node = &self.site.events[event];
        format!("{} ({})", node.doc.title, self.site.sports[node.sport].name)
    }
}

/// Words that lead from the event of a story to another one.
fn is_of_another_time(word: &str) -> bool {
    const WORDS: &str = "monday tuesday wednesday thursday friday saturday sunday yesterday earlier ago already also previous previously adding added another other later double days elsewhere";
    is_in(WORDS, word)
}

/// The word that names another medal in the same way.
fn instead(word: &str, medal: Medal) -> Option<String> {
    let places = ["first", "second", "third"];
    if places.contains(&word) {
        return Some(places[medal as usize].to_owned());
    }
    let colours = ["gold", "silver", "bronze"];
    let from = colours.into_iter().find(|colour| word.starts_with(colour))?;
    Some(format!("{}{}", colours[medal as usize], &word[from.len()..]))
}

fn instead_of_ordinal(word: &str, number: u32) -> Option<String> {
    const WORDS: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let end = match (number % 10, number % 100) {
            (_, 11..=13) => "th",
            (1, _) => "st",
            (2, _) => "nd",
            (3, _) => "rd",
            _ => "th",
        };
        return Some(format!("{number}{end}"));
    }
    WORDS.get(usize::try_from(number).ok()?.checked_sub(1)?).map(|ordinal| (*ordinal).to_owned())
}
