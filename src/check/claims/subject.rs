//! Of whom a part of a sentence is.

use super::grammar::{Reader, Subject};
use super::lexicon::Class;
use super::names::Form;
use super::parts::is_adjective;
use super::parts::{Is, Who};

impl<'a> Reader<'a> {
    /// Of whom the clause is in which the part at `k` stands.
    pub(super) fn subject(&self, k: usize) -> Option<Subject<'a>> {
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
            // "Ho, who cleared the same height as Kim, was fourth": Kim is of the relative clause.
            if self.is_in_a_closed_relative(at, k) || self.is_apposed_nation(at) {
                continue;
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
        // "Having beaten Kim in the semi-final, Ho won silver": the first part is of who follows.
        let is_opening = self
            .is_one(0, "having after beaten denied overhauled pipped edged inspired roared")
            || self.fold(0).ends_with("ing") && self.class(0) == Some(Class::Verb);
        let comma = (0..self.parts.len()).find(|i| self.is_mark(*i, ","));
        if is_opening
            && let Some(comma) = comma.filter(|comma| *comma > k)
            && let Some(at) =
                (comma + 1..self.parts.len().min(comma + 5)).find(|i| self.who(*i).is_some())
        {
            return self.at(at);
        }
        // "It was Ho's second medal, after bronze in the relay."
        let owner = (0..k).rev().find(|i| {
            self.who(*i).is_some_and(|who| who.is_possessive)
                && matches!(self.parts.get(*i + 1).map(|part| &part.is), Some(Is::Prize(_)))
        });
        owner.and_then(|at| self.at(at))
    }

    /// Whether a part stands in a relative clause that a comma closes before `k`.
    pub(super) fn is_in_a_closed_relative(&self, at: usize, k: usize) -> bool {
        let opens = (0..at).rev().take_while(|i| !self.is_mark(*i, ",;:.—")).find(|i| {
            self.class(*i) == Some(Class::Relative) || self.is_one(*i, "where when whom")
        });
        opens.is_some_and(|opens| opens > 0) && (at + 1..k).any(|i| self.is_mark(i, ",—"))
    }

    /// Whether a part is a nation that only explains who stands before: "Ho, the other Korean,".
    fn is_apposed_nation(&self, at: usize) -> bool {
        let is_nation = self.who(at).is_some_and(super::parts::is_nation);
        let is_front = |i: &usize| matches!(self.class(*i), Some(Class::Role | Class::Plain));
        let front = (0..at).rev().take(3).take_while(is_front).count();
        is_nation
            && front > 0
            && self.is_mark(at + 1, ",")
            && at > front + 1
            && self.is_mark(at - front - 1, ",")
            && self.who(at - front - 2).is_some()
    }

    /// Whether the clause of a part is about somebody without a name ("two men were third"), or about the
    /// medal itself ("a silver is not a gold").
    pub(super) fn has_nameless_subject(&self, k: usize) -> bool {
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
    pub(super) fn antecedent(&self, pronoun: usize) -> Option<Subject<'a>> {
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
    pub(super) fn is_capable(&self, at: usize) -> bool {
        let mut before = at;
        for _ in 0..6 {
            let Some(k) = before.checked_sub(1) else { return true };
            match &self.parts[k].is {
                Is::Word(Class::Role) => before = k,
                // "between the great powers and the French"
                Is::Word(Class::Joint)
                    if self.fold(k) == "and"
                        && (k.saturating_sub(5)..k).any(|i| self.fold(i) == "between") =>
                {
                    return false;
                }
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
}
