//! Parquet in and out, and from other containers.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{
    Array, ArrayRef, Int64Array, LargeStringArray, ListArray, RecordBatch, StringArray,
};
use arrow_schema::{Field, Schema};
use cleancopy_corpus::{Fields, Task};
use cleancopy_model::{Category, EditList, Target};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use support::{Run, article, clean_article, reads_on_from_every_batch};

/// A table with a text in the middle, a list behind it, and metadata.
fn table(run: &Run, name: &str, rows: usize, texts: ArrayRef) -> PathBuf {
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..rows as i64));
    let tags = (0..rows).map(|row| Some(vec![Some(row as i64), None]));
    let tags: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Int64Type, _, _>(tags));
    let schema = Schema::new(vec![
        Field::new("id", ids.data_type().clone(), false),
        Field::new("text", texts.data_type().clone(), true),
        Field::new("tags", tags.data_type().clone(), true),
    ]);
    let about = HashMap::from([("made by".to_owned(), "a crawler".to_owned())]);
    let schema = Arc::new(schema.with_metadata(about));
    let batch = RecordBatch::try_new(Arc::clone(&schema), vec![ids, texts, tags]).unwrap();
    let pandas = KeyValue::new("pandas".to_owned(), "{}".to_owned());
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_key_value_metadata(Some(vec![pandas]))
        .set_max_row_group_row_count(Some(1000));
    let path = run.path(name);
    let file = File::create(&path).unwrap();
    let mut writer = ArrowWriter::try_new(file, schema, Some(properties.build())).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    path
}

fn articles(rows: usize) -> ArrayRef {
    Arc::new(StringArray::from_iter_values((0..rows).map(article)))
}

fn read(path: &Path) -> RecordBatch {
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let schema = Arc::clone(builder.schema());
    let batches: Vec<RecordBatch> = builder.build().unwrap().map(Result::unwrap).collect();
    arrow_select::concat::concat_batches(&schema, &batches).unwrap()
}

