//! Pictures (V codes): rights that end, credits that contradict each other or the file, sizes, times, and files
//! that nobody shows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::Context;
use super::prose::Prose;
use crate::assemble::{DocumentId, PictureAt, PictureWords, Pictured, Site};
use crate::diagnostics::{Diagnostic, Place, codes};
use crate::markdown::prose;
use crate::parse::assets::Asset;
use crate::parse::documents::File;
use crate::pictures::derivative::SHARED_WIDTH;
use crate::pictures::metadata::Metadata;
use crate::plan::Icon;
use crate::render::mentions::Mentioned;
use crate::slug::slugify;
use crate::web::url;

/// In bytes.
const LARGE: u64 = 2_000_000;

/// A desk that publishes each day has so long to find another picture.
const SOON: SignedDuration = SignedDuration::from_hours(14 * 24);

/// A picture in a text is shown 608 points wide by the default theme.
const TEXT_WIDTH: u32 = 600;

/// Clocks of cameras and of desks differ.
const CLOCKS: SignedDuration = SignedDuration::from_mins(15);

/// A picture that a document shows, and where it says so.
struct Use<'s> {
    place: Place,
    pictured: Pictured<'s>,
    /// What its author wrote as its credit; may be empty.
    credit: &'s str,
    /// In pixels.
    wanted_width: u32,
}

/// What there is to say of a document's pictures.
pub(super) fn check(context: &Context, prose: &Prose) -> Vec<Diagnostic> {
    let site = context.site;
    let mut found = rights(site, prose.file, context.at);
    for shown in uses(site, prose) {
        found.extend(of_use(site, prose, &shown));
    }
    found
}

/// The pictures of a document: its own, and those in its text.
fn uses<'s>(site: &'s Site, prose: &'s Prose) -> Vec<Use<'s>> {
    let file = prose.file;
    let is_story = matches!(prose.id, DocumentId::Story(_));
    let own = site.picture(file).map(|pictured| Use {
        place: file.place("image.src"),
        pictured,
        credit: file.image.as_ref().and_then(|image| image.credit()).unwrap_or_default(),
        wanted_width: if is_story { SHARED_WIDTH } else { 0 },
    });
    let in_text = prose.pictures.iter().filter_map(|mention| {
        let at = site.mentioned(file, &mention.src)?;
        Some(Use {
            place: Place::Span(file.source.clone(), mention.span.clone()),
            pictured: site.pictured(at, PictureWords::default()),
            credit: &mention.credit,
            wanted_width: TEXT_WIDTH,
        })
    });
    own.into_iter().chain(in_text).collect()
}

/// Whether the right to show a document's picture has ended or is about to.
fn rights(site: &Site, file: &File, at: Timestamp) -> Vec<Diagnostic> {
    let Some(image) = &file.image else { return Vec::new() };
    let Some(until) = &image.rights_until else {
        let asset = site.asset(file, image.src()).ok();
        let is_lapsed = asset.is_some_and(|asset| site.is_lapsed(&site.assets[asset]));
        let message = "the right to show this picture has ended, as another file says";
        let finding = Diagnostic::new(&codes::V005, file.place("image.src"), message);
        let finding = finding.label("the page stands without it").help("give it another picture");
        return is_lapsed.then_some(finding).into_iter().collect();
    };
    let place = file.place("image.rights.until");
    let left = until.timestamp().duration_since(at);
    let day = until.zoned.date();
    if until.timestamp() <= site.build_time.at {
        let message = "the right to show this picture has ended";
        let finding = Diagnostic::new(&codes::V005, place, message);
        return vec![finding.label("the page stands without it").help("give it another picture")];
    }
    if left <= SOON {
        let message = format!("the right to show this picture ends on {day}");
        let finding = Diagnostic::new(&codes::V004, place, message);
        return vec![finding.label("from then on the page stands without it")];
    }
    Vec::new()
}

