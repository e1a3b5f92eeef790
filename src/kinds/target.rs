//! What references may point to, by the names of kinds.

use crate::content::ReferenceTo;

macro_rules! targets {
    ($( $(#[doc = $doc:literal])+ $name:ident = [$($kind:literal),+], )+) => { $(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name;

        impl ReferenceTo for $name {
            const KINDS: &'static [&'static str] = &[$($kind),+];
        }
    )+ };
}

targets! {
    /// Whoever can be a party to a partnership.
    Parties = ["city", "region", "institution", "organisation"],
    /// A city or a region.
    Place = ["city", "region"],
    /// An organisation.
    Organisations = ["organisation"],
    /// An institution or an organisation.
    Participants = ["institution", "organisation"],
    /// A region.
    Regions = ["region"],
    /// A partnership.
    Partnerships = ["partnership"],
    /// A free page.
    Pages = ["page"],
    /// An area of cooperation.
    Areas = ["area"],
    /// A category of news.
    Topics = ["topic"],
}
