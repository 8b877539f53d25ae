//! Which medal it is, and how many: "Ho's second gold of the Games".

use super::super::claim::{Claim, Says};
use super::super::grammar::Reader;
use super::super::lexicon::is_in;
use super::super::names::Form;
use super::super::parts::Prize;
use super::super::parts::is_nation;
use crate::games::medals::Medal;

impl<'a> Reader<'a> {
    /// "Ho's second gold of the Games".
    pub(in crate::check::claims) fn count(&self, k: usize, prize: &Prize) -> Option<Claim> {
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
    pub(in crate::check::claims) fn total(
        &self,
        k: usize,
        medal: Option<Medal>,
        number: u32,
    ) -> Option<Claim> {
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
                true => self.is_of_these_games(k) || self.names_city() || self.is_haul(k),
                false => is_sum && is_alone,
            };
        // "the American" may be one, or all.
        let is_one = subject.who.members.iter().any(|member| {
            member.athletes.is_empty()
                && matches!(member.form, Some(Form::Person | Form::Adjective))
        });
        (is_meant && !is_one).then(|| self.claim(k, &subject, Says::Total { medal, number }))
    }

    pub(in crate::check::claims) fn names_city(&self) -> bool {
        self.words.iter().any(|word| word.is_one_of(self.setting.city))
    }

    /// "leaves with three medals", "a haul of two golds": of these Games, unless something says otherwise.
    fn is_haul(&self, k: usize) -> bool {
        let is_haul = (0..k).any(|i| {
            self.is_one(
                i,
                "leaves leave leaving left haul heads goes go home departs departed takes",
            )
        });
        is_haul && !self.is_turned()
    }

    /// "of the Games", "of these Games", "in Riverton", "here".
    pub(in crate::check::claims) fn is_of_these_games(&self, k: usize) -> bool {
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
}
