//! Dates as reporters write them.

use jiff::civil::{Date, Time};
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Timestamp, Zoned};

/// A point in time with the zone that it was written in.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The instant and its zone: the one that was written, or the site's.
    pub zoned: Zoned,
    /// Whether an hour was given, not only a day.
    pub has_time: bool,
}

impl Moment {
    /// Stands for a date that could not be read, in a document that nobody sees.
    pub fn never(zone: &TimeZone) -> Moment {
        Moment { zoned: Timestamp::UNIX_EPOCH.to_zoned(zone.clone()), has_time: false }
    }

    /// For order and comparison with the clock.
    pub fn timestamp(&self) -> Timestamp {
        self.zoned.timestamp()
    }

    /// Whether it is before another for certain: a day alone is no earlier than an hour of it.
    pub fn is_before(&self, other: &Moment) -> bool {
        match self.has_time && other.has_time {
            true => self.timestamp() < other.timestamp(),
            false => self.zoned.date() < other.zoned.date(),
        }
    }

    /// For `datetime` attributes and data: RFC 3339, or the day alone.
    pub fn iso(&self) -> String {
        if self.has_time {
            self.written().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
        } else {
            self.zoned.date().to_string()
        }
    }

    /// With an offset of whole minutes, which alone can be written. Before the zones of today, clocks
    /// went by the sun: such times are those of UTC.
    pub fn written(&self) -> Zoned {
        match self.zoned.offset().seconds() % 60 {
            0 => self.zoned.clone(),
            _ => self.zoned.with_time_zone(TimeZone::UTC),
        }
    }

    /// A short name of the zone, such as "CEST", or "UTC+05:30" where the zone has no name.
    pub fn zone_name(&self) -> String {
        let abbreviation = self.zoned.strftime("%Z").to_string();
        if abbreviation.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return abbreviation;
        }
        if self.zoned.offset() == Offset::UTC {
            return "UTC".into();
        }
        self.zoned.strftime("UTC%:z").to_string()
    }
}

/// Reads RFC 3339 (with or without a zone in brackets, RFC 9557), a date and time, or a day, also in the
/// forms that other programs write: `2024/08/01`, `9:05`, `12:45 +0200`, `UTC`. What has no offset is in the
/// site's zone.
///
/// # Errors
/// Says in a few words what is wrong.
pub fn read(text: &str, site_zone: &TimeZone) -> Result<Moment, String> {
    const EXPECTED: &str = "expected a date such as 2024-07-31T12:45:00+05:30";
    let text = text.trim();
    if let Some(zone) = abbreviation(text) {
        return Err(format!(
            "`{zone}` may be more than one zone: write its offset, such as +02:00"
        ));
    }
    let regular = regular(text);
    let text = regular.as_deref().unwrap_or(text);
    let pieces = Pieces::parse(text).map_err(|_| match day_of(text) {
        Some(day) if day.parse::<Date>().is_err() => "there is no such day".to_owned(),
        Some(_) => {
            "the day is right, but not what follows: expected a time such as 09:30".to_owned()
        }
        None => EXPECTED.to_owned(),
    })?;
    let civil = pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight()));
    let named = match pieces.to_time_zone() {
        Ok(zone) => zone,
        Err(_) => return Err("there is no such time zone".into()),
    };
    let offset = pieces.offset().map(|offset| match offset {
        PiecesOffset::Numeric(numeric) => numeric.offset(),
        _ => Offset::UTC,
    });
    let out_of_range = |_| "this date is out of range".to_owned();
    let zoned = match (offset, named) {
        (Some(offset), None) => {
            let timestamp = offset.to_timestamp(civil).map_err(out_of_range)?;
            // The site's own offset is the site's zone, which has a name.
            match site_zone.to_offset(timestamp) == offset {
                true => timestamp.to_zoned(site_zone.clone()),
                false => timestamp.to_zoned(TimeZone::fixed(offset)),
            }
        }
        (Some(offset), Some(zone)) => {
            let zoned = offset.to_timestamp(civil).map_err(out_of_range)?.to_zoned(zone);
            if zoned.offset() != offset {
                return Err(format!(
                    "the offset does not fit the zone, which is at {}",
                    zoned.offset()
                ));
            }
            zoned
        }
        (None, zone) => {
            let zone = zone.unwrap_or_else(|| site_zone.clone());
            let ambiguous = zone.to_ambiguous_zoned(civil);
            if let AmbiguousOffset::Gap { .. } = ambiguous.offset() {
                return Err("this hour does not exist: the clocks go forward in this night".into());
            }
            ambiguous.compatible().map_err(out_of_range)?
        }
    };
    Ok(Moment { zoned, has_time: pieces.time().is_some() })
}

