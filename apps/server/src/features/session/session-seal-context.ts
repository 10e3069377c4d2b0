/** What is known of a session beside its secret: sealed, and bound to its row and column. */
export type SessionDetail = "user_agent_sealed" | "ip_sealed" | "id_token_hint_sealed";

export function sessionSealContext(tenantId: string, sessionId: string, field: SessionDetail) {
  return { tenantId, purpose: "session_detail", recordId: sessionId, field } as const;
}
