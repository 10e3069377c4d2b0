import type { ProviderKey } from "@aic-sos/contract/provider-keys";
import type { Run } from "@aic-sos/contract/runs";
import { describe, expect, it } from "vitest";
import { attentionItems } from "./attention-items.ts";

const ID = "0198c0de-0000-8001-8000-000000000001";
const T = "2026-03-20T12:00:00.000Z";

const run = (parts: Partial<Run>): Run => ({
  id: ID,
  workspaceId: ID,
  workflowId: ID,
  workflowName: "triage",
  workflowVersion: 2,
  environment: "prod",
  state: "failed",
  trigger: "manual",
  requestedBy: ID,
  requestedByName: "Olga",
  stepsDone: 1,
  stepsTotal: 3,
  createdAt: T,
  startedAt: T,
  finishedAt: T,
  ...parts,
});
const key = (health: ProviderKey["health"]): ProviderKey => ({
  id: ID,
  workspaceId: ID,
  provider: "openai",
  name: "main",
  lastFour: "a1b2",
  endpoint: null,
  health,
  checkedAt: null,
  version: 1,
  createdAt: T,
  createdBy: ID,
});

describe("attentionItems", () => {
  it("puts harm before attention before news", () => {
    const items = attentionItems({
      queued: [run({ state: "queued" })],
      waiting: [run({ state: "waiting_for_approval" })],
      keys: [key("unknown"), key("invalid"), key("valid")],
      failed: [run({})],
    });
    expect(items.map((item) => [item.tone, item.title])).toEqual([
      ["harm", "triage v2 failed"],
      ["harm", "Key main is refused by the provider"],
      ["attention", "Key main has never been tried"],
      ["attention", "triage v2 waits for approval"],
      ["plain", "1 run is queued"],
    ]);
  });

  it("is empty when nothing needs anybody, or nothing may be seen", () => {
    expect(attentionItems({ keys: [key("valid")], failed: [], queued: [] })).toEqual([]);
    expect(attentionItems({})).toEqual([]);
  });
});
