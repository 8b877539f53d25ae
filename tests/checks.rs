//! `podium check`: each finding has a site that shows it, and one in which all is well.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{COMPLETE, EVENT, SITE, Site, complete, html, themed};

#[test]
fn site_toml_sets_the_levels_of_findings() {
    let with = |levels: &str| {
        let site = Site::small().file("site.toml", &format!("{SITE}[check.levels]\n{levels}"));
        site.story("first", "standfirst: x\n", "")
    };
    assert_eq!(with("").check().reports(), ["E004 content/stories/first.md:2:8"]);
    let run = with("E004 = \"error\"\n").check().bad();
    assert!(run.stderr.starts_with("error[E004]"), "{}", run.stderr);
    assert!(with("E004 = \"off\"\n").check().good().reports().is_empty());
    let run = with("E004 = \"note\"\n").check().good();
    assert!(
        run.reports().is_empty() && run.stderr.contains("(1 note with --notes)"),
        "{}",
        run.stderr
    );
    let site = with("E004 = \"note\"\n");
    let run = site.podium(&["check", "--notes"]);
    assert!(run.stderr.starts_with("note[E004]"), "{}", run.stderr);
    let run = with("E044 = \"off\"\n").check().bad();
    assert!(run.stderr.contains("`E044` is not a code"), "{}", run.stderr);
    let run = with("F001 = \"off\"\n").check().bad();
    assert!(run.stderr.contains("`F001` has a level that cannot be set"), "{}", run.stderr);
}

#[test]
fn a_build_checks_too_unless_site_toml_says_no() {
    let site = |check: &str| {
        let text = SITE.replace("check.build = false\n", "");
        let site = Site::small().file("site.toml", &format!("{text}{check}"));
        site.story("first", COMPLETE, "").file(
            "content/events/judo/open.md",
            "---\ntitle: Open\npodium: {gold: [{nation: KOR, athletes: [Ann Lee, Ann Lee]}]}\n---\n",
        )
    };
    let run = site("").build().bad();
    assert_eq!(run.reports(), ["M005 content/events/judo/open.md:3:51"]);
    assert!(!run.has("/"));
    assert!(site("check.build = false\n").build().good().has("/"));
    let run = site("check.build = false\n").check().bad();
    assert_eq!(run.reports().len(), 1);
}

#[test]
fn what_one_template_says_on_many_pages_is_one_report() {
    let footer = themed("footer.html", "{{ url(path=\"/venues/\") }}", "/venue/");
    let run = footer.check().bad();
    assert_eq!(run.reports(), ["L001 themes/child/templates/footer.html:22:14"], "{}", run.stderr);
    let all = " other pages";
    assert!(run.stderr.contains("while rendering / and ") && run.stderr.contains(all));
    assert!(run.stderr.contains("did you mean `/venues/`?"), "{}", run.stderr);
    // Told by no text: the address is made of two.
    let made =
        themed("footer.html", "{{ url(path=\"/venues/\") }}", "{{ url(path=\"/ven\" ~ \"ue/\") }}");
    let run = made.check().bad();
    assert_eq!(run.reports(), ["L001"], "{}", run.stderr);
    assert!(run.stderr.contains("the site has nothing at `/venue/`"), "{}", run.stderr);
    assert!(run.stderr.contains("while rendering / and "), "{}", run.stderr);
}

#[test]
fn what_markdown_has_reported_is_not_reported_again() {
    for (body, expected) in [
        ("[a](b.md) [c](../about.md)", "B002 content/stories/a.md:7:5"),
        ("[a](/nowhere/)", "B002 content/stories/a.md:7:5"),
        ("[a](#nowhere)", "B003 content/stories/a.md:7:5"),
        ("![a](b.png)", "B004 content/stories/a.md:7:6"),
    ] {
        let about = "---\ntitle: About\n---\nText.\n";
        // Nothing else leads to the page about: the link that is wrong may be the one that should.
        let run = complete("", body).file("content/about.md", about).check().bad();
        assert_eq!(run.reports(), [expected], "{body}");
    }
    // A file that is broken is broken, and not a link to its page.
    let broken = complete("", "[a](b.md#more) ![b](b.md) <a href=\"/stories/b/\">a</a>")
        .file("site.toml", &format!("{SITE}[markdown]\nraw_html = true\n"))
        .file("content/stories/b.md", "---\ndate: 2024-08-01\n---\n## More\n");
    assert_eq!(broken.check().bad().reports().len(), 1);
    let menu = format!("{SITE}[[menu]]\ntitle = \"A\"\nurl = \"/nowhere/\"\n");
    let run = complete("", "Text.").file("site.toml", &menu).check().bad();
    assert_eq!(run.reports(), ["C004 site.toml:7:7"]);
}

