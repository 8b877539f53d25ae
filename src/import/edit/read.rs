//! How front matter is read: values and where they are.

use super::*;

/// A value and where it is.
pub(super) struct Tree {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    pub(super) parts: Vec<Part>,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Of a missing value the place is empty.
    Scalar(ScalarStyle),
    List {
        flow: bool,
    },
    Map {
        flow: bool,
    },
    /// `[key: value]`: a map without brackets of its own.
    Pair,
}

impl Tree {
    pub(super) fn in_lines(&self) -> bool {
        matches!(self.kind, Kind::List { flow: false } | Kind::Map { flow: false })
    }
}

/// An item of a list or an entry of a map.
pub(super) struct Part {
    /// Where its dash or key is, or the item itself if there is no dash.
    pub(super) start: usize,
    /// Where its value may begin: behind the dash or colon.
    pub(super) after: usize,
    pub(super) value: Tree,
}

pub(super) struct Document<'a> {
    pub(super) text: &'a str,
    pub(super) crlf: bool,
    pub(super) values: Mapping,
    pub(super) tree: Option<Tree>,
    pub(super) comments: Vec<Range<usize>>,
}

impl<'a> Document<'a> {
    pub(super) fn read(text: &'a str) -> Result<Document<'a>, CannotEdit> {
        let cannot = |why: &str| CannotEdit(why.to_owned());
        // Such texts take the parsers a time that grows with the square of their length.
        let mut depth = 0usize;
        for byte in text.bytes() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEEPEST {
                return Err(cannot("the front matter is nested too deep"));
            }
        }
        if text.replace("\r\n", "").contains('\r') {
            return Err(cannot("the front matter has lines that end in CR alone"));
        }
        let values = match serde_yaml::from_str(text) {
            Ok(Value::Mapping(values)) => values,
            Ok(Value::Null) => Mapping::new(),
            Ok(_) => return Err(cannot("the front matter is not a list of keys and values")),
            Err(error) => {
                return Err(CannotEdit(format!("the front matter is not YAML: {error}")));
            }
        };
        let odd = || cannot("the front matter has anchors, tags, `? keys` or several documents");
        let mut reader = Reader::new(text).ok_or_else(odd)?;
        let tree = match reader.events.peek() {
            Some(_) => Some(reader.tree(0, false, 0).ok_or_else(odd)?),
            None => None,
        };
        let parts = tree.as_ref().map_or(0, |tree| tree.parts.len());
        let is_map = tree.as_ref().is_none_or(|tree| matches!(tree.kind, Kind::Map { .. }));
        if reader.events.next().is_some() || parts != values.len() || !is_map {
            return Err(odd());
        }
        let comments = comments(text, &reader.opaque);
        Ok(Document { text, crlf: text.contains("\r\n"), values, tree, comments })
    }

    pub(super) fn value(&self, key: &str) -> Option<&Value> {
        find(&self.values, key)
    }

    /// The text with one key changed: in place, or else with its whole value written anew.
    pub(super) fn set(
        &self,
        key: &str,
        node: Option<&Node>,
        before: &[(&str, Option<Node>)],
    ) -> Option<String> {
        [false, true].into_iter().find_map(|whole| {
            let mut editor = Editor { document: self, edits: Vec::new() };
            editor.top(key, node, before, whole);
            editor.finish().filter(|new| self.became(new, key, node))
        })
    }

