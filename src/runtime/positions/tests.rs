use std::os::unix::fs::PermissionsExt;

use super::*;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn opened(folder: &Path) -> Positions {
    let (positions, problem) = Positions::open(Some(folder.to_owned()));
    assert_eq!(problem, None);
    positions
}

#[test]
fn a_place_is_remembered_between_sessions() {
    let folder = folder();
    let mut first = opened(folder.path());
    assert_eq!(first.get(7), None);
    first.set(7, 1234, true);
    first.save().unwrap();
    assert_eq!(opened(folder.path()).get(7), Some((1234, true)));
}

#[test]
fn an_article_that_was_only_shown_is_not_noted_and_one_read_to_no_end_is() {
    let folder = folder();
    let mut positions = opened(folder.path());
    positions.set(1, 0, false);
    positions.save().unwrap();
    assert!(!folder.path().join(NAME).exists());
    positions.set(1, 0, true);
    positions.save().unwrap();
    assert_eq!(opened(folder.path()).get(1), Some((0, true)));
    positions.set(1, 0, false);
    positions.save().unwrap();
    assert_eq!(opened(folder.path()).get(1), Some((0, false)), "marked as unread again");
}

#[test]
fn panes_are_remembered_and_one_reader_does_not_undo_what_another_did() {
    let folder = folder();
    let sides = [Side { folded: true, columns: None }, Side { folded: false, columns: Some(31) }];
    let (mut one, mut two) = (opened(folder.path()), opened(folder.path()));
    one.set_panes(sides);
    one.save().unwrap();
    two.set_panes(Sides::default());
    two.set(1, 1, true);
    two.save().unwrap();
    assert_eq!(opened(folder.path()).panes(), sides);
    fs::write(folder.path().join(NAME), br#"{"version":1,"positions":{}}"#).unwrap();
    assert_eq!(opened(folder.path()).panes(), Sides::default(), "a file from before there were any");
}

#[test]
fn two_readers_at_once_lose_nothing() {
    let folder = folder();
    let (mut one, mut two) = (opened(folder.path()), opened(folder.path()));
    one.set(1, 10, true);
    two.set(2, 20, true);
    one.save().unwrap();
    two.save().unwrap();
    let third = opened(folder.path());
    assert_eq!((third.get(1), third.get(2)), (Some((10, true)), Some((20, true))));
}

#[test]
fn file_and_folder_are_private() {
    let folder = folder();
    let data = folder.path().join("deep/data");
    let mut positions = opened(&data);
    positions.set(1, 1, true);
    positions.save().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&data), mode(&data.join(NAME))), (0o700, 0o600));
    let left: Vec<_> = fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| name == NAME || name == "positions.lock"), "{left:?}");
}

#[test]
fn only_the_most_recent_places_are_kept() {
    let folder = folder();
    let path = folder.path().join(NAME);
    let places = (0..MOST as u64 + 5).map(|id| (id, Place { offset: 0, at: 100 + id, read: true })).collect();
    write(&path, &Kept { places, ..Kept::default() }).unwrap();
    let kept = opened(folder.path());
    assert_eq!(kept.known.len(), MOST);
    assert_eq!((kept.get(4), kept.get(5)), (None, Some((0, true))));
}

#[test]
fn a_damaged_file_is_set_aside_and_said() {
    for damage in [&b"{\"version\":1,\"positions\":{\"00"[..], b"", b"\xff\xfe", b"[]", b"{\"version\":1}"] {
        let folder = folder();
        fs::write(folder.path().join(NAME), damage).unwrap();
        let (mut positions, problem) = Positions::open(Some(folder.path().to_owned()));
        let problem = problem.expect("damage is said");
        assert!(problem.contains("damaged") && !problem.contains('\n'), "{problem}");
        positions.set(1, 1, true);
        positions.save().unwrap();
        assert_eq!(opened(folder.path()).get(1), Some((1, true)));
        let names: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        let aside = names.iter().find(|name| name.contains("damaged")).expect("the damaged file is kept");
        assert_eq!(fs::read(folder.path().join(aside)).unwrap(), damage);
    }
}

#[test]
fn a_newer_programs_file_is_left_alone() {
    let folder = folder();
    let newer = br#"{"version":2,"places":[{"anything":true}]}"#;
    fs::write(folder.path().join(NAME), newer).unwrap();
    let (mut positions, problem) = Positions::open(Some(folder.path().to_owned()));
    assert!(problem.expect("it is said").contains("newer"));
    positions.set(1, 1, true);
    positions.save().unwrap();
    assert_eq!(fs::read(folder.path().join(NAME)).unwrap(), newer);
}

#[test]
fn without_a_folder_nothing_is_kept_and_nothing_fails() {
    let (mut positions, problem) = Positions::open(None);
    assert_eq!(problem, None);
    positions.set(1, 5, true);
    assert_eq!(positions.save(), Ok(()));
    assert_eq!(positions.get(1), Some((5, true)), "for this session it is");
}

#[test]
fn a_folder_that_cannot_be_made_is_a_notice() {
    let folder = folder();
    let mut positions = opened(&folder.path().join("data"));
    fs::write(folder.path().join("data"), "a file stands in the way").unwrap();
    positions.set(1, 1, true);
    let problem = positions.save().unwrap_err();
    assert!(problem.starts_with("places are not kept: ") && problem.contains("positions.json"), "{problem}");
    assert_eq!(positions.get(1), Some((1, true)));
    fs::remove_file(folder.path().join("data")).unwrap();
    positions.save().unwrap();
    assert_eq!(opened(&folder.path().join("data")).get(1), Some((1, true)), "what could not be kept is tried again");
}

#[test]
fn a_file_that_cannot_be_read_is_a_notice_and_stays() {
    let folder = folder();
    fs::create_dir(folder.path().join(NAME)).unwrap();
    let (mut positions, problem) = Positions::open(Some(folder.path().to_owned()));
    assert!(problem.expect("it is said").contains("cannot read"));
    positions.set(1, 1, true);
    assert_eq!(positions.save(), Ok(()));
}

#[test]
fn a_link_to_the_file_stays_a_link() {
    let folder = folder();
    let elsewhere = folder.path().join("elsewhere.json");
    fs::write(&elsewhere, r#"{"version":1,"positions":{}}"#).unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.path().join(NAME)).unwrap();
    let mut positions = opened(folder.path());
    positions.set(3, 4, true);
    positions.save().unwrap();
    assert!(fs::symlink_metadata(folder.path().join(NAME)).unwrap().is_symlink());
    assert!(fs::read_to_string(elsewhere).unwrap().contains("0000000000000003"));
}
