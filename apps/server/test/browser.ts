/** As much of a browser as signing in and out needs: cookies for each origin, redirects, forms. */
export interface Browser {
  /** Opens an address and follows where it leads; a form goes by POST. */
  open(url: string, form?: Readonly<Record<string, string>>): Promise<Page>;
  /** The `Cookie` header that it sends there. */
  cookies(origin: string): string;
}

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly html: string;
  /** Every `Set-Cookie` on the way here. */
  readonly setCookies: readonly string[];
}

const MOST_REDIRECTS = 20;

export function openBrowser(): Browser {
  const jars = new Map<string, Map<string, string>>();
  const cookies = (origin: string) =>
    [...(jars.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
  const keep = (origin: string, lines: readonly string[]) => {
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    for (const line of lines) {
      const [, name = "", value = ""] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
  };
  return {
    cookies,
    open: async (start, form) => {
      let url = new URL(start);
      let body = form;
      const setCookies: string[] = [];
      for (let hop = 0; hop < MOST_REDIRECTS; hop += 1) {
        const response = await fetch(url, {
          method: body ? "POST" : "GET",
          redirect: "manual",
          headers: {
            accept: "text/html",
            cookie: cookies(url.origin),
            ...(body ? { origin: url.origin, "sec-fetch-site": "same-origin" } : {}),
          },
          ...(body ? { body: new URLSearchParams(body) } : {}),
        });
        keep(url.origin, response.headers.getSetCookie());
        setCookies.push(...response.headers.getSetCookie());
        const location = response.headers.get("location");
        if (location === null) {
          return { url, status: response.status, html: await response.text(), setCookies };
        }
        url = new URL(location, url);
        body = undefined;
      }
      throw new Error(`more than ${MOST_REDIRECTS} redirects from ${new URL(start).origin}`);
    },
  };
}

/** Where the page's form goes to, with its hidden fields. */
export function formOf(page: Page): { action: string; fields: Record<string, string> } {
  const action = /<form[^>]*\saction="([^"]+)"/.exec(page.html)?.[1]?.replaceAll("&amp;", "&");
  if (action === undefined) throw new Error(`${page.url.origin}${page.url.pathname} has no form`);
  const fields: Record<string, string> = {};
  for (const [input] of page.html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    if (name !== undefined) fields[name] = /value="([^"]*)"/.exec(input)?.[1] ?? "";
  }
  return { action: new URL(action, page.url).href, fields };
}
