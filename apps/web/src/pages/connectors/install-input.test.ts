import { InstallConnector } from "@aic-sos/contract/connectors";
import { describe, expect, it } from "vitest";
import { NO_CREDENTIALS } from "./credential-values.ts";
import { installInput, type InstallValues } from "./install-input.ts";

const WORKSPACE = "0198c0de-0000-8001-8000-00000000000a";
const values: InstallValues = {
  kind: "servicenow",
  name: "ServiceNow",
  config: { instanceUrl: "https://acme.service-now.com", url: "https://left.over.example" },
  credentials: NO_CREDENTIALS,
};

describe("installInput", () => {
  it("sends only what its kind knows, in the contract's shape", () => {
    const input = installInput(values, WORKSPACE);
    expect(input).toEqual({
      kind: "servicenow",
      name: "ServiceNow",
      workspaceId: WORKSPACE,
      config: { instanceUrl: "https://acme.service-now.com" },
    });
    expect(InstallConnector.safeParse(input).success).toBe(true);
  });

  it("keeps a half-typed credential, so that it is refused and not lost", () => {
    const half = { ...values, credentials: { ...NO_CREDENTIALS, username: "svc" } };
    expect(InstallConnector.safeParse(installInput(half, WORKSPACE)).success).toBe(false);
  });
});
