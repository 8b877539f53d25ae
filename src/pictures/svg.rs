//! Scripts in drawings. A page that shows an SVG runs none of them, but whoever opens its address does.

use std::collections::HashMap;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape_with};
use quick_xml::events::{BytesStart, Event};

/// Elements that run something, or bring in what does (SVG 2 and HTML).
const ACTIVE: [&[u8]; 6] = [b"script", b"iframe", b"object", b"embed", b"handler", b"listener"];

/// The first thing in a drawing that would run when it is opened: where it is, and what.
pub fn script(text: &str) -> Option<(Range<usize>, String)> {
    let mut reader = Reader::from_str(text);
    let mut entities = HashMap::new();
    loop {
        let start = at(&reader);
        let found = match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => active(&tag, &entities),
            // Another document could turn this one into anything.
            Ok(Event::PI(instruction)) if instruction.target() == b"xml-stylesheet" => {
                Some("a style sheet that may be a program".to_owned())
            }
            // In other letters another text would stand here.
            Ok(Event::Decl(declaration)) => {
                let encoding = declaration.encoding().and_then(Result::ok);
                let known: [&[u8]; 3] = [b"utf-8", b"utf8", b"us-ascii"];
                let is_known =
                    |name: &[u8]| known.iter().any(|known| name.eq_ignore_ascii_case(known));
                encoding.filter(|name| !is_known(name)).map(|name| {
                    format!("the encoding {}, which is not UTF-8", String::from_utf8_lossy(&name))
                })
            }
            Ok(Event::DocType(kind)) => declared(&String::from_utf8_lossy(&kind), &mut entities),
            // What stands behind a mistake no browser reads.
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => None,
        };
        if let Some(what) = found {
            let end = at(&reader).min(text.len());
            return Some((start.min(end)..end, what));
        }
    }
}

/// Takes down the entities of a document type. Says what is in it that nobody looks through: elements that
/// stand in entities, entities that stand in others, and attributes that elements have unseen.
fn declared(kind: &str, entities: &mut HashMap<String, String>) -> Option<String> {
    if kind.contains("<!ATTLIST") || kind.contains('%') {
        return Some("attributes or entities that are hidden in its document type".to_owned());
    }
    for entity in kind.split("<!ENTITY").skip(1) {
        let Some((name, rest)) = entity.trim_start().split_once(char::is_whitespace) else {
            continue;
        };
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = quote.and_then(|quote| rest[1..].split(quote).next());
        let Some(value) = value else {
            return Some("an entity that stands in another file".to_owned());
        };
        if value.contains(['<', '&']) {
            return Some("an entity with elements or entities in it".to_owned());
        }
        entities.insert(name.to_owned(), value.to_owned());
    }
    None
}

fn at(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn active(tag: &BytesStart, entities: &HashMap<String, String>) -> Option<String> {
    let name = tag.local_name();
    let name = name.as_ref().to_ascii_lowercase();
    if ACTIVE.contains(&name.as_slice()) {
        return Some(format!("<{}>", String::from_utf8_lossy(&name)));
    }
    for attribute in tag.attributes().with_checks(false).flatten() {
        let key = attribute.key.local_name();
        let key = String::from_utf8_lossy(key.as_ref()).to_ascii_lowercase();
        let written = String::from_utf8_lossy(&attribute.value);
        let of = |name: &str| {
            entities.get(name).map(String::as_str).or_else(|| resolve_predefined_entity(name))
        };
        // What cannot be read is read as it stands.
        let value = unescape_with(&written, of).unwrap_or(written.clone());
        let value: String =
            value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let value = value.to_ascii_lowercase();
        let is_handler = |name: &str| name.starts_with("on") && name.len() > 2;
        if is_handler(&key) || (key == "attributename" && is_handler(&value)) {
            return Some(format!("`{key}`, which runs something"));
        }
        if value.contains("javascript:") || value.contains("data:text/html") {
            return Some(format!("`{key}`, which leads to a script"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whatever_would_run_is_found() {
        for bad in [
            "<svg><script>alert(1)</script></svg>",
            "<svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:SCRIPT/></svg>",
            "<svg onload=\"x()\"/>",
            "<svg><a href=\" java&#x0A;script:x()\"/></svg>",
            "<svg><a xlink:href='JavaScript:x()'/></svg>",
            "<svg><set attributeName=\"onclick\" to=\"x()\"/></svg>",
            "<svg><foreignObject><iframe src=\"x\"/></foreignObject></svg>",
            "<?xml-stylesheet href=\"x.xsl\" type=\"text/xsl\"?><svg/>",
            "<!DOCTYPE svg [<!ENTITY x \"<script>x()</script>\">]><svg>&x;</svg>",
            "<!DOCTYPE svg [<!ENTITY a 'https://x'><!ENTITY b '&#60;script/>'>]><svg>&b;</svg>",
            "<!DOCTYPE svg [<!ENTITY j \"javascr\"><!ENTITY k \"ipt:x()\">]><svg><a href=\"&j;&k;\"/></svg>",
            "<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"x()\">]><svg/>",
            "<!DOCTYPE svg [<!ENTITY x SYSTEM \"x.xml\">]><svg>&x;</svg>",
            "<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?><svg/>",
        ] {
            assert!(script(bad).is_some(), "{bad}");
        }
        for good in [
            "<svg><path d=\"M0 0\"/><!-- <script/> --><style>a{}</style></svg>",
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/x.dtd\" [<!ENTITY ns \"http://ns.adobe.com/x\">]><svg/>",
            "<svg><a href=\"https://example.org/?on=1\"><text>script</text></a></svg>",
            "<svg><![CDATA[<script>]]></svg>",
            "",
        ] {
            assert_eq!(script(good), None, "{good}");
        }
        let (place, _) = script("<svg>\n<script>x</script></svg>").unwrap();
        assert_eq!(place, 6..14);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[<>/=\"'a-z:&;#!?\\[\\]Dé ]{0,120}") {
            script(&text);
            script(&format!("<!DOCTYPE svg [<!ENTITY {text}"));
        }
    }
}
