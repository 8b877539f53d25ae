//! Tera's errors as diagnostics: where in which template, on which page, by way of what.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{ErrorKind, ReportError, Tera};

use super::Theme;
use crate::diagnostics::{Code, Diagnostic, Place, Source, codes};

type Sources = BTreeMap<String, Arc<Source>>;

/// Everything that is wrong with the templates, of which Tera tells the first.
pub fn of_loading(sources: &Sources, error: &tera::Error) -> Vec<Diagnostic> {
    // Each template by itself, so that the mistakes of all are reported in one run.
    let mut problems = Vec::new();
    for (name, source) in sources {
        let mut alone = Tera::new();
        if let Err(error) = alone.add_raw_template(name, &source.text)
            && let ErrorKind::SyntaxError(report) = error.kind()
        {
            problems.push(of_report(sources, &codes::T004, report));
        }
    }
    if problems.is_empty() {
        problems.extend(of_finishing(sources, error));
    }
    problems
}

fn of_finishing(sources: &Sources, error: &tera::Error) -> Vec<Diagnostic> {
    let in_file = |name: &str, message: String| {
        let place = match sources.get(name) {
            Some(source) => Place::File(source.path.clone()),
            None => Place::Site,
        };
        vec![Diagnostic::new(&codes::T004, place, message)]
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![of_report(sources, &codes::T004, report)]
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("there is no template `{parent}` to extend");
            let Some(source) = sources.get(current) else { return in_file(current, message) };
            let place = match source.text.find(parent.as_str()) {
                Some(at) => Place::Span(source.clone(), at..at + parent.len()),
                None => Place::File(source.path.clone()),
            };
            let names =
                sources.keys().filter_map(|name| name.split_once('/')).map(|(_, name)| name);
            vec![Diagnostic::new(&codes::T004, place, message).did_you_mean(parent, names)]
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => in_file(
            tpl,
            format!(
                "templates extend each other in a circle: {tpl} -> {}",
                inheritance_chain.join(" -> ")
            ),
        ),
        ErrorKind::CircularInclude { tpl, include_chain } => in_file(
            tpl,
            format!("templates include each other in a circle: {}", include_chain.join(" -> ")),
        ),
        other => {
            // Tera joins its reports of unknown names into one text.
            let text = other.to_string();
            let reports: Vec<Diagnostic> =
                text.split("\n\n").filter_map(|report| of_text(sources, report)).collect();
            if reports.is_empty() {
                vec![Diagnostic::new(&codes::T004, Place::Site, text.replace('\n', " "))]
            } else {
                reports
            }
        }
    }
}

/// A diagnostic of a report that Tera has already put into words:
///
/// ```text
/// error: Unknown filter `x`
///  --> podium/base.html:3:7
///   |
/// 3 | {{ a | x }}
///   |        ^
/// ```
fn of_text(sources: &Sources, report: &str) -> Option<Diagnostic> {
    let message = report.lines().next()?.strip_prefix("error: ")?;
    let (name, line, column) = location(report.split("--> ").nth(1)?.lines().next()?)?;
    let source = sources.get(name)?;
    let start = offset(&source.text, line, column);
    let width = report.lines().last().map_or(1, |line| line.matches('^').count().max(1));
    let end = source.text[start..]
        .char_indices()
        .nth(width)
        .map_or(source.text.len(), |(i, _)| start + i);
    let place = Place::Span(source.clone(), start..end);
    Some(Diagnostic::new(&codes::T004, place, lower_first(message)))
}

/// `name:line:column` taken apart.
fn location(text: &str) -> Option<(&str, usize, usize)> {
    let mut parts = text.trim().rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some((parts.next()?, line, column))
}

/// Byte offset of a line and column, both from 1, the column in characters.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start..];
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(i, _)| i)
}

fn of_report(sources: &Sources, code: &'static Code, report: &ReportError) -> Diagnostic {
    let place = match sources.get(report.filename()) {
        Some(source) => {
            let len = source.text.len();
            let range = &report.span().range;
            Place::Span(source.clone(), range.start.min(len)..range.end.min(len))
        }
        None => Place::File(report.filename().to_owned()),
    };
    // What a page has besides differs from page to page; the cause does not.
    let (message, available) = match report.message().split_once(". Available ") {
        Some((message, available)) => (message, Some(available)),
        None => (report.message(), None),
    };
    let diagnostic = Diagnostic::new(code, place, lower_first(message));
    match available {
        Some(available) => diagnostic.note(format!("available {available}")),
        None => diagnostic,
    }
}

/// A component that failed where a text uses it.
pub fn of_component(theme: &Theme, name: &str, place: &Place, error: &tera::Error) -> Diagnostic {
    failed(theme, name, error).related(place.clone(), format!("`{name}` is used here"))
}

/// A template that failed on a page: where, and by way of which templates.
pub fn of_rendering(theme: &Theme, template: &str, page: &str, error: &tera::Error) -> Diagnostic {
    let mut diagnostic = failed(theme, template, error);
    diagnostic.pages.push(page.to_owned());
    let chain = extends_chain(theme, template);
    if chain.len() > 1 {
        diagnostic.notes.push(format!("template: {}", chain.join(", which extends ")));
    }
    diagnostic
}

/// What failed, and who called it.
fn failed(theme: &Theme, name: &str, error: &tera::Error) -> Diagnostic {
    let mut diagnostic = match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            of_report(&theme.sources, &codes::T005, report)
        }
        ErrorKind::TemplateNotFound(missing) => {
            let chain = theme.chain.join("`, `");
            let message = format!("the theme `{chain}` has no template `{missing}`");
            Diagnostic::new(&codes::T005, Place::Site, message)
        }
        other => {
            let message = format!("`{name}`: {}", lower_first(&other.to_string()));
            Diagnostic::new(&codes::T005, Place::Site, message)
        }
    };
    for (name, line, column) in callers(error) {
        if let Some(source) = theme.sources.get(&name) {
            let at = offset(&source.text, line, column);
            let end =
                source.text[at..].find(['\n', '}', '%']).map_or(source.text.len(), |i| at + i);
            let place = Place::Span(source.clone(), at..end);
            diagnostic.related.push((place, "called from here".to_owned()));
        }
    }
    diagnostic
}

/// Who called the template that failed: Tera tells it in its text alone.
fn callers(error: &tera::Error) -> Vec<(String, usize, usize)> {
    let text = error.to_string();
    text.lines()
        .filter_map(|line| line.strip_prefix("note: called from "))
        .filter_map(location)
        .map(|(name, line, column)| (name.to_owned(), line, column))
        .collect()
}

/// The template and those it extends, by the paths of their files.
fn extends_chain(theme: &Theme, template: &str) -> Vec<String> {
    let resolve = |name: &str| {
        let direct = theme.sources.get_key_value(name);
        direct.or_else(|| {
            theme
                .chain
                .iter()
                .find_map(|layer| theme.sources.get_key_value(&format!("{layer}/{name}")))
        })
    };
    let mut chain = Vec::new();
    let mut next = resolve(template);
    while let Some((_, source)) = next {
        if chain.contains(&source.path) {
            break;
        }
        chain.push(source.path.clone());
        next = parent_name(&source.text).and_then(resolve);
    }
    chain
}

/// The name in `{% extends "name" %}`.
fn parent_name(text: &str) -> Option<&str> {
    let after = text.split("{%").nth(1)?.trim_start_matches('-').trim_start();
    let quoted = after.strip_prefix("extends")?.trim_start();
    let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    quoted[1..].split(quote).next()
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
