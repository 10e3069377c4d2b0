import { expect, it } from "vitest";
import { CreateProviderKey } from "./provider-keys.ts";

const key = "0123456789abcdef0123456789abcdef";
const azure = (endpoint?: string) => ({ provider: "azure_openai", name: "Azure", key, endpoint });

it("an Azure key names its resource, and nothing but a resource of Azure", () => {
  expect(CreateProviderKey.safeParse(azure("https://desk.openai.azure.com")).success).toBe(true);
  for (const endpoint of [
    undefined,
    "http://desk.openai.azure.com",
    "https://169.254.169.254",
    "https://openai.azure.com.evil.example",
    "https://evil.example/.openai.azure.com",
    "https://user@desk.openai.azure.com",
    "https://desk.openai.azure.com:8443",
  ]) {
    expect(CreateProviderKey.safeParse(azure(endpoint)).success).toBe(false);
  }
});

it("the other providers take no endpoint", () => {
  const endpoint = "https://desk.openai.azure.com";
  expect(CreateProviderKey.safeParse({ ...azure(endpoint), provider: "openai" }).success).toBe(
    false,
  );
});

it("what cannot travel in a header is no key", () => {
  for (const wrong of ["short", `${key} `, `${key}\n`, `${key}é`, "x".repeat(513)]) {
    const input = { provider: "openai", name: "OpenAI", key: wrong };
    expect(CreateProviderKey.safeParse(input).success).toBe(false);
  }
});
