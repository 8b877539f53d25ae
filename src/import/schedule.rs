//! The schedule: the sessions of events, and of what is on besides.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::values::{self, DateOrder};
use super::{EventName, Import, Node, codes_of, edit, text};
use crate::assemble::{SessionOf, Site};
use crate::parse::dates::Moment;
use crate::parse::documents::{File, Session, SessionStatus};
use crate::sheet::{Field, Row};
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
    /// Nothing where the spreadsheet does not say.
    medal: Option<bool>,
    status: Option<SessionStatus>,
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
    import.refuse_if_cut("session", rows, import.site.schedule.len());
    if !import.problems.is_empty() {
        return;
    }
    import.plan.rows = rows;
    let mut kept = 0;
    let mut met: HashSet<SessionOf> = HashSet::new();
    for group in groups.values() {
        kept += match group.is_event {
            true => event(import, group, &mut met),
            false => non_medal_event(import, group, &mut met),
        };
    }
    kept += gone(import, &met);
    if kept > 0 && !import.options.allow_removals && !import.options.is_part {
        import.plan.notes.push(format!(
            "{kept} sessions that are recorded are not in it and are kept; --allow-removals removes them"
        ));
    }
}

/// Sessions of what the spreadsheet does not have at all: taken away, or counted.
fn gone(import: &mut Import, met: &HashSet<SessionOf>) -> usize {
    if import.options.is_part {
        return 0;
    }
    let site = import.site;
    let events = site.events.iter().enumerate();
    let events =
        events.map(|(i, event)| (SessionOf::Event(i), &event.doc.file, event.schedule.len()));
    let non_medal_events = site.non_medal_events.iter().enumerate();
    let non_medal_events = non_medal_events
        .map(|(i, event)| (SessionOf::NonMedalEvent(i), &event.doc.file, event.schedule.len()));
    let gone =
        events.chain(non_medal_events).filter(|(of, _, count)| !met.contains(of) && *count > 0);
    let gone: Vec<_> = gone.collect();
    if import.options.allow_removals {
        for (_, file, _) in &gone {
            import.change(None, file, &[("sessions", None)]);
        }
    }
    gone.iter().map(|(_, _, count)| count).sum()
}

/// Reads every row.
fn groups<'a>(import: &mut Import<'a>) -> BTreeMap<String, Group<'a>> {
    let order = import.date_order(&["date", "start", "end"]);
    let sheet = import.sheet;
    let mut outside: Vec<String> = Vec::new();
    let mut dated = 0;
    let has_codes = sheet.has("event_code");
    let codes = codes_of(sheet);
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for row in sheet.rows() {
        let name = EventName::new(&row);
        if name.code.is_none() && name.title.is_none() && name.sport.is_none() {
            let _ = import.required(&row, "event");
            continue;
        }
        if !import.knows_gender(&row) {
            continue;
        }
        let Some(session) = session(import, &row, &name, order) else { continue };
        dated += 1;
        outside.extend(import.outside(&row, session.start.zoned.date()));
        // Where events have codes, what has none is no event, unless it gives medals.
        let has_code = name.code.is_some() || codes.get(&name.name()).is_some_and(Option::is_some);
        let gives_medals = session.medal == Some(true);
        let is_event = has_code || (name.title.is_some() && (!has_codes || gives_medals));
        let key = format!("{is_event} {}", name.key(&codes));
        let code = name.code;
        let group = groups.entry(key).or_insert_with(|| Group {
            name,
            row,
            is_event,
            sessions: Vec::new(),
        });
        group.name.code = group.name.code.or(code);
        group.sessions.push(session);
    }
    import.tell_outside(&outside, dated);
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
        medal: medal.flatten(),
        status: status.flatten(),
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
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for (i, venue) in
        sessions.iter().enumerate().filter_map(|(i, planned)| Some((i, planned.venue?)))
    {
        counts.entry(venue).or_insert((0, sessions.len() - i)).0 += 1;
    }
    // Which is the most does not depend on the order of the map: no two are first in one place.
    sessions.iter().filter_map(|planned| planned.venue).max_by_key(|venue| counts[venue])
}

/// Returns how many recorded sessions the spreadsheet does not have.
fn event(import: &mut Import, group: &Group, met: &mut HashSet<SessionOf>) -> usize {
    let Ok(found) = import.event(&group.row, &group.name) else { return 0 };
    let Some(i) = found else {
        if let Some((path, mut entries)) = import.new_event(&group.row, &group.name) {
            entries.extend(new(group));
            import.create(&group.row, &path, &entries);
        }
        return 0;
    };
    met.insert(SessionOf::Event(i));
    let doc = &import.site.events[i].doc;
    let (mut wanted, kept) = changes(import, group, &doc.file, doc.venue.as_deref(), &doc.sessions);
    if let (None, Some(code)) = (&doc.code, group.name.code) {
        wanted.insert(0, ("code", Some(text(code))));
    }
    import.change(Some(&group.row), &doc.file, &wanted);
    kept
}

