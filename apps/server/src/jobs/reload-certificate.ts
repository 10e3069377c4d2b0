import type { Dependencies } from "../dependencies.ts";
import type { MtlsServer } from "../mtls-server.ts";
import { type RepeatedJob, runEvery } from "./run-every.ts";

/**
 * Looks every ten seconds whether the server's own certificate has been renewed: reading two files finds a change in any
 * file system, also where a mounted secret is swapped as a link.
 */
export function reloadCertificate(deps: Dependencies, mtls: MtlsServer): RepeatedJob {
  return runEvery("reload-certificate", 10_000, deps.log, async () => {
    await mtls.reload();
    return "pause";
  });
}
