//! Tests of edits.

use super::*;

/// Enough on each run; many more were run once.
const CASES: u32 = 256;

const SAMPLE: &str = "\
title: Mixed doubles
sport: table-tennis                 # implied by the folder
code: TTEXDOUBLES
venue: South Paris Arena 4
# finals only, the rest is in the wire
sessions:
  - {name: Gold medal match, start: 2024-07-30T14:30:00+02:00, medal: true, status: finished} # hot
  # a note on its own line
  - {name: Bronze medal match, start: 2024-07-30T13:30:00+02:00, medal: true}
status: official
podium:
  gold:   [{nation: CHN, athletes: [Wang Chuqin, Sun Yingsha]}]   # first since 2021
  silver: [{nation: PRK, athletes: [Ri Jong Sik, Kim Kum Yong]}]
";

fn text(text: &str) -> Node {
    Node::Text(text.into())
}

fn list(items: &[Node]) -> Node {
    Node::List(items.to_vec())
}

fn texts(items: &[&str]) -> Node {
    Node::List(items.iter().map(|item| text(item)).collect())
}

fn map(entries: &[(&str, Node)]) -> Node {
    Node::Map(entries.iter().map(|(key, node)| ((*key).to_owned(), node.clone())).collect())
}

fn place(nation: &str, athletes: &[&str]) -> Node {
    map(&[("nation", text(nation)), ("athletes", texts(athletes))])
}

fn gold_match() -> Node {
    map(&[
        ("name", text("Gold medal match")),
        ("start", text("2024-07-30T14:30:00+02:00")),
        ("medal", Node::Bool(true)),
        ("status", text("finished")),
    ])
}

fn bronze_match() -> Node {
    map(&[
        ("name", text("Bronze medal match")),
        ("start", text("2024-07-30T13:30:00+02:00")),
        ("medal", Node::Bool(true)),
    ])
}

fn one(yaml: &str, key: &str, node: Node) -> String {
    set(yaml, &[(key, Some(node))]).unwrap()
}

/// The sample with one piece of it replaced.
fn but(old: &str, new: &str) -> String {
    assert_eq!(SAMPLE.matches(old).count(), 1, "{old}");
    SAMPLE.replace(old, new)
}

#[test]
fn what_is_so_already_stays_byte_for_byte() {
    let wanted = [
        ("code", Some(text("TTEXDOUBLES"))),
        ("sessions", Some(list(&[gold_match(), bronze_match()]))),
        (
            "podium",
            Some(map(&[
                ("silver", list(&[place("PRK", &["Ri Jong Sik", "Kim Kum Yong"])])),
                ("gold", list(&[place("CHN", &["Wang Chuqin", "Sun Yingsha"])])),
            ])),
        ),
        ("bronze", None),
    ];
    assert_eq!(set(SAMPLE, &wanted).unwrap(), SAMPLE);
    let quoted = "code: '671' # x\nb: \"671\"\nc: 671\nd:\n    671\n";
    for key in ["code", "b", "c", "d"] {
        assert_eq!(one(quoted, key, text("671")), quoted);
    }
}

#[test]
fn a_text_changes_alone_and_its_comment_stays() {
    let new = one(SAMPLE, "sport", text("judo"));
    assert_eq!(new, but("table-tennis  ", "judo  "));
}

#[test]
fn one_name_in_the_podium_changes_alone() {
    let podium = map(&[
        ("gold", list(&[place("CHN", &["Wang Chuqin", "O'Connor"])])),
        ("silver", list(&[place("NO", &["Ri Jong Sik", "Kim Kum Yong"])])),
    ]);
    let new = one(SAMPLE, "podium", podium);
    assert_eq!(new, but("Sun Yingsha", "O'Connor").replace("PRK", "\"NO\""));
}

