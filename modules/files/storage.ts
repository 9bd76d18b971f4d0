/**
 * The slot of a file store. Keys are lower-case paths such as `pictures/ab/ab12….webp`; `put` is
 * atomic, so that `get` sees the whole object or none, and putting the same key again is harmless.
 */
export type StorageProvider = {
  put(key: string, bytes: Uint8Array): Promise<void>
  /** The object, or null when there is none. */
  get(key: string): Promise<Uint8Array | null>
  delete(key: string): Promise<void>
}
