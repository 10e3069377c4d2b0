import { type AskedByApp, ReadAppRequest } from "@aic-sos/contract/app-sessions";

/**
 * What an app asks for, out of the address of the page that asks the person: JSON in base64url, so that no router
 * changes a letter of the app's own `state`. Undefined when it is something else.
 */
export function appRequestOf(text: string | undefined): AskedByApp | undefined {
  if (text === undefined) return undefined;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    return ReadAppRequest.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}
