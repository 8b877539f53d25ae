//! `podium new correction`

use std::path::Path;

use super::check::{Refused, stale_results};
use super::{Console, Status, diff, now};
use crate::assemble::{BuildTime, Site};
use crate::check::stale_results::Stale;
use crate::cli::Common;
use crate::content::{self, Change};
use crate::import::edit::{self, Node};
use crate::parse::documents::Story;

/// Adds a correction to a story, drafted from the results that have changed where there is something to
/// compare with.
pub fn run(
    common: &Common,
    name: &str,
    since: Option<&str>,
    against: Option<&Path>,
    console: &Console,
) -> Status {
    let project = match super::open(&common.root, console) {
        Ok(project) => project,
        Err(status) => return status,
    };
    let build_time = BuildTime { at: crate::clock::now(), drafts: true };
    let site = project.site(build_time, &mut Vec::new());
    let Some(story) = story(&site, name) else {
        console.complain(&format!(
            "there is no story `{name}`: name its file, or what lies below content/stories/ or content/live/"
        ));
        return Status::WrongCommandLine;
    };
    let mut text = "An earlier version of this story said ...".to_owned();
    if since.is_some() || against.is_some() {
        let stale = match stale_results(common, since, against, build_time) {
            Ok(found) => found.stale,
            Err(Refused::CommandLine(why)) => {
                console.complain(&why);
                return Status::WrongCommandLine;
            }
            Err(Refused::Site(problems)) => {
                console.diagnostics(&problems);
                return Status::SiteHasErrors;
            }
        };
        match draft(&story.file.source.path, &stale) {
            Some(drafted) => text = drafted,
            None => {
                console.say("Nothing in this story tells a result that has changed");
                return Status::Good;
            }
        }
    }
    match with_correction(story, &now(&project.config), &text) {
        Ok(new) => write(common, story, &new, console),
        Err(why) => {
            console.complain(&format!("{}: {why}", story.file.source.path));
            Status::SiteHasErrors
        }
    }
}

/// By its file, from here or from content/, or by what others call it.
fn story<'s>(site: &'s Site, name: &str) -> Option<&'s Story> {
    let name = name.replace(std::path::MAIN_SEPARATOR, "/");
    let is_it = |story: &&Story| {
        let path = &story.file.source.path;
        name == *path
            || name.ends_with(&format!("/{path}"))
            || name == story.stem
            || name == story.slug
            || format!("content/{}", name.trim_start_matches("./")) == *path
    };
    site.stories.iter().map(|node| &*node.doc).find(is_it)
}

/// What readers are told of the results that a story had wrong; nothing if it had none.
fn draft(path: &str, stale: &[Stale]) -> Option<String> {
    let mut events: Vec<(&str, Vec<&str>)> = Vec::new();
    for passage in stale.iter().filter(|passage| passage.finding.place.path() == Some(path)) {
        if !events.iter().any(|(event, _)| *event == passage.event) {
            events.push((&passage.event, Vec::new()));
        }
        let facts =
            events.iter_mut().find(|(event, _)| *event == passage.event).map(|(_, facts)| facts);
        if let (Some(facts), Some(now)) = (facts, passage.now.as_deref())
            && !facts.contains(&now)
        {
            facts.push(now);
        }
    }
    let sentences: Vec<String> = events
        .iter()
        .map(|(event, facts)| match facts.as_slice() {
            [] => format!("the result of {event} has changed since."),
            facts => format!("in {event}, {}.", facts.join(", and ")),
        })
        .collect();
    (!sentences.is_empty()).then(|| {
        format!("An earlier version of this story told an old result: {}", sentences.join(" "))
    })
}

/// The story's text with one correction more, and the time of its last change.
fn with_correction(story: &Story, now: &str, text: &str) -> Result<String, String> {
    let file = &story.file;
    let yaml = &file.source.text[file.front.clone()];
    let mut corrections = edit::value(yaml, "corrections").map(Node::into_maps).unwrap_or_default();
    corrections.push(Node::Map(vec![
        ("date".into(), Node::Text(now.to_owned())),
        ("text".into(), Node::Text(text.to_owned())),
    ]));
    let wanted = [
        ("updated", Some(Node::Text(now.to_owned()))),
        ("corrections", Some(Node::List(corrections))),
    ];
    let yaml = edit::set(yaml, &wanted).map_err(|why| why.to_string())?;
    let (before, after) =
        (&file.source.text[..file.front.start], &file.source.text[file.front.end..]);
    Ok(format!("{before}{yaml}{after}"))
}

fn write(common: &Common, story: &Story, new: &str, console: &Console) -> Status {
    let path = &story.file.source.path;
    let change = Change {
        path: path.clone(),
        old: Some(story.file.source.text.clone()),
        new: Some(new.to_owned()),
    };
    match content::writing(&common.root).and_then(|writing| writing.apply(&[change])) {
        Ok(()) => {
            console.show(&diff(path, Some(&story.file.source.text), Some(new)));
            console.say("Added a correction: read it, and put it into your own words");
            Status::Good
        }
        Err(problem) => {
            console.diagnostics(&[*problem]);
            Status::SiteHasErrors
        }
    }
}
