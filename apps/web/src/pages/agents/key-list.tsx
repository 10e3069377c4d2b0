import type { ApiKey } from "@aic-sos/contract/api-keys";
import type { Service } from "@aic-sos/contract/services";
import { Button, Skeleton } from "@mantine/core";
import { trpc } from "../../api/trpc.ts";
import { counted } from "../../lib/words.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { itemsOf } from "../../ui/list-body.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
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
  const keys = itemsOf<ApiKey>(list);
  if (keys === undefined) {
    if (list.error) {
      return <ProblemNotice error={list.error} during="read" onRetry={() => list.refetch()} />;
    }
    return <Skeleton height={44} />;
  }
  if (keys.length === 0) {
    return <div className="dim">None. Without a key {service.name} cannot call.</div>;
  }
  return (
    <>
      <ul className={classes.list} aria-label={`Keys of ${service.name}`}>
        {keys.map((apiKey) => (
          <KeyRow key={apiKey.id} service={service} apiKey={apiKey} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Load more
        </Button>
      )}
    </>
  );
}

function KeyRow({ service, apiKey }: { service: Service; apiKey: ApiKey }) {
  const over = apiKey.state === "revoked" || apiKey.state === "ended";
  const { words, instant } = keyEnd(apiKey);
  return (
    <li className={classes.item}>
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
      {!over && (
        <div className={classes.actions}>
          {apiKey.state === "active" && <RotateKey service={service} apiKey={apiKey} />}
          <RevokeKey service={service} apiKey={apiKey} />
        </div>
      )}
    </li>
  );
}
