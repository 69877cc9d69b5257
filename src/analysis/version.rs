//! Which engine made an analysis, so that those of another one are made again.

/// A hash of the lists, weights and steps that this engine is made of, taken when the program is built; never 0.
pub const VERSION: u32 = match u32::from_str_radix(env!("PULLQUOTE_ENGINE"), 16) {
    Ok(version) => version,
    Err(_) => panic!("the build script writes a number"),
};
