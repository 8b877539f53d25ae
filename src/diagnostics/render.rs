//! Diagnostics in the four forms that a reader may ask for: for people, JSON lines, SARIF 2.1.0
//! and GitHub's workflow commands.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, Place, Severity, Source, floor_char_boundary};

/// A message format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Format {
    /// rustc's form, for a terminal.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
    /// One SARIF 2.1.0 log, for code scanning.
    Sarif,
    /// `::error file=...` lines, which GitHub shows beside the change.
    Github,
}

/// Renders all of them. Ends with a line feed unless it is empty.
pub fn render(diagnostics: &[Diagnostic], format: Format, colour: bool) -> String {
    match format {
        Format::Human => for_people(diagnostics, colour),
        Format::Json => diagnostics.iter().map(|d| json(d).to_string() + "\n").collect(),
        Format::Github => diagnostics.iter().map(github).collect(),
        Format::Sarif => sarif(diagnostics).to_string() + "\n",
    }
}

/// So many reports of one kind in one file are shown to people; programs get all of them.
const MOST_ALIKE: usize = 100;

fn for_people(diagnostics: &[Diagnostic], colour: bool) -> String {
    let kind =
        |diagnostic: &Diagnostic| (diagnostic.code.id, diagnostic.place.path().map(str::to_owned));
    let mut all: BTreeMap<_, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *all.entry(kind(diagnostic)).or_default() += 1;
    }
    let mut shown: BTreeMap<_, usize> = BTreeMap::new();
    let mut text = String::new();
    for diagnostic in diagnostics {
        let kind = kind(diagnostic);
        let count = shown.entry(kind.clone()).or_default();
        *count += 1;
        match (*count).cmp(&MOST_ALIKE) {
            Ordering::Less => text += &(human(diagnostic, colour) + "\n\n"),
            Ordering::Equal => {
                let more = all[&kind] - MOST_ALIKE;
                let mut last = diagnostic.clone();
                if more > 0 {
                    last.notes.push(format!("and {more} more of this kind in this file"));
                }
                text += &(human(&last, colour) + "\n\n");
            }
            Ordering::Greater => {}
        }
    }
    text
}

/// Longer lines are named, not shown: a snippet of a megabyte helps nobody.
const LONGEST_LINE: usize = 2_000;
/// More marked lines than this are cut: the start is what an author looks for.
const MOST_LINES: usize = 6;

fn human(diagnostic: &Diagnostic, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level
        .primary_title(&diagnostic.message)
        .id(diagnostic.code.id)
        .elements(Vec::<Snippet<annotate_snippets::Annotation>>::new());
    group = add_place(group, &diagnostic.place, AnnotationKind::Primary, &diagnostic.label);
    for (place, label) in &diagnostic.related {
        group = add_place(group, place, AnnotationKind::Context, label);
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note));
    }
    if let Some(pages) = pages_sentence(&diagnostic.pages) {
        group = group.element(Level::NOTE.message(pages));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    let mut groups = vec![group];
    if let (Some(suggestion), Place::Span(source, _)) = (&diagnostic.suggestion, &diagnostic.place)
    {
        match excerpt(source, &suggestion.span) {
            Some((text, first_line, span)) => groups.push(
                Level::HELP.secondary_title(&suggestion.message).element(
                    Snippet::source(text)
                        .line_start(first_line)
                        .path(&source.path)
                        .patch(Patch::new(span, &suggestion.replacement)),
                ),
            ),
            None => {
                groups[0] = std::mem::replace(&mut groups[0], Group::with_level(Level::HELP))
                    .element(Level::HELP.message(&suggestion.message))
            }
        }
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&groups)
}

fn add_place<'a>(
    group: Group<'a>,
    place: &'a Place,
    kind: AnnotationKind,
    label: &'a str,
) -> Group<'a> {
    let label = (!label.is_empty()).then_some(label);
    match place {
        Place::Site => group,
        Place::File(path) => {
            let group = group.element(Origin::path(path));
            match label {
                Some(label) => group.element(Level::NOTE.message(label)),
                None => group,
            }
        }
        Place::Span(source, span) => match excerpt(source, span) {
            Some((text, first_line, span)) => group.element(
                Snippet::source(text)
                    .line_start(first_line)
                    .path(&source.path)
                    .annotation(kind.span(span).label(label)),
            ),
            None => {
                let (line, column) = source.line_and_column(span.start);
                let origin = Origin::path(&source.path).line(line).char_column(column);
                match label {
                    Some(label) => group.element(origin).element(Level::NOTE.message(label)),
                    None => group.element(origin),
                }
            }
        },
    }
}

