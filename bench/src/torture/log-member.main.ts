/**
 * A process that is killed from outside: writes events of one tenant through the group commit, or seals whatever there is.
 * `node log-member.main.ts write|seal <json>`; the JSON is a `Member`.
 */
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { RoleUrls } from "@aic-sos/db/bootstrap";
import { makeId } from "@aic-sos/contract/ids";
import { openCells } from "@aic-sos/db/cells";
import { recordDecision } from "@aic-sos/db/inbox";
import { sealOnce } from "@aic-sos/db/sealer";
import { CELL } from "../stage/stage.ts";

/** What a process is told. */
export interface Member {
  readonly urls: RoleUrls;
  readonly tenantId: string;
  readonly actorId: string;
  /** Marks the events of this process. */
  readonly name: string;
  readonly events: number;
  readonly writers: number;
}

const freshId = (): string => makeId(CELL.code, Date.now(), randomBytes(8));

/** Every event is acknowledged when this returns: its mark is `<name>-<number>`. */
async function write(member: Member): Promise<void> {
  let next = 0;
  const writer = async (): Promise<void> => {
    while (next < member.events) {
      const mark = `${member.name}-${next}`;
      next += 1;
      await recordDecision(CELL.code, {
        v: 1,
        id: freshId(),
        time: new Date().toISOString(),
        class: "decision",
        type: "decision.allowed",
        tenantId: member.tenantId,
        workspaceId: null,
        region: CELL.region,
        actor: { id: member.actorId, kind: "user", authentication: "session" },
        procedure: "run.list",
        permission: "run:read",
        outcome: "allow",
        reason: null,
        resource: null,
        decisionId: null,
        requestId: mark,
        changes: [],
        count: 1,
      });
    }
  };
  await Promise.all(Array.from({ length: member.writers }, writer));
}

/** Until it is killed. */
async function seal(): Promise<never> {
  for (;;) {
    const { sealed } = await sealOnce(CELL.code);
    if (sealed === 0) await sleep(10);
  }
}

const [role = "", told = ""] = process.argv.slice(2);
const member = JSON.parse(told) as Member;
const cells = await openCells([{ ...CELL, urls: member.urls }]);
if (role === "write") await write(member);
else await seal();
await cells.close();