fn of_use(site: &Site, prose: &Prose, shown: &Use) -> Vec<Diagnostic> {
    let PictureAt::Asset(asset) = shown.pictured.at else { return Vec::new() };
    let Some(picture) = &asset.picture else { return as_it_is(asset, &shown.place) };
    let (raster, metadata) = (&picture.raster, &picture.raster.metadata);
    let mut found = Vec::new();
    let of_file = metadata.shown_credit();
    if let Some(of_file) = of_file.filter(|of_file| !agree(shown.credit, of_file, metadata)) {
        let message = format!("this credit is not that of the file, `{of_file}`");
        let finding = Diagnostic::new(&codes::V006, shown.place.clone(), message)
            .label(format!("credited to `{}`", shown.credit.trim()));
        found.push(finding.help("leave `credit` out, and that of the file is shown"));
    }
    if site.config.pictures.require_rights && !metadata.has_rights() {
        let message = "the file of this picture does not say whose it is";
        found.push(Diagnostic::new(&codes::V007, shown.place.clone(), message));
    }
    if raster.width < shown.wanted_width {
        let message = format!("this picture is {} pixels wide", raster.width);
        let finding = Diagnostic::new(&codes::V008, shown.place.clone(), message);
        found.push(finding.label(format!("here {} and more are needed", shown.wanted_width)));
    }
    let written = prose.date.filter(|_| matches!(prose.id, DocumentId::Story(_)));
    if let (Some(taken), Some(written)) = (metadata.taken, written) {
        // A clock without a zone may be half a day away from here.
        let slack = if taken.is_exact() { CLOCKS } else { SignedDuration::from_hours(14) };
        let earliest = taken.earliest(&site.config.time_zone);
        let is_late = earliest.is_some_and(|taken| taken.duration_since(written) > slack);
        if is_late {
            let message = format!("this picture was taken after the story, on {}", taken.day());
            let finding = Diagnostic::new(&codes::V009, shown.place.clone(), message);
            found.push(finding.label(format!("by the clock of the camera: {taken}")));
        }
    }
    found
}

/// Whether a credit names the one of the file, or one of those who made the picture. What is not said
/// contradicts nothing.
fn agree(written: &str, of_file: &str, metadata: &Metadata) -> bool {
    let plain = |text: &str| slugify(text);
    let written = plain(written);
    let names = || metadata.creators.iter().map(String::as_str).chain([of_file]);
    // "Ana Lima / Bay Agency" names both; "Bay Agency" of "Ana Lima/Bay Agency via Wire" is one of them.
    let is_named = |name: &str| {
        let name = plain(name);
        !name.is_empty() && (written.contains(&name) || name.contains(&written))
    };
    written.is_empty() || names().any(is_named)
}

/// A file that goes to readers whole.
fn as_it_is(asset: &Asset, place: &Place) -> Vec<Diagnostic> {
    if asset.length < LARGE || asset.fault.is_some() {
        return Vec::new();
    }
    let name = asset.path.rsplit('/').next().unwrap_or(&asset.path);
    let message =
        format!("`{name}` goes to every reader with all its {} MB", asset.length / 1_000_000);
    let finding = Diagnostic::new(&codes::V002, place.clone(), message);
    let is_moving = [".gif", ".png", ".apng", ".webp"].iter().any(|ending| name.ends_with(ending));
    vec![match is_moving {
        true => finding.help("a film is a tenth as large: <Video src=\"...\" />"),
        false => finding.help("save it smaller, or as JPEG, PNG or WebP"),
    }]
}

/// What there is to say of all pictures together, and of the house's own.
pub(super) fn of_site(site: &Site, _: Timestamp) -> Vec<Diagnostic> {
    let mut found = credits(site);
    if let (Some(asset), Some((_, span))) = (site.icon(), &site.config.brand.icon)
        && let Some(picture) = &asset.picture
    {
        let least = picture.raster.width.min(picture.raster.height);
        let wanted = Icon::Large.side();
        if least < wanted {
            let place = Place::Span(site.config.source.clone(), span.clone());
            let message = format!("the icon is {least} pixels wide");
            let finding = Diagnostic::new(&codes::V008, place, message);
            found.push(finding.label(format!("telephones ask for {wanted}")));
        }
    }
    found
}

