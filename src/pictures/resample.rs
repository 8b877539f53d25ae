//! Resampling in linear light: a pixel that stands for four has the light of all four, so that fine lines and
//! far floodlights keep their brightness.

use std::sync::LazyLock;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{
    FilterType, PixelComponentMapper, PixelType, ResizeAlg, ResizeOptions, Resizer,
    create_srgb_mapper,
};

use super::crop::Rectangle;
use super::pixels::Pixels;
use super::raster::not_made;
use super::{Orientation, PictureError};

/// sRGB to light and back, by tables: light in sixteen bits, which the darkest steps of sRGB need.
static CURVE: LazyLock<PixelComponentMapper> = LazyLock::new(create_srgb_mapper);

/// The light of each value of sRGB.
static LIGHT: LazyLock<[u16; 256]> = LazyLock::new(|| {
    let values: Vec<u8> = (0..=255).collect();
    let mut light = [0; 256];
    let image = Image::from_vec_u8(256, 1, values, PixelType::U8);
    let mut out = Image::new(256, 1, PixelType::U16);
    if let Ok(image) = image
        && CURVE.forward_map(&image, &mut out).is_ok()
    {
        for (light, bytes) in light.iter_mut().zip(out.buffer().chunks_exact(2)) {
            *light = u16::from_ne_bytes([bytes[0], bytes[1]]);
        }
    }
    light
});

/// A decoded picture, of which parts are wanted as light.
pub struct Source {
    pixels: Pixels,
    /// Half as wide and high, a quarter, an eighth, as far as somebody asked.
    halves: Vec<Light>,
}

/// So many rows become light at a time.
const BAND: u32 = 256;

/// How far a pixel looks around itself: Lanczos' filter has three lobes.
const LOBES: f64 = 3.0;

impl Source {
    /// Of a picture.
    pub fn new(pixels: Pixels) -> Source {
        Source { pixels, halves: Vec::new() }
    }

    /// A part of the stored picture, `width` by `height` pixels large. What it is made from follows from its
    /// size alone, whatever else is made: the smallest half of a half of the picture that still has twice its
    /// width.
    pub fn part(
        &mut self,
        part: Rectangle,
        width: u32,
        height: u32,
    ) -> Result<Light, PictureError> {
        let mut left = part.width / width.saturating_mul(2).max(1);
        let mut depth = 0;
        while left >= 2 {
            left /= 2;
            depth += 1;
        }
        while self.halves.len() < depth {
            let half = match self.halves.last() {
                Some(light) => light.half()?,
                None => half(&self.pixels)?,
            };
            self.halves.push(half);
        }
        match depth.checked_sub(1).and_then(|depth| self.halves.get(depth)) {
            Some(light) => light.part(part, width, height),
            None => banded(&self.pixels, part, width, height),
        }
    }
}

/// The same straight from the pixels. They become light band by band: the light of twelve million takes twice
/// their room.
fn banded(
    pixels: &Pixels,
    part: Rectangle,
    width: u32,
    height: u32,
) -> Result<Light, PictureError> {
    let (from, to) = types(pixels.channels);
    let row = pixels.width as usize * pixels.channels;
    let scale = f64::from(part.height) / f64::from(height);
    let margin = (LOBES * scale.max(1.0)).ceil() as u32 + 1;
    let step = ((f64::from(BAND) / scale) as u32).max(1);
    let mut out = Vec::with_capacity(width as usize * height as usize * pixels.channels * 2);
    for start in (0..height).step_by(step as usize) {
        let end = start.saturating_add(step).min(height);
        let top = f64::from(part.top) + f64::from(start) * scale;
        let bottom = f64::from(part.top) + f64::from(end) * scale;
        // Rows beside the band count at its edges.
        let first = (top as u32).saturating_sub(margin);
        let last = (bottom.ceil() as u32).saturating_add(margin).min(pixels.height);
        let rows = &pixels.bytes[first as usize * row..last as usize * row];
        let rows = ImageRef::new(pixels.width, last - first, rows, from).map_err(not_made)?;
        let mut light = Image::new(pixels.width, last - first, to);
        CURVE.forward_map(&rows, &mut light).map_err(not_made)?;
        let (left, across) = (f64::from(part.left), f64::from(part.width));
        let top = top - f64::from(first);
        let down = fitting(top, f64::from(end - start) * scale, last - first);
        let options = lanczos(left, top, across, down);
        let mut band = Image::new(width, end - start, to);
        Resizer::new().resize(&light, &mut band, &options).map_err(not_made)?;
        out.extend_from_slice(band.buffer());
    }
    let image = Image::from_vec_u8(width, height, out, to).map_err(not_made)?;
    Ok(Light { image, scale: f64::from(part.width) / f64::from(width) })
}

