//! Live blogs: a story in updates, each with the time at which it was written.
//!
//! A heading of the second level begins an update: `## 14:05 Gold for Ho {.key by=maud-pryce}`. The
//! file may stand in either order. Which day a time is of follows from `date` and from the order;
//! `## 2024-07-31 00:10 ...` says it.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::dates::Moment;
use crate::diagnostics::{Diagnostic, Place, Source, codes};
use crate::markdown::Section;

/// Coverage that goes on.
#[derive(Debug)]
pub struct Live {
    /// When it ended, or will.
    pub ended_at: Option<Moment>,
    /// The text in front of the first update, in the file.
    pub opening: Range<usize>,
    /// Oldest first.
    pub updates: Vec<Update>,
}

/// One update.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// Its name within the page, for good: it is made of its time.
    pub id: String,
    /// When, in the site's zone.
    pub time: Moment,
    /// What stands behind the time; may be empty.
    pub title: String,
    /// The heading, in the file.
    pub heading: Range<usize>,
    /// The text, in the file.
    pub body: Range<usize>,
    /// Whether it is a key moment.
    pub is_key: bool,
    /// Whether it stands above all others.
    pub is_pinned: bool,
    /// The slug of its author, if it names one.
    pub by: Option<String>,
}

/// Updates on one page of older ones. These are counted from the oldest, so that a page that is full
/// keeps its updates, and they their addresses, for good.
pub const UPDATES_PER_PAGE: usize = 30;

/// A first update may be written before the coverage is said to begin.
const EARLY: SignedDuration = SignedDuration::from_hours(3);
/// Going back by less is no new day, but an update that stands out of order.
const OUT_OF_ORDER: SignedDuration = SignedDuration::from_hours(6);

impl Live {
    /// How many pages older updates fill. The newest, between one and two pages of them, stand on the
    /// blog's own.
    pub fn older_pages(&self) -> usize {
        (self.updates.len() / UPDATES_PER_PAGE).saturating_sub(1)
    }

    /// The updates of one of the pages of older ones, from 1, or those of the blog's own page: 0.
    pub fn on_page(&self, page: usize) -> Range<usize> {
        match page {
            0 => self.older_pages() * UPDATES_PER_PAGE..self.updates.len(),
            page => (page - 1) * UPDATES_PER_PAGE..page * UPDATES_PER_PAGE,
        }
    }

    /// The page on which an update stands.
    pub fn page_of(&self, update: usize) -> usize {
        match update / UPDATES_PER_PAGE {
            page if page < self.older_pages() => page + 1,
            _ => 0,
        }
    }
}

/// The time in a heading as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Clock {
    date: Option<Date>,
    time: Time,
}

/// Makes updates of the headings of a text; `start` is when the coverage begins.
pub fn updates(
    source: &Arc<Source>,
    body: &Range<usize>,
    sections: Vec<Section>,
    start: &Moment,
    zone: &TimeZone,
    problems: &mut Vec<Diagnostic>,
) -> (Range<usize>, Vec<Update>) {
    let opening = body.start..sections.first().map_or(body.end, |first| first.heading.start);
    let ends: Vec<usize> =
        sections.iter().skip(1).map(|section| section.heading.start).chain([body.end]).collect();
    let mut read: Vec<(Clock, Update)> = Vec::new();
    for (section, end) in sections.into_iter().zip(ends) {
        let place = first_line(source, &section.heading);
        if section.is_first_level {
            let message = "a heading of the first level is the page's own headline";
            problems.push(
                Diagnostic::new(&codes::B013, place, message)
                    .help("an update begins with two signs: ## 14:05 Title"),
            );
            continue;
        }
        let (clock, title) = match clock(&section.words) {
            Ok(found) => found,
            Err(wrong) => {
                problems.push(wrong.report(place));
                continue;
            }
        };
        let update = Update {
            id: section.id.clone().unwrap_or_default(),
            time: start.clone(),
            title: title.to_owned(),
            body: section.heading.end..end,
            is_key: section.classes.iter().any(|class| class == "key"),
            is_pinned: section.classes.iter().any(|class| class == "pinned"),
            by: by(&section, source, problems),
            heading: section.heading,
        };
        read.push((clock, update));
    }
    let updates = in_order(read, start, zone, source, problems);
    (opening, named(updates))
}

