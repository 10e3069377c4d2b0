import type { RequestListener } from "node:http";
import type { Dependencies } from "../dependencies.ts";

/**
 * What each request goes through, whoever answers it: made once around whatever comes `next`. On Node's own request and
 * response, since Express gives both another prototype, and whatever reads them after that pays for it.
 */
export type Step = (next: RequestListener, deps: Dependencies) => RequestListener;
