//! A medal by its colour: who has it, who gets it, whose it is.

use super::super::claim::{Claim, Says};
use super::super::grammar::{Reader, Subject};
use super::super::lexicon::Class;
use super::super::names::Form;
use super::super::parts::is_adjective;
use super::super::parts::{Is, Prize, Who};

impl<'a> Reader<'a> {
    /// "gold": somebody has it, somebody gets it, or it is counted.
    pub(in crate::check::claims) fn prize(&self, k: usize, prize: &Prize) -> Vec<Claim> {
        // "in gold Australian caps"
        // "Chiles and the bronze that went to Bucharest"
        let is_told_of = self.is_one(k + 1, "that which")
            && k >= 2
            && self.fold(k - 1) == "the"
            && self.fold(k - 2) == "and";
        let is_paint = self.who(k + 1).is_some_and(is_adjective)
            && matches!(self.class(k + 2), Some(Class::Plain | Class::Role));
        // "the game for bronze"
        let is_match = k >= 2
            && self.is_one(k - 1, "for")
            && self.is_one(k - 2, "game match bout contest play-off playoff final race fight duel decider battle shoot-off");
        if is_match || self.is_elsewhere_beside(k) || self.is_lost(k) || is_paint || is_told_of {
            return Vec::new();
        }
        let mut claims = Vec::new();
        // "the two bronze medals went to Ho and Kim"
        let is_gone = self.receiver(k).is_some();
        if let Some(number) = prize.number.filter(|_| !is_gone) {
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
    pub(in crate::check::claims) fn owners(&self, k: usize) -> Vec<Subject<'a>> {
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
        if opens && self.is_mark(k + 1, ":—|") && self.who(k + 2).is_some() {
            return self.at(k + 2).into_iter().collect();
        }
        // "gold Ho (KOR), silver Kim (JPN)"
        let is_listed = opens || k > 0 && self.is_mark(k - 1, "-");
        let is_person = |who: &&Who| who.members.iter().any(|member| !member.athletes.is_empty());
        if is_listed
            && self.who(k + 1).as_ref().is_some_and(is_person)
            && !self.is_mark(k + 2, "\"")
        {
            return self.at(k + 1).into_iter().collect();
        }
        // "Ho (silver)", "Ho, gold; Kim, silver"
        let closes =
            k + 1 == self.parts.len() || self.is_mark(k + 1, ");,.|") || self.fold(k + 1) == "and";
        if k >= 2 && self.who(k - 2).is_some() && self.is_capable(k - 2) {
            let in_brackets = self.is_mark(k - 1, "(") && self.is_mark(k + 1, "),");
            let in_list = self.is_mark(k - 1, ",|") && closes && !self.has_verb(k - 2, k);
            if in_brackets || in_list && !self.is_elsewhere(k - 2, k) {
                return self.at(k - 2).into_iter().collect();
            }
        }
        // "the brothers Andreas (gold) and Sivert Ho (bronze)"
        if k > 0 && self.is_mark(k - 1, "(") && self.is_mark(k + 1, ")") {
            return Vec::new();
        }
        let subject = self.subject(k).filter(|subject| self.is_real(subject.at, k));
        subject.into_iter().collect()
    }

    /// "gold for Ho", "silver went to Kim", "the medal was won by Lee".
    pub(in crate::check::claims) fn receiver(&self, k: usize) -> Option<Subject<'a>> {
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
    pub(in crate::check::claims) fn is_verbless(&self, k: usize) -> bool {
        let from = self.clause_start(k);
        (from..k).all(|i| {
            !matches!(self.class(i), Some(Class::Verb | Class::Cause | Class::Beat | Class::Unreal))
                && self.who(i).is_none()
        })
    }

    /// "Ho's bronze", "South Korea's third gold": the owner right before the anchor.
    pub(in crate::check::claims) fn owner(&self, k: usize) -> Option<Subject<'a>> {
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
}
