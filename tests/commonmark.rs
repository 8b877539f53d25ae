//! The examples of the CommonMark specification, all of them, through Podium's own Markdown room.
//!
//! They are not in this repository: `tests/run` installs the npm package that holds them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::sync::Arc;

use podium::diagnostics::{Diagnostic, Place, Source};
use podium::markdown::{self, Call, Display, Host, Link, Picture, Shown, Style};

/// A world in which every link leads somewhere and no component exists.
struct Anywhere;

impl Host for Anywhere {
    fn link(&self, destination: &str, _: Place) -> Result<Link, Box<Diagnostic>> {
        Ok(Link { href: Some(destination.to_owned()), is_external: false, warning: None })
    }

    fn picture(&self, destination: &str, _: Place) -> Result<Picture, Box<Diagnostic>> {
        Ok(Picture { url: destination.to_owned(), ..Picture::default() })
    }

    fn display(&self, _: &str) -> Option<Display> {
        None
    }

    fn component_names(&self) -> Vec<String> {
        Vec::new()
    }

    fn component(&self, _: &Call) -> Result<Shown, Box<Diagnostic>> {
        Ok(Shown::default())
    }

    fn word(&self, key: &str) -> String {
        key.to_owned()
    }
}

/// Number, Markdown and HTML of each example.
fn examples(specification: &str) -> Vec<(usize, String, String)> {
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let begin = format!("\n{fence} example");
    for part in specification.split(&begin).skip(1) {
        let body = part.split_once('\n').unwrap().1;
        let body = body.split(&format!("\n{fence}")).next().unwrap();
        let (markdown, html) = body
            .split_once("\n.\n")
            .or_else(|| body.strip_suffix("\n.").map(|it| (it, "")))
            .unwrap_or_else(|| {
                // An example without Markdown begins with the dot.
                ("", body.strip_prefix(".\n").unwrap_or_default())
            });
        let text =
            |it: &str| if it.is_empty() { String::new() } else { it.replace('→', "\t") + "\n" };
        examples.push((examples.len() + 1, text(markdown), text(html)));
    }
    examples
}

/// HTML as the specification's own test compares it: line feeds between tags do not count.
fn normal(html: &str) -> String {
    let mut normal = html
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("<br>", "<br />")
        .replace("<hr>", "<hr />");
    for space in ["\n<", ">\n"] {
        normal = normal.replace(space, space.trim());
    }
    normal.trim().to_owned()
}

#[test]
#[ignore = "needs what tests/run installs"]
fn all_examples_of_the_specification_are_rendered_as_it_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/tools/node_modules/commonmark-spec/spec.txt");
    let specification = std::fs::read_to_string(path).expect("tests/run installs the examples");
    let examples = examples(&specification);
    assert_eq!(examples.len(), 652);
    let style = Style { is_plain: true, raw_html: true, smart_punctuation: false };
    let mut wrong = String::new();
    for (number, text, expected) in examples {
        let source = Arc::new(Source::new("example.md", text));
        let body = 0..source.text.len();
        let rendered = markdown::render(&source, &body, style, &Anywhere);
        if normal(&rendered.html) != normal(&expected) || !rendered.problems.is_empty() {
            wrong += &format!(
                "example {number}: {:?}\nexpected: {expected}\nrendered: {}\n",
                source.text, rendered.html
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
