/** A definition of 1 MB of YAML, escaped as JSON, with room to spare. */
export const BODY_LIMIT = "2mb";
