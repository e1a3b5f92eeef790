//! The accessibility statement has what the law asks for, in each language,
//! and somebody has reviewed it in time.

use crate::content::{Problems, Text};
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Accessibility, BarrierReason, Compliance, Law, Method};
use crate::model::Site;
use crate::source::Span;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    let Some(declaration) = &site.accessibility else {
        return;
    };
    let (statement, span) = (&declaration.facts, declaration.span);
    let law = statement.law(site.config.default_language.value);
    let named = statement.entity.is_some() || site.config.publisher.is_some();
    let absent = missing(statement, law, named).into_iter();
    for field in absent.filter(|field| !declaration.has(field)) {
        problems.push(
            Diagnostic::new(Code::MissingField, span)
                .with("field", field)
                .hinting("law"),
        );
    }
    if let Some(hint) = contradiction(statement) {
        problems.push(
            Diagnostic::new(Code::StatementStatus, span)
                .with("status", statement.status.as_str())
                .hinting(hint),
        );
    }
    if let Some((from, due)) = statement.review_due(law)
        && site.as_of >= from
    {
        problems.push(Diagnostic::new(Code::ReviewDue, span).with("date", due));
    }
    for (field, text, place) in texts(statement) {
        for language in site.language_ids().map(|id| site.tag(id)) {
            if text.exact(language).is_none() {
                problems.push(
                    Diagnostic::new(Code::StatementLanguage, place.unwrap_or(span))
                        .with("field", field)
                        .with("language", language),
                );
            }
        }
    }
}

/// The fields that the law asks for and the statement lacks.
fn missing(statement: &Accessibility, law: Law, named: bool) -> Vec<&'static str> {
    let contact = &statement.contact;
    let polish = law == Law::Poland;
    let answers = contact.office.is_some() || contact.role.is_some() || contact.name.is_some();
    let reached = contact.email.is_some() || contact.phone.is_some() || contact.website.is_some();
    let body = statement.enforcement.as_ref();
    let body = body.is_some_and(|body| body.office.is_some() || body.name.is_some());
    // Of what is read from elsewhere or written by the program nothing can be missing.
    let parts = [
        ("entity", true, named),
        ("published", polish, statement.published.is_some()),
        ("updated", polish, statement.updated.is_some()),
        (
            "assessor",
            statement.method == Method::ThirdParty,
            statement.assessor.is_some(),
        ),
        ("contact.office", polish, answers),
        (
            "contact.email",
            true,
            contact.email.is_some() || reached && !polish,
        ),
        ("contact.phone", polish, contact.phone.is_some()),
        // Elsewhere it is the law that names the body.
        (
            "enforcement.office",
            law == Law::Europe || statement.enforcement.is_some(),
            body,
        ),
        ("architecture", polish, statement.architecture.is_some()),
        ("communication", polish, statement.communication.is_some()),
    ];
    let absent = parts.iter().filter(|(_, asked, there)| *asked && !there);
    absent.map(|(field, ..)| *field).collect()
}

/// What is wrong between the status and the list of what is not accessible.
fn contradiction(statement: &Accessibility) -> Option<&'static str> {
    let listed = !statement.not_accessible.is_empty();
    let outside = statement.barriers(BarrierReason::OutsideScope).count();
    // What the law does not ask for takes nothing from full compliance.
    let broken = statement.not_accessible.len() > outside;
    match statement.status {
        Compliance::Full if broken => Some("full"),
        Compliance::Partial | Compliance::None if !listed => Some("nothing_listed"),
        _ => None,
    }
}

/// The texts that the statement needs in each language of the site: their
/// fields, and their places where those are known.
fn texts(statement: &Accessibility) -> Vec<(&'static str, &Text, Option<Span>)> {
    let own = [
        ("entity", &statement.entity),
        ("site_name", &statement.site_name),
        ("law", &statement.law),
        ("assessor", &statement.assessor),
        ("features", &statement.features),
        ("keyboard_shortcuts", &statement.keyboard_shortcuts),
        ("architecture", &statement.architecture),
        ("communication", &statement.communication),
    ];
    let offices = [
        ("contact.office", Some(&statement.contact)),
        ("complaints.office", statement.complaints.as_ref()),
        ("enforcement.office", statement.enforcement.as_ref()),
    ];
    let own = own
        .into_iter()
        .filter_map(|(field, text)| Some((field, text.as_ref()?)));
    let barriers = statement.not_accessible.iter();
    let barriers = barriers.map(|barrier| ("not_accessible.what", &barrier.what));
    let offices = offices
        .into_iter()
        .filter_map(|(field, contact)| Some((field, contact?.office.as_ref()?, None)));
    own.chain(barriers)
        .map(|(field, text)| (field, &text.value, Some(text.span)))
        .chain(offices)
        .collect()
}
