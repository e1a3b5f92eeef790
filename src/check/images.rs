//! A picture that shows something says what, in at least one language.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Image, Record};

pub(super) fn check(record: &Record, problems: &mut Problems) {
    let common = record.data.common();
    let pictures = common.image.as_deref().into_iter().chain(&common.gallery);
    for image in pictures {
        check_image(&image.0, problems);
    }
    // A coat of arms needs none: the page knows whose it is.
}

fn check_image(image: &Image, problems: &mut Problems) {
    if image.alt.is_none() && image.decorative != Some(true) {
        problems.push(Diagnostic::new(Code::ImageWithoutAlt, image.file.span));
    }
}
