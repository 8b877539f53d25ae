//! Resampling in linear light: a pixel that stands for four has the light of all four, so that fine lines and
//! far floodlights keep their brightness.

use std::sync::LazyLock;

use fast_image_resize::images::Image;
use fast_image_resize::{
    FilterType, PixelComponentMapper, PixelType, ResizeAlg, ResizeOptions, Resizer,
    create_srgb_mapper,
};

use super::crop::Rectangle;
use super::pixels::Pixels;
use super::raster::damaged;
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

/// A picture as light, whole or shrunk.
pub struct Light {
    image: Image<'static>,
    /// Of the stored picture: so many of its pixels stand in one.
    scale: f64,
}

impl Light {
    /// The light of a picture. One that is much larger than anything that is to be made of it, `wanted`
    /// pixels wide, is shrunk by a whole number at once: memory follows what is wanted, not what was taken.
    pub fn new(pixels: &Pixels, wanted: u32) -> Result<Light, PictureError> {
        let step = (pixels.width / wanted.saturating_mul(2).max(1)).max(1);
        if step == 1 {
            let (from, to) = types(pixels.channels);
            let (width, height) = (pixels.width, pixels.height);
            let image =
                fast_image_resize::images::ImageRef::new(width, height, &pixels.bytes, from);
            let mut light = Image::new(width, height, to);
            CURVE.forward_map(&image.map_err(damaged)?, &mut light).map_err(damaged)?;
            return Ok(Light { image: light, scale: 1.0 });
        }
        shrunk(pixels, step as usize)
    }

    /// A part of the stored picture, `width` by `height` pixels large.
    pub fn part(&self, part: Rectangle, width: u32, height: u32) -> Result<Light, PictureError> {
        let of = |stored: u32| f64::from(stored) / self.scale;
        let (all_width, all_height) =
            (f64::from(self.image.width()), f64::from(self.image.height()));
        let (left, top) = (of(part.left).min(all_width - 1.0), of(part.top).min(all_height - 1.0));
        // What does not divide evenly is cut off at the right and at the bottom.
        let (across, down) =
            (of(part.width).min(all_width - left), of(part.height).min(all_height - top));
        let options = ResizeOptions::new()
            .crop(left, top, across, down)
            .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
        let mut out = Image::new(width, height, self.image.pixel_type());
        Resizer::new().resize(&self.image, &mut out, &options).map_err(damaged)?;
        Ok(Light { image: out, scale: self.scale * across / f64::from(width) })
    }

    /// How many pixels wide it is.
    pub fn width(&self) -> u32 {
        self.image.width()
    }

    /// In sRGB, the right way up.
    pub fn pixels(&self, orientation: Orientation) -> Result<Pixels, PictureError> {
        let (width, height) = (self.image.width(), self.image.height());
        let channels = if self.image.pixel_type() == PixelType::U16x4 { 4 } else { 3 };
        let mut out = Image::new(width, height, types(channels).0);
        CURVE.backward_map(&self.image, &mut out).map_err(damaged)?;
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

/// Each pixel is the mean light of a square of them. What is seen through counts by its opacity.
fn shrunk(pixels: &Pixels, step: usize) -> Result<Light, PictureError> {
    let channels = pixels.channels;
    let row = pixels.width as usize * channels;
    let (width, height) = (pixels.width as usize / step, (pixels.height as usize / step).max(1));
    let mut out = Vec::with_capacity(width * height * channels * 2);
    for rows in pixels.bytes.chunks(row * step).take(height) {
        for column in 0..width {
            let mut sums = [0u64; 4];
            let mut opacity = 0u64;
            for line in rows.chunks_exact(row) {
                let square = &line[column * step * channels..(column + 1) * step * channels];
                for pixel in square.chunks_exact(channels) {
                    let alpha = pixel.get(3).map_or(255, |alpha| u64::from(*alpha));
                    opacity += alpha;
                    for (sum, value) in sums.iter_mut().zip(&pixel[..3]) {
                        *sum += u64::from(LIGHT[usize::from(*value)]) * alpha;
                    }
                }
            }
            let count = (rows.len() / row * step) as u64;
            for sum in &sums[..3] {
                let mean = (sum + opacity / 2).checked_div(opacity).unwrap_or(0);
                out.extend((mean as u16).to_ne_bytes());
            }
            if channels == 4 {
                // 257 makes sixteen bits of eight.
                out.extend(((opacity * 257 / count) as u16).to_ne_bytes());
            }
        }
    }
    let (width, height) = (width as u32, height as u32);
    let image = Image::from_vec_u8(width, height, out, types(channels).1).map_err(damaged)?;
    Ok(Light { image, scale: step as f64 })
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
