//! A time zone, by its name in the IANA database.

use super::Problems;
use super::field::{Field, Shape, quoted};
use super::item::Item;
use super::plain::Plain;
use crate::diag::{self, Code, Diagnostic};
use crate::lang::{self, Zone};

impl Field for Zone {
    fn shape() -> Shape {
        Shape::TimeZone
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let text = item.expect_str(problems)?;
        let found = Zone::named(text);
        if found.is_none() {
            let problem = Diagnostic::new(Code::TimeZone, item.span()).with("value", text);
            problems.push(match of_country(text) {
                Some(zone) => problem
                    .fixed_by(item.span(), quoted(zone.name()))
                    .suggesting(Some(zone.name().to_owned())),
                None => problem.suggesting(nearest(text)),
            });
        }
        found
    }

    fn plain(&self) -> Plain<'_> {
        self.name().into()
    }
}

/// The zone of the country that was written in place of one.
fn of_country(text: &str) -> Option<Zone> {
    Zone::of_country(&text.to_uppercase()).or_else(|| Zone::of_country(lang::country_named(text)?))
}

/// The name nearest to what was written: to the whole, or to its city alone.
fn nearest(text: &str) -> Option<String> {
    let mut names = Zone::names();
    // Old names such as `Etc/GMT+2`, which is two hours behind UTC, are never meant.
    names.retain(|name| !name.contains(|letter: char| letter.is_ascii_digit()));
    let city = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    if text.contains('/') {
        let near = diag::nearest(text, names.iter().map(String::as_str))?;
        return Some(near.name.to_owned());
    }
    let cities: Vec<String> = names.iter().map(|name| city(name)).collect();
    let near = diag::nearest(text, cities.iter().map(String::as_str))?;
    let index = cities.iter().position(|city| city == near.name)?;
    Some(names.swap_remove(index))
}

#[cfg(test)]
mod tests {
    use super::{nearest, of_country};

    #[test]
    fn a_wrong_name_leads_to_the_right_one() {
        let cases = [
            ("Europa/Warszawa", "Europe/Warsaw"),
            ("europe/warsaw", "Europe/Warsaw"),
            ("Warszawa", "Europe/Warsaw"),
            ("Київ", "Europe/Kyiv"),
            ("Europe/Kijev", "Europe/Kiev"),
        ];
        for (written, name) in cases {
            assert_eq!(nearest(written).as_deref(), Some(name), "{written}");
        }
        for unclear in ["UTC+2", "+02:00", "GMT+2", "Central European Standard Time"] {
            assert_eq!(nearest(unclear), None, "{unclear}");
        }
    }

    #[test]
    fn a_country_is_as_good_as_its_zone() {
        let name = |text| of_country(text).map(|zone| zone.name().to_owned());
        for text in ["PL", "pl", "Polska"] {
            assert_eq!(name(text).as_deref(), Some("Europe/Warsaw"));
        }
        assert_eq!(name("US"), None);
        assert_eq!(name("Warsaw"), None);
    }
}
