/** A workflow whose inputs are metadata alone, so that it runs where no content is kept. */
export function exampleWorkflow(name: string, step = "restart"): string {
  return `apiVersion: aic-sos/v1
kind: Workflow
metadata:
  name: ${name}
  description: Restarts the print service of a site and waits until the queue is empty.
spec:
  riskTier: low
  inputs:
    ticket: { type: string, class: metadata, maxLength: 16, pattern: "^INC[0-9]{7}$" }
  steps:
    - id: ${step}
      use: connector
      with:
        connector: ServiceNow
        action: service.restart
        arguments:
          ticket: \${{ inputs.ticket }}
    - id: settle
      use: wait
      needs: ${step}
      with:
        duration: 10m
`;
}

export const EXAMPLE_INPUTS = { ticket: "INC0012345" };

/** The same text with a step that needs one which is not there, in line `line`. */
export function brokenWorkflow(name: string): { readonly source: string; readonly line: number } {
  const source = exampleWorkflow(name).replace("needs: restart", "needs: restrt");
  const line = source.split("\n").findIndex((text) => text.includes("restrt")) + 1;
  return { source, line };
}
