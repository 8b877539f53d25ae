//! What the head of a file says of the picture in it.

use std::io::{self, Cursor, Read, Seek};
use std::panic::{self, AssertUnwindSafe};

use xxhash_rust::xxh3::Xxh3;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::exif::{self, Orientation};
use super::metadata::Metadata;
use super::{MOST_PIXELS, PictureError, iim, xmp};

/// The formats that derivatives are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Jpeg,
    Png,
    Webp,
}

/// A picture of pixels that stands still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    pub format: Format,
    /// As it is shown, the right way up.
    pub width: u32,
    /// As it is shown, the right way up.
    pub height: u32,
    /// How it becomes what is shown.
    pub(super) orientation: Orientation,
    /// Whether something may be seen through it.
    pub has_alpha: bool,
    /// Whether it is a drawing, or transparent: its edges would suffer from what photographs bear well.
    pub is_drawing: bool,
    /// Fingerprint of the whole file.
    pub print: u128,
    /// What the file says of it.
    pub metadata: Metadata,
}

/// A photograph that is saved as PNG takes more than so many bytes for a pixel, and a drawing less.
const PHOTOGRAPH: u64 = 1;

/// A file is read in pieces that stay in the processor's own memory.
const PIECE: usize = 128 << 10;

/// What stands before the pixels of a photograph is seldom as long as one of its previews.
const LONGEST_HEAD: usize = 1 << 20;

/// What a format says of itself.
struct Head {
    format: Format,
    width: u32,
    height: u32,
    has_alpha: bool,
    is_drawing: bool,
    metadata: Metadata,
    exif: Option<Vec<u8>>,
}

impl Raster {
    /// Reads a file. Nothing if it is of a format that goes to readers as it is: moving pictures, vectors,
    /// and what few programs decode.
    ///
    /// # Errors
    /// It is one of the formats by its first bytes, but its head is not whole or promises too much; or it
    /// cannot be read, which the first of the two errors says.
    pub fn of_file(mut file: impl Read + Seek) -> io::Result<Result<Option<Raster>, PictureError>> {
        let mut hasher = Xxh3::new();
        let mut piece = vec![0; PIECE];
        let mut head = Vec::new();
        let mut length = 0;
        loop {
            let read = file.read(&mut piece)?;
            if read == 0 {
                break;
            }
            hasher.update(&piece[..read]);
            length += read as u64;
            // A photograph says all of itself before its pixels; the others may do so behind them.
            if head.len() < LONGEST_HEAD || !head.starts_with(&[0xFF, 0xD8]) {
                head.extend_from_slice(&piece[..read]);
            }
        }
        let print = hasher.digest128();
        let read = guarded(|| Raster::read(&head, length, print));
        // The profiles of print may be longer than most heads.
        if matches!(read, Err(PictureError::Damaged(_))) && (head.len() as u64) < length {
            file.rewind()?;
            head.clear();
            file.read_to_end(&mut head)?;
            return Ok(guarded(|| Raster::read(&head, length, print)));
        }
        Ok(read)
    }

    /// Reads the head of a file that is so long and has that fingerprint.
    fn read(bytes: &[u8], length: u64, print: u128) -> Result<Option<Raster>, PictureError> {
        let head = match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(jpeg(bytes)?),
            [0x89, b'P', b'N', b'G', ..] => png(bytes, length)?,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp(bytes)?,
            _ => None,
        };
        let Some(head) = head else { return Ok(None) };
        let (orientation, of_camera) = head.exif.as_deref().map(exif::read).unwrap_or_default();
        let pixels = u64::from(head.width) * u64::from(head.height);
        if pixels >= MOST_PIXELS {
            return Err(PictureError::TooLarge(pixels));
        }
        if pixels == 0 {
            return Err(PictureError::Damaged("it has no pixels".into()));
        }
        let (mut width, mut height) = (head.width, head.height);
        if orientation.is_on_its_side() {
            std::mem::swap(&mut width, &mut height);
        }
        Ok(Some(Raster {
            format: head.format,
            width,
            height,
            orientation,
            has_alpha: head.has_alpha,
            is_drawing: head.is_drawing || head.has_alpha,
            print,
            metadata: head.metadata.or(of_camera),
        }))
    }
}

/// The decoders are meant to take anything; should one of them not, it costs this picture alone.
pub(super) fn guarded<T>(
    work: impl FnOnce() -> Result<T, PictureError>,
) -> Result<T, PictureError> {
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    done.unwrap_or_else(|_| Err(PictureError::Damaged("its decoder gave up".into())))
}

/// How JPEG is decoded. The instructions of the processor are left to the library, which gives the same
/// pixels with and without them.
pub(super) fn jpeg_options() -> DecoderOptions {
    let side = usize::from(u16::MAX);
    DecoderOptions::default().set_max_width(side).set_max_height(side)
}

pub(super) fn damaged(error: impl std::fmt::Display) -> PictureError {
    PictureError::Damaged(error.to_string().trim().to_lowercase())
}

