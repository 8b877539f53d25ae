//! What a picture's file says of it, in the terms of the IPTC Photo Metadata Standard 2023.1.
//!
//! Three generations of metadata lie in one file. As the Metadata Working Group advises, XMP is believed
//! first, then IPTC IIM, then Exif; what one of them leaves open is taken from the next.

use std::fmt::{self, Write};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// Longer values are cut: nobody reads them, and some programs put whole documents there.
const LONGEST: usize = 4000;

/// What a file says of the picture in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// "Description": what is to be seen, who, when and where.
    pub caption: Option<String>,
    /// "Alt Text (Accessibility)".
    pub alt: Option<String>,
    /// "Creator": those who made it.
    pub creators: Vec<String>,
    /// "Credit Line": whom its supplier wants named.
    pub credit: Option<String>,
    /// "Copyright Notice".
    pub copyright: Option<String>,
    /// "Web Statement of Rights": the address of a page on them.
    pub web_statement: Option<String>,
    /// "Licensor": who gives licences.
    pub licensor_name: Option<String>,
    /// Where.
    pub licensor_url: Option<String>,
    /// "Digital Source Type": an address of IPTC's NewsCodes.
    pub digital_source_type: Option<String>,
    /// "Date Created": when the shutter opened.
    pub taken: Option<Taken>,
    /// Whether it says where that was.
    pub has_position: bool,
}

impl Metadata {
    /// What the other says, where this one is silent.
    pub fn or(self, other: Metadata) -> Metadata {
        Metadata {
            caption: self.caption.or(other.caption),
            alt: self.alt.or(other.alt),
            creators: if self.creators.is_empty() { other.creators } else { self.creators },
            credit: self.credit.or(other.credit),
            copyright: self.copyright.or(other.copyright),
            web_statement: self.web_statement.or(other.web_statement),
            licensor_name: self.licensor_name.or(other.licensor_name),
            licensor_url: self.licensor_url.or(other.licensor_url),
            digital_source_type: self.digital_source_type.or(other.digital_source_type),
            taken: self.taken.or(other.taken),
            has_position: self.has_position || other.has_position,
        }
    }

    /// Whom readers are told of: the credit line, or else those who made it.
    pub fn shown_credit(&self) -> Option<String> {
        let creators = Some(self.creators.join(", ")).filter(|creators| !creators.is_empty());
        self.credit.clone().or(creators)
    }

    /// Whether it says who has rights in the picture.
    pub fn has_rights(&self) -> bool {
        self.copyright.is_some() || self.web_statement.is_some() || self.licensor_url.is_some()
    }

