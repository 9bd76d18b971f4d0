import { api } from '@kaibo/ui/data/api.tsx'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useEffect } from 'react'
import { keepEntry } from './entries.ts'
import { shareIdIn } from './model.ts'

/**
 * Notes that this room was entered by a shared link, on the device and with the server, and once more
 * when the visitor has signed in: then it is a person who came.
 */
export function useShareEntry(liveId: string, shopId: string | undefined): void {
  const { user } = useMe()
  const visitor = user === undefined ? null : (user?.id ?? 'somebody')
  useEffect(() => {
    const shareId = shareIdIn(location.search)
    if (!shareId || !shopId || visitor === null) return
    keepEntry({ shareId, shopId, atMs: Date.now() })
    // A visit that is not counted disturbs nobody.
    api.share.visit({ liveId, shareId }).catch(() => {})
  }, [liveId, shopId, visitor])
}
