-- By itself, for it reads the whole log: meanwhile everybody reads and writes as before, and only the sealer waits.
CREATE INDEX audit_events_log_of_idx ON audit_events(log_of) WHERE log_of IS NOT NULL;
