import { spawn } from "node:child_process";
import type { Browser, Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser/launch.ts";
import { seriousFaults } from "./browser/serious-faults.ts";
import { WebhooksPanel } from "./browser/webhooks-panel.ts";
import { SESSION_COOKIE, signIn } from "./browser/sign-in.ts";
import { closedReceiver } from "./closed-receiver.ts";
import { readSettings, REPOSITORY } from "./config.ts";
import { demoPerson, loginAddress } from "./demo-person.ts";
import { callerWith } from "./rest/caller.ts";
import { deliveriesOf, webhooksOf } from "./rest/webhooks.ts";
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

  it("opens the event of an address that is not in the list, and says when there is none", async () => {
    const { page, rest } = await administrator();
    const { body: me } = await rest.call("GET", "/api/me");
    const [workspace] = (me as { workspaces: { id: string }[] }).workspaces;
    const logged = await rest.call(
      "GET",
      "/api/audit-events?class=decision&limit=1&tenantWide=true",
    );
    const [event] = (logged.body as { items: { id: string; seq: number }[] }).items;
    // The page lists the workspace's changes.
    const log = (id?: string) =>
      new URL(`/w/${workspace?.id}/audit?event=${id}`, server.dev.url).href;
    await page.goto(log(event?.id));
    const shown = page.getByRole("dialog", { name: `Event ${event?.seq}`, exact: true });
    await shown.getByText("decision.allowed", { exact: true }).waitFor();
    await shown.getByText("Verified by this browser").waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.goto(log(workspace?.id));
    await page.getByRole("dialog").getByText("There is no such event").waitFor();
    await page.context().close();
  });

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
    // The dialog lies over the event's drawer: Escape closes what is on top.
    await page.keyboard.press("Escape");
    await why.waitFor({ state: "hidden" });
    expect(await page.getByRole("dialog", { name: /^Event \d+$/ }).isVisible()).toBe(true);
    // The next checkpoint comes within ten seconds.
    await page.getByText("Signature verified by this browser").waitFor({ timeout: 30_000 });
    await page
      .getByText("Verified by this browser, in the checkpoint of")
      .waitFor({ timeout: 30_000 });
    await page.goto(new URL(`/w/${workspace?.id}`, server.dev.url).href);
    const line = page.getByRole("region", { name: "Audit log" });
    await line.getByText("Signature verified by this browser").waitFor();
    await page.context().close();
  });

  it("lets a webhook be added, tried, changed and removed, and shows its secret once", async () => {
    const { page, rest } = await administrator();
    const receiver = await closedReceiver();
    const panel = new WebhooksPanel(page);
    const { body } = await rest.call("GET", "/api/me");
    const [workspace] = (body as { workspaces: { id: string }[] }).workspaces;
    await page.goto(new URL(`/w/${workspace?.id}/security`, server.dev.url).href);
    await page.getByText("Nobody else is told").waitFor();

    await page.getByRole("button", { name: "Add webhook" }).click();
    const adding = panel.dialog("Add webhook");
    const name = `SIEM of the night shift ${"in Frankfurt ".repeat(7)}`.trim();
    await panel.send(adding, { name, address: `http://${receiver.host}/in` });
    await adding.getByText("must be an https address").first().waitFor();
    expect(await adding.getByLabel("Address").getAttribute("aria-invalid")).toBe("true");
    expect(await webhooksOf(rest)).toEqual([]);

    await panel.send(adding, { name, address: "https://siem.example.invalid/in" });
    await adding.getByText("only now").waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    const secret = await panel.takeSecret(adding);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await page.content()).not.toContain(secret);

    await panel.table.getByRole("link", { name }).click();
    const drawer = panel.dialog(name);
    await panel.testOf(drawer, /the host has no address|the host does not answer/);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await drawer.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(
      0,
    );

    await drawer.getByRole("button", { name: "Edit" }).click();
    await panel.dialog(`Edit ${name}`).waitFor();
    await page.keyboard.press("Escape");
    await panel.dialog(`Edit ${name}`).waitFor({ state: "hidden" });
    expect(await drawer.isVisible()).toBe(true);
    await drawer.getByRole("button", { name: "Edit" }).click();
    const address = `https://${receiver.host}/in`;
    await panel.send(panel.dialog(`Edit ${name}`), { name: "Night SIEM", address });
    const renamed = panel.dialog("Night SIEM");
    await panel.testOf(renamed, /the address leads to a private network/);
    const foreign = await rest.call("GET", "/api/runs/01890000-0000-8002-8000-000000000001");
    expect(foreign.status).toBe(403);
    await expect
      .poll(async () => (await deliveriesOf(rest)).filter((type) => type.startsWith("security.")), {
        timeout: 30_000,
      })
      .toHaveLength(1);
    await page.reload();
    await renamed.getByText("Tries again").waitFor();
    expect(receiver.connections()).toBe(0);
    await renamed.getByRole("link", { name: "security.region_mismatch" }).click();
    await page.getByRole("dialog", { name: /^Event \d+$/ }).waitFor();
    await page.goBack();

    await renamed.getByRole("button", { name: "Rotate secret" }).click();
    const rotating = panel.dialog("Rotate the secret of Night SIEM");
    await rotating.getByRole("button", { name: "Rotate secret" }).click();
    await rotating.getByText("only now").waitFor();
    expect(await panel.takeSecret(rotating)).not.toBe(secret);

    await renamed.getByRole("button", { name: "Remove Night SIEM" }).click();
    const removing = panel.dialog("Remove Night SIEM");
    await removing.getByRole("button", { name: "Remove Night SIEM" }).click();
    await page.getByText("Nobody else is told").waitFor();
    expect(new URL(page.url()).search).toBe("");
    expect(await webhooksOf(rest)).toEqual([]);
    await receiver.close();
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
    expect(await seriousFaults(page)).toEqual([]);
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