#[test]
fn a_dead_link_stops_a_build_before_it_publishes() {
    let text = SITE.replace("check.build = false\n", "");
    let site = html("<a href=\"/nowhere/\">a</a>")
        .file("site.toml", &format!("{text}[markdown]\nraw_html = true\n"));
    let run = site.build().bad();
    assert_eq!(run.reports(), ["L001 content/stories/a.md:7:10"]);
    assert!(!run.has("/"));
    let site = site.file(
        "site.toml",
        &format!("{text}[check.levels]\nL001 = \"warning\"\n[markdown]\nraw_html = true\n"),
    );
    assert!(site.build().has("/"));
}

#[test]
fn the_sample_site_has_no_finding_in_either_theme() {
    for theme in ["podium", "broadsheet"] {
        let site = Site::sample();
        let text = std::fs::read_to_string(site.root().join("site.toml")).unwrap();
        let site = site.file("site.toml", &text.replace("\"podium\"", &format!("\"{theme}\"")));
        let run = site.check().good();
        assert!(run.stderr.ends_with("nothing found\n"), "{theme}: {}", run.stderr);
    }
}

#[test]
fn a_note_does_not_stop_a_strict_build() {
    let text = SITE.replace("check.build = false\n", "");
    let site = Site::small()
        .file("site.toml", &format!("{text}[check.levels]\nE004 = \"note\"\n"))
        .story("first", "standfirst: x\n", "")
        .argument("--strict");
    assert!(site.build().has("/"));
}

/// A story that has it right, over a picture whose caption has it the other way round.
fn podium_picture(caption: &str) -> Site {
    Site::new()
        .bytes("content/stories/a.png", include_bytes!("field.png"))
        .file(
            "content/events/table-tennis/mixed-doubles.md",
            "---\ntitle: Mixed doubles\nstatus: official\npodium:\n  gold: [{nation: CHN, athletes: [Zhao Lin, Sun Ying]}]\n  silver: [{nation: PRK, athletes: [Ri Jong Su, Kim Kum Hwa]}]\n  bronze: [{nation: KOR, athletes: [Lim Jong-min, Shin Yu-ra]}]\n---\n",
        )
        .story(
            "one-picture",
            &format!(
                "{COMPLETE}events: [table-tennis/mixed-doubles]\nimage:\n  src: a.png\n  alt: Six players on a podium\n  caption: {caption}\n  credit: Desk\n"
            ),
            "Lim Jong-min of South Korea took out his telephone, and six players bent over it: the winners from China, the runners-up Ri Jong Su and Kim Kum Hwa from the North, and Shin Yu-ra beside him with her bronze.",
        )
}

#[test]
fn a_caption_that_swaps_silver_and_bronze_is_one_error_with_its_correction() {
    let swapped = "Silver medallists Lim Jong-min and Shin Yu-ra with the Chinese champions and the bronze medallists, Ri Jong Su and Kim Kum Hwa of North Korea.";
    let run = podium_picture(swapped).check().bad();
    assert_eq!(run.reports(), ["R001 content/stories/one-picture.md:10:12"]);
    for part in [
        "Lim Jong-min has bronze, not silver",
        "Ri Jong Su has silver, not bronze",
        "::: content/events/table-tennis/mixed-doubles.md:7:12",
        "10 +   caption: Bronze medallists Lim Jong-min and Shin Yu-ra with the Chinese champions and the silver medallists, Ri Jong Su",
    ] {
        assert!(run.stderr.contains(part), "{part}:\n{}", run.stderr);
    }
    let right = "Bronze medallists Lim Jong-min and Shin Yu-ra with the Chinese champions and the silver medallists, Ri Jong Su and Kim Kum Hwa of North Korea.";
    assert!(podium_picture(right).check().good().reports().is_empty());
}

