//! The level above the list: everything the library can be looked through by, each row a query that the list then keeps
//! to.

use std::collections::BTreeMap;

use super::library::{Feed, Folders, Request, Sort};
use super::step::{Step, reveal};
use super::{Action, App, Effect, Focus};

/// The tree, in the place of the list.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// What it shows; empty until it is told.
    pub rows: Vec<Row>,
    /// The selected row, never a heading.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
    /// Whether the user has moved in it.
    moved: bool,
}

/// A row of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A section begins.
    Heading(&'static str),
    /// Something that the list can keep to.
    Branch(Branch),
    /// Between sections.
    Blank,
}

/// Something that the list can keep to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branch {
    /// What it is called.
    pub name: String,
    /// Branches that it lies in.
    pub depth: usize,
    /// The query that the list keeps to.
    pub query: String,
    /// The order that it is shown in, where it has one of its own.
    pub sort: Option<Sort>,
    /// Whether it is a query that the user saved.
    pub saved: bool,
    /// Its articles, where they are counted.
    pub articles: Option<usize>,
    /// Those that are not read, where they are counted.
    pub unread: Option<usize>,
    /// What is wrong with it: one safe line.
    pub problem: Option<String>,
    /// What else there is to say of it: one safe line.
    pub note: Option<String>,
    /// The numbers of the feeds it stands for: its own, or all in its folder.
    pub feeds: Vec<i64>,
}

impl Branch {
    /// The number of the feed that it is.
    fn feed(&self) -> Option<i64> {
        self.feeds.first().copied().filter(|_| self.query.starts_with("feed:"))
    }
}

impl Tree {
    /// The selected branch.
    #[must_use]
    pub fn branch(&self) -> Option<&Branch> {
        match self.rows.get(self.selected)? {
            Row::Branch(branch) => Some(branch),
            Row::Heading(_) | Row::Blank => None,
        }
    }

    /// Takes in what there is; what is selected stays so, at first it is what stands for `query`.
    fn told(&mut self, folders: &Folders, query: &str) {
        let before = self.branch().filter(|_| self.moved).cloned();
        let counted: BTreeMap<String, Option<usize>> = self
            .rows
            .iter()
            .filter_map(|row| match row {
                Row::Branch(branch) if branch.saved => Some((branch.name.clone(), branch.unread)),
                _ => None,
            })
            .collect();
        self.rows = rows(folders);
        for row in &mut self.rows {
            if let Row::Branch(branch) = row
                && branch.saved
            {
                branch.unread = counted.get(&branch.name).copied().flatten();
            }
        }
        let is_before = |row: &Row| match row {
            Row::Branch(branch) => match &before {
                // A feed may have got another name.
                Some(before) if before.feed().is_some() => before.feed() == branch.feed(),
                Some(before) => before.name == branch.name && before.query == branch.query,
                None => branch.query == query,
            },
            Row::Heading(_) | Row::Blank => false,
        };
        let found = self.rows.iter().position(is_before);
        self.selected = found.unwrap_or(self.selected.min(self.rows.len().saturating_sub(1)));
        if self.branch().is_none() {
            self.select_near(self.selected, false);
        }
    }

    /// Takes in how many articles of a saved query are unread.
    fn counted(&mut self, name: &str, unread: usize) {
        for row in &mut self.rows {
            if let Row::Branch(branch) = row
                && branch.saved
                && branch.name == name
            {
                branch.unread = Some(unread);
            }
        }
    }

    fn step(&mut self, step: Step, shown: usize) {
        if let Step::Rows(_) | Step::To(_) = step {
            // Headings are no steps.
            let rows = self.rows.iter().enumerate();
            let branches: Vec<usize> =
                rows.filter(|(_, row)| matches!(row, Row::Branch(_))).map(|(at, _)| at).collect();
            let from = branches.partition_point(|at| *at < self.selected);
            let target = step.target(from, branches.len().saturating_sub(1), shown);
            self.selected = branches.get(target).copied().unwrap_or(self.selected);
        } else {
            let target = step.target(self.selected, self.rows.len().saturating_sub(1), shown);
            self.select_near(target, target < self.selected);
        }
        self.moved = true;
        self.settle(shown);
    }

