//! Names of zones, months and days.

/// Zones by name; those that depend on the country or the season are known
/// but say no number.
pub(super) const ZONES: &[(&str, Option<i32>)] = &[
    ("GMT", Some(0)),
    ("UTC", Some(0)),
    ("Z", Some(0)),
    ("BST", Some(60)),
    ("CET", Some(60)),
    ("CEST", Some(120)),
    ("EST", Some(-300)),
    ("EDT", Some(-240)),
    ("CDT", Some(-300)),
    ("PST", Some(-480)),
    ("PDT", Some(-420)),
    ("AEST", Some(600)),
    ("AEDT", Some(660)),
    ("EET", Some(120)),
    ("EEST", Some(180)),
    ("WET", Some(0)),
    ("WEST", Some(60)),
    ("MSK", Some(180)),
    ("TRT", Some(180)),
    ("EAT", Some(180)),
    ("CAT", Some(120)),
    ("WAT", Some(60)),
    ("SAST", Some(120)),
    ("GST", Some(240)),
    ("PKT", Some(300)),
    ("NPT", Some(345)),
    ("BdST", Some(360)),
    ("ICT", Some(420)),
    ("WIB", Some(420)),
    ("SGT", Some(480)),
    ("HKT", Some(480)),
    ("PHT", Some(480)),
    ("MYT", Some(480)),
    ("JST", Some(540)),
    ("KST", Some(540)),
    ("ACST", Some(570)),
    ("AWST", Some(480)),
    ("NZST", Some(720)),
    ("NZDT", Some(780)),
    ("MDT", Some(-360)),
    ("ADT", Some(-180)),
    ("BRT", Some(-180)),
    ("IST", None),
    ("ET", None),
    ("CT", None),
    ("PT", None),
    ("CST", None),
];

/// The number of a month by its folded name or the start of it.
pub(super) fn month(folded: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is = |name: &&str| {
        folded.len() >= 3 && name.starts_with(folded) || folded == "sept" && **name == *"september"
    };
    (1..)
        .zip(&MONTHS)
        .find(|(_, name)| is(name))
        .map(|(number, _)| number)
}

/// Whether a folded word is a day of the week or the start of one.
pub(super) fn is_weekday(folded: &str) -> bool {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    folded.len() >= 3 && DAYS.iter().any(|day| day.starts_with(folded))
}
