//! A picture made smaller, and turned the way it is shown.

use super::header::{Turn, damaged};
use super::{Fault, Pixels, Size};
use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x4;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use std::cell::OnceCell;

/// A picture that is wanted in several sizes.
pub(super) struct Resizable<'a> {
    pixels: &'a Pixels,
    /// What is mixed into the pixels of smaller ones. Each has four channels, used or not: the
    /// library is compiled for each kind of pixel, and each is a twentieth of the program.
    mixed: OnceCell<Vec<U8x4>>,
}

impl<'a> Resizable<'a> {
    pub(super) fn new(pixels: &'a Pixels) -> Resizable<'a> {
        Resizable {
            pixels,
            mixed: OnceCell::new(),
        }
    }

    /// The picture in a size, which is the size as it is shown.
    pub(super) fn to(&self, turn: Turn, size: Size) -> Result<Pixels, Fault> {
        let pixels = self.pixels;
        let (width, height) = match turn.quarters % 2 {
            0 => (size.width, size.height),
            _ => (size.height, size.width),
        };
        let data = match (width, height) == (pixels.width, pixels.height) {
            true => pixels.data.clone(),
            false => self.smaller(width, height)?,
        };
        let stored = Pixels {
            width,
            height,
            channels: pixels.channels,
            data,
            profile: pixels.profile.clone(),
        };
        Ok(turned(stored, turn))
    }

    /// A filter without sines, which differ between machines. What the library does about
    /// transparency depends on the processor, so it is done here.
    fn smaller(&self, width: u32, height: u32) -> Result<Vec<u8>, Fault> {
        let pixels = self.pixels;
        let from = self.mixed.get_or_init(|| mixed(pixels));
        let from = TypedImageRef::new(pixels.width, pixels.height, from).map_err(damaged)?;
        let mut to = TypedImage::<U8x4>::new(width, height);
        let options = ResizeOptions::new()
            .resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom))
            .use_alpha(false);
        Resizer::new()
            .resize_typed(&from, &mut to, &options)
            .map_err(damaged)?;
        let count = pixels.channels.count();
        let mut data = Vec::with_capacity(to.pixels().len() * count);
        for pixel in to.pixels() {
            data.extend_from_slice(&pixel.0[..count]);
        }
        if pixels.channels.has_alpha() {
            unweight(&mut data, count);
        }
        Ok(data)
    }
}

fn mixed(pixels: &Pixels) -> Vec<U8x4> {
    let data = match pixels.channels.has_alpha() {
        true => &weighted(&pixels.data, pixels.channels.count()),
        false => &pixels.data,
    };
    match pixels.channels.count() {
        1 => four_channels::<1>(data),
        2 => four_channels::<2>(data),
        3 => four_channels::<3>(data),
        _ => four_channels::<4>(data),
    }
}

fn four_channels<const COUNT: usize>(data: &[u8]) -> Vec<U8x4> {
    let four = |pixel: &[u8; COUNT]| {
        let mut four = [0; 4];
        four[..COUNT].copy_from_slice(pixel);
        U8x4::new(four)
    };
    data.as_chunks().0.iter().map(four).collect()
}

/// Colours as far as they are seen: what is transparent has no say in the mixture.
fn weighted(data: &[u8], count: usize) -> Vec<u8> {
    let mut data = data.to_vec();
    for pixel in data.chunks_exact_mut(count) {
        let (alpha, colours) = pixel.split_last_mut().expect("a pixel has channels");
        for colour in colours {
            *colour = ((u16::from(*colour) * u16::from(*alpha) + 127) / 255) as u8;
        }
    }
    data
}

fn unweight(data: &mut [u8], count: usize) {
    for pixel in data.chunks_exact_mut(count) {
        let (alpha, colours) = pixel.split_last_mut().expect("a pixel has channels");
        let alpha = u16::from(*alpha);
        for colour in colours {
            let full = (u16::from(*colour) * 255 + alpha / 2).checked_div(alpha);
            *colour = full.unwrap_or(0).min(255) as u8;
        }
    }
}

fn turned(pixels: Pixels, turn: Turn) -> Pixels {
    if !turn.mirrored && turn.quarters == 0 {
        return pixels;
    }
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    let count = pixels.channels.count();
    let (across, down) = match turn.quarters % 2 {
        0 => (width, height),
        _ => (height, width),
    };
    let mut data = Vec::with_capacity(pixels.data.len());
    for y in 0..down {
        for x in 0..across {
            // Where the pixel comes from.
            let (from_x, from_y) = match turn.quarters {
                0 => (x, y),
                1 => (y, height - 1 - x),
                2 => (width - 1 - x, height - 1 - y),
                _ => (width - 1 - y, x),
            };
            let from_x = match turn.mirrored {
                true => width - 1 - from_x,
                false => from_x,
            };
            let start = (from_y * width + from_x) * count;
            data.extend_from_slice(&pixels.data[start..start + count]);
        }
    }
    Pixels {
        width: across as u32,
        height: down as u32,
        data,
        ..pixels
    }
}

#[cfg(test)]
mod tests {
    use super::super::Channels;
    use super::*;

    fn picture(channels: Channels, width: u32, data: &[u8]) -> Pixels {
        Pixels {
            width,
            height: (data.len() / channels.count()) as u32 / width,
            channels,
            data: data.to_vec(),
            profile: None,
        }
    }

    #[test]
    fn pictures_stand_upright() {
        // Stored:  1 2 3
        //          4 5 6
        let cases: &[(bool, u8, &[u8])] = &[
            (false, 0, &[1, 2, 3, 4, 5, 6]),
            (true, 0, &[3, 2, 1, 6, 5, 4]),
            (false, 2, &[6, 5, 4, 3, 2, 1]),
            (true, 2, &[4, 5, 6, 1, 2, 3]),
            // As if the stored left side was the top.
            (true, 3, &[1, 4, 2, 5, 3, 6]),
            (false, 1, &[4, 1, 5, 2, 6, 3]),
            (true, 1, &[6, 3, 5, 2, 4, 1]),
            (false, 3, &[3, 6, 2, 5, 1, 4]),
        ];
        for (mirrored, quarters, wanted) in cases {
            let (mirrored, quarters) = (*mirrored, *quarters);
            let stored = picture(Channels::Grey, 3, &[1, 2, 3, 4, 5, 6]);
            let shown = turned(stored, Turn { mirrored, quarters });
            assert_eq!(&shown.data, wanted, "{mirrored} {quarters}");
        }
    }

    #[test]
    fn what_is_transparent_has_no_colour() {
        let red_and_nothing = picture(
            Channels::ColourAlpha,
            2,
            &[200, 0, 0, 255, 0, 255, 0, 0, 200, 0, 0, 255, 0, 255, 0, 0],
        );
        let size = Size {
            width: 1,
            height: 1,
        };
        let upright = Turn {
            mirrored: false,
            quarters: 0,
        };
        let small = Resizable::new(&red_and_nothing).to(upright, size).unwrap();
        assert!(matches!(small.data[..], [199..=201, 0, 0, 127..=128]));
    }
}
