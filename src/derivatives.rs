//! Makes the derivatives that pages mention, once the pages are there: picture by picture, each decoded once
//! and on one thread. What was made before comes from the store.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::assemble::Site;
use crate::diagnostics::Diagnostic;
use crate::parse::assets::{self, Asset, Picture};
use crate::paths;
use crate::pictures::derivative::Recipe;
use crate::pictures::store::Store;
use crate::pictures::{self, PictureError};
use crate::pipeline::Observer;
use crate::plan::Icon;
use crate::render::mentions::Mentioned;

/// A derivative, and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Derivative<'s> {
    asset: &'s Asset,
    picture: &'s Picture,
    recipe: Recipe,
}

impl<'s> Derivative<'s> {
    /// Of one of the site's files. Nothing if that goes to readers as it is.
    pub fn new(asset: &'s Asset, recipe: Recipe) -> Option<Derivative<'s>> {
        Some(Derivative { asset, picture: asset.picture.as_ref()?, recipe })
    }

    /// The name of its file.
    pub fn file(&self) -> String {
        format!("{}.{}", self.picture.name, self.recipe)
    }
}

/// What becomes of each derivative: its file from the output folder, and its bytes.
pub type Sink<'s, T> = dyn Fn(&str, &[u8]) -> Result<T, Box<Diagnostic>> + Sync + 's;

/// Makes all derivatives that pages mention, or takes them from the store, and hands them to the sink.
pub fn all<T: Send>(
    root: &Path,
    site: &Site,
    mentioned: &Mentioned,
    store: &Store,
    observer: &dyn Observer,
    sink: &Sink<T>,
) -> Vec<Result<T, Box<Diagnostic>>> {
    let groups = groups(site, mentioned);
    observer.begun_pictures(groups.len());
    let groups = groups.into_par_iter().filter(|_| !observer.is_stopped());
    let make = |group: Vec<Derivative>| {
        let made = of_one(root, &group, store, sink);
        observer.made();
        made
    };
    groups.flat_map_iter(make).collect()
}

/// The names of all files that are kept for a site: derivatives that pages mention, and what its icon became.
pub fn names(site: &Site, mentioned: &Mentioned) -> HashSet<String> {
    let derivatives = groups(site, mentioned).into_iter().flatten();
    let icon = site.icon();
    let icons = Icon::ALL.iter().filter_map(|size| Derivative::new(icon?, size.recipe()));
    derivatives.chain(icons).map(|derivative| derivative.file()).collect()
}

/// The derivatives of each picture.
fn groups<'s>(site: &'s Site, mentioned: &Mentioned) -> Vec<Vec<Derivative<'s>>> {
    let mut groups: Vec<Vec<Derivative>> = Vec::new();
    for (asset, recipe) in &mentioned.derivatives {
        let Some(derivative) = Derivative::new(&site.assets[*asset], *recipe) else { continue };
        match groups.last_mut().filter(|group| std::ptr::eq(group[0].asset, derivative.asset)) {
            Some(group) => group.push(derivative),
            None => groups.push(vec![derivative]),
        }
    }
    groups
}

fn of_one<T>(
    root: &Path,
    group: &[Derivative],
    store: &Store,
    sink: &Sink<T>,
) -> Vec<Result<T, Box<Diagnostic>>> {
    let mut done = Vec::with_capacity(group.len());
    let mut missing: Vec<Derivative> = Vec::new();
    let folder = pictures::derivative::FOLDER.trim_start_matches('/');
    let path = |derivative: &Derivative| format!("{folder}{}", derivative.file());
    for derivative in group {
        match store.get(&derivative.file()) {
            Some(bytes) => done.push(sink(&path(derivative), &bytes)),
            None => missing.push(*derivative),
        }
    }
    match make(root, &missing) {
        Ok(made) => {
            for (derivative, bytes) in missing.iter().zip(made) {
                store.put(&derivative.file(), &bytes);
                done.push(sink(&path(derivative), &bytes));
            }
        }
        Err(problem) => done.push(Err(problem)),
    }
    done
}

