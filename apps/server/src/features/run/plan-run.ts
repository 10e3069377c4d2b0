import type { DataMode } from "@aic-sos/contract/data-modes";
import type { Grant } from "@aic-sos/policy/grant";
import type { WorkflowDefinition } from "@aic-sos/workflow/definition";
import { checkInputs } from "@aic-sos/workflow/inputs";
import { AppError } from "../../app-error.ts";
import type { RequestContext } from "../../trpc/context.ts";

/** What a workspace has published under an environment's name. */
export interface PublishedVersion {
  readonly workflowId: string;
  readonly workflowName: string;
  readonly versionId: string;
  readonly version: number;
  readonly definition: WorkflowDefinition;
  readonly dataMode: DataMode;
}

/** One input of class content: described always, kept (sealed) in a workspace of mode `full` only. */
export interface ContentRecord {
  readonly id: string;
  readonly contentId: string;
  readonly name: string;
  readonly size: bigint;
  readonly digest: Uint8Array<ArrayBuffer>;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

/** A run that has been checked and sealed and waits to be written. */
export interface PlannedRun {
  readonly id: string;
  readonly published: PublishedVersion;
  readonly environment: string;
  readonly metadata: Record<string, unknown>;
  readonly content: readonly ContentRecord[];
}

/**
 * Checks the inputs against the version and parts them by class. Content is refused where the workspace does not keep
 * it, at the edge and before anything is written; where it does, it is sealed here, before the transaction.
 */
export async function planRun(
  ctx: RequestContext & { readonly grant: Grant<"run:create"> },
  published: PublishedVersion,
  input: { environment: string; inputs: Record<string, unknown> },
): Promise<PlannedRun> {
  const contentKept = published.dataMode === "full";
  const checked = checkInputs(published.definition, input.inputs, { contentKept });
  if (!checked.ok) {
    const errors = checked.problems.map(({ path, message }) => ({
      field: path ? `inputs.${path}` : "inputs",
      message,
    }));
    const [first] = errors;
    throw new AppError(
      "invalid_run_inputs",
      first ? `${first.field} ${first.message}` : "The inputs do not fit.",
      { errors },
    );
  }
  const { grant, deps } = ctx;
  const plan = {
    id: deps.newId(grant.cell),
    published,
    environment: input.environment,
    metadata: checked.metadata,
  };
  const sent = Object.keys(checked.content);
  if (!contentKept && sent.length > 0) throw contentRefused(sent);
  const key = await deps.keyringOf(grant.cell).forTenant(grant.tenantId);
  const content = Object.entries(checked.content).map(([name, value]) => {
    const bytes = Buffer.from(JSON.stringify(value), "utf8");
    const id = deps.newId(grant.cell);
    const context = {
      tenantId: grant.tenantId,
      purpose: "record_content",
      recordId: id,
      field: "sealed",
    } as const;
    return {
      id,
      contentId: deps.newId(grant.cell),
      name,
      size: BigInt(bytes.length),
      digest: new Uint8Array(key.hmac("record-digest", bytes)),
      sealed: new Uint8Array(key.seal(bytes, context)),
    };
  });
  return { ...plan, content };
}

/** The workspace is metadata-only: the inputs named are content and are neither stored nor logged. */
export function contentRefused(names: readonly string[]): AppError {
  return new AppError(
    "content_refused",
    `The workspace keeps metadata only, so it cannot take ${names.join(", ")}. Leave them out, or set its data mode to full.`,
    {
      errors: names.map((name) => ({
        field: `inputs.${name}`,
        message: "is content, which is not kept here",
      })),
    },
  );
}
