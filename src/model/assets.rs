//! The files that records refer to, as they are published.

use crate::diag::{Code, Diagnostic};
use crate::picture::{self, Fault, Header, Size};
use crate::source::Span;
use xxhash_rust::xxh3::xxh3_128;

/// A type of file that the site serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediaType {
    pub extension: &'static str,
    /// As in `Content-Type`.
    pub name: &'static str,
    /// As readers know it: `PDF`.
    pub label: &'static str,
    pub picture: bool,
}

/// The types of files that are served: pictures and documents, nothing that runs.
const MEDIA_TYPES: &[MediaType] = &[
    MediaType {
        extension: "gif",
        name: "image/gif",
        label: "GIF",
        picture: true,
    },
    MediaType {
        extension: "jpeg",
        name: "image/jpeg",
        label: "JPEG",
        picture: true,
    },
    MediaType {
        extension: "jpg",
        name: "image/jpeg",
        label: "JPEG",
        picture: true,
    },
    MediaType {
        extension: "png",
        name: "image/png",
        label: "PNG",
        picture: true,
    },
    MediaType {
        extension: "svg",
        name: "image/svg+xml",
        label: "SVG",
        picture: true,
    },
    MediaType {
        extension: "webp",
        name: "image/webp",
        label: "WebP",
        picture: true,
    },
    MediaType {
        extension: "csv",
        name: "text/csv",
        label: "CSV",
        picture: false,
    },
    MediaType {
        extension: "doc",
        name: "application/msword",
        label: "DOC",
        picture: false,
    },
    MediaType {
        extension: "docx",
        name: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        label: "DOCX",
        picture: false,
    },
    MediaType {
        extension: "ics",
        name: "text/calendar",
        label: "iCalendar",
        picture: false,
    },
    MediaType {
        extension: "ods",
        name: "application/vnd.oasis.opendocument.spreadsheet",
        label: "ODS",
        picture: false,
    },
    MediaType {
        extension: "odt",
        name: "application/vnd.oasis.opendocument.text",
        label: "ODT",
        picture: false,
    },
    MediaType {
        extension: "pdf",
        name: "application/pdf",
        label: "PDF",
        picture: false,
    },
    MediaType {
        extension: "rtf",
        name: "application/rtf",
        label: "RTF",
        picture: false,
    },
    MediaType {
        extension: "txt",
        name: "text/plain; charset=utf-8",
        label: "TXT",
        picture: false,
    },
    MediaType {
        extension: "xlsx",
        name: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        label: "XLSX",
        picture: false,
    },
    MediaType {
        extension: "zip",
        name: "application/zip",
        label: "ZIP",
        picture: false,
    },
];

impl MediaType {
    /// The type a file's name says it has; `None` when such files are not served.
    pub fn of(path: &str) -> Option<MediaType> {
        let (_, extension) = path.rsplit_once('.')?;
        let extension = extension.to_ascii_lowercase();
        MEDIA_TYPES
            .iter()
            .copied()
            .find(|known| known.extension == extension)
    }

    /// The ends of the names of all files that can be published.
    pub fn extensions() -> impl Iterator<Item = &'static str> {
        MEDIA_TYPES.iter().map(|known| known.extension)
    }
}

/// One published file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// In the site's folder.
    pub source: String,
    /// In the output: `assets/umowa.3f2a9c01.pdf`; of a picture with versions, the largest.
    pub url: String,
    /// Of what is published.
    pub media_type: MediaType,
    /// Of the file, in bytes.
    pub len: u64,
    /// Of the file.
    pub hash: u128,
    /// A place that names it.
    pub span: Span,
    pub picture: Option<Picture>,
}

/// A published picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// As it is shown, in pixels.
    pub size: Size,
    /// What is published in its place.
    pub made: Option<Made>,
}

/// The versions of a picture; drawings that need none (SVG) are published as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub header: Header,
    /// The smallest first; at least one.
    pub versions: Vec<Version>,
}

/// A version of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// In the output: `assets/rynek.3f2a9c01-640.jpg`.
    pub url: String,
    pub size: Size,
}

