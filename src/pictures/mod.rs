//! Photographs and drawings: what their files say, and the sizes and crops in which readers get them.
//!
//! Pages need a picture's head alone: [`Raster::read`] looks at the first bytes of a file, at what its
//! agency wrote into it ([`metadata`]) and at its fingerprint. From these follow the addresses of all its
//! derivatives ([`derivative`]), so that no page waits for a pixel. Pixels come last: [`make`] decodes a
//! picture once and makes every derivative of it that some page mentions, and [`store`] keeps them for the
//! next build. Nothing here knows of sites, documents or themes.

mod crop;
pub mod derivative;
mod encode;
mod exif;
mod iim;
mod make;
pub mod metadata;
mod palette;
mod pixels;
mod raster;
mod resample;
pub mod store;
pub mod svg;
mod xmp;

pub use crop::{Focus, Ratio};
pub use encode::ico;
use exif::Orientation;
pub use exif::has_position;
pub use make::{look_at, make};
pub use raster::{Format, Raster};

use std::fmt;

/// Why nothing can be made of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureError {
    /// Its head says that it has so many pixels; more than [`MOST_PIXELS`] are not decoded.
    TooLarge(u64),
    /// Its bytes are not what its head promises.
    Damaged(String),
    /// It is right as far as anybody knows, and could not be made smaller or encoded all the same.
    NotMade(String),
    /// It was saved again while it was read.
    Changed,
}

/// More than any camera takes that a newsroom has. A picture of that size takes a gigabyte to decode.
pub const MOST_PIXELS: u64 = 100_000_000;

impl fmt::Display for PictureError {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        match self {
            PictureError::TooLarge(pixels) => {
                let (has, most) = (pixels / 1_000_000, MOST_PIXELS / 1_000_000);
                write!(to, "it has {has} megapixels, and {most} are the most")
            }
            PictureError::Damaged(why) => write!(to, "it is damaged: {why}"),
            PictureError::NotMade(why) => write!(to, "Podium itself has failed: {why}"),
            PictureError::Changed => to.write_str("it was saved again while it was read"),
        }
    }
}
