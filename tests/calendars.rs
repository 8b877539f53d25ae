//! Calendars, read back by another implementation.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::process::Command;

use common::{Run, SITE, Site};

/// A winter's Games with a change of clocks in the middle, and everything that is hard to write.
fn games() -> Site {
    Site::new()
        .file(
            "content/events/ice-hockey/final.md",
            "---
title: \"Men; the \\\"last\\\" one, \\\\ really — and a name so long that its line must be folded, är det inte så?\"
venue: Arena, north
sessions:
  - {name: Semifinal, start: 2026-03-28 20:00, end: 2026-03-28 22:30, status: finished}
  - {name: Semifinal, start: 2026-03-29 20:00, end: 2026-03-29 22:30, venue: Arena 2, status: cancelled}
  - {name: Night, start: 2026-03-29 01:30, end: 2026-03-29 03:30, status: postponed}
  - {name: Final, start: 2026-03-30T14:00:00-07:00, medal: true, status: rescheduled}
  - {name: Reserve, start: 2026-04-01}
podium: {gold: [{nation: SWE, athletes: [Bo Ek]}]}
---
",
        )
        .file(
            "content/schedule/opening.md",
            "---\ntitle: Opening\nsessions: [{start: 2026-03-27 20:00}]\n---\n",
        )
        .file("content/athletes/ann.md", "---\nname: Ann\nnation: NOR\nentries: [ice-hockey/final]\n---\n")
}

/// What a calendar says, a line for each session, as Python's icalendar reads it.
fn read(run: &Run, address: &str) -> Vec<String> {
    const PROGRAM: &str = "
import sys
from icalendar import Calendar
calendar = Calendar.from_ical(sys.stdin.buffer.read())
assert calendar['VERSION'] == '2.0' and calendar['PRODID'], 'VERSION and PRODID are required'
assert not calendar.errors, calendar.errors
for event in calendar.walk('VEVENT'):
    assert not event.errors, event.errors
    event['DTSTAMP'].dt
    end = event['DTEND'].dt.isoformat() if 'DTEND' in event else '-'
    print('|'.join([event['UID'], event['DTSTART'].dt.isoformat(), end, event['SUMMARY'],
        event.get('LOCATION', '-'), event['STATUS'], event.get('DESCRIPTION', '-').replace('\\n', ' / '), event['URL']]))
";
    let mut child = Command::new("/usr/bin/python3")
        .args(["-c", PROGRAM])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let text = run.page(address);
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

const TITLE: &str = "Ice hockey: Men; the \"last\" one, \\ really — and a name so long that its line must be folded, är det inte så?";
const URL: &str = "https://games.example/sports/ice-hockey/final/";

#[test]
#[ignore = "needs what tests/run installs"]
fn every_session_is_read_back_as_it_was_written() {
    let run = games().build().good();
    let expected = [
        "schedule//opening//1@games.example|2026-03-27T19:00:00+00:00|-|Opening|-|CONFIRMED|-|https://games.example/schedule/opening/".to_owned(),
        format!("ice-hockey/final/semifinal/1@games.example|2026-03-28T19:00:00+00:00|2026-03-28T21:30:00+00:00|{TITLE}, Semifinal|Arena, north|CONFIRMED|-|{URL}"),
        // The clocks go forward in this night: two hours on the wall are one.
        format!("ice-hockey/final/night/1@games.example|2026-03-29T00:30:00+00:00|2026-03-29T01:30:00+00:00|{TITLE}, Night|Arena, north|TENTATIVE|Postponed|{URL}"),
        format!("ice-hockey/final/semifinal/2@games.example|2026-03-29T18:00:00+00:00|2026-03-29T20:30:00+00:00|{TITLE}, Semifinal|Arena 2|CANCELLED|Cancelled|{URL}"),
        format!("ice-hockey/final/final/1@games.example|2026-03-30T21:00:00+00:00|-|{TITLE}, Final|Arena, north|CONFIRMED|Rescheduled / Medals are decided here|{URL}"),
        format!("ice-hockey/final/reserve/1@games.example|2026-04-01|-|{TITLE}, Reserve|Arena, north|CONFIRMED|-|{URL}"),
    ];
    assert_eq!(read(&run, "/schedule/calendar.ics"), expected);
    assert_eq!(read(&run, "/sports/ice-hockey/calendar.ics"), expected[1..]);
    assert_eq!(read(&run, "/venues/arena-2/calendar.ics"), expected[3..4]);
    // Those of a nation are those of the events that its athletes have entered or have a medal of.
    assert_eq!(read(&run, "/nations/nor/calendar.ics"), expected[1..]);
    assert_eq!(read(&run, "/nations/swe/calendar.ics"), expected[1..]);
}

#[test]
fn the_lines_of_a_calendar_are_such_as_the_standard_wants_them() {
    let run = games().build().good();
    let text = run.page("/schedule/calendar.ics");
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    for line in text.split_inclusive('\n') {
        assert!(line.ends_with("\r\n") && line.len() <= 77, "{line:?}");
    }
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 6);
    let mut uids: Vec<&str> = text.lines().filter(|line| line.starts_with("UID:")).collect();
    uids.dedup();
    assert_eq!(uids.len(), 6);
}

