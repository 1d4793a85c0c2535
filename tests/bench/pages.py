"""From a page to its article, beside the programs that do the same."""
import json, pathlib, subprocess, tempfile

import fetch
from measure import check

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEERS = ["trafilatura", "resiliparse"]
# The version of lxml that pip takes has lost a part that trafilatura needs.
PARTS = ["lxml_html_clean"]


def target(folder):
    meta = check("cargo", "metadata", "--no-deps", "--format-version=1", cwd=folder, stdout=subprocess.PIPE)
    return pathlib.Path(json.loads(meta)["target_directory"]) / "release"


def rust(pages, rounds):
    check("cargo", "build", "--release", cwd=ROOT)
    check("cargo", "build", "--release", cwd=HERE)
    return check(target(HERE) / "cleancopy-bench", pages, target(ROOT), ROOT / "config", rounds, stdout=subprocess.PIPE)


def python(pages, rounds):
    with tempfile.TemporaryDirectory() as folder:
        interpreter = fetch.python(folder, *PEERS, *PARTS)
        timer = HERE / "peers" / "pages.py"
        return "".join(check(interpreter, timer, name, pages, rounds, stdout=subprocess.PIPE) for name in PEERS)


def main(options):
    pages = options.pages.resolve()
    rows = [json.loads(line) for line in rust(pages, options.rounds).splitlines()]
    about = rows.pop(0)
    if not options.no_python:
        rows += [json.loads(line) for line in python(pages, options.rounds).splitlines()]
    bare = rows[0]["seconds"]
    print(f"{about['pages']} pages, {about['bytes'] / 1e6:.1f} MB; throughput, and as a multiple of the bare parse")
    for row in sorted(rows, key=lambda row: row["seconds"]):
        speed = about["bytes"] / 1e6 / row["seconds"]
        print(f"{row['name']:26} {speed:7.1f} MB/s  {bare / row['seconds']:5.2f}x  {row['out'] / 1e6:6.2f} MB out")
