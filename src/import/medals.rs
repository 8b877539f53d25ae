//! Medals: who has which medal of which event.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use super::athletes::{Known, house_name, is_nobody, people_in};
use super::values::{self, DateOrder, MedalCell};
use super::{
    Codes, EventName, Import, Node, PodiumChange, codes_of, edit, event_form, event_slug, some_of,
    text, texts,
};
use crate::assemble::Site;
use crate::diagnostics::{Diagnostic, codes};
use crate::games::medals::Medal;
use crate::parse::documents::{Change, Status, Winner};
use crate::sheet::{Field, Row};
use crate::slug;
use crate::text::counted;

pub const FIELDS: &[Field] = &[
    Field { name: "date", synonyms: &["day", "medal-date", "event-date"] },
    Field { name: "sport", synonyms: &["discipline", "sport-name", "discipline-name"] },
    Field { name: "event_code", synonyms: &["event-id", "code-event", "eventcode"] },
    Field { name: "event", synonyms: &["event-name", "event-title", "title"] },
    Field { name: "gender", synonyms: &["sex", "event-gender"] },
    Field { name: "medal", synonyms: &["medal-type", "medal-class", "rank", "place", "position"] },
    Field {
        name: "noc",
        synonyms: &["country-code", "nation-code", "noc-code", "nation", "country"],
    },
    Field {
        name: "competitor",
        synonyms: &["competitor-code", "team-code", "team-id", "entry", "unit"],
    },
    Field { name: "team", synonyms: &["team-name", "pair"] },
    Field { name: "athlete_code", synonyms: &["athlete-id", "person-id", "code-athlete"] },
    Field {
        name: "athlete",
        synonyms: &["name", "athlete-name", "competitor-name", "participant", "full-name"],
    },
    Field { name: "tv_name", synonyms: &["name-tv", "television-name", "display-name"] },
];

/// An event of the spreadsheet.
struct Event<'a> {
    name: EventName<'a>,
    row: Row<'a>,
    podium: [Vec<Medallist<'a>>; 3],
}

/// One medal of the spreadsheet.
struct Medallist<'a> {
    nation: String,
    team: Option<&'a str>,
    date: Option<Date>,
    athletes: Vec<Person<'a>>,
}

/// A person who has a medal.
struct Person<'a> {
    /// As the house prints it.
    name: String,
    /// The results system's.
    code: Option<&'a str>,
}

pub fn import(import: &mut Import) {
    import.problems.extend(import.sheet.needs(&[&["medal"], &["noc"], &["event_code", "event"]]));
    if !import.problems.is_empty() {
        return;
    }
    let known = Known::new(import.site);
    let (events, rows) = events(import, &known);
    let recorded = import.site.events.iter().flat_map(|event| event.doc.podium.iter().flatten());
    let recorded = recorded.map(|winner| winner.athletes.len().max(1)).sum();
    import.refuse_if_cut("medallist", rows, recorded);
    if !import.problems.is_empty() {
        return;
    }
    let mut met = vec![false; import.site.events.len()];
    for event in events.values() {
        match import.event(&event.row, &event.name) {
            Ok(Some(i)) => {
                met[i] = true;
                record(import, &known, event, i);
            }
            Ok(None) => record_new(import, event),
            Err(()) => {}
        }
    }
    gone(import, &met);
}

