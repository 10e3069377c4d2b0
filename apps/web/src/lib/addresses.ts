/** Addresses that are no pages of the console's router, and rules about those that are. */

/** True for a path on this site: nothing that a browser would read as another host. */
export function isLocalPath(path: string): boolean {
  return /^\/(?![/\\])/.test(path) && !/[\\\p{Cc}]/u.test(path);
}

/**
 * Where signing in begins for a tenant.
 * @param slug the tenant's short name
 * @param returnTo a path of this site; anything else becomes `/`
 * @param region tells two tenants of one name in two regions apart
 */
export function signInAddress(slug: string, returnTo: string | undefined, region?: string): string {
  const back = returnTo !== undefined && isLocalPath(returnTo) ? returnTo : "/";
  const search = new URLSearchParams({ tenant: slug, return_to: back });
  if (region !== undefined) search.set("region", region);
  return `/auth/login?${search}`;
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
