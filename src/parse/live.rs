//! Live blogs: a story in updates, each with the time at which it was written.
//!
//! A heading of the second level begins an update: `## 14:05 Gold for Ho {.key by=maud-pryce}`. The
//! file may stand in either order. Which day a time is of follows from `date` and from the order;
//! `## 2024-07-31 00:10 ...` says it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

use super::dates::Moment;
use crate::diagnostics::{Diagnostic, Place, Source, codes};
use crate::markdown::{Definitions, Outline, Section};
use crate::slug;

/// Coverage that goes on.
#[derive(Debug)]
pub struct Live {
    /// When it ended, or will.
    pub ended_at: Option<Moment>,
    /// The text in front of the first update, in the file.
    pub opening: Range<usize>,
    /// Oldest first.
    pub updates: Vec<Update>,
    /// Definitions of links and footnotes, which all updates share, in the file.
    pub definitions: Definitions,
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

/// A first update on the day of `date` may be earlier by so much: the reporter began before the hour
/// that was announced, or wrote down the date later.
const EARLY: SignedDuration = SignedDuration::from_hours(12);
/// Going back by less is no new day, but an update that stands out of order.
const OUT_OF_ORDER: SignedDuration = SignedDuration::from_hours(6);

impl Live {
    /// When the coverage is over. A day without an hour is one until its end.
    pub fn end(&self) -> Option<Timestamp> {
        let moment = self.ended_at.as_ref()?;
        let days = i64::from(!moment.has_time);
        let end = moment.zoned.checked_add(days.days());
        Some(end.map_or(moment.timestamp(), |end| end.timestamp()))
    }

    /// When nobody expects another update: at its end or, where nobody has written that down, a day after
    /// the last one.
    pub fn closes(&self, start: &Moment) -> Timestamp {
        const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);
        let last = self.updates.last().map_or(start, |update| &update.time).timestamp();
        let last = last.max(start.timestamp());
        self.end().unwrap_or_else(|| last.checked_add(FORGOTTEN).unwrap_or(Timestamp::MAX))
    }

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

/// Makes updates of the headings of a text. `start` is when the coverage begins.
pub fn updates(
    source: &Arc<Source>,
    body: &Range<usize>,
    outline: Outline,
    start: &Moment,
    zone: &TimeZone,
    problems: &mut Vec<Diagnostic>,
) -> Live {
    let Outline { sections, definitions, unused_footnotes, strays } = outline;
    let opening = body.start..sections.first().map_or(body.end, |first| first.heading.start);
    let ends: Vec<usize> =
        sections.iter().skip(1).map(|section| section.heading.start).chain([body.end]).collect();
    let mut reader = Reader { source, zone, start, problems, given: HashSet::new() };
    let mut read: Vec<(Clock, Update)> = Vec::new();
    for (section, end) in sections.into_iter().zip(ends) {
        read.extend(reader.update(section, end));
    }
    let mut updates = reader.in_order(read);
    name(&mut updates);
    for stray in strays {
        let place = first_line(source, &stray);
        let message = "this looks like the heading of an update, but it is none";
        problems.push(
            Diagnostic::new(&codes::B016, place, message)
                .help("an update has two signs and a space behind them, and begins its line: ## 14:05 Title")
                .help("a fence of code (```) or a comment (<!--) in front of it may not be closed"),
        );
    }
    for (label, span) in unused_footnotes {
        let message = format!("nothing refers to the footnote `{label}`");
        let place = first_line(source, &span);
        let help = format!("write [^{label}] where it belongs");
        problems.push(Diagnostic::new(&codes::B012, place, message).help(help));
    }
    Live { ended_at: None, opening, updates, definitions }
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
                    Some(meant) => problem.help(format!("write {meant}, and a space behind it")),
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
    if hour <= 12
        && let Some(later) = half_of_day(half)
    {
        let meant = format!("{:02}:{minute:02}", hour % 12 + later);
        return Err(Wrong::Form(format!("{written} {half}"), Some(meant)));
    }
    let time = Time::new(hour, minute, 0, 0).map_err(|_| Wrong::Impossible(written.to_owned()))?;
    Ok((Clock { date, time }, without_dash(title)))
}

/// "am" or "pm", as hours to be added; not "Am", which begins a German title.
fn half_of_day(word: &str) -> Option<i8> {
    match word {
        "am" | "AM" | "a.m." | "A.M." => Some(0),
        "pm" | "PM" | "p.m." | "P.M." => Some(12),
        _ => None,
    }
}

/// A dash between time and title is the time's; a minus sign is the title's.
fn without_dash(title: &str) -> &str {
    let rest = title.trim_start_matches(['-', '–', '—', ':', '·', '|']);
    let is_dash = rest.is_empty() || rest.starts_with(char::is_whitespace);
    if is_dash { rest.trim_start() } else { title }
}

fn split(words: &str) -> (&str, &str) {
    let end = words.find(char::is_whitespace).unwrap_or(words.len());
    (&words[..end], words[end..].trim_start())
}

/// The time that is meant by `14.05`, `14h05`, `1405`, `2pm`, `14:05:30` or `14:05Title`.
fn likely(written: &str) -> Option<String> {
    let lower = written.to_ascii_lowercase().replace(['h', '.', '：'], ":");
    let end = lower.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(lower.len());
    let (number, rest) = lower.split_at(end);
    let later = half_of_day(rest);
    let mut parts = number.trim_end_matches(':').splitn(3, ':');
    let (hour, minute) = match (parts.next()?, parts.next()) {
        (hour, Some(minute)) => (hour, minute),
        (number, None) if number.len() == 4 => number.split_at(2),
        (hour, None) if later.is_some() || written.contains(['h', 'H']) => (hour, "00"),
        _ => return None,
    };
    let (hour, minute) = (hour.parse::<i8>().ok()?, minute.parse::<i8>().ok()?);
    let hour = later.map_or(hour, |later| hour % 12 + later);
    Time::new(hour, minute, 0, 0).ok()?;
    Some(format!("{hour:02}:{minute:02}"))
}

/// Reads the updates of a file.
struct Reader<'a> {
    source: &'a Arc<Source>,
    zone: &'a TimeZone,
    start: &'a Moment,
    problems: &'a mut Vec<Diagnostic>,
    /// Ids that updates were given.
    given: HashSet<String>,
}