/// As much of a length as fits behind its start: sums of broken numbers may be a bit too long.
fn fitting(start: f64, length: f64, whole: u32) -> f64 {
    let whole = f64::from(whole);
    let mut length = length.min(whole - start);
    while start + length > whole {
        length = length.next_down();
    }
    length
}

fn lanczos(left: f64, top: f64, width: f64, height: f64) -> ResizeOptions {
    let filter = ResizeAlg::Convolution(FilterType::Lanczos3);
    ResizeOptions::new().crop(left, top, width, height).resize_alg(filter)
}

/// A picture as light.
pub struct Light {
    image: Image<'static>,
    /// So many pixels of the stored picture stand in one.
    scale: f64,
}

impl Light {
    /// A part of the stored picture, `width` by `height` pixels large.
    pub fn part(&self, part: Rectangle, width: u32, height: u32) -> Result<Light, PictureError> {
        let of = |stored: u32| f64::from(stored) / self.scale;
        let (all_width, all_height) = (self.image.width(), self.image.height());
        let left = of(part.left).min(f64::from(all_width) - 1.0);
        let top = of(part.top).min(f64::from(all_height) - 1.0);
        // What does not divide evenly is cut off at the right and at the bottom.
        let across = fitting(left, of(part.width), all_width);
        let down = fitting(top, of(part.height), all_height);
        let mut out = Image::new(width, height, self.image.pixel_type());
        let options = lanczos(left, top, across, down);
        Resizer::new().resize(&self.image, &mut out, &options).map_err(not_made)?;
        Ok(Light { image: out, scale: self.scale * across / f64::from(width) })
    }

    /// Half as wide and high.
    fn half(&self) -> Result<Light, PictureError> {
        let channels = if self.image.pixel_type() == PixelType::U16x4 { 4 } else { 3 };
        let (width, height) = (self.image.width(), self.image.height());
        let light = |at: usize| {
            let bytes = &self.image.buffer()[at * 2..at * 2 + 2];
            u16::from_ne_bytes([bytes[0], bytes[1]])
        };
        let image = halved(width, height, channels, light)?;
        Ok(Light { image, scale: self.scale * 2.0 })
    }

    /// In sRGB, the right way up.
    pub fn pixels(&self, orientation: Orientation) -> Result<Pixels, PictureError> {
        let (width, height) = (self.image.width(), self.image.height());
        let channels = if self.image.pixel_type() == PixelType::U16x4 { 4 } else { 3 };
        let mut out = Image::new(width, height, types(channels).0);
        CURVE.backward_map(&self.image, &mut out).map_err(not_made)?;
        let pixels = Pixels { width, height, channels, bytes: out.into_vec(), palette: None };
        Ok(turned(pixels, orientation))
    }
}

fn types(channels: usize) -> (PixelType, PixelType) {
    match channels {
        4 => (PixelType::U8x4, PixelType::U16x4),
        _ => (PixelType::U8x3, PixelType::U16x3),
    }
}

/// Half as wide and high as a picture.
fn half(pixels: &Pixels) -> Result<Light, PictureError> {
    let channels = pixels.channels;
    let light = |at: usize| match at % channels {
        // 257 makes sixteen bits of eight.
        3 => u16::from(pixels.bytes[at]) * 257,
        _ => LIGHT[usize::from(pixels.bytes[at])],
    };
    let image = halved(pixels.width, pixels.height, channels, light)?;
    Ok(Light { image, scale: 2.0 })
}

