//! Tags in Markdown: those with a capital letter are components.

use std::ops::Range;

/// An attribute of a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    pub name: String,
    /// Its text, without quotes; nothing for a name alone.
    pub value: Option<String>,
    /// The whole of it in the text that was scanned.
    pub span: Range<usize>,
    /// The value as it is written, without quotes, in the text that was scanned.
    pub value_span: Range<usize>,
}

/// A part of HTML as it stands in Markdown.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// `<Note>` or `<Podium event="x" />`.
    Open {
        /// Name of the component.
        name: &'a str,
        /// In order.
        attributes: Vec<Attribute>,
        /// Whether it ends in `/>`.
        is_closed: bool,
    },
    /// `</Note>`.
    Close {
        /// Name of the component.
        name: &'a str,
    },
    /// `<!-- a note to oneself -->`.
    Comment,
    /// Any other tag, declaration or instruction.
    Html,
    /// Between tags.
    Text,
}

/// Takes HTML apart. The pieces are in order and leave nothing out.
pub fn scan(html: &str) -> Vec<(Range<usize>, Piece<'_>)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut text_from = 0;
    while let Some(found) = html[at..].find('<').map(|i| at + i) {
        let Some((end, piece)) = tag(html, found) else {
            at = found + 1;
            continue;
        };
        if text_from < found {
            pieces.push((text_from..found, Piece::Text));
        }
        pieces.push((found..end, piece));
        at = end;
        text_from = end;
    }
    if text_from < html.len() {
        pieces.push((text_from..html.len(), Piece::Text));
    }
    pieces
}

/// The tag that starts at `start`, and where it ends.
fn tag(html: &str, start: usize) -> Option<(usize, Piece<'_>)> {
    let rest = &html[start + 1..];
    if let Some(comment) = rest.strip_prefix("!--") {
        // CommonMark: `<!-->` and `<!--->` are comments too.
        let short = [">", "->"].iter().find(|end| comment.starts_with(**end));
        let length = match short {
            Some(end) => end.len(),
            None => comment.find("-->").map_or(comment.len(), |i| i + 3),
        };
        return Some((start + 4 + length, Piece::Comment));
    }
    let (is_close, name_at) = match rest.strip_prefix('/') {
        Some(_) => (true, start + 2),
        None => (false, start + 1),
    };
    let first = html[name_at..].chars().next()?;
    if !first.is_ascii_uppercase() {
        let is_tag = first.is_ascii_alphabetic() || matches!(first, '!' | '?');
        let end = html[start..].find('>').map_or(html.len(), |i| start + i + 1);
        return is_tag.then_some((end, Piece::Html));
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let name_end = html[name_at..].find(|c| !is_name(c)).map_or(html.len(), |i| name_at + i);
    let name = &html[name_at..name_end];
    let (at, attributes, end) = attributes(html, name_end);
    Some(match end {
        End::None => (html.len(), Piece::Html),
        End::Plain if is_close => (at, Piece::Close { name }),
        End::Plain => (at, Piece::Open { name, attributes, is_closed: false }),
        End::Closed => (at, Piece::Open { name, attributes, is_closed: true }),
    })
}

/// How a tag ends.
#[derive(PartialEq)]
enum End {
    None,
    Plain,
    Closed,
}

/// The attributes of a tag behind its name, and whether it is whole.
pub(super) fn attributes_of(rest: &str) -> (Vec<Attribute>, bool) {
    let (_, attributes, end) = attributes(rest, 0);
    (attributes, end != End::None)
}

/// Reads attributes up to the end of a tag, and where that is.
fn attributes(html: &str, from: usize) -> (usize, Vec<Attribute>, End) {
    let mut at = from;
    let mut attributes = Vec::new();
    loop {
        at = skip_space(html, at);
        let next = html[at..].chars().next();
        match next {
            None => return (html.len(), attributes, End::None),
            Some('>') => return (at + 1, attributes, End::Plain),
            Some('/') if html[at..].starts_with("/>") => return (at + 2, attributes, End::Closed),
            Some(c) if c.is_ascii_alphabetic() || matches!(c, '_' | ':') => {
                let (end, attribute) = attribute(html, at);
                attributes.push(attribute);
                at = end;
            }
            Some(c) => at += c.len_utf8(),
        }
    }
}

fn attribute(html: &str, start: usize) -> (usize, Attribute) {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | ':');
    let name_end = html[start..].find(|c| !is_name(c)).map_or(html.len(), |i| start + i);
    let name = html[start..name_end].to_owned();
    let equals = skip_space(html, name_end);
    if !html[equals..].starts_with('=') {
        let end = name_end..name_end;
        return (name_end, Attribute { name, value: None, span: start..name_end, value_span: end });
    }
    let value_at = skip_space(html, equals + 1);
    let (value, end) = match html[value_at..].chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inner = &html[value_at + 1..];
            let length = inner.find(quote).unwrap_or(inner.len());
            (&inner[..length], (value_at + 1 + length + 1).min(html.len()))
        }
        _ => {
            let rest = &html[value_at..];
            let length =
                rest.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(rest.len());
            let length = if rest[..length].ends_with('/') { length - 1 } else { length };
            (&rest[..length], value_at + length)
        }
    };
    let from = value_at + usize::from(html[value_at..].starts_with(['"', '\'']));
    let value_span = from..from + value.len();
    (end, Attribute { name, value: Some(unescaped(value)), span: start..end, value_span })
}

fn skip_space(html: &str, at: usize) -> usize {
    html[at..].find(|c: char| !c.is_ascii_whitespace()).map_or(html.len(), |i| at + i)
}

/// The entities that an attribute may need.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(html: &str) -> Vec<(String, Option<String>)> {
        match scan(html).into_iter().next() {
            Some((_, Piece::Open { attributes, .. })) => {
                attributes.into_iter().map(|a| (a.name, a.value)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    fn some(name: &str, value: &str) -> (String, Option<String>) {
        (name.into(), Some(value.into()))
    }

    #[test]
    fn attributes_in_all_their_forms() {
        assert_eq!(
            attributes("<Photo src=\"a b.png\" alt='x \"y\"' wide\n limit=5/>"),
            [
                some("src", "a b.png"),
                some("alt", "x \"y\""),
                ("wide".into(), None),
                some("limit", "5")
            ]
        );
        assert_eq!(attributes("<A x=\"&lt;&amp;lt;\">"), [some("x", "<&lt;")]);
    }

    #[test]
    fn components_are_told_from_html_and_comments() {
        let kinds: Vec<String> = scan("<Note>a<br>b</Note><!-- c -->1 < 2")
            .into_iter()
            .map(|(range, piece)| {
                format!(
                    "{range:?} {}",
                    match piece {
                        Piece::Open { .. } => "open",
                        Piece::Close { .. } => "close",
                        Piece::Comment => "comment",
                        Piece::Html => "html",
                        Piece::Text => "text",
                    }
                )
            })
            .collect();
        assert_eq!(
            kinds,
            [
                "0..6 open",
                "6..7 text",
                "7..11 html",
                "11..12 text",
                "12..19 close",
                "19..29 comment",
                "29..34 text"
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn the_pieces_are_the_text(html in "[<>/A-Za-z=\"' \n!é-]{0,60}") {
            let mut at = 0;
            for (range, _) in scan(&html) {
                assert_eq!(range.start, at);
                at = range.end;
            }
            assert_eq!(at, html.len());
        }
    }
}
