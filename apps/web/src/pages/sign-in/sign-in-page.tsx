import { useWorkspace } from "../../shell/workspace-context.ts";
import { NotAllowed } from "../../ui/not-allowed.tsx";
import { Page } from "../../ui/page.tsx";
import { DomainsPanel } from "./domains-panel.tsx";
import { GroupRulesPanel } from "./group-rules-panel.tsx";
import { LinkAccountsPanel } from "./link-accounts-panel.tsx";
import { ProvidersPanel } from "./providers-panel.tsx";

/** How do our people come in, and what does that give them? */
export function SignInPage() {
  const { me, may } = useWorkspace();
  return (
    <Page
      title="Sign-in"
      lead={`How people come in to ${me.tenant.name}, in every workspace of it.`}
      crumbs={[{ label: "Settings" }, { label: "Sign-in" }]}
    >
      {may("identity_provider:read") ? (
        <>
          <ProvidersPanel />
          <DomainsPanel />
          <GroupRulesPanel />
          {may("person:link") && <LinkAccountsPanel />}
        </>
      ) : (
        <NotAllowed permission="identity_provider:read" />
      )}
    </Page>
  );
}
