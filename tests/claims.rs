//! How well the checks read: a corpus of sentences over an invented Games, each of them a story of its own.
//!
//! `claims/games.yaml` has the results. An entry of the other files has the story's `events` and `date`,
//! where the sentence stands (`in`), what stood `before`, the `text`, and a label: `right`, `wrong` (with the
//! words that were `changed`, and what they were), or `none` for what only looks like a claim. The sentences
//! were written before the grammar; `aside.yaml` was not looked at while it was made.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use common::Site;
use serde::Deserialize;

#[derive(Deserialize)]
struct Games {
    city: String,
    year: i16,
    start: String,
    end: String,
    time_zone: String,
    events: BTreeMap<String, Event>,
}

#[derive(Deserialize)]
struct Event {
    title: String,
    at: String,
    gold: Vec<String>,
    silver: Vec<String>,
    bronze: Vec<String>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    events: Vec<String>,
    date: Option<String>,
    #[serde(rename = "in")]
    place: String,
    before: Option<String>,
    text: String,
    label: String,
    changed: Option<String>,
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/claims").join(name);
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// "KOR Han Seo-yeon, Bae Tae-jun" as front matter.
fn winners(lines: &[String]) -> String {
    let winner = |line: &String| {
        let (nation, people) = line.split_once(' ').unwrap_or((line, ""));
        let people: Vec<String> =
            people.split(", ").filter(|it| !it.is_empty()).map(quoted).collect();
        format!("{{nation: {nation}, athletes: [{}]}}", people.join(", "))
    };
    lines.iter().map(winner).collect::<Vec<_>>().join(", ")
}

fn games_site(games: &Games) -> Site {
    let mut site = Site::new().file(
        "site.toml",
        &format!(
            "title = \"Test\"\nbase_url = \"https://games.example/\"\ntime_zone = {}\n[games]\nname = \"{} {}\"\ncity = \"{}\"\nstart = {}\nend = {}\n",
            quoted(&games.time_zone), games.city, games.year, games.city, games.start, games.end
        ),
    );
    for (id, event) in &games.events {
        let text = format!(
            "---\ntitle: {}\nsessions: [{{name: Final, start: {}, medal: true, status: finished}}]\nstatus: official\npodium:\n  gold: [{}]\n  silver: [{}]\n  bronze: [{}]\n---\n",
            quoted(&event.title),
            event.at,
            winners(&event.gold),
            winners(&event.silver),
            winners(&event.bronze)
        );
        site = site.file(&format!("content/events/{id}.md"), &text);
    }
    site
}

fn story(entry: &Entry, games: &Games) -> String {
    let last = entry.events.iter().map(|id| games.events[id].at.as_str()).max();
    let evening = last.map_or(format!("{}T23:00", games.end), |at| {
        // An hour after the last of its events.
        let (day, time) = at.split_once('T').unwrap();
        let hour: u32 = time[..2].parse().unwrap();
        format!("{day}T{:02}:{}", (hour + 1).min(23), &time[3..5])
    });
    let date = entry.date.clone().unwrap_or(evening);
    let text = quoted(&entry.text);
    let place = |name: &str| entry.place == name;
    let title = if place("title") { text.clone() } else { "A day at the Games".into() };
    let standfirst = if place("standfirst") { text.clone() } else { "What happened".into() };
    let caption = if place("caption") { text.clone() } else { "A picture".into() };
    let alt = if place("alt") { text } else { "A view".into() };
    let body = if place("body") { entry.text.as_str() } else { "" };
    format!(
        "---\ntitle: {title}\nstandfirst: {standfirst}\ndate: {date}\nauthors: [Desk]\nevents: [{}]\nimage: {{src: /dot.png, alt: {alt}, caption: {caption}, credit: Desk}}\n---\n{}\n\n{body}\n",
        entry.events.join(", "),
        entry.before.as_deref().unwrap_or_default(),
    )
}

/// How one part of the corpus was read.
#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    none: usize,
    /// Wrong, and told.
    found: usize,
    /// Not wrong, but told.
    cried_wolf: usize,
    misses: String,
}

