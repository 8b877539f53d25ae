//! How one text becomes the other.

use super::*;

pub(super) struct Editor<'d, 'a> {
    pub(super) document: &'d Document<'a>,
    /// Of those at the same place, in this order.
    pub(super) edits: Vec<(Range<usize>, String)>,
}

/// Where a value stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Behind the colon or dash.
    pub(super) after: usize,
    /// Column of the key or dash of the innermost block that it is in.
    pub(super) indent: usize,
    pub(super) in_flow: bool,
    pub(super) top: bool,
}

impl Editor<'_, '_> {
    pub(super) fn edit(&mut self, range: Range<usize>, new: impl Into<String>) {
        self.edits.push((range, new.into()));
    }

    /// The new text, if no two edits are in each other's way.
    pub(super) fn finish(mut self) -> Option<String> {
        let text = self.document.text;
        // Insertions before what is taken away from the same place on.
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::new();
        let mut at = 0;
        for (range, new) in self.edits {
            out += text.get(at..range.start)?;
            out += &if self.document.crlf { new.replace('\n', "\r\n") } else { new };
            at = range.end;
        }
        out += text.get(at..)?;
        Some(out)
    }

    pub(super) fn top(
        &mut self,
        key: &str,
        node: Option<&Node>,
        before: &[(&str, Option<Node>)],
        whole: bool,
    ) {
        let document = self.document;
        let place = |name: &str| document.values.keys().position(|k| is_named(k, name));
        let (Some(tree), Some(node)) = (&document.tree, node) else {
            if let Some(node) = node {
                self.append(0, key, node);
            } else if let (Some(tree), Some(found)) = (&document.tree, place(key)) {
                let keep: Vec<bool> = (0..tree.parts.len()).map(|i| i != found).collect();
                self.remove(tree, &keep, 0);
            }
            return;
        };
        let in_flow = tree.kind == Kind::Map { flow: true };
        let indent = if in_flow { 0 } else { document.column(tree.start) };
        if let Some(i) = place(key) {
            let part = &tree.parts[i];
            let at = Place { after: part.after, indent, in_flow, top: true };
            match document.values.values().nth(i) {
                Some(value) if !whole => self.change(at, &part.value, value, node),
                _ => self.replace(at, &part.value, node),
            }
            return;
        }
        match before.iter().rev().find_map(|(name, _)| place(name)) {
            None if !in_flow => self.append(indent, key, node),
            anchor => {
                let anchor = anchor.or(tree.parts.len().checked_sub(1));
                self.insert(tree, anchor, &[(key, node)], true);
            }
        }
    }

    /// Adds a top-level key behind everything, comments too.
    pub(super) fn append(&mut self, indent: usize, key: &str, node: &Node) {
        let new = " ".repeat(indent) + &entry(key, node, indent, 1, spacious(node));
        let last = self.document.text.trim_end().len();
        if last == 0 {
            self.edit(0..0, new + "\n");
        } else {
            let end = self.document.line_end(last);
            self.edit(end..end, format!("\n{new}"));
        }
    }

    pub(super) fn change(&mut self, at: Place, tree: &Tree, value: &Value, node: &Node) {
        if equal(value, node) {
            return;
        }
        match (tree.kind, value, node) {
            (Kind::List { flow }, Value::Sequence(old), Node::List(new))
                if tree.parts.len() == old.len()
                    && !old.is_empty()
                    && !new.is_empty()
                    && old.len().saturating_mul(new.len()) <= MOST_PAIRS =>
            {
                self.change_list(Place { in_flow: flow, ..at }, tree, old, new);
            }
            (Kind::Map { flow }, Value::Mapping(old), Node::Map(new))
                if tree.parts.len() == old.len()
                    && new.iter().any(|(key, _)| find(old, key).is_some()) =>
            {
                self.change_map(Place { in_flow: flow, ..at }, tree, old, new);
            }
            (Kind::Scalar(style), _, Node::Text(text)) => {
                let bare_number = matches!(value, Value::Number(_))
                    && text.parse::<u64>().is_ok_and(|number| number.to_string() == *text);
                let new = match style {
                    ScalarStyle::SingleQuoted if !text.contains(must_escape) => {
                        format!("'{}'", text.replace('\'', "''"))
                    }
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => quoted(text),
                    _ if bare_number => text.clone(),
                    _ => scalar(text, at.in_flow),
                };
                self.replace_with(at, tree, &format!(" {new}"));
            }
            _ => self.replace(at, tree, node),
        }
    }

