-- One row for each recording. See docs/design.md, a recording's life.
create table recording (
    id                    bigint generated always as identity primary key,
    tenant                text        not null,
    account_sid           text        not null,
    call_sid              text        not null,
    recording_sid         text        not null,
    started_at            timestamptz,
    duration_seconds      integer,
    channels              integer,
    state                 text        not null check (state in
                              ('REGISTERED', 'FETCHING', 'WAITING', 'READY', 'FAILED', 'EVICTED', 'DELETED')),
    lane                  text        not null default 'INTERACTIVE' check (lane in ('INTERACTIVE', 'BULK')),
    -- Among bulk rows: lower first. Webhook before backfill.
    priority              integer     not null default 0,
    generation            integer     not null default 1 check (generation > 0),
    attempt               integer     not null default 0,
    -- Since the last claim that began a promise, for the back-off and its end.
    failures              integer     not null default 0,
    counted_attempts      integer     not null default 0,
    not_audio_attempts    integer     not null default 0,
    format                text        not null default 'MP3',
    -- When the promise began, when this attempt was claimed, when the broker acknowledged its request.
    promised_at           timestamptz,
    claimed_at            timestamptz,
    published_at          timestamptz,
    last_request_expiry   timestamptz,
    -- Nobody's click brings the row forward before this: Twilio's Retry-After.
    not_before            timestamptz,
    reason                text,
    failed_for_good       boolean     not null default false,
    claimable_at          timestamptz,
    object_bucket         text,
    object_key            text,
    object_size_bytes     bigint,
    object_sha256         text,
    object_etag           text,
    object_content_type   text,
    object_channels       integer,
    duration_millis       bigint,
    ready_at              timestamptz,
    traceparent           text,
    created_at            timestamptz not null default now(),
    changed_at            timestamptz not null default now(),
    -- Raised by every change of state: what an acknowledged announcement was about.
    revision              bigint      not null default 0,
    -- Work that is due, each kind with its own time; null means that there is none.
    fetch_due_at          timestamptz,
    announce_due_at       timestamptz,
    purge_due_at          timestamptz,
    -- While one replica announces, no other may: the last word must not be overtaken.
    announce_leased_until timestamptz,
    -- Everything stored up to and including this generation goes.
    purge_generation      integer     not null default 0,
    -- The one timer. Bulk rows wait for a free place, not for a time, so they are not in it.
    wake_at               timestamptz generated always as (least(
                              case when state = 'WAITING' and lane = 'BULK' then null else fetch_due_at end,
                              announce_due_at, purge_due_at)) stored,
    unique (account_sid, recording_sid)
);

create unique index recording_by_tenant_and_sid on recording (tenant, recording_sid);
create index recording_by_tenant_and_call on recording (tenant, call_sid, started_at desc, id desc);
create index recording_by_wake_at on recording (wake_at) where wake_at is not null;
create index recording_bulk_waiting on recording (priority, fetch_due_at) where state = 'WAITING' and lane = 'BULK';
create index recording_bulk_fetching on recording (id) where state = 'FETCHING' and lane = 'BULK';

-- In the transition's own transaction, and no transition can forget it.
create function recording_notify() returns trigger language plpgsql as $$
begin
    perform pg_notify('earshot_recordings', new.tenant || ':' || new.recording_sid);
    return null;
end $$;

create trigger recording_changed after update on recording
    for each row when (old.state is distinct from new.state or old.generation is distinct from new.generation)
    execute function recording_notify();
