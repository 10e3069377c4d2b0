import { describe, expect, it } from "vitest";
import { type AuditServer, fetchBundle, fetchCheckpoint, ServerRefused } from "./fetch-bundle.ts";
import { allLines, exportLog, KEY, makeLog } from "./log-world.test-support.ts";
import { verifyBundle } from "./verify-bundle.ts";

const log = await makeLog(30, 10);
const WHOLE = await allLines(exportLog(log));

type Answer = (url: URL, request: number) => Response | Promise<Response>;

function serverOf(
  answer: Answer,
  url = "https://control.example.com",
): AuditServer & { asked: string[] } {
  const asked: string[] = [];
  const get: typeof fetch = (input, init) => {
    const target = new URL(input instanceof Request ? input.url : input);
    // A redirect would carry the key elsewhere.
    expect(init).toEqual({ headers: { authorization: "Bearer key" }, redirect: "error" });
    asked.push(target.pathname + target.search);
    return Promise.resolve(answer(target, asked.length));
  };
  return { url, token: "key", workspaceId: undefined, fetch: get, asked };
}

/** A body that breaks after so many bytes; whole when that is undefined. */
function bodyOf(lines: readonly string[], breaksAfter?: number): Response {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  return new Response(
    new ReadableStream({
      start: (stream) => {
        stream.enqueue(bytes.subarray(0, breaksAfter));
      },
      pull: (stream) => {
        if (breaksAfter === undefined) stream.close();
        else stream.error(new Error("the connection broke"));
      },
    }),
  );
}

const restOf = async (url: URL): Promise<string[]> => {
  const after = url.searchParams.get("after");
  return allLines(exportLog(log, after === null ? {} : { after: Number(after) }));
};

describe("a bundle from a server", () => {
  it("arrives as it was sent", async () => {
    const server = serverOf(() => bodyOf(WHOLE));
    expect(await allLines(fetchBundle(server))).toEqual(WHOLE);
    expect(server.asked).toEqual(["/api/audit/export?tenantWide=true"]);
  });

  it("is taken up again behind its last event, wherever the connection breaks", async () => {
    const server = serverOf(async (url, request) =>
      bodyOf(await restOf(url), request < 9 ? 3_500 : undefined),
    );
    const lines = await allLines(fetchBundle(server));
    expect(await verifyBundle(lines, { keys: [KEY], checkpoints: [] })).toMatchObject({
      outcome: "verified",
      report: { shown: 30, covered: { first: 1, last: 30 } },
    });
    expect(server.asked).toHaveLength(9);
    expect(server.asked[1]).toMatch(
      /^\/api\/audit\/export\?tenantWide=true&first=1&last=30&after=\d+$/,
    );
  });

  it("ends, cut short, when three attempts bring no further event", async () => {
    const server = serverOf(() => bodyOf(WHOLE.slice(0, 1), 40));
    expect(await allLines(fetchBundle(server))).toEqual([]);
    expect(server.asked).toHaveLength(3);
  });

  it("is refused with what the server said", async () => {
    const server = serverOf(() => new Response("", { status: 403 }));
    await expect(allLines(fetchBundle(server))).rejects.toThrow("was answered with 403");
  });
});

describe("the latest checkpoint of a server", () => {
  it("is its note", async () => {
    const server = serverOf(() => Response.json({ note: "a note" }));
    expect(await fetchCheckpoint(server)).toBe("a note");
    expect(server.asked).toEqual(["/api/audit/checkpoint?tenantWide=true"]);
  });

  it("is nothing else", async () => {
    for (const body of ['{"checkpoint":"a note"}', "[]", "<html>"]) {
      const server = serverOf(() => new Response(body));
      await expect(fetchCheckpoint(server)).rejects.toThrow(ServerRefused);
    }
  });

  it("is not read beyond what a checkpoint can be", async () => {
    let chunks = 0;
    const endless = new ReadableStream({
      pull: (stream) => {
        chunks += 1;
        if (chunks > 100) stream.close();
        else stream.enqueue(Buffer.alloc(16_384, "x"));
      },
    });
    const server = serverOf(() => new Response(endless));
    await expect(fetchCheckpoint(server)).rejects.toThrow(ServerRefused);
    expect(chunks).toBeLessThan(10);
  });

  it("is not asked for in the clear, but on the same machine", async () => {
    const answer: Answer = () => Response.json({ note: "a note" });
    const open = serverOf(answer, "http://control.example.com");
    await expect(fetchCheckpoint(open)).rejects.toThrow("is not https");
    expect(open.asked).toEqual([]);
    expect(await fetchCheckpoint(serverOf(answer, "http://localhost:4000"))).toBe("a note");
  });
});
