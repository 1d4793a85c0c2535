"""Text through the chain in memory: which plugin the time goes to."""
import json, pathlib, subprocess, tempfile

import news
from measure import check
from pages import HERE, ROOT, target


def texts(folder, size):
    """Invented news, an article a file."""
    writer, number, left = news.Writer(7), 0, size
    while left > 0:
        text = writer.article(number)["text"]
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
        number, left = number + 1, left - len(text)


def main(options):
    check("cargo", "build", "--release", cwd=ROOT)
    check("cargo", "build", "--release", "--no-default-features", "--bin", "chain", cwd=HERE)
    plugins = options.plugins or target(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        source = options.texts or pathlib.Path(folder)
        if not options.texts:
            texts(source, options.mb * 1_000_000)
        command = [target(HERE) / "chain", source.resolve(), plugins, ROOT / "config", options.rounds]
        rows = [json.loads(line) for line in check(*command, stdout=subprocess.PIPE).splitlines()]
    about = rows.pop(0)
    print(f"{about['documents']} texts, {about['bytes'] / 1e6:.1f} MB, one thread")
    for row in rows:
        micros = row["seconds"] * 1e6 / about["documents"]
        speed = about["bytes"] / 1e6 / max(row["seconds"], 1e-9)
        print(f"{row['name']:16} {speed:8.1f} MB/s  {micros:7.2f} µs a text")
