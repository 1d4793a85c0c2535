//! Posts that have a line with their time, at the head or at the foot.

use cleancopy_plugin::prelude::*;
use cleancopy_text::{Day, TimeForm, TimeLine};

use crate::dates;
use crate::evidence;
use crate::headlines;
use crate::page::{Line, Role, is_machine_time};
use crate::plan::{Lift, Plan, Start, View};
use crate::settings::Times;

/// As few times make a page of posts, with and without other evidence.
const FEWEST_LIVE: usize = 2;
const FEWEST: usize = 3;

/// A line with a time.
#[derive(Clone, Copy)]
struct Mark<'v> {
    /// Index into the lines.
    at: usize,
    time: &'v TimeLine<'v>,
}

/// On which side of its post a time stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Side {
    Head,
    Foot,
}

pub(crate) fn plan(view: &View<'_, '_>) -> Plan {
    let all = marks(view.lines);
    let (marks, side) = deciding(view.lines, &all);
    let enough = if view.in_doubt() {
        marks.len() >= FEWEST && looks_like_posts(view.lines, &marks)
    } else {
        marks.len() >= FEWEST_LIVE
    };
    if !enough {
        return Plan::default();
    }
    let mut starts = match side {
        Side::Head => at_heads(view.lines, &marks),
        Side::Foot => after_feet(view.lines, &marks),
    };
    if !view.in_doubt() {
        starts.extend(untimed(view, marks.len()));
        starts.sort_by(|a, b| {
            a.block
                .cmp(&b.block)
                .then(b.confidence.total_cmp(&a.confidence))
        });
        starts.dedup_by_key(|start| start.block);
    }
    let lifts = lifts(view, &all, &marks, side);
    Plan {
        starts,
        lifts,
        ..Plan::default()
    }
}

/// Posts whose time got lost, but not their headline: on pages that have three
/// of them for five posts with a time.
fn untimed(view: &View<'_, '_>, timed: usize) -> Vec<Start> {
    let has_time = |at: usize| {
        view.lines[at.saturating_sub(2)..at]
            .iter()
            .any(|line| line.time().is_some())
    };
    let alone: Vec<usize> = headlines::regular(view.lines, |_, _| false)
        .into_iter()
        .filter(|&at| !has_time(at))
        .collect();
    if alone.len() * 5 < timed * 3 {
        return Vec::new();
    }
    alone
        .into_iter()
        .map(|at| headlines::start(&view.lines[at]))
        .collect()
}

