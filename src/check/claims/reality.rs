//! Whether what is said has happened, and here: no hope, no denial, no other competition or year.

use super::grammar::Reader;
use super::lexicon::{Class, is_in};
use super::parts::Is;

impl<'a> Reader<'a> {
    /// Whether what is said between somebody and the anchor has happened, and here.
    pub(super) fn is_real(&self, subject: Option<usize>, k: usize) -> bool {
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
        // "could not hold off Kim and came home fourth": what is told after the joint has happened.
        let joint = (stretch..k).rev().find(|i| {
            self.is_one(*i, "and but before then")
                && matches!(self.class(i + 1), Some(Class::Verb | Class::Cause))
                && !self.is_one(i + 1, "be being become have get win take")
        });
        let stretch = joint.unwrap_or(stretch);
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
            .any(|i| {
                self.is_one(
                    i,
                    "stake line grabs sight sights mind reach view beckoning hands grasp pocket",
                )
            });
        let is_seeming = self.is_one(k + 1, "seemed seems looked looks appeared slipped slipping escaped eluded beckoned would could might will should beckons awaits gone proved");
        !unreal
            && !is_seeming
            && !is_at_stake
            && !self.is_elsewhere(main.min(k), k)
            && self.is_here_before(subject)
    }

    pub(super) fn is_real_before(&self, k: usize) -> bool {
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
    pub(super) fn is_here_before(&self, subject: Option<usize>) -> bool {
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
    pub(super) fn is_lost(&self, k: usize) -> bool {
        let mut from = self.clause_start(k);
        // "lost his lead and the gold medal"
        if from > 1
            && self.fold(from - 1) == "and"
            && !self.has_verb(from, k)
            && (from..k).all(|i| self.who(i).is_none())
        {
            from = self.clause_start(from - 1);
            let is_lose =
                |i: usize| self.class(i) == Some(Class::Lose) && !self.is_one(i, "defeat loss");
            if (from..k).any(is_lose) {
                return true;
            }
        }
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
        // "fitting himself for gold": who has it settles for it, or beats somebody for it.
        let is_wish = k > 0
            && self.fold(k - 1) == "for"
            && matches!(&self.parts[k].is, Is::Prize(prize) if prize.number.is_none() && self.parts[k].words.len() == 1)
            && !(from..k - 1).any(|i| {
                self.class(i) == Some(Class::Beat)
                    || self.is_one(
                        i,
                        "settle settled settles settling good enough time won win wins edged over",
                    )
                    || self.fold(i).contains('-')
            });
        if is_wish {
            return true;
        }
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
    pub(super) fn is_elsewhere(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.is_other(i))
    }

    /// Whether another competition or year is named with the anchor: in front of it or right after.
    pub(super) fn is_elsewhere_beside(&self, k: usize) -> bool {
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

    pub(super) fn is_other(&self, k: usize) -> bool {
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
    pub(super) fn is_year(&self, k: usize) -> bool {
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
}
