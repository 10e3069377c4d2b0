import type { Browser, Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser/launch.ts";
import { signIn } from "./browser/sign-in.ts";
import { readSettings } from "./config.ts";
import { demoPerson, loginAddress } from "./demo-person.ts";
import { makeDataDir, startServer, type TestServer } from "./server.test-support.ts";

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

const addressOf = (path: string) => new URL(path, server.dev.url).href;
const admin = () => demoPerson(server.dev, "us-east-1", "WorkspaceAdmin", "everywhere");
const slugOf = ({ tenant }: { tenant: string }) => tenant.toLowerCase();
const signInAs = (person = admin(), start = loginAddress(slugOf(person))) =>
  signIn(browser, server.dev.url, start, person);

async function fillIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.locator("#email").fill(person.email);
  await page.locator("#password").fill(person.password);
  await page.locator("#submit").click();
}

const me = (key: string) =>
  fetch(addressOf("/api/me"), { headers: { authorization: `Bearer ${key}` } });

describe("the login page, after a provider that did not answer", () => {
  it("leads the same way again, to the page that one was on the way to", async () => {
    const person = admin();
    const context = await browser.newContext();
    const page = await context.newPage();
    const way = { error: "provider_unreachable", tenant: slugOf(person), return_to: "/sessions" };
    await page.goto(addressOf(`/login?${new URLSearchParams(way).toString()}`));
    await page.getByRole("alert").getByText("does not answer").waitFor();
    await page.getByRole("link", { name: "Try again" }).click();
    await fillIn(page, person);
    await page.waitForURL(/\/sessions$/);
    expect(new URL(page.url()).origin).toBe(new URL(server.dev.url).origin);
    await context.close();
  });
});

describe("a device", () => {
  const post = async (path: string, form: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ client_id: "aic-sos-cli", ...form });
    const answer = await fetch(addressOf(path), { method: "POST", body });
    return (await answer.json()) as Record<string, string>;
  };
  const ask = (tenant: string) => post("/auth/device_authorization", { tenant });
  const tokens = (device_code = "") =>
    post("/auth/token", {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code,
    });

  it("gets in by the code that its owner types and allows, and by none that they deny", async () => {
    const { page, person } = await signInAs();
    const [first, second] = [await ask(slugOf(person)), await ask(slugOf(person))];
    await page.goto(first["verification_uri"] ?? "");
    await page.getByLabel("Code").fill("BBBB-BBBB");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("alert").getByText("No device waits with this code").waitFor();
    await page.getByRole("button", { name: "Type another code" }).click();
    await page.getByLabel("Code").fill((first["user_code"] ?? "").toLowerCase());
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText(first["user_code"] ?? "", { exact: true }).waitFor();
    await page.getByText(`${person.name}, ${person.tenant}`).waitFor();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "The device is let in" }).waitFor();
    const token = (await tokens(first["device_code"]))["access_token"] ?? "";
    const called = await me(token);
    expect([called.status, await called.json()]).toMatchObject([
      200,
      { principal: { email: person.email } },
    ]);
    expect(await tokens(first["device_code"])).toMatchObject({ error: "invalid_grant" });

    await page.goto(second["verification_uri_complete"] ?? "");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Deny" }).click();
    await page.getByRole("heading", { name: "The device is refused" }).waitFor();
    expect(await tokens(second["device_code"])).toMatchObject({ error: "access_denied" });
    await page.context().close();
  });
});

