//! Examples of every kind of page and of every branch that data can take, to look at in a site's own theme.
//!
//! The files lie in src/specimens/; what there are too many of to write down is made here.

use std::fs;
use std::io;
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::config::Config;

static SPECIMENS: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/specimens");

/// The time at which they show most: something runs, something is over and something is to come.
pub const AT: &str = "2026-02-14T15:00:00Z";

/// So many golds one nation has.
const GOLDS: usize = 50;

/// What of a site.toml is about content that the specimens do not have, or that they have of their own.
const OWN: [&str; 12] = [
    "home",
    "menu",
    "publisher",
    "brand",
    "embeds",
    "output",
    "check",
    "lists",
    "files",
    "pictures",
    "live",
    "slugs",
];

/// Writes a site of specimens into an empty folder, with the look of the site at `root`.
///
/// # Errors
/// The system does not let us write.
pub fn write(root: &Path, config: &Config, to: &Path) -> io::Result<()> {
    SPECIMENS.extract(to)?;
    let events = to.join("content/events/skiing");
    fs::create_dir_all(&events)?;
    for number in 1..=GOLDS {
        fs::write(events.join(format!("race-{number}.md")), event(number))?;
    }
    fs::write(to.join("site.toml"), settings(config))?;
    let themes = root.join("themes");
    if themes.is_dir() {
        link(&themes.canonicalize()?, &to.join("themes"))?;
    }
    Ok(())
}

/// One of many events that one nation has won.
fn event(number: usize) -> String {
    let day = 7 + number % 7;
    let hour = 8 + number % 12;
    format!(
        "---\ntitle: Race {number}\nvenue: Slope {slope}\nsessions: [{{name: Final, start: 2026-02-{day:02} {hour:02}:00, medal: true, status: finished}}]\nstatus: official\npodium:\n  gold: [{{nation: NOR, athletes: [Nora Number {number}]}}]\n  silver: [{{nation: SUI, athletes: [Sue Second {number}]}}]\n  bronze: [{{nation: NOR, athletes: [Tor Third {number}]}}]\n---\n",
        slope = number % 4 + 1,
    )
}

/// The site's own settings as far as they decide how it looks.
fn settings(config: &Config) -> String {
    let mut table: toml::Table = config.source.text.parse().unwrap_or_default();
    table.retain(|key, _| !OWN.contains(&key));
    let mut games = toml::Table::new();
    for (key, value) in [
        ("name", "Specimen Games"),
        ("city", "Milan"),
        ("start", "2026-02-06"),
        ("end", "2026-02-22"),
    ] {
        games.insert(key.into(), value.into());
    }
    table.insert("games".into(), games.into());
    let mut home = toml::Table::new();
    home.insert("lead".into(), "everything".into());
    table.insert("home".into(), home.into());
    let mut check = toml::Table::new();
    check.insert("build".into(), false.into());
    table.insert("check".into(), check.into());
    table.insert("time_zone".into(), "Europe/Rome".into());
    let about = [("title", "About"), ("url", "/about/")];
    let button = [("title", "Magazine"), ("url", "/issues/"), ("style", "button")];
    let item = |pairs: &[(&str, &str)]| -> toml::Value {
        let pairs = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).into()));
        toml::Value::Table(pairs.collect())
    };
    table.insert("menu".into(), toml::Value::Array(vec![item(&about), item(&button)]));
    let mut publisher = toml::Table::new();
    publisher.insert("copyright".into(), "\u{a9} Somebody".into());
    publisher.insert("contact".into(), "mailto:desk@example.org".into());
    publisher.insert("corrections_policy".into(), "/about/".into());
    table.insert("publisher".into(), publisher.into());
    table.to_string()
}

/// The site's own themes, so that a change of one is seen at once.
#[cfg(unix)]
fn link(themes: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(themes, to)
}

/// A copy of them: a link needs a right on Windows that few have.
#[cfg(not(unix))]
fn link(themes: &Path, to: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(themes) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(themes).unwrap_or(entry.path()));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
