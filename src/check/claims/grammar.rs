//! The grammar: how the parts of a sentence make a claim about a medal.
//!
//! A claim has an anchor, the words that name the result, and somebody of whom it is said. Who that is depends
//! on where the anchor stands:
//!
//! | form | example |
//! |---|---|
//! | subject, verb, medal | Ho took silver; Ho, fourth at the turn, had to settle for bronze |
//! | the verb left out | Callinan won gold and Ho silver |
//! | medal, "for" or "to" | gold for Ho; silver went to Ho and bronze to Kim |
//! | owner | Ho's bronze; South Korea's third gold; China's bronze-winning pair |
//! | apposition | silver medallist Ho; Ho, the runner-up,; bronze-winning Ho |
//! | list | Ho (silver); Gold: Ho; Ho, gold; Kim, silver |
//! | rank | Ho finished second; with Ho third; Kim rounded out the podium |
//! | caused | leaving Ho with silver; pushing Kim into third |
//! | order | Ho beat Kim in the final; Kim lost to Ho; Kim took bronze behind Ho |
//! | count | Ho's second gold of the Games; South Korea's fourth medal in Riverton |
//!
//! Nothing is claimed where the words between the two make it unreal (hopes, denials, questions), or place it in
//! another competition or year.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::claim::{Claim, Says};
use super::course::Stage;
use super::figures::{self};
use super::lexicon::{Class, is_in, stage_at};
use super::parts::{Is, Member, Part, Who};
use super::words::{LONGEST, Word};
use crate::games::medals::Medal;

/// What is needed to know of the Games to read a sentence.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The text that the words are of.
    pub text: &'a str,
    /// The year of these Games.
    pub year: Option<i16>,
    /// Words of the city and the name of these Games, folded.
    pub city: &'a [String],
    /// Of whom the last sentence was.
    pub before: Option<&'a Who>,
    /// The round before the final that the text has named last.
    pub stage: Option<Stage>,
    /// Words that name events or sports.
    pub events: &'a BTreeSet<String>,
}

/// What a sentence claims.
pub fn claims(words: &[Word], parts: &[Part], setting: &Setting) -> Vec<Claim> {
    let reader = Reader::new(words, parts, setting);
    let mut claims = Vec::new();
    for (k, part) in parts.iter().enumerate() {
        match &part.is {
            Is::Prize(prize) => claims.extend(reader.prize(k, prize)),
            Is::Holder { medal, is_weak } => claims.extend(reader.holder(k, *medal, *is_weak)),
            Is::Winning(medal) => claims.extend(reader.winning(k, *medal)),
            Is::Rank(place) => claims.extend(reader.rank(k, *place)),
            Is::Round(medal) => claims.extend(reader.round(k, *medal)),
            Is::Podium => claims.extend(reader.podium(k)),
            Is::OneTwo => claims.extend(reader.one_two(k)),
            Is::Word(Class::Beat | Class::Lose) => claims.extend(reader.beat(k)),
            Is::Word(Class::Oblique) => claims.extend(reader.against(k)),
            Is::Word(Class::Cause) => claims.extend(reader.won(k)),
            _ => {}
        }
    }
    claims.extend(reader.figures());
    claims.extend(reader.scores());
    claims.extend(reader.stages());
    claims.extend(reader.records());
    claims.extend(reader.meetings());
    claims.extend(reader.on_podium());
    reader.paired(&mut claims);
    claims.extend(reader.guesses(&claims));
    if claims.is_empty() {
        return claims;
    }
    // "If Ho had not slipped, we would be looking at gold." "Who wins the final?"
    let has = |list: &str| words.iter().any(|word| is_in(list, &word.fold));
    let is_condition =
        |(i, word): (usize, &Word)| word.fold == "if" && (i == 0 || words[i - 1].fold != "as");
    if has("?") || words.iter().enumerate().any(is_condition) || words.len() >= LONGEST {
        return Vec::new();
    }
    // "At last year's championships, Ho took gold."
    let first =
        (0..parts.len()).find(|k| reader.who(*k).is_some_and(|who| !who.members.is_empty()));
    let comma = (0..first.unwrap_or(0)).find(|k| reader.is_mark(*k, ","));
    let opens = reader.is_one(0, "in at on last two three four five six seven during");
    if comma.is_some_and(|comma| reader.is_elsewhere(0, comma))
        || opens && reader.is_elsewhere(0, first.unwrap_or(0))
    {
        return Vec::new();
    }
    // What was decided after the ceremony is told with what was so before.
    if has(
        "annulled annul overturned revoked rescinded reallocated stripped reinstated disqualified disqualification upgraded promoted demoted moved",
    ) {
        return Vec::new();
    }
    let colours: Vec<(Vec<Member>, Medal)> = claims
        .iter()
        .filter_map(|claim| match claim.says {
            Says::Has(medal, _) => Some((claim.of.clone(), medal)),
            _ => None,
        })
        .collect();
    let is_many = words.iter().any(|word| is_in("golds silvers bronzes", &word.fold));
    let company: Vec<Member> = (0..parts.len())
        .filter_map(|k| reader.who(k))
        .flat_map(|who| who.members.clone())
        .collect();
    for claim in &mut claims {
        claim.company.clone_from(&company);
        let Says::Has(medal, _) = claim.says else { continue };
        claim.is_listed = claim.of.len() == 1
            && (is_many || colours.iter().any(|(of, other)| *of == claim.of && *other != medal));
    }
    // "in Tokyo, where Ho took gold": what follows was there.
    let there = (1..parts.len()).find(|k| {
        reader.is_one(*k, "where when") && (k.saturating_sub(3)..*k).any(|i| reader.is_other(i))
    });
    if let Some(there) = there {
        claims.retain(|claim| claim.anchor.start < parts[there].words.start);
    }
    claims
}

