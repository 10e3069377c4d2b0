import { AppError } from "../../app-error.ts";
import type { Authenticated } from "../../authenticator.ts";
import { countWrongKey } from "../../wrong-keys.ts";
import type { RequestContext } from "../context.ts";

/** Credential → principal. Every wrong credential gets the same answer, whatever was wrong with it. */
export async function authenticate(ctx: RequestContext): Promise<Authenticated> {
  const authenticated = await ctx.deps.authenticator.authenticate(ctx.credential);
  if (!authenticated) {
    ctx.deps.unauthenticated.count();
    await countWrongKey(ctx.deps, ctx.credential, ctx.address);
    throw new AppError("unauthenticated", "Log in, or send a valid key as Authorization: Bearer.", {
      reason: "unauthenticated",
    });
  }
  const { tenantId, id, region, authentication } = authenticated.principal;
  Object.assign(ctx.log.fields, { tenantId, principalId: id, region, authentication });
  return authenticated;
}