/// Each pixel is the mean light of four. What is seen through counts by its opacity. `light` is asked for each
/// value of each pixel by its place.
fn halved(
    width: u32,
    height: u32,
    channels: usize,
    light: impl Fn(usize) -> u16,
) -> Result<Image<'static>, PictureError> {
    let row = width as usize * channels;
    let (across, down) = ((width / 2).max(1), (height / 2).max(1));
    // One row or column alone is its own neighbour.
    let right = if width > 1 { channels } else { 0 };
    let below = if height > 1 { row } else { 0 };
    let mut out = Vec::with_capacity(across as usize * down as usize * channels * 2);
    for y in 0..down as usize {
        for x in 0..across as usize {
            let first = 2 * y * row + 2 * x * channels;
            let four = [first, first + right, first + below, first + below + right];
            if channels == 4 {
                let opacity = four.map(|pixel| u64::from(light(pixel + 3)));
                let all: u64 = opacity.iter().sum();
                for color in 0..3 {
                    let parts = four.iter().zip(opacity);
                    let sum: u64 =
                        parts.map(|(px, part)| u64::from(light(px + color)) * part).sum();
                    let mean = (sum + all / 2).checked_div(all).unwrap_or(0);
                    out.extend((mean as u16).to_ne_bytes());
                }
                out.extend((((all + 2) / 4) as u16).to_ne_bytes());
            } else {
                for color in 0..3 {
                    let sum: u32 = four.iter().map(|px| u32::from(light(px + color))).sum();
                    out.extend((((sum + 2) / 4) as u16).to_ne_bytes());
                }
            }
        }
    }
    Image::from_vec_u8(across, down, out, types(channels).1).map_err(not_made)
}

/// The right way up.
fn turned(pixels: Pixels, orientation: Orientation) -> Pixels {
    let (exchanged, mirrored, upside_down) = orientation.turns();
    if (exchanged, mirrored, upside_down) == (false, false, false) {
        return pixels;
    }
    let channels = pixels.channels;
    let (stored_width, stored_height) = (pixels.width as usize, pixels.height as usize);
    let (width, height) = match exchanged {
        true => (stored_height, stored_width),
        false => (stored_width, stored_height),
    };
    let mut bytes = Vec::with_capacity(pixels.bytes.len());
    for y in 0..height {
        for x in 0..width {
            let across = if mirrored { width - 1 - x } else { x };
            let down = if upside_down { height - 1 - y } else { y };
            let (column, row) = if exchanged { (down, across) } else { (across, down) };
            let at = (row * stored_width + column) * channels;
            bytes.extend_from_slice(&pixels.bytes[at..at + channels]);
        }
    }
    let palette = pixels.palette;
    Pixels { width: width as u32, height: height as u32, channels, bytes, palette }
}

/// Where a part of the shown picture lies in the stored one, which is so large.
pub fn stored(part: Rectangle, width: u32, height: u32, orientation: Orientation) -> Rectangle {
    let (exchanged, mirrored, upside_down) = orientation.turns();
    let (shown_width, shown_height) = if exchanged { (height, width) } else { (width, height) };
    let left = if mirrored { shown_width - part.left - part.width } else { part.left };
    let top = if upside_down { shown_height - part.top - part.height } else { part.top };
    match exchanged {
        true => Rectangle { left: top, top: left, width: part.height, height: part.width },
        false => Rectangle { left, top, ..part },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever is cut out of a picture of whatever sides, it is as large as it was wanted.
        #[test]
        fn every_part_of_every_picture_can_be_made(
            (width, height) in (1u32..600, 1u32..600),
            (left, top, across, down) in (0.0..1.0f64, 0.0..1.0f64, 0.0..1.0f64, 0.0..1.0f64),
            (wide, high) in (1u32..400, 1u32..400),
            channels in 3usize..5,
        ) {
            let part = |share: f64, whole: u32| (f64::from(whole) * share) as u32;
            let (left, top) = (part(left, width - 1), part(top, height - 1));
            let across = part(across, width - left).max(1);
            let down = part(down, height - top).max(1);
            let bytes = vec![90; width as usize * height as usize * channels];
            let pixels = Pixels { width, height, channels, bytes, palette: None };
            let part = Rectangle { left, top, width: across, height: down };
            let light = Source::new(pixels).part(part, wide, high).unwrap();
            let made = light.pixels(Orientation::default()).unwrap();
            prop_assert_eq!((made.width, made.height), (wide, high));
            // One colour stays that colour.
            prop_assert!(made.bytes.iter().all(|value| value.abs_diff(90) <= 1));
        }
    }
}