impl Reader<'_> {
    fn update(&mut self, section: Section, end: usize) -> Option<(Clock, Update)> {
        let place = first_line(self.source, &section.heading);
        if section.is_first_level {
            let message = "a heading of the first level is the page's own headline";
            self.problems.push(
                Diagnostic::new(&codes::B013, place, message)
                    .help("an update begins with two signs: ## 14:05 Title"),
            );
            return None;
        }
        if section.has_more_than_words {
            let message = "the title of an update is plain words";
            self.problems.push(
                Diagnostic::new(&codes::B017, place.clone(), message)
                    .help("put links, pictures, notes and components into its text"),
            );
        }
        let (clock, title) = match clock(&section.words) {
            Ok(found) => found,
            Err(wrong) => {
                self.problems.push(wrong.report(place));
                return None;
            }
        };
        self.leftover(&section, title);
        let by = self.by(&section);
        let update = Update {
            id: self.id(&section),
            time: self.start.clone(),
            title: title.to_owned(),
            body: section.heading.end..end,
            is_key: section.classes.iter().any(|class| class == "key"),
            is_pinned: section.classes.iter().any(|class| class == "pinned"),
            by,
            heading: section.heading,
        };
        Some((clock, update))
    }

    fn report_mark(&mut self, section: &Section, mark: &str, message: String) -> &mut Diagnostic {
        let line = &self.source.text[section.heading.clone()];
        // It may be written otherwise, with an escape or another quotation mark.
        let place = match line.rfind(mark).map(|at| at + section.heading.start) {
            Some(at) => Place::Span(self.source.clone(), at..at + mark.len()),
            None => first_line(self.source, &section.heading),
        };
        let problem = Diagnostic::new(&codes::B015, place, message)
            .help("an update knows {.key}, {.pinned}, {by=author} and {#id}, in one pair of braces at the end");
        self.problems.push(problem);
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    /// Marks that were left over in the title: two pairs of braces, or none.
    fn leftover(&mut self, section: &Section, title: &str) {
        let last = title.rsplit(' ').next().unwrap_or_default();
        let bare = last.trim_matches(['(', ')', '{', '}']);
        let is_mark = matches!(bare, ".key" | ".pinned") || title.contains(['{', '}']);
        if is_mark {
            let mark = if title.contains('{') {
                &title[title.rfind('{').unwrap_or_default()..]
            } else {
                last
            };
            let mark = mark.to_owned();
            self.report_mark(section, &mark, format!("`{mark}` is not read as a mark"));
        }
    }

    /// The id that an update was given; empty if it was given none.
    fn id(&mut self, section: &Section) -> String {
        let Some(id) = section.id.clone() else { return String::new() };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let mark = format!("#{id}");
        if id.starts_with('_') || id.contains("--") || !id.chars().all(is_plain) {
            let better = slug::slugify(&id);
            let message = format!("`{id}` cannot be part of an address");
            let problem = self.report_mark(section, &mark, message);
            problem.label = "expected letters from a to z, digits and hyphens".into();
            if !better.is_empty() {
                problem.help.insert(0, format!("write {{#{better}}}"));
            }
        } else if !self.given.insert(id.clone()) {
            self.report_mark(section, &mark, format!("two updates have the id `{id}`"));
        }
        id
    }

    /// Who an update says it is by, and a report of what else it says and nobody understands.
    fn by(&mut self, section: &Section) -> Option<String> {
        for class in &section.classes {
            if !matches!(class.as_str(), "key" | "pinned") {
                let mark = format!(".{class}");
                self.unknown(section, &mark, &mark.to_ascii_lowercase());
            }
        }
        let mut author = None;
        for (name, value) in &section.attributes {
            match (name.as_str(), value.as_deref().unwrap_or_default()) {
                ("by", value) if value.starts_with(['"', '\'']) || value.is_empty() => {
                    let message = "`by=` needs the name of an author's file".to_owned();
                    let problem = self.report_mark(section, "by", message);
                    problem.help.insert(0, "write it in small letters, with hyphens and without quotation marks: {by=maud-pryce}".into());
                    return None;
                }
                ("by", _) if author.is_some() => {
                    let message = "an update has one author".to_owned();
                    self.report_mark(section, "by=", message);
                }
                ("by", value) => author = Some(value.to_owned()),
                ("author" | "authors", _) => self.unknown(section, name, "by="),
                _ => self.unknown(section, name, &format!(".{}", name.to_ascii_lowercase())),
            }
        }
        author
    }

    fn unknown(&mut self, section: &Section, mark: &str, like: &str) {
        let message = format!("updates have no mark `{mark}`");
        let near = crate::diagnostics::nearest(like, [".key", ".pinned", "by="]);
        let problem = self.report_mark(section, mark, message);
        if let Some(near) = near {
            problem.help.insert(0, format!("did you mean `{near}`?"));
        }
    }

    /// Gives each update its day, and sorts them: oldest first.
    fn in_order(&mut self, mut read: Vec<(Clock, Update)>) -> Vec<Update> {
        let clocks: Vec<Clock> = read.iter().map(|(clock, _)| *clock).collect();
        // One that is pinned may have been moved to the top of the file.
        let is_loose = |(_, update): &(Clock, Update)| update.is_pinned;
        let loose: Vec<bool> = read.iter().map(is_loose).collect();
        let none = vec![false; read.len()];
        let readings = [(&none, false), (&none, true), (&loose, false), (&loose, true)];
        let best = readings
            .into_iter()
            .map(|(loose, is_up)| Reading::new(&clocks, loose, is_up, self.start, self.zone))
            // Of equals the first: as it stands, from top to bottom.
            .min_by_key(Reading::cost);
        let Some(reading) = best else { return Vec::new() };
        for i in &reading.missing {
            let (clock, update) = &read[*i];
            let place = first_line(self.source, &update.heading);
            let message = format!("there is no {} in this night", clock.time.strftime("%H:%M"));
            self.problems
                .push(Diagnostic::new(&codes::B013, place, message).label("the clocks go forward"));
        }
        for i in reading.out_of_order.iter().filter(|_| reading.missing.is_empty()) {
            let (clock, update) = &read[*i];
            let time = &reading.times[*i];
            let (day, next) = (time.date(), time.date().tomorrow().unwrap_or(time.date()));
            let message = "this update stands out of order";
            let problem =
                Diagnostic::new(&codes::B014, first_line(self.source, &update.heading), message)
                    .label(format!("it is taken for one of {day}, and put into its place"));
            self.problems.push(match clock.date {
                Some(_) => problem.help("put it in its place in the file"),
                None => problem.help(format!(
                    "if it is of another day, write that: ## {next} {} ...",
                    time.strftime("%H:%M")
                )),
            });
        }
        for ((_, update), zoned) in read.iter_mut().zip(&reading.times) {
            update.time = Moment { zoned: zoned.clone(), has_time: true };
        }
        if reading.is_up {
            read.reverse();
        }
        let mut updates: Vec<Update> = read.into_iter().map(|(_, update)| update).collect();
        updates.sort_by_key(|update| update.time.timestamp());
        updates
    }
}

