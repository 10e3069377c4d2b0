import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { loginPage } from "../lib/addresses.ts";
import { isSignedOut, problemOf } from "./problem-of.ts";

const FRESH_FOR = 15_000;

function leaveWhenSignedOut(error: unknown): void {
  if (!isSignedOut(error) || window.location.pathname === "/login") return;
  const { pathname, search, hash } = window.location;
  // Whoever opens the front page was not on their way: nothing of theirs has ended.
  if (pathname === "/") window.location.assign(loginPage("/"));
  else window.location.assign(loginPage(`${pathname}${search}${hash}`, "ended"));
}

/** Tries a read again only when another try could help: never after an answer that was a refusal. */
function worthAnotherTry(failures: number, error: unknown): boolean {
  const status = problemOf(error)?.status;
  return failures < 2 && (status === undefined || status >= 500);
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: { staleTime: FRESH_FOR, retry: worthAnotherTry },
      mutations: { retry: false },
    },
  });
}
