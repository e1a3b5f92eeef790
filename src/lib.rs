pub mod content;
pub mod diag;
pub mod kinds;
pub mod lang;
pub mod source;
