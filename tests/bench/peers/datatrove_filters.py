"""Times datatrove's C4 and Gopher filters on JSON lines: FILE ROUNDS."""
import json, sys, time
from datatrove.data import Document
from datatrove.pipeline.filters import C4QualityFilter, GopherQualityFilter

records = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
for name, kind in (("C4", C4QualityFilter), ("Gopher", GopherQualityFilter)):
    best = float("inf")
    for _ in range(int(sys.argv[2])):
        # The filters change what they judge, and the first call loads a tokenizer.
        judge = kind()
        judge.filter(Document(text=records[0]["text"], id="first"))
        documents = [Document(text=record["text"], id=record["id"]) for record in records]
        start = time.process_time()
        for document in documents:
            judge.filter(document)
        best = min(best, time.process_time() - start)
    print(json.dumps({"name": name, "seconds": best}))
