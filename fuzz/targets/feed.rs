//! Any bytes are read as a feed and as a page.
#![no_main]

#[path = "../../tests/any_input/mod.rs"]
#[allow(dead_code, reason = "each target uses one of the checks")]
mod checks;

libfuzzer_sys::fuzz_target!(|input: &[u8]| checks::feed::check_input(input));
