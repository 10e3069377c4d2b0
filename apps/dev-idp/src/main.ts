import { ConfigError, readConfig } from "./config.ts";
import { startDevIdp } from "./dev-idp.ts";
import { onParentGone } from "./parent.ts";

try {
  const idp = await startDevIdp(await readConfig(process.argv.slice(2)));
  const end = (): void => {
    void idp.close().then(() => process.exit(0));
  };
  process.once("SIGTERM", end).once("SIGINT", end);
  onParentGone(end);
  console.log(JSON.stringify({ ready: true, issuer: idp.issuer }));
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
}
