//! Feeds: the newest stories for programs that follow them, in Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1.
//!
//! Whatever names the same thing for good, a tag URI (RFC 4151), is made of what does not change when an
//! address does: the host, and the path of the story's file. No feed depends on the clock.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use atom_syndication as atom;
use pulldown_cmark_escape::escape_html;
use rss::extension::Extension;
use rss::extension::dublincore::DublinCoreExtension;
use serde::Serialize;

use super::cards::{self, absolute_url};
use super::live::Blog;
use super::{Renderer, absolute, describe, pictures};
use crate::assemble::{PictureAt, Site, StoryNode, Topic};
use crate::config::{FeedFormat, FeedRules};
use crate::parse::dates::Moment;
use crate::parse::documents::Story;
use crate::plan::{self, FeedOf, addresses as at};
use crate::text::plain;
use crate::web::url;

/// A tag URI names a year in which the host had its name: that of the Games, or this one. It must not
/// change when a date is put right.
const YEAR: i16 = 2024;

/// What made the feed. Without a version, so that a new one changes no byte.
const GENERATOR: &str = "Podium";

/// What is made once of each story, although its page and a dozen feeds show it.
#[derive(Debug)]
pub struct StoryTexts(Vec<StoryText>);

#[derive(Debug, Default)]
struct StoryText {
    /// Whether a feed has it with its full text.
    is_in_full: bool,
    /// With absolute addresses.
    full: OnceLock<Box<str>>,
    /// The beginning of the text, where there is no standfirst.
    first_words: OnceLock<Box<str>>,
    /// As it stands in a feed, with its full text.
    full_entries: Entries,
    /// The same without.
    short_entries: Entries,
}

/// What stands in a feed for one story, by the format of the feed.
#[derive(Debug, Default)]
struct Entries([OnceLock<Box<str>>; FeedFormat::COUNT]);

impl StoryTexts {
    /// Those of a site, none of which has been asked for.
    pub fn new(site: &Site) -> StoryTexts {
        let mut texts: Vec<StoryText> = site.stories.iter().map(|_| StoryText::default()).collect();
        for of in FeedOf::all(site).filter(|of| of.rules(site).full_text) {
            of.stories(site).into_iter().for_each(|i| texts[i].is_in_full = true);
        }
        StoryTexts(texts)
    }

    /// Drops what was made: a text may show what another document says. A revision of a document does not
    /// change which stories are in feeds.
    pub fn forget(&mut self) {
        for text in &mut self.0 {
            *text = StoryText { is_in_full: text.is_in_full, ..StoryText::default() };
        }
    }

    /// The standfirst of a story, or else the beginning of its text.
    pub(super) fn summary<'t>(&'t self, site: &'t Site, i: usize) -> &'t str {
        let doc = &site.stories[i].doc;
        let words = || self.0[i].first_words.get_or_init(|| describe::words(&doc.file).into());
        doc.standfirst.as_deref().unwrap_or_else(|| words())
    }
}

/// A feed.
#[derive(Serialize)]
pub(super) struct FeedView {
    pub(super) url: String,
    #[serde(rename = "type")]
    media_type: &'static str,
    title: String,
}

/// A feed in all its formats.
pub(super) fn views(site: &Site, of: FeedOf) -> Vec<FeedView> {
    let address = of.address(site);
    let feed = |format: &FeedFormat| FeedView {
        url: cards::url(site, &at::feed(&address, *format)),
        media_type: format.media_type(),
        title: title(site, of),
    };
    of.rules(site).formats.iter().map(feed).collect()
}

/// Where the site's feed is, if it has one.
pub(super) fn site_feed(site: &Site) -> Option<String> {
    views(site, FeedOf::Site).into_iter().next().map(|feed| feed.url)
}

/// What a feed is called.
pub fn title(site: &Site, of: FeedOf) -> String {
    match of.name(site) {
        Some(name) => format!("{name} · {}", site.config.title),
        None => site.config.title.clone(),
    }
}

/// The bytes of a feed, which are UTF-8.
pub(super) fn render(renderer: &Renderer, of: FeedOf, format: FeedFormat) -> Vec<u8> {
    let feed = Feed::new(renderer, of, format);
    let mut bytes = match format {
        FeedFormat::Atom => feed.atom(),
        FeedFormat::Rss => feed.rss(),
        FeedFormat::Json => feed.json(),
    };
    bytes.push(b'\n');
    bytes
}

