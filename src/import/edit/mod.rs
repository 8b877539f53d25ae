//! Changes to the YAML at the head of a content file that leave alone what need not change.
//!
//! People edit these files by hand, so an import must not lose their comments or their layout. A
//! parser with positions (`saphyr_parser`) tells where each value is, the differences become edits
//! of the text, and what comes out is believed only once `serde_yaml`, which reads the site, finds
//! in it what was wanted.

use std::fmt;
use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

mod change;
mod read;
#[cfg(test)]
mod tests;
mod write;

use change::*;
use read::*;
use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_yaml::{Mapping, Value};
use write::*;

/// A value that front matter should have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A text; a bare number or date of the same letters is the same.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// Items.
    List(Vec<Node>),
    /// Keys, each of them once, and their values.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// The value of a key, if it is a map that has it.
    pub fn entry(&self, key: &str) -> Option<&Node> {
        match self {
            Node::Map(entries) => {
                entries.iter().find(|(name, _)| name == key).map(|(_, node)| node)
            }
            Node::Text(_) | Node::Bool(_) | Node::List(_) => None,
        }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text),
            Node::Bool(_) | Node::List(_) | Node::Map(_) => None,
        }
    }

    /// The maps of a list; one map stands for a list of one.
    pub fn into_maps(self) -> Vec<Node> {
        let items = match self {
            Node::List(items) => items,
            one => vec![one],
        };
        items.into_iter().filter(|item| matches!(item, Node::Map(_))).collect()
    }
}

/// Why front matter could not be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannotEdit(pub String);

impl fmt::Display for CannotEdit {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CannotEdit {}

/// Columns of a line of flow style, beyond which new values go to block style.
const WIDTH: usize = 140;
/// More than any front matter has; bounds on hostile ones.
const DEEPEST: usize = 64;
const MOST_PAIRS: usize = 250_000;

/// Makes the values of these top-level keys equal to the nodes, changing as few bytes as possible.
/// `None` removes the key; keys that are not named are not touched. A new key comes behind the key
/// that precedes it in `wanted`, or last. The same text comes back if all is so already.
///
/// # Errors
/// The text is not YAML, not keys and values, or uses what people hardly write: anchors, tags,
/// `? key`, several documents.
pub fn set(yaml: &str, wanted: &[(&str, Option<Node>)]) -> Result<String, CannotEdit> {
    let mut text = yaml.to_owned();
    for (i, (key, node)) in wanted.iter().enumerate() {
        // The line ends of the whole text: one of its lines may be all that is left.
        let document = Document { crlf: yaml.contains("\r\n"), ..Document::read(&text)? };
        let is_so = match (document.value(key), node) {
            (Some(value), Some(node)) => equal(value, node),
            (None, None) => true,
            _ => false,
        };
        if !is_so {
            // One key at a time: each stands on a text that is known to be right.
            text = document.set(key, node.as_ref(), &wanted[..i]).ok_or_else(|| {
                CannotEdit(format!("`{key}` is written in a way that cannot be changed safely"))
            })?;
        }
    }
    Ok(text)
}

/// Writes front matter anew, in the given order of keys.
pub fn write(entries: &[(&str, Node)]) -> String {
    entries.iter().map(|(key, node)| entry(key, node, 0, 1, spacious(node)) + "\n").collect()
}

/// Whether a value is what a reader of the site wants: bare numbers are texts.
fn equal(value: &Value, node: &Node) -> bool {
    match (value, node) {
        (Value::Bool(value), Node::Bool(wanted)) => value == wanted,
        (Value::String(value), Node::Text(wanted)) => value == wanted,
        (Value::Number(value), Node::Text(wanted)) => value.to_string() == *wanted,
        (Value::Sequence(values), Node::List(wanted)) => {
            values.len() == wanted.len() && values.iter().zip(wanted).all(|(v, n)| equal(v, n))
        }
        (Value::Mapping(values), Node::Map(wanted)) => {
            values.len() == wanted.len()
                && wanted.iter().all(|(k, n)| find(values, k).is_some_and(|v| equal(v, n)))
        }
        _ => false,
    }
}

fn find<'a>(values: &'a Mapping, key: &str) -> Option<&'a Value> {
    values.iter().find(|(k, _)| is_named(k, key)).map(|(_, value)| value)
}

fn is_named(key: &Value, name: &str) -> bool {
    match key {
        Value::String(key) => key == name,
        Value::Number(key) => key.to_string() == name,
        Value::Bool(key) => key.to_string() == name,
        _ => false,
    }
}

/// The value of a top-level key; nothing if there is none, or none that a [`Node`] can be.
pub fn value(yaml: &str, key: &str) -> Option<Node> {
    let mapping: Mapping = serde_yaml::from_str(yaml).ok()?;
    node(find(&mapping, key)?)
}

fn node(value: &Value) -> Option<Node> {
    Some(match value {
        Value::Bool(truth) => Node::Bool(*truth),
        Value::Number(number) => Node::Text(number.to_string()),
        Value::String(text) => Node::Text(text.clone()),
        Value::Sequence(items) => Node::List(items.iter().map(node).collect::<Option<_>>()?),
        Value::Mapping(entries) => {
            // A key without a value says nothing.
            let said = entries.iter().filter(|(_, value)| !value.is_null());
            let entry =
                |(key, value): (&Value, &Value)| Some((key.as_str()?.to_owned(), node(value)?));
            Node::Map(said.map(entry).collect::<Option<_>>()?)
        }
        Value::Null | Value::Tagged(_) => return None,
    })
}