/// A date in the form of RFC 3339 that is written in another, but has year, month and day in this order.
fn regular(text: &str) -> Option<String> {
    let (text, zone) = match text.find('[') {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let (day, rest) = text.split_at(text.find(['T', 't', ' ']).unwrap_or(text.len()));
    let mut numbers = day.split(['-', '/', '.']);
    let (year, month, date) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let is_number = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    let is_day = year.len() == 4 && is_number(year, 4) && is_number(month, 2) && is_number(date, 2);
    if !is_day || numbers.next().is_some() {
        return None;
    }
    let mut written = format!("{year}-{month:0>2}-{date:0>2}");
    let rest = rest.trim_start_matches(['T', 't', ' ']).trim_end();
    if rest.is_empty() {
        return Some(written + zone);
    }
    let end =
        rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(rest.len());
    let (time, offset) = rest.split_at(end);
    let (hour, minutes) = time.split_once(':')?;
    if !is_number(hour, 2) {
        return None;
    }
    written += &format!("T{hour:0>2}:{minutes}");
    let offset = offset.trim();
    match offset {
        "" => {}
        "Z" | "z" | "UTC" | "GMT" | "utc" | "gmt" => written.push('Z'),
        _ => {
            let sign = offset.chars().next().filter(|c| matches!(c, '+' | '-' | '\u{2212}'))?;
            let digits = offset[sign.len_utf8()..].replace(':', "");
            let digits =
                if digits.len() <= 2 { format!("{digits:0>2}00") } else { format!("{digits:0>4}") };
            if !is_number(&digits, 4) {
                return None;
            }
            let sign = if sign == '+' { '+' } else { '-' };
            written += &format!("{sign}{}:{}", &digits[..2], &digits[2..]);
        }
    }
    Some(written + zone)
}

/// An abbreviation of a zone behind a time. Most stand for several: IST is that of India, Ireland, Israel.
fn abbreviation(text: &str) -> Option<&str> {
    let (before, last) = text.rsplit_once(' ')?;
    let is_name = (2..=5).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_uppercase());
    let is_clear = matches!(last, "UTC" | "GMT" | "AM" | "PM");
    (is_name && !is_clear && before.ends_with(|c: char| c.is_ascii_digit())).then_some(last)
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What was probably meant by a date that cannot be read, in the form that can: the day may stand first or
/// last, and the month be a word. Of a day and a month that may be either, both ways.
pub fn rewritten(text: &str) -> Vec<String> {
    if abbreviation(text.trim()).is_some() {
        return Vec::new();
    }
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != ':')
        .filter(|word| !word.is_empty())
        .collect();
    let time = words.iter().position(|word| word.contains(':'));
    let dates = &words[..time.unwrap_or(words.len())];
    let time = time.and_then(|at| {
        let (hour, rest) = words[at].split_once(':')?;
        let hour: u8 = hour.parse().ok()?;
        let minute: u8 = rest.get(..2)?.parse().ok()?;
        let half = words.get(at + 1).map(|word| word.to_ascii_lowercase());
        let is_afternoon =
            half.as_deref() == Some("pm") || rest.to_ascii_lowercase().ends_with("pm");
        let hour = if is_afternoon && hour < 12 { hour + 12 } else { hour };
        let zone = words.iter().any(|word| matches!(*word, "GMT" | "UTC"));
        let zone = if zone { " UTC" } else { "" };
        (hour < 24 && minute < 60).then(|| format!(" {hour:02}:{minute:02}{zone}"))
    });
    let time = time.unwrap_or_default();
    let number = |word: &str| -> Option<i16> {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse().ok().filter(|_| !digits.is_empty() && word.len() - digits.len() <= 2)
    };
    let month = dates.iter().find_map(|word| {
        let word = word.to_lowercase();
        (word.len() >= 3).then(|| MONTHS.iter().position(|month| month.starts_with(&word)))?
    });
    let numbers: Vec<i16> = dates.iter().filter_map(|word| number(word)).collect();
    let Some(year) = numbers.iter().copied().find(|number| *number >= 1000) else {
        return Vec::new();
    };
    let others: Vec<i16> = numbers.into_iter().filter(|number| *number < 1000).collect();
    let mut found = Vec::new();
    let mut add = |month: i16, day: i16| {
        let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return };
        if let Ok(date) = Date::new(year, month, day) {
            found.push(format!("{date}{time}"));
        }
    };
    match (month, others.as_slice()) {
        (Some(month), [day]) => add(month as i16 + 1, *day),
        // The year stands first: so do month and day.
        (None, [first, second]) if dates.first().is_some_and(|word| word.len() == 4) => {
            add(*first, *second);
        }
        (None, [first, second]) => {
            add(*second, *first);
            if first != second {
                add(*first, *second);
            }
        }
        _ => {}
    }
    found
}

