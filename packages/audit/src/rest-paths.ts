/** Where a server answers what the verifier asks for. */

/** GET: the latest checkpoint of the caller's tenant, `{ "note": "<signed note>" }`. */
export const CHECKPOINT_PATH = "/api/audit/checkpoint";

/**
 * GET: a bundle as `application/x-ndjson`. Query: `first` and `last` (by default the whole log), `link` (a checkpoint's size to
 * be tied to the stretch, repeatable), `after` (with `first` and `last`: the rest of that bundle behind this event).
 */
export const EXPORT_PATH = "/api/audit/export";
