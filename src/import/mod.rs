//! `podium import`: results, schedule, athletes and nations from spreadsheets into content files.
//!
//! An import is planned as a whole before anything is written. Files that people write by hand and
//! those of an import are the same: an import matches its rows to what is recorded (by the results
//! system's code, or by name), changes only the values that differ, and leaves every other byte.
//! Without being told to, it takes nothing away.

mod athletes;
pub mod edit;
mod medals;
mod names;
mod nations;
mod official;
mod results;
mod schedule;
mod values;

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::assemble::Site;
pub use crate::content::Change;
use crate::diagnostics::{self, Code, Diagnostic, Place, Source, codes, nearest};
use crate::games::noc;
use crate::parse::documents::{File, Gender};
use crate::pipeline::Project;
use crate::sheet::{self, MOST_PROBLEMS, Row, Sheet};
use crate::slug;
use crate::starter;
use crate::text::{counted, unreadable};
use edit::Node;
pub use official::{Official, official_table};
pub use values::DateOrder;

/// What a spreadsheet has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A row is a person, or a team, that has a medal.
    Medals,
    /// A row is a competitor in a unit: a heat, a match, a race.
    Results,
    /// A row is a session.
    Schedule,
    /// A row is an athlete.
    Athletes,
    /// A row is a nation.
    Nations,
}

/// What to import, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// What the spreadsheet has.
    pub kind: Kind,
    /// Where it is.
    pub file: PathBuf,
    /// Headings with the fields that they are to be.
    pub map: Vec<(String, String)>,
    /// Which comes first in 03/08/2024, if the spreadsheet does not tell.
    pub dates: Option<DateOrder>,
    /// Whether the spreadsheet has only a part, such as a day: what it does not mention is not
    /// missing.
    pub is_part: bool,
    /// Whether what is recorded and missing from the spreadsheet is taken away.
    pub allow_removals: bool,
    /// Whether results stand; else they are provisional.
    pub official: bool,
    /// Whether events without a podium get the one that their units tell of.
    pub medals: bool,
    /// The event that all rows are of, where no column says so: `sport/event`.
    pub event: Option<String>,
    /// Their phase.
    pub phase: Option<String>,
}

/// What an import would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files to write or remove, by path.
    pub changes: Vec<Change>,
    /// How many files are as they should be.
    pub unchanged: usize,
    /// How many rows were used.
    pub rows: usize,
    /// What else there is to know, a line each.
    pub notes: Vec<String>,
    /// Medals of recorded podiums that others have than before.
    pub podiums: Vec<PodiumChange>,
}

/// A medal of a recorded podium that others have than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PodiumChange {
    /// `sport/event`.
    pub event: String,
    /// What the event is called.
    pub title: String,
    /// `gold`, `silver` or `bronze`.
    pub medal: &'static str,
    /// Who has it no longer.
    pub was: Vec<String>,
    /// Who has it now.
    pub now: Vec<String>,
}

/// Finds out what an import would do. Nothing is written.
///
/// The plan is nothing if there are errors among the diagnostics.
pub fn plan(options: &Options) -> (Option<Plan>, Vec<Diagnostic>) {
    match prepare(options) {
        Ok(plan) => (Some(plan), Vec::new()),
        Err(problems) => (None, diagnostics::settle(problems)),
    }
}

