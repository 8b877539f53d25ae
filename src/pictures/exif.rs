//! What a camera wrote: Exif 3.0. Of it only the way up, the photographer, the right and the time are read.

use ::exif::{In, Reader, Tag, Value};

use super::metadata::{Metadata, Taken, value};

/// Which way up a picture was stored: Exif's `Orientation`, 1 to 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orientation(u8);

impl Default for Orientation {
    /// As it is.
    fn default() -> Orientation {
        Orientation(1)
    }
}

impl Orientation {
    /// Whether the picture lies on its side as it is stored.
    pub fn is_on_its_side(self) -> bool {
        self.0 > 4
    }

    /// How the stored pixels become the shown ones: whether rows and columns are exchanged first, and whether
    /// then left and right, and top and bottom, are.
    pub fn turns(self) -> (bool, bool, bool) {
        match self.0 {
            2 => (false, true, false),
            3 => (false, true, true),
            4 => (false, false, true),
            5 => (true, false, false),
            6 => (true, true, false),
            7 => (true, true, true),
            8 => (true, false, true),
            _ => (false, false, false),
        }
    }
}

/// Reads the bytes of a TIFF header and what follows it. What cannot be read is as good as not there.
pub fn read(bytes: &[u8]) -> (Orientation, Metadata) {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let read = reader.read_raw(bytes.to_vec());
    let exif = match read.or_else(|error| error.distill_partial_result(|_| {})) {
        Ok(exif) => exif,
        Err(_) => return Default::default(),
    };
    let field = |tag| exif.get_field(tag, In::PRIMARY).map(|field| &field.value);
    let text = |tag| match field(tag) {
        Some(Value::Ascii(lines)) => {
            let bytes: Vec<u8> = lines.join(&b' ');
            value(&String::from_utf8_lossy(&bytes))
        }
        _ => None,
    };
    let turned = field(Tag::Orientation).and_then(|value| value.get_uint(0));
    let turned = turned.and_then(|number| u8::try_from(number).ok());
    let orientation = turned.filter(|number| (1..=8).contains(number)).map(Orientation);
    let time = text(Tag::DateTimeOriginal).unwrap_or_default();
    let offset = text(Tag::OffsetTimeOriginal).unwrap_or_default();
    let metadata = Metadata {
        caption: text(Tag::ImageDescription).filter(|text| !is_of_a_camera(text)),
        creators: text(Tag::Artist).into_iter().collect(),
        copyright: text(Tag::Copyright),
        taken: Taken::of_exif(&time, &offset),
        has_position: field(Tag::GPSLatitude).is_some(),
        ..Metadata::default()
    };
    (orientation.unwrap_or_default(), metadata)
}

/// Whether a file of a format that is not decoded here says where it was taken.
pub fn has_position(bytes: &[u8]) -> bool {
    let of_container = Reader::new().read_from_container(&mut std::io::Cursor::new(bytes));
    let of_exif =
        of_container.is_ok_and(|exif| exif.get_field(Tag::GPSLatitude, In::PRIMARY).is_some());
    of_exif || memchr::memmem::find(bytes, b"exif:GPSLatitude").is_some()
}

/// The bytes of a TIFF header with who made a picture and whose it is. Nothing if neither is known.
#[cfg(feature = "avif")]
pub fn write(metadata: &Metadata) -> Option<Vec<u8>> {
    use ::exif::Field;
    use ::exif::experimental::Writer;
    let creators = Some(metadata.creators.join("; ")).filter(|creators| !creators.is_empty());
    let texts = [(Tag::Artist, creators), (Tag::Copyright, metadata.copyright.clone())];
    let field = |(tag, text): (Tag, Option<String>)| {
        Some(Field { tag, ifd_num: In::PRIMARY, value: Value::Ascii(vec![text?.into_bytes()]) })
    };
    let fields: Vec<Field> = texts.into_iter().filter_map(field).collect();
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut out = std::io::Cursor::new(Vec::new());
    let is_written = !fields.is_empty() && writer.write(&mut out, false).is_ok();
    is_written.then(|| out.into_inner())
}

/// What cameras write into the description by themselves.
fn is_of_a_camera(text: &str) -> bool {
    let known = ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "KODAK Digital Still Camera", "DCIM"];
    known.iter().any(|known| text.eq_ignore_ascii_case(known)) || !text.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A TIFF header with entries of the type ASCII, and the orientation.
    fn tiff(turned: u16, texts: &[(u16, &str)]) -> Vec<u8> {
        let count = u16::try_from(texts.len() + 1).unwrap();
        let mut entries = Vec::new();
        let mut data = Vec::new();
        let start = 8 + 2 + 12 * usize::from(count) + 4;
        let mut all: Vec<(u16, Option<&str>)> = vec![(0x0112, None)];
        all.extend(texts.iter().map(|(tag, text)| (*tag, Some(*text))));
        all.sort();
        for (tag, text) in all {
            entries.extend(tag.to_be_bytes());
            match text {
                None => {
                    entries.extend([0, 3, 0, 0, 0, 1]);
                    entries.extend(turned.to_be_bytes());
                    entries.extend([0, 0]);
                }
                Some(text) => {
                    entries.extend([0, 2]);
                    entries.extend(u32::try_from(text.len() + 1).unwrap().to_be_bytes());
                    entries.extend(u32::try_from(start + data.len()).unwrap().to_be_bytes());
                    data.extend(text.bytes());
                    data.push(0);
                }
            }
        }
        [b"MM\0*\0\0\0\x08".as_slice(), &count.to_be_bytes(), &entries, &[0; 4], &data].concat()
    }

    #[test]
    fn the_photographer_and_the_way_up_are_read() {
        let bytes = tiff(
            6,
            &[(0x010E, "Chen wins the final"), (0x013B, "Ana Lima"), (0x8298, "2024 Ana Lima")],
        );
        let (orientation, found) = read(&bytes);
        assert!(orientation.is_on_its_side());
        assert_eq!(found.caption.as_deref(), Some("Chen wins the final"));
        assert_eq!(found.creators, ["Ana Lima"]);
        assert_eq!(found.copyright.as_deref(), Some("2024 Ana Lima"));
        let (orientation, found) = read(&tiff(9, &[(0x010E, "SONY DSC")]));
        assert_eq!((orientation, found), Default::default());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            read(&bytes);
            read(&[b"MM\0*\0\0\0\x08".as_slice(), &bytes].concat());
        }
    }
}
