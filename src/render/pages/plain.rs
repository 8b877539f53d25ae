//! A plain page.

use serde::Serialize;
use tera::Value;

use super::{Crumb, PageBuilder, PageType};
use crate::render::cards::date;
use crate::render::pictures::{self, ImageView};
use crate::render::{Renderer, describe};

pub(super) struct PlainPage(pub(super) usize);

#[derive(Serialize)]
struct PlainView<'a> {
    title: &'a str,
    standfirst: Option<&'a str>,
    updated: Option<Value>,
    body: Value,
    image: Option<ImageView>,
    extra: &'a serde_json::Value,
}

impl PageType for PlainPage {
    fn template(&self) -> &'static str {
        "page.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let site = page.renderer.site;
        let doc = &site.pages[self.0];
        let (body, _) = page.body(Some(&doc.file));
        let view = PlainView {
            title: &doc.title,
            standfirst: doc.standfirst.as_deref(),
            updated: doc.updated.as_ref().map(date),
            body,
            image: pictures::image(site, &doc.file),
            extra: &doc.extra,
        };
        page.insert_view("plain", &view);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        let page = &renderer.site.pages[self.0];
        vec![Crumb::home(renderer), Crumb::new(&page.title, page.address.clone())]
    }

    fn description(&self, renderer: &Renderer) -> String {
        let doc = &renderer.site.pages[self.0];
        describe::text(doc.standfirst.as_deref(), &doc.file)
    }
}
