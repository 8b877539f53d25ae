//! The schedule: the sessions of events, and of what is on besides.

use std::collections::BTreeMap;

use super::sheet::{Field, Row};
use super::values::{self, DateOrder};
use super::{EventName, Import, Node, edit, some_of, text};
use crate::assemble::Site;
use crate::parse::dates::Moment;
use crate::parse::documents::{File, Session, SessionStatus};
use crate::slug;

pub const FIELDS: &[Field] = &[
    Field { name: "sport", synonyms: &["discipline", "sport-name", "discipline-name"] },
    Field { name: "event_code", synonyms: &["event-id", "code-event", "eventcode"] },
    Field { name: "event", synonyms: &["event-name", "event-title", "title"] },
    Field { name: "session", synonyms: &["session-name", "phase", "unit", "name"] },
    Field { name: "date", synonyms: &["day", "start-day"] },
    Field {
        name: "start",
        synonyms: &["start-time", "start-date", "starts", "begin", "datetime", "time"],
    },
    Field { name: "end", synonyms: &["end-time", "end-date", "ends", "finish", "until"] },
    Field { name: "venue", synonyms: &["location", "place", "arena", "venue-name"] },
    Field { name: "medal_session", synonyms: &["medal", "medals", "is-medal", "final"] },
    Field { name: "status", synonyms: &["state", "session-status"] },
    Field { name: "gender", synonyms: &["sex"] },
];

/// A session of the spreadsheet.
struct Planned<'a> {
    name: Option<&'a str>,
    start: Moment,
    end: Option<Moment>,
    venue: Option<&'a str>,
    medal: bool,
    status: SessionStatus,
}

/// Something that has sessions.
struct Group<'a> {
    name: EventName<'a>,
    row: Row<'a>,
    /// Whether it is an event; else a ceremony, or a qualification for several events.
    is_event: bool,
    sessions: Vec<Planned<'a>>,
}

pub fn import(import: &mut Import) {
    import
        .problems
        .extend(import.sheet.needs(&[&["start", "date"], &["event_code", "event", "sport"]]));
    if !import.problems.is_empty() {
        return;
    }
    let groups = groups(import);
    let rows = groups.values().map(|group| group.sessions.len()).sum();
    import.refuse_if_cut("sessions", rows, import.site.slots.len());
    if !import.problems.is_empty() {
        return;
    }
    import.plan.rows = rows;
    let mut kept = 0;
    for group in groups.values() {
        kept += if group.is_event { event(import, group) } else { occasion(import, group) };
    }
    if kept > 0 && !import.options.allow_removals && !import.options.is_part {
        import.plan.notes.push(format!(
            "{kept} sessions that are recorded are not in it and are kept; --allow-removals removes them"
        ));
    }
}

/// Reads every row.
fn groups<'a>(import: &mut Import<'a>) -> BTreeMap<String, Group<'a>> {
    let order = import.date_order(&["date", "start", "end"]);
    let sheet = import.sheet;
    let games = &import.site.config.games;
    let time = games.start.zip(games.end).and_then(values::time_of);
    let mut outside: Vec<String> = Vec::new();
    let has_codes = sheet.has("event_code");
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for row in sheet.rows() {
        let name = EventName::of(&row);
        if name.code.is_none() && name.title.is_none() && name.sport.is_none() {
            let _ = import.required(&row, "event");
            continue;
        }
        let Some(session) = session(import, &row, &name, order) else { continue };
        let day = session.start.zoned.date();
        if time.is_some_and(|(start, end)| !(start..=end).contains(&day)) {
            outside.push(format!("{day} in line {}", row.line()));
        }
        // Where events have codes, what has none is no event, unless it gives medals.
        let is_event =
            name.code.is_some() || (name.title.is_some() && (!has_codes || session.medal));
        let key = format!("{is_event} {}", name.key());
        let group = groups.entry(key).or_insert_with(|| Group {
            name,
            row,
            is_event,
            sessions: Vec::new(),
        });
        group.sessions.push(session);
    }
    if !outside.is_empty() {
        let dates = some_of(&outside);
        import.plan.notes.push(format!("dates that are not in the time of the Games: {dates}"));
    }
    groups
}

