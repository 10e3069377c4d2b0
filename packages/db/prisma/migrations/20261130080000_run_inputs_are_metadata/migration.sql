-- A run's row is there in every workspace, also where no content is kept, so its inputs hold what cannot carry prose: names as a
-- workflow declares them, and for each a number, a boolean or a text of at most 128 characters. The edge holds them to the workflow's
-- own schemas; this holds whoever writes to the form. runs_inputs_check, which comes first by its name, says that it is an object.
-- NOT VALID: the edge never let in anything else, and the scan would keep all runs locked while the server starts.
ALTER TABLE runs
  ADD CONSTRAINT runs_inputs_metadata_check CHECK (NOT jsonb_path_exists(inputs, 'strict $.keyvalue() ? (
    !(@.key like_regex "^[a-z][A-Za-z0-9_]{0,62}$") ||
    @.value.type() == "object" || @.value.type() == "array" || @.value.type() == "null" ||
    @.value.type() == "string" && !(@.value like_regex "^.{0,128}$" flag "s"))')) NOT VALID;