fn prepare(options: &Options) -> Result<Plan, Vec<Diagnostic>> {
    let project = Project::open(&options.root)?;
    if !project.problems.is_empty() {
        return Err(project.problems);
    }
    let mut problems = Vec::new();
    let site = project.records(&mut problems);
    // What is broken would be taken for missing, and be written a second time.
    let folders = ["events", "athletes", "nations", "sports", "venues", "schedule"];
    problems.retain(|problem| {
        let path = problem.place.path().unwrap_or_default();
        let is_record =
            folders.iter().any(|folder| path.starts_with(&format!("content/{folder}/")))
                || folders.iter().any(|folder| path == format!("content/{folder}"));
        // A picture that is not there breaks no record.
        let breaks =
            problem.severity == diagnostics::Severity::Error && problem.code != &codes::F010;
        breaks && is_record
    });
    if !problems.is_empty() {
        return Err(problems);
    }
    let source = source(&options.file)?;
    let fields = match options.kind {
        Kind::Medals => medals::FIELDS,
        Kind::Results => results::FIELDS,
        Kind::Schedule => schedule::FIELDS,
        Kind::Athletes => athletes::FIELDS,
        Kind::Nations => nations::FIELDS,
    };
    let mut sheet = Sheet::read(source.clone(), fields, &options.map)?;
    // In a table of a race "Time" is how long it took.
    if options.kind == Kind::Results
        && let Some(heading) = results::time_is_mark(&sheet)
    {
        let mut map = options.map.clone();
        map.push((heading, "mark".to_owned()));
        sheet = Sheet::read(source, fields, &map)?;
    }
    let mut import = Import::new(options, &site, &sheet);
    match options.kind {
        Kind::Medals => medals::import(&mut import),
        Kind::Results => results::import(&mut import),
        Kind::Schedule => schedule::import(&mut import),
        Kind::Athletes => athletes::import(&mut import),
        Kind::Nations => nations::import(&mut import),
    }
    import.finish()
}

/// The text of a spreadsheet.
fn source(file: &Path) -> Result<Arc<Source>, Vec<Diagnostic>> {
    let shown = file.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let bytes = std::fs::read(file).map_err(|error| vec![unreadable(&shown, &error)])?;
    sheet::source(&shown, bytes).map_err(|problem| vec![problem])
}

/// An import under way: what is recorded, what comes, and what is to change.
struct Import<'a> {
    options: &'a Options,
    site: &'a Site,
    sheet: &'a Sheet,
    problems: Vec<Diagnostic>,
    plan: Plan,
    /// Files that are written, so that nothing writes over what it has just written.
    written: BTreeSet<String>,
    /// Whether the column of nations has ISO's codes, once somebody asked.
    has_iso: OnceCell<bool>,
}

impl<'a> Import<'a> {
    fn new(options: &'a Options, site: &'a Site, sheet: &'a Sheet) -> Self {
        let mut plan = Plan::default();
        if !sheet.unused.is_empty() {
            plan.notes.push(format!("columns that are not used: {}", sheet.unused.join(", ")));
        }
        if !sheet.aside.is_empty() {
            let lines: Vec<String> = sheet.aside.iter().map(ToString::to_string).collect();
            plan.notes.push(format!("lines that are no rows are left out: {}", some_of(&lines)));
        }
        if let example @ [_, ..] = starter::left(site).as_slice() {
            plan.notes.push(format!(
                "the example of a new site is still there, with a result of its own: delete {}",
                example.join(", ")
            ));
        }
        let (problems, written, has_iso) = (Vec::new(), BTreeSet::new(), OnceCell::new());
        Import { options, site, sheet, problems, plan, written, has_iso }
    }

    fn finish(mut self) -> Result<Plan, Vec<Diagnostic>> {
        if !self.problems.is_empty() {
            let more = self.problems.len().saturating_sub(MOST_PROBLEMS);
            self.problems.truncate(MOST_PROBLEMS);
            if more > 0
                && let Some(last) = self.problems.last_mut()
            {
                let (are, problems) =
                    if more == 1 { ("is", "problem") } else { ("are", "problems") };
                last.notes.push(format!("there {are} {more} more {problems} like these"));
            }
            return Err(self.problems);
        }
        self.plan.changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(self.plan)
    }

    /// Reports what is wrong with a cell.
    fn wrong(&mut self, row: &Row, field: &str, message: impl Into<String>, label: &str) {
        self.report(Diagnostic::new(&codes::I003, row.place(field), message).label(label));
    }

    fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    fn refuse(&mut self, code: &'static Code, message: String, help: &str) {
        let path = self.options.file.to_string_lossy().into_owned();
        self.report(Diagnostic::new(code, Place::File(path), message).help(help));
    }

