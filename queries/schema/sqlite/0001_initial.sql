-- schema:  0001_initial
-- title:   Records as they were read, the facts made from them, and what was done with both
-- notes:   Instants are microseconds since 1970 UTC. account_id is Chatwoot's account; a shop without one has a
--          negative number; 0 holds what no account could be found for. No table holds a customer's message.

-- Tenants and small dictionaries -----------------------------------------------------------------------------

create table account (
    account_id integer primary key,
    shop text unique,
    chatwoot_account integer unique
);

create table shop (
    shop_id integer primary key,
    name text not null unique,
    is_excluded integer not null default 0 check (is_excluded in (0, 1))
);

create table scope (
    scope_id integer primary key,
    name text not null unique,
    is_included integer not null default 0 check (is_included in (0, 1))
);

create table actor (
    actor_id integer primary key,
    name text not null unique,
    is_excluded integer not null default 0 check (is_excluded in (0, 1))
);

create table action (
    action_id integer primary key,
    name text not null unique,
    kind integer not null default 0
);

create table delivery_error (
    error_id integer primary key,
    name text not null unique
);

-- Records ----------------------------------------------------------------------------------------------------

create table decision (
    account_id integer not null,
    decided_at integer not null,
    decision_id text not null,
    conversation_id integer not null,
    shop_id integer not null,
    scope_id integer not null,
    actor_id integer not null,
    action_id integer not null,
    has_payload integer not null check (has_payload in (0, 1)),
    is_suggestion_used integer not null check (is_suggestion_used in (0, 1)),
    tone_grade integer,
    accuracy_grade integer,
    policy_grade integer,
    is_twin integer not null default 0 check (is_twin in (0, 1)),
    content integer not null,
    -- A decision with the same id and another content was read too.
    is_contested integer not null default 0 check (is_contested in (0, 1)),
    file_id integer not null,
    line integer not null,
    primary key (account_id, decided_at, decision_id)
) without rowid;

create index decision_by_conversation on decision (account_id, conversation_id, decided_at);
create index decision_by_id on decision (decision_id, account_id);

-- Kept for edit mining and reasons alone; goes with its decision.
create table decision_text (
    account_id integer not null,
    decided_at integer not null,
    decision_id text not null,
    reply text,
    suggestion text,
    template text,
    note text,
    primary key (account_id, decided_at, decision_id)
) without rowid;

-- The decisions that enter the figures, with their names.
create view counted_decision as
select
    d.account_id,
    d.decided_at,
    d.decision_id,
    d.conversation_id,
    n.kind as action_kind,
    n.name as action,
    o.name as operator,
    h.name as shop,
    -- A person goes by email. The shop's domain, or `system`, stands where the log names nobody.
    case when o.name like '%@%' and o.name <> coalesce(h.name, '') then 1 else 0 end as is_person,
    d.has_payload,
    d.is_contested
from decision as d
join scope as s on s.scope_id = d.scope_id
join actor as o on o.actor_id = d.actor_id
join action as n on n.action_id = d.action_id
left join shop as h on h.shop_id = d.shop_id
where d.is_twin = 0 and s.is_included = 1 and o.is_excluded = 0 and coalesce(h.is_excluded, 0) = 0;

create table sync_attempt (
    account_id integer not null,
    attempted_at integer not null,
    decision_id text not null,
    attempt integer not null,
    scope_id integer not null,
    outcome integer not null,
    duration_hundredths integer,
    error_id integer,
    content integer not null,
    file_id integer not null,
    line integer not null,
    primary key (account_id, attempted_at, decision_id, attempt)
) without rowid;

create index sync_attempt_by_decision on sync_attempt (decision_id, attempted_at, attempt, outcome);

-- Fields that several snapshots told are of the newest that has them; created_at is null where none told it.
create table conversation (
    account_id integer not null,
    conversation_id integer not null,
    internal_id integer,
    created_at integer,
    updated_at integer,
    last_activity_at integer not null,
    status text,
    inbox_id integer,
    priority text,
    first_reply_at integer,
    labels text,
    contact_id integer,
    customer_name text,
    -- The custom attribute of that name.
    severity text,
    -- By how much status, inbox, priority, labels, contact, name and severity are older than updated_at; null where they are not.
    versions text,
    file_id integer not null,
    line integer not null,
    primary key (account_id, conversation_id)
) without rowid;

