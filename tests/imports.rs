//! `podium import`: spreadsheets in, content files out.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeMap;

use common::{Run, SITE, Site, tree};

const GAMES: &str = "[games]\nname = \"Games\"\nstart = 2024-07-26\nend = 2024-08-11\n";

const ATHLETES: &str = "\
athlete_code,athlete,tv_name,gender,noc,event_codes
1,McKEOWN Kaylee,Kaylee McKEOWN,women,AUS,SWM100
2,LIM Jonghoon,LIM Jonghoon,men,KOR,TTEX
3,SHIN Yubin,SHIN Yubin,women,KOR,TTEX SOMETHING
4,van AERT Wout,Wout van AERT,men,BEL,CRD
5,WATANABE Yuta,WATANABE Yuta,men,JPN,BDM
6,WATANABE Yuta,WATANABE Yuta,men,JPN,BKB
7,PEREZ Maria,Maria PEREZ,women,PUR,JUD
8,PEREZ Maria,Maria PEREZ,women,ESP,ATH
9,PHIL WIZARD,PHIL WIZARD,men,CAN,BRK
";

const SCHEDULE: &str = "\
sport,event_code,event,session,start,end,venue,medal_session,status
Opening Ceremony,,,,2024-07-26T20:00:00+02:00,,,no,finished
Swimming,SWM100,Women's 100m,Women's 100m Heats,2024-07-29T11:00:00+02:00,2024-07-29T11:30:00+02:00,Arena 1,no,finished
Swimming,SWM100,Women's 100m,Women's 100m Final,2024-07-30T20:00:00+02:00,2024-07-30T20:10:00+02:00,Arena 1,yes,finished
Table Tennis,TTEX,Mixed Doubles,Mixed Doubles Round of 16,2024-07-28T10:00:00+02:00,2024-07-28T11:00:00+02:00,Arena 4,no,finished
Table Tennis,TTEX,Mixed Doubles,Mixed Doubles Round of 16,2024-07-28T10:00:00+02:00,2024-07-28T11:00:00+02:00,Arena 4,no,finished
Table Tennis,TTEX,Mixed Doubles,Mixed Doubles Finals,2024-07-30T13:30:00+02:00,2024-07-30T15:00:00+02:00,Arena 4,yes,finished
Badminton,BDM,Mixed Doubles,Mixed Doubles Finals,2024-08-02T13:30:00+02:00,2024-08-02T15:00:00+02:00,Hall,yes,finished
Basketball,BKB,Men,Men's Final,2024-08-10T21:30:00+02:00,2024-08-10T23:00:00+02:00,Bercy,yes,cancelled
Judo,JUDO,Men +100 kg,Men +100 kg Finals,2024-08-02T16:00:00+02:00,2024-08-02T18:00:00+02:00,Mars,yes,finished
Judo,JUDU,Men 100 kg,Men 100 kg Finals,2024-08-01T16:00:00+02:00,2024-08-01T18:00:00+02:00,Mars,yes,finished
Artistic Gymnastics,,Men,Men's Qualification,2024-07-27T11:00:00+02:00,2024-07-27T13:00:00+02:00,Bercy,no,finished
";

const RESULTS: &str = "\
date,sport,event_code,event,gender,medal,noc,competitor,team,athlete_code,athlete
2024-07-30,Swimming,SWM100,Women's 100m,women,gold,AUS,1,,1,McKEOWN Kaylee
2024-07-30,Swimming,SWM100,Women's 100m,women,silver,USA,90,,90,SMITH Regan
2024-07-30,Swimming,SWM100,Women's 100m,women,silver,USA,91,,91,BERKOFF Katharine
2024-07-30,Table Tennis,TTEX,Mixed Doubles,mixed,bronze,KOR,TTEX-KOR,LIM/SHIN,2,LIM Jonghoo
2024-07-30,Table Tennis,TTEX,Mixed Doubles,mixed,bronze,KOR,TTEX-KOR,LIM/SHIN,3,SHIN Yubin
2024-08-01,Badminton,BDM,Mixed Doubles,mixed,bronze,JPN,BDM-JPN,WATANABE/HIGASHINO,5,WATANABE Yuta
2024-08-01,Badminton,BDM,Mixed Doubles,mixed,bronze,JPN,BDM-JPN,WATANABE/HIGASHINO,50,HIGASHINO Arisa
2024-08-02,Judo,JUDO,Men +100 kg,men,gold,FRA,60,,60,RINER Teddy
2024-08-01,Judo,JUDU,Men 100 kg,men,gold,AIN,61,,61,BASHAEV Tamerlan
";

/// A site with the time of the Games.
fn empty() -> Site {
    Site::new().file("site.toml", &format!("{SITE}{GAMES}"))
}

/// Puts a spreadsheet beside the site's content and imports it.
fn import(site: &Site, kind: &str, text: &str, more: &[&str]) -> Run {
    let file = format!("{kind}.csv");
    std::fs::write(site.root().join(&file), text).unwrap();
    let mut arguments = vec!["import", kind, &file];
    arguments.extend(more);
    site.podium(&arguments)
}

/// A site into which everything was imported.
fn full() -> Site {
    let site = empty();
    import(&site, "athletes", ATHLETES, &[]).good();
    import(&site, "schedule", SCHEDULE, &[]).good();
    import(&site, "medals", RESULTS, &["--official"]).good();
    site
}

fn content(site: &Site) -> BTreeMap<String, Vec<u8>> {
    tree(&site.root().join("content"))
}

#[track_caller]
fn read(site: &Site, path: &str) -> String {
    let path = site.root().join("content").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Paths that are not the same in both.
fn changed(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let paths =
        before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path));
    let mut paths: Vec<String> = paths.cloned().collect();
    paths.sort();
    paths.dedup();
    paths
}

#[test]
fn an_empty_site_becomes_a_whole_one() {
    let site = full();
    let run = site.build().good();
    for (address, words) in [
        ("/athletes/kaylee-mckeown/", "medal-gold"),
        ("/athletes/watanabe-yuta-jpn-badminton/", "medal-bronze"),
        ("/athletes/watanabe-yuta-jpn-basketball/", "/sports/basketball/men/"),
        ("/athletes/maria-perez-esp/", "Maria Perez"),
        ("/athletes/phil-wizard/", "Phil Wizard"),
        ("/sports/judo/men-over-100-kg/", "Teddy Riner"),
        ("/sports/judo/men-100-kg/", "Tamerlan Bashaev"),
        ("/sports/table-tennis/", "<h1>Table Tennis</h1>"),
        ("/schedule/2024-07-27/", "Qualification</span>"),
        ("/schedule/opening-ceremony/", "20:00"),
        ("/venues/arena-4/", "/sports/table-tennis/mixed-doubles/"),
    ] {
        assert!(run.page(address).contains(words), "{address}:\n{}", run.page(address));
    }
    assert!(!run.page("/athletes/watanabe-yuta-jpn-basketball/").contains("medal-bronze"));
}

