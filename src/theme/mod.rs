//! A theme: a chain of folders, the nearest first, each with templates, assets and words.
//!
//! Every template is known to Tera as `THEME/file`, and the names of the chain are its fallback
//! prefixes: `{% extends "base.html" %}` finds the nearest base.html, and a child's story.html may
//! extend its parent's of the same name as `podium/story.html`.
//!
//! Functions that templates may call are pure: what they return depends on their arguments and on
//! the theme and site alone.

pub mod assets;
pub mod errors;
mod once;
mod pictures;
pub mod translations;
mod uses;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use tera::{ComponentInfo, Context, Kwargs, State, Tera, TeraResult, Value};

use crate::config::{self, Config};
use crate::diagnostics::{Diagnostic, Place, Source, codes};
use crate::discover;
use crate::markdown::escaped;
use crate::text::{text_of, unreadable};
use assets::{Assets, ThemeAsset};
use once::Once;
use translations::Translations;

/// The default theme, which travels in the binary.
static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes/podium");
/// Its name.
pub const DEFAULT: &str = "podium";

/// A theme that is ready to render.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Names of the chain, the nearest first.
    pub chain: Vec<String>,
    /// Templates, functions and filters.
    pub tera: Tera,
    /// Files that pages refer to by `asset(path="...")`.
    pub assets: Arc<[ThemeAsset]>,
    /// The theme's own words in the site's language.
    pub translations: Arc<Translations>,
    /// Text of each template, by its name in Tera.
    pub sources: BTreeMap<String, Arc<Source>>,
    /// Whether a template may look at `page.head`, which is much work to make.
    pub shows_head: bool,
    /// Whether a template may show the flags of nations.
    pub shows_flags: bool,
    /// How wide each place of a picture is in which window, as HTML's attribute `sizes` says it.
    pub sizes: BTreeMap<String, String>,
    /// What is worth saying about it all the same.
    pub warnings: Vec<Diagnostic>,
    /// Components that are made once.
    once: Arc<Once>,
    /// All components by name: Tera would make a new description at each question.
    components: BTreeMap<String, ComponentInfo>,
}

/// A folder of the chain, as read from disk or from the binary.
struct Layer {
    name: String,
    extends: Option<String>,
    sizes: BTreeMap<String, String>,
    files: Vec<(String, Arc<Source>, Vec<u8>)>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    #[serde(default, rename = "name")]
    _name: String,
    #[serde(default, rename = "description")]
    _description: String,
    extends: Option<String>,
    /// How wide the places of pictures are.
    #[serde(default)]
    sizes: BTreeMap<String, String>,
}

