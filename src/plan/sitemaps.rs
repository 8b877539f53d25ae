//! The lists for search engines: which files they are.

use jiff::{SignedDuration, Timestamp};

use super::FileKind;
use super::addresses as at;
use super::claims::{By, Claims};
use crate::assemble::Site;
use crate::web::url;

/// A sitemap has no more addresses: sitemaps.org, protocol 0.9.
const MOST_ADDRESSES: usize = 50_000;
/// Nor is it larger, in bytes: 50 MiB as the protocol counts, before compression.
const MOST_BYTES: usize = 52_428_800;
/// What stands around an address in a sitemap, its date included, in bytes; rather too much.
const AROUND: usize = 128;

/// Google News takes no older stories, and no more of them: "Create a news sitemap", Google Search Central.
const NEWS_AGE: SignedDuration = SignedDuration::from_hours(48);
const MOST_NEWS: usize = 1_000;

/// A part of the list of all pages that are in the sitemap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many come before.
    pub first: usize,
    /// How many there are.
    pub count: usize,
}

/// The stories for Google News, newest first: those dated in the two days before the time that the site was
/// assembled for.
pub fn news(site: &Site) -> impl Iterator<Item = usize> {
    let until = site.build_time.at;
    let from = until.checked_sub(NEWS_AGE).unwrap_or(Timestamp::MIN);
    let is_new = move |i: &usize| {
        let date = site.stories[*i].doc.date.timestamp();
        from <= date && date <= until
    };
    (0..site.stories.len()).filter(is_new).take(MOST_NEWS)
}

/// Claims the addresses of the lists for search engines. All pages have been claimed.
pub(super) fn claim(claims: &mut Claims) {
    let site = claims.site;
    let pages = claims.pages().filter(|page| page.is_in_sitemap(site));
    let mut addresses: Vec<&str> = pages.map(|page| page.address.as_str()).collect();
    addresses.sort_unstable();
    let sizes =
        addresses.iter().map(|address| size(&site.config.absolute(&url::encode_path(address))));
    let parts = parts(sizes, MOST_ADDRESSES, MOST_BYTES);
    match parts.as_slice() {
        [] | [_] => claims.file(at::SITEMAP, FileKind::Sitemap(0), By::Podium),
        parts => {
            claims.file(at::SITEMAP, FileKind::Sitemap(parts.len()), By::Podium);
            for (i, part) in parts.iter().enumerate() {
                claims.file(at::sitemap_part(i + 1), FileKind::SitemapPart(*part), By::Podium);
            }
        }
    }
    // The schema wants an address in each list.
    if news(site).next().is_some() {
        claims.file(at::NEWS_SITEMAP, FileKind::NewsSitemap, By::Podium);
    }
    // Who has written one knows what programs may read here.
    let is_robots = |path: &str| path.eq_ignore_ascii_case(at::ROBOTS.trim_start_matches('/'));
    if !site.assets.iter().any(|asset| is_robots(&asset.path)) {
        claims.file(at::ROBOTS, FileKind::Robots, By::Podium);
    }
}

/// How many bytes an address takes up in a sitemap, at most.
fn size(url: &str) -> usize {
    // `'` and `&` are written as entities.
    url.len() + AROUND + url.bytes().filter(|byte| matches!(byte, b'&' | b'\'')).count() * 5
}

/// Takes a list apart, of which the sizes are known in bytes, so that no part is too long or too large.
fn parts(sizes: impl Iterator<Item = usize>, most: usize, most_bytes: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut bytes = 0;
    for (i, size) in sizes.enumerate() {
        match parts.last_mut() {
            Some(part) if part.count < most && bytes + size <= most_bytes => {
                part.count += 1;
                bytes += size;
            }
            _ => {
                parts.push(Part { first: i, count: 1 });
                // The head and the foot of the file.
                bytes = 1024 + size;
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(sizes: &[usize], most: usize, most_bytes: usize) -> Vec<(usize, usize)> {
        let parts = parts(sizes.iter().copied(), most, most_bytes);
        parts.iter().map(|part| (part.first, part.count)).collect()
    }

    #[test]
    fn a_list_is_taken_apart_above_fifty_thousand_addresses() {
        let whole = vec![100; MOST_ADDRESSES];
        assert_eq!(counts(&whole, MOST_ADDRESSES, MOST_BYTES), [(0, 50_000)]);
        let more = vec![100; MOST_ADDRESSES * 2 + 1];
        assert_eq!(
            counts(&more, MOST_ADDRESSES, MOST_BYTES),
            [(0, 50_000), (50_000, 50_000), (100_000, 1)]
        );
        assert_eq!(counts(&[], MOST_ADDRESSES, MOST_BYTES), []);
    }

    #[test]
    fn a_list_is_taken_apart_above_fifty_megabytes() {
        // Addresses may have 2,047 characters.
        let long = vec![2_200; 40_000];
        let parts = counts(&long, MOST_ADDRESSES, MOST_BYTES);
        assert_eq!(parts, [(0, 23_830), (23_830, 16_170)]);
        // What is too large for any part has its own.
        assert_eq!(counts(&[10, 9_000, 10], 9, 2_000), [(0, 1), (1, 1), (2, 1)]);
    }

    #[test]
    fn what_stands_in_an_address_as_an_entity_counts_as_one() {
        assert_eq!(size("https://a/b"), 11 + AROUND);
        assert_eq!(size("https://a/'"), 11 + AROUND + 5);
    }
}