fn session<'a>(
    import: &mut Import<'a>,
    row: &Row<'a>,
    name: &EventName<'a>,
    order: DateOrder,
) -> Option<Planned<'a>> {
    let has_date_alone = row.get("start").is_none() && row.get("date").is_some();
    let field = if has_date_alone { "date" } else { "start" };
    let _ = import.required(row, field)?;
    let start = moment(import, row, field, order)?;
    let end = match row.get("end") {
        Some(_) => Some(moment(import, row, "end", order)?),
        None => None,
    };
    // An hour that is earlier than the start is one of the next day.
    let is_hour = row
        .get("end")
        .is_some_and(|end| values::moment(end, order, &import.site.config.time_zone).is_none());
    let end = end.map(|end| match is_hour && end.timestamp() < start.timestamp() {
        true => Moment { zoned: end.zoned.tomorrow().unwrap_or(end.zoned), has_time: end.has_time },
        false => end,
    });
    if end.as_ref().is_some_and(|end| end.timestamp() < start.timestamp()) {
        import.wrong(row, "end", "this session ends before it starts", "earlier than the start");
        return None;
    }
    let medal = row.get("medal_session").map(values::truth);
    if medal == Some(None) {
        import.wrong(row, "medal_session", "this is neither yes nor no", "expected yes or no");
        return None;
    }
    let status = row.get("status").map(values::session_status);
    if status == Some(None) {
        let message =
            format!("`{}` is no state of a session", row.get("status").unwrap_or_default());
        let label = "expected scheduled, live, finished, postponed, rescheduled or cancelled";
        import.wrong(row, "status", message, label);
        return None;
    }
    // "Women's Épée Individual Table of 64" is the table of 64 of its event.
    let session = row.get("session").map(|session| {
        let rest = name.title.and_then(|title| session.strip_prefix(title));
        // And "Men's Pool Round" is the pool round of "Men".
        let rest = rest.map(|rest| rest.strip_prefix("'s").unwrap_or(rest));
        let rest = rest.filter(|rest| rest.starts_with([' ', ':', ',', '-']));
        let rest = rest.map(|rest| rest.trim_start_matches([' ', ':', ',', '-', '–']).trim());
        rest.filter(|rest| !rest.is_empty()).unwrap_or(session)
    });
    Some(Planned {
        name: session,
        start,
        end,
        venue: row.get("venue"),
        medal: medal.flatten().unwrap_or(false),
        status: status.flatten().unwrap_or_default(),
    })
}

/// A date with its hour, which may stand in another cell than the day.
fn moment(import: &mut Import, row: &Row, field: &'static str, order: DateOrder) -> Option<Moment> {
    let zone = &import.site.config.time_zone;
    let written = row.get(field)?;
    let in_two = || values::moment_of_two(row.get("date")?, written, order, zone);
    let moment = values::moment(written, order, zone).or_else(in_two);
    if moment.is_none() {
        let message = format!("`{written}` is not a date");
        import.wrong(row, field, message, "expected a date such as 2024-07-31T14:30:00+02:00");
    }
    moment
}

/// The venue that most sessions have, the first of several.
fn common_venue<'a>(sessions: &[Planned<'a>]) -> Option<&'a str> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for venue in sessions.iter().filter_map(|session| session.venue) {
        match counts.iter_mut().find(|(known, _)| *known == venue) {
            Some((_, count)) => *count += 1,
            None => counts.push((venue, 1)),
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map(|(venue, _)| *venue)
}

/// Returns how many recorded sessions the spreadsheet does not have.
fn event(import: &mut Import, group: &Group) -> usize {
    let Some(i) = group.name.find(import.site) else {
        if let Some((path, mut entries)) = import.new_event(&group.row, &group.name) {
            entries.extend(new(group));
            import.create(&path, &entries);
        }
        return 0;
    };
    let doc = &import.site.events[i].doc;
    let (mut wanted, kept) = changes(import, group, &doc.file, doc.venue.as_deref(), &doc.sessions);
    if let (None, Some(code)) = (&doc.code, group.name.code) {
        wanted.insert(0, ("code", Some(text(code))));
    }
    import.change(&doc.file, &wanted);
    kept
}

