//! Athletes: a file each, found again by the results system's code or by name and nation.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Import, Node, names, some_of, text, texts, values};
use crate::assemble::Site;
use crate::diagnostics::{Diagnostic, codes};
use crate::games::noc;
use crate::parse::documents::Athlete;
use crate::sheet::{Field, Row};
use crate::slug;

pub const FIELDS: &[Field] = &[
    Field {
        name: "athlete_code",
        synonyms: &["code", "athlete-id", "id", "person-id", "registration"],
    },
    Field { name: "athlete", synonyms: &["name", "athlete-name", "full-name", "print-name"] },
    Field { name: "tv_name", synonyms: &["name-tv", "television-name", "display-name"] },
    Field { name: "family", synonyms: &["family-name", "last-name", "surname", "lastname"] },
    Field { name: "given", synonyms: &["given-name", "first-name", "forename", "firstname"] },
    Field { name: "gender", synonyms: &["sex"] },
    Field {
        name: "noc",
        synonyms: &["country-code", "nation-code", "noc-code", "nation", "country", "team"],
    },
    Field { name: "entries", synonyms: &["event-codes", "events", "entered"] },
];

/// A person of the spreadsheet.
struct Person<'a> {
    row: Row<'a>,
    code: Option<&'a str>,
    /// As the house will print it, if nobody has decided otherwise.
    name: String,
    /// As the spreadsheet has it.
    printed: String,
    nation: String,
    gender: Option<&'static str>,
    entries: Vec<&'a str>,
}

pub fn import(import: &mut Import) {
    import.problems.extend(import.sheet.needs(&[&["noc"], &["athlete", "family"]]));
    let people = people(import);
    let recorded = import.site.athletes.iter().filter_map(|athlete| athlete.doc.as_ref());
    let recorded = recorded.filter(|doc| doc.code.is_some());
    import.refuse_if_cut("athlete", people.len(), recorded.clone().count());
    if !import.problems.is_empty() {
        return;
    }
    import.plan.rows = people.len();

    let known = Known::new(import.site);
    // Namesakes get the nation's code into the names of their files, and their own if need be.
    let mut namesakes: HashMap<String, usize> = HashMap::new();
    let mut compatriots: HashMap<(String, &str), usize> = HashMap::new();
    for person in &people {
        let name = slug::slugify(&person.name);
        *namesakes.entry(name.clone()).or_default() += 1;
        *compatriots.entry((name, &person.nation)).or_default() += 1;
    }
    let mut met: HashSet<*const Athlete> = HashSet::new();
    let mut renamed: Vec<String> = Vec::new();
    let mut moved: Vec<String> = Vec::new();
    for person in &people {
        if let Some(doc) = known.find(person.code, &person.nation, &[&person.name, &person.printed])
        {
            met.insert(doc);
            if !is_called(&person.name, &doc.name, &doc.aliases)
                && !is_called(&person.printed, &doc.name, &doc.aliases)
            {
                renamed.push(format!("{} (there {})", doc.name, person.name));
            }
            let nation = import.site.nation_code(&doc.nation).unwrap_or(&doc.nation);
            if nation != person.nation {
                moved.push(format!("{} ({nation}, now {})", doc.name, person.nation));
            }
            let is_complete = import.options.allow_removals && !import.options.is_part;
            let wanted = changes(import.site, person, doc, is_complete);
            import.change(Some(&person.row), &doc.file, &wanted);
            continue;
        }
        let name = slug::slugify(&person.name);
        let mut stem = name.clone();
        let path = |stem: &str| format!("athletes/{stem}.md");
        if namesakes[&name] > 1 || import.is_taken(&path(&stem)) {
            stem = format!("{stem}-{}", person.nation.to_ascii_lowercase());
        }
        if compatriots[&(name, person.nation.as_str())] > 1 || import.is_taken(&path(&stem)) {
            stem = format!("{stem}-{}", slug::slugify(person.code.unwrap_or_default()));
        }
        if import.is_taken(&path(&stem)) {
            let message = format!("`{}` of {} is recorded already", person.name, person.nation);
            import.report(
                Diagnostic::new(&codes::I004, person.row.place("athlete"), message)
                    .label("another person of this name")
                    .help("a column `athlete_code` tells two people of one name apart"),
            );
            continue;
        }
        let mut entries = vec![("name", text(&person.name)), ("nation", text(&person.nation))];
        if !is_called(&person.printed, &person.name, &[]) {
            entries.push(("aliases", texts([person.printed.as_str()])));
        }
        entries.extend(person.code.map(|code| ("code", text(code))));
        entries.extend(person.gender.map(|gender| ("gender", text(gender))));
        if !person.entries.is_empty() {
            entries.push(("entries", texts(person.entries.iter().copied())));
        }
        import.create(&person.row, &path(&stem), &entries);
    }
    if !moved.is_empty() {
        import.plan.notes.push(format!(
            "athletes with another nation than before, whose medals on podiums stay where they are: {}",
            some_of(&moved)
        ));
    }
    if !renamed.is_empty() {
        import
            .plan
            .notes
            .push(format!("names that are kept as the files have them: {}", some_of(&renamed)));
    }
    gone(import, &met);
    strangers(import, &people);
}

