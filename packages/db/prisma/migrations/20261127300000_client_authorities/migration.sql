-- CAs of a tenant: what they issue lets its services in, and nobody else's.

CREATE TABLE client_authorities (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    certificate_pem TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    subject TEXT NOT NULL,
    not_after TIMESTAMPTZ(3) NOT NULL,
    last_used_at TIMESTAMPTZ(3),
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT client_authorities_pkey PRIMARY KEY (tenant_id,id)
);
CREATE UNIQUE INDEX client_authorities_tenant_id_fingerprint_key ON client_authorities(tenant_id, fingerprint);
CREATE INDEX client_authorities_tenant_id_created_by_idx ON client_authorities(tenant_id, created_by);
ALTER TABLE client_authorities
  ADD CONSTRAINT client_authorities_tenant_id_fkey
  FOREIGN KEY (tenant_id)
  REFERENCES tenants(tenant_id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE client_authorities
  ADD CONSTRAINT client_authorities_tenant_id_created_by_fkey
  FOREIGN KEY (tenant_id, created_by)
  REFERENCES users(tenant_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE client_authorities
  ADD CONSTRAINT client_authorities_name_check CHECK (char_length(name) BETWEEN 1 AND 120),
  ADD CONSTRAINT client_authorities_certificate_pem_check CHECK (
    char_length(certificate_pem) <= 16384 AND certificate_pem LIKE '-----BEGIN CERTIFICATE-----%'
    AND position('PRIVATE KEY' IN certificate_pem) = 0),
  ADD CONSTRAINT client_authorities_fingerprint_check CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT client_authorities_subject_check CHECK (char_length(subject) BETWEEN 1 AND 500);
CALL protect_table('client_authorities', 'tenant');
GRANT SELECT, INSERT, DELETE, UPDATE (last_used_at) ON client_authorities TO aic_app;

-- Any of the tenant's services may be cached with a certificate of that CA. Which does not matter: to be read again costs them one
-- look-up each. Security definer: the one who removes a CA may not write the epoch.
CREATE FUNCTION raise_epochs_of_services() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.users SET epoch = epoch + 1
    WHERE tenant_id = OLD.tenant_id AND kind = 'service' AND service_name IS NOT NULL;
  RETURN NULL;
END
$$;
CREATE TRIGGER raise_epochs_on_delete AFTER DELETE ON client_authorities
  FOR EACH ROW EXECUTE FUNCTION raise_epochs_of_services();
