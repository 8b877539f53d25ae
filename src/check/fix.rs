//! `podium check --fix`: the corrections that are certain, made in the files.
//!
//! A correction is a [`Suggestion`](crate::diagnostics::Suggestion) of a check. It is made only where the
//! file is still as it was read, and where the words that come and go have no mark in them that YAML or
//! Markdown could take for something.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::config::Config;
use crate::content::{self, Change};
use crate::diagnostics::{Diagnostic, Place, Source, has_errors};
use crate::parse::documents;

/// What to write instead of which bytes.
type Edit<'a> = (Range<usize>, &'a str);

/// A file with its corrections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Path from the site's folder.
    pub path: String,
    /// The text that was checked.
    pub old: String,
    /// The text with the corrections.
    pub new: String,
    /// How many corrections there are.
    pub count: usize,
}

/// What can be corrected for certain, by file.
pub fn plan(config: &Config, found: &[Diagnostic]) -> Vec<Correction> {
    let mut by_file: BTreeMap<&str, (Arc<Source>, Vec<Edit>)> = BTreeMap::new();
    for finding in found.iter().filter(|finding| finding.code.is_check()) {
        let (Some(suggestion), Place::Span(source, _)) = (&finding.suggestion, &finding.place)
        else {
            continue;
        };
        if !source.path.starts_with("content/") || !source.path.ends_with(".md") {
            continue;
        }
        let (_, edits) =
            by_file.entry(&source.path).or_insert_with(|| (source.clone(), Vec::new()));
        edits.push((suggestion.span.clone(), &suggestion.replacement));
    }
    let corrected =
        by_file.into_values().filter_map(|(source, edits)| corrected(config, &source, edits));
    corrected.collect()
}

fn corrected(config: &Config, source: &Arc<Source>, mut edits: Vec<Edit>) -> Option<Correction> {
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let mut new = source.text.clone();
    let mut count = 0;
    let mut last = usize::MAX;
    // From the end, so that earlier places stay where they are; of two that overlap the later is made.
    for (span, replacement) in edits.iter().rev() {
        if span.end > last || source.text.get(span.clone()).is_none() {
            continue;
        }
        let mut text = new.clone();
        text.replace_range(span.clone(), replacement);
        if reads_the_same(config, source, &(span.clone(), replacement), &text) {
            new = text;
            count += 1;
            last = span.start;
        }
    }
    let path = source.path.clone();
    (count > 0).then(|| Correction { path, old: source.text.clone(), new, count })
}

/// Whether a text is still a document that says the same, but for the words that were replaced: a name may
/// need an escape where it stands now.
fn reads_the_same(config: &Config, source: &Source, edit: &Edit, text: &str) -> bool {
    let Some(path) = source.path.strip_prefix("content/") else { return false };
    let (span, instead) = edit;
    let Some(was) = source.text.get(span.clone()) else { return false };
    // What replaced a word may mean something in YAML or Markdown; in what is left the marks must be as many.
    let marks = |text: &str| {
        text.matches([
            '\'', '"', '\\', '|', '[', ']', '{', '}', ':', '#', ',', '*', '_', '<', '>', '&',
        ])
        .count()
    };
    if marks(was) != marks(instead) {
        return false;
    }
    let changed = Source::new(source.path.clone(), text.to_owned());
    let (document, problems) = documents::read(path, Arc::new(changed), config);
    document.is_some() && !has_errors(&problems)
}

/// Makes corrections in the files, all or none. Says which of them have changed since they were read, and
/// were left alone.
///
/// # Errors
/// Another command is at work, or the system refuses.
pub fn write(root: &Path, corrections: &[Correction]) -> Result<Vec<String>, Box<Diagnostic>> {
    let writing = content::writing(root)?;
    let change = |correction: &Correction| Change {
        path: correction.path.clone(),
        old: Some(correction.old.clone()),
        new: Some(correction.new.clone()),
    };
    let (same, others): (Vec<Change>, Vec<Change>) =
        corrections.iter().map(change).partition(|change| writing.is_as_read(change));
    writing.apply(&same)?;
    Ok(others.into_iter().map(|change| change.path).collect())
}
