//! The YAML at the head of a content file: split off, read into a typed struct, and explained.
//!
//! This is the only module that knows `serde_yaml`. A file that is right takes the short way: one
//! pass into the struct. A file that is wrong takes the long way, by way of an [`Outline`]: what makes no
//! sense is reported and taken out, until the rest can be read. So a file tells all that is wrong with it at
//! once, and what can be read of it still tells which of its references lead nowhere.

use std::ops::Range;
use std::sync::Arc;

use serde::de::{self, DeserializeOwned, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess};
use serde::{Deserialize, Deserializer};

use super::outline::{DEEPEST, LIST, MisfitKind, Node, Outline, Value};
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

/// What could be read of the front matter of a file.
#[derive(Debug)]
pub struct Read<T> {
    /// What it says, without what makes no sense; nothing if nothing could be read.
    pub front: Option<T>,
    /// Everything that is wrong with it.
    pub problems: Vec<Diagnostic>,
    /// Keys of which something is wrong, so that they are not missing.
    pub told: Vec<String>,
    /// Where everything is, if it is known already.
    pub outline: Option<Outline>,
}

impl<T> Read<T> {
    fn new(front: Option<T>, problems: Vec<Diagnostic>) -> Read<T> {
        Read { front, problems, told: Vec::new(), outline: None }
    }
}

