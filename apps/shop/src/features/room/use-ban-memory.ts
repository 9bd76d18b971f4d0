import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useEffect, useEffectEvent } from 'react'
import type { Chat } from '../chat/use-chat.ts'

/** Whoever was banned here and signs out stays out of this browser's room. */
export function useBanMemory(shopId: string | undefined, chat: Chat): void {
  const { user } = useMe()
  const userId = user === undefined ? undefined : (user?.id ?? null)
  const isBanned = chat.exile?.kind === 'ban'
  const settle = useEffectEvent(async (place: { shopId: string; userId: string | null }) => {
    try {
      ;(await import('./ban-memory.ts')).settleBan({ ...chat, ...place })
    } catch {
      // A browser that keeps nothing forgets this too.
    }
  })
  useEffect(() => {
    // Few were ever banned: what that needs is fetched for them alone.
    if (shopId && userId !== undefined && (isBanned || hasBans())) void settle({ shopId, userId })
  }, [shopId, userId, isBanned])
}

function hasBans(): boolean {
  try {
    return localStorage.getItem('kaibo.bans') !== null
  } catch {
    return false
  }
}