describe("a platform administrator", () => {
  const pat = () => ({ ...admin(), name: "Pat Kowalska", email: "pat.kowalska@platform.example" });
  const dialog = (page: Page) => page.getByRole("dialog");

  it("creates a tenant in the region that is shown, and sees its invitation once", async () => {
    const { page } = await signInAs(pat(), "/auth/platform/login");
    expect(new URL(page.url()).pathname).toBe("/tenants");
    await page.getByText("eu-west-1", { exact: true }).first().click();
    await page.waitForURL(/region=eu-west-1/);
    await page.getByRole("button", { name: "Create tenant" }).click();
    await expect
      .poll(() => dialog(page).getByRole("combobox", { name: "Region" }).inputValue())
      .toBe("eu-west-1");
    await dialog(page).getByLabel("Name", { exact: true }).fill("Browser Works");
    await dialog(page).getByLabel("Short name").fill("Not A Slug!");
    await dialog(page).getByRole("button", { name: "Create tenant" }).click();
    const slug = dialog(page).getByLabel("Short name");
    await expect.poll(() => slug.getAttribute("aria-invalid")).toBe("true");
    await slug.fill("browser-works");
    await dialog(page).getByRole("button", { name: "Create tenant" }).click();
    const link = await dialog(page).getByLabel("Invitation link").inputValue();
    expect(link).toContain("/auth/invitation/");
    // Beside the dialog: what is shown once does not go away by a slip.
    await page.mouse.click(5, 5);
    expect(await dialog(page).getByLabel("Invitation link").inputValue()).toBe(link);
    await dialog(page).getByRole("button", { name: "Done" }).click();
    await page.getByRole("table").getByText("browser-works").waitFor();
    expect(await page.content()).not.toContain(link);
    await page.context().close();
  });

  it("is who the tenants' page is for: an administrator of a tenant is shown the way back", async () => {
    const { page } = await signInAs();
    await page.goto(addressOf("/tenants"));
    await page.getByRole("heading", { name: "For platform administrators" }).waitFor();
    expect(await page.getByRole("button", { name: "Create tenant" }).count()).toBe(0);
    expect(await page.getByRole("alert").count()).toBe(0);
    await page.getByRole("link", { name: "Go to your workspace" }).click();
    await page.waitForURL(/\/w\//);
    await page.context().close();
  });
});

describe("somebody who is disabled", () => {
  it("is out at the next click, and back in once they are enabled", async () => {
    const person = demoPerson(server.dev, "us-east-1", "Operator", "workspace");
    const [{ page }, { rest, page: adminPage }] = [await signInAs(person), await signInAs()];
    await page.getByRole("link", { name: "Workflows" }).waitFor();
    const { body } = await rest.call("GET", `/api/members?workspaceId=${workspaceOf(page)}`);
    const member = (body as { items: { id: string; email: string }[] }).items.find(
      ({ email }) => email === person.email,
    );
    const disabled = await rest.call("POST", `/api/members/${member?.id}/disable`);
    expect(disabled.status).toBe(200);
    await page.getByRole("link", { name: "Workflows" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.getByRole("table").count()).toBe(0);
    expect((await rest.call("POST", `/api/members/${member?.id}/enable`)).status).toBe(200);
    const again = await signInAs(person);
    await again.page.getByRole("link", { name: "Workflows" }).waitFor();
    for (const one of [page, adminPage, again.page]) await one.context().close();
  });
});

const workspaceOf = (page: Page) => /\/w\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? "";

describe("a service's keys", () => {
  it("are made, rotated and revoked, and each is shown once and not lost by a slip", async () => {
    const { page, rest } = await signInAs();
    const { body } = await rest.call("GET", "/api/me");
    const [workspace] = (body as { workspaces: { id: string }[] }).workspaces;
    await page.goto(addressOf(`/w/${workspace?.id}/agents?dialog=create`));
    const create = page.getByRole("dialog", { name: "Create service" });
    await create.getByLabel("Name").fill("browser-bot");
    await create.getByRole("button", { name: "Create service" }).click();
    const drawer = page.getByRole("dialog", { name: "browser-bot" });
    await drawer.getByRole("button", { name: "Create key" }).click();
    const making = page.getByRole("dialog", { name: "Create key for browser-bot" });
    await making.getByLabel("Name").fill("pipeline");
    await making.getByRole("button", { name: "Create key" }).click();
    const first = await making.getByLabel("Key", { exact: true }).inputValue();
    await making.getByRole("button", { name: "I have stored it" }).click();
    expect((await me(first)).status).toBe(200);

    // A click beside the dialog while the answer is on its way: nobody would ever see the new key.
    await page.route(/apiKey\.rotate/, async (route) => {
      await page.mouse.click(5, 5);
      await route.continue();
    });
    await drawer.getByRole("button", { name: "Rotate key pipeline" }).click();
    const rotating = page.getByRole("dialog", { name: "Rotate key pipeline" });
    await rotating.getByRole("button", { name: "Rotate key pipeline" }).click();
    const second = await rotating.getByLabel("Key", { exact: true }).inputValue();
    // The list is read again as somebody comes back to this window: the new key stays in sight.
    await page.clock.setFixedTime(Date.now() + 60_000);
    const read = page.waitForResponse(/apiKey\.list/);
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))");
    await read;
    await drawer.getByText("Rotated", { exact: true }).waitFor({ state: "attached" });
    expect(await rotating.getByLabel("Key", { exact: true }).inputValue()).toBe(second);
    await rotating.getByRole("button", { name: "I have stored it" }).click();
    expect([(await me(first)).status, (await me(second)).status]).toEqual([200, 200]);

    const old = drawer.getByRole("listitem").filter({ hasText: "Rotated" });
    await old.getByRole("button", { name: "Revoke" }).click();
    const revoking = page.getByRole("dialog", { name: "Revoke key pipeline" });
    await revoking.getByRole("button", { name: "Revoke key pipeline" }).click();
    await drawer.getByText("Revoked", { exact: true }).waitFor();
    expect([(await me(first)).status, (await me(second)).status]).toEqual([401, 200]);
    for (const key of [first, second]) expect(await page.content()).not.toContain(key);
    await page.context().close();
  });

  it("are all that services call with, where no client certificates are taken, and the page says so", async () => {
    const { page, rest } = await signInAs();
    const { body } = await rest.call("GET", "/api/me");
    const [workspace] = (body as { workspaces: { id: string }[] }).workspaces;
    await page.goto(addressOf(`/w/${workspace?.id}/agents`));
    await page.getByText("this deployment takes no client certificates").waitFor();
    expect(await page.getByRole("button", { name: "Register CA" }).count()).toBe(0);
    await page.context().close();
  });
});
