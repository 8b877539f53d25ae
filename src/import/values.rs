//! What cells of spreadsheets say: dates, medals, states, in the forms that people and programs give
//! them.

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span};

use crate::games::medals::Medal;
use crate::parse::dates::{self, Moment};
use crate::parse::documents::{Gender, SessionStatus};

/// Which comes first in 03/08/2024.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 3 August.
    DayFirst,
    /// 8 March.
    MonthFirst,
}

const DATES: [&str; 10] = [
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%d %b %Y",
    "%d %B %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%d. %B %Y",
];
const DAY_FIRST: [&str; 5] = ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d.%m.%y"];
const MONTH_FIRST: [&str; 4] = ["%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y"];
const TIMES: [&str; 8] =
    ["", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %H:%M", " %Hh%M", "T%H:%M"];

/// Reads a date, with or without a time. What has no offset is in the zone.
pub fn moment(text: &str, order: DateOrder, zone: &TimeZone) -> Option<Moment> {
    let text = text.trim();
    if let Ok(moment) = dates::read(text, zone) {
        return Some(moment);
    }
    let day = || serial(text).filter(|(civil, _)| civil.date() != EPOCH);
    let (civil, has_time) = written(text, order).or_else(day)?;
    let zoned = zone.to_ambiguous_zoned(civil).compatible().ok()?;
    Some(Moment { zoned, has_time })
}

/// A day and a time of day that stand in two cells.
pub fn moment_of_two(day: &str, time: &str, order: DateOrder, zone: &TimeZone) -> Option<Moment> {
    let day = moment(day, order, zone)?.zoned.date();
    let time = time.trim();
    let formats = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p", "%Hh%M", "%H.%M"];
    // A time of day is a part of a day to Excel: 0.5 is noon, and not five past midnight.
    let part = serial(time).filter(|(civil, _)| civil.date() == EPOCH);
    let time = match part {
        Some((civil, _)) => civil.time(),
        None => {
            let mut read = formats.iter().filter_map(|format| strtime::parse(format, time).ok());
            read.find_map(|parsed| parsed.to_time().ok())?
        }
    };
    let zoned = zone.to_ambiguous_zoned(day.to_datetime(time)).compatible().ok()?;
    Some(Moment { zoned, has_time: true })
}

/// The day before the first of Excel, which takes 1900 for a leap year.
const EPOCH: Date = Date::constant(1899, 12, 30);

/// A date as Excel keeps it: days since its epoch.
fn serial(text: &str) -> Option<(DateTime, bool)> {
    let days: f64 = text.parse().ok()?;
    let is_day = days.fract() == 0.0;
    // A time of day, or a day of this or the last century; numbers between them are no dates.
    if !(0.0..1.0).contains(&days) && !(20_000.0..100_000.0).contains(&days) {
        return None;
    }
    let date = EPOCH.checked_add(Span::new().days(days.trunc() as i64)).ok()?;
    let seconds = SignedDuration::from_secs((days.fract() * 86_400.0).round() as i64);
    let civil = date.to_datetime(jiff::civil::Time::midnight()).checked_add(seconds).ok()?;
    Some((civil, !is_day))
}

fn written(text: &str, order: DateOrder) -> Option<(DateTime, bool)> {
    let ordered: &[&str] = match order {
        DateOrder::DayFirst => &DAY_FIRST,
        DateOrder::MonthFirst => &MONTH_FIRST,
    };
    for date in DATES.iter().chain(ordered) {
        for time in TIMES {
            let Ok(parsed) = strtime::parse(format!("{date}{time}"), text) else { continue };
            let Ok(day) = parsed.to_date() else { continue };
            // A year of two digits is one of another form.
            if day.year() < 1000 {
                continue;
            }
            return match time.is_empty() {
                true => Some((day.into(), false)),
                false => parsed.to_datetime().ok().map(|civil| (civil, true)),
            };
        }
    }
    None
}

/// Which order the dates of a column are written in: the one in which all are dates; if that is so
/// of both, the one in which they are in the time of the Games. Nothing if nobody can tell.
pub fn order(texts: &[&str], games: Option<(Date, Date)>, zone: &TimeZone) -> Option<DateOrder> {
    let read = |order: DateOrder| -> Vec<Option<Date>> {
        texts.iter().map(|text| Some(moment(text, order, zone)?.zoned.date())).collect()
    };
    let (day_first, month_first) = (read(DateOrder::DayFirst), read(DateOrder::MonthFirst));
    let missing = |dates: &[Option<Date>]| dates.iter().filter(|date| date.is_none()).count();
    if day_first == month_first || missing(&day_first) < missing(&month_first) {
        return Some(DateOrder::DayFirst);
    }
    if missing(&month_first) < missing(&day_first) {
        return Some(DateOrder::MonthFirst);
    }
    let (start, end) = time_of(games?)?;
    let are_inside =
        |dates: &[Option<Date>]| dates.iter().flatten().all(|date| (start..=end).contains(date));
    match (are_inside(&day_first), are_inside(&month_first)) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// The time in which something of the Games may be: some sports begin before the opening.
pub fn time_of((start, end): (Date, Date)) -> Option<(Date, Date)> {
    let before = Span::new().days(10);
    let after = Span::new().days(3);
    Some((start.checked_sub(before).ok()?, end.checked_add(after).ok()?))
}

/// What a cell says of a medal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MedalCell {
    /// This one.
    Medal(Medal),
    /// None: the fourth and all others.
    None,
}

/// A medal: a colour, its letter, or a place.
pub fn medal(text: &str) -> Option<MedalCell> {
    let lower = text.to_lowercase();
    let word = lower.trim_start_matches("me_").trim_end_matches("medal").trim();
    Some(match word {
        "gold" | "g" | "1" | "1st" | "first" | "1.0" | "or" | "oro" | "ouro" => {
            MedalCell::Medal(Medal::Gold)
        }
        "silver" | "s" | "2" | "2nd" | "second" | "2.0" | "argent" | "plata" | "prata"
        | "silber" => MedalCell::Medal(Medal::Silver),
        "bronze" | "b" | "3" | "3rd" | "third" | "3.0" | "bronce" => {
            MedalCell::Medal(Medal::Bronze)
        }
        "-" | "none" | "no" | "n/a" | "na" | "dnf" | "dns" | "dq" | "dsq" => MedalCell::None,
        other => match other.parse::<f64>() {
            Ok(place) if place > 3.0 => MedalCell::None,
            _ => return None,
        },
    })
}

/// Whom an event is for.
pub fn gender(text: &str) -> Option<Gender> {
    Some(match text.to_lowercase().as_str() {
        "women" | "woman" | "w" | "female" | "f" | "women's" | "womens" | "ladies" | "frauen"
        | "damen" | "weiblich" | "femmes" | "dames" | "femme" | "féminin" => Gender::Women,
        "men" | "man" | "m" | "male" | "men's" | "mens" | "männer" | "herren" | "männlich"
        | "hommes" | "messieurs" | "homme" | "masculin" | "h" => Gender::Men,
        "mixed" | "x" | "mixed team" | "gemischt" | "mixte" => Gender::Mixed,
        "open" | "o" => Gender::Open,
        _ => return None,
    })
}

/// Whom an event is for, as far as its name says so.
pub fn gender_in(title: &str) -> Option<Gender> {
    let lower = title.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'');
    words.find_map(|word| match word {
        "women" | "women's" | "womens" | "ladies" | "frauen" | "damen" | "femmes" | "dames" => {
            Some(Gender::Women)
        }
        "men" | "men's" | "mens" | "herren" | "männer" | "hommes" | "messieurs" => {
            Some(Gender::Men)
        }
        "mixed" | "mixte" => Some(Gender::Mixed),
        // Downhill (W).
        "w" if lower.contains("(w)") => Some(Gender::Women),
        "m" if lower.contains("(m)") => Some(Gender::Men),
        _ => None,
    })
}

