//! Pictures: what is made of them, and what is refused.

use super::tiny::{Pages, Tiny, shown};
use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use image_webp::{WebPDecoder, WebPEncoder};
use std::borrow::Cow;
use std::io::Cursor;
use tempfile::TempDir;
use twintown::output::render_all;
use twintown::picture::{self, Header};
use twintown::render;
use twintown::source::{DiskFiles, Files};
use zune_core::bytestream::ZCursor;

const CITY: &str = "content/cities/d/index.toml";
const IMAGE: &str =
    "name = \"D\"\ncountry = \"PL\"\nimage = { file = \"rynek.x\", alt = \"Market\" }\n";

/// A city whose picture is a file of these bytes.
fn with_picture(name: &str, bytes: &[u8]) -> Tiny {
    Tiny::new()
        .with(CITY, IMAGE.replace("rynek.x", name))
        .with(&format!("content/cities/d/{name}"), bytes)
}

/// `width` × `height` pixels: the left half of one colour, the right half of another.
fn halves(width: u32, height: u32, left: &[u8], right: &[u8]) -> Vec<u8> {
    let row: Vec<u8> = (0..width)
        .flat_map(|x| if x * 2 < width { left } else { right }.to_vec())
        .collect();
    row.repeat(height as usize)
}

const RED: [u8; 3] = [200, 20, 20];
const BLUE: [u8; 3] = [20, 20, 200];

fn jpeg(width: u16, height: u16, metadata: &[u8]) -> Vec<u8> {
    let pixels = halves(width.into(), height.into(), &RED, &BLUE);
    coded(
        width,
        height,
        &pixels,
        jpeg_encoder::ColorType::Rgb,
        metadata,
    )
}

fn coded(
    width: u16,
    height: u16,
    pixels: &[u8],
    colours: jpeg_encoder::ColorType,
    metadata: &[u8],
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    if !metadata.is_empty() {
        encoder.add_exif_metadata(metadata).unwrap();
    }
    encoder.encode(pixels, width, height, colours).unwrap();
    bytes
}

fn png(
    width: u32,
    height: u32,
    colours: png::ColorType,
    depth: png::BitDepth,
    pixels: &[u8],
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(colours);
    encoder.set_depth(depth);
    if colours == png::ColorType::Indexed {
        encoder.set_palette([RED, BLUE].concat());
    }
    encoder
        .add_text_chunk("Author".to_owned(), "SECRET".to_owned())
        .unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(pixels).unwrap();
    writer.finish().unwrap();
    bytes
}

pub fn drawing(width: u32, height: u32) -> Vec<u8> {
    let pixels = halves(width, height, &RED, &BLUE);
    png(
        width,
        height,
        png::ColorType::Rgb,
        png::BitDepth::Eight,
        &pixels,
    )
}

/// What a camera writes into a picture: how it was held, where, and whose it is.
fn metadata(orientation: u16) -> Vec<u8> {
    let field = |tag, value| Field {
        tag,
        ifd_num: In::PRIMARY,
        value,
    };
    let degrees = |whole| Rational {
        num: whole,
        denom: 1,
    };
    let fields = [
        field(Tag::Orientation, Value::Short(vec![orientation])),
        field(Tag::Artist, Value::Ascii(vec![b"SECRET".to_vec()])),
        field(Tag::GPSLatitudeRef, Value::Ascii(vec![b"N".to_vec()])),
        field(
            Tag::GPSLatitude,
            Value::Rational([50, 17, 13].map(degrees).to_vec()),
        ),
    ];
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut bytes = Cursor::new(Vec::new());
    writer.write(&mut bytes, false).unwrap();
    bytes.into_inner()
}

/// A version as a browser shows it: width, height, its pixels with four channels.
fn decoded(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    if bytes.starts_with(b"RIFF") {
        let mut decoder = WebPDecoder::new(Cursor::new(bytes)).unwrap();
        let (width, height) = decoder.dimensions();
        let mut pixels = vec![0; decoder.output_buffer_size().unwrap()];
        decoder.read_image(&mut pixels).unwrap();
        let pixels = match decoder.has_alpha() {
            true => pixels,
            false => opaque(&pixels, 3),
        };
        return (width, height, pixels);
    }
    let mut decoder = zune_jpeg::JpegDecoder::new(ZCursor::new(bytes));
    let pixels = decoder.decode().unwrap();
    let (width, height) = decoder.dimensions().unwrap();
    let channels = pixels.len() / (width * height);
    (width as u32, height as u32, opaque(&pixels, channels))
}

