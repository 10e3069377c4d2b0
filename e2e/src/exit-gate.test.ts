import { spawn } from "node:child_process";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser/launch.ts";
import { SESSION_COOKIE, signIn } from "./browser/sign-in.ts";
import { readSettings, REPOSITORY } from "./config.ts";
import { demoPerson, loginAddress } from "./demo-person.ts";
import { callerWith } from "./rest/caller.ts";
import { makeDataDir, startServer, stillRunning, type TestServer } from "./server.test-support.ts";

const place = makeDataDir();
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer(place.dataDir);
  browser = await launchBrowser(readSettings());
});
afterAll(async () => {
  await browser?.close();
  await server?.interrupt();
  place.remove();
});

function runGate(): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ["e2e/src/exit-gate.ts"], {
    cwd: REPOSITORY,
    env: { ...process.env, AIC_DATA_DIR: place.dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) => {
    child.once("close", (code) =>
      resolve({ code, output: Buffer.concat(chunks).toString("utf8") }),
    );
  });
}

describe("the exit gate", () => {
  it("passes each of the brief's ten lines, and those about roles", async () => {
    const { code, output } = await runGate();
    expect(output, output).not.toContain("FAIL");
    expect(output.match(/^PASS +\d+ /gm)).toHaveLength(10);
    expect(output.match(/^PASS +\+ /gm)).toHaveLength(3);
    expect(code).toBe(0);
  });
});

/** The demo's US administrator, who may see every page. */
async function administrator() {
  const person = demoPerson(server.dev, "us-east-1", "WorkspaceAdmin", "everywhere");
  return signIn(browser, server.dev.url, loginAddress(person.tenant.toLowerCase()), person);
}

describe("a browser's session", () => {
  it("is a __Host- cookie that no script reads, no other site sends and plain http does not carry", async () => {
    const { cookie, page } = await administrator();
    expect(cookie.name).toBe("__Host-aic_session");
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: "Lax", path: "/" });
    expect(await page.evaluate("document.cookie")).not.toContain(SESSION_COOKIE);
    await page.context().close();
  });

  it("ends at once with a logout, for whoever still holds the cookie", async () => {
    const { rest, page } = await administrator();
    expect((await rest.call("GET", "/api/me")).status).toBe(200);
    const logout = await page.request.post(new URL("/auth/logout", server.dev.url).href, {
      headers: { ...rest.credential, "sec-fetch-site": "same-origin" },
    });
    expect(logout.status()).toBe(200);
    expect(logout.headers()["set-cookie"]).toMatch(/^__Host-aic_session=;.*Max-Age=0/i);
    const after = await rest.call("GET", "/api/me");
    expect(after.status).toBe(401);
    expect(after.body).toMatchObject({ code: "unauthenticated" });
    await page.context().close();
  });

  it("cannot be used for a change by a page of another site", async () => {
    const { cookie, page } = await administrator();
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
    ]) {
      const response = await fetch(new URL("/api/workspaces", server.dev.url), {
        method: "POST",
        headers: {
          cookie: `${cookie.name}=${cookie.value}`,
          "content-type": "application/json",
          ...headers,
        },
        body: JSON.stringify({ name: "Forged", region: "us-east-1" }),
      });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: "cross_site" });
    }
    await page.context().close();
  });

  it("is nobody's when the cookie was tampered with", async () => {
    const { cookie, page } = await administrator();
    const changed = cookie.value.slice(0, -1) + (cookie.value.endsWith("A") ? "B" : "A");
    const forged = callerWith(server.dev.url, "a forger", { cookie: `${cookie.name}=${changed}` });
    expect((await forged.call("GET", "/api/me")).status).toBe(401);
    await page.context().close();
  });
});

/** What axe calls serious or critical: which rule, and the element without what differs from page to page. */
async function seriousFaults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html }) => `${id}: ${html.replaceAll(/ (?:id|style)="[^"]*"/g, "").slice(0, 300)}`,
      ),
    );
}

/** Every page that the shell's navigation leads to. */
async function mainPages(page: Page): Promise<readonly string[]> {
  await page.goto(server.dev.url);
  const links = page.locator("nav a[href^='/']");
  await links.first().waitFor();
  const hrefs = await links.evaluateAll((found) =>
    found.map((link) => link.getAttribute("href") ?? ""),
  );
  return [...new Set(hrefs)];
}

