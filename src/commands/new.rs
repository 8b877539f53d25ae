//! `podium new`

use super::{Console, Status, correction};
use crate::cli::{Common, New};
use crate::content::{self, Change};
use crate::diagnostics::nearest;
use crate::games::noc;
use crate::pipeline::Project;
use crate::slug;

/// Starts a file. Never writes over one.
pub fn run(common: &Common, what: &New, console: &Console) -> Status {
    let root = common.root.as_path();
    let project = match super::open(root, console) {
        Ok(project) => project,
        Err(status) => return status,
    };
    let config = &project.config;
    let started = match what {
        New::Correction { story, since, against } => {
            return correction::run(common, story, since.as_deref(), against.as_deref(), console);
        }
        New::Story { title, bundle } => {
            let slug = slug::slugify(title);
            let now = super::now(config);
            let path = if *bundle {
                format!("stories/{slug}/index.md")
            } else {
                format!("stories/{slug}.md")
            };
            named(&slug, title).map(|()| (path, story(title, &now)))
        }
        New::Live { title } => {
            let slug = slug::slugify(title);
            let now = super::now(config);
            named(&slug, title).map(|()| (format!("live/{slug}.md"), live(title, &now)))
        }
        New::Page { title } => {
            let slug = slug::slugify(title);
            named(&slug, title).map(|()| (format!("{slug}.md"), page(title)))
        }
        New::Author { name } => {
            let slug = slug::slugify(name);
            named(&slug, name).map(|()| (format!("authors/{slug}.md"), author(name)))
        }
        New::Venue { name } => {
            let slug = slug::slugify(name);
            named(&slug, name).map(|()| (format!("venues/{slug}.md"), venue(name)))
        }
        New::Issue { title, number } => {
            let slug = slug::slugify(title);
            let now = super::now(config);
            let path = format!("issues/{slug}/index.md");
            named(&slug, title).map(|()| (path, issue(title, number.as_deref(), &now)))
        }
        New::Event { id, title } => event(id, title.as_deref()),
        New::Athlete { name, nation } => {
            let slug = slug::slugify(name);
            named(&slug, name)
                .and_then(|()| nation_code(&project, nation))
                .map(|code| (format!("athletes/{slug}.md"), athlete(name, &code)))
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

/// The code of a nation that is written by its code or by any of its names.
fn nation_code(project: &Project, written: &str) -> Result<String, String> {
    let site = project.records(&mut Vec::new());
    if let Some(code) = site.nation_code(written) {
        return Ok(code.to_owned());
    }
    let hint = match (noc::sharing(&slug::slugify(written)), nearest(written, noc::all_names())) {
        (shared @ [_, ..], _) => format!("write one of {}", shared.join(", ")),
        (_, Some(near)) => format!("did you mean `{near}`?"),
        _ => "expected an IOC code such as KOR, or a nation's name".to_owned(),
    };
    Err(format!("--nation: there is no nation `{written}`; {hint}"))
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
    let (sport, slug) = (slug::slugify(sport), slug::slugify(name));
    if sport.is_empty() || slug.is_empty() {
        return Err(format!("`{id}` is not SPORT/EVENT, such as judo/mens-100-kg"));
    }
    let title = match title {
        Some(title) => title.to_owned(),
        None => event_title(&slug),
    };
    let gender = match gender_of(&slug) {
        Some(gender) => format!("gender: {gender}\n"),
        None => String::new(),
    };
    let text = format!(
        "---
title: {}
{gender}venue:
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

/// Whom an event is for, as its name says.
fn gender_of(slug: &str) -> Option<&'static str> {
    slug.split('-').find_map(|word| match word {
        "men" | "mens" => Some("men"),
        "women" | "womens" => Some("women"),
        "mixed" => Some("mixed"),
        _ => None,
    })
}

/// "mens-100-kg" as "Men's 100 kg", "womens-over-78-kg" as "Women's +78 kg".
fn event_title(slug: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut parts = slug.split('-').peekable();
    while let Some(part) = parts.next() {
        let is_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
        words.push(match part {
            "mens" => "men's".to_owned(),
            "womens" => "women's".to_owned(),
            "over" if parts.peek().is_some_and(|next| is_number(next)) => {
                format!("+{}", parts.next().unwrap_or_default())
            }
            part => part.to_owned(),
        });
    }
    let title = words.join(" ");
    let mut letters = title.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn page(title: &str) -> String {
    format!(
        "---
title: {}
standfirst:                 # the sentence under the headline
draft: true                 # remove this line to publish
---

",
        quoted(title)
    )
}

fn author(name: &str) -> String {
    format!(
        "---
name: {}
role:                       # such as Chief sports writer
agency: false               # true if it is no person
aliases: []                 # other names that stories have
---

",
        quoted(name)
    )
}

fn issue(title: &str, number: Option<&str>, now: &str) -> String {
    format!(
        "---
title: {}
number: {}
date: {now}
standfirst:                 # the sentence under the title
#image: {{src: cover.jpg, alt: what it shows, credit: ...}}   # the cover
price:                      # as it is printed, such as €6.50
buy:                        # where it can be bought, such as https://shop.example.org/12
subscribe:
stories: []                 # names of stories, in their order
draft: true                 # remove this line to publish
---

",
        quoted(title),
        quoted(number.unwrap_or_default())
    )
}

fn venue(name: &str) -> String {
    format!(
        "---
name: {}
city:
aliases: []                 # other names that events have
---

",
        quoted(name)
    )
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
