import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { Bare } from "../../shell/bare.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { CodeForm } from "./code-form.tsx";
import { DeviceQuestion } from "./device-question.tsx";

const route = getRouteApi("/device");

/** May this device act as me? It has no browser of its own, so it shows a code, and its owner types it here. */
export function DevicePage() {
  const { user_code: carried } = route.useSearch();
  const me = trpc.me.read.useQuery({});
  const [code, setCode] = useState<string>();
  const [allowed, setAllowed] = useState<boolean>();
  if (me.error) {
    return (
      <Bare title="Sign a device in">
        <ProblemNotice error={me.error} during="read" onRetry={() => me.refetch()} />
      </Bare>
    );
  }
  if (!me.data) return null;
  if (allowed !== undefined) return <Answered allowed={allowed} />;
  if (code !== undefined) {
    return (
      <DeviceQuestion
        code={code}
        me={me.data}
        onAnswered={setAllowed}
        onBack={() => setCode(undefined)}
      />
    );
  }
  return (
    <Bare title="Sign a device in">
      <CodeForm carried={carried} onCode={setCode} />
    </Bare>
  );
}

function Answered({ allowed }: { allowed: boolean }) {
  return (
    <Bare title={allowed ? "The device is let in" : "The device is refused"}>
      <p>
        {allowed
          ? "It goes on by itself within a few seconds. Stay signed in here until it has. You can sign it out at any time under “Your sessions”."
          : "It gets nothing. If you did not start this yourself, whoever sent you the code wanted to act as you: tell your administrator."}
      </p>
      <p className="dim">You can close this page.</p>
    </Bare>
  );
}
