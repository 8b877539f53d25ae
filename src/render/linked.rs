//! Linked data: what a page is about in the terms of schema.org, as JSON-LD 1.1.
//!
//! The types carry the properties that search engines ask for; each is filled from the site, never from
//! a template. A property that nobody knows is left out.

use serde::Serialize;

use super::cards;
use crate::assemble::{
    EventNode, NationNode, ScheduledSession, SessionOf, Site, StoryNode, Topic, Winners,
};
use crate::games::noc::{COMMITTEES, Standing};
use crate::markdown::{self, Part, Style};
use crate::parse::dates::Moment;
use crate::parse::documents::{File, Gender, Image, SessionStatus};
use crate::parse::live::Live;
use crate::plan::{self, addresses as at};
use crate::theme::translations::Translations;

/// An update's text is cut after so many characters.
const UPDATE: usize = 300;

/// Everything that is said of a page.
#[derive(Serialize)]
pub(super) struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node<'a>>,
}

/// Something that a page is about.
#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) enum Node<'a> {
    WebSite(WebSite<'a>),
    NewsArticle(Article<'a>),
    LiveBlogPosting(Article<'a>),
    SportsEvent(Event<'a>),
    Event(Event<'a>),
    Person(Person<'a>),
    Organization(Organization<'a>),
    SportsTeam(Team<'a>),
    BreadcrumbList(Crumbs),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebSite<'a> {
    #[serde(rename = "@id")]
    id: String,
    url: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    in_language: &'a str,
    publisher: Box<Node<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Article<'a> {
    #[serde(rename = "@id")]
    id: String,
    url: String,
    main_entity_of_page: String,
    headline: &'a str,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Picture>,
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Node<'a>>,
    publisher: Box<Node<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    article_section: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'a str>,
    in_language: &'a str,
    is_accessible_for_free: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    correction: Vec<Correction<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<Node<'a>>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    coverage: Option<Coverage<'a>>,
}

/// What a live blog has besides.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Coverage<'a> {
    coverage_start_time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage_end_time: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    live_blog_update: Vec<Update<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "BlogPosting", rename_all = "camelCase")]
struct Update<'a> {
    #[serde(rename = "@id")]
    id: String,
    url: String,
    headline: String,
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    article_body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Node<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "CorrectionComment", rename_all = "camelCase")]
struct Correction<'a> {
    text: &'a str,
    date_published: String,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "ImageObject", rename_all = "camelCase")]
pub(super) struct Picture {
    pub(super) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) width: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) height: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit_text: Option<String>,
    #[serde(skip)]
    pub(super) alt: String,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Event<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sport: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_attendance_mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Picture>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    competitor: Vec<Node<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sub_event: Vec<Node<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "Place", rename_all = "camelCase")]
struct Place<'a> {
    name: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Address<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "PostalAddress", rename_all = "camelCase")]
struct Address<'a> {
    address_locality: &'a str,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternate_name: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gender: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    job_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    works_for: Option<Box<Node<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Picture>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nationality: Option<Country<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    member_of: Option<Box<Node<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    award: Vec<String>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "Country")]
struct Country<'a> {
    name: &'a str,
}

#[derive(Default, Serialize)]
pub(super) struct Organization<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<Picture>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Team<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<&'a str>,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Picture>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    athlete: Vec<Node<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Crumbs {
    item_list_element: Vec<Crumb>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "ListItem")]
struct Crumb {
    position: usize,
    name: String,
    item: String,
}

impl<'a> Graph<'a> {
    /// What is said of a page.
    pub(super) fn of(graph: Vec<Node<'a>>) -> Self {
        Graph { context: "https://schema.org", graph }
    }

    /// As the text of a script element, which `<` could end.
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default().replace('<', "\\u003c")
    }
}

/// Makes nodes of the parts of a site.
#[derive(Clone, Copy)]
pub(super) struct Linker<'a> {
    pub(super) site: &'a Site,
    pub(super) words: &'a Translations,
}

