/** Where a server answers what the verifier asks for. Each names `workspaceId`, or `tenantWide=true`. */

/** GET: the latest checkpoint of the caller's tenant, `{ "note": "<signed note>" }`. */
export const CHECKPOINT_PATH = "/api/audit/checkpoint";

/**
 * GET: a bundle as `application/x-ndjson`. Query: `first` and `last` (by default the whole log), `link` (sizes of
 * checkpoints to be tied to the stretch, with commas between), `after` (with `first` and `last`: the rest of that bundle behind this event).
 */
export const EXPORT_PATH = "/api/audit/export";
