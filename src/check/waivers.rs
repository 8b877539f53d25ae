//! `fact_ok`: findings that an author answers for.

use jiff::Timestamp;

use super::prose::Prose;
use crate::diagnostics::{Diagnostic, Place, codes};
use crate::parse::documents::Waiver;

/// How the label of a finding begins that stands in the file of a picture.
pub const IN_FILE: &str = "its caption says: ";

/// Takes away the findings of a document that are waived, one for each waiver, and reports waivers that
/// waive nothing or have expired. Says how many findings were taken away.
pub fn apply(prose: &Prose, found: Vec<Diagnostic>, at: Timestamp) -> (Vec<Diagnostic>, usize) {
    let mut found = found;
    let mut waived = 0;
    for (i, waiver) in prose.waivers.iter().enumerate() {
        let place = || prose.file.place(&format!("fact_ok[{i}].words"));
        if let Some(until) = waiver.until.as_ref().filter(|until| until.timestamp() <= at) {
            let message = format!("this waiver was good until {}", until.zoned.date());
            let finding = Diagnostic::new(&codes::R009, place(), message);
            found.push(
                finding.help("look at the words again: remove it, or give it a later `until`"),
            );
            continue;
        }
        match found.iter().position(|finding| is_of(waiver, prose, finding)) {
            Some(finding) => {
                found.remove(finding);
                waived += 1;
            }
            None => {
                let finding = Diagnostic::new(&codes::R008, place(), "this waiver waives nothing");
                let texts = prose.texts.iter();
                let is_said = texts.clone().any(|text| text.words.contains(waiver.words.as_str()));
                let finding = match is_said {
                    true => finding,
                    false => finding.label("these words are not in the text"),
                };
                found.push(
                    finding.help("correct its words, or remove it: it would hide the next mistake"),
                );
            }
        }
    }
    (found, waived)
}

/// Whether a waiver is about a finding: of its code, if it names one, and with its words at that place.
fn is_of(waiver: &Waiver, prose: &Prose, finding: &Diagnostic) -> bool {
    let is_of_code =
        waiver.code.as_deref().is_none_or(|code| code.eq_ignore_ascii_case(finding.code.id));
    let Place::Span(source, span) = &finding.place else { return false };
    let is_waivable = finding.code != &codes::R008 && finding.code != &codes::R009;
    // A finding with several facts is waived by words that have them all.
    let is_one = finding.notes.is_empty();
    let touches = |(start, words): (usize, &str)| {
        let end = start + words.len();
        match is_one {
            true => start < span.end && span.start < end,
            false => start <= span.start && span.end <= end,
        }
    };
    // What stands in another file is nowhere in this one.
    let said = finding.label.strip_prefix(IN_FILE).unwrap_or_default();
    let is_of_file = finding.code == &codes::V012 && said.contains(&waiver.words);
    if is_waivable && is_of_code && is_of_file {
        return true;
    }
    is_waivable
        && is_of_code
        && source.path == prose.file.source.path
        && (source.text.match_indices(waiver.words.as_str()).any(touches)
            || source.text.get(span.clone()).is_some_and(|words| waiver.words.contains(words)))
}
