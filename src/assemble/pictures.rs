//! What readers get of a picture: what the author of the document wrote, and where that is silent what the
//! picture's own file says.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Site;
use crate::parse::assets::Asset;
use crate::parse::documents::File;
use crate::pictures::Focus;
use crate::pictures::metadata::Metadata;
use crate::web::url;

/// What an author writes beside a picture, wherever it stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct PictureWords<'a> {
    /// What it shows; may be empty.
    pub alt: &'a str,
    pub caption: Option<&'a str>,
    pub credit: Option<&'a str>,
    pub focus: Option<Focus>,
}

/// A picture as it is shown.
#[derive(Clone, Debug)]
pub struct Pictured<'a> {
    /// Where it is.
    pub at: PictureAt<'a>,
    /// For those who do not see it; may be empty.
    pub alt: &'a str,
    pub caption: Option<&'a str>,
    pub credit: Option<Cow<'a, str>>,
    /// What every crop of it shows.
    pub focus: Focus,
    /// What its file says.
    pub metadata: Option<&'a Metadata>,
}

/// Where a picture is.
#[derive(Clone, Copy, Debug)]
pub enum PictureAt<'a> {
    /// On another site.
    Web(&'a str),
    /// Among the site's files.
    Asset(&'a Asset),
}

/// The prints of all pictures whose right has ended by what a document says.
pub(super) fn lapsed(site: &Site) -> BTreeSet<u128> {
    let at = site.build_time.at;
    let of = |file: &File| {
        let image = file.image.as_ref().filter(|image| image.is_lapsed(at))?;
        let asset = &site.assets[site.asset(file, image.src()).ok()?];
        Some(asset.picture.as_ref()?.raster.print)
    };
    site.documents().filter_map(|(_, file)| of(file)).collect()
}

impl Site {
    /// The picture of a document. Nothing if its file is not there, which assembly has reported, or if the
    /// right to show it has ended.
    pub fn picture<'s>(&'s self, file: &'s File) -> Option<Pictured<'s>> {
        let image = file.image.as_ref().filter(|image| !image.is_lapsed(self.build_time.at))?;
        let at = match image.src() {
            src if url::is_web(src) => PictureAt::Web(src),
            src => PictureAt::Asset(&self.assets[self.asset(file, src).ok()?]),
        };
        if matches!(at, PictureAt::Asset(asset) if self.is_lapsed(asset)) {
            return None;
        }
        let (alt, caption, credit) = (image.alt(), image.caption(), image.credit());
        Some(self.pictured(at, PictureWords { alt, caption, credit, focus: image.focus }))
    }

    /// Whether some document says that a picture may not be shown any more: whoever shows it.
    pub fn is_lapsed(&self, asset: &Asset) -> bool {
        let picture = asset.picture.as_ref();
        picture.is_some_and(|picture| self.lapsed.contains(&picture.raster.print))
    }

    /// Where the picture is that a text mentions. Nothing if it is nowhere.
    pub fn mentioned<'s>(&'s self, from: &File, src: &'s str) -> Option<PictureAt<'s>> {
        if url::is_web(src) {
            return Some(PictureAt::Web(src));
        }
        Some(PictureAt::Asset(&self.assets[self.asset(from, &url::decode(src)).ok()?]))
    }

    /// A picture with these words, and those of its file where there are none.
    pub fn pictured<'s>(&'s self, at: PictureAt<'s>, words: PictureWords<'s>) -> Pictured<'s> {
        let metadata = match at {
            PictureAt::Asset(asset) => {
                asset.picture.as_ref().map(|picture| &picture.raster.metadata)
            }
            PictureAt::Web(_) => None,
        };
        let of_file = metadata.filter(|_| self.config.pictures.use_captions);
        let written = |text: Option<&'s str>| text.filter(|text| !text.trim().is_empty());
        let alt = written(Some(words.alt)).or(of_file.and_then(|metadata| metadata.alt.as_deref()));
        let caption = of_file.and_then(|metadata| metadata.caption.as_deref());
        let credit = metadata.and_then(Metadata::shown_credit);
        Pictured {
            at,
            alt: alt.unwrap_or_default(),
            caption: written(words.caption).or(caption),
            credit: written(words.credit).map(Cow::Borrowed).or(credit.map(Cow::Owned)),
            focus: words.focus.unwrap_or_default(),
            metadata,
        }
    }
}
