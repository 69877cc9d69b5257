//! Dependency heads, by the arc-hybrid transition system with a linear model over stack, buffer and finished arcs.
//!
//! A sentence of `n` tokens takes exactly `2 n` transitions. The root stands at the end of the buffer, as the token
//! after the last. Within this file indexes count from the sentence's first token.

use std::array;

use super::Syntax;
use super::features::{Feature, Weights, best, start, with};
use super::labels::{Label, Tag};
use crate::analysis::token::{Document, Sentence};

/// Number of transitions: shift, left arc, right arc.
pub const ACTIONS: usize = 3;
/// Moves the first token of the buffer onto the stack.
pub const SHIFT: usize = 0;
/// The first token of the buffer becomes the head of the top of the stack.
pub const LEFT: usize = 1;
/// The second token of the stack becomes the head of its top.
pub const RIGHT: usize = 2;

/// Number of features of a transition.
pub const FEATURES: usize = 13 + JOINT;
/// Of these, those of what stands together.
const JOINT: usize = 33;
/// Number of features of a label.
pub const LABEL_FEATURES: usize = 16;

const NONE: u32 = u32::MAX;

/// A token as the parser sees it.
#[derive(Clone, Copy, Debug)]
struct Node {
    word: u64,
    tag: u64,
    head: u32,
    label: Label,
    /// The outermost and the second outermost child on either side.
    left: [u32; 2],
    right: [u32; 2],
    left_count: u32,
    right_count: u32,
}

/// What the actions score for a token as the first of the buffer, as the top of the stack and as the second of it.
#[derive(Clone, Copy, Debug, Default)]
struct Alone {
    first: [i32; ACTIONS],
    top: [i32; ACTIONS],
    second: [i32; ACTIONS],
}

/// Stack, buffer and arcs of one sentence.
#[derive(Clone, Debug, Default)]
pub struct State {
    nodes: Vec<Node>,
    stack: Vec<u32>,
    next: u32,
    /// For each node, and where the stack has none.
    alone: Vec<Alone>,
    none: Alone,
}

/// Parses one sentence whose tags are known, writing heads and labels into `syntax`.
pub fn parse(
    document: &Document<'_>,
    sentence: &Sentence,
    syntax: &mut Syntax,
    state: &mut State,
    actions: &impl Weights<ACTIONS>,
    labels: &impl Weights<{ Label::COUNT }>,
) {
    state.start(document, sentence, &syntax.tags);
    state.weigh(actions);
    while let Some(allowed) = state.allowed() {
        let action = match allowed {
            [true, false, false] => SHIFT,
            [false, true, false] => LEFT,
            _ => best(&state.scores(actions), |action| allowed.get(action) == Some(&true)),
        };
        if let Some((head, child)) = state.apply(action) {
            let label = if head == state.root() {
                Label::Root
            } else {
                let scores = labels.scores(&state.label_features(head, child));
                Label::ALL.get(best(&scores, |_| true)).copied().unwrap_or_default()
            };
            state.attach(head, child, label);
        }
    }
    state.write(sentence.first as usize, syntax);
}

impl State {
    /// Starts over with the tokens of `sentence`.
    pub fn start(&mut self, document: &Document<'_>, sentence: &Sentence, tags: &[Tag]) {
        self.nodes.clear();
        self.stack.clear();
        self.next = 0;
        let range = sentence.first as usize..sentence.end as usize;
        for index in range {
            let tag = tags.get(index).copied().unwrap_or_default() as u64 + 1;
            self.nodes.push(Node::new(document.word_at(index), tag));
        }
        self.nodes.push(Node::new(0, 63));
    }

    /// The index that stands for the root.
    #[must_use]
    pub fn root(&self) -> u32 {
        u32::try_from(self.nodes.len().saturating_sub(1)).unwrap_or(NONE)
    }

    /// Which transitions are possible; `None` at the end.
    #[must_use]
    pub fn allowed(&self) -> Option<[bool; ACTIONS]> {
        let at_root = self.next >= self.root();
        match (at_root, self.stack.len()) {
            (true, 0) => None,
            (true, depth) => Some([false, true, depth > 1]),
            (false, depth) => Some([true, depth > 0, depth > 1]),
        }
    }

    /// The stack, its top last, and the index of the first token of the buffer.
    #[must_use]
    pub fn configuration(&self) -> (&[u32], u32) {
        (&self.stack, self.next)
    }

    /// Makes a transition; answers with head and child of the arc it asks for, which [`State::attach`] then makes.
    pub fn apply(&mut self, action: usize) -> Option<(u32, u32)> {
        if action == SHIFT {
            self.stack.push(self.next);
            self.next += 1;
            return None;
        }
        let child = self.stack.pop()?;
        let head = if action == LEFT { self.next } else { self.stack.last().copied()? };
        Some((head, child))
    }