    /// The name of a team, where it is more than that of its nation or those of its members.
    fn own_name<'m>(
        &self,
        team: &str,
        mut members: impl Iterator<Item = &'m str>,
    ) -> Option<String> {
        // "China 1" and "People's Republic of China" are China; "MOL/SORUM" are Mol and Sorum.
        let bare = team.trim_end_matches(|c: char| c.is_ascii_digit()).trim();
        let is_nation = self.site.nation_code(bare).is_some();
        let is_official = bare.starts_with("People's Republic of")
            || bare.starts_with("Republic of")
            || bare.starts_with("Islamic Republic of");
        let is_members = team.contains('/');
        let is_person = members.any(|name| slug::slugify(name) == slug::slugify(team));
        (!is_nation && !is_official && !is_members && !is_person).then(|| team.to_owned())
    }

    /// Refuses a spreadsheet that has many fewer rows than are recorded: feeds fail half-way. One
    /// that has less than half is refused even if removals are allowed.
    fn refuse_if_cut(&mut self, what: &str, rows: usize, recorded: usize) {
        let is_cut = rows * 10 < recorded * 9;
        let is_half = rows * 2 < recorded;
        // Rows that make no sense are missing for another reason.
        if self.options.is_part || !self.problems.is_empty() || !is_cut {
            return;
        }
        let are = if recorded == 1 { "is" } else { "are" };
        let message = format!("it has {}, but {recorded} {are} recorded", counted(rows, what));
        if is_half && self.options.allow_removals {
            let help = "if it is only a part: --partial; to begin anew, remove the files in content/ first";
            self.refuse(&codes::I006, message, help);
        } else if !self.options.allow_removals {
            let help = "if it is only a part, such as a day: --partial; if what it lacks is to go: --allow-removals";
            self.refuse(&codes::I006, message, help);
        }
    }

    /// What a cell must have.
    fn required(&mut self, row: &Row<'a>, field: &'static str) -> Option<&'a str> {
        let text = row.get(field);
        if text.is_none() {
            self.wrong(row, field, format!("this row has no `{field}`"), "this is empty");
        }
        text
    }

    /// Whether the row's gender is one that events have, or none is said; else that is reported.
    fn knows_gender(&mut self, row: &Row<'a>) -> bool {
        let written = row.get("gender").filter(|written| values::gender(written).is_none());
        if let Some(written) = written {
            let message = format!("`{written}` is no gender of an event");
            self.wrong(row, "gender", message, "expected women, men, mixed or open");
        }
        written.is_none()
    }

    /// The code of a nation, or a report that there is none.
    fn nation(&mut self, row: &Row<'a>, field: &'static str) -> Option<String> {
        let written = self.required(row, field)?;
        let other = noc::of_iso3(written).filter(|_| noc::is_code(written));
        // Of a nation that is no more, ISO's meaning is the likelier one in any case.
        let is_past = noc::is_historic(written) && self.site.nation_doc(written).is_none();
        if let Some(other) = other.filter(|_| is_past || self.has_iso_codes(field)) {
            let message = format!("`{written}` is a code of the IOC and another one of ISO 3166");
            let label = format!("write {} if ISO's is meant, or the nation's name", other.code);
            self.wrong(row, field, message, &label);
            return None;
        }
        if let Some(code) = self.site.nation_code(written) {
            return Some(code.to_owned());
        }
        let near = nearest(written, noc::all_names()).filter(|_| written.len() > 3);
        let label = match (noc::sharing(&slug::slugify(written)), near) {
            (shared @ [_, ..], _) => format!("write one of {}", shared.join(", ")),
            (_, Some(near)) => format!("did you mean `{near}`?"),
            _ => "expected an IOC code such as KOR, or a nation's name".to_owned(),
        };
        self.wrong(row, field, format!("there is no nation `{written}`"), &label);
        None
    }

    /// Whether a column has codes that only ISO 3166 gives to nations.
    fn has_iso_codes(&self, field: &str) -> bool {
        let is_iso = |written: &str| noc::of_iso3(written).is_some() && !noc::is_code(written);
        let any = || self.sheet.rows().filter_map(|row| row.get(field)).any(is_iso);
        *self.has_iso.get_or_init(any)
    }

    /// Which comes first in the dates of these columns.
    fn date_order(&mut self, fields: &[&'static str]) -> DateOrder {
        if let Some(order) = self.options.dates {
            return order;
        }
        let sheet = self.sheet;
        let texts =
            sheet.rows().flat_map(|row| fields.iter().filter_map(move |field| row.get(field)));
        let texts: Vec<&str> = texts.collect();
        let games = &self.site.config.games;
        let order = values::order(&texts, games.start.zip(games.end), &self.site.config.time_zone);
        order.unwrap_or_else(|| {
            self.refuse(
                &codes::I005,
                "its dates may begin with the day or with the month".into(),
                "say which: --dates day-first, or --dates month-first",
            );
            DateOrder::DayFirst
        })
    }

    /// A day that is not in the time of the Games, and the line that has it.
    fn outside(&self, row: &Row, day: Date) -> Option<String> {
        let games = &self.site.config.games;
        let (start, end) = games.start.zip(games.end).and_then(values::time_of)?;
        (!(start..=end).contains(&day)).then(|| format!("{day} in line {}", row.line()))
    }

    /// Tells of such days.
    fn tell_outside(&mut self, days: &[String], rows: usize) {
        let games = &self.site.config.games;
        if let (Some(start), Some(end), true) =
            (games.start, games.end, days.len() == rows && rows > 1)
        {
            self.plan.notes.push(format!(
                "all of its dates are outside the Games of site.toml, {start} to {end}: set start and end under [games]"
            ));
        } else if !days.is_empty() {
            let days = some_of(days);
            self.plan.notes.push(format!("dates that are not in the time of the Games: {days}"));
        }
    }

    /// Makes these values of a file so, and leaves everything else.
    fn change(&mut self, row: Option<&Row>, file: &File, wanted: &[(&str, Option<Node>)]) {
        let text = &file.source.text;
        if !self.written.insert(file.source.path.clone()) {
            self.twice(row, &file.source.path);
            return;
        }
        match edit::set(&text[file.front.clone()], wanted) {
            Ok(front) if front == text[file.front.clone()] => self.plan.unchanged += 1,
            Ok(front) => {
                let new =
                    format!("{}{front}{}", &text[..file.front.start], &text[file.front.end..]);
                self.plan.changes.push(Change {
                    path: file.source.path.clone(),
                    old: Some(text.clone()),
                    new: Some(new),
                });
            }
            Err(why) => self.report(
                Diagnostic::new(
                    &codes::I007,
                    Place::File(file.source.path.clone()),
                    why.to_string(),
                )
                .help("write its front matter more plainly, or make the change by hand"),
            ),
        }
    }

    fn twice(&mut self, row: Option<&Row>, path: &str) {
        let place = row.map_or(Place::File(path.to_owned()), |row| row.place("athlete"));
        self.report(
            Diagnostic::new(&codes::I004, place, format!("other rows are of {path} already")).help(
                "a code, the same in all rows of one event or person, says what belongs together",
            ),
        );
    }

    /// A new file of content/.
    fn create(&mut self, row: &Row, path: &str, entries: &[(&str, Node)]) {
        if self.is_taken(path) {
            self.twice(Some(row), &format!("content/{path}"));
            return;
        }
        let path = format!("content/{path}");
        let new = format!("---\n{}---\n", edit::write(entries));
        self.written.insert(path.clone());
        self.plan.changes.push(Change { path, old: None, new: Some(new) });
    }

    /// Whether there is, or will be, a file of content/ with this name.
    fn is_taken(&self, path: &str) -> bool {
        self.site.files.contains_key(path) || self.written.contains(&format!("content/{path}"))
    }

    fn remove(&mut self, file: &File) {
        self.plan.changes.push(Change {
            path: file.source.path.clone(),
            old: Some(file.source.text.clone()),
            new: None,
        });
    }
}

