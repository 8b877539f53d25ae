//! A record: "in an Olympic record of 46.71", "broke the world record".

use super::super::claim::{Claim, Record, Says};
use super::super::course::Row;
use super::super::grammar::Reader;
use super::super::judge::{Bench, Certainty, Verdict};
use crate::diagnostics::codes;

impl Reader<'_> {
    /// Who is said to have set a record here.
    pub(in crate::check::claims) fn records(&self) -> Vec<Claim> {
        let mut claims = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            if word.fold != "record" || at == 0 || word.is_quoted {
                continue;
            }
            let record = match self.words[at - 1].fold.as_ref() {
                "world" => Record::World,
                "olympic" => Record::Olympic,
                _ => continue,
            };
            let Some(k) = self.part_at(at) else { continue };
            let start = self.clause_start(k).max(k.saturating_sub(7));
            // "held the world record", "the world record holder", "missed the record by"
            let is_set = (start..k).any(|i| {
                self.is_one(i, "set sets setting broke breaks breaking smashed smashes smashing lowered lowers lowering in with a an new equalled equals took takes improved improves is")
            });
            let is_other = (start..self.parts.len().min(k + 6)).any(|i| {
                self.is_one(i, "holder old previous missed outside short off former shy held holds under chase chasing inside equalling pace just her his their no not")
            });
            let subject = self.subject(k).filter(|subject| !subject.who.members.is_empty());
            let after = (k + 1..self.parts.len().min(k + 4))
                .find(|i| self.fold(*i) == "for")
                .and_then(|way| self.at(way + 1));
            let Some(subject) = after
                .or(subject)
                .filter(|subject| self.is_real(subject.at.filter(|at| *at < k), k))
            else {
                continue;
            };
            if !is_set || is_other {
                continue;
            }
            let mut claim = self.claim(k, &subject, Says::Record(record));
            claim.anchor = at - 1..at + 1;
            claims.push(claim);
        }
        claims
    }
}

impl Bench<'_> {
    /// Whether somebody set a record, as far as the sheets of these Games tell records at all.
    pub(in crate::check::claims) fn record(&self, claim: &Claim, record: Record) -> Verdict {
        let rows = self.rows_of(&claim.of);
        let is_meant = |row: &&Row| self.events.is_empty() || self.events.contains(&row.event);
        let has =
            |row: &Row, what: &str| row.record.as_deref().is_some_and(|own| own.contains(what));
        let is_so = |row: &Row| match record {
            // A world record that is set here is the Olympic one too.
            Record::World => has(row, "WR"),
            Record::Olympic => has(row, "OR") || has(row, "WR") || has(row, "OB") || has(row, "WB"),
        };
        let of_event: Vec<&Row> = rows.iter().copied().filter(is_meant).collect();
        let tells = of_event
            .iter()
            .any(|row| self.course.of_event(row.event).iter().any(|row| row.record.is_some()));
        if !tells || rows.iter().any(|row| is_so(row)) {
            return Verdict::Right;
        }
        let all = of_event.iter().flat_map(|row| self.course.of_event(row.event));
        let Some(holder) = all.into_iter().find(|row| row.record.is_some()) else {
            return Verdict::Right;
        };
        let name = self.names(&claim.of);
        let by = holder.athletes.first().map(|athlete| self.site.athletes[*athlete].name.clone());
        self.contradicted(
            &codes::R013,
            holder,
            claim.anchor.clone(),
            (
                format!("{name} set a record"),
                format!(
                    "{} has {} in {}",
                    by.or_else(|| holder.nation.as_deref().map(|code| self.nation_name(code)))
                        .unwrap_or_default(),
                    holder.record.as_deref().unwrap_or_default(),
                    self.title_of_row(holder)
                ),
            ),
            Certainty::Doubtful,
        )
    }
}
