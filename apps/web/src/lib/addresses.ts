/** Addresses that are no pages of the console's router, and rules about those that are. */

/** True for a path on this site: nothing that a browser would read as another host. */
export function isLocalPath(path: string): boolean {
  return /^\/(?![/\\])/.test(path) && !/[\\\p{Cc}]/u.test(path);
}

/**
 * Where signing in begins for a tenant.
 * @param slug the tenant's short name
 * @param returnTo a path of this site; anything else becomes `/`
 * @param where `region` tells two tenants of one name in two regions apart, `provider` is one of several
 */
export function signInAddress(
  slug: string,
  returnTo: string | undefined,
  where: { readonly region?: string | undefined; readonly provider?: string | undefined } = {},
): string {
  const search = new URLSearchParams({ tenant: slug, return_to: backTo(returnTo) });
  if (where.region !== undefined) search.set("region", where.region);
  if (where.provider !== undefined) search.set("provider", where.provider);
  return `/auth/login?${search}`;
}

/** Where signing in begins for an address, whose domain leads to the tenant. */
export function signInByEmail(email: string, returnTo: string | undefined): string {
  return `/auth/login?${new URLSearchParams({ email, return_to: backTo(returnTo) })}`;
}

/** Where an invitation is accepted; `provider` is one of several. */
export function invitationAddress(token: string, provider?: string): string {
  const address = `/auth/invitation/${encodeURIComponent(token)}`;
  return provider === undefined ? address : `${address}?${new URLSearchParams({ provider })}`;
}

/** Where a provider of the tenant's own says that somebody has signed out there (back-channel logout). */
export function backchannelLogoutAddress(tenantId: string, identityProviderId: string): string {
  return `/auth/backchannel-logout/${tenantId}/${identityProviderId}`;
}

function backTo(returnTo: string | undefined): string {
  return returnTo !== undefined && isLocalPath(returnTo) ? returnTo : "/";
}

/** The login page, which leads back to `here` afterwards. The login page itself is never where one comes back to. */
export function loginPage(here: string, reason?: "ended"): string {
  const search = new URLSearchParams();
  if (isLocalPath(here) && here !== "/" && !/^\/login(?:[/?#]|$)/.test(here))
    search.set("return_to", here);
  if (reason !== undefined) search.set("reason", reason);
  return search.size === 0 ? "/login" : `/login?${search}`;
}

/** The section of the same name in another workspace: a thing's own page stays behind, since its id does. */
export function sameSectionIn(workspaceId: string, pathname: string): string {
  const section = /^\/w\/[^/]+\/([a-z-]+)/.exec(pathname)?.[1];
  return section === undefined ? `/w/${workspaceId}` : `/w/${workspaceId}/${section}`;
}
