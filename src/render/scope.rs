//! What a text can refer to: files, addresses and components of the site that it stands in.

use std::cell::Cell;
use std::collections::BTreeMap;

use tera::{ComponentArgType, Context, Value};

use super::cards::value;
use super::embeds::{self, EmbedView, Wrong};
use super::{Renderer, pictures, style};
use crate::assemble::{
    ContentFile, DocumentId, PictureAt, PictureWords, Pictured, ResolveError, Site, missing_picture,
};
use crate::diagnostics::{Diagnostic, Place, codes};
use crate::markdown::{self, Attribute, Call, Display, Host, Link, Picture, Shown};
use crate::parse::assets::Asset;
use crate::parse::documents::File;
use crate::parse::is_markdown;
use crate::pictures::Focus;
use crate::pictures::metadata::Metadata;
use crate::plan::{self, Page, PageKind, addresses as at};
use crate::slug;
use crate::theme::errors;
use crate::web::url;

/// The place of a text within its site.
pub(super) struct Scope<'a> {
    pub(super) renderer: &'a Renderer<'a>,
    pub(super) file: &'a File,
    /// How many suggestions may still be looked for: each is compared with all that there is.
    guesses: Cell<usize>,
}

/// After so many wrong links in one text nobody reads the suggestions.
const MOST_GUESSES: usize = 20;

impl<'a> Scope<'a> {
    pub(super) fn new(renderer: &'a Renderer<'a>, file: &'a File) -> Scope<'a> {
        Scope { renderer, file, guesses: Cell::new(MOST_GUESSES) }
    }

    /// Whether another suggestion may be looked for.
    fn may_guess(&self) -> bool {
        let left = self.guesses.get();
        self.guesses.set(left.saturating_sub(1));
        left > 0
    }
}

/// Schemes that links may have.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The place of the theme in which pictures of texts stand.
const IN_TEXT: &str = "text";

/// Of more headings than these, the nearest alone is named.
const MOST_LISTED: usize = 20;

/// A link that leaves the site, checked for its form. Nothing if it does not leave.
fn absolute(destination: &str, place: &Place) -> Option<Result<Link, Box<Diagnostic>>> {
    let refuse = |message: String| {
        Some(Err(Box::new(Diagnostic::new(&codes::B009, place.clone(), message).label(
            "expected an https:, mailto: or tel: address, a file or an address of the site",
        ))))
    };
    if destination.starts_with("//") {
        return refuse("a link to another host names its scheme".into());
    }
    let scheme = url::scheme(destination)?;
    if !SCHEMES.iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed)) {
        return refuse(format!("links may not start with {scheme}:"));
    }
    let address = url::encode_invalid(destination);
    if !url::is_absolute(&address) {
        return refuse("this is not a complete address".into());
    }
    let is_web = scheme.to_ascii_lowercase().starts_with("http");
    if is_web && url::authority(&address).is_empty() {
        return refuse("this address names no host".into());
    }
    Some(Ok(Link { href: Some(address), is_external: is_web, warning: None }))
}

/// The words of a link stand, without the link.
fn unpublished(destination: &str, place: Place) -> Link {
    let warning = Diagnostic::new(&codes::B010, place, format!("`{destination}` is not published"))
        .label("the words are published without the link");
    Link { href: None, is_external: false, warning: Some(Box::new(warning)) }
}

