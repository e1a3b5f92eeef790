//! SVG pictures that only draw.
//!
//! In a page a picture runs nothing, but whoever opens it by itself opens it as
//! a document of the site. So what may be in it is listed, not what may not.

use crate::picture::Size;
use roxmltree::{Document, Node, ParsingOptions};

const SVG: &str = "http://www.w3.org/2000/svg";

/// The elements that draw, or say what is drawn (SVG 2), without those that
/// animate: one of them could put an address where another one stood.
const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "switch",
    "view",
    "a",
    "title",
    "desc",
    "metadata",
    "style",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "image",
    "marker",
    "pattern",
    "mask",
    "clipPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "solidcolor",
    "hatch",
    "hatchpath",
    "mesh",
    "meshgradient",
    "meshpatch",
    "meshrow",
    "filter",
];

/// Where drawing programs keep notes of their own, which browsers leave alone.
const NOTES: &[&str] = &[
    "http://www.inkscape.org/",
    "http://sodipodi.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://purl.org/dc/",
    "http://creativecommons.org/",
    "http://web.resource.org/cc/",
    "http://ns.adobe.com/",
    "http://www.bohemiancoding.com/",
    "http://www.serif.com/",
    "http://www.figma.com/",
    "http://xml.openoffice.org/",
    "http://www.corel.com/",
];

/// The size of an SVG that only draws. Else something in it that is no drawing: it
/// could run in a browser, or ask another host.
pub(super) fn drawing(bytes: &[u8]) -> Result<Size, String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err("≠ UTF-8".to_owned());
    };
    let text = text.trim_start_matches('\u{feff}');
    // A document type may hide anything in its own part, and let it grow without bounds.
    let document_type = text.split("<!DOCTYPE").nth(1);
    let has_own_part = document_type.is_some_and(|rest| {
        rest.split('>')
            .next()
            .is_some_and(|name| name.contains('['))
    });
    let options = ParsingOptions {
        allow_dtd: !has_own_part && !text.contains("<!ENTITY"),
        nodes_limit: 200_000,
        ..ParsingOptions::default()
    };
    let document =
        Document::parse_with_options(text, options).map_err(|error| error.to_string())?;
    match document.descendants().find_map(more) {
        Some(part) => Err(part),
        None => Ok(size(document.root_element())),
    }
}

/// The size of a drawing in the pixels of CSS: as it says, else in the proportions of
/// what it shows, else what browsers take (CSS 2.2, 10.3.2).
fn size(root: Node<'_, '_>) -> Size {
    let said = |name| root.attribute(name).and_then(pixels);
    let shown = root.attribute("viewBox").and_then(|parts| {
        let mut numbers = parts
            .split([' ', ',', '\t', '\r', '\n'])
            .filter(|part| !part.is_empty())
            .map(|part| part.parse::<f64>());
        let (Ok(width), Ok(height)) = (numbers.nth(2)?, numbers.next()?) else {
            return None;
        };
        (width > 0.0 && height > 0.0).then_some((width, height))
    });
    let (width, height) = match (said("width"), said("height"), shown) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((across, down))) => (width, width * down / across),
        (None, Some(height), Some((across, down))) => (height * across / down, height),
        (None, None, Some(shown)) => shown,
        (_, _, None) => (300.0, 150.0),
    };
    let whole = |length: f64| length.round().clamp(1.0, 100_000.0) as u32;
    Size {
        width: whole(width),
        height: whole(height),
    }
}

/// A length in the pixels of CSS; `None` where it depends on the page.
fn pixels(length: &str) -> Option<f64> {
    let length = length.trim();
    let end = length.find(|letter: char| letter.is_ascii_alphabetic() || letter == '%');
    let (number, unit) = length.split_at(end.unwrap_or(length.len()));
    let factor = match unit {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        _ => return None,
    };
    let number: f64 = number.trim().parse().ok()?;
    (number > 0.0 && number.is_finite()).then_some(number * factor)
}