/// Makes derivatives of one picture.
fn make(root: &Path, group: &[Derivative]) -> Result<Vec<Vec<u8>>, Box<Diagnostic>> {
    let Some(first) = group.first() else { return Ok(Vec::new()) };
    let bytes = source(root, first.asset)?;
    let recipes: Vec<Recipe> = group.iter().map(|derivative| derivative.recipe).collect();
    let made = pictures::make(&bytes, &first.picture.raster, &recipes);
    made.map_err(|error| unusable(first.asset, &error))
}

/// One derivative, made now or before.
///
/// # Errors
/// Nothing can be made of its picture.
pub fn one(root: &Path, derivative: Derivative, store: &Store) -> Result<Vec<u8>, Box<Diagnostic>> {
    if let Some(bytes) = store.get(&derivative.file()) {
        return Ok(bytes);
    }
    let bytes = make(root, &[derivative])?.pop().unwrap_or_default();
    store.put(&derivative.file(), &bytes);
    Ok(bytes)
}

/// A size of the house's icon.
///
/// # Errors
/// As of [`one`].
pub fn icon(
    root: &Path,
    asset: &Asset,
    icon: Icon,
    store: &Store,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let derivative = Derivative::new(asset, icon.recipe());
    let png = derivative.map_or(Ok(Vec::new()), |derivative| one(root, derivative, store))?;
    Ok(match icon {
        Icon::Favicon => pictures::ico(&png, icon.side_of(asset)),
        Icon::AppleTouch | Icon::Small | Icon::Large => png,
    })
}

/// What is known of the pixels of pictures by the prints of their files: that they are right, or what is wrong.
#[derive(Debug, Default)]
pub struct Inspected(Mutex<HashMap<u128, Option<Diagnostic>>>);

/// What is wrong with the pictures that pages mention, and with the house's icon, without making anything: those
/// of which everything was made before are right.
pub fn look_at(
    root: &Path,
    site: &Site,
    mentioned: &Mentioned,
    store: &Store,
    inspected: &Inspected,
    observer: &dyn Observer,
) -> Vec<Diagnostic> {
    let icon = site.icon();
    let icons = Icon::ALL.iter().filter_map(|size| Derivative::new(icon?, size.recipe()));
    let mut groups = groups(site, mentioned);
    groups.push(icons.collect());
    observer.begun_pictures(groups.len());
    let groups = groups.into_par_iter().filter(|_| !observer.is_stopped());
    let look = |group: Vec<Derivative>| {
        let found = group.first().and_then(|first| inspected.look(root, first, &group, store));
        observer.made();
        found
    };
    groups.filter_map(look).collect()
}

impl Inspected {
    fn look(
        &self,
        root: &Path,
        first: &Derivative,
        group: &[Derivative],
        store: &Store,
    ) -> Option<Diagnostic> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let print = first.picture.raster.print;
        if let Some(found) = known().get(&print) {
            return found.clone();
        }
        let is_made = group.iter().all(|derivative| store.get(&derivative.file()).is_some());
        let found = if is_made { Ok(()) } else { decoded(root, first) };
        let found = found.err().map(|problem| *problem);
        known().insert(print, found.clone());
        found
    }
}

fn decoded(root: &Path, derivative: &Derivative) -> Result<(), Box<Diagnostic>> {
    let bytes = source(root, derivative.asset)?;
    let tried = pictures::look_at(&bytes, &derivative.picture.raster);
    tried.map_err(|error| unusable(derivative.asset, &error))
}

fn source(root: &Path, asset: &Asset) -> Result<Vec<u8>, Box<Diagnostic>> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let read =
        paths::open_inside(root, &asset.absolute).and_then(|mut file| file.read_to_end(&mut bytes));
    let shown = format!("content/{}", asset.path);
    read.map_err(|error| Box::new(crate::text::unreadable(&shown, &error)))?;
    Ok(bytes)
}

fn unusable(asset: &Asset, error: &PictureError) -> Box<Diagnostic> {
    Box::new(assets::unusable(&format!("content/{}", asset.path), error))
}
