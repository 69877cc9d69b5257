//! Any text is read as an address.
#![no_main]

#[path = "../../tests/any_input/mod.rs"]
#[allow(dead_code, reason = "each target uses one of the checks")]
mod checks;

libfuzzer_sys::fuzz_target!(|input: &[u8]| checks::url::check(&String::from_utf8_lossy(input)));
