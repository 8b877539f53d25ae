//! What every page of a site knows, by the names under which templates call it.

use serde::Serialize;
use tera::Value;

use super::cards::{self, Cards, civil_date, link, value};
use super::feeds;
use super::pictures::{self, ImageView};
use crate::assemble::{PictureAt, PictureWords, Site};
use crate::config::MenuStyle;
use crate::games::medals::Row;
use crate::plan::{Icon, addresses as at};

#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    description: &'a str,
    language: &'a str,
    /// `ltr` or `rtl`.
    direction: &'static str,
    base_url: &'a str,
    url: &'a str,
    games: GamesView<'a>,
    menu: Vec<MenuView<'a>>,
    publisher: PublisherView<'a>,
    extra: &'a serde_json::Value,
    has_events: bool,
    has_schedule: bool,
    /// The magazine; nothing if there is no issue of it.
    magazine: Option<MagazineView<'a>>,
    /// Where its feed is, if it has one.
    feed: Option<String>,
    /// The house's logo; what is said instead of it is the site's title.
    logo: Option<ImageView>,
    /// Pictures that stand for the site, as links of the head.
    icons: Vec<IconView>,
}

/// A link of the head (HTML Living Standard, section 4.6.7.8).
#[derive(Serialize)]
struct IconView {
    rel: &'static str,
    url: String,
    sizes: Option<String>,
    #[serde(rename = "type")]
    media_type: Option<&'static str>,
}

#[derive(Serialize)]
struct GamesView<'a> {
    name: &'a str,
    city: &'a str,
    start: Option<Value>,
    end: Option<Value>,
}

#[derive(Serialize)]
struct MenuView<'a> {
    title: &'a str,
    url: String,
    style: Option<MenuStyle>,
}

#[derive(Serialize)]
struct MagazineView<'a> {
    name: &'a str,
    url: String,
}

#[derive(Serialize)]
struct PublisherView<'a> {
    /// The site's title if it has no other.
    name: &'a str,
    copyright: Option<&'a str>,
    contact: Option<String>,
    corrections_policy: Option<String>,
}

/// A line of a medal table.
#[derive(Serialize)]
pub(super) struct MedalRow<'a> {
    rank: usize,
    rank_by_total: usize,
    nation: Value,
    code: &'a str,
    gold: u32,
    silver: u32,
    bronze: u32,
    total: u32,
}

/// All of them, with their names.
pub fn all(site: &Site, cards: &Cards) -> Vec<(&'static str, Value)> {
    vec![
        ("site", self::site(site)),
        ("medals", medal_rows(site, cards, &site.medal_table)),
        ("provisional_events", value(&site.provisional_events())),
    ]
}

/// What every page knows of the site.
fn site(site: &Site) -> Value {
    let config = &site.config;
    let menu = config.menu.iter().map(|item| MenuView {
        title: &item.title,
        url: link(site, item.url.get_ref()),
        style: item.style,
    });
    let policy = config.publisher.corrections_policy.as_ref();
    value(&SiteView {
        title: &config.title,
        description: &config.description,
        language: &config.language,
        direction: config.direction(),
        base_url: &config.base_url,
        url: &config.base_path,
        games: GamesView {
            name: &config.games.name,
            city: &config.games.city,
            start: config.games.start.and_then(civil_date),
            end: config.games.end.and_then(civil_date),
        },
        menu: menu.collect(),
        publisher: PublisherView {
            name: config.publisher.name.as_deref().unwrap_or(&config.title),
            copyright: config.publisher.copyright.as_deref(),
            contact: config.publisher.contact.as_ref().map(|url| link(site, url.get_ref())),
            corrections_policy: policy.map(|url| link(site, url.get_ref())),
        },
        extra: &config.extra,
        has_events: !site.events.is_empty(),
        has_schedule: !site.schedule.is_empty(),
        magazine: (!site.issues.is_empty()).then(|| MagazineView {
            name: config.magazine_name(),
            url: cards::url(site, at::ISSUES),
        }),
        feed: feeds::site_feed(site),
        logo: config.brand.logo.as_ref().and_then(|(address, _)| logo(site, address)),
        icons: icons(site),
    })
}

fn logo(site: &Site, address: &str) -> Option<ImageView> {
    let asset = PictureAt::Asset(&site.assets[site.asset_at(address)?]);
    let words = PictureWords { alt: &site.config.title, ..PictureWords::default() };
    Some(pictures::view(site, &site.pictured(asset, words)))
}

/// Those that are made of the house's icon; of a drawing that itself.
fn icons(site: &Site) -> Vec<IconView> {
    let Some(asset) = site.icon() else { return Vec::new() };
    if asset.picture.is_none() {
        let url = cards::url(site, &format!("/{}", asset.path));
        let media_type = asset.path.ends_with(".svg").then_some("image/svg+xml");
        return vec![IconView { rel: "icon", url, sizes: None, media_type }];
    }
    let icon = |icon: &Icon| {
        let (rel, media_type) = icon.link()?;
        let side = icon.side_of(asset);
        let url = cards::url(site, icon.address());
        Some(IconView { rel, url, sizes: Some(format!("{side}x{side}")), media_type })
    };
    let mut all: Vec<IconView> = Icon::ALL.iter().filter_map(icon).collect();
    let url = cards::url(site, at::WEB_MANIFEST);
    all.push(IconView { rel: "manifest", url, sizes: None, media_type: None });
    all
}

/// A line of a medal table. Nothing for a nation that is not on the site.
pub(super) fn medal_row<'a>(site: &Site, cards: &Cards, row: &'a Row) -> Option<MedalRow<'a>> {
    let nation = site.nation_of_code(&row.code)?;
    Some(MedalRow {
        rank: row.rank,
        rank_by_total: row.rank_by_total,
        nation: cards.nations[nation].clone(),
        code: &row.code,
        gold: row.tally.gold,
        silver: row.tally.silver,
        bronze: row.tally.bronze,
        total: row.tally.total(),
    })
}

/// Rows of a medal table.
pub(super) fn medal_rows(site: &Site, cards: &Cards, rows: &[Row]) -> Value {
    let rows = rows.iter().filter_map(|row| medal_row(site, cards, row));
    value(&rows.collect::<Vec<_>>())
}
