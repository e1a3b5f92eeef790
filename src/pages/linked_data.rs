//! What search engines are told of a page's subject (schema.org), as JSON-LD.
//!
//! Each page has a few fields in a fixed order, so they are written straight to
//! text: a tree of values for each page would cost more than the page's frame.

use serde::Serialize;

/// An object of schema.org, field after field.
#[derive(Debug, Clone)]
pub struct LinkedData {
    /// Without the closing brace.
    text: Vec<u8>,
}

impl LinkedData {
    /// The subject of a page; its type has nothing to escape.
    pub(super) fn subject(schema_type: &'static str) -> LinkedData {
        let mut text = Vec::with_capacity(512);
        text.extend_from_slice(b"{\"@context\":\"https://schema.org\",\"@type\":\"");
        text.extend_from_slice(schema_type.as_bytes());
        text.push(b'"');
        LinkedData { text }
    }

    /// What a subject has to do with.
    pub(super) fn thing(schema_type: &'static str) -> LinkedData {
        let mut text = Vec::with_capacity(128);
        text.extend_from_slice(b"{\"@type\":\"");
        text.extend_from_slice(schema_type.as_bytes());
        text.push(b'"');
        LinkedData { text }
    }

    /// Adds a field, whose name has nothing to escape.
    pub(super) fn with(mut self, key: &'static str, value: impl Serialize) -> LinkedData {
        self.put(key, value);
        self
    }

    /// Adds a field.
    pub(super) fn put(&mut self, key: &'static str, value: impl Serialize) {
        self.key(key);
        push(&mut self.text, &value);
    }

    /// Adds an object.
    pub(super) fn put_thing(&mut self, key: &'static str, thing: LinkedData) {
        self.key(key);
        self.text.extend_from_slice(&thing.text);
        self.text.push(b'}');
    }

    /// Adds a list of objects.
    pub(super) fn put_things(
        &mut self,
        key: &'static str,
        things: impl IntoIterator<Item = LinkedData>,
    ) {
        self.key(key);
        self.text.push(b'[');
        for (index, thing) in things.into_iter().enumerate() {
            if index > 0 {
                self.text.push(b',');
            }
            self.text.extend_from_slice(&thing.text);
            self.text.push(b'}');
        }
        self.text.push(b']');
    }

    /// JSON that can stand inside `<script>`: nothing in it can end the element.
    pub(super) fn script(&self) -> String {
        let mut out = Vec::with_capacity(self.text.len() + 64);
        let mut done = 0;
        for at in memchr::memchr3_iter(b'<', b'>', b'&', &self.text) {
            out.extend_from_slice(&self.text[done..at]);
            out.extend_from_slice(match self.text[at] {
                b'<' => b"\\u003c",
                b'>' => b"\\u003e",
                _ => b"\\u0026",
            });
            done = at + 1;
        }
        out.extend_from_slice(&self.text[done..]);
        out.push(b'}');
        String::from_utf8(out).expect("JSON is text")
    }

    fn key(&mut self, key: &'static str) {
        self.text.extend_from_slice(b",\"");
        self.text.extend_from_slice(key.as_bytes());
        self.text.extend_from_slice(b"\":");
    }
}

/// Writes a value as JSON.
fn push(text: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(text, value).expect("texts, numbers and lists of them are JSON");
}

#[cfg(test)]
mod tests {
    use super::LinkedData;

    #[test]
    fn nothing_ends_the_script() {
        let mut data = LinkedData::subject("City").with("name", "a</script>&\"b");
        data.put_thing("geo", LinkedData::thing("Place").with("latitude", 50.0));
        data.put_things("about", [LinkedData::thing("A"), LinkedData::thing("B")]);
        assert_eq!(
            data.script(),
            "{\"@context\":\"https://schema.org\",\"@type\":\"City\",\"name\":\"a\\u003c/script\\u003e\\u0026\\\"b\",\"geo\":{\"@type\":\"Place\",\"latitude\":50.0},\"about\":[{\"@type\":\"A\"},{\"@type\":\"B\"}]}"
        );
    }
}