/// What every format says of a feed.
struct Feed<'a> {
    site: &'a Site,
    id: String,
    title: String,
    subtitle: String,
    /// Absolute, of the page beside which it lies.
    home: String,
    /// Absolute, its own.
    url: String,
    /// When the entry that was changed last was changed.
    updated: Option<&'a Moment>,
    /// What stands in it for each story.
    entries: Vec<&'a str>,
}

/// What every format says of a story.
struct Entry<'a> {
    id: String,
    url: String,
    title: String,
    summary: String,
    /// The full text, if feeds have it and there is one.
    html: Option<&'a str>,
    published: &'a Moment,
    updated: &'a Moment,
    authors: Vec<Author>,
    /// Sports and tags.
    topics: Vec<Category>,
    picture: Option<Picture>,
}

struct Author {
    name: String,
    url: String,
}

struct Category {
    slug: String,
    name: String,
    /// Absolute, of the list that it is in.
    scheme: String,
}

/// The picture that leads a story.
struct Picture {
    url: String,
    /// Nothing if its name does not tell.
    media_type: Option<String>,
    /// In bytes; nothing if it lies elsewhere.
    length: Option<u64>,
}

impl<'a> Feed<'a> {
    fn new(renderer: &Renderer<'a>, of: FeedOf, format: FeedFormat) -> Feed<'a> {
        let site = renderer.site;
        let words = &renderer.theme.translations;
        let address = of.address(site);
        let about = |key: &str, name: &str| words.text(key).replace("{name}", name);
        let subtitle = match (of, of.name(site)) {
            (FeedOf::Author(_), Some(name)) => about("stories_by", name),
            (_, Some(name)) => about("more_about", name),
            (_, None) => site.config.description.clone(),
        };
        let stories = of.stories(site);
        let changed = stories.iter().map(|i| site.stories[*i].doc.last_changed());
        Feed {
            site,
            id: tag_uri(site, &format!("{}feed", address.trim_start_matches('/'))),
            title: plain(&title(site, of)),
            subtitle: plain(&subtitle),
            url: absolute_url(site, &at::feed(&address, format)),
            home: absolute_url(site, &address),
            updated: changed.max_by_key(|moment| moment.timestamp()),
            entries: stories.iter().map(|i| entry(renderer, *i, of.rules(site), format)).collect(),
        }
    }

    fn atom(&self) -> Vec<u8> {
        let feed = atom::Feed {
            id: self.id.clone(),
            title: atom::Text::plain(self.title.as_str()),
            subtitle: some(&self.subtitle).map(atom::Text::plain),
            updated: self.updated.map_or_else(|| self.atom_beginning(), atom_date),
            // Stories without a byline are the house's: RFC 4287, section 4.1.1, wants somebody.
            authors: vec![atom::Person {
                name: plain(&self.site.config.title),
                uri: Some(absolute_url(self.site, "/")),
                ..Default::default()
            }],
            generator: Some(atom::Generator { value: GENERATOR.into(), ..Default::default() }),
            links: vec![
                atom_link("self", &self.url, Some(FeedFormat::Atom.media_type())),
                atom_link("alternate", &self.home, Some("text/html")),
            ],
            lang: Some(self.site.config.language.clone()),
            ..Default::default()
        };
        // Writing into memory cannot fail.
        self.with_entries(feed.write_to(Vec::new()).unwrap_or_default(), "</feed>")
    }

    /// A feed that was written without entries, with them before the tag that ends it.
    fn with_entries(&self, mut feed: Vec<u8>, end: &str) -> Vec<u8> {
        feed.truncate(feed.len().saturating_sub(end.len()));
        feed.reserve(self.entries.iter().map(|entry| entry.len()).sum::<usize>() + end.len());
        self.entries.iter().for_each(|entry| feed.extend(entry.as_bytes()));
        feed.extend(end.as_bytes());
        feed
    }

    /// When a feed without stories was changed last: Atom wants to know. It is the first day of the Games,
    /// or the first day of all computers, as the day of the build would differ from build to build.
    fn atom_beginning(&self) -> atom::FixedDateTime {
        let config = &self.site.config;
        let start = config.games.start.and_then(|day| day.to_zoned(config.time_zone.clone()).ok());
        let moment = start.map(|zoned| Moment { zoned, has_time: false });
        moment.as_ref().map_or_else(Default::default, atom_date)
    }

    fn rss(&self) -> Vec<u8> {
        // Atom's link says where the feed itself is: RSS Advisory Board, Best Practices Profile.
        let own = Extension {
            name: "atom:link".into(),
            attrs: BTreeMap::from([
                ("href".into(), self.url.clone()),
                ("rel".into(), "self".into()),
                ("type".into(), FeedFormat::Rss.media_type().into()),
            ]),
            ..Default::default()
        };
        let channel = rss::Channel {
            title: self.title.clone(),
            link: self.home.clone(),
            // It must be there.
            description: some(&self.subtitle).unwrap_or(&self.title).to_owned(),
            language: Some(self.site.config.language.clone()),
            last_build_date: self.updated.map(rss_date),
            generator: Some(GENERATOR.into()),
            // Those of the entries too, which are written by themselves.
            namespaces: BTreeMap::from([
                ("atom".into(), "http://www.w3.org/2005/Atom".into()),
                ("content".into(), "http://purl.org/rss/1.0/modules/content/".into()),
                ("dc".into(), "http://purl.org/dc/elements/1.1/".into()),
            ]),
            extensions: BTreeMap::from([(
                "atom".into(),
                BTreeMap::from([("link".into(), vec![own])]),
            )]),
            ..Default::default()
        };
        self.with_entries(channel.write_to(Vec::new()).unwrap_or_default(), "</channel></rss>")
    }

    fn json(&self) -> Vec<u8> {
        let feed = JsonFeed {
            version: "https://jsonfeed.org/version/1.1",
            title: &self.title,
            home_page_url: &self.home,
            feed_url: &self.url,
            description: some(&self.subtitle),
            language: &self.site.config.language,
            items: Vec::new(),
        };
        let mut json = serde_json::to_vec(&feed).unwrap_or_default();
        json.truncate(json.len().saturating_sub("]}".len()));
        json.extend(self.entries.join(",").as_bytes());
        json.extend(b"]}");
        json
    }
}

/// What stands in a feed for a story. It is made once, and all feeds of the format have it.
fn entry<'a>(renderer: &Renderer<'a>, i: usize, rules: &FeedRules, format: FeedFormat) -> &'a str {
    let text = &renderer.texts.0[i];
    let entries = if rules.full_text { &text.full_entries } else { &text.short_entries };
    entries.0[format as usize].get_or_init(|| {
        let entry = Entry::new(renderer, i, rules.full_text);
        let text = match format {
            FeedFormat::Atom => entry.atom_xml(),
            FeedFormat::Rss => entry.rss_xml(),
            FeedFormat::Json => entry.json(renderer.site),
        };
        text.into()
    })
}

