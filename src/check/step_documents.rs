//! A step names a document that its record has.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Data, Record};

pub(super) fn check(record: &Record, problems: &mut Problems) {
    let Data::Partnership(partnership) = &record.data else {
        return;
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
