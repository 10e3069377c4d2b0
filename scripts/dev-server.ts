/**
 * What `turbo run dev` runs for the server, under `node --watch`: the server from the repository's
 * root, so that it works on the same `.data` as `pnpm start`.
 */
import { ROOT } from "./run.ts";

process.chdir(ROOT);
await import("../apps/server/src/main.ts");