impl Score {
    fn precision(&self) -> f64 {
        self.found as f64 / (self.found + self.cried_wolf).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.found as f64 / self.wrong.max(1) as f64
    }

    fn add(&mut self, other: &Score) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.none += other.none;
        self.found += other.found;
        self.cried_wolf += other.cried_wolf;
    }
}

/// Writes every sentence of a file into a story of its own, checks the site, and counts.
fn score(name: &str, games: &Games) -> Score {
    let entries: Vec<Entry> = read(name);
    let mut site = games_site(games).bytes("content/dot.png", include_bytes!("field.png"));
    for entry in &entries {
        site = site.file(&format!("content/stories/{}.md", entry.id), &story(entry, games));
    }
    let run = site.podium(&["check", "--message-format", "json", "--at", "2030-09-01T00:00:00Z"]);
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in run.stdout.lines() {
        let report: serde_json::Value = serde_json::from_str(line).unwrap();
        let code = report["code"].as_str().unwrap();
        if report["severity"] != "error" {
            continue;
        }
        let file = report["place"]["file"].as_str().unwrap_or_default();
        let id = file.trim_start_matches("content/stories/").trim_end_matches(".md").to_owned();
        let message = format!("{code} {}", report["message"].as_str().unwrap());
        told.entry(id).or_default().push(message);
    }
    let known: BTreeSet<&String> = entries.iter().map(|it| &it.id).collect();
    assert!(told.keys().all(|id| known.contains(id)), "{:?}", told);
    let mut score = Score::default();
    for entry in &entries {
        let said = told.get(&entry.id);
        match entry.label.as_str() {
            "wrong" => score.wrong += 1,
            "right" => score.right += 1,
            _ => score.none += 1,
        }
        match (entry.label.as_str(), said) {
            ("wrong", Some(_)) => score.found += 1,
            ("wrong", None) => {
                let changed = entry.changed.as_deref().unwrap_or_default();
                writeln!(score.misses, "  missed {} ({changed}): {}", entry.id, entry.text)
                    .unwrap();
            }
            (_, Some(said)) => {
                score.cried_wolf += 1;
                writeln!(score.misses, "  cried wolf {}: {}\n      {said:?}", entry.id, entry.text)
                    .unwrap();
            }
            _ => {}
        }
    }
    score
}

#[test]
fn nearly_every_wrong_medal_in_prose_is_found_and_hardly_ever_a_right_one() {
    let games: Games = read("games.yaml");
    assert!(games.events.len() >= 40);
    let mut all = Score::default();
    let mut table = String::from("part      right wrong none  found wolf  precision recall\n");
    let mut line = |name: &str, it: &Score| {
        writeln!(
            table,
            "{name:9} {:5} {:5} {:4}  {:5} {:4}  {:9.3} {:6.3}",
            it.right,
            it.wrong,
            it.none,
            it.found,
            it.cried_wolf,
            it.precision(),
            it.recall()
        )
        .unwrap();
    };
    let mut misses = String::new();
    let parts = std::env::var("PODIUM_CLAIMS").unwrap_or("agency features newsroom aside".into());
    for name in parts.split(' ') {
        let it = score(&format!("{name}.yaml"), &games);
        line(name, &it);
        misses += &it.misses;
        all.add(&it);
    }
    line("all", &all);
    println!("{table}{misses}");
    if parts.split(' ').count() == 4 {
        assert!(all.right + all.wrong + all.none >= 400 && all.none >= 120);
        assert!(all.right >= 200 && all.wrong >= 200);
    }
    assert!(all.precision() >= 0.98, "{table}{misses}");
    assert!(all.recall() >= 0.90, "{table}{misses}");
}
