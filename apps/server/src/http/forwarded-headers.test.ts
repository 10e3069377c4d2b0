import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import type { Dependencies } from "../dependencies.ts";
import { forwardedHeaders } from "./forwarded-headers.ts";
import { observe } from "./observe.ts";
import { localsOf } from "./request-locals.ts";

/** Whom a server that believes `trustedProxies` takes for the caller, when its neighbour on the same machine asks. */
async function callerOf(headers: Record<string, string>, trustedProxies: readonly string[]) {
  const deps = {
    config: { listen: { trustedProxies } },
    log: { info: () => undefined },
    metrics: { request: () => undefined },
  } as unknown as Dependencies;
  const answer = forwardedHeaders((req, res) => void res.end(localsOf(req).address), deps);
  await using server = createServer(observe(answer, deps)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/`, { headers });
  return await response.text();
}

describe("the caller's address", () => {
  const PROXIES = ["loopback", "10.0.0.0/8"];

  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["198.51.100.1, 192.0.2.1, 10.0.0.1", "192.0.2.1"],
    ["10.0.0.2, 10.0.0.1", "10.0.0.2"],
    ["192.0.2.1, ::ffff:10.0.0.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["2001:db8::1", "2001:db8::1"],
    ["192.0.2.1, unknown", "unknown"],
  ])("is, where listed proxies say '%s', the last that is none of them", async (said, address) => {
    expect(await callerOf({ "x-forwarded-for": said }, PROXIES)).toBe(address);
  });

  it.each([
    ["", "127.0.0.1"],
    [",", "127.0.0.1"],
    ["192.0.2.1,", "192.0.2.1"],
    ["192.0.2.1, , 10.0.0.1", "192.0.2.1"],
    [", 10.0.0.1", "10.0.0.1"],
  ])("is never the nothing between the commas of '%s'", async (said, address) => {
    expect(await callerOf({ "x-forwarded-for": said }, PROXIES)).toBe(address);
  });

  it("is that of the connection, whatever a stranger writes", async () => {
    const headers = { "x-forwarded-for": "192.0.2.1", forwarded: "for=192.0.2.1" };
    expect(await callerOf(headers, ["10.0.0.0/8"])).toBe("127.0.0.1");
  });
});
