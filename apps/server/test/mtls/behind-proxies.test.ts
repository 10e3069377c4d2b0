import { createHash } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { json } from "node:stream/consumers";
import {
  makeAuthority,
  makeClientCertificate,
  type MadeCertificate,
} from "@aic-sos/testkit/make-certificate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ENVOY,
  makeMtlsHome,
  type MtlsHome,
  type MtlsStage,
  RFC9440_PROXY,
  startMtlsStage,
} from "./stage.ts";
import { tlsCaller } from "./tls-caller.ts";

let stage: MtlsStage;
let home: MtlsHome;
let own: MadeCertificate;

beforeAll(async () => {
  stage = await startMtlsStage({ trustedProxies: [RFC9440_PROXY] });
  home = await makeMtlsHome(stage);
  own = makeClientCertificate(home.authority, home.uri);
});
afterAll(() => stage.stop());

const STRANGER = "127.0.0.1";

type Sent = Readonly<Record<string, string | string[]>>;

/** Asks on the plain port, as the machine of that address, who it is. */
async function whoAmI(from: string, headers: Sent) {
  const { port } = new URL(stage.url);
  const sent = request({ host: "127.0.0.1", port, localAddress: from, path: "/api/me", headers });
  sent.end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const body = (await json(response)) as { principal?: { id: string } };
  return [response.statusCode, body.principal?.id];
}

const bytes = ({ der }: MadeCertificate) => `:${der.toString("base64")}:`;
const pem = (...made: readonly MadeCertificate[]) =>
  encodeURIComponent(made.map((one) => one.pem).join(""));
const digest = ({ der }: MadeCertificate) => createHash("sha256").update(der).digest("hex");
const TAKEN = () => [200, home.service.id];
const REFUSED = [401, undefined];

describe("a certificate in Client-Cert (RFC 9440)", () => {
  it("counts from the proxy that is listed for it", async () => {
    expect(await whoAmI(RFC9440_PROXY, { "client-cert": bytes(own) })).toEqual(TAKEN());
  });

  it("comes with those above it in Client-Cert-Chain", async () => {
    const high = makeAuthority({ commonName: "High", issuer: home.authority });
    const low = makeAuthority({ commonName: "Low", issuer: high });
    const leaf = bytes(makeClientCertificate(low, home.uri));
    const chain = { "client-cert": leaf, "client-cert-chain": `${bytes(low)}, ${bytes(high)}` };
    expect(await whoAmI(RFC9440_PROXY, chain)).toEqual(TAKEN());
    const twice = { "client-cert": leaf, "client-cert-chain": [bytes(low), bytes(high)] };
    expect(await whoAmI(RFC9440_PROXY, twice)).toEqual(TAKEN());
    const alone = bytes(makeClientCertificate(low, home.uri));
    expect(await whoAmI(RFC9440_PROXY, { "client-cert": alone })).toEqual(REFUSED);
  });

  it("is nothing from anybody else, whatever they write", async () => {
    for (const from of [STRANGER, ENVOY]) {
      expect(await whoAmI(from, { "client-cert": bytes(own) })).toEqual(REFUSED);
      const claims = { "client-cert": bytes(own), "x-forwarded-for": RFC9440_PROXY };
      expect(await whoAmI(from, claims)).toEqual(REFUSED);
    }
  });

  it("is refused when it is not exactly of its form", async () => {
    const good = bytes(own);
    const malformed: Sent[] = [
      { "client-cert": good.slice(1) },
      { "client-cert": good.slice(0, -1) },
      { "client-cert": `${good};x=1` },
      { "client-cert": `"${good}"` },
      { "client-cert": own.der.toString("base64") },
      { "client-cert": pem(own) },
      { "client-cert": "::" },
      { "client-cert": [good, good] },
      { "client-cert": `${good}, ${good}` },
      { "client-cert": good.replace("M", " M") },
      { "client-cert": good, "client-cert-chain": "x" },
      { "client-cert": good, "client-cert-chain": "" },
      { "client-cert": good, "client-cert-chain": Array.from({ length: 5 }, () => good).join(",") },
      { "client-cert-chain": good },
    ];
    for (const headers of malformed) {
      expect([headers, ...(await whoAmI(RFC9440_PROXY, headers))]).toEqual([headers, ...REFUSED]);
    }
  });

  it("is verified like any other: under another tenant's CA it is nobody's", async () => {
    const forged = makeClientCertificate(makeAuthority(), home.uri);
    expect(await whoAmI(RFC9440_PROXY, { "client-cert": bytes(forged) })).toEqual(REFUSED);
  });
});

