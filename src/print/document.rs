//! The document that the browser prints: the print edition as it is published, with links to where the site
//! will be, and with the numbers of pages.

use std::collections::BTreeMap;

use crate::web::css;
use crate::web::html::{self, Attribute, Tag};

/// The print edition with links that can be followed from paper's sibling, the PDF.
pub(super) struct Document(String);

impl Document {
    /// `made_for` is the address that the page was made for and `path` its path, `real` the site's own.
    pub(super) fn new(html: &str, made_for: &str, path: &str, real: &str) -> Document {
        let html = html.replace(made_for, real);
        let mut links = Links { html: &html, path, found: Vec::new() };
        html::read(html.as_bytes(), &mut links);
        let found = links.found;
        let mut out = String::with_capacity(html.len());
        let mut done = 0;
        for start in found {
            out.push_str(html.get(done..start).unwrap_or_default());
            out.push_str(real);
            done = start + path.len();
        }
        out.push_str(html.get(done..).unwrap_or_default());
        Document(out)
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

/// Where links begin that lead to pages of the site.
struct Links<'h> {
    html: &'h str,
    path: &'h str,
    found: Vec<usize>,
}

impl html::Reader for Links<'_> {
    fn start(&mut self, tag: &Tag) {
        if tag.name == b"a"
            && let Some((_, span)) = tag.value_and_span(Attribute::Href)
            && self.html.get(span.clone()).is_some_and(|href| href.starts_with(self.path))
        {
            self.found.push(span.start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_site_and_files_stay_where_they_are() {
        let html = "<head></head><a href=\"/t/stories/a/\">a</a><img src=\"/t/a.png\"><a href='#b'>b</a>http://x/t/c/";
        let document = Document::new(html, "http://x/t/", "/t/", "https://games.example.org/");
        let numbers = BTreeMap::from([("b".to_owned(), 7)]);
        assert_eq!(
            document.with_numbers(&numbers),
            "<head><style>[data-page-of=\"b\"]::before{content:\"7\"}</style></head><a href=\"https://games.example.org/stories/a/\">a</a><img src=\"/t/a.png\"><a href='#b'>b</a>https://games.example.org/c/"
        );
    }
}
