import { LoginError } from "../src/login-error.ts";
import { beginLogin, discoverProvider, finishLogin } from "../src/oidc.ts";
import {
  CLIENT_SECRET,
  type Keys,
  makeKeys,
  REDIRECT_URI,
  startProvider,
  type TestProvider,
  type Wrongs,
} from "./test-provider.ts";

export const REQUEST = {
  redirectUri: REDIRECT_URI,
  tenantId: "01890000-0000-8001-8000-000000000001",
  providerId: null,
  returnTo: "/workflows",
  invitation: null,
};

const open = new Set<TestProvider>();
let shared: Promise<Keys> | undefined;

/** The keys of every provider that `start` starts. */
export function sharedKeys(): Promise<Keys> {
  shared ??= makeKeys();
  return shared;
}

/** A provider on a port of its own, with keys that the test file shares. */
export async function start(wrongs: Wrongs = {}): Promise<TestProvider> {
  const provider = await startProvider(await sharedKeys(), wrongs);
  open.add(provider);
  return provider;
}

export async function closeAll(): Promise<void> {
  await Promise.all([...open].map((provider) => provider.close()));
  open.clear();
}

/** A whole login, from discovery to the identity. */
export async function logIn(wrongs: Wrongs = {}) {
  const there = await start(wrongs);
  const provider = await discoverProvider({ ...there.settings, timeoutMs: 400 });
  const { url, loginState } = await beginLogin(provider, REQUEST, Date.now());
  return finishLogin(provider, { currentUrl: there.visit(url), loginState }, Date.now());
}

/** The error that a login ends with, searched for what must never be in one. */
export async function refusalOf(login: Promise<unknown>): Promise<LoginError> {
  const failure: unknown = await login.then(
    () => "it was accepted",
    (error: unknown) => error,
  );
  if (!(failure instanceof LoginError)) throw new Error(`no LoginError: ${String(failure)}`);
  const texts = `${failure.message} ${failure.detail} ${JSON.stringify(failure)}`.toLowerCase();
  for (const secret of [CLIENT_SECRET, "code-0", "eyj", "ada@", "person-1"]) {
    if (texts.includes(secret)) throw new Error(`the error gives away ${secret}: ${texts}`);
  }
  if (failure.cause !== undefined) throw new Error("the error drags its cause along");
  return failure;
}