/// Returns how many recorded sessions the spreadsheet does not have.
fn non_medal_event(import: &mut Import, group: &Group, met: &mut HashSet<SessionOf>) -> usize {
    let EventName { sport, title, .. } = group.name;
    let (title, sport) = match (title, sport) {
        (Some(title), sport) => (title, sport),
        (None, Some(sport)) => (sport, None),
        (None, None) => return 0,
    };
    let stem = slug::slugify(&format!("{} {title}", sport.unwrap_or_default()));
    let recorded = import.site.non_medal_events.binary_search_by(|event| event.doc.slug.cmp(&stem));
    if let Ok(i) = recorded {
        met.insert(SessionOf::NonMedalEvent(i));
        let doc = &import.site.non_medal_events[i].doc;
        let (wanted, kept) = changes(import, group, &doc.file, doc.venue.as_deref(), &doc.sessions);
        import.change(Some(&group.row), &doc.file, &wanted);
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
    import.create(&group.row, &path, &entries);
    0
}

/// What a new file says of its sessions.
fn new(group: &Group) -> Vec<(&'static str, Node)> {
    let venue = common_venue(&group.sessions);
    let sessions = group.sessions.iter();
    let sessions = sessions
        .map(|planned| Node::Map(entries(planned, None, Vec::new(), planned.venue == venue)));
    let sessions = Node::List(sessions.collect());
    venue.map(|venue| ("venue", text(venue))).into_iter().chain([("sessions", sessions)]).collect()
}

/// What changes in a file, and how many of its sessions the spreadsheet does not have.
fn changes<'k>(
    import: &mut Import,
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
    // Where all sessions are in one place, it is the event's, whatever the file calls it.
    let is_one =
        group.sessions.iter().all(|planned| planned.venue.is_none() || planned.venue == common);
    let here = common.filter(|_| is_one && !import.options.is_part);
    let venue = Venue { here, house: venue.or(common) };
    if here.is_some() && !same_venue(site, here, venue.house) {
        let kept = format!(
            "{}: the venue stays {}; the spreadsheet has {}",
            file.path,
            venue.house.unwrap_or_default(),
            here.unwrap_or_default()
        );
        import.plan.notes.push(kept);
    }
    let yaml = &file.source.text[file.front.clone()];
    let written = match edit::value(yaml, "sessions") {
        Some(Node::List(items)) if items.len() == recorded.len() => items,
        _ => Vec::new(),
    };
    let is_part = import.options.is_part;
    let partners = partners(site, &group.sessions, recorded, venue, is_part);
    let mut planned_of: Vec<Option<usize>> = vec![None; recorded.len()];
    for (planned, partner) in partners.iter().enumerate() {
        if let Some(partner) = partner {
            planned_of[*partner] = Some(planned);
        }
    }
    let missing = planned_of.iter().filter(|planned| planned.is_none()).count();
    let mut items: Vec<(&Moment, Node)> = Vec::new();
    let mut is_changed = false;
    for ((session, node), planned) in recorded.iter().zip(&written).zip(&planned_of) {
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
        items.push((&planned.start, Node::Map(entries(planned, Some(session), old, is_here))));
        is_changed = true;
    }
    for (planned, _) in
        group.sessions.iter().zip(&partners).filter(|(_, partner)| partner.is_none())
    {
        let is_here = venue.is_here(site, planned.venue);
        let node = Node::Map(entries(planned, None, Vec::new(), is_here));
        let earlier = |(start, _): &(&Moment, Node)| start.timestamp() <= planned.start.timestamp();
        let at = items.iter().rposition(earlier).map_or(0, |i| i + 1);
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
/// and time, one of its name that was at another time, or one of its time that had another name. In a
/// part of the schedule a name that several have says nothing of a session at another time.
fn partners(
    site: &Site,
    planned: &[Planned],
    recorded: &[Session],
    venue: Venue,
    is_part: bool,
) -> Vec<Option<usize>> {
    type Key = (Option<String>, Option<Timestamp>);
    let slug = |name: Option<&str>| name.map(slug::slugify);
    type Pass = (fn(&Key) -> Key, bool);
    let passes: [Pass; 4] = [
        (|(name, start)| (name.clone(), *start), true),
        (|(name, start)| (name.clone(), *start), false),
        (|(name, _)| (name.clone(), None), false),
        (|(_, start)| (None, *start), false),
    ];
    let of_planned: Vec<Key> = planned
        .iter()
        .map(|session| (slug(session.name), Some(session.start.timestamp())))
        .collect();
    let of_recorded: Vec<Key> = recorded
        .iter()
        .map(|session| (slug(session.name.as_deref()), Some(session.start.timestamp())))
        .collect();
    let days: HashSet<Date> = planned.iter().map(|session| session.start.zoned.date()).collect();
    let mut partners: Vec<Option<usize>> = vec![None; planned.len()];
    let mut taken = vec![false; recorded.len()];
    for (pass, (key, must_be_same)) in passes.into_iter().enumerate() {
        let mut free: HashMap<Key, Vec<usize>> = HashMap::new();
        for (i, of) in of_recorded.iter().enumerate().filter(|(i, _)| !taken[*i]) {
            free.entry(key(of)).or_default().push(i);
        }
        let mut wanted: HashMap<Key, usize> = HashMap::new();
        for (of, _) in of_planned.iter().zip(&partners).filter(|(_, partner)| partner.is_none()) {
            *wanted.entry(key(of)).or_default() += 1;
        }
        for (i, of) in of_planned.iter().enumerate() {
            let key = key(of);
            let Some(candidates) = free.get_mut(&key).filter(|_| partners[i].is_none()) else {
                continue;
            };
            let is_by_name = pass == 2;
            // A name that is not there is none to go by.
            let is_unclear = is_part && (candidates.len() > 1 || wanted[&key] > 1);
            if is_by_name && (key.0.is_none() || is_unclear) {
                continue;
            }
            let session = &planned[i];
            let is_meant = |at: &usize| match (must_be_same, pass) {
                // What a part has of other days is not what was on this day.
                (_, 2) if is_part => days.contains(&recorded[*at].start.zoned.date()),
                (true, _) => is_same(site, session, &recorded[*at], venue),
                (_, 3) => session.medal.is_none_or(|medal| medal == recorded[*at].medal),
                _ => true,
            };
            let moved = |at: &usize| {
                let other = &recorded[*at];
                let is_other_kind = session.medal.is_some_and(|medal| medal != other.medal);
                let moved = session.start.timestamp().duration_since(other.start.timestamp());
                (is_other_kind, moved.abs())
            };
            // Of several that may be meant, the one that is moved least.
            let at = (0..candidates.len()).filter(|at| is_meant(&candidates[*at]));
            if let Some(at) = at.min_by_key(|at| moved(&candidates[*at])) {
                let partner = candidates.remove(at);
                taken[partner] = true;
                partners[i] = Some(partner);
            }
        }
    }
    partners
}

/// Whether a recorded session says what the spreadsheet does.
fn is_same(site: &Site, planned: &Planned, session: &Session, venue: Venue) -> bool {
    let at = |moment: &Option<Moment>| moment.as_ref().map(Moment::timestamp);
    (planned.name.is_none() || planned.name == session.name.as_deref())
        && is_same_time(&planned.start, &session.start)
        && (planned.end.is_none() || at(&planned.end) == at(&session.end))
        && planned.medal.is_none_or(|medal| medal == session.medal)
        && planned.status.is_none_or(|status| status == session.status)
        && match &session.venue {
            Some(own) => planned.venue.is_none() || same_venue(site, planned.venue, Some(own)),
            None => planned.venue.is_none() || venue.is_here(site, planned.venue),
        }
}

/// Where an event is.
#[derive(Clone, Copy)]
struct Venue<'a> {
    /// As the spreadsheet has it, if all sessions are there.
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
    let key =
        |name: Option<&str>| name.map(|name| site.venue(name).ok_or_else(|| slug::slugify(name)));
    key(a) == key(b)
}

fn is_same_time(a: &Moment, b: &Moment) -> bool {
    a.timestamp() == b.timestamp() && a.has_time == b.has_time
}

/// A session's keys and values. What an old one says stays where the spreadsheet says nothing, or the
/// same in other words.
fn entries(
    planned: &Planned,
    recorded: Option<&Session>,
    old: Vec<(String, Node)>,
    is_here: bool,
) -> Vec<(String, Node)> {
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
    if planned.name.is_some() {
        put("name", planned.name.map(text));
    }
    if recorded.is_none_or(|recorded| !is_same_time(&recorded.start, &planned.start)) {
        put("start", Some(text(planned.start.iso())));
    }
    let end = recorded.and_then(|recorded| recorded.end.as_ref());
    if let Some(planned) = &planned.end
        && end.is_none_or(|end| !is_same_time(end, planned))
    {
        put("end", Some(text(planned.iso())));
    }
    if planned.venue.is_some() {
        put("venue", planned.venue.filter(|_| !is_here).map(text));
    }
    if let Some(medal) = planned.medal {
        put("medal", medal.then_some(Node::Bool(true)));
    }
    if let Some(status) = planned.status {
        let is_to_come = status == SessionStatus::Scheduled;
        put("status", (!is_to_come).then(|| text(status.word())));
    }
    entries
}
