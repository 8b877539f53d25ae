//! An athlete: content/athletes/.

use serde::Deserialize;

use super::event::Gender;
use super::image::ImageFront;
use super::reader::{DocumentReader, list, optional};
use super::waiver::WaiverFront;
use super::{File, Waiver};
use crate::parse::front_matter::{Extra, List, Text};

/// A person who competes.
#[derive(Debug)]
pub struct Athlete {
    /// Where it is.
    pub file: File,
    /// As the house prints it.
    pub name: String,
    /// Code or name of the nation.
    pub nation: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Family name.
    pub family: Option<String>,
    /// Given name.
    pub given: Option<String>,
    /// The results system's code.
    pub code: Option<String>,
    /// Whom the athlete competes with.
    pub gender: Option<Gender>,
    /// What the athlete has entered: `sport/event`, or codes of the results system, not all of
    /// which need be those of events here.
    pub entries: Vec<String>,
    /// The last part of the address, if it was given.
    pub slug: Option<String>,
    /// Findings of the checks that are not to be told, and why.
    pub fact_ok: Vec<Waiver>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AthleteFront {
    #[serde(alias = "title")]
    name: Option<Text>,
    nation: Option<Text>,
    aliases: Option<List<Text>>,
    family: Option<Text>,
    given: Option<Text>,
    code: Option<Text>,
    gender: Option<Gender>,
    entries: Option<List<Text>>,
    image: Option<ImageFront>,
    slug: Option<Text>,
    fact_ok: Option<List<WaiverFront>>,
    extra: Option<Extra>,
}

impl DocumentReader<'_> {
    pub(super) fn athlete(&mut self, mut file: File) -> Option<Athlete> {
        let front: AthleteFront = self.front(&file)?;
        file.image = self.image(&file, front.image);
        let slug = front.slug.as_ref().map(|text| self.slug(&file, Some(text), ""));
        let name = self.required(&file, "name", front.name);
        if slug.is_none() && !name.is_empty() {
            self.slug(&file, None, &name);
        }
        Some(Athlete {
            name,
            nation: self.required(&file, "nation", front.nation),
            aliases: list(front.aliases),
            family: optional(front.family),
            given: optional(front.given),
            code: optional(front.code),
            gender: front.gender,
            entries: list(front.entries),
            slug,
            fact_ok: self.waivers(&file, front.fact_ok),
            extra: front.extra.unwrap_or_default().0.into(),
            file,
        })
    }
}
