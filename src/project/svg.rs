//! SVG pictures that only draw.
//!
//! In a page a picture runs nothing, but whoever opens it by itself opens it as
//! a document of the site. So what may be in it is listed, not what may not.

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

/// Names something in an SVG that is no drawing: it could run in a browser, or
/// ask another host. `None` when there is nothing but a drawing.
pub(super) fn more_than_a_drawing(bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some("≠ UTF-8".to_owned());
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
    match Document::parse_with_options(text, options) {
        Ok(document) => document.descendants().find_map(more),
        Err(error) => Some(error.to_string()),
    }
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
        more_than_a_drawing(format!("{head} {inner}</svg>").as_bytes())
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
            assert!(more_than_a_drawing(text.as_bytes()).is_some(), "{own}");
        }
    }
}