#[test]
fn a_new_step_of_the_podium_is_aligned_with_the_others() {
    let podium = map(&[
        ("gold", list(&[place("CHN", &["Wang Chuqin", "Sun Yingsha"])])),
        ("silver", list(&[place("PRK", &["Ri Jong Sik", "Kim Kum Yong"])])),
        ("bronze", list(&[place("KOR", &["Lim Jonghoon", "Shin Yubin"])])),
    ]);
    let new = one(SAMPLE, "podium", podium.clone());
    let line = "  bronze: [{nation: KOR, athletes: [Lim Jonghoon, Shin Yubin]}]\n";
    assert_eq!(new, format!("{SAMPLE}{line}"));
    let Node::Map(mut steps) = podium else { unreachable!() };
    steps[2].0 = "4th".into();
    let new = one(SAMPLE, "podium", Node::Map(steps));
    assert!(new.ends_with("\n  4th:    [{nation: KOR, athletes: [Lim Jonghoon, Shin Yubin]}]\n"));
}

#[test]
fn a_new_step_is_in_lines_if_the_others_are() {
    let yaml = "podium:\n  gold:\n    - {nation: BRA, athletes: [A]} # x\nz: 1\n";
    let podium =
        map(&[("gold", list(&[place("BRA", &["A"])])), ("silver", list(&[place("USA", &["B"])]))]);
    assert_eq!(
        one(yaml, "podium", podium),
        "podium:\n  gold:\n    - {nation: BRA, athletes: [A]} # x\n  silver:\n    \
         - {nation: USA, athletes: [B]}\nz: 1\n"
    );
}

#[test]
fn a_comment_behind_a_removed_item_stays() {
    let new = one(SAMPLE, "sessions", list(&[bronze_match()]));
    let line = SAMPLE.lines().find(|line| line.ends_with("# hot")).unwrap();
    assert_eq!(new, but(line, "  # hot"));
}

#[test]
fn an_item_without_comment_leaves_no_line() {
    let new = one(SAMPLE, "sessions", list(&[gold_match()]));
    let line = SAMPLE.lines().find(|line| line.contains("Bronze")).unwrap();
    assert_eq!(new, but(&format!("{line}\n"), ""));
}

#[test]
fn items_come_between_before_and_behind_others() {
    let yaml = "a:\n- x # x\n# note\n- y\nb: [x, y] # b\n";
    let new = texts(&["0", "x", "1", "2", "y", "3"]);
    let new = set(yaml, &[("a", Some(new.clone())), ("b", Some(new))]).unwrap();
    assert_eq!(
        new,
        "a:\n- \"0\"\n- x # x\n- \"1\"\n- \"2\"\n# note\n- y\n- \"3\"\n\
         b: [\"0\", x, \"1\", \"2\", y, \"3\"] # b\n"
    );
}

#[test]
fn the_item_that_is_most_alike_is_changed() {
    let yaml = "s:\n  - {name: Heat, day: 1} # heat\n  - {name: Final, day: 2} # final\n";
    let new = one(yaml, "s", list(&[map(&[("name", text("Final")), ("day", text("3"))])]));
    assert_eq!(new, "s:\n  # heat\n  - {name: Final, day: 3} # final\n");
}

#[test]
fn a_list_over_several_lines_in_brackets_keeps_its_form() {
    let yaml = "a: [\n  x, # x\n  y # y\n]\n";
    assert_eq!(one(yaml, "a", texts(&["x", "y", "z"])), "a: [\n  x, # x\n  y, # y\n  z\n]\n");
    assert_eq!(one(yaml, "a", texts(&["x", "z", "y"])), "a: [\n  x, # x\n  z,\n  y # y\n]\n");
    assert_eq!(one(yaml, "a", texts(&["y"])), "a: [\n  # x\n  y # y\n]\n");
    assert_eq!(one(yaml, "a", texts(&["x"])), "a: [\n  x # x\n  # y\n]\n");
}

#[test]
fn an_empty_value_can_be_filled() {
    let yaml = "venue:   # not known\ncode:\nlist:\n  # none yet\nflow: {a: , b}\nend:";
    let wanted = [
        ("venue", Some(text("Arena"))),
        ("code", Some(text("X"))),
        ("list", Some(list(&[map(&[("name", text("Final"))])]))),
        ("flow", Some(map(&[("a", text("1 m")), ("b", Node::Bool(true))]))),
        ("end", Some(texts(&[]))),
    ];
    assert_eq!(
        set(yaml, &wanted).unwrap(),
        "venue: Arena   # not known\ncode: X\nlist:\n  - {name: Final}\n  # none yet\n\
         flow: {a: 1 m , b: true}\nend: []"
    );
}

