import { CONNECTOR_CREDENTIALS, type Connector, ConnectorKind } from "@aic-sos/contract/connectors";
import { appendEvent } from "@aic-sos/db/append-event";
import { newId } from "@aic-sos/db/ids";
import { read, write } from "@aic-sos/db/scoped";
import type { Grant } from "@aic-sos/policy/grant";
import type { InstallConnector, UpdateConnectorCredentials } from "@aic-sos/contract/connectors";
import { z } from "zod";
import { AppError, notFound } from "../../app-error.ts";
import type { Dependencies } from "../../dependencies.ts";
import { beforeId, iso, isoOrNull, rowsFor, toPage } from "../../page.ts";
import type { RequestContext } from "../../trpc/context.ts";

type Granted<G extends Grant> = RequestContext & { readonly grant: G };

const Config = z.record(z.string(), z.string());

export const connectorStore = {
  async install(
    { grant, deps }: Granted<Grant<"connector:install">>,
    input: z.output<typeof InstallConnector>,
  ): Promise<Connector> {
    const id = newId(grant);
    const sealed =
      input.credentials === undefined ? null : await sealer(deps, grant, id)(input.credentials);
    return write(grant, async (tx) => {
      const row = await tx.connectorInstallation.create({
        data: {
          id,
          kind: input.kind,
          name: input.name,
          config: input.config,
          credentialsSealed: sealed,
          credentialsUpdatedAt: sealed === null ? null : new Date(deps.now()),
          createdBy: grant.principalId,
        },
      });
      await appendEvent(tx, { type: "connector.installed", resource: { type: "connector", id } });
      return toConnector(row);
    });
  },

  async updateCredentials(
    { grant, deps }: Granted<Grant<"connector_credentials:update">>,
    input: z.output<typeof UpdateConnectorCredentials>,
  ): Promise<Connector> {
    const id = input.connectorId;
    const sealed = await sealer(deps, grant, id)(input.credentials);
    return write(grant, async (tx) => {
      const before = await tx.connectorInstallation.findFirst({
        where: { id },
        select: { kind: true },
      });
      if (!before) throw notFound();
      refuseForeignShape(ConnectorKind.parse(before.kind), input.credentials);
      const row = await tx.connectorInstallation.update({
        where: { id },
        data: { credentialsSealed: sealed, credentialsUpdatedAt: new Date(deps.now()) },
      });
      await appendEvent(tx, {
        type: "connector_credentials.updated",
        resource: { type: "connector", id },
      });
      return toConnector(row);
    });
  },

  async list(grant: Grant<"connector:read">, page: { limit: number; cursor?: string | undefined }) {
    const rows = await read(grant, (db) =>
      db.connectorInstallation.findMany({
        where: beforeId(page.cursor),
        orderBy: { id: "desc" },
        take: rowsFor(page),
      }),
    );
    return toPage(rows, page.limit, toConnector, (row) => row.id);
  },
};

/** Seals credentials for one connector; done before the transaction, for a key may have to be fetched. */
function sealer(deps: Dependencies, grant: Grant, recordId: string) {
  return async (credentials: object): Promise<Uint8Array<ArrayBuffer>> => {
    const key = await deps.keyringOf(grant.cell).forTenant(grant.tenantId);
    const context = {
      tenantId: grant.tenantId,
      purpose: "connector_credentials",
      recordId,
      field: "credentials",
    } as const;
    return new Uint8Array(key.seal(Buffer.from(JSON.stringify(credentials)), context));
  };
}

/** The shape of credentials depends on the kind, which only the stored row knows. */
function refuseForeignShape(kind: ConnectorKind, credentials: object): void {
  const result = CONNECTOR_CREDENTIALS[kind].safeParse(credentials);
  if (result.success) return;
  throw new AppError("invalid_input", `These are not the credentials of a ${kind} connector.`, {
    errors: [
      {
        field: "credentials",
        message: `must be those of a ${kind} connector`,
        allowed: Object.keys(CONNECTOR_CREDENTIALS[kind].shape),
      },
    ],
  });
}

function toConnector(row: {
  id: string;
  workspaceId: string;
  kind: string;
  name: string;
  config: unknown;
  credentialsSealed: Uint8Array | null;
  credentialsUpdatedAt: Date | null;
  createdAt: Date;
}): Connector {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    kind: ConnectorKind.parse(row.kind),
    name: row.name,
    config: Config.parse(row.config),
    hasCredentials: row.credentialsSealed !== null,
    credentialsUpdatedAt: isoOrNull(row.credentialsUpdatedAt),
    createdAt: iso(row.createdAt),
  };
}