describe("the console", () => {
  it.each(["light", "dark"] as const)(
    "has no serious accessibility fault on its main pages (%s)",
    async (colorScheme) => {
      const { page } = await administrator();
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const pages = await mainPages(page);
      expect(pages.length, pages.join(" ")).toBeGreaterThanOrEqual(6);
      const faults = new Map<string, string>();
      for (const path of pages) {
        await page.goto(new URL(path, server.dev.url).href);
        await page.waitForLoadState("networkidle");
        for (const fault of await seriousFaults(page)) faults.set(fault, path);
      }
      expect([...faults].map(([fault, path]) => `${path}: ${fault}`)).toEqual([]);
      await page.context().close();
    },
  );

  it("finds a denial in the audit log by the filters of an address, and says why it was one", async () => {
    const person = demoPerson(server.dev, "us-east-1", "Operator", "workspace");
    const { rest } = await signIn(
      browser,
      server.dev.url,
      loginAddress(person.tenant.toLowerCase()),
      person,
    );
    const { body } = await rest.call("GET", "/api/me");
    const [workspace] = (body as { workspaces: { id: string }[] }).workspaces;
    const denied = await rest.call("GET", `/api/audit-events?workspaceId=${workspace?.id}`);
    expect(denied.status).toBe(403);

    const { page } = await administrator();
    const log = new URL(
      `/w/${workspace?.id}/audit?action=audit_event&outcome=deny`,
      server.dev.url,
    );
    const row = page.getByText(`${person.name} was not allowed to read the audit log`).first();
    await expect
      .poll(
        async () => {
          await page.goto(log.href);
          return row.waitFor({ timeout: 5_000 }).then(
            () => true,
            () => false,
          );
        },
        { timeout: 60_000 },
      )
      .toBe(true);
    for (const chip of ["Without: audit_event", "Without: denied"])
      await page.getByRole("button", { name: chip }).waitFor();
    await row.click();
    await page.getByRole("button", { name: "Why?" }).click();
    const why = page.getByRole("dialog", { name: "Why this was refused" });
    await why.getByText("None of the principal's roles here allows it.").waitFor();
    await why.getByText("Operator in one workspace: does not allow it.").waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.context().close();
  });

  it("signs a demo person in by their line on the login page, or by the address typed there", async () => {
    const person = demoPerson(server.dev, "eu-west-1", "Operator", "workspace");
    for (const by of ["line", "address"] as const) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(new URL("/login", server.dev.url).href);
      if (by === "line") {
        await page.getByRole("button", { name: person.email }).click();
      } else {
        await page.getByLabel("Organisation or work email").fill(person.email);
        await page.getByRole("button", { name: "Continue" }).click();
      }
      await expect.poll(() => page.locator("#email").inputValue()).toBe(person.email);
      await page.locator("#password").fill(person.password);
      await page.locator("#submit").click();
      await page.getByRole("navigation").first().waitFor();
      await page.getByText("IT Support").first().waitFor();
      await context.close();
    }
  });

  it("leads a stranger to the login page, which has no serious fault either", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(new URL("/", server.dev.url).href);
    await page.waitForURL(/\/login/);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.filter(({ impact }) => impact === "serious" || impact === "critical"),
    ).toEqual([]);
    await context.close();
  });
});

describe("Ctrl-C and a second start", () => {
  it("leaves no process behind, and is ready again in seconds with everything as it was", async () => {
    const before = server.processes();
    expect(before.length).toBeGreaterThan(3);
    expect(await server.interrupt()).toBe(0);
    expect(stillRunning(before)).toEqual([]);

    const { people } = server.dev;
    server = await startServer(place.dataDir);
    console.log(`second start: ready after ${server.readySeconds.toFixed(1)} s`);
    // 10 s on a machine of its own; tests share two cores.
    expect(server.readySeconds).toBeLessThan(20);
    expect(server.dev.people).toEqual(people);
    const { rest, page } = await administrator();
    expect((await rest.call("GET", "/api/me")).status).toBe(200);
    await page.context().close();
  });
});