/// Loads the theme that the site names, with those it extends. It must have all of these templates, of which
/// pages are made.
///
/// # Errors
/// Every mistake in it.
pub fn load(root: &Path, config: &Config, templates: &[&str]) -> Result<Theme, Vec<Diagnostic>> {
    let layers = chain(root, config)?;
    let mut problems = Vec::new();
    let translations = Arc::new(read_translations(&layers, &config.language, &mut problems));
    let assets = assets::collect(
        layers.iter().map(|layer| layer_files(layer, "assets/")).collect(),
        &mut problems,
    );
    let chain: Vec<String> = layers.iter().map(|layer| layer.name.clone()).collect();
    let mut sources = BTreeMap::new();
    for layer in &layers {
        for (path, source, bytes) in layer_files(layer, "templates/") {
            match text_of(&source.path, bytes.to_vec()) {
                Ok(text) => {
                    let source = Arc::new(Source::new(source.path.clone(), text));
                    sources.insert(format!("{}/{path}", layer.name), source);
                }
                Err(problem) => problems.push(problem),
            }
        }
    }
    let mut tera = Tera::new();
    register(&mut tera, config, &assets, &translations);
    // A child's places hide those of its parent.
    let mut sizes = BTreeMap::new();
    for layer in layers.iter().rev() {
        sizes.extend(layer.sizes.clone());
    }
    pictures::register(&mut tera, config, &sizes);
    let once = Arc::new(Once::default());
    Once::register(&once, &mut tera);
    let prefixes: Vec<String> = chain.iter().map(|name| format!("{name}/")).collect();
    let added = tera.set_fallback_prefixes(prefixes).and_then(|()| {
        tera.add_raw_templates(sources.iter().map(|(name, source)| (name.as_str(), &source.text)))
    });
    if let Err(error) = added {
        problems.extend(errors::of_loading(&sources, &error));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let missing: Vec<&str> =
        templates.iter().copied().filter(|name| !tera.contains_template(name)).collect();
    if !missing.is_empty() {
        let name = chain.last().map_or("", String::as_str);
        let place = Place::File(format!("themes/{name}/theme.toml"));
        let problem = Diagnostic::new(
            &codes::T004,
            place,
            format!("the theme `{name}` has no template {}", missing.join(", ")),
        )
        .help("to change some templates of the default theme alone, put extends = \"podium\" into theme.toml");
        return Err(vec![problem]);
    }
    let components = components(&tera, &sources);
    let mut warnings = untranslated(&layers, config);
    warnings.extend(idle_templates(&chain, &sources, templates));
    let assets = assets.files.into();
    let shows_flags = sources.values().any(|source| uses::may_name(&source.text, "flag"));
    let shows_head = sources.values().any(|source| uses::may_show(&source.text, "page", "head"));
    Ok(Theme {
        warnings,
        chain,
        tera,
        assets,
        translations,
        sources,
        shows_flags,
        shows_head,
        sizes,
        once,
        components,
    })
}

/// Templates that no page is made of, that hide none of a parent and that no other template takes in: a name
/// that was misspelt.
fn idle_templates(
    chain: &[String],
    sources: &BTreeMap<String, Arc<Source>>,
    templates: &[&str],
) -> Vec<Diagnostic> {
    let mut idle = Vec::new();
    for (name, source) in sources {
        let Some((layer, path)) = name.split_once('/') else { continue };
        // The default theme is known to be whole.
        if layer == DEFAULT || templates.contains(&path) || source.text.contains("{% component") {
            continue;
        }
        let is_shared = chain
            .iter()
            .any(|other| other != layer && sources.contains_key(&format!("{other}/{path}")));
        let quoted = [path, name].map(|called| [format!("\"{called}\""), format!("'{called}'")]);
        let is_taken_in = sources.iter().any(|(other, source)| {
            other != name && quoted.iter().flatten().any(|mention| source.text.contains(mention))
        });
        if !is_shared && !is_taken_in {
            let place = Place::File(source.path.clone());
            let problem = Diagnostic::new(&codes::T009, place, "no page is made of this template");
            let near = crate::diagnostics::nearest(path, templates.iter().copied());
            idle.push(match near {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => {
                    problem.help(format!("the templates of pages are {}", templates.join(", ")))
                }
            });
        }
    }
    idle
}

/// The theme and those it extends, the nearest first.
fn chain(root: &Path, config: &Config) -> Result<Vec<Layer>, Vec<Diagnostic>> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut wanted = config.theme.clone();
    // What named the theme, for the report that it is not there.
    let mut named_in = config.source.clone();
    loop {
        if layers.iter().any(|layer| layer.name == wanted) {
            let chain: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
            let place = place_of(&named_in, &wanted);
            return Err(vec![Diagnostic::new(
                &codes::T003,
                place,
                format!("themes extend each other in a circle: {} -> {wanted}", chain.join(" -> ")),
            )]);
        }
        let layer = read_layer(root, &wanted, &named_in)?;
        let extends = layer.extends.clone();
        if let Some((_, source, _)) = layer.files.iter().find(|(path, ..)| path == "theme.toml") {
            named_in = source.clone();
        }
        layers.push(layer);
        match extends {
            Some(parent) => wanted = parent,
            None => return Ok(layers),
        }
    }
}

/// Where a file names a theme in quotes.
fn place_of(source: &Arc<Source>, name: &str) -> Place {
    let quoted = [format!("\"{name}\""), format!("'{name}'")];
    match quoted.iter().find_map(|quoted| source.text.find(quoted)) {
        Some(at) => Place::Span(source.clone(), at..at + name.len() + 2),
        None => Place::File(source.path.clone()),
    }
}

