//! The kinds of page, a file each: template, what it shows, the way to it, what programs are told of it.
//!
//! A new kind is a file here with a [`PageType`], its lines in [`of`] and [`TEMPLATES`], and its facts and
//! addresses in `plan/kinds.rs`.

mod athlete;
mod athletes;
mod author;
mod day;
mod event;
mod home;
mod index;
mod issue;
mod issues;
mod live;
mod medals;
mod nation;
mod nations;
mod non_medal_event;
mod not_found;
mod pagination;
mod plain;
mod print_edition;
mod programme;
mod redirect;
mod schedule;
mod session_rows;
mod sessions;
mod sport;
mod sports;
mod stories;
mod story;
mod tag;
mod topic;
mod venue;

use serde::Serialize;
use tera::{Context, Value};

use super::Renderer;
use super::breadcrumb::Crumb;
use super::cards;
use super::feeds::{self, FeedView};
use super::head::{self, About, Head};
use super::schema_org::{Node, SchemaOrg};
use crate::assemble::{DocumentId, Site};
use crate::diagnostics::Diagnostic;
use crate::markdown::Rendered;
use crate::parse::documents::File;
use crate::plan::{FeedOf, Page, PageFacts, PageKind};

/// A kind of page, with what it is the page of.
pub(super) trait PageType {
    /// Its template, by the name of the file in templates/.
    fn template(&self) -> &'static str;

    /// Gives the template what the page shows.
    fn fill(&self, page: &mut PageBuilder);

    /// The pages above it from the home page down, and itself last; of a list that goes over several
    /// pages its first. Nothing if it stands nowhere in the site.
    fn breadcrumb(&self, renderer: &Renderer) -> Vec<Crumb>;

    /// For search engines and shared links; may be empty.
    fn description(&self, _renderer: &Renderer) -> String {
        String::new()
    }

    /// Its name for shared links, where that is not the last of its breadcrumb.
    fn title(&self, _renderer: &Renderer) -> Option<String> {
        None
    }

    /// Whose picture shared links show, if that is not the page's own document.
    fn pictured(&self, _site: &Site) -> Option<DocumentId> {
        None
    }

    /// The type of the Open Graph protocol (ogp.me), and the properties that belong to it.
    fn open_graph(&self, _renderer: &Renderer) -> (&'static str, Vec<(&'static str, String)>) {
        ("website", Vec::new())
    }

    /// What it is about, in the terms of schema.org.
    fn nodes<'a>(&self, _schema: SchemaOrg<'a>, _description: &str) -> Vec<Node<'a>> {
        Vec::new()
    }
}

/// A page's type.
pub(super) fn page_type(kind: &PageKind) -> Box<dyn PageType + '_> {
    match *kind {
        PageKind::Home => Box::new(home::Home),
        PageKind::Story(i) => Box::new(story::StoryPage(i)),
        PageKind::Live(story, page) => Box::new(live::LivePage { story, page }),
        PageKind::Stories(number) => Box::new(stories::Stories(number)),
        PageKind::Medals => Box::new(medals::Medals),
        PageKind::Schedule => Box::new(schedule::Schedule),
        PageKind::Day(i) => Box::new(day::DayPage(i)),
        PageKind::Programme(of) => Box::new(programme::ProgrammePage(of)),
        PageKind::NonMedalEvent(i) => Box::new(non_medal_event::NonMedalEventPage(i)),
        PageKind::Sports => Box::new(sports::Sports),
        PageKind::Sport(sport, number) => Box::new(sport::SportPage { sport, number }),
        PageKind::Event(i) => Box::new(event::EventPage(i)),
        PageKind::Athletes(number) => Box::new(athletes::Athletes(number)),
        PageKind::Athlete(athlete, number) => Box::new(athlete::AthletePage { athlete, number }),
        PageKind::Nations => Box::new(nations::Nations),
        PageKind::Nation(nation, number) => Box::new(nation::NationPage { nation, number }),
        PageKind::Venues => Box::new(index::Index::Venues),
        PageKind::Venue(venue, number) => Box::new(venue::VenuePage { venue, number }),
        PageKind::Authors => Box::new(index::Index::Authors),
        PageKind::Author(author, number) => Box::new(author::AuthorPage { author, number }),
        PageKind::Tags => Box::new(index::Index::Tags),
        PageKind::Tag(tag, number) => Box::new(tag::TagPage { tag, number }),
        PageKind::Issues(number) => Box::new(issues::Issues(number)),
        PageKind::Issue(i) => Box::new(issue::IssuePage(i)),
        PageKind::PrintEdition(i) => Box::new(print_edition::PrintEdition(i)),
        PageKind::Plain(i) => Box::new(plain::PlainPage(i)),
        PageKind::NotFound => Box::new(not_found::NotFound),
        PageKind::Redirect { ref to } => Box::new(redirect::Redirect(to)),
    }
}

