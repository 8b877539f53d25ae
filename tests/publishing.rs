//! The output folder: all or nothing, the same bytes, nothing of others.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant, SystemTime};

use common::{SITE, Site, copy, podium, tree};

fn times(root: &Path) -> Vec<(String, SystemTime)> {
    let mut times = Vec::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let entry = entry.unwrap();
        let path = entry.path().to_string_lossy().into_owned();
        times.push((path, entry.metadata().unwrap().modified().unwrap()));
    }
    times
}

#[test]
fn the_sample_site_builds_without_a_warning() {
    let run = Site::sample().build().good();
    assert!(run.stderr.starts_with("Published "), "{}", run.stderr);
    assert!(run.stdout.is_empty());
}

#[test]
fn threads_folders_and_the_order_of_files_leave_no_trace() {
    let site = Site::sample();
    site.podium(&["build", "--at", "2024-08-12", "--jobs", "1"]).good();
    let one = tree(&site.public());

    let other = tempfile::tempdir().unwrap();
    let folder = other.path().join("a folder/with another name");
    // Files made in another order lie in another order in the directory.
    for name in ["themes", "content"] {
        copy(&site.root().join(name), &folder.join(name));
    }
    fs::copy(site.root().join("site.toml"), folder.join("site.toml")).unwrap();
    let mut command = podium();
    command.current_dir(other.path()).arg("--root").arg(&folder);
    let status =
        command.args(["build", "--at", "2024-08-12", "--jobs", "8", "-q"]).status().unwrap();
    assert!(status.success());
    let eight = tree(&folder.join("public"));
    assert!(one == eight, "two builds differ");

    let home = String::from_utf8_lossy(&one["index.html"]).into_owned();
    assert!(!home.contains(site.root().to_str().unwrap()));
}

#[test]
fn a_second_build_moves_no_time_stamp() {
    let site = Site::sample();
    site.build().good();
    let before = times(&site.public());
    let run = site.build().good();
    assert!(run.stderr.contains("(0 files changed, "), "{}", run.stderr);
    assert_eq!(times(&site.public()), before);
}

#[test]
fn a_change_moves_only_the_time_stamps_of_what_shows_it() {
    let site = Site::small();
    site.build().good();
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for entry in walkdir::WalkDir::new(site.public()) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            fs::File::options().write(true).open(entry.path()).unwrap().set_modified(old).unwrap();
        }
    }
    let site = site.story("first", "", "Another text.");
    site.build().good();
    let touched: Vec<String> = times(&site.public())
        .into_iter()
        .filter(|(path, time)| Path::new(path).is_file() && *time != old)
        .map(|(path, _)| path.rsplit("public/").next().unwrap().to_owned())
        .collect();
    let shown_in = ["feed.json", "feed.xml", "rss.xml", "stories/first/index.html"];
    assert_eq!(touched[0], ".podium-manifest");
    assert_eq!(touched[1..], shown_in);
}

#[test]
fn what_is_no_longer_on_the_site_is_removed() {
    let site = Site::small();
    assert!(site.build().good().has("/stories/first/"));
    let run = site.without("content/stories/first.md").build().good();
    assert!(!run.has("/stories/first/") && run.has("/sports/judo/open/"));
    assert!(run.stderr.contains("1 removed"), "{}", run.stderr);
}

#[test]
fn the_manifest_names_every_file() {
    let site = Site::sample();
    site.build().good();
    let manifest = fs::read_to_string(site.public().join(".podium-manifest")).unwrap();
    let mut named: Vec<String> =
        manifest.lines().skip(1).map(|line| line.split_once("  ").unwrap().1.to_owned()).collect();
    named.push(".podium-manifest".into());
    named.sort();
    assert_eq!(named, tree(&site.public()).into_keys().collect::<Vec<_>>());
}

/// Breaks a published site, and expects the old one to stay as it was.
#[track_caller]
fn stays_as_it_was(break_it: impl FnOnce(Site) -> Site) {
    let site = Site::small();
    site.build().good();
    let (before, stamps) = (tree(&site.public()), times(&site.public()));
    let site = break_it(site);
    let run = site.build();
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(tree(&site.public()) == before);
    assert_eq!(times(&site.public()), stamps);
    assert_eq!(leftovers(site.root()), Vec::<String>::new());
}

