//! The layers: a module imports only what the table in `src/lib.rs` lets it, and only the rim touches the world.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A row of the table.
struct Layer {
    number: u8,
    module: String,
    imports: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn table() -> Vec<Layer> {
    let source = fs::read_to_string(root().join("lib.rs")).unwrap();
    let rows = source.lines().filter_map(|line| line.strip_prefix("//! | "));
    let layers = rows.filter_map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let number = cells.first()?.parse().ok()?;
        let module = cells.get(1)?.trim_matches(['[', ']', '`']).to_owned();
        Some(Layer { number, module, imports: (*cells.get(3)?).to_owned() })
    });
    layers.collect()
}

impl Layer {
    /// The modules it may import: `nothing`, layers (`0-2`), modules (`` `text` ``), or several of them.
    fn allowed(&self, table: &[Layer]) -> BTreeSet<String> {
        let mut allowed = BTreeSet::from([self.module.clone()]);
        for item in self.imports.split(',').map(str::trim).filter(|item| *item != "nothing") {
            if let Some((first, last)) = item.split_once('-') {
                let range = first.parse::<u8>().unwrap()..=last.parse::<u8>().unwrap();
                allowed.extend(table.iter().filter(|layer| range.contains(&layer.number)).map(|l| l.module.clone()));
            } else {
                allowed.insert(item.trim_matches('`').to_owned());
            }
        }
        allowed
    }
}

/// All source files below `folder`.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            files.extend(sources(&entry.path()));
        } else if entry.path().extension().is_some_and(|ending| ending == "rs") {
            files.push(entry.path());
        }
    }
    files
}

/// Files of the library by the module they belong to, with their code: no comments, no tests.
fn modules() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let mut modules: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for path in sources(&root()) {
        let relative = path.strip_prefix(root()).unwrap();
        let first = relative.components().next().unwrap().as_os_str().to_string_lossy();
        let module = first.trim_end_matches(".rs").to_owned();
        if module == "lib" || module == "main" || relative.ends_with("tests.rs") {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        modules.entry(module).or_default().push((path, code.join("\n")));
    }
    modules
}

/// Every module of the crate that `code` names after `crate::`, braces included.
fn imports(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, name) in code.match_indices("crate::") {
        let rest = &code[at + name.len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut word = String::new();
            let mut first = true;
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 1 => first = true,
                    c if depth == 1 && first && (c.is_alphanumeric() || c == '_') => word.push(c),
                    ':' => first = false,
                    _ => {}
                }
                if (!first || matches!(c, ',' | '}')) && !word.is_empty() {
                    found.insert(std::mem::take(&mut word));
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            found.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    found
}

#[test]
fn the_table_names_every_module() {
    let listed: BTreeSet<String> = table().into_iter().map(|layer| layer.module).collect();
    let present: BTreeSet<String> = modules().into_keys().collect();
    assert_eq!(listed, present);
}

#[test]
fn the_table_itself_points_downward() {
    let table = table();
    for layer in &table {
        for name in layer.allowed(&table).iter().filter(|name| **name != layer.module) {
            let other = table.iter().find(|other| other.module == *name).unwrap();
            assert!(other.number < layer.number, "{} may not import {name}: it is no lower layer", layer.module);
        }
    }
}

#[test]
fn a_module_imports_only_what_the_table_allows() {
    let table = table();
    let modules = modules();
    for layer in &table {
        let allowed = layer.allowed(&table);
        for (path, code) in &modules[&layer.module] {
            let too_many: Vec<String> = imports(code).difference(&allowed).cloned().collect();
            assert!(too_many.is_empty(), "{} imports {too_many:?}, the table lets it have {allowed:?}", path.display());
        }
    }
}

#[test]
fn imports_are_found_in_every_form() {
    let code =
        "use crate::text::{Span, safe};\nuse crate::{app::{App, Effect}, view, config::Theme};\ncrate::layout::x()";
    let expected = ["text", "app", "view", "config", "layout"];
    assert_eq!(imports(code), expected.into_iter().map(ToOwned::to_owned).collect());
}

#[test]
fn only_the_rim_touches_files_threads_clock_environment_and_terminal() {
    let world = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "thread::spawn",
        "File::open",
        "Instant::now",
        "SystemTime::now",
        "Zoned::now",
        "io::stdin",
        "io::stdout",
        "io::stderr",
        "rustix::",
        "signal_hook::",
        "crossterm::terminal",
        "crossterm::execute",
    ];
    for (module, files) in modules().into_iter().filter(|(module, _)| module != "runtime" && module != "command") {
        for (path, code) in files {
            // The library makes its own file, sets it aside, and touches no other.
            let is_library = path.ends_with("store/open.rs") || path.ends_with("store/mend.rs");
            // What is fetched comes from sockets, and every server gets only so much time.
            let is_client = path.parent().is_some_and(|folder| folder.ends_with("fetch/client"));
            let may = |name: &str| {
                (is_library && ["std::fs", "File::open"].contains(&name))
                    || (is_client && ["std::net", "Instant::now"].contains(&name))
                    || (path.ends_with("fetch/zone.rs") || path.ends_with("fetch/proxies.rs")) && name == "std::net"
            };
            let touched: Vec<&str> = world.into_iter().filter(|name| code.contains(name) && !may(name)).collect();
            assert!(touched.is_empty(), "{} is in `{module}` and touches {touched:?}", path.display());
        }
    }
}