impl Scope<'_> {
    fn internal(&self, destination: &str, place: Place) -> Result<Link, Box<Diagnostic>> {
        let (rest, anchor) = match destination.split_once('#') {
            Some((rest, anchor)) => (rest, Some(anchor)),
            None => (destination, None),
        };
        let (path, query) = match rest.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (rest, None),
        };
        let path = url::decode(path);
        let site = self.renderer.site;
        if destination.is_empty() {
            return Err(Box::new(Diagnostic::new(&codes::B002, place, "this link leads nowhere")));
        }
        let mut id = anchor.map(str::to_owned);
        let href = if path.is_empty() {
            id = self.anchor(self.file, anchor, &place)?;
            // An update may stand on another page of its blog, and this one move away from it.
            match site.files.get(&self.file.path) {
                Some(file) if self.update(*file, anchor).is_some() => {
                    self.renderer.url(&self.address_within(*file, anchor))
                }
                _ => String::new(),
            }
        } else if path.starts_with('/') && !is_markdown(&path) {
            if site.unpublished.contains(path.trim_matches('/')) {
                return Ok(unpublished(destination, place));
            }
            self.address(&path, anchor, &place)?
        } else {
            match site.file(self.file, &path) {
                Ok(file) => {
                    if let ContentFile::Document(document) = file
                        && let Some(file) = site.file_of(document)
                    {
                        id = self.anchor(file, anchor, &place)?;
                    }
                    self.renderer.url(&self.address_within(file, anchor))
                }
                Err(ResolveError::Unpublished) => return Ok(unpublished(destination, place)),
                Err(ResolveError::Broken) => String::new(),
                Err(ResolveError::Unknown | ResolveError::Ambiguous(_)) => {
                    return Err(Box::new(self.nothing_there(&path, place)));
                }
            }
        };
        let query =
            query.map(|query| url::encode_invalid(&format!("?{query}"))).unwrap_or_default();
        let id = id.map(|id| url::encode_invalid(&format!("#{id}"))).unwrap_or_default();
        Ok(Link { href: Some(href + &query + &id), is_external: false, warning: None })
    }

    /// The page on which an update of a live blog stands, if that is what an anchor leads to.
    fn update(&self, file: ContentFile, anchor: Option<&str>) -> Option<usize> {
        let ContentFile::Document(DocumentId::Story(i)) = file else { return None };
        let live = self.renderer.site.stories[i].doc.file.live.as_ref()?;
        let id = url::decode(anchor?);
        let update = live.updates.iter().position(|update| update.id == id)?;
        Some(live.page_of(update))
    }

    /// The address of what a file became; of a live blog that of the page with the update.
    fn address_within(&self, file: ContentFile, anchor: Option<&str>) -> String {
        let address = self.renderer.address_of(file).unwrap_or_default();
        at::older(&address, self.update(file, anchor).unwrap_or_default())
    }

    /// An address of the site, with or without its last slash, or a file.
    fn address(
        &self,
        path: &str,
        anchor: Option<&str>,
        place: &Place,
    ) -> Result<String, Box<Diagnostic>> {
        let slashed = format!("{}/", path.trim_end_matches('/'));
        if let Some(PageKind::Live(i, _)) =
            plan::page_at(self.renderer.pages, &slashed).and_then(Page::page_kind)
            && let story = ContentFile::Document(DocumentId::Story(*i))
            && self.update(story, anchor).is_some()
        {
            return Ok(self.renderer.url(&self.address_within(story, anchor)));
        }
        if self.renderer.has(path) {
            return Ok(self.renderer.url(path));
        }
        if self.renderer.has(&slashed) {
            return Ok(self.renderer.url(&slashed));
        }
        let near = self.renderer.pages.iter().map(|page| page.address.as_str());
        let problem = Diagnostic::new(
            &codes::B002,
            place.clone(),
            format!("the site has no page at `{path}`"),
        );
        Err(Box::new(if self.may_guess() { problem.did_you_mean(path, near) } else { problem }))
    }

    fn nothing_there(&self, path: &str, place: Place) -> Diagnostic {
        let site = self.renderer.site;
        let problem = Diagnostic::new(&codes::B002, place, format!("there is no file `{path}`"));
        // The same name with the ending that was forgotten, or the story's own folder.
        let trimmed = path.trim_end_matches('/');
        for ending in [".md", "/index.md"] {
            let whole = format!("{trimmed}{ending}");
            if site.file(self.file, &whole).is_ok() {
                return problem.suggest(format!("did you mean `{whole}`?"), whole);
            }
        }
        if !self.may_guess() {
            let there = relative(self.file.folder(), path);
            return problem.label(format!("there is no content/{there}"));
        }
        // The same path in other letters.
        let wanted = relative(self.file.folder(), path).to_lowercase();
        if let Some(found) = site.files.keys().find(|path| path.to_lowercase() == wanted) {
            let seen = seen_from(self.file.folder(), found);
            return problem.suggest(format!("did you mean `{seen}`?"), seen);
        }
        // The same file name elsewhere, as seen from this file.
        let name = trimmed.rsplit('/').next().unwrap_or(trimmed);
        let folder = self.file.folder();
        let names: Vec<&str> =
            site.files.keys().filter_map(|path| path.rsplit('/').next()).collect();
        let near = crate::diagnostics::nearest(name, names);
        let found = near.and_then(|near| {
            let ending = format!("/{near}");
            site.files.keys().find(|path| **path == near || path.ends_with(&ending))
        });
        match found {
            Some(found) => {
                let seen = seen_from(folder, found);
                problem.suggest(format!("did you mean `{seen}`?"), seen)
            }
            None => problem.label(format!("there is no content/{}", relative(folder, path))),
        }
    }

    /// The id that an anchor means in a file.
    fn anchor(
        &self,
        file: &File,
        anchor: Option<&str>,
        place: &Place,
    ) -> Result<Option<String>, Box<Diagnostic>> {
        let Some(anchor) = anchor else { return Ok(None) };
        if anchor.is_empty() {
            return Ok(Some(String::new()));
        }
        let style = style(self.renderer.site, file);
        let anchors =
            file.anchors.get_or_init(|| markdown::anchors(&file.source, &file.body, style));
        let wanted = url::decode(anchor);
        if anchors.iter().any(|known| *known == wanted) {
            return Ok(Some(anchor.to_owned()));
        }
        // As it was before ids had the letters of their headings.
        let mut alike = anchors.iter().filter(|id| !id.is_ascii() && slug::slugify(id) == wanted);
        if let (Some(id), None) = (alike.next(), alike.next()) {
            return Ok(Some(id.clone()));
        }
        let what = format!("{} has no heading `#{wanted}`", file.source.path);
        let problem = Diagnostic::new(&codes::B003, place.clone(), what);
        if !self.may_guess() {
            return Err(Box::new(problem));
        }
        let list: Vec<String> = anchors.iter().map(|id| format!("#{id}")).collect();
        Err(Box::new(match list.as_slice() {
            [] => problem.help("it has no headings at all"),
            list if list.len() > MOST_LISTED => {
                problem.did_you_mean(&format!("#{wanted}"), list.iter().map(String::as_str))
            }
            list => problem.help(format!("its headings are {}", list.join(", "))),
        }))
    }

    /// The value of an attribute, or what is wrong with it.
    fn argument(
        &self,
        call: &Call,
        attribute: &Attribute,
        wanted: Option<ComponentArgType>,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Value, Box<Diagnostic>> {
        let place = Place::Span(call.source.clone(), attribute.span.clone());
        let Some(text) = attribute.value.as_deref() else {
            return match wanted {
                Some(ComponentArgType::Map) => Err(Box::new(empty(call, attribute))),
                _ => Ok(Value::from(true)),
            };
        };
        let site = self.renderer.site;
        let cards = self.renderer.cards;
        let found = match attribute.name.as_str() {
            "event" => site.event(text).map(|i| cards.events[i].clone()),
            "athlete" => site.athlete(text).map(|i| cards.athletes[i].clone()),
            "nation" => site.nation(text).map(|i| cards.nations[i].clone()),
            "sport" => site.sport(text).map(|i| cards.sports[i].clone()),
            "story" => site.story(text).map(|i| cards.stories[i].clone()),
            "src" if call.name == "Video" && is_player(text) => {
                let message = "a film is a file, and this is a page that plays one";
                return Err(Box::new(
                    Diagnostic::new(&codes::B006, place, message)
                        .help("a film on YouTube: <YouTube id=\"...\" title=\"...\" />; another: [the film](https://...)")
                        .help("or put the file beside the story: src=\"film.mp4\""),
                ));
            }
            "id" if wanted == Some(ComponentArgType::Map) => {
                return self.embedded(call, place, embeds::youtube(text, &site.config.embeds));
            }
            "url" if wanted == Some(ComponentArgType::Map) => {
                return self.embedded(call, place, embeds::post(text, &site.config.embeds));
            }
            "src" | "poster" | "captions" => {
                let picture = self.picture(text, place)?;
                warnings.extend(picture.warning.map(|warning| *warning));
                return match wanted {
                    Some(ComponentArgType::Map) => self.pictured(call, text),
                    _ => Ok(picture.url.into()),
                };
            }
            name => {
                let number = text.trim();
                let typed = match wanted {
                    Some(ComponentArgType::Integer) => number.parse::<i64>().ok().map(Value::from),
                    Some(ComponentArgType::Float | ComponentArgType::Number) => {
                        number.parse::<f64>().ok().filter(|n| n.is_finite()).map(Value::from)
                    }
                    Some(ComponentArgType::Bool) => match number {
                        "true" => Some(Value::from(true)),
                        "false" => Some(Value::from(false)),
                        _ => None,
                    },
                    _ => Some(Value::from(text)),
                };
                let kind = wanted.map_or("text", |wanted| wanted.as_str());
                return typed.ok_or_else(|| {
                    Box::new(Diagnostic::new(
                        &codes::B006,
                        place,
                        format!("`{name}` of `{}` must be of the kind {kind}", call.name),
                    ))
                });
            }
        };
        found.or_else(|lost| match lost {
            // What is broken has been reported, and stands for nothing.
            ResolveError::Broken => Ok(Value::none()),
            ResolveError::Unpublished => Err(Box::new(
                Diagnostic::new(&codes::B010, place, format!("`{text}` is not published"))
                    .label("the component is left out"),
            )),
            ResolveError::Ambiguous(names) => Err(Box::new(
                Diagnostic::new(
                    &codes::B006,
                    place,
                    format!("`{text}` may be more than one {}", attribute.name),
                )
                .help(format!("write one of: {}", names.join(", "))),
            )),
            ResolveError::Unknown => {
                let names = match self.may_guess() {
                    true => self.names_of(&attribute.name),
                    false => Vec::new(),
                };
                let problem = Diagnostic::new(
                    &codes::B006,
                    place,
                    format!("there is no {} `{text}`", attribute.name),
                );
                let near = crate::diagnostics::nearest(text, names.iter().map(String::as_str));
                Err(Box::new(match near {
                    Some(near) => problem.suggest(
                        format!("did you mean `{near}`?"),
                        format!("{}=\"{near}\"", attribute.name),
                    ),
                    None => problem,
                }))
            }
        })
    }

    /// A post or film of another host, or what is wrong with it.
    fn embedded(
        &self,
        call: &Call,
        place: Place,
        found: Result<EmbedView, Wrong>,
    ) -> Result<Value, Box<Diagnostic>> {
        match found {
            Ok(view) => Ok(value(&view)),
            Err(Wrong::Form(why)) => {
                let message = format!("`{}` cannot show this", call.name);
                Err(Box::new(Diagnostic::new(&codes::B006, place, message).label(why)))
            }
            Err(Wrong::Host(host)) => {
                let message = format!("nothing of {host} may stand in a text");
                Err(Box::new(Diagnostic::new(&codes::B020, place, message).help(format!(
                    "if the house wants it, name \"{host}\" and all others in `allow` under [embeds] in site.toml"
                ))))
            }
        }
    }

    /// What an attribute of this name can refer to.
    fn names_of(&self, attribute: &str) -> Vec<String> {
        let site = self.renderer.site;
        match attribute {
            "event" => site
                .events
                .iter()
                .map(|event| format!("{}/{}", site.sports[event.sport].slug, event.doc.slug))
                .collect(),
            "athlete" => site.athletes.iter().map(|athlete| athlete.name.clone()).collect(),
            "nation" => site
                .nations
                .iter()
                .flat_map(|nation| [nation.code.clone(), nation.name.clone()])
                .collect(),
            "sport" => site.sports.iter().map(|sport| sport.slug.clone()).collect(),
            _ => site.stories.iter().map(|story| story.doc.stem.clone()).collect(),
        }
    }
}

