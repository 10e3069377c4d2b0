import { type DemoPerson, PLATFORM_PERSON } from "./demo-people.ts";

const HEAD = ["Email", "Password", "Tenant", "Region", "Workspace", "Role"] as const;

/** What one needs to know once everything runs: where, as whom, and where the data is. */
export function summaryLines(input: {
  readonly url: string;
  readonly platformKey: string;
  readonly platformPassword: string;
  readonly dataDir: string;
  readonly people: readonly DemoPerson[];
}): readonly string[] {
  const rows = input.people.map(({ email, password, tenant, region, workspace, role }) => [
    email,
    password,
    tenant,
    region,
    workspace ?? "(all)",
    role,
  ]);
  return [
    "",
    `  Console        ${input.url}`,
    `  API            ${input.url}/api/openapi.json`,
    `  Platform key   ${input.platformKey}`,
    `  Platform       ${input.url}/auth/platform/login as ${PLATFORM_PERSON.email}, password ${input.platformPassword}`,
    `  Data           ${input.dataDir} (delete it to start afresh)`,
    "",
    ...table([[...HEAD], ...rows]).map((line) => `  ${line}`),
    "",
  ];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
