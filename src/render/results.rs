//! The results of an event as data: /data/results/SPORT/EVENT.json. README.md documents its shape.

use serde::Serialize;

use super::cards;
use super::units::status;
use crate::assemble::{EntryNode, Site};
use crate::games::results::{MarkType, Outcome};
use crate::parse::documents::Entry;
use crate::plan::{self, addresses as at};

#[derive(Serialize)]
struct Data<'a> {
    /// What a story calls the event by: `sport/event`.
    id: String,
    code: Option<&'a str>,
    sport: &'a str,
    title: &'a str,
    url: String,
    /// In the order of time.
    units: Vec<UnitData<'a>>,
}

#[derive(Serialize)]
struct UnitData<'a> {
    phase: String,
    unit: Option<&'a str>,
    code: Option<&'a str>,
    /// `ranked`, `head-to-head` or `overall`.
    kind: &'static str,
    status: &'static str,
    /// Whether medals are decided in it.
    medals: bool,
    session: Option<&'a str>,
    start: Option<String>,
    /// When the result came.
    time: Option<String>,
    competitors: Vec<Competitor<'a>>,
}

#[derive(Serialize)]
struct Competitor<'a> {
    noc: Option<&'a str>,
    athletes: Vec<Athlete<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<&'a str>,
    /// The mark as a number: seconds, metres, kilograms, points.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    periods: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    win: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    irregular: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    qualified: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bib: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gap: Option<&'a str>,
}

#[derive(Serialize)]
struct Athlete<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// The text of the file.
pub fn data(site: &Site, event: usize) -> String {
    let node = &site.events[event];
    let sport = &site.sports[node.sport];
    let units = site.units[node.units.clone()].iter().filter_map(|node| {
        let unit = site.unit(node)?;
        let session = node.session.map(|id| site.session(&site.schedule[id]));
        let moment = |moment: &crate::parse::dates::Moment| moment.iso();
        Some(UnitData {
            phase: unit.phase.written(),
            unit: unit.name.as_deref(),
            code: unit.code.as_deref(),
            kind: node.kind.word(),
            status: status(unit.status),
            medals: node.is_deciding,
            session: session.and_then(|session| session.name.as_deref()),
            start: unit.start.as_ref().map(moment),
            time: unit.time.as_ref().map(moment),
            competitors: site
                .entries(node)
                .map(|(of, entry)| competitor(site, of, entry))
                .collect(),
        })
    });
    let data = Data {
        id: format!("{}/{}", sport.slug, node.doc.slug),
        code: node.doc.code.as_deref(),
        sport: &sport.name,
        title: &node.doc.title,
        url: cards::url(site, &plan::event_address(site, node)),
        units: units.collect(),
    };
    serde_json::to_string(&data).unwrap_or_default()
}

fn competitor<'s>(site: &'s Site, node: &EntryNode, entry: &'s Entry) -> Competitor<'s> {
    let athletes = entry.athletes.iter().zip(&node.athletes).map(|(name, who)| match who {
        Some(i) => {
            let athlete = &site.athletes[*i];
            let url = cards::url(site, &at::athlete(&athlete.slug));
            Athlete { name: &athlete.name, url: Some(url) }
        }
        None => Athlete { name, url: None },
    });
    Competitor {
        noc: node.nation.map(|nation| site.nations[nation].code.as_str()),
        athletes: athletes.collect(),
        team: entry.team.as_deref(),
        code: entry.code.as_deref(),
        rank: entry.rank,
        mark: entry.mark.as_deref(),
        // Six decimals are exact up to nine digits before them.
        value: entry.value.map(|millionths| millionths as f64 / 1e6),
        mark_type: entry.mark_type.map(MarkType::word),
        periods: entry.periods.as_deref(),
        win: entry.outcome.map(Outcome::letter),
        irregular: entry.irregular.as_deref(),
        qualified: entry.qualified.as_deref(),
        record: entry.record.as_deref(),
        order: entry.order.as_deref(),
        bib: entry.bib.as_deref(),
        gap: entry.gap.as_deref(),
    }
}
