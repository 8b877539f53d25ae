//! Files that are copied as they are: pictures, films, data.

use std::io::{BufReader, Read, Seek};
use std::sync::Arc;

use imagesize::ImageType;

use crate::config::FilesConfig;
use crate::diagnostics::{Diagnostic, Place, Source, codes};
use crate::discover::Found;
use crate::pictures::{self, PictureError, Raster, derivative, svg};

/// A file that is no Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Path from content/.
    pub path: String,
    /// Where to copy it from.
    pub absolute: std::path::PathBuf,
    /// Width and height in pixels, if it is a picture.
    pub size: Option<(u64, u64)>,
    /// How long it is, in bytes.
    pub length: u64,
    /// Whether it is copied to the site: files that nobody means to publish lie beside those that are.
    pub is_published: bool,
    /// Why no browser will show it, if it has the name of a picture.
    pub fault: Option<PictureFault>,
    /// What readers get instead, if it is a picture of pixels that stands still.
    pub picture: Option<Picture>,
    /// Whether it is a picture that goes to readers as it is and says where it was taken.
    pub has_position: bool,
}

/// A picture of which sizes and crops are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// What all of them are called, as of [`derivative::name`].
    pub name: String,
    /// What its head says.
    pub raster: Raster,
}

/// Why a file with the name of a picture shows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFault {
    /// There is nothing in it.
    Empty,
    /// It is no picture, or not a whole one.
    Broken,
    /// Its format is one that few browsers know.
    NotShown,
}

/// The endings of files that are copied, by what they are.
const ENDINGS: &[&[&str]] = &[
    // Pictures.
    &[
        "apng", "avif", "bmp", "gif", "heic", "heif", "ico", "jpeg", "jpg", "jxl", "png", "svg",
        "tif", "tiff", "webp",
    ],
    // Films, sound, captions.
    &[
        "aac", "flac", "m3u8", "m4a", "m4v", "mov", "mp3", "mp4", "mpd", "oga", "ogg", "ogv",
        "opus", "srt", "ts", "vtt", "wav", "webm",
    ],
    // Data.
    &[
        "atom", "csv", "geojson", "gpx", "ics", "json", "jsonld", "kml", "rss", "topojson", "tsv",
        "txt", "vcf", "xml", "xsl",
    ],
    // Fonts.
    &["eot", "otf", "ttf", "woff", "woff2"],
    // Documents.
    &["doc", "docx", "epub", "gz", "ods", "odt", "pdf", "ppt", "pptx", "rtf", "xls", "xlsx", "zip"],
    // Pages, and what belongs to them.
    &["css", "htm", "html", "js", "map", "mjs", "wasm", "webmanifest"],
];

/// Names without an ending that hosts and search engines look for.
const NAMES: &[&str] = &[".htaccess", ".nojekyll", "CNAME", "LICENSE", "_headers", "_redirects"];

/// Whether a file that is no Markdown is meant to be published. What editors, merges and programs leave
/// behind is not, and it may hold the text of a draft.
pub fn is_published(path: &str, config: &FilesConfig) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    if path.starts_with(".well-known/")
        || NAMES.contains(&name)
        || config.copy.iter().any(|known| known == name)
    {
        return true;
    }
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    let is = |known: &str| known.eq_ignore_ascii_case(ending);
    let is_known = ENDINGS.iter().copied().flatten().any(|known| is(known))
        || config.copy.iter().any(|known| is(known.trim_start_matches('.')));
    is_known && !stem.is_empty() && !name.starts_with('.')
}

/// Says that a file is not published, and what to do.
pub fn unpublished(path: &str) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let problem = Diagnostic::new(
        &codes::D006,
        Place::File(format!("content/{path}")),
        format!("`{name}` is not published"),
    );
    let is_like_markdown = ending.trim_end().eq_ignore_ascii_case("md") || ending == "mdx";
    if is_like_markdown {
        return problem
            .help("the name of a Markdown file ends in .md, with nothing behind it: rename it");
    }
    let word = match ending {
        "" => name,
        ending => ending,
    };
    problem
        .together(ending)
        .help("remove it, if a program left it behind")
        .help(format!("if readers are to have it: copy = [\"{word}\"] under [files] in site.toml"))
}