#[test]
fn a_waiver_is_counted() {
    let front = "events: [judo/open]\nfact_ok: [{words: took gold, reason: a film, code: R001}]\n";
    let run = complete(front, "Bo Chen took gold.").check().good();
    assert!(run.stderr.ends_with("nothing found, 1 waived\n"), "{}", run.stderr);
    let run = complete(&front.replace("R001", "R002"), "Bo Chen took gold.").check().bad();
    assert_eq!(run.reports().len(), 2, "{}", run.stderr);
    let run = complete(&front.replace("R001", "F001"), "Bo Chen took gold.").check().bad();
    assert_eq!(run.reports(), ["F005 content/stories/a.md:7:52"]);
    let run = complete(&front.replace(", reason: a film", ""), "").check().bad();
    assert_eq!(run.reports()[0], "F006 content/stories/a.md:7:11", "{}", run.stderr);
}

#[test]
fn prose_in_another_language_is_not_read_as_english() {
    let german = format!("{SITE}language = \"de\"\n");
    let site = complete("events: [judo/open]\n", "Bo Chen won gold, in German all the same.");
    assert_eq!(site.check().bad().reports(), ["R001 content/stories/a.md:8:13"]);
    let run = site.file("site.toml", &german).check();
    assert_eq!(run.reports(), ["T008 site.toml:5:12"], "{}", run.stderr);
}

#[test]
fn a_team_mate_and_a_nations_team_name_no_team_event() {
    let event = |title: &str, silver: &str, bronze: &str| {
        format!(
            "---\ntitle: {title}\ngender: men\npodium:\n  gold: [{{nation: JPN, athletes: [Oka Shin, Sugi Daiki]}}]\n  silver: [{{nation: CHN, athletes: [{silver}]}}]\n  bronze: [{{nation: CHN, athletes: [{bronze}]}}]\n---\n"
        )
    };
    let team = event("Men's Team", "Xiao Tan, Zhang Bo", "Li Wu");
    let all_around = event("Men's All-Around", "Zhang Bo", "Xiao Tan");
    let site = complete(
        "events: [gymnastics/mens-all-around]\n",
        "Zhang Bo was second. His team-mate Xiao Tan won bronze. Xiao Tan took bronze for Team China.",
    );
    site.file("content/events/gymnastics/mens-team.md", &team)
        .file("content/events/gymnastics/mens-all-around.md", &all_around)
        .check()
        .good();
}

#[test]
fn another_person_with_one_name_in_common_is_not_suggested() {
    let site = Site::small()
        .file("content/events/judo/open.md", &EVENT.replace("Bo Chen", "Wang Chuqin"))
        .story("a", "events: [judo/open]\nathletes: [Wang Manyu]\n", "");
    let run = site.check();
    assert!(!run.stderr.contains("N002"), "{}", run.stderr);
    let run = site.story("a", "events: [judo/open]\nathletes: [Wang]\n", "").check();
    assert!(run.stderr.contains("did you mean Wang Chuqin?"), "{}", run.stderr);
}

#[test]
fn many_sessions_before_the_opening_are_one_report_and_few_days_are_none() {
    let games = format!("{SITE}[games]\nstart = 2024-07-26\nend = 2024-08-11\n");
    let event = |name: &str, day: &str| {
        format!(
            "---\ntitle: {name}\nvenue: Hall\nsessions: [{{name: Round, start: {day} 12:00}}]\n---\n"
        )
    };
    let mut site = Site::small().file("site.toml", &games);
    for i in 0..50 {
        site = site.file(&format!("content/events/football/e{i}.md"), &event("E", "2024-06-01"));
    }
    let run = site.check();
    assert_eq!(run.stderr.matches("warning[M007]").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("and 46 more"), "{}", run.stderr);
    // Football and archery begin two days before the opening.
    let run = Site::small()
        .file("site.toml", &games)
        .file("content/events/football/e.md", &event("E", "2024-07-24"))
        .check();
    assert!(!run.stderr.contains("M007"), "{}", run.stderr);
}

