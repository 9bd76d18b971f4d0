/** A broken invariant is a bug of ours, never a user's mistake: it becomes a 500 and is logged. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
}

/** States what must hold. Throws {@link InvariantError} when it does not. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}

/** The value, which must be there. */
export function must<T>(value: T | null | undefined, message: string): T {
  invariant(value !== null && value !== undefined, message)
  return value
}
