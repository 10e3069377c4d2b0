import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { DevIdpConfig } from "./config.ts";
import { handleInteraction, send } from "./login.ts";
import { errorPage } from "./pages/error-page.ts";
import { createPeople } from "./people.ts";
import { createProvider } from "./provider.ts";
import { loadSigningKeys } from "./signing-keys.ts";

/** A provider that is listening. */
export interface DevIdp {
  readonly issuer: string;
  /** Stops listening and cuts what is open. */
  close(): Promise<void>;
}

/** Starts the provider. Rejects when the port is taken or the key file is unusable. */
export async function startDevIdp(config: DevIdpConfig): Promise<DevIdp> {
  const signingKeys = await loadSigningKeys(config.signingKeysFile);
  const server = createServer();
  const port = await listen(server, config);
  const issuer = config.issuer ?? `http://localhost:${port}`;
  const people = createPeople(config.people);
  const provider = createProvider(issuer, config, people, signingKeys);
  const protocol = provider.callback();

  const answer: RequestListener = (request, response) => {
    if (!request.url?.startsWith("/interaction/")) {
      void protocol(request, response);
      return;
    }
    handleInteraction(provider, people, request, response).catch((error: unknown) => {
      console.error(error);
      if (response.headersSent) response.destroy();
      else send(response, 500, errorPage("server_error", "The login page failed."));
    });
  };
  server.on("request", answer);
  // The library answers with an opaque "server_error"; whoever develops needs the cause.
  provider.on("server_error", (_, error) => console.error(error));

  return {
    issuer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { host, port }: DevIdpConfig): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
