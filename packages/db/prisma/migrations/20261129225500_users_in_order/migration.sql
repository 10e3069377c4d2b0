-- Who raises the epochs of many locks them in the order of their ids, as does who notes that many were seen: two such transactions wait
-- for each other, and never in a circle.
CREATE OR REPLACE FUNCTION raise_epochs_of_services() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.users WHERE tenant_id = OLD.tenant_id AND kind = 'service' AND service_name IS NOT NULL
    ORDER BY id FOR NO KEY UPDATE;
  UPDATE public.users SET epoch = epoch + 1
    WHERE tenant_id = OLD.tenant_id AND kind = 'service' AND service_name IS NOT NULL;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION tenants_raise_epochs() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.users WHERE tenant_id = NEW.tenant_id ORDER BY id FOR NO KEY UPDATE;
  UPDATE public.users SET epoch = epoch + 1 WHERE tenant_id = NEW.tenant_id;
  RETURN NULL;
END
$$;
