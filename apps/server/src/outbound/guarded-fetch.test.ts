import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import { selfSigned } from "../../test/certificate.ts";
import { type Answer, type DnsServer, startDnsServer } from "../../test/dns-server.ts";
import { createGuardedFetch } from "./guarded-fetch.ts";
import { OutboundRefused } from "./outbound-refused.ts";
import { createDnsResolver, type DnsResolver } from "./resolver.ts";

const LIMITS = { timeoutMs: 1_500, maxBytes: 10_000 };
const open: (Server | DnsServer)[] = [];
afterEach(() => {
  for (const one of open.splice(0)) {
    if ("closeAllConnections" in one) one.closeAllConnections();
    one.close();
  }
});

async function serve(answer: RequestListener, host = "127.0.0.1", port = 0) {
  const requests: { host: string | undefined; url: string | undefined }[] = [];
  const server = createServer((request, response) => {
    requests.push({ host: request.headers.host, url: request.url });
    answer(request, response);
  }).listen(port, host);
  await once(server, "listening");
  open.push(server);
  return { port: (server.address() as AddressInfo).port, requests };
}

async function guard(answer: Answer, allow: readonly string[] = []) {
  const dns = await startDnsServer(answer);
  open.push(dns);
  const resolver = createDnsResolver([dns.address]);
  return { dns, fetch: createGuardedFetch({ resolver, allow, limits: LIMITS }) };
}

/** The guard's reason, or that the request went through. */
async function refusalOf(answer: Promise<Response>): Promise<string> {
  return answer.then(
    () => "it went through",
    (error: unknown) => (error instanceof OutboundRefused ? error.refusal : String(error)),
  );
}

/** A resolver that finds nothing, and remembers how it was asked. */
function remembering() {
  const asked: (readonly [host: string, named: boolean])[] = [];
  const resolver: DnsResolver = {
    addresses: async (host, named) => {
      asked.push([host, named]);
      return [];
    },
    txt: async () => [],
  };
  return { asked, resolver };
}

const hello: RequestListener = (_, response) => void response.end("hello");

