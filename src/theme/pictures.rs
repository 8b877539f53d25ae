//! The function `picture`: a picture in the sizes and the shape of its place in the theme.

use std::collections::BTreeMap;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::config::Config;
use crate::pictures::derivative::Offer;
use crate::pictures::{Focus, Ratio};
use crate::web::img::Img;

/// Registers `picture(image=..., place=..., ratio=..., tallest=..., alt=..., eager=...)`. `sizes` says of each place of
/// the theme how wide it is in which window, as the attribute `sizes` of HTML does.
pub fn register(tera: &mut Tera, config: &Config, sizes: &BTreeMap<String, String>) {
    let widths = config.pictures.widths.clone();
    let base = config.base_path.trim_end_matches('/').to_owned();
    let sizes = sizes.clone();
    tera.register_function("picture", move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let image = kwargs.must_get::<Value>("image")?;
        let place = kwargs.must_get::<&str>("place")?;
        let Some(sizes) = sizes.get(place) else {
            let known: Vec<&str> = sizes.keys().map(String::as_str).collect();
            return Err(tera::Error::message(format!(
                "theme.toml has no place `{place}` under [sizes]; it has {}",
                known.join(", ")
            )));
        };
        let ratio = shape(&kwargs, "ratio")?;
        let tallest = shape(&kwargs, "tallest")?;
        let is_eager = kwargs.get::<bool>("eager")?.unwrap_or(false);
        let text = |key: &'static str| image.get_from_path(key).and_then(Value::as_str);
        let own = kwargs.get::<&str>("alt")?;
        let alt = own.or(text("alt")).unwrap_or_default();
        let url = text("url").unwrap_or_default();
        let Some(offer) = offer(&image, &widths) else {
            let side = |key: &'static str| image.get_from_path(key).and_then(number);
            let size = side("width").zip(side("height"));
            let img = Img { src: url, alt, size, is_eager, ..Img::default() };
            return Ok(Value::safe_string(&img.html()));
        };
        let is_tall = |most: &Ratio| {
            let (across, down) = (u64::from(most.width), u64::from(most.height));
            u64::from(offer.width) * down < u64::from(offer.height) * across
        };
        let ratio = ratio.or(tallest.filter(is_tall));
        let fallback = offer.fallback(ratio);
        let img = Img {
            src: &format!("{base}{}", fallback.address),
            alt,
            size: Some((fallback.width.into(), fallback.height.into())),
            sources: &offer.srcsets(ratio, &base),
            sizes,
            is_eager,
        };
        Ok(Value::safe_string(&img.html()))
    });
}

/// A shape such as "3:2"; an empty text is as good as none.
fn shape(kwargs: &Kwargs, name: &'static str) -> TeraResult<Option<Ratio>> {
    match kwargs.get::<&str>(name)? {
        None | Some("") => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|()| {
            tera::Error::message(format!("`{name}` is a shape such as \"3:2\", not \"{text}\""))
        }),
    }
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64()
}

/// What a view of a picture says of its sizes. Nothing if it goes to readers as it is.
fn offer<'a>(image: &'a Value, widths: &'a [u32]) -> Option<Offer<'a>> {
    let offer = image.get_from_path("picture")?;
    let side = |key: &'a str| u32::try_from(number(offer.get_from_path(key)?)?).ok();
    let percent = |key: &'a str| u8::try_from(number(offer.get_from_path(key)?)?).ok();
    Some(Offer {
        name: offer.get_from_path("name")?.as_str()?,
        width: side("width")?,
        height: side("height")?,
        is_drawing: offer.get_from_path("is_drawing")?.as_bool()?,
        focus: Focus { x: percent("x")?, y: percent("y")? },
        widths,
        with_avif: offer.get_from_path("with_avif")?.as_bool()?,
    })
}
