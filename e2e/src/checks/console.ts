import type { Page } from "@playwright/test";
import { type Check, made } from "../gate.ts";
import { expectThat } from "../unmet.ts";

/** Where one is, in the browser: tenant, workspace, region, data mode, and who one is. */
export const consoleShows: Check = {
  title: "console shows tenant, workspace, user",
  run: async (gate) => {
    const { operator } = made(gate, "members");
    const { page, person } = operator;
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(gate.dev.url);
    const shown = [made(gate, "tenant").name, made(gate, "workspace").name, person.name];
    for (const text of shown) await seen(page, text);
    expectThat(complaints.length === 0, "no error in the browser's console", complaints);
    return shown.join(" · ");
  },
};

async function seen(page: Page, text: string): Promise<void> {
  const visible = page.getByText(text, { exact: false }).filter({ visible: true }).first();
  const titled = page.getByTitle(text).or(page.getByLabel(text)).filter({ visible: true }).first();
  const found = await visible
    .or(titled)
    .first()
    .waitFor({ state: "visible", timeout: 15_000 })
    .then(
      () => true,
      () => false,
    );
  if (found) return;
  expectThat(
    false,
    `the console to show ${text}`,
    `${new URL(page.url()).pathname}: ${await page.locator("body").innerText()}`,
  );
}
