import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import classes from "./choices.module.css";

interface Props {
  readonly invitation: string | undefined;
  /** The one that was chosen already, of several. */
  readonly provider: string | undefined;
}

/** One is signed in already, and a link would sign one in as somebody else, perhaps: it takes a click. */
export function ConfirmReplacing({ invitation, provider }: Props) {
  const utils = trpc.useUtils();
  const me = useQuery({
    queryKey: ["login-me"],
    queryFn: () => utils.client.me.read.query({}),
    retry: false,
  });
  const [going, setGoing] = useState(false);
  const who = me.data
    ? `${me.data.principal.displayName} (${me.data.tenant.name})`
    : "somebody already";
  if (invitation === undefined) {
    return (
      <section aria-label="Signed in already" className={classes.choices}>
        <div>
          You are signed in as {who}. A link of another site wants you to sign in again; go on only
          if that is what you want.
        </div>
        <Button variant="default" component="a" href="/">
          Stay as I am
        </Button>
      </section>
    );
  }
  const goOn = () => {
    setGoing(true);
    void acceptInvitation(invitation, provider);
  };
  return (
    <section aria-label="Accept the invitation" className={classes.choices}>
      <div>
        You are signed in as {who}. Accepting this invitation signs you in to the organisation that
        sent it, and that session takes the place of this one.
      </div>
      <Button onClick={goOn} loading={going}>
        Accept the invitation
      </Button>
      <Button variant="default" component="a" href="/">
        Stay as I am
      </Button>
    </section>
  );
}