fn json_lines(bytes: &[u8]) -> Vec<serde_json::Value> {
    let lines = std::str::from_utf8(bytes).unwrap().lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn every_other_column_stays_and_so_does_the_metadata() {
    let mut run = Run::new();
    let input = table(&run, "a.parquet", 2500, articles(2500));
    let ran = run.clean_by_several(&input, "a.parquet");
    let (before, after) = (read(&input), read(&ran.path));
    assert_eq!(after.schema(), before.schema());
    assert_eq!(after.column(0), before.column(0));
    assert_eq!(after.column(2), before.column(2));
    let texts = after.column(1).as_string::<i32>();
    assert!((0..2500).all(|row| texts.value(row) == clean_article(row)));
    let written = ParquetRecordBatchReaderBuilder::try_new(File::open(&ran.path).unwrap()).unwrap();
    let metadata = written.metadata();
    let pairs = metadata.file_metadata().key_value_metadata().unwrap();
    assert!(pairs.iter().any(|pair| pair.key == "pandas"));
    assert_eq!(
        pairs
            .iter()
            .filter(|pair| pair.key == "ARROW:schema")
            .count(),
        1
    );
    assert_eq!(
        metadata.row_group(0).column(1).compression(),
        Compression::SNAPPY
    );
    assert!(ran.failures.is_empty() && ran.litter.is_empty());
}

#[test]
fn what_happened_is_a_column_of_json() {
    let mut run = Run::new();
    run.slim = false;
    let texts: ArrayRef = Arc::new(LargeStringArray::from_iter_values((0..3).map(article)));
    let input = table(&run, "a.parquet", 3, texts);
    let ran = run.clean(&input, "a.parquet");
    let after = read(&ran.path);
    assert_eq!(
        after.schema().field(1),
        read(&input).schema().field(1),
        "still a large text"
    );
    let about = after
        .column_by_name("cleancopy")
        .unwrap()
        .as_string::<i32>()
        .value(2)
        .to_owned();
    let about: serde_json::Value = serde_json::from_str(&about).unwrap();
    assert_eq!(about["removed"][0]["rule"], "ad/label");
    let twice = run.path("b.parquet");
    std::fs::copy(&ran.path, &twice).unwrap();
    assert_eq!(
        read(&run.clean(&twice, "b.parquet").path).schema(),
        after.schema()
    );
}

#[test]
fn bad_rows_cost_themselves() {
    let run = Run::new();
    let texts: ArrayRef = Arc::new(StringArray::from(vec![
        Some("Keld"),
        None,
        Some("Refused"),
        Some("Pier"),
    ]));
    let input = table(&run, "a.parquet", 4, texts);
    let ran = run.clean(&input, "a.parquet");
    let after = read(&ran.path);
    assert_eq!(
        after.column(0).as_primitive::<Int64Type>().values(),
        &[0, 3]
    );
    assert_eq!(after.column(1).as_string::<i32>().value(1), "Pier");
    assert_eq!(
        after
            .column(2)
            .as_list::<i32>()
            .value(1)
            .as_primitive::<Int64Type>()
            .value(0),
        3
    );
    let reasons: Vec<&str> = ran
        .failures
        .iter()
        .map(|f| f["reason"].as_str().unwrap())
        .collect();
    assert_eq!(reasons, ["the row has no text", "this one is refused"]);
    assert_eq!(ran.failures[1]["text"], "Refused");
}

#[test]
fn a_file_that_cannot_be_read_leaves_nothing() {
    let run = Run::new();
    let input = table(&run, "a.parquet", 300, articles(300));
    let bytes = std::fs::read(&input).unwrap();
    std::fs::write(&input, &bytes[..bytes.len() - 10]).unwrap();
    let failure = &run.clean(&input, "a.parquet").failures[0];
    assert!(
        failure["reason"].as_str().unwrap().contains("cut off"),
        "{failure}"
    );
    // The table of contents is good, what it tells of is not.
    let mut broken = bytes.clone();
    broken[100..2000].fill(0xff);
    std::fs::write(&input, &broken).unwrap();
    let ran = run.clean(&input, "a.parquet");
    assert_eq!((ran.output, ran.tally.broken), (None, 1));
    assert!(ran.litter.is_empty(), "{:?}", ran.litter);
    // Whatever is wrong with it, the run goes on.
    for place in (4..bytes.len()).step_by(bytes.len() / 60) {
        let mut broken = bytes.clone();
        let end = (place + 6).min(broken.len());
        broken[place..end].fill(0x7f);
        std::fs::write(&input, &broken).unwrap();
        run.clean(&input, "a.parquet");
    }
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(0..3));
    let input = table(&run, "b.parquet", 3, numbers);
    let failure = &run.clean(&input, "b.parquet").failures[0];
    assert!(
        failure["reason"]
            .as_str()
            .unwrap()
            .contains("holds Int64, not text"),
        "{failure}"
    );
    let mut run = run;
    run.names.text = "body".to_owned();
    let failure = &run.clean(&input, "b.parquet").failures[0];
    assert!(
        failure["reason"]
            .as_str()
            .unwrap()
            .contains("(here are: id, text, tags)"),
        "{failure}"
    );
}

#[test]
fn row_groups_before_one_that_is_damaged_stay() {
    let mut run = Run::new();
    let input = table(&run, "a.parquet", 2500, articles(2500));
    let file = File::open(&input).unwrap();
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let texts = builder.metadata().row_group(2).column(1);
    let (start, length) = texts.byte_range();
    let mut bytes = std::fs::read(&input).unwrap();
    bytes[start as usize..(start + length) as usize].fill(0x7f);
    std::fs::write(&input, bytes).unwrap();
    let ran = run.clean_by_several(&input, "a.parquet");
    assert_eq!((ran.tally.documents, ran.tally.broken), (2000, 1));
    assert_eq!(read(&ran.path).num_rows(), 2000);
    let failure = &ran.failures[0];
    assert!(
        failure["place"].as_str().unwrap().ends_with(":2000"),
        "{failure}"
    );
}

#[test]
fn the_metadata_name_the_run() {
    let run = Run::new();
    let input = table(&run, "a.parquet", 3, articles(3));
    let lines = run.file("b.jsonl", b"{\"id\":1,\"text\":\"Keld\"}\n");
    for input in [&input, &lines] {
        let mut task = run.task(input, "out.parquet");
        let options = Arc::get_mut(&mut task.options).unwrap();
        options.digest = Some("f00d".to_owned());
        let mut sink = task.sink(None).unwrap();
        sink.finish().unwrap();
        task.publish().unwrap();
        let file = File::open(task.output.unwrap()).unwrap();
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let pairs = builder.metadata().file_metadata().key_value_metadata();
        let run = pairs
            .unwrap()
            .iter()
            .find(|pair| pair.key == "cleancopy.run");
        assert_eq!(run.unwrap().value.as_deref(), Some("f00d"));
    }
}

