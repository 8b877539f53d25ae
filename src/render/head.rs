//! What a page tells search engines and those who share it: robots, Open Graph, linked data.

use serde::Serialize;
use tera::Value;

use super::Renderer;
use super::cards;
use super::pages::PageType;
use super::schema_org::{Graph, Picture, SchemaOrg};
use crate::assemble::Site;
use crate::plan::{Page, PageFacts};

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

/// Everything that programs are told of a page.
pub(super) fn of(
    renderer: &Renderer,
    page: &Page,
    facts: &PageFacts,
    page_type: &dyn PageType,
    description: &str,
) -> Head {
    if !facts.is_indexed {
        return Head { robots: "noindex", properties: Vec::new(), card: "summary", linked: None };
    }
    let site = renderer.site;
    let schema = SchemaOrg::of(renderer);
    let breadcrumb = page_type.breadcrumb(renderer);
    let title = page_type.title(renderer);
    let title = title.or_else(|| breadcrumb.last().map(|crumb| crumb.name.clone()));
    let pictured = page_type.pictured(site).or(facts.document);
    // Those who show previews draw pictures of dots alone.
    let picture = pictured
        .and_then(|document| site.image_of(document))
        .and_then(|(file, image)| schema.picture(file, Some(image)))
        .filter(|picture| !picture.url.ends_with(".svg"));
    let mut nodes = page_type.nodes(schema, description);
    if !breadcrumb.is_empty() {
        nodes.push(schema.breadcrumb(breadcrumb));
    }
    let (kind, own) = page_type.open_graph(renderer);
    let card = if picture.is_some() { "summary_large_image" } else { "summary" };
    let mut properties = open_graph(site, page, kind, title.unwrap_or_default(), description);
    properties.extend(picture.into_iter().flat_map(picture_properties));
    properties.extend(own.into_iter().map(Property::from));
    Head {
        robots: "max-image-preview:large",
        card,
        properties,
        linked: Some(Value::safe_string(&Graph::of(nodes).text())),
    }
}

/// The properties that pages of all types have.
fn open_graph(
    site: &Site,
    page: &Page,
    kind: &str,
    title: String,
    description: &str,
) -> Vec<Property> {
    let config = &site.config;
    let mut all = Vec::new();
    let mut add = |name, content: String| all.push(Property { name, content });
    add("og:type", kind.to_owned());
    add("og:title", title);
    if !description.is_empty() {
        add("og:description", description.to_owned());
    }
    add("og:url", cards::absolute_url(site, &page.address));
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