    pub(super) fn change_list(&mut self, at: Place, tree: &Tree, old: &[Value], new: &[Node]) {
        let pairs = align(old, new);
        let keep: Vec<bool> = pairs.iter().map(Option::is_some).collect();
        let mut done = 0;
        let mut anchor = None;
        for (i, part) in tree.parts.iter().enumerate() {
            let Some(j) = pairs[i] else { continue };
            self.insert_items(tree, anchor, &new[done..j]);
            self.change(self.inside(at, part), &part.value, &old[i], &new[j]);
            done = j + 1;
            anchor = Some(i);
        }
        self.insert_items(tree, anchor, &new[done..]);
        self.remove(tree, &keep, at.indent);
    }

    pub(super) fn insert_items(&mut self, tree: &Tree, anchor: Option<usize>, new: &[Node]) {
        let entries: Vec<(&str, &Node)> = new.iter().map(|node| ("", node)).collect();
        self.insert(tree, anchor, &entries, false);
    }

    pub(super) fn change_map(
        &mut self,
        at: Place,
        tree: &Tree,
        old: &Mapping,
        new: &[(String, Node)],
    ) {
        let mut keep = Vec::new();
        for (part, (key, value)) in tree.parts.iter().zip(old) {
            let wanted = new.iter().find(|(name, _)| is_named(key, name));
            if let Some((_, node)) = wanted {
                self.change(self.inside(at, part), &part.value, value, node);
            }
            keep.push(wanted.is_some());
        }
        let missing = new.iter().filter(|(key, _)| find(old, key).is_none());
        let missing: Vec<(&str, &Node)> = missing.map(|(key, node)| (&**key, node)).collect();
        self.insert(tree, keep.iter().rposition(|kept| *kept), &missing, false);
        self.remove(tree, &keep, at.indent);
    }

    pub(super) fn inside(&self, at: Place, part: &Part) -> Place {
        let indent = if at.in_flow { at.indent } else { self.document.column(part.start) };
        Place { after: part.after, indent, top: false, ..at }
    }

    /// Writes a whole value anew.
    pub(super) fn replace(&mut self, at: Place, tree: &Tree, node: &Node) {
        let column = self.document.column(at.after) + 1;
        let new = match at.in_flow {
            true => format!(" {}", flow(node)),
            false => block(node, at.indent, column, at.top && spacious(node) || tree.in_lines()),
        };
        self.replace_with(at, tree, &new);
    }

    /// `new` begins with a space or line end.
    pub(super) fn replace_with(&mut self, at: Place, tree: &Tree, new: &str) {
        let document = self.document;
        let is_empty = tree.start == tree.end;
        let is_line = !document.text[at.after..tree.end].contains('\n');
        let pad = " ".repeat(at.indent + 2);
        if at.in_flow {
            let inner: String = document
                .comments_in(tree.start..tree.end)
                .map(|comment| format!(" {comment}\n{pad}"))
                .collect();
            // A key in brackets may have no colon.
            let has_sign = document.text[..at.after].ends_with([':', '-']);
            let sign = if is_empty && !has_sign { ":" } else { "" };
            let new = if is_empty || !inner.is_empty() { new } else { new.trim_start() };
            self.edit(tree.start..tree.end, format!("{sign}{inner}{new}"));
        } else if is_line && new.starts_with('\n') {
            // What comes in lines follows the comment behind the key.
            self.edit(at.after..tree.end, "");
            let end = document.line_end(tree.end);
            self.edit(end..end, new);
        } else if is_line {
            let new = if is_empty { new } else { new.trim_start() };
            self.edit(tree.start..tree.end, new);
        } else {
            let start = document.line_start(at.after);
            let end = document.line_end(tree.end);
            let line = &document.text[start..];
            let margin = &line[..line.len() - line.trim_start().len()];
            for comment in document.comments_in(at.after..end) {
                self.edit(start..start, format!("{margin}{comment}\n"));
            }
            self.edit(at.after..end, new);
        }
    }

