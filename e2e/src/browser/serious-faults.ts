import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe calls serious or critical: which rule, and the element without what differs from page to page. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html }) => `${id}: ${html.replaceAll(/ (?:id|style)="[^"]*"/g, "").slice(0, 300)}`,
      ),
    );
}