/// The templates of all kinds, and those of an update and of the key moments of a live blog: what a chain
/// of themes must have.
pub const TEMPLATES: [&str; 28] = [
    "home.html",
    "story.html",
    "live.html",
    "update.html",
    "key-moments.html",
    "stories.html",
    "medals.html",
    "schedule.html",
    "day.html",
    "programme.html",
    "occasion.html",
    "sports.html",
    "sport.html",
    "event.html",
    "athletes.html",
    "athlete.html",
    "nations.html",
    "nation.html",
    "venue.html",
    "author.html",
    "tag.html",
    "index.html",
    "issues.html",
    "issue.html",
    "print.html",
    "page.html",
    "404.html",
    "redirect.html",
];

/// The template of a kind of page, by its file name in templates/.
pub fn template(kind: &PageKind) -> &'static str {
    page_type(kind).template()
}

/// What a template is given.
pub(super) struct View {
    /// The values.
    pub(super) context: Context,
    /// What is wrong with the texts of the page.
    pub(super) problems: Vec<Diagnostic>,
}

/// What every page knows of itself.
#[derive(Serialize)]
struct PageValues {
    /// The template's name without its ending.
    kind: &'static str,
    /// From the top of the host.
    url: String,
    /// Absolute.
    canonical: String,
    /// For search engines and cards; may be empty.
    description: String,
    /// For programs.
    head: Head,
    /// Feeds for programs to find: those of what the page is about, then the site's.
    feeds: Vec<FeedView>,
    /// Where the feed is of what the page is about, if it has one.
    feed: Option<String>,
}

/// The view of a page.
pub(super) fn view(renderer: &Renderer, page: &Page, kind: &PageKind) -> View {
    let mut builder = PageBuilder { renderer, context: Context::new(), problems: Vec::new() };
    let page_type = page_type(kind);
    page_type.fill(&mut builder);
    let PageBuilder { mut context, problems, .. } = builder;
    let site = renderer.site;
    let facts = kind.facts(site);
    let own = facts.feed.filter(|of| of.is_published(site));
    // One is enough for a page that is not about the site.
    let is_home = own == Some(FeedOf::Site);
    let own = own.map(|of| feeds::views(site, of)).unwrap_or_default();
    let of_site = feeds::views(site, FeedOf::Site).into_iter().take(usize::from(!is_home));
    let description = page_type.description(renderer);
    let values = PageValues {
        kind: page_type.template().trim_end_matches(".html"),
        url: renderer.url(&page.address),
        canonical: cards::absolute_url(site, &page.address),
        head: head(renderer, page, &facts, page_type.as_ref(), &description),
        description,
        feed: own.first().map(|feed| feed.url.clone()),
        feeds: own.into_iter().chain(of_site).collect(),
    };
    context.insert("page", &values);
    View { context, problems }
}

