-- What administrators look at. See docs/adr/0024-console.md.

-- What has failed and what is being tried again, by reason: both are few beside what is ready, and counted without reading rows.
create index recording_failures on recording (tenant, reason, state, failed_for_good, changed_at)
    where state in ('FAILED', 'WAITING') and reason is not null;
-- What is stored, by the day that it came: added up without reading rows.
create index recording_stored on recording (tenant, ready_at) include (object_size_bytes) where state = 'READY';
