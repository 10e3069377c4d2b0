import type { DeviceRequest } from "@aic-sos/contract/app-sessions";
import type { Me } from "@aic-sos/contract/members";
import { Button, Group } from "@mantine/core";
import { trpc } from "../../api/trpc.ts";
import { problemOf } from "../../api/problem-of.ts";
import { Bare } from "../../shell/bare.tsx";
import { Facts } from "../../ui/facts.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";

interface Props {
  readonly code: string;
  readonly me: Me;
  readonly onAnswered: (allowed: boolean) => void;
  /** To type another code. */
  readonly onBack: () => void;
}

/** What asks, from where, and for what: allow or deny. */
export function DeviceQuestion({ code, me, onAnswered, onBack }: Props) {
  // Each look is a try, and tries are counted.
  const request = trpc.appSession.readDevice.useQuery(
    { userCode: code },
    { retry: false, refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
  );
  if (request.error) {
    return (
      <Bare title="Sign a device in">
        <NotFound error={request.error} />
        <Group gap={8}>
          <Button variant="default" onClick={onBack}>
            Type another code
          </Button>
        </Group>
      </Bare>
    );
  }
  if (!request.data) return null;
  const { app, workspace } = request.data;
  return (
    <Bare title={`Let ${app} in on a device?`}>
      <p>
        It will be able to do what you may do{workspace ? ` in ${workspace.name}` : ""}, until you
        sign it out under “Your sessions”.
      </p>
      <Facts facts={factsOf(code, me, request.data)} />
      <p>
        <strong>Allow it only if you started this yourself</strong>, and your device shows this very
        code. Whoever sent you a code or a link would get in as you.
      </p>
      <Answer code={code} onAnswered={onAnswered} />
    </Bare>
  );
}

function NotFound({ error }: { error: unknown }) {
  if (problemOf(error)?.status !== 404) return <ProblemNotice error={error} during="read" />;
  return (
    <p role="alert">
      No device waits with this code. It may be mistyped, answered already, or older than ten
      minutes: then start again on the device.
    </p>
  );
}

function factsOf(code: string, me: Me, request: DeviceRequest) {
  return [
    [
      "Code",
      <span key="code" className="mono">
        {code.toUpperCase()}
      </span>,
    ],
    ["App", request.app],
    ["Signs in as", `${me.principal.displayName}, ${me.tenant.name}`],
    ["Workspace", request.workspace?.name ?? "All of yours"],
    ["Calls itself", request.device ?? "Not known"],
    ["Asked from", request.address ?? "Not known"],
    ["Asked", <RelativeTime key="asked" instant={request.askedAt} />],
  ] as const;
}

function Answer({ code, onAnswered }: Pick<Props, "code" | "onAnswered">) {
  const answer = trpc.appSession.answerDevice.useMutation({
    onSuccess: ({ allowed }) => onAnswered(allowed),
  });
  return (
    <>
      {answer.error && <ProblemNotice error={answer.error} during="change" />}
      <Group gap={8}>
        <Button
          loading={answer.isPending}
          onClick={() => answer.mutate({ userCode: code, allow: true })}
        >
          Allow
        </Button>
        <Button
          variant="default"
          disabled={answer.isPending}
          onClick={() => answer.mutate({ userCode: code, allow: false })}
        >
          Deny
        </Button>
      </Group>
    </>
  );
}