-- The database's own numbers of conversations. Rows that name a conversation by such a number alone wait for it under
-- the negative number.
create table conversation_number (
    account_id integer not null,
    internal_id integer not null,
    conversation_id integer not null,
    primary key (account_id, internal_id)
) without rowid;

create table message (
    account_id integer not null,
    conversation_id integer not null,
    message_id integer not null,
    sent_at integer not null,
    -- Version of the text; delivery_at is that of the delivery where it differs.
    updated_at integer not null,
    traits integer not null,
    kind integer not null,
    sender_id integer,
    delivery integer not null,
    delivery_at integer,
    error_id integer,
    text_quality integer not null check (text_quality in (0, 1, 2)),
    text_hash integer not null,
    token_count integer not null,
    flags integer not null,
    amount_hundredths integer,
    file_id integer not null,
    line integer not null,
    primary key (account_id, conversation_id, message_id)
) without rowid;

-- Changes of labels, assignee and status, as each source tells them: event lines (source 1, one row a label), webhooks,
-- reporting events, taggings.
create table event (
    account_id integer not null,
    conversation_id integer not null,
    source integer not null,
    source_key integer not null,
    ordinal integer not null,
    happened_at integer not null,
    kind integer not null,
    actor_name text,
    subject text,
    assignee_id integer,
    primary key (account_id, conversation_id, source, source_key, ordinal)
) without rowid;

-- What the dashboard suggested for a conversation at a moment; the texts, which repeat, once each.
create table suggestion (
    account_id integer not null,
    conversation_id integer not null,
    suggested_at integer not null,
    updated_at integer not null,
    -- 0 for none.
    text_id integer not null,
    template text,
    file_id integer not null,
    line integer not null,
    primary key (account_id, conversation_id, suggested_at)
) without rowid;

create table suggestion_text (
    text_id integer primary key,
    text text not null
);

-- Breaches that the dashboard recorded.
create table breach_snapshot (
    account_id integer not null,
    conversation_id integer not null,
    breached_at integer not null,
    seen_at integer not null,
    is_approximate integer not null check (is_approximate in (0, 1)),
    file_id integer not null,
    line integer not null,
    primary key (account_id, conversation_id, breached_at)
) without rowid;

-- Numbers that Chatwoot itself gives, to check ours against: ratings, missed SLAs, cells of reports.
create table chatwoot_figure (
    account_id integer not null,
    kind integer not null,
    figure_key text not null,
    name text not null,
    conversation_id integer,
    -- 0 where it has no time.
    happened_at integer not null,
    value integer not null,
    precision_value integer not null,
    file_id integer not null,
    line integer not null,
    primary key (account_id, kind, figure_key, name)
) without rowid;

create index chatwoot_figure_by_conversation on chatwoot_figure (account_id, conversation_id, kind, happened_at, value);

-- Names of teams and labels, with which event lines are read.
create table known_name (
    account_id integer not null,
    kind integer not null,
    name text not null,
    file_id integer not null,
    line integer not null,
    primary key (account_id, kind, name)
) without rowid;

-- Which contact had which email, phone or identifier (keyed hashes), and since when this is known.
-- A contact without a Chatwoot id has a negative number.
create table identity (
    account_id integer not null,
    contact_id integer not null,
    kind integer not null,
    key blob not null,
    seen_at integer not null,
    primary key (account_id, contact_id, kind, key)
) without rowid;

create index identity_by_key on identity (account_id, kind, key, contact_id, seen_at);

create table staff (
    account_id integer not null,
    user_id integer not null,
    name text not null,
    email text,
    role text,
    content integer not null,
    file_id integer not null,
    line integer not null,
    primary key (account_id, user_id)
) without rowid;

create table reply_template (
    template_id text primary key,
    ordinal integer not null,
    label text not null,
    body text not null,
    content integer not null,
    file_id integer not null,
    line integer not null
) without rowid;

-- Facts: times and ids, kept up to date as records arrive ----------------------------------------------------

create table touched (
    account_id integer not null,
    conversation_id integer not null,
    primary key (account_id, conversation_id)
) without rowid;

-- Conversations that have messages or events and no facts: no export has them (0), none tells their creation (1); negative
-- numbers are internal ids of which the display id is not known.
create table orphan (
    account_id integer not null,
    conversation_id integer not null,
    has_conversation integer not null check (has_conversation in (0, 1)),
    primary key (account_id, conversation_id)
) without rowid;

