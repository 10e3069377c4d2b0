import { readClientAuthority } from "@aic-sos/auth/client-authority";
import { readClientCertificate } from "@aic-sos/auth/client-certificate";
import { type TrustAnchor, verifyChain } from "@aic-sos/auth/verify-chain";
import {
  type CertificateFields,
  KEY_USAGE,
  makeAuthority,
  makeCertificate,
  makeClientCertificate,
  type MadeCertificate,
} from "@aic-sos/testkit/make-certificate";
import { freshId } from "@aic-sos/testkit/make-id";
import { describe, expect, it } from "vitest";

const DAY_MS = 86_400_000;
const DOMAIN = "example.test";
const NAME = `spiffe://${DOMAIN}/us-east-1/${freshId(1)}/ci-bot`;
const authority = makeAuthority();
const anchor = (made: MadeCertificate): TrustAnchor => ({ id: "a", pem: made.pem });

/** `ok`, or the fault. */
function outcome(
  chain: readonly MadeCertificate[],
  anchors: readonly MadeCertificate[] = [authority],
  now = Date.now(),
): string {
  const read = readClientCertificate(
    chain.map(({ der }) => der),
    DOMAIN,
  );
  if (!read.ok) return read.fault;
  const verified = verifyChain(read.credential, anchors.map(anchor), now);
  return verified.ok ? "ok" : verified.fault;
}

const client = (fields: CertificateFields = {}, issuer = authority) =>
  makeClientCertificate(issuer, NAME, fields);

describe("a client's certificate", () => {
  it("is taken under a registered CA, whatever strong key it has", () => {
    for (const key of ["ec", "ed25519", "rsa"] as const) {
      const other = makeAuthority({ key });
      expect([key, outcome([client({ key }, other)], [authority, other])]).toEqual([key, "ok"]);
    }
    expect(outcome([client({ keyUsage: null, hosts: ["ci-bot.example.test"] })])).toBe("ok");
    expect(outcome([client({ unknown: "plain" })])).toBe("ok");
  });

  it.each<[string, CertificateFields]>([
    ["not_yet_valid", { notBefore: 120_000 }],
    ["expired", { notAfter: -1_000 }],
    ["weak_key", { key: "rsa1024" }],
    ["weak_signature", { sha1: true }],
    ["unknown_extension", { unknown: "critical" }],
    ["unknown_extension", { nameConstraints: true }],
    ["not_a_client", { purposes: [] }],
    ["not_a_client", { purposes: ["server"] }],
    ["not_a_client", { isAuthority: true, keyUsage: KEY_USAGE.signs }],
    ["not_a_client", { keyUsage: KEY_USAGE.signs | KEY_USAGE.issues }],
    ["not_a_client", { keyUsage: 0x20 }],
    ["not_one_name", { uris: [] }],
    ["not_one_name", { uris: [NAME, NAME] }],
    ["not_one_name", { uris: [NAME, "https://example.test/"] }],
    ["not_one_name", { uris: [NAME.toUpperCase()] }],
    ["not_one_name", { uris: [`${NAME}/more`] }],
    ["not_one_name", { uris: [`${NAME}?x=1`] }],
    ["not_one_name", { uris: [NAME.replace("spiffe:", "https:")] }],
    ["not_one_name", { uris: [NAME.replace("ci-bot", "..")] }],
    ["not_one_name", { uris: [`spiffe://${DOMAIN}/us-east-1/acme/ci-bot`] }],
    ["not_one_name", { uris: [NAME.replace(DOMAIN, `user@${DOMAIN}`)] }],
    ["other_domain", { uris: [NAME.replace(DOMAIN, "elsewhere.test")] }],
  ])("is refused as %s: %j", (fault, fields) => {
    expect(outcome([client(fields)])).toBe(fault);
  });

  it("is refused without its CA, under another one of the same name, and when it signed itself", () => {
    expect(outcome([client()], [])).toBe("untrusted");
    expect(outcome([client()], [makeAuthority()])).toBe("untrusted");
    expect(outcome([makeCertificate({ purposes: ["client"], uris: [NAME] })])).toBe("untrusted");
  });

  it("is refused when a byte of it was changed", () => {
    const good = client();
    const changed = Buffer.from(good.der);
    const at = changed.indexOf("ci-bot");
    changed.write("xi-bot", at, "latin1");
    expect(outcome([{ ...good, der: changed }])).toBe("untrusted");
    for (const der of [Buffer.alloc(0), good.der.subarray(1), Buffer.concat([good.der, YES])]) {
      expect(outcome([{ ...good, der }])).toMatch(/^(?:malformed|not_one_name)$/);
    }
    expect(outcome([])).toBe("malformed");
  });

  it("may be a minute ahead of our clock, not more", () => {
    expect(outcome([client({ notBefore: 50_000 })])).toBe("ok");
    expect(outcome([client({ notBefore: 70_000 })])).toBe("not_yet_valid");
  });
});

