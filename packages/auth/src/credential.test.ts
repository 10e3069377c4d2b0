import { makeId, platformTenantId } from "@aic-sos/contract/ids";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatApiKey,
  formatPlatformKey,
  formatSessionCookie,
  parseApiKey,
  parseKey,
  parsePlatformKey,
  parseSessionCookie,
} from "./credential.ts";
import { formatInvitation, parseInvitation } from "./invitation.ts";
import { newSecret, SECRET_LENGTH } from "./secret.ts";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const secrets = fc.string({
  unit: fc.constantFrom(...alphabet.split("")),
  minLength: SECRET_LENGTH,
  maxLength: SECRET_LENGTH,
});
const random = fc.uint8Array({ minLength: 8, maxLength: 8 });
/** None is the beginning of time, of which the platform's tenant is. */
const times = fc.integer({ min: 1, max: 2 ** 47 });
/** A tenant, something of the tenant's, a secret. */
const parts = fc
  .record({
    cell: fc.integer({ min: 0, max: 0xfff }),
    times: fc.tuple(times, times),
    one: random,
    two: random,
    secret: secrets,
  })
  .map(({ cell, times: [early, late], one, two, secret }) => ({
    tenantId: makeId(cell, early, one),
    id: makeId(cell, late, two),
    secret,
  }));
/** Any one character, the printable ones above all. */
const character = fc.oneof(
  fc.constantFrom(..."_-.=+/ \n\u0000é".split("")),
  fc.constantFrom(...alphabet.split("")),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
);

const US = makeId(1, 1_700_000_000_000, new Uint8Array(8).fill(1));
const US_KEY = makeId(1, 1_700_000_000_001, new Uint8Array(8).fill(2));
const EU_KEY = makeId(2, 1_700_000_000_001, new Uint8Array(8).fill(2));
const SECRET = "a".repeat(SECRET_LENGTH);

describe("a new secret", () => {
  it("has 256 random bits in 43 letters and digits", () => {
    const many = Array.from({ length: 1000 }, newSecret);
    expect(many.every((secret) => /^[0-9A-Za-z]{43}$/.test(secret))).toBe(true);
    expect(new Set(many).size).toBe(1000);
    const characters = new Set(many.join(""));
    expect(characters.size).toBe(62);
  });
});

describe("an API key", () => {
  it("comes back as it was written", () => {
    fc.assert(
      fc.property(parts, (key) => {
        const text = formatApiKey(key);
        expect(text).toMatch(/^aic_[0-9a-f]{32}_[0-9a-f]{32}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$/);
        expect(parseApiKey(text)).toEqual({ kind: "api_key", ...key });
        expect(parseKey(text)).toEqual({ kind: "api_key", ...key });
        expect(parsePlatformKey(text)).toBeUndefined();
      }),
    );
  });

  it("with any one character changed is rejected with no lookup", () => {
    const whole = formatApiKey({ tenantId: US, id: US_KEY, secret: newSecret() });
    for (let place = 0; place < whole.length; place++) {
      for (const wrong of `${alphabet}_-. `) {
        if (wrong === whole[place]) continue;
        expect(parseApiKey(whole.slice(0, place) + wrong + whole.slice(place + 1))).toBeUndefined();
      }
    }
  });

  it("with a character changed, left out, added or swapped is rejected", () => {
    fc.assert(
      fc.property(parts, fc.nat(), character, (key, where, wrong) => {
        const whole = formatApiKey(key);
        const place = where % whole.length;
        const [before, here, after] = [whole.slice(0, place), whole[place], whole.slice(place + 1)];
        const twins = [
          before + wrong + after,
          before + after,
          before + wrong + here + after,
          before + (after[0] ?? "") + here + after.slice(1),
        ];
        const accepted = twins.filter((twin) => twin !== whole && parseKey(twin) !== undefined);
        expect(accepted).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("has one text only: upper case, blanks and a trailing newline are refused", () => {
    const text = formatApiKey({ tenantId: US, id: US_KEY, secret: SECRET });
    for (const twin of [
      text.toUpperCase(),
      ` ${text}`,
      `${text} `,
      `${text}\n`,
      `${text}_`,
      `x${text}`,
    ]) {
      expect(parseKey(twin)).toBeUndefined();
    }
  });

  it("cannot name a tenant of one cell and a key of another", () => {
    const text = formatApiKey({ tenantId: US, id: EU_KEY, secret: SECRET });
    expect(parseApiKey(text)).toBeUndefined();
  });

  it("cannot name the reserved platform tenant, whose keys have another form", () => {
    const key = formatApiKey({ tenantId: platformTenantId(1), id: US_KEY, secret: SECRET });
    expect(parseKey(key)).toBeUndefined();
  });

  it("cannot be written from a secret or an id of another form", () => {
    expect(() => formatApiKey({ tenantId: US, id: US_KEY, secret: "short" })).toThrow(TypeError);
    expect(() => formatApiKey({ tenantId: US, id: "x", secret: SECRET })).toThrow(TypeError);
  });

  it("never throws on text, whatever it is", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom(..."aic_platform0123456789abcdef.".split("")),
        maxLength: 200,
      }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(parseKey(text)).toBeUndefined();
        expect(parseSessionCookie(text)).toBeUndefined();
        expect(parseInvitation(text)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
    expect(parseKey(`aic_${"a_".repeat(1_000_000)}`)).toBeUndefined();
  });
});

describe("a platform key", () => {
  it("comes back as it was written, and is never an API key", () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const text = formatPlatformKey(secret);
        expect(parseKey(text)).toEqual({ kind: "platform_key", secret });
        expect(parseApiKey(text)).toBeUndefined();
      }),
    );
  });

  it("with any one character changed is rejected", () => {
    const whole = formatPlatformKey(newSecret());
    for (let place = 0; place < whole.length; place++) {
      for (const wrong of `${alphabet}_-`) {
        if (wrong === whole[place]) continue;
        expect(parseKey(whole.slice(0, place) + wrong + whole.slice(place + 1))).toBeUndefined();
      }
    }
  });

  it("cannot be written from a secret of another form", () => {
    expect(() => formatPlatformKey("short")).toThrow(TypeError);
  });
});

