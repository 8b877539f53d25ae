//! The results as data, for those who want to count on: /data/medals.json. README.md documents its
//! shape.

use serde::Serialize;

use super::cards;
use crate::assemble::{Award, Site};
use crate::games::medals::{self, Medal, Row, Tally, When};
use crate::plan::{self, Icon, addresses as at};
use crate::sheet;

#[derive(Serialize)]
struct Data<'a> {
    games: Games<'a>,
    /// How many events have a result that may still change.
    provisional_events: usize,
    /// By rank.
    table: Vec<Line<'a>>,
    /// Who won medals that stand in no table, by code.
    outside_table: Vec<Line<'a>>,
    /// The medals of that evening and before, as they stood then.
    days: Vec<DayLine>,
    /// Every event that has a podium, by sport and name.
    events: Vec<EventLine<'a>>,
}

#[derive(Serialize)]
struct Games<'a> {
    name: &'a str,
    city: &'a str,
    start: Option<String>,
    end: Option<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rank_by_total: Option<usize>,
    noc: &'a str,
    name: &'a str,
    url: String,
    gold: u32,
    silver: u32,
    bronze: u32,
    total: u32,
}

#[derive(Serialize)]
struct DayLine {
    date: String,
    table: Vec<ShortLine>,
}

#[derive(Serialize)]
struct ShortLine {
    rank: usize,
    noc: String,
    gold: u32,
    silver: u32,
    bronze: u32,
}

#[derive(Serialize)]
struct EventLine<'a> {
    /// What a story calls it by: `sport/event`.
    id: String,
    code: Option<&'a str>,
    sport: &'a str,
    title: &'a str,
    url: String,
    status: &'static str,
    gold: Vec<Winner<'a>>,
    silver: Vec<Winner<'a>>,
    bronze: Vec<Winner<'a>>,
}

#[derive(Serialize)]
struct Winner<'a> {
    noc: &'a str,
    team: Option<&'a str>,
    athletes: Vec<&'a str>,
    /// The day on which it was decided.
    date: Option<String>,
}

/// A medal table as a spreadsheet: /data/medals.csv, and what `podium medals` prints as CSV.
pub fn medals_sheet(site: &Site, table: &[Row]) -> String {
    let name = |code: &str| site.nation_of_code(code).map_or("", |i| &site.nations[i].name);
    let header = ["rank", "rank_by_total", "noc", "name", "gold", "silver", "bronze", "total"];
    let rows = table.iter().map(|row| {
        let Tally { gold, silver, bronze } = row.tally;
        let texts = [row.rank.to_string(), row.rank_by_total.to_string(), row.code.clone()];
        let numbers = [gold, silver, bronze, row.tally.total()].map(|number| number.to_string());
        [texts.as_slice(), &[name(&row.code).to_owned()], &numbers].concat()
    });
    sheet::write(&header, rows)
}

/// The text of /data/medals.json.
pub fn medals(site: &Site) -> String {
    let config = &site.config;
    let url = |address: &str| cards::url(site, address);
    let line = |code: &str, tally: Tally, row: Option<&Row>| {
        let nation = &site.nations[site.nation_of_code(code)?];
        Some(Line {
            rank: row.map(|row| row.rank),
            rank_by_total: row.map(|row| row.rank_by_total),
            noc: &nation.code,
            name: &nation.name,
            url: url(&at::nation(&nation.code)),
            gold: tally.gold,
            silver: tally.silver,
            bronze: tally.bronze,
            total: tally.total(),
        })
    };
    let days = medals::days(site.counted_awards().map(|award| &award.tenure));
    let days = days.into_iter().map(|day| DayLine {
        date: day.to_string(),
        table: site
            .table(site.counted_awards(), When::Evening(day))
            .into_iter()
            .map(|row| ShortLine {
                rank: row.rank,
                noc: row.code,
                gold: row.tally.gold,
                silver: row.tally.silver,
                bronze: row.tally.bronze,
            })
            .collect(),
    });
    let outside = site.nations.iter().filter(|nation| !nation.in_table && nation.tally.total() > 0);
    let data = Data {
        games: Games {
            name: &config.games.name,
            city: &config.games.city,
            start: config.games.start.map(|day| day.to_string()),
            end: config.games.end.map(|day| day.to_string()),
        },
        provisional_events: site.provisional_events(),
        table: site
            .medal_table
            .iter()
            .filter_map(|nation| line(&nation.code, nation.tally, Some(nation)))
            .collect(),
        outside_table: outside
            .filter_map(|nation| line(&nation.code, nation.tally, None))
            .collect(),
        days: days.collect(),
        events: events(site),
    };
    serde_json::to_string(&data).unwrap_or_default()
}

fn events(site: &Site) -> Vec<EventLine<'_>> {
    let mut lines = Vec::new();
    for event in site.events.iter().filter(|event| event.doc.has_podium()) {
        let winner = |award| winner(site, award);
        let [gold, silver, bronze] =
            Medal::ALL.map(|medal| site.medallists(event, medal).map(winner).collect());
        let sport = &site.sports[event.sport];
        lines.push(EventLine {
            id: format!("{}/{}", sport.slug, event.doc.slug),
            code: event.doc.code.as_deref(),
            sport: &sport.name,
            title: &event.doc.title,
            url: cards::url(site, &plan::event_address(site, event)),
            status: event.doc.status.word(),
            gold,
            silver,
            bronze,
        });
    }
    lines
}

fn winner<'s>(site: &'s Site, award: &'s Award) -> Winner<'s> {
    Winner {
        noc: &site.nations[award.nation].code,
        team: award.team.as_deref(),
        athletes: award.athletes.iter().map(|i| site.athletes[*i].name.as_str()).collect(),
        date: award.day().map(|day| day.to_string()),
    }
}
/// What telephones ask for when a site is put on their home screen (W3C, Web Application Manifest).
pub(super) fn web_manifest(site: &Site) -> String {
    #[derive(Serialize)]
    struct Manifest<'a> {
        name: &'a str,
        short_name: &'a str,
        start_url: &'a str,
        display: &'static str,
        lang: &'a str,
        icons: Vec<ManifestIcon>,
    }
    #[derive(Serialize)]
    struct ManifestIcon {
        src: String,
        sizes: String,
        #[serde(rename = "type")]
        media_type: &'static str,
    }
    let config = &site.config;
    let side = |icon: Icon| site.icon().map_or(icon.side(), |asset| icon.side_of(asset));
    let icon = |icon: Icon| ManifestIcon {
        src: cards::url(site, icon.address()),
        sizes: format!("{0}x{0}", side(icon)),
        media_type: "image/png",
    };
    let manifest = Manifest {
        name: &config.title,
        short_name: &config.title,
        start_url: &config.base_path,
        display: "browser",
        lang: &config.language,
        icons: vec![icon(Icon::Small), icon(Icon::Large)],
    };
    serde_json::to_string(&manifest).unwrap_or_default()
}
