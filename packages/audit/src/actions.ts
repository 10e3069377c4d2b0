import { permissions } from "@aic-sos/contract/permissions";
import { CHANGE_TYPES, SECURITY_TYPES } from "./catalogue.ts";

/** What an event can be found by: of a decision the permission that was asked for, of anything else its type. */
export const ACTIONS: readonly string[] = [...permissions, ...CHANGE_TYPES, ...SECURITY_TYPES];

const nounOf = (action: string): string => action.split(/[.:]/, 1)[0] ?? "";

/** What actions are about: the words before the colon or the dot. */
export const ACTION_NOUNS: readonly string[] = [...new Set(ACTIONS.map(nounOf))].toSorted();

/** The action itself, or every action of a noun; none for a noun that nothing is about. */
export function actionsOf(asked: string): readonly string[] {
  return /[.:]/.test(asked) ? [asked] : ACTIONS.filter((action) => nounOf(action) === asked);
}
