//! A live blog: its own page with the newest updates, and pages of older ones.

use serde::Serialize;
use tera::Value;

use super::story::{self, article, article_properties};
use super::{Crumb, PageBuilder, PageType};
use crate::assemble::StoryNode;
use crate::markdown::{self, Part, Style};
use crate::parse::dates::Moment;
use crate::parse::live::Live;
use crate::plan;
use crate::render::Renderer;
use crate::render::live::Blog;
use crate::render::schema_org::{Article, Coverage, Node, SchemaOrg, Update};

/// An update's text is cut after so many characters for search engines.
const MOST: usize = 300;

/// A blog of a whole day does not begin with the results of all its events.
const MOST_SCORES: usize = 3;

/// How an event stands that a blog is about.
#[derive(Serialize)]
struct Score {
    event: Value,
    unit: Value,
}

/// A live blog, and which of its pages: 0 is its own.
pub(super) struct LivePage {
    pub(super) story: usize,
    pub(super) page: usize,
}

impl PageType for LivePage {
    fn template(&self) -> &'static str {
        "live.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let &LivePage { story: i, page: number } = self;
        let mut body = Value::safe_string("");
        if let Some(blog) = Blog::new(page.renderer, i) {
            if number == 0 {
                body = blog.opening(&mut page.problems);
            }
            let view = blog.page(number, &mut page.problems);
            page.insert_view("live", &view);
        }
        let site = page.renderer.site;
        let units = page.renderer.units();
        let events = site.stories[i].events.iter().filter(|_| number == 0);
        let scores = events.filter_map(|event| {
            let (card, unit) = (page.renderer.cards.events[*event].clone(), units.current(*event)?);
            Some(Score { event: card, unit })
        });
        let scores: Vec<Score> = scores.take(MOST_SCORES).collect();
        page.insert("scores", &scores);
        story::fill(page, i, body, None);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        story::breadcrumb(renderer, self.story)
    }

    fn description(&self, renderer: &Renderer) -> String {
        story::description(renderer, self.story)
    }

    fn open_graph(&self, renderer: &Renderer) -> (&'static str, Vec<(&'static str, String)>) {
        // A page of older updates stays as it is when there are new ones.
        let changed = renderer.site.stories[self.story].doc.changed().filter(|_| self.page == 0);
        ("article", article_properties(renderer, self.story, changed))
    }

    fn nodes<'a>(&self, schema: SchemaOrg<'a>, description: &str) -> Vec<Node<'a>> {
        let &LivePage { story: i, page: number } = self;
        if number > 0 {
            return Vec::new();
        }
        let story = &schema.site.stories[i];
        vec![Node::LiveBlogPosting(Article {
            // A property of NewsArticle alone.
            dateline: None,
            coverage: story.doc.file.live.as_ref().map(|live| coverage(schema, story, live)),
            ..article(schema, i, description)
        })]
    }
}

/// The updates that stand on the blog's own page.
fn coverage<'a>(schema: SchemaOrg<'a>, story: &'a StoryNode, live: &'a Live) -> Coverage<'a> {
    let doc = &story.doc;
    let style = Style::new(&schema.site.config.markdown, doc.file.raw_html);
    let updates = live.on_page(0).rev().map(|i| {
        let update = &live.updates[i];
        let url = schema.site.config.absolute(&plan::update_address(doc, live, i));
        let definitions = &live.definitions;
        let part = Part { span: &update.body, definitions, id: "", shift: 0 };
        let body = markdown::words_of(&doc.file.source, part, style, MOST);
        let author = story.live.as_ref().and_then(|node| node.authors[i]);
        // One that is a component alone is called by the blog.
        let titles = [&update.title, &body, &doc.title];
        let headline = titles.into_iter().find(|title| !title.is_empty());
        Update {
            id: url.clone(),
            url,
            headline: headline.cloned().unwrap_or_default(),
            date_published: update.time.iso(),
            article_body: Some(body).filter(|body| !body.is_empty()),
            author: author.map(|author| schema.author(author)),
        }
    });
    Coverage {
        coverage_start_time: doc.date.iso(),
        coverage_end_time: live.ended_at.as_ref().map(Moment::iso),
        live_blog_update: updates.collect(),
    }
}
