//! A copy of a damaged library that SQLite opens again: where the first bytes of the file are overwritten or its end is
//! missing, it refuses all of it, however much of the rest is whole.

#![expect(clippy::disallowed_methods, reason = "the copy lies beside the library that was set aside, and goes again")]

use std::fs;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::open::beside;

/// How a database begins.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// What no database has otherwise (the file format fixes it), behind the size of a page and two versions.
const FIXED: [u8; 3] = [64, 32, 32];

/// Length of the header.
const HEADER: usize = 100;

/// Size of our pages.
const OUR_PAGE: u64 = 8192;

/// A copy beside the damaged library, as long as the value lives.
pub(super) struct Mended {
    path: PathBuf,
}

impl Mended {
    /// A mended copy of the library at `damaged`; nothing where there is nothing to be mended in this way.
    pub(super) fn of(damaged: &Path) -> io::Result<Option<Self>> {
        let length = fs::metadata(damaged)?.len();
        let mut header = [0; HEADER];
        fs::File::open(damaged)?.read_exact(&mut header)?;
        let Some((mended, whole)) = mended(header, length) else { return Ok(None) };
        let copy = Self { path: beside(damaged, "-mended") };
        fs::copy(damaged, &copy.path)?;
        let log = beside(damaged, "-wal");
        if log.exists() {
            fs::copy(log, beside(&copy.path, "-wal"))?;
        }
        let mut file = fs::OpenOptions::new().write(true).open(&copy.path)?;
        file.set_len(whole)?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&mended)?;
        Ok(Some(copy))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Mended {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(beside(&self.path, suffix));
        }
    }
}

/// The header as it must be for a file of `length` bytes, and the length in whole pages; nothing where it is so.
fn mended(mut header: [u8; HEADER], length: u64) -> Option<([u8; HEADER], u64)> {
    let before = header;
    let (magic, rest) = header.split_first_chunk_mut::<16>()?;
    *magic = *MAGIC;
    let [high, low, write, read, reserved, fixed @ ..] = rest.first_chunk_mut::<8>()?;
    let mut page = match u64::from(u16::from_be_bytes([*high, *low])) {
        1 => 65_536,
        page => page,
    };
    if *fixed != FIXED || !page.is_power_of_two() || page < 512 {
        page = OUR_PAGE;
        [*high, *low] = [0x20, 0];
        (*write, *read, *reserved, *fixed) = (2, 2, 0, FIXED);
    }
    let pages = length.div_ceil(page);
    let told = rest.get_mut(12..16)?.first_chunk_mut::<4>()?;
    if u64::from(u32::from_be_bytes(*told)) > pages {
        // What pointed to the missing pages is an error where it is followed, and only there.
        *told = u32::try_from(pages).ok()?.to_be_bytes();
    }
    (header != before).then_some((header, pages * page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_is_right_stays_and_one_that_is_not_is_mended() {
        let mut right = [0; HEADER];
        right[..16].copy_from_slice(MAGIC);
        right[16..24].copy_from_slice(&[0x20, 0, 2, 2, 0, 64, 32, 32]);
        right[28..32].copy_from_slice(&9_u32.to_be_bytes());
        assert_eq!(mended(right, 9 * OUR_PAGE), None);
        let mut wrong = right;
        wrong[..24].fill(7);
        assert_eq!(mended(wrong, 9 * OUR_PAGE), Some((right, 9 * OUR_PAGE)));
        let mut short = right;
        short[28..32].copy_from_slice(&4_u32.to_be_bytes());
        assert_eq!(mended(right, 3 * OUR_PAGE + 1), Some((short, 4 * OUR_PAGE)));
    }
}
