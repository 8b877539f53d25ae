//! Results: sheets of ranks, marks and scores beside events, and what follows from them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{Run, SITE, Site, snapshot};

/// A race with heats, a final and a podium.
fn race() -> Site {
    Site::new()
        .file(
            "content/athletes/ann-lee.md",
            "---\nname: Ann Lee\nnation: KOR\naliases: [LEE Ann]\n---\n",
        )
        .file("content/events/athletics/womens-100m.md", RACE)
        .file("content/events/athletics/womens-100m.results.csv", RACE_RESULTS)
}

const RACE: &str = "---
title: Women's 100 m
venue: Stadium
sessions:
  - {name: Heats, start: 2024-08-01 10:00, end: 2024-08-01 11:00, status: finished}
  - {name: Final, start: 2024-08-02 20:00, end: 2024-08-02 20:10, medal: true, status: finished}
podium:
  gold: [{nation: KOR, athletes: [Ann Lee]}]
  silver: [{nation: CHN, athletes: [Bo Chen]}, {nation: FRA, athletes: [Cy Roux]}]
---
";

const RACE_RESULTS: &str = "\
phase,unit,nation,athletes,rank,mark,irregular,qualified,record,gap
final,,KOR,LEE Ann,1,10.70,,,'=OR,
final,,FRA,Cy Roux,2,10.80,,,,'+0.10
final,,CHN,Bo Chen,2,10.80,,,,'+0.10
final,,ITA,Di Rossi,4,10.91,,,,
final,,GER,Eva Huber,,,DSQ,,,
heats,Heat 1,KOR,Ann Lee,1,11.00,,Q,,
heats,Heat 1,ITA,Di Rossi,2,11.10,,q,,
heats,Heat 2,CHN,Bo Chen,1,10.95,,Q,,
heats,Heat 2,ESP,Fe Gil,,,DNS,,,
heats,Heat 2,FRA,Cy Roux,2,11.12,,q,,
";

/// A tournament with groups, a knock-out and a match for bronze.
fn tournament() -> Site {
    Site::new()
        .file(
            "content/events/football/women.md",
            "---\ntitle: Women's tournament\npodium:\n  gold: [{nation: USA}]\n  silver: [{nation: BRA}]\n  bronze: [{nation: GER}]\n---\n",
        )
        .file("content/events/football/women.results.csv", TOURNAMENT)
}

const TOURNAMENT: &str = "\
phase,unit,start,nation,mark,win
final,Gold medal match,2024-08-10 17:00,USA,1,W
final,Gold medal match,2024-08-10 17:00,BRA,0,L
bronze,Bronze medal match,2024-08-09 15:00,ESP,0,L
bronze,Bronze medal match,2024-08-09 15:00,GER,1,W
semi-finals,Semi-final 2,2024-08-06 21:00,BRA,4,W
semi-finals,Semi-final 2,2024-08-06 21:00,ESP,2,L
semi-finals,Semi-final 1,2024-08-06 18:00,USA,1,W
semi-finals,Semi-final 1,2024-08-06 18:00,GER,0,L
group A,Match 1,2024-08-01 18:00,USA,3,W
group A,Match 1,2024-08-01 18:00,ZAM,0,L
group A,Match 2,2024-08-02 18:00,USA,1,T
group A,Match 2,2024-08-02 18:00,GER,1,T
group A,Match 3,2024-08-03 18:00,GER,4,W
group A,Match 3,2024-08-03 18:00,ZAM,1,L
";

/// The text of a page without its tags, with single spaces.
fn words(page: &str) -> String {
    let page = page.replace("&#39;", "'");
    let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let text = main.split('<').filter_map(|part| Some(part.split_once('>')?.1));
    text.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// That these stand in a text, one behind the other.
#[track_caller]
fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let (_, after) =
            rest.split_once(part).unwrap_or_else(|| panic!("no {part} in {rest}\n\nof {text}"));
        rest = after;
    }
}

