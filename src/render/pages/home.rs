//! The home page: what leads, what runs, what is new, and how the Games stand.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use tera::Value;

use super::issue::LatestIssue;
use super::sessions::all_days;
use super::{Crumb, PageBuilder, PageType, pick};
use crate::assemble::{DocumentId, Site};
use crate::render::Renderer;
use crate::render::live::Blog;
use crate::render::schema_org::{Node, SchemaOrg, WebSite};

/// How many stories stand right after the one that leads.
const SECONDS: usize = 3;
/// The newest stories of any sport.
const LATEST: usize = 6;
/// How many sports have a section of their own, and how many stories stand in one.
const SECTIONS: usize = 8;
const STORIES_OF_A_SECTION: usize = 4;
/// Nations at the top of the medal table.
const NATIONS_ON_HOME: usize = 8;
/// The events that were decided last.
const RESULTS: usize = 6;
/// The newest updates of a live blog.
const UPDATES: usize = 3;

/// The home page.
pub(super) struct Home;

/// A live blog that runs.
#[derive(Serialize)]
struct Running {
    story: Value,
    /// The newest with a headline, newest first.
    updates: Vec<Value>,
}

/// The newest stories of a sport that stand nowhere above.
#[derive(Serialize)]
struct Section {
    sport: Value,
    stories: Vec<Value>,
}

/// Which stories stand where.
#[derive(Default)]
struct Plan {
    seconds: Vec<usize>,
    latest: Vec<usize>,
    /// Sports with their stories.
    sections: Vec<(usize, Vec<usize>)>,
}

impl Plan {
    /// Every story stands in one place: as a second, among the latest, or in the section of its first sport.
    fn new(site: &Site) -> Plan {
        let front = &site.front;
        let mut shown: HashSet<usize> = front.lead.into_iter().collect();
        let has_picture = |i: &usize| site.stories[*i].doc.file.image.is_some();
        let seconds: Vec<usize> = match front.seconds.is_empty() {
            false => front.seconds.clone(),
            true => {
                let newest = (0..site.stories.len()).filter(|i| !shown.contains(i));
                // As far as the first page of the list of stories, or what leads would be old.
                newest.take(site.config.per_page).filter(has_picture).take(SECONDS).collect()
            }
        };
        shown.extend(&seconds);
        let mut rest = (0..site.stories.len()).filter(|i| !shown.contains(i));
        let latest: Vec<usize> = rest.by_ref().take(LATEST).collect();
        // By the sports that were picked, then by the newest story.
        let picked = front.sections.iter().enumerate();
        let mut order: BTreeMap<usize, usize> = picked.map(|(i, sport)| (*sport, i)).collect();
        let mut of_sport: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for i in rest {
            let Some(sport) = site.stories[i].sports.first() else { continue };
            order.entry(*sport).or_insert(front.sections.len() + i);
            let stories = of_sport.entry(*sport).or_default();
            if stories.len() < STORIES_OF_A_SECTION {
                stories.push(i);
            }
        }
        let mut sections: Vec<(usize, Vec<usize>)> = of_sport.into_iter().collect();
        sections.sort_by_key(|(sport, _)| order.get(sport).copied());
        sections.truncate(SECTIONS);
        Plan { seconds, latest, sections }
    }
}

/// The events that were decided last, the last first.
fn last_decided(site: &Site) -> Vec<usize> {
    let mut decided: Vec<usize> =
        (0..site.events.len()).filter(|i| site.events[*i].doc.has_podium()).collect();
    let end = |i: &usize| {
        site.events[*i].doc.sessions.iter().map(|session| session.start.timestamp()).max()
    };
    decided.sort_by(|a, b| end(b).cmp(&end(a)).then(a.cmp(b)));
    decided.truncate(RESULTS);
    decided
}

impl PageType for Home {
    fn template(&self) -> &'static str {
        "home.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let (renderer, site, cards) = (page.renderer, page.renderer.site, page.renderer.cards);
        let lead = site.front.lead.map_or_else(Value::none, |i| cards.stories[i].clone());
        page.context.insert_value("lead", lead);
        let plan = Plan::new(site);
        page.insert("seconds", &pick(&cards.stories, &plan.seconds));
        page.insert("stories", &pick(&cards.stories, &plan.latest));
        let sections = plan.sections.iter().map(|(sport, stories)| Section {
            sport: cards.sports[*sport].clone(),
            stories: pick(&cards.stories, stories),
        });
        page.insert("sections", &sections.collect::<Vec<_>>());
        page.insert("story_count", &site.stories.len());
        let running = site.running().map(|story| Running {
            story: cards.stories[story].clone(),
            updates: Blog::new(renderer, story)
                .map_or_else(Vec::new, |blog| blog.headlines(UPDATES)),
        });
        page.insert("live", &running.collect::<Vec<_>>());
        page.insert("top", &NATIONS_ON_HOME);
        page.insert("days", &all_days(renderer));
        page.insert("latest_issue", &LatestIssue::new(renderer, None));
        page.insert("results", &pick(&cards.events, &last_decided(site)));
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
        site.front.lead.map(DocumentId::Story)
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
