//! An issue of the magazine.

use serde::Serialize;
use tera::Value;

use super::{Crumb, PageBuilder, PageType, issues, pick};
use crate::plan::{self, addresses as at};
use crate::render::schema_org::{Node, Offer, Part, PublicationIssue, SchemaOrg};
use crate::render::{Renderer, describe};

/// An issue of the magazine.
pub(super) struct IssuePage(pub(super) usize);

#[derive(Serialize)]
struct IssueView<'a> {
    card: Value,
    title: &'a str,
    body: Value,
    /// In the order in which they are printed.
    stories: Vec<Value>,
    /// The issue that came after this one.
    newer: Option<Value>,
    /// The issue before this one.
    older: Option<Value>,
    extra: &'a serde_json::Value,
}

/// An issue with its first stories.
#[derive(Serialize)]
pub(super) struct LatestIssue {
    card: Value,
    stories: Vec<Value>,
}

impl LatestIssue {
    /// How many stories of it stand beside others.
    const STORIES: usize = 5;

    /// The newest issue, if the house has a magazine. A story does not stand beside itself.
    pub(super) fn new(renderer: &Renderer, beside: Option<usize>) -> Option<LatestIssue> {
        let stories = &renderer.site.issues.first()?.stories;
        let others = stories.iter().copied().filter(|story| Some(*story) != beside);
        let first: Vec<usize> = others.take(Self::STORIES).collect();
        let cards = renderer.cards;
        Some(LatestIssue { card: cards.issues[0].clone(), stories: pick(&cards.stories, &first) })
    }
}

impl PageType for IssuePage {
    fn template(&self) -> &'static str {
        "issue.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let Renderer { site, cards, .. } = *page.renderer;
        let node = &site.issues[self.0];
        let (body, _) = page.body(Some(&node.doc.file));
        let view = IssueView {
            card: cards.issues[self.0].clone(),
            title: &node.doc.title,
            body,
            stories: pick(&cards.stories, &node.stories),
            newer: self.0.checked_sub(1).map(|i| cards.issues[i].clone()),
            older: cards.issues.get(self.0 + 1).cloned(),
            extra: &node.doc.extra,
        };
        page.insert_view("issue", &view);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        let doc = &renderer.site.issues[self.0].doc;
        let mut way = issues::breadcrumb(renderer);
        way.push(Crumb::new(&doc.title, at::issue(&doc.slug)));
        way
    }

    fn description(&self, renderer: &Renderer) -> String {
        let doc = &renderer.site.issues[self.0].doc;
        describe::text(doc.standfirst.as_deref(), &doc.file)
    }

    fn nodes<'a>(&self, schema: SchemaOrg<'a>, description: &str) -> Vec<Node<'a>> {
        let node = &schema.site.issues[self.0];
        let doc = &node.doc;
        let part = |story: &usize| {
            let doc = &schema.site.stories[*story].doc;
            let url = schema.absolute(&plan::story_address(doc));
            Part { id: format!("{url}#article"), url, headline: &doc.title }
        };
        let buy = doc.buy.as_deref().map(|url| Offer { url: schema.link(url) });
        vec![Node::PublicationIssue(PublicationIssue {
            description: Some(description.to_owned()).filter(|text| !text.is_empty()),
            image: schema.pictures(&doc.file),
            is_part_of: Some(Box::new(schema.periodical())),
            has_part: node.stories.iter().map(part).collect(),
            offers: buy,
            ..schema.issue(self.0)
        })]
    }
}