/// Reads front matter into a struct all of whose fields may be missing.
pub fn read<T: DeserializeOwned>(source: &Arc<Source>, front: &Range<usize>) -> Read<T> {
    let yaml = &source.text[front.clone()];
    if let Some(at) = too_deep(yaml) {
        let at = front.start + at;
        let place = Place::Span(source.clone(), at..at + 1);
        let message = "the front matter is nested too deep";
        return Read::new(None, vec![Diagnostic::new(&codes::F003, place, message)]);
    }
    match serde_yaml::from_str::<T>(yaml) {
        Ok(meta) => Read::new(Some(meta), Vec::new()),
        Err(_) if is_blank(yaml) => Read::new(serde_yaml::from_str::<T>("{}").ok(), Vec::new()),
        Err(error) => Salvage::new(source, front).read(&error),
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

/// After so many mistakes in one file nobody reads on.
const MOST_PROBLEMS: usize = 50;

/// The long way through front matter that is wrong.
struct Salvage<'a> {
    source: &'a Arc<Source>,
    front: &'a Range<usize>,
    problems: Vec<Diagnostic>,
    told: Vec<String>,
    outline: Outline,
}

impl<'a> Salvage<'a> {
    fn new(source: &'a Arc<Source>, front: &'a Range<usize>) -> Self {
        let outline = Outline::default();
        Salvage { source, front, problems: Vec::new(), told: Vec::new(), outline }
    }

    fn place(&self, span: Range<usize>) -> Place {
        Place::Span(self.source.clone(), span)
    }

    fn read<T: DeserializeOwned>(mut self, error: &serde_yaml::Error) -> Read<T> {
        let yaml = self.without_broken_blocks();
        self.outline = Outline::read(&yaml, self.front.start);
        let Some(mut root) = self.outline.root().cloned() else {
            if self.problems.is_empty() {
                self.problems.push(syntax_problem(self.source, self.front, error));
            }
            return self.done(None);
        };
        if !matches!(root.value, Value::Map(_)) {
            if self.problems.is_empty() {
                let place = self.place(self.front.clone());
                let message = "the front matter is not a list of keys and values";
                self.problems.push(
                    Diagnostic::new(&codes::F005, place, message)
                        .help("write `key: value`, with a space after the colon"),
                );
            }
            return self.done(None);
        }
        for (second, first) in self.outline.twice() {
            self.problems.push(
                Diagnostic::new(
                    &codes::F007,
                    self.place(second.span.clone()),
                    format!("`{}` is given twice", second.name),
                )
                .label("this is the second")
                .related(self.place(first), "this is the first"),
            );
            root.take_out(&second.span);
        }
        while self.problems.len() < MOST_PROBLEMS {
            let misfit = match T::deserialize(&root) {
                Ok(front) => {
                    // A single number for a list is understood here alone; what else made the parser stop
                    // has been found, or cannot be.
                    if self.problems.is_empty() && !error.to_string().contains("expected a list") {
                        self.problems.push(syntax_problem(self.source, self.front, error));
                    }
                    return self.done(Some(front));
                }
                Err(misfit) => misfit,
            };
            let span = misfit.span.unwrap_or_else(|| root.span.clone());
            self.problems.push(self.explain(&root, &span, &misfit.kind));
            self.told.extend(top_level(&root, &span));
            if !root.take_out(&span) {
                break;
            }
        }
        self.done(None)
    }

    fn done<T>(self, front: Option<T>) -> Read<T> {
        Read { front, problems: self.problems, told: self.told, outline: Some(self.outline) }
    }

    /// The YAML with spaces where a key and its value cannot be read: each block that begins at the margin
    /// is read by itself. Places stay what they are.
    fn without_broken_blocks(&mut self) -> String {
        let whole = &self.source.text[self.front.clone()];
        let is_readable = |yaml: &str| serde_yaml::from_str::<IgnoredAny>(yaml);
        let Err(error) = is_readable(whole) else { return whole.to_owned() };
        let mut yaml = String::with_capacity(whole.len());
        for block in blocks(whole) {
            let text = &whole[block.clone()];
            let span = self.front.start + block.start..self.front.start + block.end;
            // An anchor may stand in another block.
            let broken =
                is_readable(text).err().filter(|error| !error.to_string().contains("anchor"));
            let Some(error) = broken else {
                yaml += text;
                continue;
            };
            self.problems.push(syntax_problem(self.source, &span, &error));
            self.told.extend(text.lines().filter_map(key_of).map(str::to_owned));
            yaml.extend(
                text.chars()
                    .map(|c| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) }),
            );
        }
        if self.problems.is_empty() {
            self.problems.push(syntax_problem(self.source, self.front, &error));
            return String::new();
        }
        yaml
    }

    /// A diagnostic of a value that does not fit.
    fn explain(&self, root: &Node, span: &Range<usize>, kind: &MisfitKind) -> Diagnostic {
        let key = root.name_of(span).unwrap_or("this").to_owned();
        let place = self.place(span.clone());
        let listed = |names: &[&str]| {
            names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        match kind {
            MisfitKind::UnknownKey(name, known) => unknown_key(root, place, name, known),
            MisfitKind::MissingKey(name) => {
                Diagnostic::new(&codes::F006, place, format!("`{name}` is missing here"))
            }
            MisfitKind::UnknownWord(word, known) => {
                let message = format!("`{word}` is not one of {}", listed(known));
                Diagnostic::new(&codes::F005, place, message)
                    .did_you_mean(word, known.iter().copied())
            }
            MisfitKind::Other(what) => {
                Diagnostic::new(&codes::F016, place, format!("`{key}` {what}"))
                    .help("write it in one line, without characters that cannot be seen")
            }
            MisfitKind::Expected(what) => {
                let written = node_at(root, span);
                self.wrong_kind(place, &key, what, written)
            }
        }
    }

    fn wrong_kind(
        &self,
        place: Place,
        key: &str,
        what: &str,
        written: Option<&Node>,
    ) -> Diagnostic {
        let found = written.map_or("something else", Node::in_words);
        let text = match written.map(|node| &node.value) {
            Some(Value::Scalar(text, _)) => text.as_str(),
            _ => "",
        };
        let message = format!("`{key}` has a value of the wrong kind");
        let problem = Diagnostic::new(&codes::F005, place, message);
        if what == "a boolean" {
            let is_yes = ["yes", "y", "on", "1", "true"].contains(&text.to_lowercase().as_str());
            let is_no = ["no", "n", "off", "0", "false"].contains(&text.to_lowercase().as_str());
            let problem = problem.label("expected true or false");
            return match (is_yes, is_no) {
                (true, _) => problem.suggest("write `true`", "true"),
                (_, true) => problem.suggest("write `false`", "false"),
                _ => problem,
            };
        }
        let expected = match what {
            "a picture" => {
                return problem
                    .label(format!("this is {found}"))
                    .help(format!("write {key}: picture.jpg, or {key}: {{src: picture.jpg, alt: ..., caption: ..., credit: ...}}"));
            }
            what if what.starts_with("struct ") || what == "a map" => {
                "keys and values, such as {date: ..., text: ...}"
            }
            what => what,
        };
        let problem = problem.label(format!("this is {found}, expected {expected}"));
        match expected {
            "a list" => problem.help(format!("write a list: {key}: [one, two]")),
            "a text" if found == "a list" => problem
                .help(format!("there is one {key} only; put it in quotes if it has brackets")),
            _ => problem,
        }
    }
}

