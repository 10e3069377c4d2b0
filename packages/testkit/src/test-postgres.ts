import type { Passwords } from "@aic-sos/db/bootstrap";

/** The two cells of every test, as in the demo: US and EU. */
export const TEST_CELLS = {
  us: { code: 1, region: "us-east-1", template: "template_us" },
  eu: { code: 2, region: "eu-west-1", template: "template_eu" },
} as const;

/** What the global setup hands to the test files. */
export interface TestPostgres {
  readonly superuserUrl: string;
  readonly passwords: Passwords;
}

declare module "vitest" {
  export interface ProvidedContext {
    aicPostgres: TestPostgres;
  }
}
