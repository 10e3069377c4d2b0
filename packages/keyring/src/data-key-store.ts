/** A tenant's data key as it lies in the database. */
export interface StoredDataKey {
  /** UUID in lower case; sealed values carry it. */
  readonly id: string;
  /** Which key-encryption key wrapped it, so that rotation finds what is left to rewrap. */
  readonly kekId: string;
  readonly wrapped: Uint8Array;
}

/** Where wrapped data keys live. `db` implements it over the table `data_keys`. */
export interface DataKeyStore {
  /** The key that seals from now on; undefined when the tenant has none yet. */
  active(tenantId: string): Promise<StoredDataKey | undefined>;
  /** Any key of the tenant, active or not; undefined once it is destroyed. */
  byId(tenantId: string, id: string): Promise<StoredDataKey | undefined>;
  /** Stores the tenant's first key and returns the active one: another, if two callers raced. */
  insert(tenantId: string, key: StoredDataKey): Promise<StoredDataKey>;
}