/// What stands between two tags of XML, and the tags.
fn part(xml: Vec<u8>, start: &str, end: &str) -> String {
    let xml = String::from_utf8(xml).unwrap_or_default();
    match (xml.find(start), xml.rfind(end)) {
        (Some(from), Some(to)) => xml[from..to + end.len()].to_owned(),
        _ => String::new(),
    }
}

/// So many sports and tags stand with a story in a feed. A story with a thousand tags is in a thousand feeds.
const MOST_TOPICS: usize = 50;

impl<'a> Entry<'a> {
    fn new(renderer: &Renderer<'a>, i: usize, is_full: bool) -> Entry<'a> {
        let site = renderer.site;
        let node = &site.stories[i];
        let doc = &node.doc;
        let author = |i: &usize| {
            let author = &site.authors[*i];
            let url = absolute_url(site, &at::author(&author.slug));
            Author { name: plain(&author.name), url }
        };
        let category = |topic: &Topic, list: &str| Category {
            slug: topic.slug.clone(),
            name: plain(&topic.name),
            scheme: absolute_url(site, list),
        };
        let sports = node.sports.iter().map(|i| category(&site.sports[*i], at::SPORTS));
        let tags = node.tags.iter().map(|i| category(&site.tags[*i], at::TAGS));
        Entry {
            id: tag_uri(site, &path_of(doc)),
            url: absolute_url(site, &plan::story_address(doc)),
            title: plain(&doc.title),
            summary: plain(renderer.texts.summary(site, i)),
            html: is_full.then(|| full_text(renderer, i)).flatten(),
            published: &doc.date,
            updated: doc.last_changed(),
            authors: node.authors.iter().map(author).collect(),
            topics: sports.chain(tags).take(MOST_TOPICS).collect(),
            picture: picture(site, node),
        }
    }

    /// What the crate writes of a feed with this entry alone, without the feed.
    fn atom_xml(&self) -> String {
        let feed = atom::Feed { entries: vec![self.atom()], ..Default::default() };
        part(feed.write_to(Vec::new()).unwrap_or_default(), "<entry>", "</entry>")
    }

    /// What the crate writes of a feed with this item alone, without the feed.
    fn rss_xml(&self) -> String {
        let channel = rss::Channel { items: vec![self.rss()], ..Default::default() };
        part(channel.write_to(Vec::new()).unwrap_or_default(), "<item>", "</item>")
    }

    fn atom(&self) -> atom::Entry {
        let mut links = vec![atom_link("alternate", &self.url, Some("text/html"))];
        if let Some(picture) = &self.picture {
            links.push(atom::Link {
                length: picture.length.map(|length| length.to_string()),
                ..atom_link("enclosure", &picture.url, picture.media_type.as_deref())
            });
        }
        let person = |author: &Author| atom::Person {
            name: author.name.clone(),
            uri: Some(author.url.clone()),
            ..Default::default()
        };
        let category = |topic: &Category| atom::Category {
            term: topic.slug.clone(),
            scheme: Some(topic.scheme.clone()),
            label: Some(topic.name.clone()),
        };
        let content = |html: &str| atom::Content {
            content_type: Some("html".into()),
            value: Some(html.to_owned()),
            ..Default::default()
        };
        atom::Entry {
            id: self.id.clone(),
            title: atom::Text::plain(self.title.as_str()),
            updated: atom_date(self.updated),
            published: Some(atom_date(self.published)),
            authors: self.authors.iter().map(person).collect(),
            categories: self.topics.iter().map(category).collect(),
            links,
            summary: some(&self.summary).map(atom::Text::plain),
            content: self.html.map(content),
            ..Default::default()
        }
    }

    fn rss(&self) -> rss::Item {
        let category = |topic: &Category| rss::Category {
            name: topic.name.clone(),
            domain: Some(topic.scheme.clone()),
        };
        let enclosure = |picture: &Picture| {
            Some(rss::Enclosure {
                url: picture.url.clone(),
                // 0 where it is not known: RSS Advisory Board, Best Practices Profile.
                length: picture.length.unwrap_or(0).to_string(),
                mime_type: picture.media_type.clone()?,
            })
        };
        let mut summary = String::new();
        // Writing into memory cannot fail.
        let _ = escape_html(&mut summary, &self.summary);
        rss::Item {
            title: Some(self.title.clone()),
            link: Some(self.url.clone()),
            // It is HTML, in which the summary is text.
            description: some(&summary).map(str::to_owned),
            categories: self.topics.iter().map(category).collect(),
            enclosure: self.picture.as_ref().and_then(enclosure),
            guid: Some(rss::Guid { value: self.id.clone(), permalink: false }),
            pub_date: Some(rss_date(self.published)),
            content: self.html.map(str::to_owned),
            // RSS's own `author` is an address for letters.
            dublin_core_ext: (!self.authors.is_empty()).then(|| DublinCoreExtension {
                creators: self.authors.iter().map(|author| author.name.clone()).collect(),
                ..Default::default()
            }),
            ..Default::default()
        }
    }

    fn json(&self, site: &Site) -> String {
        serde_json::to_string(&self.json_item(site)).unwrap_or_default()
    }

    fn json_item<'s>(&'s self, site: &'s Site) -> JsonItem<'s> {
        let author = |author: &'s Author| JsonAuthor { name: &author.name, url: &author.url };
        let attachment = |picture: &'s Picture| {
            let mime_type = picture.media_type.as_deref()?;
            Some(JsonAttachment { url: &picture.url, mime_type, size_in_bytes: picture.length })
        };
        let text = some(&self.summary).unwrap_or(&self.title);
        JsonItem {
            id: &self.id,
            url: &self.url,
            title: &self.title,
            content_html: self.html,
            // One of both must be there.
            content_text: self.html.is_none().then_some(text),
            summary: some(&self.summary),
            image: self.picture.as_ref().map(|picture| picture.url.as_str()),
            date_published: rfc3339(self.published),
            date_modified: rfc3339(self.updated),
            authors: self.authors.iter().map(author).collect(),
            tags: self.topics.iter().map(|topic| topic.name.as_str()).collect(),
            language: &site.config.language,
            attachments: self.picture.iter().filter_map(attachment).collect(),
        }
    }
}

