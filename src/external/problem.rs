//! What became of an address, as problems of the places that name it.

use super::address::{Address, Form, Place};
use super::verdict::{Reason, Verdict};
use crate::content::{Problems, quoted};
use crate::diag::{Code, Diagnostic, Edit};
use crate::source::{Sources, Span};
use url::{Position, Url};

/// Reports the places whose address can't be one.
pub(super) fn malformed(places: &[Place]) -> Problems {
    let dead = |place| reasoned(Code::DeadLink, place, Reason::Malformed);
    places.iter().map(dead).collect()
}

/// Reports what became of an address wherever it is named.
pub(super) fn report(
    address: &Address,
    verdict: &Verdict,
    sources: &Sources,
    problems: &mut Problems,
) {
    for place in &address.places {
        problems.push(match verdict {
            Verdict::Alive => return,
            Verdict::Dead(reason) => reasoned(Code::DeadLink, place, *reason),
            Verdict::Uncertain(reason) => reasoned(Code::UncertainLink, place, *reason),
            Verdict::Moved { target, for_good } => {
                let target = with_fragment(target, &place.written);
                let mut problem = Diagnostic::new(Code::MovedLink, place.span)
                    .with("url", &place.written)
                    .with("target", &target);
                if *for_good && is_successor(&address.url, &target) {
                    problem
                        .fix
                        .extend(mend(place, &address.url, &target, sources));
                }
                problem
            }
        });
    }
}

fn reasoned(code: Code, place: &Place, reason: Reason) -> Diagnostic {
    Diagnostic::new(code, place.span)
        .with("url", &place.written)
        .with_word("reason", reason.key())
}

/// The new address, at the part of the page that the old one pointed to.
fn with_fragment(target: &Url, written: &str) -> Url {
    let mut target = target.clone();
    if target.fragment().is_none()
        && let Some((_, fragment)) = written.split_once('#')
    {
        target.set_fragment(Some(fragment));
    }
    target
}

/// Whether a new address is one for the same page. A host that sends all of its
/// old pages to its front page has dropped them; and nobody gives up encryption for a link.
fn is_successor(old: &Url, new: &Url) -> bool {
    let is_front = |url: &Url| url.path() == "/" && url.query().is_none();
    (is_front(old) || !is_front(new)) && !(old.scheme() == "https" && new.scheme() == "http")
}

/// The change that writes the new address at a place; none where that is not
/// certain to give the same link.
fn mend(place: &Place, old: &Url, new: &Url, sources: &Sources) -> Option<Edit> {
    let new = match is_only_encrypted(old, new) {
        // The rest stays as the editor wrote it: letters beyond ASCII, above all.
        true => format!("https{}", &place.written["http".len()..]),
        false => new.to_string(),
    };
    if new.contains(|letter: char| letter.is_control() || "\"'<>\\`{}".contains(letter)) {
        return None;
    }
    let Span { file, start, end } = place.span;
    let text = sources.get(file).text().get(start as usize..end as usize)?;
    match place.form {
        Form::Literal => text.starts_with(['"', '\'']).then(|| Edit {
            span: place.span,
            text: quoted(&new),
        }),
        Form::Link => {
            let (at, _) = text.match_indices(&place.written).next()?;
            let (before, after) = (&text[..at], &text[at + place.written.len()..]);
            let alone = !after.contains(&place.written)
                && before.ends_with(['(', '<'])
                && after.starts_with([')', '>', ' ', '\t', '\n']);
            // What Markdown would take for its own, or for an entity.
            let plain = !new.contains([';', '|']);
            let start = start as usize + at;
            (alone && plain).then(|| Edit {
                span: Span::new(file, start..start + place.written.len()),
                text: new.replace('(', "%28").replace(')', "%29"),
            })
        }
    }
}

/// Whether a new address is the old one with encryption.
fn is_only_encrypted(old: &Url, new: &Url) -> bool {
    (old.scheme(), new.scheme()) == ("http", "https")
        && old[Position::BeforeHost..Position::AfterQuery]
            == new[Position::BeforeHost..Position::AfterQuery]
}
