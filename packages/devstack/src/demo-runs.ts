import type { RunDetail, RunState } from "@aic-sos/contract/runs";

type StepState = RunDetail["steps"][number]["state"];

/** A run of the demo, and how far it shall have come. */
export interface DemoRun {
  readonly workflow: string;
  readonly environment: string;
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  /** Sent only where content is kept. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly state: RunState;
  /** In their order of time; steps that are not named are pending. */
  readonly steps: Readonly<Record<string, StepState>>;
}

const OK = "succeeded";
const NO = "skipped";
const LATER = "2031-06-30T16:00:00.000Z";

const incident = (number: string, affectedUsers: number, description: string) => ({
  workflow: "incident-triage.yaml",
  environment: "prod",
  metadata: { incident: number, affectedUsers },
  content: { description },
});

const password = (ticket: string, account: string, privileged: boolean, callerName: string) => ({
  workflow: "password-reset.yaml",
  environment: "prod",
  metadata: { ticket, account, privileged },
  content: { callerName },
});

const access = (
  request: string,
  system: string,
  level: string,
  userName: string,
  reason: string,
) => ({
  workflow: "access-request.yaml",
  environment: "prod",
  metadata: { request, system, level, until: LATER },
  content: { requester: { userName, email: `${userName}@people.example` }, reason },
});

const change = (
  number: string,
  environment: string,
  services: readonly string[],
  plan: string,
) => ({
  workflow: "change-with-two-approvals.yaml",
  environment: "prod",
  metadata: { change: number, environment, windowStart: LATER },
  content: { services, plan },
});

/** What a service desk sees on an ordinary morning, oldest first. */
export const SERVICE_DESK_RUNS: readonly DemoRun[] = [
  {
    ...incident("INC0048112", 1, "Laptop does not wake up from sleep since the last update."),
    state: "succeeded",
    steps: { classify: OK, assign: OK, confirm_major: NO, declare_major: NO },
  },
  {
    ...password("INC0048115", "7c1d6f0e-3a55-4f0b-9a35-5f0d1f6a2c11", false, "Robin Adler"),
    state: "succeeded",
    steps: { verify: OK, second_person: NO, reset: OK, close: OK },
  },
  {
    ...access("RITM0012071", "crm", "read", "r.adler", "Covers for a colleague on leave."),
    state: "running",
    steps: { assess: OK, owner_agrees: NO, grant: OK, until_end: "waiting" },
  },
  {
    ...incident("INC0048121", 240, "Nobody in the Leeds office can reach the ERP."),
    state: "succeeded",
    steps: { classify: OK, assign: OK, confirm_major: OK, declare_major: OK },
  },
  {
    ...incident("INC0048123", 3, "Printer on the fourth floor prints blank pages."),
    state: "failed",
    steps: { classify: OK, assign: "failed" },
  },
  {
    ...access("RITM0012080", "erp", "admin", "k.osei", "Needs to repair last month's closing."),
    state: "cancelled",
    steps: { assess: OK, owner_agrees: NO },
  },
  {
    ...password("RITM0012084", "b2a7e9d4-0c7e-4b1f-8f1e-6e2d7d0c9a42", true, "Sam Okafor"),
    state: "waiting_for_approval",
    steps: { verify: OK, second_person: "waiting" },
  },
  {
    ...incident("INC0048130", 1, "Cannot join the weekly video call."),
    environment: "staging",
    state: "succeeded",
    steps: { classify: OK, assign: OK, confirm_major: NO, declare_major: NO },
  },
  {
    ...access(
      "RITM0012091",
      "code-hosting",
      "write",
      "m.ivanova",
      "Joined the platform team on Monday.",
    ),
    state: "waiting_for_approval",
    steps: { assess: OK, owner_agrees: "waiting" },
  },
  {
    ...incident("INC0048134", 62, "Mail to outside is delayed by more than an hour."),
    state: "running",
    steps: { classify: OK, assign: "running", confirm_major: "waiting" },
  },
  {
    ...password("INC0048137", "19f0a2b8-5b6d-4a55-9c0a-2f4b7f3f1d77", false, "Jo Lindqvist"),
    state: "queued",
    steps: {},
  },
];

/** What the second workspace is busy with. */
export const OPERATIONS_RUNS: readonly DemoRun[] = [
  {
    ...change(
      "CHG0030412",
      "staging",
      ["billing-api", "billing-worker"],
      "Restart both after the library update.",
    ),
    state: "waiting_for_approval",
    steps: { review: OK, technical_approval: OK, business_approval: "waiting" },
  },
];
