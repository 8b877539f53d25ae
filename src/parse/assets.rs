//! Files that are copied as they are: pictures, films, data.

use crate::diagnostics::Diagnostic;
use crate::discover::Found;

/// A file that is copied.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Path from content/.
    pub path: String,
    /// Where to copy it from.
    pub absolute: std::path::PathBuf,
    /// Width and height in pixels, if it is a picture.
    pub size: Option<(u64, u64)>,
    /// How long it is, in bytes.
    pub length: u64,
}

/// A file that is copied; of a picture the size is read.
///
/// # Errors
/// It cannot be opened.
pub fn asset(found: &Found, shown: &str) -> Result<Asset, Diagnostic> {
    // Opened now, so that a file without the right to read it is reported with all other mistakes.
    let unreadable = |error| crate::text::unreadable(shown, &error);
    let mut opened = std::fs::File::open(&found.absolute).map_err(unreadable)?;
    let length = opened.metadata().map_err(unreadable)?.len();
    let ending = found.path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let size = match ending.as_str() {
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "jxl" => {
            imagesize::reader_size(std::io::BufReader::new(opened))
                .ok()
                .map(|size| (size.width as u64, size.height as u64))
        }
        "svg" => {
            let mut head = Vec::new();
            std::io::Read::read_to_end(&mut std::io::Read::take(&mut opened, 8192), &mut head)
                .map_err(unreadable)?;
            svg_size(&String::from_utf8_lossy(&head))
        }
        _ => None,
    };
    Ok(Asset { path: found.path.clone(), absolute: found.absolute.clone(), size, length })
}

/// Width and height of an SVG: those that its root gives, or those of its view box.
fn svg_size(text: &str) -> Option<(u64, u64)> {
    let root = &text[text.find("<svg")?..];
    let root = &root[..root.find('>')?];
    let attribute = |name: &str| {
        let after = &root[root
            .find(&format!(" {name}="))
            .or_else(|| root.find(&format!("\n{name}=")))?
            + name.len()
            + 2..];
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        after[1..].split(quote).next()
    };
    let pixels = |name: &str| {
        let text = attribute(name)?.trim_end_matches("px");
        text.parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 1.0)
    };
    let (width, height) = match (pixels("width"), pixels("height")) {
        (Some(width), Some(height)) => (width, height),
        _ => {
            let mut numbers =
                attribute("viewBox")?.split([' ', ',']).filter(|n| !n.is_empty()).skip(2);
            (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?)
        }
    };
    let is_size = |pixels: f64| (1.0..1e6).contains(&pixels);
    (is_size(width) && is_size(height)).then_some((width.round() as u64, height.round() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_an_svg_is_that_of_its_root() {
        assert_eq!(svg_size("<?xml?><svg width=\"160\" height='90px'>"), Some((160, 90)));
        assert_eq!(
            svg_size("<svg xmlns=\"x\" viewBox=\"0 0 16 9\"><rect width=\"1\"/>"),
            Some((16, 9))
        );
        assert_eq!(svg_size("<svg width=\"100%\"><svg"), None);
        assert_eq!(svg_size("nothing"), None);
        assert_eq!(svg_size("<svg width=>"), None);
    }
}
