import { z } from "zod";
import { Id } from "./ids.ts";
import { pageInput, pageOf } from "./page.ts";
import { Instant, safeText } from "./text.ts";

/** An app or device where one is signed in: what its tokens belong to. The device's name is shown to its owner alone. */
export const AppSession = z
  .object({
    id: Id,
    /** The one that asks. */
    current: z.boolean(),
    /** The app as it is configured; its id where it no longer is. */
    app: z.string(),
    /** Where it was let in, in words, such as `Firefox on Windows`; null when that is not known. */
    device: z.string().nullable(),
    /** The one workspace that it may act in; null when it may do all that its person may. */
    workspaceId: Id.nullable(),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    /** It ends then, whatever happens. */
    endsAt: Instant,
  })
  .meta({ id: "AppSession" });
export type AppSession = z.infer<typeof AppSession>;

export const ListAppSessions = z.object(pageInput);
export const AppSessionPage = pageOf(AppSession);
export const RevokeAppSession = z.object({ appSessionId: Id });
export const RevokedAppSession = z.object({ id: Id }).meta({ id: "RevokedAppSession" });
export const RevokeAppSessions = z.object({});
export const RevokedAppSessions = z.object({ ids: z.array(Id) }).meta({ id: "RevokedAppSessions" });

/** What an app asks for (RFC 6749 §4.1.1, RFC 7636), as it came over `/auth/authorize`. */
const asked = {
  clientId: z.string().min(1).max(64),
  redirectUri: z.string().min(1).max(500),
  codeChallenge: z.string().min(1).max(128),
  state: z.string().max(500).optional(),
  /** Limits the app to one workspace. */
  workspaceId: Id.optional(),
};

export const ReadAppRequest = z.object(asked);
export type AskedByApp = z.input<typeof ReadAppRequest>;

/** What a person is asked before an app gets in: any program on their machine could ask. */
export const AppRequest = z
  .object({
    app: z.string(),
    clientId: z.string(),
    /** Where the answer goes: an address of this machine, or of an app on it. */
    redirectTo: z.string(),
    /** The device that would be named in the list of apps. */
    device: z.string().nullable(),
    workspace: z.object({ id: Id, name: z.string() }).nullable(),
    /** Where a refusal leads. */
    refuseTo: z.string(),
  })
  .meta({ id: "AppRequest" });
export type AppRequest = z.infer<typeof AppRequest>;

export const AuthorizeApp = z.object(asked);

/** `redirectTo` carries the authorization code to the app: once, and for a minute. */
export const AuthorizedApp = z
  .object({ id: Id, redirectTo: z.string() })
  .meta({ id: "AuthorizedApp" });

/** As a person types it; whether it is one at all is not told apart from a wrong one. */
const userCode = safeText({ min: 1, max: 32 });

export const ReadDeviceRequest = z.object({ userCode });

/** What a device without a browser asks for (RFC 8628): whoever has it may not be who answers. */
export const DeviceRequest = z
  .object({
    id: Id,
    app: z.string(),
    clientId: z.string(),
    /** What asks, in words, and from where; null when that is not known. */
    device: z.string().nullable(),
    address: z.string().nullable(),
    workspace: z.object({ id: Id, name: z.string() }).nullable(),
    askedAt: Instant,
    endsAt: Instant,
  })
  .meta({ id: "DeviceRequest" });
export type DeviceRequest = z.infer<typeof DeviceRequest>;

export const AnswerDevice = z.object({ userCode, allow: z.boolean() });
export const AnsweredDevice = z
  .object({ id: Id, allowed: z.boolean() })
  .meta({ id: "AnsweredDevice" });
