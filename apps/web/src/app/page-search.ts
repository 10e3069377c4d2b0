import { AUDIT_CLASSES, OUTCOMES } from "@aic-sos/contract/audit-events";
import { RUN_STATES, type RunState } from "@aic-sos/contract/runs";
import { actionOf, actorOf, resourceOf } from "../lib/audit-query.ts";
import { instantOf, oneOf, ordinalOf, textOf } from "../lib/search-values.ts";

/** What each page keeps in its address. Unknown values are left out. */
type Search = Readonly<Record<string, unknown>>;

export interface RunsSearch {
  state?: RunState;
  workflow?: string;
}
export const runsSearch = (search: Search): RunsSearch => ({
  state: oneOf(RUN_STATES, search["state"]),
  workflow: textOf(search["workflow"]),
});

const WORKFLOW_FILTERS = ["all", "published"] as const;
export interface WorkflowsSearch {
  show?: (typeof WORKFLOW_FILTERS)[number];
}
export const workflowsSearch = (search: Search): WorkflowsSearch => ({
  show: oneOf(WORKFLOW_FILTERS, search["show"]),
});

const WORKFLOW_DIALOGS = ["publish", "run"] as const;
export interface WorkflowSearch {
  version?: number;
  compare?: number;
  dialog?: (typeof WORKFLOW_DIALOGS)[number];
}
export const workflowSearch = (search: Search): WorkflowSearch => ({
  version: ordinalOf(search["version"]),
  compare: ordinalOf(search["compare"]),
  dialog: oneOf(WORKFLOW_DIALOGS, search["dialog"]),
});

const AUDIT_VIEWS = ["everything", ...AUDIT_CLASSES] as const;
/** The open workspace, or all of the tenant. */
const AUDIT_PLACES = ["here", "tenant"] as const;
export type AuditPlace = (typeof AUDIT_PLACES)[number];

export interface AuditSearch {
  where?: AuditPlace;
  class?: (typeof AUDIT_VIEWS)[number];
  actor?: string;
  /** A permission, a type of event, or a noun. */
  action?: string;
  outcome?: (typeof OUTCOMES)[number];
  /** What it was about: `workflow`, or `workflow/` and an id. */
  resource?: string;
  from?: string;
  to?: string;
  event?: string;
}
export const auditSearch = (search: Search): AuditSearch => ({
  where: oneOf(AUDIT_PLACES, search["where"]),
  class: oneOf(AUDIT_VIEWS, search["class"]),
  actor: actorOf(search["actor"]),
  action: actionOf(search["action"]),
  outcome: oneOf(OUTCOMES, search["outcome"]),
  resource: resourceOf(search["resource"]),
  from: instantOf(search["from"]),
  to: instantOf(search["to"]),
  event: textOf(search["event"]),
});

export interface SecuritySearch {
  where?: AuditPlace;
  event?: string;
  dialog?: "webhook";
  /** The open webhook's id. */
  webhook?: string;
}
export const securitySearch = (search: Search): SecuritySearch => ({
  where: oneOf(AUDIT_PLACES, search["where"]),
  event: textOf(search["event"]),
  dialog: oneOf(["webhook"], search["dialog"]),
  webhook: textOf(search["webhook"]),
});

export interface KeysSearch {
  dialog?: "add";
}
export const keysSearch = (search: Search): KeysSearch => ({
  dialog: oneOf(["add"], search["dialog"]),
});

export interface ConnectorsSearch {
  dialog?: "install";
  replace?: string;
}
export const connectorsSearch = (search: Search): ConnectorsSearch => ({
  dialog: oneOf(["install"], search["dialog"]),
  replace: textOf(search["replace"]),
});

export interface AgentsSearch {
  service?: string;
  dialog?: "create";
}
export const agentsSearch = (search: Search): AgentsSearch => ({
  service: textOf(search["service"]),
  dialog: oneOf(["create"], search["dialog"]),
});

const MEMBER_TABS = ["people", "invitations", "roles"] as const;
export interface MembersSearch {
  tab?: (typeof MEMBER_TABS)[number];
  member?: string;
  dialog?: "invite";
}
export const membersSearch = (search: Search): MembersSearch => ({
  tab: oneOf(MEMBER_TABS, search["tab"]),
  member: textOf(search["member"]),
  dialog: oneOf(["invite"], search["dialog"]),
});

export interface TenantsSearch {
  region?: string;
  dialog?: "create";
}
export const tenantsSearch = (search: Search): TenantsSearch => ({
  region: textOf(search["region"]),
  dialog: oneOf(["create"], search["dialog"]),
});

const LOGIN_CONFIRMS = ["invitation", "sign_in"] as const;
const LOGIN_REASONS = ["ended", "signed_out", "sign_out_failed"] as const;
export type LoginReason = (typeof LOGIN_REASONS)[number];
export interface LoginSearch {
  return_to?: string;
  reason?: LoginReason;
  error?: string;
  tenant?: string;
  /** The regions that know this tenant's name, comma-separated: the person chooses. */
  choose?: string;
  region?: string;
  /** Ids of the tenant's providers, comma-separated: there are several, and the person chooses. */
  providers?: string;
  /** Comes along until a provider is chosen. */
  invitation?: string;
  /** A link of another site led here, and one is signed in: nothing goes on without a click. */
  confirm?: (typeof LOGIN_CONFIRMS)[number];
  /** `slug@region` of those that own an address's domain, comma-separated. */
  tenants?: string;
  /** With the provider that did not answer: the one of several, the address typed, or the platform's. */
  provider?: string;
  email?: string;
  as?: "platform";
}
export const loginSearch = (search: Search): LoginSearch => ({
  return_to: textOf(search["return_to"]),
  reason: oneOf(LOGIN_REASONS, search["reason"]),
  error: textOf(search["error"]),
  tenant: textOf(search["tenant"]),
  choose: textOf(search["choose"]),
  region: textOf(search["region"]),
  providers: textOf(search["providers"]),
  invitation: textOf(search["invitation"]),
  confirm: oneOf(LOGIN_CONFIRMS, search["confirm"]),
  tenants: textOf(search["tenants"]),
  provider: textOf(search["provider"]),
  email: textOf(search["email"]),
  as: oneOf(["platform"], search["as"]),
});

/** What an app asks for, or why it may not ask. */
export interface LetInSearch {
  request?: string;
  error?: string;
}
export const letInSearch = (search: Search): LetInSearch => ({
  request: textOf(search["request"]),
  error: textOf(search["error"]),
});

/** The code that a device shows, where it could make the address carry it. */
export interface DeviceSearch {
  user_code?: string;
}
export const deviceSearch = (search: Search): DeviceSearch => ({
  user_code: textOf(search["user_code"]),
});
