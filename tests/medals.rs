//! The medal table: in the terminal, on the page and as data.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::BTreeMap;

use common::Site;
use proptest::prelude::*;

/// Events of three days, one of them with a medal that changed hands.
fn games() -> Site {
    let event = |day: &str, podium: &str| {
        format!(
            "---\ntitle: A\nsessions: [{{start: {day} 20:00, end: {day} 21:30, medal: true}}]\nstatus: official\n{podium}---\n"
        )
    };
    Site::new()
        .file(
            "content/events/judo/a.md",
            &event("2024-08-01", "podium:\n  gold: [{nation: FRA, athletes: [Ann]}]\n  silver: [{nation: JPN, athletes: [Bo]}]\n  bronze: [{nation: KOR, athletes: [Cy]}, {nation: AIN, athletes: [Di]}]\n"),
        )
        .file(
            "content/events/judo/b.md",
            &event("2024-08-02", "podium:\n  gold: [{nation: JPN, athletes: [Ed]}]\n  bronze: [{nation: JPN, athletes: [Flo]}]\n"),
        )
        .file(
            "content/events/gymnastics/floor.md",
            &event("2024-08-03", "podium:\n  gold: [{nation: BRA, athletes: [Gil]}]\n  bronze: [{nation: ROU, athletes: [Hal]}]\nchanges:\n  - {date: 2024-08-11, text: Reallocated., was: {bronze: [{nation: USA, athletes: [Ida]}]}}\n"),
        )
}