#[test]
fn a_value_of_another_kind_keeps_the_comments() {
    let yaml = "a: # a\n  - x # x\n  # y\n  - y # z\nb: text # b\nc: 1\n";
    let wanted = [("a", Some(text("one"))), ("b", Some(list(&[map(&[("k", text("v"))])])))];
    assert_eq!(
        set(yaml, &wanted).unwrap(),
        "# a\n# x\n# y\n# z\na: one\nb: # b\n  - {k: v}\nc: 1\n"
    );
}

#[test]
fn a_folded_text_is_replaced_as_a_whole() {
    let yaml = "c:\n  - date: 2024-08-11\n    text: >- # why\n      one\n      # no comment\n    # c\n  - x\n";
    let wanted = list(&[map(&[("date", text("2024-08-11")), ("text", text("two: 2"))]), text("x")]);
    assert_eq!(
        one(yaml, "c", wanted),
        "c:\n  - date: 2024-08-11\n    # why\n    text: \"two: 2\"\n    # c\n  - x\n"
    );
}

#[test]
fn keys_inside_a_value_are_removed_with_their_comments_kept() {
    let yaml = "a:\n  - k: v # v\n    l: w\n    m: x # x\n  - {k: v, l: w, m: x} # y\n";
    let item = map(&[("l", text("w"))]);
    assert_eq!(
        one(yaml, "a", list(&[item.clone(), item])),
        "a:\n  - # v\n    l: w\n    # x\n  - {l: w} # y\n"
    );
}

#[test]
fn top_level_keys_come_and_go() {
    let wanted = [
        ("title", None),
        ("sport", None),
        ("venue", Some(text("A"))),
        ("status", Some(text("official"))),
        ("gender", Some(text("mixed"))),
    ];
    let new = but("venue: South Paris Arena 4", "venue: A")
        .replace("title: Mixed doubles\n", "")
        .replace("sport: table-tennis                 # imp", "# imp")
        .replace("official\n", "official\ngender: mixed\n");
    assert_eq!(set(SAMPLE, &wanted).unwrap(), new);
    assert_eq!(one("", "a", text("b")), "a: b\n");
    assert_eq!(one("# c\n\n", "a", text("b")), "# c\na: b\n\n");
    assert_eq!(one("x: 1 # c", "a", text("b")), "x: 1 # c\na: b");
    assert_eq!(set("x: 1 # c\n", &[("x", None)]).unwrap(), "# c\n");
    assert_eq!(one("{x: 1}\n", "a", text("b")), "{x: 1, a: b}\n");
    assert_eq!(one("{}", "a", text("b")), "{a: b}");
}

#[test]
fn line_ends_of_windows_are_kept() {
    let sample = SAMPLE.replace('\n', "\r\n");
    let wanted = |gold: &str| {
        [
            ("title", None),
            ("venue", Some(text(gold))),
            ("sessions", Some(list(&[bronze_match(), gold_match()]))),
            ("podium", Some(map(&[("gold", list(&[place(gold, &["X"]), place("B", &[])]))]))),
            ("changes", Some(list(&[map(&[("date", text("2024-08-01"))])]))),
        ]
    };
    let new = set(&sample, &wanted("A")).unwrap();
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    assert_eq!(new.replace("\r\n", "\n"), set(SAMPLE, &wanted("A")).unwrap());
}

#[test]
fn quotes_stay_as_they_are_and_numbers_bare() {
    let yaml = "a: 'x' # a\nb: \"x\"\nc: 671\nd: 'x'\n";
    let wanted = [
        ("a", Some(text("O'Connor"))),
        ("b", Some(text("y z"))),
        ("c", Some(text("672"))),
        ("d", Some(text("1\n2"))),
    ];
    assert_eq!(
        set(yaml, &wanted).unwrap(),
        "a: 'O''Connor' # a\nb: \"y z\"\nc: 672\nd: \"1\\n2\"\n"
    );
}

