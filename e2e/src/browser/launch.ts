import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { type Browser, chromium } from "@playwright/test";
import { type Settings, useTemporaryFolder } from "../config.ts";

const SYSTEM_BROWSERS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

// Our own: those that come with the packaged Chromium switch web security off. Chromium's sandbox needs what containers
// and root do not have; the pages opened here are our own.
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"];

/** A real Chromium: the machine's own, else the one that comes from the package registry. */
export async function launchBrowser({ chromium: named, browserDir }: Settings): Promise<Browser> {
  await mkdir(browserDir, { recursive: true });
  useTemporaryFolder(browserDir);
  const executablePath =
    named ?? SYSTEM_BROWSERS.find((path) => existsSync(path)) ?? (await packaged());
  return chromium.launch({ executablePath, args: [...ARGUMENTS], headless: true });
}

/** Unpacks into TMPDIR, which is read at import: hence the import here. */
async function packaged(): Promise<string> {
  const { default: packagedChromium } = await import("@sparticuz/chromium");
  return packagedChromium.executablePath();
}