    /// Whether a machine drew it, or a part of it (IPTC NewsCodes, "Digital Source Type").
    pub fn is_generated(&self) -> bool {
        const TYPES: [&str; 3] =
            ["trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "algorithmicMedia"];
        let name = self.digital_source_type.as_deref().and_then(|name| name.rsplit('/').next());
        name.is_some_and(|name| TYPES.contains(&name))
    }

    /// Whether all that derivatives keep can be said in Exif: who made it, and whose it is.
    pub fn fits_exif(&self) -> bool {
        let Metadata {
            credit,
            web_statement,
            licensor_name,
            licensor_url,
            digital_source_type,
            ..
        } = self;
        let others = [credit, web_statement, licensor_name, licensor_url, digital_source_type];
        others.iter().all(|other| other.is_none())
    }

    /// What every derivative keeps, as an XMP packet (ISO 16684-1). Nothing if there is nothing to keep.
    pub fn packet(&self) -> Option<String> {
        let mut body = String::new();
        let mut simple = |name: &str, text: &Option<String>| {
            if let Some(text) = text {
                let _ = write!(body, "<{name}>{}</{name}>", escaped(text));
            }
        };
        simple("photoshop:Credit", &self.credit);
        simple("xmpRights:WebStatement", &self.web_statement);
        simple("Iptc4xmpExt:DigitalSourceType", &self.digital_source_type);
        if let Some(notice) = &self.copyright {
            let notice = escaped(notice);
            let _ = write!(
                body,
                "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">{notice}</rdf:li></rdf:Alt></dc:rights>"
            );
        }
        if !self.creators.is_empty() {
            body += "<dc:creator><rdf:Seq>";
            for creator in &self.creators {
                let _ = write!(body, "<rdf:li>{}</rdf:li>", escaped(creator));
            }
            body += "</rdf:Seq></dc:creator>";
        }
        if self.licensor_name.is_some() || self.licensor_url.is_some() {
            body += "<plus:Licensor><rdf:Seq><rdf:li rdf:parseType=\"Resource\">";
            for (name, text) in
                [("LicensorName", &self.licensor_name), ("LicensorURL", &self.licensor_url)]
            {
                if let Some(text) = text {
                    let _ = write!(body, "<plus:{name}>{}</plus:{name}>", escaped(text));
                }
            }
            body += "</rdf:li></rdf:Seq></plus:Licensor>";
        }
        (!body.is_empty()).then(|| format!("{HEAD}{body}{FOOT}"))
    }
}

/// The id is the same in every packet (ISO 16684-1, 7.3.2).
const HEAD: &str = concat!(
    "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>",
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">",
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">",
    "<rdf:Description rdf:about=\"\"",
    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"",
    " xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\"",
    " xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\"",
    " xmlns:plus=\"http://ns.useplus.org/ldf/xmp/1.0/\"",
    " xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">",
);
const FOOT: &str = "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A value as it can be shown: one line without control characters, not too long. Nothing if it is empty.
pub(super) fn value(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len().min(LONGEST));
    // What turns the direction of a text would turn that of the page around it.
    let turns =
        |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
    let is_space = |c: char| c.is_whitespace() || c.is_control() || turns(c);
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if out.len() + word.len() >= LONGEST {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    (!out.is_empty()).then_some(out)
}

/// So many names are read of one file.
pub(super) const MOST_CREATORS: usize = 20;

/// An address that readers and search engines may be sent to.
pub(super) fn address(text: &str) -> Option<String> {
    let text = value(text)?;
    let is_web = ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme));
    is_web.then_some(text)
}

/// When a picture was taken, by the clock of its camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What the clock showed; at midnight if only the day is known.
    clock: DateTime,
    has_time: bool,
    /// Of the clock, where that is known.
    offset: Option<Offset>,
}

impl Taken {
    /// `2024:07:30 14:30:00` and `+02:00` (Exif 3.0, `DateTimeOriginal` and `OffsetTimeOriginal`).
    pub(super) fn of_exif(time: &str, offset: &str) -> Option<Taken> {
        let (day, clock) = time.split_once(' ')?;
        Taken::of_iso(&format!("{}T{clock}{offset}", day.replace(':', "-")))
    }

    /// `20240730` and `143000+0200` (IPTC IIM, 2:55 and 2:60).
    pub(super) fn of_iim(day: &str, time: &str) -> Option<Taken> {
        let day = format!("{}-{}-{}", day.get(..4)?, day.get(4..6)?, day.get(6..)?);
        let clock = || {
            let (hours, offset) = (time.get(..6)?, time.get(6..)?);
            let offset = match (offset.get(..3), offset.get(3..5)) {
                (Some(hours), Some(minutes)) => format!("{hours}:{minutes}"),
                _ => String::new(),
            };
            Some(format!("T{}:{}:{}{offset}", hours.get(..2)?, hours.get(2..4)?, hours.get(4..)?))
        };
        let with_clock = clock().and_then(|clock| Taken::of_iso(&format!("{day}{clock}")));
        with_clock.or_else(|| Taken::of_iso(&day))
    }

    /// ISO 8601 as XMP writes it, with or without a time, with or without an offset.
    pub(super) fn of_iso(text: &str) -> Option<Taken> {
        let text = text.trim();
        let day: jiff::civil::Date = text.get(..10)?.parse().ok()?;
        // Cameras whose clock was never set.
        if day.year() < 1900 {
            return None;
        }
        let Some(rest) = text.get(10..).and_then(|rest| rest.strip_prefix('T')) else {
            return Some(Taken { clock: day.at(0, 0, 0, 0), has_time: false, offset: None });
        };
        let end = rest.find(['+', '-', 'Z']).unwrap_or(rest.len());
        let clock: jiff::civil::Time = rest.get(..end)?.parse().ok()?;
        let offset = match rest.get(end..)? {
            "" => None,
            "Z" => Some(Offset::UTC),
            written => {
                let (hours, minutes) = written.get(1..)?.split_once(':')?;
                let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
                let seconds = hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?;
                let sign = if written.starts_with('-') { -1 } else { 1 };
                Some(Offset::from_seconds(sign * seconds).ok()?)
            }
        };
        Some(Taken { clock: day.to_datetime(clock), has_time: true, offset })
    }

