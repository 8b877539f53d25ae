//! A plain page: any Markdown of content/ that is nothing else.

use serde::Deserialize;

use super::image::ImageFront;
use super::reader::{DocumentReader, optional, sentence};
use super::waiver::WaiverFront;
use super::{File, Waiver};
use crate::diagnostics::codes;
use crate::parse::dates::Moment;
use crate::parse::front_matter::{Extra, List, Passage, Text};

/// A plain page.
#[derive(Debug)]
pub struct Page {
    /// Where it is.
    pub file: File,
    /// Its address, such as `/about/`.
    pub address: String,
    /// Headline.
    pub title: String,
    /// The sentence under the headline.
    pub standfirst: Option<String>,
    /// Last changed, if that is to be shown.
    pub updated: Option<Moment>,
    /// Not to be published yet.
    pub draft: bool,
    /// Findings of the checks that are not to be told, and why.
    pub fact_ok: Vec<Waiver>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageFront {
    title: Option<Text>,
    standfirst: Option<Passage>,
    updated: Option<Text>,
    image: Option<ImageFront>,
    draft: Option<bool>,
    raw_html: Option<bool>,
    slug: Option<Text>,
    aliases: Option<List<Text>>,
    fact_ok: Option<List<WaiverFront>>,
    extra: Option<Extra>,
}

impl DocumentReader<'_> {
    pub(super) fn page(&mut self, mut file: File) -> Option<Page> {
        let Some(front) = self.front::<PageFront>(&file) else {
            for problem in &mut self.problems {
                let is_story = ["`date`", "`events`", "`authors`"]
                    .iter()
                    .any(|key| problem.message.contains(key));
                if problem.code == &codes::F004 && is_story {
                    problem.suggestion = None;
                    problem.help.push("is this a story or a live blog? They lie in content/stories/ and content/live/".into());
                }
            }
            return None;
        };
        file.raw_html = front.raw_html;
        file.image = self.image(&file, front.image);
        file.aliases = self.aliases(&file, front.aliases);
        // "about.md" and "about/index.md" are /about/, "index.md" is the home page's address.
        let path = &file.path[..file.path.len() - 3];
        let path = path.strip_suffix("/index").unwrap_or(path).to_owned();
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let mut address = String::from("/");
        for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
            address += &(self.slug(&file, None, folder) + "/");
        }
        if !(folders.is_empty() && name == "index") {
            address += &(self.slug(&file, front.slug.as_ref(), name) + "/");
        }
        Some(Page {
            address,
            title: self.required(&file, "title", front.title),
            standfirst: optional(front.standfirst.map(sentence)),
            updated: self.optional_moment(&file, "updated", front.updated.as_ref()),
            draft: front.draft.unwrap_or(false),
            fact_ok: self.waivers(&file, front.fact_ok),
            extra: front.extra.unwrap_or_default().0.into(),
            file,
        })
    }
}
