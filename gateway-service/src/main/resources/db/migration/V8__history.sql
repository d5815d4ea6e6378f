-- What became of each recording, and when. See docs/adr/0028-administration.md.

-- What Twilio said of the attempt that the reason is about.
alter table recording add column twilio_code integer;

-- One row for each change, for as long as earshot.history.keep. Without the registration: created_at tells it.
create table recording_history (
    recording_id bigint      not null,
    id           bigint      not null generated always as identity,
    at           timestamptz not null default clock_timestamp(),
    state        text        not null,
    lane         text        not null,
    generation   integer     not null,
    attempt      integer     not null,
    reason       text,
    twilio_code  integer,
    primary key (recording_id, id)
);
-- What is kept no longer is found from its oldest on.
create index recording_history_by_time on recording_history (at);

-- In the transition's own transaction, and no transition can forget it. A tombstone keeps nothing of what was before: when
-- somebody listened is the recording's, and goes with it.
create function recording_remember() returns trigger language plpgsql as $$
begin
    if new.state = 'DELETED' then
        delete from recording_history where recording_id = new.id;
    end if;
    insert into recording_history (recording_id, state, lane, generation, attempt, reason, twilio_code)
    values (new.id, new.state, new.lane, new.generation, new.attempt,
        case when new.state in ('WAITING', 'FAILED') then new.reason end,
        case when new.state in ('WAITING', 'FAILED') then new.twilio_code end);
    return null;
end $$;

-- A change of the lane alone is a click on what was fetched in bulk.
create trigger recording_remembered after update on recording
    for each row when (old.state is distinct from new.state or old.generation is distinct from new.generation
        or old.attempt is distinct from new.attempt or old.lane is distinct from new.lane)
    execute function recording_remember();
