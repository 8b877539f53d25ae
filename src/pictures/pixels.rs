//! Decoding: a file becomes pixels in sRGB.

use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;

use super::palette::Palette;
use super::raster::{damaged, jpeg_options};
use super::{Format, PictureError, Raster};

/// Pixels in sRGB (IEC 61966-2-1), a byte a channel, in rows from the top.
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    /// Three, or four with the opacity behind the colours.
    pub channels: usize,
    pub bytes: Vec<u8>,
    /// All colours that there are, where the file has a list of them.
    pub palette: Option<Palette>,
}

/// More pixels than the cameras of newsrooms take.
const LARGE: u64 = 50_000_000;

static TURN: Mutex<()> = Mutex::new(());

/// Decodes a picture as it is stored, whichever way up.
pub fn decode(bytes: &[u8], raster: &Raster) -> Result<Pixels, PictureError> {
    // Of large ones one at a time: two of them would take more memory than a small machine has.
    let is_large = u64::from(raster.width) * u64::from(raster.height) > LARGE;
    let _turn = is_large.then(|| TURN.lock().unwrap_or_else(PoisonError::into_inner));
    let decoded = match raster.format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
        Format::Webp => webp(bytes),
    }?;
    let pixels = in_srgb(decoded)?;
    let whole = pixels.width as usize * pixels.height as usize * pixels.channels;
    if pixels.bytes.len() != whole {
        return Err(PictureError::Damaged("its data has not the length of its size".into()));
    }
    Ok(pixels)
}

/// Pixels in the colours of their file.
struct Decoded {
    width: u32,
    height: u32,
    /// Grey, grey with opacity, RGB, RGB with opacity; or CMYK.
    channels: usize,
    is_cmyk: bool,
    bytes: Vec<u8>,
    profile: Option<Vec<u8>>,
    palette: Option<Palette>,
}

fn jpeg(bytes: &[u8]) -> Result<Decoded, PictureError> {
    if is_cut_off(bytes) {
        return Err(PictureError::Damaged("its end is missing".into()));
    }
    if has_mixed_inks(bytes) {
        let why = "its inks are stored in different sizes, which it cannot decode; save it in RGB";
        return Err(PictureError::NotMade(why.into()));
    }
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), jpeg_options());
    decoder.decode_headers().map_err(damaged)?;
    // Inks are decoded as they are stored, for the library knows no profiles.
    let (color, channels) = match decoder.input_colorspace() {
        Some(ColorSpace::Luma) => (ColorSpace::Luma, 1),
        Some(color @ (ColorSpace::CMYK | ColorSpace::YCCK)) => (color, 4),
        _ => (ColorSpace::RGB, 3),
    };
    // One that has read its head with other options would take some of them for granted.
    let options = jpeg_options().jpeg_set_out_colorspace(color);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let mut pixels = decoder.decode().map_err(damaged)?;
    let (width, height) = decoder.dimensions().unwrap_or_default();
    match color {
        ColorSpace::YCCK => pixels.chunks_exact_mut(4).for_each(inks_of_ycck),
        ColorSpace::CMYK if is_of_adobe(bytes) => pixels.iter_mut().for_each(|ink| *ink = !*ink),
        _ => {}
    }
    Ok(Decoded {
        width: u32::try_from(width).unwrap_or(0),
        height: u32::try_from(height).unwrap_or(0),
        channels,
        is_cmyk: channels == 4,
        bytes: pixels,
        profile: decoder.icc_profile(),
        palette: None,
    })
}

/// Adobe's YCCK is the YCbCr of inverted inks, and black inverted (Adobe technical note 5116, section 18);
/// the inverse of the inverted is the ink.
fn inks_of_ycck(pixel: &mut [u8]) {
    let [luma, blue, red, black] = pixel else { return };
    let (y, cb, cr) = (i32::from(*luma), i32::from(*blue) - 128, i32::from(*red) - 128);
    // ITU-T T.871, section 7, in sixteen bits behind the point.
    let rounded = |sum: i32| ((sum + (1 << 15)) >> 16).clamp(0, 255) as u8;
    let base = y << 16;
    let cyan = rounded(base + 91_881 * cr);
    let magenta = rounded(base - 22_554 * cb - 46_802 * cr);
    let yellow = rounded(base + 116_130 * cb);
    (*luma, *blue, *red, *black) = (cyan, magenta, yellow, !*black);
}

/// Whether the picture has no end. What stands behind its end is no part of it: telephones put films there.
fn is_cut_off(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(0xFF, rest)) {
        at += found + 1;
        match bytes.get(at) {
            None => return true,
            // A byte of a scan, a restart, or filling (ITU-T T.81, B.1.1.2 and B.1.1.5).
            Some(0x00 | 0x01 | 0xD0..=0xD8 | 0xFF) => {}
            Some(0xD9) => return false,
            // A segment; behind that of a scan its bytes follow.
            Some(_) => {
                let Some([high, low]) = bytes.get(at + 1..at + 3) else { return true };
                at += 1 + usize::from(u16::from_be_bytes([*high, *low]));
            }
        }
    }
    true
}

/// The segments of a JPEG's head, marker and bytes (ITU-T T.81, B.1.1.4).
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut rest = bytes.get(2..).unwrap_or_default();
    std::iter::from_fn(move || {
        let [0xFF, marker, high, low, ..] = rest else { return None };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let segment = rest.get(4..2 + length)?;
        // Behind the head of a scan its bytes follow.
        rest = if *marker == 0xDA { &[] } else { &rest[2 + length..] };
        Some((*marker, segment))
    })
}

/// Whether Adobe's segment APP14 stands in the head: its inks are stored inverted.
fn is_of_adobe(bytes: &[u8]) -> bool {
    segments(bytes).any(|(marker, segment)| marker == 0xEE && segment.starts_with(b"Adobe"))
}