/// The lines that a span touches, the number of the first, and the span within them. Nothing if
/// they are too long to show.
fn excerpt<'a>(source: &'a Source, span: &Range<usize>) -> Option<(&'a str, usize, Range<usize>)> {
    let text = source.text.as_str();
    let start = floor_char_boundary(text, span.start);
    let mut end = floor_char_boundary(text, span.end.max(start));
    if let Some((last, _)) = text[start..end].match_indices('\n').nth(MOST_LINES - 1) {
        end = start + last;
    }
    // A marked line feed would draw the mark on the next line.
    while end > start && text[..end].ends_with(['\n', '\r']) {
        end -= 1;
    }
    let (line, _) = source.line_and_column(start);
    let first = source.line(line).start;
    let last = source.line(source.line_and_column(end).0).end;
    if last - first > LONGEST_LINE {
        return None;
    }
    Some((text[first..last].trim_end_matches('\r'), line, start - first..end - first))
}

/// "breaks /a/ and 112 other pages", or nothing.
pub fn pages_sentence(pages: &[String]) -> Option<String> {
    match pages {
        [] => None,
        [one] => Some(format!("while rendering {one}")),
        [one, _] => Some(format!("while rendering {one} and 1 other page")),
        [one, rest @ ..] => Some(format!("while rendering {one} and {} other pages", rest.len())),
    }
}

fn json(diagnostic: &Diagnostic) -> Value {
    json!({
        "code": diagnostic.code.id,
        "severity": diagnostic.severity.word(),
        "message": diagnostic.message,
        "place": json_place(&diagnostic.place),
        "label": diagnostic.label,
        "related": diagnostic.related.iter().map(|(place, label)| {
            json!({"place": json_place(place), "label": label})
        }).collect::<Vec<_>>(),
        "notes": diagnostic.notes,
        "help": diagnostic.help,
        "suggestion": suggestion_region(diagnostic).map(|(source, span, suggestion)| json!({
            "message": suggestion.message,
            "place": json_span(source, span),
            "replacement": suggestion.replacement,
        })),
        "pages": diagnostic.pages,
        "rendered": human(diagnostic, false),
    })
}

fn suggestion_region(
    diagnostic: &Diagnostic,
) -> Option<(&Source, &Range<usize>, &super::Suggestion)> {
    match (&diagnostic.suggestion, &diagnostic.place) {
        (Some(suggestion), Place::Span(source, _)) => Some((source, &suggestion.span, suggestion)),
        _ => None,
    }
}

fn json_place(place: &Place) -> Value {
    match place {
        Place::Site => Value::Null,
        Place::File(path) => json!({"file": path}),
        Place::Span(source, span) => json_span(source, span),
    }
}

fn json_span(source: &Source, span: &Range<usize>) -> Value {
    let (line, column) = source.line_and_column(span.start);
    let (end_line, end_column) = source.line_and_column(span.end);
    json!({
        "file": source.path,
        "line": line, "column": column,
        "end_line": end_line, "end_column": end_column,
        "start_byte": span.start, "end_byte": span.end,
    })
}

/// The message and everything said beside it, as plain paragraphs.
fn in_full(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.message.clone();
    if !diagnostic.label.is_empty() {
        text += &format!(": {}", diagnostic.label);
    }
    let pages = pages_sentence(&diagnostic.pages);
    let suggestion = diagnostic.suggestion.as_ref().map(|s| &s.message);
    for line in diagnostic.notes.iter().chain(&pages).chain(&diagnostic.help).chain(suggestion) {
        text += "\n";
        text += line;
    }
    text
}

