/** With this role one hears and sends like anybody, but is not among the people who are here. */
export const uncountedRole = 'uncounted'

/** Whether a topic may be heard; `uncounted` hears it without being among the people who are here. */
export type Hearing = boolean | 'uncounted'

/** Who holds a socket. */
export type Identity = {
  /** Distinct people are counted by it: the user id when signed in, else the device id. */
  readonly id: string
  readonly kind: 'user' | 'device'
  readonly roles: readonly string[]
  /** The session that a revocation names; visitors have none. */
  readonly sessionId?: string
}