/// A report of an attribute that says nothing.
fn empty(call: &Call, attribute: &Attribute) -> Diagnostic {
    let place = Place::Span(call.source.clone(), attribute.span.clone());
    Diagnostic::new(
        &codes::B006,
        place,
        format!("`{}` of `{}` is empty", attribute.name, call.name),
    )
}

/// Whether the value of an attribute is one of those that its component knows.
fn chosen(call: &Call, attribute: &Attribute, known: &[&str]) -> Result<(), Box<Diagnostic>> {
    let written = attribute.value.as_deref().unwrap_or_default();
    if known.contains(&written) {
        return Ok(());
    }
    let place = Place::Span(call.source.clone(), attribute.span.clone());
    let name = &attribute.name;
    let message = format!("`{}` has no {name} `{written}`", call.name);
    let problem = Diagnostic::new(&codes::B006, place, message);
    Err(Box::new(problem.help(format!("it is one of: {}", known.join(", ")))))
}

/// Whether an address is that of a page with a player.
fn is_player(address: &str) -> bool {
    const HOSTS: [&str; 9] = [
        "youtube.com",
        "youtu.be",
        "youtube-nocookie.com",
        "vimeo.com",
        "dailymotion.com",
        "tiktok.com",
        "facebook.com",
        "instagram.com",
        "twitch.tv",
    ];
    let host = url::authority(address).to_ascii_lowercase();
    HOSTS.iter().any(|known| host == *known || host.ends_with(&format!(".{known}")))
}