/// What other programs call a key, and what it is called here.
const MEANT: &[(&str, &[&str])] = &[
    ("title", &["headline", "heading", "name"]),
    ("name", &["title", "full_name"]),
    (
        "standfirst",
        &[
            "description",
            "summary",
            "excerpt",
            "subtitle",
            "subheading",
            "dek",
            "deck",
            "abstract",
            "lede",
            "lead",
            "teaser",
            "intro",
        ],
    ),
    ("authors", &["author", "byline", "by", "writer", "writers"]),
    ("tags", &["tag", "category", "categories", "keywords", "topics", "labels"]),
    ("date", &["published", "pubdate", "published_at", "date_published", "created", "created_at"]),
    (
        "updated",
        &[
            "lastmod",
            "last_modified",
            "last_modified_at",
            "modified",
            "updated_at",
            "date_modified",
        ],
    ),
    ("publish_at", &["publishdate", "publish_date", "embargo", "embargo_until"]),
    ("expire_at", &["expirydate", "expiry_date", "expires", "unpublish_date"]),
    ("slug", &["url", "permalink", "path"]),
    ("aliases", &["redirect_from", "redirects", "old_urls", "alias", "also_known_as"]),
    (
        "image",
        &[
            "thumbnail",
            "featured_image",
            "featured",
            "cover",
            "cover_image",
            "coverimage",
            "banner",
            "hero",
            "hero_image",
            "picture",
            "photo",
            "images",
            "og_image",
        ],
    ),
    ("dateline", &["place", "location"]),
    ("nation", &["country", "noc"]),
    ("nations", &["countries", "country", "nation"]),
    ("athletes", &["athlete", "people", "players"]),
    ("events", &["event"]),
    ("sports", &["sport"]),
    ("caption", &["title", "description"]),
    ("credit", &["copyright", "photographer", "source", "by"]),
    ("src", &["url", "path", "file", "image", "filename"]),
    ("alt", &["alt_text", "alttext", "description"]),
];

/// Keys of other programs that say what is known here without them.
const NOT_NEEDED: &[(&str, &str)] = &[
    ("layout", "the folder of a file says how it is shown"),
    ("template", "the folder of a file says how it is shown"),
    ("type", "the folder of a file says what it is"),
    ("weight", "lists are in the order of their dates"),
    ("order", "lists are in the order of their dates"),
    ("comments", "there are no comments under stories"),
    ("toc", "there are no tables of contents"),
    ("math", "no formulas are set"),
    ("id", "the name of a file is what others call it by"),
    ("language", "the language of the site stands in site.toml"),
    ("lang", "the language of the site stands in site.toml"),
];