const YES = Buffer.from([1, 1, 255]);

describe("a chain", () => {
  const middle = makeAuthority({ commonName: "Middle", issuer: authority, pathLength: 0 });

  it("is followed over what the caller sent, in any order", () => {
    const low = makeAuthority({
      commonName: "Low",
      issuer: makeAuthority({ commonName: "High", issuer: authority }),
    });
    expect(outcome([client({}, middle), middle])).toBe("ok");
    expect(outcome([client({}, low), low])).toBe("untrusted");
    const high = makeAuthority({ commonName: "High", issuer: authority });
    const below = makeAuthority({ commonName: "Below", issuer: high });
    expect(outcome([client({}, below), high, middle, below])).toBe("ok");
  });

  it("ends at what is registered, also where that is no root", () => {
    expect(outcome([client({}, middle)], [middle])).toBe("ok");
    expect(outcome([client({}, middle)])).toBe("untrusted");
  });

  it("is no longer than each authority in it allows", () => {
    const below = makeAuthority({ commonName: "Below", issuer: middle });
    expect(outcome([client({}, below), below, middle])).toBe("too_deep");
    const strict = makeAuthority({ pathLength: 0 });
    const under = makeAuthority({ commonName: "Under", issuer: strict });
    expect(outcome([client({}, under), under], [strict])).toBe("too_deep");
  });

  it.each<[string, CertificateFields]>([
    ["not_an_authority", { isAuthority: false }],
    ["expired", { notAfter: -1_000 }],
    ["not_for_clients", { purposes: ["server"] }],
    ["not_yet_valid", { notBefore: DAY_MS }],
    ["weak_key", { key: "rsa1024" }],
    ["unknown_extension", { unknown: "critical" }],
    ["unknown_extension", { nameConstraints: true }],
  ])("with an authority that is refused is refused as %s: %j", (fault, fields) => {
    const bad = makeAuthority({ commonName: "Bad", issuer: authority, ...fields });
    // Without the right to sign certificates it is not even followed.
    const expected = fields.isAuthority === false ? ["not_an_authority", "untrusted"] : [fault];
    expect(expected).toContain(outcome([client({}, bad), bad]));
    expect(expected).toContain(outcome([client({}, bad)], [bad]));
  });

  it("through somebody's client certificate leads nowhere", () => {
    const honest = client();
    const forged = makeClientCertificate(honest, NAME.replace("ci-bot", "admin-bot"));
    expect(outcome([forged, honest])).toBe("untrusted");
  });

  it("of too many certificates is refused before any signature is checked", () => {
    const many = Array.from({ length: 5 }, () => makeAuthority());
    expect(outcome([client(), ...many])).toBe("malformed");
  });

  it("ends with its first certificate's end", () => {
    const short = makeAuthority({ commonName: "Short", issuer: authority, notAfter: 60_000 });
    const chain = [client({}, short), short];
    expect(outcome(chain)).toBe("ok");
    expect(outcome(chain, [authority], Date.now() + 61_000)).toBe("expired");
  });
});

describe("a CA", () => {
  const read = (text: string) => {
    const answer = readClientAuthority(text, Date.now());
    return answer.ok ? "ok" : answer.fault;
  };

  it("can be registered from its PEM", () => {
    expect(read(authority.pem)).toBe("ok");
    expect(read(`\n${authority.pem.replaceAll("\n", "\r\n")}\n`)).toBe("ok");
  });

  it("may be for clients among others, or for anything", () => {
    for (const purposes of [["server", "client"], ["any"]] as const) {
      const wide = makeAuthority({ purposes });
      expect(read(wide.pem)).toBe("ok");
      expect(outcome([client({}, wide)], [wide])).toBe("ok");
    }
  });

  it("is one certificate: no key, no second one, no text around it", () => {
    for (const text of [
      "",
      "ca",
      authority.keyPem,
      authority.pem + authority.pem,
      authority.pem + authority.keyPem,
      `Subject: me\n${authority.pem}`,
      authority.pem.padEnd(20_000),
    ]) {
      expect(read(text)).toBe("not_one_certificate");
    }
    expect(read(authority.pem.replace(/[A-Za-z]{4}/, "AAAA"))).not.toBe("ok");
    expect(read("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")).toBe("malformed");
  });

  it.each<[string, CertificateFields]>([
    ["not_an_authority", { isAuthority: false }],
    ["not_an_authority", { keyUsage: KEY_USAGE.signs }],
    ["not_for_clients", { purposes: ["server"] }],
    ["expired", { notAfter: -1_000 }],
    ["not_yet_valid", { notBefore: DAY_MS }],
    ["weak_key", { key: "rsa1024" }],
    ["weak_signature", { sha1: true }],
    ["unknown_extension", { nameConstraints: true }],
    ["unknown_extension", { unknown: "critical" }],
  ])("is refused as %s: %j", (fault, fields) => {
    expect(read(makeAuthority(fields).pem)).toBe(fault);
  });
});
