//! Input that is broken, strange or hostile: a located error or a page, never a panic, never a
//! file outside the output folder.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{PNG, Site, tree};

fn story(bytes: &[u8]) -> Site {
    Site::new().bytes("content/stories/a.md", bytes)
}

/// It is refused, with a report of this kind.
#[track_caller]
fn refused(site: Site, code: &str) {
    let run = site.build().bad();
    let reports = run.reports();
    assert!(reports.iter().any(|report| report.starts_with(code)), "{}", run.stderr);
}

#[test]
fn files_that_are_no_stories_are_refused() {
    refused(story(b""), "F001");
    refused(story(b"   \n\n"), "F001");
    refused(story(b"Just words.\n"), "F001");
    refused(story(b"---\ntitle: a\ndate: 2024-08-01\n"), "F002");
    refused(story(b"---\n\ttitle: a\n---\n"), "F003");
    refused(story(b"---\ntitle: \xFF\n---\n"), "D002");
    refused(story(b"\xFF\xFE-\0-\0-\0"), "D002");
    refused(story(b"---\n- a\n- b\n---\n"), "F005");
    refused(story(b"---\ntitle: a\ndate: 2024-02-30\n---\n"), "F012");
    refused(story(b"---\ntitle: a\ndate: 2024-03-31 02:30\n---\n"), "F012");
    refused(story(b"---\n? [a]\n: b\n---\n"), "F005");
}

#[test]
fn a_byte_order_mark_and_any_line_ends_are_read() {
    let site = story(b"\xEF\xBB\xBF---\r\ntitle: One\r\ndate: 2024-08-01\r\ntags: [a]\r\n---\r\nTwo *three*.\r\n\r\n## Four\r\n");
    let page = site.build().good().page("/stories/a/");
    assert!(page.contains("<p>Two <em>three</em>.</p>") && page.contains("id=\"four\""));
}

#[test]
fn places_are_right_with_a_byte_order_mark_and_any_line_ends() {
    let run = story(
        "\u{FEFF}---\r\ntitle: \u{1F947} é\r\ndate: 2024-08-01\r\n---\r\né \u{1F947} <b>\r\n"
            .as_bytes(),
    )
    .build()
    .bad();
    assert_eq!(run.reports(), ["B001 content/stories/a.md:5:5"]);
    assert!(run.stderr.contains("5 | é \u{1F947} <b>"), "{}", run.stderr);
}

#[test]
fn a_story_of_fifty_megabytes_is_read() {
    let mut text = String::from("---\ntitle: Long\ndate: 2024-08-01\n---\n");
    while text.len() < 50_000_000 {
        text += "A sentence with *emphasis* and a [link](#long). ";
        text += "It goes on for a while, as such sentences do.\n\n";
    }
    text += "## Long\n";
    let run = story(text.as_bytes()).build().good();
    assert!(run.page("/stories/a/").len() > 50_000_000);
}

#[test]
fn a_long_line_with_a_mistake_is_reported_in_few_words() {
    let text = format!("---\ntitle: a\ndate: 2024-08-01\n---\n{} <b>\n", "word ".repeat(1_000_000));
    let run = story(text.as_bytes()).build().bad();
    assert!(
        run.stderr.len() < 1_000 && run.stderr.contains("content/stories/a.md:5:5000002"),
        "{}",
        run.stderr
    );
}