/// One way to understand the times of a file. Numbers are those of the updates in it, from the top.
struct Reading {
    is_up: bool,
    times: Vec<Zoned>,
    /// Which stand before the one in front of them.
    out_of_order: Vec<usize>,
    /// Which are of an hour that does not exist.
    missing: Vec<usize>,
    /// How many are before the coverage is said to begin.
    early: usize,
}

impl Reading {
    /// Gives each time its day: the first on which it is not before the one in front of it. Those that
    /// are loose stand anywhere, and are of the day of the newest.
    fn new(
        clocks: &[Clock],
        loose: &[bool],
        is_up: bool,
        start: &Moment,
        zone: &TimeZone,
    ) -> Reading {
        let begin = start.zoned.with_time_zone(zone.clone());
        let mut reading = Reading {
            is_up,
            times: vec![begin.clone(); clocks.len()],
            out_of_order: Vec::new(),
            missing: Vec::new(),
            early: 0,
        };
        let mut order: Vec<usize> = (0..clocks.len()).collect();
        if is_up {
            order.reverse();
        }
        let mut last: Option<Zoned> = None;
        for i in order.iter().copied().filter(|i| !loose[*i]) {
            let (time, is_late) = match (&last, clocks[i].date) {
                (last, Some(date)) => {
                    let not_before = last.as_ref().unwrap_or(&begin).timestamp();
                    let time = at(date, clocks[i].time, zone, not_before);
                    let is_late = last.as_ref().is_some_and(|last| time < *last);
                    (time, is_late)
                }
                (None, None) => (first(&begin, start.has_time, clocks[i].time, zone), false),
                (Some(last), None) => after(last, clocks[i].time, zone),
            };
            if is_late {
                reading.out_of_order.push(i);
            } else {
                last = Some(time.clone());
            }
            reading.times[i] = time;
        }
        let newest = last.unwrap_or(begin.clone());
        for i in order.into_iter().filter(|i| loose[*i]) {
            let day = clocks[i].date.unwrap_or_else(|| newest.date());
            let time = at(day, clocks[i].time, zone, begin.timestamp());
            let is_ahead = clocks[i].date.is_none() && time > newest;
            let before = newest.date().yesterday().ok().filter(|_| is_ahead);
            let before = before.map(|day| at(day, clocks[i].time, zone, begin.timestamp()));
            reading.times[i] = before.filter(|before| *before >= begin).unwrap_or(time);
        }
        let is_missing = |i: &usize| {
            let civil = reading.times[*i].date().to_datetime(clocks[*i].time);
            matches!(zone.to_ambiguous_zoned(civil).offset(), AmbiguousOffset::Gap { .. })
        };
        reading.missing = (0..clocks.len()).filter(is_missing).collect();
        reading.early =
            reading.times.iter().filter(|time| start.has_time && **time < begin).count();
        reading
    }

