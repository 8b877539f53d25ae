//! Linked data: what a page is about in the terms of schema.org, as JSON-LD 1.1.
//!
//! The types carry the properties that search engines ask for; each is filled from the site, never from
//! a template. A property that nobody knows is left out.

use serde::Serialize;

use super::Renderer;
use super::cards;
use super::pictures;
use crate::assemble::{
    EntryNode, EventNode, NationNode, PictureAt, PictureWords, Pictured, ScheduledSession,
    SessionOf, Site,
};
use crate::games::noc::{COMMITTEES, Standing};
use crate::parse::documents::{Entry, File, SessionStatus};
use crate::pictures::Ratio;
use crate::plan::addresses as at;
use crate::theme::translations::Translations;

/// Of a marathon the first are enough for a search engine.
pub(super) const MOST_COMPETITORS: usize = 16;

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
    PublicationIssue(PublicationIssue<'a>),
    Periodical(Periodical<'a>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebSite<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: &'a str,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) description: &'a str,
    pub(super) in_language: &'a str,
    pub(super) publisher: Box<Node<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Article<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) main_entity_of_page: String,
    pub(super) headline: &'a str,
    pub(super) description: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) image: Vec<Picture>,
    pub(super) date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) author: Vec<Node<'a>>,
    pub(super) publisher: Box<Node<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) dateline: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) article_section: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) keywords: Vec<&'a str>,
    pub(super) in_language: &'a str,
    pub(super) is_accessible_for_free: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) correction: Vec<Correction<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) about: Vec<Node<'a>>,
    /// Issues of the magazine in which it is printed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) is_part_of: Vec<Node<'a>>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub(super) coverage: Option<Coverage<'a>>,
}

/// What a live blog has besides.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Coverage<'a> {
    pub(super) coverage_start_time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) coverage_end_time: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) live_blog_update: Vec<Update<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "BlogPosting", rename_all = "camelCase")]
pub(super) struct Update<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) headline: String,
    pub(super) date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) article_body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) author: Option<Node<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "CorrectionComment", rename_all = "camelCase")]
pub(super) struct Correction<'a> {
    pub(super) text: &'a str,
    pub(super) date_published: String,
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    creator: Vec<Creator>,
    #[serde(skip_serializing_if = "Option::is_none")]
    copyright_notice: Option<String>,
    /// Where the rights are explained (IPTC's Web Statement).
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acquire_license_page: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    digital_source_type: Option<String>,
    #[serde(skip)]
    pub(super) alt: String,
}

/// Who made a picture, of whom only the name is known.
#[derive(Clone, Serialize)]
#[serde(tag = "@type")]
pub(super) enum Creator {
    Person { name: String },
    Organization { name: String },
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Event<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sport: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) event_status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) event_attendance_mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) location: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) image: Vec<Picture>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) competitor: Vec<Node<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) sub_event: Vec<Node<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "Place", rename_all = "camelCase")]
pub(super) struct Place<'a> {
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
    pub(super) id: Option<String>,
    pub(super) name: &'a str,
    pub(super) url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) alternate_name: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) given_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) family_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) gender: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) job_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) works_for: Option<Box<Node<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) image: Vec<Picture>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) nationality: Option<Country<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) member_of: Option<Box<Node<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) award: Vec<String>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "Country")]
pub(super) struct Country<'a> {
    pub(super) name: &'a str,
}

#[derive(Default, Serialize)]
pub(super) struct Organization<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    pub(super) name: &'a str,
    pub(super) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) logo: Option<Picture>,
    #[serde(rename = "correctionsPolicy", skip_serializing_if = "Option::is_none")]
    pub(super) corrections_policy: Option<String>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Team<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) identifier: Option<&'a str>,
    pub(super) url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) image: Vec<Picture>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) athlete: Vec<Node<'a>>,
}

/// An issue of the magazine.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PublicationIssue<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) issue_number: Option<&'a str>,
    pub(super) date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) image: Vec<Picture>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) is_part_of: Option<Box<Node<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) has_part: Vec<Part<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) offers: Option<Offer>,
}

/// A story of an issue, as the issue tells of it.
#[derive(Serialize)]
#[serde(tag = "@type", rename = "Article")]
pub(super) struct Part<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) url: String,
    pub(super) headline: &'a str,
}

/// Where something is sold.
#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct Offer {
    pub(super) url: String,
}

/// The magazine.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Periodical<'a> {
    #[serde(rename = "@id")]
    id: String,
    url: String,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    issn: Option<&'a str>,
    publisher: Box<Node<'a>>,
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
    pub(super) fn new(graph: Vec<Node<'a>>) -> Self {
        Graph { context: "https://schema.org", graph }
    }

    /// As the text of a script element, which `<` could end.
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default().replace('<', "\\u003c")
    }
}

