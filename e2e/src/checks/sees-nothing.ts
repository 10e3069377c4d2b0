import { randomBytes } from "node:crypto";
import { cellOf, isId, makeId } from "@aic-sos/contract/ids";
import { Problem } from "@aic-sos/contract/problem";
import { type Gate, made } from "../gate.ts";
import type { Answer, Caller } from "../rest/caller.ts";
import { addressOf, readOperations, type RestOperation } from "../rest/operations.ts";
import { withoutIds } from "../rest/problem.ts";
import { expectSame, expectThat } from "../unmet.ts";

type Ids = Readonly<Record<string, string>>;

/** What everybody in the tenant may see of it, so a neighbour in another workspace, too. */
const OF_THE_TENANT = new Set(["tenant_read"]);

/**
 * Asks every read operation for the first workspace's things.
 * @param outside what the caller is outside of: the workspace (but in the tenant), or the tenant
 * @returns how many operations were asked
 */
export async function seesNothing(
  gate: Gate,
  caller: Caller,
  outside: "workspace" | "tenant",
): Promise<number> {
  const ids = idsOf(gate);
  const operations = (await readOperations(caller)).filter(
    ({ changes, method }) => !changes && method === "GET",
  );
  const asked = operations.filter(({ id }) => outside === "tenant" || !OF_THE_TENANT.has(id));
  const names = [made(gate, "workflow").name, made(gate, "workspace").name, "Gate ServiceNow"];
  const knows = outside === "workspace" ? [ids["tenantId"]] : [];
  const marks = [...names, ...Object.values(ids).filter(isId)].filter(
    (mark) => !knows.includes(mark),
  );
  const ownId = (await caller.call("GET", "/api/me")).body as { principal: { id: string } };
  for (const operation of asked) {
    for (const workspaceId of [undefined, ids["workspaceId"]]) {
      const answer = await caller.call("GET", addressOf(operation, ids), { workspaceId });
      expectThat(
        answer.status < 500,
        `${answer.call} to be refused calmly`,
        `${answer.status} ${answer.text}`,
      );
      const text = withoutOwnDoings(answer, ownId.principal.id);
      const shown = marks.filter((mark) => text.includes(mark));
      expectThat(
        answer.status >= 400 || shown.length === 0,
        `${answer.call} to show nothing of ${shown.join(", ")}`,
        text,
      );
    }
    await sameAsMissing(caller, operation, ids);
  }
  return asked.length;
}

/** An audit log repeats what its reader asked for: those events are no news. */
function withoutOwnDoings({ body, text }: Answer, callerId: string): string {
  const items = (body as { items?: readonly { actor?: { id?: string } }[] } | undefined)?.items;
  if (!Array.isArray(items)) return text;
  return JSON.stringify(items.filter((item) => item.actor?.id !== callerId));
}

/** Another's thing and a thing that is not there: the same status and the same words. */
async function sameAsMissing(caller: Caller, operation: RestOperation, ids: Ids): Promise<void> {
  if (Object.keys(operation.inPath).length === 0) return;
  const missing = Object.fromEntries(
    Object.entries(ids).map(([name, id]) => [name, isId(id) ? anotherId(id) : id]),
  );
  const theirs = await caller.call("GET", addressOf(operation, ids));
  const nowhere = await caller.call("GET", addressOf(operation, missing));
  expectSame(`the status of ${theirs.call}, as for a missing one`, nowhere.status, theirs.status);
  const [one = "", other = ""] = [theirs, nowhere].map(wordsOf);
  expectSame(`the words of ${theirs.call}, as for a missing one`, other, one);
}

function wordsOf({ status, body, text }: Answer): string {
  return status >= 400 ? withoutIds(Problem.parse(body)) : text;
}

function anotherId(id: string): string {
  return makeId(cellOf(id), Date.now(), randomBytes(8));
}

/** Ids of the tenant's cell for nouns that the gate makes none of: rights are judged before a thing is looked for. */
function namesOfNothing(home: string): Ids {
  const nouns = [
    "apiKey",
    "appSession",
    "clientAuthority",
    "decision",
    "emailDomain",
    "event",
    "groupRule",
    "identityProvider",
  ];
  const more = ["delivery", "invitation", "member", "service", "session", "webhook"];
  return Object.fromEntries([...nouns, ...more].map((noun) => [`${noun}Id`, anotherId(home)]));
}

/** A value for each parameter that any read operation takes. */
export function idsOf(gate: Gate): Ids {
  return {
    tenantId: made(gate, "tenant").id,
    workspaceId: made(gate, "workspace").id,
    workflowId: made(gate, "workflow").id,
    runId: made(gate, "runId"),
    providerKeyId: made(gate, "providerKeyId"),
    connectorId: made(gate, "connectorId"),
    version: "1",
    first: "1",
    last: "1",
    from: "1",
    to: "1",
    ...namesOfNothing(made(gate, "workspace").id),
  };
}