    /// Adds entries of a map, or items of a list, behind one that stays or before all.
    pub(super) fn insert(
        &mut self,
        tree: &Tree,
        anchor: Option<usize>,
        new: &[(&str, &Node)],
        top: bool,
    ) {
        let document = self.document;
        let Some((first, rest)) = new.split_first() else { return };
        let is_list = matches!(tree.kind, Kind::List { .. });
        let beside = tree.parts.get(anchor.unwrap_or(0));
        if tree.in_lines() {
            let Some(beside) = beside else { return };
            let column = document.column(beside.start);
            let margin = format!("\n{}", " ".repeat(column));
            for (key, node) in new {
                let open = if top { spacious(node) } else { beside.value.in_lines() };
                let new = match is_list {
                    true => item(node, column, open),
                    false => entry(key, node, column, self.space(&tree.parts, key), open),
                };
                match anchor {
                    None => self.edit(beside.start..beside.start, new + &margin),
                    Some(_) => {
                        let end = document.line_end(beside.value.end);
                        self.edit(end..end, format!("{margin}{new}"));
                    }
                }
            }
            return;
        }
        let text =
            |(key, node): &(&str, &Node)| if is_list { flow(node) } else { flow_entry(key, node) };
        let Some(beside) = beside else {
            let all: Vec<String> = new.iter().map(text).collect();
            self.edit(tree.start + 1..tree.start + 1, all.join(", "));
            return;
        };
        // Where entries follow that are taken away, nothing can be added on the lines of their own.
        let is_last = anchor.is_none_or(|i| i + 1 == tree.parts.len());
        let own_line = document.begins_line(beside.start);
        let spread = own_line && (is_list || is_last);
        let margin = match own_line {
            true => format!("\n{}", " ".repeat(document.column(beside.start))),
            false => " ".to_owned(),
        };
        let all =
            rest.iter().fold(text(first), |all, next| format!("{all},{margin}{}", text(next)));
        if anchor.is_none() {
            self.edit(beside.start..beside.start, format!("{all},{margin}"));
            return;
        }
        let end = beside.value.end;
        let next = token(document.text, end);
        let has_comma = document.text[next..].starts_with(',');
        if spread && has_comma && document.ends_line(next + 1) {
            let end = document.line_end(next + 1);
            self.edit(end..end, format!("{margin}{all},"));
        } else if spread && !has_comma && document.ends_line(end) {
            self.edit(end..end, ",");
            let end = document.line_end(end);
            self.edit(end..end, format!("{margin}{all}"));
        } else {
            self.edit(end..end, format!(",{margin}{all}"));
        }
    }

    /// Spaces behind the colon of a new key, if the values beside it are aligned.
    pub(super) fn space(&self, parts: &[Part], key: &str) -> usize {
        let inline =
            |part: &&Part| !self.document.text[part.start..part.value.start].contains('\n');
        let parts: Vec<&Part> = parts.iter().filter(inline).collect();
        let Some(first) = parts.first() else { return 1 };
        let offset = first.value.start - first.start;
        let aligned = parts.len() > 1
            && parts.iter().all(|part| part.value.start - part.start == offset)
            && parts.iter().any(|part| part.value.start - part.after > 1);
        let width = scalar(key, false).chars().count() + 1;
        if aligned { offset.saturating_sub(width).max(1) } else { 1 }
    }

