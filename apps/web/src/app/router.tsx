import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router";
import { WorkspaceLayout } from "../shell/workspace-layout.tsx";
import { Home } from "./home.tsx";
import { NotFound } from "./not-found.tsx";
import {
  agentsSearch,
  auditSearch,
  connectorsSearch,
  deviceSearch,
  keysSearch,
  letInSearch,
  loginSearch,
  membersSearch,
  runsSearch,
  securitySearch,
  tenantsSearch,
  workflowSearch,
  workflowsSearch,
} from "./page-search.ts";
import { PageCrashed } from "./page-crashed.tsx";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const home = createRoute({ getParentRoute: () => root, path: "/", component: Home });

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: loginSearch,
  component: lazyRouteComponent(() => import("../pages/login/login-page.tsx"), "LoginPage"),
});

const tenants = createRoute({
  getParentRoute: () => root,
  path: "/tenants",
  validateSearch: tenantsSearch,
  component: lazyRouteComponent(() => import("../pages/tenants/tenants-page.tsx"), "TenantsPage"),
});

const letIn = createRoute({
  getParentRoute: () => root,
  path: "/let-in",
  validateSearch: letInSearch,
  component: lazyRouteComponent(() => import("../pages/let-in/let-in-page.tsx"), "LetInPage"),
});

const device = createRoute({
  getParentRoute: () => root,
  path: "/device",
  validateSearch: deviceSearch,
  component: lazyRouteComponent(() => import("../pages/device/device-page.tsx"), "DevicePage"),
});

const workspace = createRoute({
  getParentRoute: () => root,
  path: "/w/$workspaceId",
  component: WorkspaceLayout,
});

const inWorkspace = { getParentRoute: () => workspace };

const overview = createRoute({
  ...inWorkspace,
  path: "/",
  component: lazyRouteComponent(
    () => import("../pages/overview/overview-page.tsx"),
    "OverviewPage",
  ),
});

const runs = createRoute({
  ...inWorkspace,
  path: "/runs",
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => import("../pages/runs/runs-page.tsx"), "RunsPage"),
});

const run = createRoute({
  ...inWorkspace,
  path: "/runs/$runId",
  component: lazyRouteComponent(() => import("../pages/runs/run-page.tsx"), "RunPage"),
});

const workflows = createRoute({
  ...inWorkspace,
  path: "/workflows",
  validateSearch: workflowsSearch,
  component: lazyRouteComponent(
    () => import("../pages/workflows/workflows-page.tsx"),
    "WorkflowsPage",
  ),
});

const newWorkflow = createRoute({
  ...inWorkspace,
  path: "/workflows/new",
  component: lazyRouteComponent(
    () => import("../pages/workflows/new-workflow-page.tsx"),
    "NewWorkflowPage",
  ),
});

const workflow = createRoute({
  ...inWorkspace,
  path: "/workflows/$workflowId",
  validateSearch: workflowSearch,
  component: lazyRouteComponent(
    () => import("../pages/workflows/workflow-page.tsx"),
    "WorkflowPage",
  ),
});

const newVersion = createRoute({
  ...inWorkspace,
  path: "/workflows/$workflowId/edit",
  component: lazyRouteComponent(
    () => import("../pages/workflows/new-version-page.tsx"),
    "NewVersionPage",
  ),
});

const audit = createRoute({
  ...inWorkspace,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import("../pages/audit/audit-page.tsx"), "AuditPage"),
});

const security = createRoute({
  ...inWorkspace,
  path: "/security",
  validateSearch: securitySearch,
  component: lazyRouteComponent(() => import("../pages/audit/security-page.tsx"), "SecurityPage"),
});

const providerKeys = createRoute({
  ...inWorkspace,
  path: "/provider-keys",
  validateSearch: keysSearch,
  component: lazyRouteComponent(
    () => import("../pages/provider-keys/provider-keys-page.tsx"),
    "ProviderKeysPage",
  ),
});

const connectors = createRoute({
  ...inWorkspace,
  path: "/connectors",
  validateSearch: connectorsSearch,
  component: lazyRouteComponent(
    () => import("../pages/connectors/connectors-page.tsx"),
    "ConnectorsPage",
  ),
});

const agents = createRoute({
  ...inWorkspace,
  path: "/agents",
  validateSearch: agentsSearch,
  component: lazyRouteComponent(() => import("../pages/agents/agents-page.tsx"), "AgentsPage"),
});

const sessions = createRoute({
  ...inWorkspace,
  path: "/sessions",
  component: lazyRouteComponent(
    () => import("../pages/sessions/sessions-page.tsx"),
    "SessionsPage",
  ),
});

const members = createRoute({
  ...inWorkspace,
  path: "/members",
  validateSearch: membersSearch,
  component: lazyRouteComponent(() => import("../pages/members/members-page.tsx"), "MembersPage"),
});

const settings = createRoute({
  ...inWorkspace,
  path: "/settings",
  component: lazyRouteComponent(
    () => import("../pages/settings/settings-page.tsx"),
    "SettingsPage",
  ),
});

const signIn = createRoute({
  ...inWorkspace,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("../pages/sign-in/sign-in-page.tsx"), "SignInPage"),
});

const routeTree = root.addChildren([
  home,
  login,
  tenants,
  letIn,
  device,
  workspace.addChildren([
    overview,
    runs,
    run,
    workflows,
    newWorkflow,
    workflow,
    newVersion,
    audit,
    security,
    providerKeys,
    connectors,
    agents,
    members,
    sessions,
    settings,
    signIn,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultErrorComponent: PageCrashed,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
