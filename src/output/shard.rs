//! A part of the output, for machines that share the work.

use crate::routes::Route;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use xxhash_rust::xxh3::xxh3_64;

/// One of several parts of the output. The parts have no file in common, and
/// together they are the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// From 0.
    index: u32,
    count: u32,
}

impl Shard {
    /// All there is.
    pub const WHOLE: Shard = Shard { index: 0, count: 1 };

    /// Whether this part holds what belongs to no language: assets, data, the mark of the folder.
    pub fn is_first(self) -> bool {
        self.index == 0
    }

    /// Whether this part holds a route. Pages are dealt out by their addresses,
    /// so that neither the machine nor the other pages matter.
    pub fn holds(self, route: &Route, url: &str) -> bool {
        match route.language {
            None => self.is_first(),
            Some(_) => xxh3_64(url.as_bytes()) % u64::from(self.count) == u64::from(self.index),
        }
    }
}

/// What is written is no part: `2/8` is the second of eight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a part is written as 2/8: the second of eight")]
pub struct NoShard;

impl FromStr for Shard {
    type Err = NoShard;

    fn from_str(text: &str) -> Result<Shard, NoShard> {
        let (part, count) = text.split_once('/').ok_or(NoShard)?;
        let number = |text: &str| text.parse::<u32>().map_err(|_| NoShard);
        let (part, count) = (number(part)?, number(count)?);
        match (1..=count).contains(&part) {
            true => Ok(Shard {
                index: part - 1,
                count,
            }),
            false => Err(NoShard),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_from_one() {
        let parse = |text: &str| text.parse::<Shard>();
        assert_eq!(parse("1/1"), Ok(Shard::WHOLE));
        assert_eq!(parse("2/8"), Ok(Shard { index: 1, count: 8 }));
        for wrong in ["", "2", "0/8", "9/8", "1/0", "-1/8", "a/b", "1/2/3"] {
            assert_eq!(parse(wrong), Err(NoShard), "{wrong}");
        }
    }
}
