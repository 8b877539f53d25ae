//! Something on the schedule that gives no medals. Templates call it an occasion.

use serde::Serialize;
use tera::Value;

use super::{Crumb, PageBuilder, PageType, pick};
use crate::plan::addresses as at;
use crate::render::pictures::{self, ImageView};
use crate::render::schema_org::{Event, Node, SchemaOrg};
use crate::render::{Renderer, describe};

/// Something on the schedule that gives no medals.
pub(super) struct NonMedalEventPage(pub(super) usize);

#[derive(Serialize)]
struct NonMedalEventView<'a> {
    title: &'a str,
    sport: Value,
    venue: Value,
    body: Value,
    image: Option<ImageView>,
    sessions: Vec<Value>,
    extra: &'a serde_json::Value,
}

impl PageType for NonMedalEventPage {
    fn template(&self) -> &'static str {
        "occasion.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let site = page.renderer.site;
        let cards = page.renderer.cards;
        let node = &site.non_medal_events[self.0];
        let doc = &node.doc;
        let (body, _) = page.body(Some(&doc.file));
        let view = NonMedalEventView {
            title: &doc.title,
            sport: node.sport.map_or_else(Value::none, |i| cards.sports[i].clone()),
            venue: node.venue.map_or_else(Value::none, |i| cards.venues[i].clone()),
            body,
            image: pictures::image(site, &doc.file),
            sessions: pick(&cards.schedule, &node.schedule),
            extra: &doc.extra,
        };
        page.insert_view("occasion", &view);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        let doc = &renderer.site.non_medal_events[self.0].doc;
        vec![
            Crumb::home(renderer),
            Crumb::list(renderer, "schedule", at::SCHEDULE),
            Crumb::new(&doc.title, at::non_medal_event(&doc.slug)),
        ]
    }

    fn description(&self, renderer: &Renderer) -> String {
        describe::words(&renderer.site.non_medal_events[self.0].doc.file)
    }

    fn nodes<'a>(&self, schema: SchemaOrg<'a>, description: &str) -> Vec<Node<'a>> {
        let site = schema.site;
        let node = &site.non_medal_events[self.0];
        let doc = &node.doc;
        let address = at::non_medal_event(&doc.slug);
        let whole = schema.sessions(&address, doc.title.clone(), &node.schedule, description);
        let Some(whole) = whole else { return Vec::new() };
        let sport = node.sport.map(|i| site.sports[i].name.as_str());
        let image = schema.pictures(&doc.file);
        let event = Event { sport, image, ..whole };
        vec![if sport.is_some() { Node::SportsEvent(event) } else { Node::Event(event) }]
    }
}