/// The start of a text, if it has the form of 2024-02-30.
fn day_of(text: &str) -> Option<&str> {
    let day = text.get(..10)?;
    let is_day = day.bytes().enumerate().all(|(i, b)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    is_day.then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paris() -> TimeZone {
        TimeZone::get("Europe/Paris").unwrap()
    }

    fn iso(text: &str) -> Result<String, String> {
        read(text, &paris()).map(|moment| moment.iso())
    }

    #[test]
    fn without_an_offset_the_sites_zone_is_used() {
        assert_eq!(iso("2024-07-31 12:45").as_deref(), Ok("2024-07-31T12:45:00+02:00"));
        assert_eq!(iso("2024-01-31T12:45").as_deref(), Ok("2024-01-31T12:45:00+01:00"));
    }

    #[test]
    fn the_time_of_the_sun_is_written_in_utc() {
        assert_eq!(iso("1900-07-14 12:00").as_deref(), Ok("1900-07-14T11:50:39+00:00"));
    }

    #[test]
    fn a_day_stays_a_day() {
        assert_eq!(iso("2024-07-31").as_deref(), Ok("2024-07-31"));
    }

    #[test]
    fn an_offset_is_kept() {
        assert_eq!(iso("2024-07-31T12:45:00+05:30").as_deref(), Ok("2024-07-31T12:45:00+05:30"));
        assert_eq!(iso("2024-07-31T12:45:00Z").as_deref(), Ok("2024-07-31T12:45:00+00:00"));
    }

    #[test]
    fn a_named_zone_gives_its_name() {
        let moment = read("2024-07-31T12:45:00+05:30[Asia/Kolkata]", &paris()).unwrap();
        assert_eq!(moment.zone_name(), "IST");
        let moment = read("2024-07-31T12:45:00+05:30", &paris()).unwrap();
        assert_eq!(moment.zone_name(), "UTC+05:30");
        for text in ["2024-07-31 12:45", "2024-07-31T12:45:00+02:00"] {
            assert_eq!(read(text, &paris()).unwrap().zone_name(), "CEST");
        }
    }

    #[test]
    fn dates_are_read_as_other_programs_write_them() {
        for text in [
            "2024-08-01 12:45:00 +0200",
            "2024-08-01 12:45 +02:00",
            "2024-08-01T12:45+0200",
            "2024/08/01 12:45:00",
            "2024-8-1 12:45",
            "2024-08-01 12:45:00 +02",
        ] {
            assert_eq!(iso(text).as_deref(), Ok("2024-08-01T12:45:00+02:00"), "{text}");
        }
        assert_eq!(iso("2024-08-01 9:05").as_deref(), Ok("2024-08-01T09:05:00+02:00"));
        assert_eq!(iso("2024-08-01 12:45 UTC").as_deref(), Ok("2024-08-01T12:45:00+00:00"));
        assert_eq!(iso("2024/08/01").as_deref(), Ok("2024-08-01"));
        assert!(iso("2024-08-01 12:45 CEST").unwrap_err().contains("CEST"));
        assert!(iso("2024-13-01").is_err() && iso("2024-08-01 12:75").is_err());
    }

    #[test]
    fn what_was_meant_is_written_as_it_can_be_read() {
        for (text, meant) in [
            ("31/07/2024", vec!["2024-07-31"]),
            ("31.07.2024 9:05", vec!["2024-07-31 09:05"]),
            ("03/08/2024", vec!["2024-08-03", "2024-03-08"]),
            ("July 31, 2024", vec!["2024-07-31"]),
            ("31st July 2024 9:05 PM", vec!["2024-07-31 21:05"]),
            ("Wed, 31 Jul 2024 12:45:00 GMT", vec!["2024-07-31 12:45 UTC"]),
            ("yesterday", vec![]),
            ("32/13/2024", vec![]),
        ] {
            assert_eq!(rewritten(text), meant, "{text}");
        }
    }

    #[test]
    fn what_does_not_exist_is_refused() {
        assert_eq!(iso("2024-02-30"), Err("there is no such day".into()));
        assert!(iso("2024-07-31 25:00").unwrap_err().starts_with("the day is right"));
        assert!(iso("2024-03-31 02:30").unwrap_err().contains("clocks"));
        assert!(iso("31/07/2024").unwrap_err().starts_with("expected"));
        assert!(iso("2024-07-31T12:45:00+01:00[Asia/Kolkata]").unwrap_err().contains("offset"));
        assert!(iso("2024-07-31T12:45[Mars/Base]").is_err());
    }

    #[test]
    fn the_hour_that_comes_twice_is_the_first() {
        assert_eq!(iso("2024-10-27 02:30").as_deref(), Ok("2024-10-27T02:30:00+02:00"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,40}") {
            let _ = read(&text, &paris());
            let _ = rewritten(&text);
        }

        #[test]
        fn no_date_like_text_makes_it_panic(text in "-?[0-9]{4,6}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?([+-][0-9]{2}:[0-9]{2}|Z)?(\\[[A-Za-z/]{0,12}\\])?)?") {
            let _ = read(&text, &paris());
        }
    }
}
