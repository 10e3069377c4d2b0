import { generateKeyPairSync, sign } from "node:crypto";
import { toBase64 } from "@aic-sos/audit/base64";
import { GENESIS, leafHash } from "@aic-sos/audit/chain";
import { signCheckpoint } from "@aic-sos/audit/checkpoint";
import { inclusionProof, merkleRoot } from "@aic-sos/audit/merkle";
import { formatVerifierKey, verifierKey } from "@aic-sos/audit/signed-note";
import { describe, expect, it } from "vitest";
import { type Proof, verifyCheckpoint, verifyProof } from "./verify-proof.ts";

const NAME = "aic-sos/eu-west-1/log";
const pair = generateKeyPairSync("ed25519");
const publicKey = Buffer.from(pair.publicKey.export({ format: "jwk" }).x ?? "", "base64url");
const KEYS = [formatVerifierKey(verifierKey(NAME, publicKey))];
const texts = Array.from({ length: 70 }, (_, at) => `{"event":"é ${at}"}`);
const leaves = texts.map(leafHash);

async function proofOf(seq: number, size: number): Promise<Proof> {
  const checkpoint = {
    origin: NAME,
    size,
    root: merkleRoot(leaves.slice(0, size)),
    chainHead: GENESIS,
  };
  const signer = {
    name: NAME,
    publicKey,
    sign: (bytes: Uint8Array) => sign(null, bytes, pair.privateKey),
  };
  return {
    seq,
    text: texts[seq - 1] ?? "",
    size,
    proof: inclusionProof(leaves, seq - 1, size).map(toBase64),
    note: await signCheckpoint(checkpoint, signer),
  };
}

describe("a proof, checked in the browser", () => {
  it("holds for every event of every tree of 1 to 70, as the verifier's own code makes it", async () => {
    for (const size of [1, 2, 3, 7, 8, 9, 64, 65, 70]) {
      for (let seq = 1; seq <= size; seq += 1) {
        const checked = await verifyProof(await proofOf(seq, size), KEYS);
        expect(checked).toEqual({ outcome: "verified", size });
      }
    }
  });

  it("does not hold for another text, another place, another path or another tree", async () => {
    const proof = await proofOf(12, 70);
    const others: Partial<Proof>[] = [
      { text: `${proof.text} ` },
      { seq: 13 },
      { seq: 0 },
      { seq: 71 },
      { proof: proof.proof.slice(1) },
      { proof: [...proof.proof, proof.proof[0] ?? ""] },
      { proof: proof.proof.with(2, toBase64(GENESIS)) },
      { note: (await proofOf(12, 69)).note },
      { note: "none" },
    ];
    for (const other of others) {
      expect(await verifyProof({ ...proof, ...other }, KEYS)).toMatchObject({ outcome: "wrong" });
    }
  });

  it("does not hold without a signature of the log's key", async () => {
    const proof = await proofOf(5, 20);
    const stranger = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" }).x ?? "";
    const other = formatVerifierKey(verifierKey(NAME, Buffer.from(stranger, "base64url")));
    for (const keys of [[], [other]]) {
      expect(await verifyProof(proof, keys)).toMatchObject({ outcome: "wrong" });
    }
    const note = proof.note.replace(/chain [^\n]+/, `chain ${toBase64(Buffer.alloc(32, 1))}`);
    expect(await verifyProof({ ...proof, note }, KEYS)).toMatchObject({ outcome: "wrong" });
  });
});

describe("a checkpoint, checked in the browser", () => {
  it("holds when a key of the log has signed it, for as many events as are said", async () => {
    const { size, note } = await proofOf(5, 20);
    expect(await verifyCheckpoint({ size, note }, KEYS)).toEqual({ outcome: "verified", size });
    for (const [wrong, keys] of [
      [{ size: 21, note }, KEYS],
      [{ size, note: note.replace("\n20\n", "\n19\n") }, KEYS],
      [{ size, note: "none" }, KEYS],
      [{ size, note }, []],
    ] as const) {
      expect(await verifyCheckpoint(wrong, keys)).toMatchObject({ outcome: "wrong" });
    }
  });
});
