//! All issues of the magazine, newest first.

use super::{Crumb, PageBuilder, PageType, pick};
use crate::plan::addresses as at;
use crate::render::Renderer;
use crate::render::schema_org::{Node, SchemaOrg};

/// A page of the list of all issues.
pub(super) struct Issues(pub(super) usize);

impl PageType for Issues {
    fn template(&self) -> &'static str {
        "issues.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let Issues(number) = *self;
        let Renderer { site, cards, .. } = *page.renderer;
        let per_page = site.config.per_page;
        let first = (number - 1) * per_page;
        let shown: Vec<usize> = (first..site.issues.len()).take(per_page).collect();
        page.insert("issues", &pick(&cards.issues, &shown));
        page.paginate(site.issues.len(), per_page, at::ISSUES, number);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        breadcrumb(renderer)
    }

    fn nodes<'a>(&self, schema: SchemaOrg<'a>, _description: &str) -> Vec<Node<'a>> {
        vec![schema.periodical()]
    }
}

/// The way to the magazine.
pub(super) fn breadcrumb(renderer: &Renderer) -> Vec<Crumb> {
    vec![Crumb::home(renderer), Crumb::list(renderer, "issues", at::ISSUES)]
}
