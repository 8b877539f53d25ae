//! Prose: the texts of a document, each with the way back to its place.

use std::borrow::Cow;
use std::ops::Range;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::assemble::{DocumentId, Site};
use crate::diagnostics::Place;
use crate::markdown::prose::{self, Mention, Passage, Reading, Role};
use crate::parse::documents::{Athlete, File, Image, Waiver};
use crate::parse::live::Live;
use crate::pictures::metadata::Metadata;
use crate::web::url;

/// A document that says something, and what it is about.
pub struct Prose<'a> {
    pub file: &'a File,
    /// What it is in the site.
    pub id: DocumentId,
    /// Its texts, in the order in which readers meet them.
    pub texts: Vec<Text<'a>>,
    /// Events that it names; those of its title where it is one's own file.
    pub events: Vec<usize>,
    /// Athletes that it names.
    pub athletes: Vec<usize>,
    /// Nations that it names.
    pub nations: Vec<usize>,
    /// When it was written, or last changed.
    pub date: Option<Timestamp>,
    /// Findings that its author answers for.
    pub waivers: &'a [Waiver],
    /// The pictures in its text.
    pub pictures: Vec<Mention>,
}

impl<'a> Prose<'a> {
    /// What a document says; of nations, sports, venues, authors and what gives no medals only the pictures
    /// are read. Nothing if a thing has no document.
    pub fn new(site: &'a Site, id: DocumentId) -> Option<Prose<'a>> {
        Some(match id {
            DocumentId::Story(i) => story(site, i),
            DocumentId::Event(i) => event(site, i),
            DocumentId::Athlete(i) => athlete(site, site.athletes[i].doc.as_deref()?, i),
            DocumentId::Issue(i) => issue(site, i),
            DocumentId::Page(i) => page(site, i),
            DocumentId::NonMedalEvent(_)
            | DocumentId::Nation(_)
            | DocumentId::Sport(_)
            | DocumentId::Venue(_)
            | DocumentId::Author(_) => {
                let file = site.file_of(id)?;
                Prose::silent(file, id, prose::pictures(file.markdown(), file.body.start))
            }
        })
    }

    /// A document that says nothing.
    fn silent(file: &'a File, id: DocumentId, pictures: Vec<Mention>) -> Prose<'a> {
        Prose {
            file,
            id,
            texts: Vec::new(),
            events: Vec::new(),
            athletes: Vec::new(),
            nations: Vec::new(),
            date: None,
            waivers: &[],
            pictures,
        }
    }
}

/// What a text is to its readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// Headline.
    Title,
    /// The sentence under the headline.
    Standfirst,
    /// A sentence above the text that says what matters most.
    KeyPoint,
    /// The words under a picture.
    Caption,
    /// The words instead of a picture.
    Alternative,
    /// What a picture's own file says of it, whoever wrote that, whether readers see it or not.
    FileCaption,
    /// The text itself.
    Body,
    /// Somebody else's words, set apart.
    Quotation,
}

impl TextKind {
    /// Whether it is read by itself, before or without the body.
    pub fn stands_alone(self) -> bool {
        !matches!(self, TextKind::Body | TextKind::Quotation)
    }
}

/// A text with its place.
pub struct Text<'a> {
    /// What it is.
    pub kind: TextKind,
    pub words: Cow<'a, str>,
    /// When it was written, where that is told: the time in the heading of an update.
    pub at: Option<Timestamp>,
    from: From,
}

enum From {
    /// A value of the front matter.
    Key(Cow<'static, str>),
    /// A file that this place of the document names.
    File(Range<usize>),
    /// A part of the Markdown.
    Body(Passage),
}

impl Text<'_> {
    /// Where a part of the words is in the file.
    pub fn place(&self, file: &File, part: &Range<usize>) -> Place {
        match &self.from {
            From::Body(passage) => Place::Span(file.source.clone(), passage.place(part)),
            From::File(span) => Place::Span(file.source.clone(), span.clone()),
            From::Key(key) => match file.place(key) {
                Place::Span(source, span) => {
                    let written = &source.text[span.clone()];
                    let wanted = &self.words[part.clone()];
                    // The value may be folded or have escapes: then the whole of it is marked.
                    let before = self.words[..part.start].matches(wanted).count();
                    let found = written.match_indices(wanted).nth(before);
                    let place = found.map(|(i, _)| span.start + i..span.start + i + wanted.len());
                    Place::Span(source, place.unwrap_or(span))
                }
                other => other,
            },
        }
    }
}