/// A file that is copied, or from which pictures are made; of a picture the head is read.
///
/// # Errors
/// It cannot be opened, holds a program where a drawing should be, or promises more than can be decoded.
pub fn asset(found: &Found, shown: &str, is_published: bool) -> Result<Asset, Diagnostic> {
    // Opened now, so that a file without the right to read it is reported with all other mistakes.
    let unreadable = |error| crate::text::unreadable(shown, &error);
    let mut opened = crate::paths::open(&found.absolute).map_err(unreadable)?;
    let length = opened.metadata().map_err(unreadable)?.len();
    let ending = found.path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let asset = |size, fault, raster: Option<Raster>| Asset {
        path: found.path.clone(),
        absolute: found.absolute.clone(),
        size,
        length,
        is_published,
        fault,
        picture: raster
            .map(|raster| Picture { name: derivative::name(&found.path, &raster), raster }),
        has_position: false,
    };
    if length == 0 || !is_picture(&ending) {
        let fault = (length == 0 && is_picture(&ending)).then_some(PictureFault::Empty);
        return Ok(asset(None, fault, None));
    }
    if ending == "svg" {
        let mut bytes = Vec::new();
        opened.take(LONGEST_DRAWING).read_to_end(&mut bytes).map_err(unreadable)?;
        let refused = |why: &str| {
            let place = Place::File(shown.to_owned());
            let problem = Diagnostic::new(&codes::V003, place, format!("this drawing {why}"));
            Err(problem.help("save it again as plain SVG, in UTF-8"))
        };
        if bytes.len() as u64 == LONGEST_DRAWING {
            return refused("is too long to be looked through");
        }
        let Ok(text) = String::from_utf8(bytes) else {
            return refused("is not in UTF-8, so nobody knows what a browser reads in it");
        };
        let fault = (!text.contains("<svg")).then_some(PictureFault::Broken);
        if let Some((span, what)) = svg::script(&text) {
            let place = Place::Span(Arc::new(Source::new(shown, text)), span);
            return Err(Diagnostic::new(&codes::V003, place, format!("this drawing has {what}"))
                .help("save it again as plain SVG: a picture needs no program"));
        }
        return Ok(asset(svg_size(&text), fault, None));
    }
    if matches!(ending.as_str(), "jpg" | "jpeg" | "png" | "webp") && length <= LONGEST_PICTURE {
        return match Raster::of_file(&mut opened).map_err(unreadable)? {
            Ok(Some(raster)) => {
                let size = (u64::from(raster.width), u64::from(raster.height));
                Ok(asset(Some(size), None, Some(raster)))
            }
            Ok(None) => {
                opened.rewind().map_err(unreadable)?;
                Ok(as_it_is(asset, &ending, opened))
            }
            Err(error) => Err(unusable(shown, &error)),
        };
    }
    Ok(as_it_is(asset, &ending, opened))
}

/// A picture that goes to readers as it is.
fn as_it_is(
    asset: impl Fn(Option<(u64, u64)>, Option<PictureFault>, Option<Raster>) -> Asset,
    ending: &str,
    mut file: impl Read + Seek,
) -> Asset {
    let mut bytes = Vec::new();
    let read =
        (&mut file).take(LONGEST_DRAWING).read_to_end(&mut bytes).and_then(|_| file.rewind());
    let has_position = read.is_ok() && pictures::has_position(&bytes);
    let (size, fault) = head(ending, file);
    Asset { has_position, ..asset(size, fault, None) }
}

/// Says why nothing can be made of a picture.
pub fn unusable(shown: &str, error: &PictureError) -> Diagnostic {
    let place = Place::File(shown.to_owned());
    let name = shown.rsplit('/').next().unwrap_or(shown);
    let problem =
        Diagnostic::new(&codes::V001, place, format!("nothing can be made of `{name}`: {error}"));
    match error {
        PictureError::TooLarge(_) => {
            problem.help("save it smaller: readers get 2,000 pixels at most")
        }
        PictureError::Damaged(_) => {
            problem.help("ask for it again, or save it anew from the program that made it")
        }
        PictureError::NotMade(_) => problem
            .help("save it in another size, and tell those who make Podium: the file may be right"),
        PictureError::Changed => problem.help("build again"),
    }
}