    /// Selects the branch nearest to `row`, on the side one comes from last.
    fn select_near(&mut self, row: usize, upward: bool) {
        let is_branch = |at: &usize| matches!(self.rows.get(*at), Some(Row::Branch(_)));
        let below = || (row..self.rows.len()).find(is_branch);
        let above = || (0..=row).rev().find(is_branch);
        let found = if upward { above().or_else(below) } else { below().or_else(above) };
        self.selected = found.unwrap_or(self.selected);
    }

    /// Keeps the selection in sight of a pane of `shown` rows.
    pub(super) fn settle(&mut self, shown: usize) {
        self.top = reveal(self.top, self.selected, self.rows.len(), shown);
    }

    /// Scrolls by `rows` without leaving the selection behind.
    pub(super) fn scroll(&mut self, rows: isize, shown: usize) {
        let shown = shown.max(1);
        self.top = Step::Rows(rows).target(self.top, self.rows.len().saturating_sub(shown), shown);
        let nearest = self.selected.clamp(self.top, self.top + shown - 1);
        if nearest != self.selected {
            self.select_near(nearest, nearest < self.selected);
        }
        self.settle(shown);
    }
}

/// The rows of what there is; sections that are empty are left out.
fn rows(folders: &Folders) -> Vec<Row> {
    let counts = &folders.counts;
    let branch = |name: &str, query: &str, articles: usize| Branch {
        name: name.to_owned(),
        query: query.to_owned(),
        articles: Some(articles),
        ..Branch::default()
    };
    let mut rows = Vec::new();
    let all = vec![
        Branch { unread: Some(counts.unread), ..branch("All stories", "", counts.all) },
        branch("Unread", "unread", counts.unread),
        branch("Starred", "starred", counts.starred),
        branch("Highlighted", "highlighted", counts.highlighted),
    ];
    // The pane's own heading stands over the first ones.
    rows.extend(all.into_iter().map(Row::Branch));
    let saved = folders.saved.iter().map(|saved| Branch {
        name: saved.name.clone(),
        query: saved.query.clone(),
        sort: Some(saved.sort),
        saved: true,
        ..Branch::default()
    });
    section(&mut rows, "Saved queries", saved.collect());
    let tags = folders.tags.iter().map(|(tag, articles)| branch(tag, &format!("tag:{}", quoted(tag)), *articles));
    section(&mut rows, "Tags", tags.collect());
    section(&mut rows, "Feeds", feeds(folders));
    let added = folders.added.iter().map(|folder| Branch {
        depth: folder.depth,
        ..branch(&folder.name, &format!("folder:{}", quoted(&folder.path)), folder.articles)
    });
    section(&mut rows, "Folders", added.collect());
    rows
}

/// Feeds in their folders, which count what lies in them.
fn feeds(folders: &Folders) -> Vec<Branch> {
    let mut branches: Vec<Branch> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for feed in &folders.feeds {
        let path: Vec<&str> = feed.folder.split('/').filter(|part| !part.is_empty()).collect();
        let shared = open.iter().zip(&path).take_while(|(one, other)| one == other).count();
        open.truncate(shared);
        for part in path.iter().skip(shared) {
            open.push(part);
            let inside = open.join("/");
            let within: Vec<&Feed> = folders
                .feeds
                .iter()
                .filter(|feed| {
                    feed.folder.strip_prefix(&*inside).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                })
                .collect();
            branches.push(Branch {
                name: (*part).to_owned(),
                depth: open.len() - 1,
                query: format!("folder:{}", quoted(&inside)),
                articles: Some(within.iter().map(|feed| feed.articles).sum()),
                unread: Some(within.iter().map(|feed| feed.unread).sum()),
                feeds: within.iter().map(|feed| feed.number).collect(),
                ..Branch::default()
            });
        }
        branches.push(Branch {
            name: feed.title.clone(),
            depth: open.len(),
            query: format!("feed:{}", quoted(&feed.title)),
            articles: Some(feed.articles),
            unread: Some(feed.unread),
            problem: feed.error.clone(),
            note: feed.note.clone(),
            feeds: vec![feed.number],
            ..Branch::default()
        });
    }
    branches
}

/// `value` as a query writes it.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    if !value.is_empty() && value.chars().all(plain) {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace(['"', '“', '”'], " "))
}

