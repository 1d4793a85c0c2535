//! One forest of several.

use select_content::forest::{Forest, LEAF, Node};

/// The forest whose score is the mean of others'. Their trees take turns, so
/// that the first ones tell as much as the first ones of each.
pub(super) fn mean(forests: &[Forest]) -> Forest {
    let share = 1.0 / forests.len() as f32;
    let mut mean = Forest {
        base: share * forests.iter().map(|f| f.base).sum::<f32>(),
        ..Forest::default()
    };
    let most = forests.iter().map(|f| f.roots.len()).max().unwrap_or(0);
    for tree in 0..most {
        for forest in forests.iter().filter(|f| tree < f.roots.len()) {
            let start = forest.roots[tree];
            let end = forest.roots.get(tree + 1);
            let nodes =
                &forest.nodes[start as usize..end.map_or(forest.nodes.len(), |e| *e as usize)];
            let root = u32::try_from(mean.nodes.len()).unwrap_or(u32::MAX);
            mean.roots.push(root);
            mean.nodes
                .extend(nodes.iter().map(|node| match node.column {
                    LEAF => Node {
                        value: share * node.value,
                        ..*node
                    },
                    _ => Node {
                        above: node.above - start + root,
                        ..*node
                    },
                }));
        }
    }
    mean
}