/// A path of content/ as it is written in a file of a folder.
fn seen_from(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let common = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    "../".repeat(from.len() - common) + &to[common..].join("/")
}

fn relative(folder: &str, path: &str) -> String {
    crate::assemble::relative_path(folder, path).unwrap_or_else(|| path.to_owned())
}

impl Host for Scope<'_> {
    fn link(&self, destination: &str, place: Place) -> Result<Link, Box<Diagnostic>> {
        let base = &self.renderer.site.config.base_url;
        if let Some(own) = destination.strip_prefix(base.trim_end_matches('/'))
            && (own.is_empty() || own.starts_with('/'))
            && !base.is_empty()
        {
            // The site's own host: a page of this site, or nothing.
            return self.internal(if own.is_empty() { "/" } else { own }, place);
        }
        match absolute(destination, &place) {
            Some(link) => link,
            None => self.internal(destination, place),
        }
    }

    fn picture(&self, destination: &str, place: Place) -> Result<Picture, Box<Diagnostic>> {
        if url::is_web(destination) {
            let url = url::encode_invalid(destination);
            return Ok(Picture { url, ..Picture::default() });
        }
        let site = self.renderer.site;
        match site.asset(self.file, &url::decode(destination)) {
            Ok(i) => {
                let asset = &site.assets[i];
                if site.is_lapsed(asset) {
                    let message = format!("the right to show `{destination}` has ended");
                    let problem = Diagnostic::new(&codes::V005, place, message);
                    return Err(Box::new(problem.label("the page stands without it")));
                }
                let warning = asset.fault.map(|fault| Box::new(fault.report(destination, place)));
                Ok(Picture { warning, ..self.offered(asset) })
            }
            Err(ResolveError::Unpublished) => Err(Box::new(
                Diagnostic::new(&codes::B010, place, format!("`{destination}` is not published"))
                    .label("it lies beside a draft, or a story outside its time"),
            )),
            Err(ResolveError::Broken) => {
                Ok(Picture { url: url::encode_path(destination), ..Picture::default() })
            }
            Err(ResolveError::Unknown | ResolveError::Ambiguous(_)) => {
                let guess = self.may_guess();
                Err(Box::new(missing_picture(
                    &codes::B004,
                    site,
                    self.file,
                    destination,
                    place,
                    guess,
                )))
            }
        }
    }

    fn display(&self, component: &str) -> Option<Display> {
        let info = self.renderer.theme.component(component)?;
        let is_inline = info.metadata().get("display").and_then(Value::as_str) == Some("inline");
        Some(if is_inline { Display::Inline } else { Display::Block })
    }

    fn component_names(&self) -> Vec<String> {
        self.renderer.theme.component_names().map(str::to_owned).collect()
    }

    fn component(&self, call: &Call) -> Result<Shown, Box<Diagnostic>> {
        let theme = self.renderer.theme;
        let Some(info) = theme.component(call.name) else { return Ok(Shown::default()) };
        let mut arguments = Context::new();
        let mut warnings = Vec::new();
        for attribute in call.attributes {
            let known =
                info.args().iter().find(|arg| arg.name() == attribute.name && !arg.is_implicit());
            let Some(known) = known else {
                let place = Place::Span(call.source.clone(), attribute.span.clone());
                let names: Vec<&str> = info
                    .args()
                    .iter()
                    .filter(|arg| !arg.is_implicit())
                    .map(|arg| arg.name())
                    .collect();
                let message = format!("`{}` has no attribute `{}`", call.name, attribute.name);
                let problem = Diagnostic::new(&codes::B006, place, message);
                return Err(Box::new(match names.as_slice() {
                    [] => problem.help("it takes no attributes"),
                    names => problem.help(format!("its attributes are {}", names.join(", "))),
                }));
            };
            let choices = info.metadata().get("choices");
            let choices = choices.and_then(|all| all.get_from_path(known.name()));
            if let Some(choices) = choices.and_then(Value::as_array) {
                let known: Vec<&str> = choices.iter().filter_map(Value::as_str).collect();
                chosen(call, attribute, &known)?;
            }
            let filled = info.metadata().get("filled").and_then(Value::as_array);
            let mut filled = filled.into_iter().flatten().filter_map(Value::as_str);
            let has_words =
                attribute.value.as_deref().is_some_and(|value| !value.trim().is_empty());
            if !has_words && filled.any(|name| name == attribute.name) {
                return Err(Box::new(empty(call, attribute)));
            }
            let value = self.argument(call, attribute, known.arg_type(), &mut warnings)?;
            if arguments.contains_key(&attribute.name) {
                let place = Place::Span(call.source.clone(), attribute.span.clone());
                let message = format!("`{}` is given twice", attribute.name);
                return Err(Box::new(Diagnostic::new(&codes::B006, place, message)));
            }
            // What is broken shows nothing, and neither does its component.
            if value.is_none() {
                return Ok(Shown::default());
            }
            if attribute.name == "src" && known.arg_type() != Some(ComponentArgType::Map) {
                self.add_size(info, attribute, &mut arguments);
            }
            arguments.insert_value(attribute.name.clone(), value);
        }
        if let Some(wanted) = info.metadata().get("results").filter(|wanted| wanted.is_truthy()) {
            let is_tree = wanted.as_str() == Some("bracket");
            self.add_results(call, is_tree, &mut arguments)?;
        }
        for arg in info.args().iter().filter(|arg| arg.is_required()) {
            if !arguments.contains_key(arg.name()) {
                let message = format!("`{}` needs the attribute `{}`", call.name, arg.name());
                return Err(Box::new(Diagnostic::new(&codes::B006, call.place.clone(), message)));
            }
        }
        let body = call.body.unwrap_or_default();
        let mut implicit = Context::new();
        implicit.insert("within", call.within.unwrap_or_default());
        let html = theme
            .tera
            .render_component_with_implicits(call.name, &arguments, &implicit, Some(body), true)
            .map_err(|error| {
                Box::new(errors::of_component(theme, call.name, &call.place, &error))
            })?;
        Ok(Shown { html, warnings })
    }

    fn word(&self, key: &str) -> String {
        self.renderer.theme.translations.text(key).to_owned()
    }
}

