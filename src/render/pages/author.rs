//! An author.

use super::{Crumb, PageBuilder, PageType, topic};
use crate::plan::addresses as at;
use crate::render::Renderer;
use crate::render::schema_org::{Node, Organization, Person, SchemaOrg};

/// An author, and which page of their stories.
pub(super) struct AuthorPage {
    pub(super) author: usize,
    pub(super) number: usize,
}

impl PageType for AuthorPage {
    fn template(&self) -> &'static str {
        "author.html"
    }

    fn fill(&self, page: &mut PageBuilder) {
        let site = page.renderer.site;
        topic::fill(page, "author", &site.authors[self.author], at::author, self.number);
    }

    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb> {
        let author = &renderer.site.authors[self.author];
        vec![
            Crumb::home(renderer),
            Crumb::list(renderer, "authors", at::AUTHORS),
            Crumb::new(&author.name, at::author(&author.slug)),
        ]
    }

    fn open_graph(&self, _renderer: &Renderer) -> (&'static str, Vec<(&'static str, String)>) {
        ("profile", Vec::new())
    }

    fn nodes<'a>(&self, schema: SchemaOrg<'a>, _description: &str) -> Vec<Node<'a>> {
        if self.number > 1 {
            return Vec::new();
        }
        let doc = schema.site.authors[self.author].doc.as_deref();
        let image = doc.map(|doc| schema.pictures(&doc.file)).unwrap_or_default();
        vec![match schema.author(self.author) {
            Node::Person(person) => Node::Person(Person {
                id: Some(format!("{}#person", person.url)),
                // Who has a file here is of the house.
                works_for: doc.map(|_| Box::new(schema.publisher())),
                image,
                ..person
            }),
            Node::Organization(agency) => Node::Organization(Organization {
                id: Some(format!("{}#organization", agency.url)),
                logo: image.into_iter().next(),
                ..agency
            }),
            other => other,
        }]
    }
}