/// Reads every row.
fn events<'a>(import: &mut Import<'a>, known: &Known) -> (BTreeMap<String, Event<'a>>, usize) {
    let order = import.date_order(&["date"]);
    let sheet = import.sheet;
    let codes = codes_of(sheet);
    // Where the medal is of a competitor of an event, and of a nation.
    let mut medals: HashMap<(String, Medal, String, Option<String>), usize> = HashMap::new();
    // A row a person, and no column says which of them are one medal.
    let has_several = sheet
        .rows()
        .filter_map(|row| row.get("athlete"))
        .any(|cell| people_in(cell).is_none_or(|people| people.len() > 1));
    let is_loose = !sheet.has("competitor") && !sheet.has("team") && !has_several;
    let teams = if is_loose { teams(import, &codes) } else { Teams::default() };
    let mut events: BTreeMap<String, Event> = BTreeMap::new();
    // Who has a medal in an event already, and the row that says so.
    let mut seen: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    // People, as they are recorded, and rows, as they are told of.
    let mut used = 0;
    let mut lines = 0;
    let mut dated = 0;
    let mut without_medal: Vec<String> = Vec::new();
    let mut outside: Vec<String> = Vec::new();
    for row in sheet.rows() {
        let name = EventName::new(&row);
        if name.code.is_none() && name.title.is_none() {
            let _ = import.required(&row, "event");
            continue;
        }
        if !import.knows_gender(&row) {
            continue;
        }
        let Some(medal) = medal(import, &row) else { continue };
        let MedalCell::Medal(medal) = medal else {
            without_medal.push(row.line().to_string());
            continue;
        };
        let Some(nation) = import.nation(&row, "noc") else { continue };
        let Ok(date) = date(import, &row, order) else { continue };
        dated += usize::from(date.is_some());
        outside.extend(date.and_then(|date| import.outside(&row, date)));
        let Ok(people) = persons(import, &row, known, &nation) else { continue };
        let key = name.key(&codes);
        let twice = people.iter().find_map(|Person { name: athlete, code }| {
            let id =
                code.map_or_else(|| slug::in_any_order(&slug::slugify(athlete)), str::to_owned);
            let first = seen.insert((key.clone(), nation.clone(), id), row.line())?;
            Some((athlete.clone(), first))
        });
        if let Some((athlete, first)) = twice {
            let message = format!("`{athlete}` has a medal of this event already");
            import.report(
                Diagnostic::new(&codes::I004, row.place("athlete"), message)
                    .label(format!("line {first} says so")),
            );
            continue;
        }
        used += people.len().max(1);
        lines += 1;
        let key_of_event = key.clone();
        let event = events.entry(key).or_insert_with(|| Event {
            name: EventName::new(&row),
            row,
            podium: Default::default(),
        });
        one_name(import, &row, event, &name);
        event.name.code = event.name.code.or(name.code);
        let competitor = row.get("competitor").map(str::to_owned);
        let competitor = competitor.or_else(|| Some(format!("{nation} {}", row.get("team")?)));
        let places = &mut event.podium[medal as usize];
        let at = (key_of_event, medal, nation.clone(), competitor.clone());
        let known_at = medals.get(&at).copied();
        match known_at {
            Some(known) if competitor.is_some() => places[known].athletes.extend(people),
            Some(known) if teams.is_team(&at.0, medal, &nation) => {
                places[known].athletes.extend(people);
            }
            Some(_) if teams.are_single(&at.0, medal) => {
                places.push(Medallist { nation, team: None, date, athletes: people });
            }
            Some(_) => {
                let message = format!("{nation} has {} twice in this event", medal.word());
                import.report(
                    Diagnostic::new(&codes::I004, row.place("medal"), message)
                        .label("one medal of a team, or two?")
                        .help("a column `team` or `competitor` says which rows are one medal"),
                );
            }
            None => {
                medals.insert(at, places.len());
                places.push(Medallist { nation, team: row.get("team"), date, athletes: people });
            }
        }
    }
    if !without_medal.is_empty() {
        let (count, lines) = (counted(without_medal.len(), "row"), some_of(&without_medal));
        import.plan.notes.push(format!("{count} without a medal left out: {lines}"));
    }
    teams.tell(import, &events);
    import.tell_outside(&outside, dated);
    import.plan.rows = lines;
    (events, used)
}

/// What is known of events in a spreadsheet in which each person has a row and nothing says who stood on the
/// podium together: how many have each medal, by event and nation.
#[derive(Default)]
struct Teams(HashMap<String, HashMap<(Medal, String), usize>>);

/// Counts people by event, medal and nation.
fn teams(import: &Import, codes: &Codes) -> Teams {
    let mut teams = Teams::default();
    for row in import.sheet.rows() {
        let medal = row.get("medal").and_then(values::medal);
        let nation = row.get("noc").and_then(|written| import.site.nation_code(written));
        if let (Some(MedalCell::Medal(medal)), Some(nation)) = (medal, nation) {
            let event = teams.0.entry(EventName::new(&row).key(codes)).or_default();
            *event.entry((medal, nation.to_owned())).or_default() += 1;
        }
    }
    teams
}