create table conversation_fact (
    account_id integer not null,
    conversation_id integer not null,
    -- null: the conversation was not exported, and its breach is the one that the dashboard recorded.
    created_at integer,
    last_activity_at integer not null,
    inbox_id integer not null,
    contact_id integer,
    first_reply_at integer,
    resolved_at integer,
    is_resolution_approximate integer not null check (is_resolution_approximate in (0, 1)),
    breached_at integer,
    -- After this moment the breach is over 2 h old, by opening time where business hours are set.
    over_2h_at integer,
    breach_resolved_at integer,
    message_coverage integer not null,
    -- The first exported message; the customer's first, where it shows that the messages are complete.
    first_message_at integer,
    complete_at integer,
    -- First reply, note or decision of the staff after the breach.
    response_at integer,
    response_by text,
    response_due_at integer,
    purged_before integer not null default 0,
    primary key (account_id, conversation_id),
    check ((over_2h_at is null) = (breached_at is null))
) without rowid;

create index conversation_fact_by_creation on conversation_fact (account_id, created_at, breached_at, inbox_id);
create index conversation_fact_by_breach
    on conversation_fact (
        account_id, breached_at, over_2h_at, breach_resolved_at, first_reply_at, created_at, contact_id, last_activity_at
    );

create table escalation (
    account_id integer not null,
    conversation_id integer not null,
    started_at integer not null,
    escalated_by text,
    reason text not null,
    acknowledged_at integer,
    acknowledged_by text,
    updated_at integer,
    -- The decision that it began with; null for a label.
    decision_id text,
    -- A note that goes with it: the decision's own or one of the conversation.
    noted_at integer,
    -- First act of the staff, and until when the severity asks for it.
    response_at integer,
    response_by text,
    response_due_at integer not null,
    severity text not null,
    resolved_at integer,
    ack_due_at integer not null,
    update_due_at integer not null,
    primary key (account_id, conversation_id, started_at)
) without rowid;

create index escalation_by_start on escalation (account_id, started_at);

-- Numbers once given (ESC-YYYY-NNN); one whose escalation is gone or has become part of another is given to no other.
create table escalation_number (
    account_id integer not null,
    year integer not null,
    number integer not null,
    conversation_id integer not null,
    started_at integer not null,
    primary key (account_id, year, number)
) without rowid;

create unique index escalation_number_by_start on escalation_number (account_id, conversation_id, started_at);

-- Labels of escalation as they were added.
create table escalation_label (
    account_id integer not null,
    conversation_id integer not null,
    added_at integer not null,
    label text not null,
    added_by text,
    -- First reply, note or decision of the staff since; escalating is none.
    reviewed_at integer,
    review_due_at integer not null,
    -- The first escalate decision within ten minutes of it.
    logged_at integer,
    primary key (account_id, conversation_id, added_at, label)
) without rowid;

create index escalation_label_by_time on escalation_label (account_id, added_at);

-- Resolutions of which the moment is known; the decision and the change of status that it made are one.
create table resolution (
    account_id integer not null,
    conversation_id integer not null,
    resolved_at integer not null,
    resolved_by text,
    -- The first decision within ten minutes that resolved it.
    decision_id text,
    decided_at integer,
    -- null where only a decision says it.
    changed_at integer,
    -- Until then.
    last_customer_at integer,
    is_answered integer not null check (is_answered in (0, 1)),
    is_confirmed integer not null check (is_confirmed in (0, 1)),
    blocking_label text,
    -- Since when that is known: a label that is taken off later was on.
    blocking_known_at integer,
    -- The first message of the customer after it.
    customer_at integer,
    primary key (account_id, conversation_id, resolved_at)
) without rowid;

create index resolution_by_time on resolution (account_id, resolved_at);

-- What a customer wrote, or the staff noted, that calls for an escalation.
create table guardrail (
    account_id integer not null,
    conversation_id integer not null,
    happened_at integer not null,
    kind text not null check (kind in ('refund', 'supervisor', 'risk')),
    message_id integer not null,
    is_note integer not null check (is_note in (0, 1)),
    amount_hundredths integer,
    -- The same moment where an escalation was open.
    escalated_at integer,
    escalation_due_at integer not null,
    reply_at integer,
    reply_decision text,
    reply_by text,
    primary key (account_id, conversation_id, happened_at, kind, message_id)
) without rowid;

create index guardrail_by_time on guardrail (account_id, kind, happened_at);

