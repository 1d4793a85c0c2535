"""Invented news articles with the noise that extractors leave, as JSON lines.

The same numbers give the same bytes on every machine: all chance comes from
random.Random(seed).random(), the one method whose sequence Python promises to
keep. The noise is what the packs' own rules say they remove.
"""
import functools, json, pathlib, random, re, tomllib

PACKS = pathlib.Path(__file__).resolve().parents[2] / "config" / "packs"

FIRST = "Ada Alan Amira Anders Beth Bruno Carla Cedric Dana Dmitri Edith Elena Farid Fiona Gwen Hamid Hugo Ines Irene Jamal Joan Karim Kofi Lena Lucia Marek Mina Nadia Noel Olga Omar Pavel Petra Quentin Rosa Ruth Samir Selma Tariq Una Viktor Wanda Yara Zoe".split()
LAST = "Abara Aldous Barrow Bexley Calder Corran Dray Dunmore Eastham Ferris Fonseca Garrick Gould Halden Harrow Ivanek Jarvis Kessler Kirkby Lindqvist Lorne Maddox Marchetti Nakata Norrell Oakes Okoro Pell Pryce Quill Ravenna Rourke Sandford Sorrell Tallis Thorne Ueda Vance Varga Whitlow Wren Yarrow Zeller".split()
PLACES = "Keld Sandhaven Lowfield Port Ansel|Westmere|Northgate|Carrow Bay|Eldham|Fenwick Cross|Graystone|Hollin Ferry|Ironbridge Quay|Kingsmoor|Larkhill|Marlow Sound|Newbrook|Ostrava Bridge|Pennard|Quarrington|Redcliff|Saltburn Head|Tarn Valley|Upper Wick|Vellmouth|Wexcombe|Yarnside".replace("Keld Sandhaven Lowfield ", "Keld|Sandhaven|Lowfield|").split("|")
BODIES = "city council|harbour board|transport ministry|national grid|water company|central bank|teachers' union|regional court|coast guard|health service|planning committee|statistics office|fire service|port authority|farmers' association|electoral commission|research institute|housing trust|rail operator|football federation".split("|")
ROLES = "mayor|chief executive|spokeswoman|spokesman|chair|economist|head of research|union leader|local councillor|finance minister|lead scientist|coach|shop owner|resident|police inspector|opposition leader|lawyer|engineer".split("|")
THINGS = "bridge|budget|contract|fishing quota|hospital wing|ferry service|tax plan|power station|flood barrier|school programme|railway line|housing project|merger|trade deal|water treatment plant|wage agreement|wind farm|stadium|airport extension|pension reform|vaccine trial|climate report|border crossing|mobile network|heritage site".split("|")
WORDS = "long-awaited|controversial|temporary|ambitious|costly|modest|revised|unexpected|joint|emergency|regional|public|private|independent|two-year|nationwide|early|final|detailed|cautious".split("|")
DEEDS = "approved|rejected|postponed|reviewed|defended|criticised|welcomed|announced|suspended|completed|questioned|inspected|financed|redesigned|inherited|abandoned".split("|")
PLANS = "cut costs|hire staff|repair the damage|reopen the inquiry|raise wages|lower the fees|publish the figures|extend the deadline|protect the shoreline|consult residents|train volunteers|replace the old equipment|invite new bids|restore the service|reduce emissions".split("|")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()

OPENERS = ["", "", "", "", "", "", "However, ", "In the meantime, ", "On {day}, ", "By the end of the week, ", "According to a report published in {month}, ", "Despite the delay, ", "Last year, ", "For the first time since {year}, ", "After a vote in {place}, ", "In a statement on {day}, "]
SUBJECTS = ["the {body}", "the {body} in {place}", "{name}, the {role} of the {body},", "a {word} {thing}", "people in {place}", "officials from the {body}", "the {role}", "more than {number} households", "{last}", "the {thing} near {place}", "critics of the {thing}", "companies from {place} and {place}", "the government", "{name}"]
VERBS = ["{deed} the {thing}", "{deed} a {word} {thing} worth {money}", "said it would {plan} before {month}", "has yet to {plan}", "will have to {plan} and {plan}", "called the {thing} a {word} step", "lost {percent} of its income", "{deed} the decision of the {body}", "agreed with the {body} to {plan}", "is expected to {plan} by {year}", "spent {money} on the {thing}", "warned that the {thing} could fail to {plan}", "asked the {body} for {money}", "found that {percent} of those who were asked wanted to {plan}", "described the {thing} as {word} and {word}", "went to {place} to see how others {deed} a {thing}"]
TAILS = ["", "", "", ", although the {body} had {deed} it in {year}", " while the {thing} was closed for repairs", ", according to figures from the {body}", " in order to {plan}", ", up from {percent} a year earlier", ", the {role} said", " without a debate", " after {number} letters from residents of {place}", ", and the {body} did not say when it would {plan}", ", said {name} of the {body}", " as prices rose by {percent}", " with the help of a {word} loan"]
QUOTES = ["We have waited {years} years to {plan}, and nobody can say that the {thing} was {word}", "It is a {word} day for {place}", "I do not think that the {body} will {plan}", "There is no money to {plan} and the {thing} cannot wait", "What we need is a {word} {thing}, not another report", "The {thing} belongs to everyone who lives here", "If they {plan}, we will {plan}"]
HEADS = ["{body} {deed} {thing} in {place}", "{place} waits for {word} {thing}", "{thing} near {place} to cost {money}", "{last}: we will {plan}", "{body} and {body} agree to {plan}", "Why the {thing} in {place} was {deed}", "{percent} want to {plan}, says {body}"]