/// What a story says.
fn story(site: &Site, i: usize) -> Prose<'_> {
    let node = &site.stories[i];
    let doc = &node.doc;
    let mut texts = vec![key(TextKind::Title, "title", &doc.title)];
    texts.extend(doc.standfirst.as_deref().map(|it| key(TextKind::Standfirst, "standfirst", it)));
    let points = doc.key_points.iter().enumerate();
    texts.extend(
        points.map(|(i, point)| key(TextKind::KeyPoint, format!("key_points[{i}]"), point)),
    );
    texts.extend(image(doc.file.image.as_ref()));
    // A day without an hour: its updates are near its noon.
    let noon = jiff::SignedDuration::from_hours(if doc.date.has_time { 0 } else { 12 });
    let near = doc.date.timestamp().checked_add(noon).unwrap_or(doc.date.timestamp());
    let (said, pictures) = match &doc.file.live {
        Some(live) => updates(&doc.file, live),
        None => body(&doc.file, Some((near, &site.config.time_zone))),
    };
    texts.extend(said);
    texts.extend(of_files(site, &doc.file, &pictures));
    let date = doc.last_changed();
    // A day without an hour is over before all of it is known.
    let date = match date.has_time {
        true => date.timestamp(),
        false => date
            .timestamp()
            .checked_add(jiff::SignedDuration::from_hours(24))
            .unwrap_or(date.timestamp()),
    };
    Prose {
        file: &doc.file,
        id: DocumentId::Story(i),
        texts,
        events: node.events.clone(),
        athletes: node.athletes.clone(),
        nations: node.nations.clone(),
        date: Some(date),
        waivers: &doc.fact_ok,
        pictures,
    }
}

/// What the file of an event says: of itself.
fn event(site: &Site, i: usize) -> Prose<'_> {
    let doc = &site.events[i].doc;
    let (said, pictures) = body(&doc.file, None);
    let said = image(doc.file.image.as_ref()).chain(said);
    let texts = said.chain(of_files(site, &doc.file, &pictures)).collect();
    let events = vec![i];
    let waivers = &doc.fact_ok;
    Prose { texts, events, waivers, ..Prose::silent(&doc.file, DocumentId::Event(i), pictures) }
}

/// What an athlete's file says.
fn athlete<'s>(site: &'s Site, doc: &'s Athlete, i: usize) -> Prose<'s> {
    let (said, pictures) = body(&doc.file, None);
    let said = image(doc.file.image.as_ref()).chain(said);
    let texts = said.chain(of_files(site, &doc.file, &pictures)).collect();
    let athletes = vec![i];
    let waivers = &doc.fact_ok;
    Prose { texts, athletes, waivers, ..Prose::silent(&doc.file, DocumentId::Athlete(i), pictures) }
}

/// What an issue of the magazine says.
fn issue(site: &Site, i: usize) -> Prose<'_> {
    let doc = &site.issues[i].doc;
    let mut texts = vec![key(TextKind::Title, "title", &doc.title)];
    let standfirst = doc.standfirst.as_deref();
    texts.extend(standfirst.map(|text| key(TextKind::Standfirst, "standfirst", text)));
    let date = doc.date.timestamp();
    let (said, pictures) = body(&doc.file, Some((date, &site.config.time_zone)));
    texts.extend(image(doc.file.image.as_ref()).chain(said));
    texts.extend(of_files(site, &doc.file, &pictures));
    let id = DocumentId::Issue(i);
    let waivers = &doc.fact_ok;
    Prose { texts, date: Some(date), waivers, ..Prose::silent(&doc.file, id, pictures) }
}

/// What a plain page says.
fn page(site: &Site, i: usize) -> Prose<'_> {
    let doc = &site.pages[i];
    let mut texts = vec![key(TextKind::Title, "title", &doc.title)];
    let standfirst = doc.standfirst.as_deref();
    texts.extend(standfirst.map(|text| key(TextKind::Standfirst, "standfirst", text)));
    let date = doc.updated.as_ref().map(|updated| updated.timestamp());
    let day = date.map(|date| (date, &site.config.time_zone));
    let (said, pictures) = body(&doc.file, day);
    texts.extend(image(doc.file.image.as_ref()).chain(said));
    texts.extend(of_files(site, &doc.file, &pictures));
    let waivers = &doc.fact_ok;
    Prose { texts, date, waivers, ..Prose::silent(&doc.file, DocumentId::Page(i), pictures) }
}

fn key<'a>(kind: TextKind, key: impl Into<Cow<'static, str>>, words: &'a str) -> Text<'a> {
    Text { kind, words: Cow::Borrowed(words), at: None, from: From::Key(key.into()) }
}

fn image(image: Option<&Image>) -> impl Iterator<Item = Text<'_>> {
    let image = image.into_iter();
    image.flat_map(|image| {
        let alt = Some(image.alt()).filter(|alt| !alt.is_empty());
        let alt = alt.map(|alt| key(TextKind::Alternative, "image.alt", alt));
        alt.into_iter().chain(image.caption().map(|it| key(TextKind::Caption, "image.caption", it)))
    })
}

