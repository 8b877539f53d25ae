//! What a changed result leaves behind: every place that still tells the old one.
//!
//! Pages that show results change by themselves; sentences do not. The stories of now are read together with
//! the results of then, and what they say of a medal that has changed is listed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::assemble::{self, Award, BuildTime, EventNode, Site};
use crate::check::claims::{Assertion, Reading};
use crate::check::prose::Prose;
use crate::config::Config;
use crate::content;
use crate::diagnostics::{self, Diagnostic, Place, codes};
use crate::discover;
use crate::games::medals::Medal;
use crate::parse::{self, Parsed};
use crate::plan::{self, addresses as at};

/// Folders of content/ in which results are recorded.
const RECORDS: [&str; 4] = ["events/", "athletes/", "nations/", "sports/"];

/// One medal as two sites can compare it: colour, code, names.
type Line = (Medal, String, Vec<String>);

/// Words that still tell an old result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// What is to be said of it (R010).
    pub finding: Diagnostic,
    /// The event's title.
    pub event: String,
    /// What is so now: "silver went to Ho (HKG)"; nothing where it is about an order.
    pub now: Option<String>,
}

/// What has changed, and what still tells how it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaleResults {
    /// One for each result that has changed (R011).
    pub results: Vec<Diagnostic>,
    /// In the order of the stories.
    pub stale: Vec<Stale>,
}

/// For every result that is another than in the site's folder of then: what has changed, and where the old
/// one is still told.
///
/// # Errors
/// What is wrong with the records of either side: a broken file is no lost result.
pub fn find(
    root: &Path,
    then: &Path,
    config: &Arc<Config>,
    build_time: BuildTime,
) -> Result<StaleResults, Vec<Diagnostic>> {
    let read =
        |root: &Path| -> Vec<Parsed> { parse::files(&discover::files(root, "content").0, config) };
    let _reading = content::reading(root).map_err(|problem| vec![*problem])?;
    let (now, then) = (read(root), read(then));
    let is_record = |parsed: &&Parsed| RECORDS.iter().any(|folder| parsed.path.starts_with(folder));
    let records = now.iter().chain(&then).filter(is_record);
    let problems: Vec<Diagnostic> = records.flat_map(|record| record.problems.clone()).collect();
    if diagnostics::has_errors(&problems) {
        return Err(diagnostics::settle(problems));
    }
    let mut mixed: Vec<&Parsed> = now
        .iter()
        .filter(|parsed| !is_record(parsed))
        .chain(then.iter().filter(is_record))
        .collect();
    mixed.sort_by(|a, b| a.path.cmp(&b.path));
    let before = assemble::site(mixed, config, build_time).0;
    let now = assemble::site(&now, config, build_time).0;
    let changed = changed(&before, &now);
    let results = changed.iter().map(|(event, lost)| told_by_pages(&before, &now, *event, lost));
    let results = results.collect();
    let mut stale = Vec::new();
    let reading = Reading::new(&before);
    for prose in before.documents().filter_map(|(id, _)| Prose::new(&before, id)) {
        for assertion in reading.assertions(&prose) {
            let Some(lost) = changed.get(&assertion.event) else { continue };
            let line = assertion.holding.map(|(medal, place)| {
                let award = before.events[assertion.event].podium[medal as usize].get(place)?;
                Some(line(&before, &before.awards[*award]))
            });
            let is_old = match &line {
                Some(line) => line.as_ref().is_some_and(|line| lost.contains(line)),
                None => true,
            };
            if is_old {
                let line = line.flatten();
                stale.push(told_by_words(&before, &now, assertion.event, line.as_ref(), assertion));
            }
        }
    }
    Ok(StaleResults { results, stale })
}

/// Events with medals that somebody had then and has not now, in order.
fn changed(before: &Site, now: &Site) -> BTreeMap<usize, BTreeSet<Line>> {
    let mut changed = BTreeMap::new();
    for (i, event) in before.events.iter().enumerate() {
        let then: BTreeSet<Line> = lines(before, event).into_iter().collect();
        let after: BTreeSet<Line> = match now.event(&id(before, event)) {
            Ok(event) => lines(now, &now.events[event]).into_iter().collect(),
            Err(_) => BTreeSet::new(),
        };
        let lost: BTreeSet<Line> = then.difference(&after).cloned().collect();
        if !lost.is_empty() {
            changed.insert(i, lost);
        }
    }
    changed
}

fn id(site: &Site, event: &EventNode) -> String {
    format!("{}/{}", site.sports[event.sport].slug, event.doc.slug)
}

fn lines(site: &Site, event: &EventNode) -> Vec<Line> {
    site.podium(event).map(|award| line(site, award)).collect()
}

fn line(site: &Site, award: &Award) -> Line {
    // The order within a team says nothing.
    let mut names: Vec<String> =
        award.athletes.iter().map(|i| site.athletes[*i].name.clone()).collect();
    names.sort();
    (award.medal, site.nations[award.nation].code.clone(), names)
}

/// "Ho, Kim (KOR)", "Norway".
fn who(site: &Site, line: &Line) -> String {
    let (_, code, names) = line;
    match names.as_slice() {
        [] => site
            .nation_of_code(code)
            .map_or(code.clone(), |nation| site.nations[nation].name.clone()),
        names => format!("{} ({code})", names.join(", ")),
    }
}

