//! Any bytes are read as a list of feeds.
#![no_main]

#[path = "../../tests/any_input/mod.rs"]
#[allow(dead_code, reason = "each target uses one of the checks")]
mod checks;

libfuzzer_sys::fuzz_target!(|input: &[u8]| checks::opml::check(input));
