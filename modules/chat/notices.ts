import type { SocialMessage } from '@kaibo/contract/show/realtime'
import { orderPaid } from '@kaibo/contract/trade/order'
import type { Database } from '@kaibo/db/database'
import { type Subscriber, subscriber } from '@kaibo/db/outbox'
import { type Clock, minuteMs, secondMs } from '@kaibo/kernel/clock'
import { type Id, isSynthetic } from '@kaibo/kernel/ids'
import type { Account } from '@kaibo/modules/account'
import { maskName } from './rules.ts'

type Notice = Extract<SocialMessage, { t: 'room.notice' }>

export type NoticesNeeds = {
  readonly database: Database
  readonly clock: Clock
  readonly account: Pick<Account, 'peopleByIds'>
  /** The newest notice of a tick replaces the others; lossy. */
  readonly say: (liveId: Id, notice: Notice) => void
}

export type Notices = {
  /** Somebody entered a room; who comes back soon is not told again. */
  joined(entry: { liveId: Id; userId: Id }): void
  readonly subscribers: readonly Subscriber[]
  /** Tells the rooms what gathered. */
  flush(): Promise<void>
}

/** What happened in a room since its last notice. */
type Gathered = { joined: Set<Id>; bought: Id[] }

const gatherMs = secondMs
/** Who comes back within this time only reconnected. */
const comebackMs = 10 * minuteMs
const entriesMax = 50_000
const roomsMax = 5_000
const namesMax = 3

/**
 * Who came and who bought, merged to one line per room: what really happened and nothing else. It is
 * decoration and may be lost.
 */
export function createNotices({ database, clock, account, say }: NoticesNeeds): Notices {
  const rooms = new Map<Id, Gathered>()
  const seenAtMs = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined

  const gather = (liveId: Id): Gathered | undefined => {
    const known = rooms.get(liveId)
    if (known || rooms.size >= roomsMax) return known
    const fresh: Gathered = { joined: new Set(), bought: [] }
    rooms.set(liveId, fresh)
    timer ??= setTimeout(() => void flush().catch(() => {}), gatherMs).unref()
    return fresh
  }

  const isComeback = (key: string): boolean => {
    const nowMs = clock.now().getTime()
    const lastMs = seenAtMs.get(key)
    seenAtMs.delete(key)
    seenAtMs.set(key, nowMs)
    const [oldest] = seenAtMs.keys()
    if (seenAtMs.size > entriesMax && oldest !== undefined) seenAtMs.delete(oldest)
    return lastMs !== undefined && nowMs - lastMs < comebackMs
  }

  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const gathered = [...rooms]
    rooms.clear()
    const firstOf = (ids: Iterable<Id>) => [...ids].slice(0, namesMax)
    const ids = gathered.flatMap(([, { joined, bought }]) => [
      ...firstOf(joined),
      ...firstOf(bought),
    ])
    const people = await account.peopleByIds(database.db, [...new Set(ids)])
    const lineOf = (all: readonly Id[]) => ({
      count: all.length,
      names: firstOf(all).map(id => maskName(people.get(id)?.nickname ?? '')),
    })
    for (const [liveId, { joined, bought }] of gathered)
      say(liveId, { t: 'room.notice', joined: lineOf([...joined]), bought: lineOf(bought) })
  }

  return {
    joined({ liveId, userId }) {
      if (!isSynthetic(userId) && !isComeback(`${liveId} ${userId}`))
        gather(liveId)?.joined.add(userId)
    },
    subscribers: [
      subscriber(orderPaid, {
        consumer: 'chat.notice_of_purchase',
        handle: async (_tx, { source, buyerId }) => {
          if (source.kind === 'live' && source.id && !isSynthetic(buyerId))
            gather(source.id)?.bought.push(buyerId)
        },
      }),
    ],
    flush,
  }
}
