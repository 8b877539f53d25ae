//! What news agencies wrote into pictures before there was XMP, and still do: IPTC IIM version 4.2, within
//! Adobe's image resources of a JPEG.

use super::metadata::{MOST_CREATORS, Metadata, Taken, value};

/// Adobe's number of the resource that holds IIM (Adobe Photoshop File Formats, "Image Resource IDs").
const IPTC_NAA: u16 = 0x0404;

/// Reads image resources, as they stand behind the name of the program in the segment APP13.
pub fn read(resources: &[u8]) -> Metadata {
    resource(resources, IPTC_NAA).map(datasets).unwrap_or_default()
}

/// The bytes of a resource. Each is `8BIM`, its number, its name as a Pascal string, its length and its
/// bytes; name and bytes are padded to even lengths.
fn resource(mut rest: &[u8], wanted: u16) -> Option<&[u8]> {
    loop {
        let after = rest.strip_prefix(b"8BIM")?;
        let (number, after) = after.split_first_chunk::<2>()?;
        let name = usize::from(*after.first()?) + 1;
        let after = after.get(name + name % 2..)?;
        let (length, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let bytes = after.get(..length)?;
        if u16::from_be_bytes(*number) == wanted {
            return Some(bytes);
        }
        rest = after.get(length.checked_add(length % 2)?..)?;
    }
}

/// Reads data sets: a mark, record and number of each, its length and its bytes. What does not follow this
/// ends the reading.
fn datasets(mut rest: &[u8]) -> Metadata {
    let mut found = Metadata::default();
    let mut is_utf8 = false;
    let (mut day, mut time) = (String::new(), String::new());
    while let [0x1C, record, number, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        // The highest bit would announce a length of lengths: nobody writes such long texts.
        let Some(bytes) = after.get(..length).filter(|_| high & 0x80 == 0) else { break };
        rest = &after[length..];
        let text = || value(&decoded(bytes, is_utf8));
        match (record, number) {
            // ESC % G says UTF-8 (ISO 2022, registration 196).
            (1, 90) => is_utf8 = bytes == b"\x1B%G",
            (2, 55) => day = text().unwrap_or_default(),
            (2, 60) => time = text().unwrap_or_default(),
            (2, 80) if found.creators.len() < MOST_CREATORS => found.creators.extend(text()),
            (2, 110) => found.credit = text(),
            (2, 116) => found.copyright = text(),
            (2, 120) => found.caption = text(),
            _ => {}
        }
    }
    found.taken = Taken::of_iim(&day, &time);
    found
}

/// Without a word on it, texts are in UTF-8 if they can be, and else in the letters of Windows.
fn decoded(bytes: &[u8], is_utf8: bool) -> String {
    match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if is_utf8 => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dataset(record: u8, number: u8, bytes: &[u8]) -> Vec<u8> {
        let length = u16::try_from(bytes.len()).unwrap().to_be_bytes();
        [&[0x1C, record, number], length.as_slice(), bytes].concat()
    }

    fn resources(iim: &[u8]) -> Vec<u8> {
        let length = u32::try_from(iim.len()).unwrap().to_be_bytes();
        let other = b"8BIM\x04\x0B\x03abc\x00\x00\x00\x03xyz\x00";
        [other.as_slice(), b"8BIM\x04\x04\x00\x00", &length, iim].concat()
    }

    #[test]
    fn a_caption_is_found_behind_other_resources() {
        let iim = [
            dataset(2, 55, b"20240730"),
            dataset(2, 60, b"143000+0200"),
            dataset(2, 80, b"Ana Lima"),
            dataset(2, 80, b"Bo Chen"),
            dataset(2, 110, b"Harbour Pictures"),
            dataset(2, 120, b"Gold for\r\nChen  in Paris"),
        ];
        let found = read(&resources(&iim.concat()));
        assert_eq!(found.caption.as_deref(), Some("Gold for Chen in Paris"));
        assert_eq!(found.creators, ["Ana Lima", "Bo Chen"]);
        assert_eq!(found.credit.as_deref(), Some("Harbour Pictures"));
        assert_eq!(found.taken.unwrap().to_string(), "2024-07-30T14:30:00+02:00");
    }

    #[test]
    fn old_texts_are_in_the_letters_of_windows_and_new_ones_say_so() {
        let old = dataset(2, 120, b"Mor\xE9ldi \x96 final");
        assert_eq!(read(&resources(&old)).caption.as_deref(), Some("Moréldi – final"));
        let new = [dataset(1, 90, b"\x1B%G"), dataset(2, 120, "Moréldi".as_bytes())].concat();
        assert_eq!(read(&resources(&new)).caption.as_deref(), Some("Moréldi"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            read(&bytes);
            datasets(&bytes);
            read(&[b"8BIM\x04\x04\x00\x00\x00\x00\x00\x40".as_slice(), &bytes].concat());
        }
    }
}
