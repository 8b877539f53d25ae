//! What the pages of sports, venues, authors and tags have in common.

use serde::Serialize;
use tera::Value;

use super::sessions::{DayView, days_of};
use super::{PageBuilder, pick};
use crate::assemble::Topic;
use crate::parse::documents::Profile;
use crate::render::cards;
use crate::render::pictures::{self, ImageView};

#[derive(Serialize)]
struct TopicView<'a> {
    name: &'a str,
    slug: &'a str,
    url: String,
    role: Option<&'a str>,
    city: Option<&'a str>,
    aliases: &'a [String],
    body: Value,
    image: Option<ImageView>,
    events: Vec<Value>,
    /// Its part of the schedule.
    days: Vec<DayView>,
    calendar: Option<String>,
    extra: Option<&'a serde_json::Value>,
}

/// Gives the template a topic under a name, with a page of its stories.
pub(super) fn fill(
    page: &mut PageBuilder,
    name: &'static str,
    topic: &Topic,
    address: fn(&str) -> String,
    number: usize,
) {
    let site = page.renderer.site;
    let doc: Option<&Profile> = topic.doc.as_deref();
    let file = doc.map(|doc| &doc.file).filter(|_| number == 1);
    let (body, _) = page.body(file);
    let address = address(&topic.slug);
    let view = TopicView {
        name: &topic.name,
        slug: &topic.slug,
        url: page.renderer.url(&address),
        role: doc.and_then(|doc| doc.role.as_deref()),
        city: doc.and_then(|doc| doc.city.as_deref()),
        aliases: doc.map(|doc| doc.aliases.as_slice()).unwrap_or_default(),
        body,
        image: doc.and_then(|doc| pictures::image(site, &doc.file)),
        events: match number {
            1 => pick(&page.renderer.cards.events, &topic.events),
            _ => Vec::new(),
        },
        days: if number == 1 { days_of(page.renderer, &topic.schedule) } else { Vec::new() },
        calendar: cards::calendar(site, &address, !topic.schedule.is_empty()),
        extra: doc.map(|doc| &doc.extra),
    };
    page.insert_view(name, &view);
    page.stories(topic.stories.iter().copied(), &address, number);
}