impl Teams {
    /// How many people one medal of an event is of, as far as the gold tells.
    fn size(&self, event: &str) -> Option<usize> {
        let event = self.0.get(event)?;
        let mut golds = event.iter().filter(|((medal, _), _)| *medal == Medal::Gold);
        let (_, size) = golds.next()?;
        // Of two golds it is not known whose tie that is.
        golds.next().is_none().then_some(*size)
    }

    fn count(&self, event: &str, medal: Medal, nation: &str) -> usize {
        let event = self.0.get(event);
        event.and_then(|event| event.get(&(medal, nation.to_owned()))).copied().unwrap_or_default()
    }

    /// Whether those of a nation who have this medal have it together.
    fn is_team(&self, event: &str, medal: Medal, nation: &str) -> bool {
        let count = self.count(event, medal, nation);
        // Beside single people, two golds of one nation are a tie.
        let has_single =
            self.0.get(event).is_some_and(|event| event.values().any(|holders| *holders == 1));
        if has_single {
            return false;
        }
        self.size(event).is_some_and(|size| size > 1 && (medal == Medal::Gold || count < 2 * size))
    }

    /// Whether each of them has one of their own: two bronzes of judo, say.
    fn are_single(&self, event: &str, medal: Medal) -> bool {
        medal == Medal::Bronze && self.size(event) == Some(1)
    }

    /// Says which rows were taken together.
    fn tell(&self, import: &mut Import, events: &BTreeMap<String, Event>) {
        let is_grouped = |(key, event): &(&String, &Event)| {
            self.size(key).is_some_and(|size| size > 1)
                && event.podium.iter().flatten().any(|place| place.athletes.len() > 1)
        };
        let grouped: Vec<String> = events
            .iter()
            .filter(is_grouped)
            .filter_map(|(_, event)| event.name.title.map(str::to_owned))
            .collect();
        if !grouped.is_empty() {
            import.plan.notes.push(format!(
                "rows of one event, medal and nation are taken for one team in {}: {}",
                counted(grouped.len(), "event"),
                some_of(&grouped)
            ));
        }
    }
}

/// Who a row is about, as far as it names somebody.
fn persons<'a>(
    import: &mut Import<'a>,
    row: &Row<'a>,
    known: &Known,
    nation: &str,
) -> Result<Vec<Person<'a>>, ()> {
    let Some(cell) = row.get("athlete") else { return Ok(Vec::new()) };
    if is_nobody(import.site, cell, nation) {
        return Ok(Vec::new());
    }
    let Some(people) = people_in(cell) else {
        let label = "part them with a slash: A B / C D";
        import.wrong(row, "athlete", "this may be one person or several", label);
        return Err(());
    };
    let people: Vec<&str> =
        people.into_iter().filter(|name| !is_nobody(import.site, name, nation)).collect();
    let code = row.get("athlete_code").filter(|_| people.len() == 1);
    let mut found = Vec::with_capacity(people.len());
    for printed in people {
        found.push(person(import, row, known, nation, printed, code)?);
    }
    Ok(found)
}

fn person<'a>(
    import: &mut Import<'a>,
    row: &Row<'a>,
    known: &Known,
    nation: &str,
    printed: &str,
    code: Option<&'a str>,
) -> Result<Person<'a>, ()> {
    let house = house_name(printed, row.get("tv_name"), nation);
    let doc = known.find(code, nation, &[&house, printed]);
    let name = doc.map_or(house, |doc| doc.name.clone());
    if slug::slugify(&name).is_empty() {
        import.wrong(row, "athlete", "this is no name", "expected letters or digits");
        return Err(());
    }
    Ok(Person { name, code })
}

/// Reports a row that calls its event by another name than the rows before.
fn one_name(import: &mut Import, row: &Row, event: &Event, name: &EventName) {
    for (field, first, now) in
        [("sport", event.name.sport, name.sport), ("event", event.name.title, name.title)]
    {
        if let (Some(first), Some(now)) = (first, now)
            && event_slug(first) != event_slug(now)
            && event_form(first) != event_form(now)
        {
            let message = format!("one event is called `{first}` and `{now}`");
            import.report(
                Diagnostic::new(&codes::I004, row.place(field), message)
                    .label(format!("line {} has the other name", event.row.line())),
            );
        }
    }
}

fn medal(import: &mut Import, row: &Row) -> Option<MedalCell> {
    let Some(written) = row.get("medal") else { return Some(MedalCell::None) };
    let medal = values::medal(written);
    if medal.is_none() {
        let message = format!("`{written}` is no medal");
        import.wrong(row, "medal", message, "expected gold, silver or bronze, or 1, 2 or 3");
    }
    medal
}

