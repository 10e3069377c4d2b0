import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres } from "./postgres.ts";
import { systemUser } from "./postgres-user.ts";

let dataDir: string;

beforeAll(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), "aic-postgres-")), "deep", "data");
});
afterAll(() => rmSync(join(dataDir, "../.."), { recursive: true, force: true }));

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return Object.values((await client.query(sql)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("the embedded Postgres", () => {
  it("starts, keeps its data over a stop and a start, and ends when told", async () => {
    const first = await startPostgres({ dataDir, unsafe: true });
    await ask(first.superuserUrl(), "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await startPostgres({ dataDir, unsafe: true });
    expect(await ask(second.superuserUrl(), "SELECT answer FROM kept")).toBe(42);
    await second.stop();
    await second.stop();
  });

  it("comes up again after a kill -9, and with what was committed", async () => {
    const killed = await startPostgres({ dataDir, unsafe: true });
    await ask(killed.superuserUrl(), "CREATE TABLE committed AS SELECT 1");
    await killed.kill9();
    const again = await startPostgres({ dataDir, unsafe: true, port: killed.port });
    expect(await ask(again.superuserUrl(), "SELECT count(*)::int FROM committed")).toBe(1);
    await again.stop();
  });

  it("is not fooled by a lock file whose pid now belongs to another program", async () => {
    writeFileSync(join(dataDir, "cluster/postmaster.pid"), `${process.pid}\n${dataDir}\n`);
    const started = await startPostgres({ dataDir, unsafe: true });
    expect(await ask(started.superuserUrl(), "SELECT 1")).toBe(1);
    await started.stop();
  });

  it("takes a password and listens on this machine only", async () => {
    const server = await startPostgres({
      dataDir,
      unsafe: true,
      settings: { max_connections: "33" },
    });
    const url = new URL(server.superuserUrl());
    expect(await ask(url.href, "SHOW listen_addresses")).toBe("127.0.0.1");
    expect(await ask(url.href, "SHOW max_connections")).toBe("33");
    url.password = "guess";
    await expect(ask(url.href, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
    expect(statSync(join(dataDir, "superuser-password")).mode & 0o777).toBe(0o600);
    await server.stop();
  });

  it("waits for the disk unless a test asks otherwise", async () => {
    const server = await startPostgres({ dataDir });
    expect(await ask(server.superuserUrl(), "SHOW fsync")).toBe("on");
    await server.stop();
  });

  it("does not outlive the process that started it, not even when that is killed", async () => {
    const script = `
      import { startPostgres } from ${JSON.stringify(new URL("./postgres.ts", import.meta.url).href)};
      const { pid } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, unsafe: true });
      console.log(pid);`;
    const parent = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [output] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(output.toString());
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
  });

  it("says why it does not start", async () => {
    const failing = startPostgres({ dataDir, unsafe: true, settings: { work_mem: "nonsense" } });
    await expect(failing).rejects.toThrow(/invalid value for parameter "work_mem"/);
  });
});

describe("as root where user namespaces are forbidden", () => {
  it("a system user is taken, postgres before nobody", () => {
    const nobody = "root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533::/:/bin/false\n";
    expect(systemUser(nobody)).toEqual({ prefix: [], uid: 65_534, gid: 65_533 });
    expect(systemUser(`${nobody}postgres:x:70:71::/:/bin/false\n`).uid).toBe(70);
    expect(() => systemUser("root:x:0:0::/root:/bin/sh")).toThrow(/Start as an ordinary user/);
  });
});

it("the log stays with the data", () => {
  expect(readFileSync(join(dataDir, "postgres.log"), "utf8")).toContain(
    "ready to accept connections",
  );
});
