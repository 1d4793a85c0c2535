"""Times a Python extractor on a folder of pages: NAME PAGES ROUNDS."""
import gzip, json, pathlib, sys, time
name, folder, rounds = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
read = lambda p: gzip.open(p).read() if p.suffix == ".gz" else p.read_bytes()
pages = [read(p).decode("utf-8", "replace") for p in sorted(folder.iterdir())]
if name == "trafilatura":
    import trafilatura; run = lambda html: trafilatura.extract(html) or ""
else:
    from resiliparse.extract.html2text import extract_plain_text
    run = lambda html: extract_plain_text(html, main_content=True)
best, out = float("inf"), 0
for _ in range(rounds):
    start = time.process_time(); out = sum(len(run(html)) for html in pages)
    best = min(best, time.process_time() - start)
print(json.dumps({"name": name + " (PyPI)", "seconds": best, "out": out}))
