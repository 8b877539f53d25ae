//! What stands on the schedule and gives no medals: content/schedule/.

use serde::Deserialize;

use super::File;
use super::image::ImageFront;
use super::reader::{DocumentReader, name, optional};
use super::session::{Session, SessionFront};
use crate::parse::front_matter::{Extra, List, Text};

/// Something on the schedule that gives no medals: a ceremony, a qualification for several events.
#[derive(Debug)]
pub struct NonMedalEvent {
    /// Where it is.
    pub file: File,
    /// Name of the file.
    pub slug: String,
    /// Such as "Opening ceremony".
    pub title: String,
    /// Of which sport, if of one.
    pub sport: Option<String>,
    /// Name of the place.
    pub venue: Option<String>,
    /// In the order of the file.
    pub sessions: Vec<Session>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NonMedalEventFront {
    title: Option<Text>,
    sport: Option<Text>,
    venue: Option<Text>,
    sessions: Option<List<SessionFront>>,
    image: Option<ImageFront>,
    aliases: Option<List<Text>>,
    extra: Option<Extra>,
}

impl DocumentReader<'_> {
    pub(super) fn non_medal_event(&mut self, mut file: File) -> Option<NonMedalEvent> {
        let front: NonMedalEventFront = self.front(&file)?;
        file.image = self.image(&file, front.image);
        file.aliases = self.aliases(&file, front.aliases);
        let name = name(&file.path).to_owned();
        Some(NonMedalEvent {
            slug: self.slug(&file, None, &name),
            title: self.required(&file, "title", front.title),
            sport: optional(front.sport),
            venue: optional(front.venue),
            sessions: self.sessions(&file, front.sessions),
            extra: front.extra.unwrap_or_default().0.into(),
            file,
        })
    }
}
