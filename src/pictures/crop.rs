//! Which part of a picture is shown where its place has another shape.

use std::fmt;
use std::str::FromStr;

/// A shape: so wide by so high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ratio {
    /// Parts of the width, from 1 to 99.
    pub width: u8,
    /// Parts of the height, from 1 to 99.
    pub height: u8,
}

impl Ratio {
    /// What search engines ask for (Google Search Central, "Article structured data": `image`), the one that
    /// shared links show first.
    pub const SHARED: [Ratio; 3] = [
        Ratio { width: 16, height: 9 },
        Ratio { width: 4, height: 3 },
        Ratio { width: 1, height: 1 },
    ];
}

impl FromStr for Ratio {
    type Err = ();

    /// `3x2` or `3:2`.
    fn from_str(text: &str) -> Result<Ratio, ()> {
        let (width, height) = text.split_once(['x', ':']).ok_or(())?;
        let part = |text: &str| {
            let part: u8 = text.parse().map_err(|_| ())?;
            // One spelling for one shape: no signs, no leading zeros.
            ((1..100).contains(&part) && part.to_string() == text).then_some(part).ok_or(())
        };
        Ok(Ratio { width: part(width)?, height: part(height)? })
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        write!(to, "{}x{}", self.width, self.height)
    }
}

/// The point of a picture that every crop shows, in whole percent from its left and its top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Focus {
    /// From the left, 0 to 100.
    pub x: u8,
    /// From the top, 0 to 100.
    pub y: u8,
}

impl Default for Focus {
    /// The middle of what is wide, and the upper third of what is high: there the heads are.
    fn default() -> Focus {
        Focus { x: 50, y: 30 }
    }
}

impl FromStr for Focus {
    type Err = ();

    /// `40% 20%`, as CSS writes a position.
    fn from_str(text: &str) -> Result<Focus, ()> {
        let mut parts = text.split_whitespace().map(|part| {
            let number: f64 = part.strip_suffix('%')?.parse().ok()?;
            (0.0..=100.0).contains(&number).then_some(number.round() as u8)
        });
        match (parts.next().flatten(), parts.next().flatten(), parts.next()) {
            (Some(x), Some(y), None) => Ok(Focus { x, y }),
            _ => Err(()),
        }
    }
}

/// A rectangle of whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rectangle {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

/// Up to so many percent are not worth a picture of its own.
const NEAR: u64 = 1;

/// The largest part of that shape, with the focus as near to its middle as the edges allow. Nothing if the
/// picture has that shape already.
pub fn part(width: u32, height: u32, ratio: Ratio, focus: Focus) -> Option<Rectangle> {
    let (wide, high) = (u64::from(width), u64::from(height));
    let (across, down) = (u64::from(ratio.width), u64::from(ratio.height));
    // Both sides times the other's part: equal, if the shape is right.
    let (is, wanted) = (wide * down, high * across);
    if is.abs_diff(wanted) * 100 <= is.max(wanted) * NEAR {
        return None;
    }
    let rounded = |dividend: u64, divisor: u64| ((dividend + divisor / 2) / divisor).max(1);
    let (part_width, part_height) = match is > wanted {
        true => (rounded(high * across, down).min(wide), high),
        false => (wide, rounded(wide * down, across).min(high)),
    };
    let start = |whole: u64, part: u64, percent: u8| {
        let middle = whole * u64::from(percent) / 100;
        middle.saturating_sub(part / 2).min(whole - part)
    };
    // All are at most the sides of the picture.
    Some(Rectangle {
        left: start(wide, part_width, focus.x) as u32,
        top: start(high, part_height, focus.y) as u32,
        width: part_width as u32,
        height: part_height as u32,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: Ratio = Ratio { width: 3, height: 2 };

    #[test]
    fn a_crop_holds_the_focus_and_stays_inside() {
        let part = |w, h, ratio: &str, focus: &str| {
            let part = part(w, h, ratio.parse().unwrap(), focus.parse().unwrap())?;
            Some((part.left, part.top, part.width, part.height))
        };
        assert_eq!(part(4000, 3000, "1x1", "50% 50%"), Some((500, 0, 3000, 3000)));
        assert_eq!(part(4000, 3000, "1x1", "0% 50%"), Some((0, 0, 3000, 3000)));
        assert_eq!(part(4000, 3000, "1x1", "100% 50%"), Some((1000, 0, 3000, 3000)));
        assert_eq!(part(3000, 4000, "3x2", "50% 30%"), Some((0, 200, 3000, 2000)));
        assert_eq!(part(3000, 2000, "3x2", "10% 10%"), None);
        assert_eq!(part(3008, 2000, "3x2", "10% 10%"), None, "eight pixels are worth no crop");
        assert_eq!(part(1, 5000, "99x1", "50% 50%"), Some((0, 2500, 1, 1)));
        assert_eq!(part(5000, 1, "1x99", "50% 50%"), Some((2500, 0, 1, 1)));
    }

    #[test]
    fn shapes_and_focal_points_have_one_spelling() {
        assert_eq!("3x2".parse(), Ok(CARD));
        assert_eq!("3:2".parse(), Ok(CARD));
        for bad in ["", "3", "0x2", "03x2", "+3x2", "3x100", "3x2x1", "axb"] {
            assert_eq!(bad.parse::<Ratio>(), Err(()), "{bad}");
        }
        assert_eq!("40% 20%".parse(), Ok(Focus { x: 40, y: 20 }));
        assert_eq!(" 40.4%   0% ".parse(), Ok(Focus { x: 40, y: 0 }));
        for bad in ["", "40%", "40 20", "40% 120%", "-1% 0%", "40% 20% 0%", "NaN% 0%", "left top"] {
            assert_eq!(bad.parse::<Focus>(), Err(()), "{bad}");
        }
    }
}
