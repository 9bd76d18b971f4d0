import { api } from '@kaibo/ui/data/api.tsx'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useEffect } from 'react'
import { keepEntry } from './entries.ts'
import { shareIdIn } from './model.ts'

/**
 * Notes that this room was entered by a shared link, with the server and then on the device, and once
 * more when the visitor has signed in: then it is a person who came.
 */
export function useShareEntry(liveId: string, shopId: string | undefined): void {
  const { user } = useMe()
  const visitor = user === undefined ? null : (user?.id ?? 'somebody')
  useEffect(() => {
    const shareId = shareIdIn(location.search)
    if (!shareId || !shopId || visitor === null) return
    const enter = async () => {
      const { isCounted } = await api.share.visit({ liveId, shareId })
      // An order that names a link which nobody made would be refused.
      if (isCounted) keepEntry({ shareId, shopId, atMs: Date.now() })
    }
    // A visit that is not counted disturbs nobody.
    enter().catch(() => {})
  }, [liveId, shopId, visitor])
}