#[test]
fn bombs_do_not_go_off() {
    let mut bomb = String::from(
        "---\ntitle: a\ndate: 2024-08-01\nextra:\n  a0: &a0 [x, x, x, x, x, x, x, x]\n",
    );
    for i in 1..40 {
        bomb += &format!("  a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 8].join(", "));
    }
    refused(story((bomb + "---\n").as_bytes()), "F003");
    let deep = format!("---\ntitle: {}a{}\n---\n", "[".repeat(100_000), "]".repeat(100_000));
    refused(story(deep.as_bytes()), "F003");
    let mut indented = String::from("---\nextra:\n");
    for i in 1..500 {
        indented += &format!("{}a:\n", " ".repeat(i));
    }
    refused(story((indented + "---\n").as_bytes()), "F003");
}

#[test]
fn deep_nesting_in_markdown_is_read() {
    let head = "---\ntitle: a\ndate: 2024-08-01\n---\n";
    for body in [
        format!("{}x", "> ".repeat(5_000)),
        format!("{}x", "- ".repeat(2_000)),
        "*a **b ".repeat(20_000),
        "[a](".repeat(20_000),
        "![".repeat(20_000),
        "`".repeat(50_000),
        "<!--".repeat(10_000),
        "a\n: ".repeat(5_000),
        "[^a]: [^a]\n".repeat(5_000),
        "## a\n".repeat(5_000),
        "[](".repeat(20_000),
        " </Note> ".repeat(5_000),
        "<b>".repeat(4_000) + &"</i>".repeat(4_000),
        "<sup>".repeat(5_000),
        "{{< ".repeat(5_000),
        "a][".repeat(5_000),
        "\"한".repeat(5_000),
        (0..5_000).map(|i| format!("[^{i}]: x\n\n")).collect(),
        (0..5_000).map(|i| format!("## h{i}\n\n[x](#g{i})\n\n")).collect(),
        "| a ".repeat(5_000) + "\n" + &"|-".repeat(5_000),
    ] {
        let run = story((head.to_owned() + &body).as_bytes()).build();
        assert!(run.status == 0 || !run.reports().is_empty(), "{:.20}", body);
        assert!(!run.stderr.contains("panicked"), "{:.20}: {}", body, run.stderr);
    }
}

#[test]
fn nothing_is_written_outside_the_output_folder() {
    for front in [
        "slug: ../../etc",
        "slug: /etc/passwd",
        "slug: ..",
        "slug: \"a/b\"",
        "aliases: [../../../etc/x]",
        "aliases: [/../x]",
        "aliases: [\"https://evil.example/\"]",
        "aliases: [\"//evil.example/\"]",
        "aliases: ['..\\x']",
        "aliases: [\"a\\0b\"]",
        "aliases: [\"%2e%2e/x\"]",
    ] {
        let site = Site::new().story("a", &format!("{front}\n"), "");
        let before = tree(site.root());
        let run = site.build().bad();
        assert!(
            ["[F008]", "[F009]", "[F016]"].iter().any(|code| run.stderr.contains(code)),
            "{front}: {}",
            run.stderr
        );
        assert!(tree(site.root()) == before, "{front}");
    }
}

#[test]
fn nothing_outside_the_site_is_read() {
    for body in [
        "![a](../../../../../../etc/hostname)",
        "[a](/../../etc/passwd)",
        "<Photo src=\"../../../site.toml\"/>",
        "[a](file:///etc/passwd)",
    ] {
        let run = Site::new().story("a", "", body).build().bad();
        assert_eq!(run.reports().len(), 1, "{body}: {}", run.stderr);
    }
    refused(Site::new().story("a", "image: {src: ../../../etc/hostname}\n", ""), "F010");
}

#[cfg(unix)]
#[test]
fn links_inside_the_site_are_followed_and_others_are_not() {
    use std::os::unix::fs::symlink;
    let site = Site::new()
        .story("a", "image: {src: shared.png}\n", "")
        .bytes("content/pictures/p.png", PNG);
    symlink("../pictures/p.png", site.root().join("content/stories/shared.png")).unwrap();
    assert!(site.build().good().page("/stories/a/").contains("src=\"/pictures/shared."));

    let site = Site::new().story("a", "", "");
    symlink("/", site.root().join("content/root")).unwrap();
    symlink(".", site.root().join("content/self")).unwrap();
    let run = site.build().bad();
    assert_eq!(run.reports(), ["D003 content/root", "D004 content/self"]);
}

#[test]
fn names_and_titles_of_all_kinds_are_escaped_and_addressed() {
    let title = "<script>alert('x')</script> & \"q\"";
    let site = Site::new()
        .file("content/stories/quo'te \"s\" & ü.md", &format!("---\ntitle: {}\nstandfirst: \"</p><b>\"\ndate: 2024-08-01\nauthors: [\"O'Neil <o@x>\"]\ntags: [\"a & b\"]\n---\n", serde_json::Value::from(title)))
        .file("content/stories/العربية.md", "---\ntitle: سباق مئة متر\ndate: 2024-08-02\n---\nنص.\n")
        .file("content/stories/北京.md", "---\ntitle: 北京的冠军\ndate: 2024-08-03\n---\n正文。\n")
        .file("content/stories/한국.md", "---\ntitle: 한국\ndate: 2024-08-03\n---\n[x](العربية.md) [y](%EB%B6%81.md)\n")
        .file("content/stories/북.md", "---\ntitle: 북\ndate: 2024-08-03\n---\n")
        .bytes("content/pictures/a b'c.png", PNG)
        .story("pictures", "", "![a](<../pictures/a b'c.png>) ![b](../pictures/a%20b'c.png)");
    let run = site.build().good();
    let home = run.page("/");
    assert!(!home.contains("<script>alert") && home.contains("&lt;script&gt;"), "{home}");
    assert!(!home.contains("</p><b>"));
    assert!(home.contains("北京的冠军") && home.contains("سباق مئة متر"));
    assert!(run.has("/stories/bei-jing/") && run.has("/stories/quote-s-u/"));
    assert!(
        run.page("/stories/pictures/").contains("src=\"/pictures/a-bc.a02d80eb687a.1200.png\""),
        "{}",
        run.page("/stories/pictures/")
    );
    for address in home.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(run.has(&format!("/{address}")), "{address}");
    }
}

