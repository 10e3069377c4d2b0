import { type BundleLine, parseBundleLine } from "./bundle.ts";
import { Malformed } from "./malformed.ts";
import { CHECKPOINT_PATH, EXPORT_PATH } from "./rest-paths.ts";
import { StrictFields } from "./strict-json.ts";
import { textLines } from "./text-lines.ts";

export interface AuditServer {
  /** Base address, such as https://control.example.com. */
  readonly url: string;
  /** An API key that may read the audit log. */
  readonly token: string;
  /** Whose events are shown with their text; all of the tenant's when undefined. */
  readonly workspaceId: string | undefined;
  readonly fetch: typeof fetch;
}

/** The server did not answer with what was asked for. */
export class ServerRefused extends Error {
  override readonly name = "ServerRefused";
}

const FRUITLESS_ATTEMPTS = 3;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The signed note of the latest checkpoint. Throws ServerRefused. */
export async function fetchCheckpoint(server: AuditServer): Promise<string> {
  const answer = await ask(server, CHECKPOINT_PATH, {});
  try {
    return new StrictFields(JSON.parse(await smallText(answer)), ["note"]).text("note");
  } catch {
    throw new ServerRefused(`${server.url} answered with no checkpoint`);
  }
}

/** No checkpoint with its signatures is longer. */
const MAX_CHECKPOINT = 65_536;

async function smallText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_CHECKPOINT) throw new Malformed("longer than any checkpoint");
  }
  return text;
}

/** Which bundle it is, and its last event that has arrived. */
type Place = { readonly first: number; readonly last: number; readonly after: number };

/**
 * The lines of the bundle of the whole log. A connection that breaks is taken up again behind the last event; three times in a
 * row without a further event end it, so that the verifier finds the bundle cut short. Throws ServerRefused.
 */
export async function* fetchBundle(server: AuditServer): AsyncGenerator<string, void, undefined> {
  let place: Place | undefined;
  for (let fruitless = 0; fruitless < FRUITLESS_ATTEMPTS; ) {
    const reached = place?.after;
    const answer = await ask(server, EXPORT_PATH, place ?? {});
    for await (const line of linesUntilBroken(answer)) {
      yield line;
      const parsed = parseBundleLine(line);
      if (parsed.kind === "end") return;
      place = moved(place, parsed);
    }
    fruitless = place?.after === reached ? fruitless + 1 : 0;
  }
}

function moved(place: Place | undefined, line: BundleLine): Place | undefined {
  if (line.kind === "header") return { first: line.first, last: line.last, after: line.first - 1 };
  const isEntry = line.kind === "event" || line.kind === "leaf";
  return place && isEntry ? { ...place, after: line.seq } : place;
}

async function* linesUntilBroken(answer: Response): AsyncGenerator<string, void, undefined> {
  if (answer.body === null) return;
  try {
    yield* textLines(answer.body);
  } catch (error) {
    if (error instanceof Malformed) throw error;
    // The connection broke.
  }
}

async function ask(
  server: AuditServer,
  path: string,
  query: Readonly<Record<string, number>>,
): Promise<Response> {
  const url = new URL(path, server.url);
  // The key would travel in the clear.
  if (url.protocol !== "https:" && !LOOPBACK.has(url.hostname)) {
    throw new ServerRefused(`${server.url} is not https`);
  }
  const { workspaceId } = server;
  const place = workspaceId === undefined ? { tenantWide: true } : { workspaceId };
  for (const [name, value] of Object.entries({ ...place, ...query })) {
    url.searchParams.set(name, String(value));
  }
  const headers = { authorization: `Bearer ${server.token}` };
  const answer = await server.fetch(url, { headers, redirect: "error" });
  if (answer.ok) return answer;
  throw new ServerRefused(`GET ${url.href} was answered with ${answer.status}`);
}
