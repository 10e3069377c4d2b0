import { Button } from "@mantine/core";
import { CircleAlert, Info } from "lucide-react";
import type { LoginReason } from "../../app/page-search.ts";
import { LOGIN_REASON_WORDS, loginErrorWords } from "./login-words.ts";
import classes from "./login-notice.module.css";

interface Props {
  readonly reason: LoginReason | undefined;
  /** A code out of the address. */
  readonly error: string | undefined;
  /** Where the same sign-in begins again, where that may help. */
  readonly again: string | undefined;
}

/** Why one is here: the session ended, one signed out, or signing in did not work. */
export function LoginNotice({ reason, error, again }: Props) {
  if (error !== undefined) {
    return (
      <div role="alert" className={classes.notice} data-tone="harm">
        <CircleAlert size={16} aria-hidden />
        <div className={classes.words}>
          {loginErrorWords(error)}
          {again !== undefined && (
            <Button component="a" href={again} variant="default" size="xs">
              Try again
            </Button>
          )}
        </div>
      </div>
    );
  }
  if (reason === undefined) return null;
  return (
    <div
      role="status"
      className={classes.notice}
      data-tone={reason === "sign_out_failed" ? "harm" : "plain"}
    >
      <Info size={16} aria-hidden />
      {LOGIN_REASON_WORDS[reason]}
    </div>
  );
}