/// Returns how many recorded sessions the spreadsheet does not have.
fn occasion(import: &mut Import, group: &Group) -> usize {
    let EventName { sport, title, .. } = group.name;
    let (title, sport) = match (title, sport) {
        (Some(title), sport) => (title, sport),
        (None, Some(sport)) => (sport, None),
        (None, None) => return 0,
    };
    let stem = slug::of(&format!("{} {title}", sport.unwrap_or_default()));
    if let Some(occasion) = import.site.occasions.iter().find(|it| it.doc.slug == stem) {
        let doc = &occasion.doc;
        let (wanted, kept) = changes(import, group, &doc.file, doc.venue.as_deref(), &doc.sessions);
        import.change(&doc.file, &wanted);
        return kept;
    }
    let path = format!("schedule/{stem}.md");
    if stem.is_empty() || import.is_taken(&path) {
        import.wrong(
            &group.row,
            "event",
            "no file can be made of this name",
            "expected letters or digits",
        );
        return 0;
    }
    let mut entries = vec![("title", text(title))];
    entries.extend(sport.map(|sport| ("sport", text(sport))));
    entries.extend(new(group));
    import.create(&path, &entries);
    0
}

/// What a new file says of its sessions.
fn new(group: &Group) -> Vec<(&'static str, Node)> {
    let venue = common_venue(&group.sessions);
    let sessions = group.sessions.iter();
    let sessions =
        sessions.map(|planned| Node::Map(entries(planned, Vec::new(), planned.venue == venue)));
    let sessions = Node::List(sessions.collect());
    venue.map(|venue| ("venue", text(venue))).into_iter().chain([("sessions", sessions)]).collect()
}

/// What changes in a file, and how many of its sessions the spreadsheet does not have.
fn changes<'k>(
    import: &Import,
    group: &Group,
    file: &File,
    venue: Option<&str>,
    recorded: &[Session],
) -> (Vec<(&'k str, Option<Node>)>, usize) {
    let site = import.site;
    let mut wanted = Vec::new();
    let common = common_venue(&group.sessions);
    if venue.is_none() {
        wanted.extend(common.map(|venue| ("venue", Some(text(venue)))));
    }
    // What the spreadsheet calls the place of most sessions is what the file calls the event's.
    let venue = Venue { here: common, house: venue.or(common) };
    let yaml = &file.source.text[file.front.clone()];
    let written = match edit::value(yaml, "sessions") {
        Some(Node::List(items)) if items.len() == recorded.len() => items,
        _ => Vec::new(),
    };
    let partners = partners(site, &group.sessions, recorded, venue);
    let is_missing = |i: &usize| !partners.contains(&Some(*i));
    let missing = (0..recorded.len()).filter(is_missing).count();
    let mut items: Vec<(&Moment, Node)> = Vec::new();
    let mut is_changed = false;
    for (i, (session, node)) in recorded.iter().zip(&written).enumerate() {
        let planned = partners.iter().position(|partner| *partner == Some(i));
        let Some(planned) = planned.map(|at| &group.sessions[at]) else {
            match import.options.allow_removals {
                true => is_changed = true,
                false => items.push((&session.start, node.clone())),
            }
            continue;
        };
        if is_same(site, planned, session, venue) {
            items.push((&session.start, node.clone()));
            continue;
        }
        let old = match node {
            Node::Map(entries) => entries.clone(),
            _ => Vec::new(),
        };
        let is_here = venue.is_here(site, planned.venue);
        items.push((&planned.start, Node::Map(entries(planned, old, is_here))));
        is_changed = true;
    }
    for (planned, _) in group.sessions.iter().zip(&partners).filter(|(_, it)| it.is_none()) {
        let is_here = venue.is_here(site, planned.venue);
        let node = Node::Map(entries(planned, Vec::new(), is_here));
        let later = |(start, _): &(&Moment, Node)| start.timestamp() > planned.start.timestamp();
        let at = items.iter().position(later).unwrap_or(items.len());
        items.insert(at, (&planned.start, node));
        is_changed = true;
    }
    if is_changed {
        let items = items.into_iter().map(|(_, node)| node).collect();
        wanted.push(("sessions", Some(Node::List(items))));
    }
    (wanted, missing)
}

/// For each session of the spreadsheet the recorded one that it is: the very same, one of its name
/// and time, or one of its name that was at another time.
fn partners(
    site: &Site,
    planned: &[Planned],
    recorded: &[Session],
    venue: Venue,
) -> Vec<Option<usize>> {
    let mut partners: Vec<Option<usize>> = vec![None; planned.len()];
    let mut taken = vec![false; recorded.len()];
    let is_named =
        |a: &Planned, b: &Session| a.name.map(slug::of) == b.name.as_deref().map(slug::of);
    let is_same = |a: &Planned, b: &Session| is_same(site, a, b, venue);
    let is_then =
        |a: &Planned, b: &Session| is_named(a, b) && a.start.timestamp() == b.start.timestamp();
    type Test<'t> = &'t dyn Fn(&Planned, &Session) -> bool;
    // A session that was given another name is known by its hour.
    let is_renamed =
        |a: &Planned, b: &Session| a.start.timestamp() == b.start.timestamp() && a.medal == b.medal;
    let passes: [Test; 4] = [&is_same, &is_then, &is_named, &is_renamed];
    for matches in passes {
        for (planned, partner) in planned.iter().zip(&mut partners) {
            if partner.is_some() {
                continue;
            }
            let free =
                (0..recorded.len()).filter(|i| !taken[*i] && matches(planned, &recorded[*i]));
            let moved = |i: &usize| {
                let (now, then) = (planned.start.timestamp(), recorded[*i].start.timestamp());
                now.duration_since(then).abs()
            };
            // Of several that may be meant, the one that is moved least.
            if let Some(i) = free.min_by_key(moved) {
                taken[i] = true;
                *partner = Some(i);
            }
        }
    }
    partners
}

/// Whether a recorded session says what the spreadsheet does.
fn is_same(site: &Site, planned: &Planned, session: &Session, venue: Venue) -> bool {
    let at = |moment: &Option<Moment>| moment.as_ref().map(Moment::timestamp);
    planned.name == session.name.as_deref()
        && planned.start.timestamp() == session.start.timestamp()
        && planned.start.has_time == session.start.has_time
        && at(&planned.end) == at(&session.end)
        && planned.medal == session.medal
        && planned.status == session.status
        && match &session.venue {
            Some(own) => planned.venue.is_none() || same_venue(site, planned.venue, Some(own)),
            None => planned.venue.is_none() || venue.is_here(site, planned.venue),
        }
}

/// Where an event is.
#[derive(Clone, Copy)]
struct Venue<'a> {
    /// As the spreadsheet has it, of most sessions.
    here: Option<&'a str>,
    /// As the file has it.
    house: Option<&'a str>,
}

