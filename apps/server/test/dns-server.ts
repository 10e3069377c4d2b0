import { createSocket } from "node:dgram";
import { once } from "node:events";

const TYPES: Readonly<Record<number, "A" | "TXT" | "AAAA">> = { 1: "A", 16: "TXT", 28: "AAAA" };

export interface Question {
  readonly name: string;
  readonly type: "A" | "AAAA" | "TXT" | "other";
}

/** Answers a question with addresses or texts; undefined: there is no such name. */
export type Answer = (question: Question) => readonly string[] | undefined;

/** A DNS server on loopback (RFC 1035 over UDP), for names that only a test knows. */
export interface DnsServer {
  /** As `outbound.dnsServers` takes it. */
  readonly address: string;
  readonly asked: Question[];
  close(): void;
}

export async function startDnsServer(answer: Answer): Promise<DnsServer> {
  const socket = createSocket("udp4");
  const asked: Question[] = [];
  socket.on("message", (message, from) => {
    const { question, end } = questionIn(message);
    asked.push(question);
    const answers = answer(question);
    const records = (answers ?? []).map((value) => recordOf(question, value));
    const header = Buffer.from(message.subarray(0, 12));
    // An authoritative answer, recursion available; NXDOMAIN (3) where there is no such name.
    header.writeUInt16BE(answers === undefined ? 0x8583 : 0x8580, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    header.writeUInt32BE(0, 8);
    socket.send(
      Buffer.concat([header, message.subarray(12, end), ...records]),
      from.port,
      from.address,
    );
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  return { address: `127.0.0.1:${port}`, asked, close: () => socket.close() };
}

function questionIn(message: Buffer): { question: Question; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  const type = TYPES[message.readUInt16BE(at + 1)] ?? "other";
  return { question: { name: labels.join(".").toLowerCase(), type }, end: at + 5 };
}

/** The name as a pointer to the question's, class IN, not to be kept. */
function recordOf({ type }: Question, value: string): Buffer {
  const data = dataOf(type, value);
  const head = Buffer.from([0xc0, 12, 0, numberOf(type), 0, 1, 0, 0, 0, 0, 0, 0]);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function numberOf(type: Question["type"]): number {
  return Number(Object.keys(TYPES).find((number) => TYPES[Number(number)] === type));
}

function dataOf(type: Question["type"], value: string): Buffer {
  if (type === "A") return Buffer.from(value.split(".").map(Number));
  if (type === "AAAA") return Buffer.from(value.replaceAll(":", ""), "hex");
  const text = Buffer.from(value);
  // Character strings of 255 bytes at most.
  const chunks = Array.from({ length: Math.ceil(text.length / 255) }, (_, index) =>
    text.subarray(index * 255, index * 255 + 255),
  );
  return Buffer.concat(chunks.flatMap((chunk) => [Buffer.from([chunk.length]), chunk]));
}