fn opaque(pixels: &[u8], channels: usize) -> Vec<u8> {
    let whole = |pixel: &[u8]| match *pixel {
        [grey] => [grey, grey, grey, 255],
        [red, green, blue] => [red, green, blue, 255],
        _ => unreachable!("channels"),
    };
    pixels.chunks_exact(channels).flat_map(whole).collect()
}

/// Whether the middle of each half has about its colour; 255 of alpha where none is said.
fn shows(bytes: &[u8], left: &[u8], right: &[u8]) -> bool {
    let (width, height, pixels) = decoded(bytes);
    let near = |x: u32, colour: &[u8]| {
        let at = ((height / 2 * width + x) * 4) as usize;
        let wanted = colour.iter().chain(&[255]).take(4);
        pixels[at..at + 4]
            .iter()
            .zip(wanted)
            .all(|(found, wanted)| found.abs_diff(*wanted) < 12)
    };
    near(width / 4, left) && near(width - width / 4 - 1, right)
}

fn made(pages: &Pages, url: &str, files: &dyn Files) -> Vec<u8> {
    let snapshot = pages.0.snapshot.as_ref().unwrap();
    let route = snapshot.routes.find(url).unwrap();
    let rendered = render::page(snapshot, *route, url).unwrap();
    render::bytes(snapshot, rendered, files).unwrap()
}

