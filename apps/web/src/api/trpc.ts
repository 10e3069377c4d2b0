import { createTRPCReact } from "@trpc/react-query";
import type { AppRouter } from "@aic-sos/server/app-router";

/** The server's procedures as hooks. Types only: no line of the server is in the console. */
export const trpc = createTRPCReact<AppRouter>();
