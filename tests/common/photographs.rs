//! Pictures as cameras, agencies and drawing programs write them, made here: no test needs anybody's photograph.

#![allow(dead_code, reason = "each test file uses its part")]

use std::io::Write;

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// A photograph of a scene with smooth light, edges and fine grain, whose corners can be told apart: the
/// first is red, then on in the order of reading green, blue and white.
pub fn scene(width: u32, height: u32) -> Vec<u8> {
    let mut pixels = Vec::with_capacity((width * height * 3) as usize);
    let mut seed = 1u32;
    for y in 0..height {
        for x in 0..width {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = (seed >> 28) as i32 - 8;
            let (left, top) = (x < width / 2, y < height / 2);
            let (red, green, blue) = match (left, top) {
                (true, true) => (200, 40, 40),
                (false, true) => (40, 180, 60),
                (true, false) => (40, 60, 200),
                (false, false) => (230, 230, 230),
            };
            let light = (x * 40 / width.max(1) + y * 40 / height.max(1)) as i32 - 40;
            for value in [red, green, blue] {
                pixels.push((value + light + grain).clamp(0, 255) as u8);
            }
        }
    }
    pixels
}

/// A JPEG in the making.
pub struct Jpeg {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
    color: ColorType,
    is_progressive: bool,
    is_mixed: bool,
    segments: Vec<(u8, Vec<u8>)>,
    profile: Vec<u8>,
}

impl Jpeg {
    /// Of a [`scene`].
    pub fn new(width: u32, height: u32) -> Jpeg {
        Jpeg::of(width, height, scene(width, height), ColorType::Rgb)
    }

    /// Of these pixels.
    pub fn of(width: u32, height: u32, pixels: Vec<u8>, color: ColorType) -> Jpeg {
        let (segments, profile) = (Vec::new(), Vec::new());
        Jpeg {
            width,
            height,
            pixels,
            color,
            is_progressive: false,
            is_mixed: false,
            segments,
            profile,
        }
    }

    /// In several scans.
    pub fn progressive(mut self) -> Jpeg {
        self.is_progressive = true;
        self
    }

    /// With inks of different sizes.
    pub fn mixed(mut self) -> Jpeg {
        self.is_mixed = true;
        self
    }

    /// With a colour profile.
    pub fn profile(mut self, profile: Vec<u8>) -> Jpeg {
        self.profile = profile;
        self
    }

    /// With Exif: which way up, where, when, with which camera.
    pub fn exif(mut self, turned: u16, artist: &str, time: &str) -> Jpeg {
        self.segments.push((1, [b"Exif\0\0", exif(turned, artist, time).as_slice()].concat()));
        self
    }

    /// With an XMP packet of these properties.
    pub fn xmp(mut self, properties: &str) -> Jpeg {
        let packet = packet(properties);
        let name = b"http://ns.adobe.com/xap/1.0/\0";
        self.segments.push((1, [name.as_slice(), packet.as_bytes()].concat()));
        self
    }

    /// With data sets of IPTC IIM.
    pub fn iim(mut self, datasets: &[(u8, &str)]) -> Jpeg {
        let mut iim = Vec::new();
        for (number, text) in datasets {
            iim.extend([0x1C, 2, *number]);
            iim.extend(u16::try_from(text.len()).unwrap().to_be_bytes());
            iim.extend(text.bytes());
        }
        let length = u32::try_from(iim.len()).unwrap().to_be_bytes();
        let head = b"Photoshop 3.0\08BIM\x04\x04\0\0";
        self.segments.push((13, [head.as_slice(), &length, &iim].concat()));
        self
    }

    /// The file.
    pub fn bytes(self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, 92);
        // Inks of different sizes are a kind of their own.
        let is_ink = matches!(self.color, ColorType::Cmyk | ColorType::CmykAsYcck);
        let is_whole = is_ink && !self.is_mixed;
        encoder.set_sampling_factor(match is_whole {
            true => SamplingFactor::F_1_1,
            false => SamplingFactor::F_2_2,
        });
        encoder.set_progressive(self.is_progressive);
        for (number, data) in self.segments {
            encoder.add_app_segment(number, data).unwrap();
        }
        if !self.profile.is_empty() {
            encoder.add_icc_profile(&self.profile).unwrap();
        }
        let side = |side: u32| u16::try_from(side).unwrap();
        encoder.encode(&self.pixels, side(self.width), side(self.height), self.color).unwrap();
        out
    }
}

/// A packet of XMP with these properties, in the prefixes that are usual.
pub fn packet(properties: &str) -> String {
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\" xmlns:plus=\"http://ns.useplus.org/ldf/xmp/1.0/\" xmlns:Iptc4xmpCore=\"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/\" xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\" xmlns:aux=\"http://ns.adobe.com/exif/1.0/aux/\">{properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>"
    )
}

/// A property with an alternative for all languages.
pub fn alternative(name: &str, text: &str) -> String {
    format!("<{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li></rdf:Alt></{name}>")
}

