//! What a page tells search engines and those who share it: robots, Open Graph, linked data.

use serde::Serialize;
use tera::Value;

use super::Renderer;
use super::cards;
use super::linked::{Graph, Linker, Node, Picture};
use crate::assemble::DocumentId;
use crate::parse::documents::Story;
use crate::plan::addresses as at;
use crate::plan::{self, Page, PageKind};

/// What stands in the head of a page for programs.
#[derive(Serialize)]
pub(super) struct Head {
    /// For `<meta name="robots">`.
    robots: &'static str,
    /// The Open Graph protocol's properties (ogp.me), in order.
    properties: Vec<Property>,
    /// Which form a shared link takes.
    card: &'static str,
    /// JSON-LD; nothing on pages that no search engine should show.
    linked: Option<Value>,
}

#[derive(Serialize)]
struct Property {
    name: &'static str,
    content: String,
}

/// Everything that programs are told of a page.
pub(super) fn of(renderer: &Renderer, page: &Page, kind: &PageKind, description: &str) -> Head {
    let maker = Maker {
        renderer,
        page,
        kind,
        linker: Linker { site: renderer.site, words: &renderer.theme.translations },
    };
    if matches!(kind, PageKind::NotFound | PageKind::Redirect { .. }) {
        return Head { robots: "noindex", properties: Vec::new(), card: "summary", linked: None };
    }
    let picture = maker.picture();
    let steps = maker.steps();
    Head {
        robots: "max-image-preview:large",
        card: if picture.is_some() { "summary_large_image" } else { "summary" },
        properties: maker.properties(&steps, picture, description),
        linked: Some(Value::safe_string(&Graph::of(maker.nodes(steps, description)).text())),
    }
}

struct Maker<'a> {
    renderer: &'a Renderer<'a>,
    page: &'a Page,
    kind: &'a PageKind,
    linker: Linker<'a>,
}

impl<'a> Maker<'a> {
    fn word(&self, key: &'static str) -> String {
        self.renderer.theme.translations.text(key).to_owned()
    }

