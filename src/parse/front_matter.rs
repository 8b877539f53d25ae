//! The YAML at the head of a content file: split off, read into a typed struct, and explained.
//!
//! This is the only module that knows `serde_yaml`. A file that is right takes the short way: one
//! pass into the struct. A file that is wrong takes the long way, which reads key by key, so that
//! every mistake in it is reported at once, and asks a second parser for positions, which
//! `serde_yaml` does not tell for values that it could read.

use std::ops::Range;
use std::sync::Arc;

use saphyr_parser::{Event, Parser};
use serde::de::{self, DeserializeOwned};
use serde::{Deserialize, Deserializer};

use crate::diagnostics::{Diagnostic, Place, Source, codes, nearest};

/// Where front matter and body are in a file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The YAML, without the lines of dashes.
    pub front: Range<usize>,
    /// Everything after the closing line.
    pub body: Range<usize>,
}

/// Finds the front matter.
///
/// # Errors
/// There is none, or it is not closed.
pub fn split(source: &Arc<Source>) -> Result<Split, Box<Diagnostic>> {
    let text = source.text.as_str();
    let first_line = text.lines().next().unwrap_or_default();
    if first_line.trim_end() != "---" {
        return Err(Box::new(no_front_matter(source)));
    }
    let start = text.find('\n').map_or(text.len(), |i| i + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(Split { front: start..at, body: at + line.len()..text.len() });
        }
        at += line.len();
    }
    let problem = Diagnostic::new(
        &codes::F002,
        Place::Span(source.clone(), 0..3),
        "the front matter is not closed",
    )
    .label("it is opened here")
    .help("put a line of three dashes after its last key");
    Err(Box::new(problem))
}

fn no_front_matter(source: &Arc<Source>) -> Diagnostic {
    let text = source.text.as_str();
    if text.trim().is_empty() {
        return Diagnostic::new(
            &codes::F001,
            Place::File(source.path.clone()),
            "this file is empty",
        )
        .help("a file starts with front matter between two lines of three dashes");
    }
    let line_end = text.find('\n').unwrap_or(text.len());
    let place = Place::Span(source.clone(), 0..line_end);
    let problem = Diagnostic::new(&codes::F001, place, "there is no front matter")
        .label("expected a line of three dashes");
    if text.contains('\r') && !text.contains('\n') {
        problem.help("its lines end in CR alone, as on very old Macs: save it with other line ends")
    } else if text.trim_start().starts_with("---") {
        problem.help(
            "the three dashes must be the first thing in the file: remove what stands before them",
        )
    } else if text.starts_with("+++") {
        problem.help("Podium reads YAML between lines of ---, not TOML between lines of +++")
    } else {
        problem.help("put this at the top of the file:\n---\ntitle: ...\ndate: 2024-07-31\n---")
    }
}

/// Reads front matter into a struct all of whose fields may be missing.
///
/// # Errors
/// Every mistake in it, located.
pub fn read<T: DeserializeOwned>(
    source: &Arc<Source>,
    front: &Range<usize>,
) -> Result<T, Vec<Diagnostic>> {
    let yaml = &source.text[front.clone()];
    if let Some(at) = too_deep(yaml) {
        let at = front.start + at;
        let place = Place::Span(source.clone(), at..at + 1);
        return Err(vec![Diagnostic::new(
            &codes::F003,
            place,
            "the front matter is nested too deep",
        )]);
    }
    match serde_yaml::from_str::<T>(yaml) {
        Ok(meta) => Ok(meta),
        Err(error) if is_blank(yaml) => {
            serde_yaml::from_str::<T>("{}").map_err(|_| vec![syntax_problem(source, front, &error)])
        }
        Err(error) => Err(explain::<T>(source, front, &error)),
    }
}

