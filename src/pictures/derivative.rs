//! The sizes, crops and formats of a picture, and their addresses, which say all of it:
//! `/pictures/finish.4e1f00aa5c9b.3x2-40-20.640.webp`.
//!
//! The name of a derivative follows from its source's bytes, what is made of them and how. So it can be
//! written into pages before anything is made, kept for good by browsers, and read back by whoever is asked
//! for it.

use std::fmt;

use xxhash_rust::xxh3::xxh3_64;

use super::Raster;
use super::crop::{self, Focus, Ratio, Rectangle};

/// Where derivatives are, from the top of the site.
pub const FOLDER: &str = "/pictures/";

/// How derivatives are made. Whoever changes a byte of any of them changes this, so that nobody takes an
/// old one for a new one.
const VERSION: &str = "1";

/// WebP has fourteen bits for a side.
const MOST_SIDE: u32 = 16_383;

/// How wide a picture is for search engines and shares, in pixels.
pub const SHARED_WIDTH: u32 = 1200;

/// The widest that is offered to programs which choose no size: old browsers, feed readers, mail.
const FALLBACK_WIDTH: u32 = 1280;

/// A file format of derivatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Encoding {
    Avif,
    Webp,
    /// For photographs where WebP is not shown.
    Jpeg,
    /// For drawings where WebP is not shown.
    Png,
}

impl Encoding {
    const ALL: [Encoding; 4] = [Encoding::Avif, Encoding::Webp, Encoding::Jpeg, Encoding::Png];

    /// The end of its names.
    fn ending(self) -> &'static str {
        match self {
            Encoding::Avif => "avif",
            Encoding::Webp => "webp",
            Encoding::Jpeg => "jpg",
            Encoding::Png => "png",
        }
    }

    /// Its media type (IANA).
    pub fn media_type(self) -> &'static str {
        match self {
            Encoding::Avif => "image/avif",
            Encoding::Webp => "image/webp",
            Encoding::Jpeg => "image/jpeg",
            Encoding::Png => "image/png",
        }
    }
}

/// What is to be made of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Recipe {
    /// The shape that is cut out, and around what; nothing: the whole.
    pub crop: Option<(Ratio, Focus)>,
    /// In pixels; never more than the picture has there.
    pub width: u32,
    pub encoding: Encoding,
}

impl Recipe {
    /// Which part of a picture it shows, and how wide and high.
    pub(super) fn cut(&self, raster: &Raster) -> (Rectangle, u32, u32) {
        let part = cut_out(raster.width, raster.height, self.crop);
        let width = self.width.clamp(1, part.width);
        (part, width, height_of(part, width))
    }
}

fn cut_out(width: u32, height: u32, crop: Option<(Ratio, Focus)>) -> Rectangle {
    let part = crop.and_then(|(ratio, focus)| crop::part(width, height, ratio, focus));
    part.unwrap_or(Rectangle { left: 0, top: 0, width, height })
}

fn height_of(part: Rectangle, width: u32) -> u32 {
    let (across, down) = (u64::from(part.width), u64::from(part.height));
    let height = (u64::from(width) * down + across / 2) / across.max(1);
    u32::try_from(height).unwrap_or(u32::MAX).clamp(1, MOST_SIDE)
}

/// The end of a derivative's name.
impl fmt::Display for Recipe {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        if let Some((ratio, focus)) = self.crop {
            write!(to, "{ratio}-{}-{}.", focus.x, focus.y)?;
        }
        write!(to, "{}.{}", self.width, self.encoding.ending())
    }
}

/// The name of a picture, to which all its derivatives add what they are: that of its file, and what its
/// bytes are.
pub fn name(path: &str, raster: &Raster) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut slug = crate::slug::slugify(stem);
    // Addresses in other letters would be written in two ways.
    if slug.is_empty() || !slug.is_ascii() {
        slug = "picture".to_owned();
    }
    slug.truncate(40);
    let mut print = raster.print.to_be_bytes().to_vec();
    print.extend(VERSION.bytes());
    format!("{}.{:012x}", slug.trim_end_matches('-'), xxh3_64(&print) >> 16)
}

/// Takes the name of a derivative's file apart: the name of its picture, and what was made of it. Nothing if
/// no derivative is called so.
pub fn parse(file: &str) -> Option<(&str, Recipe)> {
    let (rest, ending) = file.rsplit_once('.')?;
    let encoding = Encoding::ALL.into_iter().find(|encoding| encoding.ending() == ending)?;
    let (rest, width) = rest.rsplit_once('.')?;
    let (name, crop) = match rest.matches('.').count() {
        1 => (rest, None),
        2 => {
            let (name, crop) = rest.rsplit_once('.')?;
            let mut parts = crop.splitn(3, '-');
            let ratio = parts.next()?.parse().ok()?;
            let focus = Focus { x: parts.next()?.parse().ok()?, y: parts.next()?.parse().ok()? };
            if focus.x > 100 || focus.y > 100 {
                return None;
            }
            (name, Some((ratio, focus)))
        }
        _ => return None,
    };
    let recipe = Recipe { crop, width: width.parse().ok()?, encoding };
    // One spelling for one derivative.
    (format!("{name}.{recipe}") == file).then_some((name, recipe))
}

