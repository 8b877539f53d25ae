//! HTML, read as browsers read it: tags, their attributes, and text.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::{Emitter, State, Tokenizer, naive_next_state};

/// Attributes that somebody here asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    Id,
    Href,
    XlinkHref,
    Src,
    Srcset,
    Imagesrcset,
    Poster,
    Data,
    Cite,
    Action,
    Formaction,
    Alt,
    Title,
    Lang,
    Name,
    Rel,
    Class,
    Loading,
    AriaLabel,
    AriaLabelledby,
    AriaHidden,
}

impl Attribute {
    const COUNT: usize = Attribute::AriaHidden as usize + 1;

    /// Those that have one address: the HTML standard's index of attributes, and SVG's own.
    pub const WITH_ADDRESS: [Attribute; 8] = [
        Attribute::Href,
        Attribute::XlinkHref,
        Attribute::Src,
        Attribute::Poster,
        Attribute::Data,
        Attribute::Cite,
        Attribute::Action,
        Attribute::Formaction,
    ];

    /// Those that have several addresses, each with what it is good for.
    pub const WITH_CANDIDATES: [Attribute; 2] = [Attribute::Srcset, Attribute::Imagesrcset];

    fn named(name: &[u8]) -> Option<Attribute> {
        Some(match name {
            b"id" => Attribute::Id,
            b"href" => Attribute::Href,
            b"xlink:href" => Attribute::XlinkHref,
            b"src" => Attribute::Src,
            b"srcset" => Attribute::Srcset,
            b"imagesrcset" => Attribute::Imagesrcset,
            b"poster" => Attribute::Poster,
            b"data" => Attribute::Data,
            b"cite" => Attribute::Cite,
            b"action" => Attribute::Action,
            b"formaction" => Attribute::Formaction,
            b"alt" => Attribute::Alt,
            b"title" => Attribute::Title,
            b"lang" => Attribute::Lang,
            b"name" => Attribute::Name,
            b"rel" => Attribute::Rel,
            b"class" => Attribute::Class,
            b"loading" => Attribute::Loading,
            b"aria-label" => Attribute::AriaLabel,
            b"aria-labelledby" => Attribute::AriaLabelledby,
            b"aria-hidden" => Attribute::AriaHidden,
            _ => return None,
        })
    }
}

/// A tag. It is made once and filled again for each.
#[derive(Default)]
pub struct Tag {
    /// Its name, in small letters.
    pub name: Vec<u8>,
    /// Whether it ends in `/>`.
    pub is_closed: bool,
    is_end: bool,
    has: [bool; Attribute::COUNT],
    values: [Vec<u8>; Attribute::COUNT],
    spans: [Range<usize>; Attribute::COUNT],
}

impl Tag {
    fn begin(&mut self, is_end: bool) {
        self.name.clear();
        self.is_end = is_end;
        self.is_closed = false;
        self.has = Default::default();
    }

    /// Makes room for the value of an attribute. Of two of one name, the first counts.
    fn add(&mut self, attribute: Attribute) -> bool {
        let is_new = !std::mem::replace(&mut self.has[attribute as usize], true);
        if is_new {
            self.values[attribute as usize].clear();
        }
        is_new
    }

    /// The value of an attribute that the tag has, without entities.
    pub fn get(&self, attribute: Attribute) -> Option<&str> {
        let value = &self.values[attribute as usize];
        // Pages are UTF-8; what is not is not looked at.
        self.has[attribute as usize].then(|| std::str::from_utf8(value).unwrap_or_default())
    }

    /// Whether an attribute says anything.
    pub fn has_words(&self, attribute: Attribute) -> bool {
        self.get(attribute).is_some_and(|value| !value.trim().is_empty())
    }

    /// A value as [`Tag::get`] has it, and where it stands in the HTML without its quotes. Nothing if it
    /// is empty.
    pub fn value_and_span(&self, attribute: Attribute) -> Option<(&str, Range<usize>)> {
        let value = self.get(attribute).filter(|value| !value.is_empty())?;
        Some((value, self.spans[attribute as usize].clone()))
    }
}

/// Somebody who reads HTML.
pub trait Reader {
    fn start(&mut self, tag: &Tag);

    /// The end tag of this name.
    fn end(&mut self, _name: &[u8]) {}

    /// Text, and what stands in scripts and styles, in pieces of any length.
    fn text(&mut self, _text: &[u8]) {}
}

/// Reads HTML to its end. There is none that cannot be read.
pub fn read(html: &[u8], reader: &mut impl Reader) {
    let (tag, last_start, name) = (Tag::default(), Vec::new(), Vec::new());
    let mut tags = Tags { tag, last_start, name, next: None, at: 0, value_from: 0, reader };
    // Reading bytes that are there cannot fail.
    let Ok(()) = Tokenizer::new_with_emitter(html, &mut tags).finish();
}

