import type { DataMode } from "@aic-sos/contract/data-modes";
import type { Role } from "@aic-sos/contract/roles";
import { type DemoRun, OPERATIONS_RUNS, SERVICE_DESK_RUNS } from "./demo-runs.ts";

/**
 * Somebody who works in a demo tenant. Addresses are of the reserved domain `.example`: no mail can
 * arrive.
 */
export interface DemoMember {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Null: in every workspace of the tenant. */
  readonly workspace: string | null;
}

export interface DemoWorkspace {
  readonly name: string;
  readonly mode: DataMode;
  /** Files of `examples/workflows`, and where each is published. */
  readonly workflows: readonly { readonly file: string; readonly publishedTo: readonly string[] }[];
  readonly runs: readonly DemoRun[];
}

export interface DemoTenant {
  readonly name: string;
  readonly slug: string;
  readonly region: string;
  readonly workspaces: readonly [DemoWorkspace, DemoWorkspace];
  /** The first is the administrator who accepts the tenant's invitation. */
  readonly members: readonly [DemoMember, ...DemoMember[]];
}

const EVERYTHING: DemoWorkspace["workflows"] = [
  { file: "incident-triage.yaml", publishedTo: ["prod", "staging"] },
  { file: "access-request.yaml", publishedTo: ["prod"] },
  { file: "password-reset.yaml", publishedTo: ["prod"] },
  { file: "change-with-two-approvals.yaml", publishedTo: ["staging"] },
  { file: "leaver-offboarding.yaml", publishedTo: [] },
];

const FOR_OPERATIONS: DemoWorkspace["workflows"] = [
  { file: "change-with-two-approvals.yaml", publishedTo: ["prod"] },
  { file: "incident-triage.yaml", publishedTo: [] },
];

/**
 * The demo: a company in the US that keeps no content, and one in the EU that keeps it in its first
 * workspace. One person per role, and one who administers the second workspace only, so that one
 * can see what one cannot see.
 */
export const DEMO_TENANTS: readonly DemoTenant[] = [
  {
    name: "Acme",
    slug: "acme",
    region: "us-east-1",
    workspaces: [
      {
        name: "Service Desk",
        mode: "metadata_only",
        workflows: EVERYTHING,
        runs: SERVICE_DESK_RUNS,
      },
      {
        name: "Infrastructure",
        mode: "metadata_only",
        workflows: FOR_OPERATIONS,
        runs: OPERATIONS_RUNS,
      },
    ],
    members: [
      {
        name: "Dana Whitfield",
        email: "dana.whitfield@acme.example",
        role: "WorkspaceAdmin",
        workspace: null,
      },
      {
        name: "Marcus Reed",
        email: "marcus.reed@acme.example",
        role: "Operator",
        workspace: "Service Desk",
      },
      {
        name: "Priya Nair",
        email: "priya.nair@acme.example",
        role: "Approver",
        workspace: "Service Desk",
      },
      {
        name: "Helen Brooks",
        email: "helen.brooks@acme.example",
        role: "Auditor",
        workspace: "Service Desk",
      },
      {
        name: "Tomás Ortega",
        email: "tomas.ortega@acme.example",
        role: "IntegrationAdmin",
        workspace: "Service Desk",
      },
      {
        name: "Grace Kim",
        email: "grace.kim@acme.example",
        role: "WorkspaceAdmin",
        workspace: "Infrastructure",
      },
    ],
  },
  {
    name: "Globex",
    slug: "globex",
    region: "eu-west-1",
    workspaces: [
      { name: "IT Support", mode: "full", workflows: EVERYTHING, runs: SERVICE_DESK_RUNS },
      {
        name: "Network Operations",
        mode: "metadata_only",
        workflows: FOR_OPERATIONS,
        runs: OPERATIONS_RUNS,
      },
    ],
    members: [
      {
        name: "Lena Vogel",
        email: "lena.vogel@globex.example",
        role: "WorkspaceAdmin",
        workspace: null,
      },
      {
        name: "Pieter de Jong",
        email: "pieter.dejong@globex.example",
        role: "Operator",
        workspace: "IT Support",
      },
      {
        name: "Sofia Almeida",
        email: "sofia.almeida@globex.example",
        role: "Approver",
        workspace: "IT Support",
      },
      {
        name: "Anders Holm",
        email: "anders.holm@globex.example",
        role: "Auditor",
        workspace: "IT Support",
      },
      {
        name: "Chiara Conti",
        email: "chiara.conti@globex.example",
        role: "IntegrationAdmin",
        workspace: "IT Support",
      },
      {
        name: "Marek Nowak",
        email: "marek.nowak@globex.example",
        role: "WorkspaceAdmin",
        workspace: "Network Operations",
      },
    ],
  },
];
