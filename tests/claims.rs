//! How well the checks read: a corpus of sentences over invented Games, each of them a story of its own.
//!
//! Each folder of `claims/` is one Games: `games.yaml` has its results. An entry of the other files has the story's
//! `events` and `date`, where the sentence stands (`in`), what stood `before`, the `text`, of which `kind` it is, and a
//! label: `right`, `wrong` (with the words that were `changed`, what they `was`, and the sentence `mended`), or `none`
//! for what only looks like a claim. `also` has other ways to mend it. All were written by people who had not seen
//! the grammar; how each set was read at its first opening stands in `claims/README.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use common::Site;
use serde::Deserialize;

#[derive(Deserialize)]
struct Games {
    city: String,
    year: i16,
    start: String,
    end: String,
    time_zone: String,
    #[serde(default)]
    venues: BTreeMap<String, String>,
    events: BTreeMap<String, Event>,
}

#[derive(Deserialize)]
struct Event {
    title: String,
    at: String,
    venue: Option<String>,
    gold: Vec<String>,
    silver: Vec<String>,
    bronze: Vec<String>,
    results: Option<String>,
}

#[derive(Clone, Deserialize)]
struct Entry {
    id: String,
    #[serde(default = "medal")]
    kind: String,
    events: Vec<String>,
    date: Option<String>,
    #[serde(rename = "in")]
    place: String,
    before: Option<String>,
    text: String,
    label: String,
    changed: Option<String>,
    was: Option<String>,
    mended: Option<String>,
    #[serde(default)]
    also: Vec<String>,
}

