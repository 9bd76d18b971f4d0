import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useEffect } from 'react'
import { claimEntries, enterBy } from './entries.ts'
import { shareIdIn } from './model.ts'

/** Notes that this room was entered by a shared link. */
export function useShareEntry(liveId: string, shopId: string | undefined): void {
  const { user } = useMe()
  const visitor = user === undefined ? null : (user?.id ?? 'somebody')
  useEffect(() => {
    const shareId = shareIdIn(location.search)
    if (!shareId || !shopId || visitor === null) return
    const isMine = visitor !== 'somebody'
    void enterBy({ shareId, liveId, shopId, atMs: Date.now(), isMine })
  }, [liveId, shopId, visitor])
}

/** Links by which a visitor came become theirs when they sign in. */
export function ShareClaims() {
  const { user } = useMe()
  const isPerson = Boolean(user)
  useEffect(() => {
    if (isPerson) void claimEntries()
  }, [isPerson])
  return null
}