fn csv(site: &Site, more: &[&str]) -> Vec<String> {
    let mut arguments = vec!["medals", "--format", "csv"];
    arguments.extend(more);
    let text = site.podium(&arguments).good().stdout;
    text.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn the_table_stands_in_the_terminal() {
    let run = games().podium(&["medals"]).good();
    assert_eq!(
        run.stdout,
        "\
Rank  Nation     NOC  Gold  Silver  Bronze  Total
   1  Japan      JPN     1       1       1      3
   2  Brazil     BRA     1       0       0      1
   2  France     FRA     1       0       0      1
   4  Korea      KOR     0       0       1      1
   4  Romania    ROU     0       0       1      1
      5 nations          3       1       3      7
"
    );
}

#[test]
fn it_can_be_ordered_by_all_medals_and_cut_to_a_sport() {
    let site = games();
    assert_eq!(csv(&site, &["--by", "total"])[0], "1,1,JPN,Japan,1,1,1,3");
    assert_eq!(
        csv(&site, &["--sport", "Gymnastics"]),
        ["1,1,BRA,Brazil,1,0,0,1", "2,1,ROU,Romania,0,0,1,1"]
    );
    let run = site.podium(&["medals", "--sport", "jduo"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("did you mean `Judo`?"), "{}", run.stderr);
}

#[test]
fn the_table_of_an_evening_is_as_it_stood_then() {
    let site = games();
    let nations = |at: &str| -> Vec<String> {
        csv(&site, &["--at", at])
            .iter()
            .map(|line| line.split(',').nth(2).unwrap().into())
            .collect()
    };
    assert!(nations("2024-07-31").is_empty());
    assert_eq!(nations("2024-08-01"), ["FRA", "JPN", "KOR"]);
    assert_eq!(nations("2024-08-10"), ["JPN", "BRA", "FRA", "KOR", "USA"]);
    assert_eq!(nations("2024-08-11"), ["JPN", "BRA", "FRA", "KOR", "ROU"]);
    // Known when the session is over, and not before.
    assert!(nations("2024-08-01 21:29").is_empty());
    assert_eq!(nations("2024-08-01T19:30:00Z").len(), 3);
    assert_eq!(nations("20240801"), ["FRA", "JPN", "KOR"]);
    let run = site.podium(&["medals", "--at", "yesterday"]);
    assert_eq!(run.status, 2);
    let broken = games().file("site.toml", &common::SITE.replace("Europe/Paris", "Europe/Pari"));
    assert!(broken.podium(&["medals"]).bad().stdout.is_empty());
}

#[test]
fn json_says_the_same() {
    let run = games().podium(&["medals", "--format", "json"]).good();
    let rows: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(rows[0]["noc"], "JPN");
    assert_eq!((&rows[3]["rank"], &rows[3]["rank_by_total"]), (&4.into(), &2.into()));
}

#[test]
fn each_difference_to_another_table_is_printed() {
    let site = games().file(
        "official.csv",
        "Rank;Country;Gold;Silver;Bronze;Total\n1;Japan;1;1;1;3\n2;BRA;1;0;0;1\n2;FRA;2;0;0;2\n4;ROU;0;0;1;1\n4;USA;0;0;1;1\n;Total;5;1;3;9\n",
    );
    let run = site.podium(&["medals", "--against", "official.csv"]);
    assert_eq!(run.status, 1);
    assert_eq!(
        run.stdout,
        "FRA France: gold is 1 here, 2 there\nFRA France: total is 1 here, 2 there\nKOR Korea: has 1 medal here, is not there\nUSA United States: has no medal here, is there\n"
    );
    let site = site.file("official.csv", "noc,gold,silver,bronze\nJPN,1,1,1\nBRA,1,0,0\nFRA,1,0,0\nKOR,0,0,1\nROU,0,0,1\nFIJ,0,0,0\n");
    let run = site.podium(&["medals", "--against", "official.csv"]).good();
    assert_eq!((run.stdout.as_str(), run.stderr.trim()), ("", "No difference for 5 nations"));
}

#[test]
fn a_podium_with_a_mistake_gives_no_table() {
    let site = games()
        .file("content/events/judo/c.md", "---\ntitle: C\npodium: {gold: [{nation: XYZ}]}\n---\n");
    let run = site.podium(&["medals"]).bad();
    assert!(run.stdout.is_empty() && run.stderr.contains("error[G002]"), "{}", run.stderr);
}

#[test]
fn a_change_is_shown_to_those_who_lost_and_gained_by_it() {
    let run = games().build().good();
    for address in ["/sports/gymnastics/floor/", "/athletes/hal/", "/athletes/ida/"] {
        assert!(run.page(address).contains("Reallocated."), "{address}");
    }
    assert!(!run.page("/athletes/gil/").contains("Reallocated."));
    assert!(!run.page("/athletes/ida/").contains("medal-bronze"));
    assert!(!run.page("/nations/usa/").contains("medal-bronze"));
}

#[test]
fn whom_a_change_names_is_shown_it_and_else_everybody_on_the_podium() {
    let event = |athletes: &str| {
        format!(
            "---\ntitle: A\npodium:\n  gold: [{{nation: KOR, athletes: [Ann]}}]\nchanges: [{{date: 2024-08-05, text: Protest., {athletes}}}]\n---\n"
        )
    };
    let run = Site::new()
        .file("content/events/judo/a.md", &event("athletes: [Zed (USA)]"))
        .build()
        .good();
    assert!(run.page("/athletes/zed/").contains("Protest."));
    assert!(!run.page("/athletes/ann/").contains("Protest."));
    let run = Site::new().file("content/events/judo/a.md", &event("")).build().good();
    assert!(run.page("/athletes/ann/").contains("Protest."));
}

#[test]
fn the_race_is_drawn_when_the_site_is_built() {
    let run = games().build().good();
    let page = run.page("/medals/");
    assert!(page.contains("<svg class=\"chart\"") && page.contains("<title id=\"race-title\">"));
    assert!(page.contains("<desc id=\"race-text\">"), "{page}");
    let table = page.split("race-table").nth(1).unwrap();
    assert!(table.contains("<th scope=\"row\"><time datetime=\"2024-08-03\">3 Aug</time></th><td class=\"num\">1</td>"), "{table}");
    // Of one day there is no race.
    let day = Site::new().file("content/events/judo/a.md", common::EVENT).build().good();
    assert!(!day.page("/medals/").contains("<svg"));
}

#[test]
fn the_data_has_the_shape_that_the_readme_documents() {
    let run = games().build().good();
    let data: serde_json::Value = serde_json::from_str(&run.page("/data/medals.json")).unwrap();
    assert_eq!(data["table"][0]["noc"], "JPN");
    assert_eq!(data["table"][0]["url"], "/nations/jpn/");
    assert_eq!(data["outside_table"][0]["noc"], "AIN");
    assert_eq!(data["days"][2]["date"], "2024-08-03");
    assert_eq!(data["days"][2]["table"][4]["noc"], "USA");
    let floor = &data["events"][0];
    assert_eq!((&floor["id"], &floor["status"]), (&"gymnastics/floor".into(), &"official".into()));
    assert_eq!(
        floor["bronze"][0],
        serde_json::json!({"noc": "ROU", "team": null, "athletes": ["Hal"], "date": "2024-08-03"})
    );
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    for part in
        [&data, &data["games"], &data["table"][0], &data["days"][0], floor, &floor["gold"][0]]
    {
        for key in keys(part) {
            assert!(readme.contains(&format!("\"{key}\"")), "README.md does not say what {key} is");
        }
    }
}

/// Medals by nation and colour of some events, each with any number of each colour.
fn podiums() -> impl Strategy<Value = Vec<[Vec<usize>; 3]>> {
    let colour = || proptest::collection::vec(0..NATIONS.len(), 0..3);
    proptest::collection::vec([colour(), colour(), colour()], 0..12)
}

const NATIONS: [&str; 6] = ["AIN", "CHN", "EOR", "FRA", "KOR", "USA"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_table_of_any_podiums_is_what_a_naive_count_finds(podiums in podiums(), turn in any::<bool>()) {
        let mut naive: BTreeMap<&str, [u32; 3]> = BTreeMap::new();
        let mut site = Site::new();
        let mut files: Vec<(String, String)> = Vec::new();
        for (i, podium) in podiums.iter().enumerate() {
            let mut text = String::from("---\ntitle: A\npodium:\n  gold: []\n");
            for (colour, (word, winners)) in ["gold", "silver", "bronze"].iter().zip(podium).enumerate() {
                let list: Vec<String> =
                    winners.iter().map(|nation| format!("{{nation: {}}}", NATIONS[*nation])).collect();
                text = text.replace(&format!("  {word}: []\n"), "");
                text += &format!("  {word}: [{}]\n", list.join(", "));
                for nation in winners.iter().filter(|nation| NATIONS[**nation] != "AIN") {
                    naive.entry(NATIONS[*nation]).or_default()[colour] += 1;
                }
            }
            files.push((format!("content/events/s{}/e{i}.md", i % 3), text + "---\n"));
        }
        // The order in which files come into being must not matter.
        if turn {
            files.reverse();
        }
        for (path, text) in &files {
            site = site.file(path, text);
        }
        let rows = csv(&site, &[]);
        let counted: BTreeMap<&str, [u32; 3]> = rows
            .iter()
            .map(|row| {
                let cells: Vec<&str> = row.split(',').collect();
                let number = |i: usize| cells[cells.len() - 4 + i].parse().unwrap();
                (cells[2], [number(0), number(1), number(2)])
            })
            .collect();
        prop_assert_eq!(counted, naive.clone());
        for row in &rows {
            let cells: Vec<&str> = row.split(',').collect();
            let better = naive.values().filter(|tally| **tally > naive[cells[2]]).count();
            prop_assert_eq!(cells[0].parse::<usize>().unwrap(), better + 1);
        }
    }
}

#[test]
fn what_waits_for_another_day_decides_nothing() {
    let site = Site::new().file(
        "content/events/judo/a.md",
        "---\ntitle: A\nsessions:\n  - {name: Final, start: 2024-08-02 20:00, medal: true, status: finished}\n  - {name: Bronze, start: 2024-08-09 20:00, medal: true, status: postponed}\npodium: {gold: [{nation: KOR}]}\n---\n",
    );
    assert_eq!(csv(&site, &["--at", "2024-08-03"]).len(), 1);
    let run = site.build().good();
    assert!(run.page("/schedule/2024-08-02/").contains("one event decided"));
    assert!(!run.page("/schedule/2024-08-09/").contains("one event decided"));
}

#[test]
fn a_name_of_an_unknown_sport_or_of_several_people_is_reported() {
    let event = |change: &str| {
        format!(
            "---\ntitle: A\npodium: {{gold: [{{nation: KOR, athletes: [Ann]}}]}}\nchanges: [{{date: 2024-08-05, text: b, athletes: [{change}]}}]\n---\n"
        )
    };
    let two = Site::new()
        .file("content/athletes/a.md", "---\nname: Yuta\nnation: JPN\nentries: [judo/a]\n---\n")
        .file("content/athletes/b.md", "---\nname: Yuta\nnation: USA\n---\n")
        .file("content/events/judo/a.md", &event("Yuta"));
    assert_eq!(two.build().bad().reports(), ["G003 content/events/judo/a.md:4:50"]);
    let story = two.file("content/events/judo/a.md", &event("\"Yuta (JPN, judo)\"")).story(
        "s",
        "athletes: [\"Yuta (JPN, jduo)\"]\n",
        "",
    );
    let run = story.build().bad();
    assert_eq!(run.reports(), ["G003 content/stories/s.md:4:12"]);
    assert!(run.stderr.contains("write one of: Yuta (JPN), Yuta (USA)"), "{}", run.stderr);
}

#[test]
fn a_spreadsheet_runs_nothing_that_a_name_says() {
    for sign in ["=", "+", "-", "@"] {
        let site = Site::small()
            .file("content/nations/kor.md", &format!("---\nname: \"{sign}1+1\"\n---\n"));
        let run = site.podium(&["medals", "--format", "csv"]).good();
        assert!(run.stdout.contains(&format!("KOR,'{sign}1+1,1")), "{}", run.stdout);
    }
}
