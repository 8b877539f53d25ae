//! The kinds of document, and how front matter becomes one: a file each.
//!
//! For each kind there are two types: what the YAML says (`StoryFront`) and what it means once
//! dates are read and required keys are there (`Story`).

mod athlete;
pub mod cells;
mod event;
mod image;
mod issue;
mod nation;
mod non_medal_event;
mod page;
mod profile;
mod reader;
pub mod results;
mod session;
mod story;
mod waiver;

use std::ops::Range;
use std::sync::Arc;
use std::sync::OnceLock;

use super::assets::Asset;
use super::front_matter::{self, Split};
use super::live::Live;
use super::outline::Outline;
use crate::config::Config;
use crate::diagnostics::{Diagnostic, Place, Source};
pub use athlete::Athlete;
pub use event::{Change, Event, Gender, Status, Winner};
pub use image::Image;
pub use issue::Issue;
pub use nation::Nation;
pub use non_medal_event::NonMedalEvent;
pub use page::Page;
pub use profile::Profile;
use reader::DocumentReader;
pub use results::{Entry, EventResults, Unit, UnitStatus};
pub use session::{Session, SessionStatus};
pub use story::{Correction, Story};
pub use waiver::Waiver;

/// A file of content/, by what its first folder makes it.
#[derive(Clone, Debug)]
pub enum Document {
    /// stories/ and live/
    Story(Arc<Story>),
    /// events/SPORT/
    Event(Arc<Event>),
    /// The results of one: events/SPORT/EVENT.results.csv
    Results(Arc<EventResults>),
    /// schedule/
    NonMedalEvent(Arc<NonMedalEvent>),
    /// athletes/
    Athlete(Arc<Athlete>),
    /// nations/
    Nation(Arc<Nation>),
    /// sports/
    Sport(Arc<Profile>),
    /// venues/
    Venue(Arc<Profile>),
    /// authors/
    Author(Arc<Profile>),
    /// issues/
    Issue(Arc<Issue>),
    /// Any other Markdown.
    Page(Arc<Page>),
    /// Anything that is not Markdown.
    Asset(Arc<Asset>),
}

impl Document {
    /// Its path from content/.
    pub fn path(&self) -> &str {
        match self {
            Document::Asset(asset) => &asset.path,
            Document::Results(results) => &results.asset.path,
            document => document.file().map_or("", |file| &file.path),
        }
    }

    /// What it has in common with documents of other kinds. Nothing if it is not Markdown.
    pub fn file(&self) -> Option<&File> {
        Some(match self {
            Document::Story(story) => &story.file,
            Document::Event(event) => &event.file,
            Document::NonMedalEvent(event) => &event.file,
            Document::Athlete(athlete) => &athlete.file,
            Document::Nation(nation) => &nation.file,
            Document::Sport(profile) | Document::Venue(profile) | Document::Author(profile) => {
                &profile.file
            }
            Document::Issue(issue) => &issue.file,
            Document::Page(page) => &page.file,
            Document::Results(_) | Document::Asset(_) => return None,
        })
    }
}

/// What every Markdown file has, whatever its kind.
#[derive(Debug)]
pub struct File {
    /// Path from content/.
    pub path: String,
    /// The whole text.
    pub source: Arc<Source>,
    /// Its YAML.
    pub front: Range<usize>,
    /// Its Markdown.
    pub body: Range<usize>,
    /// Whether HTML tags are published as they are, if this file says so.
    pub raw_html: Option<bool>,
    /// Its picture; of a story the lead picture, of an athlete the portrait.
    pub image: Option<Image>,
    /// Its updates, if it is a live blog.
    pub live: Option<Live>,
    /// Old addresses of its page, such as `/old/address/`.
    pub aliases: Vec<String>,
    outline: OnceLock<Outline>,
    /// Ids of the headings of the body, once somebody asked for one.
    pub anchors: OnceLock<Vec<String>>,
}

impl File {
    pub fn markdown(&self) -> &str {
        &self.source.text[self.body.clone()]
    }

    /// The folder of the file, from content/; empty or ending in a slash.
    pub fn folder(&self) -> &str {
        &self.path[..self.path.rfind('/').map_or(0, |i| i + 1)]
    }

    /// Where a value of the front matter is, such as `podium.gold[0].nation`.
    pub fn place(&self, path: &str) -> Place {
        let outline = self
            .outline
            .get_or_init(|| Outline::read(&self.source.text[self.front.clone()], self.front.start));
        match outline.value(path) {
            Some(span) => Place::Span(self.source.clone(), span),
            None => Place::File(self.source.path.clone()),
        }
    }
}

/// Turns a Markdown file into a document, as far as it can be read. `path` is from content/.
pub fn read(
    path: &str,
    source: Arc<Source>,
    config: &Config,
) -> (Option<Document>, Vec<Diagnostic>) {
    let Split { front, body } = match front_matter::split(&source) {
        Ok(split) => split,
        Err(problem) => return (None, vec![*problem]),
    };
    let file = File {
        path: path.to_owned(),
        source,
        front,
        body,
        raw_html: None,
        image: None,
        live: None,
        aliases: Vec::new(),
        outline: OnceLock::new(),
        anchors: OnceLock::new(),
    };
    let mut reader =
        DocumentReader { config, zone: &config.time_zone, problems: Vec::new(), told: Vec::new() };
    let document = match path.split_once('/') {
        Some(("stories" | "live", _)) => {
            reader.story(file).map(|story| Document::Story(Arc::new(story)))
        }
        Some(("events", _)) => reader.event(file).map(|event| Document::Event(Arc::new(event))),
        Some(("schedule", _)) => {
            reader.non_medal_event(file).map(|event| Document::NonMedalEvent(Arc::new(event)))
        }
        Some(("athletes", _)) => {
            reader.athlete(file).map(|athlete| Document::Athlete(Arc::new(athlete)))
        }
        Some(("nations", _)) => {
            reader.nation(file).map(|nation| Document::Nation(Arc::new(nation)))
        }
        Some(("sports", _)) => reader.profile(file).map(|sport| Document::Sport(Arc::new(sport))),
        Some(("venues", _)) => reader.profile(file).map(|venue| Document::Venue(Arc::new(venue))),
        Some(("authors", _)) => {
            reader.profile(file).map(|author| Document::Author(Arc::new(author)))
        }
        Some(("issues", _)) => reader.issue(file).map(|issue| Document::Issue(Arc::new(issue))),
        _ => reader.page(file).map(|page| Document::Page(Arc::new(page))),
    };
    (document, reader.problems)
}
