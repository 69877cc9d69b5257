//! Names of people, places and organizations, from the open lists in `DATA_DIR/gazetteers`.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;

type Entries = BTreeSet<String>;

/// Surnames are taken from the census down to this rank.
const SURNAMES: usize = 16_000;

/// Every list with its name.
pub fn lists(folder: &Path) -> anyhow::Result<Vec<(&'static str, Entries)>> {
    let (female, male) = given(folder)?;
    Ok(vec![
        ("given-female", female),
        ("given-male", male),
        ("surnames", surnames(folder)?),
        ("cities", cities(folder)?),
        ("subdivisions", subdivisions(folder)?),
        ("waters", waters(folder)?),
        ("companies", companies(folder)?),
        ("media", strings(folder, "corporations/newspapers.json", "/newspapers", "")?),
        ("agencies", agencies(folder)?),
        ("occupations", strings(folder, "humans/occupations.json", "/occupations", "")?),
        ("nicknames", nicknames(folder)?),
    ])
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// The strings of a list in the `corpora` collection: of the array at `pointer`, or of the field `field` of each item.
fn strings(folder: &Path, file: &str, pointer: &str, field: &str) -> anyhow::Result<Entries> {
    let value: Value = serde_json::from_str(&read(&folder.join("corpora/data").join(file))?)?;
    let items = value.pointer(pointer).and_then(Value::as_array).with_context(|| format!("{file} has no {pointer}"))?;
    let text =
        |item: &Value| if field.is_empty() { item.as_str() } else { item.get(field)?.as_str() }.map(str::to_owned);
    Ok(items.iter().filter_map(text).collect())
}

/// A word in upper case as names are written: `MCDONALD` is left to its first capital only.
fn titled(upper: &str) -> String {
    let mut chars = upper.chars();
    chars.next().map_or_else(String::new, |first| first.to_string() + &chars.as_str().to_lowercase())
}

/// Given names of women and of men; common ones of either are in both.
fn given(folder: &Path) -> anyhow::Result<(Entries, Entries)> {
    let census = |file: &str| -> anyhow::Result<Vec<(String, f64)>> {
        let lines = read(&folder.join("us-census-1990-names/names").join(file))?;
        let row = |line: &str| {
            let mut fields = line.split_whitespace();
            Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?))
        };
        Ok(lines.lines().filter_map(row).collect())
    };
    let (mut women, mut men) = (Entries::new(), Entries::new());
    let (female, male) = (census("dist.female.first")?, census("dist.male.first")?);
    let share =
        |list: &[(String, f64)], name: &str| list.iter().find(|(n, _)| n == name).map_or(0.0, |(_, share)| *share);
    // A name given to the other sex one time in ten or less says nothing about it.
    for (name, of_women) in &female {
        if share(&male, name) < 9.0 * of_women.max(0.001) {
            women.insert(titled(name));
        }
    }
    for (name, of_men) in &male {
        if share(&female, name) < 9.0 * of_men.max(0.001) {
            men.insert(titled(name));
        }
    }
    let table = read(&folder.join("popular-names-by-country/common-forenames-by-country.csv"))?;
    for row in table.lines().skip(1) {
        let fields: Vec<&str> = row.split(',').collect();
        let (Some(gender), Some(name)) = (fields.get(fields.len().saturating_sub(3)), fields.last()) else { continue };
        let target = if *gender == "F" { &mut women } else { &mut men };
        // A name of the other sex elsewhere is left to the census.
        target.extend(name.split('/').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned));
    }
    women.extend(strings(folder, "humans/norwayFirstNamesGirls.json", "/firstnames_girls_norwegian", "")?);
    men.extend(strings(folder, "humans/norwayFirstNamesBoys.json", "/firstnames_boys_norwegian", "")?);
    Ok((women, men))
}

fn surnames(folder: &Path) -> anyhow::Result<Entries> {
    let census = read(&folder.join("us-census-1990-names/names/dist.all.last"))?;
    let mut names: Entries =
        census.lines().take(SURNAMES).filter_map(|line| line.split_whitespace().next()).map(titled).collect();
    let table = read(&folder.join("popular-names-by-country/common-surnames-by-country.csv"))?;
    for row in table.lines().skip(1) {
        let romanized = row.split(',').nth(5).unwrap_or_default();
        names.extend(romanized.split('/').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned));
    }
    names.extend(strings(folder, "humans/norwayLastNames.json", "/lastnames_norwegian", "")?);
    Ok(names)
}