fn leftovers(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name());
    entries
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.contains("staging"))
        .collect()
}

#[test]
fn a_broken_template_leaves_the_old_site() {
    stays_as_it_was(|site| {
        site.file("site.toml", &format!("{SITE}theme = \"child\"\n"))
            .file("themes/child/theme.toml", "extends = \"podium\"")
            .file("themes/child/templates/medals.html", "{{ nothing.here }}")
            .story("second", "", "")
    });
}

#[test]
fn a_broken_story_leaves_the_old_site() {
    stays_as_it_was(|site| site.story("second", "", "<div>"));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_leaves_the_old_site() {
    stays_as_it_was(|site| {
        std::os::unix::fs::symlink("nowhere.png", site.root().join("content/gone.png")).unwrap();
        site
    });
    // Root may read everything; for others this is the common case.
    stays_as_it_was(|site| {
        use std::os::unix::fs::PermissionsExt;
        let site = site.file("content/secret.md", "no front matter, for root");
        let path = site.root().join("content/secret.md");
        fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
        site
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_site() {
    let site = Site::small();
    // A disk of 1 MiB of our own where the system lets us have one; else a limit on file sizes,
    // which fails in the same calls.
    let script = r#"
set -e
cd "$1"
mkdir disk
if [ "$3" = apart ] && mount -t tmpfs -o size=1m tmpfs disk 2>/dev/null; then echo mounted; fi
"$2" build --at 2024-08-12 --output disk/public
cp -a disk/public before
head -c 3000000 /dev/urandom > content/film.mp4
trap '' XFSZ
status=0
if mountpoint -q disk; then "$2" build --at 2024-08-12 --output disk/public || status=$?
else (ulimit -f 1000; "$2" build --at 2024-08-12 --output disk/public) || status=$?; fi
echo "status $status"
diff -r before disk/public
ls -A disk
"#;
    let run = |with: &[&str]| {
        let _ = fs::remove_dir(site.root().join("disk"));
        std::process::Command::new(with[0])
            .args(&with[1..])
            .args(["sh", "-c", script, "sh"])
            .arg(site.root())
            .arg(env!("CARGO_BIN_EXE_podium"))
            // A mount that everybody sees would outlive the test.
            .arg(if with[0] == "unshare" { "apart" } else { "shared" })
            .output()
    };
    // As root, as a user that may have mounts of its own, or with no right to any.
    let namespaces = [["unshare", "-m"].as_slice(), &["unshare", "-Urm"]];
    let is_let = |with: &&&[&str]| {
        let mut command = std::process::Command::new(with[0]);
        command.args(&with[1..]).arg("true").output().is_ok_and(|it| it.status.success())
    };
    let with = namespaces.iter().find(is_let).copied().unwrap_or(&["env"]);
    let output = run(with).unwrap();
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}{err}");
    assert!(out.contains("status 1\npublic\n"), "{out}{err}");
    assert_eq!(err.matches("error[P002]").count(), 1, "{err}");
}

#[cfg(unix)]
#[test]
fn killed_at_any_moment_the_old_site_or_the_new_one_is_there() {
    let site = |text: &str| {
        let mut site = Site::new();
        for i in 0..60 {
            site = site.story(&format!("s{i}"), "tags: [a]\n", &format!("{text} {i}"));
        }
        site
    };
    let (old, new) = (site("old"), site("new"));
    old.build().good();
    new.build().good();
    let (old_tree, new_tree) = (tree(&old.public()), tree(&new.public()));
    assert!(old_tree != new_tree);

    let victim = site("old");
    let begun = Instant::now();
    victim.build().good();
    // Only to spread the kills over the whole of a build, however fast the machine is.
    let whole = begun.elapsed();
    const ROUNDS: u32 = 100;
    for round in 0..ROUNDS {
        let text = if round % 2 == 0 { &new } else { &old };
        for i in 0..60 {
            let story = format!("content/stories/s{i}.md");
            fs::copy(text.root().join(&story), victim.root().join(&story)).unwrap();
        }
        let mut child = podium()
            .current_dir(victim.root())
            .args(["build", "--at", "2024-08-12T00:00:00Z"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * round * 5 / 4 / ROUNDS);
        child.kill().unwrap();
        child.wait().unwrap();
        // On Linux there is a site at every moment.
        if cfg!(target_os = "linux") || victim.public().exists() {
            let now = tree(&victim.public());
            assert!(now == old_tree || now == new_tree, "round {round}: a mixed site");
        }
    }
    // What the last one left behind does not stand in the way.
    victim.build().good();
    assert_eq!(leftovers(victim.root()), Vec::<String>::new());
}

#[test]
fn files_of_others_in_the_output_folder_are_kept_and_named() {
    let site = Site::small();
    site.build().good();
    fs::write(site.public().join("notes.txt"), "games.example").unwrap();
    let site = site.story("second", "", "");
    let run = site.build();
    assert_eq!(
        (run.status, run.reports()),
        (0, vec!["P004 public/notes.txt".to_owned()]),
        "{}",
        run.stderr
    );
    assert_eq!(run.page("/notes.txt"), "games.example");

    fs::create_dir_all(site.public().join("stories/third")).unwrap();
    fs::write(site.public().join("stories/third/index.html"), "mine").unwrap();
    let run = site.story("third", "", "").build().bad();
    assert_eq!(run.reports(), ["P004 public/stories/third/index.html"]);
    assert_eq!(run.page("/stories/third/"), "mine");
}

#[test]
fn folders_that_are_not_podiums_are_refused_untouched() {
    let site = Site::small().file("mine/photo.jpg", "x").file("empty/x", "").without("empty/x");
    for folder in
        [".", "..", "content", "content/x", "themes/x", "themes", "mine", "site.toml", "/"]
    {
        let run = site.podium(&["build", "--output", folder]);
        assert_eq!(run.status, 1, "{folder}: {}", run.stderr);
        assert!(run.stderr.contains("error[P001]"), "{folder}: {}", run.stderr);
    }
    assert!(site.root().join("mine/photo.jpg").exists());
    assert!(site.root().join("content/stories/first.md").exists());
    site.podium(&["build", "--output", "empty"]).good();
    assert!(site.root().join("empty/index.html").exists());
}

#[test]
fn two_builds_at_one_time_do_not_undo_each_other() {
    let site = Site::sample();
    let spawn = || {
        podium()
            .current_dir(site.root())
            .args(["build", "--at", "2024-08-12"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let children: Vec<_> = (0..6).map(|_| spawn()).collect();
    let mut good = 0;
    for child in children {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        match output.status.code() {
            Some(0) => good += 1,
            // Only where one of them takes longer than the others want to wait.
            _ => assert!(said.contains("error[P003]"), "{said}"),
        }
    }
    assert!(good >= 1);
    let before = tree(&site.public());
    site.build().good();
    assert!(tree(&site.public()) == before);
}

#[cfg(unix)]
#[test]
fn an_output_folder_may_be_a_link_to_elsewhere() {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::create_dir(elsewhere.path().join("www")).unwrap();
    let site = Site::small();
    std::os::unix::fs::symlink(elsewhere.path().join("www"), site.public()).unwrap();
    site.build().good();
    site.story("second", "", "").build().good();
    assert!(elsewhere.path().join("www/stories/second/index.html").exists());
}

#[cfg(unix)]
#[test]
fn a_build_that_another_keeps_waiting_gives_up_with_a_reason() {
    let site = Site::small();
    let other = fs::File::open(site.root()).unwrap();
    other.lock().unwrap();
    let run = site.build().bad();
    assert_eq!(run.reports(), ["P003 public"]);
    drop(other);
    site.build().good();
}

#[test]
fn strict_builds_decide_before_they_publish() {
    let site = Site::small();
    site.build().good();
    fs::write(site.public().join("notes.txt"), "x").unwrap();
    let before = tree(&site.public());
    let site = site.story("second", "", "").argument("--strict");
    for _ in 0..2 {
        assert_eq!(site.build().bad().reports(), ["P004 public/notes.txt"]);
        assert!(tree(&site.public()) == before);
    }
}

#[test]
fn what_a_killed_build_left_behind_is_mended() {
    let site = Site::small();
    site.build().good();
    let before = tree(&site.public());
    // Killed between the two renames of a system that cannot exchange folders.
    fs::rename(site.public(), site.root().join(".public.podium-staging-old")).unwrap();
    let run = site.build().good();
    assert!(run.stderr.contains("(0 files changed, "), "{}", run.stderr);
    assert!(tree(&site.public()) == before);
    // Killed while it wrote, and while it removed the old tree.
    for name in [".public.podium-staging", ".public.podium-staging-old"] {
        copy(&site.public(), &site.root().join(name));
        site.build().good();
        assert_eq!(leftovers(site.root()), Vec::<String>::new());
    }
    // Not ours: left alone.
    fs::create_dir(site.root().join(".public.podium-staging")).unwrap();
    fs::write(site.root().join(".public.podium-staging/mine"), "x").unwrap();
    assert_eq!(site.build().bad().reports(), ["P001 .public.podium-staging"]);
}

#[test]
fn what_the_manifest_says_is_not_believed() {
    for line in ["../victim.txt", "content/../../victim.txt", "/etc/hostname", "a//b"] {
        let site = Site::small().file("victim.txt", "mine");
        site.build().good();
        let manifest = site.public().join(".podium-manifest");
        let text = fs::read_to_string(&manifest).unwrap();
        fs::write(&manifest, format!("{text}{:032x}  {line}\n", 0)).unwrap();
        let run = site.story("second", "", "").build().bad();
        assert_eq!(run.reports(), ["P001 public"], "{line}");
        assert!(run.stderr.contains("damaged"), "{}", run.stderr);
        assert!(site_file(&run, "victim.txt"), "{line}");
    }
}

fn site_file(run: &common::Run, name: &str) -> bool {
    run.public().parent().unwrap().join(name).is_file()
}

#[cfg(unix)]
#[test]
fn nothing_below_a_link_is_removed() {
    let site =
        Site::small().file("elsewhere/victim.txt", "mine").file("elsewhere/index.html", "mine");
    site.build().good();
    std::os::unix::fs::symlink("../elsewhere", site.public().join("album")).unwrap();
    let manifest = site.public().join(".podium-manifest");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, format!("{text}{0:032x}  album/victim.txt\n{0:032x}  album\n", 0))
        .unwrap();
    let site = site.story("second", "", "");
    let run = site.build();
    assert_eq!(run.reports(), ["P004 public/album"]);
    assert!(site.root().join("elsewhere/victim.txt").is_file());
    assert!(site.public().join("album").is_symlink());
    // A page where the link is would be written through it.
    let run = site.file("content/album/index.md", "---\ntitle: Album\n---\n").build().bad();
    assert_eq!(run.reports(), ["P004 public/album"]);
    assert_eq!(fs::read_to_string(run.public().join("../elsewhere/index.html")).unwrap(), "mine");
}

#[test]
fn what_hosts_keep_in_the_output_folder_is_nobodys_mistake() {
    let site = Site::small();
    site.build().good();
    for path in ["public/CNAME", "public/.nojekyll", "public/.git/HEAD", "public/.git/objects/x"] {
        let path = site.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }
    let run = site.story("second", "", "").build().good();
    for path in ["/CNAME", "/.nojekyll", "/.git/HEAD", "/.git/objects/x"] {
        assert!(run.has(path), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn empty_folders_of_others_and_the_rights_of_folders_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::small();
    site.build().good();
    fs::create_dir(site.public().join("upload")).unwrap();
    fs::set_permissions(site.public().join("medals"), fs::Permissions::from_mode(0o700)).unwrap();
    let site = site.story("second", "", "");
    site.build().good();
    assert!(site.public().join("upload").is_dir());
    let mode = |path: &str| fs::metadata(site.public().join(path)).unwrap().permissions().mode();
    assert_eq!(mode("medals") & 0o777, 0o700);
    assert_ne!(mode("stories") & 0o777, 0o700);
    // A folder of pages that are gone goes with them.
    let site = site.without("content/stories/second.md");
    site.build().good();
    assert!(!site.public().join("stories/second").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_is_named() {
    let site = Site::small().file("blocked", "a file, no folder");
    let run = site.podium(&["build", "--at", "2024-08-12", "--output", "blocked/public"]).bad();
    assert_eq!(run.reports(), ["P002 blocked/public"]);
    assert!(run.stderr.contains("could not be written to blocked/public/: "), "{}", run.stderr);
}

#[test]
fn what_programs_leave_behind_is_not_published() {
    let mut site = Site::small().file("content/data.csv", "a").file("content/model.glb", "a");
    let leftovers = [
        "x.md.orig",
        "x.md.bak",
        "x.tmp",
        "x.md.rej",
        "x.swp",
        "x.md~",
        "x.md ",
        "x.mdx",
        "___jb_tmp___",
        ".x.md.new",
        "x.psd",
    ];
    for name in leftovers {
        site = site.file(&format!("content/stories/{name}"), "the text of a draft");
    }
    let run = site.build();
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.has("/data.csv") && !run.has("/model.glb"));
    for (path, bytes) in tree(&run.public()) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("the text of a draft"), "{path}");
    }
    // One report for each kind that may have been meant.
    assert_eq!(run.stderr.matches("warning[D006]").count(), 10, "{}", run.stderr);
    let site = site.file("site.toml", &format!("{SITE}[files]\ncopy = [\"glb\"]\n"));
    assert!(site.build().has("/model.glb"));
}

#[test]
fn a_story_waits_for_its_time() {
    let story = |front: &str| format!("---\ntitle: a\n{front}\n---\n");
    let site = Site::small()
        .file("content/stories/a.md", &story("date: 2024-08-12 02:30"))
        .file("content/stories/b.md", &story("date: 2024-09-01"))
        .file("content/stories/c.md", &story("date: 2024-09-01\npublish_at: 2024-08-01"))
        .file("content/stories/d.md", &story("date: 2024-09-01\ndraft: true"))
        .file("content/live/e.md", &story("date: 2024-09-01"));
    let run = site.build().good();
    assert!(!run.has("/stories/a/") && !run.has("/stories/b/") && !run.has("/stories/d/"));
    assert!(run.has("/stories/c/") && run.has("/live/e/"));
    assert!(
        !run.page("/").contains("/stories/b/") && !run.page("/feed.xml").contains("/stories/b/")
    );
    let last = run.stderr.lines().last().unwrap();
    assert_eq!(
        last,
        "2 stories wait: content/stories/a.md until 2024-08-12 02:30 CEST, content/stories/b.md until 2024-09-01 00:00 CEST"
    );
    let later = site.podium(&["build", "--at", "2024-08-12 02:30"]).good();
    assert!(later.has("/stories/a/") && !later.has("/stories/b/"));
    assert!(later.stderr.contains("1 story waits: content/stories/b.md"), "{}", later.stderr);
    let drafts = site.podium(&["build", "--drafts", "--at", "2024-08-12"]).good();
    assert!(drafts.has("/stories/b/") && !drafts.stderr.contains("wait"), "{}", drafts.stderr);
}

/// A site with some medals, and a spreadsheet that changes all of them.
#[cfg(unix)]
fn site_to_import_into() -> (Site, String) {
    let mut site = Site::new();
    let mut sheet = "sport,event,medal,noc,athlete\n".to_owned();
    for i in 0..40 {
        let event = format!(
            "---\ntitle: Event {i}\nstatus: official\npodium:\n  gold: [{{nation: KOR, athletes: [Old {i}]}}]\n---\n"
        );
        site = site.file(&format!("content/events/judo/event-{i}.md"), &event);
        sheet += &format!("judo,Event {i},gold,CHN,New {i}\n");
    }
    (site, sheet)
}

#[cfg(unix)]
#[test]
fn an_import_that_is_killed_has_changed_all_files_or_none() {
    let (site, sheet) = site_to_import_into();
    let site = site.file("medals.csv", &sheet);
    let import = ["import", "medals", "medals.csv", "--official"];
    let old = tree(&site.root().join("content"));
    site.podium(&import).good();
    let new = tree(&site.root().join("content"));
    assert!(old != new);
    let mut seen = [0, 0];
    for after in 0..24u64 {
        let (site, sheet) = site_to_import_into();
        let site = site.file("medals.csv", &sheet);
        let mut child = podium()
            .current_dir(site.root())
            .args(import)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Only to spread the kills: whenever it comes, what is found must be whole.
        std::thread::sleep(Duration::from_micros(after * 2500));
        let _ = child.kill();
        child.wait().unwrap();
        // The next command finishes what was begun.
        site.podium(&["check", "--at", "2024-08-12"]);
        let now = tree(&site.root().join("content"));
        assert!(now == old || now == new, "after {after}: {:?}", now.keys());
        seen[usize::from(now == new)] += 1;
    }
    assert_eq!(seen[0] + seen[1], 24);
}

#[cfg(unix)]
#[test]
fn nobody_reads_while_somebody_else_writes() {
    let (site, sheet) = site_to_import_into();
    let site = site.file("medals.csv", &sheet);
    let folder = fs::File::open(site.root().join("content")).unwrap();
    folder.lock().unwrap();
    for command in [["import", "medals", "medals.csv"].as_slice(), &["build", "--at", "2024-08-12"]]
    {
        let run = site.podium(command).bad();
        assert_eq!(run.reports(), ["D007 content"]);
    }
    folder.unlock().unwrap();
    site.build().good();
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_leads_out() {
    let outside = tempfile::tempdir().unwrap();
    let site = Site::new()
        .file("medals.csv", "sport,event,medal,noc,athlete\njudo,Open,gold,KOR,Ann Lee\n");
    fs::create_dir_all(site.root().join("content")).unwrap();
    std::os::unix::fs::symlink(outside.path(), site.root().join("content/events")).unwrap();
    for command in [["import", "medals", "medals.csv"].as_slice(), &["new", "event", "judo/open"]] {
        let run = site.podium(command).bad();
        assert_eq!(run.reports()[0].split(' ').next(), Some("D003"), "{}", run.stderr);
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}

#[test]
fn a_file_with_the_longest_name_can_be_rewritten() {
    let name = format!("{}.md", "a".repeat(252));
    let site = Site::small().file(
        &format!("content/stories/{name}"),
        "---\ntitle: a\ndate: 2024-08-01\nevents: [judo/open]\nslug: a\n---\nAnn Lee, the silver medallist, smiled.\n",
    );
    let run = site.podium(&["check", "--fix", "--at", "2024-08-12"]);
    assert!(run.stderr.contains("Corrected 1 finding"), "{}", run.stderr);
    let text = fs::read_to_string(site.root().join("content/stories").join(name)).unwrap();
    assert!(text.contains("Ann Lee, the gold medallist"), "{text}");
}

#[test]
fn what_an_earlier_version_left_behind_is_swept() {
    let site = Site::small().file("content/stories/.first.md.new", "half");
    site.podium(&["new", "story", "Another"]).good();
    assert!(!site.root().join("content/stories/.first.md.new").exists());
}

/// Runs a command in a folder, and says how it ended.
fn run_in(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = podium().current_dir(folder).args(arguments).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_new_site_is_of_the_games_that_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let arguments = [
        "init",
        "milano",
        "--games",
        "Milano Cortina 2026",
        "--city",
        "Milan",
        "--start",
        "2026-02-06",
        "--end",
        "2026-02-22",
        "--time-zone",
        "Europe/Rome",
        "--empty",
    ];
    assert_eq!(run_in(dir.path(), &arguments).0, 0);
    let site = dir.path().join("milano");
    let toml = fs::read_to_string(site.join("site.toml")).unwrap();
    for line in [
        "name = \"Milano Cortina 2026\"",
        "city = \"Milan\"",
        "start = 2026-02-06",
        "end = 2026-02-22",
    ] {
        assert!(toml.contains(line), "{toml}");
    }
    assert!(toml.contains("time_zone = \"Europe/Rome\""), "{toml}");
    assert!(fs::read_to_string(site.join(".gitignore")).unwrap().contains("/public/"));
    assert!(!site.join("content/stories").exists() && site.join("content/about.md").exists());
    // The address is still to be filled in.
    let (status, said) = run_in(&site, &["build"]);
    assert!(status == 0 && said.contains("warning[C005]"), "{said}");
    let (status, said) = run_in(&site, &["build", "--base-url", "https://news.example/"]);
    assert!(status == 0 && !said.contains("warning"), "{said}");
    for wrong in [["--start", "6 February"], ["--time-zone", "Rome"]] {
        let (status, said) = run_in(dir.path(), &["init", "x", "--games", "x", wrong[0], wrong[1]]);
        assert!(status == 2 && said.contains(wrong[0]), "{said}");
        assert!(!dir.path().join("x").exists());
    }
}

#[test]
fn files_are_started_with_what_their_names_say() {
    let site = Site::small();
    let text = |path: &str| fs::read_to_string(site.root().join("content").join(path)).unwrap();
    site.podium(&["new", "event", "judo/mens-over-100-kg"]).good();
    assert!(
        text("events/judo/mens-over-100-kg.md").contains("title: \"Men's +100 kg\"\ngender: men\n")
    );
    site.podium(&["new", "athlete", "Ann Berg", "--nation", "Sweden"]).good();
    assert!(text("athletes/ann-berg.md").contains("nation: SWE\n"));
    let run = site.podium(&["new", "athlete", "Ann Berg", "--nation", "Sweeden"]);
    assert!(run.status == 2 && run.stderr.contains("did you mean `Sweden`?"), "{}", run.stderr);
    site.podium(&["new", "page", "Who we are"]).good();
    assert!(text("who-we-are.md").contains("title: \"Who we are\"\n"));
    site.podium(&["new", "author", "Jane Roe"]).good();
    site.podium(&["new", "venue", "Hall of Sport"]).good();
    assert!(
        text("authors/jane-roe.md").contains("Jane Roe")
            && text("venues/hall-of-sport.md").contains("city:")
    );
    site.build().good();
}

#[cfg(unix)]
#[test]
fn what_is_another_file_than_the_manifest_says_is_kept() {
    let site = Site::small();
    site.build().good();
    fs::write(site.public().join("mine.txt"), "mine").unwrap();
    let pipe = site.public().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let manifest = site.public().join(".podium-manifest");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, format!("{text}{0:032x}  mine.txt\n{0:032x}  pipe\n", 7)).unwrap();
    let site = site.story("second", "", "");
    site.build();
    assert_eq!(fs::read_to_string(site.public().join("mine.txt")).unwrap(), "mine");
    // A pipe where a page was is no page, and nobody waits for it.
    let page = site.public().join("medals/index.html");
    fs::remove_file(&page).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&page).status().unwrap().success());
    assert!(site.story("third", "", "").build().status >= 0);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_no_half_of_what_a_command_begins() {
    let site = Site::small();
    let before = tree(&site.root().join("content"));
    // A limit on the size of files fails in the same calls as a full disk.
    let limited = |arguments: &[&str]| {
        let script = "trap '' XFSZ; ulimit -f 0; exec \"$@\"";
        let mut command = std::process::Command::new("sh");
        command.current_dir(site.root()).args(["-c", script, "sh", env!("CARGO_BIN_EXE_podium")]);
        command.args(arguments).output().unwrap().status.code()
    };
    assert_eq!(limited(&["new", "story", "Another"]), Some(1));
    assert!(tree(&site.root().join("content")) == before);
    assert!(!site.root().join("content/stories/another.md").exists());
    assert_eq!(limited(&["init", "fresh"]), Some(1));
    assert!(!site.root().join("fresh").exists());
    fs::create_dir(site.root().join("empty")).unwrap();
    assert_eq!(limited(&["init", "empty"]), Some(1));
    assert_eq!(fs::read_dir(site.root().join("empty")).unwrap().count(), 0);
    site.podium(&["new", "story", "Another"]).good();
}
