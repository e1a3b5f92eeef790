//! Pixels as a file for browsers.

use super::header::damaged;
use super::{Channels, Fault, Form, Pixels};
use jpeg_encoder::SamplingFactor;

/// Where a photograph does not look different at arm's length, on the scale of libjpeg.
const QUALITY: u8 = 80;

/// The picture in a form, without anything but the picture.
pub(super) fn encode(pixels: &Pixels, form: Form) -> Result<Vec<u8>, Fault> {
    match form {
        Form::Photograph => jpeg(pixels),
        Form::Drawing => webp(pixels),
    }
}

fn jpeg(pixels: &Pixels) -> Result<Vec<u8>, Fault> {
    let side = |length: u32| u16::try_from(length).map_err(damaged);
    let colours = match pixels.channels {
        Channels::Grey => jpeg_encoder::ColorType::Luma,
        Channels::Colour => jpeg_encoder::ColorType::Rgb,
        // Photographs are opaque by their header.
        Channels::GreyAlpha | Channels::ColourAlpha => return Err(damaged("alpha")),
    };
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, QUALITY);
    // Colours at half the size of light: a quarter less to send, and nobody sees it.
    // Tables of its own are no gain, and the library makes wrong ones (0.7.1).
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    if let Some(profile) = &pixels.profile {
        encoder.add_icc_profile(profile).map_err(damaged)?;
    }
    let (width, height) = (side(pixels.width)?, side(pixels.height)?);
    encoder
        .encode(&pixels.data, width, height, colours)
        .map_err(damaged)?;
    Ok(bytes)
}

fn webp(pixels: &Pixels) -> Result<Vec<u8>, Fault> {
    let colours = match pixels.channels {
        Channels::Grey => image_webp::ColorType::L8,
        Channels::GreyAlpha => image_webp::ColorType::La8,
        Channels::Colour => image_webp::ColorType::Rgb8,
        Channels::ColourAlpha => image_webp::ColorType::Rgba8,
    };
    let mut bytes = Vec::new();
    let mut encoder = image_webp::WebPEncoder::new(&mut bytes);
    if let Some(profile) = &pixels.profile {
        encoder.set_icc_profile(profile.clone());
    }
    encoder
        .encode(&pixels.data, pixels.width, pixels.height, colours)
        .map_err(damaged)?;
    Ok(bytes)
}
