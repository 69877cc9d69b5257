//! Text as everyone here sees it: spans into one safe string, columns on a screen, and search.
//!
//! Units: offsets are bytes on character boundaries unless a name says otherwise; widths are terminal columns.

pub mod offsets;
pub mod safe;
pub mod search;
pub mod span;
pub mod width;

pub use offsets::OffsetMap;
pub use safe::SafeText;
pub use span::Span;
