//! XMP, as far as it says who, what and whose: ISO 16684-1 (RDF in XML), with the properties of the IPTC
//! Photo Metadata Standard and of the PLUS Coalition.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::metadata::{MOST_CREATORS, Metadata, Taken, address, value};

/// A packet that is larger is no description of a picture.
const LONGEST: usize = 4 << 20;
/// Nobody's description lies deeper.
const DEEPEST: usize = 64;

/// A property that is read, whatever its prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Property {
    Caption,
    Alt,
    Creator,
    Credit,
    Copyright,
    WebStatement,
    LicensorName,
    LicensorUrl,
    DigitalSourceType,
    DateCreated,
    DateTimeOriginal,
    Latitude,
}

/// The properties by their namespaces.
const PROPERTIES: &[(&[u8], &[u8], Property)] = &[
    (DC, b"description", Property::Caption),
    (DC, b"creator", Property::Creator),
    (DC, b"rights", Property::Copyright),
    (PHOTOSHOP, b"Credit", Property::Credit),
    (PHOTOSHOP, b"DateCreated", Property::DateCreated),
    (EXIF, b"DateTimeOriginal", Property::DateTimeOriginal),
    (EXIF, b"GPSLatitude", Property::Latitude),
    (RIGHTS, b"WebStatement", Property::WebStatement),
    (PLUS, b"LicensorName", Property::LicensorName),
    (PLUS, b"LicensorURL", Property::LicensorUrl),
    (IPTC_CORE, b"AltTextAccessibility", Property::Alt),
    (IPTC_EXTENSION, b"DigitalSourceType", Property::DigitalSourceType),
];

const RDF: &[u8] = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const DC: &[u8] = b"http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &[u8] = b"http://ns.adobe.com/photoshop/1.0/";
const EXIF: &[u8] = b"http://ns.adobe.com/exif/1.0/";
const RIGHTS: &[u8] = b"http://ns.adobe.com/xap/1.0/rights/";
const PLUS: &[u8] = b"http://ns.useplus.org/ldf/xmp/1.0/";
const IPTC_CORE: &[u8] = b"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
const IPTC_EXTENSION: &[u8] = b"http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

/// An element that is open.
#[derive(Clone, Copy, Default)]
struct Open {
    /// What it or an element around it is.
    property: Option<Property>,
    /// Whether it is an alternative in the language that stands for all others.
    is_default: bool,
}

/// Reads a packet. What is no XML ends the reading, and what was read before it counts.
pub fn read(packet: &[u8]) -> Metadata {
    let mut found = Found::default();
    if packet.len() > LONGEST {
        return found.metadata;
    }
    let text = String::from_utf8_lossy(packet);
    let mut reader = NsReader::from_str(&text);
    let mut open: Vec<Open> = Vec::new();
    let mut words = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) if open.len() < DEEPEST => {
                words.clear();
                let around = open.last().copied().unwrap_or_default();
                open.push(found.element(&reader, &start, around));
            }
            Ok(Event::Empty(start)) => {
                let around = open.last().copied().unwrap_or_default();
                found.element(&reader, &start, around);
            }
            Ok(Event::Text(part)) => words += &part.xml10_content().unwrap_or_default(),
            Ok(Event::CData(part)) => words += &String::from_utf8_lossy(&part),
            Ok(Event::GeneralRef(name)) => words += &reference(&name),
            Ok(Event::End(_)) => {
                if let Some(Open { property: Some(property), is_default }) = open.pop() {
                    found.add(property, &words, is_default);
                }
                words.clear();
            }
            Ok(Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_)) => {}
            Ok(Event::Start(_) | Event::Eof) | Err(_) => return found.metadata,
        }
    }
}

/// A character that is written by its name or its number. Entities of its own no packet has.
fn reference(name: &quick_xml::events::BytesRef) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    let known = name.decode().ok();
    let known = known.and_then(|name| quick_xml::escape::resolve_predefined_entity(&name));
    known.unwrap_or_default().to_owned()
}

#[derive(Default)]
struct Found {
    metadata: Metadata,
    /// Properties of which the alternative for all languages is there.
    settled: Vec<Property>,
}

