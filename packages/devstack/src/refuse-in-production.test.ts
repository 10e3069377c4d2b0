import { expect, it } from "vitest";
import { refuseInProduction } from "./refuse-in-production.ts";

it("refuses in production and says what to set", () => {
  expect(() => refuseInProduction("production")).toThrow(/AIC_CONFIG/);
});

it("lets development pass", () => {
  expect(() => refuseInProduction("development")).not.toThrow();
});
