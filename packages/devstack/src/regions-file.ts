import type { RoleUrls } from "@aic-sos/db/bootstrap";
import { stringify } from "yaml";
import { PLATFORM_PERSON } from "./demo-people.ts";

export interface RegionEntry {
  readonly region: string;
  readonly cell: number;
  readonly urls: RoleUrls;
  readonly keyfile: string;
  /** Where checkpoints of the audit log go. */
  readonly checkpoints: string;
}

const NOTE =
  "# Written at each start without AIC_CONFIG, for the server to read like any other. Changes here are lost.\n";

/** The text of `regions.yaml`, in the form of `config/regions.example.yaml`. */
export function regionsFile(input: {
  readonly publicUrl: string;
  readonly port: number;
  readonly platformKey: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The stand-in for the language model providers. */
  readonly providersUrl: string;
  readonly regions: readonly RegionEntry[];
}): string {
  const { providersUrl } = input;
  const providers = { openai: providersUrl, anthropic: providersUrl, azureOpenai: providersUrl };
  const entry = ({ region, cell, urls, keyfile, checkpoints }: RegionEntry) => [
    region,
    {
      keyring: { keyfile },
      checkpoints: { directory: checkpoints },
      providers: { ...providers },
      cells: [{ code: cell, database: { ...urls } }],
    },
  ];
  const client = {
    issuer: input.issuer,
    clientId: input.clientId,
    clientSecret: input.clientSecret,
    allowInsecure: true,
  };
  const config = {
    publicUrl: input.publicUrl,
    listen: { host: "127.0.0.1", port: input.port },
    platformKey: input.platformKey,
    identity: { defaultProvider: { name: "Development sign-in", ...client } },
    platform: {
      login: { name: "Development sign-in", ...client, group: PLATFORM_PERSON.group },
    },
    // On a laptop a tenant's own provider can be the development one.
    outbound: { allow: [new URL(input.issuer).host] },
    regions: Object.fromEntries(input.regions.map(entry)),
  };
  return NOTE + stringify(config, { lineWidth: 0, aliasDuplicateObjects: false });
}