/// Tells of medallists without a file whom the spreadsheet does not have under their names: results
/// that came before the athletes have names as the results system cuts them.
fn strangers(import: &mut Import, people: &[Person]) {
    let named: HashSet<(String, &str)> = people
        .iter()
        .flat_map(|person| {
            let names = [&person.name, &person.printed];
            names.map(|name| (slug::in_any_order(&slug::slugify(name)), person.nation.as_str()))
        })
        .collect();
    let nations: HashSet<&str> = people.iter().map(|person| person.nation.as_str()).collect();
    let site = import.site;
    let strangers: Vec<String> = site
        .athletes
        .iter()
        .filter(|athlete| athlete.doc.is_none() && !athlete.medals.is_empty())
        .filter_map(|athlete| Some((athlete, site.nations[athlete.nation?].code.as_str())))
        .filter(|(athlete, nation)| {
            let name = slug::in_any_order(&slug::slugify(&athlete.name));
            nations.contains(nation) && !named.contains(&(name, *nation))
        })
        .map(|(athlete, nation)| format!("{} ({nation})", athlete.name))
        .collect();
    if !strangers.is_empty() && !import.options.is_part {
        import.plan.notes.push(format!(
            "medallists who are not in it under these names: {}; import the medals again to link them by code",
            some_of(&strangers)
        ));
    }
}

/// Reads every row.
fn people<'a>(import: &mut Import<'a>) -> Vec<Person<'a>> {
    let sheet = import.sheet;
    let mut people = Vec::new();
    let mut codes_seen: BTreeMap<&str, usize> = BTreeMap::new();
    for row in sheet.rows() {
        let printed = match (row.get("athlete"), row.get("family"), row.get("given")) {
            (Some(athlete), ..) => athlete.to_owned(),
            (None, Some(family), Some(given)) => format!("{} {given}", family.to_uppercase()),
            (None, Some(only), None) | (None, None, Some(only)) => only.to_owned(),
            (None, None, None) => {
                let _ = import.required(&row, "athlete");
                continue;
            }
        };
        let Some(nation) = import.nation(&row, "noc") else { continue };
        let gender = row.get("gender").map(values::gender);
        if gender == Some(None) {
            import.wrong(&row, "gender", "this is no gender", "expected women or men");
            continue;
        }
        let code = row.get("athlete_code");
        if let Some(first) = code.and_then(|code| codes_seen.insert(code, row.line())) {
            import.report(
                Diagnostic::new(
                    &codes::I004,
                    row.place("athlete_code"),
                    format!("two rows have the code `{}`", code.unwrap_or_default()),
                )
                .label(format!("line {first} has it too")),
            );
            continue;
        }
        if is_several(&printed) {
            let label = "a row is one person";
            import.wrong(&row, "athlete", "this looks like several people", label);
            continue;
        }
        let name = house_name(&printed, row.get("tv_name"), &nation);
        if slug::slugify(&name).is_empty() {
            import.wrong(&row, "athlete", "this is no name", "expected letters or digits");
            continue;
        }
        let entries = row.get("entries").unwrap_or_default();
        let entries = entries.split([' ', ',', ';', '|']).filter(|entry| !entry.is_empty());
        people.push(Person {
            row,
            code,
            name,
            printed,
            nation,
            gender: gender.flatten().map(|gender| gender.word()),
            entries: entries.collect(),
        });
    }
    people
}