    /// Whether the new text differs in this key alone and has every comment.
    pub(super) fn became(&self, new: &str, key: &str, node: Option<&Node>) -> bool {
        let Ok(new) = Document::read(new) else { return false };
        let right = match (new.value(key), node) {
            (Some(value), Some(node)) => equal(value, node),
            (None, None) => true,
            _ => false,
        };
        let others = |values: &Mapping| -> Mapping {
            let others = values.iter().filter(|(k, _)| !is_named(k, key));
            others.map(|(k, v)| (k.clone(), v.clone())).collect()
        };
        let mut left: Vec<&str> = new.comments.iter().map(|at| &new.text[at.clone()]).collect();
        right
            && others(&self.values) == others(&new.values)
            && self.comments.iter().all(|at| {
                let found = left.iter().position(|comment| *comment == &self.text[at.clone()]);
                found.map(|i| left.swap_remove(i)).is_some()
            })
    }

    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |i| i + 1)
    }

    /// Where the line ends, before its line end.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let end = self.text[at..].find('\n').map_or(self.text.len(), |i| at + i);
        if self.text[..end].ends_with('\r') { end - 1 } else { end }
    }

    pub(super) fn column(&self, at: usize) -> usize {
        self.text[self.line_start(at)..at].chars().count()
    }

    pub(super) fn begins_line(&self, at: usize) -> bool {
        self.text[self.line_start(at)..at].trim().is_empty()
    }

    /// Nothing but a comment follows on the line.
    pub(super) fn ends_line(&self, at: usize) -> bool {
        let rest = self.text[at..self.line_end(at)].trim_start();
        rest.is_empty() || rest.starts_with('#')
    }

    pub(super) fn comments_in(&self, range: Range<usize>) -> impl Iterator<Item = &'a str> {
        let inside =
            self.comments.iter().filter(move |at| range.start <= at.start && at.end <= range.end);
        inside.map(|at| &self.text[at.clone()])
    }
}

/// Comments are what begins with `#` outside of texts.
pub(super) fn comments(text: &str, opaque: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    let mut at = 0;
    let end = text.len()..text.len();
    for range in opaque.iter().chain(std::iter::once(&end)) {
        while at < range.start {
            let Some(start) = text[at..range.start].find('#').map(|i| at + i) else { break };
            let line = text[start..].lines().next().unwrap_or_default();
            at = start + line.len();
            comments.push(start..at);
        }
        at = at.max(range.end);
    }
    comments
}

/// Makes a tree of the parser's events. Its positions are mended where the parser has others than
/// the text: its quoted texts end behind the comment that follows, its missing values are anywhere.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) events: Peekable<IntoIter<(Event<'a>, Range<usize>)>>,
    /// Where texts are in which `#` is a letter.
    pub(super) opaque: Vec<Range<usize>>,
}

impl<'a> Reader<'a> {
    /// `None` if there is not one implicit document.
    pub(super) fn new(text: &'a str) -> Option<Reader<'a>> {
        let bytes: Vec<usize> =
            text.char_indices().map(|(i, _)| i).chain(std::iter::once(text.len())).collect();
        let mut events = Vec::new();
        let mut documents = 0;
        for event in Parser::new_from_str(text) {
            let (event, span) = event.ok()?;
            let start = *bytes.get(span.start.index())?;
            let end = *bytes.get(span.end.index())?;
            match event {
                Event::DocumentStart(explicit) => {
                    documents += 1;
                    if explicit || documents > 1 {
                        return None;
                    }
                }
                Event::StreamStart | Event::StreamEnd | Event::DocumentEnd | Event::Nothing => {}
                event => events.push((event, start..end.max(start))),
            }
        }
        Some(Reader { text, events: events.into_iter().peekable(), opaque: Vec::new() })
    }

    /// Reads one value that begins at or behind `from`.
    pub(super) fn tree(&mut self, from: usize, in_flow: bool, depth: usize) -> Option<Tree> {
        if depth > DEEPEST {
            return None;
        }
        let (event, span) = self.events.next()?;
        // Collections in brackets have a place, others have not.
        let flow = !span.is_empty();
        match event {
            Event::Scalar(value, style, 0, None) => {
                let text = self.text;
                let mut opaque = None;
                let place = match style {
                    ScalarStyle::Plain if value.is_empty() => from..from,
                    ScalarStyle::Plain => span.start..span.start + text[span].trim_end().len(),
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                        span.start..closing_quote(text, span.start)?
                    }
                    ScalarStyle::Literal | ScalarStyle::Folded => {
                        let start = token(text, from);
                        let header = |c| matches!(c, '|' | '>' | '+' | '-' | '0'..='9');
                        let header = text.len() - text[start..].trim_start_matches(header).len();
                        // A comment may stand behind the header, not in the lines of the text.
                        let lines = text[header..].find('\n').map_or(text.len(), |i| header + i);
                        let end = span.end.max(lines);
                        let end = lines + text[lines..end].trim_end().len();
                        opaque = Some(lines..end);
                        start..if end > lines { end } else { header }
                    }
                };
                self.opaque.push(opaque.unwrap_or(place.clone()));
                let (start, end, kind) = (place.start, place.end, Kind::Scalar(style));
                (start >= from).then_some(Tree { start, end, kind, parts: Vec::new() })
            }
            Event::SequenceStart(0, None) => {
                self.collection(span.start, from, flow, Kind::List { flow }, depth)
            }
            Event::MappingStart(0, None) => {
                let kind = if in_flow && !flow { Kind::Pair } else { Kind::Map { flow } };
                self.collection(span.start, from, in_flow || flow, kind, depth)
            }
            _ => None,
        }
    }