describe("the guarded way out", () => {
  it("takes no thread of the process for the name of a host that the deployment did not name", async () => {
    const { asked, resolver } = remembering();
    const fetch = createGuardedFetch({ resolver, allow: ["idp.corp.internal"], limits: LIMITS });
    for (const host of ["idp.corp.internal", "slow.attacker.test"]) {
      expect(await refusalOf(fetch(`https://${host}/`))).toBe("unknown_host");
    }
    expect(asked).toEqual([
      ["idp.corp.internal", true],
      ["slow.attacker.test", false],
    ]);
  });

  it("refuses plain http, and every other scheme", async () => {
    const { fetch, dns } = await guard(() => ["1.1.1.1"]);
    for (const url of ["http://idp.test/", "ftp://idp.test/", "file:///etc/passwd", "data:,x"]) {
      expect(await refusalOf(fetch(url)), url).toBe("not_https");
    }
    expect(dns.asked).toEqual([]);
  });

  it.each([
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://0x7f.1/",
    "https://127.1/",
    "https://0/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://１２７.０.０.１/",
    "https://10.0.0.1/",
  ])("refuses the literal %s without asking anybody", async (url) => {
    const { fetch, dns } = await guard(() => ["1.1.1.1"]);
    expect(await refusalOf(fetch(url))).toBe("not_public");
    expect(dns.asked).toEqual([]);
  });

  it("refuses a name that leads to a private address, also where only one of several is", async () => {
    const answers: Record<string, readonly string[]> = {
      "loopback.test": ["127.0.0.1"],
      "metadata.test": ["169.254.169.254"],
      "mixed.test": ["1.1.1.1", "10.0.0.7"],
    };
    const { fetch } = await guard(({ name, type }) => (type === "A" ? answers[name] : []));
    for (const name of Object.keys(answers)) {
      expect(await refusalOf(fetch(`https://${name}/`)), name).toBe("not_public");
    }
    const six = await guard(({ type }) =>
      type === "AAAA" ? ["0000:0000:0000:0000:0000:0000:0000:0001"] : ["1.1.1.1"],
    );
    expect(await refusalOf(six.fetch("https://six.test/"))).toBe("not_public");
  });

  it("refuses a name that is none", async () => {
    const { fetch } = await guard(() => undefined);
    expect(await refusalOf(fetch("https://nobody.test/"))).toBe("unknown_host");
  });

  it("connects to the very address that was judged: a name that rebinds a moment later reaches nobody else", async () => {
    const judged = await serve(hello, "127.0.0.1");
    const inner = await serve(hello, "127.0.0.2", judged.port);
    let asked = 0;
    const { fetch, dns } = await guard(
      ({ type }) => {
        if (type !== "A") return [];
        asked += 1;
        return [asked === 1 ? "127.0.0.1" : "127.0.0.2"];
      },
      ["rebinds.test"],
    );
    const answer = await fetch(`http://rebinds.test:${judged.port}/metadata`);
    expect(await answer.text()).toBe("hello");
    expect(dns.asked.filter(({ type }) => type === "A")).toHaveLength(1);
    expect(judged.requests).toEqual([{ host: `rebinds.test:${judged.port}`, url: "/metadata" }]);
    expect(inner.requests).toEqual([]);
  });

  it("keeps the host's own name towards the server, in TLS and in the request", async () => {
    const { cert, key } = selfSigned("idp.corp.test");
    const before = getCACertificates("default");
    setDefaultCACertificates([...before, cert]);
    try {
      const server = createHttps({ cert, key }, (request, response) => {
        response.end(JSON.stringify({ host: request.headers.host }));
      }).listen(0, "127.0.0.1");
      await once(server, "listening");
      open.push(server);
      const { port } = server.address() as AddressInfo;
      const { fetch } = await guard(
        ({ type }) => (type === "A" ? ["127.0.0.1"] : []),
        ["idp.corp.test", "other.test"],
      );
      const answer = await fetch(`https://idp.corp.test:${port}/`);
      expect(await answer.json()).toEqual({ host: `idp.corp.test:${port}` });
      // Pinned to the same address, and the certificate is still that of the other name.
      expect(await refusalOf(fetch(`https://other.test:${port}/`))).toBe("unreachable");
    } finally {
      setDefaultCACertificates(before);
    }
  });

  it("does not follow redirects", async () => {
    const target = await serve(hello);
    const { port } = await serve((_, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${target.port}/` }).end();
    });
    const { fetch } = await guard(() => [], [`127.0.0.1:${port}`]);
    expect(await refusalOf(fetch(`http://127.0.0.1:${port}/`))).toBe("redirected");
    expect(target.requests).toEqual([]);
  });

  it("ends an answer that is too large, never ends, or never comes", async () => {
    const endless = await serve((_, response) => {
      const timer = setInterval(() => response.write("x".repeat(5_000)), 5);
      response.once("close", () => clearInterval(timer));
    });
    const slow = await serve((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x"), 50);
      response.once("close", () => clearInterval(timer));
    });
    const silent = await serve(() => undefined);
    const { fetch } = await guard(() => [], ["127.0.0.1"]);
    const ends = [endless, slow, silent].map(({ port }) =>
      refusalOf(fetch(`http://127.0.0.1:${port}/`)),
    );
    expect(await Promise.all(ends)).toEqual(["too_large", "too_slow", "too_slow"]);
  });

  it("ends an answer that wants to go on in another protocol", async () => {
    const { port } = await serve(({ socket }) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n");
    });
    const { fetch } = await guard(() => [], ["127.0.0.1"]);
    expect(await refusalOf(fetch(`http://127.0.0.1:${port}/`))).toBe("unreachable");
  });

  it("ends a DNS server that never answers", async () => {
    const dns = await startDnsServer(() => []);
    dns.close();
    const fetch = createGuardedFetch({
      resolver: createDnsResolver([dns.address]),
      allow: [],
      limits: { ...LIMITS, timeoutMs: 300 },
    });
    expect(["too_slow", "unreachable"]).toContain(await refusalOf(fetch("https://slow.test/")));
  });

  it("lets the deployment's allow-list be private, on the named port only where one is named", async () => {
    const { port } = await serve(hello);
    const { fetch } = await guard(() => [], [`127.0.0.1:${port}`]);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("hello");
    expect(await refusalOf(fetch(`http://127.0.0.1:${port + 1}/`))).toBe("not_https");
    expect(await refusalOf(fetch(`https://127.0.0.1:${port + 1}/`))).toBe("not_public");
  });

  it("sends a form as it is and asks for no compression", async () => {
    let seen = "";
    const { port } = await serve((request, response) => {
      const { "accept-encoding": encoding, "content-length": length } = request.headers;
      seen = `${request.method} ${encoding} ${length} `;
      request.on("data", (chunk) => {
        seen += String(chunk);
      });
      request.once("end", () => response.writeHead(201, { "x-one": "1" }).end("{}"));
    });
    const { fetch } = await guard(() => [], ["127.0.0.1"]);
    const body = new URLSearchParams({ grant_type: "authorization_code" });
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body });
    expect([answer.status, answer.headers.get("x-one")]).toEqual([201, "1"]);
    expect(seen).toBe("POST identity 29 grant_type=authorization_code");
  });
});
