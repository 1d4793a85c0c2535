//! Decision trees that are data.
//!
//! ```text
//! columns  words  chars  …
//! base  -1.2
//! clear  3.5
//! tree  3 0.5 0  7 12 1  -0.41  0.08  0.33
//! ```
//!
//! Fields are parted by tabs. A tree is its nodes, depth first: an inner node is a column, a bound and
//! whether it is taken to the node behind it at or below the bound; else the
//! node with the number that follows. A leaf is its value. The score of a row
//! is the sum of the leaves it comes to, its chance the logistic of that. Once it is
//! beyond `clear` it is clear, and the trees that are left are not asked.

use std::hint::select_unpredictable;

/// A node: a leaf if `column` is [`LEAF`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// Which number is asked for.
    pub column: u16,
    /// Where to go on above the bound: an index into all nodes. At or below
    /// it, the next node is next.
    pub above: u32,
    /// The bound, or the value of a leaf.
    pub value: f32,
}

/// As a column: the node is a leaf.
pub const LEAF: u16 = u16::MAX;

/// After how many trees it is looked whether a score is clear: nine of ten blocks
/// of a page are menus and teasers for certain.
const ASKED: usize = 36;

/// How many trees are climbed side by side.
const TEAM: usize = 6;

/// Trees whose leaves are added up.
#[derive(Debug, Clone, PartialEq)]
pub struct Forest {
    /// All nodes, tree by tree, each tree depth first.
    pub nodes: Vec<Node>,
    /// The first node of each tree.
    pub roots: Vec<u32>,
    /// What every row starts with.
    pub base: f32,
    /// Beyond this score, or its negative, there is no doubt.
    pub clear: f32,
    /// What the numbers of a row are.
    pub columns: Vec<String>,
}

impl Default for Forest {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            roots: Vec::new(),
            base: 0.0,
            clear: f32::INFINITY,
            columns: Vec::new(),
        }
    }
}

impl Forest {
    /// Reads a forest.
    ///
    /// # Errors
    /// The line, from 1, and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut forest = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            forest
                .line(line)
                .map_err(|problem| format!("line {number}: {problem}"))?;
        }
        match forest.roots.is_empty() {
            true => Err("there is no tree".to_owned()),
            false => Ok(forest),
        }
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let mut fields = line.split('\t');
        match fields.next().unwrap_or_default() {
            "base" => {
                let base = fields.next().and_then(|f| f.parse().ok());
                self.base = base.ok_or("a base needs a number")?;
            }
            "clear" => {
                let clear = fields.next().and_then(|f| f.parse().ok());
                self.clear = clear.ok_or("what is clear needs a number")?;
            }
            "columns" => self.columns = fields.map(str::to_owned).collect(),
            "tree" => {
                let first = self.nodes.len();
                self.roots
                    .push(u32::try_from(first).map_err(|e| e.to_string())?);
                for field in fields {
                    let node =
                        node(field, first, self.columns.len()).ok_or("a node is malformed")?;
                    self.nodes.push(node);
                }
                let count = self.nodes.len();
                let wrong = |at: usize| {
                    let node = &self.nodes[at];
                    node.column != LEAF
                        && (node.above as usize >= count
                            || at + 1 >= count
                            || node.above as usize <= at)
                };
                if count == first || (first..count).any(wrong) {
                    return Err("a tree has a node that leads out of it".to_owned());
                }
            }
            comment if comment.is_empty() || comment.starts_with('#') => {}
            other => return Err(format!("`{other}` is not known")),
        }
        Ok(())
    }

    /// Writes the forest as [`Forest::parse`] reads it.
    #[must_use]
    pub fn to_text(&self) -> String {
        let columns = self.columns.join("\t");
        let mut out = format!(
            "columns\t{columns}\nbase\t{}\nclear\t{}\n",
            self.base, self.clear
        );
        for (index, root) in self.roots.iter().enumerate() {
            let end = self
                .roots
                .get(index + 1)
                .map_or(self.nodes.len(), |n| *n as usize);
            out.push_str("tree");
            for node in &self.nodes[*root as usize..end] {
                match node.column {
                    LEAF => out.push_str(&format!("\t{:.4}", node.value)),
                    column => {
                        out.push_str(&format!("\t{column} {} {}", node.value, node.above - root));
                    }
                }
            }
            out.push('\n');
        }
        out
    }

    /// The sum of the leaves that a row comes to.
    #[must_use]
    pub fn score(&self, row: &[f32]) -> f32 {
        if row.len() < self.columns.len() {
            return self.base;
        }
        let mut sum = self.base;
        for roots in self.roots.chunks(ASKED) {
            let (teams, rest) = roots.as_chunks::<TEAM>();
            let leaves = teams.iter().flat_map(|team| self.leaves(*team, row));
            let leaves = leaves.chain(rest.iter().flat_map(|root| self.leaves([*root], row)));
            sum = leaves.fold(sum, |sum, leaf| sum + leaf);
            if sum.abs() > self.clear {
                break;
            }
        }
        sum
    }

    /// The leaves that a row comes to in some trees. They are climbed side by
    /// side, and which way to go is no branch: nobody could foretell it.
    fn leaves<const N: usize>(&self, roots: [u32; N], row: &[f32]) -> [f32; N] {
        let mut at = roots.map(|root| root as usize);
        loop {
            let mut arrived = true;
            for at in &mut at {
                let node = &self.nodes[*at];
                let is_leaf = node.column == LEAF;
                let asked = row[select_unpredictable(is_leaf, 0, node.column as usize)];
                let is_below = asked <= node.value;
                let is_above = !is_leaf & !is_below;
                let below = *at + usize::from(!is_leaf);
                *at = select_unpredictable(is_above, node.above as usize, below);
                arrived &= is_leaf;
            }
            if arrived {
                return at.map(|at| self.nodes[at].value);
            }
        }
    }

    /// The chance that a row is what the forest was trained to find.
    #[must_use]
    pub fn chance(&self, row: &[f32]) -> f32 {
        1.0 / (1.0 + (-self.score(row)).exp())
    }
}

fn node(field: &str, first: usize, width: usize) -> Option<Node> {
    let mut parts = field.split(' ');
    let head = parts.next()?;
    let Some(bound) = parts.next() else {
        return Some(Node {
            column: LEAF,
            above: 0,
            value: head.parse().ok()?,
        });
    };
    let column: u16 = head.parse().ok()?;
    let above: usize = parts.next()?.parse().ok()?;
    (usize::from(column) < width).then_some(Node {
        column,
        above: u32::try_from(first + above).ok()?,
        value: bound.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forest_is_read_asked_and_written() {
        let text = "columns\ta\tb c\nbase\t0.5\nclear\t3.5\ntree\t1 2 2\t1.0000\t0 3 4\t-1.0000\t4.0000\ntree\t0.2500\n";
        let forest = Forest::parse(text).unwrap();
        assert_eq!(forest.score(&[0.0, 2.0]), 1.75);
        assert_eq!(forest.score(&[3.0, 2.5]), -0.25);
        assert_eq!(forest.score(&[3.5, 2.5]), 4.75);
        assert_eq!(forest.to_text(), text);
    }

    #[test]
    fn a_forest_that_would_lead_astray_is_refused() {
        for text in ["", "1 2 9\t1", "7 2 1\t1\t2"] {
            let text = format!("columns\ta\tb\ntree\t{text}");
            assert!(Forest::parse(&text).is_err(), "{text}");
        }
    }
}
