import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../src/canonical.ts";
import { verifyConsistency, verifyInclusion } from "../src/merkle-verify.ts";

interface ProofCase {
  readonly file: string;
  readonly proof: readonly string[] | null;
  readonly desc: string;
  readonly wantErr: boolean;
}

interface InclusionCase extends ProofCase {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
}

interface ConsistencyCase extends ProofCase {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
}

interface CanonicalCase {
  readonly file: string;
  readonly input: string;
  readonly output: string;
}

function vectors<T>(name: string): T[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, "vectors", name), "utf8")) as T[];
}

const bytes = (text: string): Buffer => Buffer.from(text, "base64");

describe("the published vectors of RFC 6962", () => {
  const inclusion = vectors<InclusionCase>("rfc6962-inclusion.json");
  const consistency = vectors<ConsistencyCase>("rfc6962-consistency.json");

  it("are all there", () => {
    expect([inclusion.length, consistency.length]).toEqual([98, 98]);
  });

  it.each(inclusion)("$file: an inclusion proof holds exactly when it should", (one) => {
    const holds = verifyInclusion({
      index: one.leafIdx,
      size: one.treeSize,
      leafHash: bytes(one.leafHash),
      root: bytes(one.root),
      proof: (one.proof ?? []).map(bytes),
    });
    expect(holds).toBe(!one.wantErr);
  });

  it.each(consistency)("$file: a consistency proof holds exactly when it should", (one) => {
    const holds = verifyConsistency({
      from: one.size1,
      to: one.size2,
      fromRoot: bytes(one.root1),
      toRoot: bytes(one.root2),
      proof: (one.proof ?? []).map(bytes),
    });
    expect(holds).toBe(!one.wantErr);
  });
});

describe("the published vectors of RFC 8785", () => {
  it.each(vectors<CanonicalCase>("rfc8785-jcs.json"))("$file: has one form", (one) => {
    expect(canonicalJson(JSON.parse(one.input))).toBe(one.output);
  });
});
