import { EmailDomain, EmailDomainPath } from "@aic-sos/contract/email-domains";
import { AppError } from "../../app-error.ts";
import type { Dependencies } from "../../dependencies.ts";
import { limitRate } from "../../limit-rate.ts";
import { rbacProcedure } from "../../trpc/procedures.ts";
import { recordOf } from "./challenge.ts";
import { emailDomainStore } from "./email-domain.store.ts";

const PROOFS = { points: 30, seconds: 60 } as const;

export const proveEmailDomain = rbacProcedure("email_domain:prove", {
  rest: "POST /email-domains/{emailDomainId}/prove",
  summary: "Look the domain's TXT record up; with it people find the login by their address",
  input: EmailDomainPath,
  output: EmailDomain,
}).mutation(async ({ ctx: { deps, grant }, input: { emailDomainId: id } }) => {
  await limitRate(grant.cell, "domain_proof", grant.tenantId, PROOFS);
  const { domain, challenge } = await emailDomainStore.find(grant, id);
  const record = recordOf(domain, challenge);
  const found = await lookUp(deps, record.name);
  const checked = await emailDomainStore.noteCheck(
    grant,
    id,
    found.includes(record.value),
    deps.now(),
  );
  if (checked.provedAt !== null) return checked;
  const others =
    found.length === 0
      ? "There is no TXT record of that name."
      : `It has ${found.length} other TXT records.`;
  throw new AppError(
    "domain_not_proved",
    `${record.name} does not have the value ${record.value}. ${others} New records can take an hour to show.`,
  );
});

/** Nobody answering is not the same as no record: what was proved stays proved. */
async function lookUp(deps: Dependencies, name: string): Promise<readonly string[]> {
  try {
    return await deps.dns.txt(name);
  } catch (error) {
    throw new AppError("unavailable", "The DNS does not answer. Try again in a moment.", {
      cause: error,
    });
  }
}