fn github(diagnostic: &Diagnostic) -> String {
    // https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let mut at = String::new();
    if let Some(path) = diagnostic.place.path() {
        at = format!("file={},", property(path));
    }
    if let Place::Span(source, span) = &diagnostic.place {
        let (line, column) = source.line_and_column(span.start);
        let (end_line, end_column) = source.line_and_column(span.end);
        at += &format!("line={line},endLine={end_line},col={column},endColumn={end_column},");
    }
    let word = match diagnostic.severity {
        Severity::Note => "notice",
        other => other.word(),
    };
    format!("::{word} {at}title={}::{}\n", diagnostic.code.id, data(&in_full(diagnostic)))
}

fn sarif(diagnostics: &[Diagnostic]) -> Value {
    let mut codes: Vec<_> = diagnostics.iter().map(|d| d.code).collect();
    codes.sort_by_key(|code| code.id);
    codes.dedup_by_key(|code| code.id);
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "podium",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| json!({
                    "id": code.id,
                    "shortDescription": {"text": code.summary},
                    "help": {"text": code.explanation},
                })).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": diagnostics.iter().map(|diagnostic| json!({
                "ruleId": diagnostic.code.id,
                "ruleIndex": codes.iter().position(|code| code.id == diagnostic.code.id),
                "level": diagnostic.severity.word(),
                "message": {"text": in_full(diagnostic)},
                "locations": sarif_location(&diagnostic.place).into_iter().collect::<Vec<_>>(),
                "relatedLocations": diagnostic.related.iter().filter_map(|(place, label)| {
                    let mut location = sarif_location(place)?;
                    location["message"] = json!({"text": label});
                    Some(location)
                }).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
        }],
    })
}

fn sarif_location(place: &Place) -> Option<Value> {
    let path = place.path()?;
    let uri: String = path
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                char::from(b).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    let mut physical = json!({"artifactLocation": {"uri": uri}});
    if let Place::Span(source, span) = place {
        let (line, column) = source.line_and_column(span.start);
        let (end_line, end_column) = source.line_and_column(span.end);
        physical["region"] = json!({
            "startLine": line, "startColumn": column,
            "endLine": end_line, "endColumn": end_column,
        });
    }
    Some(json!({"physicalLocation": physical}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::codes;
    use std::sync::Arc;

    fn date_error() -> Diagnostic {
        let text = "---\ntitle: x\ndate: 31/07/2024\n---\n";
        let source = Arc::new(Source::new("content/stories/x.md", text));
        let start = text.find("31").unwrap();
        Diagnostic::new(
            &codes::F012,
            Place::Span(source, start..start + 10),
            "`date` is not a date",
        )
        .label("expected a date")
        .help("see the manual")
    }

    #[test]
    fn the_human_form_is_rustcs() {
        assert_eq!(
            render(&[date_error()], Format::Human, false),
            "error[F012]: `date` is not a date
 --> content/stories/x.md:3:7
  |
3 | date: 31/07/2024
  |       ^^^^^^^^^^ expected a date
  |
  = help: see the manual\n\n"
        );
    }

    #[test]
    fn the_github_form_escapes_what_would_end_it() {
        let mut diagnostic = date_error();
        diagnostic.message = "100%\n::error::x".into();
        let text = render(&[diagnostic], Format::Github, false);
        assert_eq!(text.lines().count(), 1);
        assert!(text.starts_with(
            "::error file=content/stories/x.md,line=3,endLine=3,col=7,endColumn=17,title=F012::100%25%0A"
        ));
    }

    #[test]
    fn sarif_points_at_the_same_place() {
        let log: Value =
            serde_json::from_str(&render(&[date_error()], Format::Sarif, false)).unwrap();
        let result = &log["runs"][0]["results"][0];
        assert_eq!(result["ruleId"], "F012");
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(
            (region["startLine"].as_i64(), region["startColumn"].as_i64()),
            (Some(3), Some(7))
        );
    }

    #[test]
    fn a_very_long_line_is_named_and_not_shown() {
        let source = Arc::new(Source::new("x.md", "x".repeat(100_000)));
        let diagnostic = Diagnostic::new(&codes::B001, Place::Span(source, 5..6), "no");
        let text = render(&[diagnostic], Format::Human, false);
        assert!(text.len() < 200, "{text}");
        assert!(text.contains("x.md:1:6"), "{text}");
    }
}
