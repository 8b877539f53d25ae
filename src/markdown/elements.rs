//! Elements of HTML that can do nothing to the page around them, and are written as they are.

use super::tags;

/// With words inside.
const WRAPPING: [&str; 9] =
    ["abbr", "cite", "details", "kbd", "mark", "small", "sub", "summary", "sup"];

/// By themselves.
const VOID: [&str; 2] = ["br", "wbr"];

/// A tag of such an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// `<br>`
    Void(&'static str),
    /// `<sup>`, as it is written into the page.
    Open(&'static str, String),
    /// `</sup>`
    Close(&'static str),
}

/// Reads a tag. Nothing if it is of another element.
///
/// # Errors
/// It has an attribute that it may not have.
pub(super) fn read(html: &str) -> Option<Result<Tag, String>> {
    let inner = html.strip_prefix('<')?;
    let (is_close, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let written = &inner[..length];
    let named = |names: &[&'static str]| {
        names.iter().copied().find(|name| name.eq_ignore_ascii_case(written))
    };
    let (attributes, is_whole) = tags::attributes_of(&inner[length..]);
    if !is_whole {
        return None;
    }
    if let Some(name) = named(&VOID) {
        return Some(if attributes.is_empty() && !is_close {
            Ok(Tag::Void(name))
        } else {
            Err(format!("<{name}> takes no attributes and is not closed"))
        });
    }
    let name = named(&WRAPPING)?;
    if is_close {
        return Some(Ok(Tag::Close(name)));
    }
    let may_have = match name {
        "abbr" => "title",
        "details" => "open",
        _ => "",
    };
    let mut tag = format!("<{name}");
    for attribute in attributes {
        match (attribute.name.as_str(), attribute.value) {
            (given, _) if given != may_have => {
                return Some(Err(match may_have {
                    "" => format!("<{name}> takes no attributes here"),
                    known => format!("<{name}> takes the attribute {known} alone here"),
                }));
            }
            ("title", Some(value)) => tag += &format!(" title=\"{}\"", super::escaped(&value)),
            (given, _) => tag += &format!(" {given}"),
        }
    }
    tag.push('>');
    Some(Ok(Tag::Open(name, tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_elements_are_told_from_others() {
        assert_eq!(read("<br>"), Some(Ok(Tag::Void("br"))));
        assert_eq!(read("<BR />"), Some(Ok(Tag::Void("br"))));
        assert_eq!(read("<sup>"), Some(Ok(Tag::Open("sup", "<sup>".into()))));
        assert_eq!(read("</sup>"), Some(Ok(Tag::Close("sup"))));
        assert_eq!(
            read("<abbr title='a \"b\"'>"),
            Some(Ok(Tag::Open("abbr", "<abbr title=\"a &quot;b&quot;\">".into())))
        );
        assert_eq!(read("<details open>"), Some(Ok(Tag::Open("details", "<details open>".into()))));
        for other in ["<div>", "<script>", "<a href=x>", "<!-- x -->", "<supx>", "<sup"] {
            assert_eq!(read(other), None, "{other}");
        }
        for bad in ["<sup onclick=x>", "<br class=x>", "<abbr title=x onclick=y>", "</br>"] {
            assert!(read(bad).is_some_and(|read| read.is_err()), "{bad}");
        }
    }
}