/// Whether the fourth of four components is stored in another size than the second. zune-jpeg 0.5.15 leaves
/// every other row of such a picture black.
fn has_mixed_inks(bytes: &[u8]) -> bool {
    let is_frame = |marker: u8| matches!(marker, 0xC0..=0xC2);
    let frame = segments(bytes).find(|(marker, _)| is_frame(*marker));
    // Depth, height, width, count; then of each component its name, its sampling and its table.
    let components = frame.and_then(|(_, frame)| frame.get(5..));
    matches!(components, Some([4, _, _, _, _, second, _, _, _, _, _, fourth, ..]) if second != fourth)
}

fn png(bytes: &[u8]) -> Result<Decoded, PictureError> {
    // What is beside the pixels is held to the limits of the library.
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(damaged)?;
    let length = reader.output_buffer_size().ok_or(PictureError::TooLarge(u64::MAX))?;
    let mut pixels = vec![0; length];
    let frame = reader.next_frame(&mut pixels).map_err(damaged)?;
    pixels.truncate(frame.buffer_size());
    // Others may have a list of colours that is only meant for screens of few colours.
    let is_opaque = frame.color_type == png::ColorType::Rgb;
    let is_indexed = is_opaque && reader.info().color_type == png::ColorType::Indexed;
    // What stands behind the pixels may be damaged too.
    reader.finish().map_err(damaged)?;
    Ok(Decoded {
        width: frame.width,
        height: frame.height,
        channels: frame.color_type.samples(),
        is_cmyk: false,
        bytes: pixels,
        profile: reader.info().icc_profile.as_ref().map(|profile| profile.to_vec()),
        palette: reader.info().palette.as_deref().filter(|_| is_indexed).and_then(Palette::new),
    })
}

fn webp(bytes: &[u8]) -> Result<Decoded, PictureError> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
    let length = decoder.output_buffer_size().ok_or(PictureError::TooLarge(u64::MAX))?;
    let mut pixels = vec![0; length];
    decoder.read_image(&mut pixels).map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let profile = decoder.icc_profile().ok().flatten();
    let (is_cmyk, bytes, palette) = (false, pixels, None);
    Ok(Decoded { width, height, channels, is_cmyk, bytes, profile, palette })
}

/// Turns the colours of a file into sRGB: by its profile, or else as browsers do, who take what has none
/// for sRGB.
fn in_srgb(decoded: Decoded) -> Result<Pixels, PictureError> {
    let Decoded { width, height, channels, is_cmyk, bytes, profile, palette } = decoded;
    let profile = profile.as_deref().and_then(|profile| ColorProfile::new_from_slice(profile).ok());
    let wanted = match (channels, is_cmyk) {
        (1 | 2, _) => DataColorSpace::Gray,
        (_, true) => DataColorSpace::Cmyk,
        (_, false) => DataColorSpace::Rgb,
    };
    // One of other colours is somebody's mistake.
    let profile = profile.filter(|profile| profile.color_space == wanted);
    let (from, to, out) = match (channels, is_cmyk) {
        (1, _) => (Layout::Gray, Layout::Rgb, 3),
        (2, _) => (Layout::GrayAlpha, Layout::Rgba, 4),
        (4, false) => (Layout::Rgba, Layout::Rgba, 4),
        // Four inks have the same layout.
        (4, true) => (Layout::Rgba, Layout::Rgb, 3),
        _ => (Layout::Rgb, Layout::Rgb, 3),
    };
    let options = TransformOptions::default();
    let transform = profile.and_then(|profile| {
        profile.create_transform_8bit(from, &ColorProfile::new_srgb(), to, options).ok()
    });
    let is_same =
        |transform: &Transform| from as u8 == to as u8 && changes_nothing(transform, channels);
    if let Some(transform) = transform.filter(|transform| !is_same(transform)) {
        let mut turned = vec![0; bytes.len() / channels * out];
        transform.transform(&bytes, &mut turned).map_err(damaged)?;
        return Ok(Pixels { width, height, channels: out, bytes: turned, palette: None });
    }
    let bytes = match (channels, is_cmyk) {
        (1, _) => bytes.iter().flat_map(|grey| [*grey; 3]).collect(),
        (2, _) => bytes.chunks_exact(2).flat_map(|px| [px[0], px[0], px[0], px[1]]).collect(),
        (4, true) => {
            let part = |ink: u8, black: u8| {
                ((255 - u32::from(ink)) * (255 - u32::from(black)) + 127) / 255
            };
            let light = |px: &[u8], i: usize| part(px[i], px[3]) as u8;
            bytes.chunks_exact(4).flat_map(|px| [0, 1, 2].map(|i| light(px, i))).collect()
        }
        _ => bytes,
    };
    Ok(Pixels { width, height, channels: out, bytes, palette })
}

type Transform = std::sync::Arc<moxcms::Transform8BitExecutor>;

/// Whether a transform leaves all colours as they are, to a step: most profiles are one of the many copies
/// of sRGB, and twelve million pixels need not be told so.
fn changes_nothing(transform: &Transform, channels: usize) -> bool {
    let steps = || (0..=8u32).map(|step| (step * 255 / 8) as u8);
    let mut colors = Vec::new();
    for red in steps() {
        for green in steps() {
            for blue in steps() {
                colors.extend([red, green, blue, 255].iter().take(channels));
            }
        }
    }
    let mut turned = vec![0; colors.len()];
    let near = |(a, b): (&u8, &u8)| a.abs_diff(*b) <= 1;
    transform.transform(&colors, &mut turned).is_ok() && colors.iter().zip(&turned).all(near)
}
