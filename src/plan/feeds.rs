//! Which feeds there are.

use super::FileKind;
use super::addresses as at;
use super::claims::{By, Claims};
use crate::assemble::Site;
use crate::config::FeedRules;

/// Whose stories are in a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedOf {
    /// All.
    Site,
    /// Those about a sport.
    Sport(usize),
    /// Those about a nation or one of its athletes.
    Nation(usize),
    /// Those about an athlete.
    Athlete(usize),
    Author(usize),
    /// Those with a tag.
    Tag(usize),
}

impl FeedOf {
    /// The address of the page beside which it lies.
    pub fn address(self, site: &Site) -> String {
        match self {
            FeedOf::Site => "/".to_owned(),
            FeedOf::Sport(i) => at::sport(&site.sports[i].slug),
            FeedOf::Nation(i) => at::nation(&site.nations[i].code),
            FeedOf::Athlete(i) => at::athlete(&site.athletes[i].slug),
            FeedOf::Author(i) => at::author(&site.authors[i].slug),
            FeedOf::Tag(i) => at::tag(&site.tags[i].slug),
        }
    }

    /// What it is about, as the house prints it; nothing for the site.
    pub fn name(self, site: &Site) -> Option<&str> {
        match self {
            FeedOf::Site => None,
            FeedOf::Sport(i) => Some(&site.sports[i].name),
            FeedOf::Nation(i) => Some(&site.nations[i].name),
            FeedOf::Athlete(i) => Some(&site.athletes[i].name),
            FeedOf::Author(i) => Some(&site.authors[i].name),
            FeedOf::Tag(i) => Some(&site.tags[i].name),
        }
    }

    /// How site.toml wants feeds of its kind.
    pub fn rules(self, site: &Site) -> &FeedRules {
        let feeds = &site.config.feeds;
        match self {
            FeedOf::Site => &feeds.site,
            FeedOf::Sport(_) => &feeds.sports,
            FeedOf::Nation(_) => &feeds.nations,
            FeedOf::Athlete(_) => &feeds.athletes,
            FeedOf::Author(_) => &feeds.authors,
            FeedOf::Tag(_) => &feeds.tags,
        }
    }

    /// The stories in it, newest first, as many as site.toml wants.
    pub fn stories(self, site: &Site) -> Vec<usize> {
        let most = self.rules(site).entries.get();
        match self.of_topic(site) {
            Some(stories) => stories.iter().copied().take(most).collect(),
            None => (0..site.stories.len().min(most)).collect(),
        }
    }

    /// Whether there is one: of a thing without stories there is none, but always of the site.
    pub fn is_published(self, site: &Site) -> bool {
        let has_stories = self.of_topic(site).is_none_or(|stories| !stories.is_empty());
        has_stories && !self.rules(site).formats.is_empty()
    }

    /// Every feed that is published.
    pub fn all(site: &Site) -> impl Iterator<Item = FeedOf> {
        std::iter::once(FeedOf::Site)
            .chain((0..site.sports.len()).map(FeedOf::Sport))
            .chain((0..site.nations.len()).map(FeedOf::Nation))
            .chain((0..site.athletes.len()).map(FeedOf::Athlete))
            .chain((0..site.authors.len()).map(FeedOf::Author))
            .chain((0..site.tags.len()).map(FeedOf::Tag))
            .filter(|of| of.is_published(site))
    }

    fn of_topic(self, site: &Site) -> Option<&[usize]> {
        match self {
            FeedOf::Site => None,
            FeedOf::Sport(i) => Some(&site.sports[i].stories),
            FeedOf::Nation(i) => Some(&site.nations[i].stories),
            FeedOf::Athlete(i) => Some(&site.athletes[i].stories),
            FeedOf::Author(i) => Some(&site.authors[i].stories),
            FeedOf::Tag(i) => Some(&site.tags[i].stories),
        }
    }
}

/// Claims the addresses of all feeds.
pub(super) fn claim(claims: &mut Claims) {
    let site = claims.site;
    for of in FeedOf::all(site) {
        let address = of.address(site);
        for format in &of.rules(site).formats {
            let kind = FileKind::Feed(of, *format);
            claims.file(at::feed(&address, *format), kind, By::Podium);
        }
    }
}
