//! Front matter as a tree that knows where everything stands and how it was written.
//!
//! `serde_yaml` reads what is right, and says little of what is wrong. This tree is made of the events of
//! another parser, of which each has a place. It can be read into the same structs, and a part of it that
//! makes no sense can be taken out, so that the rest still tells what else is wrong.

use std::collections::HashMap;
use std::fmt::{self, Display, Formatter};
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

/// More values than any front matter has.
const MOST_NODES: usize = 20_000;
/// More lists and maps inside each other than anybody writes.
pub(super) const DEEPEST: usize = 64;

/// What a reader of YAML is asked for where a list may be a single value.
pub(super) const LIST: &str = "podium's list";

/// A YAML text, as far as it can be read.
#[derive(Debug, Default)]
pub struct Outline {
    root: Option<Node>,
}

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it is in the file.
    pub span: Range<usize>,
    /// What it is.
    pub value: Value,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Value {
    /// A text as it was written, and whether no quotation marks are around it.
    Scalar(String, bool),
    List(Vec<Node>),
    /// Keys and values.
    Map(Vec<(Key, Node)>),
}

/// The name of a value.
#[derive(Clone, Debug)]
pub struct Key {
    /// Its words.
    pub name: String,
    /// Where it is in the file.
    pub span: Range<usize>,
}

/// A list or map that is not complete yet.
struct Open {
    node: Node,
    anchor: usize,
    key: Option<Key>,
}

impl Outline {
    /// Reads a YAML text as far as it can be read. `base` is added to every position.
    pub fn read(yaml: &str, base: usize) -> Outline {
        let bytes: Vec<usize> =
            yaml.char_indices().map(|(i, _)| i).chain(std::iter::once(yaml.len())).collect();
        let byte = |index: usize| base + bytes.get(index).copied().unwrap_or(yaml.len());
        let text_end = base + yaml.trim_end().len();
        let mut open: Vec<Open> = Vec::new();
        let mut anchors: HashMap<usize, Node> = HashMap::new();
        let mut count = 0;
        let mut root = None;
        for event in Parser::new_from_str(yaml) {
            let Ok((event, span)) = event else { break };
            if count > MOST_NODES || open.len() > DEEPEST {
                break;
            }
            let span = byte(span.start.index())..byte(span.end.index());
            let (node, anchor) = match event {
                Event::Scalar(text, style, anchor, _) => {
                    let is_plain = style == ScalarStyle::Plain;
                    (Node { span, value: Value::Scalar(text.into_owned(), is_plain) }, anchor)
                }
                Event::Alias(id) => match anchors.get(&id) {
                    Some(node) => {
                        count += node.count();
                        (Node { span, value: node.value.clone() }, 0)
                    }
                    None => (Node { span, value: Value::Scalar(String::new(), true) }, 0),
                },
                Event::SequenceStart(anchor, _) => {
                    let node = Node { span, value: Value::List(Vec::new()) };
                    open.push(Open { node, anchor, key: None });
                    continue;
                }
                Event::MappingStart(anchor, _) => {
                    let node = Node { span, value: Value::Map(Vec::new()) };
                    open.push(Open { node, anchor, key: None });
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    let Some(Open { mut node, anchor, .. }) = open.pop() else { break };
                    // A block ends where the next key begins: leave out the space between.
                    let end = span.end.min(text_end).max(node.span.start);
                    let inner = &yaml[node.span.start - base..end - base];
                    node.span.end = node.span.start + inner.trim_end().len();
                    (node, anchor)
                }
                Event::Nothing
                | Event::StreamStart
                | Event::StreamEnd
                | Event::DocumentStart(_)
                | Event::DocumentEnd => continue,
            };
            count += 1;
            if anchor > 0 {
                anchors.insert(anchor, node.clone());
            }
            if let Some(complete) = taken_in(&mut open, node) {
                root = Some(complete);
            }
        }
        // What was open when the text could not be read any further is told of as far as it goes.
        while let Some(Open { node, .. }) = open.pop() {
            if let Some(complete) = taken_in(&mut open, node) {
                root = root.or(Some(complete));
            }
        }
        Outline { root }
    }

    /// The whole.
    pub fn root(&self) -> Option<&Node> {
        self.root.as_ref()
    }

    /// Where the value at a path is, such as `podium.gold[0].nation`.
    pub fn value(&self, path: &str) -> Option<Range<usize>> {
        self.node(path).map(|node| node.span.clone())
    }

    /// The value at a path.
    pub fn node(&self, path: &str) -> Option<&Node> {
        let mut node = self.root.as_ref()?;
        for part in path.split('.') {
            let (name, numbers) = match part.find('[') {
                Some(at) => part.split_at(at),
                None => (part, ""),
            };
            let Value::Map(entries) = &node.value else { return None };
            node = entries.iter().find(|(key, _)| key.name == name).map(|(_, value)| value)?;
            for number in numbers.split(['[', ']']).filter(|number| !number.is_empty()) {
                let number: usize = number.parse().ok()?;
                node = match &node.value {
                    Value::List(items) => items.get(number)?,
                    // One value stands for a list of one.
                    _ if number == 0 => node,
                    _ => return None,
                };
            }
        }
        Some(node)
    }

