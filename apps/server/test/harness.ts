import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatPlatformKey } from "@aic-sos/auth/credential";
import { newSecret } from "@aic-sos/auth/secret";
import { freePort } from "@aic-sos/devstack/free-port";
import { dataKeyStore } from "@aic-sos/db/data-keys";
import { createKeyfile, openKeyfile } from "@aic-sos/keyring/keyfile";
import { createKeyring, type Keyring } from "@aic-sos/keyring/keyring";
import { type FreshCells, freshCells, type TestCell } from "@aic-sos/testkit/fresh-cells";
import { freshId } from "@aic-sos/testkit/make-id";
import { type Config, configuredCells } from "../src/config.ts";
import { createLog } from "../src/log.ts";
import { startServer } from "../src/server.ts";
import { SessionSettings } from "../src/session-settings.ts";
import { TokenSettings } from "../src/token-settings.ts";
import { type Caller, httpCaller } from "./http-caller.ts";
import { type Outside, startOutside } from "./outside.ts";
import { makeUnbound, urlsOf, type UnboundRole } from "./unbound-role.ts";

/** A server of the test file's own, with two cells of its own. Call `stop` in `afterAll`. */
export interface Harness {
  readonly url: string;
  readonly config: Config;
  readonly cells: FreshCells;
  readonly outside: Outside;
  readonly us: TestCell;
  readonly eu: TestCell;
  /** Lines of the server's log. */
  readonly log: readonly string[];
  readonly anonymous: Caller;
  readonly platform: Caller;
  /** A keyring of our own over the server's keys. */
  keyringOf(cell: number): Keyring;
  /** Stops the server alone: its databases are there for others. */
  stopServer(): Promise<void>;
  /** Of client certificates. */
  readonly mtlsPort: number;
  /** As SIGHUP does. */
  reloadCertificate(): Promise<void>;
  stop(): Promise<void>;
}

export interface HarnessOptions {
  /** Where list-models calls go. */
  readonly providersUrl?: string;
  readonly identity?: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  readonly port?: number;
  /** Takes client certificates on a port of its own. */
  readonly mtls?: Config["mtls"];
  /** Whose `X-Forwarded-For` is believed; everybody's on this machine unless told. */
  readonly trustedProxies?: string[];
  /** Hosts of its own that the server may reach, beside the outside's. */
  readonly allow?: readonly string[];
  readonly otherRegions?: Readonly<Record<string, string>>;
  readonly platform?: Config["platform"];
  readonly sessions?: Config["sessions"];
  /** The application's database role, with a right that it must never have. Its self-check has to be out of the way. */
  readonly appRole?: UnboundRole;
}

/** Nobody listens there: for tests that need no identity provider or no language model provider. */
const NOWHERE = "http://127.0.0.1:9";

export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const cells = await freshCells();
  const folder = await mkdtemp(join(tmpdir(), "aic-server-"));
  const outside = await startOutside();
  const unbound = options.appRole && (await makeUnbound(cells, options.appRole));
  const config = await makeConfig(cells, folder, outside, options);
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => void lines.push(line) });
  const server = await startServer(config, log);
  let stopped: Promise<void> | undefined;
  const stopServer = () => (stopped ??= server.stop());
  const keyrings = new Map<number, Keyring>();
  for (const { code, region } of configuredCells(config)) {
    const keyEncryption = await openKeyfile(config.regions[region]?.keyring.keyfile ?? "");
    keyrings.set(
      code,
      createKeyring({ keyEncryption, store: dataKeyStore, makeId: () => freshId(code) }),
    );
  }
  const url = config.publicUrl;
  return {
    url,
    config,
    cells,
    outside,
    us: cells.us,
    eu: cells.eu,
    log: lines,
    anonymous: httpCaller(url),
    platform: httpCaller(url, { authorization: `Bearer ${config.platformKey}` }),
    keyringOf: (cell) => {
      const keyring = keyrings.get(cell);
      if (!keyring) throw new RangeError(`no cell ${cell}`);
      return keyring;
    },
    stopServer,
    mtlsPort: server.mtlsPort ?? 0,
    reloadCertificate: () => server.reloadCertificate(),
    stop: async () => {
      await stopServer();
      outside.stop();
      await unbound?.drop();
      await cells.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function makeConfig(
  cells: FreshCells,
  folder: string,
  outside: Outside,
  options: HarnessOptions,
): Promise<Config> {
  const { providersUrl = NOWHERE, port = await freePort() } = options;
  const identity = options.identity ?? {
    issuer: NOWHERE,
    clientId: "aic-sos",
    clientSecret: "none",
  };
  const region = async (cell: TestCell) => {
    const keyfile = join(folder, `${cell.region}.json`);
    await createKeyfile(keyfile);
    return {
      keyring: { keyfile },
      checkpoints: { directory: join(folder, "checkpoints", cell.region), everySeconds: 1 },
      providers: { openai: providersUrl, anthropic: providersUrl, azureOpenai: providersUrl },
      cells: [{ code: cell.code, database: urlsOf(cell, options.appRole), poolSize: 10 }],
    };
  };
  return {
    publicUrl: `http://localhost:${port}`,
    listen: { host: "127.0.0.1", port, trustedProxies: options.trustedProxies ?? ["loopback"] },
    platformKey: formatPlatformKey(newSecret()),
    ...(options.mtls ? { mtls: options.mtls } : {}),
    identity: { defaultProvider: { name: "Single sign-on", ...identity, allowInsecure: true } },
    sessions: options.sessions ?? SessionSettings.parse(undefined),
    tokens: TokenSettings.parse(undefined),
    outbound: {
      allow: [...(options.allow ?? []), new URL(outside.issuer).host],
      dnsServers: [outside.dns],
    },
    regions: {
      [cells.us.region]: await region(cells.us),
      [cells.eu.region]: await region(cells.eu),
    },
    otherRegions: options.otherRegions ?? {},
    platform: options.platform ?? {},
    demoPeople: [],
    version: "0.0.0-test",
  };
}
