//! Encoding: pixels become the bytes that readers get, with the rights of their source in them.

use super::PictureError;
use super::derivative::Encoding;
use super::metadata::Metadata;
use super::pixels::Pixels;
use super::raster::not_made;

/// Of libwebp, which means by it about what JPEG's 82 looks like.
const WEBP_QUALITY: f32 = 75.0;
/// How long libwebp looks for a smaller file, 0 to 6.
const WEBP_METHOD: u8 = 4;
const JPEG_QUALITY: u8 = 80;

/// The name of the segment that holds XMP in a JPEG (XMP part 3, section 1.1.3).
const XMP_SEGMENT: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// A segment has so many bytes at most.
const LONGEST_SEGMENT: usize = 65_533;

/// Encodes pixels.
pub fn encode(
    pixels: &Pixels,
    encoding: Encoding,
    is_drawing: bool,
    metadata: &Metadata,
) -> Result<Vec<u8>, PictureError> {
    let packet = metadata.packet();
    match encoding {
        Encoding::Webp => webp(pixels, is_drawing, packet),
        Encoding::Jpeg => jpeg(pixels, packet),
        Encoding::Png => png(pixels, packet),
        Encoding::Avif => avif(pixels, metadata),
    }
}

fn webp(
    pixels: &Pixels,
    is_drawing: bool,
    packet: Option<String>,
) -> Result<Vec<u8>, PictureError> {
    let config = match is_drawing {
        true => webpx::EncoderConfig::new_lossless(),
        false => webpx::EncoderConfig::new().quality(WEBP_QUALITY),
    };
    let config = config.method(WEBP_METHOD);
    let config = match packet {
        Some(packet) => config.xmp(packet),
        None => config,
    };
    let (width, height) = (pixels.width, pixels.height);
    let encoded = match pixels.channels {
        4 => config.encode_rgba(&pixels.bytes, width, height, webpx::Unstoppable),
        _ => config.encode_rgb(&pixels.bytes, width, height, webpx::Unstoppable),
    };
    encoded.map_err(not_made)
}

fn jpeg(pixels: &Pixels, packet: Option<String>) -> Result<Vec<u8>, PictureError> {
    use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, JPEG_QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    if let Some(packet) = packet {
        let segment = [XMP_SEGMENT, packet.as_bytes()].concat();
        if segment.len() <= LONGEST_SEGMENT {
            encoder.add_app_segment(1, segment).map_err(not_made)?;
        }
    }
    let color = if pixels.channels == 4 { ColorType::Rgba } else { ColorType::Rgb };
    let side = |pixels: u32| u16::try_from(pixels).map_err(not_made);
    encoder
        .encode(&pixels.bytes, side(pixels.width)?, side(pixels.height)?, color)
        .map_err(not_made)?;
    Ok(out)
}

fn png(pixels: &Pixels, packet: Option<String>) -> Result<Vec<u8>, PictureError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, pixels.width, pixels.height);
    let mut indices = None;
    match &pixels.palette {
        Some(palette) => {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_palette(palette.colors.concat());
            let places = pixels.bytes.as_chunks().0.iter().map(|pixel| palette.nearest(*pixel));
            indices = Some(places.collect::<Vec<u8>>());
        }
        None if pixels.channels == 4 => encoder.set_color(png::ColorType::Rgba),
        None => encoder.set_color(png::ColorType::Rgb),
    }
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    if let Some(packet) = packet {
        encoder.add_itxt_chunk("XML:com.adobe.xmp".into(), packet).map_err(not_made)?;
    }
    let mut writer = encoder.write_header().map_err(not_made)?;
    writer.write_image_data(indices.as_deref().unwrap_or(&pixels.bytes)).map_err(not_made)?;
    writer.finish().map_err(not_made)?;
    Ok(out)
}

/// On one thread: the bytes may depend on how many there are.
#[cfg(feature = "avif")]
fn avif(pixels: &Pixels, metadata: &Metadata) -> Result<Vec<u8>, PictureError> {
    /// Of ravif, 1 to 100, which means by it about what JPEG's 80 looks like.
    const QUALITY: f32 = 60.0;
    /// From 1, the most thorough, to 10.
    const SPEED: u8 = 6;
    let mut encoder = ravif::Encoder::new().with_quality(QUALITY).with_speed(SPEED);
    encoder = encoder.with_num_threads(Some(1));
    if let Some(exif) = super::exif::write(metadata) {
        encoder = encoder.with_exif(exif);
    }
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    let colors: Vec<ravif::RGB8> = pixels
        .bytes
        .chunks_exact(pixels.channels)
        .map(|px| ravif::RGB8::new(px[0], px[1], px[2]))
        .collect();
    let encoded = encoder.encode_rgb(ravif::Img::new(&colors, width, height));
    Ok(encoded.map_err(not_made)?.avif_file)
}

/// No page mentions one: the offer of pictures knows what this program was built with.
#[cfg(not(feature = "avif"))]
fn avif(_: &Pixels, _: &Metadata) -> Result<Vec<u8>, PictureError> {
    Err(PictureError::Damaged("this program was built without AVIF".into()))
}

/// A PNG in the container that browsers ask for as favicon.ico: a head, an entry with sides, planes, depth,
/// length and place, and the picture.
pub fn ico(png: &[u8], side: u32) -> Vec<u8> {
    const HEAD: [u8; 6] = [0, 0, 1, 0, 1, 0];
    const PLACE: u32 = 22;
    // 256 is written as 0.
    let side = (side % 256) as u8;
    let length = u32::try_from(png.len()).unwrap_or(u32::MAX);
    let mut out = HEAD.to_vec();
    out.extend([side, side, 0, 0, 1, 0, 32, 0]);
    out.extend(length.to_le_bytes());
    out.extend(PLACE.to_le_bytes());
    out.extend(png);
    out
}
