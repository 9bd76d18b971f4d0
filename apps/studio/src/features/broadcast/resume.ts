const key = 'kaibo.studio.onAir'

/** Remembers in this tab that it sends a session, so that a reload goes on with it; null forgets. */
export function keep(liveId: string | null): void {
  // Storage is refused in some private modes; a reload then waits for a press.
  try {
    if (liveId === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, liveId)
  } catch {}
}

/** Whether this tab was sending that session when it was left. */
export function isKept(liveId: string): boolean {
  try {
    return sessionStorage.getItem(key) === liveId
  } catch {
    return false
  }
}

/** Where settings are kept between visits; nowhere in modes that refuse it. */
export function keptOrNothing(): Pick<Storage, 'getItem' | 'setItem'> {
  try {
    return localStorage
  } catch {
    return { getItem: () => null, setItem: () => {} }
  }
}