fn read_layer(root: &Path, name: &str, named_in: &Arc<Source>) -> Result<Layer, Vec<Diagnostic>> {
    let is_name = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let folder = format!("themes/{name}");
    let mut files = Vec::new();
    let mut problems = Vec::new();
    if is_name && root.join(&folder).is_dir() {
        let (found, walk_problems) = discover::files(root, &folder);
        problems.extend(walk_problems);
        for file in found {
            let shown = format!("{folder}/{}", file.path);
            match crate::paths::read(&file.absolute) {
                Ok(bytes) => files.push((file.path, shown, bytes)),
                Err(error) => problems.push(unreadable(&shown, &error)),
            }
        }
    } else if name == DEFAULT {
        built_in_files(&BUILT_IN, &mut files);
    } else {
        let mut known: Vec<String> = std::fs::read_dir(root.join("themes"))
            .map(|entries| {
                entries
                    .flatten()
                    .map(|entry| entry.file_name().to_string_lossy().into_owned())
                    .collect()
            })
            .unwrap_or_default();
        known.push(DEFAULT.to_owned());
        known.sort();
        known.dedup();
        let quoted: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        return Err(vec![
            Diagnostic::new(
                &codes::T001,
                place_of(named_in, name),
                format!("there is no theme `{name}`"),
            )
            .label(format!("there is no folder {folder}"))
            .help(format!("the themes here are {}", quoted.join(", "))),
        ]);
    }
    files.sort();
    // Only theme.toml's text is wanted before the templates are read.
    let files: Vec<(String, Arc<Source>, Vec<u8>)> = files
        .into_iter()
        .map(|(path, shown, bytes)| {
            let text = if path == "theme.toml" {
                text_of(&shown, bytes.clone())
            } else {
                Ok(String::new())
            };
            let text = text.unwrap_or_else(|problem| {
                problems.push(problem);
                String::new()
            });
            (path, Arc::new(Source::new(shown, text)), bytes)
        })
        .collect();
    let (mut extends, mut sizes) = (None, BTreeMap::new());
    if let Some((_, source, _)) = files.iter().find(|(path, ..)| path == "theme.toml") {
        match toml::from_str::<Manifest>(&source.text) {
            Ok(manifest) => (extends, sizes) = (manifest.extends, manifest.sizes),
            Err(error) => {
                problems.push(config::toml_error(&codes::T002, &codes::T002, source, &error));
            }
        }
    }
    if problems.is_empty() {
        Ok(Layer { name: name.to_owned(), extends, sizes, files })
    } else {
        Err(problems)
    }
}

fn built_in_files(dir: &Dir, files: &mut Vec<(String, String, Vec<u8>)>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let shown = format!("themes/{DEFAULT}/{path} (built in)");
        files.push((path, shown, file.contents().to_vec()));
    }
    for inner in dir.dirs() {
        built_in_files(inner, files);
    }
}

/// Files of a layer below a folder, with the path inside it.
fn layer_files<'a>(layer: &'a Layer, folder: &str) -> Vec<(&'a str, &'a Arc<Source>, &'a [u8])> {
    layer
        .files
        .iter()
        .filter_map(|(path, source, bytes)| {
            Some((path.strip_prefix(folder)?, source, bytes.as_slice()))
        })
        .collect()
}

/// A site in a language for which no layer has words.
fn untranslated(layers: &[Layer], config: &Config) -> Vec<Diagnostic> {
    let language = config.language.as_str();
    let short = language.split('-').next().unwrap_or(language);
    let has = |wanted: &str| {
        let file = format!("i18n/{wanted}.toml");
        layers.iter().any(|layer| layer.files.iter().any(|(path, ..)| *path == file))
    };
    if short == "en" || has(short) || has(language) || !config::is_language_tag(language) {
        return Vec::new();
    }
    let place = place_of(&config.source, language);
    vec![
        Diagnostic::new(
            &codes::T008,
            place,
            format!("the theme has no words in `{language}`: they are in English"),
        )
        .help(format!("translate i18n/en.toml into themes/{}/i18n/{short}.toml", layers[0].name)),
    ]
}

fn read_translations(
    layers: &[Layer],
    language: &str,
    problems: &mut Vec<Diagnostic>,
) -> Translations {
    let mut translations = Translations::default();
    let short = language.split('-').next().unwrap_or(language);
    // English stands in for words that a translation lacks; a child's words win over its parent's.
    for wanted in ["en", short, language] {
        for layer in layers.iter().rev() {
            for (path, source, bytes) in layer_files(layer, "i18n/") {
                if path.strip_suffix(".toml") != Some(wanted) {
                    continue;
                }
                match text_of(&source.path, bytes.to_vec()) {
                    Ok(text) => {
                        let source = Arc::new(Source::new(source.path.clone(), text));
                        if let Err(problem) = translations.add(&source) {
                            problems.push(*problem);
                        }
                    }
                    Err(problem) => problems.push(problem),
                }
            }
        }
    }
    translations
}

