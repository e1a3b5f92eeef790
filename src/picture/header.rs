//! What a picture's file says of itself, without decoding it.

use super::{Fault, LONGEST_SIDE, MOST_PIXELS, whole};
use exif::{In, Tag};
use std::io::Cursor;
use zune_core::bytestream::ZCursor;

/// What is known of a picture from its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// As it is shown, in pixels.
    pub width: u32,
    pub height: u32,
    /// The form of its versions.
    pub form: Form,
    pub(super) file: FileForm,
    pub(super) turn: Turn,
}

/// The form of what is made of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// JPEG: many colours that run into each other.
    Photograph,
    /// WebP without loss: sharp edges, even surfaces, transparency.
    Drawing,
}

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileForm {
    Jpeg,
    Png,
    WebP,
    Gif,
}

/// How the stored picture is turned to be shown: mirrored from left to right,
/// then turned clockwise (Exif 2.32, tag 274).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) mirrored: bool,
    pub(super) quarters: u8,
}

impl Form {
    /// The end of the name of such files.
    pub fn extension(self) -> &'static str {
        match self {
            Form::Photograph => "jpg",
            Form::Drawing => "webp",
        }
    }
}

impl Header {
    /// Reads the header of a JPEG, PNG, WebP or GIF, whatever its name.
    pub fn read(bytes: &[u8]) -> Result<Header, Fault> {
        let file = FileForm::of(bytes).ok_or(Fault::Form)?;
        let (width, height, form) = match file {
            FileForm::Jpeg => jpeg(bytes),
            FileForm::Png => png(bytes),
            FileForm::WebP => webp(bytes),
            FileForm::Gif => gif(bytes),
        }?;
        if width == 0 || height == 0 {
            return Err(Fault::Damaged("0 × 0".to_owned()));
        }
        let pixels = u64::from(width) * u64::from(height);
        if pixels > MOST_PIXELS || width.max(height) > LONGEST_SIDE {
            return Err(Fault::TooLarge { width, height });
        }
        let is_whole = match file {
            FileForm::Jpeg => whole::jpeg(bytes),
            FileForm::Png => whole::png(bytes),
            FileForm::WebP => whole::webp(bytes),
            // Its end is found on the way.
            FileForm::Gif => true,
        };
        if !is_whole {
            return Err(Fault::CutOff);
        }
        let turn = turn(bytes, file);
        let (width, height) = match turn.quarters % 2 {
            0 => (width, height),
            _ => (height, width),
        };
        Ok(Header {
            width,
            height,
            form,
            file,
            turn,
        })
    }
}

impl FileForm {
    fn of(bytes: &[u8]) -> Option<FileForm> {
        Some(match bytes {
            [0xff, 0xd8, 0xff, ..] => FileForm::Jpeg,
            [0x89, b'P', b'N', b'G', ..] => FileForm::Png,
            [b'G', b'I', b'F', b'8', ..] => FileForm::Gif,
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => FileForm::WebP,
            _ => return None,
        })
    }
}

pub(super) fn damaged(error: impl std::fmt::Display) -> Fault {
    Fault::Damaged(error.to_string())
}

fn jpeg(bytes: &[u8]) -> Result<(u32, u32, Form), Fault> {
    let mut decoder = jpeg_decoder(bytes);
    decoder.decode_headers().map_err(damaged)?;
    let (width, height) = decoder.dimensions().ok_or(Fault::CutOff)?;
    // A JPEG has 65,535 at most.
    Ok((width as u32, height as u32, Form::Photograph))
}

/// Reads a JPEG of any size, as its header has been looked at before.
pub(super) fn jpeg_decoder(bytes: &[u8]) -> zune_jpeg::JpegDecoder<ZCursor<&[u8]>> {
    let options = zune_core::options::DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(usize::MAX)
        .set_max_height(usize::MAX);
    zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options)
}

/// The least bytes of a photograph without loss, and the least bytes of it for ten
/// pixels: drawings become much smaller, since they repeat themselves.
const PHOTOGRAPH: (u64, u64) = (20_000, 8);

fn png(bytes: &[u8]) -> Result<(u32, u32, Form), Fault> {
    let reader = png::Decoder::new(Cursor::new(bytes))
        .read_info()
        .map_err(damaged)?;
    let info = reader.info();
    let opaque = matches!(
        info.color_type,
        png::ColorType::Rgb | png::ColorType::Grayscale
    ) && info.trns.is_none();
    let pixels = u64::from(info.width) * u64::from(info.height);
    let (least, of_ten) = PHOTOGRAPH;
    let len = bytes.len() as u64;
    let form = match opaque && len >= least && len * 10 >= pixels * of_ten {
        true => Form::Photograph,
        false => Form::Drawing,
    };
    Ok((info.width, info.height, form))
}

fn webp(bytes: &[u8]) -> Result<(u32, u32, Form), Fault> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let form = match decoder.is_lossy() && !decoder.has_alpha() {
        true => Form::Photograph,
        false => Form::Drawing,
    };
    Ok((width, height, form))
}

fn gif(bytes: &[u8]) -> Result<(u32, u32, Form), Fault> {
    let decoder = gif::Decoder::new(Cursor::new(bytes)).map_err(damaged)?;
    let (width, height) = (decoder.width(), decoder.height());
    Ok((width.into(), height.into(), Form::Drawing))
}

/// How the camera was held. What can't be read of it means upright.
fn turn(bytes: &[u8], file: FileForm) -> Turn {
    let told = match file {
        FileForm::Gif => None,
        FileForm::Jpeg | FileForm::Png | FileForm::WebP => exif::Reader::new()
            .continue_on_error(true)
            .read_from_container(&mut Cursor::new(bytes))
            .or_else(|error| error.distill_partial_result(|_| {}))
            .ok()
            .and_then(|exif| {
                let field = exif.get_field(Tag::Orientation, In::PRIMARY)?;
                field.value.get_uint(0)
            }),
    };
    let (mirrored, quarters) = match told {
        Some(2) => (true, 0),
        Some(3) => (false, 2),
        Some(4) => (true, 2),
        Some(5) => (true, 3),
        Some(6) => (false, 1),
        Some(7) => (true, 1),
        Some(8) => (false, 3),
        _ => (false, 0),
    };
    Turn { mirrored, quarters }
}
