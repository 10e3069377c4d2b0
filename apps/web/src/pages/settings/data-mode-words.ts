import type { DataMode } from "@aic-sos/contract/data-modes";

export const DATA_MODE_TITLES: Readonly<Record<DataMode, string>> = {
  metadata_only: "Metadata only",
  full: "Full content",
};

/** What each mode means, for the region the workspace lives in. */
export const DATA_MODE_MEANS: Readonly<Record<DataMode, (region: string) => readonly string[]>> = {
  metadata_only: () => [
    "Inputs of class content are refused, and the database refuses to store any.",
    "States, times, sizes and metadata inputs are kept, so that runs can be followed and audited.",
  ],
  full: (region) => [
    `Inputs, prompts and answers are sealed under the tenant’s own key and stored in ${region}.`,
    "This console shows none of it, to no role. It stays until its run is deleted.",
  ],
};

/** What a change does, said before it is made. */
export const DATA_MODE_CONSEQUENCES: Readonly<
  Record<DataMode, (region: string) => readonly string[]>
> = {
  metadata_only: () => [
    "From now on, runs with inputs of class content are refused.",
    "Content that is stored already stays sealed where it is until its run is deleted.",
    "The change is written to the audit log under your name.",
  ],
  full: (region) => [
    `From now on, content of runs is sealed and stored in ${region}. That may be personal data.`,
    "Runs that have finished do not gain any: nothing of theirs was kept.",
    "The change is written to the audit log under your name, and everybody here sees the mode in amber.",
  ],
};
