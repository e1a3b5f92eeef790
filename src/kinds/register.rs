//! The public registers whose codes records carry, and the form of the codes.

use crate::content::Register;
use regex_lite::Regex;
use std::sync::LazyLock;

macro_rules! registers {
    ($( $(#[doc = $doc:literal])+ $register:ident: $name:literal, $pattern:literal, $example:literal; )+) => { $(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $register;

        impl Register for $register {
            const NAME: &'static str = $name;
            const EXAMPLE: &'static str = $example;

            fn pattern() -> &'static Regex {
                static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
                    Regex::new(concat!("^(?:", $pattern, ")$")).expect("the pattern is one")
                });
                &PATTERN
            }
        }
    )+ };
}

registers! {
    /// Statistics Poland: voivodeship, county, commune (with its type), or a locality (SIMC).
    Teryt: "TERYT (GUS)", r"\d{2}|\d{4}|\d{6}|\d{7}", "1428011";
    /// Czech Statistical Office: a municipality in the register RÚIAN.
    Obec: "RÚIAN / ČSÚ", r"\d{6}", "554782";
    /// Ukraine: the codifier of administrative units, by order 290 of 26 November 2020.
    Katotth: "КАТОТТГ", r"UA\d{17}", "UA32080070010085457";
    /// Eurostat: local administrative units differ from country to country.
    Lau: "LAU (Eurostat)", r"[A-Z0-9_]{2,20}", "1428011";
    /// Eurostat: regulation (EC) 1059/2003.
    Nuts: "NUTS (Eurostat)", r"[A-Z]{2}[A-Z0-9]{0,3}", "PL926";
    /// ISO 3166-2.
    Iso: "ISO 3166-2", r"[A-Z]{2}-[A-Z0-9]{1,3}", "PL-14";
    /// Wikidata.
    Wikidata: "Wikidata", r"Q[1-9]\d*", "Q270";
    /// GeoNames.
    Geonames: "GeoNames", r"[1-9]\d*", "756135";
    /// OpenStreetMap.
    Osm: "OpenStreetMap", r"[1-9]\d*", "336075";
    /// Czechia: identification number of a person (IČO).
    Ico: "IČO", r"\d{8}", "00064581";
    /// Poland: REGON, of an entity or of its branch.
    Regon: "REGON", r"\d{9}|\d{14}", "000332987";
    /// Poland: tax identification number.
    Nip: "NIP", r"\d{10}", "5252248481";
    /// Poland: national court register.
    Krs: "KRS", r"\d{10}", "0000033333";
    /// Ukraine: unified state register.
    Edrpou: "ЄДРПОУ", r"\d{8}", "04360586";
    /// Czechia: act 300/2008; letters and digits that are not mistaken for one another.
    DataBox: "ISDS (datová schránka)", r"[a-kmnp-z2-9]{7}", "48ia97h";
    /// Poland: address for electronic delivery, by the act of 18 November 2020.
    EDelivery: "e-Doręczenia", r"AE:PL-\d{5}-\d{5}-[A-Z]{5}-\d{2}", "AE:PL-12345-67890-ABCDE-12";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound<R: Register>() -> bool {
        R::pattern().is_match(R::EXAMPLE) && !R::pattern().is_match("no code")
    }

    #[test]
    fn examples_are_codes() {
        assert!(sound::<Teryt>() && sound::<Obec>() && sound::<Katotth>() && sound::<Lau>());
        assert!(sound::<Nuts>() && sound::<Iso>() && sound::<Wikidata>() && sound::<Geonames>());
        assert!(sound::<Osm>() && sound::<Ico>() && sound::<Regon>() && sound::<Nip>());
        assert!(sound::<Krs>() && sound::<Edrpou>() && sound::<DataBox>() && sound::<EDelivery>());
    }
}
