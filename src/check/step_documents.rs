//! A step names a document that its record has.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Data, Kind};
use crate::model::Site;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    for id in site.of_kind(Kind::Partnership) {
        let Data::Partnership(partnership) = &site.record(id).data else {
            continue;
        };
        let documents = &partnership.common.documents;
        for name in partnership
            .steps
            .iter()
            .filter_map(|step| step.document.as_ref())
        {
            if documents
                .iter()
                .any(|document| document.is_called(&name.value))
            {
                continue;
            }
            let known = documents.iter().flat_map(|document| {
                let id = document.id.as_ref().map(|id| id.0.as_str());
                let file = document.file.as_ref().map(|file| file.path.as_str());
                id.into_iter().chain(document.number.as_deref()).chain(file)
            });
            problems.push(
                Diagnostic::new(Code::UnresolvedReference, name.span)
                    .with("id", &name.value)
                    .nearest(&name.value, known),
            );
        }
    }
}
