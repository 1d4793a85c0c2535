"""Parquet by pyarrow: `make JSONL PARQUET`, or `copy IN OUT` row group by row group."""
import sys
import pyarrow as arrow, pyarrow.json, pyarrow.parquet as parquet

what, source, target = sys.argv[1:]
arrow.set_cpu_count(1)
arrow.set_io_thread_count(1)
if what == "make":
    table = pyarrow.json.read_json(source, pyarrow.json.ReadOptions(use_threads=False, block_size=1 << 24))
    parquet.write_table(table, target, row_group_size=10_000, compression="zstd")
else:
    file = parquet.ParquetFile(source)
    with parquet.ParquetWriter(target, file.schema_arrow, compression="zstd") as out:
        for batch in file.iter_batches(batch_size=10_000, use_threads=False):
            out.write_batch(batch)
