//! SVG pictures that only draw.

use roxmltree::{Document, Node, ParsingOptions};

/// Names something in an SVG that could run in a browser or ask another host;
/// `None` when there is nothing but a drawing.
///
/// In a page a picture runs nothing, but whoever opens it by itself opens it as
/// a document of the site.
pub(super) fn more_than_a_drawing(bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some("≠ UTF-8".to_owned());
    };
    let options = ParsingOptions {
        // Entities can hide anything, and grow without bounds.
        allow_dtd: text.contains("<!DOCTYPE svg PUBLIC") && !text.contains("<!ENTITY"),
        nodes_limit: 200_000,
        ..ParsingOptions::default()
    };
    let text = text.trim_start_matches('\u{feff}');
    match Document::parse_with_options(text, options) {
        Ok(document) => document.descendants().find_map(active),
        Err(error) => Some(error.to_string()),
    }
}

fn active(node: Node<'_, '_>) -> Option<String> {
    const ELEMENTS: [&str; 9] = [
        "script",
        "foreignObject",
        "iframe",
        "embed",
        "object",
        "handler",
        "listener",
        "audio",
        "video",
    ];
    if node.is_pi() && node.pi().is_some_and(|pi| pi.target == "xml-stylesheet") {
        return Some("<?xml-stylesheet?>".to_owned());
    }
    if !node.is_element() {
        return None;
    }
    let name = node.tag_name().name();
    if ELEMENTS
        .iter()
        .any(|element| element.eq_ignore_ascii_case(name))
    {
        return Some(format!("<{name}>"));
    }
    if name == "style" && node.text().is_some_and(calls_elsewhere) {
        return Some("<style>".to_owned());
    }
    node.attributes().find_map(|attribute| {
        let key = attribute.name();
        let value: String = attribute
            .value()
            .chars()
            .filter(|letter| !letter.is_whitespace() && !letter.is_control())
            .collect::<String>()
            .to_ascii_lowercase();
        let handler = key.len() > 2 && key[..2].eq_ignore_ascii_case("on");
        let script = value.contains("javascript:")
            || value.contains("vbscript:")
            || value.contains("data:text")
            || value.contains("data:image/svg");
        let fetches =
            key == "href" && name != "a" && (value.contains("//") || value.starts_with("http"));
        (handler || script || fetches || calls_elsewhere(&value)).then(|| key.to_owned())
    })
}

/// Whether a style fetches something.
fn calls_elsewhere(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    style.contains("@import")
        || style.contains("expression(")
        || style.split("url(").skip(1).any(|rest| {
            !rest.trim_start_matches([' ', '"', '\'']).starts_with(['#'])
                && !rest
                    .trim_start_matches([' ', '"', '\''])
                    .starts_with("data:image/png")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(inner: &str) -> Option<String> {
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
        more_than_a_drawing(format!("{head} {inner}</svg>").as_bytes())
    }

    #[test]
    fn drawings_pass() {
        for drawing in [
            "viewBox=\"0 0 1 1\"><path d=\"M0 0\" fill=\"url(#a)\"/><style>.a{fill:#fff}</style>",
            "><use xlink:href=\"#a\"/><image href=\"data:image/png;base64,AA\"/>",
            "><a href=\"https://example.org/\"><text>a</text></a>",
        ] {
            assert_eq!(found(drawing), None, "{drawing}");
        }
    }

    #[test]
    fn what_could_run_does_not() {
        for hostile in [
            "><script>alert(1)</script>",
            "onload=\"alert(1)\">",
            "><a xlink:href=\" java\nscript:alert(1)\"/>",
            "><foreignObject/>",
            "><image href=\"https://example.org/a.png\"/>",
            "><style>@import url(https://example.org/a.css)</style>",
            "><path style=\"fill:url(//example.org/a)\"/>",
            "><set attributeName=\"href\" to=\"javascript:alert(1)\"/>",
            "><not closed",
        ] {
            assert!(found(hostile).is_some(), "{hostile}");
        }
        assert!(more_than_a_drawing(b"<!DOCTYPE svg [<!ENTITY a \"b\">]><svg>&a;</svg>").is_some());
    }
}
