import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ProviderStandIn,
  type StandInKey,
  startProviderStandIn,
} from "./provider-stand-in.ts";

const PROVIDERS = ["openai", "azure_openai", "anthropic"] as const;
const keys: StandInKey[] = PROVIDERS.flatMap((provider) => [
  { provider, key: `${provider}-good-key-0001`, answer: "models" },
  { provider, key: `${provider}-busy-key-0001`, answer: "rate_limited" },
  { provider, key: `${provider}-down-key-0001`, answer: "unavailable" },
  { provider, key: `${provider}-slow-key-0001`, answer: "hangs" },
]);

let standIn: ProviderStandIn;
beforeAll(async () => {
  standIn = await startProviderStandIn({ keys });
});
afterAll(() => standIn.close());

/** The list-models call as each provider documents it. */
const CALLS: Record<StandInKey["provider"], (key: string) => [string, Record<string, string>]> = {
  openai: (key) => ["/v1/models", { authorization: `Bearer ${key}` }],
  azure_openai: (key) => ["/openai/models?api-version=2024-10-21", { "api-key": key }],
  anthropic: (key) => ["/v1/models", { "x-api-key": key, "anthropic-version": "2023-06-01" }],
};

async function get(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const response = await fetch(standIn.url + path, { headers, signal: AbortSignal.timeout(2000) });
  const { status } = response;
  return { status, body: JSON.parse(await response.text()), headers: response.headers };
}

const call = (provider: StandInKey["provider"], key: string): ReturnType<typeof get> =>
  get(...CALLS[provider](key));

describe.each(PROVIDERS)("the stand-in for %s", (provider) => {
  it("lists models to a key it knows", async () => {
    const { status, body } = await call(provider, `${provider}-good-key-0001`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      data: expect.arrayContaining([expect.objectContaining({ id: expect.any(String) })]),
    });
  });

  it("refuses any other key, another provider's included", async () => {
    for (const key of ["sk-unknown-0000000001", ...PROVIDERS.filter((p) => p !== provider)]) {
      const { status, body } = await call(provider, `${key}-good-key-0001`);
      expect(status).toBe(401);
      expect(body).toHaveProperty("error");
      expect(JSON.stringify(body)).not.toContain(`${key}-good-key-0001`);
    }
  });

  it("answers 429 with a time to wait, and a 5xx, to keys that are meant to", async () => {
    const busy = await call(provider, `${provider}-busy-key-0001`);
    expect(busy.status).toBe(429);
    expect(busy.headers.get("retry-after")).toBe("20");
    const down = await call(provider, `${provider}-down-key-0001`);
    expect(down.status).toBeGreaterThanOrEqual(500);
  });
});

describe("the stand-in", () => {
  it("refuses in each provider's own shape", async () => {
    expect((await call("openai", "sk-wrong-key-1234")).body).toEqual({
      error: {
        message: expect.stringMatching(/^Incorrect API key provided: sk-\*{8}1234\./),
        type: "invalid_request_error",
        param: null,
        code: "invalid_api_key",
      },
    });
    expect((await call("azure_openai", "wrong")).body).toEqual({
      error: { code: "401", message: expect.stringContaining("invalid subscription key") },
    });
    expect((await call("anthropic", "wrong")).body).toEqual({
      type: "error",
      error: { type: "authentication_error", message: "invalid x-api-key" },
    });
  });

  it("wants what each provider wants beside the key", async () => {
    const anthropic = await get("/v1/models", { "x-api-key": "anthropic-good-key-0001" });
    expect(anthropic.status).toBe(400);
    const azure = await get("/openai/models", { "api-key": "azure_openai-good-key-0001" });
    expect(azure.status).toBe(404);
    expect((await get("/v1/models", {})).status).toBe(401);
    expect((await get("/v1/chat/completions", {})).status).toBe(404);
  });

  it("never answers a key that hangs, and can be closed meanwhile", async () => {
    const own = await startProviderStandIn({ keys });
    const [path, headers] = CALLS.openai("openai-slow-key-0001");
    const hanging = fetch(own.url + path, { headers });
    const first = await Promise.race([
      hanging.then(
        () => "answered",
        () => "cut",
      ),
      new Promise((resolve) => setTimeout(resolve, 200, "waiting")),
    ]);
    expect(first).toBe("waiting");
    await own.close();
    await expect(hanging).rejects.toThrow();
  });

  it("runs as a process of its own, and ends with its parent", async () => {
    const folder = await mkdtemp(join(tmpdir(), "stand-in-"));
    const path = join(folder, "stand-in.json");
    await writeFile(path, JSON.stringify({ port: 0, keys }));
    const main = fileURLToPath(new URL("./provider-stand-in.main.ts", import.meta.url));
    const child = spawn(process.execPath, [main, path], { stdio: ["pipe", "pipe", "inherit"] });
    const line = await new Promise<string>((resolve) =>
      child.stdout.setEncoding("utf8").once("data", resolve),
    );
    const { ready, url } = JSON.parse(line);
    expect(ready).toBe(true);
    const [target, headers] = CALLS.openai("openai-good-key-0001");
    expect((await fetch(url + target, { headers })).status).toBe(200);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.stdin.end();
    expect(await ended).toBe(0);
    await rm(folder, { recursive: true });
  });
});
