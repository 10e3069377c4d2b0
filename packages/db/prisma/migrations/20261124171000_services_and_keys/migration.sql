-- Services by name, what a key is limited to and what came after it, and people who left.

ALTER TABLE users
  ADD COLUMN service_name TEXT,
  ADD COLUMN disabled_at TIMESTAMPTZ(3),
  ADD COLUMN removed_at TIMESTAMPTZ(3);
CREATE UNIQUE INDEX users_tenant_id_service_name_key ON users(tenant_id, service_name);
ALTER TABLE users
  ADD CONSTRAINT users_service_name_check CHECK (
    service_name IS NULL OR kind = 'service' AND service_name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$');
GRANT UPDATE (disabled_at, removed_at) ON users TO aic_app;

ALTER TABLE api_keys
  ADD COLUMN permissions TEXT[],
  ADD COLUMN rotated_to UUID;
CREATE INDEX api_keys_tenant_id_workspace_id_rotated_to_idx ON api_keys(tenant_id, workspace_id, rotated_to);
DROP INDEX api_keys_tenant_id_workspace_id_id_idx;
CREATE UNIQUE INDEX api_keys_tenant_id_workspace_id_id_key ON api_keys(tenant_id, workspace_id, id);
-- The successor of a key that is bound to a workspace is bound to the same one. Of one that is bound to none (null) this checks
-- nothing; row-level security then keeps what is pointed to in the tenant.
ALTER TABLE api_keys
  ADD CONSTRAINT api_keys_tenant_id_workspace_id_rotated_to_fkey
  FOREIGN KEY (tenant_id, workspace_id, rotated_to)
  REFERENCES api_keys(tenant_id, workspace_id, id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE api_keys
  -- An empty list would be a key that may nothing; no list is one that may what its roles allow.
  ADD CONSTRAINT api_keys_permissions_check CHECK (cardinality(permissions) BETWEEN 1 AND 100 AND array_position(permissions, NULL) IS NULL);
-- Not the permissions: what a key may is said when it is made.
GRANT UPDATE (rotated_to) ON api_keys TO aic_app;

-- An accepted invitation outlives the person; their address does not.
GRANT UPDATE (email) ON invitations TO aic_app;
