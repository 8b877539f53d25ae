//! How values are written.

use super::*;

/// A text or key: plain where every reader takes it for this text, else in double quotes.
pub(super) fn scalar(text: &str, in_flow: bool) -> String {
    let is_itself = |yaml: &str| match serde_yaml::from_str(yaml) {
        Ok(Value::String(read)) => read == text,
        Ok(Value::Sequence(read)) => matches!(&read[..], [Value::String(read)] if read == text),
        _ => false,
    };
    let odd = text.contains(must_escape)
        || text.starts_with(['?', ':'])
        || in_flow && text.contains([',', '[', ']', '{', '}'])
        // Before a closing bracket some readers take it for a list's.
        || in_flow && text.ends_with(" -")
        || means_something_else(text);
    let plain = !odd && is_itself(text) && (!in_flow || is_itself(&format!("[{text}]")));
    if plain { text.to_owned() } else { quoted(text) }
}

/// What some reader of YAML 1.1 or 1.2 takes for a truth value, a number or a merge. Not dates:
/// people write them bare.
pub(super) fn means_something_else(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let number = lower.strip_prefix(['+', '-']).unwrap_or(&lower);
    let has_base = ["0x", "0o", "0b"].iter().any(|base| {
        number
            .strip_prefix(base)
            .is_some_and(|digits| digits.chars().all(|c| c.is_ascii_hexdigit() || c == '_'))
    });
    let mut before = ' ';
    let is_number = number.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && number.contains(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| {
            // The colon is for numbers of base 60, such as 1:30.
            let fits = c.is_ascii_digit()
                || matches!(c, '.' | '_' | ':' | 'e')
                || matches!(c, '+' | '-') && before == 'e';
            before = c;
            fits
        });
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<"];
    has_base || is_number || words.contains(&&*lower) || matches!(number, ".inf" | ".nan")
}

/// Line ends of YAML 1.1 and what YAML does not let stand as it is.
pub(super) fn must_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out += "\\n",
            '\t' => out += "\\t",
            '\r' => out += "\\r",
            c if must_escape(c) => out += &format!("\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out + "\""
}

/// A value on one line.
pub(super) fn flow(node: &Node) -> String {
    match node {
        Node::Text(text) => scalar(text, true),
        Node::Bool(bool) => bool.to_string(),
        Node::List(items) => {
            format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", "))
        }
        Node::Map(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(k, node)| flow_entry(k, node)).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

pub(super) fn flow_entry(key: &str, node: &Node) -> String {
    format!("{}: {}", scalar(key, true), flow(node))
}

/// A key of a block map with its value, `space` columns apart. `indent` is the key's column.
pub(super) fn entry(key: &str, node: &Node, indent: usize, space: usize, open: bool) -> String {
    let key = scalar(key, false) + ":";
    let value = block(node, indent, indent + key.chars().count() + space, open);
    // Nothing to align if the value begins on the next line.
    let gap = if value.starts_with('\n') { 0 } else { space - 1 };
    key + &" ".repeat(gap) + &value
}

pub(super) fn item(node: &Node, indent: usize, open: bool) -> String {
    let value = block(node, indent, indent + 2, open);
    // The first key or item stands on the line of the dash.
    if value.starts_with('\n') { format!("- {}", value.trim_start()) } else { format!("-{value}") }
}

/// What follows a colon or dash: a space and a value on the same line, or lines. `open` is for
/// lines even where one would do.
pub(super) fn block(node: &Node, indent: usize, column: usize, open: bool) -> String {
    let line = match node {
        Node::Text(text) => return format!(" {}", scalar(text, false)),
        node => flow(node),
    };
    let fits = column + line.chars().count() <= WIDTH;
    let inner = indent + 2;
    let lines: Vec<String> = match node {
        Node::List(items) if open || !fits => items.iter().map(|n| item(n, inner, false)).collect(),
        Node::Map(entries) if open || !fits => {
            entries.iter().map(|(key, node)| entry(key, node, inner, 1, false)).collect()
        }
        _ => Vec::new(),
    };
    if lines.is_empty() {
        return format!(" {line}");
    }
    lines.iter().map(|line| format!("\n{}{line}", " ".repeat(inner))).collect()
}

/// Values of top-level keys that get a line for each of their parts: lists of maps and podiums.
pub(super) fn spacious(node: &Node) -> bool {
    match node {
        Node::List(items) => items.iter().any(|item| matches!(item, Node::Map(_))),
        Node::Map(entries) => {
            entries.iter().any(|(_, value)| matches!(value, Node::List(_) | Node::Map(_)))
        }
        _ => false,
    }
}