describe("a certificate in x-forwarded-client-cert (Envoy)", () => {
  const xfcc = (value: string | string[]) => whoAmI(ENVOY, { "x-forwarded-client-cert": value });

  it("counts from the proxy that is listed for it, by Cert or by Chain", async () => {
    const subject = `Subject="CN=a\\"b,c;d";URI=${home.uri}`;
    expect(await xfcc(`By=spiffe://x/y;Hash=${digest(own)};Cert="${pem(own)}";${subject}`)).toEqual(
      TAKEN(),
    );
    const middle = makeAuthority({ commonName: "Middle", issuer: home.authority });
    const leaf = makeClientCertificate(middle, home.uri);
    expect(await xfcc(`Chain="${pem(leaf, middle)}"`)).toEqual(TAKEN());
    expect(await xfcc(`Cert="${pem(leaf)}";Chain="${pem(leaf, middle)}"`)).toEqual(TAKEN());
  });

  it("is nothing from anybody else", async () => {
    for (const from of [STRANGER, RFC9440_PROXY]) {
      const headers = { "x-forwarded-client-cert": `Cert="${pem(own)}"` };
      expect(await whoAmI(from, headers)).toEqual(REFUSED);
    }
  });

  it("is refused when it is not exactly of its form, or was appended to", async () => {
    const good = `Cert="${pem(own)}"`;
    const other = makeClientCertificate(makeAuthority(), home.uri);
    const malformed: (string | string[])[] = [
      `${good},${good}`,
      [good, good],
      `${good};${good}`,
      `Hash=${digest(other)};${good}`,
      `Hash=${digest(own)}`,
      `URI=${home.uri}`,
      "",
      `Cert="${pem(own)}`,
      `${good};`,
      `${good} x`,
      `Cert="${pem(own, own)}"`,
      `Cert="%"`,
      `Cert="${own.pem.replaceAll("\n", " ")}"`,
    ];
    for (const value of malformed)
      expect([value, ...(await xfcc(value))]).toEqual([value, ...REFUSED]);
  });
});

describe("on the port of client certificates", () => {
  it("no header says who calls: TLS does", async () => {
    const nobody = tlsCaller(stage.mtlsPort);
    const headers = { "client-cert": bytes(own), "x-forwarded-client-cert": `Cert="${pem(own)}"` };
    expect((await nobody.get("/api/me", { headers })).status).toBe(401);
    nobody.close();
  });
});

describe("the caller's address", () => {
  /** Asks until the limit of logins from one address is reached; answers after how many. */
  async function limitOf(from: string, headers: (turn: number) => Sent): Promise<number> {
    const { port } = new URL(stage.url);
    for (let turn = 1; turn <= 300; turn += 1) {
      const path = "/auth/invitation/none";
      const said = { accept: "application/json", ...headers(turn) };
      const sent = request({ host: "127.0.0.1", port, localAddress: from, path, headers: said });
      sent.end();
      const [response] = (await once(sent, "response")) as [IncomingMessage];
      response.resume();
      if (response.statusCode === 429) return turn;
    }
    return Number.POSITIVE_INFINITY;
  }

  it("is what a listed proxy says, and of nobody else's saying", async () => {
    const invented = (turn: number) => `192.0.2.${turn % 250}`;
    expect(await limitOf(STRANGER, (turn) => ({ "x-forwarded-for": invented(turn) }))).toBe(61);
    expect(await limitOf(ENVOY, (turn) => ({ forwarded: `for=${invented(turn)}` }))).toBe(61);
    const forged = (turn: number) => ({
      forwarded: "for=203.0.113.9",
      "x-forwarded-for": invented(turn),
    });
    // Which of the two the proxy wrote nobody knows: then its own address is counted.
    expect(await limitOf(RFC9440_PROXY, forged)).toBe(61);
    const one = () => ({ forwarded: "for=203.0.113.1" });
    expect(await limitOf(RFC9440_PROXY, one)).toBe(61);
    const other = () => ({ "x-forwarded-for": "203.0.113.2" });
    expect(await limitOf(RFC9440_PROXY, other)).toBe(61);
    const inBoth = { forwarded: "for=203.0.113.3", "x-forwarded-for": "203.0.113.3" };
    expect(await limitOf(RFC9440_PROXY, () => inBoth)).toBe(61);
  });
});
