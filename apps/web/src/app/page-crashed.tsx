import { Button, Group } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { Bare } from "../shell/bare.tsx";

/** A fault of the console itself, or a newer console that has been put in place of this one. */
export function PageCrashed({ error, reset }: ErrorComponentProps) {
  return (
    <Bare title="This page stopped working">
      <div className="dim">
        It is a fault of the console or a newer version has been installed meanwhile. Nothing was
        changed by it. Loading the page again usually helps.
      </div>
      <pre className="mono" style={{ whiteSpace: "pre-wrap", margin: 0 }}>
        {error instanceof Error ? error.message : String(error)}
      </pre>
      <Group gap={8}>
        <Button onClick={() => window.location.reload()}>Load again</Button>
        <Button variant="default" onClick={reset}>
          Try without loading
        </Button>
      </Group>
    </Bare>
  );
}
