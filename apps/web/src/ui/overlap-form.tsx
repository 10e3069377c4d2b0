import { Button, Group, Select, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { ProblemNotice } from "./problem-notice.tsx";

interface Props {
  /** What comes of it. */
  readonly children: ReactNode;
  /** What the button does, with the key's name. */
  readonly verb: string;
  readonly error: unknown;
  readonly pending: boolean;
  readonly onRotate: (overlapHours: number) => void;
  readonly onLeave: () => void;
}

const OVERLAPS = [
  { value: "0", label: "No overlap: the old key ends at once" },
  { value: "1", label: "1 hour" },
  { value: "24", label: "24 hours" },
  { value: "48", label: "48 hours" },
];
const A_DAY = "24";

/** Asks how long a key goes on beside its successor. */
export function OverlapForm({ children, verb, error, pending, onRotate, onLeave }: Props) {
  const [overlap, setOverlap] = useState(A_DAY);
  return (
    <Stack gap={16}>
      <div>{children}</div>
      <Select
        label="The old key works for another"
        data={OVERLAPS}
        value={overlap}
        allowDeselect={false}
        onChange={(value) => setOverlap(value ?? A_DAY)}
      />
      {error !== null && <ProblemNotice error={error} during="change" />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onLeave} disabled={pending}>
          Leave it as it is
        </Button>
        <Button loading={pending} onClick={() => onRotate(Number(overlap))}>
          {verb}
        </Button>
      </Group>
    </Stack>
  );
}
