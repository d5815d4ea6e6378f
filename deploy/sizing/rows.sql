-- What a recording costs in PostgreSQL: a hundred thousand rows go through the real schema as the gateway's transitions move them, and the sizes are printed.
-- Run it against an empty database that a gateway has migrated (./earshot up --fresh; psql postgresql://...:15432/earshot -f deploy/sizing/rows.sql). Ends with
-- the rows deleted again. docs/operating.md, "Sizing", has what it printed.
\set rows 100000
\timing off
\pset footer off
create temp table mark as select pg_current_wal_lsn() as lsn;
vacuum recording;
select pg_total_relation_size('recording') as bytes_before \gset
insert into recording (tenant, account_sid, call_sid, recording_sid, started_at, duration_seconds, channels, state)
select 'tenant-' || i % 20, 'AC' || md5('a' || i % 20), 'CA' || md5('c' || i), 'RE' || md5('r' || i),
    now() - i * interval '1 s', 240, 2, 'REGISTERED' from generate_series(1, :rows) i;
update recording set state = 'FETCHING', attempt = 1, promised_at = now(), claimed_at = now(), fetch_due_at = now() + interval '1 h',
    last_request_expiry = now() + interval '1 h', traceparent = '00-' || md5('t' || id) || '-' || left(md5('s' || id), 16) || '-01', revision = 1
    where tenant like 'tenant-%';
vacuum recording;
update recording set published_at = now() where tenant like 'tenant-%';
vacuum recording;
update recording set state = 'READY', fetch_due_at = null, object_bucket = 'earshot-recordings',
    object_key = tenant || '/' || recording_sid || '/1/audio', object_size_bytes = 960000,
    object_sha256 = md5('x' || id) || md5('y' || id), object_etag = md5('e' || id), object_content_type = 'audio/mpeg', object_channels = 2,
    duration_millis = 240000, ready_at = now(), changed_at = now(), announce_due_at = now() + interval '1 h', revision = 2
    where tenant like 'tenant-%';
vacuum recording;
update recording set announce_due_at = null where tenant like 'tenant-%';
vacuum analyze recording;
select pg_wal_lsn_diff(pg_current_wal_lsn(), lsn) as wal from mark \gset
select (pg_total_relation_size('recording') - :bytes_before) / :rows as "bytes a recording, table and indexes, after five writes each",
    pg_relation_size('recording') / :rows as "table alone", pg_indexes_size('recording') / :rows as "indexes alone",
    round(avg(pg_column_size(recording.*))) as "one row", (:wal / :rows)::int as "WAL" from recording where tenant like 'tenant-%';
reindex table recording;
vacuum full recording;
select pg_relation_size('recording') / :rows as "table, rewritten", pg_indexes_size('recording') / :rows as "indexes, rebuilt";
select indexrelname, pg_relation_size(indexrelid) / :rows as "bytes a recording" from pg_stat_user_indexes where relname = 'recording' order by 2 desc;
delete from recording where tenant like 'tenant-%';
vacuum full recording;
