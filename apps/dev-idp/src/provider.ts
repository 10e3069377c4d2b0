import { randomBytes } from "node:crypto";
import {
  type ClientMetadata,
  type Configuration,
  type KoaContextWithOIDC,
  Provider,
} from "oidc-provider";
import type { DevIdpClient, DevIdpConfig } from "./config.ts";
import { createMemoryAdapter } from "./memory-adapter.ts";
import { errorPage } from "./pages/error-page.ts";
import { logoutPage, signedOutPage } from "./pages/logout-page.ts";
import type { Page } from "./pages/page.ts";
import type { Account, People } from "./people.ts";
import type { SigningKeys } from "./signing-keys.ts";

const HOUR = 3600;
const CLAIMS = {
  openid: ["sub", "amr", "auth_time"],
  email: ["email", "email_verified"],
  profile: ["name", "groups"],
  groups: ["groups"],
};

/** The OpenID provider itself, without its login page. */
export function createProvider(
  issuer: string,
  config: DevIdpConfig,
  people: People,
  signingKeys: SigningKeys,
): Provider {
  return new Provider(issuer, {
    adapter: createMemoryAdapter(),
    clients: config.clients.map(clientMetadata),
    jwks: signingKeys,
    claims: CLAIMS,
    // Claims of the scopes asked for go into the ID token, as most companies' providers do it.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    responseTypes: ["code"],
    findAccount: (_, sub) => {
      const account = people.bySub(sub);
      return account && { accountId: sub, claims: () => claimsOf(account) };
    },
    loadExistingGrant: grantWithoutAsking,
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    cookies: {
      keys: [randomBytes(32).toString("base64url")],
      // Cookies know no port, and the product runs on localhost too.
      names: {
        session: "dev_idp_session",
        interaction: "dev_idp_interaction",
        resume: "dev_idp_resume",
      },
    },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) =>
          show(ctx, logoutPage(form, { proved: ctx.oidc.entities.IdTokenHint !== undefined })),
        postLogoutSuccessSource: (ctx) => show(ctx, signedOutPage()),
      },
    },
    renderError: (ctx, out) => show(ctx, errorPage(out.error, out.error_description)),
    fetch: fetchFromLoopback,
    ttl: {
      AccessToken: HOUR,
      Grant: 14 * 24 * HOUR,
      IdToken: HOUR,
      Interaction: HOUR,
      RefreshToken: 14 * 24 * HOUR,
      Session: 14 * 24 * HOUR,
    },
  } satisfies Configuration);
}

function clientMetadata(client: DevIdpClient): ClientMetadata {
  return {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    ...(client.backchannelLogoutUri === undefined
      ? {}
      : {
          backchannel_logout_uri: client.backchannelLogoutUri,
          backchannel_logout_session_required: true,
        }),
    token_endpoint_auth_method: client.authMethod,
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
  };
}

function claimsOf(account: Account): { sub: string; [claim: string]: unknown } {
  return {
    sub: account.sub,
    email: account.email,
    email_verified: account.emailVerified,
    name: account.name,
    groups: account.groups,
  };
}

/** Every client here is the product's own, so what it asks for is granted without a question. */
async function grantWithoutAsking(ctx: KoaContextWithOIDC) {
  const { provider, session, client, account, requestParamScopes, requestParamClaims } = ctx.oidc;
  if (client === undefined || account === undefined) return undefined;
  const known = session?.grantIdFor(client.clientId);
  const grant =
    (known === undefined ? undefined : await provider.Grant.find(known)) ??
    new provider.Grant({ clientId: client.clientId, accountId: account.accountId });
  grant.addOIDCScope([...requestParamScopes].join(" "));
  grant.addOIDCClaims([...requestParamClaims]);
  await grant.save();
  return grant;
}

/**
 * oidc-provider refuses to call loopback addresses (its guard against SSRF is a `dispatcher`); here the
 * product that wants a back-channel logout is on this machine, and the addresses are configured.
 */
function fetchFromLoopback(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  return fetch(input, { ...init, ...NO_DISPATCHER });
}

const NO_DISPATCHER = { dispatcher: undefined };

function show(ctx: KoaContextWithOIDC, page: Page): void {
  for (const [name, value] of Object.entries(page.headers)) ctx.set(name, value);
  ctx.body = page.html;
}