#[test]
fn texts_that_readers_take_for_something_else_are_in_quotes() {
    for bare in [
        "CHN",
        "O'Connor",
        "2024-07-30",
        "2024-07-30T14:30:00+02:00",
        "a:b",
        "a#b",
        "🥇 gold",
        "10 m",
        "é",
        "2-0",
        "https://example.org/x?y=1",
    ] {
        assert_eq!(scalar(bare, true), bare);
    }
    for odd in [
        "yes",
        "no",
        "NO",
        "on",
        "Off",
        "null",
        "~",
        "1:30",
        "0x1F",
        "1e3",
        "9.58",
        "1_000",
        "-3",
        ".5",
        ".inf",
        "- a",
        "a: b",
        "a #b",
        "[x",
        "\"q\"",
        "",
        " a",
        "a ",
        "a\nb",
        "a\tb",
        "#a",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "? a",
        "?a",
        ":a",
        "a:",
        "-",
        "---",
        "--- a",
        "...",
        "{",
        "}",
        "]x",
        "'q",
        "=",
        "<<",
        "\u{85}",
        "a\u{2028}b",
        "\\\n",
        "\u{feff}",
        "\0",
        "\u{7f}",
        "\r",
        "True",
        "n",
    ] {
        for in_flow in [false, true] {
            let written = scalar(odd, in_flow);
            let is_plain_in_block = matches!(odd, "]x" | "}");
            assert!(written.starts_with('"') || is_plain_in_block && !in_flow, "{odd:?}");
        }
        for yaml in ["a: x\n", "a: [x]\n", "a: {k: x}\n", "a:\n- x\n"] {
            for node in [text(odd), texts(&[odd, odd]), map(&[("k", text(odd)), (odd, text(odd))])]
            {
                let new = one(yaml, "a", node.clone());
                assert!(equal(Document::read(&new).unwrap().value("a").unwrap(), &node));
            }
        }
    }
}

#[test]
fn what_is_no_plain_front_matter_is_refused() {
    for yaml in [
        "a: &x 1\nb: *x\n",
        "a: &x 1\n",
        "a: &x [1]\n",
        "a: !!str 1\n",
        "--- \na: 1\n",
        "a: !t 1\n",
        "---\na: 1\n---\nb: 1\n",
        "a: [\n",
        "- a\n",
        "a\n",
        "? a\n: b\n",
        "a: 1\ra: 2\r",
        "a: 1\na: 2\n",
    ] {
        assert!(set(yaml, &[("c", Some(text("d")))]).is_err(), "{yaml}");
    }
    let deep = format!("a: {}", "[".repeat(50_000));
    assert!(set(&deep, &[("c", Some(text("d")))]).is_err());
    assert!(set(&"- ".repeat(50_000), &[("c", Some(text("d")))]).is_err());
}

#[test]
fn a_new_file_is_written_as_people_write_it() {
    let gold = list(&[place("CHN", &["Wang Chuqin", "Sun Yingsha"])]);
    let long: Vec<String> = (0..9).map(|i| format!("Athlete with long name {i}")).collect();
    let long: Vec<&str> = long.iter().map(String::as_str).collect();
    let entries = [
        ("title", text("Doubles: mixed")),
        ("sessions", list(&[gold_match(), place("USA", &long)])),
        ("podium", map(&[("gold", gold), ("silver", list(&[place("PRK", &long)]))])),
        ("image", map(&[("src", text("a.png")), ("alt", text("x, y"))])),
        ("tags", texts(&["a", "2024"])),
        ("none", texts(&[])),
    ];
    let names = |indent: &str| -> String {
        long.iter().map(|name| format!("{indent}- {name}\n")).collect()
    };
    assert_eq!(
        write(&entries),
        format!(
            "title: \"Doubles: mixed\"\nsessions:\n  - {{name: Gold medal match, start: \
             2024-07-30T14:30:00+02:00, medal: true, status: finished}}\n  - nation: USA\n    \
             athletes:\n{}podium:\n  gold: [{{nation: CHN, athletes: [Wang Chuqin, Sun \
             Yingsha]}}]\n  silver:\n    - nation: PRK\n      athletes:\n{}image: {{src: \
             a.png, alt: \"x, y\"}}\ntags: [a, \"2024\"]\nnone: []\n",
            names("      "),
            names("        "),
        )
    );
}