    /// Keys that a map has twice: the second, and the first.
    pub fn twice(&self) -> Vec<(Key, Range<usize>)> {
        let mut found = Vec::new();
        let mut left: Vec<&Node> = self.root.iter().collect();
        while let Some(node) = left.pop() {
            match &node.value {
                Value::Scalar(..) => {}
                Value::List(items) => left.extend(items),
                Value::Map(entries) => {
                    let mut seen: HashMap<&str, &Key> = HashMap::with_capacity(entries.len());
                    for (key, value) in entries {
                        match seen.get(key.name.as_str()) {
                            Some(first) => found.push((key.clone(), first.span.clone())),
                            None => drop(seen.insert(&key.name, key)),
                        }
                        left.push(value);
                    }
                }
            }
        }
        found.sort_by_key(|(key, _)| key.span.start);
        found
    }
}

/// Puts a value into the list or map that is open; gives it back if nothing is.
fn taken_in(open: &mut [Open], node: Node) -> Option<Node> {
    let Some(parent) = open.last_mut() else { return Some(node) };
    match &mut parent.node.value {
        Value::List(items) => items.push(node),
        Value::Map(entries) => match (parent.key.take(), node.value) {
            (Some(key), value) => entries.push((key, Node { span: node.span, value })),
            (None, Value::Scalar(name, _)) => parent.key = Some(Key { name, span: node.span }),
            // A list or map as a key names nothing.
            (None, _) => parent.key = Some(Key { name: String::new(), span: node.span }),
        },
        Value::Scalar(..) => {}
    }
    None
}

impl Node {
    fn count(&self) -> usize {
        match &self.value {
            Value::Scalar(..) => 1,
            Value::List(items) => 1 + items.iter().map(Node::count).sum::<usize>(),
            Value::Map(entries) => {
                1 + entries.iter().map(|(_, value)| value.count()).sum::<usize>()
            }
        }
    }

    /// What it is, in words.
    pub fn in_words(&self) -> &'static str {
        match &self.value {
            Value::Scalar(text, true) if is_nothing(text) => "nothing",
            Value::Scalar(..) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a list of keys and values",
        }
    }

    /// Takes the value or entry out that stands there. Says whether there is one.
    pub fn take_out(&mut self, span: &Range<usize>) -> bool {
        match &mut self.value {
            Value::Scalar(..) => false,
            Value::List(items) => {
                let before = items.len();
                items.retain(|item| item.span != *span);
                items.len() < before || items.iter_mut().any(|item| item.take_out(span))
            }
            Value::Map(entries) => {
                let before = entries.len();
                entries.retain(|(key, value)| key.span != *span && value.span != *span);
                entries.len() < before || entries.iter_mut().any(|(_, value)| value.take_out(span))
            }
        }
    }

    /// The name of the key that the value at a place has, or that of the list it is in.
    pub fn name_of(&self, span: &Range<usize>) -> Option<&str> {
        match &self.value {
            Value::Scalar(..) => None,
            Value::List(items) => items.iter().find_map(|item| item.name_of(span)),
            Value::Map(entries) => entries.iter().find_map(|(key, value)| {
                let inner = || value.name_of(span);
                let is_in = value.span.start <= span.start && span.end <= value.span.end;
                inner().or_else(|| (is_in || key.span == *span).then_some(key.name.as_str()))
            }),
        }
    }
}

/// What YAML takes a value to be that stands there without quotation marks.
fn plain_value(text: &str) -> serde_json::Value {
    let read = serde_yaml::from_str(text);
    read.unwrap_or_else(|_| serde_json::Value::String(text.to_owned()))
}

/// Whether YAML reads nothing in a text without quotation marks.
pub fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// What does not fit, and where.
#[derive(Debug)]
pub struct Misfit {
    /// What it is.
    pub kind: MisfitKind,
    /// The innermost value or key that it concerns.
    pub span: Option<Range<usize>>,
}

/// What does not fit.
#[derive(Debug, PartialEq, Eq)]
pub enum MisfitKind {
    /// A key that is not known, and those that are.
    UnknownKey(String, &'static [&'static str]),
    /// A key that must be there.
    MissingKey(&'static str),
    /// A word that is none of these.
    UnknownWord(String, &'static [&'static str]),
    /// Something else was expected.
    Expected(String),
    /// Anything else, in words.
    Other(String),
}

impl Misfit {
    fn at(mut self, span: &Range<usize>) -> Misfit {
        self.span.get_or_insert_with(|| span.clone());
        self
    }

    fn new(kind: MisfitKind) -> Misfit {
        Misfit { kind, span: None }
    }
}

