-- What no entry of the role table can change, and no code that forgets to ask.

-- Auditor stands alone in one person: in every workspace, and through every user that is linked to the same person.
CREATE OR REPLACE FUNCTION refuse_toxic_pair() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.users AS u
    WHERE u.tenant_id = NEW.tenant_id AND (u.id = NEW.user_id OR u.person_id = (
      SELECT a.person_id FROM public.users AS a WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.user_id))
    ORDER BY u.id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM public.role_bindings AS b
    JOIN public.users AS u ON u.tenant_id = b.tenant_id AND u.id = b.user_id
    WHERE b.tenant_id = NEW.tenant_id AND (b.role = 'Auditor') <> (NEW.role = 'Auditor')
      AND (u.id = NEW.user_id OR u.person_id = (
        SELECT a.person_id FROM public.users AS a WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.user_id))) THEN
    RAISE EXCEPTION 'role % is refused: Auditor and another role must not meet in one person', NEW.role
      USING ERRCODE = 'AE006', CONSTRAINT = 'no_toxic_pair';
  END IF;
  RETURN NULL;
END
$$;

-- The same, where the roles are there and the persons become one.
CREATE FUNCTION refuse_toxic_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.users AS u
    WHERE u.tenant_id = NEW.tenant_id AND u.person_id = NEW.person_id ORDER BY u.id FOR NO KEY UPDATE;
  IF (SELECT count(DISTINCT b.role = 'Auditor') > 1 FROM public.role_bindings AS b
    JOIN public.users AS u ON u.tenant_id = b.tenant_id AND u.id = b.user_id
    WHERE u.tenant_id = NEW.tenant_id AND u.person_id = NEW.person_id) THEN
    RAISE EXCEPTION 'the link is refused: Auditor and another role must not meet in one person'
      USING ERRCODE = 'AE006', CONSTRAINT = 'no_toxic_person';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER no_toxic_person AFTER UPDATE OF person_id ON users FOR EACH ROW
  WHEN (NEW.person_id IS NOT NULL AND NEW.person_id IS DISTINCT FROM OLD.person_id) EXECUTE FUNCTION refuse_toxic_person();

-- Services never approve: they never get the role.
CREATE FUNCTION refuse_approving_service() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.users WHERE tenant_id = NEW.tenant_id AND id = NEW.user_id AND kind <> 'user') THEN
    RAISE EXCEPTION 'role Approver is refused: services never approve'
      USING ERRCODE = 'AE008', CONSTRAINT = 'services_never_approve';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER services_never_approve AFTER INSERT OR UPDATE OF user_id, role ON role_bindings FOR EACH ROW
  WHEN (NEW.role = 'Approver') EXECUTE FUNCTION refuse_approving_service();

-- Nobody decides what they requested: not the request, not its run, not by a service that has a key or a role of their making,
-- and not by another user of theirs. Security definer: a key or a binding of another workspace counts, too.
CREATE FUNCTION refuse_own_decision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_decider record;
BEGIN
  SELECT u.kind, coalesce(u.person_id, u.id) AS person INTO v_decider
    FROM public.users AS u WHERE u.tenant_id = NEW.tenant_id AND u.id = NEW.decided_by FOR SHARE;
  IF NOT FOUND THEN
    RETURN NULL; -- The foreign key refuses it.
  END IF;
  IF v_decider.kind IS DISTINCT FROM 'user' THEN
    RAISE EXCEPTION 'the decision is refused: services never approve'
      USING ERRCODE = 'AE008', CONSTRAINT = 'services_never_decide';
  END IF;
  IF EXISTS (
    WITH requesters AS (
      SELECT r.requested_by AS id FROM public.approval_requests AS r
        WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.approval_request_id
      UNION SELECT r.requested_by FROM public.runs AS r WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.run_id),
    behind AS (
      SELECT id FROM requesters
      UNION SELECT k.created_by FROM requesters AS q
        JOIN public.users AS s ON s.tenant_id = NEW.tenant_id AND s.id = q.id AND s.kind = 'service'
        JOIN public.api_keys AS k ON k.tenant_id = s.tenant_id AND k.user_id = s.id
      UNION SELECT b.created_by FROM requesters AS q
        JOIN public.users AS s ON s.tenant_id = NEW.tenant_id AND s.id = q.id AND s.kind = 'service'
        JOIN public.role_bindings AS b ON b.tenant_id = s.tenant_id AND b.user_id = s.id)
    SELECT FROM behind JOIN public.users AS u ON u.tenant_id = NEW.tenant_id AND u.id = behind.id
      WHERE coalesce(u.person_id, u.id) = v_decider.person) THEN
    RAISE EXCEPTION 'the decision is refused: nobody decides what they requested'
      USING ERRCODE = 'AE008', CONSTRAINT = 'nobody_decides_their_own';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER nobody_decides_their_own AFTER INSERT ON approval_decisions
  FOR EACH ROW EXECUTE FUNCTION refuse_own_decision();

-- Auditor never mutates: the table that roles are filled from cannot say otherwise.
CREATE FUNCTION refuse_mutating_auditor() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.permissions WHERE name = NEW.permission AND effect <> 'read') THEN
    RAISE EXCEPTION 'permission % is refused: Auditor never mutates', NEW.permission
      USING ERRCODE = 'AE008', CONSTRAINT = 'auditor_never_mutates';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER auditor_never_mutates AFTER INSERT OR UPDATE ON role_permissions FOR EACH ROW
  WHEN (NEW.role = 'Auditor') EXECUTE FUNCTION refuse_mutating_auditor();