fn marks<'v>(lines: &'v [Line<'_>]) -> Vec<Mark<'v>> {
    let mark = |(at, line): (usize, &'v Line<'_>)| line.time().map(|time| Mark { at, time });
    lines.iter().enumerate().filter_map(mark).collect()
}

/// The times that part the posts. Those of machines head their posts; times
/// of a change stand at the foot, beside a time of posting as a rule, and
/// count only where there is no other.
fn deciding<'v>(lines: &[Line<'_>], all: &[Mark<'v>]) -> (Vec<Mark<'v>>, Side) {
    let those = |keep: fn(&TimeLine<'_>) -> bool| -> Vec<Mark<'v>> {
        all.iter().copied().filter(|mark| keep(mark.time)).collect()
    };
    let machine = those(is_machine_time);
    if machine.len() >= FEWEST {
        return (machine, Side::Head);
    }
    let posted = without_page_date(those(|time| !time.change && !is_machine_time(time)));
    if posted.len() >= FEWEST_LIVE {
        let side = side(lines, &posted);
        return (posted, side);
    }
    (those(|time| time.change), Side::Foot)
}

/// Leaves out the date of the whole page, which stands before the posts and
/// says more than their times do.
fn without_page_date(mut marks: Vec<Mark<'_>>) -> Vec<Mark<'_>> {
    let dated = |mark: &Mark<'_>| mark.time.form == TimeForm::Dated;
    let alone = marks.iter().filter(|mark| dated(mark)).count() == 1;
    if alone && marks.len() > FEWEST && marks.first().is_some_and(dated) {
        marks.remove(0);
    }
    marks
}

/// Signatures stand at the foot, with the time at their end; names behind or
/// below the time mean that both are at the head.
fn side(lines: &[Line<'_>], marks: &[Mark<'_>]) -> Side {
    let is_name = |at: Option<usize>| {
        at.and_then(|at| lines.get(at))
            .is_some_and(|line| line.role == Role::Name)
    };
    let count = |test: &dyn Fn(&Mark<'_>) -> bool| marks.iter().filter(|mark| test(mark)).count();
    let named_before = |mark: &Mark<'_>| mark.time.name.start == 0 && mark.time.byline().is_some();
    let signed = count(&|mark| named_before(mark) || is_name(mark.at.checked_sub(1)));
    let named_below = count(&|mark| mark.time.name.start > 0 || is_name(Some(mark.at + 1)));
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else {
        return Side::Head;
    };
    let opens_page = !lines[..first.at].iter().any(Line::is_text);
    // Where posts are empty, the last one may be, too.
    let empty = marks
        .windows(2)
        .any(|pair| !lines[pair[0].at..pair[1].at].iter().any(Line::is_text));
    let closes_page = !empty && !lines[last.at..].iter().any(Line::is_text);
    let foot = closes_page || signed * 2 >= marks.len();
    if foot && !opens_page && named_below * 2 < marks.len() {
        Side::Foot
    } else {
        Side::Head
    }
}

/// Whether times that nothing else speaks for are those of posts, and not of
/// a timetable, a programme or a recording.
fn looks_like_posts(lines: &[Line<'_>], marks: &[Mark<'_>]) -> bool {
    let recording = marks.iter().any(|mark| mark.time.is_timecode());
    let posts = || marks.windows(2).map(|pair| &lines[pair[0].at..pair[1].at]);
    let filled = posts()
        .filter(|post| post.iter().any(Line::is_text))
        .count();
    let told = posts()
        .filter(|post| post.iter().any(Line::is_sentence))
        .count();
    // A bare time of day is also how timetables write.
    let vague = marks.iter().all(|mark| mark.time.form == TimeForm::Clock);
    let reads = filled * 2 >= marks.len() - 1 && (!vague || told * 4 >= marks.len() - 1);
    reads && told > 0 && !recording && !is_schedule(marks) && runs_one_way(marks)
}

/// Programmes begin on the hour or at five past; news does not.
fn is_schedule(marks: &[Mark<'_>]) -> bool {
    let clocks = marks
        .iter()
        .filter(|mark| mark.time.form == TimeForm::Clock);
    let minutes: Vec<u32> = clocks.filter_map(|mark| mark.time.minutes()).collect();
    let round = minutes.iter().filter(|&&minutes| minutes % 5 == 0).count();
    !minutes.is_empty() && round * 5 >= minutes.len() * 4
}

/// Posts stand in the order of their times, or against it, but for a few.
fn runs_one_way(marks: &[Mark<'_>]) -> bool {
    let minutes: Vec<u32> = marks
        .iter()
        .filter_map(|mark| mark.time.minutes())
        .collect();
    let steps = minutes.len().saturating_sub(1);
    let up = minutes.windows(2).filter(|pair| pair[0] <= pair[1]).count();
    let down = minutes.windows(2).filter(|pair| pair[0] >= pair[1]).count();
    up.max(down) * 10 >= steps * 7
}

/// A post starts at its time, or at the headline above the time on a page
/// that has its headlines there. A post that stands twice counts once.
fn at_heads(lines: &[Line<'_>], marks: &[Mark<'_>]) -> Vec<Start> {
    let is_headline = |at: usize| {
        lines
            .get(at)
            .is_some_and(|line| line.role == Role::Headline)
    };
    let above =
        |mark: &&Mark<'_>| mark.at > 0 && is_headline(mark.at - 1) && !is_headline(mark.at + 1);
    let headlines_above = marks.iter().filter(above).count() * 10 >= marks.len() * 7;
    let mut starts = Vec::with_capacity(marks.len());
    let mut before: &[Line<'_>] = &[];
    for (index, mark) in marks.iter().enumerate() {
        let end = marks.get(index + 1).map_or(lines.len(), |next| next.at);
        let post = &lines[mark.at..end];
        if !same_text(before, post) {
            let at = if headlines_above && above(&mark) {
                mark.at - 1
            } else {
                mark.at
            };
            starts.push(start(&lines[at], 0.97));
        }
        before = post;
    }
    starts
}

fn same_text(a: &[Line<'_>], b: &[Line<'_>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.text == b.text)
}

/// A post starts below the time of the one above. The first one starts at the
/// first headline below a paragraph of the lead, or below the line that sends
/// the reader to the posts.
fn after_feet(lines: &[Line<'_>], marks: &[Mark<'_>]) -> Vec<Start> {
    let Some(first) = marks.first() else {
        return Vec::new();
    };
    let sends = |line: &Line<'_>| evidence::text_is_live(line.text);
    let lead = lines[..first.at].iter().rposition(sends);
    let lead = lead.or_else(|| lines[..first.at].iter().position(Line::is_sentence));
    let headline = |from: usize| (from..first.at).find(|&at| lines[at].role == Role::Headline);
    let mut starts: Vec<_> = lead
        .and_then(headline)
        .map(|at| start(&lines[at], 0.8))
        .into_iter()
        .collect();
    for pair in marks.windows(2) {
        let mut post = lines[pair[0].at + 1..pair[1].at]
            .iter()
            .skip_while(|line| line.time().is_some());
        starts.extend(post.next().map(|line| start(line, 0.95)));
    }
    starts
}

fn start(line: &Line<'_>, confidence: f64) -> Start {
    Start {
        block: line.block,
        confidence,
        rule: "split-liveblog/time",
    }
}

/// What the times say about their posts. `marks` are those of `all` that
/// decided. A time that stays in the body gives its metadata all the same: its
/// lift has an empty range.
fn lifts(view: &View<'_, '_>, all: &[Mark<'_>], marks: &[Mark<'_>], side: Side) -> Vec<Lift> {
    let decided = |mark: &Mark<'_>| marks.binary_search_by_key(&mark.at, |m| m.at);
    let days = days(view, all, marks, side);
    let leaves = |mark: &Mark<'_>, decided: bool| match view.settings.times {
        Times::Keep => false,
        Times::Lift => true,
        Times::Trailing => is_machine_time(mark.time) || side == Side::Foot || !decided,
    };
    let mut lifts = Vec::new();
    for mark in all {
        let post = decided(mark).ok();
        let leaves = leaves(mark, post.is_some());
        if !leaves && post.is_none() {
            continue;
        }
        let day = post.and_then(|post| days[post]);
        let found = lift(view.lines[mark.at].block, mark.time, day);
        lifts.extend(found.map(|lift| match leaves {
            true => lift,
            false => Lift {
                range: 0..0,
                ..lift
            },
        }));
    }
    lifts
}

/// The day of each of `marks`, as far as the page tells it.
fn days<'v>(
    view: &View<'_, '_>,
    all: &[Mark<'v>],
    marks: &[Mark<'v>],
    side: Side,
) -> Vec<Option<Day>> {
    let time = |(index, mark): (usize, &Mark<'v>)| {
        let (from, to) = match side {
            Side::Head => (
                mark.at,
                marks.get(index + 1).map_or(usize::MAX, |next| next.at),
            ),
            Side::Foot => (
                index.checked_sub(1).map_or(0, |last| marks[last].at),
                mark.at,
            ),
        };
        let inside = all[all.partition_point(|m| m.at < from)..].iter();
        let mut inside = inside
            .take_while(|m| m.at <= to)
            .filter(|m| m.at != mark.at);
        let change = inside.find(|m| m.time.change).map(|m| m.time);
        dates::Time {
            line: mark.time,
            change,
        }
    };
    let times: Vec<_> = marks.iter().enumerate().map(time).collect();
    // The date of the page itself stands above the posts.
    let first = marks.first().map_or(0, |mark| mark.at);
    let above = all.iter().take_while(|mark| mark.at < first);
    let above = above.filter_map(|mark| mark.time.day()).next();
    dates::days(&times, view.published.or(above))
}

/// The name and the time of a line, which together are all of it.
fn lift(block: usize, time: &TimeLine<'_>, day: Option<Day>) -> impl Iterator<Item = Lift> + use<> {
    let name = time.byline().map(|name| Lift {
        block,
        range: time.name.clone(),
        key: "byline",
        value: name.strip_prefix("By ").unwrap_or(name).to_owned(),
        inferred: false,
        rule: "split-liveblog/byline",
        category: Category::Byline,
    });
    let own = time.iso8601();
    let filled = day.and_then(|day| time.on(day));
    let time = Lift {
        block,
        range: if time.name.start == 0 {
            time.name.end..time.line.len()
        } else {
            0..time.name.start
        },
        key: if time.change { "modified" } else { "published" },
        inferred: filled.is_some() && filled != own,
        value: filled.or(own).unwrap_or_else(|| time.written().to_owned()),
        rule: "split-liveblog/time",
        category: Category::Timestamp,
    };
    name.into_iter().chain([time])
}
