-- Pages of a tenant's recordings, newest first. See docs/adr/0017-deletion-and-pages.md.

-- When the call's recording began, as far as it is known.
alter table recording add column began_at timestamptz generated always as (coalesce(started_at, created_at)) stored;

create index recording_pages on recording (tenant, began_at desc, recording_sid desc) where state <> 'DELETED';
-- A page of the few failed ones among a million must not read the million.
create index recording_pages_by_state on recording (tenant, state, began_at desc, recording_sid desc)
    where state <> 'DELETED';