fn section(rows: &mut Vec<Row>, heading: &'static str, branches: Vec<Branch>) {
    if branches.is_empty() {
        return;
    }
    rows.push(Row::Blank);
    rows.push(Row::Heading(heading));
    rows.extend(branches.into_iter().map(Row::Branch));
}

impl App {
    /// Shows the tree in the place of the list, or the list again.
    pub(super) fn toggle_tree(&mut self) {
        if self.panes.focus != Focus::List || !self.close_tree() {
            self.open_tree();
        }
    }

    /// Shows the tree in the place of the list.
    pub(super) fn open_tree(&mut self) {
        if !self.needs_library("looked through by folders and tags") {
            return;
        }
        self.panes.focus_on(Focus::List);
        self.list.drop_picks();
        self.tree.get_or_insert_default();
        self.outbox.push(Effect::Library(Request::Folders));
    }

    /// Shows the list again; `true` where the tree was shown.
    pub(super) fn close_tree(&mut self) -> bool {
        self.tree.take().is_some()
    }

    /// Takes in what the library can be looked through by.
    pub(super) fn folders_told(&mut self, folders: &Folders) {
        let rows = self.tree_rows();
        // What the list keeps to, else what was opened last: the next one is but a row away.
        let filter = &self.list.showing.filter;
        let query = if filter.is_empty() { &self.library.branch } else { filter };
        if let Some(tree) = &mut self.tree {
            tree.told(folders, query);
            tree.settle(rows);
        }
    }

    /// Takes in how many articles of a saved query are unread.
    pub(super) fn query_counted(&mut self, name: &str, unread: usize) {
        if let Some(tree) = &mut self.tree {
            tree.counted(name, unread);
        }
    }

    /// Rows of the tree that are shown.
    pub(super) fn tree_rows(&self) -> usize {
        usize::from(self.arrangement_with(Focus::List).list.height).saturating_sub(1).max(1)
    }

    pub(super) fn step_in_tree(&mut self, step: Step) {
        let rows = self.tree_rows();
        if let Some(tree) = &mut self.tree {
            tree.step(step, rows);
        }
    }

    /// Selects row `row` of those shown; `true` where it was selected already.
    pub(super) fn click_in_tree(&mut self, row: usize) -> bool {
        let rows = self.tree_rows();
        let Some(tree) = &mut self.tree else { return false };
        let at = tree.top + row;
        if !matches!(tree.rows.get(at), Some(Row::Branch(_))) {
            return false;
        }
        let was = tree.selected == at;
        (tree.selected, tree.moved) = (at, true);
        tree.settle(rows);
        was
    }

    /// Lets the list keep to the selected branch.
    pub(super) fn open_branch(&mut self) {
        let Some(branch) = self.tree.as_ref().and_then(|tree| tree.branch()).cloned() else { return };
        self.tree = None;
        if let Some(sort) = branch.sort {
            self.list.showing.sort = sort;
        }
        let name = (!branch.query.is_empty()).then(|| branch.name.clone());
        self.library.branch.clone_from(&branch.query);
        self.filter_by(branch.query, false, None);
        self.list.showing.name = name;
        if let Some(problem) = branch.problem {
            self.fail(format!("{}: {problem}", branch.name));
        }
    }

    /// Removes what is selected in the tree, where that can be: a saved query.
    pub(super) fn remove_branch(&mut self) {
        let Some(branch) = self.tree.as_ref().and_then(|tree| tree.branch()) else { return };
        if branch.saved {
            self.outbox.push(Effect::Library(Request::RemoveQuery(branch.name.clone())));
        } else if let Some(feed) = branch.feed() {
            let name = branch.name.clone();
            self.unfollow(feed, &name);
        } else {
            self.say("only saved queries and feeds can be removed here");
        }
    }

    /// Asks for another name for the selected saved query.
    pub(super) fn rename_branch(&mut self) {
        let Some(branch) = self.tree.as_ref().and_then(|tree| tree.branch()).filter(|branch| branch.saved) else {
            let keys = self.keymap.first_key_of(Action::Tree);
            self.say(format!("select a saved query first: {keys} shows them"));
            return;
        };
        let name = branch.name.clone();
        self.open_rename(name);
    }
}
