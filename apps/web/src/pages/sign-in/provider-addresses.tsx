import type { IdentityProvider } from "@aic-sos/contract/identity-providers";
import { backchannelLogoutAddress } from "../../lib/addresses.ts";
import { useWorkspace } from "../../shell/workspace-context.ts";
import { Facts } from "../../ui/facts.tsx";

/** What is registered at the provider. The logout address is known once the provider is. */
export function ProviderAddresses({ provider }: { readonly provider: IdentityProvider | null }) {
  const { me } = useWorkspace();
  const { origin } = window.location;
  const logout =
    provider === null ? null : origin + backchannelLogoutAddress(me.tenant.id, provider.id);
  return (
    <div>
      <div className="dim">Register there:</div>
      <Facts
        facts={[
          ["Redirect address", <Address key="redirect" text={`${origin}/auth/callback`} />],
          [
            "Back-channel logout",
            logout === null ? (
              <span key="logout" className="faint">
                Shown here once the provider is added
              </span>
            ) : (
              <Address key="logout" text={logout} />
            ),
          ],
        ]}
      />
    </div>
  );
}

function Address({ text }: { readonly text: string }) {
  return (
    <span className="mono" style={{ overflowWrap: "anywhere" }}>
      {text}
    </span>
  );
}
