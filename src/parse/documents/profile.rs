//! A sport, a venue or an author: content/sports/, content/venues/ and content/authors/.

use jiff::tz::TimeZone;
use serde::Deserialize;

use super::File;
use super::image::ImageFront;
use super::reader::{DocumentReader, list, name, optional};
use crate::diagnostics::codes;
use crate::parse::front_matter::{Extra, List, Text};

/// A sport, a venue or an author: a name and a text.
#[derive(Debug)]
pub struct Profile {
    /// Where it is.
    pub file: File,
    /// The last part of the address: the name of the file.
    pub slug: String,
    /// As the house prints it.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// An author's work.
    pub role: Option<String>,
    /// Whether an author is an agency and no person, if this file says so.
    pub agency: Option<bool>,
    /// A venue's town.
    pub city: Option<String>,
    /// A venue's own time zone, where it is not the site's.
    pub time_zone: Option<TimeZone>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFront {
    #[serde(alias = "title")]
    name: Option<Text>,
    aliases: Option<List<Text>>,
    role: Option<Text>,
    agency: Option<bool>,
    city: Option<Text>,
    time_zone: Option<Text>,
    image: Option<ImageFront>,
    extra: Option<Extra>,
}

impl DocumentReader<'_> {
    pub(super) fn profile(&mut self, mut file: File) -> Option<Profile> {
        let front: ProfileFront = self.front(&file)?;
        file.image = self.image(&file, front.image);
        let name = name(&file.path).to_owned();
        Some(Profile {
            slug: self.slug(&file, None, &name),
            name: self.required(&file, "name", front.name),
            aliases: list(front.aliases),
            role: optional(front.role),
            agency: front.agency,
            city: optional(front.city),
            time_zone: self.time_zone(&file, front.time_zone),
            extra: front.extra.unwrap_or_default().0.into(),
            file,
        })
    }

    fn time_zone(&mut self, file: &File, name: Option<Text>) -> Option<TimeZone> {
        let name = optional(name)?;
        let zone = TimeZone::get(&name).ok();
        if zone.is_none() {
            let problem =
                self.problem(file, &codes::F012, "time_zone", "there is no such time zone");
            problem.label = "expected a name such as Pacific/Tahiti".into();
        }
        zone
    }
}