/// Pictures that are credited to one here and to another there.
fn credits(site: &Site) -> Vec<Diagnostic> {
    // By their bytes: each credit, and where it stands.
    let mut credited: BTreeMap<u128, Vec<(String, Place)>> = BTreeMap::new();
    let mut note = |file: &File, src: &str, credit: &str, place: &dyn Fn() -> Place| {
        let asset = site.asset(file, &url::decode(src)).ok().map(|asset| &site.assets[asset]);
        let picture = asset.and_then(|asset| asset.picture.as_ref());
        if let Some(picture) = picture.filter(|_| !credit.trim().is_empty()) {
            let all = credited.entry(picture.raster.print).or_default();
            all.push((credit.trim().to_owned(), place()));
        }
    };
    for (_, file) in site.documents() {
        if let Some(image) = &file.image {
            let credit = image.credit().unwrap_or_default();
            note(file, image.src(), credit, &|| file.place("image.credit"));
        }
        // Most texts have none, and are not read for it.
        if file.markdown().contains("credit=") {
            for mention in prose::pictures(file.markdown(), file.body.start) {
                let place = || Place::Span(file.source.clone(), mention.span.clone());
                note(file, &mention.src, &mention.credit, &place);
            }
        }
    }
    let mut found = Vec::new();
    for uses in credited.into_values() {
        let (first, first_place) = &uses[0];
        let is_same = |credit: &str| slugify(credit) == slugify(first);
        for (credit, place) in uses.iter().filter(|(credit, _)| !is_same(credit)) {
            let message = format!("this picture is credited to `{credit}` here");
            let finding = Diagnostic::new(&codes::V010, place.clone(), message);
            found.push(finding.related(first_place.clone(), format!("and to `{first}` here")));
        }
    }
    found
}

/// Files that go out as they are and say where they were taken.
pub(super) fn positions(site: &Site, mentioned: &Mentioned) -> Vec<Diagnostic> {
    let has_position = |i: usize, asset: &Asset| match &asset.picture {
        Some(picture) => mentioned.originals.contains(&i) && picture.raster.metadata.has_position,
        None => asset.has_position,
    };
    let assets = site.assets.iter().enumerate();
    let told = assets.filter(|(i, asset)| has_position(*i, asset)).map(|(_, asset)| {
        let place = Place::File(format!("content/{}", asset.path));
        Diagnostic::new(&codes::V013, place, "this file is published and says where it was taken")
            .help("take the position out of it")
    });
    told.collect()
}

/// Pictures that nothing mentions.
pub(super) fn unused(site: &Site, mentioned: &Mentioned) -> Vec<Diagnostic> {
    let marks = &site.config.brand;
    let named = [&marks.icon, &marks.logo, &marks.share_image, &site.config.publisher.logo];
    let is_mark = |asset: &Asset| {
        let path = format!("/{}", asset.path);
        named.iter().any(|mark| mark.as_ref().is_some_and(|(address, _)| *address == path))
    };
    let assets = site.assets.iter().enumerate();
    // Two files with the same bytes and name have the same derivatives.
    let name = |i: usize| site.assets[i].picture.as_ref().map(|picture| picture.name.as_str());
    let derived = mentioned.derivatives.iter().filter_map(|(i, _)| name(*i));
    let shown: BTreeSet<&str> = derived.collect();
    let is_shown = |i: usize| mentioned.has(i) || name(i).is_some_and(|own| shown.contains(own));
    let is_left = |(i, asset): &(usize, &Arc<Asset>)| {
        asset.picture.is_some() && !is_shown(*i) && !is_mark(asset) && !asset.is_asked_for_by_name()
    };
    let idle = assets.filter(is_left);
    idle.map(|(_, asset)| {
        let place = Place::File(format!("content/{}", asset.path));
        Diagnostic::new(&codes::V011, place, "no page shows this picture")
            .help("delete it, or show it: it is not published")
    })
    .collect()
}