/// JSON Feed 1.1 as it is published at jsonfeed.org. No maintained crate writes it, and serde needs no more
/// than its names.
#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    language: &'a str,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<JsonAuthor<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    language: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<JsonAttachment<'a>>,
}

#[derive(Serialize)]
struct JsonAuthor<'a> {
    name: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct JsonAttachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
}

/// The text of a story with absolute addresses, and below it what was wrong before. What is wrong with its
/// Markdown is told by the story's own page, once. Nothing if it has no words.
fn full_text<'a>(renderer: &Renderer<'a>, i: usize) -> Option<&'a str> {
    let text = renderer.texts.0[i].full.get_or_init(|| {
        let doc = &renderer.site.stories[i].doc;
        let html = match Blog::new(renderer, i) {
            Some(blog) => blog.full_text(),
            None => renderer.body(&doc.file).html,
        };
        for_feeds(renderer, i, html)
    });
    some(text)
}

/// Keeps the HTML that was made for a story's own page, so that it is not made once more for feeds.
pub(super) fn keep(renderer: &Renderer, i: usize, html: &str) {
    let text = &renderer.texts.0[i];
    if renderer.with_feeds && text.is_in_full {
        text.full.get_or_init(|| for_feeds(renderer, i, html.to_owned()));
    }
}