#[test]
fn a_run_can_go_on_behind_every_batch() {
    let run = Run::new();
    let input = table(&run, "a.parquet", 4000, articles(4000));
    reads_on_from_every_batch(&run.task(&input, "a.jsonl"));
}

#[test]
fn rows_become_json_lines() {
    let mut run = Run::new();
    let input = table(&run, "a.parquet", 2500, articles(2500));
    let lines = json_lines(&run.clean_by_several(&input, "a.jsonl").output.unwrap());
    let wanted = serde_json::json!({"id": 7, "text": clean_article(7), "tags": [7, null]});
    assert_eq!((lines.len(), &lines[7]), (2500, &wanted));
}

#[test]
fn json_lines_become_a_table_and_lose_nothing() {
    let mut run = Run::new();
    let line = |row: usize| {
        let more = if row == 2999 {
            serde_json::json!({"late": [1]})
        } else {
            serde_json::json!(row)
        };
        serde_json::json!({"id": format!("n{row}"), "text": article(row), "n": row, "more": more})
    };
    let lines: String = (0..3000).map(|row| line(row).to_string() + "\n").collect();
    let input = run.file("a.jsonl.gz", lines.as_bytes());
    let ran = run.clean_by_several(&input, "a.parquet");
    let table = read(&ran.path);
    assert_eq!(table.num_rows(), 3000);
    assert_eq!(
        table
            .column_by_name("n")
            .unwrap()
            .as_primitive::<Int64Type>()
            .value(2999),
        2999
    );
    let more = table.column_by_name("more").unwrap().as_string::<i32>();
    assert_eq!((more.value(1), more.value(2999)), ("1", r#"{"late":[1]}"#));
    let texts = table.column_by_name("text").unwrap().as_string::<i32>();
    assert!((0..3000).all(|row| texts.value(row) == clean_article(row)));
    assert!(ran.litter.is_empty(), "{:?}", ran.litter);
}

/// A stop after some batches, then the rest: as if there had been no stop.
#[test]
fn a_table_in_the_making_can_be_gone_on_with() {
    let run = Run::new();
    let lines: String = (0..4000)
        .map(|row| serde_json::json!({"id": row, "text": article(row)}).to_string() + "\n")
        .collect();
    let input = run.file("a.jsonl", lines.as_bytes());
    let whole = run.clean(&input, "a.parquet");
    let wanted = whole.output.unwrap();
    std::fs::remove_file(&whole.path).unwrap();
    let task = run.task(&input, "a.parquet");
    let (mut place, mut length) = (None, None);
    while place.is_none() || length.is_some_and(|_: u64| !whole.path.exists()) {
        let mut source = task.open().unwrap();
        if let Some(place) = place {
            source.skip_to(place).unwrap();
        }
        let mut sink = task.sink(length).unwrap();
        match source.next(Vec::new()).unwrap() {
            Some(batch) => {
                sink.write(lines_of(&task, &*batch)).unwrap();
                (place, length) = (Some(batch.end()), sink.checkpoint().unwrap());
            }
            None => {
                sink.finish().unwrap();
                task.publish().unwrap();
                task.publish().unwrap();
            }
        }
    }
    let table = read(&whole.path);
    assert_eq!(table.num_rows(), 4000);
    let texts = table.column_by_name("text").unwrap().as_string::<i32>();
    assert!((0..4000).all(|row| texts.value(row) == clean_article(row)));
    assert!(std::fs::read(&whole.path).unwrap() == wanted);
    assert_eq!(
        std::fs::read_dir(whole.path.parent().unwrap())
            .unwrap()
            .count(),
        1
    );
}

/// A batch as the encoder writes it, each text cleaned by taking the noise out.
fn lines_of(task: &dyn Task, batch: &dyn cleancopy_corpus::Batch) -> cleancopy_corpus::Chunk {
    let mut encoder = task.encoder();
    encoder.begin(batch);
    batch.each(&mut |record| {
        let record = record.unwrap();
        assert!(matches!(record.fields, Fields::Json(_)));
        let cleancopy_corpus::Body::Text(text) = &record.body else {
            panic!("not a text");
        };
        let mut document = cleancopy_model::Document::from_text("", text.as_ref());
        let mut list = EditList::new();
        list.remove(Target::block(1), "ad/label", Category::Share);
        document.apply("test", &list).unwrap();
        let profile = "test";
        let cleaned = cleancopy_corpus::Cleaned {
            document: &document,
            profile,
        };
        encoder.add(&record, &cleaned).unwrap();
    });
    encoder.end().unwrap()
}
