import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { labelKey } from './model.ts'

export const patrolKey = ['platform', 'patrol'] as const

const wallEveryMs = 2_000
const alertsEveryMs = 4_000

/** All rooms on air, asked again every two seconds. */
export const useWall = () =>
  useQueryOf([...patrolKey, 'wall'], () => api.patrol.wall({}), { everyMs: wallEveryMs })

/**
 * One room with its newest pictures, for as long as it is on air. Not while a verdict is given: the
 * one that ends the show would be followed by a question after a room that is gone.
 */
export const usePatrolRoom = (id: string, { isAsked }: { isAsked: boolean }) =>
  useQueryOf([...patrolKey, 'room', id], () => api.patrol.room({ id }), {
    everyMs: wallEveryMs,
    enabled: isAsked,
  })

/** The newest alerts that wait. */
export const useAlerts = (limit: number) =>
  useQueryOf([...patrolKey, 'alerts', limit], () => api.patrol.alerts({ isOpen: true, limit }), {
    everyMs: alertsEveryMs,
  })

/** A label of a reviewer, a fault or a listed word, in words. */
export function useLabel(): (label: string) => string {
  const t = useT()
  return label => {
    const key = labelKey(label)
    return key === null ? label : t(key)
  }
}
