import type { Step } from "./step.ts";

/** Where nothing is. */
const NOWHERE = "/api";

/**
 * Hands on each request with its target in origin form, `/path?query`: steps that go by the address see one spelling of it.
 * A server has to take the absolute form, too (RFC 9112 §3.2.2). What is no URL is sent to where nothing is, since
 * Express answers it past all of our steps. A fragment, which no target has but Node lets by, is cut off: with one Express
 * reads the path otherwise than it was sent, `\` as `/` and what follows `//` as a host.
 */
export const originForm: Step = (next) => (req, res) => {
  const target = req.url ?? "";
  if (!target.startsWith("/")) req.url = pathOf(target);
  else if (target.includes("#")) req.url = target.slice(0, target.indexOf("#"));
  next(req, res);
};

function pathOf(target: string): string {
  const url = /^https?:/i.test(target) ? URL.parse(target) : null;
  return url === null ? NOWHERE : `${url.pathname}${url.search}`;
}