#[test]
fn a_medal_behind_one_of_an_unknown_nation_is_found_where_it_is_recorded() {
    let silver = "  silver:\n    - {nation: Nowhere, athletes: [Cy Doe]}\n    - {nation: CHN, athletes: [Bo Chen]}\n";
    let event = EVENT.replace("  silver: [{nation: CHN, athletes: [Bo Chen]}]\n", silver);
    let run = Site::small()
        .file("content/events/judo/open.md", &event)
        .story("a", "events: [judo/open]\n", "Bo Chen took gold.")
        .check()
        .bad();
    let finding = run.stderr.split("error[R001]").nth(1).unwrap();
    let recorded = finding.lines().find(|line| line.contains("{nation: CHN")).unwrap();
    assert!(recorded.contains("- {nation: CHN, athletes: [Bo Chen]}"), "{}", run.stderr);
    assert!(!finding.contains("Cy Doe"), "{}", run.stderr);
}

/// The codes of the findings in a story about the judo event, with more than its medals recorded.
fn codes_of(front: &str, body: &str) -> Vec<String> {
    let rows = "phase,unit,nation,athletes,rank,mark,record\nfinal,,KOR,Ann Lee,1,9.79,OR\nfinal,,CHN,Bo Chen,2,9.84,\nfinal,,JPN,Mei Sato,5,9.99,\nsemi-finals,Semi-final 1,JPN,Mei Sato,2,9.95,\n";
    let site = complete(&format!("events: [judo/open]\n{front}"), body)
        .file("content/events/judo/open.results.csv", rows);
    let run = site.podium(&["check", "--at", "2024-08-12T00:00:00Z"]);
    let codes = run.reports();
    codes.iter().map(|report| report.split(' ').next().unwrap().to_owned()).collect()
}

#[test]
fn ranks_marks_margins_rounds_and_records_are_compared_with_the_results() {
    for (right, wrong) in [
        ("Mei Sato finished fifth.", "Mei Sato finished seventh."),
        ("Mei Sato was second in her semi-final.", "Mei Sato was third in her semi-final."),
        ("Bo Chen came second in 9.84 seconds.", "Bo Chen came second in 9.48 seconds."),
        ("Ann Lee beat Bo Chen by five hundredths.", "Ann Lee beat Bo Chen by three tenths."),
        ("Bo Chen finished ahead of Mei Sato.", "Mei Sato finished ahead of Bo Chen."),
        (
            "1 Ann Lee 9.79, 2 Bo Chen 9.84, 5 Mei Sato 9.99",
            "1 Ann Lee 9.79, 2 Bo Chen 9.84, 4 Mei Sato 9.99",
        ),
    ] {
        assert_eq!(codes_of("", right), Vec::<String>::new(), "{right}");
        assert!(!codes_of("", wrong).is_empty(), "{wrong}");
    }
}

#[test]
fn a_row_of_a_table_is_read_as_a_whole() {
    let table = |gold: &str| format!("| medal | who |\n|---|---|\n| Gold | {gold} |\n");
    assert_eq!(codes_of("", &table("Ann Lee")), Vec::<String>::new());
    assert_eq!(codes_of("", &table("Bo Chen")), ["R001"]);
}

#[test]
fn a_question_stops_nothing_not_even_a_strict_build() {
    let site = complete("events: [judo/open]\n", "Bo Chen dreamt on and was given gold.");
    let run = site.podium(&["check", "--strict", "--at", "2024-08-12T00:00:00Z"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("warning[R012]"), "{}", run.stderr);
}

#[test]
fn what_comes_from_the_files_or_from_elsewhere_is_not_held_against_these_games() {
    for words in [
        "FILE - Bo Chen with the gold medal.",
        "In Budapest in 2022, Bo Chen took gold.",
        "Bo Chen has yet to win gold.",
        "Nobody thought that Bo Chen would win gold.",
    ] {
        assert_eq!(codes_of("", words), Vec::<String>::new(), "{words}");
    }
}
