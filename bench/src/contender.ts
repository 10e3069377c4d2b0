/**
 * The contender over HTTP: bare Express, tRPC through its own adapter, plain Prisma. No authentication, no roles, no
 * regions, no row-level security, no audit, no security headers, no log. The same rows in the same shape.
 *
 *     node contender.ts <port> <database url>
 */
import { initTRPC } from "@trpc/server";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import express from "express";
import { z } from "zod";
import { plainClient } from "./contenders/plain-client.ts";

const [port = "0", databaseUrl = ""] = process.argv.slice(2);
const prisma = plainClient(databaseUrl);
const t = initTRPC.create();

const Page = { limit: z.coerce.number().default(20) };
const VERSION = {
  id: true,
  workflowId: true,
  version: true,
  digest: true,
  riskTier: true,
  createdAt: true,
  createdBy: true,
} as const;

const workspace = t.router({
  read: t.procedure
    .input(z.object({ workspaceId: z.string() }))
    .query(async ({ input }) =>
      toWorkspace(await prisma.workspace.findUniqueOrThrow({ where: { id: input.workspaceId } })),
    ),
  list: t.procedure.input(z.object(Page)).query(async ({ input }) => {
    const rows = await prisma.workspace.findMany({
      orderBy: { id: "desc" },
      take: input.limit + 1,
    });
    return page(rows.map(toWorkspace), input.limit);
  }),
});

const workflow = t.router({
  list: t.procedure
    .input(z.object({ workspaceId: z.string(), ...Page }))
    .query(async ({ input }) => {
      const rows = await prisma.workflow.findMany({
        where: { workspaceId: input.workspaceId },
        orderBy: { id: "desc" },
        take: input.limit + 1,
        include: {
          versions: { select: VERSION, orderBy: { version: "desc" }, take: 1 },
          releases: {
            select: {
              publishedBy: true,
              publishedAt: true,
              environment: { select: { name: true } },
              version: { select: { version: true } },
            },
            orderBy: { publicationId: "desc" },
          },
        },
      });
      const items = rows.map(({ versions, releases, createdBy: _, tenantId: __, ...row }) => ({
        ...row,
        latest: versions[0],
        publications: releases.map((one) => ({
          environment: one.environment.name,
          version: one.version.version,
          publishedAt: one.publishedAt,
          publishedBy: one.publishedBy,
        })),
      }));
      return page(items, input.limit);
    }),
});

function toWorkspace({ dataPersistenceMode, ...row }: { dataPersistenceMode: string }) {
  return { ...row, settings: { dataPersistenceMode } };
}

function page<T extends object>(rows: readonly T[], limit: number) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last && "id" in last ? last.id : null };
}

const app = express();
app.use("/trpc", createExpressMiddleware({ router: t.router({ workspace, workflow }) }));
app.get("/readiness", (_req, res) => {
  res.json({ status: "ready" });
});
app.listen(Number(port), "127.0.0.1");
