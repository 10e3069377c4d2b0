import { useOffers } from "../../lib/fetch-offers.ts";

/** The way in for the few who run the platform, where the deployment has one. */
export function PlatformSignIn() {
  const { platformLogin } = useOffers();
  if (platformLogin === null) return null;
  return (
    <p className="dim">
      Do you run this platform?{" "}
      <a className="link" href="/auth/platform/login">
        Sign in with {platformLogin}
      </a>
    </p>
  );
}
