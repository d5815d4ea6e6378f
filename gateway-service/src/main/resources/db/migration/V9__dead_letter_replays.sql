-- Which dead letters were replayed, so that none is twice unnoticed. See docs/adr/0028-administration.md.
create table dead_letter_replay (
    topic         text        not null,
    partition_id  integer     not null,
    letter_offset bigint      not null,
    -- Offsets begin anew in a topic that was made anew.
    written_at    timestamptz not null,
    claimed_at    timestamptz not null,
    claimed_by    text        not null,
    -- Null: whoever wanted it may have died before the broker had it.
    sent_at       timestamptz,
    primary key (topic, partition_id, letter_offset, written_at)
);
