import { spawnSync } from "node:child_process";
import { chownSync, readFileSync } from "node:fs";

/**
 * How to start a Postgres program. PostgreSQL refuses to run as root; there it is started in a user namespace of its own
 * (files stay root's, so that it also works below a 0700 home), or, where namespaces are forbidden, as a system user.
 */
export interface RunAs {
  /** Words to put before the command. */
  readonly prefix: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

const NAMESPACE = ["unshare", "--user", "--map-user=65534", "--"] as const;

/** The way that works on this machine. @throws when there is none. */
export function postgresUser(): RunAs {
  if (process.getuid?.() !== 0) return { prefix: [] };
  if (namespacesWork()) return { prefix: NAMESPACE };
  return systemUser(readFileSync("/etc/passwd", "utf8"));
}

/** Gives `folder` to the system user, when one is used. */
export function handOver(folder: string, { uid, gid }: RunAs): void {
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}

function namespacesWork(): boolean {
  const [program, ...args] = NAMESPACE;
  return spawnSync(program, [...args, "true"], { stdio: "ignore" }).status === 0;
}

/** `postgres` or `nobody` of an /etc/passwd. */
export function systemUser(passwd: string): RunAs {
  const entries = passwd.split("\n").map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const entry = entries.find((fields) => fields[0] === name);
    if (entry) return { prefix: [], uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error(
    "PostgreSQL does not run as root, user namespaces are forbidden here, and there is neither a user `postgres` nor " +
      "`nobody`. Start as an ordinary user.",
  );
}
