//! What Podium has to say about a site: a code, a place, the words, a way out.
//!
//! A [`Diagnostic`] is a value. Every stage returns the ones it finds beside its result; nothing
//! below `commands` prints. [`render`] turns them into the four forms a reader may ask for.

pub mod codes;
pub mod render;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub use codes::Code;

/// A text file as its author knows it.
#[derive(Debug)]
pub struct Source {
    /// Path from the site's folder, with `/` between its parts on every system.
    pub path: String,
    /// The whole text, front matter included, without a byte order mark.
    pub text: String,
    /// Where its lines are, once somebody asked.
    lines: OnceLock<Lines>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Source) -> bool {
        self.path == other.path && self.text == other.text
    }
}

impl Eq for Source {}

impl Source {
    /// A text with its path from the site's folder.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Source {
        Source { path: path.into(), text: text.into(), lines: OnceLock::new() }
    }

    /// Line and column (in characters), both from 1, of a byte offset.
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let offset = floor_char_boundary(&self.text, offset);
        let lines = self.lines();
        let line = lines.starts.partition_point(|start| *start <= offset);
        let start = self.line(line).start;
        let characters = |at: usize| {
            let step = at / Lines::STEP;
            let from = floor_char_boundary(&self.text, step * Lines::STEP);
            lines.characters[step] + self.text[from..at].chars().count()
        };
        (line, characters(offset) - characters(start) + 1)
    }

    /// Where a line is that is counted from 1, its line feed left out.
    pub fn line(&self, number: usize) -> Range<usize> {
        let starts = &self.lines().starts;
        let start = starts[number.clamp(1, starts.len()) - 1];
        let end = starts.get(number).map_or(self.text.len(), |next| next - 1);
        start..end
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }
}

/// Where the lines of a text begin, so that a text with a mistake in each is not searched for each.
#[derive(Debug)]
struct Lines {
    starts: Vec<usize>,
    /// How many characters there are before each step.
    characters: Vec<usize>,
}

impl Lines {
    /// In bytes.
    const STEP: usize = 1024;

    fn new(text: &str) -> Lines {
        let starts = text.match_indices('\n').map(|(i, _)| i + 1);
        let starts = std::iter::once(0).chain(starts).collect();
        let mut characters = Vec::with_capacity(text.len() / Lines::STEP + 1);
        let (mut count, mut from) = (0, 0);
        for step in 0..=text.len() / Lines::STEP {
            let at = floor_char_boundary(text, step * Lines::STEP);
            count += text[from..at].chars().count();
            characters.push(count);
            from = at;
        }
        Lines { starts, characters }
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site cannot be published.
    Error,
    /// The site can be published, but somebody should look.
    Warning,
    /// Worth knowing for who asks: it is said on request only.
    Note,
}

impl Severity {
    /// The word used in every message format.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// Where a diagnostic points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The site as a whole.
    Site,
    /// A file, but no place within it (it may not even be readable).
    File(String),
    /// Bytes of a text.
    Span(Arc<Source>, Range<usize>),
}

impl Place {
    /// The file, if there is one.
    pub fn path(&self) -> Option<&str> {
        match self {
            Place::Site => None,
            Place::File(path) => Some(path),
            Place::Span(source, _) => Some(&source.path),
        }
    }

    /// Line and column of the start, both from 1, the column in characters.
    pub fn line_and_column(&self) -> Option<(usize, usize)> {
        match self {
            Place::Span(source, span) => Some(source.line_and_column(span.start)),
            _ => None,
        }
    }
}

impl std::fmt::Display for Place {
    /// `file:line:column`, as far as it is known.
    fn fmt(&self, to: &mut std::fmt::Formatter) -> std::fmt::Result {
        match (self.path(), self.line_and_column()) {
            (Some(path), Some((line, column))) => write!(to, "{path}:{line}:{column}"),
            (Some(path), None) => to.write_str(path),
            _ => to.write_str("the site"),
        }
    }
}

/// The nearest character boundary at or before `offset`, and never past the end.
pub fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A change that mends the problem for certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What the reader is told, such as "a key with a similar name exists".
    pub message: String,
    /// The bytes to replace.
    pub span: Range<usize>,
    /// What to put there.
    pub replacement: String,
}

/// One thing to say about the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem this is.
    pub code: &'static Code,
    /// How bad it is; the code's own severity unless something changed it.
    pub severity: Severity,
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// A few words under the marked source; may be empty.
    pub label: String,
    /// Other places that belong to it ("first used here").
    pub related: Vec<(Place, String)>,
    /// What else is true.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Vec<String>,
    /// A certain mend, in the file that `place` names.
    pub suggestion: Option<Suggestion>,
    /// Addresses of the pages that it breaks, when one cause breaks pages.
    pub pages: Vec<String>,
    /// What it has in common with other reports of its code, if they are to be told as one.
    pub together: Option<String>,
}

