"""What the made data sets are put together from."""

import datetime

MINUTE, HOUR, DAY, WEEK = 60, 3600, 86_400, 604_800
UTC = datetime.timezone.utc

# (time zone, Monday of the report week): DST changes, year ends, and plain weeks.
WEEKS = [
    ("America/Toronto", "2026-10-26"), ("America/Toronto", "2026-03-02"), ("America/Toronto", "2025-12-29"),
    ("Europe/Berlin", "2026-10-19"), ("Europe/Berlin", "2026-03-23"), ("Europe/Berlin", "2024-12-30"),
    ("Australia/Lord_Howe", "2026-03-30"), ("Australia/Lord_Howe", "2025-09-29"), ("Australia/Lord_Howe", "2026-06-08"),
    ("UTC", "2026-01-05"), ("UTC", "2020-12-28"), ("Europe/Berlin", "2026-05-04"),
]
NEAR = [-1, 0, 1]
USERS = [
    (11, "Ola Operator", "ola@desk.example", "agent"), (12, "Pat Operator", "pat@desk.example", "agent"),
    (13, "Lee added Value", "lee@desk.example", "agent"),
    (31, "Mo Manager", "mo@desk.example", "administrator"), (32, "Ria Manager", "ria@desk.example", "administrator"),
]
MANAGERS = [["mo@desk.example", "ria@desk.example"], ["Mo Manager", 32], ["31", "ria@desk.example"], [], ["mo@desk.example"]]
NAMES = ["Uma Fischer", "Łukasz Żak", "José Ñandú", "J", "Customer", "", "李 雷", "there", "Ana  Dubois", " Kai\u00a0Lund ", None]
WORDS = "we have asked the carrier for news and will write again before Friday about your parcel".split()
TEMPLATES = [
    {"id": "ack_delay", "label": "Delay", "body": "Hi {{name}}, thanks for your patience. I will write again today."},
    {"id": "twin_b", "label": "Tie", "body": "One two three four five six seven eight nine ten"},
    {"id": "twin_a", "label": "Tie", "body": "One two three four five six seven eight nine ten"},
    {"id": "order", "label": "Order", "body": "Dear {{ name }}, order {{order_id}} left us — it’s on “its” way, {{name}}."},
    {"id": "only_a_variable", "label": "Empty", "body": "{{link}}"},
    {"id": "unicode", "label": "Ünïcode", "body": "Grüße {{name}}, c’est à côté — 送料は無料です 🎁 merci"},
    {"id": "ten", "label": "Ten", "body": "alpha beta gamma delta epsilon zeta eta theta iota kappa"},
]
CUSTOMER_WORDS = [
    "Where is it?", "Thanks, got it.", "It works  now, thank you", "PERFECT", "No, thanks.", "It isn’t solved", "Still not received",
    "I thank nobody", "unsolved", "All good!", "I want a refund of $501 now", "I want a refund of $500", "A refund, please: $499.99",
    "Refund: $1,250.50", "I paid $900 for it.", "A refund of $251?", "Let me speak to your supervisor.", "I want a MANAGER",
    "supervisory", None,
]
RISKY_WORDS = ["My lawyer will write to you.", "This is FRAUD", "a chargeback, then", "legal action", "abusive", "unthreatening",
               "illegally"]
DELIVERY_ERRORS = ["131047: window closed", "blocked", "timeout, = again", None]
OPENING_TIMES = [
    {day: "09:00-17:30" for day in ("mon", "tue", "wed", "thu", "fri")},
    {"mon": ["09:00-12:00", "13:00-17:30"], "tue": "00:00-24:00", "wed": ["06:30-07:00", "23:00-24:00"], "sat": "10:00-14:00"},
    {day: "00:00-24:00" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
    {"sun": "12:00-24:00", "mon": "00:00-20:00", "thu": ["08:00-08:01", "08:01-18:00"]},
]
