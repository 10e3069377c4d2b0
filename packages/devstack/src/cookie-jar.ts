interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly origin: string;
  readonly path: string;
}

/** As much of RFC 6265 as signing in needs. Cookies stay with the origin that set them. */
export interface CookieJar {
  /** The `Cookie` header for a request, empty when there is nothing to send. */
  header(url: URL): string;
  /** Keeps what a response sets. */
  store(url: URL, response: Response): void;
  value(origin: string, name: string): string | undefined;
}

/** An empty jar. */
export function createCookieJar(): CookieJar {
  let cookies: readonly Cookie[] = [];
  const fits = (cookie: Cookie, url: URL): boolean =>
    cookie.origin === url.origin &&
    (url.pathname === cookie.path || url.pathname.startsWith(withSlash(cookie.path)));
  return {
    header: (url) =>
      cookies
        .filter((cookie) => fits(cookie, url))
        .map(({ name, value }) => `${name}=${value}`)
        .join("; "),
    store: (url, response) => {
      for (const line of response.headers.getSetCookie()) {
        const { ended, ...cookie } = parse(line, url);
        const others = cookies.filter((old) => !sameCookie(old, cookie));
        cookies = ended ? others : [...others, cookie];
      }
    },
    value: (origin, name) =>
      cookies.find((cookie) => cookie.origin === origin && cookie.name === name)?.value,
  };
}

function parse(line: string, url: URL): Cookie & { readonly ended: boolean } {
  const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
  const split = pair.indexOf("=");
  const attribute = (name: string): string | undefined =>
    attributes.find((part) => part.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const maxAge = attribute("max-age");
  const expires = attribute("expires");
  const ended =
    maxAge === undefined ? Date.parse(expires ?? "") <= Date.now() : Number(maxAge) <= 0;
  return {
    name: pair.slice(0, split),
    value: pair.slice(split + 1),
    origin: url.origin,
    path: attribute("path") ?? "/",
    ended,
  };
}

function sameCookie(one: Cookie, other: Cookie): boolean {
  return one.name === other.name && one.origin === other.origin && one.path === other.path;
}

function withSlash(path: string): string {
  return path.endsWith("/") ? path : `${path}/`;
}