/// What `--map` says: headings with the fields that they are to be.
///
/// # Errors
/// A pair has no `=`.
pub fn mapping(pairs: &[String]) -> Result<Vec<(String, String)>, String> {
    let read = pairs.iter().map(|pair| {
        let (heading, field) = pair
            .rsplit_once('=')
            .ok_or_else(|| format!("--map {pair}: expected HEADING=FIELD, such as Land=noc"))?;
        Ok((heading.trim().to_owned(), field.trim().to_owned()))
    });
    read.collect()
}

/// A few of many, for a note.
fn some_of(items: &[String]) -> String {
    let more = items.len().saturating_sub(5);
    let shown = items.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

/// The name of a file for an event: "Men's +92kg" and "Men's 92kg" are two.
fn event_slug(title: &str) -> String {
    let mut spelt = String::with_capacity(title.len());
    let mut letters = title.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '+' if letters.peek().is_some_and(char::is_ascii_digit) => spelt.push_str("over "),
            '+' if spelt.ends_with(char::is_alphanumeric) => {
                let word = spelt.rfind(' ').map_or(0, |at| at + 1);
                spelt.insert_str(word, "over ");
            }
            other => spelt.push(other),
        }
    }
    slug::slugify(&spelt)
}

/// Sports whose one event for men or for women is a tournament of matches.
const TOURNAMENTS: &[&str] = &[
    "3x3-basketball",
    "baseball",
    "basketball",
    "beach-volleyball",
    "cricket",
    "curling",
    "flag-football",
    "football",
    "handball",
    "hockey",
    "ice-hockey",
    "lacrosse",
    "rugby-sevens",
    "softball",
    "volleyball",
    "water-polo",
];