impl Venue<'_> {
    /// Whether a session there needs no word of it.
    fn is_here(&self, site: &Site, venue: Option<&str>) -> bool {
        same_venue(site, venue, self.here) || same_venue(site, venue, self.house)
    }
}

/// Whether two names are those of one venue.
fn same_venue(site: &Site, a: Option<&str>, b: Option<&str>) -> bool {
    let key = |name: Option<&str>| name.map(|name| site.venue(name).ok_or_else(|| slug::of(name)));
    key(a) == key(b)
}

/// A session's keys and values; those of an old one that are not the spreadsheet's stay.
fn entries(planned: &Planned, old: Vec<(String, Node)>, is_here: bool) -> Vec<(String, Node)> {
    let mut entries = old;
    let mut put = |key: &str, node: Option<Node>| match (
        entries.iter().position(|(known, _)| known == key),
        node,
    ) {
        (Some(at), Some(node)) => entries[at].1 = node,
        (Some(at), None) => drop(entries.remove(at)),
        (None, Some(node)) => entries.push((key.to_owned(), node)),
        (None, None) => {}
    };
    put("name", planned.name.map(text));
    put("start", Some(text(planned.start.iso())));
    put("end", planned.end.as_ref().map(|end| text(end.iso())));
    if planned.venue.is_some() {
        put("venue", planned.venue.filter(|_| !is_here).map(text));
    }
    put("medal", planned.medal.then_some(Node::Bool(true)));
    let is_to_come = planned.status == SessionStatus::Scheduled;
    put("status", (!is_to_come).then(|| text(planned.status.word())));
    entries
}
