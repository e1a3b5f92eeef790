//! The status for programs: one object.

use super::{Due, Lack, Status};
use crate::model::{Site, Translation};
use crate::source::Sources;
use serde_json::{Map, Value as Json, json};

/// The whole status; `docs/handbook.md` names its members.
pub fn to_json(status: &Status, site: &Site, sources: &Sources) -> Json {
    let due = |due: &Due, day: Option<&str>| -> Json {
        let mut object = subject(due, sources);
        if let Some(name) = day {
            let day = due.day.map(|day| day.to_string());
            object.insert(name.to_owned(), day.into());
        }
        object.into()
    };
    let all = |list: &[Due], day| list.iter().map(|item| due(item, day)).collect::<Json>();
    let languages = status.languages.iter().map(|count| {
        json!({
            "language": site.tag(count.language).as_str(),
            "pages": count.pages,
            "own": count.own,
            "fallback": count.fallback,
            "older": count.older,
            "maybe_older": count.maybe_older,
            "missing": count.missing,
            "percent": count.percent(),
        })
    });
    let records = status.records.iter().map(|work| {
        let mut object = subject(&work.subject, sources);
        let lacks = work.languages.iter().map(|lack| lacking(lack, site));
        object.insert("languages".to_owned(), lacks.collect());
        Json::from(object)
    });
    json!({
        "as_of": site.as_of.to_string(),
        "languages": languages.collect::<Json>(),
        "records": records.collect::<Json>(),
        "unconfirmed": all(&status.unconfirmed, Some("confirmed")),
        "expired": all(&status.expired, Some("until")),
        "drafts": all(&status.drafts, None),
    })
}

fn subject(due: &Due, sources: &Sources) -> Map<String, Json> {
    let members = [
        ("kind", Json::from(due.kind.name())),
        ("id", due.id.as_str().into()),
        ("file", sources.get(due.file).path.as_ref().into()),
    ];
    members
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn lacking(lack: &Lack, site: &Site) -> Json {
    let (state, source) = match lack.translation {
        Translation::Own => ("own", lack.maybe_older_than),
        Translation::Older(source) => ("older", Some(source)),
        Translation::StandIn(shown) => ("fallback", Some(shown)),
    };
    json!({
        "language": site.tag(lack.language).as_str(),
        "state": state,
        "source": source.map(|lang| lang.to_string()),
        "source_changed": lack.source_changed.map(|day| day.to_string()),
        "maybe_older": lack.maybe_older_than.is_some(),
        "missing": lack.missing,
    })
}
