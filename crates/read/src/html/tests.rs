//! Blocks of HTML, on invented text.

use super::*;

/// Blocks as `kind text`, a `+` before those that follow closely.
fn shown(html: &str) -> Vec<String> {
    let show = |b: HtmlBlock| {
        let close = if b.close { "+" } else { "" };
        format!("{close}{} {}", b.kind, b.text)
    };
    html_blocks(html).into_iter().map(show).collect()
}

#[test]
fn elements_make_blocks_and_inline_elements_keep_their_spaces() {
    let html = "<h2>The <i>pier</i></h2>\n<p>So<b>ld</b> &amp; <a href=x>gone</a> \n today.</p>tail\
                <ul><li>a<li><p>b</p><p>c</p></ul><blockquote><p>q1</p><p>q2</p></blockquote>\
                <figure><img alt=no><figcaption>cap</figcaption></figure>";
    let expected = [
        "heading The pier",
        "paragraph Sold & gone today.",
        "paragraph tail",
        "list-item a",
        "+list-item b",
        "paragraph c",
        "quote q1",
        "quote q2",
        "caption cap",
    ];
    assert_eq!(shown(html), expected);
}

#[test]
fn line_breaks_cut_text_but_no_heading() {
    let html = "<p>one<br>two<br/><br/>three</p><h3>a<br>b</h3><pre>x\n\n  y</pre>";
    let expected = [
        "paragraph one",
        "+paragraph two",
        "paragraph three",
        "heading a b",
        "code x",
        "code   y",
    ];
    assert_eq!(shown(html), expected);
}

#[test]
fn tables_of_values_are_rows_and_tables_of_paragraphs_are_not() {
    let data = "<table><tr><th>Tide</th><th>m</th></tr><tr><td>High<td>5.1</table>";
    assert_eq!(shown(data), ["table-row Tide | m", "+table-row High | 5.1"]);
    let layout = "<table><tr><td><p>a</p></td><td>b</td></tr></table>";
    assert_eq!(shown(layout), ["paragraph a", "paragraph b"]);
}

#[test]
fn what_nobody_sees_is_dropped_and_what_scripts_hide_is_not() {
    let html = "a<script>x</script><style>y</style><!-- c -->\
                <noscript><p>poll <noscript>z</p></noscript>b<video>no film</video>";
    assert_eq!(
        shown(html),
        [
            "paragraph a",
            "paragraph poll",
            "paragraph z",
            "paragraph b"
        ]
    );
}

#[test]
fn text_without_paragraphs_is_parted_by_blank_lines() {
    assert_eq!(
        shown("a\nb <b>c</b>\n\n \nd < e && f"),
        ["paragraph a b c", "paragraph d < e && f"]
    );
    assert_eq!(shown("<p>a\n\nb</p>"), ["paragraph a b"]);
    assert_eq!(
        html_line("The <i>Ida\n\n</i>&mdash; <q>sunk</q>"),
        "The Ida — “sunk”"
    );
}

#[test]
fn html_that_is_cut_off_or_broken_is_read_as_far_as_it_goes() {
    assert_eq!(
        shown("<p>one <b>two</p><p>thr<a hr"),
        ["paragraph one two", "paragraph thr"]
    );
    assert_eq!(shown("</p></td>x<td>y"), ["paragraph x", "paragraph y"]);
    assert_eq!(html_blocks(&"<b><div>".repeat(3000)), []);
    for kind in [
        "<blockquote class=twitter-tweet>",
        "<table>",
        "&#0;",
        "<q>",
        "<",
    ] {
        html_blocks(kind);
    }
}
