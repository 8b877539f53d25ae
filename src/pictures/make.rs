//! The derivatives of a picture, made together: it is decoded once.

use std::panic::{self, AssertUnwindSafe};

use super::crop::Rectangle;
use super::derivative::Recipe;
use super::resample::{self, Light};
use super::{PictureError, Raster, encode, pixels};

/// Makes derivatives of the picture in these bytes, in the order of the recipes, on this thread.
///
/// # Errors
/// The bytes are not those that the head was read from, or cannot be decoded.
pub fn make(
    bytes: &[u8],
    raster: &Raster,
    recipes: &[Recipe],
) -> Result<Vec<Vec<u8>>, PictureError> {
    guarded(bytes, raster, || all(bytes, raster, recipes))
}

/// Decodes the picture in these bytes for what is wrong with it.
///
/// # Errors
/// As of [`make`].
pub fn look_at(bytes: &[u8], raster: &Raster) -> Result<(), PictureError> {
    guarded(bytes, raster, || pixels::decode(bytes, raster).map(drop))
}

fn guarded<T>(
    bytes: &[u8],
    raster: &Raster,
    work: impl FnOnce() -> Result<T, PictureError>,
) -> Result<T, PictureError> {
    if xxhash_rust::xxh3::xxh3_128(bytes) != raster.print {
        return Err(PictureError::Changed);
    }
    // The decoders are meant to take anything; should one of them not, it costs this picture alone.
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    done.unwrap_or_else(|_| Err(PictureError::Damaged("its decoder gave up".into())))
}

/// A part of the shown picture, so large.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Cut {
    part: Rectangle,
    width: u32,
    height: u32,
}

fn all(bytes: &[u8], raster: &Raster, recipes: &[Recipe]) -> Result<Vec<Vec<u8>>, PictureError> {
    let decoded = pixels::decode(bytes, raster)?;
    let (width, height) = (decoded.width, decoded.height);
    let cuts: Vec<Cut> = recipes
        .iter()
        .map(|recipe| {
            let (part, width, height) = recipe.cut(raster);
            Cut { part, width, height }
        })
        .collect();
    let on_its_side = raster.orientation.is_on_its_side();
    let sides =
        |cut: &Cut| if on_its_side { (cut.height, cut.width) } else { (cut.width, cut.height) };
    // As wide as the whole picture would be at the scale of the largest.
    let wanted = |cut: &Cut| {
        let part = resample::stored(cut.part, width, height, raster.orientation);
        (u64::from(sides(cut).0) * u64::from(width)).div_ceil(u64::from(part.width.max(1))) as u32
    };
    let largest = cuts.iter().map(wanted).max().unwrap_or(1);
    // The light of twelve million pixels is large: they are let go of first.
    let mut levels = vec![Light::new(&decoded, largest)?];
    let palette = decoded.palette.clone();
    drop(decoded);
    let mut order: Vec<usize> = (0..cuts.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse((wanted(&cuts[*i]), cuts[*i].width)));
    let mut made: Vec<Vec<u8>> = vec![Vec::new(); recipes.len()];
    let mut last: Option<(Cut, pixels::Pixels)> = None;
    for i in order {
        let cut = cuts[i];
        if last.as_ref().is_none_or(|(known, _)| *known != cut) {
            let part = resample::stored(cut.part, width, height, raster.orientation);
            let (across, down) = sides(&cut);
            // From the smallest that has four times the pixels.
            let enough = |level: &&Light| level.width() >= wanted(&cut).saturating_mul(2);
            let level = levels.iter().rev().find(enough).unwrap_or(&levels[0]);
            let light = level.part(part, across, down)?;
            let mut pixels = light.pixels(raster.orientation)?;
            if let Some(palette) = &palette {
                palette.snap(&mut pixels.bytes);
                pixels.palette = Some(palette.clone());
            }
            last = Some((cut, pixels));
            let is_whole = (part.width, part.height) == (width, height);
            if is_whole && levels.last().is_some_and(|level| level.width() > light.width()) {
                levels.push(light);
            }
        }
        if let Some((_, pixels)) = &last {
            let encoding = recipes[i].encoding;
            made[i] = encode::encode(pixels, encoding, raster.is_drawing, &raster.metadata)?;
        }
    }
    Ok(made)
}
