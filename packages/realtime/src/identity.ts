/** Who holds a socket. */
export type Identity = {
  /** Distinct people are counted by it: the user id when signed in, else the device id. */
  readonly id: string
  readonly kind: 'user' | 'device'
  readonly roles: readonly string[]
  /** The session that a revocation names; visitors have none. */
  readonly sessionId?: string
}
