import { describe, expect, it } from "vitest";
import { chainHash, GENESIS, leafHash } from "./chain.ts";
import {
  type Checkpoint,
  checkpointText,
  openCheckpoint,
  originOf,
  parseCheckpointText,
  signCheckpoint,
} from "./checkpoint.ts";
import { KEY, SIGNER, signerOf, TENANT } from "./log-world.test-support.ts";
import { Malformed } from "./malformed.ts";
import { merkleRoot } from "./merkle.ts";
import { signNote, verifierKey } from "./signed-note.ts";

const LEAVES = Array.from({ length: 11 }, (_, n) => leafHash(`event ${n + 1}`));
const CHECKPOINT: Checkpoint = {
  origin: originOf("eu-west-1", TENANT),
  size: 11,
  root: merkleRoot(LEAVES),
  chainHead: LEAVES.reduce((head, leaf) => chainHash(head, leaf), GENESIS),
};
const TEXT = checkpointText(CHECKPOINT);

describe("a checkpoint", () => {
  // Root and head as computed by an independent implementation in Python.
  it("is origin, size, root and the chain's head, one a line", () => {
    expect(TEXT).toBe(
      `aic-sos/eu-west-1/${TENANT}\n11\nzggg2Ze9+xzXY/ezHnDnjc/RsO5Xn4qW5M7BV/Uc2Kw=\n` +
        `chain N1FwhdaSq/8ljR5tKysU2TdpB8EJpP4lKdFcsmXl4FU=\n`,
    );
    expect(parseCheckpointText(TEXT)).toEqual(CHECKPOINT);
  });

  it("passes over extension lines that it does not know", () => {
    expect(parseCheckpointText(`${TEXT}witness me\n`)).toEqual(CHECKPOINT);
  });

  it.each([
    ["a leading zero", TEXT.replace("\n11\n", "\n011\n")],
    ["a sign", TEXT.replace("\n11\n", "\n+11\n")],
    ["a fraction", TEXT.replace("\n11\n", "\n11.0\n")],
    ["an inexact size", TEXT.replace("\n11\n", "\n9007199254740993\n")],
    ["a short root", TEXT.replace("zggg2Ze9", "zggg")],
    ["a root with stray bits", TEXT.replace("2Kw=", "2Kx=")],
    ["no chain line", TEXT.replace(/chain.*\n/, "")],
    ["two chain lines", `${TEXT}${TEXT.split("\n")[3]}\n`],
    ["an empty line", TEXT.replace("\n11\n", "\n\n11\n")],
    ["no newline at its end", TEXT.trimEnd()],
    ["no origin", TEXT.slice(TEXT.indexOf("\n"))],
    ["nothing else than its origin", `${CHECKPOINT.origin}\n`],
  ])("is refused with %s", (_, text) => {
    expect(() => parseCheckpointText(text)).toThrow(Malformed);
  });

  it("opens for whoever trusts the log's key", async () => {
    const note = await signCheckpoint(CHECKPOINT, SIGNER);
    expect(openCheckpoint(note, CHECKPOINT.origin, [KEY])).toEqual({
      ok: true,
      checkpoint: CHECKPOINT,
      keyId: KEY.id,
    });
  });

  it("of one log is not vouched for by the key of another", async () => {
    const other = signerOf(originOf("eu-west-1", "another"), Buffer.alloc(32, 8));
    const note = await signNote(TEXT, [other]);
    const keys = [KEY, verifierKey(other.name, other.publicKey)];
    expect(openCheckpoint(note, CHECKPOINT.origin, keys)).toMatchObject({ fault: "untrusted" });
    await expect(signCheckpoint(CHECKPOINT, other)).rejects.toThrow("signed under that name");
  });

  it("of another log is no checkpoint of this one, though this one's key signed it", async () => {
    const text = checkpointText({ ...CHECKPOINT, origin: originOf("eu-west-1", "another") });
    const note = await signNote(text, [SIGNER]);
    expect(openCheckpoint(note, CHECKPOINT.origin, [KEY])).toMatchObject({
      fault: "other_origin",
    });
  });

  it("signed by the right key is still refused when it is malformed", async () => {
    const note = await signNote("hello\n", [SIGNER]);
    expect(openCheckpoint(note, CHECKPOINT.origin, [KEY])).toMatchObject({ fault: "malformed" });
  });

  it("is not signed when nobody could read it", async () => {
    const checkpoint = { ...CHECKPOINT, size: 1.5 };
    await expect(signCheckpoint(checkpoint, SIGNER)).rejects.toThrow(Malformed);
    await expect(signCheckpoint({ ...CHECKPOINT, root: Buffer.alloc(20) }, SIGNER)).rejects.toThrow(
      Malformed,
    );
  });
});