/// A name without what stands in brackets, and none that is a number.
fn bare(name: &str) -> Option<String> {
    let name = name.split('(').next().unwrap_or_default().trim();
    (!name.is_empty() && name.starts_with(|c: char| c.is_uppercase() || !c.is_ascii())).then(|| name.to_owned())
}

fn cities(folder: &Path) -> anyhow::Result<Entries> {
    let table = read(&folder.join("world-cities/data/world-cities.csv"))?;
    let names = table.lines().skip(1).filter(|row| !row.starts_with('"')).filter_map(|row| row.split(',').next());
    let mut cities: Entries = names.filter_map(bare).collect();
    cities.extend(strings(folder, "geography/us_cities.json", "/cities", "city")?);
    cities.extend(strings(folder, "geography/english_towns_cities.json", "/towns", "")?);
    cities.extend(strings(folder, "geography/english_towns_cities.json", "/cities", "")?);
    cities.extend(strings(folder, "geography/countries_with_capitals.json", "/countries", "capital")?);
    Ok(cities)
}

fn subdivisions(folder: &Path) -> anyhow::Result<Entries> {
    let table = read(&folder.join("world-cities/data/world-cities.csv"))?;
    let names = table.lines().skip(1).filter(|row| !row.contains('"')).filter_map(|row| row.split(',').nth(2));
    Ok(names.filter_map(bare).collect())
}

fn waters(folder: &Path) -> anyhow::Result<Entries> {
    let mut waters = strings(folder, "geography/rivers.json", "/rivers", "name")?;
    waters.extend(strings(folder, "geography/oceans.json", "/oceans", "name")?);
    waters.extend(strings(folder, "geography/oceans.json", "/seas", "name")?);
    Ok(waters)
}

fn companies(folder: &Path) -> anyhow::Result<Entries> {
    let mut companies = strings(folder, "corporations/fortune500.json", "/companies", "")?;
    companies.extend(strings(folder, "corporations/nasdaq.json", "/corporations", "name")?);
    companies.extend(strings(folder, "corporations/djia.json", "/corporations", "name")?);
    companies.extend(strings(folder, "corporations/cars.json", "/cars", "")?);
    let short: Entries = companies.iter().filter_map(|company| without_form(company)).collect();
    companies.extend(short);
    Ok(companies)
}

/// What the news call a company: its name without what only says that it is one, "Boeing" of "The Boeing Company".
fn without_form(company: &str) -> Option<String> {
    const FORMS: [&str; 18] = [
        "Inc",
        "Inc.",
        "Corp",
        "Corp.",
        "Corporation",
        "Co",
        "Co.",
        "Company",
        "Companies",
        "LLC",
        "L.L.C.",
        "LP",
        "L.P.",
        "Ltd",
        "Ltd.",
        "Limited",
        "Incorporated",
        "plc",
    ];
    let mut words: Vec<&str> = company.split_whitespace().collect();
    let all = words.len();
    while words.last().is_some_and(|last| FORMS.contains(last)) {
        words.pop();
    }
    let short = words.join(" ");
    let short = short.trim_end_matches([',', '&', ' ']);
    let short = short.strip_prefix("The ").unwrap_or(short);
    (words.len() < all && short.chars().count() > 2).then(|| short.to_owned())
}

fn agencies(folder: &Path) -> anyhow::Result<Entries> {
    let mut agencies = strings(folder, "governments/us_federal_agencies.json", "/agencies", "")?;
    agencies.extend(strings(folder, "corporations/charities.json", "/charities", "")?);
    Ok(agencies)
}

/// Pairs of given names of which one is short for the other: `Bill William`.
fn nicknames(folder: &Path) -> anyhow::Result<Entries> {
    let mut pairs = Entries::new();
    for row in read(&folder.join("nicknames/names.csv"))?.lines().skip(1) {
        let fields: Vec<&str> = row.split(',').collect();
        if let [name, _, nickname] = fields.as_slice() {
            pairs.insert(format!("{nickname} {name}"));
        }
    }
    for row in read(&folder.join("booknlp-aliases/aliases.txt"))?.lines() {
        let mut names = row.split('\t').map(str::trim).filter(|name| !name.is_empty());
        let Some(full) = names.next() else { continue };
        pairs.extend(names.map(|nickname| format!("{nickname} {full}").to_lowercase()));
    }
    Ok(pairs)
}
