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

use std::ops::Range;

use super::lexicon::{Class, is_in};
use super::names::Form;
use super::parts::{Is, Member, Part, Who};
use super::words::{LONGEST, Word};
use crate::games::medals::Medal;

/// What a sentence says of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What.
    pub says: Says,
    /// Of whom.
    pub of: Vec<Member>,
    /// The words that name the result.
    pub anchor: Range<usize>,
    /// The words in which an event may be named with it: from one joint of the sentence to the next.
    pub clause: Range<usize>,
    /// The words right at the anchor that may name an event: "the 100m freestyle gold".
    pub beside: Range<usize>,
    /// Whether it stands in quotation marks.
    pub is_quoted: bool,
    /// Everybody who is named in the sentence.
    pub company: Vec<Member>,
    /// Whether another colour is said of the same one in the sentence: "two golds and a silver".
    pub is_listed: bool,
}

impl Claim {
    /// The medal that they are said to have, by its name or by their place.
    pub fn medal(&self) -> Option<Medal> {
        match self.says {
            Says::Has(medal, _) => Some(medal),
            Says::Came(place, _) => Medal::ALL.get(usize::from(place).checked_sub(1)?).copied(),
            Says::Won => Some(Medal::Gold),
            _ => None,
        }
    }
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// They have this medal. The word is the one that says so.
    Has(Medal, usize),
    /// They came in at this place, which has no medal if it is not among the first three.
    Came(u8, usize),
    /// They won the event that is named.
    Won,
    /// Their nation has gold and silver.
    OneTwo,
    /// They were better than these; in the final, if that is said.
    Beat {
        /// Those who were worse.
        others: Vec<Member>,
        /// Whether it was the final.
        in_final: bool,
    },
    /// They were worse than these.
    Behind(Vec<Member>),
    /// It is the one of this number that they have at these Games.
    Count {
        /// Of which colour; nothing for any.
        medal: Option<Medal>,
        /// Which.
        number: u32,
        /// The word that says which.
        word: usize,
    },
    /// They have so many by now, in all.
    Total {
        /// Of which colour; nothing for any.
        medal: Option<Medal>,
        /// How many.
        number: u32,
    },
    /// They have no medal of it.
    Missed,
}

/// What is needed to know of the Games to read a sentence.
pub struct Setting<'a> {
    /// The year of these Games.
    pub year: Option<i16>,
    /// Words of the city and the name of these Games, folded.
    pub city: &'a [String],
    /// Of whom the last sentence was.
    pub before: Option<&'a Who>,
}

/// What a sentence claims.
pub fn claims(words: &[Word], parts: &[Part], setting: &Setting) -> Vec<Claim> {
    let reader = Reader { words, parts, setting };
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

/// Whether only nations are named.
pub(super) fn is_nation(who: &Who) -> bool {
    !who.members.is_empty() && who.members.iter().all(|member| member.athletes.is_empty())
}

/// Whether somebody is named by an adjective alone: "the Dutch", "a Thai corner".
pub(super) fn is_adjective(who: &Who) -> bool {
    let is_one =
        |member: &Member| member.athletes.is_empty() && member.form == Some(Form::Adjective);
    !who.members.is_empty() && who.members.iter().all(is_one)
}

/// The one of whom a sentence is, for the pronouns of the next.
pub fn topic(parts: &[Part]) -> Option<&Who> {
    let reader = |k: usize| matches!(&parts[k].is, Is::Who(_));
    (0..parts.len()).find(|k| reader(*k)).and_then(|k| match &parts[k].is {
        Is::Who(who) => Some(who),
        _ => None,
    })
}

pub(super) struct Reader<'a> {
    pub(super) words: &'a [Word<'a>],
    pub(super) parts: &'a [Part],
    pub(super) setting: &'a Setting<'a>,
}

/// Of whom something is said, and which part names them; nothing for a pronoun.
pub(super) struct Subject<'a> {
    pub(super) who: &'a Who,
    pub(super) at: Option<usize>,
}

impl<'a> Reader<'a> {
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

    pub(super) fn claim(&self, k: usize, subject: &Subject, says: Says) -> Claim {
        let anchor = self.parts[k].words.clone();
        let (start, end) = (self.clause_start(k), self.clause_end(k));
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
        Claim {
            says,
            of: subject.who.members.clone(),
            is_quoted: self.words[anchor.start].is_quoted,
            is_listed: false,
            company: Vec::new(),
            anchor,
            clause,
            beside,
        }
    }
}