describe("a session cookie's value", () => {
  it("comes back as it was written", () => {
    fc.assert(
      fc.property(parts, (session) => {
        const value = formatSessionCookie(session);
        expect(parseSessionCookie(value)).toEqual({ kind: "session", ...session });
      }),
    );
  });

  it("may name the reserved platform tenant", () => {
    const session = { tenantId: platformTenantId(1), id: US_KEY, secret: SECRET };
    expect(parseSessionCookie(formatSessionCookie(session))).toEqual({
      kind: "session",
      ...session,
    });
  });

  it.each([
    `${US}.${EU_KEY}.${SECRET}`,
    `${US}.${US_KEY}.${SECRET}a`,
    `${US}.${US_KEY}.${SECRET.slice(1)}`,
    `${US}.${US_KEY}.${SECRET.slice(1)}=`,
    `${US}.${US_KEY}`,
    `${US}.${US_KEY}.${SECRET}.`,
    `${US.toUpperCase()}.${US_KEY}.${SECRET}`,
    `${US.replaceAll("-", "")}.${US_KEY}.${SECRET}`,
    `"${US}.${US_KEY}.${SECRET}"`,
    `${US}.${US_KEY}.${SECRET}\n`,
    "a1b2c3d4-0000-4000-8000-000000000000.a1b2c3d4-0000-4000-8000-000000000000.x",
    "",
  ])("%s is refused", (value) => {
    expect(parseSessionCookie(value)).toBeUndefined();
  });

  it("cannot be written from parts of two cells", () => {
    expect(() => formatSessionCookie({ tenantId: US, id: EU_KEY, secret: SECRET })).toThrow(
      TypeError,
    );
  });
});

describe("an invitation", () => {
  it("comes back as it was written", () => {
    fc.assert(
      fc.property(parts, (invitation) => {
        const text = formatInvitation(invitation);
        expect(parseInvitation(text)).toEqual(invitation);
        expect(parseKey(text)).toBeUndefined();
      }),
    );
  });

  it("cannot be of two cells, of another form, or anything else", () => {
    expect(() => formatInvitation({ tenantId: US, id: EU_KEY, secret: SECRET })).toThrow(TypeError);
    expect(() => formatInvitation({ tenantId: US, id: US_KEY, secret: "x" })).toThrow(TypeError);
    const text = formatInvitation({ tenantId: US, id: US_KEY, secret: SECRET });
    for (const twin of [
      `${text}a`,
      ` ${text}`,
      `${text}\n`,
      text.replace("inv", "aic"),
      text.slice(1),
    ]) {
      expect(parseInvitation(twin)).toBeUndefined();
    }
  });
});
