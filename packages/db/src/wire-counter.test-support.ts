import { createServer, connect as connectTo, type Socket } from "node:net";

/** What a client sent to Postgres, seen from in between. */
export interface WireCounter {
  /** The same URL by way of the counter. */
  readonly url: string;
  /** Messages by their type letter, since `reset`: P(arse) B(ind) E(xecute) S(ync) Q(uery) … */
  readonly sent: Readonly<Record<string, number>>;
  /** How often the client spoke after having been answered. */
  readonly roundTrips: number;
  reset(): void;
  close(): Promise<void>;
}

/** A TCP proxy that counts the messages of PostgreSQL's protocol 3.0 (no TLS). */
export async function countWire(url: string): Promise<WireCounter> {
  const target = new URL(url);
  let sent: Record<string, number> = {};
  let roundTrips = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connectTo(Number(target.port), target.hostname);
    let speaking = false;
    const split = messageSplitter((type) => {
      sent[type] = (sent[type] ?? 0) + 1;
    });
    client.on("data", (data) => {
      if (!speaking) roundTrips += 1;
      speaking = true;
      split(data);
      upstream.write(data);
    });
    upstream.on("data", (data) => {
      speaking = false;
      client.write(data);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const through = new URL(url);
  through.hostname = "127.0.0.1";
  through.port = String(typeof address === "object" && address ? address.port : 0);
  return {
    url: through.href,
    get sent() {
      return sent;
    },
    get roundTrips() {
      return roundTrips;
    },
    reset() {
      sent = {};
      roundTrips = 0;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Calls `onMessage` with each message's type. The first one, the start-up packet, has none. */
function messageSplitter(onMessage: (type: string) => void): (data: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  return (data) => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return;
      if (started) onMessage(String.fromCharCode(rest[0] ?? 0));
      started = true;
      rest = rest.subarray(length);
    }
  };
}
