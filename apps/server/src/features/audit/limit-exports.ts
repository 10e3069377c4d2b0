import { AppError } from "../../app-error.ts";
import { tenantPlaces } from "../../tenant-places.ts";

/** Exports of one tenant at once in one server: each reads the log for as long as its caller takes it. */
const MOST_OF_A_TENANT = 4;

const places = tenantPlaces(MOST_OF_A_TENANT);

/** The lines, unless too many are under way: then the first of them throws `rate_limited`. */
export async function* limitExports(
  tenantId: string,
  lines: AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
  const giveBack = places.take(tenantId);
  if (giveBack === undefined) {
    const most = `At most ${MOST_OF_A_TENANT} exports at once; try again when one has ended.`;
    throw new AppError("rate_limited", most, { retryAfterSeconds: 10 });
  }
  try {
    yield* lines;
  } finally {
    giveBack();
  }
}