/// Writes values in any style, with comments wherever they may stand.
struct Scribe {
    seed: u64,
    comments: usize,
}

impl Scribe {
    fn dice(&mut self, sides: u64) -> u64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
        (self.seed >> 33) % sides
    }

    fn comment(&mut self) -> String {
        self.comments += 1;
        format!("#c{}; é, [{{: - '", self.comments)
    }

    fn behind(&mut self) -> String {
        match self.dice(3) {
            0 => format!("  {}\n", self.comment()),
            1 => " \n".into(),
            _ => "\n".into(),
        }
    }

    fn lines(&mut self, indent: usize) -> String {
        match self.dice(6) {
            0 => format!("{}{}\n", " ".repeat(indent), self.comment()),
            1 => format!("{}\n", self.comment()),
            2 => "\n".into(),
            _ => String::new(),
        }
    }

    fn space(&mut self, indent: usize, many: u64) -> String {
        match self.dice(many) {
            0 => format!(" {}\n{}", self.comment(), " ".repeat(indent)),
            1 => format!("\n{}", " ".repeat(indent)),
            2 => " ".into(),
            _ => String::new(),
        }
    }

    fn text(&mut self, text: &str, in_flow: bool) -> String {
        match self.dice(4) {
            0 if !text.contains(must_escape) => format!("'{}'", text.replace('\'', "''")),
            1 => quoted(text),
            _ => scalar(text, in_flow),
        }
    }

    fn flow(&mut self, node: &Node, indent: usize, many: u64) -> String {
        let (open, close, parts): (_, _, Vec<(Option<&String>, &Node)>) = match node {
            Node::Text(text) => return self.text(text, true),
            Node::Bool(bool) => return bool.to_string(),
            Node::List(items) => ("[", "]", items.iter().map(|n| (None, n)).collect()),
            Node::Map(entries) => ("{", "}", entries.iter().map(|(k, n)| (Some(k), n)).collect()),
        };
        let mut out = open.to_owned();
        for (i, (key, node)) in parts.iter().enumerate() {
            out += &self.space(indent, many);
            if let Some(key) = key {
                out += &self.text(key, true);
                out += ": ";
            }
            out += &self.flow(node, indent, many);
            out += &self.space(indent, many);
            if i + 1 < parts.len() || self.dice(4) == 0 {
                out += ", ";
            }
        }
        out + &self.space(indent, many) + close
    }

    /// What follows a colon or dash, with the line end.
    fn value(&mut self, node: &Node, indent: usize, dash: bool) -> String {
        let inner = indent + 1 + usize::try_from(self.dice(3)).unwrap();
        let is_empty = match node {
            Node::Text(text) => {
                let plain = scalar(text, false) == *text;
                return match self.dice(5) {
                    0 if plain => {
                        let head = format!(" |-{}", self.behind());
                        format!("{head}{}{text}\n", " ".repeat(inner))
                    }
                    1 if plain && text.contains(' ') => {
                        let folded = text.replacen(' ', &format!("\n{}", " ".repeat(inner)), 1);
                        format!(" {folded}{}", self.behind())
                    }
                    2 => {
                        let head = self.behind();
                        let text = self.text(text, false);
                        format!("{head}{}{text}{}", " ".repeat(inner), self.behind())
                    }
                    _ => format!("  {}{}", self.text(text, false), self.behind()),
                };
            }
            Node::Bool(bool) => return format!(" {bool}{}", self.behind()),
            Node::List(items) => items.is_empty(),
            Node::Map(entries) => entries.is_empty(),
        };
        if is_empty || self.dice(2) == 0 {
            let many = [4, 30, 3000][usize::try_from(self.dice(3)).unwrap()];
            return format!(" {}{}", self.flow(node, indent + 1, many), self.behind());
        }
        let compact = dash && self.dice(2) == 0;
        let inner = if compact { indent + 2 } else { inner };
        let mut out = if compact { " ".into() } else { self.behind() };
        let parts: Vec<(Option<&String>, &Node)> = match node {
            Node::List(items) => items.iter().map(|n| (None, n)).collect(),
            Node::Map(entries) => entries.iter().map(|(k, n)| (Some(k), n)).collect(),
            _ => Vec::new(),
        };
        for (i, (key, node)) in parts.into_iter().enumerate() {
            if i > 0 || !compact {
                out += &self.lines(inner);
                out += &" ".repeat(inner);
            }
            match key {
                Some(key) => out += &format!("{}:", self.text(key, false)),
                None => out += "-",
            }
            out += &self.value(node, inner, key.is_none());
        }
        out
    }

    fn document(&mut self, entries: &[(String, Node)]) -> String {
        let mut out = self.lines(0);
        for (key, node) in entries {
            out += &format!("{}:", self.text(key, false));
            out += &self.value(node, 0, false);
            out += &self.lines(0);
        }
        if self.dice(4) == 0 {
            out += &format!("empty:{}", self.behind());
        }
        if self.dice(4) == 0 {
            out.truncate(out.trim_end().len());
        }
        if self.dice(4) == 0 { out.replace('\n', "\r\n") } else { out }
    }

    /// A value that differs from another a little.
    fn other(&mut self, node: &Node, spare: &[Node]) -> Node {
        let any = spare[usize::try_from(self.dice(spare.len() as u64)).unwrap()].clone();
        match (self.dice(8), node) {
            (0, _) => any,
            (1, _) => node.clone(),
            (_, Node::List(items)) => {
                let mut new = Vec::new();
                for item in items {
                    match self.dice(8) {
                        0 => {}
                        1 => new.extend([any.clone(), item.clone()]),
                        2 => new.extend([item.clone(), any.clone()]),
                        3 => new.push(self.other(item, spare)),
                        _ => new.push(item.clone()),
                    }
                }
                Node::List(new)
            }
            (_, Node::Map(entries)) => {
                let mut new = Vec::new();
                for (key, node) in entries {
                    match self.dice(6) {
                        0 => {}
                        1 => new.push((key.clone(), self.other(node, spare))),
                        2 => new.insert(0, (format!("{key} 2"), any.clone())),
                        _ => new.push((key.clone(), node.clone())),
                    }
                }
                Node::Map(new)
            }
            _ => any,
        }
    }
}

