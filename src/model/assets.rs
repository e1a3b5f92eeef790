//! The files that records refer to, as they are published.

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
        extension: "avif",
        name: "image/avif",
        label: "AVIF",
        picture: true,
    },
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
    /// In the output: `assets/umowa.3f2a9c01.pdf`.
    pub url: String,
    pub media_type: MediaType,
    /// In bytes.
    pub len: u64,
}

impl Asset {
    /// The asset of a file with these bytes. Its address changes with its content.
    pub fn new(source: &str, media_type: MediaType, bytes: &[u8]) -> Asset {
        let name = source.rsplit('/').next().unwrap_or(source);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let stem = match crate::lang::slugify(stem) {
            slug if slug.is_empty() => "file".to_owned(),
            slug => slug,
        };
        Asset {
            source: source.to_owned(),
            url: format!(
                "assets/{stem}.{}.{}",
                fingerprint(bytes),
                media_type.extension
            ),
            media_type,
            len: bytes.len() as u64,
        }
    }
}

/// Eight letters that change with the bytes.
pub fn fingerprint(bytes: &[u8]) -> String {
    format!("{:08x}", xxh3_128(bytes) as u32)
}

/// The published files, by their path in the site's folder.
#[derive(Debug, Clone, Default)]
pub struct Assets(Vec<Asset>);

impl Assets {
    /// The file at a path, if it is published.
    pub fn get(&self, source: &str) -> Option<&Asset> {
        let place = self
            .0
            .binary_search_by(|asset| asset.source.as_str().cmp(source))
            .ok()?;
        self.0.get(place)
    }

    /// All of them, by path.
    pub fn all(&self) -> &[Asset] {
        &self.0
    }
}

impl FromIterator<Asset> for Assets {
    fn from_iter<I: IntoIterator<Item = Asset>>(assets: I) -> Self {
        let mut assets: Vec<Asset> = assets.into_iter().collect();
        assets.sort_by(|a, b| a.source.cmp(&b.source));
        Assets(assets)
    }
}