fn register(tera: &mut Tera, config: &Config, assets: &Assets, translations: &Arc<Translations>) {
    let addresses = assets.addresses.clone();
    let base = config.base_path.trim_end_matches('/').to_owned();
    tera.register_function("asset", move |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let path = kwargs.must_get::<&str>("path")?;
        match addresses.get(path) {
            Some(address) => Ok(format!("{base}{address}")),
            None => {
                let near = crate::diagnostics::nearest(path, addresses.keys().map(String::as_str));
                let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                Err(tera::Error::message(format!("the theme has no asset `{path}`{hint}")))
            }
        }
    });
    let base = config.base_path.trim_end_matches('/').to_owned();
    tera.register_function("url", move |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let path = kwargs.must_get::<&str>("path")?;
        if !path.starts_with('/') {
            return Err(tera::Error::message(
                "`path` starts with a slash, as in url(path=\"/medals/\")",
            ));
        }
        Ok(format!("{base}{path}"))
    });
    let known = translations.clone();
    tera.register_function("t", move |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        known.say(&kwargs).map_err(tera::Error::message)
    });
    let known = translations.clone();
    tera.register_filter(
        "date",
        move |date: Value, kwargs: Kwargs, _: &State| -> TeraResult<String> {
            let style = kwargs.get::<&str>("style")?.unwrap_or("day");
            known.date(&date, style).map_err(tera::Error::message)
        },
    );
    let known = translations.clone();
    tera.register_filter(
        "time",
        move |date: Value, kwargs: Kwargs, _: &State| -> TeraResult<Value> {
            let style = kwargs.get::<&str>("style")?.unwrap_or("day");
            let words = known.date(&date, style).map_err(tera::Error::message)?;
            let iso = date.get_from_path("iso").and_then(Value::as_str).unwrap_or_default();
            let (iso, words) = (escaped(iso), escaped(&words));
            Ok(Value::safe_string(&format!("<time datetime=\"{iso}\">{words}</time>")))
        },
    );
    tera.register_filter("json", |value: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        // `<` would end a script element.
        let text = serde_json::to_string(&value).map_err(tera::Error::message)?;
        Ok(Value::safe_string(&text.replace('<', "\\u003c")))
    });
}

/// Tera tells of a component by name, but not which there are: they are looked up in the text.
fn components(
    tera: &Tera,
    sources: &BTreeMap<String, Arc<Source>>,
) -> BTreeMap<String, ComponentInfo> {
    let mut components = BTreeMap::new();
    for source in sources.values() {
        for piece in source.text.split("{%").skip(1) {
            let piece = piece.trim_start_matches('-').trim_start();
            let Some(rest) = piece.strip_prefix("component") else { continue };
            let name: String = rest
                .trim_start()
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
                .collect();
            if let Some(info) = tera.get_component_definition(&name) {
                components.insert(name, info);
            }
        }
    }
    components
}

impl Theme {
    /// Whether another was made of the same files.
    pub fn is_like(&self, other: &Theme) -> bool {
        self.chain == other.chain
            && self.sources == other.sources
            && self.assets == other.assets
            && self.sizes == other.sizes
            && self.translations == other.translations
            && self.warnings == other.warnings
    }

    /// The component of that name.
    pub fn component(&self, name: &str) -> Option<&ComponentInfo> {
        self.components.get(name)
    }

    /// Names of the components that stories can use: those with a capital letter.
    pub fn component_names(&self) -> impl Iterator<Item = &str> {
        let starts_large = |name: &&str| name.starts_with(|c: char| c.is_ascii_uppercase());
        self.components.keys().map(String::as_str).filter(starts_large)
    }

    /// Makes values known to every page, under these names.
    pub fn set_globals(&mut self, values: Vec<(&'static str, Value)>) {
        for (name, value) in values {
            self.tera.global_context().insert_value(name, value);
        }
        self.once.set(&self.tera);
    }

    /// Forgets the HTML that was made for several pages. What it was made of may have changed.
    pub fn forget(&self) {
        self.once.forget();
    }

    /// Renders a page.
    ///
    /// # Errors
    /// The template failed. The diagnostic names the page.
    pub fn render(
        &self,
        template: &str,
        context: &Context,
        page: &str,
    ) -> Result<String, Box<Diagnostic>> {
        self.tera
            .render(template, context)
            .map_err(|error| Box::new(errors::of_rendering(self, template, page, &error)))
    }
}
