//! Drawings of few colours keep them: where a line was made narrower, its edge takes the nearest of the colours
//! that the drawing has. A drawing of 256 colours would otherwise become one of thousands, and four times as
//! long.

use std::cell::OnceCell;

use foldhash::HashMap;

/// The colours of a drawing.
#[derive(Clone, Debug)]
pub struct Palette {
    /// At most 256.
    pub colors: Vec<[u8; 3]>,
    /// Their places.
    places: HashMap<[u8; 3], u8>,
    /// The nearest colour of each cell of colours, once somebody asked for one.
    cells: Vec<OnceCell<u8>>,
}

/// Colours that differ in the last bits alone have the same nearest one.
const BITS: u32 = 6;

impl Palette {
    /// Of red, green and blue, colour by colour. Nothing if there are none, or too many.
    pub fn new(bytes: &[u8]) -> Option<Palette> {
        let mut colors: Vec<[u8; 3]> = bytes.as_chunks::<3>().0.to_vec();
        colors.dedup();
        let places = colors.iter().copied().zip(0u8..=255).collect();
        let cells = vec![OnceCell::new(); 1 << (3 * BITS)];
        (1..=256).contains(&colors.len()).then_some(Palette { colors, places, cells })
    }

    /// The place of the colour that a pixel has, or else of the one that is nearest to it.
    pub fn nearest(&self, pixel: [u8; 3]) -> u8 {
        if let Some(place) = self.places.get(&pixel) {
            return *place;
        }
        let part = |i: usize| usize::from(pixel[i] >> (8 - BITS));
        let cell = (part(0) << (2 * BITS)) | (part(1) << BITS) | part(2);
        *self.cells[cell].get_or_init(|| {
            let middle = |i: usize| (part(i) << (8 - BITS)) as i32 + (1 << (7 - BITS));
            let distance = |color: &[u8; 3]| -> i32 {
                let apart = |i: usize| (i32::from(color[i]) - middle(i)).pow(2);
                // Eyes tell greens best.
                2 * apart(0) + 4 * apart(1) + 3 * apart(2)
            };
            let nearest = (0u8..=255).zip(&self.colors).min_by_key(|(_, color)| distance(color));
            nearest.map_or(0, |(place, _)| place)
        })
    }

    /// Gives every pixel the nearest of the colours.
    pub fn snap(&self, bytes: &mut [u8]) {
        for pixel in bytes.as_chunks_mut::<3>().0 {
            *pixel = self.colors[usize::from(self.nearest(*pixel))];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pixel_takes_the_nearest_colour() {
        let palette = Palette::new(&[0, 0, 0, 255, 255, 255, 200, 0, 0, 2, 2, 2]).unwrap();
        let mut pixels = [10, 10, 10, 250, 240, 251, 180, 20, 10, 2, 2, 2, 0, 0, 0];
        palette.snap(&mut pixels);
        assert_eq!(pixels[..9], [2, 2, 2, 255, 255, 255, 200, 0, 0]);
        assert_eq!(pixels[9..], [2, 2, 2, 0, 0, 0], "what it has stays, however near another is");
        assert!(Palette::new(&[]).is_none() && Palette::new(&[1, 2]).is_none());
    }
}