/// How far a session is.
pub fn session_status(text: &str) -> Option<SessionStatus> {
    Some(match text.to_lowercase().as_str() {
        "scheduled" | "upcoming" | "planned" | "confirmed" | "getting ready" => {
            SessionStatus::Scheduled
        }
        "live" | "running" | "in progress" | "ongoing" => SessionStatus::Live,
        "finished" | "official" | "unofficial" | "completed" | "complete" | "over" | "final" => {
            SessionStatus::Finished
        }
        "postponed" | "delayed" | "suspended" => SessionStatus::Postponed,
        "rescheduled" | "moved" => SessionStatus::Rescheduled,
        "cancelled" | "canceled" | "abandoned" => SessionStatus::Cancelled,
        _ => return None,
    })
}

/// Yes or no.
pub fn truth(text: &str) -> Option<bool> {
    Some(match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "1.0" | "medal" => true,
        "no" | "n" | "false" | "0" | "-" | "0.0" => false,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paris() -> TimeZone {
        TimeZone::get("Europe/Paris").unwrap()
    }

    fn read(text: &str) -> Option<String> {
        moment(text, DateOrder::DayFirst, &paris()).map(|moment| moment.iso())
    }

    #[test]
    fn days_are_read_in_the_forms_that_spreadsheets_hold() {
        for text in [
            "2024-08-03",
            "2024/08/03",
            "20240803",
            "03/08/2024",
            "3/8/2024",
            "03.08.2024",
            "3-8-2024",
            "03/08/24",
            "3 Aug 2024",
            "3 August 2024",
            "3-Aug-24",
            "03-Aug-2024",
            "Aug 3, 2024",
            "August 3, 2024",
            "45507",
        ] {
            assert_eq!(read(text).as_deref(), Some("2024-08-03"), "{text}");
        }
    }

    #[test]
    fn times_are_read_in_the_forms_that_spreadsheets_hold() {
        for text in [
            "2024-08-03 14:30",
            "2024-08-03T14:30:00+02:00",
            "03/08/2024 14:30",
            "3 Aug 2024 14:30",
            "03/08/2024 2:30 PM",
            "Aug 3, 2024 2:30 PM",
            "03/08/2024 14:30:00",
            "45507.6041666667",
        ] {
            assert_eq!(read(text).as_deref(), Some("2024-08-03T14:30:00+02:00"), "{text}");
        }
        assert_eq!(read("0.6041666667"), None);
        let two = |day, time| {
            moment_of_two(day, time, DateOrder::DayFirst, &paris()).map(|moment| moment.iso())
        };
        for time in ["14:30", "2:30 PM", "14h30", "14.30", "0.6041666667"] {
            let read = two("3/8/2024", time);
            assert_eq!(read.as_deref(), Some("2024-08-03T14:30:00+02:00"), "{time}");
        }
        assert_eq!(two("45507", "0.6041666667").as_deref(), Some("2024-08-03T14:30:00+02:00"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "tbc", "31/02/2024", "13", "Gold", "2024-13-01", "1e9", "-5", "NaN"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_is_that_in_which_all_are_dates() {
        let games = Some((Date::constant(2024, 7, 26), Date::constant(2024, 8, 11)));
        let of = |texts: &[&str], games| order(texts, games, &paris());
        assert_eq!(of(&["03/08/2024", "27/07/2024"], None), Some(DateOrder::DayFirst));
        assert_eq!(of(&["08/03/2024", "07/27/2024"], None), Some(DateOrder::MonthFirst));
        assert_eq!(of(&["08/03/2024", "08/04/2024"], games), Some(DateOrder::MonthFirst));
        assert_eq!(of(&["03/08/2024", "04/08/2024"], games), Some(DateOrder::DayFirst));
        assert_eq!(of(&["03/08/2024", "04/08/2024"], None), None);
        assert_eq!(of(&["2024-08-03", "8/8/2024"], None), Some(DateOrder::DayFirst));
        // In neither order are all of them in the time of the Games.
        assert_eq!(of(&["7/8/2024", "8/1/2024", "1/2/2024"], games), None);
    }

    #[test]
    fn medals_are_read_by_colour_letter_or_place() {
        for text in ["gold", "Gold Medal", "G", "1", "1.0", "ME_GOLD", "or"] {
            assert_eq!(medal(text), Some(MedalCell::Medal(Medal::Gold)), "{text}");
        }
        assert_eq!(medal("4"), Some(MedalCell::None));
        assert_eq!(medal("platinum"), None);
        assert_eq!(medal("0"), None);
    }

    #[test]
    fn the_name_of_an_event_tells_whom_it_is_for() {
        assert_eq!(gender_in("10m Air Pistol Women"), Some(Gender::Women));
        assert_eq!(gender_in("Men's +92kg"), Some(Gender::Men));
        assert_eq!(gender_in("Mixed Doubles"), Some(Gender::Mixed));
        assert_eq!(gender_in("Dressage Team"), None);
        assert_eq!(gender_in("Omnium menagerie"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[-0-9A-Za-z/.:, ]{0,24}") {
            let _ = moment(&text, DateOrder::DayFirst, &paris());
            let _ = moment_of_two("2024-08-03", &text, DateOrder::MonthFirst, &paris());
            let _ = (medal(&text), gender(&text), truth(&text), session_status(&text));
        }
    }
}