impl Asset {
    /// The asset of a file with these bytes, published as it is. Its address changes
    /// with its content. `size` is that of a drawing.
    pub fn new(
        source: &str,
        media_type: MediaType,
        bytes: &[u8],
        span: Span,
        size: Option<Size>,
    ) -> Asset {
        Asset {
            source: source.to_owned(),
            url: format!(
                "assets/{}.{}.{}",
                stem(source),
                fingerprint(bytes),
                media_type.extension
            ),
            media_type,
            len: bytes.len() as u64,
            hash: xxh3_128(bytes),
            span,
            picture: size.map(|size| Picture { size, made: None }),
        }
    }

    /// The asset of a picture, published as versions of it. Their addresses change with
    /// the file and with the way they are made.
    pub fn of_picture(source: &str, header: Header, bytes: &[u8], span: Span) -> Asset {
        let hash = xxh3_128(bytes);
        let extension = header.form.extension();
        let media_type = MediaType::of(&format!(".{extension}"));
        let versions: Vec<Version> = picture::sizes(header.width, header.height)
            .into_iter()
            .map(|size| Version {
                url: format!(
                    "assets/{}.{:08x}-{}.{extension}",
                    stem(source),
                    (hash as u32).wrapping_add(picture::REVISION.into()),
                    size.width
                ),
                size,
            })
            .collect();
        let largest = versions.last().expect("a picture has a version");
        Asset {
            source: source.to_owned(),
            url: largest.url.clone(),
            media_type: media_type.expect("the forms of versions are served"),
            len: bytes.len() as u64,
            hash,
            span,
            picture: Some(Picture {
                size: Size {
                    width: header.width,
                    height: header.height,
                },
                made: Some(Made { header, versions }),
            }),
        }
    }

    /// The versions that are published in its place; none of a file that is published itself.
    pub fn versions(&self) -> &[Version] {
        let made = self
            .picture
            .as_ref()
            .and_then(|picture| picture.made.as_ref());
        made.map_or(&[], |made| &made.versions)
    }
}

/// Why a picture can't be published, as a problem of the place that names it.
pub fn picture_problem(fault: &Fault, path: &str, span: Span) -> Diagnostic {
    let damaged = |hint, detail: &str| {
        Diagnostic::new(Code::DamagedPicture, span)
            .with("path", path)
            .with("detail", detail)
            .hinting(hint)
    };
    match fault {
        Fault::TooLarge { width, height } => Diagnostic::new(Code::PictureSize, span)
            .with("path", path)
            .with("width", width)
            .with("height", height)
            .with("limit", picture::MOST_PIXELS / 1_000_000)
            .with("longest", picture::LONGEST_SIDE),
        Fault::Form => damaged("form", "≠ JPEG, PNG, WebP, GIF"),
        Fault::CutOff => damaged("cut", "…"),
        Fault::Damaged(detail) => damaged("damaged", detail),
    }
}

/// The name of a file as part of an address.
fn stem(source: &str) -> String {
    let name = source.rsplit('/').next().unwrap_or(source);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match crate::lang::slugify(stem) {
        slug if slug.is_empty() => "file".to_owned(),
        slug => slug,
    }
}

/// Eight letters that change with the bytes.
pub fn fingerprint(bytes: &[u8]) -> String {
    format!("{:08x}", xxh3_128(bytes) as u32)
}

/// The published files, by their path in the site's folder.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    all: Vec<Asset>,
    versions: Vec<(usize, usize)>,
}

impl Assets {
    /// The file at a path, if it is published.
    pub fn get(&self, source: &str) -> Option<&Asset> {
        self.all.get(self.place(source)?)
    }

    /// The place of a file in the list of all.
    pub fn place(&self, source: &str) -> Option<usize> {
        self.all
            .binary_search_by(|asset| asset.source.as_str().cmp(source))
            .ok()
    }

    /// All of them, by path.
    pub fn all(&self) -> &[Asset] {
        &self.all
    }

    /// The versions of all pictures: the place of the picture in the list of all, and
    /// that of the version among its versions.
    pub fn versions(&self) -> &[(usize, usize)] {
        &self.versions
    }
}

impl FromIterator<Asset> for Assets {
    fn from_iter<I: IntoIterator<Item = Asset>>(assets: I) -> Self {
        let mut all: Vec<Asset> = assets.into_iter().collect();
        all.sort_by(|a, b| a.source.cmp(&b.source));
        let versions = all.iter().enumerate().flat_map(|(place, asset)| {
            let count = asset.versions().len();
            (0..count).map(move |version| (place, version))
        });
        let versions = versions.collect();
        Assets { all, versions }
    }
}
