//! Themes: templates, strings and assets, the site's own over the built-in.

mod asset;
mod bounds;
mod embedded;
mod escape;
mod html;
mod list_skeleton;
mod load;
mod shape;
mod skeleton;
mod strings;
mod templates;

pub use asset::ThemeAsset;
pub use embedded::default_theme;
pub use escape::{escape, escaped, push_escaped};
pub use html::Html;
pub use load::{Theme, ThemeFiles, chain, load};
pub use shape::Word;
pub use skeleton::Skeletons;
pub use strings::{StringsFiles, load_strings};
pub use templates::{TemplateError, Templates};