fn date(import: &mut Import, row: &Row, order: DateOrder) -> Result<Option<Date>, ()> {
    let Some(written) = row.get("date") else { return Ok(None) };
    match values::moment(written, order, &import.site.config.time_zone) {
        Some(moment) => Ok(Some(moment.zoned.date())),
        None => {
            let message = format!("`{written}` is not a date");
            import.wrong(row, "date", message, "expected a date such as 2024-07-31");
            Err(())
        }
    }
}

impl Import<'_> {
    /// How far a podium is that this import brings.
    fn status(&self, event: &Event, has_gold: bool) -> Node {
        // The bronze of a day's file may come days before the final.
        let is_open = self.options.is_part && !has_gold && event.podium[0].is_empty();
        text(
            if self.options.official && !is_open { Status::Official } else { Status::Provisional }
                .word(),
        )
    }

    /// The name of a team, where it is more than that of its nation or those of its members.
    fn team(&self, medallist: &Medallist) -> Option<String> {
        let members = medallist.athletes.iter().map(|person| person.name.as_str());
        self.own_name(medallist.team?, members)
    }

    /// A medal as a file has it: what an old one had stays, as far as it is not the spreadsheet's.
    fn medal(
        &self,
        medallist: &Medallist,
        event: Option<usize>,
        decided: Option<Date>,
        old: Vec<(String, Node)>,
    ) -> Node {
        let mut entries = old;
        let mut put =
            |key: &str, node: Node| match entries.iter_mut().find(|(known, _)| known == key) {
                Some((_, value)) => *value = node,
                None => entries.push((key.to_owned(), node)),
            };
        put("nation", text(&medallist.nation));
        if !medallist.athletes.is_empty() {
            let names =
                medallist.athletes.iter().map(|person| self.clear_name(person, medallist, event));
            put("athletes", texts(names));
        }
        if let Some(team) = self.team(medallist) {
            put("team", text(team));
        }
        if let Some(date) = medallist.date.filter(|date| Some(*date) != decided) {
            put("date", text(date.to_string()));
        }
        Node::Map(entries)
    }

    /// A name, with the code behind it where it alone would mean two people.
    fn clear_name(&self, person: &Person, medallist: &Medallist, event: Option<usize>) -> String {
        let Some(code) = person.code else { return person.name.clone() };
        let called = self.site.athletes_called(&person.name, &medallist.nation);
        let is_clear = match event {
            Some(event) => self.site.medallist(&person.name, &medallist.nation, event).is_some(),
            None => true,
        };
        let is_one =
            medallist.athletes.iter().filter(|other| other.name == person.name).count() < 2;
        match (called.len() < 2 || is_clear) && is_one {
            true => person.name.clone(),
            false => format!("{} ({code})", person.name),
        }
    }
}

fn record_new(import: &mut Import, event: &Event) {
    let Some((path, mut entries)) = import.new_event(&event.row, &event.name) else { return };
    let podium = Medal::ALL.into_iter().zip(&event.podium).filter(|(_, places)| !places.is_empty());
    let podium = podium.map(|(medal, places)| {
        let places = places
            .iter()
            .map(|medallist| import.medal(medallist, None, None, Vec::new()))
            .collect();
        (medal.word().to_owned(), Node::List(places))
    });
    entries.push(("status", import.status(event, false)));
    entries.push(("podium", Node::Map(podium.collect())));
    import.create(&event.row, &path, &entries);
}

