import { z } from "zod";

/** `metadata_only`: content is refused and never stored. `full`: content is sealed and stored. */
export const DATA_MODES = ["metadata_only", "full"] as const;
export const DataMode = z.enum(DATA_MODES).meta({ id: "DataMode" });
export type DataMode = z.infer<typeof DataMode>;
