//! A story.

use std::borrow::Cow;

use serde::Serialize;
use tera::Value;

use super::issue::LatestIssue;
use super::{Crumb, PageBuilder, PageType, pick};
use crate::assemble::Topic;
use crate::parse::dates::Moment;
use crate::parse::documents;
use crate::plan::{self, addresses as at};
use crate::render::Renderer;
use crate::render::cards::{self, ChangeView};
use crate::render::pictures::{self, ImageView};
use crate::render::schema_org::{Article, Correction, Node, SchemaOrg};
use crate::text::bound;

/// A story.
pub(super) struct StoryPage(pub(super) usize);

#[derive(Serialize)]
struct StoryView<'a> {
    card: Value,
    title: Cow<'a, str>,
    body: Value,
    /// Nothing of a live blog, which nobody reads from end to end.
    reading_minutes: Option<usize>,
    image: Option<ImageView>,
    key_points: Vec<Cow<'a, str>>,
    events: Vec<Value>,
    athletes: Vec<Value>,
    nations: Vec<Value>,
    sports: Vec<Value>,
    tags: Vec<Value>,
    related: Vec<Value>,
    more: Vec<Value>,
    corrections: Vec<ChangeView<'a>>,
    /// Issues of the magazine in which it is printed, newest first.
    issues: Vec<Value>,
    extra: &'a serde_json::Value,
}

impl PageType for StoryPage {
    fn template(&self) -> &'static str {
        "story.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let (body, seconds) = page.story_body(self.0);
        fill(page, self.0, body, Some(((seconds + 30) / 60).max(1)));
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        breadcrumb(renderer, self.0)
    }

    fn description(&self, renderer: &Renderer) -> String {
        description(renderer, self.0)
    }

    fn open_graph(&self, renderer: &Renderer) -> (&'static str, Vec<(&'static str, String)>) {
        let changed = renderer.site.stories[self.0].doc.changed();
        ("article", article_properties(renderer, self.0, changed))
    }

    fn nodes<'a>(&self, schema: SchemaOrg<'a>, description: &str) -> Vec<Node<'a>> {
        vec![Node::NewsArticle(article(schema, self.0, description))]
    }
}

/// What stands around the text of a story or live blog.
pub(super) fn fill(page: &mut PageBuilder, i: usize, body: Value, reading_minutes: Option<usize>) {
    let site = page.renderer.site;
    let cards = page.renderer.cards;
    let node = &site.stories[i];
    let doc = &node.doc;
    let view = StoryView {
        card: cards.stories[i].clone(),
        title: bound(&doc.title),
        body,
        reading_minutes,
        image: pictures::image(site, &doc.file),
        key_points: doc.key_points.iter().map(|point| bound(point)).collect(),
        events: pick(&cards.events, &node.events),
        athletes: pick(&cards.athletes, &node.athletes),
        nations: pick(&cards.nations, &node.nations),
        sports: pick(&cards.sports, &node.sports),
        tags: pick(&cards.tags, &node.tags),
        related: pick(&cards.stories, &node.related),
        more: pick(&cards.stories, &node.more),
        corrections: doc.corrections.iter().map(corrected).collect(),
        issues: pick(&cards.issues, &node.issues),
        extra: &doc.extra,
    };
    page.insert_view("story", &view);
    page.insert("latest_issue", &LatestIssue::new(page.renderer, Some(i)));
}

fn corrected(correction: &documents::Correction) -> ChangeView<'_> {
    ChangeView::new(&correction.date, &correction.text)
}

/// The way to a story or live blog.
pub(super) fn breadcrumb(renderer: &Renderer, i: usize) -> Vec<Crumb> {
    let doc = &renderer.site.stories[i].doc;
    vec![
        Crumb::home(renderer),
        Crumb::list(renderer, "stories", at::STORIES),
        Crumb::new(&doc.title, plan::story_address(doc)),
    ]
}

/// The standfirst, or else the beginning of the text.
pub(super) fn description(renderer: &Renderer, i: usize) -> String {
    renderer.texts.summary(renderer.site, i).to_owned()
}

/// Open Graph's properties of an article. `changed` is when the page was last changed, if it was.
pub(super) fn article_properties(
    renderer: &Renderer,
    i: usize,
    changed: Option<&Moment>,
) -> Vec<(&'static str, String)> {
    let site = renderer.site;
    let node = &site.stories[i];
    let mut all = vec![("article:published_time", node.doc.date.iso())];
    all.extend(changed.map(|changed| ("article:modified_time", changed.iso())));
    for author in &node.authors {
        let address = at::author(&site.authors[*author].slug);
        all.push(("article:author", cards::absolute_url(site, &address)));
    }
    if let Some(sport) = node.sports.first() {
        all.push(("article:section", site.sports[*sport].name.clone()));
    }
    all.extend(node.tags.iter().map(|tag| ("article:tag", site.tags[*tag].name.clone())));
    all
}

/// A story or live blog in the terms of schema.org.
pub(super) fn article<'a>(schema: SchemaOrg<'a>, i: usize, description: &str) -> Article<'a> {
    let story = &schema.site.stories[i];
    let site = schema.site;
    let doc = &story.doc;
    let url = schema.absolute(&plan::story_address(doc));
    let names = |topics: &'a [Topic], of: &[usize]| -> Vec<&'a str> {
        of.iter().map(|i| topics[*i].name.as_str()).collect()
    };
    let athletes = story.athletes.iter().map(|i| schema.athlete(*i));
    let nations = story.nations.iter().map(|i| schema.nation(*i));
    Article {
        id: format!("{url}#article"),
        main_entity_of_page: url.clone(),
        headline: &doc.title,
        description: description.to_owned(),
        image: schema.pictures(&doc.file),
        date_published: doc.date.iso(),
        date_modified: doc.changed().map(Moment::iso),
        author: story.authors.iter().map(|i| schema.author(*i)).collect(),
        publisher: Box::new(schema.publisher()),
        dateline: doc.dateline.as_deref(),
        article_section: names(&site.sports, &story.sports),
        keywords: names(&site.tags, &story.tags),
        in_language: &site.config.language,
        is_accessible_for_free: true,
        correction: doc
            .corrections
            .iter()
            .map(|correction| Correction {
                text: &correction.text,
                date_published: correction.date.iso(),
            })
            .collect(),
        about: athletes.chain(nations).collect(),
        is_part_of: story
            .issues
            .iter()
            .map(|issue| Node::PublicationIssue(schema.issue(*issue)))
            .collect(),
        coverage: None,
        url,
    }
}