# How many articles in a hundred carry noise of a pack; several a line are drawn
# one by one, as pages have them.
SHARES = {
    "byline": 20, "timestamp": 14, "read-more": 9, "share": 6, "newsletter": 6, "advertisement": 5,
    "image-alt": 4, "template": 4, "copyright": 4, "author-note": 4, "comments": 3, "subscription": 3,
    "dateline": 3, "agency": 3, "login": 2, "donation": 2, "editor-note": 2, "bookmark": 1,
    "consent": 1, "notification": 1, "app-promo": 1, "tip-jar": 1,
}
HEAD = {"byline", "timestamp", "dateline", "login", "notification", "consent", "bookmark", "share", "image-alt"}
REPEATED, GLUED, CAPTION, CARDS, LIVEBLOG = 0.10, 0.02, 0.20, 0.10, 0.01


@functools.cache
def noise():
    """What each pack says its rules remove, with the text around it."""
    found = {}
    for kind in SHARES:
        rules = tomllib.loads((PACKS / f"{kind}.en.toml").read_text(encoding="utf-8"))["rule"]
        found[kind] = [text for rule in rules for text in rule.get("removes", [])]
    return found


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed).random
        self.curly = True
        self.slots = {
            "name": lambda: f"{self.pick(FIRST)} {self.pick(LAST)}", "last": lambda: self.pick(LAST),
            "place": lambda: self.pick(PLACES), "body": lambda: self.pick(BODIES), "role": lambda: self.pick(ROLES),
            "thing": lambda: self.pick(THINGS), "word": lambda: self.pick(WORDS), "deed": lambda: self.pick(DEEDS),
            "plan": lambda: self.pick(PLANS), "day": lambda: self.pick(DAYS), "month": lambda: self.pick(MONTHS),
            "year": lambda: str(1990 + self.below(36)), "years": lambda: str(2 + self.below(30)),
            "number": lambda: f"{1 + self.below(40)},{self.below(1000):03}",
            "money": lambda: f"{self.pick(['$', '£', '€'])}{1 + self.below(90)}.{self.below(10)} {self.pick(['million', 'billion'])}",
            "percent": lambda: f"{self.below(95)}.{self.below(10)} percent",
        }

    def below(self, limit):
        return int(self.random() * limit)

    def pick(self, several):
        return several[int(self.random() * len(several))]

    def fill(self, pattern):
        parts = pattern.split("{")
        return parts[0] + "".join(
            self.slots[name]() + rest for name, _, rest in (part.partition("}") for part in parts[1:])
        )

    def sentence(self):
        if self.random() < 0.15:
            said = self.fill(self.pick(QUOTES))
            tail = self.fill(self.pick([" {name} said", " the {role} told reporters in {place}", " {last} said on {day}"]))
            return f"“{said},”{tail}." if self.curly else f'"{said},"{tail}.'
        text = self.fill(self.pick(OPENERS) + self.pick(SUBJECTS) + " " + self.pick(VERBS) + self.pick(TAILS))
        text = re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", text[0].upper() + text[1:] + ".")
        return text.replace("'", "’") if self.curly else text

    def paragraph(self):
        return " ".join(self.sentence() for _ in range(1 + self.below(3)))

    def headline(self):
        text = self.fill(self.pick(HEADS))
        return text[0].upper() + text[1:]

    def time(self):
        return f"{self.below(24):02}:{self.below(60):02}"

    def liveblog(self, blocks):
        for _ in range(10 + self.below(20)):
            blocks += [self.time(), self.headline()] + [self.paragraph() for _ in range(1 + self.below(3))]

    def spoil(self, title, blocks):
        """Puts noise before, among and after the paragraphs."""
        for kind, share in SHARES.items():
            if self.below(100) < share:
                text = self.pick(noise()[kind])
                blocks.insert(1 if kind in HEAD else len(blocks) - self.below(2), text)
        if self.random() < CAPTION:
            blocks.insert(1 + self.below(len(blocks)), f"{self.fill('The {thing} in {place}')}. Photo: {self.fill('{name}')}")
        if self.random() < CARDS:
            blocks[-1:-1] = ["Related stories"] + [self.headline() for _ in range(3)]
        if self.random() < REPEATED:
            blocks.insert(1, title)
        if self.random() < GLUED:
            blocks.insert(1, title + title)

    def article(self, number):
        self.curly = self.random() < 0.6
        title, blocks = self.headline(), []
        blocks.append(title)
        if self.random() < LIVEBLOG:
            self.liveblog(blocks)
        else:
            # Most are short, a few very long.
            blocks += [self.paragraph() for _ in range(4 + self.below(14) + int(3.2 / (0.1 + self.random())))]
        self.spoil(title, blocks)
        day = f"2025-{1 + self.below(12):02}-{1 + self.below(28):02}"
        return {
            "id": f"news-{number:07}", "url": f"https://news.example/{day.replace('-', '/')}/{number}",
            "title": title, "published": f"{day}T{self.time()}:00Z", "language": "en",
            "text": "\n".join(blocks), "crawl": {"status": 200, "depth": self.below(6)},
        }


def write(path, size, seed=7):
    """Writes about `size` bytes of articles and returns how many there are."""
    writer, number, left = Writer(seed), 0, size
    with open(path, "wb", buffering=1 << 20) as out:
        while left > 0:
            line = json.dumps(writer.article(number), ensure_ascii=False).encode() + b"\n"
            out.write(line)
            number, left = number + 1, left - len(line)
    return number


@functools.cache
def phrases():
    """Every literal that the rules of the English packs compare lines with."""
    found = set()
    for pack in sorted(PACKS.glob("*.en.toml")):
        for rule in tomllib.loads(pack.read_text(encoding="utf-8"))["rule"]:
            for key in ("equals", "starts", "ends", "contains", "through"):
                value = rule.get(key, [])
                found.update([value] if isinstance(value, str) else value)
    return sorted(found)
