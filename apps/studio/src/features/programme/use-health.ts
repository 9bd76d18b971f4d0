import type { StreamHealth } from '@kaibo/contract/show/live'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useEffect, useState } from 'react'
import { type MyShop, may } from '../account/model.ts'
import { type Show, sessionActions } from '../sessions/model.ts'
import { badSince, isAlarm, withSample } from './model.ts'

const everyMs = 2_000

export type Health = {
  now: StreamHealth | undefined
  /** It could not be asked: nothing is known about the stream. */
  isUnknown: boolean
  bitratesKbps: readonly number[]
  /** It has been bad for more than ten seconds. */
  isAlarm: boolean
}

/** What arrives from the encoder, asked every two seconds while the session is open. */
export function useHealth(shop: MyShop, session: Show): Health {
  const isOpen = sessionActions(session).isOpen && may(shop, 'live.read')
  const [bitratesKbps, setBitrates] = useState<readonly number[]>([])
  const [badSinceMs, setBadSince] = useState<number | null>(null)
  const { data, dataUpdatedAt, isError } = useQueryOf(
    ['health', session.id],
    () => api.live.health({ shopId: shop.id, id: session.id }),
    { enabled: isOpen, everyMs },
  )
  const bitrateKbps = data?.bitrateKbps ?? 0
  // Every answer is a sample, also when it says the same as the one before.
  useEffect(() => {
    if (dataUpdatedAt > 0) setBitrates(before => withSample(before, bitrateKbps))
  }, [bitrateKbps, dataUpdatedAt])
  useEffect(
    () => setBadSince(before => badSince(before, data, dataUpdatedAt)),
    [data, dataUpdatedAt],
  )
  return {
    now: isOpen && !isError ? data : undefined,
    isUnknown: isError,
    bitratesKbps,
    isAlarm: isOpen && !isError && isAlarm(badSinceMs, dataUpdatedAt),
  }
}
