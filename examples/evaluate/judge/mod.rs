//! What the engine finds against what people annotated: the figures of `score.py` and `polnear_score.py`, by their
//! definitions, and the errors behind them by class.
//!
//! Offsets in the files are code points; here they become spans of bytes. The trainer and the tests judge by this too.

pub mod cast;
pub mod classes;
pub mod compare;
pub mod gold;
pub mod polnear;
pub mod predicted;
pub mod score;
pub mod spans;
pub mod verdicts;
