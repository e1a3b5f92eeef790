//! Pictures that cameras and drawing programs make: what a file says of itself,
//! and the smaller versions of it that pages show.
//!
//! A version is a function of the file's bytes and its size alone, the same on
//! every machine: all sums on the way are of whole numbers. None of what a file
//! tells besides its picture (place, time, camera, owner) is in a version.

mod decode;
mod encode;
mod header;
mod resize;
mod sizes;
mod whole;

pub use header::{Form, Header};
use resize::Resizable;
pub use sizes::{Size, sizes};

/// Changes when the same picture would become other bytes; part of addresses and of
/// the names that versions are kept under.
pub const REVISION: u8 = 1;

/// The most pixels a picture may have: a phone's largest.
pub const MOST_PIXELS: u64 = 50_000_000;

/// The most pixels along one side; WebP has no more.
pub const LONGEST_SIDE: u32 = 16_383;

/// Why no picture can be made of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Neither JPEG, PNG, WebP nor GIF, whatever its name says.
    #[error("no picture of a known form")]
    Form,
    /// It ends before its picture does.
    #[error("cut off")]
    CutOff,
    /// It contradicts itself.
    #[error("{0}")]
    Damaged(String),
    /// More pixels than are good for anybody.
    #[error("{width} × {height} pixels")]
    TooLarge { width: u32, height: u32 },
}

/// The versions of a picture, one for each size, in their order.
pub fn make(bytes: &[u8], header: &Header, sizes: &[Size]) -> Result<Vec<Vec<u8>>, Fault> {
    let pixels = decode::pixels(bytes, header)?;
    let full = Resizable::new(&pixels);
    sizes
        .iter()
        .map(|size| {
            let pixels = full.to(header.turn, *size)?;
            encode::encode(&pixels, header.form)
        })
        .collect()
}

/// Rows of pixels from the top, without gaps.
struct Pixels {
    width: u32,
    height: u32,
    channels: Channels,
    data: Vec<u8>,
    /// What its colours mean, where that is not sRGB.
    profile: Option<Vec<u8>>,
}

/// What a pixel's bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Channels {
    Grey,
    GreyAlpha,
    Colour,
    ColourAlpha,
}

impl Channels {
    fn count(self) -> usize {
        match self {
            Channels::Grey => 1,
            Channels::GreyAlpha => 2,
            Channels::Colour => 3,
            Channels::ColourAlpha => 4,
        }
    }

    fn has_alpha(self) -> bool {
        matches!(self, Channels::GreyAlpha | Channels::ColourAlpha)
    }
}
