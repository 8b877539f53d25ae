//! An issue of the magazine as one document to print: cover, contents, its stories, who made the pictures.

use std::ops::Range;

use serde::Serialize;
use tera::Value;

use super::{Crumb, PageBuilder, PageType};
use crate::markdown::{self, Definitions, Part};
use crate::parse::documents::Correction;
use crate::plan::addresses as at;
use crate::render::cards::{self, ChangeView};
use crate::render::live::Blog;
use crate::render::pictures::{self, ImageView};
use crate::render::scope::Scope;
use crate::render::{Renderer, style};
use crate::text::bound;
use crate::web::css;
use crate::web::html::{self, Attribute, Tag};

/// An issue, by its place among the site's.
pub(super) struct PrintEdition(pub(super) usize);

#[derive(Serialize)]
struct PrintView {
    card: Value,
    title: String,
    /// Where the issue is, with its host.
    address: String,
    /// What stands at the foot of pages, as a string of CSS with its quotation marks.
    running_foot: Value,
    body: Value,
    stories: Vec<PrintedStory>,
    /// Who made the pictures, each picture once, in the order of the stories.
    credits: Vec<CreditView>,
}

/// A story as it is printed.
#[derive(Serialize)]
struct PrintedStory {
    /// What its first element is called, which the contents lead to.
    id: String,
    card: Value,
    image: Option<ImageView>,
    key_points: Vec<String>,
    body: Value,
    corrections: Vec<Value>,
}

/// Who made the lead picture of a story, or the cover.
#[derive(Serialize)]
struct CreditView {
    title: String,
    /// Nothing of the cover.
    story: Option<String>,
    credit: String,
}

impl PageType for PrintEdition {
    fn template(&self) -> &'static str {
        "print.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let Renderer { site, cards, .. } = *page.renderer;
        let node = &site.issues[self.0];
        let (body, _) = page.body(Some(&node.doc.file));
        let numbered = node.stories.iter().zip(1..);
        let stories: Vec<PrintedStory> =
            numbered.map(|(i, number)| printed(page.renderer, *i, number)).collect();
        let cover = site.picture(&node.doc.file).and_then(|cover| cover.credit);
        let cover = cover.map(|credit| CreditView {
            title: node.doc.title.clone(),
            story: None,
            credit: credit.into_owned(),
        });
        let of_story = |(i, story): (&usize, &PrintedStory)| {
            let doc = &site.stories[*i].doc;
            let credit = site.picture(&doc.file)?.credit?.into_owned();
            Some(CreditView { title: doc.title.clone(), story: Some(story.id.clone()), credit })
        };
        let of_stories = node.stories.iter().zip(&stories).filter_map(of_story);
        let credits = cover.into_iter().chain(of_stories).collect();
        let magazine = site.config.magazine_name();
        let foot = match &node.doc.number {
            Some(number) => format!("{magazine} \u{00b7} {number}"),
            None => magazine.to_owned(),
        };
        let view = PrintView {
            card: cards.issues[self.0].clone(),
            title: node.doc.title.clone(),
            address: cards::absolute_url(site, &at::issue(&node.doc.slug)),
            running_foot: Value::safe_string(&css::string(&foot)),
            body,
            stories,
            credits,
        };
        page.insert_view("issue", &view);
    }

    fn breadcrumb(&self, _renderer: &Renderer) -> Vec<Crumb> {
        Vec::new()
    }
}

/// A story with ids that no other story of the issue has. What is wrong with its text, its own page tells.
fn printed(renderer: &Renderer, i: usize, number: usize) -> PrintedStory {
    let site = renderer.site;
    let doc = &site.stories[i].doc;
    let id = format!("story-{number}");
    let html = match Blog::new(renderer, i) {
        Some(blog) => blog.on_paper(&format!("{id}-")),
        None => {
            let scope = Scope::new(renderer, &doc.file);
            let definitions = &Definitions::default();
            // The headline of the story is one of the second level here.
            let part = Part { span: &doc.file.body, definitions, id: &id, shift: 1 };
            markdown::render_part(&doc.file.source, part, style(site, &doc.file), &scope).html
        }
    };
    let html = eager(&html);
    let corrected = |correction: &Correction| {
        cards::value(&ChangeView::new(&correction.date, &correction.text))
    };
    PrintedStory {
        card: renderer.cards.stories[i].clone(),
        image: pictures::image(site, &doc.file),
        key_points: doc.key_points.iter().map(|point| bound(point).into_owned()).collect(),
        body: Value::safe_string(&html),
        corrections: doc.corrections.iter().map(corrected).collect(),
        id,
    }
}

/// A picture that nobody has scrolled to is printed too.
fn eager(html: &str) -> String {
    let mut lazy = Lazy(Vec::new());
    html::read(html.as_bytes(), &mut lazy);
    html::with_values(html, &lazy.0)
}

/// Where pictures say that they wait until somebody comes near.
struct Lazy(Vec<(Range<usize>, String)>);

impl html::Reader for Lazy {
    fn start(&mut self, tag: &Tag) {
        let found = tag.value_and_span(Attribute::Loading);
        let found = found.filter(|(value, _)| value.eq_ignore_ascii_case("lazy"));
        self.0.extend(found.map(|(_, span)| (span, "eager".to_owned())));
    }
}