    /// Less is better: what is in order, what is not before its beginning, and then what is over soonest.
    fn cost(&self) -> (usize, usize, Option<Timestamp>) {
        let end = self.times.iter().map(Zoned::timestamp).max();
        (self.out_of_order.len(), self.early, end)
    }
}

/// A time of day on a day; of an hour that comes twice, the one that is not before a moment.
fn at(date: Date, time: Time, zone: &TimeZone, not_before: Timestamp) -> Zoned {
    let ambiguous = zone.to_ambiguous_zoned(date.to_datetime(time));
    let first = ambiguous.clone().compatible();
    match (first, ambiguous.later()) {
        (Ok(first), Ok(again))
            if first.timestamp() < not_before && first.date() == again.date() =>
        {
            again
        }
        (Ok(first), _) => first,
        (Err(_), _) => Timestamp::MAX.to_zoned(zone.clone()),
    }
}

/// The first update: on the day of the beginning, unless it would be long before it.
fn first(begin: &Zoned, has_time: bool, time: Time, zone: &TimeZone) -> Zoned {
    let same_day = at(begin.date(), time, zone, begin.timestamp());
    let is_near = !has_time || same_day.duration_until(begin) <= EARLY;
    match begin.date().tomorrow() {
        Ok(next) if !is_near => at(next, time, zone, begin.timestamp()),
        _ => same_day,
    }
}

