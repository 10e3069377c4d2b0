import { Email, Slug } from "@aic-sos/contract/text";
import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { signInAddress, signInByEmail } from "../../lib/addresses.ts";
import { lastTenant, rememberTenant } from "../../lib/last-tenant.ts";
import { useCrumbs } from "../../shell/crumbs.ts";
import { BrandMark } from "../../ui/brand-mark.tsx";
import { acceptInvitation } from "./accept-invitation.ts";
import { ConfirmReplacing } from "./confirm-replacing.tsx";
import { DevHints } from "./dev-hints.tsx";
import { LoginNotice } from "./login-notice.tsx";
import classes from "./login-page.module.css";
import { OtherRegions } from "./other-regions.tsx";
import { PlatformSignIn } from "./platform-sign-in.tsx";
import { ProviderChoice } from "./provider-choice.tsx";
import { RegionChoice } from "./region-choice.tsx";
import { TenantChoice } from "./tenant-choice.tsx";
import { tryAgainAddress } from "./try-again-address.ts";

const route = getRouteApi("/login");

/** Names the tenant; its own identity provider asks for the rest. */
export function LoginPage() {
  const search = route.useSearch();
  const { return_to, reason, error, tenant, choose, region, providers, invitation } = search;
  const { confirm, tenants, provider, email } = search;
  useCrumbs([{ label: "Sign in" }]);
  const form = useForm({
    initialValues: { who: email ?? tenant ?? lastTenant() ?? "" },
    validate: { who: (who) => wrongWith(who.trim().toLowerCase()) },
  });
  // The page has this one field; whoever comes here came to fill it in.
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const signIn = (slug: string, where?: { region?: string | undefined; provider?: string }) => {
    rememberTenant(slug);
    window.location.assign(signInAddress(slug, return_to, where));
  };
  const signInAs = (who: string) => {
    if (who.includes("@")) window.location.assign(signInByEmail(who, return_to));
    else signIn(who);
  };
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <BrandMark />
        <div>
          <h1>Sign in</h1>
          <p className="dim">
            Control plane for AI workflows in IT service management. Your organisation’s own
            identity provider asks who you are.
          </p>
        </div>
        <LoginNotice reason={reason} error={error} again={tryAgainAddress(search)} />
        {(error === "tenant_unknown" || error === "domain_unknown") && <OtherRegions />}
        {confirm !== undefined && <ConfirmReplacing invitation={invitation} provider={provider} />}
        {tenant !== undefined && choose !== undefined && (
          <RegionChoice
            slug={tenant}
            regions={choose.split(",")}
            onChoose={(chosen) => signIn(tenant, { region: chosen })}
          />
        )}
        {tenant !== undefined && providers !== undefined && (
          <ProviderChoice
            slug={tenant}
            region={region}
            onChoose={(chosen) => {
              if (invitation === undefined) signIn(tenant, { region, provider: chosen });
              else void acceptInvitation(invitation, chosen);
            }}
          />
        )}
        {tenants !== undefined && (
          <TenantChoice
            tenants={tenants.split(",")}
            onChoose={(slug, chosen) => signIn(slug, { region: chosen })}
          />
        )}
        <form
          className={classes.form}
          onSubmit={form.onSubmit(({ who }) => signInAs(who.trim().toLowerCase()))}
        >
          <TextInput
            label="Organisation or work email"
            description="Its short name, as in your invitation, or your address there."
            placeholder="acme"
            autoCapitalize="none"
            autoComplete="username"
            spellCheck={false}
            ref={field}
            {...form.getInputProps("who")}
          />
          <Button type="submit" fullWidth>
            Continue
          </Button>
        </form>
        <PlatformSignIn />
        <DevHints onChoose={signInAs} />
      </div>
    </main>
  );
}

/** A short name or an address; null when it is one of them. */
function wrongWith(who: string): string | null {
  const shape = who.includes("@") ? Email : Slug;
  return shape.safeParse(who).error?.issues[0]?.message ?? null;
}
