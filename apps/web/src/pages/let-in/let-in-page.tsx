import type { AppRequest, AskedByApp } from "@aic-sos/contract/app-sessions";
import type { Me } from "@aic-sos/contract/members";
import { Button, Group } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { trpc } from "../../api/trpc.ts";
import { appRequestOf } from "../../lib/app-request.ts";
import { Bare } from "../../shell/bare.tsx";
import { Facts } from "../../ui/facts.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";

const route = getRouteApi("/let-in");

/** May this app act as me? Asked each time: any program on the machine could have opened this page. */
export function LetInPage() {
  const { request, error } = route.useSearch();
  const asked = error === undefined ? appRequestOf(request) : undefined;
  if (asked === undefined) {
    return (
      <Bare title="This app cannot be let in">
        <p>
          {error === "redirect_uri"
            ? "It asks to be answered at an address that is not its own. Nothing was sent there."
            : "It is not an app that this control plane knows, or its request is incomplete."}{" "}
          Start again in the app; if that does not help, ask whoever runs it.
        </p>
      </Bare>
    );
  }
  return <Question asked={asked} />;
}

function Question({ asked }: { asked: AskedByApp }) {
  const me = trpc.me.read.useQuery({});
  const request = trpc.appSession.readRequest.useQuery(asked);
  const failed = me.error ?? request.error;
  if (failed) {
    return (
      <Bare title="This app cannot be let in">
        <ProblemNotice error={failed} during="read" />
      </Bare>
    );
  }
  if (!me.data || !request.data) return null;
  return (
    <Bare title={`Let ${request.data.app} in?`}>
      <p>
        It will be able to do what you may do
        {request.data.workspace ? ` in ${request.data.workspace.name}` : ""}, until you sign it out
        under “Your sessions”.
      </p>
      <Facts facts={factsOf(me.data, request.data)} />
      <p className="dim">
        Any program on this device could have opened this page. Go on only if you have just started
        to sign in with {request.data.app} yourself.
      </p>
      <Answer asked={asked} request={request.data} />
    </Bare>
  );
}

function factsOf(me: Me, request: AppRequest) {
  return [
    ["App", request.app],
    ["Signs in as", `${me.principal.displayName}, ${me.tenant.name}`],
    ["Workspace", request.workspace?.name ?? "All of yours"],
    ["Device", request.device ?? "Not known"],
    [
      "Answer goes to",
      <span key="to" className="mono">
        {request.redirectTo}
      </span>,
    ],
  ] as const;
}

function Answer({ asked, request }: { asked: AskedByApp; request: AppRequest }) {
  const authorize = trpc.appSession.authorize.useMutation({
    onSuccess: ({ redirectTo }) => window.location.assign(redirectTo),
  });
  return (
    <>
      {authorize.error && <ProblemNotice error={authorize.error} during="change" />}
      <Group gap={8}>
        <Button
          loading={authorize.isPending || authorize.isSuccess}
          onClick={() => authorize.mutate(asked)}
        >
          Let {request.app} in
        </Button>
        <Button variant="default" onClick={() => window.location.assign(request.refuseTo)}>
          Refuse
        </Button>
      </Group>
    </>
  );
}
