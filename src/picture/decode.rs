//! The pixels of a picture's file.

use super::header::{FileForm, Header, damaged, jpeg_decoder};
use super::{Channels, Fault, MOST_PIXELS, Pixels};
use std::io::Cursor;
use zune_core::colorspace::ColorSpace;

/// The most memory for a picture on its way, in bytes: 16 bits for each of four channels.
const MOST_MEMORY: usize = MOST_PIXELS as usize * 8;

/// The largest colour profile that is kept, in bytes; those of printers are larger.
const LARGEST_PROFILE: usize = 16_000;

/// All pixels, as they are stored. Of a moving picture, the first one.
pub(super) fn pixels(bytes: &[u8], header: &Header) -> Result<Pixels, Fault> {
    let mut pixels = match header.file {
        FileForm::Jpeg => jpeg(bytes),
        FileForm::Png => png(bytes),
        FileForm::WebP => webp(bytes),
        FileForm::Gif => gif(bytes),
    }?;
    let wanted = pixels.width as usize * pixels.height as usize * pixels.channels.count();
    if pixels.data.len() != wanted {
        return Err(damaged(format!("{} ≠ {wanted}", pixels.data.len())));
    }
    let of_colours = matches!(pixels.channels, Channels::Colour | Channels::ColourAlpha);
    pixels.profile = pixels
        .profile
        .filter(|profile| of_colours && matters(profile));
    Ok(pixels)
}

/// Whether colours would look otherwise without this profile (ICC.1, 7.2): it is
/// one of colours on screens, and not the one that browsers assume.
fn matters(profile: &[u8]) -> bool {
    profile.get(16..20) == Some(b"RGB ")
        && profile.len() <= LARGEST_PROFILE
        && !profile.windows(4).any(|word| word == b"sRGB")
}

fn jpeg(bytes: &[u8]) -> Result<Pixels, Fault> {
    let mut decoder = jpeg_decoder(bytes);
    decoder.decode_headers().map_err(damaged)?;
    let (channels, space) = match decoder.input_colorspace() {
        Some(ColorSpace::Luma) => (Channels::Grey, ColorSpace::Luma),
        _ => (Channels::Colour, ColorSpace::RGB),
    };
    let is_print = matches!(
        decoder.input_colorspace(),
        Some(ColorSpace::CMYK | ColorSpace::YCCK)
    );
    decoder.set_options(decoder.options().jpeg_set_out_colorspace(space));
    let data = decoder.decode().map_err(damaged)?;
    let (width, height) = decoder.dimensions().ok_or(Fault::CutOff)?;
    Ok(Pixels {
        width: width as u32,
        height: height as u32,
        channels,
        data,
        profile: decoder.icc_profile().filter(|_| !is_print),
    })
}

fn png(bytes: &[u8]) -> Result<Pixels, Fault> {
    let limits = png::Limits { bytes: MOST_MEMORY };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(damaged)?;
    let len = reader.output_buffer_size().unwrap_or(usize::MAX);
    if len > MOST_MEMORY {
        return Err(damaged(len));
    }
    let mut data = vec![0; len];
    let frame = reader.next_frame(&mut data).map_err(damaged)?;
    data.truncate(frame.buffer_size());
    let channels = match frame.color_type {
        png::ColorType::Grayscale => Channels::Grey,
        png::ColorType::GrayscaleAlpha => Channels::GreyAlpha,
        png::ColorType::Rgb => Channels::Colour,
        png::ColorType::Rgba => Channels::ColourAlpha,
        png::ColorType::Indexed => return Err(damaged("indexed")),
    };
    let profile = reader.info().icc_profile.clone();
    Ok(Pixels {
        width: frame.width,
        height: frame.height,
        channels,
        data,
        profile: profile.map(|profile| profile.into_owned()),
    })
}

fn webp(bytes: &[u8]) -> Result<Pixels, Fault> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
    decoder.set_memory_limit(MOST_MEMORY);
    let (width, height) = decoder.dimensions();
    let channels = match decoder.has_alpha() {
        true => Channels::ColourAlpha,
        false => Channels::Colour,
    };
    let len = decoder.output_buffer_size().unwrap_or(usize::MAX);
    if len > MOST_MEMORY {
        return Err(damaged(len));
    }
    let mut data = vec![0; len];
    decoder.read_image(&mut data).map_err(damaged)?;
    let profile = decoder.icc_profile().ok().flatten();
    Ok(Pixels {
        width,
        height,
        channels,
        data,
        profile,
    })
}

/// The first picture of a GIF, at its place on the whole.
fn gif(bytes: &[u8]) -> Result<Pixels, Fault> {
    const PIXEL: usize = 4;
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    options.check_frame_consistency(true);
    let mut decoder = options.read_info(Cursor::new(bytes)).map_err(damaged)?;
    let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
    let frame = decoder
        .read_next_frame()
        .map_err(damaged)?
        .ok_or(Fault::CutOff)?;
    let mut data = vec![0; width * height * PIXEL];
    let (left, top) = (usize::from(frame.left), usize::from(frame.top));
    let row = usize::from(frame.width) * PIXEL;
    for (index, from) in frame.buffer.chunks_exact(row.max(1)).enumerate() {
        let start = ((top + index) * width + left) * PIXEL;
        let to = data.get_mut(start..start + row);
        to.ok_or_else(|| damaged("frame"))?.copy_from_slice(from);
    }
    Ok(Pixels {
        width: width as u32,
        height: height as u32,
        channels: Channels::ColourAlpha,
        data,
        profile: None,
    })
}
