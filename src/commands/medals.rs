//! `podium medals`

use std::collections::BTreeMap;
use std::path::Path;

use super::{Console, Status, counted};
use crate::assemble::{Award, Site};
use crate::cli::{Medals, Order, TableFormat};
use crate::config;
use crate::content;
use crate::diagnostics;
use crate::games::medals::{self, Row, Tally, When};
use crate::games::noc::COMMITTEES;
use crate::import::{self, Official};
use crate::parse::dates;
use crate::pipeline::Project;
use crate::render::medals_sheet;

/// Prints the medal table, or compares it with another.
pub fn run(root: &Path, arguments: &Medals, console: &Console) -> Status {
    let project = match Project::open(root) {
        Ok(project) if !diagnostics::has_errors(&project.problems) => project,
        Ok(Project { problems, .. }) | Err(problems) => {
            console.diagnostics(&problems);
            return Status::SiteHasErrors;
        }
    };
    let when = match arguments.at.as_deref().map(|at| when(at, &project.config)).transpose() {
        Ok(when) => when.unwrap_or(When::Now),
        Err(why) => {
            console.complain(&format!("--at: {why}"));
            return Status::WrongCommandLine;
        }
    };
    let _reading = match content::reading(root) {
        Ok(reading) => reading,
        Err(problem) => {
            console.diagnostics(&[*problem]);
            return Status::SiteHasErrors;
        }
    };
    let mut problems = Vec::new();
    let site = project.records(&mut problems);
    // A table with holes in it is worse than none. Stories play no part.
    problems.retain(|problem| {
        let path = problem.place.path().unwrap_or_default();
        ["events", "nations"].iter().any(|folder| path.starts_with(&format!("content/{folder}/")))
    });
    let problems = diagnostics::settle(problems);
    console.diagnostics(&problems);
    if diagnostics::has_errors(&problems) {
        return Status::SiteHasErrors;
    }
    let sport = match arguments.sport.as_deref().map(|name| site.sport(name)).transpose() {
        Ok(sport) => sport,
        Err(_) => {
            let name = arguments.sport.as_deref().unwrap_or_default();
            let known = site.sports.iter().flat_map(|sport| [sport.slug.as_str(), &sport.name]);
            let hint = diagnostics::nearest(name, known);
            let hint = hint.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            console.complain(&format!("--sport: there is no sport `{name}`{hint}"));
            return Status::WrongCommandLine;
        }
    };
    let is_of_sport =
        |award: &&Award| sport.is_none_or(|sport| site.events[award.event].sport == sport);
    let awards: Vec<&Award> = site.counted_awards().filter(is_of_sport).collect();
    let mut rows = site.table(awards.iter().copied(), when);
    if let Some(file) = &arguments.against {
        return against(file, &arguments.map, &rows, &site, console);
    }
    if arguments.by == Order::Total {
        medals::sort_by_total(&mut rows);
    }
    let text = match arguments.format {
        TableFormat::Table => table(&rows, &site, arguments.by),
        TableFormat::Csv => medals_sheet(&site, &rows),
        TableFormat::Json => json(&rows, &site),
    };
    console.data(&text);
    notes(&awards, when, &site, console);
    Status::Good
}

/// A day is that day's evening.
fn when(at: &str, config: &config::Config) -> Result<When, String> {
    let moment = dates::read(at, &config.time_zone)?;
    Ok(match moment.has_time {
        true => When::Moment(moment.timestamp()),
        false => When::Evening(moment.zoned.date()),
    })
}

/// What the reader of a table should know about it.
fn notes(awards: &[&Award], when: When, site: &Site, console: &Console) {
    let counted = awards.iter().filter(|award| award.tenure.counts(when));
    let mut events: Vec<usize> = counted.map(|award| award.event).collect();
    events.dedup();
    let provisional =
        events.iter().filter(|event| site.events[**event].doc.is_provisional()).count();
    if provisional > 0 {
        console.say(&format!(
            "note: the results of {provisional} of {} events are provisional",
            events.len()
        ));
    }
    let unknown =
        awards.iter().filter(|award| award.tenure.decided.is_none() && award.is_held()).count();
    if when != When::Now && unknown > 0 {
        console.say(&format!(
            "note: {unknown} medals are left out: their events have no sessions that would say when"
        ));
    }
}