/// Makes the podium of a recorded event that of the spreadsheet. What says the same is left alone.
fn record(import: &mut Import, known: &Known, event: &Event, i: usize) {
    let node = &import.site.events[i];
    let doc = &node.doc;
    let yaml = &doc.file.source.text[doc.file.front.clone()];
    let mut podium = match edit::value(yaml, "podium") {
        Some(Node::Map(entries)) => entries,
        _ => Vec::new(),
    };
    let before = podium.clone();
    // A part of the results says nothing of a colour that it does not have: bronze may be decided
    // days before gold.
    let is_silent = |medal: Medal| {
        let is_part = import.options.is_part && !import.options.allow_removals;
        is_part && event.podium[medal as usize].is_empty()
    };
    let told = Medal::ALL.into_iter().filter(|medal| !is_silent(*medal));
    let had: usize = told.map(|medal| doc.podium[medal as usize].len()).sum();
    let has: usize = event.podium.iter().map(Vec::len).sum();
    if has < had && !import.options.allow_removals {
        let sport = &import.site.sports[node.sport].slug;
        let message = format!("{sport}/{} would have {has} medals instead of {had}", doc.slug);
        let help = match import.options.is_part {
            true => {
                "the file must have all rows of an event; if a medal was taken away: --partial --allow-removals"
            }
            false => "if a medal was taken away: --allow-removals",
        };
        import.refuse(&codes::I006, message, help);
        return;
    }
    let mut is_other = false;
    for (medal, places) in Medal::ALL.into_iter().zip(&event.podium) {
        let recorded = &doc.podium[medal as usize];
        if let Some(change) = reversed(import, known, &doc.changes, places, recorded, (i, medal)) {
            let sport = &import.site.sports[node.sport].slug;
            import.plan.notes.push(format!(
                "{sport}/{}: {} stays as it is since the change of {}; the spreadsheet has it as it was before",
                doc.slug,
                medal.word(),
                change.date.zoned.date()
            ));
            continue;
        }
        let written = podium.iter().position(|(key, _)| key == medal.word());
        let items = written.map(|at| podium[at].1.clone().into_maps()).unwrap_or_default();
        let (items, is_another) = match is_silent(medal) {
            true => (without_moved(import, known, event, recorded, items, i), false),
            false => colour(import, known, places, recorded, &items, i),
        };
        is_other |= is_another;
        let change = PodiumChange::new(import.site, i, medal, recorded, &items);
        if let Some(change) = change.filter(|_| doc.has_podium()) {
            is_other = true;
            import.plan.podiums.push(change);
        }
        match (written, items.is_empty()) {
            (Some(at), false) => podium[at].1 = Node::List(items),
            // An empty list says of a colour that nobody has it, as no list does.
            (Some(at), true) if !recorded.is_empty() => drop(podium.remove(at)),
            (None, false) => podium.push((medal.word().to_owned(), Node::List(items))),
            _ => {}
        }
    }
    podium.sort_by_key(|(key, _)| Medal::ALL.iter().position(|medal| medal.word() == key));
    let is_changed = podium != before;
    let mut wanted: Vec<(&str, Option<Node>)> = Vec::new();
    if let (None, Some(code)) = (&doc.code, event.name.code) {
        wanted.push(("code", Some(text(code))));
    }
    let gender = event.row.get("gender").and_then(values::gender);
    if let (None, Some(gender)) = (doc.gender, gender) {
        wanted.push(("gender", Some(text(gender.word()))));
    }
    // What stood stands, as long as others do not have the medals: a spelling is no result.
    let is_settled = doc.status == Status::Official && (!is_other || import.options.official);
    let is_told = doc.status == Status::Provisional && !import.options.official;
    if !is_settled && !is_told {
        let has_gold = !doc.podium[0].is_empty();
        wanted.push(("status", Some(import.status(event, has_gold))));
    }
    if is_changed {
        wanted.push(("podium", Some(Node::Map(podium))));
    }
    import.change(Some(&event.row), &doc.file, &wanted);
}