#[test]
fn files_are_such_as_a_person_would_write() {
    let site = full();
    assert_eq!(
        read(&site, "athletes/kaylee-mckeown.md"),
        "---\nname: Kaylee McKeown\nnation: AUS\naliases: [McKEOWN Kaylee]\ncode: \"1\"\ngender: women\nentries: [SWM100]\n---\n"
    );
    assert_eq!(
        read(&site, "events/table-tennis/mixed-doubles.md"),
        "---
title: Mixed Doubles
sport: Table Tennis
code: TTEX
gender: mixed
venue: Arena 4
sessions:
  - {name: Round of 16, start: 2024-07-28T10:00:00+02:00, end: 2024-07-28T11:00:00+02:00, status: finished}
  - {name: Round of 16, start: 2024-07-28T10:00:00+02:00, end: 2024-07-28T11:00:00+02:00, status: finished}
  - {name: Finals, start: 2024-07-30T13:30:00+02:00, end: 2024-07-30T15:00:00+02:00, medal: true, status: finished}
status: official
podium:
  bronze: [{nation: KOR, athletes: [Lim Jonghoon, Shin Yubin]}]
---
"
    );
    // The day of the result is not that of the session.
    assert!(read(&site, "events/badminton/mixed-doubles.md").contains("date: 2024-08-01"));
}

#[test]
fn the_same_import_again_changes_no_byte() {
    let site = full();
    let before = content(&site);
    for (kind, text) in [("athletes", ATHLETES), ("schedule", SCHEDULE), ("medals", RESULTS)] {
        let run = import(&site, kind, text, &[]).good();
        assert!(run.stderr.contains("0 files new, 0 changed"), "{}", run.stderr);
        assert_eq!(changed(&before, &content(&site)), [""; 0]);
    }
}

#[test]
fn the_order_of_rows_and_of_imports_does_not_matter() {
    let turned = |text: &str| {
        let (head, rows) = text.split_once('\n').unwrap();
        let rows: Vec<&str> = rows.lines().rev().collect();
        format!("{head}\n{}\n", rows.join("\n"))
    };
    let site = empty();
    import(&site, "medals", RESULTS, &["--official"]).good();
    import(&site, "schedule", &turned(SCHEDULE), &[]).good();
    import(&site, "athletes", &turned(ATHLETES), &[]).good();
    import(&site, "medals", &turned(RESULTS), &["--official"]).good();
    let before = content(&site);
    import(&site, "medals", RESULTS, &["--official"]).good();
    import(&site, "schedule", SCHEDULE, &[]).good();
    assert_eq!(changed(&before, &content(&site)), [""; 0]);
    let medals = |site: &Site| site.podium(&["medals", "--format", "csv"]).good().stdout;
    assert_eq!(medals(&site), medals(&full()));
}

#[test]
fn a_correction_changes_only_its_event() {
    let site = full();
    let before = content(&site);
    let corrected = RESULTS.replace("gold,FRA,60,,60,RINER Teddy", "gold,KOR,62,,62,KIM Minjong");
    import(&site, "medals", &corrected, &["--official"]).good();
    assert_eq!(changed(&before, &content(&site)), ["events/judo/men-over-100-kg.md"]);
    assert!(
        read(&site, "events/judo/men-over-100-kg.md")
            .contains("{nation: KOR, athletes: [Kim Minjong]}")
    );
}

#[test]
fn what_people_write_survives_every_import() {
    let site = full();
    let event = "---
title: Mixed doubles          # the house's way
sport: table-tennis
code: TTEX
# seen on television
venue: South Arena 4
sessions:
  # ask the desk
  - {name: Finals, start: 2024-07-30T12:00:00+02:00, medal: true, status: finished, venue: Arena 4} # moved
status: official
podium:
  bronze: [{nation: KOR, athletes: [Lim Jong-hoon, Shin Yubin]}]   # the selfie
changes:
  - {date: 2024-08-01, text: Nothing changed.}
---
A report.
";
    let athlete = "---\nname: Lim Jong-hoon\nnation: South Korea\naliases: [Jonghoon Lim]\ncode: 2 # feed\n---\nHis story.\n";
    let site = site
        .file("content/events/table-tennis/mixed-doubles.md", event)
        .without("content/athletes/lim-jonghoon.md")
        .file("content/athletes/lim.md", athlete)
        .file("content/nations/kor.md", "---\nname: South Korea\n---\n")
        .story("a", "events: [TTEX]\nathletes: [LIM Jonghoon]\n", "");
    import(&site, "athletes", ATHLETES, &[]).good();
    import(&site, "schedule", SCHEDULE, &[]).good();
    import(&site, "medals", RESULTS, &[]).good();
    assert_eq!(
        read(&site, "athletes/lim.md"),
        "---\nname: Lim Jong-hoon\nnation: South Korea\naliases: [Jonghoon Lim, LIM Jonghoon]\ngender: men\nentries: [TTEX]\ncode: 2 # feed\n---\nHis story.\n"
    );
    let now = read(&site, "events/table-tennis/mixed-doubles.md");
    for kept in [
        "title: Mixed doubles          # the house's way",
        "# seen on television\nvenue: South Arena 4",
        "  # ask the desk\n",
        "# moved\n",
        "  bronze: [{nation: KOR, athletes: [Lim Jong-hoon, Shin Yubin]}]   # the selfie\n",
        "  - {date: 2024-08-01, text: Nothing changed.}\n",
        "A report.\n",
        "status: official\n",
    ] {
        assert!(now.contains(kept), "{kept} is not in\n{now}");
    }
    // The session that the feed has at another time is the same one, and has its new time.
    assert!(now.contains("{name: Finals, start: 2024-07-30T13:30:00+02:00"), "{now}");
    assert_eq!(now.matches("name: Round of 16").count(), 2);
    let run = site.build().good();
    assert!(run.page("/athletes/lim-jong-hoon/").contains("medal-bronze"));
    assert!(run.page("/athletes/lim-jong-hoon/").contains("/stories/a/"));
    let before = content(&site);
    import(&site, "medals", RESULTS, &[]).good();
    import(&site, "schedule", SCHEDULE, &[]).good();
    assert_eq!(changed(&before, &content(&site)), [""; 0]);
}

#[test]
fn results_are_provisional_unless_they_are_said_to_be_official() {
    let site = empty();
    import(&site, "schedule", SCHEDULE, &[]).good();
    import(&site, "medals", RESULTS, &[]).good();
    let run = site.build().good();
    for address in [
        "/sports/judo/men-over-100-kg/",
        "/sports/judo/",
        "/athletes/teddy-riner/",
        "/nations/fra/",
        "/",
    ] {
        assert!(run.page(address).contains("Provisional result"), "{address}");
    }
    assert!(run.page("/medals/").contains("Includes 5 events whose results are provisional"));
    assert!(run.page("/data/medals.json").contains("\"provisional_events\":5"));
    import(&site, "medals", RESULTS, &["--official"]).good();
    assert!(!site.build().good().page("/").contains("rovisional"));
    // What stands is provisional again when it changes, and only then.
    import(&site, "medals", &RESULTS.replace("RINER Teddy", "RINER Ted"), &[]).good();
    assert!(!site.build().good().page("/").contains("rovisional"));
    let other = RESULTS.replace("gold,FRA,60,,60,RINER Teddy", "gold,KOR,62,,62,KIM Minjong");
    import(&site, "medals", &other, &[]).good();
    let run = site.build().good();
    assert!(run.page("/sports/judo/men-over-100-kg/").contains("Provisional result"));
    let other = run.page("/sports/judo/men-100-kg/");
    assert!(!other.split("</table>").next().unwrap().contains("Provisional result"));
}