/// What programs are told of a page.
fn head(
    renderer: &Renderer,
    page: &Page,
    facts: &PageFacts,
    page_type: &dyn PageType,
    description: &str,
) -> Head {
    if !facts.is_indexed || !renderer.theme.shows_head {
        return Head::unindexed();
    }
    let schema = SchemaOrg::new(renderer);
    let breadcrumb = page_type.breadcrumb(renderer);
    let title = page_type.title(renderer);
    let title = title.or_else(|| breadcrumb.last().map(|crumb| crumb.name.clone()));
    let mut nodes = page_type.nodes(schema, description);
    if !breadcrumb.is_empty() {
        nodes.push(schema.breadcrumb(breadcrumb));
    }
    let (og_type, properties) = page_type.open_graph(renderer);
    let address = &page.address;
    let pictured = page_type.pictured(renderer.site).or(facts.document);
    let title = title.unwrap_or_default();
    head::head(schema, About { address, title, description, og_type, properties, pictured, nodes })
}

/// Collects what a page shows.
pub(super) struct PageBuilder<'a> {
    renderer: &'a Renderer<'a>,
    context: Context,
    problems: Vec<Diagnostic>,
}

impl<'a> PageBuilder<'a> {
    /// Gives the template a value under a name.
    fn insert<T: Serialize>(&mut self, name: &'static str, view: &T) {
        self.context.insert(name, view);
    }

    /// The same for what is to be a value once, however often the template looks at it.
    fn insert_view<T: Serialize>(&mut self, name: &'static str, view: &T) {
        self.context.insert_value(name, cards::value(view));
    }

    /// The HTML of a file's Markdown, and how many seconds it takes to read.
    fn body(&mut self, file: Option<&File>) -> (Value, usize) {
        let Some(file) = file else { return (Value::safe_string(""), 0) };
        self.shown(self.renderer.body(file))
    }

    /// The HTML of a story's Markdown, and how many seconds it takes to read.
    fn story_body(&mut self, i: usize) -> (Value, usize) {
        let rendered = self.renderer.body(&self.renderer.site.stories[i].doc.file);
        feeds::keep(self.renderer, i, &rendered.html);
        self.shown(rendered)
    }

    fn shown(&mut self, rendered: Rendered) -> (Value, usize) {
        self.problems.extend(rendered.problems);
        (Value::safe_string(&rendered.html), rendered.reading_seconds)
    }

    /// The stories of one page of a list.
    fn stories(
        &mut self,
        stories: impl ExactSizeIterator<Item = usize>,
        address: &str,
        number: usize,
    ) {
        let per_page = self.renderer.site.config.per_page;
        let total = stories.len();
        let shown: Vec<usize> = stories.skip((number - 1) * per_page).take(per_page).collect();
        self.insert("stories", &pick(&self.renderer.cards.stories, &shown));
        self.paginate(total, per_page, address, number);
    }
}

fn pick(cards: &[Value], indices: &[usize]) -> Vec<Value> {
    indices.iter().map(|i| cards[*i].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Programme;

    #[test]
    fn a_theme_must_have_the_template_of_every_kind() {
        let to = String::from("/");
        for kind in [
            PageKind::Home,
            PageKind::Story(0),
            PageKind::Live(0, 0),
            PageKind::Stories(1),
            PageKind::Medals,
            PageKind::Schedule,
            PageKind::Day(0),
            PageKind::Programme(Programme::Sport(0)),
            PageKind::NonMedalEvent(0),
            PageKind::Sports,
            PageKind::Sport(0, 1),
            PageKind::Event(0),
            PageKind::Athletes(1),
            PageKind::Athlete(0, 1),
            PageKind::Nations,
            PageKind::Nation(0, 1),
            PageKind::Venues,
            PageKind::Venue(0, 1),
            PageKind::Authors,
            PageKind::Author(0, 1),
            PageKind::Tags,
            PageKind::Tag(0, 1),
            PageKind::Issues(1),
            PageKind::Issue(0),
            PageKind::PrintEdition(0),
            PageKind::Plain(0),
            PageKind::NotFound,
            PageKind::Redirect { to },
        ] {
            assert!(TEMPLATES.contains(&template(&kind)), "{kind:?}");
        }
    }
}