/// A name as the house prints it, made of the results system's or of "Family, Given".
pub fn house_name(printed: &str, television: Option<&str>, nation: &str) -> String {
    let is_family_first = noc::is_family_first(nation);
    let printed = without_notes(printed, nation);
    // Of `Weed, Matt, Jr.` the last comma parts nothing.
    let printed = &match printed.rsplit_once(',') {
        Some((name, suffix)) if names::is_suffix(suffix.trim()) => {
            format!("{name} {}", suffix.trim())
        }
        _ => printed.to_owned(),
    };
    let Some((family, given)) = printed.split_once(',') else {
        let television = names::television_of(nation, television);
        return names::newspaper_name(printed, television, is_family_first).name;
    };
    let (family, given) = (family.trim(), given.trim());
    let is_shouted = !family.chars().any(char::is_lowercase);
    match (is_shouted, is_family_first) {
        (true, _) => {
            names::newspaper_name(&format!("{family} {given}"), None, is_family_first).name
        }
        (false, true) => format!("{family} {given}"),
        (false, false) => format!("{given} {family}"),
    }
}

/// Without what some spreadsheets put behind a name: the nation's code in brackets, an asterisk.
fn without_notes<'a>(printed: &'a str, nation: &str) -> &'a str {
    let bare = printed.trim().trim_end_matches('*').trim_end();
    bare.strip_suffix(&format!("({nation})")).map_or(bare, str::trim_end)
}

/// Whether a cell has several people in it.
pub fn is_several(printed: &str) -> bool {
    people_in(printed).is_none_or(|people| people.len() > 1)
}

/// The people in a cell, as they are printed: `A / B`, `A & B`, `A and B`, `A, B`. What stands in capitals
/// before the only comma is a family name: `WANG, Chuqin`. Nothing if it cannot be told.
pub fn people_in(printed: &str) -> Option<Vec<&str>> {
    let signs = ['/', '&', ';', '+', '|', '\u{ff0c}', '\u{3001}', '\u{ff0f}'];
    let words = [" and ", " AND ", " And ", " und ", " UND ", " et ", " ET ", " y ", " mit "];
    let mut parts: Vec<&str> = printed.split(signs).collect();
    for word in words {
        parts = parts.into_iter().flat_map(|part| part.split(word)).collect();
    }
    if let [one] = parts.as_slice() {
        let is_suffix = |part: &str| {
            matches!(part.trim_end_matches('.'), "Jr" | "JR" | "Sr" | "SR" | "II" | "III" | "IV")
        };
        let mut by_comma: Vec<&str> = one.split(',').map(str::trim).collect();
        if by_comma.len() > 2 && by_comma.last().is_some_and(|last| is_suffix(last)) {
            by_comma.pop();
        }
        let is_whole = |name: &&str| name.split_whitespace().count() > 1;
        match by_comma.as_slice() {
            [_] => {}
            [_, last] if is_suffix(last) => {}
            [family, _] => {
                let is_shouted = !family.chars().any(char::is_lowercase);
                if !is_shouted && by_comma.iter().all(is_whole) {
                    parts = by_comma;
                }
            }
            all if all.iter().all(is_whole) => parts = by_comma,
            _ => return None,
        }
    }
    Some(parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect())
}

/// Whether a cell says that nobody is known yet, or names no person: `TBC`, `N.N.`, `#N/A`, `Team`, the nation.
pub fn is_nobody(site: &Site, printed: &str, nation: &str) -> bool {
    let bare = printed.trim().trim_matches(['(', ')', '[', ']']);
    let word = bare.to_lowercase();
    let word = if word.len() <= 8 { word.replace('.', "") } else { word };
    let known = [
        "to be confirmed",
        "to be determined",
        "to be announced",
        "unknown athlete",
        "not known",
        "tbc",
        "tbd",
        "tba",
        "n.n.",
        "nn",
        "n. n.",
        "unknown",
        "unbekannt",
        "inconnu",
        "team",
        "equipe",
        "\u{e9}quipe",
        "mannschaft",
        "squad",
        "n/a",
        "na",
        "none",
        "null",
        "nan",
        "various",
        "?",
    ];
    let of_team = bare.strip_prefix("Team ").unwrap_or(bare);
    let is_of_nation = site.nation_code(of_team) == Some(nation);
    // What a spreadsheet writes where a formula fails: #N/A, #REF!, #NAME?
    let is_failed = bare.starts_with('#');
    known.contains(&word.trim())
        || is_of_nation
        || is_failed
        || !bare.chars().any(char::is_alphanumeric)
}

/// Whether a form is found by a name or one of the aliases as it is.
fn is_called(form: &str, name: &str, aliases: &[String]) -> bool {
    let form = slug::slugify(form);
    aliases.iter().map(String::as_str).chain([name]).any(|name| slug::slugify(name) == form)
}