/// Who has a medal of an event, in a phrase.
fn holders(site: &Site, event: Option<&EventNode>, medal: Medal) -> String {
    let lines = event.map(|event| lines(site, event)).unwrap_or_default();
    let of_colour: Vec<String> =
        lines.iter().filter(|line| line.0 == medal).map(|line| who(site, line)).collect();
    if of_colour.is_empty() { "nobody".into() } else { of_colour.join(" and ") }
}

/// What has changed of an event, and the pages that follow by themselves.
fn told_by_pages(before: &Site, now: &Site, event: usize, lost: &BTreeSet<Line>) -> Diagnostic {
    let old = &before.events[event];
    let new = now.event(&id(before, old)).ok().map(|i| &now.events[i]);
    let place = match new {
        Some(new) => new.doc.file.place("podium"),
        None => Place::File(old.doc.file.source.path.clone()),
    };
    let title = format!("{} ({})", old.doc.title, before.sports[old.sport].name);
    let mut finding =
        Diagnostic::new(&codes::R011, place, format!("the result of {title} has changed"));
    let colours: BTreeSet<Medal> = lost.iter().map(|line| line.0).collect();
    for medal in colours {
        let (then, now) = (holders(before, Some(old), medal), holders(now, new, medal));
        finding = finding.note(format!("{}: {then} before, {now} now", medal.word()));
    }
    let mut pages: BTreeSet<String> = BTreeSet::from(["/medals/".to_owned()]);
    pages.insert(plan::event_address(before, old));
    pages.insert(at::sport(&before.sports[old.sport].slug));
    for (site, event) in [Some((before, old)), new.map(|new| (now, new))].into_iter().flatten() {
        for award in site.podium(event) {
            pages.insert(at::nation(&site.nations[award.nation].code));
            pages.extend(
                award.athletes.iter().map(|athlete| at::athlete(&site.athletes[*athlete].slug)),
            );
        }
    }
    let pages: Vec<String> = pages.into_iter().collect();
    finding.note(format!("these pages follow by themselves: {}", pages.join(", ")))
}

fn told_by_words(
    before: &Site,
    now: &Site,
    event: usize,
    line: Option<&Line>,
    assertion: Assertion,
) -> Stale {
    let old = &before.events[event];
    let new = now.event(&id(before, old)).ok().map(|i| &now.events[i]);
    let message = format!("{} tells the old result of {}", assertion.what, old.doc.title);
    let finding = Diagnostic::new(&codes::R010, assertion.place, message);
    let event = old.doc.title.clone();
    let Some(line) = line else { return Stale { finding, event, now: None } };
    let medal = line.0.word();
    let now = format!("{medal} went to {}", holders(now, new, line.0));
    let mut finding =
        finding.label(format!("{medal} is {}'s no longer", who(before, line))).note(now.clone());
    if let Some(new) = new {
        let place = new.doc.file.place(&format!("podium.{medal}"));
        finding = finding.related(place, "recorded here");
    }
    Stale { finding, event, now: Some(now) }
}

/// The site's records as they were in a revision that Git knows, in a folder that goes when it is dropped.
pub struct Revision {
    folder: tempfile::TempDir,
    prefix: PathBuf,
}

impl Revision {
    /// Takes the records of a site's folder out of a revision.
    ///
    /// # Errors
    /// What Git said, or why it could not be asked.
    pub fn checkout(root: &Path, revision: &str) -> Result<Revision, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let git = |arguments: &[&str], input: Option<&[u8]>| -> Result<Vec<u8>, String> {
            let mut command = Command::new("git");
            command.arg("-C").arg(root).args(arguments);
            command.env("GIT_INDEX_FILE", folder.path().join("index"));
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child =
                command.spawn().map_err(|error| format!("git could not be started: {error}"))?;
            // Written beside, as Git may have much to say before it has read all.
            let pipe = child.stdin.take();
            let input = input.unwrap_or_default().to_vec();
            std::thread::spawn(move || {
                // Who does not read it says why on its own.
                pipe.map(|mut pipe| std::io::Write::write_all(&mut pipe, &input))
            });
            let output = child.wait_with_output().map_err(|error| error.to_string())?;
            if output.status.success() {
                Ok(output.stdout)
            } else {
                Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
            }
        };
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim_end().to_owned();
        let tree = format!("{revision}^{{tree}}");
        let tree = text(git(&["rev-parse", "--verify", "--end-of-options", &tree], None)?);
        let prefix = text(git(&["rev-parse", "--show-prefix"], None)?);
        git(&["read-tree", &tree], None)?;
        let records: Vec<String> = RECORDS.iter().map(|path| format!("content/{path}")).collect();
        let mut list = vec!["ls-files", "-z", "--"];
        list.extend(records.iter().map(String::as_str));
        let names = git(&list, None)?;
        if names.is_empty() {
            return Err("no results are recorded in it, at this place".into());
        }
        let into = format!("--prefix={}/", folder.path().join("tree").to_string_lossy());
        git(&["checkout-index", "-f", &into, "-z", "--stdin"], Some(&names))?;
        Ok(Revision { folder, prefix: PathBuf::from(prefix) })
    }

    /// The site's folder in it.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("tree").join(&self.prefix)
    }
}