/// The medals of one colour: those that are recorded as they are, others in their place.
fn colour(
    import: &mut Import,
    known: &Known,
    places: &[Medallist],
    recorded: &[Winner],
    written: &[Node],
    event: usize,
) -> (Vec<Node>, bool) {
    let site = import.site;
    let decided = site.decided_day(event);
    let nation_of =
        |winner: &Winner| site.nation_code(&winner.nation).unwrap_or(&winner.nation).to_owned();
    let coming: Vec<Vec<Who>> =
        places.iter().map(|place| people(site, known, event, place)).collect();
    let mut free: Vec<bool> = vec![true; places.len()];
    // The same people first; then the spreadsheet may name fewer than an editor does, but nobody else.
    let mut partners: Vec<Option<usize>> = vec![None; recorded.len()];
    let may_keep = !import.options.allow_removals;
    for is_exact in [true, false].into_iter().filter(|is_exact| *is_exact || may_keep) {
        for (winner, partner) in recorded.iter().zip(&mut partners) {
            if partner.is_some() {
                continue;
            }
            let (nation, has) = (nation_of(winner), who(site, event, winner));
            *partner = (0..places.len()).find(|i| {
                free[*i]
                    && places[*i].nation == nation
                    && (!is_exact || coming[*i].len() == has.len())
                    && coming[*i].iter().all(|athlete| has.contains(athlete))
            });
            if let Some(i) = *partner {
                free[i] = false;
            }
        }
    }
    let mut others = (0..places.len()).filter(|i| free[*i]);
    let mut filled: Vec<Node> = Vec::new();
    let mut is_other = false;
    for ((winner, node), partner) in recorded.iter().zip(written).zip(partners) {
        let old = match node {
            Node::Map(entries) => entries.clone(),
            _ => Vec::new(),
        };
        let Some(i) = partner else {
            let Some(i) = others.next() else {
                is_other = true;
                continue;
            };
            let place = &places[i];
            let is_same_nation = place.nation == nation_of(winner);
            is_other |= !is_same_nation || are_others(site, &coming[i], &who(site, event, winner));
            // What a nation's medal says besides its names stays with the nation.
            let old = if is_same_nation { old } else { Vec::new() };
            let implied = decided.filter(|_| winner.date.is_none() || !is_same_nation);
            filled.push(import.medal(place, Some(event), implied, old));
            continue;
        };
        let place = &places[i];
        if place.athletes.len() < winner.athletes.len() {
            let sport = &site.sports[site.events[event].sport].slug;
            import.plan.notes.push(format!(
                "{sport}/{}: {} names are kept that the spreadsheet does not have",
                site.events[event].doc.slug,
                winner.athletes.len() - place.athletes.len()
            ));
        }
        let day = winner.date.or(decided);
        filled.push(match place.date {
            Some(date) if day != Some(date) => {
                let mut entries = old;
                entries.retain(|(key, _)| key != "date");
                entries.push(("date".to_owned(), text(date.to_string())));
                Node::Map(entries)
            }
            _ => node.clone(),
        });
    }
    for i in others {
        is_other = true;
        filled.push(import.medal(&places[i], Some(event), decided, Vec::new()));
    }
    (filled, is_other)
}

/// The medals of a colour that a part of the results does not have, without those of people who have
/// another one there.
fn without_moved(
    import: &Import,
    known: &Known,
    event: &Event,
    recorded: &[Winner],
    items: Vec<Node>,
    i: usize,
) -> Vec<Node> {
    let site = import.site;
    let coming: Vec<Who> =
        event.podium.iter().flatten().flat_map(|place| people(site, known, i, place)).collect();
    let stays = |winner: &Winner| !who(site, i, winner).iter().any(|one| coming.contains(one));
    let kept = items.into_iter().zip(recorded).filter(|(_, winner)| stays(winner));
    kept.map(|(node, _)| node).collect()
}

/// An athlete of the site, or a name that nobody there has.
type Who = Result<usize, String>;

/// Who is meant by the names on a recorded podium.
fn who(site: &Site, event: usize, winner: &Winner) -> Vec<Who> {
    let nation = site.nation_code(&winner.nation).unwrap_or(&winner.nation);
    let found = winner
        .athletes
        .iter()
        .map(|name| site.medallist(name, nation, event).ok_or_else(|| slug::slugify(name)));
    found.collect()
}

/// Who is meant by the spreadsheet: its codes are surer than names.
fn people(site: &Site, known: &Known, event: usize, place: &Medallist) -> Vec<Who> {
    let found = place.athletes.iter().map(|person| {
        let of_code = person.code.and_then(|code| known.of_code(code));
        let found = of_code.or_else(|| site.medallist(&person.name, &place.nation, event));
        found.ok_or_else(|| slug::slugify(&person.name))
    });
    found.collect()
}

/// Whether a medal went from some who are known to others who are: a name that nobody has a file of
/// may be another spelling.
fn are_others(site: &Site, now: &[Who], before: &[Who]) -> bool {
    let have_files = |people: &[Who]| {
        let mut people = people.iter();
        people.all(|who| who.as_ref().is_ok_and(|i| site.athletes[*i].doc.is_some()))
    };
    match have_files(now) && have_files(before) {
        true => now != before,
        false => now.len() != before.len(),
    }
}

