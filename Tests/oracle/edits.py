"""Edit patterns (§4), without `patterns`, proposals and the dashboard's suggestion (a′)."""

import re
import unicodedata
from fractions import Fraction

from facts import is_reply_action
from conventions import rate

WHITE = "\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
CLASSES = ["verbatim", "light", "heavy", "rewrite"]


def norm(text):
    text = unicodedata.normalize("NFC", text)
    text = re.sub("[’‘]", "'", re.sub("[“”]", '"', text))
    return re.sub(f"[{WHITE}]+", " ", text).strip(" ")


def tokens(text):
    text = norm(text)
    return text.split(" ") if text else []


def distance(a, b):
    line = list(range(len(b) + 1))
    for i, token in enumerate(a, 1):
        previous, line[0] = line[0], i
        for j, other in enumerate(b, 1):
            previous, line[j] = line[j], min(line[j] + 1, line[j - 1] + 1, previous + (token != other))
    return line[len(b)]


def similarity(a, b):
    longest = max(len(a), len(b))
    return Fraction(1) if longest == 0 else 1 - Fraction(distance(a, b), longest)


def renderings(body, name):
    names = ([name, name.split()[0]] if name and name.split() else []) + ["Customer", "there"]
    for each in names:
        yield tokens(re.sub(r"\{\{\s*([^{}]*?)\s*\}\}", lambda m: each if m.group(1) == "name" else "", body))


def closest(template, text, name):
    return max(similarity(rendering, text) for rendering in renderings(template["body"], name))


def most_similar(templates, text, name):
    """(template, similarity) of the first template that is most similar and at least 0.5 similar; else None."""
    best = None
    for template in templates:
        found = closest(template, text, name)
        if found >= Fraction(1, 2) and (best is None or found > best[1]):
            best = (template, found)
    return best


def text_in(value):
    return value if isinstance(value, str) and norm(value) else None


def suggestion_text(payload):
    ai = payload.get("aiSuggestion")
    if text_in(ai):
        return ai
    if isinstance(ai, dict):
        for key in ("text", "body", "content", "reply", "suggestedReply"):
            if text_in(ai.get(key)):
                return ai[key]
    return next((payload[key] for key in ("suggestedReply", "suggestion", "draftText") if text_in(payload.get(key))), None)


def named_templates(decision):
    payload = decision.payload or {}
    ai = payload.get("aiSuggestion") if isinstance(payload.get("aiSuggestion"), dict) else {}
    names = [payload.get("templateId"), ai.get("templateId"), ai.get("template")]
    if decision.action.startswith("chatwoot.reply."):
        names.append(decision.action.removeprefix("chatwoot.reply."))
    return [name for name in names if text_in(name)]


def row(decision, templates, name):
    """(template or None, similarity or None) of one approval."""
    payload = decision.payload or {}
    reply = tokens(payload.get("replyBody") or "")
    known = {template["id"]: template for template in templates}
    named = next(iter(named_templates(decision)), None)
    suggestion = suggestion_text(payload)
    if suggestion is not None:
        found = None if named else most_similar(templates, tokens(suggestion), name)
        return named or (found and found[0]["id"]), similarity(tokens(suggestion), reply)
    if named in known:
        return named, closest(known[named], reply, name)
    found = most_similar(templates, reply, name)
    return (found[0]["id"], found[1]) if found else (None, None)


def class_of(similar):
    if similar is None:
        return "unmatched"
    if similar == 1:
        return "verbatim"
    return "light" if similar >= Fraction(4, 5) else "heavy" if similar >= Fraction(3, 10) else "rewrite"


def totals(results):
    counts = {name: sum(class_of(one["similarity"]) == name for one in results) for name in CLASSES}
    matched = [one["similarity"] for one in results if one["similarity"] is not None]
    return {"approvals": len(results), **counts, "edit_rate": rate(len(matched) - counts["verbatim"], len(matched)),
            "mean_similarity": rate(sum(matched), len(matched))}


def grouped(results, key, name, wanted):
    groups = {}
    for one in results:
        groups.setdefault(one[key], []).append(one)
    groups.pop(None, None)
    made = [{name: value, **{k: v for k, v in totals(rows).items() if k in wanted}} for value, rows in groups.items()]
    return sorted(made, key=lambda group: (-group["approvals"], group[name]))


def grades_of(results):
    given = {key: [one["grades"][key] for one in results if one["grades"].get(key) is not None]
             for key in ("tone", "accuracy", "policy")}
    graded = sum(any(one["grades"].get(key) is not None for key in given) for one in results)
    return {**{key: rate(sum(values), len(values)) for key, values in given.items()}, "graded": graded}


def similarities(results, templates):
    """Replies by template and full tenths of similarity; `templates`: in the document's order."""
    bands = {}
    for one in results:
        if one["template"] is not None:
            key = templates.index(one["template"]), one["similarity"] * 10 // 1
            bands[key] = bands.get(key, 0) + 1
    return [{"template": templates[place], "band": band, "replies": count} for (place, band), count in sorted(bands.items())]


def edit_rows(data, facts, decisions, week):
    """One row per approved reply of the week, and what customers are called."""
    names = {(one.account, one.id): one.customer_name for one in facts}
    results = []
    for decision in decisions:
        if is_reply_action(decision.action) and week.start <= decision.at < week.end:
            template, similar = row(decision, data.templates, names.get((decision.account, decision.conversation)))
            payload = decision.payload or {}
            results.append({"decision": decision, "template": template, "similarity": similar, "operator": decision.actor,
                            "used": payload.get("aiSuggestionUsed") in (True, "true"),
                            "grades": {key: None if value is None else int(value)
                                       for key, value in (payload.get("grades") or {}).items()}})
    return results, names


def edit_patterns(results):
    used = [one for one in results if one["used"]]
    templates = grouped(results, "template", "template", ["approvals", *CLASSES, "edit_rate", "mean_similarity"])
    for one in templates:
        one["grades"] = grades_of([row for row in results if row["template"] == one["template"]])
    return {
        **totals(results),
        "with_ai_suggestion": len(used),
        "unmatched": sum(one["similarity"] is None for one in results),
        "templates": templates,
        "operators": grouped(results, "operator", "operator", ["approvals", "edit_rate", "mean_similarity"]),
        "ai": {"used": len(used), "not_used": len(results) - len(used), "used_edit_rate": totals(used)["edit_rate"],
               "grades": grades_of(results)},
        "similarity": similarities(results, [one["template"] for one in templates]),
    }