    pub(super) fn collection(
        &mut self,
        open: usize,
        from: usize,
        in_flow: bool,
        kind: Kind,
        depth: usize,
    ) -> Option<Tree> {
        let brackets = matches!(kind, Kind::List { flow: true } | Kind::Map { flow: true });
        let mut parts: Vec<Part> = Vec::new();
        let mut at = from;
        if brackets {
            let is_there = open >= from && self.text[open..].starts_with(['[', '{']);
            at = is_there.then_some(open + 1)?;
        }
        loop {
            let mut start = token(self.text, at);
            if brackets && self.text[start..].starts_with(',') {
                start = token(self.text, start + 1);
            }
            if self.events.next_if(|(event, _)| is_end(event)).is_some() {
                if brackets {
                    let end = self.text[start..].starts_with([']', '}']).then_some(start + 1)?;
                    return Some(Tree { start: open, end, kind, parts });
                }
                let start = parts.first()?.start;
                return Some(Tree { start, end: at, kind, parts });
            }
            let (start, after) = match kind {
                Kind::List { flow: true } => (start, start),
                Kind::List { flow: false } => {
                    self.text[start..].starts_with('-').then_some((start, start + 1))?
                }
                _ => {
                    let key = self.tree(start, in_flow, depth + 1)?;
                    // Else there is a `?` or no key at all.
                    let usual = key.start == start && key.end > start && key.parts.is_empty();
                    let colon = usual.then(|| token(self.text, key.end))?;
                    let has_value = self.text[colon..].starts_with(':');
                    (start, if has_value { colon + 1 } else { key.end })
                }
            };
            let value = self.tree(after, in_flow, depth + 1)?;
            at = value.end;
            parts.push(Part { start, after, value });
        }
    }
}

pub(super) fn is_end(event: &Event) -> bool {
    matches!(event, Event::SequenceEnd | Event::MappingEnd)
}

/// The next sign that is no space or comment.
pub(super) fn token(text: &str, mut at: usize) -> usize {
    loop {
        at = text.len() - text[at..].trim_start().len();
        if !text[at..].starts_with('#') {
            return at;
        }
        at = text[at..].find('\n').map_or(text.len(), |i| at + i);
    }
}

/// Where a text in quotes ends.
pub(super) fn closing_quote(text: &str, start: usize) -> Option<usize> {
    let mut letters = text[start..].char_indices();
    let (_, quote) = letters.next().filter(|(_, c)| matches!(c, '"' | '\''))?;
    let mut letters = letters.peekable();
    while let Some((i, c)) = letters.next() {
        if c == '\\' && quote == '"' {
            letters.next();
        } else if c == quote && (quote == '"' || letters.next_if(|(_, c)| *c == quote).is_none()) {
            return Some(start + i + 1);
        }
    }
    None
}
