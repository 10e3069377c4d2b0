-- Servers that opened their scopes by it are gone (docs/adr/0011).
DROP FUNCTION begin_scope(uuid, text, uuid, uuid, bigint, boolean);
