import {
  CreateIdentityProvider,
  type IdentityProvider,
  UpdateIdentityProvider,
} from "@aic-sos/contract/identity-providers";
import { schemaErrors } from "../../lib/schema-errors.ts";

/** The form of a provider. Empty texts stand for what is left to the standard. */
export interface ProviderValues {
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  scopes: string;
  email: string;
  emailVerified: string;
  fullName: string;
  groups: string;
  emailDomains: string[];
  active: boolean;
}

const EMPTY: ProviderValues = {
  name: "",
  issuer: "",
  clientId: "",
  clientSecret: "",
  scopes: "openid email profile",
  email: "",
  emailVerified: "",
  fullName: "",
  groups: "",
  emailDomains: [],
  active: true,
};

/** The form of a provider, or of a new one. */
export function valuesOf(provider: IdentityProvider | null): ProviderValues {
  if (provider === null) return EMPTY;
  const { name, issuer, clientId, scopes, emailDomains, claimNames, state } = provider;
  const { email = "", emailVerified = "", name: fullName = "", groups = "" } = claimNames;
  const claims = { email, emailVerified, fullName, groups };
  const active = state === "active";
  return { ...EMPTY, ...claims, name, issuer, clientId, scopes, emailDomains, active };
}

/** What is sent. A secret that is left empty stays as it is, or makes a new client a public one. */
export function inputOf(values: ProviderValues) {
  const { name, issuer, clientId, clientSecret, scopes, emailDomains } = values;
  const claims = {
    email: values.email.trim(),
    emailVerified: values.emailVerified.trim(),
    name: values.fullName.trim(),
    groups: values.groups.trim(),
  };
  return {
    name,
    issuer,
    clientId: clientId.trim(),
    scopes,
    emailDomains,
    claimNames: Object.fromEntries(Object.entries(claims).filter(([, claim]) => claim !== "")),
    ...(clientSecret === "" ? {} : { clientSecret }),
  };
}

export function stateOf(values: ProviderValues): "active" | "disabled" {
  return values.active ? "active" : "disabled";
}

/** The contract's own complaints, at the form's fields. */
export function problemsOf(
  values: ProviderValues,
  provider: IdentityProvider | null,
): Record<string, string> {
  const errors =
    provider === null
      ? schemaErrors(CreateIdentityProvider, inputOf(values))
      : schemaErrors(UpdateIdentityProvider, {
          ...inputOf(values),
          identityProviderId: provider.id,
        });
  return Object.fromEntries(
    Object.entries(errors).map(([at, why]) => [FORM_FIELDS[at] ?? at, why]),
  );
}

/** JSON path of the input → field of the form. */
const FORM_FIELDS: Readonly<Record<string, string>> = {
  "claimNames.email": "email",
  "claimNames.emailVerified": "emailVerified",
  "claimNames.name": "fullName",
  "claimNames.groups": "groups",
};
