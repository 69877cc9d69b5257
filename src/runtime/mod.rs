//! The impure rim: terminal, threads, files, signals, clock.