/// The captions in the files of a document's pictures, where it has none of its own. Each is of the time of its
/// picture.
fn of_files<'s>(site: &'s Site, file: &'s File, pictures: &[Mention]) -> Vec<Text<'s>> {
    let has_words = |caption: Option<&str>| caption.is_some_and(|text| !text.trim().is_empty());
    let own = file.image.as_ref().filter(|image| !has_words(image.caption()));
    let own = own.and_then(|_| match file.place("image.src") {
        Place::Span(_, span) => Some((site.picture(file)?.metadata?, span)),
        Place::File(_) | Place::Site => None,
    });
    let silent = pictures.iter().filter(|mention| !has_words(Some(&mention.caption)));
    let in_text = silent.filter_map(|mention| {
        let asset = &site.assets[site.asset(file, &url::decode(&mention.src)).ok()?];
        Some((&asset.picture.as_ref()?.raster.metadata, mention.span.clone()))
    });
    let text = |(metadata, span): (&'s Metadata, Range<usize>)| {
        let words = metadata.caption.as_deref()?;
        let taken = metadata.taken.and_then(|taken| taken.latest(&site.config.time_zone));
        let kind = TextKind::FileCaption;
        Some(Text { kind, words: Cow::Borrowed(words), at: taken, from: From::File(span) })
    };
    own.into_iter().chain(in_text).filter_map(text).collect()
}

/// The texts of a live blog, each with the time of its update.
fn updates<'a>(file: &'a File, live: &Live) -> (Vec<Text<'a>>, Vec<Mention>) {
    let (mut texts, pictures) = body(file, None);
    // In the order of the file, to be looked up.
    let mut updates: Vec<_> =
        live.updates.iter().map(|update| (update.heading.start, &update.time)).collect();
    updates.sort_unstable_by_key(|(start, _)| *start);
    for text in &mut texts {
        let From::Body(passage) = &text.from else { continue };
        let place = passage.place(&(0..text.words.len())).start;
        let after = updates.partition_point(|(start, _)| *start <= place);
        let update = after.checked_sub(1).and_then(|i| updates.get(i));
        text.at = update.map(|(_, time)| time.timestamp());
    }
    (texts, pictures)
}

/// The texts of a body. In a story of updates, those under a heading such as "14:05 Gold" are of that time:
/// on the day of the story, or the next if the clock has gone back.
fn body<'a>(file: &'a File, from: Option<(Timestamp, &TimeZone)>) -> (Vec<Text<'a>>, Vec<Mention>) {
    let Reading { passages, pictures } = prose::read(file.markdown(), file.body.start);
    let mut at = None;
    let mut last = from;
    let mut texts = Vec::new();
    for mut passage in passages {
        let mut kind = match passage.role {
            Role::Heading | Role::Words => TextKind::Body,
            Role::Caption => TextKind::Caption,
            Role::Alternative => TextKind::Alternative,
            Role::Quotation => TextKind::Quotation,
        };
        if passage.role == Role::Heading {
            let clock = clock(&passage.text);
            if let Some((before, zone)) = last {
                at = clock.and_then(|(hour, minute)| time(before, zone, hour, minute));
                last = at.map(|at| (at, zone)).or(last);
            }
            if clock.is_some() {
                // What stands behind the time is a headline.
                let time = passage.text.split_whitespace().next().map_or(0, str::len);
                let title = passage.text[time..].trim_start().len();
                passage.skip(passage.text.len() - title);
                kind = TextKind::Title;
            }
        }
        texts.push(Text {
            kind,
            words: passage.text.clone().into(),
            at,
            from: From::Body(passage),
        });
    }
    (texts, pictures)
}

/// "14:05" or "14.05" at the beginning of a heading.
fn clock(heading: &str) -> Option<(i8, i8)> {
    let first = heading.split_whitespace().next()?;
    let (hour, minute) = first.split_once([':', '.'])?;
    let is_time = hour.len() <= 2 && minute.len() == 2;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (is_time && (0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

/// That time of day, on the day of a moment. Updates stand in either order; one that seems to be half a day
/// away is of the day before or after.
fn time(near: Timestamp, zone: &TimeZone, hour: i8, minute: i8) -> Option<Timestamp> {
    let day = near.to_zoned(zone.clone()).date();
    let at = day.at(hour, minute, 0, 0).to_zoned(zone.clone()).ok()?.timestamp();
    let apart = at.duration_since(near);
    let half = jiff::SignedDuration::from_hours(12);
    let whole = jiff::SignedDuration::from_hours(24);
    if apart > half {
        at.checked_sub(whole).ok()
    } else if apart < -half {
        at.checked_add(whole).ok()
    } else {
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_is_of_the_day_that_is_near() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let near = at("2024-08-01T23:50:00Z");
        assert_eq!(time(near, &TimeZone::UTC, 0, 10), Some(at("2024-08-02T00:10:00Z")));
        assert_eq!(time(near, &TimeZone::UTC, 22, 0), Some(at("2024-08-01T22:00:00Z")));
        assert_eq!(clock("14:05 Gold for Ho"), Some((14, 5)));
        assert_eq!(clock("2024 in figures"), None);
        assert_eq!(clock("25:99"), None);
    }
}