fn for_feeds(renderer: &Renderer, i: usize, mut html: String) -> Box<str> {
    let doc = &renderer.site.stories[i].doc;
    for correction in &doc.corrections {
        let word = renderer.theme.translations.text("correction");
        html.push_str("<p><strong>");
        let _ = escape_html(&mut html, word);
        html.push_str(":</strong> ");
        let _ = escape_html(&mut html, &correction.text);
        html.push_str("</p>\n");
    }
    let page = absolute_url(renderer.site, &plan::story_address(doc));
    plain(&absolute::absolute(&html, &page)).into()
}

fn picture(site: &Site, node: &StoryNode) -> Option<Picture> {
    let pictured = site.picture(&node.doc.file)?;
    let asset = match pictured.at {
        PictureAt::Web(address) => {
            // What stands behind the path is no part of the name.
            let name = address.split(['?', '#']).next().unwrap_or(address);
            return Some(Picture {
                url: plain(address),
                media_type: media_type(name),
                length: None,
            });
        }
        PictureAt::Asset(asset) => asset,
    };
    let (address, length) = match pictures::offer(site, asset, pictured.focus) {
        // How long it will be is not known before it is made; 0 is how RSS says so (RSS Advisory Board, Best
        // Practices Profile, "enclosure").
        Some(offer) => (offer.fallback(None).address, None),
        None => (format!("/{}", asset.path), Some(asset.length)),
    };
    let media_type = media_type(&address);
    Some(Picture { url: plain(&absolute_url(site, &address)), media_type, length })
}

fn media_type(name: &str) -> Option<String> {
    mime_guess::from_path(name).first_raw().map(str::to_owned)
}

/// What a story is called by the path of its file, whatever its address.
fn path_of(story: &Story) -> String {
    match story.file.live {
        Some(_) => story.stem.clone(),
        None => format!("stories/{}", story.stem),
    }
}

/// A name for good: RFC 4151. Two sites of one host are told apart by their paths.
fn tag_uri(site: &Site, path: &str) -> String {
    let year = site.config.games.start.map_or(YEAR, jiff::civil::Date::year);
    let host = site.config.host().to_ascii_lowercase();
    let base = site.config.base_path.trim_start_matches('/');
    format!("tag:{host},{year:04}:{base}{}", url::encode_path(path))
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// RFC 3339, in full: a day begins at midnight where it is.
fn rfc3339(moment: &Moment) -> String {
    moment.written().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// RFC 822 with four digits for the year, as RSS wants it.
fn rss_date(moment: &Moment) -> String {
    moment.written().strftime("%a, %d %b %Y %H:%M:%S %z").to_string()
}

/// A year that the standard cannot write becomes the first of all computers.
fn atom_date(moment: &Moment) -> atom::FixedDateTime {
    atom::FixedDateTime::parse_from_rfc3339(&rfc3339(moment)).unwrap_or_default()
}

fn atom_link(rel: &str, href: &str, media_type: Option<&str>) -> atom::Link {
    atom::Link {
        rel: rel.into(),
        href: href.into(),
        mime_type: media_type.map(str::to_owned),
        ..Default::default()
    }
}