#[test]
fn addresses_that_differ_in_case_alone_are_refused() {
    refused(Site::new().bytes("content/A.png", b"x").bytes("content/a.png", b"y"), "A001");
    refused(Site::new().story("a", "aliases: [Stories/A]\n", ""), "A001");
    refused(
        Site::new().story("a", "aliases: [x.html]\n", "").story("b", "aliases: [x.html/y]\n", ""),
        "A001",
    );
}

#[test]
fn a_mistake_in_settings_or_themes_is_no_panic() {
    for text in [
        "",
        "\u{0}",
        "title = ",
        "[",
        "title = \"a\"\nbase_url = \"https://x.example/\"\n[[menu]]\n",
        "title = \"a\"\nbase_url = \"https://x.example/\"\n[lists]\nper_page = 0\n",
    ] {
        let run = Site::new().story("a", "", "").file("site.toml", text).build().bad();
        assert_eq!(run.reports().len(), 1, "{text:?}: {}", run.stderr);
    }
    for template in [
        "{% include \"story.html\" %}",
        "{% extends \"story.html\" %}",
        "{{ 1 / 0 }}",
        "{% for a in range(end=99999999) %}{% endfor %}",
        "{{ t(key=\"no\") }}",
        "{{ asset(path=\"no\") }}",
        "{{ page | date }}",
        "{% block x %}",
        "\u{0}{{",
    ] {
        let run = Site::new()
            .story("a", "", "")
            .file("site.toml", &format!("{}theme = \"c\"\n", common::SITE))
            .file("themes/c/theme.toml", "extends = \"podium\"")
            .file("themes/c/templates/story.html", template)
            .build()
            .bad();
        assert_eq!(run.reports().len(), 1, "{template:?}: {}", run.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_file_to_read() {
    for name in ["site.toml", "content/stories/pipe.md", "content/pipe.png"] {
        let site = Site::new().story("a", "", "");
        let path = site.root().join(name);
        let _ = std::fs::remove_file(&path);
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        let run = site.build().bad();
        assert!(run.reports()[0].starts_with("D001"), "{name}: {}", run.stderr);
    }
}

#[test]
fn what_is_published_grows_in_a_straight_line_with_the_tags_of_a_story_and_the_events_of_a_sport() {
    let bytes = |site: Site| {
        let _ = site.build().good();
        tree(&site.public()).values().map(Vec::len).sum::<usize>()
    };
    let tagged = |count: usize| {
        let tags: Vec<String> = (0..count).map(|i| format!("t{i}")).collect();
        bytes(Site::new().story("a", &format!("tags: [{}]\n", tags.join(", ")), "Text."))
    };
    let of_one_sport = |count: usize| {
        bytes((0..count).fold(Site::new(), |site, i| {
            site.file(&format!("content/events/judo/e{i}.md"), "---\ntitle: Open\n---\n")
        }))
    };
    // Twice as much of it is about twice as much, not four times.
    for (few, many) in [(tagged(300), tagged(600)), (of_one_sport(300), of_one_sport(600))] {
        assert!(many < few * 9 / 4, "{few} bytes became {many}");
    }
}
