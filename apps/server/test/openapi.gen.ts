// Made from openapi.json by `pnpm generate:files`.
export interface paths {
    "/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit log, newest first
         * @description Needs `audit_event:read`: read the audit log.
         */
        get: operations["audit_listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/security-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Security events, newest first
         * @description Needs `security_event:read`: see security events.
         */
        get: operations["audit_listSecurityEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connectors/install": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Install a connector; credentials are sealed
         * @description Needs `connector:install`: install a connector.
         */
        post: operations["connector_install"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the installed connectors
         * @description Needs `connector:read`: see the connectors.
         */
        get: operations["connector_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connectors/{connectorId}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace a connector's credentials; they are sealed and never shown
         * @description Needs `connector_credentials:update`: replace a connector's credentials.
         */
        put: operations["connector_updateCredentials"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is calling, where, with which roles
         * @description Needs `self:read`: see who one is.
         */
        get: operations["me_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/role-bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a member a role
         * @description Needs `role:grant`: give a role.
         */
        post: operations["member_grantRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite a person by e-mail address; the link is shown once
         * @description Needs `member:invite`: invite a person.
         */
        post: operations["member_invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the people and services with a role here
         * @description Needs `member:read`: see the members.
         */
        get: operations["member_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/role-bindings/{bindingId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a role away; effective at the next request
         * @description Needs `role:remove`: take a role away.
         */
        delete: operations["member_removeRole"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/provider-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the provider keys; of each secret only the last four characters
         * @description Needs `provider_key:read`: see which keys there are.
         */
        get: operations["providerKey_list"];
        put?: never;
        /**
         * Store a provider key; it is sealed and shown again only as its last four characters
         * @description Needs `provider_key:create`: store a provider key.
         */
        post: operations["providerKey_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/validate-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the provider whether a stored key works; a failure warns and changes nothing else
         * @description Needs `provider_key:validate`: try a provider key.
         */
        post: operations["providerKey_validate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List runs, newest first
         * @description Needs `run:read`: see runs.
         */
        get: operations["run_list"];
        put?: never;
        /**
         * Trigger a run of a published workflow; it is pinned to that version
         * @description Needs `run:create`: trigger a run.
         */
        post: operations["run_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One run with its steps
         * @description Needs `run:read`: see runs.
         */
        get: operations["run_read"];
        put?: never;
        post?: never;
        /**
         * Delete a finished run; its audit stays
         * @description Needs `run:delete`: delete a finished run.
         */
        delete: operations["run_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Log out; answers with the address of the identity provider's own logout
         * @description Needs `self:manage`: manage one's own sessions.
         */
        delete: operations["session_end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a tenant in a region; answers with the one-time invitation of its first administrator
         * @description Needs `tenant:create`: create a tenant.
         */
        post: operations["tenant_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenants/{tenantId}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue the first administrator's invitation again, while the tenant has no member
         * @description Needs `administrator:invite`: issue the first administrator's invitation again.
         */
        post: operations["tenant_inviteAdministrator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tenants/{tenantId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One tenant
         * @description Needs `tenant:read`: see the tenant's name and region.
         */
        get: operations["tenant_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a definition without storing it
         * @description Needs `workflow:read`: see workflows.
         */
        post: operations["workflow_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a workflow from its YAML definition
         * @description Needs `workflow:create`: create a workflow.
         */
        post: operations["workflow_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a workspace's workflows, or those published to an environment
         * @description Needs `workflow:read`: see workflows.
         */
        get: operations["workflow_list"];
        /**
         * Add a version; the ones before stay as they are
         * @description Needs `workflow:update`: add a workflow version.
         */
        put: operations["workflow_update"];
        post?: never;
        /**
         * Delete a workflow that has no runs
         * @description Needs `workflow:delete`: delete a workflow.
         */
        delete: operations["workflow_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflowId}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish a version to an environment
         * @description Needs `workflow:publish`: publish a workflow version.
         */
        post: operations["workflow_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspaceId}/workflows/{workflowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One workflow with its versions
         * @description Needs `workflow:read`: see workflows.
         */
        get: operations["workflow_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspaceId}/workflows/{workflowId}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One version with its source
         * @description Needs `workflow:read`: see workflows.
         */
        get: operations["workflow_readVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the workspaces in which the caller has a role
         * @description Needs `workspace:list`: list one's workspaces.
         */
        get: operations["workspace_list"];
        put?: never;
        /**
         * Create a workspace in the tenant's region
         * @description Needs `workspace:create`: create a workspace.
         */
        post: operations["workspace_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspaceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One workspace with its settings
         * @description Needs `workspace:read`: see the workspace.
         */
        get: operations["workspace_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workspaces/{workspaceId}/data-mode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change whether content is kept
         * @description Needs `data_mode:update`: change whether content is kept.
         */
        put: operations["workspace_updateDataMode"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Format: uuid */
        Id: string;
        AuditEvent: {
            id: components["schemas"]["Id"];
            seq: number;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            class: "decision" | "change" | "security";
            type: string;
            tenantId: components["schemas"]["Id"];
            workspaceId: components["schemas"]["Id"] | null;
            region: string;
            actor: {
                id: string;
                kind: string;
                authentication: string;
            };
            procedure: string | null;
            permission: string | null;
            outcome: ("allow" | "deny") | null;
            reason: string | null;
            resource: {
                type: string;
                id: string;
            } | null;
            decisionId: string | null;
            requestId: string | null;
            changes: {
                field: string;
                before: string | null;
                after: string | null;
            }[];
            count: number;
            leafHash: string;
            chainHash: string;
        };
        Connector: {
            id: components["schemas"]["Id"];
            workspaceId: components["schemas"]["Id"];
            kind: components["schemas"]["ConnectorKind"];
            name: string;
            config: {
                [key: string]: string;
            };
            hasCredentials: boolean;
            credentialsUpdatedAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        /** @enum {string} */
        ConnectorKind: "servicenow" | "webhook";
        Me: {
            principal: {
                id: components["schemas"]["Id"];
                /** @enum {string} */
                kind: "user" | "service" | "platform";
                displayName: string;
                email: string | null;
                /** @enum {string} */
                authentication: "session" | "api_key" | "platform_key";
            };
            tenant: {
                id: components["schemas"]["Id"];
                name: string;
                slug: string;
                region: components["schemas"]["RegionName"];
            };
            workspaces: {
                id: components["schemas"]["Id"];
                name: string;
                region: components["schemas"]["RegionName"];
                dataPersistenceMode: string;
                roles: components["schemas"]["Role"][];
            }[];
            tenantRoles: components["schemas"]["Role"][];
        };
        /** @example eu-west-1 */
        RegionName: string;
        /** @enum {string} */
        Role: "WorkspaceAdmin" | "Operator" | "Approver" | "Auditor" | "IntegrationAdmin";
        RoleBinding: {
            id: components["schemas"]["Id"];
            role: components["schemas"]["Role"];
            workspaceId: components["schemas"]["Id"] | null;
            expiresAt: string | null;
        };
        IssuedInvitation: {
            id: components["schemas"]["Id"];
            url: string;
            email: string | null;
            /** Format: date-time */
            expiresAt: string;
        };
        Member: {
            id: components["schemas"]["Id"];
            /** @enum {string} */
            kind: "user" | "service";
            displayName: string;
            email: string | null;
            /** @enum {string} */
            state: "active" | "disabled";
            bindings: components["schemas"]["RoleBinding"][];
            lastSeenAt: string | null;
        };
        /** @enum {string} */
        Provider: "openai" | "azure_openai" | "anthropic";
        CreatedProviderKey: {
            providerKey: components["schemas"]["ProviderKey"];
            warnings: string[];
        };
        ProviderKey: {
            id: components["schemas"]["Id"];
            workspaceId: components["schemas"]["Id"];
            provider: components["schemas"]["Provider"];
            name: string;
            lastFour: string;
            endpoint: string | null;
            /** @enum {string} */
            health: "unknown" | "valid" | "invalid" | "unreachable";
            checkedAt: string | null;
            version: number;
            /** Format: date-time */
            createdAt: string;
            createdBy: components["schemas"]["Id"];
        };
        ValidatedKey: {
            providerKeyId: components["schemas"]["Id"];
            /** @enum {string} */
            health: "unknown" | "valid" | "invalid" | "unreachable";
            models: number | null;
            warning: string | null;
            /** Format: date-time */
            checkedAt: string;
        };
        /** @description Any JSON value. */
        Json: unknown;
        Run: {
            id: components["schemas"]["Id"];
            workspaceId: components["schemas"]["Id"];
            workflowId: components["schemas"]["Id"];
            workflowName: string;
            workflowVersion: number;
            environment: string;
            state: components["schemas"]["RunState"];
            /** @enum {string} */
            trigger: "manual" | "api";
            requestedBy: components["schemas"]["Id"];
            requestedByName: string;
            stepsDone: number;
            stepsTotal: number;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
        };
        /** @enum {string} */
        RunState: "queued" | "running" | "waiting_for_approval" | "succeeded" | "failed" | "cancelled";
        RunDetail: {
            id: components["schemas"]["Id"];
            workspaceId: components["schemas"]["Id"];
            workflowId: components["schemas"]["Id"];
            workflowName: string;
            workflowVersion: number;
            environment: string;
            state: components["schemas"]["RunState"];
            /** @enum {string} */
            trigger: "manual" | "api";
            requestedBy: components["schemas"]["Id"];
            requestedByName: string;
            stepsDone: number;
            stepsTotal: number;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            inputs: {
                [key: string]: components["schemas"]["Json"];
            };
            contentKept: boolean;
            steps: {
                id: components["schemas"]["Id"];
                stepId: string;
                use: string;
                /** @enum {string} */
                state: "pending" | "running" | "waiting" | "succeeded" | "failed" | "skipped";
                needs: string[];
                startedAt: string | null;
                finishedAt: string | null;
            }[];
        };
        EndedSession: {
            id: components["schemas"]["Id"];
            redirectTo: string;
        };
        CreatedTenant: {
            tenant: components["schemas"]["Tenant"];
            invitation: components["schemas"]["IssuedInvitation"];
        };
        Tenant: {
            id: components["schemas"]["Id"];
            name: string;
            slug: string;
            region: components["schemas"]["RegionName"];
            /** @enum {string} */
            state: "active" | "offboarded";
            /** Format: date-time */
            createdAt: string;
        };
        Workflow: {
            id: components["schemas"]["Id"];
            workspaceId: components["schemas"]["Id"];
            name: string;
            description: string;
            latest: components["schemas"]["WorkflowVersion"];
            publications: components["schemas"]["Publication"][];
            /** Format: date-time */
            createdAt: string;
            source: string;
            versions: components["schemas"]["WorkflowVersion"][];
        };
        WorkflowVersion: {
            id: components["schemas"]["Id"];
            workflowId: components["schemas"]["Id"];
            version: number;
            digest: string;
            riskTier: components["schemas"]["RiskTier"];
            /** Format: date-time */
            createdAt: string;
            createdBy: components["schemas"]["Id"];
        };
        /** @enum {string} */
        RiskTier: "low" | "medium" | "high" | "critical";
        Publication: {
            environment: string;
            version: number;
            /** Format: date-time */
            publishedAt: string;
            publishedBy: components["schemas"]["Id"];
        };
        WorkflowSummary: {
            id: components["schemas"]["Id"];
            workspaceId: components["schemas"]["Id"];
            name: string;
            description: string;
            latest: components["schemas"]["WorkflowVersion"];
            publications: components["schemas"]["Publication"][];
            /** Format: date-time */
            createdAt: string;
        };
        PublishedWorkflow: {
            environment: string;
            version: number;
            /** Format: date-time */
            publishedAt: string;
            publishedBy: components["schemas"]["Id"];
            workflowId: components["schemas"]["Id"];
            versionId: components["schemas"]["Id"];
        };
        WorkflowVersionSource: {
            id: components["schemas"]["Id"];
            workflowId: components["schemas"]["Id"];
            version: number;
            digest: string;
            riskTier: components["schemas"]["RiskTier"];
            /** Format: date-time */
            createdAt: string;
            createdBy: components["schemas"]["Id"];
            source: string;
        };
        Workspace: {
            id: components["schemas"]["Id"];
            tenantId: components["schemas"]["Id"];
            name: string;
            region: components["schemas"]["RegionName"];
            settings: {
                dataPersistenceMode: components["schemas"]["DataMode"];
            };
            /** Format: date-time */
            createdAt: string;
        };
        /** @enum {string} */
        DataMode: "metadata_only" | "full";
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @enum {string} */
            code: "invalid_input" | "malformed_body" | "workspace_required" | "batch_with_idempotency_key" | "unauthenticated" | "forbidden" | "region_mismatch" | "cross_site" | "not_found" | "method_not_allowed" | "already_exists" | "conflict" | "answer_not_kept" | "body_too_large" | "unsupported_media_type" | "idempotency_key_reused" | "content_refused" | "invalid_workflow" | "invalid_run_inputs" | "not_published" | "rate_limited" | "internal" | "audit_unavailable" | "unavailable";
            detail: string;
            requestId?: string;
            decisionId?: string;
            /** @enum {string} */
            reason?: "unknown_permission" | "unauthenticated" | "principal_disabled" | "credential_expired" | "region_mismatch" | "tenant_mismatch" | "workspace_mismatch" | "workspace_required" | "platform_only" | "platform_sees_no_data" | "no_binding" | "binding_expired" | "role_lacks_permission" | "auditor_never_mutates" | "own_request" | "service_never_approves" | "tenant_has_members";
            errors?: {
                field: string;
                message: string;
                allowed?: string[];
                line?: number;
                column?: number;
            }[];
            resourceId?: string;
            retryAfterSeconds?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    audit_listEvents: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
                class?: "decision" | "change" | "security";
                type?: string;
                actorId?: components["schemas"]["Id"];
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEvent"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    audit_listSecurityEvents: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEvent"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    connector_install: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    kind: "servicenow";
                    config: {
                        /** Format: uri */
                        instanceUrl: string;
                    };
                    credentials?: {
                        username: string;
                        password: string;
                    };
                    name: string;
                    workspaceId?: components["schemas"]["Id"];
                } | {
                    /** @constant */
                    kind: "webhook";
                    config: {
                        /** Format: uri */
                        url: string;
                    };
                    credentials?: {
                        signingSecret: string;
                    };
                    name: string;
                    workspaceId?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connector"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    connector_list: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Connector"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    connector_updateCredentials: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                connectorId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    workspaceId?: components["schemas"]["Id"];
                    credentials: {
                        username: string;
                        password: string;
                    } | {
                        signingSecret: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connector"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_grantRole: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    memberId: components["schemas"]["Id"];
                    role: components["schemas"]["Role"];
                    workspaceId?: components["schemas"]["Id"];
                    /** @default false */
                    tenantWide?: boolean;
                    /** Format: date-time */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleBinding"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_invite: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    role: components["schemas"]["Role"];
                    workspaceId?: components["schemas"]["Id"];
                    /** @default false */
                    tenantWide?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedInvitation"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_list: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Member"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    member_removeRole: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
            };
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                bindingId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: components["schemas"]["Id"];
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    providerKey_list: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ProviderKey"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    providerKey_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    provider: components["schemas"]["Provider"];
                    name: string;
                    key: string;
                    endpoint?: string;
                    workspaceId?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedProviderKey"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    providerKey_validate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    providerKeyId: components["schemas"]["Id"];
                    workspaceId?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidatedKey"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    run_list: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
                workflowId?: components["schemas"]["Id"];
                state?: components["schemas"]["RunState"];
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Run"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    run_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    workflowId: components["schemas"]["Id"];
                    /** @default prod */
                    environment?: string;
                    /** @default {} */
                    inputs?: {
                        [key: string]: components["schemas"]["Json"];
                    };
                    workspaceId?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    run_read: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
            };
            header?: {
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                runId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    run_delete: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
            };
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                runId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: components["schemas"]["Id"];
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_end: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedSession"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tenant_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    region: components["schemas"]["RegionName"];
                    slug?: string;
                    adminEmail?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedTenant"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tenant_inviteAdministrator: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                tenantId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    email?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedInvitation"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tenant_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tenantId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workflow_check: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source: string;
                    workspaceId?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                        name: string | null;
                        digest: string | null;
                        problems: {
                            line: number;
                            column: number;
                            path: string;
                            rule: string;
                            message: string;
                            allowed?: string[];
                        }[];
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workflow_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source: string;
                    workspaceId?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workflow_list: {
        parameters: {
            query?: {
                environment?: string;
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                /** @description workspaceId */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WorkflowSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workflow_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                /** @description workflowId */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source: string;
                    workspaceId?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workflow_delete: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
            };
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                /** @description workflowId */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: components["schemas"]["Id"];
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workflow_publish: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                workflowId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    version?: number;
                    /** @default prod */
                    environment?: string;
                    workspaceId?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedWorkflow"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workflow_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                workspaceId: components["schemas"]["Id"];
                workflowId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workflow_readVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                workspaceId: components["schemas"]["Id"];
                workflowId: components["schemas"]["Id"];
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowVersionSource"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspace_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Workspace"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspace_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    region: components["schemas"]["RegionName"];
                    tenantId?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspace_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                workspaceId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    workspace_updateDataMode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                workspaceId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataPersistenceMode: components["schemas"]["DataMode"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description A problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
