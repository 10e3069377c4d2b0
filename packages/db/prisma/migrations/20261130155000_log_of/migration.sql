-- The tenant, in the first event of its log: by it the log belongs to a tenant that is there and stays. Each further event continues the
-- log, so that a foreign key looks at the tenant once for a log, and not once for an event. Filled by the migration after the next.
ALTER TABLE audit_events ADD COLUMN log_of UUID;
