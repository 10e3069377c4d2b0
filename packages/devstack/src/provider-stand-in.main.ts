import { fstatSync, readFileSync } from "node:fs";
import { type StandInKey, startProviderStandIn } from "./provider-stand-in.ts";
import { refuseInProduction } from "./refuse-in-production.ts";

/*
 * The stand-in as a process of its own: `node provider-stand-in.main.ts <file>`, where the file holds
 * `{ "port": 4002, "keys": [{ "provider": …, "key": …, "answer": … }] }`. Prints one line when it listens,
 * `{ "ready": true, "url": … }`, and ends on SIGTERM and with its parent: when the IPC channel closes,
 * or the pipe that is its standard input.
 */
refuseInProduction();
const { port, keys } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as {
  port?: number;
  keys: StandInKey[];
};
const standIn = await startProviderStandIn({ ...(port === undefined ? {} : { port }), keys });
const end = (): void => {
  void standIn.close().then(() => process.exit(0));
};
process.once("SIGTERM", end).once("SIGINT", end).once("disconnect", end);
const stdin = fstatSync(0);
if (stdin.isFIFO() || stdin.isSocket()) process.stdin.once("end", end).resume();
console.log(JSON.stringify({ ready: true, url: standIn.url }));
