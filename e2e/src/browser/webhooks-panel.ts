import type { Locator, Page } from "@playwright/test";

/** The security page's panel of webhooks, as a person uses it. */
export class WebhooksPanel {
  readonly page: Page;
  readonly table: Locator;

  constructor(page: Page) {
    this.page = page;
    this.table = page.getByRole("table", { name: "Webhooks" });
  }

  dialog(name: string): Locator {
    return this.page.getByRole("dialog", { name, exact: true });
  }

  /** Fills in the form of the open dialog and sends it by Enter. */
  async send(dialog: Locator, { name, address }: { name: string; address: string }): Promise<void> {
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByLabel("Address").fill(address);
    await dialog.getByLabel("Address").press("Enter");
  }

  /** The secret that the dialog shows, which Escape does not take away, and which is gone once it is put away. */
  async takeSecret(dialog: Locator): Promise<string> {
    const field = dialog.getByLabel("Secret", { exact: true });
    const secret = await field.inputValue();
    await field.press("Escape");
    await this.page.waitForTimeout(500);
    if ((await field.inputValue()) !== secret) throw new Error("Escape took the secret away");
    await dialog.getByRole("button", { name: "I have stored it" }).click();
    await dialog.waitFor({ state: "hidden" });
    return secret;
  }

  /** Sends a test and waits for what became of it. */
  async testOf(drawer: Locator, words: RegExp): Promise<void> {
    await drawer.getByRole("button", { name: "Send a test" }).click();
    await drawer
      .getByRole("listitem")
      .filter({ hasText: "Given up" })
      .filter({ hasText: words })
      .first()
      .waitFor();
  }
}