/// Who an update says it is by, and a report of what else it says and nobody understands.
fn by(section: &Section, source: &Arc<Source>, problems: &mut Vec<Diagnostic>) -> Option<String> {
    let mut unknown = |mark: &str, known: &[&str]| {
        let line = &source.text[section.heading.clone()];
        let at = line.rfind(mark).unwrap_or_default() + section.heading.start;
        let place = Place::Span(source.clone(), at..at + mark.len());
        problems.push(
            Diagnostic::new(&codes::B015, place, format!("updates have no mark `{mark}`"))
                .did_you_mean(mark, known.iter().copied())
                .help("they know .key, .pinned, #id and by=author"),
        );
    };
    for class in section.classes.iter().filter(|it| !matches!(it.as_str(), "key" | "pinned")) {
        unknown(&format!(".{class}"), &[".key", ".pinned"]);
    }
    let mut author = None;
    for (name, value) in &section.attributes {
        match (name.as_str(), value.as_deref().map(unquoted)) {
            ("by", Some(value)) if !value.is_empty() => author = Some(value.to_owned()),
            ("key" | "pinned", None) => unknown(name, &[".key", ".pinned"]),
            _ => unknown(name, &["by"]),
        }
    }
    author
}

fn unquoted(value: &str) -> &str {
    value.trim_matches(['"', '\'', '“', '”', '‘', '’'])
}

fn first_line(source: &Arc<Source>, span: &Range<usize>) -> Place {
    let text = &source.text[span.clone()];
    let length = text.lines().next().unwrap_or_default().len();
    Place::Span(source.clone(), span.start..span.start + length)
}

/// Why a heading has no time.
#[derive(Debug, PartialEq)]
enum Wrong {
    /// It has none.
    Missing,
    /// Something like a time, and the time that is probably meant.
    Form(String, Option<String>),
    /// A day or an hour that does not exist.
    Impossible(String),
}

impl Wrong {
    fn report(self, place: Place) -> Diagnostic {
        let example = "such as ## 14:05 Title, or ## 2024-07-31 00:10 Title";
        match self {
            Wrong::Missing => {
                Diagnostic::new(&codes::B013, place, "this heading has no time of an update")
                    .label("expected a time of day in front of the title")
                    .help(format!("write it {example}"))
                    .help("a heading within an update has three signs: ### Title")
            }
            Wrong::Form(written, meant) => {
                let message = format!("`{written}` is not a time of day");
                let problem = Diagnostic::new(&codes::B013, place, message);
                match meant {
                    Some(meant) => problem.help(format!("write {meant}")),
                    None => problem.help(format!("write it in 24 hours, {example}")),
                }
            }
            Wrong::Impossible(written) => {
                let message = format!("there is no time `{written}`");
                Diagnostic::new(&codes::B013, place, message).help(format!("write one {example}"))
            }
        }
    }
}

/// The time at the beginning of a heading, and the title behind it.
fn clock(words: &str) -> Result<(Clock, &str), Wrong> {
    let words = words.trim();
    let (first, rest) = split(words);
    let date = (first.len() == 10 && first.as_bytes()[4] == b'-').then_some(first);
    let (written, title) = if date.is_some() { split(rest) } else { (first, rest) };
    if !written.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(Wrong::Missing);
    }
    let date = match date {
        Some(date) => Some(date.parse().map_err(|_| Wrong::Impossible(date.to_owned()))?),
        None => None,
    };
    let written = written.trim_end_matches(':');
    let parts = written.split_once(':').filter(|(hour, minute)| {
        let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        (1..=2).contains(&hour.len()) && minute.len() == 2 && is_number(hour) && is_number(minute)
    });
    let Some((hour, minute)) = parts else {
        return Err(Wrong::Form(written.to_owned(), likely(written)));
    };
    let number = |text: &str| text.parse::<i8>().unwrap_or(i8::MAX);
    let (hour, minute) = (number(hour), number(minute));
    let (half, _) = split(title);
    let half = half.to_ascii_lowercase().replace('.', "");
    if matches!(half.as_str(), "am" | "pm") {
        let hour = hour % 12 + if half == "pm" { 12 } else { 0 };
        let meant = format!("{hour:02}:{minute:02}");
        return Err(Wrong::Form(format!("{written} {half}"), Some(meant)));
    }
    let time = Time::new(hour, minute, 0, 0).map_err(|_| Wrong::Impossible(written.to_owned()))?;
    // A dash between the two is the time's.
    let title = title.trim_start_matches(['-', '–', '—', ':', '·', '|']).trim_start();
    Ok((Clock { date, time }, title))
}

fn split(words: &str) -> (&str, &str) {
    let end = words.find(char::is_whitespace).unwrap_or(words.len());
    (&words[..end], words[end..].trim_start())
}

