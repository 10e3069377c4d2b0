import type { ApiKey } from "@aic-sos/contract/api-keys";
import type { Service } from "@aic-sos/contract/services";
import { trpc } from "../../api/trpc.ts";
import { counted } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { ShortList } from "../../ui/short-list.tsx";
import { ToneChip } from "../../ui/tone-chip.tsx";
import { keyEnd } from "./key-words.ts";
import classes from "./key-list.module.css";
import { RevokeKey } from "./revoke-key.tsx";
import { RotateKey } from "./rotate-key.tsx";

/** The keys of a service, newest first, also those that are over. */
export function KeyList({ service }: { service: Service }) {
  const { id: workspaceId } = useWorkspace();
  const list = trpc.apiKey.list.useInfiniteQuery(
    { workspaceId, serviceId: service.id, limit: 20 },
    { getNextPageParam: (page) => page.nextCursor ?? undefined },
  );
  return (
    <ShortList<ApiKey>
      label={`Keys of ${service.name}`}
      query={list}
      empty={`None. Without a key ${service.name} cannot call.`}
    >
      {(apiKey) => <KeyRow service={service} apiKey={apiKey} />}
    </ShortList>
  );
}

function KeyRow({ service, apiKey }: { service: Service; apiKey: ApiKey }) {
  const over = apiKey.state === "revoked" || apiKey.state === "ended";
  const { words, instant } = keyEnd(apiKey);
  return (
    <>
      <div className={classes.words}>
        {over ? <span className="dim">{apiKey.name}</span> : <b>{apiKey.name}</b>}{" "}
        {apiKey.state === "ending" && <ToneChip tone="attention">Rotated</ToneChip>}
        {over && (
          <ToneChip tone="plain">{apiKey.state === "revoked" ? "Revoked" : "Ended"}</ToneChip>
        )}
        <div className={`${classes.detail} mono clip`} title={`${apiKey.prefix}…`}>
          …{apiKey.prefix.slice(-12)}…
        </div>
        <div className={classes.detail}>
          {words}
          {instant !== null && (
            <>
              {" "}
              <RelativeTime instant={instant} />
            </>
          )}
          , last used <RelativeTime instant={apiKey.lastUsedAt} />
          {apiKey.permissions !== null && (
            <span title={apiKey.permissions.join(", ")}>
              , limited to {counted(apiKey.permissions.length, "permission")}
            </span>
          )}
        </div>
      </div>
      <div className={classes.actions}>
        <RotateKey service={service} apiKey={apiKey} />
        {!over && <RevokeKey service={service} apiKey={apiKey} />}
      </div>
    </>
  );
}
