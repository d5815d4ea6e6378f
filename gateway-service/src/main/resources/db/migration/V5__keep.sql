-- What is kept and for how long. See docs/adr/0018-retention-and-last-played.md.

-- When somebody last began to listen, to the hour or so; null if nobody ever did.
alter table recording add column last_played_at timestamptz;

-- The longest unplayed of each tenant first: read row by row, and from one tenant to the next without those between.
-- What is ready changed last when it became so, by this database's clock; ready_at is the fetcher's.
create index recording_by_last_use on recording (tenant, (greatest(last_played_at, changed_at)))
    where state = 'READY';
create index recording_by_age on recording (tenant, (coalesce(started_at, created_at)))
    where state <> 'DELETED';

-- In the object store's own order, byte by byte. The slash belongs to it: "a-b/" comes before "a/".
create index recording_by_object_prefix on recording ((tenant || '/' || recording_sid || '/') collate "C");

-- Work that one replica at a time may do. Not a lock: a holder that is gone is forgotten when its time is over.
create table work_lease (
    work        text        primary key,
    holder      uuid        not null,
    held_until  timestamptz not null
);
