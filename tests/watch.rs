//! The preview, used as a reporter's browser and editor use it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]
#![cfg(unix)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

use common::preview::Preview;
use common::{Site, tree};

fn story(title: &str, front: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2024-08-01\n{front}---\n{body}\n")
}

fn write(site: &Site, path: &str, text: impl AsRef<[u8]>) {
    let path = site.root().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn append(site: &Site, path: &str, text: &str) {
    let before = fs::read_to_string(site.root().join(path)).unwrap();
    write(site, path, before + text);
}

fn rename(site: &Site, from: &str, to: &str) {
    let to = site.root().join(to);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::rename(site.root().join(from), to).unwrap();
}

/// Lines of the terminal that tell of a change or a start.
fn blocks(preview: &Preview) -> Vec<String> {
    let is_time =
        |line: &&str| line.len() > 9 && line.as_bytes()[2] == b':' && line.as_bytes()[5] == b':';
    preview.said().lines().filter(is_time).map(|line| line[9..].to_owned()).collect()
}

// ---- What is followed

#[test]
fn everything_is_followed_without_a_restart() {
    let site = Site::small();
    let preview = Preview::of(&site, &[]);
    preview.until_has("/stories/first/", "Text.");

    append(&site, "content/stories/first.md", "More words.");
    preview.until_has("/stories/first/", "More words.");
    write(&site, "content/stories/second.md", story("Second", "", "Words."));
    preview.until_has("/", "Second");
    rename(&site, "content/stories/second.md", "content/stories/third.md");
    preview.until_has("/stories/third/", "Second");
    assert_eq!(preview.get("/stories/second/").status, 404);
    // A folder that comes from elsewhere, one that changes its name, one that goes.
    write(&site, "aside/2024/final/index.md", story("Final", "", "![A picture](dot.svg)"));
    write(
        &site,
        "aside/2024/final/dot.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"3\" height=\"4\"/>",
    );
    rename(&site, "aside/2024", "content/stories/2024");
    preview.until_has("/stories/final/", "height=\"4\"");
    assert_eq!(preview.get("/stories/2024/final/dot.svg").header("content-type"), "image/svg+xml");
    rename(&site, "content/stories/2024", "content/stories/2025");
    preview.until_has("/stories/final/", "/stories/2025/final/dot.svg");
    // A file in a folder that is new to the watcher.
    write(
        &site,
        "content/stories/2025/final/dot.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"5\" height=\"6\"/>",
    );
    preview.until_has("/stories/final/", "height=\"6\"");
    fs::remove_dir_all(site.root().join("content/stories/2025")).unwrap();
    preview
        .until("the folder is gone", |it| (it.get("/stories/final/").status == 404).then_some(()));

    write(&site, "content/nations/kor.md", "---\nname: South Korea\n---\n");
    preview.until_has("/medals/", "South Korea");
    write(&site, "content/data/table.csv", "a,b\n");
    preview.until_has("/data/table.csv", "a,b");
    let title = "title = \"Another name\"\nbase_url = \"https://games.example/\"\n";
    write(&site, "site.toml", title);
    preview.until_has("/", "Another name");
    // The first theme of its own.
    write(&site, "themes/mine/theme.toml", "extends = \"podium\"\n");
    write(&site, "themes/mine/templates/footer.html", "<footer>Ours</footer>");
    write(&site, "site.toml", format!("{title}theme = \"mine\"\n"));
    preview.until_has("/", "<footer>Ours</footer>");
    write(&site, "themes/mine/templates/footer.html", "<footer>Ours again</footer>");
    preview.until_has("/", "<footer>Ours again</footer>");
    write(
        &site,
        "themes/mine/assets/style.css",
        "@import \"parent:style.css\";\nb { color: red }\n",
    );
    let sheet = preview.until("the new style sheet is linked", |it| {
        let home = it.get("/").text();
        let url = home.split("href=\"/assets/style.").nth(1)?.split('"').next()?.to_owned();
        let sheet = it.get(&format!("/assets/style.{url}"));
        sheet.text().contains("color: red").then_some(sheet)
    });
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
    // content/ as a whole, as when a branch is switched.
    rename(&site, "content", "aside/content");
    preview.until("the stories are gone", |it| {
        (it.get("/stories/first/").status == 404).then_some(())
    });
    rename(&site, "aside/content", "content");
    preview.until_has("/stories/first/", "More words.");
    append(&site, "content/stories/first.md", "After the move.");
    preview.until_has("/stories/first/", "After the move.");
}

#[test]
fn what_editors_do_when_they_save_is_one_change_of_one_file() {
    let site = Site::small();
    let preview = Preview::of(&site, &[]);
    preview.until_said("nothing is wrong");
    let path = "content/stories/first.md";
    // As vim does: a probe, a backup, a new file.
    write(&site, "content/stories/4913", "");
    fs::remove_file(site.root().join("content/stories/4913")).unwrap();
    write(&site, "content/stories/.first.md.swp", "x");
    rename(&site, path, "content/stories/first.md~");
    write(&site, path, story("first", "", "Saved by vim."));
    fs::remove_file(site.root().join("content/stories/first.md~")).unwrap();
    preview.until_has("/stories/first/", "Saved by vim.");
    // As others do: another file, renamed.
    write(&site, "content/stories/first.md.tmp.123", story("first", "", "Saved by renaming."));
    rename(&site, "content/stories/first.md.tmp.123", path);
    preview.until_has("/stories/first/", "Saved by renaming.");
    // Touched, but the same.
    fs::File::options()
        .append(true)
        .open(site.root().join(path))
        .unwrap()
        .set_modified(std::time::SystemTime::now())
        .unwrap();
    append(&site, path, "The end.");
    preview.until_has("/stories/first/", "The end.");
    preview.until_said("first.md");
    for block in &blocks(&preview)[1..] {
        assert!(block.starts_with("content/stories/first.md"), "{block}");
        assert!(block.ends_with(": nothing is wrong"), "{block}");
    }
    // As those do that open the file, and take their time to write: it is empty meanwhile.
    let mut file = fs::File::create(site.root().join(path)).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(60));
    file.write_all(story("first", "", "Written slowly.").as_bytes()).unwrap();
    drop(file);
    preview.until_has("/stories/first/", "Written slowly.");
    // As others do that wait for the disk.
    let temporary = site.root().join("content/stories/.goutputstream-AB12");
    let mut file = fs::File::create(&temporary).unwrap();
    file.write_all(story("first", "", "Saved slowly.").as_bytes()).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(60));
    drop(file);
    fs::rename(&temporary, site.root().join(path)).unwrap();
    preview.until_has("/stories/first/", "Saved slowly.");
}

