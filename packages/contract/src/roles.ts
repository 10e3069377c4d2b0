import { z } from "zod";

export const ROLES = [
  "WorkspaceAdmin",
  "Operator",
  "Approver",
  "Auditor",
  "IntegrationAdmin",
] as const;

/** One of the five governance roles. */
export const Role = z.enum(ROLES).meta({ id: "Role" });
export type Role = z.infer<typeof Role>;

/** In one sentence each, as the console says them. */
export const ROLE_MEANS: Readonly<Record<Role, string>> = {
  WorkspaceAdmin: "Full control of the workspace: members, settings, workflows, keys.",
  Operator: "Creates and publishes workflows, triggers runs, sees their state.",
  Approver: "Decides pending steps and reads the audit log.",
  Auditor: "Reads everything, changes nothing.",
  IntegrationAdmin: "Installs connectors and manages provider keys.",
};
