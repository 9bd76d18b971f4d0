import { machine } from '@kaibo/kernel/machine'

/** A live session 场次. `away` = the picture is lost, the room waits for the host. Without schemas. */
export const liveLife = machine('ready', {
  ready: { publish: 'live', end: 'ended' },
  live: { lose: 'away', end: 'ended' },
  away: { publish: 'live', end: 'ended' },
  ended: {},
})

export const liveCategories = [
  'tea',
  'food',
  'home',
  'fashion',
  'beauty',
  'craft',
  'other',
] as const
export type LiveCategory = (typeof liveCategories)[number]
