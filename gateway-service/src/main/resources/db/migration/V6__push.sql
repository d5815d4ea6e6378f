-- Whoever watches a recording before it is registered hears of that too.
create trigger recording_registered after insert on recording
    for each row execute function recording_notify();