/// Width and height of a picture that goes to readers as it is, and why none would see it.
fn head(ending: &str, mut file: impl Read + Seek) -> (Option<(u64, u64)>, Option<PictureFault>) {
    let mut head = Vec::new();
    let read = (&mut file).take(HEAD).read_to_end(&mut head).and_then(|_| file.rewind());
    if read.is_err() {
        return (None, Some(PictureFault::Broken));
    }
    let kind = imagesize::image_type(&head);
    let size = imagesize::reader_size(BufReader::new(file)).ok();
    let fault = match (kind, &size) {
        // AV1 in this container is AVIF, which browsers show; HEVC is the HEIC of telephones.
        (Ok(ImageType::Heif(imagesize::Compression::Av1)), Some(_)) => None,
        (Ok(ImageType::Heif(_)), _) => Some(PictureFault::NotShown),
        _ if matches!(ending, "heic" | "heif" | "tif" | "tiff") => Some(PictureFault::NotShown),
        // Icons and bitmaps are shown, but their size is not read.
        _ if matches!(ending, "apng" | "bmp" | "ico") => None,
        (_, None) => Some(PictureFault::Broken),
        (_, Some(_)) => None,
    };
    (size.map(|size| (size.width as u64, size.height as u64)), fault)
}

/// Longer ones are copied unread, in bytes: no photograph is as long, and no drawing.
const LONGEST_PICTURE: u64 = 256 << 20;
const LONGEST_DRAWING: u64 = 32 << 20;

/// The head of a picture that tells what it is, in bytes.
const HEAD: u64 = 8192;

fn is_picture(ending: &str) -> bool {
    ENDINGS[0].contains(&ending)
}

impl Asset {
    /// Whether others than the site's pages may ask for it by its address: browsers and telephones know some
    /// names at the top of a site, and hosts some of `.well-known/`.
    pub fn is_asked_for_by_name(&self) -> bool {
        !self.path.contains('/') || self.path.starts_with(".well-known/")
    }

    /// Whether it is a text in which addresses may stand.
    pub fn may_mention(&self) -> bool {
        const TEXTS: [&str; 9] =
            ["css", "htm", "html", "js", "json", "mjs", "svg", "webmanifest", "xml"];
        let ending = self.path.rsplit('.').next().unwrap_or_default();
        TEXTS.iter().any(|known| known.eq_ignore_ascii_case(ending))
    }
}

impl PictureFault {
    /// A warning where such a picture is used.
    pub fn report(self, src: &str, place: Place) -> Diagnostic {
        let (what, help) = match self {
            PictureFault::Empty => ("is an empty file", "put the picture there again"),
            PictureFault::Broken => {
                ("cannot be read as a picture", "save it again from the program that made it")
            }
            PictureFault::NotShown => (
                "is of a format that most browsers do not show",
                "save it as JPEG, WebP, AVIF or PNG",
            ),
        };
        Diagnostic::new(&codes::B018, place, format!("`{src}` {what}")).help(help)
    }
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
    fn what_programs_leave_behind_is_not_published() {
        let config = FilesConfig { copy: vec!["glb".into(), ".step".into(), "PATENTS".into()] };
        for path in [
            "a.png",
            "x/A.JPG",
            ".well-known/x",
            "b.glb",
            "c.step",
            "PATENTS",
            "CNAME",
            "robots.txt",
        ] {
            assert!(is_published(path, &config), "{path}");
        }
        for path in [
            "x.md.orig",
            "x.bak",
            "x.tmp",
            "x.md.rej",
            "x.swp",
            "x.md ",
            "x.mdx",
            "___jb_tmp___",
            ".env",
            ".png",
            ".x.md.new",
            "Makefile",
            "x.psd",
        ] {
            assert!(!is_published(path, &config), "{path}");
        }
    }

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
