//! The linked site: records that know each other, and nothing that is not so.
//!
//! [`link`] takes the parsed records and gives a [`Site`] that is never
//! changed afterwards, with the problems it met.

mod assets;
mod before;
mod country;
mod currency;
mod digest;
mod find;
mod history;
mod ids;
mod label;
mod link;
mod matching;
mod reads;
mod redirect;
mod site;
mod stage;
mod term;
mod translation;
mod zone;

pub use assets::{Asset, Assets, Made, MediaType, Picture, Version, fingerprint, picture_problem};
pub use before::Before;
pub use country::CountryLinks;
pub use digest::RecordDigest;
pub use find::Found;
pub use ids::{CountryId, LanguageId, RecordId, TermId};
pub use label::{Label, OwnKind};
pub use link::{Known, Parsed, link};
pub use matching::{Match, Matches, Matching, Reason};
pub use reads::{PartSet, Reads, note_all, note_kept, noting};
pub use redirect::Redirect;
pub use site::{Links, MOST_ABOVE, Member, PartyLink, Relation, Site};
pub use stage::Stage;
pub use term::{TermLinks, Vocabulary};
pub use translation::{Gap, Translation, outdated};
pub use zone::Clocks;
