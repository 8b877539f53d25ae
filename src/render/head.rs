//! What a page tells search engines and those who share it: robots, Open Graph, linked data.

use serde::Serialize;
use tera::Value;

use super::cards;
use super::schema_org::{Graph, Node, Picture, SchemaOrg};
use crate::assemble::{DocumentId, Site};

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

impl From<(&'static str, String)> for Property {
    fn from((name, content): (&'static str, String)) -> Property {
        Property { name, content }
    }
}

/// What a page says of itself.
pub(super) struct About<'a> {
    /// From the top of the site.
    pub(super) address: &'a str,
    /// Its name, without that of the site.
    pub(super) title: String,
    /// May be empty.
    pub(super) description: &'a str,
    /// The type of the Open Graph protocol.
    pub(super) og_type: &'static str,
    /// The properties that belong to this type.
    pub(super) properties: Vec<(&'static str, String)>,
    /// Whose picture a shared link shows.
    pub(super) pictured: Option<DocumentId>,
    /// What it is about, and its breadcrumb.
    pub(super) nodes: Vec<Node<'a>>,
}

impl Head {
    /// Of a page that no search engine should show.
    pub(super) fn unindexed() -> Head {
        Head { robots: "noindex", properties: Vec::new(), card: "summary", linked: None }
    }
}

/// Everything that programs are told of a page.
pub(super) fn head(schema: SchemaOrg, about: About) -> Head {
    let site = schema.site;
    let own = about.pictured.and_then(|document| site.file_of(document));
    let own = own.map(|file| schema.pictures(file)).unwrap_or_default();
    // Those who show previews draw pictures of dots alone.
    let is_drawn = |picture: &Picture| !picture.url.ends_with(".svg");
    let mut pictures = own.into_iter().chain(schema.share_image());
    let picture = pictures.find(is_drawn);
    let card = if picture.is_some() { "summary_large_image" } else { "summary" };
    let mut properties = open_graph(site, &about);
    properties.extend(picture.into_iter().flat_map(picture_properties));
    properties.extend(about.properties.into_iter().map(Property::from));
    Head {
        robots: "max-image-preview:large",
        card,
        properties,
        linked: Some(Value::safe_string(&Graph::new(about.nodes).text())),
    }
}

/// The properties that pages of all types have.
fn open_graph(site: &Site, about: &About) -> Vec<Property> {
    let config = &site.config;
    let mut all = Vec::new();
    let mut add = |name, content: String| all.push(Property { name, content });
    add("og:type", about.og_type.to_owned());
    add("og:title", about.title.clone());
    if !about.description.is_empty() {
        add("og:description", about.description.to_owned());
    }
    add("og:url", cards::absolute_url(site, about.address));
    add("og:site_name", config.title.clone());
    // A language without a region is no locale.
    let mut parts = config.language.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    if let Some(region) = parts.find(|part| part.len() == 2) {
        add("og:locale", format!("{language}_{}", region.to_ascii_uppercase()));
    }
    all
}

fn picture_properties(picture: Picture) -> Vec<Property> {
    let mut all = Vec::new();
    let mut add = |name, content: String| all.push(Property { name, content });
    add("og:image", picture.url);
    if let (Some(width), Some(height)) = (picture.width, picture.height) {
        add("og:image:width", width.to_string());
        add("og:image:height", height.to_string());
    }
    if !picture.alt.is_empty() {
        add("og:image:alt", picture.alt);
    }
    all
}
