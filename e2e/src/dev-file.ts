import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { RegionName } from "@aic-sos/contract/regions";
import { Role } from "@aic-sos/contract/roles";
import { z } from "zod";

const Database = z.object({
  name: z.string(),
  superuser: z.string(),
  app: z.string(),
  owner: z.string(),
});

const Person = z.object({
  name: z.string(),
  email: z.string(),
  password: z.string(),
  tenant: z.string(),
  region: RegionName,
  workspace: z.string().nullable(),
  role: Role,
});
export type Person = z.infer<typeof Person>;

/** As much of `dev.json` as is used here. */
export const DevFile = z.object({
  url: z.string(),
  platformKey: z.string(),
  seeded: z.boolean(),
  databases: z.record(z.string(), Database),
  providers: z.object({ keys: z.object({ openai: z.string() }) }),
  people: z.array(Person).min(1),
});
export type DevFile = z.infer<typeof DevFile>;

/** Reads what the running server's devstack says of itself. */
export async function readDevFile(dataDir: string): Promise<DevFile> {
  const path = join(dataDir, "dev.json");
  const text = await readFile(path, "utf8").catch(() => {
    throw new Error(
      `${path} is not there: start the server first (npx --yes pnpm start), or name its AIC_DATA_DIR`,
    );
  });
  const file = DevFile.parse(JSON.parse(text));
  if (file.seeded) return file;
  throw new Error(
    `${path} says that the demo data is not filled in yet: wait until the start is complete`,
  );
}