/// What readers are offered of a picture.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    /// As of [`name`].
    pub name: &'a str,
    /// Of the whole picture, in pixels.
    pub width: u32,
    pub height: u32,
    /// Of its file.
    pub is_drawing: bool,
    /// What every crop shows.
    pub focus: Focus,
    /// The widths that the site wants, ascending.
    pub widths: &'a [u32],
    /// Whether AVIF is among the formats.
    pub with_avif: bool,
}

/// A derivative as pages mention it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// From the top of the site.
    pub address: String,
    pub width: u32,
    pub height: u32,
}

impl Offer<'_> {
    /// For programs that choose no size.
    pub fn fallback(&self, ratio: Option<Ratio>) -> Derived {
        let widths = self.widths(ratio);
        let width = widths.iter().rev().find(|width| **width <= FALLBACK_WIDTH);
        let width = width.or(widths.first()).copied().unwrap_or(self.width);
        self.derived(ratio, width, self.fallback_encoding())
    }

    /// For search engines and shares, in that shape.
    pub fn shared(&self, ratio: Ratio) -> Derived {
        self.derived(Some(ratio), SHARED_WIDTH, self.fallback_encoding())
    }

    /// As large as there is, for who wants to look closely.
    pub fn largest(&self) -> Derived {
        let width = self.widths(None).last().copied().unwrap_or(self.width);
        self.derived(None, width, Encoding::Webp)
    }

    /// For browsers, which choose: format by format, the best first, the narrowest first in each.
    pub fn sources(&self, ratio: Option<Ratio>) -> Vec<(Encoding, Vec<Derived>)> {
        let encodings = match self.with_avif && !self.is_drawing {
            true => &[Encoding::Avif, Encoding::Webp][..],
            false => &[Encoding::Webp],
        };
        let of = |encoding: Encoding| {
            let all = self.widths(ratio).into_iter();
            (encoding, all.map(|width| self.derived(ratio, width, encoding)).collect())
        };
        encodings.iter().map(|encoding| of(*encoding)).collect()
    }

    /// The same as HTML writes it: media types, and addresses with their widths. `base` stands before each
    /// address.
    pub fn srcsets(&self, ratio: Option<Ratio>, base: &str) -> Vec<(&'static str, String)> {
        let candidates = |all: &[Derived]| {
            let all = all.iter().map(|one| format!("{base}{} {}w", one.address, one.width));
            all.collect::<Vec<_>>().join(", ")
        };
        let sources = self.sources(ratio).into_iter();
        sources.map(|(encoding, all)| (encoding.media_type(), candidates(&all))).collect()
    }

    /// Whether a derivative is one of those that are offered, to anybody.
    pub fn has(&self, recipe: &Recipe) -> bool {
        let ratio = recipe.crop.map(|(ratio, _)| ratio);
        let is_cut = recipe.crop.is_none_or(|(ratio, focus)| {
            focus == self.focus && crop::part(self.width, self.height, ratio, focus).is_some()
        });
        let is_wanted = self.widths(ratio).contains(&recipe.width)
            || recipe.width == SHARED_WIDTH.min(self.cut_out(ratio).width);
        let is_encoded = match recipe.encoding {
            Encoding::Avif => self.with_avif && !self.is_drawing,
            Encoding::Webp => true,
            encoding => encoding == self.fallback_encoding(),
        };
        is_cut && is_wanted && is_encoded
    }

    fn fallback_encoding(&self) -> Encoding {
        if self.is_drawing { Encoding::Png } else { Encoding::Jpeg }
    }

    fn cut_out(&self, ratio: Option<Ratio>) -> Rectangle {
        cut_out(self.width, self.height, ratio.map(|ratio| (ratio, self.focus)))
    }

    /// The site's widths as far as the picture goes; if it ends before the widest, its own too.
    fn widths(&self, ratio: Option<Ratio>) -> Vec<u32> {
        let part = self.cut_out(ratio);
        // One that is very tall cannot be encoded in its full width.
        let fits = u64::from(MOST_SIDE) * u64::from(part.width) / u64::from(part.height.max(1));
        let own = part.width.min(u32::try_from(fits).unwrap_or(u32::MAX).max(1));
        let mut widths: Vec<u32> =
            self.widths.iter().copied().filter(|width| *width < own).collect();
        if widths.len() < self.widths.len() || widths.is_empty() {
            widths.push(own);
        }
        widths
    }

    fn derived(&self, ratio: Option<Ratio>, width: u32, encoding: Encoding) -> Derived {
        let crop = ratio.map(|ratio| (ratio, self.focus));
        // A picture that has the shape already has one name.
        let crop = crop
            .filter(|(ratio, focus)| crop::part(self.width, self.height, *ratio, *focus).is_some());
        let part = cut_out(self.width, self.height, crop);
        let width = width.min(part.width);
        let recipe = Recipe { crop, width, encoding };
        let address = format!("{FOLDER}{}.{recipe}", self.name);
        Derived { address, width, height: height_of(part, width) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CARD: Ratio = Ratio { width: 3, height: 2 };

    const WIDTHS: [u32; 4] = [320, 640, 1280, 2000];

    fn offer(width: u32, height: u32) -> Offer<'static> {
        Offer {
            name: "finish.4e1f00aa5c9b",
            width,
            height,
            is_drawing: false,
            focus: Focus { x: 40, y: 20 },
            widths: &WIDTHS,
            with_avif: false,
        }
    }

    #[test]
    fn nothing_is_offered_that_cannot_be_encoded() {
        let tall = offer(1000, 20_000);
        let (_, all) = tall.sources(None).swap_remove(0);
        assert_eq!(all.iter().map(|one| one.width).collect::<Vec<_>>(), [320, 640, 819]);
        assert!(all.iter().all(|one| one.height <= MOST_SIDE));
        assert!(offer(1, 20_000).fallback(None).height <= MOST_SIDE);
    }

    #[test]
    fn nothing_is_offered_larger_than_it_is() {
        let widths = |width, height, ratio| offer(width, height).widths(ratio);
        assert_eq!(widths(4000, 3000, None), [320, 640, 1280, 2000]);
        assert_eq!(widths(2000, 3000, None), [320, 640, 1280, 2000]);
        assert_eq!(widths(1000, 800, None), [320, 640, 1000]);
        assert_eq!(widths(100, 80, None), [100]);
        assert_eq!(widths(4000, 1000, Some(Ratio { width: 1, height: 1 })), [320, 640, 1000]);
        let shared = offer(4000, 3000).shared(Ratio::SHARED[0]);
        assert_eq!(shared.address, "/pictures/finish.4e1f00aa5c9b.16x9-40-20.1200.jpg");
        assert_eq!((shared.width, shared.height), (1200, 675));
    }

    #[test]
    fn a_picture_that_has_the_shape_is_not_cut() {
        let card = offer(3000, 2000).fallback(Some(CARD));
        assert_eq!(card.address, "/pictures/finish.4e1f00aa5c9b.1280.jpg");
    }

    #[test]
    fn whatever_is_offered_is_known_by_its_name() {
        for (width, height) in [(4000, 3000), (3000, 4000), (900, 600), (10, 4000), (1, 1)] {
            let offer = offer(width, height);
            let ratios = [None, Some(CARD), Some(Ratio { width: 4, height: 5 })];
            let sources =
                ratios.iter().flat_map(|ratio| offer.sources(*ratio)).flat_map(|(_, all)| all);
            let fallbacks = ratios.iter().map(|ratio| offer.fallback(*ratio));
            let shared = Ratio::SHARED.iter().map(|ratio| offer.shared(*ratio));
            for derived in sources.chain(fallbacks).chain(shared).chain([offer.largest()]) {
                let file = derived.address.strip_prefix(FOLDER).unwrap();
                let (name, recipe) = parse(file).unwrap();
                assert_eq!(name, offer.name);
                assert!(offer.has(&recipe), "{file}");
            }
        }
        for other in
            ["641.webp", "640.png", "640.avif", "3x2-41-20.640.webp", "0.webp", "99999.webp"]
        {
            let file = format!("finish.4e1f00aa5c9b.{other}");
            assert!(!offer(4000, 3000).has(&parse(&file).unwrap().1), "{other}");
        }
        for bad in [
            "",
            "a",
            "a.b",
            "a.b.c",
            "a.b.640",
            "a.b.0640.webp",
            "a.b.+640.webp",
            "a.b.3x2-040-20.640.webp",
            "a.b.c.d.640.webp",
            "a.b.640.gif",
            "a.b.3x2-101-0.640.webp",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_name_is_read(file in "[a-z0-9.x-]{0,40}", other in "\\PC{0,20}") {
            parse(&file);
            parse(&other);
        }
    }
}