/// The addresses of all versions of all pictures, with their bytes.
fn versions(tiny: &Tiny) -> Vec<(String, Vec<u8>)> {
    let pages = tiny.sound();
    let urls = pages.urls().into_iter();
    let pictures = urls.filter(|url| {
        [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"]
            .iter()
            .any(|end| url.ends_with(end))
    });
    pictures
        .map(|url| {
            let bytes = made(&pages, &url, &tiny.files());
            (url, bytes)
        })
        .collect()
}

fn size(width: &str, tag: &str) -> String {
    let start = tag.find(&format!(" {width}=\"")).unwrap() + width.len() + 3;
    tag[start..].split('"').next().unwrap().to_owned()
}

#[test]
fn a_picture_is_shown_in_the_size_that_is_needed() {
    let tiny = with_picture("Rynek Główny.JPG", &jpeg(1700, 200, &[]));
    let made = versions(&tiny);
    let sizes: Vec<(u32, u32)> = made
        .iter()
        .map(|(_, bytes)| decoded(bytes))
        .map(|(width, height, _)| (width, height))
        .collect();
    assert_eq!(sizes, [(320, 38), (640, 75), (960, 113), (1600, 188)]);
    assert!(made.is_sorted_by_key(|(_, bytes)| bytes.len()));
    let page = tiny.sound().page("en/cities/d/");
    let tag = page
        .split("<img ")
        .find(|tag| tag.contains("Market"))
        .unwrap();
    assert_eq!(
        (size("width", tag), size("height", tag)),
        ("1700".into(), "200".into())
    );
    let all: Vec<String> = made
        .iter()
        .zip([320, 640, 960, 1600])
        .map(|((url, _), width)| format!("../../../{url} {width}w"))
        .collect();
    assert!(
        tag.contains(&format!("srcset=\"{}\"", all.join(", "))),
        "{tag}"
    );
    assert!(
        made[0].0.starts_with("assets/rynek-glowny."),
        "{}",
        made[0].0
    );
    // Feeds, previews of links and links to the file lead to the largest.
    assert!(page.contains(&format!("\"https://example.org/{}\"", made[3].0)));
}

#[test]
fn nothing_is_told_besides_the_picture() {
    let photograph = jpeg(400, 300, &metadata(1));
    assert!(photograph.windows(6).any(|word| word == b"SECRET"));
    let mut pixels = halves(400, 300, &[1, 2, 3, 255], &[3, 2, 1, 0]);
    pixels[3] = 9;
    let drawing = png(
        400,
        300,
        png::ColorType::Rgba,
        png::BitDepth::Eight,
        &pixels,
    );
    for (name, bytes) in [("a.jpg", photograph), ("a.png", drawing)] {
        let made = versions(&with_picture(name, &bytes));
        assert!(!made.is_empty());
        for (url, bytes) in made {
            for secret in [b"SECRET".as_slice(), b"Exif", b"EXIF", b"Author"] {
                let found = bytes.windows(secret.len()).any(|word| word == secret);
                assert!(!found, "{url}: {}", String::from_utf8_lossy(secret));
            }
        }
    }
}

#[test]
fn pictures_stand_upright() {
    // How the camera was held, and whether the halves lie beside each other.
    for (orientation, beside) in [
        (1, Some((RED, BLUE))),
        (2, Some((BLUE, RED))),
        (3, Some((BLUE, RED))),
        (4, Some((RED, BLUE))),
        (6, None),
        (8, None),
    ] {
        let tiny = with_picture("a.jpg", &jpeg(400, 300, &metadata(orientation)));
        let made = versions(&tiny);
        let (_, largest) = made.last().unwrap();
        let (width, height, pixels) = decoded(largest);
        let page = tiny.sound().page("en/cities/d/");
        let tag = page
            .split("<img ")
            .find(|tag| tag.contains("Market"))
            .unwrap();
        assert_eq!(size("width", tag), width.to_string());
        match beside {
            Some((left, right)) => {
                assert_eq!((width, height), (400, 300));
                assert!(shows(largest, &left, &right), "{orientation}");
            }
            None => {
                assert_eq!((width, height), (300, 400));
                let is_red = pixels[0] > pixels[2];
                // 6: the left side is up; 8: the right side.
                assert_eq!(is_red, orientation == 6, "{orientation}");
            }
        }
    }
}

/// A GIF whose pictures have a left half of each colour.
fn gif(frames: &[[u8; 3]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = gif::Encoder::new(&mut bytes, 40, 20, &[]).unwrap();
    encoder.set_repeat(gif::Repeat::Infinite).unwrap();
    for colour in frames {
        let frame = gif::Frame {
            width: 40,
            height: 20,
            palette: Some([*colour, BLUE].concat()),
            buffer: Cow::Owned(halves(40, 20, &[0], &[1])),
            ..gif::Frame::default()
        };
        encoder.write_frame(&frame).unwrap();
    }
    drop(encoder);
    bytes
}

/// A file's name and bytes, the end of the version's name, the colours of both halves.
type Case<'a> = (&'a str, Vec<u8>, &'a str, &'a [u8], &'a [u8]);

#[test]
fn all_forms_become_what_browsers_show() {
    use png::{BitDepth, ColorType};
    let webp = |pixels: &[u8], colours| {
        let mut bytes = Vec::new();
        let encoder = WebPEncoder::new(&mut bytes);
        encoder.encode(pixels, 40, 20, colours).unwrap();
        bytes
    };
    let rgba = halves(40, 20, &[200, 20, 20, 255], &[20, 20, 200, 100]);
    let wide: Vec<u8> = halves(40, 20, &RED, &BLUE)
        .into_iter()
        .flat_map(|byte| [byte, 0])
        .collect();
    let (grey, bits) = (halves(40, 20, &[30], &[220]), halves(5, 20, &[0], &[255]));
    let inverted = halves(40, 20, &[0, 230, 230, 55], &[230, 230, 0, 55]);
    let (red, blue): (&[u8], &[u8]) = (&RED, &BLUE);
    let cases: Vec<Case<'_>> = vec![
        ("a.jpg", jpeg(40, 20, &[]), "jpg", red, blue),
        (
            "a.jpeg",
            coded(40, 20, &grey, jpeg_encoder::ColorType::Luma, &[]),
            "jpg",
            &[30; 3],
            &[220; 3],
        ),
        (
            "a.jpg",
            coded(40, 20, &inverted, jpeg_encoder::ColorType::Cmyk, &[]),
            "jpg",
            &[200, 20, 20],
            &[20, 20, 200],
        ),
        ("a.png", drawing(40, 20), "webp", red, blue),
        (
            "a.png",
            png(40, 20, ColorType::Rgba, BitDepth::Eight, &rgba),
            "webp",
            red,
            &[20, 20, 200, 100],
        ),
        (
            "a.png",
            png(40, 20, ColorType::Rgb, BitDepth::Sixteen, &wide),
            "webp",
            red,
            blue,
        ),
        (
            "a.png",
            png(40, 20, ColorType::Grayscale, BitDepth::Eight, &grey),
            "webp",
            &[30; 3],
            &[220; 3],
        ),
        (
            "a.png",
            png(40, 20, ColorType::Indexed, BitDepth::One, &bits),
            "webp",
            red,
            blue,
        ),
        ("a.gif", gif(&[RED]), "webp", red, blue),
        // What moves stands still: nobody could stop it.
        ("a.gif", gif(&[RED, BLUE, BLUE]), "webp", red, blue),
        (
            "a.webp",
            webp(&rgba, image_webp::ColorType::Rgba8),
            "webp",
            red,
            &[20, 20, 200, 100],
        ),
        // The name is wrong, the picture is not.
        ("a.png", jpeg(40, 20, &[]), "jpg", red, blue),
    ];
    for (index, (name, bytes, extension, left, right)) in cases.iter().enumerate() {
        let made = versions(&with_picture(name, bytes));
        let [(url, bytes)] = made.as_slice() else {
            panic!("{index}: {} versions", made.len());
        };
        assert!(url.ends_with(&format!("-40.{extension}")), "{index}: {url}");
        let (width, height, pixels) = decoded(bytes);
        assert_eq!((width, height), (40, 20), "{index}");
        assert!(
            shows(bytes, left, right),
            "{index}: {:?} {:?}",
            &pixels[..4],
            &pixels[156..160]
        );
    }
}

/// Noise: what cannot be told in fewer bytes, as in photographs.
fn noise(width: u32, height: u32) -> Vec<u8> {
    let mut state = 1u32;
    let pixels: Vec<u8> = (0..width * height * 3)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect();
    png(
        width,
        height,
        png::ColorType::Rgb,
        png::BitDepth::Eight,
        &pixels,
    )
}

#[test]
fn photographs_without_loss_become_photographs() {
    let made = versions(&with_picture("a.png", &noise(200, 100)));
    assert!(made[0].0.ends_with("-200.jpg"), "{}", made[0].0);
}

/// A picture that says it has 100 million pixels.
pub fn huge() -> Vec<u8> {
    let mut huge = drawing(300, 200);
    huge[16..24].copy_from_slice(&[0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10]);
    let checksum = crc(&huge[12..29]);
    huge[29..33].copy_from_slice(&checksum.to_be_bytes());
    huge
}

#[test]
fn pictures_that_are_none_are_named_at_their_place() {
    let whole = drawing(300, 200);
    let photograph = jpeg(300, 200, &metadata(1));
    let mut damaged = noise(300, 200);
    let middle = damaged.len() / 2;
    damaged[middle..middle + 64].fill(0);
    let at_load = [
        ("a.png", huge(), "TW0418"),
        ("a.png", whole[..whole.len() - 12].to_vec(), "TW0419"),
        ("a.png", whole[..20].to_vec(), "TW0419"),
        (
            "a.jpg",
            photograph[..photograph.len() / 2].to_vec(),
            "TW0419",
        ),
        (
            "a.jpg",
            photograph[..photograph.len() - 2].to_vec(),
            "TW0419",
        ),
        ("a.jpg", b"<!DOCTYPE html>".to_vec(), "TW0419"),
        ("a.webp", b"RIFF\xff\0\0\0WEBPVP8 ".to_vec(), "TW0419"),
        ("a.gif", b"GIF89a".to_vec(), "TW0419"),
        ("a.jpg", Vec::new(), "TW0419"),
    ];
    for (index, (name, bytes, code)) in at_load.iter().enumerate() {
        let loaded = with_picture(name, bytes).load();
        let found: Vec<String> = shown(&loaded)
            .into_iter()
            .filter(|line| line.contains(" error "))
            .collect();
        assert_eq!(found, [format!("{CITY}:3:18 error {code} -")], "{index}");
    }
    let when_made = [("a.png", damaged), ("a.gif", gif(&[RED])[..60].to_vec())];
    for (name, bytes) in when_made {
        let tiny = with_picture(name, &bytes);
        let loaded = tiny.load();
        let snapshot = loaded.snapshot.as_ref().unwrap();
        let found = render_all(snapshot, &tiny.files());
        let [problem] = found.as_slice() else {
            panic!("{name}: {found:?}");
        };
        let at = loaded
            .sources()
            .position(problem.span.file, problem.span.start);
        assert_eq!(
            (problem.code.as_str(), at.line, at.column),
            ("TW0419", 3, 18)
        );
    }
}

/// The checksum of a PNG's chunk (W3C PNG, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| match crc & 1 {
            1 => 0xedb8_8320 ^ (crc >> 1),
            _ => crc >> 1,
        })
    })
}

