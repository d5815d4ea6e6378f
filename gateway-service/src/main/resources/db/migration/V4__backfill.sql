-- One row for each backfill that an operator asked for.
create table backfill (
    id          uuid        primary key,
    account_sid text        not null,
    from_time   timestamptz not null,
    to_time     timestamptz not null check (to_time > from_time),
    -- requested: the fetcher shall list; listing: it does; registering: it has, and what it saw comes in; done or failed: the end.
    state       text        not null default 'requested'
                            check (state in ('requested', 'listing', 'registering', 'done', 'failed')),
    -- How often the list was asked for. Only the newest attempt's progress counts.
    attempt     integer     not null default 0,
    pages       integer     not null default 0,
    seen        bigint      not null default 0,
    -- What came in of it, each recording once.
    handled     bigint      not null default 0,
    registered  bigint      not null default 0,
    known       bigint      not null default 0,
    unassigned  bigint      not null default 0,
    detail      text,
    created_at  timestamptz not null default now(),
    changed_at  timestamptz not null default now(),
    -- When the list is to be asked for, again if nothing was heard of it; null at the end.
    due_at      timestamptz
);
create index backfill_due on backfill (due_at) where due_at is not null;

-- Which recordings a running backfill has counted, for a record may come twice. Emptied at its end.
create table backfill_recording (
    backfill_id   uuid not null,
    recording_sid text not null,
    primary key (backfill_id, recording_sid)
);