fn unknown_key(root: &Node, place: Place, name: &str, known: &[&'static str]) -> Diagnostic {
    if name.is_empty() {
        return Diagnostic::new(&codes::F005, place, "a key is a word, and no list");
    }
    let problem = Diagnostic::new(&codes::F004, place, format!("there is no key `{name}` here"));
    let folded = name.to_lowercase().replace('-', "_");
    let meant =
        MEANT.iter().find(|(key, others)| known.contains(key) && others.contains(&folded.as_str()));
    let has = |key: &str| match &root.value {
        Value::Map(entries) => entries.iter().any(|(other, _)| other.name == key),
        _ => false,
    };
    match (meant, nearest(name, known.iter().copied())) {
        (Some((key, _)), _) if has(key) => {
            problem.help(format!("`{key}` says that here, and is given already"))
        }
        (Some((key, _)), _) => {
            let message = format!("here it is called `{key}`");
            match *key {
                // Elsewhere it is a whole address.
                "slug" => problem.help("`slug` is the last part of the address alone; addresses that a story had before go into `aliases`"),
                _ => problem.suggest(message, *key),
            }
        }
        (None, Some(near)) => {
            let message = format!("did you mean `{near}`?");
            problem.suggest(message, near)
        }
        (None, None) => {
            // A key of the picture, one level too high.
            let of_picture =
                known.contains(&"image") && nearest(name, ["alt", "caption", "credit"]).is_some();
            if let Some((_, why)) = NOT_NEEDED.iter().find(|(key, _)| *key == folded) {
                return problem.help(format!("it is not needed: {why}"));
            }
            if of_picture {
                return problem.help("it belongs to the picture: image: {src: picture.jpg, alt: ..., caption: ..., credit: ...}");
            }
            let list = known.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
            problem
                .help(format!("the keys here are {list}"))
                .help("what only a theme needs goes under `extra:`")
        }
    }
}

/// The keys at the margin whose value is at, or around, a place.
fn top_level(root: &Node, span: &Range<usize>) -> Option<String> {
    let Value::Map(entries) = &root.value else { return None };
    let found = entries.iter().find(|(key, value)| {
        key.span == *span || (value.span.start <= span.start && span.end <= value.span.end)
    });
    found.map(|(key, _)| key.name.clone())
}

fn node_at<'n>(node: &'n Node, span: &Range<usize>) -> Option<&'n Node> {
    if node.span == *span {
        return Some(node);
    }
    match &node.value {
        Value::Scalar(..) => None,
        Value::List(items) => items.iter().find_map(|item| node_at(item, span)),
        Value::Map(entries) => entries.iter().find_map(|(_, value)| node_at(value, span)),
    }
}

/// The parts of a YAML text of which each begins at the margin.
fn blocks(yaml: &str) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        let is_start = !line.starts_with([' ', '\t', '#', '-', '\r', '\n', '}', ']']);
        let end = at + line.len();
        match blocks.last_mut() {
            Some(block) if !is_start => block.end = end,
            _ => blocks.push(at..end),
        }
        at = end;
    }
    blocks
}

/// The key at the beginning of a line.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let key = key.trim();
    let is_key =
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    is_key.then_some(key)
}

fn syntax_problem(
    source: &Arc<Source>,
    front: &Range<usize>,
    error: &serde_yaml::Error,
) -> Diagnostic {
    let yaml = &source.text[front.clone()];
    let full = error.to_string();
    let message = full.split(" at line ").next().unwrap_or(&full).to_owned();
    let place = match error.location().map(|location| location.index()) {
        // What is opened and not closed is only missed at the end: the value that opens it is to blame.
        Some(at) if at < yaml.trim_end().len() => {
            let at = front.start + crate::diagnostics::floor_char_boundary(yaml, at);
            let line_end =
                source.text[at..].find(['\r', '\n']).map_or(source.text.len(), |i| at + i);
            Place::Span(source.clone(), at..(at + 1).clamp(at, line_end.max(at)))
        }
        _ => {
            let line = yaml.lines().next().unwrap_or_default();
            let value = line.find(": ").map_or(0, |colon| colon + 2);
            Place::Span(source.clone(), front.start + value..front.start + line.trim_end().len())
        }
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
    } else if line.split_once(": ").is_some_and(|(_, value)| value.starts_with('"')) {
        problem.help(
            "a quotation mark within quotation marks is written \\\", or the value stands in '...'",
        )
    } else if line.split_once(": ").is_some_and(|(_, value)| value.starts_with('\'')) {
        problem.help("an apostrophe within '...' is written twice, or the value stands in \"...\"")
    } else if line.split_once(": ").is_some_and(|(_, value)| value.starts_with(['[', '{'])) {
        problem
            .help("a bracket that is opened is closed, and what stands in it is parted by commas")
    } else if line.matches(": ").count() > 1 || message.contains("mapping values") {
        problem
            .help("a value with a colon in it stands in quotes: title: \"Biles: the last floor\"")
    } else {
        problem.help(
            "a value that begins with a sign such as ' \" @ * & ! % [ { or - stands in quotes",
        )
    }
}