    /// Makes `head` the head of `child`.
    pub fn attach(&mut self, head: u32, child: u32, label: Label) {
        if let Some(node) = self.nodes.get_mut(child as usize) {
            node.head = head;
            node.label = label;
        }
        if let Some(node) = self.nodes.get_mut(head as usize) {
            if child < head {
                node.left = [child, node.left[0]];
                node.left_count += 1;
            } else {
                node.right = [child, node.right[0]];
                node.right_count += 1;
            }
        }
    }

    /// Copies heads and labels of the sentence that starts at token `first`.
    fn write(&self, first: usize, syntax: &mut Syntax) {
        let root = self.root();
        // Cut out by place: to skip to a sentence would take time for every one before it.
        let heads = syntax.heads.get_mut(first..).unwrap_or_default();
        let labels = syntax.labels.get_mut(first..).unwrap_or_default();
        for (index, ((head, label), node)) in
            heads.iter_mut().zip(labels).zip(&self.nodes).take(root as usize).enumerate()
        {
            let own = if node.head >= root { index } else { node.head as usize };
            *head = u32::try_from(first + own).unwrap_or(NONE);
            *label = node.label;
        }
    }

    fn node(&self, index: u32) -> Node {
        self.nodes.get(index as usize).copied().unwrap_or(Node::new(0, 0))
    }

    fn stacked(&self, depth: usize) -> u32 {
        self.stack.len().checked_sub(depth + 1).and_then(|at| self.stack.get(at)).copied().unwrap_or(NONE)
    }

    /// All features of the configuration.
    #[must_use]
    pub fn features(&self) -> [Feature; FEATURES] {
        let mut all = [0; FEATURES];
        let parts = self.buffer(self.next).into_iter().chain(self.top(self.stacked(0)));
        let parts = parts.chain(self.second(self.stacked(1))).chain(self.joint());
        all.iter_mut().zip(parts).for_each(|(place, feature)| *place = feature);
        all
    }

    /// The features of a buffer that starts with `first`.
    fn buffer(&self, first: u32) -> [Feature; 7] {
        let [b0, b1, b2] = [0, 1, 2].map(|ahead| self.node(first + ahead));
        [
            with(start(47), b0.word),
            with(start(48), b0.tag),
            pair(49, b0.word, b0.tag),
            with(start(50), b1.word),
            pair(51, b1.word, b1.tag),
            with(start(52), b2.tag << 8 | b1.tag),
            tags(61, b0.tag, b1.tag, b2.tag),
        ]
    }

    /// The features of a stack with `top` on top.
    fn top(&self, top: u32) -> [Feature; 3] {
        let s0 = self.node(top);
        [with(start(41), s0.word), with(start(42), s0.tag), pair(43, s0.word, s0.tag)]
    }

    /// The features of a stack with `second` below its top.
    fn second(&self, second: u32) -> [Feature; 3] {
        let s1 = self.node(second);
        [with(start(44), s1.word), with(start(45), s1.tag), pair(46, s1.word, s1.tag)]
    }

    /// What the actions score for each token, wherever it stands, without what it stands beside.
    fn weigh(&mut self, actions: &impl Weights<ACTIONS>) {
        self.alone.clear();
        for index in (0..).take(self.nodes.len()) {
            self.alone.push(Alone {
                first: actions.scores(&self.buffer(index)),
                top: actions.scores(&self.top(index)),
                second: actions.scores(&self.second(index)),
            });
        }
        self.none = Alone {
            first: [0; ACTIONS],
            top: actions.scores(&self.top(NONE)),
            second: actions.scores(&self.second(NONE)),
        };
    }

    /// The scores of the configuration, with the help of what [`State::weigh`] found.
    fn scores(&self, actions: &impl Weights<ACTIONS>) -> [i32; ACTIONS] {
        let alone = |index: u32| self.alone.get(index as usize).unwrap_or(&self.none);
        let parts = [
            alone(self.next).first,
            alone(self.stacked(0)).top,
            alone(self.stacked(1)).second,
            actions.scores(&self.joint()),
        ];
        array::from_fn(|action| parts.iter().map(|part| part[action]).sum())
    }

