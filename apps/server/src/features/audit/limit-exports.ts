import { AppError } from "../../app-error.ts";

/** Exports of one tenant at once in one server: each reads the log for as long as its caller takes it. */
const MOST_OF_A_TENANT = 4;

const underWay = new Map<string, number>();

/** The lines, unless too many are under way: then the first of them throws `rate_limited`. */
export async function* limitExports(
  tenantId: string,
  lines: AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
  const present = underWay.get(tenantId) ?? 0;
  if (present >= MOST_OF_A_TENANT) {
    const most = `At most ${MOST_OF_A_TENANT} exports at once; try again when one has ended.`;
    throw new AppError("rate_limited", most, { retryAfterSeconds: 10 });
  }
  underWay.set(tenantId, present + 1);
  try {
    yield* lines;
  } finally {
    const left = (underWay.get(tenantId) ?? 1) - 1;
    if (left === 0) underWay.delete(tenantId);
    else underWay.set(tenantId, left);
  }
}
