"""What a text says (§9): words, amounts, refunds. Whole words, letter case aside."""

import re
from fractions import Fraction

from edits import norm

CONFIRMATIONS = ["thank", "thanks", "solved", "resolved", "works now", "all good", "perfect", "got it", "received"]
NEGATIONS = ["not", "isn't", "didn't", "still", "no"]
RISKS = ["legal", "lawyer", "fraud", "chargeback", "threat", "abusive"]
SUPERVISORS = ["supervisor", "manager"]
REFUNDS = ["refund", "refunds", "refunded"]
DEFAULT_NOTES = {"Approved AI suggestion", "Approved template reply", "Escalated to manager", "Marked conversation as resolved"}


def has_word(text, words):
    text = norm(text or "").lower()
    return any(re.search(rf"(?<!\w){re.escape(norm(word).lower())}(?!\w)", text) for word in words)


def amounts(text):
    """Amounts with a currency sign before them, or a currency's code before or after."""
    number = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    found = re.findall(rf"(?:[$€£]\s?|\b(?:USD|CAD|EUR|GBP)\s){number}|{number}\s?(?:USD|CAD|EUR|GBP)\b", text or "")
    return [Fraction((one or other).replace(",", "")) for one, other in found]


class Words:
    def __init__(self, settings):
        guardrails = settings.get("guardrails") or {}
        limit = guardrails.get("refund_limit")
        self.limit = Fraction(str(500 if limit is None else limit))
        self.risks = guardrails.get("risk_words") or RISKS
        self.supervisors = guardrails.get("supervisor_words") or SUPERVISORS
        self.blocking = guardrails.get("blocking_labels") or ["refund_pending", "return_in_progress", "follow_up"]
        self.confirmations = settings.get("confirmations") or CONFIRMATIONS
        self.negations = settings.get("negations") or NEGATIONS

    def confirms(self, text):
        return has_word(text, self.confirmations) and not has_word(text, self.negations)

    def is_risky(self, text):
        return has_word(text, self.risks)

    def asks_supervisor(self, text):
        return has_word(text, self.supervisors)

    def names_large_refund(self, text):
        return has_word(text, REFUNDS) and max(amounts(text), default=0) > self.limit


def note_of(decision):
    """What the operator wrote beside a decision; the default sentences are nobody's words."""
    for text in ((decision.payload or {}).get("note"), decision.rationale):
        if isinstance(text, str) and text.strip() and text.strip() not in DEFAULT_NOTES:
            return text
    return None
