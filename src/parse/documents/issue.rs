//! An issue of the magazine: content/issues/.

use serde::Deserialize;

use super::image::ImageFront;
use super::reader::{DocumentReader, list, name, optional, sentence};
use super::waiver::WaiverFront;
use super::{File, Waiver};
use crate::config::may_lead_to;
use crate::diagnostics::codes;
use crate::parse::dates::Moment;
use crate::parse::front_matter::{Extra, List, Passage, Text};

/// An issue of the magazine: stories in the order in which they are printed.
#[derive(Debug)]
pub struct Issue {
    /// Where it is. Its picture is the cover.
    pub file: File,
    /// Its part of the address.
    pub slug: String,
    /// What is on the cover besides the magazine's name.
    pub title: String,
    /// Such as "12" or "2024/3".
    pub number: Option<String>,
    /// The sentence under the title.
    pub standfirst: Option<String>,
    /// The day on the cover.
    pub date: Moment,
    /// What it costs, as it is printed: "€6.50".
    pub price: Option<String>,
    /// Where it can be bought: an address of the site, or an absolute one.
    pub buy: Option<String>,
    /// Where all issues to come can be ordered.
    pub subscribe: Option<String>,
    /// Its stories by their names, in their order.
    pub stories: Vec<String>,
    /// Not to be published yet.
    pub draft: bool,
    /// On the site from then on; from its date on if not given.
    pub publish_at: Option<Moment>,
    /// Findings of the checks that are not to be told, and why.
    pub fact_ok: Vec<Waiver>,
    /// For a theme's own use.
    pub extra: serde_json::Value,
}

impl Issue {
    /// When it appears.
    pub fn appears_at(&self) -> &Moment {
        self.publish_at.as_ref().unwrap_or(&self.date)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IssueFront {
    title: Option<Text>,
    number: Option<Text>,
    standfirst: Option<Passage>,
    date: Option<Text>,
    #[serde(alias = "cover")]
    image: Option<ImageFront>,
    price: Option<Text>,
    buy: Option<Text>,
    subscribe: Option<Text>,
    stories: Option<List<Text>>,
    draft: Option<bool>,
    publish_at: Option<Text>,
    raw_html: Option<bool>,
    slug: Option<Text>,
    aliases: Option<List<Text>>,
    fact_ok: Option<List<WaiverFront>>,
    extra: Option<Extra>,
}

impl DocumentReader<'_> {
    pub(super) fn issue(&mut self, mut file: File) -> Option<Issue> {
        let front: IssueFront = self.front(&file)?;
        file.raw_html = front.raw_html;
        file.image = self.image(&file, front.image);
        file.aliases = self.aliases(&file, front.aliases);
        let date = front.date.filter(|date| !date.0.trim().is_empty());
        if date.is_none() {
            self.required(&file, "date", None);
        }
        let date = self.optional_moment(&file, "date", date.as_ref());
        let name = name(&file.path).to_owned();
        self.cut_off(&file, &["title", "standfirst"]);
        Some(Issue {
            slug: self.slug(&file, front.slug.as_ref(), &name),
            title: self.required(&file, "title", front.title),
            number: optional(front.number),
            standfirst: optional(front.standfirst.map(sentence)),
            date: date.unwrap_or_else(|| Moment::never(self.zone)),
            price: optional(front.price),
            buy: self.shop(&file, "buy", front.buy),
            subscribe: self.shop(&file, "subscribe", front.subscribe),
            stories: list(front.stories),
            draft: front.draft.unwrap_or(false),
            publish_at: self.optional_moment(&file, "publish_at", front.publish_at.as_ref()),
            fact_ok: self.waivers(&file, front.fact_ok),
            extra: front.extra.unwrap_or_default().0.into(),
            file,
        })
    }

    /// An address at which something is sold.
    fn shop(&mut self, file: &File, key: &str, address: Option<Text>) -> Option<String> {
        let address = optional(address)?;
        if !may_lead_to(&address) {
            let message = format!("`{key}` cannot lead to `{address}`");
            self.problem(file, &codes::F017, key, &message).label =
                "expected an https: address, or one of the site such as /shop/".into();
            return None;
        }
        Some(address)
    }
}
