//! What stands in and around the text of a story.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{SITE, Site, complete};

#[test]
fn key_points_stand_above_the_text() {
    let front = "key_points:\n  - First.\n  - >-\n    Second, over\n    two lines.\n  - \"\"\n";
    let page = complete(front, "The text.").build().good().page("/stories/a/");
    let (_, after) = page.split_once("<aside class=\"key-points\"").unwrap();
    let (points, after) = after.split_once("</aside>").unwrap();
    assert!(
        points.contains("<li>First.</li>\n<li>Second, over two lines.</li>\n</ul>"),
        "{points}"
    );
    assert!(after.contains("The text."));
    // One alone stands for a list of one; without any there is no box.
    let page = complete("key_points: Only.\n", "").build().good().page("/stories/a/");
    assert!(page.contains("<li>Only.</li>"));
    assert!(!complete("", "").build().good().page("/stories/a/").contains("key-points"));
}

#[test]
fn key_points_are_read_by_the_checks() {
    let front = "events: [judo/open]\nkey_points: [Bo Chen won gold in judo.]\n";
    let run = complete(front, "Text.").check();
    assert_eq!(run.reports(), ["R001 content/stories/a.md:7:26"], "{}", run.stderr);
}

#[test]
fn facts_and_points_of_time_are_lists_of_markdown() {
    let body = "<Facts title=\"In short\">\n\n- One\n- Two\n\n</Facts>\n\n<Timeline>\n\n- **14:05** Begun\n\n</Timeline>";
    let page = complete("", body).build().good().page("/stories/a/");
    assert!(page.contains("<p class=\"facts-title\">In short</p>\n<ul>\n<li>One</li>"), "{page}");
    assert!(page.contains("<section class=\"timeline\" aria-label=\"How it went\">"), "{page}");
    assert!(page.contains("<strong>14:05</strong> Begun"), "{page}");
}

#[test]
fn of_another_host_nothing_is_asked_before_a_reader_wants_it() {
    let body = "<YouTube id=\"jNQXAC9IVRw\" title=\"The final\" />\n\n<Post url=\"https://x.com/desk/status/1\" by=\"Desk\">\n\nWhat a *final*.\n\n</Post>";
    let page = complete("", body).build().good().page("/stories/a/");
    for expected in [
        "data-frame=\"https://www.youtube-nocookie.com/embed/jNQXAC9IVRw?autoplay=1\" data-title=\"The final\"",
        "<a href=\"https://www.youtube.com/watch?v=jNQXAC9IVRw\" rel=\"external noopener\">See it on YouTube</a>",
        "<blockquote cite=\"https://x.com/desk/status/1\">",
        "What a <em>final</em>.",
        "<a href=\"https://x.com/desk/status/1\" rel=\"external noopener\">See it on X</a>",
        "/assets/embed.",
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
    // X has no frame without a script of its own.
    assert_eq!(page.matches("data-frame=").count(), 1);
    assert!(!page.contains("<iframe") && !page.contains("src=\"https://"), "{page}");
    let plain = complete("", "Text.").build().good().page("/stories/a/");
    assert!(!plain.contains("/assets/embed."));
}

#[test]
fn a_house_says_of_which_hosts_something_may_stand_in_its_texts() {
    let post = "<Post url=\"https://social.example/@desk/12\" by=\"Desk\">\n\nWords.\n\n</Post>";
    let run = complete("", post).build().bad();
    assert_eq!(run.reports(), ["B020 content/stories/a.md:7:7"]);
    assert!(run.stderr.contains("name \"social.example\" and all others"), "{}", run.stderr);
    let own = complete("", post)
        .file("site.toml", &format!("{SITE}[embeds]\nallow = [\"social.example\"]\n"));
    let page = own.build().good().page("/stories/a/");
    assert!(page.contains("data-frame=\"https://social.example/@desk/12/embed\""), "{page}");
    for (body, says) in [
        ("<YouTube id=\"https://youtu.be/x\" title=\"t\" />", "behind v="),
        ("<YouTube id=\"jNQXAC9IVRw\" title=\"\" />", "`title` of `YouTube` is empty"),
        ("<YouTube id title=\"t\" />", "`id` of `YouTube` is empty"),
        ("<Post url=\"https://youtu.be/x\" by=\"Desk\">\n\nWords.\n\n</Post>", "<YouTube"),
        (
            "<Post url=\"https://vimeo.com/x\" by=\"Desk\">\n\nWords.\n\n</Post>",
            "not the address of a post",
        ),
        (
            "<Post url=\"x.com/desk\" by=\"Desk\">\n\nWords.\n\n</Post>",
            "address of the post as browsers show it",
        ),
        (
            "<Post url=\"https://www.youtube.com/watch?v=x\" by=\"Desk\">\n\nWords.\n\n</Post>",
            "<YouTube",
        ),
    ] {
        let run = complete("", body).build().bad();
        assert!(
            run.stderr.contains("error[B006]") && run.stderr.contains(says),
            "{body}: {}",
            run.stderr
        );
    }
}

#[test]
fn the_hosts_that_are_allowed_are_names_of_hosts() {
    for host in ["https://x.com/", "*.example", "", "x.com/", "desk@x.com", "localhost"] {
        let text = format!("{SITE}[embeds]\nallow = [\"{host}\"]\n");
        let run = Site::new().file("site.toml", &text).build().bad();
        assert_eq!(run.reports(), ["C004 site.toml:6:10"], "{host}");
    }
}

#[test]
fn a_number_and_its_unit_stand_on_one_line() {
    let site = Site::new().file(
        "content/stories/a.md",
        "---\ntitle: The 100 m\nstandfirst: Of 10 km\ndate: 2024-08-01\nauthors: [Desk]\n---\nIn the 100 m, and `100 m`.\n",
    );
    let run = site.build().good();
    let page = run.page("/stories/a/");
    assert!(page.contains("<h1>The 100\u{a0}m</h1>") && page.contains("Of 10\u{a0}km"), "{page}");
    assert!(page.contains("In the 100\u{a0}m, and <code>100 m</code>."), "{page}");
    // Programs get the text as it was written.
    assert!(page.contains("\"headline\":\"The 100 m\""), "{page}");
}

#[test]
fn three_stories_follow_by_what_they_share_and_by_whom() {
    let mut site = Site::small();
    for i in 0..6 {
        site = site.story(&format!("other-{i}"), "authors: [Someone]\n", "Text.");
    }
    let front = "authors: [Ann Writer]\n";
    let site = site.story("a", front, "Text.").file(
        "content/stories/b.md",
        &format!("---\ntitle: By her too\ndate: 2024-07-01\n{front}---\nText.\n"),
    );
    let page = site.build().good().page("/stories/a/");
    let (_, next) = page.split_once("<section class=\"next-reads\">").unwrap();
    let first = next.split("<h3 class=\"card-title\">").nth(1).unwrap();
    assert!(first.starts_with("<a href=\"/stories/b/\">By her too</a>"), "{next}");
    assert_eq!(next.matches("class=\"card-title\"").count(), 3);
}

#[test]
fn a_correction_stands_by_itself_behind_what_else_there_is_to_read() {
    let front = "related: [first]\ncorrections: [{date: 2024-08-02, text: It was wrong.}]\n";
    let page = Site::small()
        .story("a", front, "Text.\n\n<Read story=\"first\" />")
        .build()
        .good()
        .page("/stories/a/");
    let reads = page.find("class=\"reads\"").unwrap();
    let correction = page.find("class=\"corrections\"").unwrap();
    assert!(reads < correction);
    assert!(!page[correction..].contains("class=\"read\""), "{page}");
}
