//! A mark: "won in 9.79 seconds", "threw 92.97 m", "Ho's 15.300".

use std::sync::LazyLock;

use super::super::claim::{Claim, Says};
use super::super::course::Row;
use super::super::figures::{self, Figure, Unit};
use super::super::grammar::{Reader, Subject};
use super::super::judge::{Bench, Certainty, Verdict};
use super::super::lexicon::{Words, is_in, words};
use super::super::parts::Is;
use crate::diagnostics::codes;

/// Words behind a number that is by how much somebody was better or worse.
static APART: Words = LazyLock::new(|| {
    words(
        "behind ahead clear adrift away shy off back slower faster quicker short outside inside margin gap deficit lead advantage later further longer better more less fewer higher lower between separated adrift covered heavier",
    )
});

/// Words that make a mark one of another day, of a part of a race, or of nobody's here.
static OTHERS: Words = LazyLock::new(|| {
    words(
        "best pb sb record records split splits previous seasons season lifetime personal qualifying standard target pace schedule average reaction temperature wind years old aged euros pounds dollars million percent per odds world-leading career halfway lap laps leg metres-to-go through gate since predicted",
    )
});

impl<'a> Reader<'a> {
    /// Marks and margins, each of somebody.
    pub(in crate::check::claims) fn figures(&self) -> Vec<Claim> {
        let mut claims = Vec::new();
        for figure in figures::figures(self.setting.text, self.words) {
            let Some(k) = self.part_at(figure.words.start) else { continue };
            let word = &self.words[figure.words.start];
            if word.is_quoted || self.is_clock(&figure) || self.is_of_an_event(&figure) {
                continue;
            }
            if self.is_margin(&figure) {
                claims.extend(self.margin(k, figure));
                continue;
            }
            let is_listed =
                k > 0 && (self.who(k - 1).is_some() || self.is_mark(k - 1, ")")) && self.is_list();
            let is_mark = figure.is_exact
                || is_listed && figure.unit.is_none()
                || matches!(figure.unit, Some(Unit::Points | Unit::Kilograms));
            if is_mark && let Some(subject) = self.owner_of_figure(k) {
                // "Ho 9.79, Kim 9.84": of nobody else.
                let back = if k > 1 && self.is_mark(k - 1, ")") {
                    (0..k).rev().find(|i| self.is_mark(*i, "("))
                } else {
                    None
                };
                let is_beside =
                    back.unwrap_or(k).checked_sub(1).is_some_and(|i| Some(i) == subject.at);
                let mut claim =
                    self.claim(k, &subject, Says::Mark { figure: figure.clone(), is_beside });
                claim.anchor = figure.words;
                claims.push(claim);
            }
        }
        claims
    }

    /// Whether the sentence is a list of results.
    fn is_list(&self) -> bool {
        let is_item = |k: &usize| {
            matches!(self.parts[*k].is, Is::Rank(_))
                && self.fold(*k).bytes().all(|byte| byte.is_ascii_digit())
        };
        (0..self.parts.len()).filter(is_item).count() >= 2
    }

    /// The part in which a word stands.
    pub(in crate::check::claims) fn part_at(&self, word: usize) -> Option<usize> {
        let at = self.parts.partition_point(|part| part.words.end <= word);
        self.parts.get(at).map(|_| at)
    }

    /// "20.15 Ho is through": the time of an update, or of a day.
    fn is_clock(&self, figure: &Figure) -> bool {
        let at = figure.words.start;
        let raw = &self.setting.text
            [self.words[at].span.start..self.words[figure.words.end - 1].span.end];
        let (hour, minute) = raw.split_once(['.', ':']).unwrap_or_default();
        let is_form = hour.len() <= 2 && minute.len() == 2 && !minute.contains(['.', ':']);
        let before = at.checked_sub(1).map_or("", |i| self.words[i].fold.as_ref());
        let after = self.words.get(figure.words.end).map_or("", |word| word.fold.as_ref());
        is_form
            && (at == 0
                || is_in("at from until by pm am", before) && raw.contains(':')
                || is_in("pm am", after))
    }

    /// "the 1.5km", "the 60kg class": what an event is called by.
    fn is_of_an_event(&self, figure: &Figure) -> bool {
        let range = figure.words.clone();
        let said = super::super::result_index::tokens(&self.words[range]);
        !said.is_empty() && said.iter().all(|token| self.setting.events.contains(token))
    }

    fn is_margin(&self, figure: &Figure) -> bool {
        let word = |i: usize| self.words.get(i).map_or("", |word| word.fold.as_ref());
        let (start, end) = (figure.words.start, figure.words.end);
        let before = (start.saturating_sub(3)..start)
            .any(|i| is_in("by margin separated + divided", word(i)));
        let after = (end..end + 3)
            .take_while(|i| self.words.get(*i).is_some_and(|word| word.is_word))
            .any(|i| APART.contains(word(i)));
        let is_lead = (start.saturating_sub(8)..start)
            .any(|i| is_in("lead gap advantage cushion deficit margin", word(i)));
        let in_it = word(end) == "in" && word(end + 1) == "it";
        before || after || in_it || is_lead
    }

