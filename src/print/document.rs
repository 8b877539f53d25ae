//! The document that the browser prints: the print edition as it is published, with links that can be followed from
//! the PDF, and with the numbers of pages.

use std::collections::{BTreeMap, BTreeSet};

use crate::assemble::Site;
use crate::plan::Page;
use crate::render::absolute::absolute_links;
use crate::render::cards;
use crate::web::css;
use crate::web::html::{self, Attribute, Tag};

/// Nothing of a page runs while it is printed, and it takes in nothing that is a page: a story with raw HTML is not
/// to look around on this machine or in its network.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'; object-src 'none'; frame-src 'none'; connect-src 'none'\">";

/// The print edition with links that lead to the site wherever they are followed.
pub(super) struct Document(String);

impl Document {
    /// `page` is the address at which the print edition is published, with its host.
    pub(super) fn new(html: &str, page: &str) -> Document {
        let html = absolute_links(html, page);
        Document(match html.split_once("<head>") {
            Some((before, after)) => format!("{before}<head>{POLICY}{after}"),
            None => format!("{POLICY}{html}"),
        })
    }

    /// The same, in which what has `data-page-of` begins with the number of the page of that element.
    pub(super) fn with_numbers(&self, numbers: &BTreeMap<String, usize>) -> String {
        let rule = |(id, page): (&String, &usize)| {
            format!("[data-page-of={}]::before{{content:\"{page}\"}}", css::string(id))
        };
        let rules: String = numbers.iter().map(rule).collect();
        let head = self.0.find("</head>").unwrap_or(0);
        let (before, after) = self.0.split_at(head);
        format!("{before}<style>{rules}</style>{after}")
    }
}

/// The addresses that a document names.
#[derive(Default)]
pub(super) struct Named(BTreeSet<String>);

impl Named {
    pub(super) fn new(html: &str) -> Named {
        let mut named = Named::default();
        html::read(html.as_bytes(), &mut named);
        named
    }

    /// Whether the address of a page or file is among them.
    pub(super) fn has(&self, site: &Site, page: &Page) -> bool {
        self.0.contains(&cards::url(site, &page.address))
    }
}

impl html::Reader for Named {
    fn start(&mut self, tag: &Tag) {
        let addresses = Attribute::WITH_ADDRESS.iter().filter_map(|name| tag.get(*name));
        self.0.extend(addresses.map(str::to_owned));
        let sets = Attribute::WITH_CANDIDATES.iter().filter_map(|name| tag.get(*name));
        let candidates = sets.flat_map(html::candidates);
        self.0.extend(candidates.map(|(address, _)| address.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_site_and_files_stay_where_they_are() {
        let html =
            "<head></head><a href=\"/stories/a/\">a</a><img src=\"/a.png\"><a href='#b'>b</a>";
        let document = Document::new(html, "https://games.example.org/issues/b/print/");
        let numbers = BTreeMap::from([("b".to_owned(), 7)]);
        assert_eq!(
            document.with_numbers(&numbers),
            format!(
                "<head>{POLICY}<style>[data-page-of=\"b\"]::before{{content:\"7\"}}</style></head><a href=\"https://games.example.org/stories/a/\">a</a><img src=\"/a.png\"><a href='#b'>b</a>"
            )
        );
    }
}