/// Makes nodes of the parts of a site.
#[derive(Clone, Copy)]
pub(super) struct SchemaOrg<'a> {
    pub(super) site: &'a Site,
    pub(super) translations: &'a Translations,
}

impl<'a> SchemaOrg<'a> {
    /// Of the site that a renderer renders.
    pub(super) fn new(renderer: &Renderer<'a>) -> SchemaOrg<'a> {
        SchemaOrg { site: renderer.site, translations: &renderer.theme.translations }
    }

    pub(super) fn absolute(self, address: &str) -> String {
        cards::absolute_url(self.site, address)
    }

    /// An address of the site, or an absolute one, with its host.
    pub(super) fn link(self, address: &str) -> String {
        match address.starts_with('/') {
            true => self.absolute(address),
            false => address.to_owned(),
        }
    }

    /// The magazine.
    pub(super) fn periodical(self) -> Node<'a> {
        let config = &self.site.config;
        let url = self.absolute(at::ISSUES);
        Node::Periodical(Periodical {
            id: format!("{url}#magazine"),
            name: config.magazine_name(),
            issn: config.magazine.issn.as_deref(),
            publisher: Box::new(self.publisher()),
            url,
        })
    }

    /// An issue of the magazine, as others are told of it.
    pub(super) fn issue(self, issue: usize) -> PublicationIssue<'a> {
        let doc = &self.site.issues[issue].doc;
        let url = self.absolute(&at::issue(&doc.slug));
        PublicationIssue {
            id: format!("{url}#issue"),
            url,
            name: &doc.title,
            issue_number: doc.number.as_deref(),
            date_published: doc.date.iso(),
            description: None,
            image: Vec::new(),
            is_part_of: None,
            has_part: Vec::new(),
            offers: None,
        }
    }

    /// Who publishes the site.
    pub(super) fn publisher(self) -> Node<'a> {
        let config = &self.site.config;
        let publisher = &config.publisher;
        let logo = publisher.logo.as_ref().or(config.brand.logo.as_ref());
        let logo = logo.and_then(|(address, _)| self.at(address));
        Node::Organization(Organization {
            id: Some(format!("{}#publisher", config.base_url)),
            name: publisher.name.as_deref().unwrap_or(&config.title),
            url: publisher.url.clone().unwrap_or_else(|| config.base_url.clone()),
            logo: logo.map(|logo| self.whole(&logo)),
            corrections_policy: publisher
                .corrections_policy
                .as_ref()
                .map(|url| self.link(url.get_ref())),
        })
    }

    /// The way from the home page to a page: names and addresses, the page itself last.
    pub(super) fn breadcrumb(self, steps: Vec<super::breadcrumb::Crumb>) -> Node<'a> {
        let crumb = |(i, step): (usize, super::breadcrumb::Crumb)| Crumb {
            position: i + 1,
            name: step.name,
            item: self.absolute(&step.address),
        };
        Node::BreadcrumbList(Crumbs {
            item_list_element: steps.into_iter().enumerate().map(crumb).collect(),
        })
    }

    /// An author: a person, or an agency.
    pub(super) fn author(self, author: usize) -> Node<'a> {
        let topic = &self.site.authors[author];
        let doc = topic.doc.as_deref();
        let url = self.absolute(&at::author(&topic.slug));
        let is_agency = doc.and_then(|doc| doc.agency).unwrap_or_else(|| is_initials(&topic.name));
        if is_agency {
            let id = None;
            let (logo, corrections_policy) = (None, None);
            let name = &topic.name;
            return Node::Organization(Organization { id, name, url, logo, corrections_policy });
        }
        Node::Person(Person {
            name: &topic.name,
            url,
            job_title: doc.and_then(|doc| doc.role.as_deref()),
            ..Person::default()
        })
    }

    /// An athlete, as others are told of one.
    pub(super) fn athlete(self, athlete: usize) -> Node<'a> {
        let node = &self.site.athletes[athlete];
        let url = self.absolute(&at::athlete(&node.slug));
        Node::Person(Person { name: &node.name, url, ..Person::default() })
    }

    /// A nation's team, as others are told of it.
    pub(super) fn nation(self, nation: usize) -> Node<'a> {
        let node = &self.site.nations[nation];
        let url = self.absolute(&at::nation(&node.code));
        Node::SportsTeam(Team { name: &node.name, url, ..Team::default() })
    }

    /// What goes over some sessions. Where there is more than one, each is told.
    pub(super) fn sessions(
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
                competitor: self.competitors(scheduled),
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

    /// Who competed in the unit that decides a session.
    fn competitors(self, scheduled: &ScheduledSession) -> Vec<Node<'a>> {
        let site = self.site;
        let Some(node) = scheduled.unit.map(|unit| &site.units[unit]) else { return Vec::new() };
        let competitor = |(of, entry): (&'a EntryNode, &'a Entry)| {
            if let ([Some(one)], None) = (of.athletes.as_slice(), &entry.team) {
                return Some(self.athlete(*one));
            }
            let nation = &site.nations[of.nation?];
            Some(Node::SportsTeam(Team {
                name: entry.team.as_deref().unwrap_or(&nation.name),
                url: self.absolute(&at::nation(&nation.code)),
                ..Team::default()
            }))
        };
        site.entries(node).take(MOST_COMPETITORS).filter_map(competitor).collect()
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

    /// "Table tennis: Mixed doubles".
    pub(super) fn event_name(self, event: &EventNode) -> String {
        format!("{}: {}", self.site.sports[event.sport].name, event.doc.title)
    }

    /// The picture of a document with its absolute address, in all shapes that search engines ask for, the one
    /// of shared links first. None if its file is not there, which assembly has reported.
    pub(super) fn pictures(self, file: &File) -> Vec<Picture> {
        let pictured = self.site.picture(file);
        pictured.map(|pictured| self.shapes(&pictured)).unwrap_or_default()
    }

    /// The picture of a page that has none of its own.
    pub(super) fn share_image(self) -> Vec<Picture> {
        let image = self.site.config.brand.share_image.as_ref();
        let pictured = image.and_then(|(address, _)| self.at(address));
        pictured.map(|pictured| self.shapes(&pictured)).unwrap_or_default()
    }

    /// A picture of content/ that site.toml names.
    fn at(self, address: &str) -> Option<Pictured<'a>> {
        let asset = PictureAt::Asset(&self.site.assets[self.site.asset_at(address)?]);
        Some(self.site.pictured(asset, PictureWords::default()))
    }

    fn shapes(self, pictured: &Pictured) -> Vec<Picture> {
        let offer = match pictured.at {
            PictureAt::Asset(asset) => pictures::offer(self.site, asset, pictured.focus),
            PictureAt::Web(_) => None,
        };
        let Some(offer) = offer else { return vec![self.whole(pictured)] };
        let shape = |ratio| {
            let shared = offer.shared(ratio);
            Picture {
                url: self.absolute(&shared.address),
                width: Some(shared.width.into()),
                height: Some(shared.height.into()),
                ..self.described(pictured)
            }
        };
        Ratio::SHARED.map(shape).into()
    }

    /// A picture as it is.
    fn whole(self, pictured: &Pictured) -> Picture {
        let (url, size) = match pictured.at {
            PictureAt::Web(address) => (address.to_owned(), None),
            PictureAt::Asset(asset) => match pictures::offer(self.site, asset, pictured.focus) {
                Some(offer) => {
                    let whole = offer.fallback(None);
                    let size = (u64::from(whole.width), u64::from(whole.height));
                    (self.absolute(&whole.address), Some(size))
                }
                None => (self.absolute(&format!("/{}", asset.path)), asset.size),
            },
        };
        let (width, height) = size.unzip();
        Picture { url, width, height, ..self.described(pictured) }
    }

    /// What is said of a picture, whatever its size.
    fn described(self, pictured: &Pictured) -> Picture {
        let metadata = pictured.metadata.cloned().unwrap_or_default();
        let agency = metadata.credit.clone();
        // An agency credits itself by its name.
        let creator = |name: String| match agency.as_ref() == Some(&name) || is_initials(&name) {
            true => Creator::Organization { name },
            false => Creator::Person { name },
        };
        Picture {
            url: String::new(),
            width: None,
            height: None,
            caption: pictured.caption.map(str::to_owned),
            credit_text: pictured.credit.as_deref().map(str::to_owned),
            creator: metadata.creators.into_iter().map(creator).collect(),
            copyright_notice: metadata.copyright,
            license: metadata.web_statement,
            acquire_license_page: metadata.licensor_url,
            digital_source_type: metadata.digital_source_type,
            alt: pictured.alt.to_owned(),
        }
    }
}

/// Whether a name is that of an agency by its look: several sign with a few capitals.
fn is_initials(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    (2..=5).contains(&name.chars().count()) && capitals == name.chars().count()
}

/// Whether a team stands for a country: not the refugees, nor those who compete for none.
pub(super) fn is_country(nation: &NationNode) -> bool {
    const REFUGEES: &str = "EOR";
    let known = COMMITTEES.iter().find(|(code, ..)| *code == nation.code);
    let is_neutral = known.is_some_and(|(_, _, standing)| *standing == Standing::OutsideTable);
    !is_neutral && nation.code != REFUGEES
}
