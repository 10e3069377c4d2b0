import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { createLog, describeError } from "./log.ts";

const SECRET = "planted-secret";

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog("info", { write: (line) => void lines.push(line) }));
  return lines.join("");
}

/** A process that logs a line and exits once it is told to; nobody reads its log if `unread`. */
async function exitOf({ unread }: { unread: boolean }): Promise<{ code: number; out: string }> {
  const script = `
    import { createLog, flushLog } from ${JSON.stringify(new URL("./log.ts", import.meta.url).href)};
    const log = createLog("info");
    process.stdin.once("data", async () => {
      log.info("the last line");
      await flushLog(log);
      process.exit(0);
    });
    process.stderr.write("ready");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  await once(child.stderr, "data");
  let out = "";
  if (unread) child.stdout.destroy();
  else child.stdout.on("data", (chunk) => (out += String(chunk)));
  const ended = once(child, "close", { signal: AbortSignal.timeout(20_000) });
  child.stdin.end("now");
  const [code] = await ended.finally(() => child.kill("SIGKILL"));
  return { code, out };
}

describe("a process that ends", () => {
  it("has written its last line", async () => {
    expect(await exitOf({ unread: false })).toEqual({
      code: 0,
      out: expect.stringContaining("the last line"),
    });
  });

  it("does end when nobody reads its log any more", async () => {
    expect(await exitOf({ unread: true })).toMatchObject({ code: 0 });
  });
});

describe("an error in the log", () => {
  it("has its kind, its code and where it came from, and not its message", () => {
    const error = Object.assign(new TypeError(SECRET), { code: "ECONNREFUSED" });
    const text = logged((log) => log.error({ err: error }, "failed"));
    expect(JSON.parse(text)).toMatchObject({
      msg: "failed",
      err: { kind: "TypeError", code: "ECONNREFUSED" },
    });
    expect(text).toContain("log.test.ts");
    expect(text).not.toContain(SECRET);
  });

  it.each([
    [
      "in the message of a cause",
      new Error("a", { cause: new Error("b", { cause: new Error(SECRET) }) }),
    ],
    [
      "in a property",
      Object.assign(new Error("a"), {
        request: { headers: { authorization: SECRET } },
        detail: SECRET,
      }),
    ],
    ["as the cause itself", new Error("a", { cause: SECRET })],
    ["in an object thrown", { message: SECRET, stack: SECRET }],
    ["as a text thrown", SECRET],
    ["among several", new AggregateError([new Error(SECRET)], SECRET)],
    ["in lines that look like frames", new Error(`a\n    at ${SECRET} (file.ts:1:1)\n    at b`)],
  ])("shows no secret %s", (_, error) => {
    expect(logged((log) => log.error({ err: error }, "failed"))).not.toContain(SECRET);
  });

  it("whose message was changed after it was made shows no frame rather than a line of the message", () => {
    const error = new Error(`x\n    at ${SECRET} (a:1:1)`);
    error.message = "something else";
    expect(JSON.stringify(describeError(error))).not.toContain(SECRET);
  });

  it("ends with a chain of causes that bites its tail", () => {
    const error = new Error("a");
    error.cause = error;
    expect(JSON.stringify(describeError(error)).length).toBeLessThan(20_000);
  });
});
