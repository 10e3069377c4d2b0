import { describe, expect, it } from "vitest";
import { deviceOf } from "./device-of.ts";

const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
const CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

describe("a device in words", () => {
  it.each([
    [`${WINDOWS} ${CHROME}`, "Chrome on Windows"],
    [`${WINDOWS} ${CHROME} Edg/131.0.0.0`, "Edge on Windows"],
    [`${WINDOWS} ${CHROME} OPR/116.0.0.0`, "Opera on Windows"],
    [`${WINDOWS.replace(")", "; rv:133.0)")} Gecko/20100101 Firefox/133.0`, "Firefox on Windows"],
    [`Mozilla/5.0 (X11; Linux x86_64) ${CHROME}`, "Chrome on Linux"],
    [`Mozilla/5.0 (Linux; Android 14; Pixel 8) ${CHROME}`, "Chrome on Android"],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
      "Safari on macOS",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
      "Safari on iPhone",
    ],
    ["curl/8.5.0", "curl"],
    ["", "An unknown device"],
    ["<script>alert(1)</script>", "An unknown device"],
  ])("%s", (userAgent, words) => {
    expect(deviceOf(userAgent)).toBe(words);
  });
});