/// A text in one line, as it is written: a bare number may be a year, and a title.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(pub String);

/// A text that may go over several lines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage(pub String);

/// Characters that are no part of any text: most of them cannot be seen, and other programs, terminals and
/// calendars take some of them for orders.
fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

struct TextVisitor {
    has_lines: bool,
}

impl de::Visitor<'_> for TextVisitor {
    type Value = String;

    fn expecting(&self, to: &mut std::fmt::Formatter) -> std::fmt::Result {
        to.write_str("a text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        let text = text.trim();
        if text.contains(is_forbidden) {
            return Err(E::custom("has a control character in it"));
        }
        match self.has_lines {
            true => Ok(text.to_owned()),
            false if text.contains(['\n', '\u{2028}', '\u{2029}']) => {
                Err(E::custom("has a line break in it"))
            }
            false => Ok(text.replace('\t', " ")),
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor { has_lines: false }).map(Text)
    }
}

impl<'de> Deserialize<'de> for Passage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor { has_lines: true }).map(Passage)
    }
}

/// A list; one value stands for a list of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T>(pub Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> de::Visitor<'de> for Visitor<T> {
            type Value = List<T>;

            fn expecting(&self, to: &mut std::fmt::Formatter) -> std::fmt::Result {
                to.write_str("a list")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                inner: D,
            ) -> Result<List<T>, D::Error> {
                inner.deserialize_any(self)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<List<T>, E> {
                T::deserialize(text.into_deserializer()).map(|one| List(vec![one]))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<List<T>, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(map))
                    .map(|one| List(vec![one]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<List<T>, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(List(list))
            }
        }
        deserializer.deserialize_newtype_struct(LIST, Visitor(std::marker::PhantomData))
    }
}