impl<'a> Linker<'a> {
    fn absolute(self, address: &str) -> String {
        cards::absolute_url(self.site, address)
    }

    /// The site.
    pub(super) fn website(self) -> Node<'a> {
        let config = &self.site.config;
        Node::WebSite(WebSite {
            id: format!("{}#website", config.base_url),
            url: &config.base_url,
            name: &config.title,
            description: &config.description,
            in_language: &config.language,
            publisher: Box::new(self.publisher()),
        })
    }

    /// Who publishes the site.
    fn publisher(self) -> Node<'a> {
        let config = &self.site.config;
        let publisher = &config.publisher;
        let logo = publisher.logo.as_ref().and_then(|(logo, _)| self.site.asset_at(logo));
        Node::Organization(Organization {
            id: Some(format!("{}#publisher", config.base_url)),
            name: publisher.name.as_deref().unwrap_or(&config.title),
            url: publisher.url.clone().unwrap_or_else(|| config.base_url.clone()),
            logo: logo.map(|i| self.copied(i, None)),
        })
    }

    /// The way from the home page to a page: names and addresses, the page itself last.
    pub(super) fn crumbs(self, steps: Vec<(String, String)>) -> Node<'a> {
        let crumb = |(i, (name, address)): (usize, (String, String))| Crumb {
            position: i + 1,
            name,
            item: self.absolute(&address),
        };
        Node::BreadcrumbList(Crumbs {
            item_list_element: steps.into_iter().enumerate().map(crumb).collect(),
        })
    }

    /// A story, or a live blog with the updates that stand on its own page.
    pub(super) fn story(self, story: &'a StoryNode, description: &str) -> Node<'a> {
        let site = self.site;
        let doc = &story.doc;
        let url = self.absolute(&plan::story_address(doc));
        let names = |topics: &'a [Topic], of: &[usize]| -> Vec<&'a str> {
            of.iter().map(|i| topics[*i].name.as_str()).collect()
        };
        let athletes = story.athletes.iter().map(|i| self.athlete(*i));
        let nations = story.nations.iter().map(|i| self.nation(*i));
        let article = Article {
            id: format!("{url}#article"),
            main_entity_of_page: url.clone(),
            headline: &doc.title,
            description: description.to_owned(),
            image: self.picture(&doc.file, doc.image.as_ref()),
            date_published: doc.date.iso(),
            date_modified: doc.changed().map(Moment::iso),
            author: story.authors.iter().map(|i| self.author(*i)).collect(),
            publisher: Box::new(self.publisher()),
            // A property of NewsArticle alone.
            dateline: doc.dateline.as_deref().filter(|_| doc.live.is_none()),
            article_section: names(&site.sports, &story.sports),
            keywords: names(&site.tags, &story.tags),
            in_language: &site.config.language,
            is_accessible_for_free: true,
            correction: doc
                .corrections
                .iter()
                .map(|it| Correction { text: &it.text, date_published: it.date.iso() })
                .collect(),
            about: athletes.chain(nations).collect(),
            coverage: doc.live.as_ref().map(|live| self.coverage(story, live)),
            url,
        };
        match doc.live {
            Some(_) => Node::LiveBlogPosting(article),
            None => Node::NewsArticle(article),
        }
    }

    fn coverage(self, story: &'a StoryNode, live: &'a Live) -> Coverage<'a> {
        let doc = &story.doc;
        let style = Style::of(&self.site.config.markdown, doc.file.raw_html);
        let updates = live.on_page(0).rev().map(|i| {
            let update = &live.updates[i];
            let url = self.site.config.absolute(&plan::update_address(doc, live, i));
            let definitions = &live.definitions;
            let part = Part { span: &update.body, definitions, id: "", shift: 0 };
            let body = markdown::words_of(&doc.file.source, part, style, UPDATE);
            let author = story.live.as_ref().and_then(|node| node.authors[i]);
            // One that is a component alone is called by the blog.
            let titles = [&update.title, &body, &doc.title];
            let headline = titles.into_iter().find(|title| !title.is_empty());
            Update {
                id: url.clone(),
                url,
                headline: headline.cloned().unwrap_or_default(),
                date_published: update.time.iso(),
                article_body: Some(body).filter(|body| !body.is_empty()),
                author: author.map(|author| self.author(author)),
            }
        });
        Coverage {
            coverage_start_time: doc.date.iso(),
            coverage_end_time: live.ended_at.as_ref().map(Moment::iso),
            live_blog_update: updates.collect(),
        }
    }

    /// An author: a person, or an agency.
    pub(super) fn author(self, author: usize) -> Node<'a> {
        let topic = &self.site.authors[author];
        let doc = topic.doc.as_deref();
        let url = self.absolute(&at::author(&topic.slug));
        let is_agency = doc.and_then(|doc| doc.agency).unwrap_or_else(|| is_initials(&topic.name));
        if is_agency {
            let id = None;
            return Node::Organization(Organization { id, name: &topic.name, url, logo: None });
        }
        Node::Person(Person {
            name: &topic.name,
            url,
            job_title: doc.and_then(|doc| doc.role.as_deref()),
            ..Person::default()
        })
    }

    /// An author's own page.
    pub(super) fn author_page(self, author: usize) -> Node<'a> {
        let doc = self.site.authors[author].doc.as_deref();
        let image = doc.and_then(|doc| self.picture(&doc.file, doc.image.as_ref()));
        match self.author(author) {
            Node::Person(person) => Node::Person(Person {
                id: Some(format!("{}#person", person.url)),
                // Who has a file here is of the house.
                works_for: doc.map(|_| Box::new(self.publisher())),
                image,
                ..person
            }),
            Node::Organization(agency) => Node::Organization(Organization {
                id: Some(format!("{}#organization", agency.url)),
                logo: image,
                ..agency
            }),
            other => other,
        }
    }

    /// An athlete, as others are told of one.
    fn athlete(self, athlete: usize) -> Node<'a> {
        let node = &self.site.athletes[athlete];
        let url = self.absolute(&at::athlete(&node.slug));
        Node::Person(Person { name: &node.name, url, ..Person::default() })
    }

    /// An athlete's own page.
    pub(super) fn athlete_page(self, athlete: usize) -> Node<'a> {
        let site = self.site;
        let node = &site.athletes[athlete];
        let doc = node.doc.as_deref();
        let url = self.absolute(&at::athlete(&node.slug));
        let nation = node.nation.map(|i| &site.nations[i]);
        // The best first.
        let mut medals: Vec<_> = node.medals.iter().collect();
        medals.sort_by_key(|won| won.medal);
        let award = |won: &crate::assemble::MedalRef| {
            let event = self.event_name(&site.events[won.event]);
            let medal = self.words.text(won.medal.word());
            match site.config.games.name.as_str() {
                "" => format!("{medal}, {event}"),
                games => format!("{medal}, {event}, {games}"),
            }
        };
        Node::Person(Person {
            id: Some(format!("{url}#person")),
            name: &node.name,
            url,
            alternate_name: doc
                .map(|doc| doc.aliases.iter().map(String::as_str).collect())
                .unwrap_or_default(),
            given_name: doc.and_then(|doc| doc.given.as_deref()),
            family_name: doc.and_then(|doc| doc.family.as_deref()),
            gender: doc.and_then(|doc| match doc.gender? {
                Gender::Women => Some("https://schema.org/Female"),
                Gender::Men => Some("https://schema.org/Male"),
                Gender::Mixed | Gender::Open => None,
            }),
            image: doc.and_then(|doc| self.picture(&doc.file, doc.image.as_ref())),
            nationality: nation
                .filter(|nation| is_country(nation))
                .map(|nation| Country { name: &nation.name }),
            member_of: node.nation.map(|i| Box::new(self.nation(i))),
            award: medals.into_iter().map(award).collect(),
            ..Person::default()
        })
    }

    /// A nation's team, as others are told of it.
    fn nation(self, nation: usize) -> Node<'a> {
        let node = &self.site.nations[nation];
        let url = self.absolute(&at::nation(&node.code));
        Node::SportsTeam(Team { name: &node.name, url, ..Team::default() })
    }

    /// A nation's own page.
    pub(super) fn nation_page(self, nation: usize) -> Node<'a> {
        let node = &self.site.nations[nation];
        let doc = node.doc.as_deref();
        let url = self.absolute(&at::nation(&node.code));
        Node::SportsTeam(Team {
            id: Some(format!("{url}#team")),
            name: &node.name,
            identifier: Some(&node.code),
            url,
            image: doc.and_then(|doc| self.picture(&doc.file, doc.image.as_ref())),
            ..Team::default()
        })
    }

    /// An event's own page. Nothing while nobody knows when it is: a search engine wants a day.
    pub(super) fn event(self, event: usize, description: &str) -> Option<Node<'a>> {
        let node = &self.site.events[event];
        let doc = &node.doc;
        let address = plan::event_address(self.site, node);
        let whole = self.sessions(&address, self.event_name(node), &node.schedule, description)?;
        let medallists = node.podium.iter().flatten();
        let mut competitor: Vec<Node> = medallists.map(|winners| self.winners(winners)).collect();
        if competitor.is_empty() {
            competitor = node.entrants.iter().map(|i| self.athlete(*i)).collect();
        }
        Some(Node::SportsEvent(Event {
            sport: Some(&self.site.sports[node.sport].name),
            image: self.picture(&doc.file, doc.image.as_ref()),
            competitor,
            ..whole
        }))
    }

    /// The page of something on the schedule that is no event.
    pub(super) fn non_medal_event(
        self,
        non_medal_event: usize,
        description: &str,
    ) -> Option<Node<'a>> {
        let node = &self.site.non_medal_events[non_medal_event];
        let doc = &node.doc;
        let address = at::non_medal_event(&doc.slug);
        let whole = self.sessions(&address, doc.title.clone(), &node.schedule, description)?;
        let sport = node.sport.map(|i| self.site.sports[i].name.as_str());
        let image = self.picture(&doc.file, doc.image.as_ref());
        let event = Event { sport, image, ..whole };
        Some(if sport.is_some() { Node::SportsEvent(event) } else { Node::Event(event) })
    }

    /// What goes over some sessions. Where there is more than one, each is told.
    fn sessions(
        self,
        address: &str,
        name: String,
        schedule: &[usize],
        description: &str,
    ) -> Option<Event<'a>> {
        let site = self.site;
        let schedule: Vec<&ScheduledSession> =
            schedule.iter().map(|scheduled| &site.schedule[*scheduled]).collect();
        let (first, last) = (*schedule.first()?, *schedule.last()?);
        let url = self.absolute(address);
        let one = |scheduled: &&ScheduledSession| {
            let session = site.session(scheduled);
            let event = Event {
                name: session.name.clone().unwrap_or_else(|| name.clone()),
                location: self.place(scheduled),
                ..self.when(scheduled, scheduled)
            };
            match scheduled.of {
                SessionOf::Event(_) => Node::SportsEvent(event),
                SessionOf::NonMedalEvent(_) => Node::Event(event),
            }
        };
        let sub_event =
            if schedule.len() > 1 { schedule.iter().map(one).collect() } else { Vec::new() };
        let deciding =
            schedule.iter().rev().find(|scheduled| site.session(scheduled).medal).unwrap_or(&last);
        Some(Event {
            id: Some(format!("{url}#event")),
            url: Some(url),
            name,
            description: Some(description.to_owned()).filter(|text| !text.is_empty()),
            location: self.place(deciding),
            event_attendance_mode: Some("https://schema.org/OfflineEventAttendanceMode"),
            sub_event,
            event_status: self.when(deciding, deciding).event_status,
            ..self.when(first, last)
        })
    }

    /// When it is, from the beginning of a session to the end of another, and whether it will be.
    fn when(self, first: &ScheduledSession, last: &ScheduledSession) -> Event<'a> {
        let (first, last) = (self.site.session(first), self.site.session(last));
        let end = last.end.as_ref().unwrap_or(&last.start);
        Event {
            start_date: Some(first.start.iso()),
            end_date: Some(end.iso()).filter(|_| last.end.is_some() || first.start != last.start),
            event_status: Some(match last.status {
                SessionStatus::Cancelled => "https://schema.org/EventCancelled",
                SessionStatus::Postponed => "https://schema.org/EventPostponed",
                SessionStatus::Rescheduled => "https://schema.org/EventRescheduled",
                SessionStatus::Scheduled | SessionStatus::Live | SessionStatus::Finished => {
                    "https://schema.org/EventScheduled"
                }
            }),
            ..Event::default()
        }
    }

    fn place(self, scheduled: &ScheduledSession) -> Option<Place<'a>> {
        let venue = &self.site.venues[scheduled.venue?];
        let games = Some(self.site.config.games.city.as_str()).filter(|city| !city.is_empty());
        let city = venue.doc.as_deref().and_then(|doc| doc.city.as_deref()).or(games);
        Some(Place {
            name: &venue.name,
            url: self.absolute(&at::venue(&venue.slug)),
            address: city.map(|city| Address { address_locality: city }),
        })
    }

    /// Those who won a medal: a person, or a team with its members.
    fn winners(self, winners: &'a Winners) -> Node<'a> {
        if let ([one], None) = (winners.athletes.as_slice(), &winners.team) {
            return self.athlete(*one);
        }
        let nation = &self.site.nations[winners.nation];
        Node::SportsTeam(Team {
            name: winners.team.as_deref().unwrap_or(&nation.name),
            url: self.absolute(&at::nation(&nation.code)),
            athlete: winners.athletes.iter().map(|i| self.athlete(*i)).collect(),
            ..Team::default()
        })
    }

    /// "Table tennis: Mixed doubles".
    pub(super) fn event_name(self, event: &EventNode) -> String {
        format!("{}: {}", self.site.sports[event.sport].name, event.doc.title)
    }

    /// The picture of a document with its absolute address. Nothing if its file is not there, which
    /// assembly has reported.
    pub(super) fn picture(self, file: &File, image: Option<&Image>) -> Option<Picture> {
        let image = image?;
        if crate::assemble::is_remote(image.src()) {
            return Some(Picture {
                url: image.src().to_owned(),
                width: None,
                height: None,
                caption: image.caption().map(str::to_owned),
                credit_text: image.credit().map(str::to_owned),
                alt: image.alt().to_owned(),
            });
        }
        let asset = self.site.asset(file, image.src()).ok()?;
        Some(self.copied(asset, Some(image)))
    }

    fn copied(self, asset: usize, image: Option<&Image>) -> Picture {
        let asset = &self.site.assets[asset];
        Picture {
            url: self.absolute(&format!("/{}", asset.path)),
            width: asset.size.map(|(width, _)| width),
            height: asset.size.map(|(_, height)| height),
            caption: image.and_then(Image::caption).map(str::to_owned),
            credit_text: image.and_then(Image::credit).map(str::to_owned),
            alt: image.map(Image::alt).unwrap_or_default().to_owned(),
        }
    }
}

/// Whether a name is that of an agency by its look: AFP, AP and others sign with a few capitals.
fn is_initials(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    (2..=5).contains(&name.chars().count()) && capitals == name.chars().count()
}

/// Whether a team stands for a country: not the refugees, nor those who compete for none.
fn is_country(nation: &NationNode) -> bool {
    const REFUGEES: &str = "EOR";
    let known = COMMITTEES.iter().find(|(code, ..)| *code == nation.code);
    let is_neutral = known.is_some_and(|(_, _, standing)| *standing == Standing::OutsideTable);
    !is_neutral && nation.code != REFUGEES
}
