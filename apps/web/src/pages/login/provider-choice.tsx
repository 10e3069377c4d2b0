import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import classes from "./choices.module.css";
import { fetchProviderChoice } from "./fetch-provider-choice.ts";

interface Props {
  readonly slug: string;
  readonly region: string | undefined;
  readonly onChoose: (providerId: string) => void;
}

/** The organisation has several ways in. Their names come from the server, never out of the address. */
export function ProviderChoice({ slug, region, onChoose }: Props) {
  const { data } = useQuery({
    queryKey: ["login-providers", slug, region],
    queryFn: ({ signal }) => fetchProviderChoice(slug, region, signal),
    retry: false,
  });
  if (!data || data.length === 0) return null;
  return (
    <section aria-label="Choose how to sign in" className={classes.choices}>
      <div>How do you sign in to “{slug}”?</div>
      {data.map(({ id, name }) => (
        <Button key={id} variant="default" justify="flex-start" onClick={() => onChoose(id)}>
          {name}
        </Button>
      ))}
    </section>
  );
}
