/** A further key for the checkpoints of a region, beside running servers: see packages/audit/BUNDLE.md. */
import { ConfigError, readEnvironment, readRegionsFile } from "./config.ts";
import { buildDependencies } from "./dependencies.ts";
import { createLog } from "./log.ts";
import { rotateCheckpointKey } from "./rotate-checkpoint-key.ts";

async function main([region = ""]: readonly string[]): Promise<void> {
  const { configFile, logLevel } = readEnvironment();
  if (configFile === undefined) throw new ConfigError("AIC_CONFIG has to name the configuration");
  const config = { ...(await readRegionsFile(configFile)), demoPeople: [], version: "" };
  const regions = Object.keys(config.regions);
  if (!regions.includes(region)) throw new ConfigError(`Name one region of ${regions.join(", ")}.`);
  const deps = await buildDependencies(config, createLog(logLevel));
  try {
    for (const cell of deps.cells.filter((one) => one.region === region)) {
      const id = await rotateCheckpointKey(deps, cell);
      process.stdout.write(`Cell ${cell.code} of ${region} signs its checkpoints by key ${id}.\n`);
    }
  } finally {
    await deps.close();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