#[test]
fn what_is_kept_changes_nothing() {
    let tiny = with_picture("a.jpg", &jpeg(700, 50, &[]));
    let site = tiny.in_folder();
    let kept = TempDir::new().unwrap();
    let folder = kept.path().join("pictures");
    let files = DiskFiles::new(site.path()).unwrap();
    let keeping = files.clone().keeping_in(&folder);
    let pages = tiny.sound();
    let fresh = versions(&tiny);
    let again = |files: &DiskFiles| {
        for (url, bytes) in &fresh {
            assert_eq!(&made(&pages, url, files), bytes, "{url}");
        }
    };
    again(&files);
    again(&keeping);
    let stored: Vec<_> = walkdir::WalkDir::new(&folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .collect();
    assert_eq!(stored.len(), fresh.len());
    for entry in &stored {
        std::fs::write(entry.path(), "something else").unwrap();
    }
    again(&keeping);
    // Now the picture itself is not asked for any more.
    std::fs::remove_file(site.path().join("content/cities/d/a.jpg")).unwrap();
    again(&keeping);
}

#[test]
fn pictures_below_wait() {
    let tiny = Tiny::new()
        .with("content/media/a.png", drawing(2000, 100))
        .with("content/media/b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 6\"/>")
        .with("content/cities/a.en.md", "![First](/media/a.png)\n\nText.\n\n![Second](/media/b.svg)\n\n[the file](/media/a.png)\n");
    let page = tiny.sound().page("en/cities/a/");
    let tag = |word: &str| {
        let end = page.find(&format!("alt=\"{word}\"")).unwrap();
        let start = page[..end].rfind("<img").unwrap();
        page[start..].split('>').next().unwrap().to_owned()
    };
    let first = tag("First");
    assert!(
        !first.contains("lazy") && first.contains(" srcset=") && first.contains(" sizes="),
        "{first}"
    );
    let second = tag("Second");
    assert!(
        second.ends_with("loading=\"lazy\"") && !second.contains("srcset"),
        "{second}"
    );
    assert_eq!(
        (size("width", &second), size("height", &second)),
        ("8".into(), "6".into())
    );
    assert!(page.contains("-1600.webp\">the file</a>"));
}

#[test]
fn no_bytes_are_too_much() {
    let webp = |pixels: &[u8]| {
        let mut bytes = Vec::new();
        let encoder = WebPEncoder::new(&mut bytes);
        let colours = image_webp::ColorType::Rgb8;
        encoder.encode(pixels, 40, 20, colours).unwrap();
        bytes
    };
    let whole = [
        jpeg(40, 20, &metadata(6)),
        drawing(40, 20),
        gif(&[RED, BLUE]),
        webp(&halves(40, 20, &RED, &BLUE)),
    ];
    let mut state = 7u32;
    let mut next = |n: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % n
    };
    let (mut read, mut made) = (0, 0);
    for round in 0..1200 {
        let mut bytes = whole[round % whole.len()].clone();
        for _ in 0..=next(3) {
            let at = next(bytes.len());
            bytes[at] = next(256) as u8;
        }
        if next(4) == 0 {
            bytes.truncate(next(bytes.len()));
        }
        let Ok(header) = Header::read(&bytes) else {
            continue;
        };
        read += 1;
        // Large ones would only take long.
        if u64::from(header.width) * u64::from(header.height) < 100_000 {
            let sizes = picture::sizes(header.width, header.height);
            made += usize::from(picture::make(&bytes, &header, &sizes).is_ok());
        }
    }
    assert!(read > 200 && made > 100, "{read} {made}");
}