    /// The earliest moment that it can have been, if the clock was right: of a day its beginning, and of a
    /// clock without an offset that of the site.
    pub fn earliest(&self, zone: &TimeZone) -> Option<Timestamp> {
        match self.offset {
            Some(offset) => offset.to_timestamp(self.clock).ok(),
            None => zone.to_timestamp(self.clock).ok(),
        }
    }

    /// The latest moment that it can have been: of a day its end.
    pub fn latest(&self, zone: &TimeZone) -> Option<Timestamp> {
        let day = jiff::SignedDuration::from_hours(if self.has_time { 0 } else { 24 });
        self.earliest(zone)?.checked_add(day).ok()
    }

    /// Whether it is known to the second, clock and offset.
    pub fn is_exact(&self) -> bool {
        self.has_time && self.offset.is_some()
    }

    /// The day.
    pub fn day(&self) -> jiff::civil::Date {
        self.clock.date()
    }
}

impl fmt::Display for Taken {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        match (self.has_time, self.offset) {
            (false, _) => self.clock.date().fmt(to),
            (true, None) => self.clock.fmt(to),
            (true, Some(offset)) => {
                let seconds = offset.seconds();
                let sign = if seconds < 0 { '-' } else { '+' };
                let minutes = seconds.unsigned_abs() / 60;
                write!(to, "{}{sign}{:02}:{:02}", self.clock, minutes / 60, minutes % 60)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_clock_may_be_known_without_its_zone_and_a_day_without_its_clock() {
        let said = |taken: Option<Taken>| taken.map(|taken| taken.to_string());
        assert_eq!(
            said(Taken::of_exif("2024:07:30 14:30:00", "+02:00")).as_deref(),
            Some("2024-07-30T14:30:00+02:00")
        );
        assert_eq!(
            said(Taken::of_exif("2024:07:30 14:30:00", "")).as_deref(),
            Some("2024-07-30T14:30:00")
        );
        assert_eq!(said(Taken::of_exif("0000:00:00 00:00:00", "")), None);
        assert_eq!(said(Taken::of_iim("20240730", "")).as_deref(), Some("2024-07-30"));
        assert_eq!(
            said(Taken::of_iim("20240730", "143000")).as_deref(),
            Some("2024-07-30T14:30:00")
        );
        assert_eq!(
            said(Taken::of_iso("2024-07-30T14:30:00.25-03:30")).as_deref(),
            Some("2024-07-30T14:30:00.25-03:30")
        );
        assert_eq!(
            said(Taken::of_iso("2024-07-30T14:30Z")).as_deref(),
            Some("2024-07-30T14:30:00+00:00")
        );
        assert_eq!(said(Taken::of_iso("2024")), None);
    }

    #[test]
    fn the_rights_survive_a_packet() {
        let metadata = Metadata {
            caption: Some("is not kept".into()),
            creators: vec!["Ana Lima".into(), "Bo & Co <x>".into()],
            credit: Some("Harbour Pictures".into()),
            copyright: Some("© 2024 Harbour".into()),
            web_statement: Some("https://rights.example.org/?a=1&b=2".into()),
            licensor_name: Some("Harbour".into()),
            licensor_url: Some("https://buy.example.org/".into()),
            digital_source_type: Some(
                "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture".into(),
            ),
            ..Metadata::default()
        };
        let packet = metadata.packet().unwrap();
        assert_eq!(
            super::super::xmp::read(packet.as_bytes()),
            Metadata { caption: None, ..metadata }
        );
        assert_eq!(Metadata::default().packet(), None);
    }

    proptest! {
        #[test]
        fn any_date_is_read(text in "[0-9T:+.Z-]{0,30}", other in "\\PC{0,12}") {
            Taken::of_iso(&text);
            Taken::of_iim(&text, &other);
            Taken::of_iim(&other, &text);
            Taken::of_exif(&other, &text);
        }
    }
}