-- Replies of the staff as Chatwoot has them.
create table staff_reply (
    account_id integer not null,
    conversation_id integer not null,
    message_id integer not null,
    sent_at integer not null,
    sent_by text,
    is_failed integer not null check (is_failed in (0, 1)),
    error_id integer,
    -- The first decision on the conversation within ten minutes of it.
    logged_at integer,
    -- An earlier reply with the same text, at most five minutes before.
    repeats_at integer,
    primary key (account_id, conversation_id, message_id)
) without rowid;

create index staff_reply_by_time on staff_reply (account_id, sent_at, conversation_id, is_failed, error_id);

create table reply_fact (
    account_id integer not null,
    decided_at integer not null,
    decision_id text not null,
    conversation_id integer not null,
    actor_id integer not null,
    template text,
    edit_class integer not null,
    distance integer,
    longest integer,
    is_suggestion_used integer not null check (is_suggestion_used in (0, 1)),
    tone_grade integer,
    accuracy_grade integer,
    policy_grade integer,
    -- 1 for approve_send, 2 for reply.<template>.
    action_kind integer not null,
    -- The reply as Chatwoot has it.
    message_id integer,
    message_at integer,
    -- First message of the customer, and first other act of the staff, since.
    customer_at integer,
    other_act_at integer,
    ack_due_at integer not null,
    has_unfilled_variable integer not null check (has_unfilled_variable in (0, 1)),
    has_stand_in_name integer not null check (has_stand_in_name in (0, 1)),
    primary key (account_id, decided_at, decision_id)
) without rowid;

-- What operators changed in edited replies of known templates (kpis.md §4 `patterns`): generalised, so that nothing of one
-- customer is left, but text all the same; goes with its decision.
create table edit_pattern (
    account_id integer not null,
    decided_at integer not null,
    decision_id text not null,
    ordinal integer not null,
    deleted text not null,
    inserted text not null,
    -- The inserted side with its case and punctuation.
    written text not null,
    -- The words of the suggestion beside the change; empty at its ends.
    before_text text not null,
    after_text text not null,
    primary key (account_id, decided_at, decision_id, ordinal)
) without rowid;

-- What replies say that came from no template, generalised like patterns: of these candidates for new templates are made; goes
-- with its decision.
create table untemplated_reply (
    account_id integer not null,
    decided_at integer not null,
    decision_id text not null,
    words text not null,
    primary key (account_id, decided_at, decision_id)
) without rowid;

-- What was read, refused and deleted -------------------------------------------------------------------------

create table source_file (
    file_id integer primary key,
    name text not null,
    sha256 text not null,
    bytes integer not null,
    is_failed integer not null check (is_failed in (0, 1)),
    problem text,
    kinds text not null,
    rows_read integer not null,
    rows_loaded integer not null,
    rows_unchanged integer not null,
    rows_duplicate integer not null,
    rows_rejected integer not null,
    rows_excluded integer not null,
    rows_expired integer not null,
    -- The cut-off under which rows expired on arrival; null where none did, and where the file has to be read again
    -- since they would not expire any more.
    expired_before integer,
    first_at integer,
    last_at integer,
    -- Event lines that fit no known sentence.
    lines_not_understood integer not null default 0,
    -- Digest of the word lists by which its texts were judged.
    word_lists text not null default '',
    loaded_at integer not null
);

-- Why rows of a file are in no figure: rejected rows by problem, excluded rows by what keeps them out.
create table source_reason (
    file_id integer not null,
    outcome text not null check (outcome in ('rejected', 'excluded')),
    reason text not null,
    row_count integer not null,
    primary key (file_id, outcome, reason)
) without rowid;

create index source_file_by_sha256 on source_file (sha256);
create index source_file_by_name on source_file (name, file_id);

-- Where a file was last seen: as long as all of this is equal it need not be read again.
create table source_path (
    path text primary key,
    device integer not null,
    inode integer not null,
    bytes integer not null,
    modified_ns integer not null,
    changed_ns integer not null,
    file_id integer not null
) without rowid;

-- Sources that are moved away once they are loaded (`ingest.after_ingest: archive`), until retention deletes them there.
-- Written before the move, so that nothing lies in the archive of which the store does not know.
create table archived_file (
    -- From the config's folder where it lies in it.
    path text primary key,
    -- What reports call it: where it was loaded from.
    name text not null,
    sha256 text not null,
    file_id integer not null,
    -- The input of the config that found it; empty for one that was loaded from the archive itself.
    input text not null,
    -- What the input says of its rows.
    kind text,
    chatwoot_account integer,
    -- Times of its first and newest row; null where no row has any.
    first_at integer,
    last_at integer,
    archived_at integer not null
) without rowid;

