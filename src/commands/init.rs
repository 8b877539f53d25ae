//! `podium init`

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::Dir;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Console, Status};
use crate::cli::Init;
use crate::starter::{BASE_URL, STARTER};

/// Makes a new site: the whole of it, or nothing.
pub fn run(arguments: &Init, console: &Console) -> Status {
    let dir = arguments.dir.as_path();
    let is_new = match fs::read_dir(dir).map(|mut entries| entries.next().is_none()) {
        Ok(true) => false,
        Ok(false) => {
            console.complain(&format!("{} is not empty", dir.display()));
            return Status::WrongCommandLine;
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => {
            console.complain(&format!("{}: {error}", dir.display()));
            return Status::WrongCommandLine;
        }
    };
    let settings = match settings(arguments) {
        Ok(settings) => settings,
        Err(why) => {
            console.complain(&why);
            return Status::WrongCommandLine;
        }
    };
    match write(dir, is_new, &settings, arguments.empty) {
        Ok(()) => {
            console.say(&format!("Made a site in {}", dir.display()));
            console.say(&format!("Next: podium --root {} build", dir.display()));
            Status::Good
        }
        Err(error) => {
            console.complain(&format!("{} could not be written: {error}", dir.display()));
            Status::SiteHasErrors
        }
    }
}

/// A site.toml as the arguments want it.
fn settings(arguments: &Init) -> Result<String, String> {
    let day = |name: &str, text: &Option<String>| -> Result<Option<Date>, String> {
        let Some(text) = text else { return Ok(None) };
        let read =
            text.parse().map_err(|_| format!("--{name} {text}: expected a day such as 2026-02-06"));
        read.map(Some)
    };
    let (start, end) = (day("start", &arguments.start)?, day("end", &arguments.end)?);
    if let (Some(start), Some(end)) = (start, end)
        && end < start
    {
        return Err("--end is before --start".into());
    }
    let zone = arguments.time_zone.as_deref().unwrap_or("Europe/Paris");
    if TimeZone::get(zone).is_err() {
        return Err(format!("--time-zone {zone}: expected an IANA name such as Europe/Rome"));
    }
    // A JSON string is a TOML string too.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let title = arguments.title.as_deref().unwrap_or("My Games");
    let mut text = format!(
        "title = {}
description = \"Stories and results, day by day.\"
base_url = \"{BASE_URL}\"    # where the site will be
language = \"en\"
time_zone = {}    # of dates without an offset

[games]
",
        quoted(title),
        quoted(zone)
    );
    match &arguments.games {
        None => {
            text +=
                "name = \"Paris 2024\"\ncity = \"Paris\"\nstart = 2024-07-26\nend = 2024-08-11\n"
        }
        Some(games) => {
            text += &format!("name = {}\n", quoted(games));
            if let Some(city) = &arguments.city {
                text += &format!("city = {}\n", quoted(city));
            }
            for (name, day, example) in [("start", start, "2026-02-06"), ("end", end, "2026-02-22")]
            {
                text += &match day {
                    Some(day) => format!("{name} = {day}\n"),
                    None => format!("#{name} = {example}\n"),
                };
            }
        }
    }
    text += "\n[[menu]]\ntitle = \"About\"\nurl = \"/about/\"\n";
    Ok(text)
}

/// Writes the site beside its place and moves it there, so that no half of it is left; into a folder that is
/// there already it goes by itself, and out of it again if it cannot be whole.
fn write(dir: &Path, is_new: bool, settings: &str, is_empty: bool) -> io::Result<()> {
    if !is_new {
        return fill(dir, settings, is_empty).inspect_err(|_| clear(dir));
    }
    let name = dir.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let beside: PathBuf = dir.with_file_name(format!(".{name}.podium-init"));
    let _ = fs::remove_dir_all(&beside);
    let made = fs::create_dir_all(&beside)
        .and_then(|()| fill(&beside, settings, is_empty))
        .and_then(|()| fs::rename(&beside, dir));
    made.inspect_err(|_| drop(fs::remove_dir_all(&beside)))
}

fn fill(dir: &Path, settings: &str, is_empty: bool) -> io::Result<()> {
    extract(&STARTER, dir, is_empty)?;
    fs::write(dir.join("site.toml"), settings)
}

fn extract(from: &Dir, to: &Path, is_empty: bool) -> io::Result<()> {
    for file in from.files() {
        let path = match file.path().to_str() {
            // A file of this name would be Podium's own.
            Some("gitignore") => Path::new(".gitignore"),
            _ => file.path(),
        };
        let is_example = path.starts_with("content/stories") || path.starts_with("content/events");
        if is_empty && is_example {
            continue;
        }
        let path = to.join(path);
        fs::create_dir_all(path.parent().unwrap_or(to))?;
        fs::write(path, file.contents())?;
    }
    from.dirs().try_for_each(|dir| extract(dir, to, is_empty))
}

/// Empties a folder that was empty.
fn clear(dir: &Path) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let _ = fs::remove_dir_all(entry.path()).or_else(|_| fs::remove_file(entry.path()));
    }
}
