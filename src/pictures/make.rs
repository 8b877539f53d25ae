//! The derivatives of a picture, made together: it is decoded once.

use super::crop::Rectangle;
use super::derivative::Recipe;
use super::raster::guarded;
use super::resample::{self, Source};
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
    same(bytes, raster)?;
    guarded(|| all(bytes, raster, recipes))
}

/// Decodes the picture in these bytes for what is wrong with it.
///
/// # Errors
/// As of [`make`].
pub fn look_at(bytes: &[u8], raster: &Raster) -> Result<(), PictureError> {
    same(bytes, raster)?;
    guarded(|| pixels::decode(bytes, raster).map(drop))
}

/// Whether these are still the bytes that the head was read from.
fn same(bytes: &[u8], raster: &Raster) -> Result<(), PictureError> {
    let print = xxhash_rust::xxh3::xxh3_128(bytes);
    (print == raster.print).then_some(()).ok_or(PictureError::Changed)
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
    let palette = decoded.palette.clone();
    let mut source = Source::new(decoded);
    let cut = |recipe: &Recipe| {
        let (part, width, height) = recipe.cut(raster);
        Cut { part, width, height }
    };
    let cuts: Vec<Cut> = recipes.iter().map(cut).collect();
    // Those of one cut, which differ in their format alone, one after the other.
    let mut order: Vec<usize> = (0..cuts.len()).collect();
    order.sort_by_key(|i| {
        (cuts[*i].part.top, cuts[*i].part.left, cuts[*i].part.width, cuts[*i].width)
    });
    let mut made: Vec<Vec<u8>> = vec![Vec::new(); recipes.len()];
    let mut last: Option<(Cut, pixels::Pixels)> = None;
    for i in order {
        let cut = cuts[i];
        let shown = match last.take().filter(|(known, _)| *known == cut) {
            Some((_, shown)) => shown,
            None => {
                let part = resample::stored(cut.part, width, height, raster.orientation);
                let (across, down) = match raster.orientation.is_on_its_side() {
                    true => (cut.height, cut.width),
                    false => (cut.width, cut.height),
                };
                let mut shown = source.part(part, across, down)?.pixels(raster.orientation)?;
                if let Some(palette) = &palette {
                    palette.snap(&mut shown.bytes);
                    shown.palette = Some(palette.clone());
                }
                shown
            }
        };
        made[i] = encode::encode(&shown, recipes[i].encoding, raster.is_drawing, &raster.metadata)?;
        last = Some((cut, shown));
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pictures::derivative::Encoding;
    use proptest::prelude::*;

    /// A small picture of each format, with metadata of each kind in it.
    fn samples() -> Vec<Vec<u8>> {
        let pixels: Vec<u8> = (0..24 * 16 * 3u32).map(|i| (i * 7 % 251) as u8).collect();
        let packet = crate::pictures::metadata::Metadata {
            credit: Some("Harbour & Sons".into()),
            creators: vec!["Ana Lima".into()],
            ..Default::default()
        };
        let packet = packet.packet().unwrap();
        let mut jpeg = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut jpeg, 80);
        let xmp = [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), packet.as_bytes()].concat();
        encoder.add_app_segment(1, xmp).unwrap();
        let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        encoder.add_app_segment(1, exif.to_vec()).unwrap();
        let iim = b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x09\x1C\x02\x78\0\x04Gold";
        encoder.add_app_segment(13, iim.to_vec()).unwrap();
        encoder.add_icc_profile(&moxcms::ColorProfile::new_display_p3().encode().unwrap()).unwrap();
        encoder.encode(&pixels, 24, 16, jpeg_encoder::ColorType::Rgb).unwrap();
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, 24, 16);
        encoder.set_color(png::ColorType::Rgb);
        encoder.add_itxt_chunk("XML:com.adobe.xmp".into(), packet.clone()).unwrap();
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
        let webp = |config: webpx::EncoderConfig| {
            let config = config.xmp(packet.clone());
            config.encode_rgb(&pixels, 24, 16, webpx::Unstoppable).unwrap()
        };
        let (lossy, exact) =
            (webp(webpx::EncoderConfig::new()), webp(webpx::EncoderConfig::new_lossless()));
        vec![jpeg, png, lossy, exact]
    }

    proptest! {
        /// Files that were damaged on their way, cut off or put together wrongly.
        #[test]
        fn whatever_has_become_of_a_file_it_is_read_or_refused(
            which in 0usize..4,
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
            cut in any::<prop::sample::Index>(),
            is_cut in any::<bool>(),
        ) {
            let mut bytes = samples().swap_remove(which);
            for (place, byte) in changes {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            if is_cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            if let Ok(Ok(Some(raster))) = Raster::of_file(std::io::Cursor::new(&bytes)) {
                // A head that has become a large one is not decoded in a test that runs often.
                if raster.width < 2_000 && raster.height < 2_000 {
                    let recipe = Recipe { crop: None, width: 10, encoding: Encoding::Webp };
                    let _ = all(&bytes, &raster, &[recipe]);
                }
            }
        }
    }
}