fn more(node: Node<'_, '_>) -> Option<String> {
    if let Some(instruction) = node.pi() {
        return Some(format!("<?{}?>", instruction.target));
    }
    if !node.is_element() {
        return None;
    }
    let name = node.tag_name().name();
    let draws = match node.tag_name().namespace() {
        Some(SVG) => ELEMENTS.contains(&name) || name.starts_with("fe"),
        Some(other) => NOTES.iter().any(|notes| other.starts_with(notes)),
        None => false,
    };
    if !draws {
        return Some(format!("<{name}>"));
    }
    if name == "style" {
        let rules: String = node.descendants().filter_map(|part| part.text()).collect();
        if fetches(&rules) {
            return Some("<style>".to_owned());
        }
    }
    let mut attributes = node.attributes();
    let attribute = attributes.find(|attribute| {
        let value = attribute.value();
        match attribute.name() {
            "href" => !leads_nowhere_else(name, value),
            "src" | "base" => true,
            key if key
                .get(..2)
                .is_some_and(|start| start.eq_ignore_ascii_case("on")) =>
            {
                true
            }
            _ => fetches(value),
        }
    })?;
    Some(attribute.name().to_owned())
}

/// Whether an address is a part of the drawing, a picture in it, or a link that waits for a click.
fn leads_nowhere_else(element: &str, address: &str) -> bool {
    let address = address.trim();
    let link = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    address.starts_with('#') || is_picture(address) || element == "a" && link
}

fn is_picture(address: &str) -> bool {
    ["png", "jpeg", "gif", "webp"]
        .iter()
        .any(|kind| address.starts_with(&format!("data:image/{kind};base64,")))
}

/// Whether a style could fetch something. An escape could spell any word.
fn fetches(style: &str) -> bool {
    if !style.contains(['(', '@', '\\', ':']) {
        return false;
    }
    let style = style.to_ascii_lowercase();
    let words = [
        "\\",
        "@import",
        "image-set",
        "image(",
        "src(",
        "expression",
        "javascript:",
        "vbscript:",
    ];
    words.iter().any(|word| style.contains(word))
        || style.split("url(").skip(1).any(|rest| {
            let address = rest.trim_start_matches([' ', '"', '\'']);
            !address.starts_with('#') && !is_picture(address)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(inner: &str) -> Option<String> {
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
        drawing(format!("{head} {inner}</svg>").as_bytes()).err()
    }

    #[test]
    fn drawings_have_a_size() {
        for (said, width, height) in [
            ("width=\"40\" height=\"30px\"", 40, 30),
            ("width=\"1in\" height=\"25.4mm\"", 96, 96),
            ("viewBox=\"0 0 12.5,8\"", 13, 8),
            ("width=\"100%\" height=\"100%\" viewBox=\"0 0 4 3\"", 4, 3),
            ("width=\"200\" viewBox=\"0 0 4 3\"", 200, 150),
            ("height=\"30\" viewBox=\"-1 -1 4 3\"", 40, 30),
            ("viewBox=\"0 0 0 3\"", 300, 150),
            ("width=\"-1\" height=\"inf\"", 300, 150),
        ] {
            let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {said}/>");
            assert_eq!(
                drawing(text.as_bytes()),
                Ok(Size { width, height }),
                "{said}"
            );
        }
    }

    #[test]
    fn drawings_pass() {
        for drawing in [
            "viewBox=\"0 0 1 1\"><path d=\"M0 0\" fill=\"url(#a)\"/><style>.a{fill:#fff}</style>",
            "><use xlink:href=\"#a\"/><image href=\"data:image/png;base64,AA\"/>",
            "><a href=\"https://example.org/\"><text>a: (b)</text></a>",
            "><metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/></metadata>",
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
            "><style><!-- a -->@import url(https://example.org/a.css);</style>",
            "><style>@\\69mport \"https://example.org/a.css\";</style>",
            "><style>svg{background:image-set(\"https://example.org/a.png\" 1x)}</style>",
            "><rect style=\"mask-image:u\\72l(https://example.org/a.png)\"/>",
            "><image href=\"\\\\example.org/a.png\"/>",
            "><image href=\"#a\"><set attributeName=\"href\" to=\"https://example.org/a.png\"/></image>",
            "><x:img xmlns:x=\"http://www.w3.org/1999/xhtml\" src=\"https://example.org/a.png\"/>",
            "><x:meta xmlns:x=\"http://www.w3.org/1999/xhtml\" http-equiv=\"refresh\"/>",
        ] {
            assert!(found(hostile).is_some(), "{hostile}");
        }
        let types = [
            "[<!ENTITY a \"b\">]",
            "PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"a\" [<!ATTLIST svg onload CDATA \"a()\">]",
        ];
        for own in types {
            let text = format!("<!DOCTYPE svg {own}><svg xmlns=\"http://www.w3.org/2000/svg\"/>");
            assert!(drawing(text.as_bytes()).is_err(), "{own}");
        }
    }
}
