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
use super::parts::{Is, Member, Part, Prize, Who};
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
fn is_nation(who: &Who) -> bool {
    !who.members.is_empty() && who.members.iter().all(|member| member.athletes.is_empty())
}

/// Whether somebody is named by an adjective alone: "the Dutch", "a Thai corner".
fn is_adjective(who: &Who) -> bool {
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

struct Reader<'a> {
    words: &'a [Word<'a>],
    parts: &'a [Part],
    setting: &'a Setting<'a>,
}

/// Of whom something is said, and which part names them; nothing for a pronoun.
struct Subject<'a> {
    who: &'a Who,
    at: Option<usize>,
}

impl<'a> Reader<'a> {
    fn who(&self, k: usize) -> Option<&'a Who> {
        match &self.parts.get(k)?.is {
            Is::Who(who) => Some(who),
            _ => None,
        }
    }

    fn fold(&self, k: usize) -> &'a str {
        self.parts.get(k).map_or("", |part| self.words[part.words.start].fold.as_ref())
    }

    /// Whether a part begins with one of these words.
    fn is_one(&self, k: usize, words: &str) -> bool {
        is_in(words, self.fold(k))
    }

    fn is_mark(&self, k: usize, marks: &str) -> bool {
        self.parts.get(k).is_some_and(|part| part.is == Is::Mark) && marks.contains(self.fold(k))
    }

    fn class(&self, k: usize) -> Option<Class> {
        match self.parts.get(k)?.is {
            Is::Word(class) => Some(class),
            _ => None,
        }
    }

    /// "gold": somebody has it, somebody gets it, or it is counted.
    fn prize(&self, k: usize, prize: &Prize) -> Vec<Claim> {
        // "in gold Australian caps"
        // "Chiles and the bronze that went to Bucharest"
        let is_told_of = self.is_one(k + 1, "that which")
            && k >= 2
            && self.fold(k - 1) == "the"
            && self.fold(k - 2) == "and";
        let is_paint = self.who(k + 1).is_some_and(is_adjective)
            && matches!(self.class(k + 2), Some(Class::Plain | Class::Role));
        if self.is_elsewhere_beside(k) || self.is_lost(k) || is_paint || is_told_of {
            return Vec::new();
        }
        let mut claims = Vec::new();
        if let Some(number) = prize.number {
            return self.total(k, prize.medal, number).into_iter().collect();
        }
        if let Some(medal) = prize.medal {
            let owners = self.owners(k);
            for subject in &owners {
                claims.push(self.claim(k, subject, Says::Has(medal, prize.word)));
            }
            if let (Some(subject), Some(losers)) = (owners.first(), self.behind(k)) {
                claims.push(self.claim(k, subject, Says::Behind(losers)));
            }
        }
        claims.extend(self.count(k, prize));
        claims
    }

    /// Those of whom a medal is said, wherever they stand.
    fn owners(&self, k: usize) -> Vec<Subject<'a>> {
        if let Some(right) = self.receiver(k) {
            // "Ho took bronze for Japan": of both.
            let person = right.who.members.iter().any(|member| !member.athletes.is_empty());
            let left = self.subject(k).filter(|subject| !person && self.is_real(subject.at, k));
            let is_for = self.is_one(k + 1, "for");
            return left.into_iter().filter(|_| is_for).chain([right]).collect();
        }
        // "gold and silver medallists": the words behind say of whom.
        if self.fold(k + 1) == "and"
            && matches!(self.parts.get(k + 2).map(|part| &part.is), Some(Is::Holder { .. }))
        {
            return Vec::new();
        }
        // "and, sharing bronze, Ho and Kim"
        let by = k.checked_sub(1).map_or("", |i| self.fold(i));
        if by.ends_with("ing")
            && k >= 2
            && self.is_mark(k - 2, ",")
            && self.is_mark(k + 1, ",")
            && self.who(k + 2).is_some()
        {
            return self.at(k + 2).into_iter().collect();
        }
        if let Some(owner) = self.owner(k) {
            return vec![owner].into_iter().filter(|_| self.is_real_before(k)).collect();
        }
        // "Gold: Ho."
        let opens = k == 0 || self.is_mark(k - 1, ".;,:(|");
        if opens && self.is_mark(k + 1, ":—") && self.who(k + 2).is_some() {
            return self.at(k + 2).into_iter().collect();
        }
        // "Ho (silver)", "Ho, gold; Kim, silver"
        let closes =
            k + 1 == self.parts.len() || self.is_mark(k + 1, ");,.") || self.fold(k + 1) == "and";
        if k >= 2 && self.who(k - 2).is_some() {
            let in_brackets = self.is_mark(k - 1, "(") && self.is_mark(k + 1, "),");
            let in_list = self.is_mark(k - 1, ",") && closes && !self.has_verb(k - 2, k);
            if in_brackets || in_list && !self.is_elsewhere(k - 2, k) {
                return self.at(k - 2).into_iter().collect();
            }
        }
        let subject = self.subject(k).filter(|subject| self.is_real(subject.at, k));
        subject.into_iter().collect()
    }

    fn at(&self, k: usize) -> Option<Subject<'a>> {
        self.who(k).map(|who| Subject { who, at: Some(k) })
    }

    /// "gold for Ho", "silver went to Kim", "the medal was won by Lee".
    fn receiver(&self, k: usize) -> Option<Subject<'a>> {
        // "Bronze in the triathlon went to Ho."
        let mut at = k + 1;
        if self.is_one(at, "in at on") {
            let phrase = (at..self.parts.len().min(at + 8)).find(|i| {
                self.is_one(*i, "went goes") || self.who(*i).is_some() || self.is_mark(*i, ",;.:")
            });
            at = phrase.filter(|end| self.is_one(*end, "went goes")).unwrap_or(at);
        }
        let is_gone = self.is_one(at, "went goes go going was were is");
        if is_gone {
            at += 1;
            if self.is_one(at, "won taken claimed shared both instead") {
                at += 1;
            }
        }
        let by = self.fold(at);
        let is_way = match by {
            "for" => true,
            "to" => is_gone || self.is_verbless(k),
            "by" | "through" => true,
            _ => false,
        };
        if !is_way {
            return None;
        }
        at += 1;
        at += self.modifiers(at);
        let subject = self.at(at)?;
        self.is_real_before(k).then_some(subject)
    }

    /// Whether nothing before the anchor in its clause is a verb.
    fn is_verbless(&self, k: usize) -> bool {
        let from = self.clause_start(k);
        (from..k).all(|i| {
            !matches!(self.class(i), Some(Class::Verb | Class::Cause | Class::Beat | Class::Unreal))
                && self.who(i).is_none()
        })
    }

    /// How many parts of a name's own noun phrase stand at `k`: "the", "compatriot".
    fn modifiers(&self, k: usize) -> usize {
        let rest = self.parts.get(k..).unwrap_or_default();
        rest.iter().take(4).take_while(|part| matches!(part.is, Is::Word(Class::Role))).count()
    }

    /// "Ho's bronze", "South Korea's third gold": the owner right before the anchor.
    fn owner(&self, k: usize) -> Option<Subject<'a>> {
        let mut at = k;
        let mut steps = 0;
        while let Some(before) = at.checked_sub(1) {
            let part = &self.parts[before];
            if let Is::Who(who) = &part.is {
                let is_adjective = who.members.iter().all(|member| {
                    member.athletes.is_empty() && member.form == Some(Form::Adjective)
                });
                let is_owner = who.is_possessive || is_adjective && steps == 0;
                return is_owner.then_some(Subject { who, at: Some(before) });
            }
            steps += 1;
            let fits = match part.is {
                Is::Word(Class::Role | Class::Plain | Class::Oblique) => {
                    // "to", "with": no owner stands before these.
                    !matches!(part.is, Is::Word(Class::Oblique))
                        && self.words[part.words.start].is_word
                }
                _ => false,
            };
            if !fits || steps > 4 {
                return None;
            }
            at = before;
        }
        None
    }

    /// "silver medallist Ho", "Ho, the silver medallist", "Ho is the champion".
    fn holder(&self, k: usize, medal: Medal, is_weak: bool) -> Vec<Claim> {
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

    fn is_start(&self, k: usize) -> bool {
        k == 0 || self.is_mark(k - 1, ".;,:(\"—") || self.fold(k - 1) == "and"
    }

    /// "bronze-winning Ho", "India's bronze-winning hockey players".
    fn winning(&self, k: usize, medal: Medal) -> Vec<Claim> {
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

    /// "Ho finished second", "with Kim third".
    fn rank(&self, k: usize, place: u8) -> Vec<Claim> {
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

    fn owners_of_rank(&self, k: usize) -> Option<Subject<'a>> {
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

    /// "won the bronze-medal match".
    fn round(&self, k: usize, medal: Medal) -> Vec<Claim> {
        // The final itself is no medal; who won it has gold.
        let from = self.clause_start(k);
        let verb = (from..k)
            .rev()
            .take(5)
            .find(|i| self.is_one(*i, "won wins win winning lost loses losing lose"));
        let Some(verb) = verb.filter(|verb| !(*verb..k).any(|i| self.who(i).is_some())) else {
            return Vec::new();
        };
        let is_lost = self.fold(verb).starts_with("lo");
        if self.is_elsewhere_beside(k)
            || (verb + 1..k).any(|i| self.class(i) == Some(Class::Oblique))
        {
            return Vec::new();
        }
        let Some(subject) = self.subject(verb).filter(|subject| self.is_real(subject.at, verb))
        else {
            return Vec::new();
        };
        let word = self.parts[k].words.start;
        let says = match (is_lost, medal) {
            (false, medal) => Says::Has(medal, word),
            (true, Medal::Gold) => Says::Has(Medal::Silver, word),
            (true, _) => return Vec::new(),
        };
        vec![self.claim(k, &subject, says)]
    }

    /// "completed the podium", "missed the podium", "swept the podium".
    fn podium(&self, k: usize) -> Vec<Claim> {
        let from = self.clause_start(k);
        let has = |list: &[&str]| (from..k).any(|i| list.contains(&self.fold(i)));
        let word = self.parts[k].words.start;
        let says = if has(&[
            "completed",
            "completes",
            "completing",
            "complete",
            "rounded",
            "rounding",
            "rounds",
            "round",
        ]) {
            Says::Has(Medal::Bronze, word)
        } else if has(&["missed", "misses", "missing", "off", "outside"]) {
            Says::Missed
        } else {
            return Vec::new();
        };
        let unreal = matches!(says, Says::Missed) || self.is_real_before(k);
        match self.subject(k).filter(|_| unreal) {
            Some(subject) => vec![self.claim(k, &subject, says)],
            None => Vec::new(),
        }
    }

    /// "a Chinese one-two".
    fn one_two(&self, k: usize) -> Vec<Claim> {
        if self.is_elsewhere_beside(k) || !self.is_real_before(k) {
            return Vec::new();
        }
        let owner = self.owner(k).or_else(|| {
            let before = k.checked_sub(1)?;
            self.at(before)
        });
        owner.map(|owner| self.claim(k, &owner, Says::OneTwo)).into_iter().collect()
    }

    /// "Ho won the women's 100m": only where the words name an event, which the judge knows.
    fn won(&self, k: usize) -> Vec<Claim> {
        if !self.is_one(k, "won win wins winning") {
            return Vec::new();
        }
        // "the bronze he won in the 100m"
        if self.class(k + 1) == Some(Class::Oblique) {
            return Vec::new();
        }
        let end = self.clause_end(k);
        let end = (k + 1..end).find(|i| self.fold(*i) == "for").unwrap_or(end);
        let is_other = |i: usize| match self.parts[i].is {
            Is::Prize(_) | Is::Holder { .. } | Is::Round(_) | Is::Rank(_) | Is::Who(_) => true,
            _ => {
                let word = self.fold(i);
                [
                    "semi", "quarter", "heat", "set", "game", "round", "bout", "match", "point",
                    "leg", "trial", "over", "against", "back", "race",
                ]
                .iter()
                .any(|other| word.starts_with(other))
            }
        };
        if (k + 1..end).any(is_other) || end <= k + 1 || self.is_elsewhere_beside(k) {
            return Vec::new();
        }
        let Some(subject) = self.subject(k).filter(|subject| self.is_real(subject.at, k)) else {
            return Vec::new();
        };
        // "won the pole vault for Sweden"
        let nation =
            (self.fold(end) == "for").then(|| self.at(end + 1 + self.modifiers(end + 1))).flatten();
        let of = [Some(subject), nation].into_iter().flatten();
        let clause = self.parts[k].words.end..self.parts[end - 1].words.end;
        of.map(|subject| Claim {
            clause: clause.clone(),
            beside: clause.clone(),
            ..self.claim(k, &subject, Says::Won)
        })
        .collect()
    }

    /// "Ho beat Kim", "Kim was beaten by Ho", "Kim lost to Ho".
    fn beat(&self, k: usize) -> Vec<Claim> {
        let is_passive = self.fold(k + 1) == "by"
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
    fn against(&self, k: usize) -> Vec<Claim> {
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

    fn order(&self, k: usize, other: Subject<'a>, is_better: bool) -> Vec<Claim> {
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
        if !in_final && !is_finish || is_part && !for_gold {
            return Vec::new();
        }
        if is_early {
            return Vec::new();
        }
        let (better, worse) = if is_better { (&subject, &other) } else { (&other, &subject) };
        let says = Says::Beat { others: worse.who.members.clone(), in_final };
        let mut claim = self.claim(k, better, says);
        if let Some(at) = other.at {
            claim.anchor = claim.anchor.start..self.parts[at].words.end;
        }
        vec![claim]
    }

    /// "behind Ho and Kim", right after a result.
    fn behind(&self, k: usize) -> Option<Vec<Member>> {
        let near = (k + 1..self.parts.len().min(k + 8)).take_while(|i| !self.is_mark(*i, ",;.:"));
        let way = near.clone().find(|i| self.is_one(*i, "behind"))?;
        let at = way + 1 + self.modifiers(way + 1);
        Some(self.who(at)?.members.clone())
    }

    /// "Ho's second gold of the Games".
    fn count(&self, k: usize, prize: &Prize) -> Option<Claim> {
        let number = prize.ordinal?;
        if !self.is_of_these_games(k) {
            return None;
        }
        let subject = self.owner(k).or_else(|| {
            // "a second gold of the Games for the Australian"
            let most = (k + 10).min(self.parts.len());
            let way = (k + 1..most)
                .take_while(|i| !self.is_mark(*i, ",;.:"))
                .find(|i| self.fold(*i) == "for")?;
            self.at(way + 1 + self.modifiers(way + 1))
        });
        let before = k.checked_sub(1).map_or("", |i| self.fold(i));
        let subject = match subject {
            Some(subject) => subject,
            // "the first gold of the Games" is everybody's.
            None if before == "the" || before == "very" => return None,
            None => self.subject(k)?,
        };
        if !self.is_real(subject.at.filter(|at| *at < k), k) {
            return None;
        }
        // "For Ho it was the third gold of the Games, for Kim the second": whose is whose is not told.
        let all = (0..self.parts.len()).filter_map(|i| self.who(i));
        let people = all.filter(|who| !is_nation(who)).count();
        let is_near = subject.at.is_none_or(|at| at > k || at >= self.clause_start(k));
        if people > 1 && !is_near {
            return None;
        }
        let says = Says::Count {
            medal: prize.medal,
            number,
            word: prize.ordinal_word.unwrap_or(prize.word),
        };
        Some(self.claim(k, &subject, says))
    }

    /// "China has eight golds", "to take the Netherlands to six golds".
    fn total(&self, k: usize, medal: Option<Medal>, number: u32) -> Option<Claim> {
        let before = k.checked_sub(1).map_or("", |i| self.fold(i));
        // "to take the Dutch to six golds"
        let lifted = k.checked_sub(2).filter(|_| before == "to").and_then(|i| self.at(i));
        let subject = lifted.or_else(|| self.owner(k)).or_else(|| self.subject(k));
        let subject = subject.filter(|subject| self.is_real(subject.at, k))?;
        let is_sum = before == "to"
            || self.words.iter().any(|word| {
                is_in("table tally total overall lead leads top tops finish finished finishes ended end now", word.fold.as_ref())
            });
        // Of careers and single sports nothing is recorded: it must be said that all is meant.
        let is_person = subject.who.members.iter().any(|member| !member.athletes.is_empty());
        let mut others = (0..self.parts.len()).filter_map(|i| self.who(i));
        let is_alone = others.all(|who| *who == *subject.who || !is_nation(who));
        let is_named =
            subject.at.is_some_and(|at| self.who(at).is_some_and(|who| !who.is_possessive));
        let is_meant = is_named
            && match is_person {
                true => self.is_of_these_games(k) || self.names_city(),
                false => is_sum && is_alone,
            };
        is_meant.then(|| self.claim(k, &subject, Says::Total { medal, number }))
    }

    fn names_city(&self) -> bool {
        self.words.iter().any(|word| word.is_one_of(self.setting.city))
    }

    /// "of the Games", "of these Games", "in Riverton", "here".
    fn is_of_these_games(&self, k: usize) -> bool {
        let end = self.parts[k].words.end;
        let rest: Vec<&str> =
            self.words[end..].iter().take(5).map(|word| word.fold.as_ref()).collect();
        let is_city = |word: &&str| self.setting.city.iter().any(|city_word| city_word == word);
        match rest.as_slice() {
            ["of" | "at", "the" | "these" | "this", "games" | "olympics", ..] => true,
            ["of", "games", ..] => true,
            ["in" | "at" | "of", city, ..] if is_city(city) => true,
            ["here", ..] => true,
            _ => false,
        }
    }

    /// Of whom the clause is in which the part at `k` stands.
    fn subject(&self, k: usize) -> Option<Subject<'a>> {
        if self.has_nameless_subject(k) {
            return None;
        }
        let mut is_related = false;
        let mut skipped = None;
        for at in (0..k).rev() {
            if self.is_mark(at, ";") {
                return None;
            }
            // ", who had won": it is of the one who is named before.
            if self.class(at) == Some(Class::Relative)
                && at.checked_sub(1).is_some_and(|i| self.is_mark(i, ","))
            {
                is_related = true;
                continue;
            }
            if self.parts[at].is == Is::Pronoun {
                // ", the sprinter they call the Seal, was second": the pronoun is of another clause.
                match self.antecedent(at) {
                    None if (at..k).any(|i| self.is_mark(i, ",")) => continue,
                    found => return found,
                }
            }
            let Some(who) = self.who(at) else { continue };
            // "It was Ho, not Kim, who took gold."
            if at > 0 && self.fold(at - 1) == "not" {
                continue;
            }
            if is_adjective(who) && matches!(self.class(at + 1), Some(Class::Plain | Class::Kin)) {
                continue;
            }
            if who.is_possessive {
                let is_nation = who.members.iter().all(|member| member.athletes.is_empty());
                // "Ho's last throw was good enough for gold."
                let is_effort = (at + 1..k.min(at + 4)).any(|i| {
                    self.is_one(i, "throw jump time run lift dive routine ride shot score performance swim vault effort leap clearance")
                });
                if is_effort && !is_nation && self.is_capable(at) {
                    return Some(Subject { who, at: Some(at) });
                }
                // "Britain's eight", "her rival's coach"
                match is_nation && self.class(at + 1) == Some(Class::Role) && self.is_capable(at) {
                    true => return Some(Subject { who, at: Some(at) }),
                    false
                        if is_nation
                            && self.is_capable(at)
                            && self.class(at + 1) == Some(Class::Plain) =>
                    {
                        return Some(Subject { who, at: Some(at) });
                    }
                    false => {
                        // "Ho won, and Kim's 203 earned her silver": not of Ho.
                        if !is_nation && (at + 1..k).any(|i| self.has_verb(i, i + 1)) {
                            skipped = Some(at);
                        }
                        continue;
                    }
                }
            }
            if let Some(owner) = skipped
                && (at..owner).any(|i| self.is_mark(i, ",—") || self.class(i) == Some(Class::Joint))
            {
                return None;
            }
            let relative = at + 1 + usize::from(self.is_mark(at + 1, ","));
            let is_next = relative < k && self.class(relative) == Some(Class::Relative);
            // "was passed by one of them, the Irishman Lee, and took silver": Lee only explains.
            let front = (0..at).rev().take_while(|i| self.class(*i) == Some(Class::Role)).count();
            let is_aside = at > front
                && self.is_mark(at - front - 1, ",")
                && self.is_mark(at + 1, ",")
                && self.fold(at + 2) == "and"
                && (0..at).any(|i| self.who(i).is_some());
            if is_aside && !is_related {
                continue;
            }
            if is_related || is_next || self.is_capable(at) {
                return Some(Subject { who, at: Some(at) });
            }
        }
        // "It was Ho's second medal, after bronze in the relay."
        let owner = (0..k).rev().find(|i| {
            self.who(*i).is_some_and(|who| who.is_possessive)
                && matches!(self.parts.get(*i + 1).map(|part| &part.is), Some(Is::Prize(_)))
        });
        owner.and_then(|at| self.at(at))
    }

    /// Whether the clause of a part is about somebody without a name ("two men were third"), or about the
    /// medal itself ("a silver is not a gold").
    fn has_nameless_subject(&self, k: usize) -> bool {
        let start = (0..k)
            .rev()
            .find(|i| self.is_mark(*i, ",;:.—(") || self.class(*i) == Some(Class::Joint))
            .map_or(0, |joint| joint + 1);
        if (start..k).any(|i| self.who(i).is_some() || self.parts[i].is == Is::Pronoun) {
            return false;
        }
        let is_article = |i: usize| {
            self.is_one(i, "the a an his her their its two three four both one each another some nobody everyone everybody this that these those it there no neither only all six five every")
        };
        let is_verb = |i: usize| {
            matches!(self.class(i), Some(Class::Verb | Class::Cause | Class::Beat | Class::Lose))
                && !self.fold(i).ends_with("ing")
        };
        // "the kind of fencing that wins gold"
        if start > 0 && self.fold(start - 1) == "that" && start < k {
            let verb = self.class(start);
            // "the trick that won her the gold" is hers.
            let for_one = self.is_one(start + 1, "her him them");
            if matches!(verb, Some(Class::Verb | Class::Cause | Class::Beat)) && !for_one {
                return true;
            }
        }
        let is_subject = (start..k)
            .all(|i| matches!(self.parts[i].is, Is::Word(Class::Role | Class::Plain)))
            && (is_verb(k + 1)
                || self.is_mark(k + 1, ",")
                    && start < k
                    && is_article(start)
                    && start > 0
                    && self.class(start - 1) == Some(Class::Joint))
            && !self.words[self.parts[k].words.start].is_possessive
            && matches!(self.parts[k].is, Is::Prize(_));
        is_subject || start < k && is_article(start) && (start + 1..k).any(is_verb)
    }

    /// Whom a pronoun means: who was named before it in the sentence, or of whom the last one was.
    fn antecedent(&self, pronoun: usize) -> Option<Subject<'a>> {
        let is_many = |who: &Who| {
            who.members.len() > 1
                || who
                    .members
                    .iter()
                    .all(|member| member.athletes.is_empty() && member.form != Some(Form::Person))
        };
        let wants_many = self.fold(pronoun) == "they";
        let fits = |who: &&Who| !who.members.is_empty() && is_many(who) == wants_many;
        let mut earlier = (0..pronoun).filter_map(|i| self.who(i));
        // "they" are those who were named last, "she" is the one of whom the sentence is.
        let found = match wants_many {
            true => earlier.rev().find(fits),
            false => earlier.find(fits),
        };
        let who = found.or(self.setting.before.filter(fits))?;
        Some(Subject { at: Some(pronoun), who })
    }

    /// Whether somebody may be the subject of what follows, judging by what stands before.
    fn is_capable(&self, at: usize) -> bool {
        let mut before = at;
        for _ in 0..6 {
            let Some(k) = before.checked_sub(1) else { return true };
            match &self.parts[k].is {
                Is::Word(Class::Role) => before = k,
                Is::Word(Class::Joint | Class::Cause | Class::Relative) => return true,
                // "the bespectacled Vance"
                Is::Word(Class::Verb)
                    if self.fold(k).ends_with("ed")
                        && k.checked_sub(1).is_some_and(|i| self.class(i) == Some(Class::Role)) =>
                {
                    before = k;
                }
                // "For Ho the relay brought a second bronze."
                Is::Word(Class::Oblique) if k == 0 && self.fold(k) == "for" => return true,
                Is::Word(
                    Class::Oblique | Class::Beat | Class::Lose | Class::Verb | Class::Unreal,
                ) => {
                    return false;
                }
                Is::Word(Class::Plain) if self.is_one(k, "out off down up back away") => {
                    before = k;
                }
                Is::Word(Class::Plain)
                    if self.who(at).is_some_and(is_adjective)
                        && k + 1 == at
                        && !self.words[self.parts[k].words.start].is_capital =>
                {
                    before = k;
                }
                Is::Word(Class::Plain | Class::Kin | Class::Elsewhere) => {
                    // "tops Kim": a verb of a headline.
                    let word = self.fold(k);
                    let ahead = k.checked_sub(1).map_or("", |i| self.fold(i));
                    let is_infinitive = matches!(
                        ahead,
                        "to" | "will"
                            | "could"
                            | "would"
                            | "can"
                            | "might"
                            | "may"
                            | "must"
                            | "should"
                    );
                    let is_verb = is_infinitive
                        || word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
                    return !is_verb || self.words[self.parts[k].words.start].is_capital;
                }
                Is::Mark | Is::Round(_) | Is::Prize(_) | Is::Rank(_) | Is::Podium | Is::OneTwo => {
                    return true;
                }
                Is::Holder { .. } | Is::Winning(_) => before = k,
                Is::Pronoun | Is::Who(_) => return true,
            }
        }
        true
    }

    fn has_verb(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| matches!(self.class(i), Some(Class::Verb | Class::Cause | Class::Beat)))
    }

    /// Where the clause begins in which a part stands.
    fn clause_start(&self, k: usize) -> usize {
        (0..k)
            .rev()
            .find(|i| self.is_mark(*i, ",;:.—(") || self.is_one(*i, "and but while as"))
            .map_or(0, |joint| joint + 1)
    }

    fn clause_end(&self, k: usize) -> usize {
        (k + 1..self.parts.len())
            .find(|i| {
                self.is_mark(*i, ",;:.—)(")
                    || self.is_one(*i, "and but while as after with before since")
                    || self.class(*i) == Some(Class::Relative)
            })
            .unwrap_or(self.parts.len())
    }

    /// Whether what is said between somebody and the anchor has happened, and here.
    fn is_real(&self, subject: Option<usize>, k: usize) -> bool {
        let from = subject.map_or(0, |subject| subject + 1).min(k);
        // "Ho to swim for gold": it is still to come.
        if let Some(subject) = subject
            && self.fold(subject + 1) == "to"
            && subject + 2 < k
            && subject.checked_sub(1).is_none_or(|i| self.class(i) != Some(Class::Cause))
        {
            return false;
        }
        // What a relative clause denies is not what the sentence says: only the last stretch counts.
        // "Ho, European champion two years ago, took silver": what stands between commas is another story.
        let closes = (from + 1..k).find(|i| self.is_mark(*i, ",—"));
        let main = match closes {
            Some(closes) if self.is_mark(from, ",—") => closes + 1,
            _ => from,
        };
        let last_comma = (from..k).rev().find(|i| self.is_mark(*i, ",;—"));
        let stretch = last_comma.map_or(from, |comma| comma + 1);
        // "lost the semi-final to Kim and the bronze to Lee"
        let last_verb = (from..k).rev().find(|i| {
            matches!(self.class(*i), Some(Class::Lose | Class::Verb | Class::Cause | Class::Beat))
        });
        if last_verb.is_some_and(|verb| self.class(verb) == Some(Class::Lose))
            && matches!(self.parts[k].is, Is::Prize(_))
        {
            return false;
        }
        let unreal = self.parts[stretch.max(from)..k]
            .iter()
            .any(|part| matches!(part.is, Is::Word(Class::Unreal | Class::Kin)));
        let is_at_stake = (k + 1..self.parts.len().min(k + 5))
            .take_while(|i| !self.is_mark(*i, ",;.:"))
            .any(|i| self.is_one(i, "stake line grabs sight sights mind reach view beckoning"));
        let is_seeming = self.is_one(k + 1, "seemed seems looked looks appeared slipped slipping escaped eluded beckoned would could might will should beckons awaits gone proved");
        !unreal
            && !is_seeming
            && !is_at_stake
            && !self.is_elsewhere(main.min(k), k)
            && self.is_here_before(subject)
    }

    fn is_real_before(&self, k: usize) -> bool {
        // Items of a list share the verb of the first: "predicted gold for Ho, silver for Kim".
        let mut from = self.clause_start(k);
        let is_verb = |i: usize| {
            matches!(self.class(i), Some(Class::Verb | Class::Cause | Class::Beat | Class::Unreal))
        };
        while from > 0 && !(from..k).any(is_verb) {
            from = self.clause_start(from - 1);
        }
        !self.parts[from..k].iter().any(|part| part.is == Is::Word(Class::Unreal))
            && !self.is_elsewhere(from, k)
    }

    /// Whether an introduction such as "Four years ago in Tokyo," stands before the subject.
    fn is_here_before(&self, subject: Option<usize>) -> bool {
        let Some(subject) = subject else { return true };
        let from = (0..subject).rev().find(|i| self.who(*i).is_some() || self.is_mark(*i, ";:."));
        let from = from.map_or(0, |i| i + 1);
        let is_modal = (subject.saturating_sub(3)..subject)
            .any(|i| self.is_one(i, "would could might will may should"));
        if is_modal {
            return false;
        }
        let begins = |i: usize| i.checked_sub(1).is_none_or(|before| self.is_mark(before, ",;:.—"));
        let unreal = (from..subject).any(|i| {
            self.is_one(i, "if whether should believe believed anyone")
                || self.fold(i) == "had" && begins(i)
        });
        !self.is_elsewhere(from, subject) && !unreal
    }

    /// "lost gold", "gold that got away".
    fn is_lost(&self, k: usize) -> bool {
        let from = self.clause_start(k);
        let is_near = |words: &[&str], steps: usize| {
            (from.max(k.saturating_sub(steps))..k).any(|i| words.contains(&self.fold(i)))
        };
        // "two points away from silver", "off gold", "thinking about gold"
        let is_far = is_near(&["from"], 2)
            && is_near(
                &[
                    "away",
                    "metres",
                    "seconds",
                    "points",
                    "point",
                    "distance",
                    "inches",
                    "centimetres",
                    "hundredths",
                ],
                3,
            );
        let is_lost = (from.max(k.saturating_sub(3))..k)
            .any(|i| self.class(i) == Some(Class::Lose) && !self.is_one(i, "defeat loss"));
        // "went for gold", "gold or nothing", "from gold to silver", "felt like gold"
        let is_aim = k >= 2
            && self.is_one(k - 1, "for")
            && (k.saturating_sub(5)..k - 1).any(|i| self.is_one(
                i,
                "came come comes went go goes going gone ran run running down thrown rode swam played",
            ));
        let is_likened = is_near(&["like", "than", "from"], 1) || self.fold(k + 1) == "or";
        let is_prize =
            |i: usize| matches!(self.parts.get(i).map(|part| &part.is), Some(Is::Prize(_)));
        let to_and_fro =
            (k + 1..self.parts.len().min(k + 3)).any(|i| self.fold(i) == "to" && is_prize(i + 1));
        let is_fro = k >= 2 && self.fold(k - 1) == "to" && is_prize(k - 2);
        if is_aim || is_likened || to_and_fro || is_fro {
            return true;
        }
        is_lost || is_far || is_near(&["off"], 1) || is_near(&["about"], 2)
    }

    /// Whether another competition or year is named between two parts.
    fn is_elsewhere(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.is_other(i))
    }

    /// Whether another competition or year is named with the anchor: in front of it or right after.
    fn is_elsewhere_beside(&self, k: usize) -> bool {
        let from = (0..k)
            .rev()
            .take(5)
            .take_while(|i| {
                !self.is_mark(*i, ",;:.—(")
                    && !matches!(self.class(*i), Some(Class::Joint | Class::Beat | Class::Cause))
                    && self.who(*i).is_none()
            })
            .last()
            .unwrap_or(k);
        let to = (k + 1..self.parts.len())
            .take(9)
            .take_while(|i| {
                !self.is_mark(*i, ";:.—)")
                    && !self.is_one(*i, "and but while since")
                    && self.who(*i).is_none_or(|who| {
                        who.members.iter().all(|member| member.athletes.is_empty())
                    })
                    && (!self.is_mark(*i, ",") || self.is_year(*i + 1))
            })
            .last()
            .map_or(k, |last| last + 1);
        self.is_elsewhere(from, k) || self.is_elsewhere(k + 1, to.max(k + 1))
    }

    fn is_other(&self, k: usize) -> bool {
        let part = &self.parts[k];
        let word = &self.words[part.words.start];
        let since = (part.words.start.saturating_sub(3)..part.words.start)
            .any(|i| self.words[i].fold == "since");
        let is_here = word.is_one_of(self.setting.city);
        // "the fastest man in the world" is so everywhere.
        let before = |steps: usize| {
            part.words.start.checked_sub(steps).map_or("", |i| self.words[i].fold.as_ref())
        };
        let next = self.words.get(part.words.start + 1);
        let ends = next.is_none_or(|next| !next.is_word || is_in("and with by for", &next.fold));
        let is_superlative =
            word.fold == "world" && before(1) == "the" && before(2) == "in" && ends;
        let is_last = word.fold == "last"
            && next.is_some_and(|next| {
                is_in("year month week season summer winter autumn spring", &next.fold)
            });
        let is_place = part.is == Is::Word(Class::Elsewhere) && !is_here && !is_superlative;
        // "the X Games"
        let previous = part.words.start.checked_sub(1).map(|i| &self.words[i]);
        let is_games = word.fold == "games"
            && previous.is_some_and(|previous| {
                previous.is_word
                    && previous.is_capital
                    && previous.fold != "olympic"
                    && !previous.is_one_of(self.setting.city)
            });
        // "in Budapest": no place of these Games.
        let is_abroad = matches!(&part.is, Is::Who(who) if who.members.is_empty())
            && k > 0
            && self.fold(k - 1) == "in"
            && !word.is_one_of(self.setting.city);
        (is_place || is_last || is_games || is_abroad || self.is_year(k)) && !since
    }

    /// Whether a part is a year other than that of these Games.
    fn is_year(&self, k: usize) -> bool {
        let Some(part) = self.parts.get(k) else { return false };
        let fold = &self.words[part.words.start].fold;
        let digits: String = fold.chars().take_while(char::is_ascii_digit).collect();
        let year = digits
            .parse::<i16>()
            .ok()
            .filter(|year| (1890..2200).contains(year) && fold.len() <= 5);
        year.is_some_and(|year| self.setting.year != Some(year))
            && !self
                .words
                .get(part.words.start + 1)
                .is_some_and(|next| matches!(next.fold.as_ref(), "m" | "metres" | "meters"))
    }

    fn claim(&self, k: usize, subject: &Subject, says: Says) -> Claim {
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
