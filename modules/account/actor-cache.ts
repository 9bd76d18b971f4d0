import type { Actor, UserActor } from '@kaibo/contract/core/permissions'
import type { Clock } from '@kaibo/kernel/clock'

export type ActorCache = {
  /** The actor kept for `key`, or what `load` finds. Visitors are not kept. */
  read(key: string, load: () => Promise<Actor>): Promise<Actor>
  /** Drops the actors for which `isGone`; what is being loaded meanwhile is not kept either. */
  drop(isGone: (actor: UserActor) => boolean): void
}

/** Keeps at most `entriesMax` signed-in actors, none longer than `keepMs`. */
export function createActorCache(options: {
  clock: Clock
  keepMs: number
  entriesMax: number
}): ActorCache {
  const { clock, keepMs, entriesMax } = options
  const kept = new Map<string, { actor: UserActor; untilMs: number }>()
  let dropsCount = 0

  const keep = (key: string, actor: UserActor) => {
    const [oldestKey] = kept.keys()
    if (kept.size >= entriesMax && oldestKey !== undefined) kept.delete(oldestKey)
    kept.set(key, { actor, untilMs: clock.now().getTime() + keepMs })
  }

  return {
    async read(key, load) {
      const entry = kept.get(key)
      if (entry && clock.now().getTime() < entry.untilMs) return entry.actor
      kept.delete(key)
      const dropsBefore = dropsCount
      const actor = await load()
      // A sign-out during the load may have come too late for it: such an actor serves once only.
      if (actor.kind === 'user' && dropsBefore === dropsCount) keep(key, actor)
      return actor
    },
    drop(isGone) {
      dropsCount += 1
      for (const [key, { actor }] of kept) if (isGone(actor)) kept.delete(key)
    },
  }
}