#[test]
fn changes_are_found_where_no_events_arrive() {
    // A file that is written by another of its names tells nobody who watches its folder.
    let site = Site::small().file("elsewhere/x", "");
    let (here, there) =
        (site.root().join("content/stories/first.md"), site.root().join("elsewhere/first.md"));
    fs::hard_link(&here, &there).unwrap();
    let preview = Preview::of(&site, &[]);
    preview.until_said("nothing is wrong");
    fs::write(&there, story("first", "", "Written from elsewhere.")).unwrap();
    preview.until_has("/stories/first/", "Written from elsewhere.");
    preview.until_said("no event came when content/stories/first.md changed");
    fs::write(&there, story("first", "", "Once more.")).unwrap();
    preview.until_has("/stories/first/", "Once more.");
    assert_eq!(preview.said().matches("Looking at the files").count(), 1);
}

#[test]
fn steady_saves_are_no_sign_that_events_do_not_arrive() {
    let site = Site::small().file("pictures/a.svg", "<svg/>");
    // What lies elsewhere too is changed there.
    let link = site.root().join("content/linked.svg");
    write(&site, "themes/mine/theme.toml", "extends = \"podium\"\n");
    write(&site, "themes/mine/picture.svg", "<svg/>");
    std::os::unix::fs::symlink("../themes/mine/picture.svg", &link).unwrap();
    let preview = Preview::of(&site, &[]);
    preview.until_said("nothing is wrong");
    for i in 0..50 {
        write(&site, &format!("content/stories/s{i}.md"), story("S", "", "Words."));
        write(&site, "themes/mine/picture.svg", format!("<svg id=\"i{i}\"/>"));
        // As fast as somebody saves: some of it falls between two looks, some beside one.
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    preview.until_has("/stories/s49/", "Words.");
    preview.until_has("/linked.svg", "i49");
    assert!(!preview.said().contains("Looking at the files"), "{}", preview.said());
}

#[test]
fn polling_believes_no_clock() {
    let site = Site::small();
    let preview = Preview::of(&site, &["--poll"]);
    let path = site.root().join("content/stories/first.md");
    let tomorrow = std::time::SystemTime::now() + std::time::Duration::from_secs(86_400);
    for (i, word) in ["Some.", "More.", "Mute."].into_iter().enumerate() {
        fs::write(&path, story("first", "", word)).unwrap();
        let time = tomorrow + std::time::Duration::from_secs(i as u64);
        fs::File::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
        preview.until_has("/stories/first/", word);
    }
}

#[test]
fn polling_finds_every_kind_of_change() {
    let site = Site::small();
    let preview = Preview::of(&site, &["--poll"]);
    preview.until_said("--poll");
    append(&site, "content/stories/first.md", "One.");
    preview.until_has("/stories/first/", "One.");
    write(&site, "content/stories/b/index.md", story("B", "", "Two."));
    preview.until_has("/stories/b/", "Two.");
    rename(&site, "content/stories/b", "content/stories/c");
    preview.until_has("/stories/c/", "Two.");
    fs::remove_dir_all(site.root().join("content/stories/c")).unwrap();
    preview.until("it is gone", |it| (it.get("/stories/c/").status == 404).then_some(()));
    write(&site, "site.toml", "title = \"New\"\nbase_url = \"https://games.example/\"\n");
    preview.until_has("/", "<title>New</title>");
}

#[test]
fn a_burst_of_two_thousand_files_is_followed_to_its_end() {
    let site = Site::small();
    let preview = Preview::of(&site, &[]);
    preview.until_said("nothing is wrong");
    for i in 0..2_000 {
        write(
            &site,
            &format!("content/stories/s{i}.md"),
            story(&format!("Story {i}"), "", "Words."),
        );
    }
    preview.until_has("/stories/s1999/", "Story 1999");
    for i in (0..2_000).step_by(97) {
        preview.until_has(&format!("/stories/s{i}/"), "Words.");
    }
}

// ---- What is shown

#[test]
fn drafts_and_future_stories_are_shown_unless_they_are_hidden() {
    let site = Site::small().story("draft", "draft: true\n", "A draft.").story(
        "future",
        "publish_at: 2999-01-01\n",
        "To come.",
    );
    let preview = Preview::of(&site, &[]);
    preview.until_has("/stories/draft/", "A draft.");
    assert!(preview.get("/stories/future/").text().contains("To come."));
    let status: serde_json::Value =
        serde_json::from_slice(&preview.get("/.podium/page?path=%2Fstories%2Fdraft%2F").bytes)
            .unwrap();
    assert_eq!(
        (status["state"].as_str(), status["file"].as_str()),
        (Some("Draft"), Some("content/stories/draft.md"))
    );
    drop(preview);
    let preview = Preview::of(&site, &["--no-drafts"]);
    assert_eq!(preview.get("/stories/draft/").status, 404);
    assert_eq!(preview.get("/stories/future/").status, 404);
    assert_eq!(preview.get("/stories/first/").status, 200);
}

#[test]
fn the_terminal_says_each_mistake_once_and_when_it_is_mended() {
    let site = Site::small();
    let preview = Preview::of(&site, &[]);
    preview.until_said("nothing is wrong");
    write(
        &site,
        "content/stories/bad.md",
        story("Bad", "events: [judo/opne]\n", "[x](nowhere.md)"),
    );
    preview.until_said("2 errors");
    preview.until_said("error[B002]");
    append(&site, "content/stories/first.md", "Fine.");
    preview.until_said("still 2 errors, at content/stories/bad.md:4:10");
    write(
        &site,
        "content/stories/bad.md",
        story("Bad", "events: [judo/open]\n", "[x](nowhere.md)"),
    );
    preview.until_said("still 1 error, at content/stories/bad.md:6:5");
    write(&site, "content/stories/bad.md", story("Bad", "events: [judo/open]\n", "[x](first.md)"));
    preview.until_said("mended");
    let said = preview.said();
    assert_eq!(said.matches("error[G001]").count(), 1, "{said}");
    assert!(preview.problems().is_empty());
}

#[test]
fn the_last_good_page_stays_while_something_is_broken() {
    let site = Site::small().file("themes/podium/x", "").story("other", "", "Other words.");
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/podium");
    common::copy(&theme, &site.root().join("themes/podium"));
    let preview = Preview::of(&site, &[]);
    preview.until_has("/stories/first/", "Text.");
    let template = "themes/podium/templates/story.html";
    let good = fs::read_to_string(site.root().join(template)).unwrap();
    // Broken in three ways: it fails, it cannot be compiled, it is gone.
    for broken in [Some("{{ story.nothing.here }}"), Some("{% if %}"), None] {
        match broken {
            Some(text) => write(&site, template, text),
            None => fs::remove_file(site.root().join(template)).unwrap(),
        }
        preview.until("it is told", |it| (!it.problems().is_empty()).then_some(()));
        let page = preview.get("/stories/first/");
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Text."), "{broken:?}");
        // The rest follows its files.
        write(&site, "content/about.md", format!("---\ntitle: About\n---\nFor {broken:?}."));
        preview.until_has("/about/", "For ");
        write(&site, template, &good);
        preview.until("it is mended", |it| it.problems().is_empty().then_some(()));
    }
    // A story that cannot be read, and site.toml.
    write(&site, "content/stories/first.md", "no front matter");
    preview.until("it is told", |it| (!it.problems().is_empty()).then_some(()));
    assert!(preview.get("/stories/first/").text().contains("Text."));
    write(&site, "site.toml", "title = ");
    preview.until("both are told", |it| (it.problems().len() == 2).then_some(()));
    assert!(preview.get("/stories/first/").text().contains("Text."));
    fs::remove_file(site.root().join("content/stories/first.md")).unwrap();
    preview.until("what is deleted is gone", |it| {
        (it.get("/stories/first/").status == 404).then_some(())
    });
    write(&site, "site.toml", common::SITE);
    preview.until("all is well", |it| it.problems().is_empty().then_some(()));
}

#[test]
fn a_broken_sheet_of_results_takes_nothing_from_the_page_of_its_event() {
    let site = Site::small();
    let sheet = "content/events/judo/open.results.csv";
    write(&site, sheet, "phase,nation,athletes,rank,mark\nfinal,KOR,Ann Lee,1,9.70\n");
    let preview = Preview::of(&site, &[]);
    let event = "/sports/judo/open/";
    preview.until_has(event, "9.70");
    write(&site, sheet, "phase,nation,athletes,rank,mark\nfinal,KRO,Ann Lee,first,9.71\n");
    preview.until_said("I003");
    let page = preview.get(event).text();
    assert!(page.contains("9.70") && page.contains("Report."), "{page}");
    write(&site, sheet, "phase,nation,athletes,rank,mark\nfinal,KOR,Ann Lee,1,9.72\n");
    preview.until_has(event, "9.72");
    fs::remove_file(site.root().join(sheet)).unwrap();
    preview
        .until("the results are gone", |it| (!it.get(event).text().contains("9.72")).then_some(()));
    assert!(preview.get(event).text().contains("Report."));
}

#[test]
fn a_site_that_is_broken_from_the_start_says_so_and_comes_when_it_is_mended() {
    let site = Site::small().file("site.toml", "title = ").story("bad", "date: x\n", "");
    let preview = Preview::of(&site, &[]);
    let page = preview.get("/");
    assert_eq!(page.status, 500);
    assert!(page.text().contains("cannot be shown yet"));
    assert!(preview.problems().iter().any(|it| it.starts_with("error[C002]")));
    write(&site, "site.toml", common::SITE);
    preview.until("only the story is wrong", |it| (it.problems().len() == 1).then_some(()));
    assert_eq!(preview.get("/stories/first/").status, 200);
    assert_eq!(preview.get("/stories/bad/").status, 404);
    write(&site, "content/stories/bad.md", story("Bad", "", "Words."));
    preview.until_has("/stories/bad/", "Words.");
}

#[test]
fn a_file_is_judged_by_its_text_of_now() {
    let site = Site::small();
    let path = "content/stories/first.md";
    let preview = Preview::of(&site, &[]);
    preview.until_said("nothing is wrong");
    write(&site, path, story("first", "events: [no/such]\n", "[x](nowhere.md)"));
    preview.until("two errors", |it| (it.problems().len() == 2).then_some(()));
    // Both are mended, and something else is broken.
    write(&site, path, "---\ntitle: first\ndate: soon\n---\nText.\n");
    preview.until("one error", |it| {
        let problems = it.problems();
        (problems.len() == 1 && problems[0].starts_with("error[F012]")).then_some(())
    });
    write(&site, path, story("first", "", "Text."));
    preview.until("nothing is wrong", |it| it.problems().is_empty().then_some(()));
}

#[test]
fn what_cannot_be_taken_in_is_forgotten_when_it_is_gone() {
    let site = Site::small();
    let preview = Preview::of(&site, &[]);
    preview.until_said("nothing is wrong");
    let link = site.root().join("content/out");
    std::os::unix::fs::symlink("/etc/hostname", &link).unwrap();
    preview.until("it is told", |it| {
        it.problems().iter().any(|it| it.starts_with("error[D003]")).then_some(())
    });
    fs::remove_file(link).unwrap();
    preview.until("nothing is wrong", |it| it.problems().is_empty().then_some(()));
    preview.until_said("content/out, ");
}

#[test]
fn a_theme_that_is_mended_knows_the_site_of_now() {
    let site = Site::small()
        .file("themes/mine/theme.toml", "extends = \"podium\"\n")
        .file("themes/mine/templates/footer.html", "<footer>Ours</footer>");
    let settings = |base: &str| {
        format!("title = \"Test\"\nbase_url = \"https://games.example{base}\"\ntheme = \"mine\"\n")
    };
    write(&site, "site.toml", settings("/a/"));
    let preview = Preview::of(&site, &[]);
    preview.until_has("/a/", "href=\"/a/assets/style.");
    write(&site, "themes/mine/templates/footer.html", "{% if %}");
    preview.until("it is broken", |it| (!it.problems().is_empty()).then_some(()));
    write(&site, "site.toml", settings("/b/"));
    preview.until_has("/b/", "<title>Test</title>");
    write(&site, "themes/mine/templates/footer.html", "<footer>Ours</footer>");
    preview.until_has("/b/", "href=\"/b/assets/style.");
}

#[test]
fn a_page_that_is_broken_keeps_up_with_its_style() {
    let site = Site::small().file("themes/mine/theme.toml", "extends = \"podium\"\n");
    write(&site, "site.toml", format!("{}theme = \"mine\"\n", common::SITE));
    let preview = Preview::of(&site, &[]);
    preview.until_has("/stories/first/", "Text.");
    write(&site, "content/stories/first.md", story("first", "", "![x](nowhere.png)"));
    preview.until("it is broken", |it| (!it.problems().is_empty()).then_some(()));
    write(
        &site,
        "themes/mine/assets/style.css",
        "@import \"parent:style.css\";\nb { color: red }\n",
    );
    preview.until("the last good page has the new style", |it| {
        let page = it.get("/stories/first/").text();
        let sheet = page.split("href=\"/assets/style.").nth(1)?.split('"').next()?;
        let sheet = it.get(&format!("/assets/style.{sheet}"));
        (page.contains("Text.") && sheet.text().contains("color: red")).then_some(())
    });
}

// ---- The server

#[test]
fn files_are_served_as_a_host_serves_them() {
    let film: Vec<u8> = (0..300_000_u32).map(|i| (i % 251) as u8).collect();
    let site = Site::small()
        .bytes("content/films/race day.mp4", &film)
        .file("content/x.ics", "BEGIN:VCALENDAR\n");
    let preview = Preview::of(&site, &[]);
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/stories/first/index.html", "text/html; charset=utf-8"),
        ("/data/medals.json", "application/json"),
        ("/x.ics", "text/calendar; charset=utf-8"),
        ("/films/race%20day.mp4", "video/mp4"),
        ("/.podium/client.js", "text/javascript"),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        let head = preview.head(path);
        assert_eq!(head.status, 200);
        assert!(head.bytes.is_empty());
        for name in ["content-length", "content-type", "etag"] {
            assert_eq!(head.header(name), answer.header(name), "{name} of {path}");
        }
        assert_eq!(answer.header("content-length"), answer.bytes.len().to_string());
        let again = preview.ask(path, &[("if-none-match", answer.header("etag"))]);
        assert_eq!((again.status, again.bytes.len()), (304, 0), "{path}");
    }
    let path = "/films/race%20day.mp4";
    assert_eq!(preview.get(path).bytes, film);
    for (range, from, end) in [
        ("bytes=0-", 0, 300_000),
        ("bytes=100000-100009", 100_000, 100_010),
        ("bytes=-5", 299_995, 300_000),
    ] {
        let part = preview.ask(path, &[("range", range)]);
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(part.header("content-range"), format!("bytes {from}-{}/300000", end - 1));
        assert_eq!(part.bytes, film[from..end], "{range}");
    }
    // Parts are for GET alone.
    assert_eq!(preview.head(path).status, 200);
    let beyond = preview.ask(path, &[("range", "bytes=300000-")]);
    assert_eq!((beyond.status, beyond.header("content-range")), (416, "bytes */300000"));
    let other = preview.ask(path, &[("range", "bytes=0-9"), ("if-range", "\"another\"")]);
    assert_eq!((other.status, other.bytes.len()), (200, 300_000));
    // Without its slash a page leads to itself; what is not there is the site's own page.
    let short = preview.get("/stories/first?a=b");
    assert_eq!((short.status, short.header("location")), (302, "/stories/first/?a=b"));
    let missing = preview.get("/stories/nothing/");
    assert_eq!(missing.status, 404);
    assert_eq!(missing.published(), preview.get("/404.html").published());
    assert_eq!((preview.post("/").status, preview.post("/").header("allow")), (405, "GET, HEAD"));
}