    /// Whose a figure is: of the owner before it, the subject, whoever stands nearest.
    pub(in crate::check::claims) fn owner_of_figure(&self, k: usize) -> Option<Subject<'a>> {
        let is_one = |i: &usize| self.who(*i).is_some_and(|who| !who.members.is_empty());
        let limit = (0..k).rev().find(|i| self.is_mark(*i, ";")).map_or(0, |i| i + 1);
        let before = (limit..k).rev().find(is_one);
        if let Some(before) = before
            && k - before <= 4
            && (before + 1..k).all(|i| !self.is_mark(i, ",") || k - before <= 2)
            && (before + 1..k).all(|i| !self.is_one(i, "and while but as"))
        {
            return self.at(before);
        }
        self.subject(k)
            .filter(|subject| !subject.who.members.is_empty())
            .or_else(|| before.and_then(|before| self.at(before)))
            .or_else(|| {
                let after = (k + 1..self.parts.len().min(k + 8))
                    .take_while(|i| !self.is_mark(*i, ";"))
                    .find(is_one);
                after.and_then(|after| self.at(after))
            })
    }

    /// Whether words of a clause say that its figures are not those of a result.
    pub(in crate::check::claims) fn is_of_others(&self, k: usize) -> bool {
        let (start, end) = (self.clause_start(k), self.clause_end(k));
        (start..end)
            .any(|i| matches!(self.parts[i].is, Is::Word(_)) && OTHERS.contains(self.fold(i)))
    }
}

impl Bench<'_> {
    /// Whether a mark is one that somebody has.
    pub(in crate::check::claims) fn mark(
        &self,
        claim: &Claim,
        said: &Figure,
        is_beside: bool,
    ) -> Verdict {
        let rows: Vec<&Row> = self.rows_of(&claim.of);
        if !rows.iter().any(|row| row.value.is_some()) {
            return Verdict::Right;
        }
        let of_company = claim.company.iter().flat_map(|member| self.rows(member));
        let is_it = |row: &Row| {
            row.value.is_some_and(|value| figures::is_same(said, value))
                || row.gap.is_some_and(|gap| figures::is_same(said, gap))
                || row.periods.as_deref().is_some_and(|periods| has_number(periods, said))
        };
        if rows.iter().copied().any(is_it) {
            return Verdict::Right;
        }
        // "Ho 9.84", which is Kim's.
        let taken = self.events.iter().flat_map(|event| self.course.of_event(*event)).find(|row| {
            row.is_deciding
                && said.is_exact
                && row.value.is_some_and(|value| figures::is_same(said, value))
        });
        let own = rows
            .iter()
            .find(|row| taken.is_some_and(|taken| row.unit == taken.unit && row.value.is_some()));
        let name = self.names(&claim.of);
        let wrong = |row: &Row, certainty: Certainty| {
            let said = written(said);
            let (mark, title) = (row.mark.as_deref().unwrap_or_default(), self.title_of_row(row));
            let reading = format!("{name} has a mark of {said}");
            let message = format!("{name} has {mark} in {title}, not {said}");
            self.contradicted(
                &codes::R013,
                row,
                claim.anchor.clone(),
                (reading, message),
                certainty,
            )
        };
        let sure = if claim.is_plain { Certainty::Certain } else { Certainty::Doubtful };
        if is_beside && let (Some(_), Some(row)) = (taken, own) {
            return wrong(row, sure);
        }
        if of_company.into_iter().any(is_it) {
            return Verdict::Right;
        }
        // A mark of somebody whom the sentence does not name, or by how much it was better than another.
        let mut of_events = self.events.iter().flat_map(|event| self.course.of_event(*event));
        let is_difference = |row: &&Row| {
            let own = row.value.unwrap_or_default();
            let mut others = self.course.others(row).filter_map(|other| other.value);
            row.value.is_some() && others.any(|other| figures::is_same(said, (own - other).abs()))
        };
        if of_events.any(is_it) || rows.iter().any(is_difference) {
            return Verdict::Right;
        }
        let is_meant = |row: &&&Row| self.events.is_empty() || self.events.contains(&row.event);
        let nearest = rows
            .iter()
            .filter(is_meant)
            .find(|row| row.value.is_some_and(|value| figures::is_near(said, value)));
        if let Some(row) = nearest {
            return wrong(row, sure);
        }
        let mut decided =
            rows.iter().filter(is_meant).filter(|row| row.is_deciding && row.value.is_some());
        if let (Some(row), None) = (decided.next(), decided.next())
            && claim.is_certain
            && claim.is_plain
        {
            return wrong(row, Certainty::Doubtful);
        }
        Verdict::Unsupported(format!("no recorded mark of {name} is {}", written(said)))
    }
}

/// A figure as results print it: 9.79, 1:44.36.
fn written(said: &Figure) -> String {
    const MILLION: i64 = 1_000_000;
    let places = (MILLION / said.precision.clamp(1, MILLION)).to_string().len() - 1;
    let (minutes, seconds) = (said.value / (60 * MILLION), said.value % (60 * MILLION));
    if said.unit == Some(Unit::Seconds) && minutes > 0 {
        let width = places + 2 + usize::from(places > 0);
        return format!("{minutes}:{:0width$.places$}", seconds as f64 / 1e6);
    }
    format!("{:.places$}", said.value as f64 / 1e6)
}

/// Whether one of the numbers of a list of periods is this one.
fn has_number(periods: &str, said: &Figure) -> bool {
    let numbers = periods.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ':'));
    let values = numbers.filter_map(crate::games::results::value_of);
    values.into_iter().any(|value| figures::is_same(said, value))
}
