//! A nation: content/nations/.

use serde::Deserialize;

use super::File;
use super::image::ImageFront;
use super::reader::{DocumentReader, list, optional, stem};
use crate::diagnostics::{Diagnostic, Place, codes};
use crate::parse::front_matter::{Extra, List, Text};

/// A nation's own file.
#[derive(Debug)]
pub struct Nation {
    /// Where it is.
    pub file: File,
    /// IOC code, in capitals: the name of the file.
    pub code: String,
    /// As the house prints it.
    pub name: Option<String>,
    /// As in "a South Korean".
    pub demonym: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Whether its medals stand in the table, if this file says so.
    pub in_medal_table: Option<bool>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NationFront {
    #[serde(alias = "title")]
    name: Option<Text>,
    demonym: Option<Text>,
    aliases: Option<List<Text>>,
    in_medal_table: Option<bool>,
    image: Option<ImageFront>,
    extra: Option<Extra>,
}

impl DocumentReader<'_> {
    pub(super) fn nation(&mut self, mut file: File) -> Option<Nation> {
        let front: NationFront = self.front(&file)?;
        file.image = self.image(&file, front.image);
        let code = stem(&file.path).to_ascii_uppercase();
        if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
            let place = Place::File(file.source.path.clone());
            self.problems.push(
                Diagnostic::new(
                    &codes::F013,
                    place,
                    "a nation's file is named by its three-letter code",
                )
                .help("such as content/nations/kor.md"),
            );
        }
        Some(Nation {
            code,
            name: optional(front.name),
            demonym: optional(front.demonym),
            aliases: list(front.aliases),
            in_medal_table: front.in_medal_table,
            extra: front.extra.unwrap_or_default().0.into(),
            file,
        })
    }
}
