//! What holds whatever comes in, as plain functions that panic where it does not.
//!
//! Properties (`tests/it/any_input.rs`) and fuzz targets (`fuzz/targets`) bring the inputs.

pub mod analysis;
pub mod feed;
pub mod import;
pub mod layout;
pub mod opml;
pub mod url;
