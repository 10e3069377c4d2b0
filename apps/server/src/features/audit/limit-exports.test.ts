import { expect, it } from "vitest";
import { AppError } from "../../app-error.ts";
import { limitExports } from "./limit-exports.ts";

async function* lines(): AsyncGenerator<string> {
  yield "header";
  yield "end";
}

it("a tenant has four exports under way and never five, until one ends or is broken off; another tenant has its own", async () => {
  const begun = Array.from({ length: 4 }, () => limitExports("a", lines()));
  for (const one of begun) expect(await one.next()).toMatchObject({ value: "header" });
  const fifth = limitExports("a", lines()).next();
  await expect(fifth).rejects.toThrow(AppError);
  await expect(fifth).rejects.toMatchObject({ code: "rate_limited" });
  expect(await limitExports("b", lines()).next()).toMatchObject({ value: "header" });
  await begun[0]?.return();
  expect(await limitExports("a", lines()).next()).toMatchObject({ value: "header" });
});