fn medal() -> String {
    "medal".into()
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> T {
    serde_yaml::from_str(&fs::read_to_string(path).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
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
    let mut site = Site::new()
        .bytes("content/dot.png", include_bytes!("field.png"))
        .file("content/authors/desk.md", "---\nname: Desk\n---\n")
        .file(
            "site.toml",
            &format!(
                "title = \"Test\"\nbase_url = \"https://games.example/\"\ntime_zone = {}\n[games]\nname = \"{} {}\"\ncity = \"{}\"\nstart = {}\nend = {}\n",
                quoted(&games.time_zone), games.city, games.year, games.city, games.start, games.end
            ),
        );
    for (i, (name, city)) in games.venues.iter().enumerate() {
        let text = format!("---\nname: {}\ncity: {}\n---\n", quoted(name), quoted(city));
        site = site.file(&format!("content/venues/venue-{i}.md"), &text);
    }
    for (id, event) in &games.events {
        let venue = event.venue.iter().filter(|venue| games.venues.contains_key(*venue));
        let venue: String = venue.map(|venue| format!("venue: {}\n", quoted(venue))).collect();
        let text = format!(
            "---\ntitle: {}\n{venue}sessions: [{{name: Final, start: {}, medal: true, status: finished}}]\nstatus: official\npodium:\n  gold: [{}]\n  silver: [{}]\n  bronze: [{}]\n---\n",
            quoted(&event.title),
            event.at,
            winners(&event.gold),
            winners(&event.silver),
            winners(&event.bronze)
        );
        site = site.file(&format!("content/events/{id}.md"), &text);
        if let Some(results) = &event.results {
            site = site.file(&format!("content/events/{id}.results.csv"), results);
        }
    }
    site
}

/// Where a sentence stands, and the story around it.
fn story(entry: &Entry, games: &Games) -> (String, String) {
    let last = entry.events.iter().map(|id| games.events[id].at.as_str()).max();
    let evening = last.map_or(format!("{}T23:00", games.end), |at| {
        // An hour after the last of its events.
        let (day, time) = at.split_once('T').unwrap();
        let hour: u32 = time[..2].parse().unwrap();
        format!("{day}T{:02}:{}", (hour + 1).min(23), &time[3..5])
    });
    let date = entry.date.clone().unwrap_or(evening).replace(' ', "T");
    let events = entry.events.join(", ");
    let before = entry.before.as_deref().unwrap_or_default();
    if entry.place == "update" {
        let (day, time) = date.split_once('T').unwrap();
        let text = format!(
            "---\ntitle: A day at the Games\nstandfirst: What happened\ndate: {day}\nauthors: [Desk]\nevents: [{events}]\n---\n\n## {} Update\n\n{before}\n\n{}\n",
            &time[..5],
            entry.text
        );
        return (format!("content/live/{}.md", entry.id), text);
    }
    let text = quoted(&entry.text);
    let place = |name: &str| entry.place == name;
    let title = if place("title") { text.clone() } else { "A day at the Games".into() };
    let standfirst = if place("standfirst") { text.clone() } else { "What happened".into() };
    let caption = if place("caption") { text.clone() } else { "A picture".into() };
    let point = if place("keypoint") { format!("key_points: [{text}]\n") } else { String::new() };
    let alt = if place("alt") { text } else { "A view".into() };
    let body = if place("body") { entry.text.as_str() } else { "" };
    let text = format!(
        "---\ntitle: {title}\nstandfirst: {standfirst}\ndate: {date}\nauthors: [Desk]\nevents: [{events}]\n{point}image: {{src: /dot.png, alt: {alt}, caption: {caption}, credit: Desk}}\n---\n{before}\n\n{body}\n",
    );
    (format!("content/stories/{}.md", entry.id), text)
}

/// How one part of the corpus was read.
#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    none: usize,
    /// Wrong, and an error.
    found: usize,
    /// Not wrong, but an error.
    cried_wolf: usize,
    /// Wrong, and only asked about.
    asked: usize,
    /// Not wrong, but asked about.
    asked_in_vain: usize,
    /// Corrections that were made.
    mended: usize,
    /// Of these, sentences that are not true afterwards.
    untrue: usize,
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

impl Score {
    fn precision(&self) -> f64 {
        share(self.found, self.found + self.cried_wolf)
    }

    fn recall(&self) -> f64 {
        share(self.found, self.wrong)
    }

    /// Of errors and questions together.
    fn precision_of_both(&self) -> f64 {
        let found = self.found + self.asked;
        share(found, found + self.cried_wolf + self.asked_in_vain)
    }

    /// Of errors and questions together.
    fn recall_of_both(&self) -> f64 {
        share(self.found + self.asked, self.wrong)
    }

    fn line(&self, name: &str) -> String {
        format!(
            "{name:22} {:5} {:5} {:4} | {:5} {:4} {:5.3} {:5.3} | {:5} {:4} {:5.3} {:5.3} | {:5} {:6}\n",
            self.right,
            self.wrong,
            self.none,
            self.found,
            self.cried_wolf,
            self.precision(),
            self.recall(),
            self.asked,
            self.asked_in_vain,
            self.precision_of_both(),
            self.recall_of_both(),
            self.mended,
            self.untrue,
        )
    }
}

const AT: &str = "2060-09-01T00:00:00Z";

/// What the checks say of each sentence of a site: whether there is an error, and the messages.
fn told(site: &Site) -> BTreeMap<String, (bool, Vec<String>)> {
    let run = site.podium(&["check", "--message-format", "json", "--at", AT]);
    let mut told: BTreeMap<String, (bool, Vec<String>)> = BTreeMap::new();
    for line in run.stdout.lines() {
        let report: serde_json::Value = serde_json::from_str(line).unwrap();
        let (code, is_error) = (report["code"].as_str().unwrap(), report["severity"] == "error");
        let file = report["place"]["file"].as_str().unwrap_or_default();
        let path = file.strip_prefix("content/stories/").or(file.strip_prefix("content/live/"));
        let Some(id) = path.and_then(|path| path.strip_suffix(".md")) else {
            assert!(!is_error, "the Games themselves are wrong: {report}");
            continue;
        };
        assert!(!is_error || code.starts_with(['N', 'R']), "the story itself is wrong: {report}");
        if is_error || code == "R012" {
            let (has_error, messages) = told.entry(id.to_owned()).or_default();
            *has_error |= is_error;
            messages.push(format!("{code} {}", report["message"].as_str().unwrap()));
        }
    }
    told
}

/// Whether a story that `--fix` has changed is true: it is one of the ways to mend it.
fn is_true(entry: &Entry, games: &Games, now: &str) -> bool {
    let (Some(changed), Some(was)) = (&entry.changed, &entry.was) else { return false };
    let places = entry.text.match_indices(changed.as_str());
    let replaced = places
        .map(|(at, _)| format!("{}{was}{}", &entry.text[..at], &entry.text[at + changed.len()..]));
    let ways = entry.mended.iter().chain(&entry.also).cloned().chain(replaced);
    ways.into_iter().any(|text| story(&Entry { text, ..entry.clone() }, games).1 == now)
}

/// Reads a Games with all its sentences, and counts by file and by kind.
fn score(folder: &Path, scores: &mut BTreeMap<String, Score>, misses: &mut String) {
    let games: Games = read(&folder.join("games.yaml"));
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| !path.ends_with("games.yaml"));
    files.sort();
    let name = folder.file_name().unwrap().to_str().unwrap();
    let mut site = games_site(&games);
    let mut entries: Vec<(String, Entry)> = Vec::new();
    for file in files {
        let part = format!("{name} {}", file.file_stem().unwrap().to_str().unwrap());
        let of_file: Vec<Entry> = read(&file);
        for entry in &of_file {
            let (path, text) = story(entry, &games);
            site = site.file(&path, &text);
        }
        entries.extend(of_file.into_iter().map(|entry| (part.clone(), entry)));
    }
    let told = told(&site);
    site.podium(&["check", "--fix", "--at", AT]);
    let fixed: Vec<String> = entries
        .iter()
        .map(|(_, entry)| fs::read_to_string(site.root().join(story(entry, &games).0)).unwrap())
        .collect();
    site.podium(&["check", "--fix", "--at", AT]);
    for ((part, entry), now) in entries.iter().zip(&fixed) {
        let (path, before) = story(entry, &games);
        let again = fs::read_to_string(site.root().join(path)).unwrap();
        assert_eq!(&again, now, "corrected twice: {}", entry.id);
        let is_changed = *now != before;
        let is_untrue = is_changed && !is_true(entry, &games, now);
        let said = told.get(&entry.id);
        let has_error = said.is_some_and(|(has_error, _)| *has_error);
        let is_wrong = entry.label == "wrong";
        for key in [part.clone(), format!("  {}", entry.kind), "all".to_owned()] {
            let score = scores.entry(key).or_default();
            match entry.label.as_str() {
                "wrong" => score.wrong += 1,
                "right" => score.right += 1,
                _ => score.none += 1,
            }
            match (is_wrong, has_error, said.is_some()) {
                (true, true, _) => score.found += 1,
                (true, false, true) => score.asked += 1,
                (false, true, _) => score.cried_wolf += 1,
                (false, false, true) => score.asked_in_vain += 1,
                (_, false, false) => {}
            }
            score.mended += usize::from(is_changed);
            score.untrue += usize::from(is_untrue);
        }
        let what = match (is_wrong, has_error, said.is_some()) {
            (true, _, false) => "missed",
            (false, true, _) => "cried wolf",
            (false, false, true) => "asked in vain",
            _ => "",
        };
        if !what.is_empty() {
            let changed = entry.changed.as_deref().unwrap_or_default();
            writeln!(misses, "  {what} {} ({changed}): {}", entry.id, entry.text).unwrap();
        }
        if let Some((_, messages)) = said.filter(|_| !is_wrong) {
            writeln!(misses, "      {messages:?}").unwrap();
        }
        if is_untrue {
            writeln!(misses, "  untrue after --fix {}: {now}", entry.id).unwrap();
        }
    }
}

#[test]
fn errors_can_be_believed_little_is_missed_and_no_correction_is_untrue() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/claims");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root).unwrap().map(|folder| folder.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    let mut scores = BTreeMap::new();
    let mut misses = String::new();
    for folder in folders {
        score(&folder, &mut scores, &mut misses);
    }
    let mut table = String::from(
        "part                   right wrong none | error wolf prec. recall | asked vain prec. recall | fixed untrue\n",
    );
    scores.iter().for_each(|(name, score)| table += &score.line(name));
    println!("{table}{misses}");
    let all = &scores["all"];
    assert!(all.right + all.wrong + all.none >= 1200, "{table}");
    assert_eq!(all.untrue, 0, "{table}{misses}");
    assert!(all.precision() >= 0.98, "{table}{misses}");
    assert!(all.recall() >= 0.55, "{table}{misses}");
    assert!(all.precision_of_both() >= 0.90, "{table}{misses}");
    assert!(all.recall_of_both() >= 0.75, "{table}{misses}");
}
