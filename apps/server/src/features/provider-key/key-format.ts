import type { Provider } from "@aic-sos/contract/provider-keys";

const USUAL: Readonly<Record<Provider, { form: RegExp; means: string }>> = {
  openai: { form: /^sk-[A-Za-z0-9_-]{20,}$/, means: "OpenAI keys usually start with sk-" },
  anthropic: {
    form: /^sk-ant-[A-Za-z0-9_-]{20,}$/,
    means: "Anthropic keys usually start with sk-ant-",
  },
  azure_openai: {
    form: /^[A-Za-z0-9]{32,128}$/,
    means: "Azure OpenAI keys usually have 32 to 128 letters and digits",
  },
};

/** What is unusual about a key. Never refuses: providers change their formats, and validation asks them. */
export function keyFormatWarnings({
  provider,
  key,
}: {
  provider: Provider;
  key: string;
}): string[] {
  const { form, means } = USUAL[provider];
  const warnings = form.test(key) ? [] : [`${means}; check that the whole key was pasted.`];
  if (provider === "openai" && key.startsWith("sk-ant-"))
    warnings.push("This looks like a key of Anthropic.");
  return warnings;
}
