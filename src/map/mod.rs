//! Maps: where places lie on a drawing, what part of it is shown, how lines
//! and labels run. Geometry only; what is drawn and in which words is in `pages/`.
//!
//! A map is drawn on a sheet (Europe, or the whole world) with a base map below
//! it that all pages share: an asset of the theme in the sheet's projection.

mod labels;
mod line;
mod number;
mod projection;
mod width;
mod window;

pub use labels::{CROWD, Label, Side, Spot, place_labels};
pub use line::arc;
pub use number::{push_length, push_numbers};
pub use projection::{Place, Point, Sheet};
pub use width::text_width;
pub use window::{Canvas, Window};
