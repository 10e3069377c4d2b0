import { apiKeyRouter } from "../features/api-key/router.ts";
import { appSessionRouter } from "../features/app-session/router.ts";
import { auditRouter } from "../features/audit/router.ts";
import { authzRouter } from "../features/authz/router.ts";
import { clientAuthorityRouter } from "../features/client-authority/router.ts";
import { connectorRouter } from "../features/connector/router.ts";
import { emailDomainRouter } from "../features/email-domain/router.ts";
import { groupRuleRouter } from "../features/group-rule/router.ts";
import { identityProviderRouter } from "../features/identity-provider/router.ts";
import { invitationRouter } from "../features/invitation/router.ts";
import { meRouter } from "../features/me/router.ts";
import { memberRouter } from "../features/member/router.ts";
import { personRouter } from "../features/person/router.ts";
import { platformKeyRouter } from "../features/platform-key/router.ts";
import { providerKeyRouter } from "../features/provider-key/router.ts";
import { runRouter } from "../features/run/router.ts";
import { serviceRouter } from "../features/service/router.ts";
import { sessionRouter } from "../features/session/router.ts";
import { tenantRouter } from "../features/tenant/router.ts";
import { webhookRouter } from "../features/webhook/router.ts";
import { workflowRouter } from "../features/workflow/router.ts";
import { workspaceRouter } from "../features/workspace/router.ts";
import { t } from "./init.ts";

/** The table of contents. */
export const appRouter = t.router({
  apiKey: apiKeyRouter,
  appSession: appSessionRouter,
  audit: auditRouter,
  authz: authzRouter,
  clientAuthority: clientAuthorityRouter,
  connector: connectorRouter,
  emailDomain: emailDomainRouter,
  groupRule: groupRuleRouter,
  identityProvider: identityProviderRouter,
  invitation: invitationRouter,
  me: meRouter,
  member: memberRouter,
  person: personRouter,
  platformKey: platformKeyRouter,
  providerKey: providerKeyRouter,
  run: runRouter,
  service: serviceRouter,
  session: sessionRouter,
  tenant: tenantRouter,
  webhook: webhookRouter,
  workflow: workflowRouter,
  workspace: workspaceRouter,
});

export type AppRouter = typeof appRouter;
