import type { Explanation } from "@aic-sos/contract/explanations";
import { Button, Stack } from "@mantine/core";
import { trpc } from "../api/trpc.ts";
import { bindingWords, wouldGrantWords } from "../lib/explanation-words.ts";
import { problemOf } from "../api/problem-of.ts";
import { Facts } from "./facts.tsx";
import { RelativeTime } from "./relative-time.tsx";
import { ShortId } from "./short-id.tsx";

/** The rule that decided, the roles it looked at, and what would have granted it. */
export function DecisionExplained({ decisionId }: { decisionId: string }) {
  const { data, error, isFetching, refetch } = trpc.authz.explainDecision.useQuery(
    { decisionId },
    { retry: 1 },
  );
  if (error) {
    const detail = problemOf(error)?.detail ?? "No answer from the server.";
    return (
      <Stack gap={12} align="flex-start" role="alert">
        <div>The explanation could not be read: {detail}</div>
        <Button variant="default" loading={isFetching} onClick={() => refetch()}>
          Try again
        </Button>
      </Stack>
    );
  }
  if (!data) return <div className="dim">Asking…</div>;
  const { explanation } = data;
  return (
    <Stack gap={16}>
      <strong style={{ fontWeight: 600 }}>{data.sentence}</strong>
      <div>{wouldGrantWords(explanation)}</div>
      <Bindings bindings={explanation.bindings} />
      <Facts
        facts={[
          ["Asked for", data.means ?? data.permission ?? "unknown"],
          ["When", <RelativeTime key="when" instant={data.time} />],
          ["Decision", <ShortId key="decision" id={data.decisionId} of="decision" />],
          ["Event in the audit log", String(data.seq)],
        ]}
      />
    </Stack>
  );
}

function Bindings({ bindings }: Pick<Explanation, "bindings">) {
  if (bindings.length === 0) return <div className="dim">No role was considered.</div>;
  return (
    <ul style={{ margin: 0, paddingLeft: 16, display: "grid", gap: 4 }}>
      {bindings.map((binding) => (
        <li key={binding.id}>{bindingWords(binding)}</li>
      ))}
    </ul>
  );
}