/// Whether each word of a sentence is one that the grammar knows.
pub fn is_plain(words: &[Word], parts: &[Part], setting: &Setting) -> bool {
    let reader = Reader::new(words, parts, setting);
    // A mark or a score beside a medal may be the one that is right.
    let has_figures = figures::figures(setting.text, words).iter().any(|figure| figure.is_exact)
        || !figures::scores(setting.text, words).is_empty();
    !has_figures && reader.is_plain()
}

/// Whether each result that is named is said of somebody.
pub fn are_all_claimed(parts: &[Part], claims: &[Claim]) -> bool {
    let is_result = |part: &&Part| {
        matches!(
            part.is,
            Is::Prize(_) | Is::Holder { .. } | Is::Winning(_) | Is::Rank(_) | Is::OneTwo
        )
    };
    let is_claimed = |part: &Part| {
        let touches = |claim: &Claim| {
            claim.anchor.start < part.words.end && part.words.start < claim.anchor.end
        };
        claims.iter().any(|claim| touches(claim) && !claim.is_guess)
    };
    parts.iter().filter(is_result).all(is_claimed)
}

/// The one of whom a sentence is, for the pronouns of the next.
pub fn topic(parts: &[Part]) -> Option<&Who> {
    let first = parts.iter().find(|part| matches!(part.is, Is::Who(_) | Is::Pronoun))?;
    match &first.is {
        Is::Who(who) => Some(who),
        _ => None,
    }
}

pub(super) struct Reader<'a> {
    pub(super) words: &'a [Word<'a>],
    pub(super) parts: &'a [Part],
    pub(super) setting: &'a Setting<'a>,
    /// The rounds that are named, by the words that name them.
    pub(super) stages: Vec<(usize, Stage)>,
    /// Whether a word turns the sentence, once somebody has asked.
    pub(super) turned: OnceCell<bool>,
    /// Whether the whole of it is of another time, once somebody has asked.
    pub(super) away: OnceCell<bool>,
}

/// Of whom something is said, and which part names them; nothing for a pronoun.
pub(super) struct Subject<'a> {
    pub(super) who: &'a Who,
    pub(super) at: Option<usize>,
}

impl<'a> Reader<'a> {
    fn new(words: &'a [Word<'a>], parts: &'a [Part], setting: &'a Setting<'a>) -> Reader<'a> {
        let stages = (0..words.len()).filter_map(|at| Some((at, stage_at(words, at)?))).collect();
        let (turned, away) = (OnceCell::new(), OnceCell::new());
        Reader { words, parts, setting, stages, turned, away }
    }