fn name<'a>(site: &'a Site, code: &str) -> &'a str {
    let built_in = || COMMITTEES.iter().find(|(known, ..)| *known == code);
    match site.nation_of_code(code) {
        Some(nation) => &site.nations[nation].name,
        None => built_in().map_or("", |(_, name, _)| name),
    }
}

fn table(rows: &[Row], site: &Site, by: Order) -> String {
    let nations = counted(rows.len(), "nation");
    let names = rows.iter().map(|row| name(site, &row.code).chars().count());
    let wide = names.max().unwrap_or(0).max(nations.len());
    let mut text = format!("Rank  {:wide$}  NOC  Gold  Silver  Bronze  Total\n", "Nation");
    for row in rows {
        let Tally { gold, silver, bronze } = row.tally;
        let rank = if by == Order::Total { row.rank_by_total } else { row.rank };
        let (name, code, total) = (name(site, &row.code), &row.code, row.tally.total());
        text += &format!(
            "{rank:>4}  {name:wide$}  {code}  {gold:>4}  {silver:>6}  {bronze:>6}  {total:>5}\n"
        );
    }
    let sum = |of: fn(&Tally) -> u32| rows.iter().map(|row| of(&row.tally)).sum::<u32>();
    let (gold, silver, bronze) = (sum(|t| t.gold), sum(|t| t.silver), sum(|t| t.bronze));
    let total = gold + silver + bronze;
    text + &format!("      {nations:wide$}       {gold:>4}  {silver:>6}  {bronze:>6}  {total:>5}\n")
}

fn json(rows: &[Row], site: &Site) -> String {
    let rows: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| {
            serde_json::json!({
                "rank": row.rank,
                "rank_by_total": row.rank_by_total,
                "noc": row.code,
                "name": name(site, &row.code),
                "gold": row.tally.gold,
                "silver": row.tally.silver,
                "bronze": row.tally.bronze,
                "total": row.tally.total(),
            })
        })
        .collect();
    format!("{:#}\n", serde_json::Value::from(rows))
}

/// Prints each difference to another table.
fn against(file: &Path, map: &[String], rows: &[Row], site: &Site, console: &Console) -> Status {
    let map = match import::mapping(map) {
        Ok(map) => map,
        Err(why) => {
            console.complain(&why);
            return Status::WrongCommandLine;
        }
    };
    let official = match import::official_table(file, &map, site) {
        Ok(official) => official,
        Err(problems) => {
            console.diagnostics(&problems);
            return Status::SiteHasErrors;
        }
    };
    let ours: BTreeMap<&str, &Row> = rows.iter().map(|row| (row.code.as_str(), row)).collect();
    let theirs: BTreeMap<&str, &Official> =
        official.iter().map(|row| (row.code.as_str(), row)).collect();
    let mut differences = Vec::new();
    for code in ours.keys().chain(theirs.keys().filter(|code| !ours.contains_key(**code))) {
        let label = format!("{code} {}", name(site, code));
        match (ours.get(code), theirs.get(code)) {
            (Some(ours), Some(theirs)) => {
                let Tally { gold, silver, bronze } = ours.tally;
                let numbers = [
                    ("rank", Some(ours.rank), theirs.rank),
                    ("gold", Some(gold as usize), theirs.gold),
                    ("silver", Some(silver as usize), theirs.silver),
                    ("bronze", Some(bronze as usize), theirs.bronze),
                    ("total", Some(ours.tally.total() as usize), theirs.total),
                ];
                for (what, ours, theirs) in numbers {
                    if let (Some(ours), Some(theirs)) = (ours, theirs)
                        && ours != theirs
                    {
                        differences.push(format!("{label}: {what} is {ours} here, {theirs} there"));
                    }
                }
            }
            (Some(ours), None) => {
                let total = ours.tally.total();
                let total = counted(total as usize, "medal");
                differences.push(format!("{label}: has {total} here, is not there"));
            }
            _ => differences.push(format!("{label}: has no medal here, is there")),
        }
    }
    differences.iter().for_each(|line| console.data(&format!("{line}\n")));
    match differences.len() {
        0 => console.say(&format!("No difference for {}", counted(theirs.len(), "nation"))),
        n => console.say(&counted(n, "difference")),
    }
    if differences.is_empty() { Status::Good } else { Status::SiteHasErrors }
}
