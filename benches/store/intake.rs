//! How many articles a second `pullquote add` takes in: files read, analysed and written into a new library by the built
//! program, on all cores.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::generate::Generator;

/// Files taken in.
const FILES: u64 = 20_000;

/// Files in a folder.
const FOLDER: u64 = 1_000;

/// Prints the rate, by the clock: what else runs on the machine counts against it.
pub fn print() {
    let folder = files();
    let library = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench-intake.db");
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", library.display()));
    }
    let start = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .arg("add")
        .arg("--library")
        .args([&library, &folder])
        .stdin(Stdio::null())
        .status()
        .unwrap();
    let seconds = start.elapsed().as_secs_f64();
    assert!(status.success(), "{status}");
    println!("add: {FILES} files in {seconds:.1} s, {:.0} articles a second", FILES as f64 / seconds);
}

/// The folder of the files, made on the first call.
fn files() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench-files");
    let done = folder.with_extension("done");
    if !done.exists() {
        let generator = Generator::new();
        for number in 0..FILES {
            let below = folder.join((number / FOLDER).to_string());
            std::fs::create_dir_all(&below).unwrap();
            std::fs::write(below.join(format!("{number}.txt")), generator.source(number)).unwrap();
        }
        std::fs::write(done, "").unwrap();
    }
    folder
}
