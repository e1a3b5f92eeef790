//! Values that are decoded when they are asked for.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{Error, Serialize, Serializer};
use std::fmt;
use std::sync::OnceLock;

/// A value, or what an earlier run has kept of it: that is decoded when it is asked for first.
/// Most of what is kept is never asked for.
#[derive(Clone)]
pub struct Later<T> {
    value: OnceLock<T>,
    /// As [`postcard`] writes it; nothing beside a value that was made now.
    kept: Box<[u8]>,
}

impl<T> From<T> for Later<T> {
    fn from(value: T) -> Self {
        Later {
            value: value.into(),
            kept: Box::default(),
        }
    }
}

impl<T: DeserializeOwned + Default> Later<T> {
    /// The value. That of bytes which are none is the default; [`Files::kept`] gives out what was
    /// kept, or nothing.
    ///
    /// [`Files::kept`]: crate::source::Files::kept
    pub fn get(&self) -> &T {
        self.value
            .get_or_init(|| postcard::from_bytes(&self.kept).unwrap_or_default())
    }
}

impl<T: DeserializeOwned + Default + fmt::Debug> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl<T: DeserializeOwned + Default + PartialEq> PartialEq for Later<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Serialize> Serialize for Later<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // What was kept says the same, whether it has been decoded or not.
        if !self.kept.is_empty() {
            return serializer.serialize_bytes(&self.kept);
        }
        match self.value.get().map(postcard::to_stdvec) {
            Some(Ok(bytes)) => serializer.serialize_bytes(&bytes),
            Some(Err(error)) => Err(S::Error::custom(error)),
            None => serializer.serialize_bytes(&[]),
        }
    }
}

impl<'de, T> Deserialize<'de> for Later<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        Ok(Later {
            value: OnceLock::new(),
            kept: bytes.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_decoded_when_it_is_asked_for() {
        let value = || Later::from(vec!["a".to_owned(), String::new()]);
        let bytes = postcard::to_stdvec(&value()).unwrap();
        let kept: Later<Vec<String>> = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(kept.value.get(), None);
        assert_eq!(postcard::to_stdvec(&kept).unwrap(), bytes);
        assert_eq!(kept, value());
        assert_eq!(kept.get()[0], "a");
        assert_eq!(postcard::to_stdvec(&kept).unwrap(), bytes);
    }
}