#[test]
fn a_file_that_was_cut_is_refused_unless_it_is_said_to_be_a_part() {
    let site = full();
    let before = content(&site);
    for (kind, text) in [("medals", RESULTS), ("schedule", SCHEDULE), ("athletes", ATHLETES)] {
        let cut: Vec<&str> = text.lines().take(6).collect();
        let cut = cut.join("\n");
        let run = import(&site, kind, &cut, &[]).bad();
        assert!(
            run.stderr.contains("error[I006]") && run.stderr.contains("--partial"),
            "{}",
            run.stderr
        );
        import(&site, kind, &cut, &["--partial"]).good();
        assert_eq!(changed(&before, &content(&site)), [""; 0]);
    }
}

#[test]
fn what_is_missing_goes_only_when_that_is_allowed() {
    let site = full();
    let without = RESULTS.replace(
        "2024-07-30,Swimming,SWM100,Women's 100m,women,silver,USA,91,,91,BERKOFF Katharine\n",
        "",
    );
    let run = import(&site, "medals", &without, &["--partial"]).bad();
    assert!(
        run.stderr.contains("swimming/womens-100m would have 2 medals instead of 3"),
        "{}",
        run.stderr
    );
    import(&site, "medals", &without, &["--allow-removals"]).good();
    assert!(!read(&site, "events/swimming/womens-100m.md").contains("Katharine"));

    let without = SCHEDULE.replace("Swimming,SWM100,Women's 100m,Women's 100m Heats,2024-07-29T11:00:00+02:00,2024-07-29T11:30:00+02:00,Arena 1,no,finished\n", "");
    let run = import(&site, "schedule", &without, &[]).good();
    assert!(run.stderr.contains("1 sessions that are recorded are not in it and are kept"));
    import(&site, "schedule", &without, &["--allow-removals"]).good();
    assert!(!read(&site, "events/swimming/womens-100m.md").contains("Heats"));

    let story = read(&site, "athletes/wout-van-aert.md") + "He has a story.\n";
    let site = site.file("content/athletes/wout-van-aert.md", &story);
    let without: String = ATHLETES
        .lines()
        .filter(|line| !line.contains("AERT") && !line.contains("PHIL"))
        .map(|line| format!("{line}\n"))
        .collect();
    import(&site, "athletes", &without, &["--allow-removals"]).good();
    let athletes = content(&site);
    assert!(athletes.contains_key("athletes/wout-van-aert.md"));
    assert!(!athletes.contains_key("athletes/phil-wizard.md"));
}

#[test]
fn a_row_that_makes_no_sense_is_located_and_nothing_is_written() {
    let (mut wanted, mut reported) = (Vec::new(), Vec::new());
    for (kind, text, report) in [
        ("medals", RESULTS.replace("women,gold,AUS", "women,golden,AUS"), "I003 medals.csv:2:47"),
        ("medals", RESULTS.replace("gold,AUS", "gold,AUX"), "I003 medals.csv:2:52"),
        ("medals", RESULTS.replace("2024-08-02,Judo", "32/08/2024,Judo"), "I003 medals.csv:9:1"),
        (
            "medals",
            RESULTS
                .replace(",91,,91,BERKOFF Katharine", ",91,,1,McKEOWN Kaylee")
                .replace("silver,USA,91", "silver,AUS,91"),
            "I004 medals.csv:4:64",
        ),
        ("medals", RESULTS.replace("JUDU,Men 100 kg", "JUDO,Men 100 kg"), "I004 medals.csv:10:22"),
        ("medals", RESULTS.replace("gold,AUS,1,", "gold,AUS,1,,"), "I001 medals.csv:2:1"),
        ("medals", RESULTS.replace("medal,noc", "colour,noc"), "I002 medals.csv:1:1"),
        ("medals", "date,medal\n".into(), "I001 medals.csv"),
        (
            "schedule",
            SCHEDULE.replace("2024-07-26T20:00:00+02:00", "tbc"),
            "I003 schedule.csv:2:21",
        ),
        ("schedule", SCHEDULE.replace("yes,cancelled", "yes,called off"), "I003 schedule.csv:9:94"),
        ("schedule", SCHEDULE.replace("no,finished", "maybe,finished"), "I003 schedule.csv:2:49"),
        (
            "schedule",
            "sport,event,gender,start\nJudo,Men 60 kg,x-men,2024-07-27T10:00:00+02:00\n".into(),
            "I003 schedule.csv:2:16",
        ),
        ("athletes", ATHLETES.replace("9,PHIL", "1,PHIL"), "I004 athletes.csv:10:1"),
        ("athletes", ATHLETES.replace("men,BEL", "x-men,BEL"), "I003 athletes.csv:5:31"),
        (
            "athletes",
            ATHLETES.replace("9,PHIL WIZARD,PHIL WIZARD", "9,,"),
            "I003 athletes.csv:10:3",
        ),
        ("nations", "noc,name\nKORE,Korea\n".into(), "I003 nations.csv:2:1"),
    ] {
        let site = empty();
        let run = import(&site, kind, &text, &[]).bad();
        reported.push(run.reports()[0].clone());
        wanted.push(report.to_owned());
        assert!(!site.root().join("content").exists(), "{}", run.stderr);
    }
    assert_eq!(reported, wanted);
}