/// A request as it is written, without what a client would mend in it.
fn raw(preview: &Preview, request: &str) -> String {
    let mut stream = TcpStream::connect(preview.origin.trim_start_matches("http://")).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn only_requests_for_the_preview_itself_are_answered() {
    let site = Site::small().file("secret.txt", "secret");
    let preview = Preview::of(&site, &[]);
    let own = preview.origin.trim_start_matches("http://").to_owned();
    let port = own.split(':').nth(1).unwrap();
    let get = |path: &str, host: &str| {
        raw(&preview, &format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    };
    for host in [own.clone(), format!("localhost:{port}")] {
        assert!(get("/", &host).starts_with("HTTP/1.1 200"), "{host}");
    }
    for host in [
        "evil.example",
        &format!("evil.example:{port}"),
        "127.0.0.1:1",
        "",
        "localhost.evil.example",
    ] {
        for path in ["/", "/.podium/page?path=/", "/.podium/events", "/stories/first/"] {
            let answer = get(path, host);
            assert!(answer.starts_with("HTTP/1.1 421"), "{host} {path}: {answer}");
            assert!(!answer.contains("Text."));
        }
    }
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/stories/..%2f..%2fsecret.txt",
        "/..\\secret.txt",
        "/x%00",
        "/stories/../../secret.txt",
    ] {
        let answer = get(path, &own);
        assert!(answer.starts_with("HTTP/1.1 400"), "{path}: {answer}");
    }
    for path in ["/secret.txt", "/site.toml", "/content/stories/first.md", "/stories/first.md"] {
        assert!(get(path, &own).starts_with("HTTP/1.1 404"), "{path}");
    }
}

#[test]
fn a_site_below_a_path_is_previewed_there() {
    let site = Site::small()
        .file("site.toml", "title = \"Test\"\nbase_url = \"https://games.example/paris/2024/\"\n");
    let preview = Preview::of(&site, &[]);
    preview.until_said("/paris/2024/ (");
    assert_eq!(preview.get("/").header("location"), "/paris/2024/");
    assert_eq!(preview.get("/paris/2024").header("location"), "/paris/2024/");
    assert!(preview.get("/paris/2024/stories/first/").text().contains("Text."));
    assert_eq!(
        preview.get("/paris/2024/stories/first").header("location"),
        "/paris/2024/stories/first/"
    );
    assert_eq!(preview.get("/stories/first/").status, 404);
    // When it is moved, that is said.
    write(
        &site,
        "site.toml",
        "title = \"Test\"\nbase_url = \"https://games.example/elsewhere/\"\n",
    );
    preview.until_said("/elsewhere/ (");
    write(
        &site,
        "site.toml",
        "title = \"Test\"\nbase_url = \"https://games.example/paris/2024/\"\n",
    );
    preview.until_has("/paris/2024/", "Test");
    let status = preview.get("/.podium/page?path=%2Fparis%2F2024%2Fstories%2Ffirst%2F").text();
    assert!(status.contains("content/stories/first.md"), "{status}");
    // A page asks for itself by its path: what it is told is about what was sent.
    for path in
        ["/paris/2024/", "/paris/2024/stories/first/", "/stories/first/", "/paris/2024/no/", "/no/"]
    {
        let page = preview.get(path).text();
        let print = page.split("data-print=\"").nth(1).unwrap().split('"').next().unwrap();
        let asked = preview.get(&format!("/.podium/page?path={}", path.replace('/', "%2F"))).text();
        assert!(asked.contains(&format!("\"print\":\"{print}\"")), "{path}: {print} {asked}");
    }
}

#[test]
fn a_port_that_is_taken_is_left_for_the_next_one() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let site = Site::small();
    let preview = Preview::start(&site, &["watch", "--port", &port.to_string()]);
    let used: u16 = preview.origin.rsplit(':').next().unwrap().parse().unwrap();
    assert!(used > port);
    assert!(preview.said().starts_with(&format!("Port {port} is taken: using {used}\n")));
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn a_host_that_is_not_of_this_machine_and_a_folder_without_a_site_are_told() {
    let site = Site::small();
    let run = site.podium(&["watch", "--host", "192.0.2.1", "--port", "0"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.starts_with("error: cannot listen on 192.0.2.1"), "{}", run.stderr);
    let run = site.podium(&["watch", "--root", "content"]).bad();
    assert!(run.stderr.starts_with("error[C001]"), "{}", run.stderr);
}

#[test]
fn listeners_are_told_at_once_and_after_each_change() {
    let site = Site::small();
    let preview = Preview::of(&site, &[]);
    preview.until_said("nothing is wrong");
    let own = preview.origin.trim_start_matches("http://").to_owned();
    let mut streams: Vec<TcpStream> = (0..30)
        .map(|_| {
            let mut stream = TcpStream::connect(&own).unwrap();
            write!(stream, "GET /.podium/events HTTP/1.1\r\nHost: {own}\r\n\r\n").unwrap();
            stream
        })
        .collect();
    let heard = |stream: &mut TcpStream, count: usize, all: &mut String| {
        let mut buffer = [0; 1024];
        while all.matches("data: \n\n").count() < count {
            let read = stream.read(&mut buffer).unwrap();
            assert!(read > 0, "the connection was closed after {all}");
            *all += std::str::from_utf8(&buffer[..read]).unwrap();
        }
    };
    let mut texts = vec![String::new(); streams.len()];
    for (stream, text) in streams.iter_mut().zip(&mut texts) {
        heard(stream, 1, text);
        assert!(
            text.contains("content-type: text/event-stream") && text.contains("retry: 500"),
            "{text}"
        );
    }
    append(&site, "content/stories/first.md", "More.");
    for (stream, text) in streams.iter_mut().zip(&mut texts) {
        heard(stream, 2, text);
    }
    assert!(preview.get("/stories/first/").text().contains("More."));
}

// ---- The end, and publishing

#[test]
fn a_signal_ends_it_and_leaves_nothing() {
    let site = Site::small();
    for signal in ["-INT", "-TERM", "-HUP"] {
        let preview = Preview::of(&site, &[]);
        // With a browser that listens.
        let own = preview.origin.trim_start_matches("http://").to_owned();
        let mut stream = TcpStream::connect(&own).unwrap();
        write!(stream, "GET /.podium/events HTTP/1.1\r\nHost: {own}\r\n\r\n").unwrap();
        let before = tree(site.root());
        assert_eq!(preview.end(signal), Some(0), "{signal}");
        assert_eq!(tree(site.root()).len(), before.len());
        assert!(TcpStream::connect(&own).is_err());
    }
    assert!(!site.public().exists());
}

#[test]
fn the_site_is_published_too_if_that_is_wanted() {
    let site = Site::small().story("draft", "draft: true\n", "A draft.");
    let preview = Preview::of(&site, &["--publish"]);
    let clean = |name: &str| {
        let run = site.podium(&["build", "--at", "2024-08-12T00:00:00Z", "--output", name]).good();
        drop(run);
        tree(&site.root().join(name))
    };
    let expected = clean("clean-1");
    preview.until("it is published as build does", |_| {
        (tree(&site.public()) == expected).then_some(())
    });
    assert!(expected.keys().all(|path| !path.contains("draft")));
    assert!(preview.get("/stories/draft/").text().contains("A draft."));
    // What publishing alone has to say is said once.
    write(&site, "content/stories/link.md", story("Link", "", "[a draft](draft.md)"));
    preview.until_said("warning[B010]");
    append(&site, "content/stories/link.md", "More words.");
    preview.until("it is published once more", |_| {
        let page =
            fs::read_to_string(site.public().join("stories/link/index.html")).unwrap_or_default();
        page.contains("More words.").then_some(())
    });
    assert_eq!(preview.said().matches("warning[B010]").count(), 1, "{}", preview.said());
    fs::remove_file(site.root().join("content/stories/link.md")).unwrap();
    preview.until("it is as before", |_| (tree(&site.public()) == expected).then_some(()));
    // An error keeps what is there; the draft may have one.
    write(&site, "content/stories/first.md", story("first", "", "[x](nowhere.md)"));
    preview.until_said("not published");
    assert_eq!(tree(&site.public()), expected);
    write(&site, "content/stories/draft.md", story("Draft", "draft: true\n", "[x](nowhere.md)"));
    write(&site, "content/stories/first.md", story("first", "", "Mended."));
    let expected = clean("clean-2");
    preview.until("it is published again", |_| (tree(&site.public()) == expected).then_some(()));
    assert!(
        !expected.values().any(|bytes| String::from_utf8_lossy(bytes).contains(".podium/client"))
    );
    assert_eq!(preview.end("-INT"), Some(0));
    let left: BTreeSet<String> = fs::read_dir(site.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(
        left.into_iter().collect::<Vec<_>>(),
        ["clean-1", "clean-2", "content", "public", "site.toml"]
    );
}

// ---- Long runs

/// Resident memory in KiB.
fn memory(preview: &Preview) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", preview.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn ten_thousand_saves_half_of_them_broken_leave_it_alive_and_small() {
    let site = Site::small();
    let mut preview = Preview::of(&site, &[]);
    let path = site.root().join("content/stories/first.md");
    let mut after_warming = 0;
    for i in 0..10_000 {
        let text = match i % 4 {
            0 => story("first", "", &format!("Save {i}.")),
            1 => format!("---\ntitle: [\ndate: {i}\n"),
            2 => story(&format!("Title {i}"), &format!("tags: [Tag {}]\n", i % 50), "Words."),
            _ => story("first", "events: [no/such]\n", "[x](nowhere.md) <Nothing/>"),
        };
        fs::write(&path, text).unwrap();
        if i % 20 == 0 {
            // What a browser asks meanwhile.
            assert_eq!(preview.get("/stories/first/").status, 200);
        }
        if i == 3_000 {
            after_warming = memory(&preview);
        }
    }
    fs::write(&path, story("first", "", "The last save.")).unwrap();
    preview.until_has("/stories/first/", "The last save.");
    preview.until("nothing is wrong in the end", |it| it.problems().is_empty().then_some(()));
    assert!(preview.is_alive());
    let grown = memory(&preview).saturating_sub(after_warming);
    assert!(grown < 16 * 1024, "memory grew by {grown} KiB from {after_warming} KiB");
    assert_eq!(preview.end("-INT"), Some(0));
}

#[test]
fn no_other_site_can_frame_the_preview_or_take_it_in() {
    let site = Site::small();
    let preview = Preview::of(&site, &[]);
    let answer = preview.get("/");
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    assert_eq!(answer.header("x-frame-options"), "SAMEORIGIN");
    assert_eq!(answer.header("content-security-policy"), "frame-ancestors 'self'");
    // Which of two hosts is meant, two programs may see otherwise.
    let own = preview.origin.trim_start_matches("http://").to_owned();
    let request =
        format!("GET / HTTP/1.1\r\nHost: {own}\r\nHost: {own}\r\nConnection: close\r\n\r\n");
    assert!(raw(&preview, &request).starts_with("HTTP/1.1 400"));
}

#[test]
fn downloads_that_nobody_reads_keep_nobody_waiting() {
    let site = Site::small().bytes("content/film.mp4", &vec![7; 8_000_000]);
    let preview = Preview::of(&site, &[]);
    let own = preview.origin.trim_start_matches("http://").to_owned();
    let request = format!("GET /film.mp4 HTTP/1.1\r\nHost: {own}\r\n\r\n");
    let unread: Vec<TcpStream> = (0..560)
        .map(|_| {
            let mut stream = TcpStream::connect(&own).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            stream
        })
        .collect();
    assert_eq!(preview.get("/").status, 200);
    drop(unread);
    assert_eq!(preview.get("/film.mp4").bytes.len(), 8_000_000);
}

#[cfg(unix)]
#[test]
fn a_file_that_becomes_a_link_leading_out_is_not_served() {
    let site = Site::small().file("content/notes.txt", "mine").file("secret.txt", "secret");
    let preview = Preview::of(&site, &[]);
    assert_eq!(preview.get("/notes.txt").text(), "mine");
    let path = site.root().join("content/notes.txt");
    let beside = site.root().join("content/beside.txt");
    std::os::unix::fs::symlink("../secret.txt", &beside).unwrap();
    fs::rename(&beside, &path).unwrap();
    // Before the preview has seen it, and after.
    for _ in 0..40 {
        assert!(!preview.get("/notes.txt").text().contains("secret"));
    }
}

#[test]
fn the_bar_says_of_a_live_blog_that_it_is_a_draft() {
    let blog =
        "---\ntitle: Final\ndate: 2024-08-11 19:00\ndraft: true\n---\n## 19:00 First\n\nA.\n";
    let site = Site::small().file("content/live/final.md", blog);
    let preview = Preview::of(&site, &[]);
    let status = preview.get("/.podium/page?path=%2Flive%2Ffinal%2F").text();
    assert!(status.contains("\"Draft\""), "{status}");
}

#[test]
fn the_preview_says_what_waits_and_for_when() {
    let site = Site::small().story("later", "publish_at: 2024-09-01 12:00\n", "Text.");
    let preview = Preview::of(&site, &[]);
    preview.until_said("1 story waits: content/stories/later.md until 2024-09-01 12:00 CEST");
    let status = preview.get("/.podium/page?path=%2Fstories%2Flater%2F").text();
    assert!(status.contains("Not before 2024-09-01 12:00"), "{status}");
}

#[test]
fn specimens_show_every_kind_of_page_in_the_sites_theme() {
    let site = Site::sample();
    let preview = Preview::start(&site, &["watch", "--port", "0", "--specimens"]);
    preview.until("all pages have been rendered", |preview| {
        preview.said().contains("pages").then_some(())
    });
    for (address, shows) in [
        ("/", "Specimen Games"),
        ("/stories/everything/", "Somebody on X"),
        ("/stories/draft/", "Draft"),
        ("/stories/right-to-left/", "lang=\"ar\""),
        ("/live/running/", "live-bar-running"),
        ("/live/upcoming/", "live-bar-upcoming"),
        ("/issues/second/", "An issue with a cover"),
        ("/issues/second/print/", "data-page-of"),
        ("/sports/athletics/cancelled/", "Cancelled"),
        ("/sports/athletics/provisional/", "Provisional"),
        ("/nations/nor/", "100"),
        ("/nations/xyz/", "nobody knows"),
        ("/schedule/2026-02-14/", "flag-live"),
        ("/venues/far-away/", "Papeete"),
    ] {
        let answer = preview.ask(address, &[]);
        assert_eq!(answer.status, 200, "{address}: {}", preview.said());
        assert!(answer.text().contains(shows), "{address} does not show {shows}");
    }
    let said = preview.said();
    assert!(!said.contains("error["), "{said}");
    // Nothing of it is in the site's own folder.
    assert!(!site.root().join("content/stories/everything.md").exists());
}