/// The title of an event that the results system calls by nothing but whom it is for: "Men" alone says nothing
/// over a page or in a list.
fn whole_title(sport: &str, title: &str) -> String {
    let what = if TOURNAMENTS.contains(&sport) { "tournament" } else { "event" };
    match title.trim() {
        whose @ ("Men" | "Women") => format!("{whose}'s {what}"),
        _ => title.to_owned(),
    }
}

/// The name of an event without what differs from spreadsheet to spreadsheet: dashes, commas in numbers, the
/// space before a unit, and whom it is for. "Women -48 kg" and "Women \u{2013}48kg" are one.
fn event_form(title: &str) -> String {
    let lower = title.to_lowercase().replace('\u{2019}', "'").replace('\u{d7}', "x");
    let lower = lower.replace("(w)", " ").replace("(m)", " ");
    let mut plain = String::with_capacity(lower.len());
    let mut letters = lower.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_in_number = plain.ends_with(|c: char| c.is_ascii_digit())
            && letters.peek().is_some_and(char::is_ascii_digit);
        match letter {
            // 5,000 and 5.000 and 5 000: three digits follow.
            ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' if is_in_number && has_thousands(&letters) => {}
            ',' if is_in_number => {}
            // 78kg+ is +78kg.
            '+' if plain.ends_with(char::is_alphanumeric) => {
                let word = plain.rfind(' ').map_or(0, |at| at + 1);
                plain.insert_str(word, "over ");
            }
            '+' if letters.peek().is_some_and(char::is_ascii_digit) => plain.push_str(" over "),
            letter => plain.push(letter),
        }
    }
    let slug = slug::slugify(&plain);
    let mut words: Vec<String> = Vec::new();
    let mut is_mixed = false;
    for word in slug.split('-') {
        let word = match word {
            "men" | "mens" | "women" | "womens" | "ladies" | "herren" | "damen" | "frauen"
            | "manner" | "hommes" | "femmes" | "dames" | "messieurs" => continue,
            "mixed" | "mixte" => {
                is_mixed = true;
                continue;
            }
            "metre" | "metres" | "meter" | "meters" => "m",
            "kilometre" | "kilometres" | "kilometer" | "kilometers" => "km",
            "kilogram" | "kilograms" | "kilos" => "kg",
            word => word,
        };
        let is_number = |word: &str| word.ends_with(|c: char| c.is_ascii_digit());
        match words.last_mut() {
            Some(last) if is_number(last) && matches!(word, "m" | "km" | "kg" | "x") => {
                last.push_str(word);
            }
            Some(last) if last.ends_with('x') && word.starts_with(|c: char| c.is_ascii_digit()) => {
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    let form = words.join("-");
    if is_mixed { format!("mixed-{form}") } else { form }
}

/// Whether exactly three digits follow.
fn has_thousands(rest: &std::iter::Peekable<std::str::Chars>) -> bool {
    rest.clone().take_while(char::is_ascii_digit).count() == 3
}

/// Whether two names have the same numbers, and so may be spellings of one: "Men -60 kg" is another
/// event than "Men -66 kg".
fn is_spelt_alike(a: &str, b: &str) -> bool {
    let numbers = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    let has = |text: &str, word: &str| text.split('-').any(|part| part.starts_with(word));
    let same_word = |word: &str| has(a, word) == has(b, word);
    numbers(a) == numbers(b) && ["men", "women", "mixed", "over", "team"].into_iter().all(same_word)
}

/// How a row names its event.
struct EventName<'a> {
    sport: Option<&'a str>,
    title: Option<&'a str>,
    code: Option<&'a str>,
    /// Whom it is for, as far as a column or the name says so.
    gender: Option<Gender>,
}

impl<'a> EventName<'a> {
    fn new(row: &Row<'a>) -> Self {
        let title = row.get("event");
        let gender = row.get("gender").and_then(values::gender);
        let gender = gender.or_else(|| values::gender_in(title?));
        EventName { sport: row.get("sport"), title, code: row.get("event_code"), gender }
    }

    /// What rows of one event have in common. `codes` has the codes of names, for rows without one.
    fn key(&self, codes: &Codes) -> String {
        let name = self.name();
        match self.code.map(slug::slugify).or_else(|| codes.get(&name).cloned().flatten()) {
            Some(code) => code,
            None => name,
        }
    }

    /// Sport and name.
    fn name(&self) -> String {
        let sport = self.sport.map(slug::slugify).unwrap_or_default();
        let gender = self.gender.map(Gender::word).unwrap_or_default();
        format!("{sport}/{gender}/{}", self.title.map(event_form).unwrap_or_default())
    }

    /// The recorded event: the one with this code, or the one of this sport and name. Of several, the
    /// one without a code, for what is recorded by hand has none.
    fn find(&self, site: &Site) -> Found {
        if let Some(event) = self.code.and_then(|code| site.event_of_code(code)) {
            return Found::One(event);
        }
        let (Some(sport), Some(title)) = (self.sport, self.title) else { return Found::None };
        let Ok(sport) = site.sport(sport) else { return Found::None };
        let (slug, form) = (event_slug(title), event_form(title));
        let of_sport = || {
            site.sports[sport].events.iter().copied().filter(|event| {
                // Two codes are two events.
                self.code.is_none() || site.events[*event].doc.code.is_none()
            })
        };
        let is_for_others = |event: &usize| {
            let doc = &site.events[*event].doc;
            let gender = doc.gender.or_else(|| values::gender_in(&doc.title));
            gender.zip(self.gender).is_some_and(|(a, b)| a != b)
        };
        let is_called_so = |event: &usize| {
            let doc = &site.events[*event].doc;
            !is_for_others(event) && (event_slug(&doc.title) == slug || doc.slug == slug)
        };
        let mut events: Vec<usize> = of_sport().filter(is_called_so).collect();
        if events.is_empty() {
            // Spelt otherwise, or without saying whom it is for.
            let may_be = |event: &usize| {
                !is_for_others(event) && event_form(&site.events[*event].doc.title) == form
            };
            events = of_sport().filter(may_be).collect();
        }
        let bare: Vec<usize> =
            events.iter().copied().filter(|event| site.events[*event].doc.code.is_none()).collect();
        match (events.as_slice(), bare.as_slice()) {
            ([], _) => Found::None,
            ([one], _) | (_, [one]) => Found::One(*one),
            _ => Found::Several(events),
        }
    }
}

/// What is recorded of an event that a row names.
enum Found {
    None,
    One(usize),
    Several(Vec<usize>),
}

/// Codes by sport and name; nothing for a name that several events have.
type Codes = HashMap<String, Option<String>>;

/// The codes that a spreadsheet gives to names.
fn codes_of(sheet: &Sheet) -> Codes {
    let mut codes = Codes::new();
    for row in sheet.rows() {
        let name = EventName::new(&row);
        let (Some(code), Some(_)) = (name.code, name.title) else { continue };
        let code = slug::slugify(code);
        codes
            .entry(name.name())
            .and_modify(|known| {
                if known.as_ref().is_some_and(|known| *known != code) {
                    *known = None;
                }
            })
            .or_insert(Some(code));
    }
    codes
}

impl Import<'_> {
    /// The recorded event of a row; an error if several may be meant.
    fn event(&mut self, row: &Row, name: &EventName) -> Result<Option<usize>, ()> {
        let several = match name.find(self.site) {
            Found::None => return Ok(None),
            Found::One(event) => return Ok(Some(event)),
            Found::Several(several) => several,
        };
        let paths: Vec<String> =
            several.iter().map(|event| self.site.events[*event].doc.file.path.clone()).collect();
        let message = "several recorded events have this name";
        self.report(
            Diagnostic::new(&codes::I004, row.place("event"), message)
                .label(some_of(&paths))
                .help("a column `event_code`, and a `code` in their files, tells them apart"),
        );
        Err(())
    }

    /// The path of a new event's file, and what it says of itself.
    fn new_event(
        &mut self,
        row: &Row,
        name: &EventName,
    ) -> Option<(String, Vec<(&'static str, Node)>)> {
        let (Some(sport), Some(title)) = (name.sport, name.title) else {
            let field = if name.sport.is_none() { "sport" } else { "event" };
            let label = match name.code {
                Some(_) => {
                    "no event with this row's code is recorded, so its sport and name must be here"
                }
                None => "expected the sport and the name of an event",
            };
            self.wrong(row, field, format!("this row has no `{field}`"), label);
            return None;
        };
        let (folder, stem) = (slug::slugify(sport), event_slug(title));
        if folder.is_empty() || stem.is_empty() {
            let field = if folder.is_empty() { "sport" } else { "event" };
            self.wrong(
                row,
                field,
                "no address can be made of this name",
                "expected letters or digits",
            );
            return None;
        }
        // The folder of a sport that goes by another name here.
        let folder = self.site.sport(&folder).map_or(folder, |i| self.site.sports[i].slug.clone());
        let mut path = format!("events/{folder}/{stem}.md");
        if self.is_taken(&path) {
            path = format!("events/{folder}/{stem}-{}.md", slug::slugify(name.code.unwrap_or("2")));
        }
        // Another spelling of an event that is recorded makes a second one.
        if let (Ok(sport), None) = (self.site.sport(&folder), name.code) {
            let events = self.site.sports[sport].events.iter();
            let slugs: Vec<&str> =
                events.map(|event| self.site.events[*event].doc.slug.as_str()).collect();
            if let Some(near) = nearest(&stem, slugs).filter(|near| is_spelt_alike(near, &stem)) {
                self.plan.notes.push(format!(
                    "{path} is new, and much like {folder}/{near}; a title or `code` that is the same makes them one"
                ));
            }
        }
        let mut entries = vec![("title", Node::Text(whole_title(&folder, title)))];
        if slug::in_words(&folder) != sport && self.site.sport(&folder).is_err() {
            entries.push(("sport", Node::Text(sport.to_owned())));
        }
        entries.extend(name.code.map(|code| ("code", Node::Text(code.to_owned()))));
        entries.extend(name.gender.map(|gender| ("gender", Node::Text(gender.word().to_owned()))));
        Some((path, entries))
    }
}

/// A value that is a text.
fn text(text: impl Into<String>) -> Node {
    Node::Text(text.into())
}

/// A list of texts.
fn texts<T: Into<String>>(items: impl IntoIterator<Item = T>) -> Node {
    Node::List(items.into_iter().map(text).collect())
}