/// The time that is meant by `14.05`, `14h05`, `1405` or `2pm`.
fn likely(written: &str) -> Option<String> {
    let lower = written.to_ascii_lowercase().replace("h", ":").replace('.', ":");
    let (number, later) = match (lower.strip_suffix("pm"), lower.strip_suffix("am")) {
        (Some(number), _) => (number, Some(12)),
        (_, Some(number)) => (number, Some(0)),
        _ => (lower.as_str(), None),
    };
    let (hour, minute) = match number.split_once(':') {
        Some((hour, "")) => (hour, "00"),
        Some(parts) => parts,
        None if number.len() == 4 && number.is_ascii() => number.split_at(2),
        None if later.is_some() => (number, "00"),
        None => return None,
    };
    let (hour, minute) = (hour.parse::<i8>().ok()?, minute.parse::<i8>().ok()?);
    let hour = later.map_or(hour, |later| hour % 12 + later);
    Time::new(hour, minute, 0, 0).ok()?;
    Some(format!("{hour:02}:{minute:02}"))
}

/// The order in which the times of a file make sense, and what does not.
struct Reading {
    times: Vec<Zoned>,
    /// Which stand before the one in front of them.
    out_of_order: Vec<usize>,
}

impl Reading {
    /// Gives each time its day: the first on which it is not before the one in front of it.
    fn of(clocks: impl Iterator<Item = Clock>, start: &Moment, zone: &TimeZone) -> Reading {
        let from = start.zoned.with_time_zone(zone.clone());
        let mut last = match start.has_time {
            true => from.checked_sub(EARLY).unwrap_or(from),
            false => from,
        };
        let mut reading = Reading { times: Vec::new(), out_of_order: Vec::new() };
        for (i, clock) in clocks.enumerate() {
            let (time, is_late) = match clock.date {
                Some(date) => {
                    let time = at(date, clock.time, zone, last.timestamp());
                    let is_late = i > 0 && time < last;
                    (time, is_late)
                }
                None => after(&last, clock.time, zone, i == 0),
            };
            if is_late {
                reading.out_of_order.push(i);
            }
            last = if is_late { last } else { time.clone() };
            reading.times.push(time);
        }
        reading
    }

    /// Less is better: what is in order, and then what is over soonest.
    fn cost(&self) -> (usize, Option<Timestamp>) {
        (self.out_of_order.len(), self.times.iter().map(Zoned::timestamp).max())
    }
}

/// A time of day on a day; of an hour that comes twice, the one that is not before a moment.
fn at(date: Date, time: Time, zone: &TimeZone, not_before: Timestamp) -> Zoned {
    let civil = date.to_datetime(time);
    let ambiguous = zone.to_ambiguous_zoned(civil);
    let first = ambiguous.clone().compatible();
    let again = ambiguous.later();
    match (first, again) {
        (Ok(first), Ok(again))
            if first.timestamp() < not_before && first.date() == again.date() =>
        {
            again
        }
        (Ok(first), _) => first,
        (Err(_), _) => Timestamp::MAX.to_zoned(zone.clone()),
    }
}

/// The first moment with this time of day that is not before another, unless it is that one's day and a
/// little earlier: then whether it is late.
fn after(last: &Zoned, time: Time, zone: &TimeZone, is_first: bool) -> (Zoned, bool) {
    let same_day = at(last.date(), time, zone, last.timestamp());
    if same_day >= *last {
        return (same_day, false);
    }
    if !is_first && same_day.duration_until(last) < OUT_OF_ORDER {
        return (same_day, true);
    }
    match last.date().tomorrow() {
        Ok(next) => (at(next, time, zone, last.timestamp()), false),
        Err(_) => (same_day, true),
    }
}