#[test]
fn the_page_of_an_event_has_its_podium_with_marks_then_the_final_then_the_way_to_it() {
    let run = race().build().good();
    let page = words(&run.page("/sports/athletics/womens-100m/"));
    in_order(
        &page,
        &[
            "Gold Ann Lee Korea KOR 10.70",
            "Silver",
            "10.80",
            "Results",
            "Final",
            "1 Ann Lee KOR 10.70 =OR",
            "2 Bo Chen CHN 10.80 +0.10",
            "2 Cy Roux FRA 10.80 +0.10",
            "4 Di Rossi ITA 10.91",
            "Eva Huber GER DSQ",
            "Heats",
            "Heat 1",
            "1 Ann Lee KOR 11.00 Q",
            "Heat 2",
            "1 Bo Chen CHN 10.95 Q",
            "Fe Gil ESP DNS",
        ],
    );
    let html = run.page("/sports/athletics/womens-100m/");
    assert!(html.contains("title=\"Disqualified\">DSQ</abbr>"), "{html}");
    assert!(html.contains("href=\"/events/athletics/womens-100m.results.csv\""), "{html}");
    snapshot("results.json", &pretty(&run.page("/data/results/athletics/womens-100m.json")));
}

fn pretty(json: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    serde_json::to_string_pretty(&value).unwrap() + "\n"
}

#[test]
fn who_took_part_has_a_page_with_every_result_and_who_did_not_has_none() {
    let run = race().build().good();
    in_order(
        &words(&run.page("/athletes/ann-lee/")),
        &[
            "Results",
            "2 Aug Athletics: Women's 100 m , Final: place 1 , 10.70",
            "1 Aug Athletics: Women's 100 m , Heat 1: place 1 , 11.00 Q",
        ],
    );
    assert!(run.has("/athletes/eva-huber/"));
    assert!(!run.has("/athletes/fe-gil/"));
    in_order(
        &words(&run.page("/nations/ita/")),
        &["Places four to eight", "Final: Di Rossi ITA place 4 , 10.91"],
    );
}

#[test]
fn a_tournament_has_its_medal_matches_a_tree_and_tables_of_its_groups() {
    let run = tournament().build().good();
    let page = words(&run.page("/sports/football/women/"));
    in_order(
        &page,
        &[
            "Gold United States USA 1–0",
            "Silver Brazil BRA 0–1",
            "Bronze Germany GER 1–0",
            "Gold medal match",
            "United States USA won 1",
            "Bronze medal match",
            "The way to the final",
            "Semi-finals",
            "United States USA won 1 Germany GER 0",
            "Brazil BRA won 4 Spain ESP 2",
            "Final",
            "United States USA won 1 Brazil BRA 0",
            "Group A",
            "Germany GER 2 1 1 0 5–2",
            "United States USA 2 1 1 0 4–1",
            "Zambia ZAM 2 0 0 2 1–7",
        ],
    );
}

/// What is published of the results of the race, in whatever form the sheet was saved.
fn published(sheet: &[u8]) -> (String, String) {
    let run =
        race().bytes("content/events/athletics/womens-100m.results.csv", sheet).build().good();
    (
        run.page("/data/results/athletics/womens-100m.json"),
        run.page("/sports/athletics/womens-100m/"),
    )
}