-- How far a table of a live database has been read. Written in the transaction of its rows, so that neither is without
-- the other. The name is that of source_file; under another basis (server, columns, accounts) the mark means nothing.
create table source_watermark (
    name text primary key,
    basis text not null,
    changed_at integer,
    last_id integer
) without rowid;

create table quarantine (
    file_id integer not null,
    line integer not null,
    ordinal integer not null,
    code text not null,
    field text,
    message text not null,
    fix text not null,
    row blob not null,
    loaded_at integer not null,
    primary key (file_id, line, ordinal)
) without rowid;

-- What was done, in one chain: every entry holds the hash of the one before (audit.md, Ledger). A receipt is the body of
-- its `retention.purged`.
create table ledger (
    seq integer primary key check (seq > 0),
    -- ISO 8601; the texts are those that were hashed.
    at text not null,
    kind text not null,
    run text not null,
    actor text not null,
    body text not null,
    prev text not null,
    hash text not null
);

create index ledger_by_kind on ledger (kind, seq);

-- Legal holds: what is null does not limit. Rows that all given limits fit are kept whatever their age.
create table legal_hold (
    hold_id integer primary key,
    account_id integer,
    contact_id integer,
    conversation_id integer,
    decision_id text,
    -- By the row's own time: from_at or later, before to_at.
    from_at integer,
    to_at integer,
    reason text not null,
    placed_by text not null,
    placed_at integer not null,
    until_at integer,
    released_at integer,
    released_by text,
    release_reason text
);

-- Figures of weeks and days whose rows are about to go, or are gone (audit.md, “No number moves”).
create table kpi_history (
    account_id integer not null,
    kind text not null check (kind in ('week', 'day')),
    start_at integer not null,
    end_at integer not null,
    created integer not null,
    breached integer not null,
    breaches integer not null,
    over_2h integer not null,
    after_reply integer not null,
    primary key (account_id, kind, start_at, end_at)
) without rowid;

-- Since when an account's rows are all here: before loaded_since they expired on arrival, before purged_before they were
-- purged. The lowest integer where none ever were.
create table kept_since (
    account_id integer primary key,
    loaded_since integer not null,
    purged_before integer not null
);

-- Decisions that were purged before their attempts, or before another with their id: that there was one is still to be known.
create table purged_decision (
    account_id integer not null,
    decision_id text not null,
    decided_at integer not null,
    shop_id integer not null,
    primary key (decision_id, account_id, decided_at)
) without rowid;

-- People whose data was erased, their conversations and decisions, by number alone: what a later export still has of them is not
-- stored again. Kept for good: an export may be as old as it likes.
create table erased_customer (
    account_id integer not null,
    contact_id integer not null,
    erased_at integer not null,
    -- Of the entry in the ledger; the contacts of one person share it.
    receipt text not null,
    -- A legal hold has kept some of it: it goes with the first purge after the hold has ended.
    is_held integer not null check (is_held in (0, 1)),
    primary key (account_id, contact_id)
) without rowid;

create table erased_conversation (
    account_id integer not null,
    conversation_id integer not null,
    -- Of whose erasure it is one.
    contact_id integer not null,
    -- A legal hold has kept some of it.
    is_held integer not null check (is_held in (0, 1)),
    primary key (account_id, conversation_id)
) without rowid;

create table erased_decision (
    decision_id text primary key
) without rowid;

-- Attempts that were purged before their decision: that it was tried, and how it ended, is known as long as the decision stays.
create table purged_attempt (
    account_id integer not null,
    decision_id text not null,
    attempted_at integer not null,
    attempt integer not null,
    scope_id integer not null,
    outcome integer not null,
    primary key (decision_id, attempted_at, attempt, account_id)
) without rowid;

-- What accounts had when rows were purged: where none is left, a week has 0, and not nothing to measure.
create table given_source (
    account_id integer not null,
    source text not null check (source in ('conversations', 'messages', 'decisions', 'decision_sync')),
    -- Of decision_sync, with the oldest of that scope; 0 of the others.
    scope_id integer not null,
    first_at integer not null,
    primary key (account_id, source, scope_id)
) without rowid;

create table setting (
    key text primary key,
    value text not null
) without rowid;
