import { expect, it } from "vitest";
import { createCookieJar } from "./cookie-jar.ts";

const at = (path: string): URL => new URL(path, "http://localhost:4000");
const setting = (...cookies: string[]): Response =>
  new Response(null, {
    headers: cookies.map((cookie): [string, string] => ["set-cookie", cookie]),
  });

it("sends a cookie below its path only, and to its own origin only", () => {
  const jar = createCookieJar();
  jar.store(at("/auth/login"), setting("a=1; Path=/auth", "b=2; Path=/"));
  expect(jar.header(at("/auth/callback"))).toBe("a=1; b=2");
  expect(jar.header(at("/authors"))).toBe("b=2");
  expect(jar.header(new URL("http://localhost:4001/auth"))).toBe("");
});

it("replaces a cookie and drops an ended one", () => {
  const jar = createCookieJar();
  jar.store(at("/"), setting("a=1; Path=/", "b=2; Path=/", "c=3; Path=/"));
  jar.store(
    at("/"),
    setting(
      "a=9; Path=/",
      "b=; Path=/; Max-Age=0",
      "c=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
    ),
  );
  expect(jar.header(at("/"))).toBe("a=9");
  expect(jar.value("http://localhost:4000", "a")).toBe("9");
});