/// The first moment with this time of day that is not before another, unless it is that one's day and a
/// little earlier: then whether it is late.
fn after(last: &Zoned, time: Time, zone: &TimeZone) -> (Zoned, bool) {
    let same_day = at(last.date(), time, zone, last.timestamp());
    if same_day >= *last {
        return (same_day, false);
    }
    if same_day.duration_until(last) < OUT_OF_ORDER {
        return (same_day, true);
    }
    match last.date().tomorrow() {
        Ok(next) => (at(next, time, zone, last.timestamp()), false),
        Err(_) => (same_day, true),
    }
}

/// Gives each update that has no id one, made of its time; of those of one minute the later ones a
/// number.
fn name(updates: &mut [Update]) {
    let mut taken: HashSet<String> = updates.iter().map(|update| update.id.clone()).collect();
    // The number that was given last in each minute.
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for update in updates.iter_mut().filter(|update| update.id.is_empty()) {
        let wanted = update.time.zoned.strftime("at-%Y-%m-%d-%H%M").to_string();
        let mut id = wanted.clone();
        let number = numbers.entry(wanted.clone()).or_insert(1);
        while !taken.insert(id.clone()) {
            *number += 1;
            id = format!("{wanted}-{number}");
        }
        update.id = id;
    }
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
        let source = Arc::new(Source::new("content/live/x.md", text));
        let outline = markdown::outline(text, 0, STYLE);
        let mut problems = Vec::new();
        let live = updates(&source, &(0..text.len()), outline, &start, &zone, &mut problems);
        (live.updates, problems)
    }

    /// The days and times of updates with these headings, oldest first.
    #[track_caller]
    fn times(date: &str, headings: &[&str]) -> Vec<String> {
        let text: String =
            headings.iter().map(|heading| format!("## {heading}\n\nText.\n\n")).collect();
        let (updates, problems) = read(date, &text);
        assert!(problems.is_empty(), "{problems:?}");
        updates.iter().map(|update| update.time.zoned.strftime("%d %H:%M").to_string()).collect()
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
    fn an_update_may_be_before_the_coverage() {
        assert_eq!(times("2024-07-30 14:00", &["13:58 a", "14:05 b"]), ["30 13:58", "30 14:05"]);
        assert_eq!(times("2024-07-30 21:45", &["18:30 a", "22:05 b"]), ["30 18:30", "30 22:05"]);
        assert_eq!(times("2024-07-30 00:00", &["22:24 a"]), ["30 22:24"]);
        // The date was written down in the middle of the match.
        let up = ["21:00 d", "20:00 c", "19:30 b", "18:50 a"];
        assert_eq!(times("2024-07-30 22:00", &up)[0], "30 18:50");
    }

    #[test]
    fn a_pinned_update_stands_where_it_was_put() {
        let up = ["08:00 p {.pinned}", "15:30 c", "15:20 b", "14:50 a"];
        let expected = ["30 08:00", "30 14:50", "30 15:20", "30 15:30"];
        assert_eq!(times("2024-07-30 08:00", &up), expected);
        let down = ["14:50 a", "15:20 b {.pinned}", "15:30 c"];
        assert_eq!(times("2024-07-30 14:45", &down), expected[1..]);
    }

    #[test]
    fn the_order_of_a_night_does_not_turn_when_there_is_more() {
        let two = times("2024-07-30 13:00", &["10:00 b", "18:00 a"]);
        assert_eq!(two, ["30 18:00", "31 10:00"]);
        let three = times("2024-07-30 13:00", &["11:00 c", "10:00 b", "18:00 a"]);
        assert_eq!(three[..2], two);
    }

    #[test]
    fn an_hour_that_is_left_out_is_told() {
        let (_, problems) = read("2024-03-31 01:30", "## 01:50 a\n\n## 02:10 b\n\n## 03:05 c\n");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].message.contains("no 02:10"));
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
        let offsets: Vec<_> = updates.iter().map(|update| update.time.iso()).collect();
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
        let titles: Vec<_> = updates.iter().map(|update| update.title.as_str()).collect();
        assert_eq!(titles, ["a", "c", "b", "d"]);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].code.id, "B014");
    }

    #[test]
    fn two_updates_of_a_minute_have_names_of_their_own() {
        let (updates, _) =
            read("2024-07-30 14:00", "## 14:05 a\n\n## 14:05 b\n\n## 14:06 c {#end}\n");
        let ids: Vec<_> = updates.iter().map(|update| update.id.as_str()).collect();
        assert_eq!(ids, ["at-2024-07-30-1405", "at-2024-07-30-1405-2", "end"]);
    }

    #[test]
    fn marks_are_read_and_unknown_ones_told() {
        let (updates, problems) = read(
            "2024-07-30 14:00",
            "## 14:05 a {.key .pinned by=maud-pryce}\n\n## 14:06 Plain-dance\n",
        );
        assert!(updates[0].is_key && updates[0].is_pinned);
        assert_eq!(updates[0].by.as_deref(), Some("maud-pryce"));
        assert!(problems.is_empty(), "{problems:?}");
        for (marks, help) in [
            ("{.kye}", "did you mean `.key`?"),
            ("{.KEY}", "did you mean `.key`?"),
            ("{key}", "did you mean `.key`?"),
            ("{author=x}", "did you mean `by=`?"),
            ("{by=}", "{by=maud-pryce}"),
            ("{by=\"Maud Pryce\"}", "{by=maud-pryce}"),
            ("{by=a by=b}", "in one pair of braces"),
            ("{.key} {.pinned}", "in one pair of braces"),
            ("{.key} and more", "in one pair of braces"),
            ("{.key", "in one pair of braces"),
            ("(.key)", "in one pair of braces"),
            ("{#a\"b}", "write {#a-b}"),
            ("{#_x}", "write {#x}"),
        ] {
            let (_, problems) = read("2024-07-30 14:00", &format!("## 14:05 a {marks}\n"));
            assert!(!problems.is_empty(), "{marks}");
            assert!(
                problems.iter().all(|problem| problem.code.id == "B015"),
                "{marks}: {problems:?}"
            );
            let helps = problems.iter().flat_map(|problem| &problem.help);
            assert!(helps.into_iter().any(|given| given.contains(help)), "{marks}: {problems:?}");
        }
        let twice = read("2024-07-30 14:00", "## 14:05 a {#x}\n\n## 14:06 b {#x}\n").1;
        assert_eq!(twice.len(), 1);
    }

    #[test]
    fn what_only_looks_like_an_update_is_told() {
        for text in [
            "## 14:05 a\n\n##14:06 b\n",
            "## 14:05 a\n\n### 14:06 b\n",
            "## 14:05 a\n\n    ## 14:06 b\n",
            "## 14:05 a\n\n```\n\n## 14:06 b\n",
            "## 14:05 a\n\n<!-- note\n\n## 14:06 b\n",
        ] {
            let (_, problems) = read("2024-07-30 14:00", text);
            let codes: Vec<_> = problems.iter().map(|problem| problem.code.id).collect();
            assert_eq!(codes, ["B016"], "{text}");
        }
        assert!(read("2024-07-30 14:00", "## 14:05 a\n\n`## 14:06` and #14\n").1.is_empty());
        let (_, problems) = read("2024-07-30 14:00", "## 14:05 [a](b.md)\n");
        assert_eq!(problems[0].code.id, "B017");
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
        assert_eq!(wrong("14:05:30 Title"), form("14:05:30", "14:05"));
        assert_eq!(wrong("14:05Title"), form("14:05Title", "14:05"));
        assert_eq!(wrong("14:05-Title"), form("14:05-Title", "14:05"));
        assert_eq!(wrong("14h Title"), form("14h", "14:00"));
        assert_eq!(wrong("25:10 Title"), Wrong::Impossible("25:10".into()));
        assert_eq!(wrong("100 metres"), Wrong::Form("100".into(), None));
        assert_eq!(wrong("Background"), Wrong::Missing);
        assert_eq!(wrong("2024-02-30 10:00 Title"), Wrong::Impossible("2024-02-30".into()));
        assert_eq!(clock("9:05 — Title").unwrap().1, "Title");
        assert_eq!(clock("14:05: Title").unwrap().1, "Title");
        assert_eq!(clock("14:05").unwrap().1, "");
        assert_eq!(clock("14:05 -7 and leads").unwrap().1, "-7 and leads");
        assert_eq!(clock("11:05 Am Start").unwrap().1, "Am Start");
        assert_eq!(clock("14:06 PM Macron").unwrap().1, "PM Macron");
    }

    #[test]
    fn full_pages_of_older_updates_stay_as_they_are() {
        let of = |count: usize| {
            let text: String =
                (0..count).map(|i| format!("## {:02}:{:02} x\n\n", i / 60, i % 60)).collect();
            let updates = read("2024-07-30", &text).0;
            Live { ended_at: None, opening: 0..0, updates, definitions: Default::default() }
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