/// The change that took a colour from those to whom the spreadsheet still gives it.
fn reversed<'c>(
    import: &Import,
    known: &Known,
    changes: &'c [Change],
    places: &[Medallist],
    recorded: &[Winner],
    (event, medal): (usize, Medal),
) -> Option<&'c Change> {
    let site = import.site;
    let of_winners = |winners: &[Winner]| -> Vec<(String, Vec<Who>)> {
        let medals = winners.iter().map(|winner| {
            let nation = site.nation_code(&winner.nation).unwrap_or(&winner.nation).to_owned();
            (nation, who(site, event, winner))
        });
        medals.collect()
    };
    let coming: Vec<(String, Vec<Who>)> = places
        .iter()
        .map(|place| (place.nation.clone(), people(site, known, event, place)))
        .collect();
    let was = |change: &&Change| {
        let was = change.was[medal as usize].as_ref();
        was.is_some_and(|was| of_winners(was) == coming)
    };
    changes.iter().rev().find(was).filter(|_| coming != of_winners(recorded))
}

impl PodiumChange {
    /// What is another in a colour of a recorded podium; nothing if the same have it.
    fn new(
        site: &Site,
        event: usize,
        medal: Medal,
        recorded: &[Winner],
        items: &[Node],
    ) -> Option<PodiumChange> {
        let node = &site.events[event];
        let code = |nation: &str| site.nation_code(nation).unwrap_or(nation).to_owned();
        let nations: HashSet<String> = recorded.iter().map(|winner| code(&winner.nation)).collect();
        // The nation is told where it is another one.
        let label = |nation: &str, names: &[String]| match names {
            [] => code(nation),
            names if nations.contains(&code(nation)) => names.join(" / "),
            names => format!("{} ({})", names.join(" / "), code(nation)),
        };
        let was: Vec<String> =
            recorded.iter().map(|winner| label(&winner.nation, &winner.athletes)).collect();
        let now: Vec<String> = items
            .iter()
            .map(|item| {
                let field = |name: &str| item.entry(name);
                let nation = field("nation").and_then(Node::as_text).unwrap_or_default();
                let names = match field("athletes") {
                    Some(Node::List(names)) => {
                        names.iter().filter_map(Node::as_text).map(str::to_owned).collect()
                    }
                    Some(one) => one.as_text().map(str::to_owned).into_iter().collect(),
                    None => Vec::new(),
                };
                label(nation, &names)
            })
            .collect();
        // Another spelling is no other person.
        let is_in = |one: &String, others: &[String]| {
            let form = |name: &str| slug::in_any_order(&slug::slugify(name));
            // A results system cuts long names.
            let is_cut = |a: &str, b: &str| a.len() >= 8 && b.starts_with(a);
            others.iter().any(|other| {
                let (a, b) = (slug::slugify(one), slug::slugify(other));
                form(one) == form(other)
                    || is_cut(&a, &b)
                    || is_cut(&b, &a)
                    || a.split('-')
                        .zip(b.split('-'))
                        .all(|(a, b)| a.starts_with(b) || b.starts_with(a))
            })
        };
        let lost: Vec<String> = was.iter().filter(|one| !is_in(one, &now)).cloned().collect();
        let gained: Vec<String> = now.iter().filter(|one| !is_in(one, &was)).cloned().collect();
        (!lost.is_empty() || !gained.is_empty()).then(|| PodiumChange {
            event: format!("{}/{}", site.sports[node.sport].slug, node.doc.slug),
            title: node.doc.title.clone(),
            medal: medal.word(),
            was: lost,
            now: gained,
        })
    }
}

/// Recorded podiums that the spreadsheet does not have.
fn gone(import: &mut Import, met: &[bool]) {
    let events = import.site.events.iter().zip(met);
    let gone = events.filter(|(event, met)| !**met && event.doc.has_podium());
    let gone: Vec<_> = gone.map(|(event, _)| event).collect();
    if gone.is_empty() || import.options.is_part {
        return;
    }
    let count = gone.len();
    if !import.options.allow_removals {
        import.plan.notes.push(format!(
            "recorded and not in it, and kept: {}; --allow-removals removes what is not in it",
            counted(count, "podium")
        ));
        return;
    }
    for event in gone {
        import.change(None, &event.doc.file, &[("status", None), ("podium", None)]);
    }
    import.plan.notes.push(format!("{} removed", counted(count, "podium")));
}
