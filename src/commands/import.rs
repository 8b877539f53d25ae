//! `podium import`

use std::path::Path;

use super::{Console, Status, counted, diff};
use crate::cli::{DateOrder, Import, ImportKind};
use crate::content;
use crate::import::{self, Change, Kind, Options, Plan, PodiumChange};

/// Imports a spreadsheet, or shows what that would change.
pub fn run(root: &Path, arguments: &Import, console: &Console) -> Status {
    let map = match import::mapping(&arguments.map) {
        Ok(map) => map,
        Err(why) => {
            console.complain(&why);
            return Status::WrongCommandLine;
        }
    };
    let options = Options {
        root: root.to_owned(),
        kind: match arguments.kind {
            ImportKind::Medals => Kind::Medals,
            ImportKind::Results => Kind::Results,
            ImportKind::Schedule => Kind::Schedule,
            ImportKind::Athletes => Kind::Athletes,
            ImportKind::Nations => Kind::Nations,
        },
        file: arguments.file.clone(),
        map,
        dates: arguments.dates.map(|order| match order {
            DateOrder::DayFirst => import::DateOrder::DayFirst,
            DateOrder::MonthFirst => import::DateOrder::MonthFirst,
        }),
        is_part: arguments.partial,
        allow_removals: arguments.allow_removals,
        official: arguments.official,
        medals: arguments.medals,
        event: arguments.event.clone(),
        phase: arguments.phase.clone(),
    };
    if options.official && !matches!(options.kind, Kind::Medals | Kind::Results) {
        console.complain("--official is for medals and results");
        return Status::WrongCommandLine;
    }
    let is_of_results = options.medals || options.event.is_some() || options.phase.is_some();
    if is_of_results && options.kind != Kind::Results {
        console.complain("--medals, --event and --phase are for results");
        return Status::WrongCommandLine;
    }
    // What is read is what will be changed: nobody else may change it in between.
    let writing = match arguments.dry_run {
        true => content::reading(root).map(|_| None),
        false => content::writing(root).map(Some),
    };
    let writing = match writing {
        Ok(writing) => writing,
        Err(problem) => {
            console.diagnostics(&[*problem]);
            return Status::SiteHasErrors;
        }
    };
    let (plan, problems) = import::plan(&options);
    console.diagnostics(&problems);
    let Some(plan) = plan else {
        console.say("Nothing was written");
        return Status::SiteHasErrors;
    };
    match writing.map(|writing| writing.apply(&plan.changes)) {
        None => plan.changes.iter().for_each(|change| {
            console.data(&diff(&change.path, change.old.as_deref(), change.new.as_deref()))
        }),
        Some(Err(problem)) => {
            console.diagnostics(&[*problem]);
            console.say("Nothing was written");
            return Status::SiteHasErrors;
        }
        Some(Ok(())) if console.is_verbose => {
            plan.changes.iter().for_each(|change| console.say(&change.path));
        }
        Some(Ok(())) => {}
    }
    plan.notes.iter().for_each(|note| console.say(&format!("note: {note}")));
    for change in &plan.podiums {
        console.value(&serde_json::json!({ "podium_change": change }));
    }
    podiums(&plan.podiums).iter().for_each(|said| console.say(said));
    console.say(&summary(&plan, arguments.dry_run));
    Status::Good
}

/// Which medals have changed hands, as far as a line has room.
fn podiums(changes: &[PodiumChange]) -> Option<String> {
    const MOST: usize = 5;
    let who = |names: &[String]| match names {
        [] => "nobody".to_owned(),
        names => names.join(", "),
    };
    let told: Vec<String> = changes
        .iter()
        .take(MOST)
        .map(|change| {
            format!(
                "{}: {} {} -> {}",
                change.title,
                change.medal,
                who(&change.was),
                who(&change.now)
            )
        })
        .collect();
    let more = match changes.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    (!told.is_empty()).then(|| {
        format!(
            "Podiums have changed: {}{more}; write down why in `changes`, and see `podium check --since` for what still tells the old result",
            told.join("; ")
        )
    })
}

fn summary(plan: &Plan, is_dry: bool) -> String {
    let count = |of: fn(&Change) -> bool| plan.changes.iter().filter(|change| of(change)).count();
    let new = count(|change| change.old.is_none());
    let removed = count(|change| change.new.is_none());
    let changed = plan.changes.len() - new - removed;
    let verb = if is_dry { "Would import" } else { "Imported" };
    let new = counted(new, "file");
    let mut files = format!("{new} new, {changed} changed, {} unchanged", plan.unchanged);
    if removed > 0 {
        files += &format!(", {removed} removed");
    }
    format!("{verb} {} ({files})", counted(plan.rows, "row"))
}