impl Scope<'_> {
    /// Gives the event of a component its results: those of the phase and of the unit that the tag names. A component
    /// for a tree is not there for results that make none.
    fn add_results(
        &self,
        call: &Call,
        is_tree: bool,
        arguments: &mut Context,
    ) -> Result<(), Box<Diagnostic>> {
        let attribute = |name: &str| call.attributes.iter().find(|own| own.name == name);
        let text = |name: &str| attribute(name).and_then(|own| own.value.as_deref());
        let event = text("event").and_then(|name| self.renderer.site.event(name).ok());
        let Some(event) = event else { return Ok(()) };
        let found = self.renderer.units().chosen(event, text("phase"), text("unit"));
        let view = found.map_err(|(name, mut known)| {
            known.dedup();
            let own = attribute(name);
            let place = own.map_or(call.place.clone(), |own| {
                Place::Span(call.source.clone(), own.span.clone())
            });
            let written = own.and_then(|own| own.value.as_deref()).unwrap_or_default();
            let message = format!("the results of the event have no {name} `{written}`");
            let problem = Diagnostic::new(&codes::B006, place, message);
            Box::new(problem.help(format!("they have {}", known.join(", "))))
        })?;
        if is_tree && view.as_ref().is_some_and(|view| view.bracket.is_none()) {
            let message = "the results of the event make no tree";
            return Err(Box::new(Diagnostic::new(&codes::B006, call.place.clone(), message).help(
                "a tree has matches in two rounds at least, such as semi-finals and final",
            )));
        }
        let Some(card) = arguments.remove("event") else { return Ok(()) };
        let mut fields: BTreeMap<String, Value> = BTreeMap::new();
        for (key, field) in card.as_map().into_iter().flatten() {
            fields.insert(key.to_string(), field.clone());
        }
        fields.insert("results".to_owned(), view.map_or_else(Value::none, |view| value(&view)));
        arguments.insert_value("event", Value::from(fields));
        Ok(())
    }

    /// What readers are offered of a picture in a text.
    fn offered(&self, asset: &Asset) -> Picture {
        let site = self.renderer.site;
        let pictured = site.pictured(PictureAt::Asset(asset), PictureWords::default());
        let picture = Picture {
            alt: pictured.alt.to_owned(),
            caption: pictured.caption.map(str::to_owned),
            credit: pictured.credit.as_deref().map(str::to_owned),
            note: self.note(&pictured),
            ..Picture::default()
        };
        let Some(offer) = pictures::offer(site, asset, pictured.focus) else {
            let url = self.renderer.url(&format!("/{}", asset.path));
            return Picture { url, size: asset.size, ..picture };
        };
        let whole = offer.fallback(None);
        Picture {
            url: self.renderer.url(&whole.address),
            size: Some((whole.width.into(), whole.height.into())),
            sources: offer.srcsets(None, site.config.base_path.trim_end_matches('/')),
            sizes: self.renderer.theme.sizes.get(IN_TEXT).cloned().unwrap_or_default(),
            ..picture
        }
    }

    /// What readers are told of a picture besides its words.
    fn note(&self, pictured: &Pictured) -> Option<String> {
        let is_generated = pictured.metadata.is_some_and(Metadata::is_generated);
        is_generated.then(|| self.word("picture_generated"))
    }

    /// A picture for a component that wants all of it: with the words of its attributes, and those of its file
    /// where there are none.
    fn pictured(&self, call: &Call, src: &str) -> Result<Value, Box<Diagnostic>> {
        let site = self.renderer.site;
        let attribute = |name: &str| call.attributes.iter().find(|own| own.name == name);
        let text = |name: &str| attribute(name).and_then(|own| own.value.as_deref());
        let mut focus = None;
        if let Some(written) = text("focus") {
            focus = written.parse().ok();
            if focus.is_none() {
                let span = attribute("focus").map_or(0..0, |own| own.span.clone());
                let place = Place::Span(call.source.clone(), span);
                let message = "`focus` is not a point of the picture";
                let problem = Diagnostic::new(&codes::B006, place, message);
                return Err(Box::new(
                    problem.label("expected two percentages, such as focus=\"40% 20%\""),
                ));
            }
        }
        let at = match site.asset(self.file, &url::decode(src)) {
            Ok(asset) => PictureAt::Asset(&site.assets[asset]),
            Err(_) if url::is_web(src) => PictureAt::Web(src),
            // It has been reported.
            Err(_) => return Ok(Value::none()),
        };
        let words = PictureWords {
            alt: text("alt").unwrap_or_default(),
            caption: text("caption"),
            credit: text("credit"),
            focus,
        };
        let mut pictured = site.pictured(at, words);
        if call.body.is_some() && words.caption.is_none() {
            // What stands between the tags is its caption.
            pictured.caption = None;
        }
        Ok(value(&pictures::view(site, &pictured)))
    }

    /// Gives a picture's size to a component that can use it and was not told another.
    fn add_size(&self, info: &tera::ComponentInfo, attribute: &Attribute, arguments: &mut Context) {
        let src = attribute.value.as_deref().unwrap_or_default();
        let Ok(i) = self.renderer.site.asset(self.file, &url::decode(src)) else { return };
        let site = self.renderer.site;
        let asset = &site.assets[i];
        let whole =
            pictures::offer(site, asset, Focus::default()).map(|offer| offer.fallback(None));
        let size = match whole {
            Some(whole) => Some((whole.width.into(), whole.height.into())),
            None => asset.size,
        };
        let Some((width, height)) = size else { return };
        for (name, pixels) in [("width", width), ("height", height)] {
            let takes = info.args().iter().any(|arg| arg.name() == name);
            if takes && !arguments.contains_key(name) {
                arguments.insert_value(name, Value::from(pixels));
            }
        }
    }
}

