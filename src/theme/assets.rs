//! A theme's assets: style sheets, scripts, pictures. Each is published under a name that has a
//! fingerprint of its bytes in it, so that browsers may keep it for good.

use std::collections::BTreeMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostics::{Diagnostic, Place, Source, codes};
use crate::text::text_of;

/// A file of the theme that is published.
#[derive(Debug, PartialEq, Eq)]
pub struct ThemeAsset {
    /// Such as `/assets/style.1f00aa5c.css`.
    pub address: String,
    /// The file that it was made of.
    pub origin: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// All assets of a chain.
#[derive(Debug, Default)]
pub struct Assets {
    /// By address.
    pub files: Vec<ThemeAsset>,
    /// Name to address.
    pub addresses: BTreeMap<String, String>,
}

type Layer<'a> = Vec<(&'a str, &'a Arc<Source>, &'a [u8])>;

/// Collects the assets of the layers, the nearest first. A nearer one hides one of its name, but a
/// style sheet may take in the one that it hides: `@import "parent:style.css";`.
pub fn collect(layers: Vec<Layer>, problems: &mut Vec<Diagnostic>) -> Assets {
    let mut collected = Assets::default();
    let mut names: Vec<&str> = layers.iter().flatten().map(|(name, ..)| *name).collect();
    names.sort_unstable();
    names.dedup();
    // Style sheets come last: they refer to the others by their final names.
    let (sheets, others): (Vec<&str>, Vec<&str>) =
        names.into_iter().partition(|name| name.ends_with(".css"));
    for name in others.into_iter().chain(sheets) {
        let Some((depth, source, bytes)) = find(&layers, 0, name) else { continue };
        let bytes = if name.ends_with(".css") {
            let mut path = Vec::new();
            match style_sheet(&layers, depth, name, &collected.addresses, &mut path) {
                Ok(text) => text.into_bytes(),
                Err(problem) => {
                    problems.push(*problem);
                    continue;
                }
            }
        } else {
            bytes.to_vec()
        };
        let address = format!("/assets/{}", fingerprinted(name, &bytes));
        collected.addresses.insert(name.to_owned(), address.clone());
        collected.files.push(ThemeAsset { address, origin: source.path.clone(), bytes });
    }
    collected.files.sort_by(|a, b| a.address.cmp(&b.address));
    collected
}

fn find<'a>(
    layers: &[Layer<'a>],
    from: usize,
    name: &str,
) -> Option<(usize, &'a Arc<Source>, &'a [u8])> {
    layers.iter().enumerate().skip(from).find_map(|(depth, layer)| {
        let (_, source, bytes) = layer.iter().find(|(path, ..)| *path == name)?;
        Some((depth, *source, *bytes))
    })
}

/// `style.css` as `style.1f00aa5c.css`.
fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let print = format!("{:016x}", xxh3_64(bytes));
    let print = &print[..10];
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && !stem.ends_with('/') => {
            format!("{stem}.{print}.{ending}")
        }
        _ => format!("{name}.{print}"),
    }
}

/// A style sheet with what it imports taken in, and assets referred to by their final names.
fn style_sheet(
    layers: &[Layer],
    depth: usize,
    name: &str,
    addresses: &BTreeMap<String, String>,
    path: &mut Vec<(usize, String)>,
) -> Result<String, Box<Diagnostic>> {
    let Some((depth, source, bytes)) = find(layers, depth, name) else {
        return Err(Box::new(Diagnostic::new(
            &codes::T007,
            Place::File(format!("assets/{name}")),
            format!("there is no style sheet `{name}`"),
        )));
    };
    let text = text_of(&source.path, bytes.to_vec()).map_err(Box::new)?;
    let source = Arc::new(Source::new(source.path.clone(), text));
    path.push((depth, name.to_owned()));
    let mut out = String::with_capacity(source.text.len());
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some(wanted) = imported(line) else {
            out += &with_addresses(line, addresses);
            continue;
        };
        let (from, wanted) = match wanted.strip_prefix("parent:") {
            Some(wanted) => (depth + 1, wanted),
            None => (0, wanted),
        };
        let problem = |message: String| {
            let place = Place::Span(source.clone(), start..start + line.trim_end().len());
            Box::new(Diagnostic::new(&codes::T007, place, message))
        };
        let Some((found, ..)) = find(layers, from, wanted) else {
            return Err(problem(format!("there is no style sheet `{wanted}` to import")));
        };
        if path.contains(&(found, wanted.to_owned())) {
            return Err(problem(format!("`{wanted}` imports itself")));
        }
        out += &style_sheet(layers, found, wanted, addresses, path)?;
    }
    path.pop();
    Ok(out)
}

/// The name in a line such as `@import "parent:style.css";`.
fn imported(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("@import")?.trim_start();
    let rest = rest.strip_prefix("url(").unwrap_or(rest);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let name = rest[1..].split(quote).next()?;
    (!name.contains("://")).then_some(name)
}

/// Replaces `url("name")` by the final name of the asset, which lies in the same folder.
fn with_addresses(line: &str, addresses: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("url(") {
        out += before;
        out += "url(";
        let Some((written, after)) = after.split_once(')') else {
            return out + after;
        };
        let name = written.trim().trim_matches(['"', '\'']);
        match addresses.get(name).and_then(|address| address.strip_prefix("/assets/")) {
            Some(final_name) => out += &format!("\"{final_name}\""),
            None => out += written,
        }
        out.push(')');
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str) -> Arc<Source> {
        Arc::new(Source::new(path, String::new()))
    }

    fn collected(layers: &[&[(&str, &str)]]) -> (Assets, Vec<Diagnostic>) {
        let mark = source("theme/x");
        let mut problems = Vec::new();
        let layers = layers
            .iter()
            .map(|layer| layer.iter().map(|(name, text)| (*name, &mark, text.as_bytes())).collect())
            .collect();
        let assets = collect(layers, &mut problems);
        (assets, problems)
    }

    #[test]
    fn a_child_takes_in_the_style_sheet_that_it_hides() {
        let (assets, problems) = collected(&[
            &[("style.css", "@import \"parent:style.css\";\nb {}\n")],
            &[("style.css", "a { background: url(\"dot.svg\") }\n"), ("dot.svg", "<svg/>")],
        ]);
        assert_eq!(problems, []);
        let sheet = assets.files.iter().find(|file| file.address.ends_with(".css")).unwrap();
        let text = String::from_utf8(sheet.bytes.clone()).unwrap();
        let dot = assets.addresses["dot.svg"].trim_start_matches("/assets/");
        assert_eq!(text, format!("a {{ background: url(\"{dot}\") }}\nb {{}}\n"));
    }

    #[test]
    fn the_name_changes_with_the_bytes() {
        let name = |text| collected(&[&[("a.css", text)]]).0.addresses["a.css"].clone();
        assert_ne!(name("a{}"), name("b{}"));
        assert!(name("a{}").starts_with("/assets/a.") && name("a{}").ends_with(".css"));
    }

    #[test]
    fn imports_that_lead_nowhere_or_back_are_reported() {
        for sheet in
            ["@import \"no.css\";", "@import \"parent:style.css\";", "@import 'style.css';"]
        {
            let (_, problems) = collected(&[&[("style.css", sheet)]]);
            assert_eq!(problems.len(), 1, "{sheet}");
            assert_eq!(problems[0].code.id, "T007");
        }
    }
}
