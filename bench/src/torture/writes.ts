import { randomUUID } from "node:crypto";
import type { Request } from "./client.ts";

export const KINDS = ["workspace", "workflow", "run"] as const;
export type Kind = (typeof KINDS)[number];

/** Something to be made once, whatever happens on the way. */
export interface Write {
  readonly kind: Kind;
  /** Stands in what it makes, and nowhere else. */
  readonly mark: string;
  readonly request: Request;
}

/** Where and as whom. */
export interface Writer {
  readonly authorization: string;
  readonly region: string;
  readonly workspaceId: string;
  /** A published workflow that runs can be made of. */
  readonly workflowId: string;
}

/** The `number`th write: each kind in turn, each with a key of its own. */
export function makeWrite(writer: Writer, number: number): Write {
  const kind = KINDS[number % KINDS.length] ?? "workspace";
  const mark = `INC${String(number).padStart(7, "0")}`;
  const { path, body } = whatToSend(writer, kind, mark);
  const { authorization, workspaceId } = writer;
  const scope = kind === "workspace" ? {} : { workspaceId };
  return {
    kind,
    mark,
    request: { method: "POST", path, authorization, body, idempotencyKey: randomUUID(), ...scope },
  };
}

function whatToSend(
  { region, workflowId }: Writer,
  kind: Kind,
  mark: string,
): { path: string; body: object } {
  switch (kind) {
    case "workspace":
      return { path: "/api/workspaces", body: { name: mark, region } };
    case "workflow":
      return { path: "/api/workflows", body: { source: workflowSource(mark.toLowerCase()) } };
    case "run":
      return { path: "/api/runs", body: { workflowId, inputs: { ticket: mark } } };
  }
}

/** A small workflow whose one input is metadata. */
export function workflowSource(name: string): string {
  return `apiVersion: aic-sos/v1
kind: Workflow
metadata:
  name: ${name}
spec:
  riskTier: low
  inputs:
    ticket: { type: string, class: metadata, maxLength: 16, pattern: "^INC[0-9]{7}$" }
  steps:
    - id: settle
      use: wait
      with: { duration: 1m }
`;
}