use proptest::prelude::*;

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,6}( [a-z]{1,5}){0,3}",
        "[A-Z]{3}",
        "[0-9]{1,3}(:[0-9]{2})?",
        "[-a-z:\\[\\]{}&*\"'#| ,?!%@\n\té🥇~.0-9]{0,8}",
        Just("2024-07-30T14:30:00+02:00".to_owned()),
    ]
}

fn any_node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        4 => any_text().prop_map(Node::Text),
        1 => any::<bool>().prop_map(Node::Bool)
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Node::List),
            any_map(inner).prop_map(Node::Map),
        ]
    })
}

fn any_map(inner: impl Strategy<Value = Node>) -> impl Strategy<Value = Vec<(String, Node)>> {
    let key = prop_oneof![8 => "[a-e]", 1 => any_text()];
    proptest::collection::vec((key, inner), 0..5).prop_map(|entries| {
        let mut unique: Vec<(String, Node)> = Vec::new();
        for (key, node) in entries {
            if unique.iter().all(|(k, _)| *k != key) {
                unique.push((key, node));
            }
        }
        unique
    })
}

#[test]
fn a_dash_at_the_end_of_a_text_is_no_item_of_a_list() {
    for text in ["a -", "-", "a - b", "a -b", "- a"] {
        let inner = Node::Map(vec![("a".to_owned(), Node::Text(text.to_owned()))]);
        let yaml = write(&[("a", Node::Map(vec![("a".to_owned(), inner.clone())]))]);
        let document = Document::read(&yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
        assert!(equal(document.value("a").unwrap(), &Node::Map(vec![("a".to_owned(), inner)])));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn any_change_does_what_it_says_and_no_more(
        present in any_map(any_node()),
        spare in proptest::collection::vec(any_node(), 3),
        seed in any::<u64>(),
    ) {
        let mut scribe = Scribe { seed, comments: 0 };
        let yaml = scribe.document(&present);
        let document =
            Document::read(&yaml).map_err(|e| TestCaseError::fail(format!("{e}\n{yaml}")))?;
        prop_assert_eq!(document.comments.len(), scribe.comments, "{}", yaml);
        let same: Vec<(&str, Option<Node>)> =
            present.iter().map(|(key, node)| (&**key, Some(node.clone()))).collect();
        prop_assert_eq!(set(&yaml, &same).unwrap(), yaml.as_str());

        let mut wanted: Vec<(&str, Option<Node>)> = Vec::new();
        for (key, node) in &present {
            match scribe.dice(6) {
                0 => wanted.push((key, None)),
                1 => {}
                _ => wanted.push((key, Some(scribe.other(node, &spare)))),
            }
        }
        if scribe.dice(2) == 0 {
            let at = wanted.len().min(1);
            wanted.insert(at, ("new key", Some(spare[0].clone())));
        }
        let new = set(&yaml, &wanted)
            .map_err(|e| TestCaseError::fail(format!("{e}\n{yaml}\n{wanted:?}")))?;
        let after = Document::read(&new).unwrap();
        for (key, node) in &wanted {
            match node {
                Some(node) => prop_assert!(equal(after.value(key).unwrap(), node)),
                None => prop_assert!(after.value(key).is_none()),
            }
        }
        for (key, value) in &document.values {
            if !wanted.iter().any(|(name, _)| is_named(key, name)) {
                prop_assert_eq!(after.values.get(key), Some(value));
            }
        }
        for i in 1..=scribe.comments {
            let comment = format!("#c{i};");
            prop_assert!(new.contains(&comment), "{}\n{}", yaml, new);
        }
        if yaml.contains("\r\n") {
            prop_assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
        }
        prop_assert_eq!(set(&new, &wanted).unwrap(), new.as_str());
    }

    #[test]
    fn what_is_written_is_read_again(entries in any_map(any_node())) {
        let entries: Vec<(&str, Node)> =
            entries.iter().map(|(key, node)| (&**key, node.clone())).collect();
        let yaml = write(&entries);
        let document = Document::read(&yaml).unwrap();
        prop_assert_eq!(document.values.len(), entries.len());
        for (key, node) in &entries {
            prop_assert!(equal(document.value(key).unwrap(), node), "{}", yaml);
        }
    }

    #[test]
    fn no_damage_to_a_text_makes_it_panic(
        present in any_map(any_node()),
        seed in any::<u64>(),
        damage in proptest::collection::vec((any::<u64>(), "[-a:\\[\\]{}&*\"'#|> \t\r\né,!%?]{0,2}"), 1..5),
        node in any_node(),
    ) {
        let mut scribe = Scribe { seed, comments: 0 };
        let mut letters: Vec<char> = scribe.document(&present).chars().collect();
        for (at, new) in damage {
            let at = usize::try_from(at % (letters.len() as u64 + 1)).unwrap();
            letters.splice(at..(at + 1).min(letters.len()), new.chars());
        }
        let yaml: String = letters.into_iter().collect();
        let mut wanted = vec![("new", Some(node.clone()))];
        for (key, node) in &present {
            wanted.push((key, (scribe.dice(4) > 0).then(|| scribe.other(node, std::slice::from_ref(node)))));
        }
        if let Ok(new) = set(&yaml, &wanted) {
            prop_assert_eq!(set(&new, &wanted).unwrap(), new.as_str());
        }
    }

    #[test]
    fn no_text_makes_it_panic(
        yaml in "([ab]: ?)?[-ab:\\[\\]{}&*\"'#|> \t\r\né,>!%@?\u{85}\u{feff}]{0,60}",
        node in any_node(),
    ) {
        let _ = set(&yaml, &[("a", Some(node.clone())), ("b", None), ("c", Some(node))]);
    }
}