    /// The features of what stands together.
    fn joint(&self) -> [Feature; JOINT] {
        let (i0, i1) = (self.stacked(0), self.stacked(1));
        let (s0, s1, s2) = (self.node(i0), self.node(i1), self.node(self.stacked(2)));
        let (b0, b1) = (self.node(self.next), self.node(self.next + 1));
        let child = |index: u32| {
            let node = self.node(index);
            node.tag << 6 | node.label as u64
        };
        let (s0l, s0r, s0l2, s0r2) = (child(s0.left[0]), child(s0.right[0]), child(s0.left[1]), child(s0.right[1]));
        let (s1l, s1r, s1r2) = (child(s1.left[0]), child(s1.right[0]), child(s1.right[1]));
        let (b0l, b0l2) = (child(b0.left[0]), child(b0.left[1]));
        let gap = |near: u32, far: u32| u64::from(if far == NONE { 7 } else { (near - far).min(6) });
        let (near, far) = (gap(self.next, i0), if i1 == NONE { 7 } else { gap(i0, i1) });
        let valency = |node: &Node| u64::from(node.left_count.min(3) << 2 | node.right_count.min(3));
        [
            start(40),
            pair(53, s0.word, b0.word),
            tags(54, s0.tag, b0.tag, 0),
            pair(55, s0.word, b0.tag),
            pair(56, s0.tag, b0.word),
            pair(57, s1.word, s0.word),
            tags(58, s1.tag, s0.tag, 0),
            pair(59, s1.word, s0.tag),
            pair(60, s1.tag, s0.word),
            tags(62, s0.tag, b0.tag, b1.tag),
            tags(63, s1.tag, s0.tag, b0.tag),
            tags(64, s2.tag, s1.tag, s0.tag),
            tags(65, s0.tag, s0l, b0.tag),
            tags(66, s0.tag, s0r, b0.tag),
            tags(67, s0.tag, b0l, b0.tag),
            tags(68, s1.tag, s1r, s0.tag),
            tags(69, s1.tag, s1l, s0.tag),
            tags(70, s1.tag, s0l, s0.tag),
            tags(71, s1.tag, s0r, s0.tag),
            tags(72, s0.tag, b0.tag, near),
            pair(73, s0.word, near),
            pair(74, b0.word, near),
            tags(75, s1.tag, s0.tag, far),
            tags(76, s0.tag, valency(&s0), b0.tag),
            pair(77, s0.word, s0r),
            pair(78, s1.word, s1r << 12 | s0.tag),
            tags(79, b0.tag, u64::from(b0.left_count.min(3)), s0.tag),
            pair(80, s0.word, s0l << 12 | valency(&s0)),
            tags(81, s0l2, s0l, s0.tag),
            tags(82, s0r2, s0r, s0.tag),
            pair(83, s1.word, s1r2 << 12 | s1r),
            tags(84, b0l2, b0l, b0.tag),
            pair(85, s0.word << 1 ^ b0.word, s1.tag << 12 | b1.tag),
        ]
    }

    /// The features of the label of an arc that is about to be made.
    #[must_use]
    pub fn label_features(&self, head: u32, child: u32) -> [Feature; LABEL_FEATURES] {
        let (h, c) = (self.node(head), self.node(child));
        let (before, after) = (self.node(child.wrapping_sub(1)), self.node(child + 1));
        let (left, right) = (self.node(c.left[0]), self.node(c.right[0]));
        let first = self.node(c.left[1]);
        let siblings = if child < head { h.left[0] } else { h.right[0] };
        let sibling = self.node(siblings);
        let side = u64::from(child < head);
        let tags = h.tag << 20 | c.tag << 8 | side;
        let gap = u64::from(child.abs_diff(head).min(6));
        let children = left.tag << 12 | (left.label as u64) << 6 | first.label as u64;
        [
            with(start(100), tags),
            with(with(start(101), c.word), side),
            with(with(start(102), h.word), tags),
            with(with(start(103), h.word), c.word),
            with(with(start(104), tags), c.word),
            with(with(start(105), tags), gap),
            with(with(start(106), tags), left.word),
            with(with(start(107), tags), children),
            with(with(start(108), tags), right.tag << 8 | right.label as u64),
            with(with(start(109), tags), before.tag),
            with(with(start(110), tags), after.tag),
            with(with(start(111), tags), before.word),
            with(with(start(112), tags), sibling.label as u64),
            with(with(start(113), h.word), (sibling.label as u64) << 10 | c.tag << 1 | side),
            with(with(start(114), tags), u64::from(c.left_count.min(3) << 4 | h.left_count.min(3))),
            with(with(start(115), c.word), left.word),
        ]
    }
}

/// A feature of two words or tags.
const fn pair(template: u64, a: u64, b: u64) -> Feature {
    with(with(start(template), a), b)
}

/// A feature of three tags.
const fn tags(template: u64, a: u64, b: u64, c: u64) -> Feature {
    with(start(template), a << 24 | b << 12 | c)
}

impl Node {
    const fn new(word: u64, tag: u64) -> Self {
        Self {
            word,
            tag,
            head: NONE,
            label: Label::Other,
            left: [NONE; 2],
            right: [NONE; 2],
            left_count: 0,
            right_count: 0,
        }
    }
}
