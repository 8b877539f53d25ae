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
if mount -t tmpfs -o size=1m tmpfs disk 2>/dev/null; then echo mounted; fi
"$2" build --at 2024-08-12 --output disk/public
cp -a disk/public before
head -c 3000000 /dev/urandom > content/film.bin
trap '' XFSZ
status=0
if mountpoint -q disk; then "$2" build --at 2024-08-12 --output disk/public || status=$?
else (ulimit -f 1000; "$2" build --at 2024-08-12 --output disk/public) || status=$?; fi
echo "status $status"
diff -r before disk/public
ls -A disk
"#;
    let run = |unshare: &[&str]| {
        std::process::Command::new("unshare")
            .args(unshare)
            .args(["sh", "-c", script, "sh"])
            .arg(site.root())
            .arg(env!("CARGO_BIN_EXE_podium"))
            .output()
    };
    let as_root = run(&["-m"]).ok().filter(|output| !output.stdout.is_empty());
    let output = as_root.unwrap_or_else(|| {
        let _ = fs::remove_dir(site.root().join("disk"));
        run(&["-Urm"]).unwrap()
    });
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
    fs::write(site.public().join("CNAME"), "games.example").unwrap();
    let site = site.story("second", "", "");
    let run = site.build();
    assert_eq!(
        (run.status, run.reports()),
        (0, vec!["P004 public/CNAME".to_owned()]),
        "{}",
        run.stderr
    );
    assert_eq!(run.page("/CNAME"), "games.example");

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
    fs::write(site.public().join("CNAME"), "x").unwrap();
    let before = tree(&site.public());
    let site = site.story("second", "", "").argument("--strict");
    for _ in 0..2 {
        assert_eq!(site.build().bad().reports(), ["P004 public/CNAME"]);
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
