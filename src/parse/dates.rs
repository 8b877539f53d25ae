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
    /// For order and comparison with the clock.
    pub fn timestamp(&self) -> Timestamp {
        self.zoned.timestamp()
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

/// Reads RFC 3339 (with or without a zone in brackets, RFC 9557), a date and time, or a day. What
/// has no offset is in the site's zone.
///
/// # Errors
/// Says in a few words what is wrong.
pub fn read(text: &str, site_zone: &TimeZone) -> Result<Moment, String> {
    const EXPECTED: &str = "expected a date such as 2024-07-31T12:45:00+05:30";
    let text = text.trim();
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
        }

        #[test]
        fn no_date_like_text_makes_it_panic(text in "-?[0-9]{4,6}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?([+-][0-9]{2}:[0-9]{2}|Z)?(\\[[A-Za-z/]{0,12}\\])?)?") {
            let _ = read(&text, &paris());
        }
    }
}