    /// Takes parts away but for their comments.
    pub(super) fn remove(&mut self, tree: &Tree, keep: &[bool], indent: usize) {
        let document = self.document;
        let parts = &tree.parts;
        if !tree.in_lines() {
            self.remove_in_flow(tree, keep, indent);
            return;
        }
        let mut from = 0;
        if let (Some(first), Some(kept)) = (parts.first(), keep.iter().position(|kept| *kept))
            && kept > 0
            && !document.begins_line(first.start)
        {
            // On the line of a dash: the first that is kept moves there.
            let range = first.start..parts[kept].start;
            let margin = " ".repeat(document.column(first.start));
            let comments = document.comments_in(range.clone());
            self.edit(range, comments.map(|c| format!("{c}\n{margin}")).collect::<String>());
            from = kept;
        }
        for (part, _) in parts.iter().zip(keep).skip(from).filter(|(_, kept)| !**kept) {
            let start = document.line_start(part.start);
            let end = document.line_end(part.value.end);
            let margin = &document.text[start..part.start];
            let comments = document.comments_in(part.start..end);
            if start == 0 {
                let next = document.text[end..].find('\n').map_or(end, |i| end + i + 1);
                self.edit(0..next, comments.map(|c| format!("{margin}{c}\n")).collect::<String>());
            } else {
                // With the line end before, so that what is added behind it is not in the way.
                let before = document.line_end(start - 1);
                let comments = comments.map(|c| format!("\n{margin}{c}"));
                self.edit(before..end, comments.collect::<String>());
            }
        }
    }

    pub(super) fn remove_in_flow(&mut self, tree: &Tree, keep: &[bool], indent: usize) {
        let (text, parts) = (self.document.text, &tree.parts);
        let mut from = 0;
        while let Some(first) = keep[from..].iter().position(|kept| !kept).map(|i| from + i) {
            let next = keep[first..].iter().position(|kept| *kept).map(|i| first + i);
            let start = match first.checked_sub(1) {
                // The last ones go with the comma before them.
                Some(before) if next.is_none() => parts[before].value.end,
                _ => parts[first].start,
            };
            let last = next.unwrap_or(parts.len());
            let mut end = next.map_or(parts[last - 1].value.end, |next| parts[next].start);
            let comments: Vec<&str> = self.document.comments_in(start..end).collect();
            let margin = format!("\n{}", " ".repeat(indent + 2));
            let mut left = String::new();
            if !comments.is_empty() {
                let gap = if text[..start].ends_with(char::is_whitespace) { "" } else { " " };
                left = format!("{gap}{}{margin}", comments.join(&margin));
                end += text[end..].len() - text[end..].trim_start_matches(' ').len();
            }
            self.edit(start..end, left);
            from = last;
        }
    }
}

/// For each old item the new one that it becomes. Equal ones find each other, then those that are
/// alike, then any, always in order.
pub(super) fn align(old: &[Value], new: &[Node]) -> Vec<Option<usize>> {
    let likeness = |value: &Value, node: &Node| -> u32 {
        match (value, node) {
            _ if equal(value, node) => 1000,
            (Value::Mapping(values), Node::Map(wanted)) => {
                let same =
                    wanted.iter().filter(|(k, n)| find(values, k).is_some_and(|v| equal(v, n)));
                1 + u32::try_from(same.count()).unwrap_or(0)
            }
            _ => 1,
        }
    };
    let width = new.len() + 1;
    // The best that can be had of the items from here on.
    let mut best = vec![0u32; (old.len() + 1) * width];
    let mut alike = vec![0u32; old.len() * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let pair = likeness(&old[i], &new[j]);
            alike[i * width + j] = pair;
            let pair = pair + best[(i + 1) * width + j + 1];
            best[i * width + j] = pair.max(best[(i + 1) * width + j]).max(best[i * width + j + 1]);
        }
    }
    let mut pairs = vec![None; old.len()];
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        let here = best[i * width + j];
        if here == alike[i * width + j] + best[(i + 1) * width + j + 1] {
            pairs[i] = Some(j);
            i += 1;
            j += 1;
        } else if here == best[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
