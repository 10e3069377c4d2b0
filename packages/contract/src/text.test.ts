import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EmailDomainName } from "./email-domains.ts";
import { DisplayName, Email, Instant, safeText, Slug, slugOf } from "./text.ts";

const field = safeText({ min: 1, max: 10 });

describe("text that goes into the database", () => {
  it.each(["a\u0000b", "\u001b[31m", "\u0085", "\ud800", "\udc00x"])("refuses %j", (text) => {
    expect(field.safeParse(text).success).toBe(false);
    expect(DisplayName.safeParse(text).success).toBe(false);
  });

  it("keeps line ends, tabs and every script", () => {
    for (const text of ["a\r\n\tb", "Zoë 京都 🙂"]) expect(field.parse(text)).toBe(text);
  });
});

describe("a name", () => {
  it("is trimmed, and refused when nothing or more than 120 characters are left", () => {
    expect(DisplayName.parse("  Acme ")).toBe("Acme");
    expect(DisplayName.safeParse("   ").success).toBe(false);
    expect(DisplayName.safeParse("x".repeat(121)).success).toBe(false);
  });

  it("makes a slug, or an empty text where it cannot", () => {
    expect(slugOf("Crème Brûlée & Söhne GmbH")).toBe("creme-brulee-sohne-gmbh");
    expect(slugOf("京都")).toBe("");
    fc.assert(
      fc.property(fc.string(), (name) => {
        const slug = slugOf(name);
        expect(slug === "" || Slug.safeParse(slug).success).toBe(true);
      }),
    );
  });
});

it("an e-mail address is folded to lower case", () => {
  expect(Email.parse(" Dana@Acme.Example ")).toBe("dana@acme.example");
  expect(Email.safeParse("dana@").success).toBe(false);
});

it("an instant is one that PostgreSQL has", () => {
  expect(Instant.parse("0001-01-01T00:00:00.000Z")).toBe("0001-01-01T00:00:00.000Z");
  expect(Instant.safeParse("0000-12-31T23:59:59.999Z").success).toBe(false);
});

it("no other sign becomes a letter of an address or a domain by folding", () => {
  for (const sign of ["\u212a", "\u017f", "\u0130", "\uff2b"]) {
    expect(Email.safeParse(`an${sign}@acme.example`).success).toBe(false);
    expect(Email.safeParse(`ana@${sign}acme.example`).success).toBe(false);
    expect(EmailDomainName.safeParse(`${sign}acme.example`).success).toBe(false);
  }
});
