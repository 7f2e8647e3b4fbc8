"""Candidates for new templates: replies without a template, grouped by their words (reports.md, Templates).

Of the values that are generalised it knows those that the made data sets draw: names, weekdays, numbers."""

import re
import unicodedata
from fractions import Fraction

from conventions import text
from edits import similarity, tokens

WEEKDAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
GREETINGS = {"hi", "hello", "hey", "dear", "hallo", "hola", "bonjour", "cher"}
NOBODY = set("again all and customer everyone friend i it madam our sir team thank thanks the there valued we you your".split())
COMMON = set("""an and as at be bill can chase customer dean do drew faith frank grace grant he hope in joy mark may me my no on
    or order pat rich she shop so store sue support team the to we will you""".split())
KINDS = {"{{" + kind + "}}": kind for kind in "name order time date amount link email number address".split()}
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
LETTERS = re.compile(r"[^\W\d_]+")


def is_outer(letter):
    return letter == "`" or (letter not in "#%@&{}" and unicodedata.category(letter)[0] == "P")


def parts(token):
    """What stands before, in and after a token's outer punctuation."""
    start, end = 0, len(token)
    while start < end and is_outer(token[start]):
        start += 1
    while end > start and is_outer(token[end - 1]):
        end -= 1
    return token[:start], token[start:end], token[end:]


def folded(word):
    decomposed = unicodedata.normalize("NFKD", INVISIBLE.sub("", word))
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn").lower()


class Customer:
    """The words by which a customer is called: the name's, and whom the reply greets."""

    def __init__(self, name, reply):
        self.words, self.unspaced = set(), []
        names = tokens(name or "")
        self.add("".join(map(folded, names)))
        for word in names:
            for piece in [parts(folded(word))[1], *LETTERS.findall(folded(word))]:
                self.add(piece)
        for index, token in enumerate(reply):
            if token.lower() not in GREETINGS:
                continue
            for following in reply[index + 1:index + 4]:
                lead, core, trail = parts(following)
                if lead or not core[:1].isupper() or core.lower() in NOBODY:
                    break
                for piece in LETTERS.findall(folded(core)):
                    self.add(piece)
                if trail:
                    break

    def add(self, word):
        if word and ord(word[0]) >= 0x0E00:
            self.unspaced.append(word)
        elif len(word) > 1:
            self.words.add(word)

    def without_names(self, token):
        visible = INVISIBLE.sub("", token)

        def replaced(match):
            word = match.group()
            if folded(word) in self.words and (folded(word) not in COMMON or word[0].isupper()):
                return "{{name}}"
            for each in self.unspaced:
                word = word.replace(each, "{{name}}")
            return word

        made = LETTERS.sub(replaced, visible)
        return token if made == visible else made


def generalised(reply, name):
    """The reply's words, values as variables."""
    reply = reply[:500]
    customer, units = Customer(name, reply), []
    for token in reply:
        lead, core, trail = parts(token)
        if core not in KINDS:
            if core.lower() in WEEKDAYS:
                core = "{{date}}"
            elif any(c.isdigit() for c in core):
                core = "{{number}}"
            else:
                lead, core, trail = parts(customer.without_names(token))
        kind = KINDS.get(core)
        before = units[-1] if units else None
        joins = before and kind == before[3] and not lead and before[2] in {
            "name": [""], "number": [""], "date": ["", ","]}.get(kind, [])
        if joins:
            before[2] = trail
        else:
            units.append([lead, core, trail, kind])
    return ["".join(unit[:3]) for unit in units]


def plain(word):
    return parts(word.lower())[1]


class Group:
    def __init__(self, texts, minimum):
        self.replies = [reply for text in texts for reply in text]
        score = {index: sum(sum(1 if word in other["plain"] else -1 for other in self.replies) for word in text[0]["plain"])
                 for index, text in enumerate(texts)}
        central = texts[max(score, key=lambda index: (score[index], -index))]
        written = [" ".join(reply["words"]) for reply in central]
        chosen = min(set(written), key=lambda words: (-written.count(words), words)).split(" ")
        self.shown = self.common(chosen, minimum)

    def common(self, words, minimum):
        def conversations(has):
            return len({reply["conversation"] for reply in self.replies if has(reply)})

        shown, any_word = [], False
        for word in words:
            is_written = conversations(lambda reply: word in reply["words"]) >= minimum
            if is_written or (plain(word) and conversations(lambda reply: plain(word) in reply["plain"]) >= minimum):
                shown.append(word if is_written else plain(word))
                any_word = any_word or plain(word) != ""
            elif plain(word) and shown[-1:] != ["…"]:
                shown.append("…")
        return " ".join(shown[:200] + ["…"] * (len(shown) > 200)) if any_word else None


def candidates(results, names, minimum):
    """`results`: the rows of §4; `names`: customers by (account, conversation)."""
    minimum, texts = max(2, minimum), {}
    for one in results:
        decision = one["decision"]
        reply = tokens((decision.payload or {}).get("replyBody") or "")
        if one["template"] is not None or not reply:
            continue
        words = generalised(reply, names.get((decision.account, decision.conversation)))
        found = [word for word in map(plain, words) if word]
        if found:
            texts.setdefault(tuple(found), []).append({
                "words": words, "plain": found, "operator": decision.actor, "at": decision.at,
                "conversation": (decision.account, decision.conversation)})
    groups = []
    for key, replies in sorted(texts.items(), key=lambda item: (-len(item[1]), " ".join(item[0]))):
        near = [(similarity(list(key), list(group[0][0]["plain"])), -index) for index, group in enumerate(groups)]
        best = max(near, default=(0, 0))
        if best[0] >= Fraction(3, 5):
            groups[-best[1]].append(replies)
        else:
            groups.append([replies])
    merged = {}
    for group in groups:
        if sum(map(len, group)) >= minimum:
            made = Group(group, minimum)
            if made.shown is not None:
                merged.setdefault(made.shown, []).extend(made.replies)
    rows = [{"words": words, "replies": len(replies), "operators": len({reply["operator"] for reply in replies}),
             "first_at": text(min(reply["at"] for reply in replies)), "last_at": text(max(reply["at"] for reply in replies))}
            for words, replies in merged.items()]
    return sorted(rows, key=lambda row: (-row["replies"], -row["operators"], row["words"]))[:20]
