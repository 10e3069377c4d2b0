import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signerOf } from "./log-world.test-support.ts";
import { Malformed } from "./malformed.ts";
import {
  formatVerifierKey,
  keyId,
  openNote,
  parseNote,
  parseVerifierKey,
  signNote,
  verifierKey,
} from "./signed-note.ts";

// The example of Go's golang.org/x/mod/sumdb/note, where the format comes from.
const NEUMANN_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const NEUMANN_TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const NEUMANN_NOTE = `${NEUMANN_TEXT}
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;
// Of another implementation, in Elixir.
const FOO_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const FOO_NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;
// The key of Go's checksum database, as its tools carry it.
const GOLANG_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

const ALICE = signerOf("example.org/alice", Buffer.alloc(32, 1));
const BOB = signerOf("example.org/bob", Buffer.alloc(32, 2));
const keyOf = ({ name, publicKey }: typeof ALICE) => verifierKey(name, publicKey);

describe("a verifier key", () => {
  it.each([NEUMANN_KEY, FOO_KEY, GOLANG_KEY])("is read and written as others do: %s", (text) => {
    const key = parseVerifierKey(text);
    expect(formatVerifierKey(key)).toBe(text);
    expect(keyId(key.name, key.publicKey)).toBe(key.id);
  });

  it.each([
    ["the id of another key", NEUMANN_KEY.replace("c74f20a3", "c74f20a4")],
    ["another name", NEUMANN_KEY.replace("Peter", "Pieter")],
    ["a key of another type", NEUMANN_KEY.replace("+ARpc", "+BBpc")],
    ["a key that is too short", "PeterNeumann+c74f20a3+ARpc"],
    ["base64 with stray bits", NEUMANN_KEY.replace("10TW", "10TX=")],
    ["a name with a space", NEUMANN_KEY.replace("Peter", "Peter ")],
    ["a line break", `${NEUMANN_KEY}\n`],
    ["nothing", ""],
  ])("is refused with %s", (_, text) => {
    expect(() => parseVerifierKey(text)).toThrow(Malformed);
  });
});

describe("a signed note", () => {
  it.each([
    [NEUMANN_NOTE, NEUMANN_KEY],
    [FOO_NOTE, FOO_KEY],
  ])("of another implementation opens", (note, key) => {
    const trusted = parseVerifierKey(key);
    expect(openNote(note, [trusted])).toEqual({
      ok: true,
      text: note.slice(0, note.indexOf("\n\n") + 1),
      signedBy: [trusted],
    });
  });

  // The seed of RFC 8032's first test vector; the note was made with Python's cryptography, its signature checked by OpenSSL.
  it("has the very bytes that another implementation makes", async () => {
    const seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    const name = "aic-sos/eu-west-1/01a19467-e800-8002-8000-000000000000";
    const signer = signerOf(name, Buffer.from(seed, "hex"));
    expect(Buffer.from(signer.publicKey).toString("hex")).toBe(
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    );
    expect(formatVerifierKey(keyOf(signer))).toBe(
      `${name}+49f82678+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea`,
    );
    const root = "zggg2Ze9+xzXY/ezHnDnjc/RsO5Xn4qW5M7BV/Uc2Kw=";
    const text = `${name}\n11\n${root}\nchain N1FwhdaSq/8ljR5tKysU2TdpB8EJpP4lKdFcsmXl4FU=\n`;
    expect(await signNote(text, [signer])).toBe(
      `${text}\n— ${name} SfgmeMD5SFKGeYSRW73Xp76xcrv217HZpt0C0NqJG9N9ayEW3OqQs9LFG7dHfx7N004B6lTmtPn+8k3U8es5ofgYjwc=\n`,
    );
  });

  it("keeps empty lines in its text, and ends that at the last one", async () => {
    const text = "one\n\ntwo\n";
    const note = await signNote(text, [ALICE]);
    expect(parseNote(note).text).toBe(text);
    expect(openNote(note, [keyOf(ALICE)])).toMatchObject({ ok: true, text });
  });

  it("opens with one trusted key of several signers, and not with a stranger's", async () => {
    const note = await signNote("text\n", [ALICE, BOB]);
    expect(openNote(note, [keyOf(BOB)])).toMatchObject({ ok: true });
    expect(openNote(note, [parseVerifierKey(NEUMANN_KEY)])).toMatchObject({ fault: "untrusted" });
    expect(openNote(note, [])).toMatchObject({ ok: false, fault: "untrusted" });
  });

  it("is spoiled by a wrong signature of a trusted key, also beside a right one", async () => {
    const note = await signNote("text\n", [ALICE, { ...BOB, sign: ALICE.sign }]);
    expect(openNote(note, [keyOf(ALICE)])).toMatchObject({ ok: true });
    expect(openNote(note, [keyOf(ALICE), keyOf(BOB)])).toMatchObject({
      fault: "signature_invalid",
    });
  });

  it("does not open when any character of it was changed", async () => {
    const note = await signNote("origin\n7\nsome text\n", [ALICE]);
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.integer({ min: 1, max: 0xffff }), (at, change) => {
        const changed =
          note.slice(0, at) +
          String.fromCodePoint((note.codePointAt(at) ?? 0) ^ change) +
          note.slice(at + 1);
        expect(openNote(changed, [keyOf(ALICE)]).ok).toBe(false);
      }),
    );
  });

  it.each([
    ["no signatures", "text\n\n"],
    ["no empty line", "text\n— a AAAAAAA=\n"],
    ["no newline at its end", NEUMANN_NOTE.trimEnd()],
    ["a hyphen for the dash", NEUMANN_NOTE.replace("—", "-")],
    ["two spaces", NEUMANN_NOTE.replace("— ", "—  ")],
    ["a carriage return", NEUMANN_NOTE.replace("problem,", "problem,\r")],
    ["a tab", NEUMANN_NOTE.replace("If you", "If\tyou")],
    ["half a character", NEUMANN_NOTE.replace("If", "\ud800f")],
    ["a signature of four bytes", "text\n\n— a AAAAAA==\n"],
    ["a plus in a name", "text\n\n— a+b AAAAAAA=\n"],
    ["101 signatures", `text\n\n${"— a AAAAAAA=\n".repeat(101)}`],
  ])("is malformed with %s", (_, note) => {
    expect(openNote(note, [parseVerifierKey(NEUMANN_KEY)])).toMatchObject({ fault: "malformed" });
  });

  it("is not made of a text, a name or a signature that nobody could open", async () => {
    await expect(signNote("no newline", [ALICE])).rejects.toThrow(Malformed);
    await expect(signNote("tab\t\n", [ALICE])).rejects.toThrow(Malformed);
    await expect(signNote("text\n", [])).rejects.toThrow(Malformed);
    await expect(signNote("text\n", [{ ...ALICE, name: "a b" }])).rejects.toThrow(Malformed);
    const short = { ...ALICE, sign: () => Buffer.alloc(63) };
    await expect(signNote("text\n", [short])).rejects.toThrow("64 bytes");
  });
});
