//! Languages: tags, plural rules, dates, numbers, alphabetical order and the
//! strings files. No language is special; what differs between them is data.

mod cldr;
mod date;
mod dates;
mod fold;
mod forms;
mod language;
mod message;
mod order;
mod romanise;
mod sort_keys;
mod spaces;
mod strings;
mod tag;
mod time;
mod zone;

pub use cldr::{country_named, is_country, language_name, language_named, territory_name};
pub use date::{Moment, PartialDate};
pub use fold::{fold, folds};
pub use forms::{Case, CaseForms};
pub use language::{Direction, Language};
pub use message::{Argument, Message, Pattern, plural_categories};
pub use order::{Letter, LetterId, Order};
pub use romanise::{romanise, slugify};
pub use sort_keys::SortKeys;
pub use spaces::{has_single_spaces, with_single_spaces};
pub use strings::{StringProblem, Strings};
pub use tag::{Lang, TagError};
pub use zone::Zone;
