import {
  type AccessClaims,
  type AccessTokenCredential,
  signAccessToken,
  type VerifiedAccessToken,
  verifyAccessToken,
} from "@aic-sos/auth/access-token";
import { cellOf } from "@aic-sos/contract/ids";
import type { SigningKeyring } from "./signing-keys.ts";

/** Access tokens of this deployment, signed and verified by the keys of the cell where their tenant is. */
export interface AccessTokens {
  issue(claims: AccessClaims): Promise<string>;
  /** Undefined for every wrong one, whatever was wrong with it. */
  verify(credential: AccessTokenCredential): Promise<VerifiedAccessToken | undefined>;
}

interface Parts {
  readonly issuer: string;
  readonly signingKeys: SigningKeyring;
  readonly newId: (cell: number) => string;
  readonly now: () => number;
}

export function createAccessTokens({ issuer, signingKeys, newId, now }: Parts): AccessTokens {
  return {
    issue: async (claims) => {
      const cell = cellOf(claims.tenantId);
      const key = await signingKeys.signer(cell);
      return signAccessToken(claims, { ...key, issuer, tokenId: newId(cell), now: now() });
    },
    verify: async (credential) => {
      const key = await signingKeys.publicKey(cellOf(credential.tenantId), credential.keyId);
      return key && verifyAccessToken(credential, key, { issuer, now: now() });
    },
  };
}
