//! Pictures as templates, search engines and feeds get them.

use serde::Serialize;

use crate::assemble::{PictureAt, Pictured, Site};
use crate::parse::assets::Asset;
use crate::parse::documents::File;
use crate::pictures::Focus;
use crate::pictures::derivative::Offer;
use crate::web::url::{encode_invalid, encode_path};

/// A picture for templates: what stands beside it, and what the function `picture` needs to offer it in the
/// sizes and the shape of its place.
#[derive(Clone, Debug, Serialize)]
pub struct ImageView {
    /// For programs that choose no size.
    url: String,
    width: Option<u64>,
    height: Option<u64>,
    alt: String,
    caption: Option<String>,
    credit: Option<String>,
    /// Whether a machine drew it, by what its file says.
    is_generated: bool,
    /// As large as there is.
    large: String,
    /// Nothing of a picture that goes to readers as it is.
    picture: Option<OfferView>,
}

/// An [`Offer`], without what the site's settings say. Only the function `picture` looks into it.
#[derive(Clone, Debug, Serialize)]
struct OfferView {
    name: String,
    width: u32,
    height: u32,
    is_drawing: bool,
    x: u8,
    y: u8,
    with_avif: bool,
}

/// The picture of a document for templates.
pub fn image(site: &Site, file: &File) -> Option<ImageView> {
    Some(view(site, &site.picture(file)?))
}

/// A picture for templates.
pub fn view(site: &Site, pictured: &Pictured) -> ImageView {
    let mut shown = ImageView {
        url: String::new(),
        width: None,
        height: None,
        alt: pictured.alt.to_owned(),
        caption: pictured.caption.map(str::to_owned),
        credit: pictured.credit.as_deref().map(str::to_owned),
        is_generated: pictured.metadata.is_some_and(|metadata| metadata.is_generated()),
        large: String::new(),
        picture: None,
    };
    let asset = match pictured.at {
        PictureAt::Web(address) => {
            let address = encode_invalid(address);
            (shown.url, shown.large) = (address.clone(), address);
            return shown;
        }
        PictureAt::Asset(asset) => asset,
    };
    let Some(offer) = offer(site, asset, pictured.focus) else {
        shown.url = site.config.below_base(&encode_path(&format!("/{}", asset.path)));
        shown.large = shown.url.clone();
        (shown.width, shown.height) = asset.size.unzip();
        return shown;
    };
    let fallback = offer.fallback(None);
    shown.url = site.config.below_base(&encode_path(&fallback.address));
    (shown.width, shown.height) = (Some(fallback.width.into()), Some(fallback.height.into()));
    shown.large = site.config.below_base(&encode_path(&offer.largest().address));
    shown.picture = Some(OfferView {
        name: offer.name.to_owned(),
        width: offer.width,
        height: offer.height,
        is_drawing: offer.is_drawing,
        x: offer.focus.x,
        y: offer.focus.y,
        with_avif: offer.with_avif,
    });
    shown
}

/// What readers are offered of a file. Nothing if it goes to them as it is.
pub fn offer<'a>(site: &'a Site, asset: &'a Asset, focus: Focus) -> Option<Offer<'a>> {
    let picture = asset.picture.as_ref()?;
    let raster = &picture.raster;
    Some(Offer {
        name: &picture.name,
        width: raster.width,
        height: raster.height,
        is_drawing: raster.is_drawing,
        focus,
        widths: &site.config.pictures.widths,
        // Of the rights an AVIF can carry no more than these.
        with_avif: site.config.pictures.avif && raster.metadata.fits_exif(),
    })
}
