"""Cleaning as people write it: str.replace and regexes: IN OUT PHRASES."""
import json, re, sys

phrases = open(sys.argv[3], encoding="utf-8").read().splitlines()
patterns = [
    (r"(?im)^by [a-z]+ [a-z]+$", ""),
    (r"(?im)^(published|updated|last modified):? .*$", ""),
    (r"(?im)^(read more|see also|related)\b.*$", ""),
    (r"(?im)^.*\b(sign up|subscribe|newsletter)\b.*$", ""),
    (r"(?im)^.*\b(cookies|privacy policy)\b.*$", ""),
    (r"(?im)^(photo|image|picture) ?(by|:).*$", ""),
    (r"(?i)&(amp|nbsp|quot|#39);", " "),
    (r"[ \t]+", " "),
    (r"\n{2,}", "\n"),
]
with open(sys.argv[1], encoding="utf-8") as lines, open(sys.argv[2], "w", encoding="utf-8") as out:
    for line in lines:
        record = json.loads(line)
        text = record["text"]
        for phrase in phrases:
            text = text.replace(phrase, "")
        for pattern, by in patterns:
            text = re.sub(pattern, by, text)
        record["text"] = text
        out.write(json.dumps(record, ensure_ascii=False) + "\n")
