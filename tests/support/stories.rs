//! An invented newspaper.

/// Stories of the Keld Courier, each with the paper's frame round it.
pub(crate) const STORIES: &[(&str, &str, &str)] = &[
    (
        "Ferry sails again after a week of storms",
        "The ferry to the outer islands sailed on Monday morning for the first time in seven days, and its crew said the sea had rarely been so rough.",
        "Islanders met it at the quay with bread, because the shop had run out on Thursday, and a band played until the rain began again.",
    ),
    (
        "Council puts off sale of the old pier",
        "The council voted on Tuesday to put off the sale of the old pier by a year, after anglers had filled the gallery with their rods.",
        "The buyer, who wants to open a restaurant on the pier, said that a year was a long time for a building that stands in salt water.",
    ),
    (
        "School garden wins the county prize",
        "A garden behind the primary school has won the prize of the county, ahead of three parks and a castle with its own gardener.",
        "Pupils had planted beans between the roses, which the judges called a bold decision that paid for itself in the school kitchen.",
    ),
    (
        "Lighthouse keeper retires after forty winters",
        "The last keeper of the lighthouse on the northern rock has retired after forty winters, and nobody will take over the lamp from her.",
        "A computer has switched the lamp since spring, but she had kept climbing the stairs every evening to see whether it really did.",
    ),
    (
        "Bridge closed for a night while swans cross",
        "The police closed the bridge over the river for a whole night on Friday while a family of swans walked across it, one by one.",
        "Drivers waited without complaint, an officer reported, and several of them got out to hold back a dog that had other plans.",
    ),
];
