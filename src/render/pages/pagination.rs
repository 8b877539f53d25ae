//! Lists that go over several pages.

use serde::Serialize;

use super::PageBuilder;
use crate::plan::addresses as at;
use crate::plan::page_count;

/// A list that goes over several pages.
#[derive(Serialize)]
struct Pagination {
    number: usize,
    count: usize,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
    pages: Vec<PageLink>,
}

#[derive(Serialize)]
struct PageLink {
    /// Nothing where pages are left out.
    number: Option<usize>,
    url: Option<String>,
    is_current: bool,
}

impl PageBuilder<'_> {
    /// Tells the template which pages a list has.
    pub(super) fn paginate(&mut self, total: usize, per_page: usize, address: &str, number: usize) {
        let count = page_count(total, per_page);
        let link = |page: usize| self.renderer.url(&at::paged(address, page));
        let mut pages = Vec::new();
        // The ends and the neighbours; nobody wants five hundred links.
        let near = number.saturating_sub(2)..=number + 2;
        let mut wanted: Vec<usize> =
            [1, 2, count.saturating_sub(1), count].into_iter().chain(near).collect();
        wanted.retain(|page| (1..=count).contains(page));
        wanted.sort_unstable();
        wanted.dedup();
        let mut before = 0;
        for page in wanted {
            if page > before + 1 {
                pages.push(PageLink { number: None, url: None, is_current: false });
            }
            pages.push(PageLink {
                number: Some(page),
                url: Some(link(page)),
                is_current: page == number,
            });
            before = page;
        }
        let pagination = Pagination {
            number,
            count,
            total,
            previous: (number > 1).then(|| link(number - 1)),
            next: (number < count).then(|| link(number + 1)),
            pages,
        };
        self.insert("pagination", &pagination);
    }
}
