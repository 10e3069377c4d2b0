import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  makeAuthority,
  makeCertificate,
  type MadeCertificate,
} from "@aic-sos/testkit/make-certificate";
import { type Harness, type HarnessOptions, startHarness } from "../harness.ts";
import { freshName, makePlace, type Place } from "../places.ts";
import { type Actor, makeActor, makeHome } from "../world.ts";

const TRUST_DOMAIN = "example.test";

/** Where proxies of the tests call from; all of 127.0.0.0/8 is this machine. */
export const RFC9440_PROXY = "127.0.0.2";
export const ENVOY = "127.0.0.3";

/** A server with the port of client certificates. */
export interface MtlsStage extends Harness {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** @param options `certificateProxy`: another address that may hand certificates on, by RFC 9440 */
export async function startMtlsStage(
  options: HarnessOptions & { certificateProxy?: string } = {},
): Promise<MtlsStage> {
  const { certificateProxy, ...others } = options;
  const folder = await mkdtemp(join(tmpdir(), "aic-mtls-"));
  const [certificateFile, keyFile] = [join(folder, "server.pem"), join(folder, "server.key")];
  await writeServerCertificate({ certificateFile, keyFile });
  const harness = await startHarness({
    ...others,
    mtls: {
      trustDomain: TRUST_DOMAIN,
      host: "127.0.0.1",
      port: 0,
      certificateFile,
      keyFile,
      proxies: [
        {
          peers: [RFC9440_PROXY, ...(certificateProxy ? [certificateProxy] : [])],
          header: "client-cert",
        },
        { peers: [ENVOY], header: "x-forwarded-client-cert" },
      ],
    },
  });
  const stop = async () => {
    await harness.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...harness, certificateFile, keyFile, stop };
}

/** A new certificate and key for the server itself, into its files. */
export async function writeServerCertificate(files: {
  certificateFile: string;
  keyFile: string;
}): Promise<MadeCertificate> {
  const made = makeCertificate({ hosts: ["localhost"], purposes: ["server"] });
  await writeFile(files.certificateFile, made.pem);
  await writeFile(files.keyFile, made.keyPem);
  return made;
}

/** A tenant with a service, and with a CA that it registered over REST. */
export interface MtlsHome {
  readonly place: Place;
  /** Administers the whole tenant. */
  readonly boss: Actor;
  readonly authority: MadeCertificate;
  readonly authorityId: string;
  readonly service: { readonly id: string; readonly name: string };
  /** `spiffe://…` of the service. */
  readonly uri: string;
}

export async function makeMtlsHome(harness: Harness, cell = harness.us): Promise<MtlsHome> {
  const { tenant, workspace } = await makeHome(harness, cell);
  const place = await makePlace(harness, tenant, workspace);
  const boss = await makeActor(harness, tenant, { role: "WorkspaceAdmin" });
  const authority = makeAuthority({ commonName: freshName("CA") });
  const authorityId = await registerAuthority(boss, authority);
  const service = await makeService(place);
  return { place, boss, authority, authorityId, service, uri: uriOf(place, service.name) };
}

export function uriOf({ tenant }: Pick<Place, "tenant">, name: string, region = tenant.region) {
  return `spiffe://${TRUST_DOMAIN}/${region}/${tenant.id}/${name}`;
}

export async function makeService({ admin }: Place): Promise<{ id: string; name: string }> {
  const name = freshName("bot");
  const answer = await admin.post("/api/services", { name, roles: ["Operator"] });
  return { id: (answer.body as { id: string }).id, name };
}

export async function registerAuthority(boss: Actor, made: MadeCertificate): Promise<string> {
  const body = { name: freshName("CA"), certificatePem: made.pem };
  const answer = await boss.post("/api/client-authorities", body);
  if (answer.status !== 201) throw new Error(answer.text);
  return (answer.body as { id: string }).id;
}
