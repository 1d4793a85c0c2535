"""News as JSON lines: text to text, in containers, by workers, and memory."""
import filecmp, json, os, pathlib, shutil, subprocess, tempfile

import fetch, news
from measure import at_once, best, check, run
from pages import HERE, ROOT, target

# spaCy is what datatrove splits English into words with.
PEERS = ["datatrove", "regex", "spacy", "pyarrow"]


def main(options):
    if not options.bin:
        check("cargo", "build", "--release", "--quiet", cwd=ROOT)
    with tempfile.TemporaryDirectory() as folder:
        Bench(options, pathlib.Path(folder)).tables(options.only.split(","))


class Bench:
    def __init__(self, options, folder):
        self.rounds, self.folder = options.rounds, folder
        self.data = options.data or folder / "data"
        self.data.mkdir(parents=True, exist_ok=True)
        self.clean = options.bin.resolve() if options.bin else target(ROOT) / "clean"
        self.tools = {name: fetch.tool(name, folder / "tools") for name in ("rg", "jq", "zstd")}
        self.python = None if options.no_python else fetch.python(folder / "venv", *PEERS)
        self.mb, self.sample_mb = options.mb, options.sample_mb
        self.say_versions()

    def say_versions(self):
        ours = check(self.clean, "--version", stdout=subprocess.PIPE).strip()
        theirs = [fetch.version(path, "--version") for path in self.tools.values() if path]
        if self.python:
            theirs += [fetch.package(self.python, name) for name in PEERS]
        print("; ".join([ours, *theirs]))
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; the least of {self.rounds} rounds", flush=True)

    def tables(self, wanted):
        for name in wanted:
            getattr(self, name)()
            print(flush=True)

    # Data, made once.

    def made(self, name, make):
        path = self.data / name
        if not path.exists():
            unfinished = path.with_name("unfinished-" + name)
            make(unfinished)
            unfinished.rename(path)
        return path

    def news(self, mb):
        return self.made(f"news-{mb}.jsonl", lambda path: news.write(path, mb * 1_000_000))

    def phrases(self, name, ending=""):
        text = "".join(phrase + ending + "\n" for phrase in news.phrases())
        return self.made(name, lambda path: path.write_text(text, encoding="utf-8"))

    # What is measured.

    def cleaned(self, source, out, *more):
        """Cleans one file into another that is not there yet."""
        out = self.folder / out
        out.unlink(missing_ok=True)
        return [self.clean, "--profile", "english", "--quiet", source, "-o", out, *more]

    def one_core(self, *pipeline, **more):
        return best(self.rounds, lambda: run(*pipeline, cores=1, **more))

    def clean_one_core(self, source, out, *more):
        return best(self.rounds, lambda: run(self.cleaned(source, out, "--jobs", 1, *more), cores=1))

    def text(self):
        source = self.news(self.mb)
        rows = []
        if self.tools["rg"]:
            never = self.phrases("phrases-never.txt", " zq")
            search = [self.tools["rg"], "-j1", "-c", "-i", "-F", "-f"]
            rows.append(row("rg, as many phrases, none of them there", source, self.one_core([*search, never, source], fine=(0, 1))))
            rows.append(row("rg, the packs' own, a line left at the first", source, self.one_core([*search, self.phrases("phrases.txt"), source], fine=(0, 1))))
        rows.append(row("clean --slim", source, self.clean_one_core(source, "out.jsonl", "--slim")))
        rows.append(row("clean, with the record", source, self.clean_one_core(source, "out.jsonl")))
        if self.python:
            rows += self.python_rows()
        show(f"text: {self.mb} MB, one core, {len(news.phrases())} phrases; MB/s of CPU time", rows)

    def python_rows(self):
        sample, peers = self.news(self.sample_mb), HERE / "peers"
        hand = [self.python, peers / "by_hand.py", sample, self.folder / "hand.jsonl", self.phrases("phrases.txt")]
        yield row("Python: str.replace and regexes", sample, self.one_core(hand))
        answer = check(self.python, peers / "datatrove_filters.py", sample, self.rounds, stdout=subprocess.PIPE)
        for line in answer.splitlines():
            found = json.loads(line)
            yield f"datatrove {found['name']} filter", sample.stat().st_size / 1e6 / found["seconds"], 0

    def zstd(self):
        if not self.tools["zstd"]:
            return
        plain = self.news(self.mb)
        packed = self.made(f"news-{self.mb}.jsonl.zst", lambda path: check(self.tools["zstd"], "-q", plain, "-o", path))
        unpack, pack = [self.tools["zstd"], "-dcq", packed], [self.tools["zstd"], "-qc"]
        rows = []
        if self.tools["jq"]:
            rows.append(row("zstdcat | jq -c . | zstd", plain, self.one_core(unpack, [self.tools["jq"], "-c", "."], pack, out=self.folder / "jq.zst")))
        rows.append(row("zstdcat | zstd", plain, self.one_core(unpack, pack, out=self.folder / "cat.zst")))
        rows.append(row("clean --slim", plain, self.clean_one_core(packed, "out.jsonl.zst", "--slim")))
        show("JSONL.zst to JSONL.zst, one core; MB/s of CPU time, unpacked", rows)

    def parquet(self):
        if not self.python:
            return
        plain, script = self.news(self.mb), HERE / "peers" / "parquet.py"
        packed = self.made(f"news-{self.mb}.parquet", lambda path: check(self.python, script, "make", plain, path))
        copied = self.folder / "copied.parquet"
        rows = [
            row("pyarrow, a copy of the rows", plain, self.one_core([self.python, script, "copy", packed, copied])),
            row("clean --slim", plain, self.clean_one_core(packed, "out.parquet", "--slim")),
            row("clean, with the record", plain, self.clean_one_core(packed, "out.parquet")),
        ]
        show("Parquet to Parquet, one core; MB/s of CPU time, as JSON lines", rows)

    def workers(self):
        source = self.news(self.mb)
        cost = lambda jobs: best(self.rounds, lambda: run(self.cleaned(source, f"by-{jobs}.jsonl", "--slim", "--jobs", jobs)))
        one, two = cost(1), cost(2)
        # What the machine gives at most: two that have nothing to do with each other.
        beside = lambda: at_once(*(self.cleaned(source, f"beside-{n}.jsonl", "--slim", "--jobs", 1) for n in range(2)))
        limit = best(self.rounds, beside)
        size = source.stat().st_size / 1e6
        same = filecmp.cmp(self.folder / "by-1.jsonl", self.folder / "by-2.jsonl", shallow=False)
        print(f"workers, {self.mb} MB; MB/s on the clock")
        print(f"  one {size / one.clock:.1f}, two {size / two.clock:.1f}: {one.clock / two.clock:.2f}x")
        print(f"  two runs beside each other, the most this machine gives: {2 * one.clock / limit.clock:.2f}x")
        print(f"  CPU time of two as a multiple of one: {two.cpu / one.cpu:.2f}x; outputs {'identical' if same else 'DIFFER'}")

    def memory(self):
        small, large = self.news(self.mb // 10), self.news(self.mb)
        huge = self.made(f"news-{self.mb}-tenfold.jsonl", lambda path: repeat(large, path, 10))
        print("peak memory, all cores")
        least = None
        for times, source in ((1, small), (10, large), (100, huge)):
            peak = run(self.cleaned(source, "out.jsonl", "--slim")).peak / 1e6
            least = least or peak
            print(f"  {times:>3} x {self.mb // 10} MB: {peak:7.1f} MB  {peak / least:5.2f}x")


def repeat(source, target, times):
    with open(target, "wb") as out:
        for _ in range(times):
            with open(source, "rb") as part:
                shutil.copyfileobj(part, out, 1 << 20)


def row(name, source, cost):
    return name, source.stat().st_size / 1e6 / cost.cpu, cost.peak


def show(title, rows):
    print(title)
    for name, speed, peak in rows:
        memory = f"{peak / 1e6:7.0f} MB held" if peak else ""
        print(f"  {name:46} {speed:8.2f} MB/s {speed / rows[0][1]:7.3f}x {memory}")