/// Gives each update its day, and sorts them: oldest first.
fn in_order(
    mut read: Vec<(Clock, Update)>,
    start: &Moment,
    zone: &TimeZone,
    source: &Arc<Source>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Update> {
    let down = Reading::of(read.iter().map(|(clock, _)| *clock), start, zone);
    let up = Reading::of(read.iter().rev().map(|(clock, _)| *clock), start, zone);
    let reading = if up.cost() < down.cost() {
        read.reverse();
        up
    } else {
        down
    };
    for i in &reading.out_of_order {
        let update = &read[*i].1;
        let time = &reading.times[*i];
        let message = "this update stands out of order";
        let day = time.date();
        problems.push(
            Diagnostic::new(&codes::B014, first_line(source, &update.heading), message)
                .label(format!("it is taken for one of {day}, and put into its place"))
                .help(format!(
                    "if it is of another day, write that: ## {} {} ...",
                    day.tomorrow().unwrap_or(day),
                    time.strftime("%H:%M")
                )),
        );
    }
    let mut updates: Vec<Update> = read
        .into_iter()
        .zip(reading.times)
        .map(|((_, update), zoned)| Update { time: Moment { zoned, has_time: true }, ..update })
        .collect();
    updates.sort_by_key(|update| update.time.timestamp());
    updates
}

/// Gives each update that has no id one, made of its time; of those of one minute the later ones a
/// number.
fn named(mut updates: Vec<Update>) -> Vec<Update> {
    let mut taken: HashSet<String> = HashSet::new();
    for update in &mut updates {
        let wanted = match update.id.as_str() {
            "" => update.time.zoned.strftime("at-%Y-%m-%d-%H%M").to_string(),
            given => given.to_owned(),
        };
        let mut id = wanted.clone();
        let mut number = 1;
        while !taken.insert(id.clone()) {
            number += 1;
            id = format!("{wanted}-{number}");
        }
        update.id = id;
    }
    updates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{self, Style};
    use crate::parse::dates;

    const STYLE: Style = Style { is_plain: false, raw_html: false, smart_punctuation: true };

    fn read(date: &str, text: &str) -> (Vec<Update>, Vec<Diagnostic>) {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let start = dates::read(date, &zone).unwrap();
        let source = Arc::new(Source { path: "content/live/x.md".into(), text: text.into() });
        let sections = markdown::sections(text, 0, STYLE);
        let mut problems = Vec::new();
        let (_, updates) =
            updates(&source, &(0..text.len()), sections, &start, &zone, &mut problems);
        (updates, problems)
    }

    /// The days and times of updates with these headings, oldest first.
    #[track_caller]
    fn times(date: &str, headings: &[&str]) -> Vec<String> {
        let text: String = headings.iter().map(|it| format!("## {it}\n\nText.\n\n")).collect();
        let (updates, problems) = read(date, &text);
        assert!(problems.is_empty(), "{problems:?}");
        updates.iter().map(|it| it.time.zoned.strftime("%d %H:%M").to_string()).collect()
    }

    #[test]
    fn times_roll_over_midnight_in_either_order_of_the_file() {
        let expected = ["30 22:00", "30 23:50", "31 00:10", "31 01:00"];
        let down = ["22:00 a", "23:50 b", "00:10 c", "01:00 d"];
        let up = ["01:00 d", "00:10 c", "23:50 b", "22:00 a"];
        assert_eq!(times("2024-07-30 21:55", &down), expected);
        assert_eq!(times("2024-07-30 21:55", &up), expected);
        assert_eq!(times("2024-07-30 23:45", &["23:50 a", "00:10 b"]), ["30 23:50", "31 00:10"]);
        assert_eq!(times("2024-07-30 23:45", &["00:10 b", "23:50 a"]), ["30 23:50", "31 00:10"]);
        assert_eq!(times("2024-07-30 23:45", &["00:10 a"]), ["31 00:10"]);
        assert_eq!(times("2024-07-30", &["00:10 a", "09:00 b"]), ["30 00:10", "30 09:00"]);
    }

    #[test]
    fn an_update_may_be_a_little_before_the_coverage() {
        assert_eq!(times("2024-07-30 14:00", &["13:58 a", "14:05 b"]), ["30 13:58", "30 14:05"]);
    }

    #[test]
    fn coverage_goes_on_the_next_morning() {
        let days = ["18:00 a", "20:00 b", "09:00 c", "21:00 d", "08:00 e"];
        let expected = ["30 18:00", "30 20:00", "31 09:00", "31 21:00", "01 08:00"];
        assert_eq!(times("2024-07-30 18:00", &days), expected);
    }

    #[test]
    fn a_heading_may_say_its_day() {
        let days = ["14:00 a", "2024-08-01 14:30 b", "15:00 c"];
        assert_eq!(times("2024-07-30 14:00", &days), ["30 14:00", "01 14:30", "01 15:00"]);
    }

    #[test]
    fn the_hour_that_comes_twice_comes_twice() {
        let (updates, problems) =
            read("2024-10-27 02:00", "## 02:10 a\n\n## 02:30 b\n\n## 02:50 c\n\n## 02:20 d\n");
        assert!(problems.is_empty(), "{problems:?}");
        let offsets: Vec<_> = updates.iter().map(|it| it.time.iso()).collect();
        assert_eq!(
            offsets,
            [
                "2024-10-27T02:10:00+02:00",
                "2024-10-27T02:30:00+02:00",
                "2024-10-27T02:50:00+02:00",
                "2024-10-27T02:20:00+01:00"
            ]
        );
    }

    #[test]
    fn what_stands_out_of_order_is_told_and_put_into_its_place() {
        let text = "## 14:05 a\n\n## 14:30 b\n\n## 14:20 c\n\n## 15:00 d\n";
        let (updates, problems) = read("2024-07-30 14:00", text);
        let titles: Vec<_> = updates.iter().map(|it| it.title.as_str()).collect();
        assert_eq!(titles, ["a", "c", "b", "d"]);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].code.id, "B014");
    }

    #[test]
    fn two_updates_of_a_minute_have_names_of_their_own() {
        let (updates, _) =
            read("2024-07-30 14:00", "## 14:05 a\n\n## 14:05 b\n\n## 14:06 c {#end}\n");
        let ids: Vec<_> = updates.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["at-2024-07-30-1405", "at-2024-07-30-1405-2", "end"]);
    }

    #[test]
    fn marks_are_read_and_unknown_ones_told() {
        let (updates, problems) = read(
            "2024-07-30 14:00",
            "## 14:05 a {.key .pinned by=maud-pryce}\n\n## 14:06 b {.kye}\n\n## 14:07 c {auhtor=x}\n",
        );
        assert!(updates[0].is_key && updates[0].is_pinned);
        assert_eq!(updates[0].by.as_deref(), Some("maud-pryce"));
        let codes: Vec<_> = problems.iter().map(|it| it.code.id).collect();
        assert_eq!(codes, ["B015", "B015"]);
    }

    #[test]
    fn a_time_in_another_form_is_understood_and_told() {
        let wrong = |words: &str| clock(words).unwrap_err();
        let form = |written: &str, meant: &str| Wrong::Form(written.into(), Some(meant.into()));
        assert_eq!(wrong("14.05 Title"), form("14.05", "14:05"));
        assert_eq!(wrong("14h05 Title"), form("14h05", "14:05"));
        assert_eq!(wrong("1405 Title"), form("1405", "14:05"));
        assert_eq!(wrong("2:05 pm Title"), form("2:05 pm", "14:05"));
        assert_eq!(wrong("2pm Title"), form("2pm", "14:00"));
        assert_eq!(wrong("25:10 Title"), Wrong::Impossible("25:10".into()));
        assert_eq!(wrong("100 metres"), Wrong::Form("100".into(), None));
        assert_eq!(wrong("Background"), Wrong::Missing);
        assert_eq!(wrong("2024-02-30 10:00 Title"), Wrong::Impossible("2024-02-30".into()));
        assert_eq!(clock("9:05 — Title").unwrap().1, "Title");
        assert_eq!(clock("14:05: Title").unwrap().1, "Title");
        assert_eq!(clock("14:05").unwrap().1, "");
    }

    #[test]
    fn full_pages_of_older_updates_stay_as_they_are() {
        let of = |count: usize| {
            let text: String =
                (0..count).map(|i| format!("## {:02}:{:02} x\n\n", i / 60, i % 60)).collect();
            let updates = read("2024-07-30", &text).0;
            Live { ended_at: None, opening: 0..0, updates }
        };
        for (count, pages, own) in [(0, 0, 0), (59, 0, 59), (60, 1, 30), (89, 1, 59), (90, 2, 30)] {
            let live = of(count);
            assert_eq!(live.older_pages(), pages, "{count}");
            assert_eq!(live.on_page(0).len(), own, "{count}");
            for page in 0..=pages {
                assert!(live.on_page(page).all(|update| live.page_of(update) == page), "{count}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn no_heading_makes_it_panic(words in "\\PC{0,30}") {
            let _ = clock(&words);
        }

        #[test]
        fn no_times_make_it_panic(
            times in proptest::collection::vec("([0-9]{4}-[01][0-9]-[0-3][0-9] )?[0-2][0-9]:[0-5][0-9]", 0..12)
        ) {
            let text: String = times.iter().map(|time| format!("## {time} x\n\n")).collect();
            let (updates, _) = read("2024-03-31 01:30", &text);
            let sorted = updates.windows(2).all(|pair| pair[0].time.timestamp() <= pair[1].time.timestamp());
            proptest::prop_assert!(sorted);
        }
    }
}
