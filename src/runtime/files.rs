//! Files and standard input to bytes, and what goes wrong with them in a reader's words.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;

use crate::article::import;
use crate::text::safe;

/// Most bytes read from one file; an article is far smaller, and a device may have no end.
pub const MAX_BYTES: u64 = 256 << 20;

/// How many bytes tell whether a file is text.
const SNIFF: u64 = 8192;

/// The file at `path`, which may be a pipe or a device, but no folder and no terminal.
///
/// # Errors
/// One safe line without the file's name: why it cannot be read.
pub fn open(path: &Path) -> Result<File, String> {
    let file = File::open(path).map_err(|error| reason(&error))?;
    if file.metadata().map_err(|error| reason(&error))?.is_dir() {
        return Err("is a folder".to_owned());
    }
    // Whoever reads it takes the keys.
    if rustix::termios::isatty(&file) {
        return Err("is a terminal".to_owned());
    }
    Ok(file)
}

/// All bytes of the file at `path`.
///
/// # Errors
/// One safe line without the file's name: why it cannot be read as an article.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    let file = open(path)?;
    let length = file.metadata().map_err(|error| reason(&error))?.len();
    read_text(file, usize::try_from(length.min(MAX_BYTES)).unwrap_or(0))
}

/// The `length` bytes of the file at `path` from byte `start` on; fewer where it ends before.
///
/// # Errors
/// One safe line without the file's name: why they cannot be read.
pub fn read_part(path: &Path, start: u64, length: u64) -> Result<Vec<u8>, String> {
    let mut file = open(path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(MAX_BYTES)).unwrap_or(0));
    file.seek(SeekFrom::Start(start))
        .and_then(|_| file.take(length.min(MAX_BYTES)).read_to_end(&mut bytes))
        .map_err(|error| reason(&error))?;
    Ok(bytes)
}

/// All bytes of `source`; gives up early where they are no text. `expected` is how many there may be.
///
/// # Errors
/// One safe line: why it cannot be read as an article.
pub fn read_text(mut source: impl Read, expected: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    source.by_ref().take(SNIFF).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if import::is_binary(&bytes) {
        return Err("is not a text (binary data)".to_owned());
    }
    read_all(io::Cursor::new(bytes).chain(source), expected)
}

/// All bytes of `source`, whatever they are. `expected` is how many there may be.
///
/// # Errors
/// One safe line: why they cannot be read.
pub fn read_all(source: impl Read, expected: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(expected.min(usize::try_from(MAX_BYTES).unwrap_or(0)) + 1);
    source.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("is larger than {} MB", MAX_BYTES >> 20));
    }
    Ok(bytes)
}

/// Whether the file at `path` can be opened and begins like a text; reads only its beginning, and nothing of a pipe
/// or device, whose bytes come once.
///
/// # Errors
/// One safe line without the file's name.
pub fn check(path: &Path) -> Result<(), String> {
    let metadata = std::fs::metadata(path).map_err(|error| reason(&error))?;
    if !metadata.is_file() {
        return Ok(());
    }
    let mut beginning = Vec::with_capacity(usize::try_from(metadata.len().min(SNIFF)).unwrap_or(0) + 1);
    let file = File::open(path).map_err(|error| reason(&error))?;
    file.take(SNIFF).read_to_end(&mut beginning).map_err(|error| reason(&error))?;
    if beginning.is_empty() {
        Err("is empty".to_owned())
    } else if import::is_binary(&beginning) {
        Err("is not a text (binary data)".to_owned())
    } else {
        Ok(())
    }
}

/// Why something failed, as one safe line without the system's error number.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ if error.raw_os_error() == Some(rustix::io::Errno::NXIO.raw_os_error()) => "is a socket, no file".to_owned(),
        _ => {
            let message = error.to_string();
            safe::line(message.split(" (os error").next().unwrap_or_default())
        }
    }
}
