//! The sizes of the house's icon that browsers and telephones ask for, each at an address that they know.

use super::addresses as at;
use super::claims::{By, Claims};
use super::kinds::FileKind;
use crate::parse::assets::Asset;
use crate::pictures::derivative::{Encoding, Recipe};
use crate::pictures::{Focus, Ratio};

/// A size of the house's icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// In tabs and among bookmarks; browsers ask for it unasked.
    Favicon,
    /// On the home screens of Apple's telephones.
    AppleTouch,
    /// On others, as the web app manifest says.
    Small,
    /// While the site is opened from there.
    Large,
}

impl Icon {
    /// All of them.
    pub const ALL: [Icon; 4] = [Icon::Favicon, Icon::AppleTouch, Icon::Small, Icon::Large];

    /// From the top of the site.
    pub fn address(self) -> &'static str {
        match self {
            Icon::Favicon => "/favicon.ico",
            Icon::AppleTouch => "/apple-touch-icon.png",
            Icon::Small => "/icon-192.png",
            Icon::Large => "/icon-512.png",
        }
    }

    /// Of its square, in pixels.
    pub fn side(self) -> u32 {
        match self {
            Icon::Favicon => 48,
            Icon::AppleTouch => 180,
            Icon::Small => 192,
            Icon::Large => 512,
        }
    }

    /// The same of one that is made of this file: nothing is made larger.
    pub fn side_of(self, asset: &Asset) -> u32 {
        let own = asset
            .picture
            .as_ref()
            .map_or(u32::MAX, |picture| picture.raster.width.min(picture.raster.height));
        self.side().min(own)
    }

    /// How pages link to it, and as what; nothing if only the manifest does.
    pub fn link(self) -> Option<(&'static str, Option<&'static str>)> {
        match self {
            Icon::Favicon => Some(("icon", Some("image/x-icon"))),
            Icon::AppleTouch => Some(("apple-touch-icon", None)),
            Icon::Small | Icon::Large => None,
        }
    }

    /// How it is made of the house's picture.
    pub fn recipe(self) -> Recipe {
        let crop = Some((Ratio { width: 1, height: 1 }, Focus { x: 50, y: 50 }));
        Recipe { crop, width: self.side(), encoding: Encoding::Png }
    }
}

/// Claims the addresses of all sizes. A file of content/ at one of them is the house's own.
pub(super) fn claim(claims: &mut Claims) {
    let site = claims.site;
    if site.icon().is_none_or(|asset| asset.picture.is_none()) {
        return;
    }
    let is_free = |address: &str| site.asset_at(address).is_none();
    for icon in Icon::ALL.into_iter().filter(|icon| is_free(icon.address())) {
        claims.file(icon.address(), FileKind::Icon(icon), By::Podium);
    }
    if is_free(at::WEB_MANIFEST) {
        claims.file(at::WEB_MANIFEST, FileKind::WebManifest, By::Podium);
    }
}
