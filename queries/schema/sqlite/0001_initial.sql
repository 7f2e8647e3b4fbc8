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
    file_id integer not null,
    line integer not null,
    primary key (account_id, decided_at, decision_id)
) without rowid;

create index decision_by_conversation on decision (account_id, conversation_id, decided_at);

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

create table conversation (
    account_id integer not null,
    conversation_id integer not null,
    created_at integer not null,
    updated_at integer not null,
    last_activity_at integer not null,
    status text not null,
    inbox_id integer not null,
    priority text,
    first_reply_at integer,
    labels text not null,
    contact_id integer,
    customer_name text,
    content integer not null,
    file_id integer not null,
    line integer not null,
    primary key (account_id, conversation_id)
) without rowid;

create table message (
    account_id integer not null,
    conversation_id integer not null,
    message_id integer not null,
    sent_at integer not null,
    updated_at integer not null,
    kind integer not null,
    sender_id integer,
    is_failed integer not null check (is_failed in (0, 1)),
    error_id integer,
    text_hash integer not null,
    token_count integer not null,
    flags integer not null,
    amount_hundredths integer,
    content integer not null,
    file_id integer not null,
    line integer not null,
    primary key (account_id, conversation_id, message_id)
) without rowid;

-- What an event line says; one row a label.
create table activity (
    account_id integer not null,
    conversation_id integer not null,
    message_id integer not null,
    ordinal integer not null,
    happened_at integer not null,
    kind integer not null,
    actor_name text,
    subject text,
    primary key (account_id, conversation_id, message_id, ordinal)
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

create table conversation_fact (
    account_id integer not null,
    conversation_id integer not null,
    created_at integer not null,
    last_activity_at integer not null,
    inbox_id integer not null,
    contact_id integer,
    first_reply_at integer,
    resolved_at integer,
    is_resolution_approximate integer not null check (is_resolution_approximate in (0, 1)),
    breached_at integer,
    breach_resolved_at integer,
    message_coverage integer not null,
    purged_before integer not null default 0,
    primary key (account_id, conversation_id)
) without rowid;

create index conversation_fact_by_creation on conversation_fact (account_id, created_at, breached_at, inbox_id);
create index conversation_fact_by_breach
    on conversation_fact (
        account_id, breached_at, breach_resolved_at, first_reply_at, created_at, contact_id, last_activity_at
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
    primary key (account_id, conversation_id, started_at)
) without rowid;

create index escalation_by_start on escalation (account_id, started_at);

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
    loaded_at integer not null
);

create index source_file_by_sha256 on source_file (sha256);

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

create table retention_receipt (
    receipt_id text primary key,
    as_of integer not null,
    cutoff_at integer not null,
    purged_at integer not null,
    body text not null
) without rowid;

create table setting (
    key text primary key,
    value text not null
) without rowid;
