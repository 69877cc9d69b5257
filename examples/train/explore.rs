//! Temporary exploration.
use crate::{Folders, polnear};
use pullquote::analysis::syntax::{Model, Syntax};
use pullquote::analysis::token::Document;
use pullquote::text::Span;
use std::collections::HashMap;

fn range(d: &Document<'_>, s: Span) -> (usize, usize) {
    (d.token_at(s.start), d.token_at(s.end.saturating_sub(1)) + 1)
}
fn head(s: &Syntax, (a, b): (usize, usize)) -> usize {
    (a..b)
        .find(|i| {
            let h = s.head(*i);
            (h < a || h >= b || h == *i) && !s.tag(*i).is_punctuation()
        })
        .unwrap_or(a)
}
fn path(s: &Syntax, from: usize, to: usize) -> String {
    let up = |mut x: usize| {
        let mut v = vec![x];
        while s.head(x) != x && v.len() < 40 {
            x = s.head(x);
            v.push(x);
        }
        v
    };
    let (a, b) = (up(from), up(to));
    for (i, x) in a.iter().enumerate() {
        if let Some(j) = b.iter().position(|y| y == x) {
            let mut o = String::new();
            for k in &a[..i] {
                o += &format!("^{:?}", s.label(*k));
            }
            for k in b[..j].iter().rev() {
                o += &format!("v{:?}", s.label(*k));
            }
            return o;
        }
    }
    "other sentence".into()
}
pub fn run(f: &Folders) -> anyhow::Result<()> {
    let m = Model::embedded();
    let mut t: HashMap<String, usize> = HashMap::new();
    let mut p: HashMap<String, usize> = HashMap::new();
    let mut q: HashMap<String, usize> = HashMap::new();
    let mut ex: HashMap<String, usize> = HashMap::new();
    let mut n = 0;
    for a in polnear::read(&f.data.join("polnear/data/train"))? {
        let d = Document::new(&a.text);
        let s = m.analyze(&d);
        for x in &a.attributions {
            let Some(c) = x.cue.first() else { continue };
            let cr = range(&d, *c);
            let ch = head(&s, cr);
            n += 1;
            *t.entry(format!("{:?}", s.tag(ch))).or_default() += 1;
            if let Some(so) = x.source.first() {
                let sr = range(&d, *so);
                let sh = head(&s, sr);
                *p.entry(path(&s, sh, ch)).or_default() += 1;
                let e = s.extent(sh);
                *ex.entry(format!(
                    "src start {} end {}",
                    e.0 == sr.0,
                    e.1 == sr.1 || e.1 == sr.1 + 1 && s.tag(e.1 - 1).is_punctuation()
                ))
                .or_default() += 1;
            }
            if let Some(co) = x.content.first() {
                let r = range(&d, *co);
                let h = head(&s, r);
                *q.entry(path(&s, h, ch)).or_default() += 1;
                let e = s.extent(h);
                *ex.entry(format!(
                    "con start {} end {}",
                    e.0 == r.0,
                    e.1 == r.1 || e.1 == r.1 + 1 && s.tag(e.1 - 1).is_punctuation()
                ))
                .or_default() += 1;
            }
        }
    }
    for (k, mm) in [("tag", t), ("source", p), ("content", q), ("extent", ex)] {
        let mut v: Vec<_> = mm.into_iter().collect();
        v.sort_by_key(|x| (std::cmp::Reverse(x.1), x.0.clone()));
        println!("{k} of {n}");
        for (a, b) in v.iter().take(28) {
            println!("   {b:6} {a}");
        }
    }
    Ok(())
}