impl Display for Misfit {
    fn fmt(&self, to: &mut Formatter) -> fmt::Result {
        write!(to, "{:?}", self.kind)
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    fn custom<T: Display>(message: T) -> Self {
        Misfit::new(MisfitKind::Other(message.to_string()))
    }

    fn invalid_type(_: Unexpected, expected: &dyn Expected) -> Self {
        Misfit::new(MisfitKind::Expected(expected.to_string()))
    }

    fn invalid_value(_: Unexpected, expected: &dyn Expected) -> Self {
        Misfit::new(MisfitKind::Expected(expected.to_string()))
    }

    fn unknown_variant(word: &str, expected: &'static [&'static str]) -> Self {
        Misfit::new(MisfitKind::UnknownWord(word.to_owned(), expected))
    }

    fn unknown_field(key: &str, expected: &'static [&'static str]) -> Self {
        Misfit::new(MisfitKind::UnknownKey(key.to_owned(), expected))
    }

    fn missing_field(key: &'static str) -> Self {
        Misfit::new(MisfitKind::MissingKey(key))
    }

    fn duplicate_field(key: &'static str) -> Self {
        Misfit::new(MisfitKind::Other(format!("`{key}` is given twice")))
    }
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let read = match &self.value {
            Value::Scalar(text, false) => visitor.visit_str(text),
            Value::Scalar(text, true) => match plain_value(text) {
                serde_json::Value::Bool(is) => visitor.visit_bool(is),
                serde_json::Value::Null => visitor.visit_unit(),
                serde_json::Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                    (Some(number), _) => visitor.visit_u64(number),
                    (_, Some(number)) => visitor.visit_i64(number),
                    _ => visitor.visit_f64(number.as_f64().unwrap_or_default()),
                },
                _ => visitor.visit_str(text),
            },
            Value::List(items) => visitor.visit_seq(Items(items.iter())),
            Value::Map(entries) => visitor.visit_map(Entries { left: entries.iter(), value: None }),
        };
        read.map_err(|misfit| misfit.at(&self.span))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match &self.value {
            Value::Scalar(text, _) => {
                visitor.visit_str(text).map_err(|misfit: Misfit| misfit.at(&self.span))
            }
            Value::List(_) | Value::Map(_) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match &self.value {
            Value::Scalar(text, true) if is_nothing(text) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match &self.value {
            // A list of one stays as it is written, a number too.
            Value::Scalar(..) if name == LIST => self.deserialize_str(visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let read = match &self.value {
            Value::Scalar(text, _) => visitor.visit_enum(StrDeserializer::<Misfit>::new(text)),
            _ => Err(Misfit::new(MisfitKind::Expected(format!("one of {}", words.join(", "))))),
        };
        read.map_err(|misfit| misfit.at(&self.span))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct ignored_any
    }
}

struct Items<'de>(std::slice::Iter<'de, Node>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        self.0.next().map(|node| seed.deserialize(node)).transpose()
    }
}

struct Entries<'de> {
    left: std::slice::Iter<'de, (Key, Node)>,
    value: Option<&'de Node>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misfit> {
        let Some((key, value)) = self.left.next() else { return Ok(None) };
        self.value = Some(value);
        let read = seed.deserialize(StrDeserializer::<Misfit>::new(&key.name));
        read.map(Some).map_err(|misfit| misfit.at(&key.span))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Misfit> {
        match self.value.take() {
            Some(value) => seed.deserialize(value),
            None => Err(de::Error::custom("a value without a key")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(yaml: &str, path: &str) -> String {
        let outline = Outline::read(yaml, 0);
        outline.value(path).map_or("-".into(), |span| yaml[span].to_owned())
    }

    #[test]
    fn every_value_has_its_place() {
        let yaml =
            "title: é\npodium:\n  gold:\n    - {nation: KOR, athletes: [Ann, Bo]}\ntags: x\n";
        assert_eq!(marked(yaml, "title"), "é");
        assert_eq!(marked(yaml, "podium.gold[0].nation"), "KOR");
        assert_eq!(marked(yaml, "podium.gold[0].athletes[1]"), "Bo");
        assert_eq!(marked(yaml, "podium.gold"), "- {nation: KOR, athletes: [Ann, Bo]}");
        assert_eq!(marked(yaml, "tags[0]"), "x");
        assert_eq!(marked(yaml, "tags[1]"), "-");
        assert_eq!(marked(yaml, "nothing.here"), "-");
    }

    #[test]
    fn what_cannot_be_read_hides_nothing_before_it() {
        assert_eq!(marked("title: a\ntags: [x\nb: c: d\n", "title"), "a");
    }

    #[test]
    fn an_anchor_is_its_value_elsewhere() {
        assert_eq!(marked("a: &x {b: c}\nd: *x\n", "d.b"), "c");
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(yaml in "[-a-z:\\[\\]{}&*\"'#| \t\r\né>!%@0-9.~]{0,60}") {
            if let Some(root) = Outline::read(&yaml, 0).root() {
                let _ = serde_json::Value::deserialize(root);
            }
        }
    }

    use serde::Deserialize;
}