#[test]
fn a_sheet_that_a_spreadsheet_has_saved_says_the_same() {
    let plain = published(RACE_RESULTS.as_bytes());
    let semicolons = RACE_RESULTS.replace(',', ";").replace("10.", "10,").replace("11.", "11,");
    let crlf = format!("\u{feff}{}", semicolons.replace('\n', "\r\n"));
    assert_eq!(published(crlf.as_bytes()), plain);
    let guarded =
        RACE_RESULTS.replace(",10.70,", ",\"=\"\"10.70\"\"\",").replace(",10.80,", ",'10.80,");
    assert_eq!(published(guarded.as_bytes()), plain);
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain(RACE_RESULTS.replace(',', "\t").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(published(&utf16), plain);
}

#[test]
fn the_order_of_rows_within_a_unit_says_nothing() {
    let plain = published(RACE_RESULTS.as_bytes());
    let rows: Vec<&str> = RACE_RESULTS.lines().collect();
    let turned = |by: usize| {
        let mut units = [rows[1..6].to_vec(), rows[6..8].to_vec(), rows[8..].to_vec()];
        for unit in &mut units {
            let by = by % unit.len();
            unit.rotate_left(by);
        }
        format!("{}\n{}\n", rows[0], units.concat().join("\n"))
    };
    for by in 1..5 {
        assert_eq!(published(turned(by).as_bytes()), plain, "{by}");
    }
    // Where a final stands in the sheet says nothing either.
    let moved = [&rows[..1], &rows[6..], &rows[1..6]].concat().join("\n");
    assert_eq!(published(moved.as_bytes()), plain);
}

#[test]
fn a_session_that_is_over_says_who_won_it() {
    let run = race().build().good();
    let day = words(&run.page("/schedule/2024-08-02/"));
    in_order(&day, &["Women's 100 m", "Final", "Ann Lee KOR 10.70"]);
    // Two heats have two winners.
    let heats = words(&run.page("/schedule/2024-08-01/"));
    assert!(!heats.contains("11.00"), "{heats}");
    let calendar = run.page("/sports/athletics/calendar.ics").replace("\r\n ", "");
    assert!(calendar.contains("\\nAnn Lee (KOR) 10.70"), "{calendar}");
    let html = run.page("/sports/athletics/womens-100m/");
    let json =
        html.split("application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let data: serde_json::Value = serde_json::from_str(json).unwrap();
    let graph = data["@graph"].as_array().unwrap();
    let event = graph.iter().find(|node| node["@type"] == "SportsEvent").unwrap();
    assert_eq!(event["subEvent"][1]["competitor"][0]["name"], "Ann Lee");
    assert_eq!(event["subEvent"][1]["competitor"].as_array().unwrap().len(), 5);
}

#[test]
fn a_story_shows_results_from_the_record() {
    let site = tournament()
        .story("final", "", "<Score event=\"football/women\" />")
        .story("semis", "", "<Results event=\"football/women\" phase=\"semi-finals\" />")
        .story("tree", "", "<Bracket event=\"football/women\" />")
        .story("group", "", "<Results event=\"football/women\" unit=\"Match 2\" />");
    let run = site.build().good();
    let story = |name: &str| words(&run.page(&format!("/stories/{name}/")));
    in_order(&story("final"), &["Women's tournament", "United States USA won 1 Brazil BRA 0"]);
    in_order(
        &story("semis"),
        &["Semi-final 1", "Germany GER 0", "Semi-final 2", "Brazil BRA won 4"],
    );
    in_order(&story("tree"), &["Semi-finals", "Final", "United States USA won 1"]);
    in_order(&story("group"), &["Germany GER 1", "United States USA 1"]);
}

#[test]
fn a_live_blog_begins_with_the_score_of_its_event() {
    let run = tournament()
        .file(
            "content/live/final.md",
            "---\ntitle: The final\ndate: 2024-08-10 16:30\nevents: [football/women]\n---\n## 17:00 Kick-off\n",
        )
        .build()
        .good();
    in_order(
        &words(&run.page("/live/final/")),
        &[
            "The final",
            "Football: Women's tournament",
            "United States USA won 1 Brazil BRA 0",
            "Kick-off",
        ],
    );
}

#[test]
fn a_start_list_has_no_ranks_and_what_is_not_official_says_so() {
    let sheet = "phase,nation,athletes,order,mark,rank,status\n\
        final,KOR,Ann Lee,4,,,start list\nfinal,CHN,Bo Chen,3,,,start list\nfinal,FRA,Cy Roux,5,,,\n\
        heats,KOR,Ann Lee,1,11.00,1,protested\n";
    let run = race()
        .file("content/events/athletics/womens-100m.md", &RACE.replace("podium", "extra"))
        .file("content/events/athletics/womens-100m.results.csv", sheet)
        .build()
        .good();
    let page = words(&run.page("/sports/athletics/womens-100m/"));
    in_order(
        &page,
        &[
            "Final Start list",
            "3 Bo Chen CHN",
            "4 Ann Lee KOR",
            "5 Cy Roux FRA",
            "Heats Protested",
            "11.00",
        ],
    );
}

#[test]
fn all_mistakes_of_a_sheet_are_told_in_one_run() {
    let run = race()
        .file(
            "content/events/athletics/womens-100m.results.csv",
            "phase,nation,athletes,rank,mark\nfinal,KRO,Ann Lee,1,10.70\nfinal,CHN,Bo Chen,second,10.80\n,FRA,Cy Roux,3,4-Feb\n",
        )
        .build()
        .bad();
    assert_eq!(
        run.reports(),
        [
            "G002 content/events/athletics/womens-100m.results.csv:2:7",
            "I003 content/events/athletics/womens-100m.results.csv:3:19",
            "I003 content/events/athletics/womens-100m.results.csv:4:1",
        ]
    );
}

#[test]
fn no_page_grows_with_a_sheet_without_end() {
    let mut sheet = String::from("phase,unit,nation,athletes,rank,mark\n");
    for heat in 0..2000 {
        for lane in 1..=8 {
            sheet += &format!("heats,Heat {heat},KOR,Runner {heat} {lane},{lane},10.{lane}0\n");
        }
    }
    let run = race()
        .file("content/events/athletics/womens-100m.md", &RACE.replace("podium", "extra"))
        .file("content/events/athletics/womens-100m.results.csv", &sheet)
        .build()
        .good();
    let page = run.page("/sports/athletics/womens-100m/");
    assert!(page.len() < 120_000, "{}", page.len());
    assert!(page.contains("Earlier results are in the files below"));
}

/// The race with another sheet, and without a podium.
fn sheet_of(sheet: &str) -> Run {
    race()
        .file("content/events/athletics/womens-100m.md", &RACE.replace("podium", "extra"))
        .file("content/events/athletics/womens-100m.results.csv", sheet)
        .build()
        .good()
}

#[test]
fn a_sheet_as_people_write_it_is_understood() {
    // Why there is no rank stands where the rank or the mark would, cells are missing at the end, and heats are
    // called by a number or in the column of the phase.
    let run = sheet_of(
        "phase,unit,nation,athletes,rank,mark,qualified\n\
        heats,1,KOR,Ann Lee,1,11.00,Q\nheats,1,CHN,Bo Chen,DQ\nheats,1,FRA,Cy Roux,,DNF\n\
        Heat 2,,ITA,Di Rossi,1,11.10,Q\nHeat 2,,GER,Eva Huber,2,11.20\n",
    );
    let page = words(&run.page("/sports/athletics/womens-100m/"));
    in_order(
        &page,
        &[
            "Heat 1",
            "1 Ann Lee KOR 11.00 Q",
            "Cy Roux FRA DNF",
            "Bo Chen CHN DQ",
            "Heat 2",
            "2 Eva Huber GER 11.20",
        ],
    );
}

#[test]
fn the_last_rows_are_no_sum_because_they_are_called_total() {
    let run = sheet_of(
        "phase,nation,athletes,rank,mark\nSnatch,CHN,Bo Chen,1,107\nSnatch,FRA,Cy Roux,2,106\n\
        Total,CHN,Bo Chen,1,241\nTotal,FRA,Cy Roux,2,236\n",
    );
    in_order(
        &words(&run.page("/sports/athletics/womens-100m/")),
        &["Results Overall", "1 Bo Chen CHN 241", "Snatch", "1 Bo Chen CHN 107"],
    );
}

#[test]
fn a_medal_race_is_a_race_and_the_series_decides() {
    let run = sheet_of(
        "phase,session,nation,athletes,rank,mark\nMedal race,Final,PER,Ann Lee,1,2\nMedal race,Final,AUS,Bo Chen,2,4\n\
        overall,,AUS,Bo Chen,1,40\noverall,,PER,Ann Lee,2,43\n",
    );
    let page = words(&run.page("/sports/athletics/womens-100m/"));
    in_order(&page, &["Overall", "1 Bo Chen AUS 40", "Medal race", "1 Ann Lee PER 2"]);
    in_order(&words(&run.page("/schedule/2024-08-02/")), &["Final", "Bo Chen AUS 40"]);
}

#[test]
fn the_score_tells_who_won_a_match() {
    let site = tournament().file(
        "content/events/football/women.results.csv",
        "phase,nation,mark\nfinal,USA,1\nfinal,BRA,0\nbronze,GER,1\nbronze,ESP,0\n",
    );
    let run = site.build().good();
    in_order(
        &words(&run.page("/sports/football/women/")),
        &["United States USA won 1 Brazil BRA 0", "Germany GER won 1 Spain ESP 0"],
    );
    assert_eq!(site.check().good().status, 0);
}

#[test]
fn a_small_final_gives_no_medals() {
    let run = sheet_of(
        "phase,unit,nation,athletes,rank\nfinal,Big final,KOR,Ann Lee,1\nfinal,Big final,CHN,Bo Chen,2\n\
        final,Big final,FRA,Cy Roux,3\nfinal,Small final,ITA,Di Rossi,1\nfinal,Small final,GER,Eva Huber,2\n\
        final,Small final,ESP,Fe Gil,3\n",
    );
    let data: serde_json::Value =
        serde_json::from_str(&run.page("/data/results/athletics/womens-100m.json")).unwrap();
    let medals: Vec<&serde_json::Value> = data["units"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|unit| unit["medals"] == true)
        .map(|unit| &unit["unit"])
        .collect();
    assert_eq!(medals, ["Big final"]);
}

#[test]
fn a_story_may_show_several_results() {
    let site = tournament().story(
        "a",
        "",
        "<Results event=\"football/women\" />\n\n<Results event=\"football/women\" phase=\"group A\" />",
    );
    site.build().good();
    assert_eq!(
        site.check().reports(),
        ["E004 content/stories/a.md:2:8", "E005 content/stories/a.md:2:8"]
    );
}

/// Puts a spreadsheet beside the site's content and imports it.
fn import(site: &Site, text: &str, more: &[&str]) -> Run {
    std::fs::write(site.root().join("units.csv"), text).unwrap();
    let mut arguments = vec!["import", "results", "units.csv"];
    arguments.extend(more);
    site.podium(&arguments)
}

fn sheet(site: &Site) -> String {
    let path = site.root().join("content/events/athletics/womens-100m.results.csv");
    std::fs::read_to_string(path).unwrap()
}

const UNITS: &str = "\
Discipline,Event,Unit,NOC,Competitor,Pos,Result,IRM,Record,Start Order
Athletics,Women's 100 m,Final,KOR,LEE Ann,1,10.70,,=OR,4
Athletics,Women's 100 m,Final,CHN,CHEN Bo,2,10.80,,,5
Athletics,Women's 100 m,Final,FRA,ROUX Cy,,,DNF,,6
Athletics,Women's 100 m,Round 1 - Heat 1,KOR,LEE Ann,1,11.00,,,3
Athletics,Women's 100 m,Round 1 - Heat 1,ITA,ROSSI Di,2,11.10,,,4
";

#[test]
fn an_import_writes_a_sheet_that_spreadsheets_leave_alone_and_the_same_again_changes_no_byte() {
    let site = race().without("content/events/athletics/womens-100m.results.csv");
    import(&site, UNITS, &["--official"]).good();
    snapshot("imported.results.csv", &sheet(&site));
    let first = sheet(&site);
    let run = import(&site, UNITS, &["--official"]).good();
    assert!(run.stderr.contains("0 files new, 0 changed, 1 unchanged"), "{}", run.stderr);
    assert_eq!(sheet(&site), first);
    // Rows in another order are the same rows.
    let mut rows: Vec<&str> = UNITS.lines().collect();
    rows[1..].reverse();
    import(&site, &rows.join("\n"), &["--official"]).good();
    assert_eq!(sheet(&site), first);
}

#[test]
fn a_correction_changes_its_row_and_no_other_byte() {
    let site = race().without("content/events/athletics/womens-100m.results.csv");
    import(&site, UNITS, &["--official"]).good();
    // A person has saved it in a German spreadsheet, and added a column of names in the house's form.
    let edited = sheet(&site).replace("Bo Chen", "Chen Bo").replace(',', ";").replace('\n', "\r\n");
    let path = "content/events/athletics/womens-100m.results.csv";
    let site = site.file(path, &edited);
    import(&site, &UNITS.replace("10.80", "10.81"), &["--official"]).good();
    let changed = sheet(&site);
    let differ = edited.lines().zip(changed.lines()).filter(|(a, b)| a != b);
    let differ: Vec<(&str, &str)> = differ.collect();
    assert_eq!(differ.len(), 1, "{differ:?}");
    assert!(differ[0].1.contains("Chen Bo;2;'10.81;"), "{differ:?}");
    assert!(changed.contains("\r\n"));
}

#[test]
fn marks_may_arrive_unit_by_unit() {
    let site = race().without("content/events/athletics/womens-100m.results.csv");
    let (head, rest) = UNITS.split_once('\n').unwrap();
    let heats: Vec<&str> = rest.lines().filter(|line| line.contains("Heat")).collect();
    let finals: Vec<&str> = rest.lines().filter(|line| !line.contains("Heat")).collect();
    import(&site, &format!("{head}\n{}\n", heats.join("\n")), &["--partial"]).good();
    // First who will run, then how it went.
    let start = finals
        .join("\n")
        .replace(",1,10.70,,=OR,", ",,,,,")
        .replace(",2,10.80,", ",,,")
        .replace("DNF", "");
    import(&site, &format!("{head}\n{start}\n"), &["--partial"]).good();
    assert!(!sheet(&site).contains("10.70"));
    import(&site, &format!("{head}\n{}\n", finals.join("\n")), &["--partial"]).good();
    let sheet = sheet(&site);
    assert!(sheet.contains("10.70") && sheet.contains("11.10"), "{sheet}");
    assert_eq!(sheet.lines().count(), 6, "{sheet}");
}

#[test]
fn nothing_that_is_recorded_goes_unless_that_is_allowed() {
    let site = race().without("content/events/athletics/womens-100m.results.csv");
    import(&site, UNITS, &["--official"]).good();
    let first = sheet(&site);
    let less: Vec<&str> = UNITS.lines().filter(|line| !line.contains("ROUX")).collect();
    let less = less.join("\n");
    assert_eq!(
        import(&site, &less, &["--official", "--partial"]).bad().reports(),
        ["I006 units.csv"]
    );
    assert_eq!(sheet(&site), first);
    import(&site, &less, &["--official", "--partial", "--allow-removals"]).good();
    assert!(!sheet(&site).contains("Roux"));
    assert_eq!(sheet(&site).lines().count(), 5);
}

#[test]
fn a_podium_can_be_proposed_by_the_final() {
    let site = race()
        .file("content/events/athletics/womens-100m.md", "---\ntitle: Women's 100 m\n---\n")
        .without("content/events/athletics/womens-100m.results.csv");
    let units = UNITS.replace(",,,DNF,", ",3,10.99,,");
    import(&site, &units, &["--official", "--medals"]).good();
    let event =
        std::fs::read_to_string(site.root().join("content/events/athletics/womens-100m.md"))
            .unwrap();
    assert_eq!(
        event,
        "---\ntitle: Women's 100 m\nstatus: official\npodium:\n  gold: [{nation: KOR, athletes: [Ann Lee]}]\n  silver: [{nation: CHN, athletes: [Chen Bo]}]\n  bronze: [{nation: FRA, athletes: [Cy Roux]}]\n---\n"
    );
    assert_eq!(site.check().good().status, 0);
}

#[test]
fn medals_are_told_from_results() {
    let site = Site::new().file("site.toml", SITE);
    let medals = "event,sport,noc,athlete,medal\nMen,Judo,KOR,Ann Lee,gold\n";
    let run = import(&site, medals, &[]).bad();
    assert_eq!(run.reports(), ["I002 units.csv"]);
    assert!(run.stderr.contains("podium import medals"), "{}", run.stderr);
}

#[test]
fn a_table_of_one_race_is_read_as_a_wire_service_has_it() {
    let site = race().without("content/events/athletics/womens-100m.results.csv");
    let table = "Athletics - Women's 100 m - Final\n\nPos;Lane;Name;Nat;Time;IRM\n\
        1;4;LEE Ann [2];KOR;10,70 OR;\n2;5;CHEN Bo (7);CHN;10,80;\n2;6;ROUX Cy;FRA;10,80;\n;7;HUBER Eva;GER;;DNF\n";
    let more = ["--event", "athletics/womens-100m", "--phase", "final", "--official"];
    import(&site, table, &more).good();
    assert_eq!(
        sheet(&site),
        "phase,nation,athletes,rank,mark,irregular,record,order,status\n\
        final,KOR,Ann Lee,1,'10.70,,OR,4,official\nfinal,CHN,Chen Bo,2,'10.80,,,5,official\n\
        final,FRA,Cy Roux,2,'10.80,,,6,official\nfinal,GER,Eva Huber,,,DNF,,7,official\n"
    );
    assert_eq!(site.check().good().status, 0);
}

#[test]
fn who_is_disqualified_later_loses_the_rank_and_who_is_not_gets_it_back() {
    let site = race().without("content/events/athletics/womens-100m.results.csv");
    let units = |first: &str, second: &str| {
        format!(
            "sport,event,phase,pos,name,noc,result\nAthletics,Women's 100 m,heats,{first}\nAthletics,Women's 100 m,heats,{second}\n"
        )
    };
    import(&site, &units("1,LEE Ann,KOR,10.70", "2,CHEN Bo,CHN,10.80"), &["--official"]).good();
    let before = sheet(&site);
    import(&site, &units("DQ,LEE Ann,KOR,", "1,CHEN Bo,CHN,10.80"), &["--official"]).good();
    let after = sheet(&site);
    in_order(&after, &["heats,KOR,Ann Lee,,,official,DQ", "heats,CHN,Chen Bo,1,'10.80,official,"]);
    import(&site, &units("1,LEE Ann,KOR,10.70", "2,CHEN Bo,CHN,10.80"), &["--official"]).good();
    in_order(&sheet(&site), &["heats,KOR,Ann Lee,1,'10.70,official,\n", "heats,CHN,Chen Bo,2,"]);
    assert!(!before.contains("irregular"));
}

#[test]
fn results_that_propose_no_podium_say_why() {
    let site = race()
        .file("content/events/athletics/womens-100m.md", "---\ntitle: Women's 100 m\n---\n")
        .without("content/events/athletics/womens-100m.results.csv");
    let heats: Vec<&str> = UNITS.lines().filter(|line| !line.contains("Final")).collect();
    let run = import(&site, &heats.join("\n"), &["--medals"]).good();
    assert!(run.stderr.contains("athletics/womens-100m (there is no final)"), "{}", run.stderr);
}

#[test]
fn people_whose_names_have_the_same_letters_are_two() {
    let run = sheet_of(
        "phase,unit,nation,athletes,rank\nheats,Heat 1,KOR,Kim Min-jung,1\nheats,Heat 1,KOR,Kim Jung-min,2\n\
        heats,Heat 1,CHN,Wang Xinyi,3\nheats,Heat 1,CHN,Wang Yixin,4\n",
    );
    let page = words(&run.page("/sports/athletics/womens-100m/"));
    in_order(&page, &["1 Kim Min-jung", "2 Kim Jung-min", "3 Wang Xinyi", "4 Wang Yixin"]);
    // Spellings of one name are one, whichever row comes first.
    let addresses = |rows: [&str; 2]| {
        let run = sheet_of(&format!("phase,unit,nation,athletes,rank\n{}\n{}\n", rows[0], rows[1]));
        ["/athletes/jose-silva/", "/athletes/silva-jose/"].map(|address| run.has(address))
    };
    let rows = ["heats,Heat 1,ESP,Jos\u{e9} Silva,1", "heats,Heat 2,ESP,Silva Jos\u{e9},2"];
    assert_eq!(addresses(rows), [true, false]);
    assert_eq!(addresses([rows[1], rows[0]]), [true, false]);
}

#[test]
fn what_is_no_name_takes_nobodys_address() {
    for (athletes, report) in [
        ("-", "I003 content/events/athletics/womens-100m.results.csv:2:11"),
        ("...", "I003 content/events/athletics/womens-100m.results.csv:2:11"),
    ] {
        let run = race()
            .file(
                "content/events/athletics/womens-100m.results.csv",
                &format!("phase,nation,athletes,rank\nheats,KOR,{athletes},1\n"),
            )
            .build()
            .bad();
        assert_eq!(run.reports(), [report]);
    }
}

#[test]
fn cells_without_end_are_refused() {
    let long = "a ".repeat(40_000);
    let names = vec!["Ann Lee"; 100].join(" / ");
    for (row, column) in [
        (format!("heats,{long},KOR,Ann Lee"), 7),
        (format!("heats,,KOR,{long}"), 12),
        (format!("heats,,KOR,{names}"), 12),
    ] {
        let run = race()
            .file(
                "content/events/athletics/womens-100m.results.csv",
                &format!("phase,unit,nation,athletes\n{row}\n"),
            )
            .build()
            .bad();
        let report = format!("I003 content/events/athletics/womens-100m.results.csv:2:{column}");
        assert_eq!(run.reports(), [report]);
    }
}

#[test]
fn a_long_race_and_a_long_series_are_shown_as_far_as_a_page_goes() {
    let mut sheet = String::from("phase,nation,athletes,rank\n");
    for phase in ["Race 1", "Race 2", "overall"] {
        for rank in 1..=350 {
            sheet += &format!("{phase},KOR,Sailor {rank},{rank}\n");
        }
    }
    let site = race()
        .file("content/events/athletics/womens-100m.md", &RACE.replace("podium", "extra"))
        .file("content/events/athletics/womens-100m.results.csv", &sheet)
        .story("a", "", "<Results event=\"athletics/womens-100m\" phase=\"Race 1\" />");
    let run = site.build().good();
    in_order(&words(&run.page("/stories/a/")), &["Race 1", "1 Sailor 1 KOR", "8 Sailor 8 KOR"]);
    let page = words(&run.page("/sports/athletics/womens-100m/"));
    in_order(
        &page,
        &["Overall", "1 Sailor 1 KOR", "300 Sailor 300 KOR", "Earlier results are in the files"],
    );
}

#[test]
fn matches_that_arrive_one_after_the_other_stay_one_each() {
    let site = tournament().without("content/events/football/women.results.csv");
    let units = |rows: &[&str]| {
        let rows: Vec<String> = rows
            .iter()
            .map(|row| format!("Football,Women's tournament,quarter-finals,{row}\n"))
            .collect();
        format!("sport,event,phase,noc,mark,win\n{}", rows.concat())
    };
    let (first, second) = (["USA,2,W", "JPN,1,L"], ["FRA,1,L", "BRA,2,W"]);
    let sheet = || {
        std::fs::read_to_string(site.root().join("content/events/football/women.results.csv"))
            .unwrap()
    };
    import(&site, &units(&first), &["--partial"]).good();
    import(&site, &units(&[first, second].concat()), &["--partial"]).good();
    assert_eq!(sheet().lines().count(), 5, "{}", sheet());
    import(&site, &units(&second), &["--partial"]).good();
    import(&site, &units(&[second, first].concat()), &["--partial"]).good();
    assert_eq!(sheet().lines().count(), 5, "{}", sheet());
    let wrong = units(&["USA,2,W", "BRA,2,W", "JPN,1,L", "FRA,1,L"]);
    assert_eq!(import(&site, &wrong, &["--partial"]).bad().reports(), ["I003 units.csv:3:50"]);
}

#[test]
fn any_sheet_that_can_be_read_can_be_changed() {
    let path = "content/events/athletics/womens-100m.results.csv";
    let units = UNITS.replace("10.70", "10.71");
    for sheet in [
        // A quotation mark within a cell, headings over two lines, and lines that end as on an old Macintosh.
        "phase,unit,nation,athletes,rank,mark\nheats,5'11\" tall,KOR,Ann Lee,1,11.00\nfinal,,KOR,Ann Lee,1,10.70\n".to_owned(),
        "phase,\"\nunit\n\",nation,athletes,rank,mark\nfinal,,KOR,Ann Lee,1,10.70\n".to_owned(),
        "phase,unit,nation,athletes,rank,mark\rfinal,,KOR,Ann Lee,1,10.70\r".to_owned(),
    ] {
        let site = race().file(path, &sheet);
        import(&site, &units, &["--partial", "--official"]).good();
        assert_eq!(site.build().status, 0, "{}", self::sheet(&site));
        let first = self::sheet(&site);
        assert!(first.contains("10.71") && !first.contains("10.70"), "{first}");
        import(&site, &units, &["--partial", "--official"]).good();
        assert_eq!(self::sheet(&site), first);
    }
    let utf16: Vec<u8> = "\u{feff}phase,nation,rank\nfinal,KOR,1\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let site = race().bytes(path, &utf16);
    assert_eq!(import(&site, &units, &["--partial"]).bad().reports(), [format!("I007 {path}")]);
}