#[test]
fn a_session_that_is_moved_keeps_its_identity() {
    let uids = |run: &Run| -> Vec<String> {
        let text = run.page("/schedule/calendar.ics");
        let mut uids: Vec<String> =
            text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect();
        uids.sort();
        uids
    };
    let site = games();
    let before = uids(&site.build().good());
    let path = site.root().join("content/events/ice-hockey/final.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let moved = text.replace(
        "2026-03-28 20:00, end: 2026-03-28 22:30",
        "2026-03-31 20:00, end: 2026-03-31 22:30",
    );
    let run = site.file("content/events/ice-hockey/final.md", &moved).build().good();
    assert_eq!(before, uids(&run));
    assert!(run.page("/schedule/calendar.ics").contains("DTSTART:20260331T180000Z"));
}

#[test]
fn a_venue_may_have_a_clock_of_its_own() {
    let run = Site::new()
        .file("content/venues/teahupoo.md", "---\nname: Teahupo'o\ntime_zone: Pacific/Tahiti\n---\n")
        .file(
            "content/events/surfing/men.md",
            "---\ntitle: Men\nvenue: Teahupo'o\nsessions: [{name: Final, start: 2024-08-06 02:16, medal: true}]\n---\n",
        )
        .build()
        .good();
    // The day is that of the Games, the hour that of the waves.
    let day = run.page("/schedule/2024-08-06/");
    assert!(
        day.contains("<time datetime=\"2024-08-05T14:16:00-10:00\">5 Aug, 14:16 UTC-10:00</time>"),
        "{day}"
    );
    assert!(run.page("/schedule/calendar.ics").contains("DTSTART:20240806T001600Z"));
    let broken = Site::new()
        .file("content/venues/a.md", "---\nname: A\ntime_zone: Mars/Base\n---\n")
        .build()
        .bad();
    assert_eq!(broken.reports(), ["F012 content/venues/a.md:3:12"]);
}

#[test]
fn a_site_without_sessions_has_no_calendar_but_a_page_that_says_so() {
    let run = Site::new().build().good();
    assert!(run.page("/schedule/").contains("No sessions have been announced"));
    assert!(!run.has("/schedule/calendar.ics"));
    assert!(!run.page("/").contains("/schedule/"));
}

#[test]
fn a_name_with_signs_and_lines_stays_one_name() {
    let site = Site::small().file("site.toml", &SITE.replace("\"Test\"", "\"A, B; C\\\\D\""));
    let text = site.build().good().page("/schedule/calendar.ics");
    for name in ["NAME", "X-WR-CALNAME"] {
        assert!(text.contains(&format!("\r\n{name}:A\\, B\\; C\\\\D\r\n")), "{text}");
    }
    // A line break would begin a property of somebody else's choice.
    for broken in [
        Site::small().file("site.toml", &SITE.replace("\"Test\"", "\"A\\nATTACH:x\"")),
        Site::small().file("content/sports/judo.md", "---\nname: \"A\\nATTACH:x\"\n---\n"),
        Site::small().file("content/venues/hall.md", "---\nname: \"A\\nATTACH:x\"\n---\n"),
        Site::small().file("content/nations/kor.md", "---\nname: \"A\\nATTACH:x\"\n---\n"),
    ] {
        let run = broken.build().bad();
        assert!(run.stderr.contains("F016") || run.stderr.contains("C003"), "{}", run.stderr);
    }
}