/// What a row changes in a file: what the results system knows. Name and aliases are the house's;
/// only the printed form joins the aliases. Entries go only if the row has all of them.
fn changes(
    site: &Site,
    person: &Person,
    doc: &Athlete,
    is_complete: bool,
) -> Vec<(&'static str, Option<Node>)> {
    let mut wanted = Vec::new();
    if site.nation_code(&doc.nation) != Some(person.nation.as_str()) {
        wanted.push(("nation", Some(text(&person.nation))));
    }
    if !is_called(&person.printed, &doc.name, &doc.aliases) {
        let aliases = doc.aliases.iter().map(String::as_str).chain([person.printed.as_str()]);
        wanted.push(("aliases", Some(texts(aliases))));
    }
    if let Some(code) = person.code
        && doc.code.as_deref() != Some(code)
    {
        wanted.push(("code", Some(text(code))));
    }
    if let Some(gender) = person.gender
        && doc.gender.map(|gender| gender.word()) != Some(gender)
    {
        wanted.push(("gender", Some(text(gender))));
    }
    // The same event may be written by its code or by its name.
    let same =
        |a: &str, b: &str| a == b || site.event(a).is_ok_and(|event| site.event(b) == Ok(event));
    let recorded: Vec<&str> = doc.entries.iter().map(String::as_str).collect();
    let is_among = |list: &[&str], entry: &str| list.iter().any(|listed| same(listed, entry));
    let mut entries = recorded.clone();
    if is_complete && !person.entries.is_empty() {
        entries.retain(|entry| is_among(&person.entries, entry));
    }
    entries.extend(person.entries.iter().filter(|entry| !is_among(&recorded, entry)));
    if entries != recorded {
        wanted.push(("entries", Some(texts(entries))));
    }
    wanted
}

/// Files of athletes that the spreadsheet no longer has. One with a text of its own stays.
fn gone(import: &mut Import, met: &HashSet<*const Athlete>) {
    let docs = import.site.athletes.iter().filter_map(|athlete| athlete.doc.as_deref());
    let gone: Vec<&Athlete> =
        docs.filter(|doc| doc.code.is_some() && !met.contains(&std::ptr::from_ref(*doc))).collect();
    if !import.options.allow_removals || import.options.is_part {
        if !gone.is_empty() && !import.options.is_part {
            let count = gone.len();
            import.plan.notes.push(format!(
                "{count} athletes that are recorded are not in it and are kept; --allow-removals removes them"
            ));
        }
        return;
    }
    let (kept, removed): (Vec<&Athlete>, Vec<&Athlete>) = gone
        .into_iter()
        .partition(|doc| !doc.file.markdown().trim().is_empty() || doc.file.image.is_some());
    removed.iter().for_each(|doc| import.remove(&doc.file));
    if !kept.is_empty() {
        let paths: Vec<&str> = kept.iter().map(|doc| doc.file.path.as_str()).collect();
        import.plan.notes.push(format!("kept for their texts: {}", paths.join(", ")));
    }
}

/// Athletes that have a file.
pub struct Known<'a> {
    site: &'a Site,
    by_code: HashMap<&'a str, &'a Athlete>,
    index_of_code: HashMap<&'a str, usize>,
}

impl<'a> Known<'a> {
    /// Those of a site.
    pub fn new(site: &'a Site) -> Self {
        let docs = site.athletes.iter().filter_map(|athlete| athlete.doc.as_deref());
        let by_code = docs.filter_map(|doc| Some((doc.code.as_deref()?, doc))).collect();
        let athletes = site.athletes.iter().enumerate();
        let codes =
            athletes.filter_map(|(i, athlete)| Some((athlete.doc.as_ref()?.code.as_deref()?, i)));
        Known { site, by_code, index_of_code: codes.collect() }
    }

    /// The athlete with this code of the results system.
    pub fn of_code(&self, code: &str) -> Option<usize> {
        self.index_of_code.get(code).copied()
    }

    /// The file with this code, or else one without a code that has one of the names.
    pub fn find(&self, code: Option<&str>, nation: &str, names: &[&str]) -> Option<&'a Athlete> {
        if let Some(doc) = code.and_then(|code| self.by_code.get(code)) {
            return Some(doc);
        }
        let mut found = names.iter().flat_map(|name| self.site.athletes_called(name, nation));
        found.find_map(|athlete| {
            let doc = self.site.athletes[athlete].doc.as_deref()?;
            // Another code is another person.
            (code.is_none() || doc.code.is_none()).then_some(doc)
        })
    }
}
