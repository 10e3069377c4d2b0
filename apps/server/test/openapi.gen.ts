// Made from openapi.json by `pnpm generate:files`.
export interface paths {
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List keys: how they begin, when they end, when they were used; never the keys themselves
         * @description Needs `api_key:read`: see which API keys there are.
         */
        get: operations["apiKey_list"];
        put?: never;
        /**
         * Create a service's key, bound to the workspace; it is shown once
         * @description Needs `api_key:create`: create an API key.
         */
        post: operations["apiKey_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{apiKeyId}": {
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
         * Revoke a key, also one in its overlap; effective at its next request
         * @description Needs `api_key:revoke`: revoke an API key.
         */
        delete: operations["apiKey_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{apiKeyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a key's successor, shown once; the old key goes on for an overlap of 0 to 48 h
         * @description Needs `api_key:rotate`: rotate an API key.
         */
        post: operations["apiKey_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app-sessions/device": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say which device shows this code, before one lets it in
         * @description Needs `self:read`: see who one is.
         */
        get: operations["appSession_readDevice"];
        put?: never;
        /**
         * Let a device in that shows this code, or refuse it
         * @description Needs `self:manage`: manage one's own sessions.
         */
        post: operations["appSession_answerDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the apps and devices where one is signed in
         * @description Needs `self:read`: see who one is.
         */
        get: operations["appSession_list"];
        put?: never;
        /**
         * Let an app in; answers with the address that carries the code to it
         * @description Needs `self:manage`: manage one's own sessions.
         */
        post: operations["appSession_authorize"];
        /**
         * Sign all of one's apps and devices out
         * @description Needs `self:manage`: manage one's own sessions.
         */
        delete: operations["appSession_revokeAll"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app-sessions/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say what an app asks for, before one lets it in
         * @description Needs `self:read`: see who one is.
         */
        get: operations["appSession_readRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app-sessions/{appSessionId}": {
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
         * Sign one of one's apps out; effective at its next request
         * @description Needs `self:manage`: manage one's own sessions.
         */
        delete: operations["appSession_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A stretch of the audit log as an evidence bundle, to be verified offline
         * @description Needs `audit_event:export`: take the audit log away as evidence.
         */
        get: operations["audit_exportEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
    "/audit/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public keys of the audit log's checkpoints
         * @description Needs `audit_event:read`: read the audit log.
         */
        get: operations["audit_listKeys"];
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
    "/audit/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The proof that the log of one size continues the log of a smaller one
         * @description Needs `audit_event:read`: read the audit log.
         */
        get: operations["audit_proveConsistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/events/{eventId}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The proof that an event is in the log that the latest checkpoint signs
         * @description Needs `audit_event:read`: read the audit log.
         */
        get: operations["audit_proveEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The latest signed checkpoint of the audit log
         * @description Needs `audit_event:read`: read the audit log.
         */
        get: operations["audit_readCheckpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/events/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One event of the audit log
         * @description Needs `audit_event:read`: read the audit log.
         */
        get: operations["audit_readEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far the audit log is sealed, and its last checkpoint
         * @description Needs `audit_event:read`: read the audit log.
         */
        get: operations["audit_readStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/authz/can": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which of these permissions the caller has
         * @description Needs `authz:explain`: ask why one may or may not.
         */
        post: operations["authz_can"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/authz/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whether one may, and why, without trying
         * @description Needs `authz:explain`: ask why one may or may not.
         */
        post: operations["authz_explain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/decisions/{decisionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why a decision was made so: the rule, the roles considered, and what would have granted it
         * @description Needs `authz:explain`: ask why one may or may not.
         */
        get: operations["authz_explainDecision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/client-authorities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the CAs whose certificates let the tenant's services in
         * @description Needs `client_authority:read`: see the CAs for client certificates.
         */
        get: operations["clientAuthority_list"];
        put?: never;
        /**
         * Register a CA: certificates that it issues for the tenant's services let them in
         * @description Needs `client_authority:register`: register a CA for client certificates.
         */
        post: operations["clientAuthority_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/client-authorities/{clientAuthorityId}": {
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
         * Remove a CA; every certificate under it is refused from its next request on
         * @description Needs `client_authority:remove`: remove a CA for client certificates.
         */
        delete: operations["clientAuthority_remove"];
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
    "/email-domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tenant's email domains with the records that prove them
         * @description Needs `email_domain:read`: see the email domains.
         */
        get: operations["emailDomain_list"];
        put?: never;
        /**
         * Claim an email domain; answers with the DNS record that proves it
         * @description Needs `email_domain:create`: claim an email domain.
         */
        post: operations["emailDomain_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/email-domains/{emailDomainId}/prove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look the domain's TXT record up; with it people find the login by their address
         * @description Needs `email_domain:prove`: prove an email domain.
         */
        post: operations["emailDomain_prove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/email-domains/{emailDomainId}": {
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
         * Give an email domain up
         * @description Needs `email_domain:remove`: give up an email domain.
         */
        delete: operations["emailDomain_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/group-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List which group has which role where
         * @description Needs `group_rule:read`: see the group rules.
         */
        get: operations["groupRule_list"];
        put?: never;
        /**
         * Give everybody in a group a role; in force at once, over the groups last seen
         * @description Needs `group_rule:create`: give a group a role.
         */
        post: operations["groupRule_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/group-rules/{groupRuleId}": {
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
         * Remove a group rule and the roles that it gave; effective at the next request
         * @description Needs `group_rule:remove`: remove a group rule.
         */
        delete: operations["groupRule_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity-providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tenant's own OpenID providers
         * @description Needs `identity_provider:read`: see the identity providers.
         */
        get: operations["identityProvider_list"];
        put?: never;
        /**
         * Add an OpenID provider of the tenant; its metadata is read and checked first
         * @description Needs `identity_provider:create`: add an identity provider.
         */
        post: operations["identityProvider_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity-providers/{identityProviderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change an OpenID provider, or switch it off and on; what is left out stays
         * @description Needs `identity_provider:update`: change an identity provider.
         */
        put: operations["identityProvider_update"];
        post?: never;
        /**
         * Remove an OpenID provider with its group rules; sessions that were begun by it go on
         * @description Needs `identity_provider:remove`: remove an identity provider.
         */
        delete: operations["identityProvider_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity-providers/{identityProviderId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read an OpenID provider's metadata again; answers with what was found, or why it fails
         * @description Needs `identity_provider:test`: try an identity provider.
         */
        post: operations["identityProvider_test"];
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
        /**
         * List invitations that nobody has accepted yet
         * @description Needs `invitation:read`: see open invitations.
         */
        get: operations["invitation_list"];
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
    "/members/invitations/{invitationId}": {
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
         * Revoke an invitation; its link leads nowhere from then on
         * @description Needs `invitation:revoke`: revoke an invitation.
         */
        delete: operations["invitation_revoke"];
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
    "/members/{memberId}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disable a person; their sessions end, effective at the next request
         * @description Needs `member:disable`: disable a member.
         */
        post: operations["member_disable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/{memberId}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a disabled person in again, with the roles they had
         * @description Needs `member:enable`: let a disabled member in again.
         */
        post: operations["member_enable"];
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
    "/members/{memberId}": {
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
         * Remove a person: roles, logins and name go, history stays
         * @description Needs `member:remove`: remove a member.
         */
        delete: operations["member_remove"];
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
    "/persons/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that two members are one person: separation of duties then takes them for one
         * @description Needs `person:link`: say that two accounts are one person.
         */
        post: operations["person_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/platform-key/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the platform key at once, everywhere; refused while nobody could log in instead
         * @description Needs `platform_key:disable`: switch the platform key off.
         */
        post: operations["platformKey_disable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/platform-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the platform key lets anybody in, and since when; never the key
         * @description Needs `platform_key:read`: see whether the platform key lets anybody in.
         */
        get: operations["platformKey_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/platform-key/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new platform key, shown once; the old one goes on for an overlap of 0 to 48 h
         * @description Needs `platform_key:rotate`: rotate the platform key.
         */
        post: operations["platformKey_rotate"];
        delete?: never;
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
    "/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the services with a role here
         * @description Needs `service:read`: see the services.
         */
        get: operations["service_list"];
        put?: never;
        /**
         * Create a service with roles in the workspace or, tenant-wide, in the tenant
         * @description Needs `service:create`: create a service.
         */
        post: operations["service_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/services/{serviceId}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disable a service; effective at its next request
         * @description Needs `service:disable`: disable a service.
         */
        post: operations["service_disable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/services/{serviceId}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a disabled service call again, with the keys it still has
         * @description Needs `service:enable`: let a disabled service call again.
         */
        post: operations["service_enable"];
        delete?: never;
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
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List one's own sessions, with the device and the address they began from
         * @description Needs `self:read`: see who one is.
         */
        get: operations["session_list"];
        put?: never;
        post?: never;
        /**
         * End all of one's own sessions but the one that asks
         * @description Needs `self:manage`: manage one's own sessions.
         */
        delete: operations["session_revokeOthers"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{sessionId}": {
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
         * End one of one's own sessions; effective at its next request
         * @description Needs `self:manage`: manage one's own sessions.
         */
        delete: operations["session_revoke"];
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
        /**
         * List the tenants of a region, newest first; nothing that is theirs
         * @description Needs `tenant:list`: see which tenants there are.
         */
        get: operations["tenant_list"];
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
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the addresses that security events are told to
         * @description Needs `webhook:read`: see the webhooks.
         */
        get: operations["webhook_list"];
        put?: never;
        /**
         * Have security events told to an address; the secret that signs them is shown once
         * @description Needs `webhook:create`: add a webhook.
         */
        post: operations["webhook_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{webhookId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was told to a webhook, newest first, kept for 30 days
         * @description Needs `webhook:read`: see the webhooks.
         */
        get: operations["webhook_listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{webhookId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a webhook, or switch it off and on; what is left out stays
         * @description Needs `webhook:update`: change a webhook.
         */
        put: operations["webhook_update"];
        post?: never;
        /**
         * Remove a webhook with its secret and its deliveries
         * @description Needs `webhook:remove`: remove a webhook.
         */
        delete: operations["webhook_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{webhookId}/deliveries/{deliveryId}/repeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver again what was delivered or given up; the message keeps its id
         * @description Needs `webhook_delivery:repeat`: deliver to a webhook again.
         */
        post: operations["webhook_repeatDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{webhookId}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign with a new secret, shown once; for 24 h the former one signs as well
         * @description Needs `webhook_secret:rotate`: rotate a webhook's secret.
         */
        post: operations["webhook_rotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{webhookId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a signed message that tells no event; the delivery says what became of it
         * @description Needs `webhook:test`: try a webhook.
         */
        post: operations["webhook_test"];
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
        CreatedApiKey: {
            apiKey: components["schemas"]["ApiKey"];
            key: string;
        };
        ApiKey: {
            id: components["schemas"]["Id"];
            serviceId: components["schemas"]["Id"];
            serviceName: string;
            workspaceId: components["schemas"]["Id"] | null;
            name: string;
            prefix: string;
            permissions: string[] | null;
            /** @enum {string} */
            state: "active" | "ending" | "ended" | "revoked";
            /** Format: date-time */
            createdAt: string;
            createdBy: components["schemas"]["Id"] | null;
            expiresAt: string | null;
            lastUsedAt: string | null;
            revokedAt: string | null;
            rotatedTo: components["schemas"]["Id"] | null;
        };
        RevokedApiKey: {
            id: components["schemas"]["Id"];
            /** Format: date-time */
            revokedAt: string;
        };
        RotatedApiKey: {
            apiKey: components["schemas"]["ApiKey"];
            key: string;
            previous: components["schemas"]["ApiKey"];
        };
        AnsweredDevice: {
            id: components["schemas"]["Id"];
            allowed: boolean;
        };
        DeviceRequest: {
            id: components["schemas"]["Id"];
            app: string;
            clientId: string;
            device: string | null;
            address: string | null;
            workspace: {
                id: components["schemas"]["Id"];
                name: string;
            } | null;
            /** Format: date-time */
            askedAt: string;
            /** Format: date-time */
            endsAt: string;
        };
        AuthorizedApp: {
            id: components["schemas"]["Id"];
            redirectTo: string;
        };
        AppSession: {
            id: components["schemas"]["Id"];
            current: boolean;
            app: string;
            device: string | null;
            workspaceId: components["schemas"]["Id"] | null;
            /** Format: date-time */
            createdAt: string;
            lastUsedAt: string | null;
            /** Format: date-time */
            endsAt: string;
        };
        RevokedAppSessions: {
            ids: components["schemas"]["Id"][];
        };
        AppRequest: {
            app: string;
            clientId: string;
            redirectTo: string;
            device: string | null;
            workspace: {
                id: components["schemas"]["Id"];
                name: string;
            } | null;
            refuseTo: string;
        };
        RevokedAppSession: {
            id: components["schemas"]["Id"];
        };
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
            binding?: {
                userId: components["schemas"]["Id"];
                role: components["schemas"]["Role"];
            };
            explanation?: {
                /** @enum {string} */
                rule: "role_binding" | "everyone_for_oneself" | "platform_permission" | "unknown_permission" | "unauthenticated" | "principal_disabled" | "credential_expired" | "region_mismatch" | "tenant_mismatch" | "workspace_mismatch" | "workspace_required" | "platform_only" | "platform_sees_no_data" | "no_binding" | "binding_expired" | "role_lacks_permission" | "auditor_never_mutates" | "credential_lacks_permission" | "own_request" | "service_never_approves" | "tenant_has_members";
                bindings: components["schemas"]["ConsideredBinding"][];
                wouldGrant?: {
                    inWorkspace: components["schemas"]["Role"][];
                    tenantWide: components["schemas"]["Role"][];
                };
            };
            count: number;
            leafHash: string;
            chainHash: string;
        };
        /** @enum {string} */
        Role: "WorkspaceAdmin" | "Operator" | "Approver" | "Auditor" | "IntegrationAdmin";
        ConsideredBinding: {
            id: components["schemas"]["Id"];
            role: components["schemas"]["Role"];
            workspaceId: components["schemas"]["Id"] | null;
            expiresAt: string | null;
            /** @enum {string} */
            verdict: "allows" | "unknown_permission" | "unauthenticated" | "principal_disabled" | "credential_expired" | "region_mismatch" | "tenant_mismatch" | "workspace_mismatch" | "workspace_required" | "platform_only" | "platform_sees_no_data" | "no_binding" | "binding_expired" | "role_lacks_permission" | "auditor_never_mutates" | "credential_lacks_permission" | "own_request" | "service_never_approves" | "tenant_has_members";
        };
        AuditKeys: {
            origin: string;
            keys: string[];
        };
        ConsistencyProof: {
            from: number;
            to: number;
            proof: string[];
        };
        InclusionProof: {
            eventId: components["schemas"]["Id"];
            seq: number;
            text: string;
            leafHash: string;
            size: number;
            proof: string[];
            note: string;
        };
        Checkpoint: {
            note: string;
        };
        AuditStatus: {
            sealedSeq: number;
            checkpoint: {
                size: number;
                signedAt: string;
                keyId: string;
                note: string;
            } | null;
        };
        CanAnswer: {
            answers: {
                /** @enum {string} */
                permission: "tenant:create" | "tenant:list" | "tenant:read" | "administrator:invite" | "platform_key:read" | "platform_key:rotate" | "platform_key:disable" | "workspace:create" | "workspace:list" | "workspace:read" | "data_mode:update" | "member:read" | "member:invite" | "member:disable" | "member:enable" | "member:remove" | "invitation:read" | "invitation:revoke" | "role:grant" | "role:remove" | "person:link" | "identity_provider:create" | "identity_provider:read" | "identity_provider:update" | "identity_provider:remove" | "identity_provider:test" | "email_domain:create" | "email_domain:read" | "email_domain:prove" | "email_domain:remove" | "group_rule:create" | "group_rule:read" | "group_rule:remove" | "client_authority:register" | "client_authority:read" | "client_authority:remove" | "service:create" | "service:read" | "service:disable" | "service:enable" | "api_key:create" | "api_key:read" | "api_key:rotate" | "api_key:revoke" | "provider_key:create" | "provider_key:read" | "provider_key:validate" | "connector:install" | "connector_credentials:update" | "connector:read" | "workflow:create" | "workflow:update" | "workflow:publish" | "workflow:read" | "workflow:delete" | "run:create" | "run:read" | "run:delete" | "approval:read" | "approval:decide" | "audit_event:read" | "audit_event:export" | "authz:explain" | "security_event:read" | "webhook:create" | "webhook:read" | "webhook:update" | "webhook:remove" | "webhook:test" | "webhook_secret:rotate" | "webhook_delivery:repeat" | "self:read" | "self:manage";
                allowed: boolean;
            }[];
        };
        ExplainedQuestion: {
            explanation: components["schemas"]["Explanation"];
            sentence: string;
        };
        Explanation: {
            /** @enum {string} */
            outcome: "allow" | "deny";
            reason: ("unknown_permission" | "unauthenticated" | "principal_disabled" | "credential_expired" | "region_mismatch" | "tenant_mismatch" | "workspace_mismatch" | "workspace_required" | "platform_only" | "platform_sees_no_data" | "no_binding" | "binding_expired" | "role_lacks_permission" | "auditor_never_mutates" | "credential_lacks_permission" | "own_request" | "service_never_approves" | "tenant_has_members") | null;
            /** @enum {string} */
            rule: "role_binding" | "everyone_for_oneself" | "platform_permission" | "unknown_permission" | "unauthenticated" | "principal_disabled" | "credential_expired" | "region_mismatch" | "tenant_mismatch" | "workspace_mismatch" | "workspace_required" | "platform_only" | "platform_sees_no_data" | "no_binding" | "binding_expired" | "role_lacks_permission" | "auditor_never_mutates" | "credential_lacks_permission" | "own_request" | "service_never_approves" | "tenant_has_members";
            bindings: components["schemas"]["ConsideredBinding"][];
            wouldGrant: {
                inWorkspace: components["schemas"]["Role"][];
                tenantWide: components["schemas"]["Role"][];
            };
        };
        ExplainedDecision: {
            decisionId: components["schemas"]["Id"];
            seq: number;
            /** Format: date-time */
            time: string;
            principalId: string;
            principalKind: string;
            procedure: string | null;
            permission: string | null;
            means: string | null;
            workspaceId: components["schemas"]["Id"] | null;
            explanation: components["schemas"]["Explanation"];
            sentence: string;
        };
        ClientAuthority: {
            id: components["schemas"]["Id"];
            name: string;
            subject: string;
            fingerprint: string;
            /** Format: date-time */
            notAfter: string;
            lastUsedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: components["schemas"]["Id"];
        };
        RemovedClientAuthority: {
            id: components["schemas"]["Id"];
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
        EmailDomain: {
            id: components["schemas"]["Id"];
            domain: string;
            record: {
                name: string;
                value: string;
            };
            provedAt: string | null;
            checkedAt: string | null;
            identityProviderId: components["schemas"]["Id"] | null;
            /** Format: date-time */
            createdAt: string;
        };
        CreatedGroupRule: {
            groupRule: components["schemas"]["GroupRule"];
            given: number;
            refused: number;
        };
        GroupRule: {
            id: components["schemas"]["Id"];
            group: string;
            role: components["schemas"]["Role"];
            roleWorkspaceId: components["schemas"]["Id"] | null;
            identityProviderId: components["schemas"]["Id"] | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: components["schemas"]["Id"];
        };
        RemovedGroupRule: {
            id: components["schemas"]["Id"];
            taken: number;
        };
        ClaimNames: {
            email?: string;
            emailVerified?: string;
            name?: string;
            groups?: string;
        };
        SavedIdentityProvider: {
            identityProvider: components["schemas"]["IdentityProvider"];
            discovery: components["schemas"]["Discovery"];
        };
        IdentityProvider: {
            id: components["schemas"]["Id"];
            name: string;
            issuer: string;
            clientId: string;
            confidential: boolean;
            scopes: string;
            claimNames: components["schemas"]["ClaimNames"];
            emailDomains: string[];
            /** @enum {string} */
            state: "active" | "disabled";
            /** Format: date-time */
            createdAt: string;
        };
        Discovery: {
            usable: boolean;
            problem: string | null;
            means: string;
            pkce: ("advertised" | "unstated") | null;
            algorithms: string[];
            issInResponse: boolean;
            endSession: boolean;
        };
        TestedIdentityProvider: {
            id: components["schemas"]["Id"];
            discovery: components["schemas"]["Discovery"];
        };
        Invitation: {
            id: components["schemas"]["Id"];
            email: string | null;
            role: components["schemas"]["Role"];
            workspaceId: components["schemas"]["Id"] | null;
            /** @enum {string} */
            state: "open" | "ended";
            /** Format: date-time */
            createdAt: string;
            createdBy: components["schemas"]["Id"] | null;
            /** Format: date-time */
            expiresAt: string;
        };
        IssuedInvitation: {
            id: components["schemas"]["Id"];
            url: string;
            email: string | null;
            /** Format: date-time */
            expiresAt: string;
        };
        RevokedInvitation: {
            id: components["schemas"]["Id"];
        };
        Me: {
            principal: {
                id: components["schemas"]["Id"];
                /** @enum {string} */
                kind: "user" | "service" | "platform";
                displayName: string;
                email: string | null;
                /** @enum {string} */
                authentication: "session" | "api_key" | "access_token" | "platform_key" | "platform_login" | "client_certificate";
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
        SwitchedMember: {
            id: components["schemas"]["Id"];
            /** @enum {string} */
            state: "active" | "disabled";
        };
        RoleBinding: {
            id: components["schemas"]["Id"];
            role: components["schemas"]["Role"];
            workspaceId: components["schemas"]["Id"] | null;
            expiresAt: string | null;
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
        RemovedMember: {
            id: components["schemas"]["Id"];
        };
        LinkedPerson: {
            personId: components["schemas"]["Id"];
            memberIds: components["schemas"]["Id"][];
        };
        DisabledPlatformKey: {
            /** Format: date-time */
            disabledAt: string;
            unreached: components["schemas"]["RegionName"][];
            wayBack: string;
        };
        PlatformKey: {
            /** @enum {string} */
            state: "active" | "off";
            since: string | null;
            lastUsedAt: string | null;
            previousEndsAt: string | null;
            loginConfigured: boolean;
        };
        RotatedPlatformKey: {
            id: components["schemas"]["Id"];
            key: string;
            /** Format: date-time */
            previousEndsAt: string;
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
        /** @description Any JSON value. In a request, no object in it may have a member `__proto__`. */
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
        Service: {
            id: components["schemas"]["Id"];
            name: string;
            /** @enum {string} */
            state: "active" | "disabled";
            bindings: components["schemas"]["RoleBinding"][];
            liveKeys: number;
            keysEndAt: string | null;
            lastUsedAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        SwitchedService: {
            id: components["schemas"]["Id"];
            /** @enum {string} */
            state: "active" | "disabled";
        };
        EndedSession: {
            id: components["schemas"]["Id"];
            redirectTo: string;
        };
        Session: {
            id: components["schemas"]["Id"];
            current: boolean;
            device: string | null;
            address: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastSeenAt: string;
            /** Format: date-time */
            idleEndsAt: string;
            /** Format: date-time */
            endsAt: string;
        };
        SessionLimits: {
            idleMinutes: number;
            absoluteMinutes: number;
        };
        RevokedSessions: {
            ids: components["schemas"]["Id"][];
        };
        RevokedSession: {
            id: components["schemas"]["Id"];
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
        WebhookWithSecret: {
            webhook: components["schemas"]["Webhook"];
            secret: string;
        };
        Webhook: {
            id: components["schemas"]["Id"];
            name: string;
            url: string;
            /** @enum {string} */
            state: "active" | "disabled";
            failingSince: string | null;
            lastDeliveredAt: string | null;
            createdBy: components["schemas"]["Id"];
            /** Format: date-time */
            createdAt: string;
        };
        WebhookDelivery: {
            id: components["schemas"]["Id"];
            webhookId: components["schemas"]["Id"];
            eventId: components["schemas"]["Id"] | null;
            type: string;
            /** @enum {string} */
            state: "pending" | "delivered" | "failed";
            attempts: number;
            nextAttemptAt: string | null;
            lastStatus: number | null;
            lastProblem: string | null;
            /** Format: date-time */
            createdAt: string;
            endedAt: string | null;
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
            code: "invalid_input" | "malformed_body" | "malformed_request" | "workspace_required" | "batch_with_idempotency_key" | "unauthenticated" | "forbidden" | "region_mismatch" | "cross_site" | "not_found" | "method_not_allowed" | "request_timeout" | "already_exists" | "conflict" | "answer_not_kept" | "not_covered_yet" | "body_too_large" | "unsupported_media_type" | "idempotency_key_reused" | "content_refused" | "invalid_workflow" | "invalid_run_inputs" | "identity_provider_refused" | "domain_not_proved" | "not_published" | "rate_limited" | "headers_too_large" | "internal" | "audit_unavailable" | "unavailable";
            detail: string;
            requestId?: string;
            decisionId?: string;
            /** @enum {string} */
            reason?: "unknown_permission" | "unauthenticated" | "principal_disabled" | "credential_expired" | "region_mismatch" | "tenant_mismatch" | "workspace_mismatch" | "workspace_required" | "platform_only" | "platform_sees_no_data" | "no_binding" | "binding_expired" | "role_lacks_permission" | "auditor_never_mutates" | "credential_lacks_permission" | "own_request" | "service_never_approves" | "tenant_has_members";
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
    apiKey_list: {
        parameters: {
            query?: {
                serviceId?: components["schemas"]["Id"];
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
                        items: components["schemas"]["ApiKey"][];
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
    apiKey_create: {
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
                    serviceId: components["schemas"]["Id"];
                    name: string;
                    permissions?: ("tenant:create" | "tenant:list" | "tenant:read" | "administrator:invite" | "platform_key:read" | "platform_key:rotate" | "platform_key:disable" | "workspace:create" | "workspace:list" | "workspace:read" | "data_mode:update" | "member:read" | "member:invite" | "member:disable" | "member:enable" | "member:remove" | "invitation:read" | "invitation:revoke" | "role:grant" | "role:remove" | "person:link" | "identity_provider:create" | "identity_provider:read" | "identity_provider:update" | "identity_provider:remove" | "identity_provider:test" | "email_domain:create" | "email_domain:read" | "email_domain:prove" | "email_domain:remove" | "group_rule:create" | "group_rule:read" | "group_rule:remove" | "client_authority:register" | "client_authority:read" | "client_authority:remove" | "service:create" | "service:read" | "service:disable" | "service:enable" | "api_key:create" | "api_key:read" | "api_key:rotate" | "api_key:revoke" | "provider_key:create" | "provider_key:read" | "provider_key:validate" | "connector:install" | "connector_credentials:update" | "connector:read" | "workflow:create" | "workflow:update" | "workflow:publish" | "workflow:read" | "workflow:delete" | "run:create" | "run:read" | "run:delete" | "approval:read" | "approval:decide" | "audit_event:read" | "audit_event:export" | "authz:explain" | "security_event:read" | "webhook:create" | "webhook:read" | "webhook:update" | "webhook:remove" | "webhook:test" | "webhook_secret:rotate" | "webhook_delivery:repeat" | "self:read" | "self:manage")[];
                    /** Format: date-time */
                    expiresAt?: string;
                    workspaceId?: components["schemas"]["Id"];
                    tenantWide?: boolean | string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKey"];
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
    apiKey_revoke: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
                tenantWide?: boolean | string;
            };
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                apiKeyId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevokedApiKey"];
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
    apiKey_rotate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                apiKeyId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @default 24 */
                    overlapHours?: number;
                    /** Format: date-time */
                    expiresAt?: string;
                    workspaceId?: components["schemas"]["Id"];
                    tenantWide?: boolean | string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedApiKey"];
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
    appSession_readDevice: {
        parameters: {
            query: {
                userCode: string;
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
                    "application/json": components["schemas"]["DeviceRequest"];
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
    appSession_answerDevice: {
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
                    userCode: string;
                    allow: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnsweredDevice"];
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
    appSession_list: {
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
                        items: components["schemas"]["AppSession"][];
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
    appSession_authorize: {
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
                    clientId: string;
                    redirectUri: string;
                    codeChallenge: string;
                    state?: string;
                    workspaceId?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthorizedApp"];
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
    appSession_revokeAll: {
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevokedAppSessions"];
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
    appSession_readRequest: {
        parameters: {
            query: {
                clientId: string;
                redirectUri: string;
                codeChallenge: string;
                state?: string;
                workspaceId?: components["schemas"]["Id"];
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
                    "application/json": components["schemas"]["AppRequest"];
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
    appSession_revoke: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                appSessionId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevokedAppSession"];
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
    audit_exportEvents: {
        parameters: {
            query?: {
                first?: number;
                last?: number;
                link?: string;
                after?: number;
                alsoWorkspaceIds?: string;
                workspaceId?: components["schemas"]["Id"];
                tenantWide?: boolean | string;
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
                    "application/x-ndjson": string;
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
    audit_listEvents: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
                tenantWide?: boolean | string;
                class?: "decision" | "change" | "security";
                type?: string;
                action?: string;
                actorId?: string;
                outcome?: "allow" | "deny";
                resourceType?: string;
                resourceId?: string;
                from?: string;
                to?: string;
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
    audit_listKeys: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
                tenantWide?: boolean | string;
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
                    "application/json": components["schemas"]["AuditKeys"];
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
    audit_proveConsistency: {
        parameters: {
            query: {
                from: number;
                to: number;
                workspaceId?: components["schemas"]["Id"];
                tenantWide?: boolean | string;
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
                    "application/json": components["schemas"]["ConsistencyProof"];
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
    audit_proveEvent: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
                tenantWide?: boolean | string;
            };
            header?: {
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                eventId: components["schemas"]["Id"];
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
                    "application/json": components["schemas"]["InclusionProof"];
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
    audit_readCheckpoint: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
                tenantWide?: boolean | string;
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
                    "application/json": components["schemas"]["Checkpoint"];
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
    audit_readEvent: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
                tenantWide?: boolean | string;
            };
            header?: {
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                eventId: components["schemas"]["Id"];
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
                    "application/json": components["schemas"]["AuditEvent"];
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
    audit_readStatus: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
                tenantWide?: boolean | string;
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
                    "application/json": components["schemas"]["AuditStatus"];
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
    authz_can: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    permissions: ("tenant:create" | "tenant:list" | "tenant:read" | "administrator:invite" | "platform_key:read" | "platform_key:rotate" | "platform_key:disable" | "workspace:create" | "workspace:list" | "workspace:read" | "data_mode:update" | "member:read" | "member:invite" | "member:disable" | "member:enable" | "member:remove" | "invitation:read" | "invitation:revoke" | "role:grant" | "role:remove" | "person:link" | "identity_provider:create" | "identity_provider:read" | "identity_provider:update" | "identity_provider:remove" | "identity_provider:test" | "email_domain:create" | "email_domain:read" | "email_domain:prove" | "email_domain:remove" | "group_rule:create" | "group_rule:read" | "group_rule:remove" | "client_authority:register" | "client_authority:read" | "client_authority:remove" | "service:create" | "service:read" | "service:disable" | "service:enable" | "api_key:create" | "api_key:read" | "api_key:rotate" | "api_key:revoke" | "provider_key:create" | "provider_key:read" | "provider_key:validate" | "connector:install" | "connector_credentials:update" | "connector:read" | "workflow:create" | "workflow:update" | "workflow:publish" | "workflow:read" | "workflow:delete" | "run:create" | "run:read" | "run:delete" | "approval:read" | "approval:decide" | "audit_event:read" | "audit_event:export" | "authz:explain" | "security_event:read" | "webhook:create" | "webhook:read" | "webhook:update" | "webhook:remove" | "webhook:test" | "webhook_secret:rotate" | "webhook_delivery:repeat" | "self:read" | "self:manage")[];
                    workspaceId?: components["schemas"]["Id"];
                    tenantWide?: boolean | string;
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
                    "application/json": components["schemas"]["CanAnswer"];
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
    authz_explain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    permission: "tenant:create" | "tenant:list" | "tenant:read" | "administrator:invite" | "platform_key:read" | "platform_key:rotate" | "platform_key:disable" | "workspace:create" | "workspace:list" | "workspace:read" | "data_mode:update" | "member:read" | "member:invite" | "member:disable" | "member:enable" | "member:remove" | "invitation:read" | "invitation:revoke" | "role:grant" | "role:remove" | "person:link" | "identity_provider:create" | "identity_provider:read" | "identity_provider:update" | "identity_provider:remove" | "identity_provider:test" | "email_domain:create" | "email_domain:read" | "email_domain:prove" | "email_domain:remove" | "group_rule:create" | "group_rule:read" | "group_rule:remove" | "client_authority:register" | "client_authority:read" | "client_authority:remove" | "service:create" | "service:read" | "service:disable" | "service:enable" | "api_key:create" | "api_key:read" | "api_key:rotate" | "api_key:revoke" | "provider_key:create" | "provider_key:read" | "provider_key:validate" | "connector:install" | "connector_credentials:update" | "connector:read" | "workflow:create" | "workflow:update" | "workflow:publish" | "workflow:read" | "workflow:delete" | "run:create" | "run:read" | "run:delete" | "approval:read" | "approval:decide" | "audit_event:read" | "audit_event:export" | "authz:explain" | "security_event:read" | "webhook:create" | "webhook:read" | "webhook:update" | "webhook:remove" | "webhook:test" | "webhook_secret:rotate" | "webhook_delivery:repeat" | "self:read" | "self:manage";
                    principalId?: components["schemas"]["Id"];
                    workspaceId?: components["schemas"]["Id"];
                    tenantWide?: boolean | string;
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
                    "application/json": components["schemas"]["ExplainedQuestion"];
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
    authz_explainDecision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                decisionId: components["schemas"]["Id"];
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
                    "application/json": components["schemas"]["ExplainedDecision"];
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
    clientAuthority_list: {
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
                        items: components["schemas"]["ClientAuthority"][];
                        nextCursor: string | null;
                        namePrefix: string | null;
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
    clientAuthority_register: {
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
                    certificatePem: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientAuthority"];
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
    clientAuthority_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                clientAuthorityId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovedClientAuthority"];
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
    emailDomain_list: {
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
                        items: components["schemas"]["EmailDomain"][];
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
    emailDomain_create: {
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
                    domain: string;
                    identityProviderId?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailDomain"];
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
    emailDomain_prove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                emailDomainId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailDomain"];
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
    emailDomain_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                emailDomainId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
    groupRule_list: {
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
                        items: components["schemas"]["GroupRule"][];
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
    groupRule_create: {
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
                    group: string;
                    role: components["schemas"]["Role"];
                    roleWorkspaceId?: components["schemas"]["Id"];
                    identityProviderId?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedGroupRule"];
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
    groupRule_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                groupRuleId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovedGroupRule"];
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
    identityProvider_list: {
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
                        items: components["schemas"]["IdentityProvider"][];
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
    identityProvider_create: {
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
                    issuer: string;
                    clientId: string;
                    clientSecret?: string;
                    /** @default openid email profile */
                    scopes?: string;
                    /** @default {} */
                    claimNames?: components["schemas"]["ClaimNames"];
                    /** @default [] */
                    emailDomains?: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedIdentityProvider"];
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
    identityProvider_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                identityProviderId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    issuer?: string;
                    clientId?: string;
                    clientSecret?: string | null;
                    scopes?: string;
                    claimNames?: components["schemas"]["ClaimNames"];
                    emailDomains?: string[];
                    /** @enum {string} */
                    state?: "active" | "disabled";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedIdentityProvider"];
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
    identityProvider_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                identityProviderId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
    identityProvider_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                identityProviderId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestedIdentityProvider"];
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
    invitation_list: {
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
                        items: components["schemas"]["Invitation"][];
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
    invitation_revoke: {
        parameters: {
            query?: {
                workspaceId?: components["schemas"]["Id"];
                tenantWide?: boolean | string;
            };
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                invitationId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevokedInvitation"];
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
    member_disable: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                memberId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwitchedMember"];
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
    member_enable: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                memberId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwitchedMember"];
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
    member_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                memberId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovedMember"];
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
                tenantWide?: boolean | string;
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
    person_link: {
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
                    memberId: components["schemas"]["Id"];
                    otherMemberId: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkedPerson"];
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
    platformKey_disable: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisabledPlatformKey"];
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
    platformKey_read: {
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
                    "application/json": components["schemas"]["PlatformKey"];
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
    platformKey_rotate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @default 24 */
                    overlapHours?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedPlatformKey"];
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
    service_list: {
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
                        items: components["schemas"]["Service"][];
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
    service_create: {
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
                    name: string;
                    roles: ("WorkspaceAdmin" | "Operator" | "Auditor" | "IntegrationAdmin")[];
                    workspaceId?: components["schemas"]["Id"];
                    tenantWide?: boolean | string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
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
    service_disable: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                serviceId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    workspaceId?: components["schemas"]["Id"];
                    tenantWide?: boolean | string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwitchedService"];
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
    service_enable: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The workspace, where neither path nor body names it and the caller has a role in several. */
                "X-Workspace-Id"?: string;
            };
            path: {
                serviceId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    workspaceId?: components["schemas"]["Id"];
                    tenantWide?: boolean | string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SwitchedService"];
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
    session_list: {
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
                        items: components["schemas"]["Session"][];
                        nextCursor: string | null;
                        limits: components["schemas"]["SessionLimits"];
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
    session_revokeOthers: {
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevokedSessions"];
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
    session_revoke: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                sessionId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevokedSession"];
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
    tenant_list: {
        parameters: {
            query?: {
                region?: components["schemas"]["RegionName"];
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
                        items: components["schemas"]["Tenant"][];
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
    webhook_list: {
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
                        items: components["schemas"]["Webhook"][];
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
    webhook_create: {
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
                    url: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
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
    webhook_listDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                webhookId: components["schemas"]["Id"];
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
                        items: components["schemas"]["WebhookDelivery"][];
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
    webhook_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                webhookId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    name?: string;
                    url?: string;
                    /** @enum {string} */
                    state?: "active" | "disabled";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
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
    webhook_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                webhookId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
    webhook_repeatDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                webhookId: components["schemas"]["Id"];
                deliveryId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
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
    webhook_rotateSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                webhookId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
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
    webhook_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description Runs the request at most once within 24 hours; a repetition gets the first answer. */
                "Idempotency-Key"?: string;
            };
            path: {
                webhookId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
                    /** @description A receipt: the id of the event in the audit log that tells this change. The event itself: GET /audit/events/{eventId}; its proof: GET /audit/events/{eventId}/proof. */
                    "AIC-Audit-Id"?: string;
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
