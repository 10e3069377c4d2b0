import { canonicalJson } from "@aic-sos/audit/canonical";
import type { FieldChange } from "@aic-sos/audit/event";
import type { IdentityProvider } from "@aic-sos/contract/identity-providers";

const FIELDS = [
  "name",
  "issuer",
  "clientId",
  "scopes",
  "claimNames",
  "state",
  "emailDomains",
] as const satisfies readonly (keyof IdentityProvider)[];

/**
 * What an edit changed, as the audit log may have it: values as digests, of the client secret only that there is
 * another one.
 */
export function changedFields(
  before: IdentityProvider,
  after: IdentityProvider,
  { digest, secret }: { digest: (value: string) => string; secret: boolean },
): readonly FieldChange[] {
  const changes = FIELDS.flatMap((field) => {
    const [was, is] = [canonicalJson(before[field]), canonicalJson(after[field])];
    return was === is ? [] : [{ field, before: digest(was), after: digest(is) }];
  });
  return secret ? [...changes, { field: "clientSecret", before: null, after: null }] : changes;
}