pub(super) fn not_made(error: impl std::fmt::Display) -> PictureError {
    PictureError::NotMade(error.to_string().trim().to_lowercase())
}

fn jpeg(bytes: &[u8]) -> Result<Head, PictureError> {
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), jpeg_options());
    decoder.decode_headers().map_err(damaged)?;
    let (width, height) = decoder.dimensions().unwrap_or_default();
    let of_xmp = decoder.xmp().map(|packet| xmp::read(packet)).unwrap_or_default();
    let of_iim = decoder.iptc().map(|resources| iim::read(resources)).unwrap_or_default();
    Ok(Head {
        format: Format::Jpeg,
        width: u32::try_from(width).unwrap_or(u32::MAX),
        height: u32::try_from(height).unwrap_or(u32::MAX),
        has_alpha: false,
        is_drawing: false,
        metadata: of_xmp.or(of_iim),
        exif: decoder.exif().cloned(),
    })
}

fn png(bytes: &[u8], length: u64) -> Result<Option<Head>, PictureError> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_ignore_text_chunk(true);
    let info = decoder.read_header_info().map_err(damaged)?;
    let (width, height) = (info.width, info.height);
    let (color, depth) = (info.color_type, info.bit_depth);
    let mut has_alpha = matches!(color, png::ColorType::Rgba | png::ColorType::GrayscaleAlpha);
    let mut metadata = Metadata::default();
    let mut exif = None;
    for (kind, data) in chunks(bytes) {
        match &kind {
            // An animation: it goes to readers as it is.
            b"acTL" => return Ok(None),
            b"tRNS" => has_alpha = true,
            b"eXIf" => exif = Some(data.to_vec()),
            b"iTXt" => metadata = packet(data).map(xmp::read).unwrap_or(metadata),
            _ => {}
        }
    }
    let pixels = u64::from(width) * u64::from(height);
    let is_drawing = match (color, depth) {
        (png::ColorType::Indexed, _)
        | (_, png::BitDepth::One | png::BitDepth::Two | png::BitDepth::Four) => true,
        _ => length < pixels.saturating_mul(PHOTOGRAPH),
    };
    Ok(Some(Head { format: Format::Png, width, height, has_alpha, is_drawing, metadata, exif }))
}

/// The chunks of a PNG, as far as they are whole (PNG 3, section 5.3).
fn chunks(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = bytes.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let data = after.get(..length)?;
        // Four bytes of checksum stand behind it.
        rest = after.get(length.checked_add(4)?..)?;
        Some((*kind, data))
    })
}

/// The packet in a chunk of text, if it is one (XMP part 3, section 1.1.5): its name, whether and how it is
/// compressed, its language and its name in that, each ended by a zero.
fn packet(data: &[u8]) -> Option<&[u8]> {
    let rest = data.strip_prefix(b"XML:com.adobe.xmp\0\0\0")?;
    let mut parts = rest.splitn(3, |byte| *byte == 0).skip(2);
    parts.next()
}

fn webp(bytes: &[u8]) -> Result<Option<Head>, PictureError> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
    if decoder.is_animated() {
        return Ok(None);
    }
    let (width, height) = decoder.dimensions();
    let packet = decoder.xmp_metadata().ok().flatten();
    let exif =
        decoder.exif_metadata().ok().flatten().map(|exif| match exif.strip_prefix(b"Exif\0\0") {
            Some(rest) => rest.to_vec(),
            None => exif,
        });
    Ok(Some(Head {
        format: Format::Webp,
        width,
        height,
        has_alpha: decoder.has_alpha(),
        is_drawing: !decoder.is_lossy(),
        metadata: packet.map(|packet| xmp::read(&packet)).unwrap_or_default(),
        exif,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Result<Option<Raster>, PictureError> {
        Raster::of_file(Cursor::new(bytes)).unwrap()
    }

    #[test]
    fn what_is_no_picture_of_pixels_is_left_alone() {
        assert_eq!(read(b""), Ok(None));
        assert_eq!(read(b"<!doctype html>"), Ok(None));
        assert_eq!(read(b"GIF89a"), Ok(None));
        assert!(read(b"\xFF\xD8\xFF\xE0").is_err());
        assert!(read(b"\x89PNG\r\n\x1A\n").is_err());
    }

    #[test]
    fn a_head_that_promises_too_much_is_an_error() {
        let mut png = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
        png.extend([0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 8, 2, 0, 0, 0]);
        png.extend(crc(&png[12..29]).to_be_bytes());
        assert_eq!(read(&png), Err(PictureError::TooLarge(65_535 * 65_535)));
    }

    /// PNG 3, annex D.
    fn crc(bytes: &[u8]) -> u32 {
        let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        !bytes.iter().fold(!0u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for start in [&b"\xFF\xD8\xFF"[..], b"\x89PNG\r\n\x1A\n", b"RIFF\xFF\0\0\0WEBPVP8X", b""] {
                let _ = read(&[start, &bytes].concat());
            }
        }
    }
}
