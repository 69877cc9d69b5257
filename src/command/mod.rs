//! What runs without the terminal screen.
