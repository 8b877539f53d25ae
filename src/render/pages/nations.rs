//! All nations.

use super::{Crumb, PageBuilder, PageType, pick};
use crate::plan::addresses as at;
use crate::render::Renderer;
use crate::slug;

pub(super) struct Nations;

impl PageType for Nations {
    fn template(&self) -> &'static str {
        "nations.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let Renderer { site, cards, .. } = *page.renderer;
        let mut order: Vec<usize> = (0..site.nations.len()).collect();
        order.sort_by_key(|i| slug::slugify(&site.nations[*i].name));
        page.insert("nations", &pick(&cards.nations, &order));
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        vec![Crumb::home(renderer), Crumb::list(renderer, "nations", at::NATIONS)]
    }
}