/// Where brackets are open inside more brackets than anybody writes. The YAML parser would refuse
/// them too, but only after a time that grows with the square of their number.
fn too_deep(yaml: &str) -> Option<usize> {
    let mut depth = 0usize;
    yaml.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

/// Nothing but comments and empty lines.
fn is_blank(yaml: &str) -> bool {
    yaml.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

fn explain<T: DeserializeOwned>(
    source: &Arc<Source>,
    front: &Range<usize>,
    error: &serde_yaml::Error,
) -> Vec<Diagnostic> {
    let yaml = &source.text[front.clone()];
    let outline = Outline::of(yaml, front.start);
    if let Some(problems) = twice(source, &outline) {
        return problems;
    }
    let value: serde_yaml::Value = match serde_yaml::from_str(yaml) {
        Ok(value) => value,
        Err(error) => return vec![syntax_problem(source, front, &error)],
    };
    let serde_yaml::Value::Mapping(mapping) = value else {
        let place = Place::Span(source.clone(), front.clone());
        return vec![
            Diagnostic::new(
                &codes::F005,
                place,
                "the front matter is not a list of keys and values",
            )
            .help("write `key: value`, with a space after the colon"),
        ];
    };
    let mut problems = Vec::new();
    for (key, value) in mapping {
        let single = serde_yaml::Value::Mapping([(key, value)].into_iter().collect());
        if let Err(error) = serde_path_to_error::deserialize::<_, T>(single) {
            let path = error.path().to_string();
            problems.push(typed_problem(source, &outline, &path, &error.inner().to_string()));
        }
    }
    if problems.is_empty() {
        // Each key is right by itself: what is left is what the parser said about the whole.
        problems.push(syntax_problem(source, front, error));
    }
    problems
}

fn twice(source: &Arc<Source>, outline: &Outline) -> Option<Vec<Diagnostic>> {
    let mut problems = Vec::new();
    for (i, entry) in outline.entries.iter().enumerate() {
        let Some(first) = outline.entries[..i].iter().find(|e| e.path == entry.path) else {
            continue;
        };
        let name = entry.path.rsplit('.').next().unwrap_or(&entry.path);
        problems.push(
            Diagnostic::new(
                &codes::F007,
                Place::Span(source.clone(), entry.key.clone()),
                format!("`{name}` is given twice"),
            )
            .label("this is the second")
            .related(Place::Span(source.clone(), first.key.clone()), "this is the first"),
        );
        break;
    }
    (!problems.is_empty()).then_some(problems)
}

fn syntax_problem(
    source: &Arc<Source>,
    front: &Range<usize>,
    error: &serde_yaml::Error,
) -> Diagnostic {
    let yaml = &source.text[front.clone()];
    let full = error.to_string();
    let message = full.split(" at line ").next().unwrap_or(&full).to_owned();
    let place = match error.location() {
        Some(location) => {
            let at = front.start + crate::diagnostics::floor_char_boundary(yaml, location.index());
            let line_end =
                source.text[at..].find(['\r', '\n']).map_or(source.text.len(), |i| at + i);
            Place::Span(source.clone(), at..(at + 1).clamp(at, line_end.max(at)))
        }
        None => Place::Span(source.clone(), front.clone()),
    };
    let line = match &place {
        Place::Span(_, span) => {
            let start = source.text[..span.start].rfind('\n').map_or(0, |i| i + 1);
            source.text[start..].lines().next().unwrap_or_default()
        }
        _ => "",
    };
    let problem =
        Diagnostic::new(&codes::F003, place, format!("the front matter is not YAML: {message}"));
    if line.contains('\t') || yaml.lines().any(|line| line.starts_with('\t')) {
        problem.help("there is a tab; YAML wants spaces")
    } else if line.matches(": ").count() > 1 || message.contains("mapping values") {
        problem
            .help("a value with a colon in it stands in quotes: title: \"Biles: the last floor\"")
    } else {
        problem.help(
            "a value that begins with a sign such as ' \" @ * & ! % [ { or - stands in quotes",
        )
    }
}

/// A diagnostic of what serde said about one value.
fn typed_problem(source: &Arc<Source>, outline: &Outline, path: &str, said: &str) -> Diagnostic {
    let said = said.split(" at line ").next().unwrap_or(said);
    // serde_yaml repeats the path in front of what it says.
    let said = said.strip_prefix(path).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(said);
    let mut names = said.split('`').skip(1).step_by(2);
    let place = |range: Range<usize>| Place::Span(source.clone(), range);
    let here = outline.find(path);
    let value = here.map_or(Place::File(source.path.clone()), |entry| place(entry.value.clone()));
    if said.starts_with("unknown field") {
        let name = names.next().unwrap_or_default().to_owned();
        let expected: Vec<&str> = names.collect();
        let inner =
            if path == "." || path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let entry = outline.find(&inner).or(here.filter(|_| path.ends_with(&name)));
        let at = entry.map_or(value, |entry| place(entry.key.clone()));
        let problem = Diagnostic::new(&codes::F004, at, format!("there is no key `{name}` here"));
        return if nearest(&name, expected.iter().copied()).is_some() {
            problem.did_you_mean(&name, expected)
        } else {
            let list = expected.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
            problem
                .help(format!("the keys here are {list}"))
                .help("what only a theme needs goes under `extra:`")
        };
    }
    if said.starts_with("missing field") {
        let name = names.next().unwrap_or_default();
        return Diagnostic::new(&codes::F006, value, format!("`{name}` is missing here"));
    }
    if said.starts_with("unknown variant") {
        let name = names.next().unwrap_or_default().to_owned();
        let expected: Vec<&str> = names.collect();
        let list = expected.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
        return Diagnostic::new(&codes::F005, value, format!("`{name}` is not one of {list}"))
            .did_you_mean(&name, expected);
    }
    let key = path.trim_end_matches(|c: char| c == ']' || c == '[' || c.is_ascii_digit());
    let key = key.rsplit('.').next().unwrap_or(key);
    let what = said.trim_start_matches("invalid type: ").trim_start_matches("invalid value: ");
    let problem =
        Diagnostic::new(&codes::F005, value, format!("`{key}` has a value of the wrong kind"))
            .label(what.to_owned());
    if said.contains("expected struct Image") {
        let label =
            format!("write {key}: {{src: picture.jpg, alt: ..., caption: ..., credit: ...}}");
        problem.label(label)
    } else if said.contains("expected struct") {
        problem.label("expected keys and values, such as {date: ..., text: ...}")
    } else if said.contains("expected a sequence") {
        problem.help(format!("write a list: {key}: [one, two]"))
    } else if said.contains("expected a text") {
        problem.help("put the value in quotes to make it a text")
    } else {
        problem
    }
}

/// Where each key and value of a YAML text is.
#[derive(Debug, Default)]
pub struct Outline {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    /// Such as `podium.gold[0].athletes[1]`.
    path: String,
    /// Of an item in a list, the item itself.
    key: Range<usize>,
    value: Range<usize>,
}

/// More than any front matter has; bounds on hostile ones.
const MOST_ENTRIES: usize = 20_000;
const DEEPEST: usize = 64;

enum Frame {
    Map { path: String, key: Option<(String, Range<usize>)>, entry: Option<usize> },
    List { path: String, next: usize, entry: Option<usize> },
}

impl Outline {
    /// Reads a YAML text as far as it can be read. `base` is added to every position.
    pub fn of(yaml: &str, base: usize) -> Outline {
        let bytes: Vec<usize> =
            yaml.char_indices().map(|(i, _)| i).chain(std::iter::once(yaml.len())).collect();
        let byte = |index: usize| base + bytes.get(index).copied().unwrap_or(yaml.len());
        let mut outline = Outline::default();
        let mut frames: Vec<Frame> = Vec::new();
        for event in Parser::new_from_str(yaml) {
            let Ok((event, span)) = event else { break };
            if outline.entries.len() > MOST_ENTRIES || frames.len() > DEEPEST {
                break;
            }
            let range = byte(span.start.index())..byte(span.end.index());
            let scalar = match &event {
                Event::Scalar(text, ..) => Some(text.to_string()),
                Event::Alias(_) => Some(String::new()),
                Event::MappingStart(..) | Event::SequenceStart(..) => None,
                Event::MappingEnd | Event::SequenceEnd => {
                    if let Some(
                        Frame::Map { entry: Some(i), .. } | Frame::List { entry: Some(i), .. },
                    ) = frames.pop()
                    {
                        let value = &mut outline.entries[i].value;
                        let end = range.end.min(base + yaml.trim_end().len()).max(value.start);
                        // A block ends where the next key begins: leave out the space between.
                        let inner = &yaml[value.start - base..end - base];
                        value.end = value.start + inner.trim_end().len();
                    }
                    continue;
                }
                _ => continue,
            };
            let (path, entry) = match frames.last_mut() {
                None => (String::new(), None),
                Some(Frame::Map { path, key, .. }) => match key.take() {
                    None => {
                        *key = Some((scalar.unwrap_or_default(), range));
                        continue;
                    }
                    Some((name, key)) => {
                        let path = if path.is_empty() { name } else { format!("{path}.{name}") };
                        outline.entries.push(Entry { path: path.clone(), key, value: range });
                        (path, Some(outline.entries.len() - 1))
                    }
                },
                Some(Frame::List { path, next, .. }) => {
                    let path = format!("{path}[{next}]");
                    *next += 1;
                    let key = range.clone();
                    outline.entries.push(Entry { path: path.clone(), key, value: range });
                    (path, Some(outline.entries.len() - 1))
                }
            };
            match event {
                Event::MappingStart(..) => frames.push(Frame::Map { path, key: None, entry }),
                Event::SequenceStart(..) => frames.push(Frame::List { path, next: 0, entry }),
                _ => {}
            }
        }
        outline
    }

    fn find(&self, path: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.path == path)
    }

    /// Where the value at a path is.
    pub fn value(&self, path: &str) -> Option<Range<usize>> {
        self.find(path).map(|entry| entry.value.clone())
    }
}

/// A text; a bare number is taken as it is written, since tags and titles may be years.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(pub String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Text;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a text")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        title: Option<Text>,
        tags: Option<Vec<Text>>,
        image: Option<Inner>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        src: Text,
        caption: Option<Text>,
    }

    fn source(text: &str) -> Arc<Source> {
        Arc::new(Source { path: "x.md".into(), text: text.into() })
    }

    fn problems(front: &str) -> Vec<(&'static str, String)> {
        let source = source(&format!("---\n{front}---\n"));
        let split = split(&source).unwrap();
        read::<Sample>(&source, &split.front)
            .unwrap_err()
            .into_iter()
            .map(|d| {
                let marked = match &d.place {
                    Place::Span(source, span) => source.text[span.clone()].to_owned(),
                    place => format!("{place:?}"),
                };
                (d.code.id, marked)
            })
            .collect()
    }

    #[test]
    fn front_matter_and_body_are_split_with_any_line_ends() {
        for text in
            ["---\na: 1\n---\nbody", "---\r\na: 1\r\n---\r\nbody", "--- \na: 1\n---\t\nbody"]
        {
            let source = source(text);
            let split = split(&source).unwrap();
            assert_eq!(source.text[split.front].trim(), "a: 1");
            assert_eq!(&source.text[split.body], "body");
        }
    }

    #[test]
    fn front_matter_may_be_all_there_is() {
        let source = source("---\na: 1\n---");
        assert_eq!(split(&source).unwrap().body, 12..12);
    }

    #[test]
    fn a_dash_list_does_not_close_it() {
        let source = source("---\na:\n  - 1\n----\n---\nx");
        assert_eq!(&source.text[split(&source).unwrap().body], "x");
    }

    #[test]
    fn missing_and_open_front_matter_are_told_apart() {
        for (text, code) in [
            ("", "F001"),
            ("hello", "F001"),
            ("\n---\na: 1\n---\n", "F001"),
            ("+++\n", "F001"),
            ("---\na: 1\n", "F002"),
            ("---", "F002"),
        ] {
            assert_eq!(split(&source(text)).unwrap_err().code.id, code, "{text:?}");
        }
    }

    #[test]
    fn every_mistake_is_found_and_marked() {
        assert_eq!(
            problems("titel: x\ntags: Korea\nimage: {src: a.png, captoin: b}\n"),
            [
                ("F004", "titel".to_owned()),
                ("F005", "Korea".to_owned()),
                ("F004", "captoin".to_owned()),
            ]
        );
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_marked_where_it_is() {
        assert_eq!(problems("tags:\n  - Korea\n  - [a, b]\n"), [("F005", "[a, b]".to_owned())]);
        assert_eq!(problems("title: true\n"), [("F005", "true".to_owned())]);
        assert_eq!(problems("image: {caption: é}\n"), [("F006", "{caption: é}".to_owned())]);
    }

    #[test]
    fn a_key_given_twice_is_found() {
        assert_eq!(problems("title: a\ntags: [x]\ntitle: b\n"), [("F007", "title".to_owned())]);
    }

    #[test]
    fn broken_yaml_is_one_problem() {
        for front in
            ["\ttitle: x\n", "title: a: b\n", "title: \"open\n", "- a\n- b\n", "title\n", "{\n"]
        {
            assert_eq!(problems(front).len(), 1, "{front}");
        }
    }

    #[test]
    fn an_alias_bomb_is_refused_in_little_time() {
        let mut bomb = String::from("extra: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for i in 1..30 {
            bomb += &format!(
                "k{i}: &a{i} [*a{0}, *a{0}, *a{0}, *a{0}, *a{0}, *a{0}, *a{0}, *a{0}]\n",
                i - 1
            );
        }
        assert!(!problems(&bomb).is_empty());
        assert!(!problems(&format!("title: {}\n", "[".repeat(50_000))).is_empty());
        assert!(
            !problems(&format!("tags: {}x{}\n", "[".repeat(5_000), "]".repeat(5_000))).is_empty()
        );
    }

    #[test]
    fn a_number_may_be_a_text() {
        let source = source("---\ntitle: 1896\ntags: [2024]\n---\n");
        let sample: Sample = read(&source, &split(&source).unwrap().front).unwrap();
        assert_eq!(sample.title, Some(Text("1896".into())));
    }

    #[test]
    fn empty_front_matter_has_no_keys() {
        let source = source("---\n# nothing yet\n---\n");
        let sample: Sample = read(&source, &split(&source).unwrap().front).unwrap();
        assert_eq!(sample, Sample { title: None, tags: None, image: None });
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(---\n)?[-a-z:\\[\\]{}&*\"'#| \t\r\né>!%@]{0,60}(\n---\n)?") {
            let source = source(&text);
            if let Ok(split) = split(&source) {
                let _ = read::<Sample>(&source, &split.front);
            }
        }
    }
}
