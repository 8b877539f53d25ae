//! What ARCHITECTURE.md claims of the code, compared with the code.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rows of the table in ARCHITECTURE.md whose first column is called so.
fn table(heading: &str) -> Vec<Vec<String>> {
    let page = include_str!("../ARCHITECTURE.md");
    let mut lines = page.lines().skip_while(|line| !line.starts_with(&format!("| {heading} |")));
    assert!(lines.next().is_some(), "ARCHITECTURE.md has no table of `{heading}`");
    let rows = lines.skip(1).take_while(|line| line.starts_with('|'));
    let cells = |row: &str| {
        let cells = row.trim_matches('|').split('|');
        cells.map(|cell| cell.trim().replace('`', "")).collect()
    };
    rows.map(cells).collect()
}

/// The names in a cell.
fn names(cell: &str) -> Vec<&str> {
    cell.split(", ").filter(|name| !name.is_empty() && *name != "-").collect()
}

fn source_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() > 100, "src/ was not found");
    found
}

/// A file's path from src/, and its code without comments and unit tests.
fn code(file: &Path) -> (String, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let path = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    let text = std::fs::read_to_string(file).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    (path, text.lines().filter(is_code).collect::<Vec<_>>().join("\n"))
}

/// The module of src/ that a file belongs to.
fn module(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The words behind each `crate::` of a text; of `crate::{a, b::c}` all first ones.
fn imports(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let word = |text: &str| -> String {
        text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    for after in text.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(list) => {
                let list = list.split(';').next().unwrap_or_default();
                let parts = list.trim_end_matches('}').split(',');
                found.extend(parts.map(|part| word(part.trim())).filter(|name| !name.is_empty()));
            }
            None => drop(found.insert(word(after))),
        }
    }
    found
}

/// For each module what it imports, and a file that does.
fn all_imports() -> BTreeMap<String, BTreeMap<String, String>> {
    let mut all: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for file in source_files() {
        let (path, text) = code(&file);
        if path.ends_with("/tests.rs") || ["main.rs", "lib.rs"].contains(&path.as_str()) {
            continue;
        }
        let own = module(&path).to_owned();
        for name in imports(&text).into_iter().filter(|name| *name != own) {
            all.entry(own.clone()).or_default().entry(name).or_insert(path.clone());
        }
        all.entry(own).or_default();
    }
    all
}

#[test]
fn each_module_imports_only_those_above_it_in_the_list() {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let imports = all_imports();
    let mut listed = Vec::new();
    let mut wrong = Vec::new();
    for row in table("module") {
        for name in names(&row[0]) {
            let name = name.trim_end_matches(['/', '.']).trim_end_matches(".rs").to_owned();
            for (imported, file) in imports.get(&name).into_iter().flatten() {
                if !known.contains(imported) {
                    wrong.push(format!("{file} imports {imported}, which is not above {name}"));
                }
            }
            listed.push(name);
        }
        known = listed.iter().cloned().collect();
    }
    assert_eq!(wrong, Vec::<String>::new());
    let missing: Vec<&String> = imports.keys().filter(|name| !listed.contains(name)).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md does not list {missing:?}");
    let gone: Vec<&String> = listed.iter().filter(|name| !imports.contains_key(*name)).collect();
    assert!(gone.is_empty(), "ARCHITECTURE.md lists what is not there: {gone:?}");
}

#[test]
fn a_crate_is_named_only_where_the_list_says() {
    let mut wrong = Vec::new();
    let rows = table("crate");
    assert!(rows.len() > 5);
    for row in rows {
        let (krate, allowed) = (row[0].replace('-', "_"), names(&row[1]));
        let mut is_used = false;
        for file in source_files() {
            let (path, text) = code(&file);
            let is_named = text.match_indices(&krate).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                let after = &text[at + krate.len()..];
                before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
                    && (after.starts_with("::") || after.starts_with(';'))
            });
            is_used |= is_named;
            if is_named
                && !allowed.iter().any(|part| path.starts_with(part.trim_start_matches("src/")))
            {
                wrong.push(format!("{path} names {krate}, which only {} may", row[1]));
            }
        }
        assert!(is_used, "nothing names {krate}: the list is out of date");
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_file_that_the_page_names_is_there() {
    let page = include_str!("../ARCHITECTURE.md");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files: Vec<PathBuf> = source_files();
    let is_there = |name: &str| {
        root.join(name).exists()
            || root.join("src").join(name).exists()
            || files.iter().any(|file| file.ends_with(name))
    };
    let quoted = page.split('`').skip(1).step_by(2);
    let named = quoted.filter(|name| name.ends_with(".rs"));
    let missing: Vec<&str> = named.filter(|name| !is_there(name)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
