//! Who claims an address, and what happens when two do.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::addresses as at;
use super::{FileKind, Kind, Page, PageKind, page_count};
use crate::assemble::Site;
use crate::diagnostics::{Diagnostic, Place, codes};
use crate::parse::documents::File;

/// A page, and who claims its address.
struct Claim<'a> {
    page: Page,
    by: By<'a>,
}

/// What an author would have to change. Its place is looked up only for a report.
pub(super) enum By<'a> {
    Podium,
    File(&'a File),
    Alias(&'a File, usize),
    Path(String),
}

impl By<'_> {
    fn place(&self) -> Place {
        match self {
            By::Podium => Place::Site,
            By::File(file) => file.place("slug"),
            By::Alias(file, i) => file.place(&format!("aliases[{i}]")),
            By::Path(path) => Place::File(path.clone()),
        }
    }
}

/// Claims addresses for a site.
pub(super) struct Claims<'s> {
    pub(super) site: &'s Site,
    claims: Vec<Claim<'s>>,
}

impl<'s> Claims<'s> {
    /// Nothing is claimed yet.
    pub(super) fn new(site: &'s Site) -> Claims<'s> {
        Claims { site, claims: Vec::new() }
    }

    /// Claims an address for a page.
    pub(super) fn page(&mut self, address: impl Into<String>, kind: PageKind, by: By<'s>) {
        let page = Page { address: address.into(), kind: Kind::Page(kind) };
        self.claims.push(Claim { page, by });
    }

    /// Claims an address for a file.
    pub(super) fn file(&mut self, address: impl Into<String>, kind: FileKind, by: By<'s>) {
        let page = Page { address: address.into(), kind: Kind::File(kind) };
        self.claims.push(Claim { page, by });
    }

    /// Claims the addresses of a list that goes over several pages.
    pub(super) fn list(
        &mut self,
        address: &str,
        (items, per_page): (usize, usize),
        kind: impl Fn(usize) -> PageKind,
        file: Option<&'s File>,
    ) {
        for page in 1..=page_count(items, per_page) {
            self.page(at::paged(address, page), kind(page), file.map_or(By::Podium, By::File));
        }
    }

    /// What is claimed so far.
    pub(super) fn pages(&self) -> impl Iterator<Item = &Page> {
        self.claims.iter().map(|claim| &claim.page)
    }

    /// Keeps the first claim of each address and reports the others.
    pub(super) fn settle(self) -> (Vec<Page>, Vec<Diagnostic>) {
        let site = self.site;
        let mut problems = Vec::new();
        let mut files: BTreeMap<String, Claim> = BTreeMap::new();
        for claim in self.claims {
            let file = claim.page.file().to_lowercase();
            match files.entry(file) {
                Entry::Vacant(entry) => {
                    entry.insert(claim);
                }
                Entry::Occupied(entry) => {
                    problems.push(clash(site, &claim, entry.get()));
                }
            }
        }
        // A file cannot be where another page needs a folder.
        for (file, claim) in &files {
            for (end, _) in file.match_indices('/') {
                if let Some(other) = files.get(&file[..end]) {
                    problems.push(clash(site, claim, other));
                }
            }
        }
        let mut pages: Vec<Page> = files.into_values().map(|claim| claim.page).collect();
        pages.retain(|page| page.kind != Kind::File(FileKind::Manifest));
        pages.sort_by(|a, b| a.address.cmp(&b.address));
        (pages, problems)
    }
}

fn clash(site: &Site, second: &Claim, first: &Claim) -> Diagnostic {
    // Point at something that an author can change.
    let (second, first) =
        if matches!(second.by, By::Podium) { (first, second) } else { (second, first) };
    let (what, other) = (second.page.name(site), first.page.name(site));
    let message = if first.page.address == second.page.address {
        format!("the {what} and the {other} claim one address: {}", second.page.address)
    } else {
        format!(
            "the {what} at {} and the {other} at {} would be one file on many machines",
            second.page.address, first.page.address
        )
    };
    let problem = Diagnostic::new(&codes::A001, second.by.place(), message);
    match first.by.place() {
        Place::Site => problem.note(format!("the {other} is made by Podium")),
        place => problem.related(place, "this is the other one"),
    }
    .help("give one of them another slug, name or alias")
}
