import { Slug } from "@aic-sos/contract/text";
import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { signInAddress } from "../../lib/addresses.ts";
import { lastTenant, rememberTenant } from "../../lib/last-tenant.ts";
import { useCrumbs } from "../../shell/crumbs.ts";
import { BrandMark } from "../../ui/brand-mark.tsx";
import { DevHints } from "./dev-hints.tsx";
import { LoginNotice } from "./login-notice.tsx";
import classes from "./login-page.module.css";
import { RegionChoice } from "./region-choice.tsx";

const route = getRouteApi("/login");

/** Names the tenant; its own identity provider asks for the rest. */
export function LoginPage() {
  const { return_to, reason, error, tenant, choose } = route.useSearch();
  useCrumbs([{ label: "Sign in" }]);
  const form = useForm({
    initialValues: { slug: tenant ?? lastTenant() ?? "" },
    validate: {
      slug: (slug) => Slug.safeParse(slug.trim().toLowerCase()).error?.issues[0]?.message ?? null,
    },
  });
  // The page has this one field; whoever comes here came to fill it in.
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const signIn = (slug: string, region?: string) => {
    rememberTenant(slug);
    window.location.assign(signInAddress(slug, return_to, region));
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
        <LoginNotice reason={reason} error={error} />
        {tenant !== undefined && choose !== undefined && (
          <RegionChoice
            slug={tenant}
            regions={choose.split(",")}
            onChoose={(region) => signIn(tenant, region)}
          />
        )}
        <form
          className={classes.form}
          onSubmit={form.onSubmit(({ slug }) => signIn(slug.trim().toLowerCase()))}
        >
          <TextInput
            label="Organisation"
            description="Its short name, as in your invitation."
            placeholder="acme"
            autoCapitalize="none"
            autoComplete="organization"
            spellCheck={false}
            ref={field}
            {...form.getInputProps("slug")}
          />
          <Button type="submit" fullWidth>
            Continue
          </Button>
        </form>
        <DevHints onChoose={signIn} />
      </div>
    </main>
  );
}
