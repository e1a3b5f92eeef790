//! Sort keys that were made before, which are five times as quick to look up as to make.

use super::Order;
use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// Texts with their sort keys, by what the order is called that made them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct SortKeys(HashMap<String, OfOrder, FixedState>);

/// Texts with their sort keys in one order.
type OfOrder = HashMap<Arc<str>, Arc<[u8]>, FixedState>;

impl SortKeys {
    /// What an order has made; texts in several languages of one order are put together.
    pub fn new<'a>(made: impl IntoIterator<Item = (&'a Order, OfOrder)>) -> SortKeys {
        let mut all = SortKeys::default();
        for (order, keys) in made {
            all.0
                .entry(order.name().to_owned())
                .or_default()
                .extend(keys);
        }
        all
    }

    /// The sort keys that an order would make again.
    pub fn of(&self, order: &Order) -> Option<&OfOrder> {
        self.0.get(order.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_to_an_order_that_would_make_them_again() {
        let order =
            |locale: &str, ignored: &str| Order::new(&locale.parse().unwrap(), ignored.to_owned());
        let (ukrainian, polish) = (order("uk", "'"), order("pl", ""));
        let (text, other): (Arc<str>, Arc<str>) = (Arc::from("Кам'янець"), Arc::from("Łódź"));
        let keys = |order: &Order, text: &Arc<str>| {
            OfOrder::from_iter([(Arc::clone(text), order.sort_key(text).into())])
        };
        let made = [
            (&ukrainian, keys(&ukrainian, &text)),
            (&polish, keys(&polish, &text)),
            (&polish, keys(&polish, &other)),
        ];
        let kept = SortKeys::new(made);
        for (locale, ignored, count) in [
            ("uk", "'", 1),
            ("pl", "", 2),
            ("uk", "", 0),
            ("pl", "'", 0),
            ("cs", "", 0),
        ] {
            let order = order(locale, ignored);
            let known = kept.of(&order);
            assert_eq!(known.map_or(0, HashMap::len), count, "{locale} {ignored}");
            for (text, key) in known.into_iter().flatten() {
                assert_eq!(**key, *order.sort_key(text));
            }
        }
    }
}