/// A TIFF head with what a camera writes: the way up, the photographer, the time with its offset, the serial
/// number, and a position in the middle of Paris.
fn exif(turned: u16, artist: &str, time: &str) -> Vec<u8> {
    // Tag, type, count, and four bytes or what they point at.
    type Entry = (u16, u16, u32, Vec<u8>);
    let text = |tag: u16, text: &str| -> Entry {
        let bytes = [text.as_bytes(), &[0]].concat();
        (tag, 2, u32::try_from(bytes.len()).unwrap(), bytes)
    };
    let short =
        |tag: u16, value: u16| -> Entry { (tag, 3, 1, [value.to_be_bytes(), [0, 0]].concat()) };
    let long = |tag: u16, value: u32| -> Entry { (tag, 4, 1, value.to_be_bytes().to_vec()) };
    let degrees = |tag: u16, degrees: u32, minutes: u32| -> Entry {
        let parts = [degrees, 1, minutes, 1, 0, 1].map(u32::to_be_bytes).concat();
        (tag, 5, 3, parts)
    };
    let table = |start: usize, entries: &[Entry]| -> Vec<u8> {
        let mut data: Vec<u8> = Vec::new();
        let mut out = u16::try_from(entries.len()).unwrap().to_be_bytes().to_vec();
        let behind = start + 2 + 12 * entries.len() + 4;
        for (tag, kind, count, bytes) in entries {
            out.extend(tag.to_be_bytes());
            out.extend(kind.to_be_bytes());
            out.extend(count.to_be_bytes());
            if bytes.len() > 4 {
                out.extend(u32::try_from(behind + data.len()).unwrap().to_be_bytes());
                data.extend(bytes);
            } else {
                out.extend(bytes);
                out.extend(vec![0; 4 - bytes.len()]);
            }
        }
        out.extend([0; 4]);
        out.extend(data);
        out
    };
    let (camera, place) = (1024, 2048);
    let first =
        [short(0x0112, turned), text(0x013B, artist), long(0x8769, camera), long(0x8825, place)];
    let of_camera = [text(0x9003, time), text(0x9011, "+02:00"), text(0xA431, "SERIAL-4711")];
    let of_place = [text(1, "N"), degrees(2, 48, 50), text(3, "E"), degrees(4, 2, 21)];
    let mut out = b"MM\0*\0\0\0\x08".to_vec();
    out.extend(table(8, &first));
    out.resize(camera as usize, 0);
    out.extend(table(camera as usize, &of_camera));
    out.resize(place as usize, 0);
    out.extend(table(place as usize, &of_place));
    out
}

/// A PNG of these bytes in rows without padding.
pub fn png(
    width: u32,
    height: u32,
    color: png::ColorType,
    depth: png::BitDepth,
    data: &[u8],
) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    if color == png::ColorType::Indexed {
        encoder.set_palette(vec![250, 250, 250, 200, 20, 20, 20, 20, 200, 0, 0, 0]);
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    out
}

/// A drawing of flat colours: the index of each pixel, of four.
pub fn drawing(width: u32, height: u32) -> Vec<u8> {
    let index = |x: u32, y: u32| ((x / 40 + y / 40) % 4) as u8;
    let indices = (0..height).flat_map(|y| (0..width).map(move |x| index(x, y)));
    png(width, height, png::ColorType::Indexed, png::BitDepth::Eight, &indices.collect::<Vec<u8>>())
}

/// A chunk of a PNG, put before its end.
pub fn with_chunk(png: &[u8], kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let end = png.len() - 12;
    let mut chunk = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
    chunk.write_all(kind).unwrap();
    chunk.write_all(data).unwrap();
    let sum = crc(&chunk[4..]);
    chunk.extend(sum.to_be_bytes());
    [&png[..end], &chunk, &png[end..]].concat()
}

/// PNG 3, annex D.
pub fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// The pixels of a derivative, by a decoder that its maker does not use: width, height, and red, green and blue
/// in rows.
pub fn decoded(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    if bytes.starts_with(b"RIFF") {
        let mut decoder = image_webp::WebPDecoder::new(std::io::Cursor::new(bytes)).unwrap();
        let (width, height) = decoder.dimensions();
        let mut pixels = vec![0; decoder.output_buffer_size().unwrap()];
        decoder.read_image(&mut pixels).unwrap();
        let channels = if decoder.has_alpha() { 4 } else { 3 };
        let colors = pixels.chunks_exact(channels).flat_map(|px| px[..3].to_vec()).collect();
        return (width, height, colors);
    }
    if bytes.starts_with(b"\x89PNG") {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        let channels = frame.color_type.samples();
        let colors = pixels.chunks_exact(channels).flat_map(|px| px[..3].to_vec()).collect();
        return (frame.width, frame.height, colors);
    }
    let cursor = zune_jpeg::zune_core::bytestream::ZCursor::new(bytes);
    let mut decoder = zune_jpeg::JpegDecoder::new(cursor);
    let pixels = decoder.decode().unwrap();
    let (width, height) = decoder.dimensions().unwrap();
    (u32::try_from(width).unwrap(), u32::try_from(height).unwrap(), pixels)
}

/// The mean colour of a part of a picture, in hundredths of its sides.
pub fn mean(
    (width, height, pixels): &(u32, u32, Vec<u8>),
    left: u32,
    top: u32,
    right: u32,
    bottom: u32,
) -> [u8; 3] {
    let mut sums = [0u64; 3];
    let mut count = 0;
    for y in height * top / 100..height * bottom / 100 {
        for x in width * left / 100..width * right / 100 {
            let at = ((y * width + x) * 3) as usize;
            for (sum, value) in sums.iter_mut().zip(&pixels[at..at + 3]) {
                *sum += u64::from(*value);
            }
            count += 1;
        }
    }
    sums.map(|sum| (sum / count) as u8)
}