    fn story(&self) -> Option<&'a Story> {
        match *self.kind {
            PageKind::Story(i) | PageKind::Live(i, _) => Some(&self.renderer.site.stories[i].doc),
            _ => None,
        }
    }

    /// The names and addresses of the pages above this one, and its own last; of a list that goes over
    /// several pages that is its first. The home page has none.
    fn steps(&self) -> Vec<(String, String)> {
        let site = self.renderer.site;
        let own = |name: &str| (name.to_owned(), self.page.address.clone());
        let list = |key: &'static str, address: &str| (self.word(key), address.to_owned());
        let sport = |i: usize| {
            let sport = &site.sports[i];
            (sport.name.clone(), at::sport(&sport.slug))
        };
        let mut steps = vec![list("home", "/")];
        match *self.kind {
            PageKind::Story(i) => {
                steps.push(list("stories", at::STORIES));
                steps.push(own(&site.stories[i].doc.title));
            }
            PageKind::Live(i, _) => {
                let doc = &site.stories[i].doc;
                steps.push(list("stories", at::STORIES));
                steps.push((doc.title.clone(), plan::story_address(doc)));
            }
            PageKind::Stories(_) => steps.push(list("stories", at::STORIES)),
            PageKind::Medals => steps.push(own(&self.word("medal_table"))),
            PageKind::Schedule => steps.push(own(&self.word("schedule"))),
            PageKind::Day(i) => {
                steps.push(list("schedule", at::SCHEDULE));
                let day = super::cards::civil_date(site.days[i].date);
                let words = &self.renderer.theme.translations;
                let name = day.and_then(|day| words.date(&day, "full").ok());
                steps.push(own(&name.unwrap_or_else(|| site.days[i].date.to_string())));
            }
            PageKind::NonMedalEvent(i) => {
                steps.push(list("schedule", at::SCHEDULE));
                steps.push(own(&site.non_medal_events[i].doc.title));
            }
            PageKind::Sports => steps.push(own(&self.word("sports"))),
            PageKind::Sport(i, _) => steps.extend([list("sports", at::SPORTS), sport(i)]),
            PageKind::Event(i) => {
                let event = &site.events[i];
                steps.extend([list("sports", at::SPORTS), sport(event.sport)]);
                steps.push(own(&event.doc.title));
            }
            PageKind::Athletes(_) => steps.push(list("athletes", at::ATHLETES)),
            PageKind::Athlete(i, _) => {
                let athlete = &site.athletes[i];
                steps.push(list("athletes", at::ATHLETES));
                steps.push((athlete.name.clone(), at::athlete(&athlete.slug)));
            }
            PageKind::Nations => steps.push(own(&self.word("nations"))),
            PageKind::Nation(i, _) => {
                let nation = &site.nations[i];
                steps.push(list("nations", at::NATIONS));
                steps.push((nation.name.clone(), at::nation(&nation.code)));
            }
            PageKind::Venues => steps.push(own(&self.word("venues"))),
            PageKind::Venue(i, _) => {
                let venue = &site.venues[i];
                steps.push(list("venues", at::VENUES));
                steps.push((venue.name.clone(), at::venue(&venue.slug)));
            }
            PageKind::Authors => steps.push(own(&self.word("authors"))),
            PageKind::Author(i, _) => {
                let author = &site.authors[i];
                steps.push(list("authors", at::AUTHORS));
                steps.push((author.name.clone(), at::author(&author.slug)));
            }
            PageKind::Tags => steps.push(own(&self.word("tags"))),
            PageKind::Tag(i, _) => {
                let tag = &site.tags[i];
                steps.push(list("tags", at::TAGS));
                steps.push((tag.name.clone(), at::tag(&tag.slug)));
            }
            PageKind::Plain(i) => steps.push(own(&site.pages[i].title)),
            // The home page is above all others, and the others have no place or no head.
            PageKind::Home | PageKind::NotFound | PageKind::Redirect { .. } => steps.clear(),
        }
        steps
    }

    /// The page's name, without that of the site.
    fn title(&self, steps: &[(String, String)]) -> String {
        let site = self.renderer.site;
        match *self.kind {
            PageKind::Event(i) => self.linker.event_name(&site.events[i]),
            _ => match steps.last() {
                Some((name, _)) => name.clone(),
                None => site.config.title.clone(),
            },
        }
    }

    /// The picture that a shared link shows.
    fn picture(&self) -> Option<Picture> {
        let site = self.renderer.site;
        let document = match *self.kind {
            PageKind::Home => DocumentId::Story(site.lead?),
            ref kind => kind.facts(site).document?,
        };
        let (file, image) = site.image_of(document)?;
        // Those who show previews draw pictures of dots alone.
        self.linker.picture(file, Some(image)).filter(|picture| !picture.url.ends_with(".svg"))
    }

    fn properties(
        &self,
        steps: &[(String, String)],
        picture: Option<Picture>,
        description: &str,
    ) -> Vec<Property> {
        let site = self.renderer.site;
        let config = &site.config;
        let mut all = Vec::new();
        let mut add = |name, content: String| all.push(Property { name, content });
        let story = self.story();
        let is_person = matches!(self.kind, PageKind::Athlete(..) | PageKind::Author(..));
        let kind = match story {
            Some(_) => "article",
            None if is_person => "profile",
            None => "website",
        };
        add("og:type", kind.to_owned());
        add("og:title", self.title(steps));
        if !description.is_empty() {
            add("og:description", description.to_owned());
        }
        add("og:url", cards::absolute_url(site, &self.page.address));
        add("og:site_name", config.title.clone());
        // A language without a region is no locale.
        let mut parts = config.language.split('-');
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        if let Some(region) = parts.find(|part| part.len() == 2) {
            add("og:locale", format!("{language}_{}", region.to_ascii_uppercase()));
        }
        if let Some(picture) = picture {
            add("og:image", picture.url);
            if let (Some(width), Some(height)) = (picture.width, picture.height) {
                add("og:image:width", width.to_string());
                add("og:image:height", height.to_string());
            }
            if !picture.alt.is_empty() {
                add("og:image:alt", picture.alt);
            }
        }
        if let (Some(doc), PageKind::Story(i) | PageKind::Live(i, _)) = (story, self.kind) {
            let node = &site.stories[*i];
            add("article:published_time", doc.date.iso());
            // A page of older updates stays as it is when there are new ones.
            let is_older = matches!(self.kind, PageKind::Live(_, 1..));
            if let Some(changed) = doc.changed().filter(|_| !is_older) {
                add("article:modified_time", changed.iso());
            }
            for author in &node.authors {
                let address = at::author(&site.authors[*author].slug);
                add("article:author", cards::absolute_url(site, &address));
            }
            if let Some(sport) = node.sports.first() {
                add("article:section", site.sports[*sport].name.clone());
            }
            for tag in &node.tags {
                add("article:tag", site.tags[*tag].name.clone());
            }
        }
        all
    }

    /// What the page is about, and where it stands in the site.
    fn nodes(&self, steps: Vec<(String, String)>, description: &str) -> Vec<Node<'a>> {
        let site = self.renderer.site;
        let linker = self.linker;
        let mut nodes = Vec::new();
        match *self.kind {
            PageKind::Home => nodes.push(linker.website()),
            PageKind::Story(i) | PageKind::Live(i, 0) => {
                nodes.push(linker.story(&site.stories[i], description));
            }
            PageKind::Event(i) => nodes.extend(linker.event(i, description)),
            PageKind::NonMedalEvent(i) => nodes.extend(linker.non_medal_event(i, description)),
            PageKind::Athlete(i, 1) => nodes.push(linker.athlete_page(i)),
            PageKind::Nation(i, 1) => nodes.push(linker.nation_page(i)),
            PageKind::Author(i, 1) => nodes.push(linker.author_page(i)),
            _ => {}
        }
        if !steps.is_empty() {
            nodes.push(linker.crumbs(steps));
        }
        nodes
    }
}
