//! HTML whose addresses lead to the same places wherever it is read.

use std::ops::Range;

use crate::web::html::{self, Attribute, Tag, candidates};
use crate::web::url::Resolver;

/// The HTML of a page with every address that depends on where the page is made absolute. `page` is the
/// absolute address of the page. Everything else stays byte for byte.
pub fn absolute(html: &str, page: &str) -> String {
    replaced(html, page, false)
}

/// The HTML of a page in which links lead to the same places wherever they are followed, except those that lead to
/// a place on the page itself. Pictures and all else stay byte for byte.
pub fn absolute_links(html: &str, page: &str) -> String {
    replaced(html, page, true)
}

fn replaced(html: &str, page: &str, links_alone: bool) -> String {
    // Checked when site.toml was read.
    let Some(page) = Resolver::new(page) else { return html.to_owned() };
    let mut addresses = Addresses { page, links_alone, absolute: Vec::new() };
    html::read(html.as_bytes(), &mut addresses);
    html::with_values(html, &addresses.absolute)
}

/// What is found in a page.
struct Addresses<'p> {
    page: Resolver<'p>,
    /// Whether only links to other pages count.
    links_alone: bool,
    /// Where addresses stand that were not absolute, in order, and what is to stand there.
    absolute: Vec<(Range<usize>, String)>,
}

impl html::Reader for Addresses<'_> {
    fn start(&mut self, tag: &Tag) {
        let is_link = matches!(tag.name.as_slice(), b"a" | b"area");
        if self.links_alone {
            if is_link
                && let Some((value, span)) = tag.value_and_span(Attribute::Href)
                && !value.starts_with('#')
                && let Some(new) = self.page.absolute(value)
            {
                self.absolute.push((span, new));
            }
            return;
        }
        let first = self.absolute.len();
        for attribute in Attribute::WITH_ADDRESS {
            if let Some((value, span)) = tag.value_and_span(attribute)
                // Elsewhere than in a link it names a part of the drawing that it stands in.
                && (is_link || !value.starts_with('#'))
                && let Some(new) = self.page.absolute(value)
            {
                self.absolute.push((span, new));
            }
        }
        for attribute in Attribute::WITH_CANDIDATES {
            if let Some((value, span)) = tag.value_and_span(attribute) {
                self.absolute.push((span, self.srcset(value)));
            }
        }
        self.absolute[first..].sort_by_key(|(span, _)| span.start);
    }
}

impl Addresses<'_> {
    /// A `srcset` whose candidates are absolute.
    fn srcset(&self, value: &str) -> String {
        let candidates = candidates(value).map(|(url, descriptors)| {
            let url = self.page.absolute(url).unwrap_or_else(|| url.to_owned());
            format!("{url} {descriptors}").trim_ascii_end().to_owned()
        });
        candidates.collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://games.example/paris/stories/a/";

    #[track_caller]
    fn becomes(html: &str, expected: &str) {
        assert_eq!(absolute(html, PAGE), expected);
    }

    #[test]
    fn addresses_become_absolute_and_nothing_else_changes() {
        becomes(
            "<p title='/x/'>A <a class=x href=\"/paris/medals/?a=1&amp;b=2#top\">b</a> href=\"/c/\" &lt;</p>\n",
            "<p title='/x/'>A <a class=x href=\"https://games.example/paris/medals/?a=1&amp;b=2#top\">b</a> href=\"/c/\" &lt;</p>\n",
        );
        becomes(
            "<a href='../b/'>b</a><img src=pic.png alt=/x/><img src=\"/p/a b.png\">",
            "<a href='https://games.example/paris/stories/b/'>b</a><img src=https://games.example/paris/stories/a/pic.png alt=/x/><img src=\"https://games.example/p/a%20b.png\">",
        );
        becomes(
            "<video poster=\"/p.png\" src='/v.mp4'></video><object data=/o.pdf></object><q cite='#x'>",
            "<video poster=\"https://games.example/p.png\" src='https://games.example/v.mp4'></video><object data=https://games.example/o.pdf></object><q cite='#x'>",
        );
        becomes("<a href=//cdn.example/x>", "<a href=https://cdn.example/x>");
    }

    #[test]
    fn a_fragment_leads_to_the_story_but_stays_within_a_drawing() {
        becomes(
            "<a href=\"#fn-1\">1</a>",
            "<a href=\"https://games.example/paris/stories/a/#fn-1\">1</a>",
        );
        becomes(
            "<svg><use href=\"#dot\"/><image href=\"/p.png\"/></svg>",
            "<svg><use href=\"#dot\"/><image href=\"https://games.example/p.png\"/></svg>",
        );
    }

    #[test]
    fn what_is_absolute_stays_as_it_is() {
        for html in [
            "<a href=\"https://x.example/?a&amp;b\">x</a>",
            "<a href=\"mailto:a@b.example\">x</a><a href=tel:+1>y</a>",
            "<img src=\"data:image/png;base64,AA==\">",
            "<script>x = '<a href=\"/x/\">';</script><!-- <a href=\"/x/\"> -->",
            "<a href=\"http://[bad/\">x</a><a href>y</a><a href=\"\">z</a>",
        ] {
            becomes(html, html);
        }
    }

    #[test]
    fn each_picture_of_a_set_becomes_absolute() {
        becomes(
            "<img srcset=\"/a.png, /b.png 2x,c.png 100w , data:,x 3x\">",
            "<img srcset=\"https://games.example/a.png, https://games.example/b.png 2x, https://games.example/paris/stories/a/c.png 100w, data:,x 3x\">",
        );
    }

    #[test]
    fn values_with_entities_before_and_after_are_cut_where_they_end() {
        becomes(
            "&amp;<b title=\"&quot;é&amp;\"><a title='&#39;' href='/&eacute;?a&amp;b&#61;c' rel=\"&lt;\">é</a>",
            "&amp;<b title=\"&quot;é&amp;\"><a title='&#39;' href='https://games.example/é?a&amp;b=c' rel=\"&lt;\">é</a>",
        );
    }

    proptest::proptest! {
        #[test]
        fn no_html_makes_it_panic(html in "[<>a-z/='\"&;# é!-]{0,80}") {
            let _ = absolute(&html, PAGE);
        }

        #[test]
        fn text_around_addresses_survives(
            before in "[^<]{0,9}", value in "[/a-z#?&;é]{1,9}", after in "[^<]{0,9}",
        ) {
            let made = absolute(&format!("{before}<a href=\"{value}\">{after}"), PAGE);
            proptest::prop_assert!(made.starts_with(&format!("{before}<a href=\"")), "{}", made);
            proptest::prop_assert!(made.ends_with(&format!("\">{after}")), "{}", made);
        }
    }
}