#[test]
fn a_wrong_spreadsheet_is_not_reported_row_by_row_for_ever() {
    let rows: String = (0..500).map(|i| format!("x,Judo,A,gold,KOR,{i}\n")).collect();
    let run = import(
        &empty(),
        "medals",
        &format!("date,sport,event,medal,noc,athlete_code\n{rows}"),
        &[],
    )
    .bad();
    assert!(
        run.reports().len() <= 20 && run.stderr.contains("480 more problems"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_spreadsheet_programs_write_is_understood() {
    let excel = "\u{feff}Datum;Discipline;Event name;Country;Rank;Name\r\n\
        30/07/2024;Swimming;Women's 100m;AUS;1;McKEOWN Kaylee\r\n\
        03/08/2024;Judo;Women +78 kg;South Korea;3;KIM Hayun\r\n\
        03/08/2024;Judo;Women +78 kg;Japan;5;SONE Akira\r\n";
    let site = empty().file("content/nations/kor.md", "---\nname: South Korea\n---\n");
    let run = import(&site, "medals", excel, &["--map", "Datum=date"]).good();
    assert!(run.stderr.contains("1 row without a medal left out: 4"), "{}", run.stderr);
    let judo = read(&site, "events/judo/women-over-78-kg.md");
    assert!(
        judo.contains("bronze: [{nation: KOR, athletes: [Kim Hayun], date: 2024-08-03}]"),
        "{judo}"
    );
}

#[test]
fn dates_that_may_be_read_in_two_ways_are_asked_about() {
    let sheet = "date,sport,event,noc,medal,athlete\n03/08/2024,Judo,A,KOR,gold,KIM Hayun\n";
    let site = Site::new();
    let run = import(&site, "medals", sheet, &[]).bad();
    assert!(run.stderr.contains("error[I005]"), "{}", run.stderr);
    import(&site, "medals", sheet, &["--dates", "month-first"]).good();
    assert!(read(&site, "events/judo/a.md").contains("date: 2024-03-08"));
    let site = empty();
    import(&site, "medals", sheet, &[]).good();
    assert!(read(&site, "events/judo/a.md").contains("date: 2024-08-03"));
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let site = full();
    let before = content(&site);
    let run = import(&site, "medals", &RESULTS.replace("RINER Teddy", "RINER Ted"), &["--dry-run"])
        .good();
    assert!(run.stdout.contains("--- content/events/judo/men-over-100-kg.md"), "{}", run.stdout);
    assert!(
        run.stdout.contains("-  gold: [{nation: FRA, athletes: [Teddy Riner]}]"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("+  gold: [{nation: FRA, athletes: [Ted Riner]}]"));
    assert!(run.stderr.contains("Would import 9 rows (0 files new, 1 changed"), "{}", run.stderr);
    assert_eq!(changed(&before, &content(&site)), [""; 0]);
}

#[test]
fn nations_get_a_file_only_where_the_spreadsheet_knows_better() {
    let site = empty();
    let sheet = "noc,name,long_name,status,in_medal_table\n\
        KOR,Korea,The Land of Korea,current,yes\n\
        FRA,France,France,current,yes\n\
        AIN,AIN,AIN,current,no\n\
        XXX,Newland,Newland,current,no\n\
        BOC,Bosnia and Croatia,,historic,yes\n\
        COR,Korea,Korea,historic,yes\n";
    import(&site, "nations", sheet, &[]).good();
    let files: Vec<String> = content(&site).into_keys().collect();
    assert_eq!(files, ["nations/kor.md", "nations/xxx.md"]);
    assert_eq!(read(&site, "nations/kor.md"), "---\naliases: [The Land of Korea]\n---\n");
    assert_eq!(read(&site, "nations/xxx.md"), "---\nname: Newland\nin_medal_table: false\n---\n");
    let run = import(&site, "nations", "noc,name\nPRK,Korea\n", &[]).bad();
    assert!(run.stderr.contains("`Korea` is the name of KOR"), "{}", run.stderr);
    let site = site.file("content/nations/kor.md", "---\nname: South Korea # house\n---\nText.\n");
    import(&site, "nations", sheet, &[]).good();
    assert_eq!(
        read(&site, "nations/kor.md"),
        "---\nname: South Korea # house\naliases: [The Land of Korea]\n---\nText.\n"
    );
}

#[test]
fn broken_records_are_mended_before_anything_is_imported() {
    let site = full().file("content/events/judo/broken.md", "---\ntitle: [\n---\n");
    let run = import(&site, "medals", RESULTS, &[]).bad();
    assert_eq!(run.reports()[0].split(' ').next(), Some("F003"));
    // A story with mistakes is nobody's business here.
    let site = full().story("a", "standfrist: b\n", "");
    import(&site, "medals", RESULTS, &[]).good();
}

#[test]
fn a_file_that_cannot_be_changed_safely_is_left_to_people() {
    let event = "---\ntitle: &t Men +100 kg\ncode: JUDO\nextra: {same: *t}\n---\n";
    let site = empty().file("content/events/judo/a.md", event);
    let run = import(&site, "medals", RESULTS, &[]).bad();
    assert!(run.stderr.contains("error[I007]"), "{}", run.stderr);
    assert_eq!(content(&site).len(), 1);
}

#[test]
fn a_file_that_cannot_be_written_is_said() {
    let site = empty().file("content/athletes", "a file where a folder should be");
    let run = import(&site, "athletes", ATHLETES, &[]).bad();
    assert!(run.stderr.contains("error[I008]: the file could not be written"), "{}", run.stderr);
}

#[test]
fn sessions_that_are_moved_or_cancelled_say_so_on_the_site() {
    let site = full();
    let moved = SCHEDULE.replace(
        "Heats,2024-07-29T11:00:00+02:00,2024-07-29T11:30:00+02:00,Arena 1,no,finished",
        "Heats,2024-07-31T09:00:00+02:00,2024-07-31T09:30:00+02:00,Arena 1,no,rescheduled",
    );
    import(&site, "schedule", &moved, &[]).good();
    let event = read(&site, "events/swimming/womens-100m.md");
    assert!(event.contains("{name: Heats, start: 2024-07-31T09:00:00+02:00, end: 2024-07-31T09:30:00+02:00, status: rescheduled}"), "{event}");
    let run = site.build().good();
    assert!(
        run.page("/schedule/2024-07-31/").contains("Rescheduled")
            && !run.has("/schedule/2024-07-29/")
    );
    assert!(run.page("/schedule/2024-08-10/").contains("session-cancelled"));
    assert!(run.page("/schedule/2024-08-10/").contains("Cancelled"));
}

#[test]
fn a_part_with_removals_takes_away_only_in_the_events_that_it_has() {
    let site = full();
    let head = RESULTS.lines().next().unwrap();
    let day = format!(
        "{head}\n2024-07-30,Swimming,SWM100,Women's 100m,women,gold,AUS,1,,1,McKEOWN Kaylee\n"
    );
    let before = content(&site);
    import(&site, "medals", &day, &["--partial", "--allow-removals"]).good();
    assert_eq!(changed(&before, &content(&site)), ["events/swimming/womens-100m.md"]);
    // A day's file has the medals of that day: bronze may have been decided before.
    let site = full();
    let days = |day: &str| {
        let rows = RESULTS.lines().filter(|line| line.starts_with(day) || line.starts_with("date"));
        rows.map(|line| format!("{line}\n")).collect::<String>()
    };
    let head = RESULTS.lines().next().unwrap();
    let later = format!(
        "{head}\n2024-08-02,Badminton,BDM,Mixed Doubles,mixed,gold,CHN,c,,70,ZHENG Siwei\n"
    );
    import(&site, "medals", &later, &["--partial", "--official"]).good();
    let now = read(&site, "events/badminton/mixed-doubles.md");
    assert!(now.contains("gold: [{nation: CHN") && now.contains("bronze: [{nation: JPN"), "{now}");
    import(&site, "medals", &days("2024-08-01"), &["--partial", "--official"]).good();
    assert_eq!(read(&site, "events/badminton/mixed-doubles.md"), now);
    // Whoever has another medal now has not kept the old one.
    let moved = format!(
        "{head}\n2024-07-30,Swimming,SWM100,Women's 100m,women,gold,AUS,1,,1,McKEOWN Kaylee\n2024-07-30,Swimming,SWM100,Women's 100m,women,gold,USA,90,,90,SMITH Regan\n"
    );
    import(&site, "medals", &moved, &["--partial"]).good();
    let now = read(&site, "events/swimming/womens-100m.md");
    assert_eq!(
        (now.matches("Regan Smith").count(), now.matches("Katharine Berkoff").count()),
        (1, 1),
        "{now}"
    );
    let site = full();
    // Without saying that it is a part, less than half is a mistake, whatever else is said.
    let run = import(&site, "medals", &day, &["--allow-removals"]).bad();
    assert!(
        run.stderr.contains("error[I006]") && run.stderr.contains("--partial"),
        "{}",
        run.stderr
    );
    // A second gold instead of a silver takes nothing away.
    let site = full();
    let upgraded = RESULTS.replace("silver,USA,90", "gold,USA,90");
    import(&site, "medals", &upgraded, &[]).good();
    assert!(read(&site, "events/swimming/womens-100m.md").contains("Regan Smith"));
}

#[test]
fn a_medal_that_people_reallocated_stays_so() {
    let site = full();
    let path = "content/events/judo/men-over-100-kg.md";
    let text = read(&site, "events/judo/men-over-100-kg.md")
        .replace("{nation: FRA, athletes: [Teddy Riner]}", "{nation: KOR, athletes: [Kim Minjong]}")
        .replace("---\n---", "---")
        .trim_end_matches("---\n")
        .to_owned()
        + "changes: [{date: 2024-08-10, text: Reallocated., was: {gold: [{nation: FRA, athletes: [Teddy Riner]}]}}]\n---\n";
    let site = site.file(path, &text);
    let run = import(&site, "medals", RESULTS, &["--official"]).good();
    assert_eq!(read(&site, "events/judo/men-over-100-kg.md"), text);
    assert!(
        run.stderr.contains("gold stays as it is since the change of 2024-08-10"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_is_no_single_person_or_medal_is_asked_about() {
    let head = "event,sport,medal,noc,athlete";
    for (rows, report) in [
        ("M60,Judo,1,KAZ,\"A B\nM60,Judo,2,KAZ,C D\n", "I001 medals.csv:2:16"),
        ("Pair,Rowing,1,CRO\n", "I001 medals.csv:2:1"),
    ] {
        let run = import(&empty(), "medals", &format!("{head}\n{rows}"), &[]).bad();
        assert_eq!(run.reports()[0], report, "{}", run.stderr);
    }
    let run = import(&empty(), "medals", "PK\u{3}\u{4}", &[]).bad();
    assert!(run.stderr.contains("this is a workbook, not CSV"), "{}", run.stderr);
}

#[test]
fn a_place_in_a_file_with_other_line_ends_is_right() {
    let sheet = "event,sport,medal,noc,athlete\r\n\r\nA,Judo,gold,KOR,KIM Minjong\r\nA,Judo,golden,KOR,LEE Minji\r\n";
    let run = import(&empty(), "medals", sheet, &[]).bad();
    assert_eq!(run.reports(), ["I003 medals.csv:4:8"]);
}

#[test]
fn a_name_is_found_with_its_words_in_another_order() {
    let site = full().story("a", "athletes: [McKeown Kaylee, Yubin Shin, Jong-hoon Lim]\n", "");
    let run = site.build().good();
    assert!(run.page("/athletes/kaylee-mckeown/").contains("/stories/a/"));
    assert!(run.page("/athletes/shin-yubin/").contains("/stories/a/"));
    assert!(run.page("/athletes/lim-jonghoon/").contains("/stories/a/"));
    assert!(!run.has("/athletes/mckeown-kaylee/") && !run.has("/athletes/yubin-shin/"));
    let names = "athlete,noc\n\"DEGUCHI, Christa\",CAN\n\"de la Cruz, José\",ESP\n\"Kim, Min-jong\",KOR\nTeddy RINER (FRA)*,FRA\n";
    let site = empty();
    import(&site, "athletes", names, &[]).good();
    for (file, name) in [
        ("christa-deguchi", "Christa Deguchi"),
        ("jose-de-la-cruz", "José de la Cruz"),
        ("kim-min-jong", "Kim Min-jong"),
        ("teddy-riner", "Teddy Riner"),
    ] {
        assert!(read(&site, &format!("athletes/{file}.md")).contains(&format!("name: {name}\n")));
    }
}

#[test]
fn what_an_editor_should_know_is_said_in_a_note() {
    let site = empty();
    // Results that come first have names as the results system cuts them.
    import(&site, "medals", RESULTS, &[]).good();
    let run = import(&site, "athletes", ATHLETES, &[]).good();
    assert!(
        run.stderr.contains("Lim Jonghoo (KOR)") && run.stderr.contains("import the medals again"),
        "{}",
        run.stderr
    );
    let spelt = RESULTS
        .replace(",JUDO,Men +100 kg,", ",,Mens +100kgs,")
        .replace("2024-08-02", "2025-08-02");
    let run = import(&site, "medals", &spelt, &[]).good();
    assert!(
        run.stderr
            .contains("events/judo/mens-over-100kgs.md is new, and much like judo/men-over-100-kg"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("not in the time of the Games: 2025-08-02 in line 9"),
        "{}",
        run.stderr
    );
    let site = full();
    let text =
        read(&site, "athletes/phil-wizard.md").replace("name: Phil Wizard", "name: Philip Kim");
    let site =
        site.file("content/athletes/phil-wizard.md", &text.replace("aliases: [PHIL WIZARD]\n", ""));
    let run = import(&site, "athletes", ATHLETES, &[]).good();
    assert!(run.stderr.contains("Philip Kim (there Phil Wizard)"), "{}", run.stderr);
}

#[test]
fn a_session_is_known_by_its_hour_when_it_gets_another_name_and_a_venue_is_what_the_house_calls_it()
{
    let site = full();
    let path = "events/swimming/womens-100m.md";
    let house = read(&site, path).replace("venue: Arena 1", "venue: La Défense");
    let site = site.file(&format!("content/{path}"), &house);
    let renamed = SCHEDULE.replace("Women's 100m Final", "Women's 100m Last Race");
    import(&site, "schedule", &renamed, &[]).good();
    assert_eq!(read(&site, path), house.replace("name: Final", "name: Last Race"));
}

#[test]
fn an_excel_day_and_an_excel_hour_make_a_moment() {
    let sheet = "Sport,Event,Session,Date,Start time,End time\nJudo,Men -73 kg,Heats,45502,0.416666667,0.5\nJudo,Men -73 kg,Night,45502,23:30,00:30\n";
    let site = empty();
    import(&site, "schedule", sheet, &[]).good();
    let event = read(&site, "events/judo/men-73-kg.md");
    assert!(
        event.contains("start: 2024-07-29T10:00:00+02:00, end: 2024-07-29T12:00:00+02:00"),
        "{event}"
    );
    assert!(
        event.contains("start: 2024-07-29T23:30:00+02:00, end: 2024-07-30T00:30:00+02:00"),
        "{event}"
    );
}

#[test]
fn a_spreadsheet_that_says_less_erases_nothing() {
    let event = "---
title: Final
sessions:
  - {name: Final, start: 2024-08-02 16:00, end: 2024-08-02 17:00, medal: true, status: finished}
  - {name: Round 1, start: 2024-07-27 10:00}
  - {name: Round 1, start: 2024-07-28 10:00}
podium:
  silver: [{nation: KOR, athletes: [Lim Jong-hoon, Shin Yu-bin], team: Dragons, date: 2024-07-31}]
---
";
    let athlete = "---\nname: Ann Lee\nnation: KOR\nentries: [judo/final, judo/other] # two\n---\n";
    let site = empty()
        .file("content/events/judo/final.md", event)
        .file("content/events/judo/other.md", "---\ntitle: Other\n---\n")
        .file("content/athletes/ann-lee.md", athlete);
    let before = content(&site);
    // Nothing but a start, in other words than the file's; and no name.
    import(
        &site,
        "schedule",
        "sport,event,start\nJudo,Final,2024-08-02T16:00:00+02:00\n",
        &["--partial"],
    )
    .good();
    import(&site, "athletes", "athlete,noc,entries\nAnn Lee,KOR,judo/final\n", &["--partial"])
        .good();
    import(&site, "medals", "sport,event,medal,noc,athlete,competitor\nJudo,Final,2,KOR,LIM Jonghoon,x\nJudo,Final,2,KOR,SHIN Yubin,x\n", &[]).good();
    assert_eq!(changed(&before, &content(&site)), [""; 0]);
    // A day of the schedule adds to what is there.
    import(&site, "schedule", "sport,event,session,start,status\nJudo,Final,Round 1,2024-07-29 10:00,finished\nJudo,Final,Final,2024-08-02 16:00,official\n", &["--partial"]).good();
    let now = read(&site, "events/judo/final.md");
    assert_eq!(now.matches("name: Round 1").count(), 3, "{now}");
    assert!(now.contains("{name: Final, start: 2024-08-02 16:00, end: 2024-08-02 17:00, medal: true, status: finished}"), "{now}");
    // Others of the nation leave what was said of her medal.
    import(&site, "medals", "sport,event,medal,noc,athlete,competitor\nJudo,Final,2,KOR,OH Sanguk,x\nJudo,Final,2,KOR,SHIN Yubin,x\n", &[]).good();
    let now = read(&site, "events/judo/final.md");
    assert!(
        now.contains(
            "{nation: KOR, athletes: [Oh Sanguk, Shin Yubin], team: Dragons, date: 2024-07-31}"
        ),
        "{now}"
    );
}

#[test]
fn rows_of_one_event_are_one_event_whether_or_not_they_have_its_code() {
    let sheet = "sport,event_code,event,medal,noc,athlete\nJudo,,Men,2,FRA,RINER Teddy\nJudo,JUDM,Men,1,KOR,KIM Min\n";
    let site = empty();
    import(&site, "medals", sheet, &[]).good();
    let before = content(&site);
    assert_eq!(before.keys().collect::<Vec<_>>(), ["events/judo/men.md"]);
    assert!(read(&site, "events/judo/men.md").contains("code: JUDM\n"));
    import(&site, "medals", &sheet.replace("JUDM", "judm"), &[]).good();
    assert_eq!(changed(&before, &content(&site)), [""; 0]);
    // Of two that have the name, nobody knows which.
    let site = empty()
        .file("content/events/judo/team.md", "---\ntitle: Team\ncode: A1\n---\n")
        .file("content/events/judo/team-2.md", "---\ntitle: Team\ncode: A2\n---\n");
    let before = content(&site);
    let run =
        import(&site, "medals", "sport,event,medal,noc,athlete\nJudo,Team,1,KOR,KIM Min\n", &[])
            .bad();
    assert_eq!(run.reports(), ["I004 medals.csv:2:6"]);
    assert_eq!(changed(&before, &content(&site)), [""; 0]);
}

#[test]
fn two_rows_never_write_one_file() {
    let site = empty()
        .file("content/athletes/kim-min.md", "---\nname: Kim Min\nnation: KOR\n---\nText.\n");
    let before = content(&site);
    let sheet = "athlete_code,athlete,noc\n1,KIM Min,KOR\n2,KIM Min,KOR\n";
    let run = import(&site, "athletes", sheet, &[]).bad();
    assert_eq!(run.reports(), ["I004 athletes.csv:3:3"]);
    assert_eq!(changed(&before, &content(&site)), [""; 0]);
}

#[test]
fn two_of_one_name_in_one_team_are_told_apart_by_code() {
    let athletes = "athlete_code,athlete,noc,entries\n1,KIM Min,KOR,HBM\n2,KIM Min,KOR,HBM\n";
    let results = "sport,event_code,event,medal,noc,competitor,athlete_code,athlete\n\
        Handball,HBM,Men,1,KOR,x,1,KIM Min\nHandball,HBM,Men,1,KOR,x,2,KIM Min\n";
    let site = empty();
    import(&site, "athletes", athletes, &[]).good();
    import(&site, "medals", results, &["--official"]).good();
    let run = site.build().good();
    for code in ["1", "2"] {
        let page = run.page(&format!("/athletes/kim-min-kor-{code}/"));
        assert!(page.contains("medal-gold"), "{page}");
    }
    let before = content(&site);
    import(&site, "medals", results, &["--official"]).good();
    assert_eq!(changed(&before, &content(&site)), [""; 0]);
    // A story says which in the same way.
    let run = site.story("a", "athletes: [Kim Min]\n", "").build().bad();
    assert!(
        run.stderr.contains("write one of: Kim Min (KOR, 1), Kim Min (KOR, 2)"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_event_that_a_spreadsheet_calls_just_men_gets_a_title_that_says_what_it_is() {
    let sheet = "sport,event,medal,noc,athlete\nHandball,Men,1,KOR,KIM Min\nSurfing,Women,1,FRA,JOLY Ann\nJudo,Men's 100 kg,1,JPN,ONO Ken\n";
    let site = empty();
    import(&site, "medals", sheet, &["--official"]).good();
    let run = site.build().good();
    for (address, title) in [
        ("/sports/handball/men/", "Men&#39;s tournament"),
        ("/sports/surfing/women/", "Women&#39;s event"),
        ("/sports/judo/mens-100-kg/", "Men&#39;s 100 kg"),
    ] {
        let page = run.page(address);
        assert!(page.contains(&format!("</a> {title}</h1>")), "{page}");
    }
    // The same spreadsheet again finds them by their first names.
    let before = content(&site);
    import(&site, "medals", sheet, &["--official"]).good();
    assert_eq!(changed(&before, &content(&site)), [""; 0]);
}

#[test]
fn a_sport_is_found_by_its_other_names() {
    let site = empty()
        .file(
            "content/sports/athletics.md",
            "---\nname: Athletics\naliases: [Track and Field]\n---\n",
        )
        .file("content/events/athletics/100m.md", "---\ntitle: 100m\n---\n");
    import(&site, "medals", "sport,event,medal,noc,athlete\nTrack and Field,100m,1,LCA,ALFRED Julien\nTrack and Field,200m,1,USA,THOMAS Gabrielle\n", &[]).good();
    let files: Vec<String> =
        content(&site).into_keys().filter(|path| path.starts_with("events/")).collect();
    assert_eq!(files, ["events/athletics/100m.md", "events/athletics/200m.md"]);
    let run = site.podium(&["medals", "--sport", "Track and Field"]).good();
    assert!(run.stdout.contains("2 nations"), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_linked_stays_linked_and_keeps_its_rights() {
    use std::os::unix::fs::PermissionsExt;
    let site = full();
    let own = site.root().join("content/events/judo/men-over-100-kg.md");
    let shared = site.root().join("content/shared.md");
    std::fs::rename(&own, &shared).unwrap();
    std::fs::set_permissions(&shared, std::fs::Permissions::from_mode(0o660)).unwrap();
    std::os::unix::fs::symlink("../../shared.md", &own).unwrap();
    import(&site, "medals", &RESULTS.replace("RINER Teddy", "RINER Ted"), &[]).good();
    assert!(own.symlink_metadata().unwrap().is_symlink());
    assert!(std::fs::read_to_string(&shared).unwrap().contains("Ted Riner"));
    assert_eq!(shared.metadata().unwrap().permissions().mode() & 0o777, 0o660);
}

#[test]
fn a_schedule_that_comes_day_by_day_ends_as_the_whole_one() {
    let schedule = "sport,event_code,event,session,start,venue,medal_session,status\n\
        Golf,G,Men,Round,2024-08-01T09:00:00+02:00,Links A,no,finished\n\
        Golf,G,Men,Round,2024-08-02T09:00:00+02:00,Links A,no,finished\n\
        Golf,G,Men,Round,2024-08-03T09:00:00+02:00,Links B,yes,finished\n";
    let whole = empty();
    import(&whole, "schedule", schedule, &[]).good();
    let days = empty();
    for line in schedule.lines().skip(1) {
        let day = format!("{}\n{line}\n", schedule.lines().next().unwrap());
        import(&days, "schedule", &day, &["--partial"]).good();
    }
    assert_eq!(changed(&content(&whole), &content(&days)), [""; 0]);
    let run = whole.build().good();
    assert!(run.page("/sports/golf/men/").contains("/venues/links-b/"));
    // A part with removals takes away what it lacks of its own events.
    let less = schedule.lines().take(3).collect::<Vec<_>>().join("\n");
    import(&days, "schedule", &less, &["--partial", "--allow-removals"]).good();
    assert!(!read(&days, "events/golf/men.md").contains("2024-08-03"));
}

#[test]
fn whom_only_a_story_names_takes_nobodys_address() {
    let run = full().story("a", "athletes: [Teddy Riner (GER)]\n", "").build().good();
    assert!(run.page("/athletes/teddy-riner/").contains("medal-gold"));
    assert!(run.page("/athletes/teddy-riner-ger/").contains("/stories/a/"));
}

#[test]
fn rows_of_one_person_each_make_teams_where_the_gold_is_a_team() {
    let site = empty();
    let sheet = "Sport,Event,Medal,NOC,Athlete\n\
        Rowing,Pair,1,CRO,Martin Sinkovic\nRowing,Pair,1,CRO,Valent Sinkovic\n\
        Rowing,Pair,2,GBR,Oliver Wynne-Griffith\nRowing,Pair,2,GBR,Tom George\n\
        Judo,Men -60 kg,1,KAZ,A B\nJudo,Men -60 kg,3,JPN,C D\nJudo,Men -60 kg,3,JPN,E F\n";
    let run = import(&site, "medals", sheet, &[]).good();
    assert!(
        run.stderr.contains(
            "rows of one event, medal and nation are taken for one team in 1 event: Pair"
        ),
        "{}",
        run.stderr
    );
    let pair = read(&site, "events/rowing/pair.md");
    assert!(
        pair.contains("gold: [{nation: CRO, athletes: [Martin Sinkovic, Valent Sinkovic]}]"),
        "{pair}"
    );
    let judo = read(&site, "events/judo/men-60-kg.md");
    assert!(
        judo.contains("{nation: JPN, athletes: [C D]}, {nation: JPN, athletes: [E F]}"),
        "{judo}"
    );
    // Whether four of one nation are two pairs or a four, nobody can tell.
    let many = "sport,event,medal,noc,athlete\nRowing,Two,1,CRO,A B\nRowing,Two,1,CRO,C D\n"
        .to_owned()
        + &["E F", "G H", "I J", "K L"].map(|it| format!("Rowing,Two,3,ITA,{it}\n")).concat();
    import(&empty(), "medals", &many, &[]).bad();
}

#[test]
fn several_people_in_a_cell_are_several_people() {
    for cell in
        ["\"Wang Chuqin, Sun Yingsha\"", "Wang Chuqin / Sun Yingsha", "Wang Chuqin & Sun Yingsha"]
    {
        let site = empty();
        let sheet =
            format!("sport,event,medal,noc,athlete\nTable Tennis,Mixed doubles,gold,CHN,{cell}\n");
        import(&site, "medals", &sheet, &[]).good();
        let text = read(&site, "events/table-tennis/mixed-doubles.md");
        assert!(text.contains("athletes: [Wang Chuqin, Sun Yingsha]"), "{cell}: {text}");
    }
    let site = empty();
    let sheet = "sport,event,medal,noc,athlete\nTable Tennis,Singles,gold,CHN,\"WANG, Chuqin\"\n";
    import(&site, "medals", sheet, &[]).good();
    assert!(read(&site, "events/table-tennis/singles.md").contains("athletes: [Wang Chuqin]"));
}

#[test]
fn nobody_is_called_unknown() {
    for cell in ["TBC", "unknown", "N.N.", "Team", "China", "#N/A", "-", "?"] {
        let site = empty();
        let sheet = format!("sport,event,medal,noc,athlete\nJudo,Open,gold,CHN,{cell}\n");
        import(&site, "medals", &sheet, &[]).good();
        let text = read(&site, "events/judo/open.md");
        assert!(text.contains("gold: [{nation: CHN}]"), "{cell}: {text}");
    }
}

#[test]
fn an_event_is_known_however_its_name_is_spelt() {
    for (recorded, written, gender) in [
        ("Women -48 kg", "Women \u{2013}48kg", ""),
        ("Women's 5,000m", "5000m", "women"),
        ("5000 m", "Women's 5,000 metres", ""),
        ("4x100 m relay", "4 x 100m Relay", ""),
        ("Men's +92kg", "Men +92 kg", ""),
    ] {
        let event = format!("---\ntitle: \"{recorded}\"\n---\n");
        let site = empty().file("content/events/sport/it.md", &event);
        let sheet = format!(
            "sport,event,gender,medal,noc,athlete\nSport,\"{written}\",{gender},gold,CHN,Bo Chen\n"
        );
        import(&site, "medals", &sheet, &[]).good();
        let files: Vec<String> = content(&site).into_keys().collect();
        assert_eq!(files, ["events/sport/it.md"], "{written}");
        assert!(read(&site, "events/sport/it.md").contains("Bo Chen"), "{written}");
    }
    // Where it may be one of two, somebody has to say which.
    let site = empty()
        .file("content/events/sport/a.md", "---\ntitle: Women's 5000 m\n---\n")
        .file("content/events/sport/b.md", "---\ntitle: Men's 5000 m\n---\n");
    let sheet = "sport,event,medal,noc,athlete\nSport,\"5,000m\",gold,CHN,Bo Chen\n";
    assert_eq!(import(&site, "medals", sheet, &[]).bad().reports().len(), 1);
    // Another number is another event.
    let sheet = "sport,event,medal,noc,athlete\nSport,\"10,000m\",gold,CHN,Bo Chen\n";
    import(&site, "medals", sheet, &[]).good();
    assert!(content(&site).contains_key("events/sport/10-000m.md"));
}

#[test]
fn a_podium_that_changes_is_announced() {
    let site = empty();
    let sheet = |silver: &str| {
        format!(
            "sport,event,medal,noc,athlete\nAthletics,5000 m,gold,KEN,Beatrice Chebet\nAthletics,5000 m,silver,{silver}\n"
        )
    };
    import(&site, "medals", &sheet("NED,Sifan Hassan"), &["--official"]).good();
    let run =
        import(&site, "medals", &sheet("KEN,Faith Kipyegon"), &["--message-format", "json"]).good();
    assert!(
        run.stderr.contains(
            "Podiums have changed: 5000 m: silver Sifan Hassan -> Faith Kipyegon (KEN); "
        ),
        "{}",
        run.stderr
    );
    let json: serde_json::Value = serde_json::from_str(run.stdout.trim()).unwrap();
    assert_eq!(json["podium_change"]["event"], "athletics/5000-m");
    assert_eq!(json["podium_change"]["was"][0], "Sifan Hassan");
    assert!(read(&site, "events/athletics/5000-m.md").contains("status: provisional"));
    // The same again changes nothing.
    let run = import(&site, "medals", &sheet("KEN,Faith Kipyegon"), &[]).good();
    assert!(!run.stderr.contains("Podiums have changed"), "{}", run.stderr);
}

#[test]
fn spreadsheets_are_read_as_offices_send_them() {
    let plain = "Sportart;Wettbewerb;Medaille;Land;Athlet\nJudo;Open;Gold;KOR;Ann Lee\n";
    let french = "Sport;\u{c9}preuve;M\u{e9}daille;Pays;Athl\u{e8}te\nJudo;Open;Or;KOR;Ann Lee\n";
    let titled = "Medallists of the Games;;;;\n;;;;\nSport;Event;Medal;NOC;Athlete\nJudo;Open;Gold;KOR;Ann Lee\n;;;;\nTotal;;1;;\n* after an appeal;;;;\n";
    for text in [plain, french, titled] {
        let site = empty();
        import(&site, "medals", text, &[]).good();
        assert!(read(&site, "events/judo/open.md").contains("athletes: [Ann Lee]"), "{text}");
    }
    let utf16: Vec<u8> =
        [0xFEFFu16].into_iter().chain(french.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = french.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for bytes in [utf16, latin] {
        let site = empty().bytes("medals.csv", &bytes);
        site.podium(&["import", "medals", "medals.csv"]).good();
        assert!(read(&site, "events/judo/open.md").contains("athletes: [Ann Lee]"));
    }
    // A row that is wrong is wrong where it is.
    let site = empty();
    let run = import(&site, "medals", &titled.replace("Gold", "Golden"), &[]).bad();
    assert_eq!(run.reports(), ["I003 medals.csv:4:11"]);
    let run = import(&site, "medals", &plain.replace("Ann Lee", "Ann\u{7}Lee"), &[]).bad();
    assert_eq!(run.reports(), ["I003 medals.csv:2:20"]);
}

#[test]
fn a_site_of_other_games_is_told_of_its_dates_once() {
    let toml = format!(
        "{SITE}[games]\nname = \"Milano Cortina 2026\"\nstart = 2026-02-06\nend = 2026-02-22\n"
    );
    let site = empty().file("site.toml", &toml).file(
        "content/events/athletics/mens-100m.md",
        include_str!("../src/starter/content/events/athletics/mens-100m.md"),
    );
    let sheet = "date,sport,event,medal,noc,athlete\n2024-08-01,Judo,A,gold,KOR,Ann Lee\n2024-08-02,Judo,B,gold,KOR,Bo Lee\n\
        2024-08-02,Judo,B,silver,CHN,Bo Chen\n2024-08-02,Judo,A,silver,CHN,Di Chen\n";
    let run = import(&site, "medals", sheet, &[]).good();
    assert_eq!(run.stderr.matches("outside the Games").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("under [games]"), "{}", run.stderr);
    assert!(run.stderr.contains("delete content/events/athletics/mens-100m.md"), "{}", run.stderr);
}

#[test]
fn who_is_one_and_who_is_several_is_asked_where_nobody_can_tell() {
    let head = "sport,event,gender,medal,noc,athlete\n";
    for rows in [
        // A third gender of events is a mistake.
        "Judo,Open,x-men,gold,CHN,A B\n",
        "Luge,Team,,gold,GER,\"Gleirscher, Egle, Kipp\"\n",
        // Two golds of one nation beside single people are a tie.
        "Snow,Parallel,,gold,NOR,A One\nSnow,Parallel,,gold,NOR,B Two\nSnow,Parallel,,silver,SWE,C Three\n",
        "Judo,Open,,gold,VNM,A B\n",
    ] {
        let run = import(&empty(), "medals", &format!("{head}{rows}"), &[]).bad();
        assert_eq!(run.reports().len(), 1, "{}", run.stderr);
    }
    for (cell, athletes) in [
        ("Johannes H und Erik V", "[Johannes H, Erik V]"),
        ("Ann Lee / TBC", "[Ann Lee]"),
        ("WANG Chuqin\u{3001}SUN Yingsha", "[Wang Chuqin, Sun Yingsha]"),
    ] {
        let site = empty();
        import(&site, "medals", &format!("{head}Luge,Pair,,gold,CHN,{cell}\n"), &[]).good();
        let text = read(&site, "events/luge/pair.md");
        assert!(text.contains(athletes), "{cell}: {text}");
    }
    let site = empty();
    import(&site, "medals", &format!("{head}Luge,Single,,gold,USA,\"WEED, Matt, Jr.\"\n"), &[])
        .good();
    assert!(read(&site, "events/luge/single.md").contains("[Matt Weed Jr.]"));
}

#[test]
fn weights_and_genders_tell_events_apart() {
    let site = empty();
    let sheet = "sport,event,gender,medal,noc,athlete\n\
        Judo,Women 78kg+,,gold,FRA,A One\nJudo,Women -78kg,,gold,ITA,B Two\n\
        Skating,5000m,Damen,gold,NED,C Three\nSkating,5000m,Herren,gold,NED,D Four\n";
    import(&site, "medals", sheet, &[]).good();
    let before = content(&site);
    assert_eq!(before.len(), 4, "{:?}", before.keys());
    // The same again, spelt otherwise, is the same.
    let again = sheet.replace("78kg+", "+78 kg").replace("5000m", "5.000 m");
    let run = import(&site, "medals", &again, &[]).good();
    assert_eq!(changed(&before, &content(&site)), [""; 0], "{}", run.stderr);
}