/// Values for a theme's own use, of any kind.
#[derive(Clone, Debug, Default)]
pub struct Extra(pub serde_json::Map<String, serde_json::Value>);

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = serde_json::Map::deserialize(deserializer)?;
        let mut left: Vec<&serde_json::Value> = values.values().collect();
        while let Some(value) = left.pop() {
            match value {
                serde_json::Value::String(text) if text.contains(is_forbidden) => {
                    return Err(de::Error::custom("has a control character in it"));
                }
                serde_json::Value::Array(items) => left.extend(items),
                serde_json::Value::Object(inner) => left.extend(inner.values()),
                _ => {}
            }
        }
        Ok(Extra(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        title: Option<Text>,
        standfirst: Option<Passage>,
        tags: Option<List<Text>>,
        draft: Option<bool>,
        image: Option<Inner>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        src: Text,
        caption: Option<Text>,
    }

    fn source(text: &str) -> Arc<Source> {
        Arc::new(Source::new("x.md", text))
    }

    fn problems(front: &str) -> Vec<(&'static str, String)> {
        let source = source(&format!("---\n{front}---\n"));
        let split = split(&source).unwrap();
        read::<Sample>(&source, &split.front)
            .problems
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
            problems("titel: x\ndraft: perhaps\ntags: {a: b}\nimage: {src: a.png, captoin: b}\n"),
            [
                ("F004", "titel".to_owned()),
                ("F005", "perhaps".to_owned()),
                ("F005", "{a: b}".to_owned()),
                ("F004", "captoin".to_owned()),
            ]
        );
    }

    fn sample(front: &str) -> Sample {
        let source = source(&format!("---\n{front}---\n"));
        let read = read::<Sample>(&source, &split(&source).unwrap().front);
        read.front.unwrap()
    }

    #[test]
    fn what_is_right_is_read_beside_what_is_wrong() {
        let sample =
            sample("titel: x\ntitle: a\ntags: [b, [c]]\ndraft: maybe\nimage: {src: x, q: 1}\n");
        assert_eq!(sample.title, Some(Text("a".into())));
        assert_eq!(sample.tags, Some(List(vec![Text("b".into())])));
        assert_eq!(sample.image.map(|image| image.src), Some(Text("x".into())));
    }

    #[test]
    fn a_key_that_cannot_be_read_hides_no_other() {
        assert_eq!(
            problems(
                "title: a: b\ntags: [x\ndraft: maybe\nstandfirst: \"open\nimage: {captoin: b}\n"
            )
            .into_iter()
            .map(|(code, _)| code)
            .collect::<Vec<_>>(),
            ["F003", "F003", "F003", "F005", "F004", "F006"]
        );
    }

    #[test]
    fn one_value_stands_for_a_list_of_one() {
        for (front, tag) in [
            ("tags: Korea\n", "Korea"),
            ("tags: 2024\n", "2024"),
            ("tags: 0b11\n", "0b11"),
            ("tags: [+7]\n", "+7"),
            ("tags: 1.10\n", "1.10"),
            ("tags: [1.10]\n", "1.10"),
            ("tags: [true]\n", "true"),
        ] {
            assert_eq!(sample(front).tags, Some(List(vec![Text(tag.into())])), "{front}");
            assert_eq!(problems(front), [], "{front}");
        }
    }

    #[test]
    fn a_text_stays_as_it_was_written() {
        for text in ["0x1F", "1_000", "1e3", "true", "2024-08-01", "007"] {
            assert_eq!(sample(&format!("title: {text}\n")).title, Some(Text(text.into())));
        }
        assert_eq!(sample("title: ~\n").title, None);
    }

    #[test]
    fn a_title_has_one_line_and_nothing_that_cannot_be_seen() {
        for title in ["\"a\\nb\"", "\"a\\u0007b\"", "|\n  a\n  b", "\"a\\u2028b\""] {
            assert_eq!(problems(&format!("title: {title}\n"))[0].0, "F016", "{title}");
        }
        assert_eq!(problems("standfirst: |\n  a\n  b\ntitle: >\n  a\n  b\n"), []);
        assert_eq!(problems("standfirst: \"a\\u0000b\"\n")[0].0, "F016");
    }

    #[test]
    fn keys_of_other_programs_are_understood() {
        let mended = |front: &str| {
            let source = source(&format!("---\n{front}---\n"));
            let read = read::<Sample>(&source, &split(&source).unwrap().front);
            read.problems[0].suggestion.as_ref().map(|suggestion| suggestion.replacement.clone())
        };
        for (key, meant) in [
            ("description", "standfirst"),
            ("excerpt", "standfirst"),
            ("categories", "tags"),
            ("featured_image", "image"),
            ("featured-image", "image"),
            ("headline", "title"),
        ] {
            assert_eq!(mended(&format!("{key}: x\n")).as_deref(), Some(meant), "{key}");
        }
        assert_eq!(mended("layout: post\n"), None);
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_marked_where_it_is() {
        assert_eq!(problems("tags:\n  - Korea\n  - [a, b]\n"), [("F005", "[a, b]".to_owned())]);
        assert_eq!(problems("title: [true]\n"), [("F005", "[true]".to_owned())]);
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
        let read = read::<Sample>(&source, &split(&source).unwrap().front);
        assert_eq!(read.front.unwrap().title, Some(Text("1896".into())));
    }

    #[test]
    fn empty_front_matter_has_no_keys() {
        let source = source("---\n# nothing yet\n---\n");
        let read = read::<Sample>(&source, &split(&source).unwrap().front);
        assert!(read.problems.is_empty() && read.front.unwrap().title.is_none());
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