impl Found {
    /// What an element is; what its attributes say is read at once.
    fn element(&mut self, reader: &NsReader<&[u8]>, start: &BytesStart, around: Open) -> Open {
        let mut own = Open { property: around.property, is_default: around.is_default };
        let (namespace, name) = reader.resolver().resolve_element(start.name());
        if let ResolveResult::Bound(namespace) = namespace {
            match property(namespace.as_ref(), name.as_ref()) {
                Some(property) => own = Open { property: Some(property), is_default: false },
                // What is no part of RDF is another property, or a field of one.
                None if namespace.as_ref() != RDF => own.property = None,
                None => {}
            }
        }
        for attribute in start.attributes().flatten() {
            let Ok(text) = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0) else {
                continue;
            };
            let (namespace, name) = reader.resolver().resolve_attribute(attribute.key);
            match namespace {
                ResolveResult::Bound(namespace) => {
                    if let Some(property) = property(namespace.as_ref(), name.as_ref()) {
                        self.add(property, &text, true);
                    } else if namespace.as_ref() == RDF && name.as_ref() == b"resource" {
                        own.property.into_iter().for_each(|own| self.add(own, &text, true));
                    } else if name.as_ref() == b"lang" {
                        own.is_default = text == "x-default";
                    }
                }
                ResolveResult::Unbound | ResolveResult::Unknown(_) => {}
            }
        }
        own
    }

    /// Of several alternatives the one for all languages wins, and else the first.
    fn add(&mut self, property: Property, words: &str, is_default: bool) {
        let is_address = matches!(property, Property::WebStatement | Property::LicensorUrl);
        let text = if is_address { address(words) } else { value(words) };
        let Some(text) = text else { return };
        let found = &mut self.metadata;
        let is_settled = self.settled.contains(&property);
        let one = |known: &mut Option<String>| {
            if known.is_none() || (is_default && !is_settled) {
                *known = Some(text.clone());
            }
        };
        match property {
            Property::Caption => one(&mut found.caption),
            Property::Alt => one(&mut found.alt),
            Property::Creator if found.creators.len() < MOST_CREATORS => found.creators.push(text),
            Property::Creator => {}
            Property::Credit => one(&mut found.credit),
            Property::Copyright => one(&mut found.copyright),
            Property::WebStatement => one(&mut found.web_statement),
            Property::LicensorName => one(&mut found.licensor_name),
            Property::LicensorUrl => one(&mut found.licensor_url),
            Property::DigitalSourceType => one(&mut found.digital_source_type),
            Property::DateCreated => found.taken = Taken::of_iso(&text).or(found.taken),
            Property::Latitude => found.has_position = true,
            Property::DateTimeOriginal => found.taken = found.taken.or(Taken::of_iso(&text)),
        }
        if is_default && !is_settled {
            self.settled.push(property);
        }
    }
}

fn property(namespace: &[u8], name: &[u8]) -> Option<Property> {
    let known = PROPERTIES.iter().find(|(of, known, _)| *of == namespace && *known == name);
    known.map(|(.., property)| *property)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PACKET: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:p="http://ns.adobe.com/photoshop/1.0/" p:Credit="Harbour &amp; Sons"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
  xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
 <dc:description><rdf:Alt><rdf:li xml:lang="fr">Or pour Chen</rdf:li>
  <rdf:li xml:lang="x-default">Gold for Chen&#x2019;s team &lt;3</rdf:li></rdf:Alt></dc:description>
 <dc:creator><rdf:Seq><rdf:li>Ana Lima</rdf:li><rdf:li>Bo Chen</rdf:li></rdf:Seq></dc:creator>
 <core:CreatorContactInfo rdf:parseType="Resource"><core:CiEmailWork>x@example.org</core:CiEmailWork></core:CreatorContactInfo>
 <ext:DigitalSourceType rdf:resource="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/>
 <plus:Licensor><rdf:Seq><rdf:li><rdf:Description plus:LicensorName="Harbour" plus:LicensorURL="https://buy.example.org/"/></rdf:li></rdf:Seq></plus:Licensor>
 <p:DateCreated>2024-07-30T14:30:00+02:00</p:DateCreated>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#;

    #[test]
    fn elements_attributes_and_alternatives_are_read_whatever_the_prefix() {
        let found = read(PACKET.as_bytes());
        assert_eq!(found.caption.as_deref(), Some("Gold for Chen’s team <3"));
        assert_eq!(found.credit.as_deref(), Some("Harbour & Sons"));
        assert_eq!(found.creators, ["Ana Lima", "Bo Chen"]);
        assert_eq!(found.licensor_name.as_deref(), Some("Harbour"));
        assert_eq!(found.licensor_url.as_deref(), Some("https://buy.example.org/"));
        assert_eq!(found.taken.unwrap().to_string(), "2024-07-30T14:30:00+02:00");
        assert!(found.is_generated());
    }

    #[test]
    fn what_comes_before_a_mistake_counts() {
        let broken = PACKET.replace("<dc:creator>", "<dc:creator></x>");
        assert_eq!(read(broken.as_bytes()).credit.as_deref(), Some("Harbour & Sons"));
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        assert_eq!(read(deep.as_bytes()), Metadata::default());
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[<>/=\"a-z:&;# ]{0,120}", at in 0usize..1400) {
            read(text.as_bytes());
            let mut packet = PACKET.to_owned();
            if packet.is_char_boundary(at.min(packet.len())) {
                packet.insert_str(at.min(packet.len()), &text);
            }
            read(packet.as_bytes());
        }
    }
}