/// HTML in which attributes have other values: where each stands, in order, and what is to stand there. All else stays
/// byte for byte.
pub fn with_values(html: &str, values: &[(Range<usize>, String)]) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 4);
    let mut done = 0;
    for (span, new) in values {
        // A span that is none would be a mistake of the tokenizer: the value stays what it is.
        if let Some(before) = html.get(done..span.start)
            && html.is_char_boundary(span.end)
        {
            out.push_str(before);
            push_value(&mut out, new);
            done = span.end;
        }
    }
    out.push_str(html.get(done..).unwrap_or_default());
    out
}

/// Writes the value of an attribute so that it is right between quotes of either kind, and without any.
fn push_value(out: &mut String, value: &str) {
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
}

/// The candidates of a `srcset`, each an address and its descriptors, which may be empty: the HTML standard,
/// "parse a srcset attribute".
pub fn candidates(srcset: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = srcset;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (url, after) = rest.split_at(end);
        let alone = url.trim_end_matches(',');
        let descriptors;
        (descriptors, rest) = if alone.len() < url.len() {
            ("", after)
        } else {
            after.split_at(after.find(',').unwrap_or(after.len()))
        };
        Some((alone, descriptors.trim_ascii()))
    })
}

/// Makes tags of what the tokenizer finds, and hands them on. html5gum's own ways of doing so make
/// strings of everything, and look for mistakes that are told to nobody.
struct Tags<'r, R> {
    tag: Tag,
    /// The start tag before, which says where the text of a script ends.
    last_start: Vec<u8>,
    /// The name of the attribute that is being read.
    name: Vec<u8>,
    /// The attribute whose value comes next, if it matters.
    next: Option<Attribute>,
    /// How many bytes have been read.
    at: usize,
    /// Where the value that is being read begins.
    value_from: usize,
    reader: &'r mut R,
}

impl<R> Tags<'_, R> {
    /// The name of an attribute is complete.
    fn end_name(&mut self) {
        if !self.name.is_empty() {
            let attribute = Attribute::named(&self.name);
            self.next = attribute.filter(|attribute| self.tag.add(*attribute));
            self.name.clear();
        }
    }
}

impl<R: Reader> Emitter for &mut Tags<'_, R> {
    type Token = Infallible;

    fn emit_string(&mut self, text: &[u8]) {
        self.reader.text(text);
    }

    fn init_start_tag(&mut self) {
        self.tag.begin(false);
    }

    fn init_end_tag(&mut self) {
        self.tag.begin(true);
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag.name.extend(name);
    }

    fn init_attribute(&mut self) {
        self.end_name();
        self.next = None;
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.name.extend(name);
    }

    fn init_attribute_value(&mut self) {
        self.end_name();
        self.value_from = self.at;
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        self.end_name();
        if let Some(attribute) = self.next {
            self.tag.values[attribute as usize].extend(value);
            self.tag.spans[attribute as usize] = self.value_from..self.at;
        }
    }

    fn set_self_closing(&mut self) {
        self.tag.is_closed = true;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_name();
        self.next = None;
        self.last_start.clear();
        if self.tag.is_end {
            self.reader.end(&self.tag.name);
            return None;
        }
        self.reader.start(&self.tag);
        self.last_start.extend(&self.tag.name);
        naive_next_state(&self.last_start)
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag.is_end && !self.last_start.is_empty() && self.last_start == self.tag.name
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start.clear();
        self.last_start.extend(name.unwrap_or_default());
    }

    #[inline]
    fn move_position(&mut self, offset: isize) {
        self.at = self.at.saturating_add_signed(offset);
    }

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    // Of comments, document types and mistakes nothing is kept.
    fn emit_eof(&mut self) {}
    fn emit_error(&mut self, _: html5gum::Error) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn emit_current_comment(&mut self) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn emit_current_doctype(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_of_a_srcset() {
        let all = |srcset| candidates(srcset).collect::<Vec<_>>();
        assert_eq!(
            all("a.png, b,c.png 2x,d.png"),
            [("a.png", ""), ("b,c.png", "2x"), ("d.png", "")]
        );
        assert_eq!(all(" , a.png 1x , b.png 2x,"), [("a.png", "1x"), ("b.png", "2x")]);
        assert_eq!(all(""), []);
    }

    /// Each address with the text that its span has.
    #[derive(Default)]
    struct Addresses<'h>(&'h str, Vec<(String, &'h str)>);

    impl Reader for Addresses<'_> {
        fn start(&mut self, tag: &Tag) {
            if let Some((value, span)) = tag.value_and_span(Attribute::Href) {
                self.1.push((value.to_owned(), self.0.get(span).unwrap_or("no text")));
            }
        }
    }

    #[test]
    fn a_span_is_that_of_the_value_between_its_quotes() {
        let html = "é<a href=x><a title='&quot;' href = \"a&amp;b\" id=y href=z><a href=''><a href>\
            <!--<a href=no>--><script>'<a href=no>'</script><a\nHREF='é'/>";
        let mut found = Addresses(html, Vec::new());
        read(html.as_bytes(), &mut found);
        let expected = [("x", "x"), ("a&b", "a&amp;b"), ("é", "é")];
        assert_eq!(found.1, expected.map(|(value, text)| (value.to_owned(), text)));
    }
}
