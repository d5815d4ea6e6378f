-- When the promise that is open began to fail: what fails for too long is given up, counted or not.
alter table recording add column failing_since timestamptz;
