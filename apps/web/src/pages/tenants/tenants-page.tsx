import { Button, SegmentedControl } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { signOut } from "../../api/sign-out.ts";
import { trpc } from "../../api/trpc.ts";
import { useOffers } from "../../lib/fetch-offers.ts";
import { ColorSchemeToggle } from "../../shell/color-scheme-toggle.tsx";
import { Bare } from "../../shell/bare.tsx";
import { ShellSkeleton } from "../../shell/shell-skeleton.tsx";
import { BrandMark } from "../../ui/brand-mark.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { ListBody } from "../../ui/list-body.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { CreateTenantDialog } from "./create-tenant-dialog.tsx";
import { PlatformKeyPanel } from "./platform-key-panel.tsx";
import { TENANT_COLUMNS } from "./tenant-columns.tsx";
import classes from "./tenants-page.module.css";

const route = getRouteApi("/tenants");

/** For platform administrators alone. Somebody of a tenant who comes by is shown the way back. */
export function TenantsPage() {
  const me = trpc.me.read.useQuery({});
  if (me.error) {
    return (
      <Bare title="This page could not be opened">
        <ProblemNotice error={me.error} during="read" onRetry={() => me.refetch()} />
      </Bare>
    );
  }
  if (!me.data) return <ShellSkeleton />;
  const { kind, displayName } = me.data.principal;
  if (kind === "platform") return <Tenants who={displayName} />;
  return (
    <Bare title="For platform administrators">
      <div className="dim">
        Which tenants there are is for those who run this platform. You are signed in to one of the
        tenants.
      </div>
      <div>
        <LinkButton to="/" variant="default">
          Go to your workspace
        </LinkButton>
      </div>
    </Bare>
  );
}

/** Which tenants there are, and in which regions. Nothing of a tenant's is here. */
function Tenants({ who }: { who: string }) {
  const { region: wished, dialog } = route.useSearch();
  const navigate = route.useNavigate();
  const { regions } = useOffers();
  const region = regions.find((each) => each === wished) ?? regions[0];
  const list = trpc.tenant.list.useInfiniteQuery(
    { limit: 50, ...(region === undefined ? {} : { region }) },
    {
      enabled: region !== undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    },
  );
  const show = (search: { region?: string | undefined; dialog?: "create" | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...search }) });
  return (
    <div className={classes.frame}>
      <header className={classes.bar}>
        <BrandMark />
        <span className={`${classes.who} dim`}>{who}</span>
        <ColorSchemeToggle />
        <Button variant="default" onClick={signOut}>
          Sign out
        </Button>
      </header>
      <main id="page" className={classes.main}>
        <Page
          title="Tenants"
          lead="Who is on this platform, and in which region."
          crumbs={[{ label: "Tenants" }]}
          actions={
            <Button
              leftSection={<Plus size={14} aria-hidden />}
              onClick={() => show({ dialog: "create" })}
            >
              Create tenant
            </Button>
          }
        >
          <p className={`${classes.note} dim`}>
            No tenant’s data is here: platform administrators see that a tenant exists, and nothing
            of what it has.
          </p>
          {regions.length > 1 && (
            <SegmentedControl
              aria-label="Region"
              data={[...regions]}
              value={region ?? ""}
              onChange={(chosen) => show({ region: chosen })}
              mb={16}
            />
          )}
          <ListBody
            label="Tenants"
            query={list}
            columns={TENANT_COLUMNS}
            itemKey={(tenant) => tenant.id}
            empty={
              <EmptyState title={`No tenant in ${region ?? "this region"} yet`}>
                Creating one answers with the invitation of its first administrator.
              </EmptyState>
            }
          />
          <PlatformKeyPanel />
        </Page>
      </main>
      {region !== undefined && (
        <CreateTenantDialog
          key={region}
          opened={dialog === "create"}
          regions={regions}
          region={region}
          onClose={() => show({ dialog: undefined })}
        />
      )}
    </div>
  );
}
