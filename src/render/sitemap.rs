//! What search engines read: lists of pages (sitemaps.org, protocol 0.9), the newest stories for Google News,
//! and the file that says where these are (RFC 9309).

use std::io;

use sitemap_rs::news::{News, Publication};
use sitemap_rs::sitemap::Sitemap;
use sitemap_rs::sitemap_index::SitemapIndex;
use sitemap_rs::url::Url;
use sitemap_rs::url_set::UrlSet;

use super::{Renderer, cards};
use crate::plan::{self, Page, PageKind, Part, addresses as at};
use crate::text::plain;

/// All pages in one list.
pub(super) fn all(renderer: &Renderer) -> String {
    urls(renderer, Part { first: 0, count: usize::MAX })
}

/// A part of the pages.
pub(super) fn part(renderer: &Renderer, part: Part) -> String {
    urls(renderer, part)
}

/// The list of parts, of which there are so many.
pub(super) fn index(renderer: &Renderer, parts: usize) -> String {
    let sitemap = |number| {
        let address = at::sitemap_part(number);
        Sitemap::new(renderer.site.config.absolute(&address), None)
    };
    // Planning makes no more than the protocol allows: there are not so many pages.
    let index = SitemapIndex::new((1..=parts).map(sitemap).collect()).ok();
    index.map_or_else(String::new, |index| text(|out| index.write(out)))
}

/// The stories for Google News: "Create a news sitemap", Google Search Central.
pub(super) fn news(renderer: &Renderer) -> String {
    let site = renderer.site;
    let name = plain(&site.config.title);
    let publication = Publication::new(name, news_language(&site.config.language));
    let url = |i: usize| {
        let doc = &site.stories[i].doc;
        let news = News::new(publication.clone(), doc.date.written(), plain(&doc.title));
        url(renderer, &plan::story_address(doc), None, Some(news))
    };
    url_set(plan::news(site).filter_map(url).collect())
}

/// Everything may be read. Only what was planned is named.
pub(super) fn robots(renderer: &Renderer) -> String {
    let mut robots = "User-agent: *\nAllow: /\n\n".to_owned();
    for address in [at::SITEMAP, at::NEWS_SITEMAP] {
        if renderer.has(address) {
            robots += &format!("Sitemap: {}\n", renderer.site.config.absolute(address));
        }
    }
    robots
}

fn urls(renderer: &Renderer, part: Part) -> String {
    let pages = renderer.pages.iter().filter(|page| page.is_in_sitemap(renderer.site));
    let of_page = |page: &Page| {
        let story = page.page_kind().and_then(PageKind::story);
        let changed = story.map(|i| renderer.site.stories[i].doc.last_changed().written());
        url(renderer, &page.address, changed, None)
    };
    url_set(pages.skip(part.first).take(part.count).filter_map(of_page).collect())
}

/// A line of a list. Nothing for an address of 2,048 characters or more, which the protocol does not allow.
fn url(
    renderer: &Renderer,
    address: &str,
    changed: Option<jiff::Zoned>,
    news: Option<News>,
) -> Option<Url> {
    let url = cards::absolute_url(renderer.site, address);
    Url::new(url, Vec::new(), changed, None, None, None, None, news).ok()
}

fn url_set(urls: Vec<Url>) -> String {
    // Planning keeps within what the protocol allows.
    UrlSet::new(urls).ok().map_or_else(String::new, |set| text(|out| set.write(out)))
}

/// Writing into memory cannot fail, and all of it is text.
fn text(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut bytes = Vec::new();
    match write(&mut bytes) {
        Ok(()) => String::from_utf8(bytes).unwrap_or_default(),
        Err(_) => String::new(),
    }
}

/// A language as Google News has it: that of ISO 639 alone, but of Chinese the script too.
fn news_language(tag: &str) -> String {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    if language != "zh" {
        return language.to_owned();
    }
    // The script decides; without one the region does.
    let parts: Vec<&str> = parts.collect();
    let is_traditional = parts.contains(&"hant")
        || !parts.contains(&"hans") && parts.iter().any(|part| matches!(*part, "tw" | "hk" | "mo"));
    match is_traditional {
        true => "zh-tw".to_owned(),
        false => "zh-cn".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_written_as_google_news_wants_it() {
        for (tag, expected) in [
            ("en", "en"),
            ("pt-BR", "pt"),
            ("EN-gb", "en"),
            ("zh", "zh-cn"),
            ("zh-Hant-TW", "zh-tw"),
            ("gsw-CH", "gsw"),
        ] {
            assert_eq!(news_language(tag), expected);
        }
    }
}
