//! The judge of the `evaluate` example, used here on articles that were held out.

#[path = "../../evaluate/cast.rs"]
pub mod cast;
#[path = "../../evaluate/gold.rs"]
pub mod gold;
#[path = "../../evaluate/predict.rs"]
pub mod predict;
#[allow(dead_code, reason = "the example that owns it prints more than this one")]
#[path = "../../evaluate/score.rs"]
pub mod score;
