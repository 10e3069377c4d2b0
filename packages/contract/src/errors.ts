/**
 * Every error that a caller can see. The public sentence is here; the internal reason stays in the log.
 * REST answers RFC 9457 `application/problem+json` with `type` = `/docs/errors#<code>`.
 */
export const ERRORS = {
  invalid_input: { status: 400, title: "The request is not valid" },
  malformed_body: { status: 400, title: "The body could not be read" },
  malformed_request: { status: 400, title: "The request could not be read" },
  workspace_required: { status: 400, title: "No workspace was named" },
  batch_with_idempotency_key: { status: 400, title: "A batch cannot carry an idempotency key" },
  unauthenticated: { status: 401, title: "No valid credential was sent" },
  forbidden: { status: 403, title: "Not allowed" },
  region_mismatch: { status: 403, title: "Another region" },
  cross_site: { status: 403, title: "Refused: the request comes from another site" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "This address does not take that method" },
  request_timeout: { status: 408, title: "The request took too long to come" },
  already_exists: { status: 409, title: "It exists already" },
  conflict: { status: 409, title: "It is in use or has changed meanwhile" },
  answer_not_kept: {
    status: 409,
    title: "Done already; the answer held a secret and was not kept",
  },
  not_covered_yet: { status: 409, title: "No checkpoint covers this event yet" },
  body_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The content type is not supported" },
  idempotency_key_reused: {
    status: 422,
    title: "The idempotency key was used for another request",
  },
  content_refused: { status: 422, title: "Content is not kept in this workspace" },
  invalid_workflow: { status: 422, title: "The workflow definition has problems" },
  invalid_run_inputs: { status: 422, title: "The inputs do not fit the workflow" },
  identity_provider_refused: {
    status: 422,
    title: "The identity provider cannot be used",
  },
  domain_not_proved: { status: 422, title: "The DNS record was not found" },
  not_published: { status: 422, title: "The workflow is not published" },
  rate_limited: { status: 429, title: "Too many requests" },
  headers_too_large: { status: 431, title: "The request line and the headers are too large" },
  internal: { status: 500, title: "Something went wrong on our side" },
  audit_unavailable: { status: 503, title: "The audit log cannot be written, so nothing was done" },
  unavailable: { status: 503, title: "Not available at the moment" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;

export const errorCodes = Object.keys(ERRORS) as ErrorCode[];
