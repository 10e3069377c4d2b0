import { Bare } from "../shell/bare.tsx";
import { LinkButton } from "../ui/link-button.tsx";

/** An address that is no page. */
export function NotFound() {
  return (
    <Bare title="No such page">
      <div className="dim">
        The address may have been cut when it was copied, or the page is gone.
      </div>
      <div>
        <LinkButton to="/" variant="default">
          Go to the start
        </LinkButton>
      </div>
    </Bare>
  );
}
