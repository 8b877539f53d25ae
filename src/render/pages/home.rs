//! The home page.

use tera::Value;

use super::{Crumb, PageBuilder, PageType, pick};
use crate::assemble::{DocumentId, Site};
use crate::render::Renderer;
use crate::render::schema_org::{Node, SchemaOrg, WebSite};

const STORIES_ON_HOME: usize = 12;
const NATIONS_ON_HOME: usize = 6;

/// The home page.
pub(super) struct Home;

impl PageType for Home {
    fn template(&self) -> &'static str {
        "home.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let site = page.renderer.site;
        let cards = page.renderer.cards;
        let lead = site.lead.map_or_else(Value::none, |i| cards.stories[i].clone());
        page.context.insert_value("lead", lead);
        let newest =
            (0..site.stories.len()).filter(|i| Some(*i) != site.lead).take(STORIES_ON_HOME);
        page.insert("stories", &pick(&cards.stories, &newest.collect::<Vec<_>>()));
        page.insert("story_count", &site.stories.len());
        page.insert("live", &pick(&cards.stories, &site.running().collect::<Vec<_>>()));
        page.insert("top", &NATIONS_ON_HOME);
        // The events that were decided last.
        let mut decided: Vec<usize> =
            (0..site.events.len()).filter(|i| site.events[*i].doc.has_podium()).collect();
        let end = |i: &usize| {
            site.events[*i].doc.sessions.iter().map(|session| session.start.timestamp()).max()
        };
        decided.sort_by(|a, b| end(b).cmp(&end(a)).then(a.cmp(b)));
        decided.truncate(4);
        page.insert("results", &pick(&cards.events, &decided));
    }

    /// It is above all others.
    fn breadcrumb(&self, _renderer: &Renderer) -> Vec<Crumb> {
        Vec::new()
    }

    fn description(&self, renderer: &Renderer) -> String {
        renderer.site.config.description.clone()
    }

    fn title(&self, renderer: &Renderer) -> Option<String> {
        Some(renderer.site.config.title.clone())
    }

    fn pictured(&self, site: &Site) -> Option<DocumentId> {
        site.lead.map(DocumentId::Story)
    }

    fn nodes<'a>(&self, schema: SchemaOrg<'a>, _description: &str) -> Vec<Node<'a>> {
        let config = &schema.site.config;
        vec![Node::WebSite(WebSite {
            id: format!("{}#website", config.base_url),
            url: &config.base_url,
            name: &config.title,
            description: &config.description,
            in_language: &config.language,
            publisher: Box::new(schema.publisher()),
        })]
    }
}