impl Diagnostic {
    /// A diagnostic of a kind, at a place.
    pub fn new(code: &'static Code, place: Place, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: code.severity,
            message: message.into(),
            place,
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            suggestion: None,
            pages: Vec::new(),
            together: None,
        }
    }

    /// Tells all reports of this code that have this in common as one: the first, and how many more.
    pub fn together(mut self, with: impl Into<String>) -> Self {
        self.together = Some(with.into());
        self
    }

    /// Makes an error of it, whatever its code's own severity.
    pub fn as_error(mut self) -> Self {
        self.severity = Severity::Error;
        self
    }

    /// Adds the words under the marked source.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place.
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// Adds a fact.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Whether `--strict` takes it for an error.
    pub fn is_hardened(&self) -> bool {
        self.severity == Severity::Warning && !self.code.is_question()
    }

    /// Adds a way out.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds a certain mend of the bytes that the place marks.
    pub fn suggest(mut self, message: impl Into<String>, replacement: impl Into<String>) -> Self {
        if let Place::Span(_, span) = &self.place {
            self.suggestion = Some(Suggestion {
                message: message.into(),
                span: span.clone(),
                replacement: replacement.into(),
            });
        }
        self
    }

    /// Adds "did you mean" if one of the candidates is near to what was written.
    pub fn did_you_mean<'a>(
        self,
        written: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        match nearest(written, candidates) {
            Some(near) => {
                let message = format!("did you mean `{near}`?");
                self.suggest(message, near)
            }
            None => self,
        }
    }

    /// Adds "did you mean": the only candidate there is, or the one that is near.
    pub fn mean_one_of(self, written: &str, candidates: &[&str]) -> Self {
        match candidates {
            [only] => {
                let message = format!("did you mean `{only}`?");
                self.suggest(message, *only)
            }
            several => self.did_you_mean(written, several.iter().copied()),
        }
    }

    /// What two reports of one cause have in common.
    fn cause(&self) -> (String, usize, usize, &'static str, String) {
        let (start, end) = match &self.place {
            Place::Span(_, span) => (span.start, span.end),
            _ => (0, 0),
        };
        let path = self.place.path().unwrap_or_default().to_owned();
        (path, start, end, self.code.id, self.message.clone())
    }
}

/// The candidate nearest to what was written, if it is near enough to be meant.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let folded = written.to_lowercase();
    // What differs much in length is not meant; to know that costs far less than to compare.
    let reach = (written.len() / 3).max(3);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(written.len()) <= reach)
        .map(|candidate| (strsim::jaro_winkler(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate.to_owned())
}

/// Puts diagnostics into reading order (file, then place) and merges the reports of one cause,
/// so that a template that breaks a hundred pages is one report.
pub fn settle(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut merged: BTreeMap<_, Diagnostic> = BTreeMap::new();
    for diagnostic in diagnostics {
        match merged.entry(diagnostic.cause()) {
            std::collections::btree_map::Entry::Vacant(slot) => {
                slot.insert(diagnostic);
            }
            std::collections::btree_map::Entry::Occupied(mut slot) => {
                slot.get_mut().pages.extend(diagnostic.pages);
            }
        }
    }
    let mut settled: Vec<_> = merged.into_values().collect();
    for diagnostic in &mut settled {
        diagnostic.pages.sort();
        diagnostic.pages.dedup();
    }
    told_as_one(settled)
}

/// How many of the places are named of reports that are told as one.
const MOST_NAMED: usize = 3;

/// Keeps the first of the reports that have a cause in common, with a note of where the others are.
fn told_as_one(settled: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let key = |diagnostic: &Diagnostic| {
        diagnostic.together.clone().map(|with| (diagnostic.code.id, diagnostic.severity, with))
    };
    let mut others: BTreeMap<_, Vec<Place>> = BTreeMap::new();
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(settled.len());
    for diagnostic in settled {
        match key(&diagnostic).and_then(|key| others.get_mut(&key)) {
            Some(others) => others.push(diagnostic.place.clone()),
            None => {
                others.extend(key(&diagnostic).map(|key| (key, Vec::new())));
                kept.push(diagnostic);
            }
        }
    }
    for diagnostic in &mut kept {
        let Some(others) = key(diagnostic).and_then(|key| others.remove(&key)) else { continue };
        let more = others.len().saturating_sub(MOST_NAMED);
        let named: Vec<String> = others.iter().take(MOST_NAMED).map(ToString::to_string).collect();
        match (named.as_slice(), more) {
            ([], _) => {}
            (named, 0) => diagnostic.notes.push(format!("the same of {}", named.join(", "))),
            (named, more) => {
                diagnostic.notes.push(format!("the same of {} and {more} more", named.join(", ")));
            }
        }
    }
    kept
}

/// How many there are of a severity.
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|d| d.severity == severity).count()
}

/// Whether there is an error among them.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_counts_characters_not_bytes() {
        assert_eq!(Source::new("x", "é: x\nöö?").line_and_column(10), (2, 3));
        let long = Source::new("x", "é".repeat(5_000) + "\n" + &"ö".repeat(5_000));
        assert_eq!(long.line_and_column(9_998), (1, 5_000));
        assert_eq!(long.line_and_column(10_001), (2, 1));
        assert_eq!(long.line_and_column(20_000), (2, 5_000));
        assert_eq!(Source::new("x", "").line_and_column(3), (1, 1));
    }

    #[test]
    fn an_offset_inside_a_character_is_moved_to_its_start() {
        assert_eq!(Source::new("x", "é").line_and_column(1), (1, 1));
    }

    #[test]
    fn reports_of_one_cause_are_one_report_with_all_pages() {
        let report = |page: &str| {
            let mut d = Diagnostic::new(&codes::T005, Place::File("a.html".into()), "broken");
            d.pages.push(page.into());
            d
        };
        let settled = settle(vec![report("/b/"), report("/a/"), report("/b/")]);
        assert_eq!(settled.len(), 1);
        assert_eq!(settled[0].pages, ["/a/", "/b/"]);
    }

    #[test]
    fn a_far_name_is_not_suggested() {
        assert_eq!(nearest("titel", ["title", "date"]).as_deref(), Some("title"));
        assert_eq!(nearest("weather", ["title", "date"]), None);
    }
}
