import { createHash, timingSafeEqual } from "node:crypto";
import type { DevIdpPerson } from "./config.ts";

/** A person with the subject that tokens carry: the same after each restart. */
export interface Account extends DevIdpPerson {
  readonly sub: string;
}

/** The people of the configuration, by what one looks for. */
export interface People {
  readonly all: readonly Account[];
  bySub(sub: string): Account | undefined;
  /** The person when the password is right. Email in any case; takes as long for unknown ones. */
  signIn(email: string, password: string): Account | undefined;
}

/** Indexes the configured people. */
export function createPeople(configured: readonly DevIdpPerson[]): People {
  const all = configured.map((person) => ({ ...person, sub: subjectOf(person.email) }));
  const bySub = new Map(all.map((account) => [account.sub, account]));
  const noPassword = digest(`${Math.random()}`);
  return {
    all,
    bySub: (sub) => bySub.get(sub),
    signIn: (email, password) => {
      const account = bySub.get(subjectOf(email.trim()));
      const expected = account === undefined ? noPassword : digest(account.password);
      return timingSafeEqual(digest(password), expected) ? account : undefined;
    },
  };
}

// Not the email itself: whoever takes `sub` for an address should notice on the laptop.
function subjectOf(email: string): string {
  return digest(`sub:${email.toLowerCase()}`).toString("base64url").slice(0, 22);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