    pub(super) fn who(&self, k: usize) -> Option<&'a Who> {
        match &self.parts.get(k)?.is {
            Is::Who(who) => Some(who),
            _ => None,
        }
    }

    pub(super) fn fold(&self, k: usize) -> &'a str {
        self.parts.get(k).map_or("", |part| self.words[part.words.start].fold.as_ref())
    }

    /// Whether a part begins with one of these words.
    pub(super) fn is_one(&self, k: usize, words: &str) -> bool {
        is_in(words, self.fold(k))
    }

    pub(super) fn is_mark(&self, k: usize, marks: &str) -> bool {
        self.parts.get(k).is_some_and(|part| part.is == Is::Mark) && marks.contains(self.fold(k))
    }

    pub(super) fn class(&self, k: usize) -> Option<Class> {
        match self.parts.get(k)?.is {
            Is::Word(class) => Some(class),
            _ => None,
        }
    }

    pub(super) fn at(&self, k: usize) -> Option<Subject<'a>> {
        self.who(k).map(|who| Subject { who, at: Some(k) })
    }

    /// How many parts of a name's own noun phrase stand at `k`: "the", "compatriot".
    pub(super) fn modifiers(&self, k: usize) -> usize {
        let rest = self.parts.get(k..).unwrap_or_default();
        rest.iter().take(4).take_while(|part| matches!(part.is, Is::Word(Class::Role))).count()
    }

    pub(super) fn has_verb(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| matches!(self.class(i), Some(Class::Verb | Class::Cause | Class::Beat)))
    }

    /// Where the clause begins in which a part stands.
    pub(super) fn clause_start(&self, k: usize) -> usize {
        (0..k)
            .rev()
            .find(|i| self.is_mark(*i, ",;:.—(") || self.is_one(*i, "and but while as"))
            .map_or(0, |joint| joint + 1)
    }

    pub(super) fn clause_end(&self, k: usize) -> usize {
        (k + 1..self.parts.len())
            .find(|i| {
                self.is_mark(*i, ",;:.—)(")
                    || self.is_one(*i, "and but while as after with before since")
                    || self.class(*i) == Some(Class::Relative)
            })
            .unwrap_or(self.parts.len())
    }

    /// Whether a pronoun may stand for another one who is named before it.
    fn is_unclear(&self, subject: &Subject) -> bool {
        let Some(at) = subject.at.filter(|at| self.parts[*at].is == Is::Pronoun) else {
            return false;
        };
        let people = (0..at).filter_map(|i| self.who(i)).filter(|who| !who.members.is_empty());
        people.count() + usize::from(self.setting.before.is_some()) > 1
    }

    /// Those who are meant: of "silver medallist Ho and Kim, third," what follows is said of Kim.
    fn meant(&self, subject: &Subject, k: usize) -> Vec<Member> {
        let members = &subject.who.members;
        let is_one = subject.at.filter(|at| *at < k && members.len() > 1).is_some_and(|at| {
            let before = at.checked_sub(1).map(|i| &self.parts[i]);
            before.is_some_and(|part| {
                matches!(part.is, Is::Holder { .. })
                    && !self.words[part.words.end - 1].fold.ends_with('s')
            })
        });
        match (is_one, members.last()) {
            (true, Some(last)) => vec![last.clone()],
            _ => members.clone(),
        }
    }

    pub(super) fn claim(&self, k: usize, subject: &Subject, says: Says) -> Claim {
        let anchor = self.parts[k].words.clone();
        let (start, end) = (self.clause_start(k), self.clause_end(k));
        // "gold was followed by seventh in the relay": the event is of the other one.
        let is_anchor =
            |i: &usize| matches!(self.parts[*i].is, Is::Prize(_) | Is::Rank(_) | Is::Holder { .. });
        let end = (k + 1..end).find(is_anchor).unwrap_or(end);
        let clause = self.parts[start].words.start..self.parts[end - 1].words.end;
        // The noun phrase of the anchor: back to its article or verb.
        let beside = (start..k)
            .rev()
            .take_while(|i| {
                self.who(*i).is_none()
                    && !matches!(
                        self.class(*i),
                        Some(
                            Class::Verb
                                | Class::Cause
                                | Class::Oblique
                                | Class::Joint
                                | Class::Beat
                        )
                    )
            })
            .last()
            .unwrap_or(k);
        let mut beside = self.parts[beside].words.start..anchor.end;
        // "gold in the 100m"
        if self.is_one(k + 1, "in on at over") {
            beside.end = clause.end;
        }
        let is_turned = self.is_turned_between(subject.at.unwrap_or(k), k);
        Claim {
            says,
            of: self.meant(subject, k),
            is_quoted: self.words[anchor.start].is_quoted,
            is_listed: false,
            is_certain: !is_turned
                && !self.is_unclear(subject)
                && self.is_understood(subject.at, k),
            is_to_second: (start..self.clause_end(k)).any(|i| self.is_one(i, "runner-up")),
            is_in_list: false,
            is_guess: self.is_unclear(subject),
            is_plain: !is_turned && !self.is_of_others(k),
            company: Vec::new(),
            anchor,
            clause,
            beside,
        }
    }
}
