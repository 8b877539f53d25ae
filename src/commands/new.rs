//! `podium new`

use std::path::Path;

use super::{Console, Status, correction};
use crate::cli::{Common, New};
use crate::config;
use crate::content::{self, Change};
use crate::games::noc::COMMITTEES;
use crate::slug;

/// Starts a file. Never writes over one.
pub fn run(common: &Common, what: &New, console: &Console) -> Status {
    let root = common.root.as_path();
    let (config, problems) = config::load(root, None);
    let Some(config) = config.filter(|config| !config.is_stand_in) else {
        console.diagnostics(&problems);
        return Status::SiteHasErrors;
    };
    let started = match what {
        New::Correction { story, since, against } => {
            return correction::run(common, story, since.as_deref(), against.as_deref(), console);
        }
        New::Story { title, bundle } => {
            let slug = slug::of(title);
            let now = super::now(&config);
            let path = if *bundle {
                format!("stories/{slug}/index.md")
            } else {
                format!("stories/{slug}.md")
            };
            named(&slug, title).map(|()| (path, story(title, &now)))
        }
        New::Live { title } => {
            let slug = slug::of(title);
            let now = super::now(&config);
            named(&slug, title).map(|()| (format!("live/{slug}.md"), live(title, &now)))
        }
        New::Event { id, title } => event(id, title.as_deref()),
        New::Athlete { name, nation } => {
            let slug = slug::of(name);
            let nation = nation.to_ascii_uppercase();
            named(&slug, name)
                .and_then(|()| known_nation(root, &nation))
                .map(|()| (format!("athletes/{slug}.md"), athlete(name, &nation)))
        }
    };
    let (path, text) = match started {
        Ok(started) => started,
        Err(why) => {
            console.complain(&why);
            return Status::WrongCommandLine;
        }
    };
    let file = root.join("content").join(&path);
    if file.exists() {
        console.complain(&format!("content/{path} is there already"));
        return Status::SiteHasErrors;
    }
    let change = Change { path: format!("content/{path}"), old: None, new: Some(text) };
    match content::writing(root).and_then(|writing| writing.apply(&[change])) {
        Ok(()) => {
            console.say("Started");
            console.data(&format!("{}\n", file.display()));
            Status::Good
        }
        Err(problem) => {
            console.diagnostics(&[*problem]);
            Status::SiteHasErrors
        }
    }
}

fn named(slug: &str, name: &str) -> Result<(), String> {
    if slug.is_empty() { Err(format!("no file name can be made of `{name}`")) } else { Ok(()) }
}

fn known_nation(root: &Path, code: &str) -> Result<(), String> {
    let file = root.join(format!("content/nations/{}.md", code.to_ascii_lowercase()));
    if COMMITTEES.iter().any(|(known, ..)| *known == code) || file.exists() {
        Ok(())
    } else {
        Err(format!("there is no nation `{code}`; expected an IOC code such as KOR"))
    }
}

/// A text as a YAML value: in quotes, as JSON writes it, which YAML 1.2 reads.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn story(title: &str, now: &str) -> String {
    format!(
        "---
title: {}
standfirst:                 # the sentence under the headline
date: {now}
dateline:                   # where it is written from
authors: []
events: []                  # such as table-tennis/mixed-doubles
athletes: []
nations: []                 # IOC codes, such as KOR
tags: []
#image: {{src: picture.jpg, alt: what it shows, caption: ..., credit: ...}}
draft: true                 # remove this line to publish
---

",
        quoted(title)
    )
}

fn live(title: &str, now: &str) -> String {
    format!(
        "---
title: {}
standfirst:                 # the sentence under the headline
date: {now}  # when the coverage begins
#ended_at: {now}  # when it is over; until then the site says LIVE
authors: []
events: []                  # such as table-tennis/mixed-doubles
tags: []
draft: true                 # remove this line to publish
# Each update begins with a heading, the newest first or last:
#   ## 14:05 Gold for Ho {{.key by=maud-pryce}}
# .key makes it a key moment, .pinned keeps it on top, by= names its author.
---

",
        quoted(title)
    )
}

fn event(id: &str, title: Option<&str>) -> Result<(String, String), String> {
    let parts: Vec<&str> = id.trim_matches('/').split('/').collect();
    let [sport, name] = parts.as_slice() else {
        return Err(format!("`{id}` is not SPORT/EVENT, such as judo/mens-100-kg"));
    };
    let (sport, slug) = (slug::of(sport), slug::of(name));
    if sport.is_empty() || slug.is_empty() {
        return Err(format!("`{id}` is not SPORT/EVENT, such as judo/mens-100-kg"));
    }
    let title = match title {
        Some(title) => title.to_owned(),
        None => slug::in_words(name),
    };
    let text = format!(
        "---
title: {}
venue:
sessions: []
#  - {{name: Final, start: 2024-07-30 14:30, medal: true}}
status: scheduled           # scheduled, live, provisional or official
#podium:
#  gold:   [{{nation: CHN, athletes: [Wang Chuqin, Sun Yingsha]}}]
#  silver: []
#  bronze: []
---
",
        quoted(&title)
    );
    Ok((format!("events/{sport}/{slug}.md"), text))
}

fn athlete(name: &str, nation: &str) -> String {
    format!(
        "---
name: {}
nation: {nation}
aliases: []                 # other spellings, such as the results system's
family:
given:
---
",
        quoted(name)
    )
}
