/** What a new workflow starts from: small, valid, and worth changing line by line. */
export const FIRST_WORKFLOW = `apiVersion: aic-sos/v1
kind: Workflow
metadata:
  name: ticket-summary
  description: Summarises a ticket and, once a person agrees, adds the summary to it.
spec:
  riskTier: low

  # Each value is "metadata" (stored, may be computed with) or "content" (the default: only passes through).
  inputs:
    ticket:
      title: Number of the ticket
      type: string
      class: metadata
      maxLength: 16
      pattern: "^INC[0-9]{7,12}$"
    description:
      title: What the caller wrote
      type: string
      maxLength: 8000

  steps:
    - id: summarise
      use: llm
      with:
        provider: openai
        model: gpt-4.1-mini
        prompt: |
          Summarise in two sentences, without names:

          \${{ inputs.description }}
      outputs:
        summary:
          type: string
          maxLength: 1000

    - id: agree
      use: approval
      needs: summarise
      with:
        message: Add this summary to \${{ inputs.ticket }}?
        approvers:
          role: Approver

    - id: add_note
      use: connector
      needs: [summarise, agree]
      if: steps.agree.outputs.decision == "approved"
      with:
        connector: ServiceNow
        action: incident.update
        arguments:
          number: \${{ inputs.ticket }}
          workNotes: \${{ steps.summarise.outputs.summary }}
`;