/// A text without a theme around it: what needs one is believed.
pub(super) struct Bare<'a> {
    pub(super) site: &'a Site,
    pub(super) file: &'a File,
}

impl Host for Bare<'_> {
    fn link(&self, destination: &str, place: Place) -> Result<Link, Box<Diagnostic>> {
        if let Some(link) = absolute(destination, &place) {
            return link;
        }
        let path = url::decode(destination.split(['#', '?']).next().unwrap_or_default());
        if is_markdown(&path) && self.site.file(self.file, &path) == Err(ResolveError::Unknown) {
            let message = format!("there is no file `{path}`");
            return Err(Box::new(Diagnostic::new(&codes::B002, place, message)));
        }
        Ok(Link { href: None, is_external: false, warning: None })
    }

    fn picture(&self, destination: &str, place: Place) -> Result<Picture, Box<Diagnostic>> {
        let found = self.site.file(self.file, &url::decode(destination));
        if !url::is_web(destination)
            && matches!(
                found,
                Err(ResolveError::Unknown) | Ok(ContentFile::Document(DocumentId::Story(_)))
            )
        {
            return Err(Box::new(missing_picture(
                &codes::B004,
                self.site,
                self.file,
                destination,
                place,
                false,
            )));
        }
        Ok(Picture::default())
    }

    fn display(&self, _: &str) -> Option<Display> {
        Some(Display::Inline)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_written_as_seen_from_a_folder() {
        assert_eq!(seen_from("stories/a/", "events/x/y.md"), "../../events/x/y.md");
        assert_eq!(seen_from("stories/", "stories/b.md"), "b.md");
        assert_eq!(seen_from("", "about.md"), "about.md");
    }
}
