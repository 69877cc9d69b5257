//! Any article is laid out whole at any width.
#![no_main]

#[path = "../../tests/any_input/mod.rs"]
#[allow(dead_code, reason = "each target uses one of the checks")]
mod checks;

libfuzzer_sys::fuzz_target!(|input: &[u8]| checks::layout::check_input(input));
