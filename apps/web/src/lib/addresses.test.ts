import { describe, expect, it } from "vitest";
import {
  invitationAddress,
  isLocalPath,
  loginPage,
  sameSectionIn,
  signInAddress,
  signInByEmail,
} from "./addresses.ts";

const W1 = "0198c0de-0000-8001-8000-00000000000a";
const W2 = "0198c0de-0000-8001-8000-00000000000b";

describe("isLocalPath", () => {
  it.each(["/", "/w/x?state=failed#top"])("takes %s", (path) => {
    expect(isLocalPath(path)).toBe(true);
  });
  it.each(["//evil.example", "/\\evil.example", "https://evil.example", "w/x", "", "/\tx"])(
    "refuses %j",
    (path) => {
      expect(isLocalPath(path)).toBe(false);
    },
  );
});

describe("signInAddress", () => {
  it("names the tenant and where to come back to, both encoded", () => {
    expect(signInAddress("acme", "/w/x?state=failed&a=b")).toBe(
      "/auth/login?tenant=acme&return_to=%2Fw%2Fx%3Fstate%3Dfailed%26a%3Db",
    );
  });
  it("names the region when there are two of that name", () => {
    expect(signInAddress("acme", "/", { region: "eu-west-1" })).toBe(
      "/auth/login?tenant=acme&return_to=%2F&region=eu-west-1",
    );
  });
  it("names the provider when there are several", () => {
    expect(signInAddress("acme", "/", { provider: "p1" })).toBe(
      "/auth/login?tenant=acme&return_to=%2F&provider=p1",
    );
    expect(invitationAddress("inv_x", "p1")).toBe("/auth/invitation/inv_x?provider=p1");
  });
  it("takes an address instead of the tenant, encoded", () => {
    expect(signInByEmail("ana+x@acme.test", "//evil.example")).toBe(
      "/auth/login?email=ana%2Bx%40acme.test&return_to=%2F",
    );
  });
  it("never leads to another site", () => {
    expect(signInAddress("acme", "//evil.example")).toBe("/auth/login?tenant=acme&return_to=%2F");
    expect(signInAddress("acme", undefined)).toBe("/auth/login?tenant=acme&return_to=%2F");
  });
});

describe("loginPage", () => {
  it("remembers the page one was on", () => {
    expect(loginPage(`/w/${W1}/runs?state=failed`, "ended")).toBe(
      `/login?return_to=%2Fw%2F${W1}%2Fruns%3Fstate%3Dfailed&reason=ended`,
    );
  });
  it("does not lead back to the login page, nor to the start page by name", () => {
    expect(loginPage("/login?tenant=acme")).toBe("/login");
    expect(loginPage("/")).toBe("/login");
    expect(loginPage("/logins")).toBe("/login?return_to=%2Flogins");
  });
});

describe("sameSectionIn", () => {
  it("keeps the section and leaves the thing behind", () => {
    expect(sameSectionIn(W2, `/w/${W1}/workflows/${W1}/edit`)).toBe(`/w/${W2}/workflows`);
    expect(sameSectionIn(W2, `/w/${W1}`)).toBe(`/w/${W2}`);
    expect(sameSectionIn(W2, "/")).toBe(`/w/${W2}`);
  });
});
